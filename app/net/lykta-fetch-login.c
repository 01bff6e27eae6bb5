/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-net"

#include "net/lykta-fetch-login-private.h"

#include <string.h>

struct _LyktaFetchLogin {
  GUri *server;     /* (owned) */
  char *user;       /* (owned) */
  char *password;   /* (owned) */
  SoupAuth *digest; /* (owned) (nullable) until the server has asked for it */
  gboolean is_basic;
};

LyktaFetchLogin *
lykta_fetch_login_new (const char *address, const char *user, const char *password)
{
  g_autoptr (GUri) server = NULL;
  LyktaFetchLogin *self;

  g_return_val_if_fail (address != NULL && user != NULL && password != NULL, NULL);

  server = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  if (server == NULL || g_uri_get_host (server) == NULL)
    return NULL;
  self = g_new0 (LyktaFetchLogin, 1);
  self->server = g_steal_pointer (&server);
  self->user = g_strdup (user);
  self->password = g_strdup (password);
  return self;
}

void
lykta_fetch_login_free (LyktaFetchLogin *self)
{
  g_uri_unref (self->server);
  g_free (self->user);
  /* Not left behind for whoever gets this memory next. */
  explicit_bzero (self->password, strlen (self->password));
  g_free (self->password);
  g_clear_object (&self->digest);
  g_free (self);
}

void
lykta_fetch_login_expect_basic (LyktaFetchLogin *self)
{
  g_return_if_fail (self != NULL);

  self->is_basic = TRUE;
}

gboolean
lykta_fetch_login_is_basic (LyktaFetchLogin *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_basic;
}

static gboolean
is_ours (LyktaFetchLogin *self, SoupMessage *message)
{
  GUri *uri = soup_message_get_uri (message);

  return g_str_equal (g_uri_get_scheme (uri), g_uri_get_scheme (self->server)) &&
         g_ascii_strcasecmp (g_uri_get_host (uri), g_uri_get_host (self->server)) == 0 &&
         g_uri_get_port (uri) == g_uri_get_port (self->server);
}

/* The one challenge of @scheme among all that the server makes, which may stand in one line:
 * "Basic realm="a", Digest realm="b", nonce="c"". (transfer full) (nullable) */
static char *
find_challenge (SoupMessageHeaders *headers, const char *scheme)
{
  const char *value = soup_message_headers_get_list (headers, "WWW-Authenticate");
  GSList *items = value != NULL ? soup_header_parse_list (value) : NULL;
  g_autoptr (GString) challenge = NULL;

  for (GSList *item = items; item != NULL; item = item->next) {
    const char *text = item->data;
    gsize word = strcspn (text, " =");
    const char *behind = text + word + strspn (text + word, " ");
    gboolean begins = text[word] == '\0' || (text[word] == ' ' && *behind != '=');

    if (begins && challenge != NULL)
      break;
    if (begins && word == strlen (scheme) && g_ascii_strncasecmp (text, scheme, word) == 0)
      challenge = g_string_new (text);
    else if (!begins && challenge != NULL)
      g_string_append_printf (challenge, ", %s", text);
  }
  soup_header_free_list (items);
  return challenge != NULL ? g_string_free (g_steal_pointer (&challenge), FALSE) : NULL;
}

static SoupAuth *
answer_digest (LyktaFetchLogin *self, SoupMessage *message, const char *challenge)
{
  g_autoptr (SoupAuth) auth = soup_auth_new (SOUP_TYPE_AUTH_DIGEST, message, challenge);

  if (auth == NULL)
    return NULL;
  soup_auth_authenticate (auth, self->user, self->password);
  return soup_auth_is_authenticated (auth) ? g_steal_pointer (&auth) : NULL;
}

/* In UTF-8, as RFC 7617 asks for; libsoup would send Latin-1. (transfer full) */
static char *
basic_value (LyktaFetchLogin *self)
{
  g_autofree char *pair = g_strconcat (self->user, ":", self->password, NULL);
  g_autofree char *coded = g_base64_encode ((const guchar *)pair, strlen (pair));

  return g_strconcat ("Basic ", coded, NULL);
}

void
lykta_fetch_login_authorize (LyktaFetchLogin *self, SoupMessage *message)
{
  g_autofree char *value = NULL;

  g_return_if_fail (self != NULL && SOUP_IS_MESSAGE (message));

  if (!is_ours (self, message))
    return;
  if (self->digest != NULL)
    value = soup_auth_get_authorization (self->digest, message);
  else if (self->is_basic)
    value = basic_value (self);
  if (value != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                  value);
}

/* A nonce that has grown old is renewed; anything else that was sent is wrong. */
static gboolean
may_try_again (LyktaFetchLogin *self, SoupMessage *message, const char *digest)
{
  SoupMessageHeaders *sent = soup_message_get_request_headers (message);
  const char *authorization = soup_message_headers_get_one (sent, "Authorization");
  g_autofree char *folded = digest != NULL ? g_ascii_strdown (digest, -1) : NULL;

  if (authorization == NULL)
    return TRUE;
  if (folded == NULL)
    return FALSE;
  return g_ascii_strncasecmp (authorization, "Basic ", strlen ("Basic ")) == 0 ||
         strstr (folded, "stale=true") != NULL || strstr (folded, "stale=\"true\"") != NULL;
}

gboolean
lykta_fetch_login_take_challenge (LyktaFetchLogin *self, SoupMessage *message)
{
  SoupMessageHeaders *headers;
  g_autofree char *digest = NULL;
  g_autofree char *basic = NULL;

  g_return_val_if_fail (self != NULL && SOUP_IS_MESSAGE (message), FALSE);

  if (!is_ours (self, message))
    return FALSE;
  headers = soup_message_get_response_headers (message);
  digest = find_challenge (headers, "Digest");
  if (!may_try_again (self, message, digest))
    return FALSE;
  g_clear_object (&self->digest);
  self->is_basic = FALSE;
  if (digest != NULL)
    self->digest = answer_digest (self, message, digest);
  if (self->digest != NULL)
    return TRUE;
  basic = find_challenge (headers, "Basic");
  self->is_basic = basic != NULL;
  return self->is_basic;
}
