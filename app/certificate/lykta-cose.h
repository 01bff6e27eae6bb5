/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "certificate/lykta-token-error.h"
#include "trust/lykta-signing-key.h"

G_BEGIN_DECLS

/* COSE_Sign1 (RFC 9052) with EdDSA over Ed25519 (RFC 9053 2.2), tagged 18. The protected header
 * holds the algorithm and, as its key identifier, the whole public key: whoever reads it can tell
 * that the text is unaltered, and asks elsewhere whose key it is. CERTIFICATE-TOKEN.md. Pure
 * functions, any thread. */

/* @purpose tells what kind of thing is signed; it is signed along as external_aad, so that one kind
 * never passes for another. (transfer full) */
GBytes *lykta_cose_sign (GBytes *payload, const char *purpose, LyktaSigningKey *key);
/* The payload of @message if it is well signed; @key (out, transfer full) is who signed.
 * Errors: NOT_A_TOKEN, DAMAGED, BAD_SIGNATURE, UNKNOWN_VERSION (another algorithm).
 * (transfer full) */
GBytes *
lykta_cose_open (GBytes *message, const char *purpose, LyktaVerifyingKey **key, GError **error);

G_END_DECLS
