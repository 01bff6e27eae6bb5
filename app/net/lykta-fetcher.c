/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-net"

#include "net/lykta-fetcher.h"

G_DEFINE_QUARK (lykta - net - error - quark, lykta_net_error)
G_DEFINE_INTERFACE (LyktaFetcher, lykta_fetcher, G_TYPE_OBJECT)

static void
lykta_fetcher_default_init (LyktaFetcherInterface *iface)
{
}

void
lykta_fetch_result_clear (LyktaFetchResult *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->last_modified, g_free);
  g_clear_pointer (&self->content_type, g_free);
  g_clear_pointer (&self->final_address, g_free);
  g_clear_pointer (&self->next_address, g_free);
  g_clear_pointer (&self->part_ends, g_array_unref);
  self->status = LYKTA_FETCH_OK;
  self->http_status = 0;
  self->n_bytes = 0;
  self->bytes_on_wire = 0;
  self->bytes_sent = 0;
}

gboolean
lykta_fetcher_fetch (LyktaFetcher *self,
                     const LyktaFetchRequest *request,
                     GOutputStream *body,
                     GCancellable *cancellable,
                     LyktaFetchResult *result,
                     GError **error)
{
  g_return_val_if_fail (LYKTA_IS_FETCHER (self), FALSE);
  g_return_val_if_fail (request != NULL && request->address != NULL, FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (body), FALSE);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);
  g_return_val_if_fail (result != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return LYKTA_FETCHER_GET_IFACE (self)->fetch (self, request, body, cancellable, result, error);
}

gboolean
lykta_fetcher_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}
