/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-net"

#include "net/lykta-soup-error-private.h"

#include <libsoup/soup.h>

gboolean
lykta_soup_is_loopback (GUri *uri)
{
  return lykta_fetcher_is_loopback (g_uri_get_host (uri));
}

gboolean
lykta_soup_may_fetch_signed (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);

  if (host == NULL || *host == '\0' || g_uri_get_userinfo (uri) != NULL)
    return FALSE;
  return g_str_equal (scheme, "https") || g_str_equal (scheme, "http");
}

gboolean
lykta_soup_may_fetch (GUri *uri)
{
  return lykta_soup_may_fetch_signed (uri) &&
         (g_str_equal (g_uri_get_scheme (uri), "https") || lykta_soup_is_loopback (uri));
}

char *
lykta_soup_describe_address (GUri *uri)
{
  return g_uri_to_string_partial (uri,
                                  G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY | G_URI_HIDE_FRAGMENT);
}

static char *
describe_certificate (GTlsCertificateFlags flags)
{
  static const struct {
    GTlsCertificateFlags flag;
    const char *words;
  } faults[] = {
      {G_TLS_CERTIFICATE_UNKNOWN_CA, "signed by an unknown authority"},
      {G_TLS_CERTIFICATE_BAD_IDENTITY, "made for another name"},
      {G_TLS_CERTIFICATE_NOT_ACTIVATED, "not valid yet (is this machine's clock right?)"},
      {G_TLS_CERTIFICATE_EXPIRED, "expired (is this machine's clock right?)"},
      {G_TLS_CERTIFICATE_REVOKED, "revoked"},
      {G_TLS_CERTIFICATE_INSECURE, "made with an insecure method"},
      {G_TLS_CERTIFICATE_GENERIC_ERROR, "faulty"},
  };
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if ((flags & faults[i].flag) != 0)
      g_ptr_array_add (words, (gpointer)faults[i].words);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **)words->pdata);
}

static GError *
stop_to_error (const LyktaSoupTrouble *trouble)
{
  const LyktaSoupPatience *patience = trouble->patience;
  const char *address = trouble->address;

  switch (trouble->stop) {
  case LYKTA_SOUP_STOP_CANCELLED:
    return g_error_new (LYKTA_NET_ERROR, LYKTA_NET_ERROR_CANCELLED, "fetching %s was cancelled",
                        address);
  case LYKTA_SOUP_STOP_DEADLINE:
    return g_error_new (LYKTA_NET_ERROR, LYKTA_NET_ERROR_TIMEOUT,
                        "%s was not done after %u ms (%" G_GUINT64_FORMAT " bytes)", address,
                        patience->deadline, trouble->n_received);
  case LYKTA_SOUP_STOP_NO_ANSWER:
    return g_error_new (LYKTA_NET_ERROR, LYKTA_NET_ERROR_TIMEOUT, "%s did not answer within %u ms",
                        address, patience->response_timeout);
  case LYKTA_SOUP_STOP_STALLED:
    return g_error_new (LYKTA_NET_ERROR, LYKTA_NET_ERROR_TIMEOUT,
                        "%s stopped sending after %" G_GUINT64_FORMAT " bytes", address,
                        trouble->n_received);
  case LYKTA_SOUP_STOP_TOO_SLOW:
    return g_error_new (LYKTA_NET_ERROR, LYKTA_NET_ERROR_TOO_SLOW,
                        "%s sends less than %u bytes a second", address, patience->minimum_rate);
  case LYKTA_SOUP_STOP_NONE:
  default:
    return NULL;
  }
}

/* A foreign error before an answer means that nobody who speaks HTTP is there; one that comes later
 * means that the answer is cut off or damaged. */
static LyktaNetError
code_of_foreign (const LyktaSoupTrouble *trouble, const GError *foreign)
{
  if (foreign->domain == G_TLS_ERROR)
    return LYKTA_NET_ERROR_TLS;
  if (g_error_matches (foreign, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    return LYKTA_NET_ERROR_OFFLINE;
  if (g_error_matches (foreign, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return LYKTA_NET_ERROR_TIMEOUT;
  return trouble->has_answered ? LYKTA_NET_ERROR_TRUNCATED : LYKTA_NET_ERROR_UNREACHABLE;
}

GError *
lykta_soup_trouble_to_error (const LyktaSoupTrouble *trouble, const GError *foreign)
{
  g_autoptr (GError) stopped = stop_to_error (trouble);

  if (stopped != NULL)
    return g_steal_pointer (&stopped);
  if (trouble->certificate_flags != 0) {
    g_autofree char *faults = describe_certificate (trouble->certificate_flags);

    return g_error_new (LYKTA_NET_ERROR, LYKTA_NET_ERROR_TLS, "the certificate of %s is %s",
                        trouble->address, faults);
  }
  if (foreign == NULL)
    return g_error_new (LYKTA_NET_ERROR, LYKTA_NET_ERROR_UNREACHABLE, "%s cannot be reached",
                        trouble->address);
  return g_error_new (LYKTA_NET_ERROR, code_of_foreign (trouble, foreign), "%s: %s",
                      trouble->address, foreign->message);
}
