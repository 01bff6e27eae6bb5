/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust/lykta-signing-key-private.h"

#include <string.h>

/* A key file that asks for more than this to be opened is not one of ours or minisign's. */
#define MOST_SCRYPT_OPERATIONS (1ull << 33)
#define MOST_SCRYPT_MEMORY     (2ull << 30)

struct _LyktaSigningKey {
  guint8 key_id[LYKTA_KEY_ID_BYTES];
  guint8 *secret_key; /* (owned) guarded memory of libsodium */
};

G_DEFINE_BOXED_TYPE (LyktaSigningKey,
                     lykta_signing_key,
                     lykta_signing_key_ref,
                     lykta_signing_key_unref)

LyktaSigningKey *
lykta_signing_key_ref (LyktaSigningKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
signing_key_clear (LyktaSigningKey *self)
{
  sodium_free (self->secret_key);
}

void
lykta_signing_key_unref (LyktaSigningKey *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)signing_key_clear);
}

static LyktaSigningKey *
signing_key_new (const guint8 *key_id, GError **error)
{
  guint8 *secret_key = sodium_init () < 0 ? NULL : sodium_malloc (crypto_sign_SECRETKEYBYTES);
  if (secret_key == NULL) {
    g_set_error_literal (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_FAILED,
                         "no guarded memory for a key");
    return NULL;
  }
  LyktaSigningKey *self = g_atomic_rc_box_new0 (LyktaSigningKey);
  self->secret_key = secret_key;
  if (key_id != NULL)
    memcpy (self->key_id, key_id, LYKTA_KEY_ID_BYTES);
  else
    randombytes_buf (self->key_id, LYKTA_KEY_ID_BYTES);
  return self;
}

LyktaSigningKey *
lykta_signing_key_generate (GError **error)
{
  LyktaSigningKey *self = signing_key_new (NULL, error);
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];

  if (self != NULL)
    crypto_sign_keypair (public_key, self->secret_key);
  return self;
}

static void
make_checksum (const LyktaSecretKeyBlob *blob, guint8 *checksum)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, sizeof blob->core.checksum);
  crypto_generichash_update (&state, blob->algorithm, sizeof blob->algorithm);
  crypto_generichash_update (&state, blob->core.key_id, sizeof blob->core.key_id);
  crypto_generichash_update (&state, blob->core.secret_key, sizeof blob->core.secret_key);
  crypto_generichash_final (&state, checksum, sizeof blob->core.checksum);
}

static guint64
read_little_endian (const guint8 *bytes)
{
  guint64 value = 0;

  for (guint i = 0; i < 8; i++)
    value |= (guint64)bytes[i] << (8 * i);
  return value;
}

/* Takes the passphrase off @blob. */
static gboolean
unlock (LyktaSecretKeyBlob *blob, const char *passphrase, GError **error)
{
  const guint64 operations = read_little_endian (blob->operations);
  const guint64 memory = read_little_endian (blob->memory);
  guint8 stream[sizeof blob->core];

  if (passphrase == NULL) {
    g_set_error_literal (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_WRONG_PASSPHRASE,
                         "the key file is locked with a passphrase");
    return FALSE;
  }
  if (operations > MOST_SCRYPT_OPERATIONS || memory > MOST_SCRYPT_MEMORY ||
      crypto_pwhash_scryptsalsa208sha256 (stream, sizeof stream, passphrase, strlen (passphrase),
                                          blob->salt, operations, memory) != 0) {
    g_set_error_literal (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_FAILED,
                         "not enough memory to try the passphrase of the key file");
    return FALSE;
  }
  guint8 *core = (guint8 *)&blob->core;
  for (gsize i = 0; i < sizeof stream; i++)
    core[i] ^= stream[i];
  sodium_memzero (stream, sizeof stream);
  return TRUE;
}

/* A key without a passphrase may come without a checksum (minisign -G -W writes zeros); its public
 * half, which stands in its second half, then tells whether it is whole. */
static gboolean
is_whole (const LyktaSecretKeyBlob *blob, gboolean is_locked)
{
  guint8 checksum[sizeof blob->core.checksum];
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];

  make_checksum (blob, checksum);
  if (sodium_memcmp (checksum, blob->core.checksum, sizeof checksum) == 0)
    return TRUE;
  if (is_locked || !sodium_is_zero (blob->core.checksum, sizeof blob->core.checksum))
    return FALSE;
  crypto_sign_seed_keypair (public_key, secret_key, blob->core.secret_key);
  const gboolean is_same =
      sodium_memcmp (secret_key, blob->core.secret_key, sizeof secret_key) == 0;
  sodium_memzero (secret_key, sizeof secret_key);
  return is_same;
}

