/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-certificate-judge.h"

#include <string.h>

static const char *const tokens[] = {
    [LYKTA_CERTIFICATE_STATE_VALID] = "valid",
    [LYKTA_CERTIFICATE_STATE_NOT_YET] = "not-yet",
    [LYKTA_CERTIFICATE_STATE_ENDED] = "ended",
    [LYKTA_CERTIFICATE_STATE_REVOKED] = "revoked",
};

const char *
lykta_certificate_state_to_token (LyktaCertificateState state)
{
  g_return_val_if_fail ((guint)state < G_N_ELEMENTS (tokens), NULL);

  return tokens[state];
}

static void
find_voucher (LyktaCertificateJudgement *judgement,
              LyktaCertificateClaims *claims,
              LyktaVerifyingKey *key,
              GPtrArray *trust_lists,
              gint64 now)
{
  const LyktaDate issued = lykta_certificate_claims_get_valid_from (claims);

  for (guint i = 0; trust_lists != NULL && i < trust_lists->len; i++) {
    LyktaTrustList *list = g_ptr_array_index (trust_lists, i);
    const LyktaTrustedDesk *desk = lykta_trust_list_find (list, key, issued);

    if (desk == NULL || lykta_trust_list_get_expires_at (list) <= now)
      continue;
    judgement->desk = desk;
    judgement->confirmed_by = lykta_trust_list_get_publisher (list);
    return;
  }
}

/* The newest list about the certificates of @key. */
static LyktaStatusList *
find_status_list (LyktaVerifyingKey *key, GPtrArray *status_lists)
{
  LyktaStatusList *newest = NULL;

  for (guint i = 0; status_lists != NULL && i < status_lists->len; i++) {
    LyktaStatusList *list = g_ptr_array_index (status_lists, i);
    const guint8 *owner = lykta_verifying_key_get_bytes (lykta_status_list_get_key (list));

    if (memcmp (owner, lykta_verifying_key_get_bytes (key), LYKTA_PUBLIC_KEY_BYTES) == 0 &&
        (newest == NULL ||
         lykta_status_list_get_sequence (list) > lykta_status_list_get_sequence (newest)))
      newest = list;
  }
  return newest;
}

LyktaCertificateJudgement
lykta_certificate_judge (LyktaCertificateClaims *claims,
                         LyktaVerifyingKey *key,
                         GPtrArray *trust_lists,
                         GPtrArray *status_lists,
                         gint64 now)
{
  LyktaCertificateJudgement judgement = {.status_made_at = -1};

  g_return_val_if_fail (claims != NULL && key != NULL, judgement);

  const LyktaDate today = lykta_date_of_moment (now);
  const gint32 index = lykta_certificate_claims_get_status_index (claims);
  LyktaStatusList *status = find_status_list (key, status_lists);
  if (status != NULL && index != LYKTA_STATUS_INDEX_NONE)
    judgement.status_made_at = lykta_status_list_get_made_at (status);
  if (status != NULL && lykta_status_list_is_revoked (status, index))
    judgement.state = LYKTA_CERTIFICATE_STATE_REVOKED;
  else if (lykta_date_compare (today, lykta_certificate_claims_get_valid_to (claims)) > 0)
    judgement.state = LYKTA_CERTIFICATE_STATE_ENDED;
  else if (lykta_date_compare (today, lykta_certificate_claims_get_valid_from (claims)) < 0)
    judgement.state = LYKTA_CERTIFICATE_STATE_NOT_YET;
  find_voucher (&judgement, claims, key, trust_lists, now);
  return judgement;
}
