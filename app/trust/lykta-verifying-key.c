/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust/lykta-signing-key-private.h"

#include <string.h>

struct _LyktaVerifyingKey {
  LyktaPublicKeyBlob blob;
  char id[2 * LYKTA_KEY_ID_BYTES + 1];
};

G_DEFINE_BOXED_TYPE (LyktaVerifyingKey,
                     lykta_verifying_key,
                     lykta_verifying_key_ref,
                     lykta_verifying_key_unref)

LyktaVerifyingKey *
lykta_verifying_key_ref (LyktaVerifyingKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
lykta_verifying_key_unref (LyktaVerifyingKey *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release (self);
}

/* The number of a key is stored in the order of the small machines and shown like a number. */
static void
write_id (const guint8 *key_id, char *text)
{
  for (guint i = 0; i < LYKTA_KEY_ID_BYTES; i++)
    g_snprintf (text + 2 * i, 3, "%02X", key_id[LYKTA_KEY_ID_BYTES - 1 - i]);
}

gboolean
lykta_minisign_decode_line (const char *text, guint line, gpointer blob, gsize size)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 8);
  if (g_strv_length (lines) <= line)
    return FALSE;
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (g_strstrip (lines[line]), &length);
  const gboolean is_whole = length == size;
  if (is_whole)
    memcpy (blob, bytes, size);
  sodium_memzero (bytes, length);
  return is_whole;
}

LyktaVerifyingKey *
lykta_verifying_key_new_from_blob (const LyktaPublicKeyBlob *blob)
{
  LyktaVerifyingKey *self = g_atomic_rc_box_new0 (LyktaVerifyingKey);

  self->blob = *blob;
  write_id (blob->key_id, self->id);
  return self;
}

LyktaVerifyingKey *
lykta_verifying_key_parse (const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  LyktaPublicKeyBlob blob;
  const guint line = g_str_has_prefix (text, "untrusted comment:") ? 1 : 0;
  if (!lykta_minisign_decode_line (text, line, &blob, sizeof blob) ||
      memcmp (blob.algorithm, "Ed", 2) != 0) {
    g_set_error (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID,
                 "not a minisign public key: expected one base64 line that begins with RW");
    return NULL;
  }
  return lykta_verifying_key_new_from_blob (&blob);
}

char *
lykta_verifying_key_to_string (LyktaVerifyingKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_base64_encode ((const guchar *)&self->blob, sizeof self->blob);
}

const char *
lykta_verifying_key_get_id (LyktaVerifyingKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

gboolean
lykta_verifying_key_equal (LyktaVerifyingKey *a, LyktaVerifyingKey *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return memcmp (&a->blob, &b->blob, sizeof a->blob) == 0;
}

static gboolean
refuse (GError **error, const char *reason)
{
  g_set_error_literal (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID, reason);
  return FALSE;
}

static gboolean
is_signed (LyktaVerifyingKey *self, const LyktaSignatureBlob *blob, GBytes *message)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (message, &size);
  guint8 hash[LYKTA_PREHASH_BYTES];

  if (memcmp (blob->algorithm, LYKTA_ALGORITHM_WHOLE, 2) == 0)
    return crypto_sign_verify_detached (blob->signature, data, size, self->blob.public_key) == 0;
  crypto_generichash (hash, sizeof hash, data, size, NULL, 0);
  return crypto_sign_verify_detached (blob->signature, hash, sizeof hash, self->blob.public_key) ==
         0;
}

gboolean
lykta_verifying_key_verify (LyktaVerifyingKey *self,
                            GBytes *message,
                            const char *signature,
                            char **trusted_comment,
                            GError **error)
{
  g_return_val_if_fail (self != NULL && message != NULL && signature != NULL, FALSE);

  LyktaSignatureBlob blob;
  guint8 global[crypto_sign_BYTES];
  g_auto (GStrv) lines = g_strsplit (signature, "\n", 8);
  if (sodium_init () < 0)
    return refuse (error, "the cryptographic library could not be started");
  if (g_strv_length (lines) < 4 || !g_str_has_prefix (lines[2], LYKTA_TRUSTED_COMMENT) ||
      !lykta_minisign_decode_line (signature, 1, &blob, sizeof blob) ||
      !lykta_minisign_decode_line (signature, 3, global, sizeof global) ||
      (memcmp (blob.algorithm, LYKTA_ALGORITHM_WHOLE, 2) != 0 &&
       memcmp (blob.algorithm, LYKTA_ALGORITHM_PREHASHED, 2) != 0))
    return refuse (error, "not a minisign signature");
  if (memcmp (blob.key_id, self->blob.key_id, LYKTA_KEY_ID_BYTES) != 0) {
    char id[2 * LYKTA_KEY_ID_BYTES + 1];
    write_id (blob.key_id, id);
    g_set_error (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID,
                 "signed with key %s, but the trusted key is %s", id, self->id);
    return FALSE;
  }
  if (!is_signed (self, &blob, message))
    return refuse (error, "the signature does not fit: the file was altered");
  const char *comment = g_strchomp (lines[2]) + strlen (LYKTA_TRUSTED_COMMENT);
  g_autoptr (GByteArray) signed_along = g_byte_array_new ();
  g_byte_array_append (signed_along, blob.signature, sizeof blob.signature);
  g_byte_array_append (signed_along, (const guint8 *)comment, strlen (comment));
  if (crypto_sign_verify_detached (global, signed_along->data, signed_along->len,
                                   self->blob.public_key) != 0)
    return refuse (error, "the comment of the signature was altered");
  if (trusted_comment != NULL)
    *trusted_comment = g_strdup (comment);
  return TRUE;
}

LyktaVerifyingKey *
lykta_verifying_key_new_from_bytes (const guint8 bytes[LYKTA_PUBLIC_KEY_BYTES])
{
  g_return_val_if_fail (bytes != NULL, NULL);

  LyktaPublicKeyBlob blob;
  memcpy (blob.algorithm, LYKTA_ALGORITHM_WHOLE, 2);
  memcpy (blob.key_id, bytes, LYKTA_KEY_ID_BYTES);
  memcpy (blob.public_key, bytes, LYKTA_PUBLIC_KEY_BYTES);
  return lykta_verifying_key_new_from_blob (&blob);
}

const guint8 *
lykta_verifying_key_get_bytes (LyktaVerifyingKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->blob.public_key;
}

gboolean
lykta_verifying_key_verify_bytes (LyktaVerifyingKey *self,
                                  GBytes *message,
                                  const guint8 signature[LYKTA_SIGNATURE_BYTES])
{
  g_return_val_if_fail (self != NULL && message != NULL && signature != NULL, FALSE);

  gsize size = 0;
  const guint8 *data = g_bytes_get_data (message, &size);
  return sodium_init () >= 0 &&
         crypto_sign_verify_detached (signature, data, size, self->blob.public_key) == 0;
}
