/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-certificate-rules.h"

#include "certificate/lykta-certificate-form-private.h"

/* Characters in one field; a page carries that much at its smallest type. */
#define MAX_FIELD_CHARS 160
#define ADULT_YEARS     18
#define OLDEST_YEARS    125

#define FIELD(suffix)   LYKTA_CERTIFICATE_FIELD_##suffix
#define PROBLEM(suffix) LYKTA_CERTIFICATE_PROBLEM_##suffix

static const LyktaCertificateRules default_rules = {
    .validity_months = 3,
    .allows_mobile_data = FALSE,
};

static const LyktaDate folkbildning_end = {2023, 12, 31};

static const char *const tokens[LYKTA_CERTIFICATE_N_PROBLEMS] = {
    [PROBLEM (MISSING)] = "missing",
    [PROBLEM (BAD_LMA_NUMBER)] = "bad-lma-number",
    [PROBLEM (IDENTITY_NUMBER)] = "identity-number",
    [PROBLEM (BAD_ORGANISATION_NUMBER)] = "bad-organisation-number",
    [PROBLEM (TOO_LONG)] = "too-long",
    [PROBLEM (UNPRINTABLE)] = "unprintable",
    [PROBLEM (IMPOSSIBLE)] = "impossible",
    [PROBLEM (UNDER_AGE)] = "under-age",
    [PROBLEM (NOT_OFFERED)] = "not-offered",
    [PROBLEM (COMPULSORY_INTRODUCTION)] = "compulsory-introduction",
    [PROBLEM (NOT_EARLY_ACTION)] = "not-early-action",
    [PROBLEM (CANCELLED)] = "cancelled",
    [PROBLEM (MOBILE_DATA_OFF)] = "mobile-data-off",
    [PROBLEM (BASIS_ENDED)] = "basis-ended",
    [PROBLEM (AGREEMENT_TOO_LONG)] = "agreement-too-long",
    [PROBLEM (BEFORE_AGREEMENT)] = "before-agreement",
    [PROBLEM (AGREEMENT_ENDED)] = "agreement-ended",
    [PROBLEM (OTHER_COUNTY)] = "other-county",
    [PROBLEM (PERIOD_REVERSED)] = "period-reversed",
    [PROBLEM (ACTIVITY_ENDED)] = "activity-ended",
    [PROBLEM (VALID_TOO_LONG)] = "valid-too-long",
    [PROBLEM (VALID_REVERSED)] = "valid-reversed",
};

const char *
lykta_certificate_problem_to_token (LyktaCertificateProblemCode code)
{
  g_return_val_if_fail ((guint)code < LYKTA_CERTIFICATE_N_PROBLEMS, NULL);

  return tokens[code];
}

const LyktaCertificateRules *
lykta_certificate_rules_default (void)
{
  return &default_rules;
}

static LyktaDate
earlier (LyktaDate a, LyktaDate b)
{
  if (!lykta_date_is_set (b))
    return a;
  return lykta_date_compare (a, b) <= 0 ? a : b;
}

LyktaDate
lykta_certificate_default_valid_to (LyktaDate issue_date,
                                    LyktaDate basis_to,
                                    LyktaDate period_to,
                                    int months)
{
  LyktaDate valid_to;

  if (!lykta_date_is_set (issue_date))
    return (LyktaDate){0};
  valid_to = earlier (lykta_date_add_months (issue_date, months), basis_to);
  valid_to = earlier (valid_to, period_to);
  return lykta_date_compare (valid_to, issue_date) < 0 ? issue_date : valid_to;
}

static void
add (GArray *problems, LyktaCertificateField field, LyktaCertificateProblemCode code)
{
  LyktaCertificateProblem problem = {field, code};

  g_array_append_val (problems, problem);
}

static gboolean
is_before (LyktaDate a, LyktaDate b)
{
  return lykta_date_is_set (a) && lykta_date_is_set (b) && lykta_date_compare (a, b) < 0;
}

static void
check_activity (LyktaCertificateForm *form, const LyktaCertificateRules *rules, GArray *problems)
{
  if (form->is_compulsory_introduction)
    add (problems, FIELD (ACTIVITY), PROBLEM (COMPULSORY_INTRODUCTION));
  else if (form->is_tia == LYKTA_TRISTATE_NO)
    add (problems, FIELD (ACTIVITY), PROBLEM (NOT_EARLY_ACTION));
  else if (form->offers_certificate != LYKTA_TRISTATE_YES)
    add (problems, FIELD (ACTIVITY), PROBLEM (NOT_OFFERED));
  if (form->status == LYKTA_STATUS_CANCELLED)
    add (problems, FIELD (ACTIVITY), PROBLEM (CANCELLED));
  if (form->use == LYKTA_CERTIFICATE_USE_MOBILE_DATA && !rules->allows_mobile_data)
    add (problems, FIELD (USE), PROBLEM (MOBILE_DATA_OFF));
}

