/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificate/lykta-certificate-judge.h"
#include "text/lykta-catalogue.h"

G_BEGIN_DECLS

/* What a checked certificate comes to, in words that anybody understands, in the language of
 * @catalogue. Any thread. */

/* "This certificate is valid until 22 February 2027." and so on. (transfer full) */
char *lykta_verdict_state_text (LyktaCatalogue *catalogue,
                                LyktaCertificateClaims *claims,
                                LyktaCertificateState state);
/* Who signed, and whether a publisher vouches for it. (transfer full) */
char *lykta_verdict_signer_text (LyktaCatalogue *catalogue,
                                 LyktaCertificateClaims *claims,
                                 const LyktaCertificateJudgement *judgement);
/* How old the list of revoked certificates is, or that there is none. (transfer full) */
char *lykta_verdict_revocation_text (LyktaCatalogue *catalogue,
                                     const LyktaCertificateJudgement *judgement);
/* Why a code cannot be checked, and what to do. @error: of lykta_certificate_token_read().
 * Borrowed from @catalogue. */
const char *lykta_verdict_refusal_text (LyktaCatalogue *catalogue, const GError *error);
/* "not-a-token", "damaged", "too-large", "unknown-version", "bad-signature", "invalid". Static. */
const char *lykta_verdict_refusal_token (const GError *error);

G_END_DECLS
