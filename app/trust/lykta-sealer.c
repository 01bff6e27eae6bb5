/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-trust"

#include "trust/lykta-sealer.h"

#include <sodium.h>
#include <string.h>

/* A locked key: this word, what the passphrase function cost, salt, nonce, then the secret key in a
 * secret box. All of it but the box is also what the box is made with, so none of it can be altered
 * unnoticed: another cost or salt gives another key. */
#define LOCKED_MAGIC "LYKTAKEY1"
/* Nobody is made to wait for minutes by a file from elsewhere. */
#define MAX_OPERATIONS 64
#define MAX_KIB        (1024u * 1024)

typedef struct {
  char magic[sizeof LOCKED_MAGIC - 1];
  guint8 operations[4]; /* little-endian */
  guint8 memory[4];     /* KiB, little-endian */
  guint8 salt[crypto_pwhash_SALTBYTES];
  guint8 nonce[crypto_secretbox_NONCEBYTES];
  guint8 box[crypto_box_SECRETKEYBYTES + crypto_secretbox_MACBYTES];
} Locked;

struct _LyktaSecretKey {
  gatomicrefcount references;
  guint8 *secret; /* (owned) crypto_box_SECRETKEYBYTES in guarded memory */
  guint8 public[crypto_box_PUBLICKEYBYTES];
};

G_DEFINE_QUARK (lykta - trust - error - quark, lykta_trust_error)
G_DEFINE_BOXED_TYPE (LyktaSecretKey, lykta_secret_key, lykta_secret_key_ref, lykta_secret_key_unref)

/* ---- keys ---- */

static gboolean
start_sodium (GError **error)
{
  if (sodium_init () >= 0)
    return TRUE;
  g_set_error_literal (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_FAILED,
                       "libsodium cannot be started");
  return FALSE;
}

/* Without a secret in it yet. NULL when there is no guarded memory. */
static LyktaSecretKey *
new_key (GError **error)
{
  guint8 *secret = start_sodium (error) ? sodium_malloc (crypto_box_SECRETKEYBYTES) : NULL;

  if (secret == NULL) {
    if (error != NULL && *error == NULL)
      g_set_error_literal (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_FAILED,
                           "no guarded memory for a key");
    return NULL;
  }
  LyktaSecretKey *self = g_new0 (LyktaSecretKey, 1);
  g_atomic_ref_count_init (&self->references);
  self->secret = secret;
  return self;
}

static LyktaSecretKey *
finish_key (LyktaSecretKey *self)
{
  crypto_scalarmult_base (self->public, self->secret);
  sodium_mprotect_readonly (self->secret);
  return self;
}

