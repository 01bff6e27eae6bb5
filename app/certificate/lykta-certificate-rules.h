/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificate/lykta-certificate-form.h"

G_BEGIN_DECLS

/* What a certificate must and must not say. Pure functions, any thread. What each rule rests on is
 * told beside it; "practice" means published county routines, "ours" our own caution. */

/* Why a form is refused. ui and tool map each code, together with its field, to a sentence. */
typedef enum {
  /* A field that the certificate needs is empty. Ours: no official template is published. */
  LYKTA_CERTIFICATE_PROBLEM_MISSING,
  /* Not NN-NNNNNN with an optional /n. Västra Götaland region's page on the LMA card (eight
   * digits) and the Migration Agency's news of 2022-01-03 (serial after the case number). There is
   * no published check digit, so none is demanded. */
  LYKTA_CERTIFICATE_PROBLEM_BAD_LMA_NUMBER,
  /* Looks like a Swedish personal identity or coordination number, which a certificate does not
   * need and must not carry: lag (2018:218) 3 kap. 10 §; the form of the numbers:
   * folkbokföringslagen (1991:481) 18 §, lag (2022:1697) 2 kap. 8 §. */
  LYKTA_CERTIFICATE_PROBLEM_IDENTITY_NUMBER,
  /* Not NNNNNN-NNNN with a third digit of 2 or more (lag (1974:174)); six zeros at the beginning
   * are let through, which invented organisers have. */
  LYKTA_CERTIFICATE_PROBLEM_BAD_ORGANISATION_NUMBER,
  /* Longer than a page can carry. Ours. */
  LYKTA_CERTIFICATE_PROBLEM_TOO_LONG,
  /* Holds characters that the fonts cannot show (found by the page, not by the rules). */
  LYKTA_CERTIFICATE_PROBLEM_UNPRINTABLE,
  /* A number or date that cannot be: no occasions, a birth date in the future. */
  LYKTA_CERTIFICATE_PROBLEM_IMPOSSIBLE,
  /* Younger than 18 on the issue date: förordning (2016:1364) 3 §. */
  LYKTA_CERTIFICATE_PROBLEM_UNDER_AGE,
  /* The activity does not offer certificates, or does not say that it does. Practice: the organiser
   * decides whether it issues them. */
  LYKTA_CERTIFICATE_PROBLEM_NOT_OFFERED,
  /* The agency's own compulsory introduction: förordning (1994:361) 2 e §; certificates are for
   * voluntary early action. */
  LYKTA_CERTIFICATE_PROBLEM_COMPULSORY_INTRODUCTION,
  /* Not early action for asylum seekers: förordning (2016:1363), (2016:1364). */
  LYKTA_CERTIFICATE_PROBLEM_NOT_EARLY_ACTION,
  /* The whole activity is cancelled. */
  LYKTA_CERTIFICATE_PROBLEM_CANCELLED,
  /* Compensation for mobile data rested on a temporary decision of autumn 2020: not offered unless
   * it is switched on. */
  LYKTA_CERTIFICATE_PROBLEM_MOBILE_DATA_OFF,
  /* Funding under förordning (2015:521) ended with 2023. */
  LYKTA_CERTIFICATE_PROBLEM_BASIS_ENDED,
  /* An agreement runs for at most a year. Practice (Dalarna). */
  LYKTA_CERTIFICATE_PROBLEM_AGREEMENT_TOO_LONG,
  /* Agreements are not retroactive. Practice (Dalarna): nothing before their first day. */
  LYKTA_CERTIFICATE_PROBLEM_BEFORE_AGREEMENT,
  /* The agreement ran out before the issue date. */
  LYKTA_CERTIFICATE_PROBLEM_AGREEMENT_ENDED,
  /* An agreement is for activities within one county. Practice (Dalarna). */
  LYKTA_CERTIFICATE_PROBLEM_OTHER_COUNTY,
  /* The period ends before it begins. */
  LYKTA_CERTIFICATE_PROBLEM_PERIOD_REVERSED,
  /* The activity was over before the issue date. */
  LYKTA_CERTIFICATE_PROBLEM_ACTIVITY_ENDED,
  /* Valid beyond three months, the agreement or the activity. Practice (Västra Götaland, Dalarna):
   * renewed every third month. */
  LYKTA_CERTIFICATE_PROBLEM_VALID_TOO_LONG,
  /* Ends before it is issued. */
  LYKTA_CERTIFICATE_PROBLEM_VALID_REVERSED,
  LYKTA_CERTIFICATE_N_PROBLEMS
} LyktaCertificateProblemCode;

typedef struct {
  LyktaCertificateField field;
  LyktaCertificateProblemCode code;
} LyktaCertificateProblem;

/* "missing", "bad-lma-number" … Static. */
const char *lykta_certificate_problem_to_token (LyktaCertificateProblemCode code);

/* What a county or an organiser may set. */
typedef struct {
  int validity_months;         /* calendar months from the issue date */
  gboolean allows_mobile_data; /* whether certificates for mobile data may be issued */
} LyktaCertificateRules;
/* Three months, no mobile data. Static. */
const LyktaCertificateRules *lykta_certificate_rules_default (void);

/* Everything that stands against issuing @form, in the order of the fields; an empty array when
 * nothing does. @rules may be NULL: the default.
 * (transfer full) (element-type LyktaCertificateProblem) */
GArray *
lykta_certificate_form_validate (LyktaCertificateForm *form, const LyktaCertificateRules *rules);

/* Last day of validity: @months calendar months after @issue_date, but not beyond @basis_to nor
 * @period_to where these are set, and never before @issue_date. */
LyktaDate lykta_certificate_default_valid_to (LyktaDate issue_date,
                                              LyktaDate basis_to,
                                              LyktaDate period_to,
                                              int months);

/* The number as it is stored, "NN-NNNNNN" or "NN-NNNNNN/n", from the ways people write it (with or
 * without hyphen, spaces around); NULL when it is none. (transfer full) */
char *lykta_certificate_normalise_lma_number (const char *text);
/* "NNNNNN-NNNN"; NULL when it is no organisation number. (transfer full) */
char *lykta_certificate_normalise_organisation_number (const char *text);
/* TRUE when something in @text looks like a personal identity or coordination number, in digits of
 * any script. @is_phone: the text is meant to be a telephone number, so ten digits alone do not
 * count. */
gboolean lykta_certificate_has_identity_number (const char *text, gboolean is_phone);

/* Swedish text for weekdays and hours: "måndagar och onsdagar 18:00–20:00". NULL for none.
 * (transfer full) */
char *lykta_certificate_slots_to_swedish (const LyktaCertificateSlot *slots, guint n_slots);

G_END_DECLS
