/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "trust/lykta-sealer.h"

G_BEGIN_DECLS

/* Ed25519 key pairs in the files of the minisign tool (jedisct1's format, version "Ed"), so that
 * anybody can check a feed, and a publisher can keep the key, with a tool that Debian has.
 * All immutable, reference-counted, any thread. Errors: LYKTA_TRUST_ERROR. */

/* The public half: what verifies. */
typedef struct _LyktaVerifyingKey LyktaVerifyingKey;
#define LYKTA_TYPE_VERIFYING_KEY (lykta_verifying_key_get_type ())
GType lykta_verifying_key_get_type (void);
LyktaVerifyingKey *lykta_verifying_key_ref (LyktaVerifyingKey *self);
void lykta_verifying_key_unref (LyktaVerifyingKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaVerifyingKey, lykta_verifying_key_unref)

/* @text: a minisign public key file, or its base64 line alone. INVALID when it is neither.
 * (transfer full) */
LyktaVerifyingKey *lykta_verifying_key_parse (const char *text, GError **error);
/* The base64 line, "RWQ…". (transfer full) */
char *lykta_verifying_key_to_string (LyktaVerifyingKey *self);
/* Sixteen hexadecimal digits, as minisign shows it. Borrowed. */
const char *lykta_verifying_key_get_id (LyktaVerifyingKey *self);
gboolean lykta_verifying_key_equal (LyktaVerifyingKey *a, LyktaVerifyingKey *b);

/* Is @signature (the text of a .minisig file) one of this key over @message? Both forms are taken,
 * over the message itself and over its BLAKE2b-512 hash. @trusted_comment (out, nullable, transfer
 * full) is the signed comment. INVALID with the reason when not: another key, altered message,
 * altered comment, no signature at all. */
gboolean lykta_verifying_key_verify (LyktaVerifyingKey *self,
                                     GBytes *message,
                                     const char *signature,
                                     char **trusted_comment,
                                     GError **error);

/* The bare Ed25519 key and bare signatures of RFC 8032, without minisign's frame: for formats that
 * have a frame of their own. */
#define LYKTA_PUBLIC_KEY_BYTES 32
#define LYKTA_SIGNATURE_BYTES  64
/* The frame's number of such a key is its first eight bytes. (transfer full) */
LyktaVerifyingKey *lykta_verifying_key_new_from_bytes (const guint8 bytes[LYKTA_PUBLIC_KEY_BYTES]);
/* LYKTA_PUBLIC_KEY_BYTES of them. Borrowed. */
const guint8 *lykta_verifying_key_get_bytes (LyktaVerifyingKey *self);
/* Is @signature this key's over @message itself? Keys and signatures that libsodium holds for
 * forgeable (points of small order, numbers out of range) never are. */
gboolean lykta_verifying_key_verify_bytes (LyktaVerifyingKey *self,
                                           GBytes *message,
                                           const guint8 signature[LYKTA_SIGNATURE_BYTES]);

/* The secret half, in memory that is wiped when freed. */
typedef struct _LyktaSigningKey LyktaSigningKey;
#define LYKTA_TYPE_SIGNING_KEY (lykta_signing_key_get_type ())
GType lykta_signing_key_get_type (void);
LyktaSigningKey *lykta_signing_key_ref (LyktaSigningKey *self);
void lykta_signing_key_unref (LyktaSigningKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaSigningKey, lykta_signing_key_unref)

/* A new pair. (transfer full) */
LyktaSigningKey *lykta_signing_key_generate (GError **error);
/* @text: a minisign secret key file. @passphrase (nullable) opens one that is encrypted (scrypt);
 * WRONG_PASSPHRASE when it does not, or is needed and missing. (transfer full) */
LyktaSigningKey *lykta_signing_key_parse (const char *text, const char *passphrase, GError **error);
/* The text of a secret key file without a passphrase: for a file that only its owner can read.
 * (transfer full): wipe it after use. */
char *lykta_signing_key_to_file_text (LyktaSigningKey *self);
/* The text of the public key file. (transfer full) */
char *lykta_signing_key_to_public_text (LyktaSigningKey *self);
/* (transfer full) */
LyktaVerifyingKey *lykta_signing_key_get_verifying_key (LyktaSigningKey *self);
/* The text of a .minisig file over @message. @trusted_comment: one line, signed along.
 * (transfer full) */
char *lykta_signing_key_sign (LyktaSigningKey *self, GBytes *message, const char *trusted_comment);
/* The bare signature over @message itself. The same key and message always give the same one. */
void lykta_signing_key_sign_bytes (LyktaSigningKey *self,
                                   GBytes *message,
                                   guint8 signature[LYKTA_SIGNATURE_BYTES]);

G_END_DECLS