LyktaSecretKey *
lykta_secret_key_ref (LyktaSecretKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
lykta_secret_key_unref (LyktaSecretKey *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  sodium_free (self->secret); /* wipes it */
  g_free (self);
}

LyktaSecretKey *
lykta_secret_key_generate (GBytes **public_key, GError **error)
{
  g_return_val_if_fail (public_key != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  LyktaSecretKey *self = new_key (error);
  if (self == NULL)
    return NULL;
  randombytes_buf (self->secret, crypto_box_SECRETKEYBYTES);
  finish_key (self);
  *public_key = g_bytes_new (self->public, sizeof self->public);
  return self;
}

/* ---- sealing ---- */

GBytes *
lykta_seal (GBytes *public_key, GBytes *plain, GError **error)
{
  g_return_val_if_fail (public_key != NULL && plain != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  gsize size;
  const guint8 *data = g_bytes_get_data (plain, &size);
  if (!start_sodium (error))
    return NULL;
  if (g_bytes_get_size (public_key) != crypto_box_PUBLICKEYBYTES) {
    g_set_error (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID,
                 "a public key has %d bytes, this one %" G_GSIZE_FORMAT, crypto_box_PUBLICKEYBYTES,
                 g_bytes_get_size (public_key));
    return NULL;
  }
  g_autofree guint8 *sealed = g_malloc (size + crypto_box_SEALBYTES);
  if (crypto_box_seal (sealed, data, size, g_bytes_get_data (public_key, NULL)) != 0) {
    g_set_error_literal (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID,
                         "nothing can be sealed for this public key");
    return NULL;
  }
  return g_bytes_new_take (g_steal_pointer (&sealed), size + crypto_box_SEALBYTES);
}

/* Into @plain, which has room for @size minus crypto_box_SEALBYTES. */
static gboolean
open_into (LyktaSecretKey *self, const guint8 *sealed, gsize size, guint8 *plain, GError **error)
{
  if (crypto_box_seal_open (plain, sealed, size, self->public, self->secret) == 0)
    return TRUE;
  g_set_error_literal (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID,
                       "not sealed for this key, or altered");
  return FALSE;
}

static void
wipe_and_free (gpointer data, gsize size)
{
  sodium_memzero (data, size);
  g_free (data);
}

/* What was opened is wiped when its bytes are freed. */
typedef struct {
  guint8 *data;
  gsize size;
} Plain;

static void
plain_free (gpointer data)
{
  Plain *plain = data;

  wipe_and_free (plain->data, plain->size);
  g_free (plain);
}

GBytes *
lykta_secret_key_open (LyktaSecretKey *self, GBytes *sealed, GError **error)
{
  g_return_val_if_fail (self != NULL && sealed != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  gsize size;
  const guint8 *data = g_bytes_get_data (sealed, &size);
  if (size < crypto_box_SEALBYTES) {
    g_set_error_literal (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID,
                         "too short to be sealed");
    return NULL;
  }
  Plain *plain = g_new0 (Plain, 1);
  plain->size = size - crypto_box_SEALBYTES;
  plain->data = g_malloc (MAX (plain->size, 1));
  if (!open_into (self, data, size, plain->data, error)) {
    plain_free (plain);
    return NULL;
  }
  return g_bytes_new_with_free_func (plain->data, plain->size, plain_free, plain);
}

GBytes *
lykta_secret_key_seal_for (LyktaSecretKey *self, GBytes *owner_public_key, GError **error)
{
  g_return_val_if_fail (self != NULL && owner_public_key != NULL, NULL);

  g_autoptr (GBytes) secret = g_bytes_new_static (self->secret, crypto_box_SECRETKEYBYTES);
  return lykta_seal (owner_public_key, secret, error);
}

LyktaSecretKey *
lykta_secret_key_unseal (LyktaSecretKey *owner, GBytes *sealed_key, GError **error)
{
  g_return_val_if_fail (owner != NULL && sealed_key != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  gsize size;
  const guint8 *data = g_bytes_get_data (sealed_key, &size);
  if (size != crypto_box_SECRETKEYBYTES + crypto_box_SEALBYTES) {
    g_set_error_literal (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID, "no sealed key");
    return NULL;
  }
  g_autoptr (LyktaSecretKey) self = new_key (error);
  if (self == NULL || !open_into (owner, data, size, self->secret, error))
    return NULL;
  return finish_key (g_steal_pointer (&self));
}

/* ---- passphrases ---- */

static void
put_number (guint8 bytes[4], guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (bytes, &value, 4);
}

static guint32
get_number (const guint8 bytes[4])
{
  guint32 value;

  memcpy (&value, bytes, 4);
  return GUINT32_FROM_LE (value);
}

/* The key that a passphrase and the open part of @locked make. */
static gboolean
derive (const Locked *locked, const char *passphrase, guint8 *key, GError **error)
{
  g_autofree char *normal = g_utf8_normalize (passphrase, -1, G_NORMALIZE_NFC);
  const guint32 operations = get_number (locked->operations), kib = get_number (locked->memory);

  if (normal == NULL) {
    g_set_error_literal (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_WRONG_PASSPHRASE,
                         "the passphrase is not valid text");
    return FALSE;
  }
  const int code =
      crypto_pwhash (key, crypto_secretbox_KEYBYTES, normal, strlen (normal), locked->salt,
                     operations, (gsize)kib * 1024, crypto_pwhash_ALG_ARGON2ID13);
  sodium_memzero (normal, strlen (normal));
  if (code != 0)
    g_set_error_literal (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_FAILED,
                         "not enough memory to check a passphrase");
  return code == 0;
}

GBytes *
lykta_key_lock (LyktaSecretKey *self, const char *passphrase, LyktaKeyCost cost, GError **error)
{
  g_return_val_if_fail (self != NULL && passphrase != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  guint8 key[crypto_secretbox_KEYBYTES];
  Locked locked = {.magic = ""};
  const gboolean is_quick = cost == LYKTA_KEY_COST_QUICK;
  memcpy (locked.magic, LOCKED_MAGIC, sizeof locked.magic);
  put_number (locked.operations,
              is_quick ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_MODERATE);
  put_number (locked.memory,
              (is_quick ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_MODERATE) / 1024);
  randombytes_buf (locked.salt, sizeof locked.salt);
  randombytes_buf (locked.nonce, sizeof locked.nonce);
  if (!derive (&locked, passphrase, key, error))
    return NULL;
  crypto_secretbox_easy (locked.box, self->secret, crypto_box_SECRETKEYBYTES, locked.nonce, key);
  sodium_memzero (key, sizeof key);
  return g_bytes_new (&locked, sizeof locked);
}

static gboolean
read_locked (GBytes *bytes, Locked *locked, GError **error)
{
  if (g_bytes_get_size (bytes) == sizeof *locked)
    memcpy (locked, g_bytes_get_data (bytes, NULL), sizeof *locked);
  else
    memset (locked, 0, sizeof *locked);
  const guint32 operations = get_number (locked->operations), kib = get_number (locked->memory);
  if (memcmp (locked->magic, LOCKED_MAGIC, sizeof locked->magic) == 0 &&
      operations >= crypto_pwhash_OPSLIMIT_MIN && operations <= MAX_OPERATIONS &&
      kib >= crypto_pwhash_MEMLIMIT_MIN / 1024 && kib <= MAX_KIB)
    return TRUE;
  g_set_error_literal (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID, "no locked key");
  return FALSE;
}

LyktaSecretKey *
lykta_key_unlock (GBytes *locked_key, const char *passphrase, GError **error)
{
  g_return_val_if_fail (locked_key != NULL && passphrase != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  guint8 key[crypto_secretbox_KEYBYTES];
  Locked locked;
  if (!start_sodium (error) || !read_locked (locked_key, &locked, error) ||
      !derive (&locked, passphrase, key, error))
    return NULL;
  g_autoptr (LyktaSecretKey) self = new_key (error);
  if (self == NULL)
    return NULL;
  const int code =
      crypto_secretbox_open_easy (self->secret, locked.box, sizeof locked.box, locked.nonce, key);
  sodium_memzero (key, sizeof key);
  if (code != 0) {
    g_set_error_literal (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_WRONG_PASSPHRASE,
                         "wrong passphrase, or the key was altered");
    return NULL;
  }
  return finish_key (g_steal_pointer (&self));
}