static void
check_texts (LyktaCertificateForm *form, GArray *problems)
{
  for (guint i = 0; i < LYKTA_CERTIFICATE_N_FIELDS; i++) {
    const char *text = form->texts[i];

    if (text == NULL)
      continue;
    if (g_utf8_strlen (text, -1) > MAX_FIELD_CHARS)
      add (problems, i, PROBLEM (TOO_LONG));
    else if (lykta_certificate_has_identity_number (text, i == FIELD (CONTACT_PHONE)) &&
             (i != FIELD (ORGANISATION_NUMBER) || text[2] < '2'))
      add (problems, i, PROBLEM (IDENTITY_NUMBER));
    else if (i == FIELD (LMA_NUMBER)) {
      g_autofree char *normal = lykta_certificate_normalise_lma_number (text);

      if (normal == NULL)
        add (problems, i, PROBLEM (BAD_LMA_NUMBER));
    } else if (i == FIELD (ORGANISATION_NUMBER)) {
      g_autofree char *normal = lykta_certificate_normalise_organisation_number (text);

      if (normal == NULL)
        add (problems, i, PROBLEM (BAD_ORGANISATION_NUMBER));
    }
  }
}

static void
check_holder (LyktaCertificateForm *form, GArray *problems)
{
  LyktaDate birth = form->dates[FIELD (BIRTH_DATE)], issue = form->dates[FIELD (ISSUE_DATE)];

  if (form->texts[FIELD (HOLDER_NAME)] == NULL)
    add (problems, FIELD (HOLDER_NAME), PROBLEM (MISSING));
  if (!lykta_date_is_set (birth) || !lykta_date_is_set (issue))
    return;
  if (lykta_date_compare (birth, issue) > 0 ||
      lykta_date_compare (lykta_date_add_months (birth, OLDEST_YEARS * 12), issue) < 0)
    add (problems, FIELD (BIRTH_DATE), PROBLEM (IMPOSSIBLE));
  else if (lykta_date_compare (lykta_date_add_months (birth, ADULT_YEARS * 12), issue) > 0)
    add (problems, FIELD (BIRTH_DATE), PROBLEM (UNDER_AGE));
}

static void
check_agreement_dates (LyktaCertificateForm *form, GArray *problems)
{
  LyktaDate from = form->dates[FIELD (BASIS_FROM)], to = form->dates[FIELD (BASIS_TO)];
  LyktaDate issue = form->dates[FIELD (ISSUE_DATE)];

  if (form->basis == LYKTA_BASIS_AGREEMENT && lykta_date_is_set (from) &&
      is_before (lykta_date_add_months (from, 12), to))
    add (problems, FIELD (BASIS_TO), PROBLEM (AGREEMENT_TOO_LONG));
  if (is_before (issue, from))
    add (problems, FIELD (ISSUE_DATE), PROBLEM (BEFORE_AGREEMENT));
  if (is_before (form->dates[FIELD (PERIOD_FROM)], from))
    add (problems, FIELD (PERIOD_FROM), PROBLEM (BEFORE_AGREEMENT));
  if (is_before (to, issue))
    add (problems, FIELD (BASIS_TO), PROBLEM (AGREEMENT_ENDED));
}

static void
check_basis (LyktaCertificateForm *form, GArray *problems)
{
  const char *county = form->texts[FIELD (BASIS_COUNTY)];
  LyktaBasis basis = form->basis;

  if (form->texts[FIELD (ORGANISER)] == NULL)
    add (problems, FIELD (ORGANISER), PROBLEM (MISSING));
  if (basis == LYKTA_BASIS_UNKNOWN)
    add (problems, FIELD (BASIS), PROBLEM (MISSING));
  if (basis == LYKTA_BASIS_FOLKBILDNING_2015_521 &&
      is_before (folkbildning_end, form->dates[FIELD (ISSUE_DATE)]))
    add (problems, FIELD (BASIS), PROBLEM (BASIS_ENDED));
  if ((basis == LYKTA_BASIS_AGREEMENT || basis == LYKTA_BASIS_GRANT_2016_1364)) {
    if (form->texts[FIELD (BASIS_REFERENCE)] == NULL)
      add (problems, FIELD (BASIS_REFERENCE), PROBLEM (MISSING));
    if (county == NULL)
      add (problems, FIELD (BASIS_COUNTY), PROBLEM (MISSING));
    check_agreement_dates (form, problems);
  }
  if (basis == LYKTA_BASIS_AGREEMENT && county != NULL && form->texts[FIELD (COUNTY)] != NULL &&
      form->attendance != LYKTA_ATTENDANCE_ONLINE) {
    g_autofree char *one = g_utf8_casefold (county, -1);
    g_autofree char *other = g_utf8_casefold (form->texts[FIELD (COUNTY)], -1);

    if (g_strcmp0 (one, other) != 0)
      add (problems, FIELD (COUNTY), PROBLEM (OTHER_COUNTY));
  }
}

