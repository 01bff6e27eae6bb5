/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-certificate-token.h"

#include <string.h>

#include "certificate/lykta-base45.h"
#include "certificate/lykta-cbor-private.h"
#include "certificate/lykta-cose.h"

#define PURPOSE            "lykta-certificate-1"
#define MOST_MESSAGE_BYTES 2048

char *
lykta_certificate_token_sign (LyktaCertificateClaims *claims, LyktaSigningKey *key)
{
  g_return_val_if_fail (claims != NULL && key != NULL, NULL);

  g_autoptr (GBytes) payload = lykta_certificate_claims_to_cbor (claims);
  g_autoptr (GBytes) message = lykta_cose_sign (payload, PURPOSE, key);
  gsize size;
  const guint8 *data = g_bytes_get_data (message, &size);
  g_autoptr (GBytes) deflated = lykta_deflate (data, size);
  data = g_bytes_get_data (deflated, &size);
  g_autofree char *base45 = lykta_base45_encode (data, size);
  return g_strconcat (LYKTA_TOKEN_PREFIX, base45, NULL);
}

static void
refuse (LyktaTokenError code, const char *reason, GError **error)
{
  g_set_error_literal (error, LYKTA_TOKEN_ERROR, code, reason);
}

/* Line ends and tabs anywhere, and spaces at the ends: a space within is a character of base45.
 * (transfer full) */
static char *
clean (const char *text)
{
  g_autoptr (GString) kept = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++) {
    if (*p != '\n' && *p != '\r' && *p != '\t')
      g_string_append_c (kept, *p);
  }
  return g_strstrip (g_string_free (g_steal_pointer (&kept), FALSE));
}

/* The bytes that the characters of @text stand for; NULL with @error. (transfer full) */
static GBytes *
read_characters (const char *text, GError **error)
{
  if (strlen (text) > 2 * LYKTA_TOKEN_MAX_CHARS) {
    refuse (LYKTA_TOKEN_ERROR_TOO_LARGE, "too long for a certificate's code", error);
    return NULL;
  }
  g_autofree char *kept = clean (text);
  if (g_ascii_strncasecmp (kept, "LYKTA", 5) == 0 && !g_str_has_prefix (kept, LYKTA_TOKEN_PREFIX)) {
    const gboolean is_other = g_ascii_isdigit (kept[5]) && strchr (kept, ':') != NULL;
    refuse (is_other ? LYKTA_TOKEN_ERROR_UNKNOWN_VERSION : LYKTA_TOKEN_ERROR_DAMAGED,
            is_other ? "another version of the code" : "the beginning of the code is garbled",
            error);
    return NULL;
  }
  if (!g_str_has_prefix (kept, LYKTA_TOKEN_PREFIX)) {
    refuse (LYKTA_TOKEN_ERROR_NOT_A_TOKEN, "does not begin with " LYKTA_TOKEN_PREFIX, error);
    return NULL;
  }
  if (strlen (kept) > LYKTA_TOKEN_MAX_CHARS) {
    refuse (LYKTA_TOKEN_ERROR_TOO_LARGE, "too long for a certificate's code", error);
    return NULL;
  }
  GBytes *bytes = lykta_base45_decode (kept + strlen (LYKTA_TOKEN_PREFIX));
  if (bytes == NULL)
    refuse (LYKTA_TOKEN_ERROR_DAMAGED, "not base45", error);
  return bytes;
}

LyktaCertificateClaims *
lykta_certificate_token_read (const char *text, LyktaVerifyingKey **key, GError **error)
{
  g_return_val_if_fail (text != NULL && key != NULL, NULL);

  g_autoptr (LyktaVerifyingKey) signer = NULL;
  g_autoptr (GBytes) deflated = read_characters (text, error);
  if (deflated == NULL)
    return NULL;
  g_autoptr (GBytes) message = lykta_inflate (deflated, MOST_MESSAGE_BYTES, error);
  if (message == NULL)
    return NULL;
  g_autoptr (GBytes) payload = lykta_cose_open (message, PURPOSE, &signer, error);
  if (payload == NULL)
    return NULL;
  LyktaCertificateClaims *claims = lykta_certificate_claims_from_cbor (payload, error);
  if (claims != NULL)
    *key = g_steal_pointer (&signer);
  return claims;
}