/* The key in @blob, whose passphrase may have to be taken off. */
static LyktaSigningKey *
key_from_blob (LyktaSecretKeyBlob *blob, const char *passphrase, GError **error)
{
  static const guint8 no_derivation[2] = {0, 0};
  const gboolean is_locked = memcmp (blob->derivation, no_derivation, 2) != 0;

  if (is_locked && !unlock (blob, passphrase, error))
    return NULL;
  if (!is_whole (blob, is_locked)) {
    g_set_error_literal (error, LYKTA_TRUST_ERROR,
                         is_locked ? LYKTA_TRUST_ERROR_WRONG_PASSPHRASE : LYKTA_TRUST_ERROR_INVALID,
                         is_locked ? "wrong passphrase for the key file"
                                   : "the key file is damaged");
    return NULL;
  }
  LyktaSigningKey *self = signing_key_new (blob->core.key_id, error);
  if (self != NULL)
    memcpy (self->secret_key, blob->core.secret_key, crypto_sign_SECRETKEYBYTES);
  return self;
}

LyktaSigningKey *
lykta_signing_key_parse (const char *text, const char *passphrase, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  LyktaSecretKeyBlob blob;
  if (sodium_init () < 0 || !lykta_minisign_decode_line (text, 1, &blob, sizeof blob) ||
      memcmp (blob.algorithm, LYKTA_ALGORITHM_WHOLE, 2) != 0 ||
      memcmp (blob.checksum_algorithm, "B2", 2) != 0) {
    g_set_error_literal (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID,
                         "not a minisign secret key file");
    return NULL;
  }
  LyktaSigningKey *self = key_from_blob (&blob, passphrase, error);
  sodium_memzero (&blob, sizeof blob);
  return self;
}

static void
fill_public (LyktaSigningKey *self, LyktaPublicKeyBlob *blob)
{
  memcpy (blob->algorithm, LYKTA_ALGORITHM_WHOLE, 2);
  memcpy (blob->key_id, self->key_id, LYKTA_KEY_ID_BYTES);
  crypto_sign_ed25519_sk_to_pk (blob->public_key, self->secret_key);
}

LyktaVerifyingKey *
lykta_signing_key_get_verifying_key (LyktaSigningKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaPublicKeyBlob blob;
  fill_public (self, &blob);
  return lykta_verifying_key_new_from_blob (&blob);
}

char *
lykta_signing_key_to_file_text (LyktaSigningKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaSecretKeyBlob blob = {0};
  memcpy (blob.algorithm, LYKTA_ALGORITHM_WHOLE, 2);
  memcpy (blob.checksum_algorithm, "B2", 2);
  memcpy (blob.core.key_id, self->key_id, LYKTA_KEY_ID_BYTES);
  memcpy (blob.core.secret_key, self->secret_key, crypto_sign_SECRETKEYBYTES);
  make_checksum (&blob, blob.core.checksum);
  char *line = g_base64_encode ((const guchar *)&blob, sizeof blob);
  char *text = g_strconcat (LYKTA_UNTRUSTED_COMMENT "Lykta secret key\n", line, "\n", NULL);
  sodium_memzero (&blob, sizeof blob);
  sodium_memzero (line, strlen (line));
  g_free (line);
  return text;
}

char *
lykta_signing_key_to_public_text (LyktaSigningKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (LyktaVerifyingKey) key = lykta_signing_key_get_verifying_key (self);
  g_autofree char *line = lykta_verifying_key_to_string (key);
  return g_strconcat (LYKTA_UNTRUSTED_COMMENT "Lykta public key ", lykta_verifying_key_get_id (key),
                      "\n", line, "\n", NULL);
}

char *
lykta_signing_key_sign (LyktaSigningKey *self, GBytes *message, const char *trusted_comment)
{
  g_return_val_if_fail (self != NULL && message != NULL, NULL);
  g_return_val_if_fail (trusted_comment != NULL && strchr (trusted_comment, '\n') == NULL, NULL);

  LyktaSignatureBlob blob;
  guint8 hash[LYKTA_PREHASH_BYTES];
  guint8 global[crypto_sign_BYTES];
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (message, &size);
  memcpy (blob.algorithm, LYKTA_ALGORITHM_PREHASHED, 2);
  memcpy (blob.key_id, self->key_id, LYKTA_KEY_ID_BYTES);
  crypto_generichash (hash, sizeof hash, data, size, NULL, 0);
  crypto_sign_detached (blob.signature, NULL, hash, sizeof hash, self->secret_key);

  g_autoptr (GByteArray) signed_along = g_byte_array_new ();
  g_byte_array_append (signed_along, blob.signature, sizeof blob.signature);
  g_byte_array_append (signed_along, (const guint8 *)trusted_comment, strlen (trusted_comment));
  crypto_sign_detached (global, NULL, signed_along->data, signed_along->len, self->secret_key);
  g_autofree char *first = g_base64_encode ((const guchar *)&blob, sizeof blob);
  g_autofree char *second = g_base64_encode (global, sizeof global);
  return g_strconcat (LYKTA_UNTRUSTED_COMMENT "signature from Lykta\n", first,
                      "\n" LYKTA_TRUSTED_COMMENT, trusted_comment, "\n", second, "\n", NULL);
}

void
lykta_signing_key_sign_bytes (LyktaSigningKey *self,
                              GBytes *message,
                              guint8 signature[LYKTA_SIGNATURE_BYTES])
{
  g_return_if_fail (self != NULL && message != NULL && signature != NULL);

  gsize size = 0;
  const guint8 *data = g_bytes_get_data (message, &size);
  crypto_sign_detached (signature, NULL, data, size, self->secret_key);
}
