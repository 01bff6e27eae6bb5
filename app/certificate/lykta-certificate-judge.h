/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificate/lykta-certificate-claims.h"
#include "certificate/lykta-status-list.h"
#include "certificate/lykta-trust-list.h"

G_BEGIN_DECLS

/* What holds for a well-signed certificate at a moment. The graver state comes first where several
 * would fit: a revoked certificate that has ended as well is revoked. */
typedef enum {
  LYKTA_CERTIFICATE_STATE_VALID,
  LYKTA_CERTIFICATE_STATE_NOT_YET, /* before its first day */
  LYKTA_CERTIFICATE_STATE_ENDED,   /* after its last day */
  LYKTA_CERTIFICATE_STATE_REVOKED,
} LyktaCertificateState;

/* "valid", "not-yet", "ended", "revoked". Static. */
const char *lykta_certificate_state_to_token (LyktaCertificateState state);

typedef struct {
  LyktaCertificateState state;
  const LyktaTrustedDesk *desk; /* (nullable) who signed, if a publisher vouches for it */
  const char *confirmed_by;     /* (nullable) that publisher */
  gint64 status_made_at;        /* when the list of revoked ones was made; -1: there is none, so
                                 * that nobody can say whether it was revoked */
} LyktaCertificateJudgement;

/* Judges a certificate that lykta_certificate_token_read() has read. @now: Unix seconds; days are
 * Stockholm's. @trust_lists (element-type LyktaTrustList) and @status_lists (element-type
 * LyktaStatusList) may be NULL; trust lists that have expired vouch for nobody; of several status
 * lists of the same desk the one with the highest sequence counts. The pointers in the result
 * belong to the lists. Pure function, any thread. */
LyktaCertificateJudgement lykta_certificate_judge (LyktaCertificateClaims *claims,
                                                   LyktaVerifyingKey *key,
                                                   GPtrArray *trust_lists,
                                                   GPtrArray *status_lists,
                                                   gint64 now);

G_END_DECLS