static void
check_activity_details (LyktaCertificateForm *form, GArray *problems)
{
  if (form->texts[FIELD (ACTIVITY_NAME)] == NULL)
    add (problems, FIELD (ACTIVITY_NAME), PROBLEM (MISSING));
  if (form->purposes == LYKTA_PURPOSE_NONE)
    add (problems, FIELD (PURPOSES), PROBLEM (MISSING));
  if (form->attendance == LYKTA_ATTENDANCE_UNKNOWN)
    add (problems, FIELD (ATTENDANCE), PROBLEM (MISSING));
  if (form->attendance != LYKTA_ATTENDANCE_ONLINE) {
    if (form->texts[FIELD (PLACE)] == NULL && form->texts[FIELD (STREET)] == NULL)
      add (problems, FIELD (PLACE), PROBLEM (MISSING));
    if (form->texts[FIELD (TOWN)] == NULL && form->texts[FIELD (MUNICIPALITY)] == NULL)
      add (problems, FIELD (TOWN), PROBLEM (MISSING));
  }
  if (form->texts[FIELD (SCHEDULE)] == NULL)
    add (problems, FIELD (SCHEDULE), PROBLEM (MISSING));
  if (form->n_occasions == 0)
    add (problems, FIELD (N_OCCASIONS), PROBLEM (IMPOSSIBLE));
  if (form->texts[FIELD (CONTACT_PHONE)] == NULL && form->texts[FIELD (CONTACT_EMAIL)] == NULL)
    add (problems, FIELD (CONTACT_PHONE), PROBLEM (MISSING));
}

static void
check_dates (LyktaCertificateForm *form, const LyktaCertificateRules *rules, GArray *problems)
{
  LyktaDate from = form->dates[FIELD (PERIOD_FROM)], to = form->dates[FIELD (PERIOD_TO)];
  LyktaDate issue = form->dates[FIELD (ISSUE_DATE)], valid_to = form->dates[FIELD (VALID_TO)];
  LyktaDate longest = lykta_certificate_default_valid_to (issue, form->dates[FIELD (BASIS_TO)], to,
                                                          rules->validity_months);

  if (!lykta_date_is_set (from))
    add (problems, FIELD (PERIOD_FROM), PROBLEM (MISSING));
  if (is_before (to, from))
    add (problems, FIELD (PERIOD_TO), PROBLEM (PERIOD_REVERSED));
  else if (is_before (to, issue))
    add (problems, FIELD (PERIOD_TO), PROBLEM (ACTIVITY_ENDED));
  if (!lykta_date_is_set (issue))
    add (problems, FIELD (ISSUE_DATE), PROBLEM (MISSING));
  if (!lykta_date_is_set (valid_to))
    add (problems, FIELD (VALID_TO), PROBLEM (MISSING));
  else if (is_before (valid_to, issue))
    add (problems, FIELD (VALID_TO), PROBLEM (VALID_REVERSED));
  else if (is_before (longest, valid_to))
    add (problems, FIELD (VALID_TO), PROBLEM (VALID_TOO_LONG));
}

static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const LyktaCertificateProblem *one = a, *other = b;

  if (one->field != other->field)
    return (int)one->field - (int)other->field;
  return (int)one->code - (int)other->code;
}

GArray *
lykta_certificate_form_validate (LyktaCertificateForm *form, const LyktaCertificateRules *rules)
{
  g_autoptr (GArray) problems = NULL;

  g_return_val_if_fail (form != NULL, NULL);

  if (rules == NULL)
    rules = &default_rules;
  problems = g_array_new (FALSE, FALSE, sizeof (LyktaCertificateProblem));
  check_activity (form, rules, problems);
  check_holder (form, problems);
  check_activity_details (form, problems);
  check_basis (form, problems);
  check_dates (form, rules, problems);
  check_texts (form, problems);
  g_array_sort (problems, compare_problems);
  return g_steal_pointer (&problems);
}
