/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/lykta-verdict.h"

#include "text/lykta-date-format.h"
#include "text/lykta-plain-text.h"

/* Mark a text for the translators; it is looked up in the catalogue that is asked for. */
#define N_(text) (text)

static const char *const refusal_tokens[] = {
    [LYKTA_TOKEN_ERROR_NOT_A_TOKEN] = "not-a-token",
    [LYKTA_TOKEN_ERROR_DAMAGED] = "damaged",
    [LYKTA_TOKEN_ERROR_TOO_LARGE] = "too-large",
    [LYKTA_TOKEN_ERROR_UNKNOWN_VERSION] = "unknown-version",
    [LYKTA_TOKEN_ERROR_BAD_SIGNATURE] = "bad-signature",
    [LYKTA_TOKEN_ERROR_INVALID] = "invalid",
};

static const char *const refusal_texts[] = {
    [LYKTA_TOKEN_ERROR_NOT_A_TOKEN] = N_ ("This is not the code of a certificate."),
    [LYKTA_TOKEN_ERROR_DAMAGED] = N_ ("The code cannot be read in full. Scan it again."),
    [LYKTA_TOKEN_ERROR_TOO_LARGE] = N_ ("This is not the code of a certificate."),
    [LYKTA_TOKEN_ERROR_UNKNOWN_VERSION] = N_ ("A newer Lykta is needed to check this code."),
    [LYKTA_TOKEN_ERROR_BAD_SIGNATURE] = N_ ("This code has been altered or forged."),
    [LYKTA_TOKEN_ERROR_INVALID] = N_ ("The code says something that no certificate can say."),
};

/* @format of the catalogue with one %s. Those come from our own table, and a test holds the
 * placeholders of all catalogues to the source. (transfer full) */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static char *
fill (LyktaCatalogue *catalogue, const char *format, const char *value)
{
  g_autofree char *isolated = lykta_isolate (value);

  return g_strdup_printf (lykta_catalogue_get (catalogue, NULL, format), isolated);
}
#pragma GCC diagnostic pop

static char *
format_date (LyktaCatalogue *catalogue, LyktaDate date)
{
  const LyktaDate always_with_year = {0};

  return lykta_format_long_date (lykta_catalogue_get_language (catalogue), date, always_with_year);
}

char *
lykta_verdict_state_text (LyktaCatalogue *catalogue,
                          LyktaCertificateClaims *claims,
                          LyktaCertificateState state)
{
  g_return_val_if_fail (LYKTA_IS_CATALOGUE (catalogue) && claims != NULL, NULL);

  g_autofree char *first =
      format_date (catalogue, lykta_certificate_claims_get_valid_from (claims));
  g_autofree char *last = format_date (catalogue, lykta_certificate_claims_get_valid_to (claims));
  switch (state) {
  case LYKTA_CERTIFICATE_STATE_REVOKED:
    return g_strdup (
        lykta_catalogue_get (catalogue, NULL, N_ ("The organiser has revoked this certificate.")));
  case LYKTA_CERTIFICATE_STATE_ENDED:
    /* Translators: %s is a date */
    return fill (catalogue, N_ ("This certificate ended on %s."), last);
  case LYKTA_CERTIFICATE_STATE_NOT_YET:
    /* Translators: %s is a date */
    return fill (catalogue, N_ ("This certificate is not valid before %s."), first);
  case LYKTA_CERTIFICATE_STATE_VALID:
  default:
    /* Translators: %s is a date */
    return fill (catalogue, N_ ("This certificate is valid until %s."), last);
  }
}

char *
lykta_verdict_signer_text (LyktaCatalogue *catalogue,
                           LyktaCertificateClaims *claims,
                           const LyktaCertificateJudgement *judgement)
{
  g_return_val_if_fail (LYKTA_IS_CATALOGUE (catalogue) && claims != NULL && judgement != NULL,
                        NULL);

  if (judgement->confirmed_by == NULL)
    /* Translators: %s is the name of an organiser */
    return fill (catalogue, N_ ("Signed in the name of %s. Nobody has confirmed this key."),
                 lykta_certificate_claims_get_issuer (claims));
  g_autofree char *signer =
      /* Translators: %s is the name of an organiser */
      fill (catalogue, N_ ("Signed by %s."), judgement->desk->name);
  g_autofree char *voucher =
      /* Translators: %s is the publisher of the calendar, who knows whose key it is */
      fill (catalogue, N_ ("Confirmed by %s."), judgement->confirmed_by);
  return g_strdup_printf ("%s %s", signer, voucher);
}

char *
lykta_verdict_revocation_text (LyktaCatalogue *catalogue,
                               const LyktaCertificateJudgement *judgement)
{
  g_return_val_if_fail (LYKTA_IS_CATALOGUE (catalogue) && judgement != NULL, NULL);

  if (judgement->status_made_at < 0)
    return g_strdup (lykta_catalogue_get (
        catalogue, NULL,
        N_ ("Whether it has been revoked cannot be checked: there is no list here.")));
  g_autofree char *day = format_date (catalogue, lykta_date_of_moment (judgement->status_made_at));
  /* Translators: %s is a date */
  return fill (catalogue, N_ ("The list of revoked certificates is of %s."), day);
}

const char *
lykta_verdict_refusal_token (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == LYKTA_TOKEN_ERROR, NULL);

  return refusal_tokens[error->code];
}

const char *
lykta_verdict_refusal_text (LyktaCatalogue *catalogue, const GError *error)
{
  g_return_val_if_fail (LYKTA_IS_CATALOGUE (catalogue), NULL);
  g_return_val_if_fail (error != NULL && error->domain == LYKTA_TOKEN_ERROR, NULL);

  return lykta_catalogue_get (catalogue, NULL, refusal_texts[error->code]);
}
