/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sodium.h>

#include "trust/lykta-signing-key.h"

G_BEGIN_DECLS

/* The binary blocks of minisign's files, which hold them in base64. Shared by the two halves of a
 * key; all members are bytes, so the layout is the file's. */

#define LYKTA_KEY_ID_BYTES        8
#define LYKTA_PREHASH_BYTES       64
#define LYKTA_ALGORITHM_WHOLE     "Ed"
#define LYKTA_ALGORITHM_PREHASHED "ED"
#define LYKTA_TRUSTED_COMMENT     "trusted comment: "
#define LYKTA_UNTRUSTED_COMMENT   "untrusted comment: "

typedef struct {
  guint8 algorithm[2];
  guint8 key_id[LYKTA_KEY_ID_BYTES];
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
} LyktaPublicKeyBlob;

typedef struct {
  guint8 algorithm[2];
  guint8 key_id[LYKTA_KEY_ID_BYTES];
  guint8 signature[crypto_sign_BYTES];
} LyktaSignatureBlob;

/* What the passphrase covers. */
typedef struct {
  guint8 key_id[LYKTA_KEY_ID_BYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
  guint8 checksum[32];
} LyktaSecretKeyCore;

typedef struct {
  guint8 algorithm[2];
  guint8 derivation[2]; /* "Sc": scrypt; zeros: no passphrase */
  guint8 checksum_algorithm[2];
  guint8 salt[32];
  guint8 operations[8]; /* little endian */
  guint8 memory[8];     /* little endian */
  LyktaSecretKeyCore core;
} LyktaSecretKeyBlob;

G_STATIC_ASSERT (crypto_sign_PUBLICKEYBYTES == LYKTA_PUBLIC_KEY_BYTES);
G_STATIC_ASSERT (crypto_sign_BYTES == LYKTA_SIGNATURE_BYTES);
G_STATIC_ASSERT (sizeof (LyktaPublicKeyBlob) == 42);
G_STATIC_ASSERT (sizeof (LyktaSignatureBlob) == 74);
G_STATIC_ASSERT (sizeof (LyktaSecretKeyBlob) == 158);

/* Line number @line (from 0) of @text decoded into @blob; FALSE unless it holds just @size bytes.
 */
gboolean lykta_minisign_decode_line (const char *text, guint line, gpointer blob, gsize size);
/* (transfer full) */
LyktaVerifyingKey *lykta_verifying_key_new_from_blob (const LyktaPublicKeyBlob *blob);

G_END_DECLS
