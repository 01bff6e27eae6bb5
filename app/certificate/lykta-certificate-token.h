/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificate/lykta-certificate-claims.h"
#include "trust/lykta-signing-key.h"

G_BEGIN_DECLS

/* The text in the QR code of a certificate: "LYKTA1:" and the base45 (RFC 9285) of the deflated
 * (RFC 1950) COSE_Sign1 (RFC 9052) over the claims. CERTIFICATE-TOKEN.md is its specification.
 * Pure functions, any thread. */

#define LYKTA_TOKEN_PREFIX "LYKTA1:"
/* Characters that a token may have; the longest that a desk can make has about 700. */
#define LYKTA_TOKEN_MAX_CHARS 2048

/* Upper-case ASCII that QR codes hold in their alphanumeric mode. (transfer full) */
char *lykta_certificate_token_sign (LyktaCertificateClaims *claims, LyktaSigningKey *key);

/* What @text says, if it is a token and unaltered since it was signed; whether the signer may be
 * believed is asked of lykta_certificate_judge(). Spaces and line ends around and within are
 * forgiven, as scanners and mail add them. @key (out, transfer full): who signed.
 * Errors: LYKTA_TOKEN_ERROR. (transfer full) */
LyktaCertificateClaims *
lykta_certificate_token_read (const char *text, LyktaVerifyingKey **key, GError **error);

G_END_DECLS
