/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  LYKTA_TRUST_ERROR_WRONG_PASSPHRASE,
  LYKTA_TRUST_ERROR_INVALID, /* not sealed with this key, or altered */
  LYKTA_TRUST_ERROR_FAILED,  /* no memory for the passphrase function, no randomness */
} LyktaTrustError;
#define LYKTA_TRUST_ERROR (lykta_trust_error_quark ())
GQuark lykta_trust_error_quark (void);

/* The secret half of a key pair, in memory that is not swapped out and wiped when freed.
 * Immutable, reference-counted, any thread. */
typedef struct _LyktaSecretKey LyktaSecretKey;
#define LYKTA_TYPE_SECRET_KEY (lykta_secret_key_get_type ())
GType lykta_secret_key_get_type (void);
LyktaSecretKey *lykta_secret_key_ref (LyktaSecretKey *self);
void lykta_secret_key_unref (LyktaSecretKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaSecretKey, lykta_secret_key_unref)

/* A new pair for sealing; @public_key (out, transfer full) may be shown to everyone. (transfer
 * full)
 */
LyktaSecretKey *lykta_secret_key_generate (GBytes **public_key, GError **error);
/* @plain in an envelope that only the secret half of @public_key opens; whoever seals need not be
 * known and cannot open it again. (transfer full) */
GBytes *lykta_seal (GBytes *public_key, GBytes *plain, GError **error);
/* (transfer full) */
GBytes *lykta_secret_key_open (LyktaSecretKey *self, GBytes *sealed, GError **error);
/* The secret key itself sealed for the owner of another pair, and back. (transfer full) */
GBytes *lykta_secret_key_seal_for (LyktaSecretKey *self, GBytes *owner_public_key, GError **error);
LyktaSecretKey *lykta_secret_key_unseal (LyktaSecretKey *owner, GBytes *sealed_key, GError **error);

/* What trying one passphrase costs. QUICK is for tests alone. */
typedef enum {
  LYKTA_KEY_COST_QUICK,
  LYKTA_KEY_COST_NORMAL, /* Argon2id, 256 MiB, about a second */
} LyktaKeyCost;
/* The secret key under a passphrase (Argon2id, authenticated): what a file may hold. The passphrase
 * is put into NFC first, so that it does not matter how letters were typed. (transfer full) */
GBytes *
lykta_key_lock (LyktaSecretKey *key, const char *passphrase, LyktaKeyCost cost, GError **error);
/* WRONG_PASSPHRASE, or INVALID when @locked is no locked key. (transfer full) */
LyktaSecretKey *lykta_key_unlock (GBytes *locked, const char *passphrase, GError **error);

G_END_DECLS
