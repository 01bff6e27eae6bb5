/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-certificate-rules.h"

#include "certificate/certificate-fixture.h"
#include "support/lykta-test.h"

#define FIELD(suffix)   LYKTA_CERTIFICATE_FIELD_##suffix
#define PROBLEM(suffix) LYKTA_CERTIFICATE_PROBLEM_##suffix

static void
assert_only_problem (LyktaCertificateForm *form,
                     const LyktaCertificateRules *rules,
                     LyktaCertificateField field,
                     LyktaCertificateProblemCode code)
{
  g_autoptr (GArray) problems = lykta_certificate_form_validate (form, rules);

  for (guint i = 0; i < problems->len; i++) {
    const LyktaCertificateProblem *problem = &g_array_index (problems, LyktaCertificateProblem, i);

    g_test_message ("  %s: %s", lykta_certificate_field_to_token (problem->field),
                    lykta_certificate_problem_to_token (problem->code));
  }
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpint (g_array_index (problems, LyktaCertificateProblem, 0).field, ==, field);
  g_assert_cmpint (g_array_index (problems, LyktaCertificateProblem, 0).code, ==, code);
}

static void
test_sound (void)
{
  g_autoptr (LyktaCertificateForm) form = certificate_fixture_form ();
  g_autoptr (GArray) problems = lykta_certificate_form_validate (form, NULL);

  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_empty (void)
{
  static const LyktaCertificateProblem expected[] = {
      {FIELD (ACTIVITY), PROBLEM (NOT_OFFERED)},  {FIELD (HOLDER_NAME), PROBLEM (MISSING)},
      {FIELD (ACTIVITY_NAME), PROBLEM (MISSING)}, {FIELD (PURPOSES), PROBLEM (MISSING)},
      {FIELD (ORGANISER), PROBLEM (MISSING)},     {FIELD (BASIS), PROBLEM (MISSING)},
      {FIELD (ATTENDANCE), PROBLEM (MISSING)},    {FIELD (PLACE), PROBLEM (MISSING)},
      {FIELD (TOWN), PROBLEM (MISSING)},          {FIELD (SCHEDULE), PROBLEM (MISSING)},
      {FIELD (PERIOD_FROM), PROBLEM (MISSING)},   {FIELD (CONTACT_PHONE), PROBLEM (MISSING)},
      {FIELD (ISSUE_DATE), PROBLEM (MISSING)},    {FIELD (VALID_TO), PROBLEM (MISSING)},
  };
  g_autoptr (LyktaCertificateForm) form = lykta_certificate_form_new_empty ();
  g_autoptr (GArray) problems = lykta_certificate_form_validate (form, NULL);

  g_assert_cmpuint (problems->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < problems->len; i++) {
    g_assert_cmpint (g_array_index (problems, LyktaCertificateProblem, i).field, ==,
                     expected[i].field);
    g_assert_cmpint (g_array_index (problems, LyktaCertificateProblem, i).code, ==,
                     expected[i].code);
  }
}

/* One change to a sound form, and the one thing that is wrong with it afterwards. */
static void
test_fields (void)
{
  static const struct {
    LyktaCertificateField changed;
    const char *text;
    LyktaCertificateField field;
    LyktaCertificateProblemCode code;
  } cases[] = {
      {FIELD (HOLDER_NAME), "", FIELD (HOLDER_NAME), PROBLEM (MISSING)},
      {FIELD (HOLDER_NAME), "Amal 850101-1234", FIELD (HOLDER_NAME), PROBLEM (IDENTITY_NUMBER)},
      {FIELD (LMA_NUMBER), "1234", FIELD (LMA_NUMBER), PROBLEM (BAD_LMA_NUMBER)},
      {FIELD (LMA_NUMBER), "19850161-1234", FIELD (LMA_NUMBER), PROBLEM (IDENTITY_NUMBER)},
      {FIELD (BIRTH_DATE), "2027-01-01", FIELD (BIRTH_DATE), PROBLEM (IMPOSSIBLE)},
      {FIELD (BIRTH_DATE), "1890-01-01", FIELD (BIRTH_DATE), PROBLEM (IMPOSSIBLE)},
      {FIELD (BIRTH_DATE), "2008-11-23", FIELD (BIRTH_DATE), PROBLEM (UNDER_AGE)},
      {FIELD (ACTIVITY_NAME), NULL, FIELD (ACTIVITY_NAME), PROBLEM (MISSING)},
      {FIELD (ACTIVITY_NAME), "8501011234", FIELD (ACTIVITY_NAME), PROBLEM (IDENTITY_NUMBER)},
      {FIELD (PURPOSES), NULL, FIELD (PURPOSES), PROBLEM (MISSING)},
      {FIELD (ORGANISER), NULL, FIELD (ORGANISER), PROBLEM (MISSING)},
      {FIELD (ORGANISATION_NUMBER), "12", FIELD (ORGANISATION_NUMBER),
       PROBLEM (BAD_ORGANISATION_NUMBER)},
      {FIELD (ORGANISATION_NUMBER), "850101-1234", FIELD (ORGANISATION_NUMBER),
       PROBLEM (IDENTITY_NUMBER)},
      {FIELD (BASIS), NULL, FIELD (BASIS), PROBLEM (MISSING)},
      {FIELD (BASIS), "folkbildning-2015-521", FIELD (BASIS), PROBLEM (BASIS_ENDED)},
      {FIELD (BASIS_REFERENCE), NULL, FIELD (BASIS_REFERENCE), PROBLEM (MISSING)},
      {FIELD (BASIS_COUNTY), NULL, FIELD (BASIS_COUNTY), PROBLEM (MISSING)},
      {FIELD (BASIS_COUNTY), "Stockholms län", FIELD (COUNTY), PROBLEM (OTHER_COUNTY)},
      {FIELD (BASIS_FROM), "2025-12-31", FIELD (BASIS_TO), PROBLEM (AGREEMENT_TOO_LONG)},
      {FIELD (PERIOD_FROM), "2026-02-28", FIELD (PERIOD_FROM), PROBLEM (BEFORE_AGREEMENT)},
      {FIELD (ATTENDANCE), NULL, FIELD (ATTENDANCE), PROBLEM (MISSING)},
      {FIELD (SCHEDULE), NULL, FIELD (SCHEDULE), PROBLEM (MISSING)},
      {FIELD (PERIOD_FROM), NULL, FIELD (PERIOD_FROM), PROBLEM (MISSING)},
      {FIELD (N_OCCASIONS), "0", FIELD (N_OCCASIONS), PROBLEM (IMPOSSIBLE)},
      {FIELD (CONTACT_PHONE), "850101-1236", FIELD (CONTACT_PHONE), PROBLEM (IDENTITY_NUMBER)},
      {FIELD (VALID_TO), NULL, FIELD (VALID_TO), PROBLEM (MISSING)},
      {FIELD (VALID_TO), "2027-02-23", FIELD (VALID_TO), PROBLEM (VALID_TOO_LONG)},
      {FIELD (VALID_TO), "2026-11-21", FIELD (VALID_TO), PROBLEM (VALID_REVERSED)},
      {FIELD (USE), "mobile-data", FIELD (USE), PROBLEM (MOBILE_DATA_OFF)},
      {FIELD (SIGNATORY), "850101-1234", FIELD (SIGNATORY), PROBLEM (IDENTITY_NUMBER)},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LyktaCertificateFormBuilder) builder = certificate_fixture_form_builder ();
    g_autoptr (LyktaCertificateForm) form = NULL;

    g_test_message ("%s := “%s”", lykta_certificate_field_to_token (cases[i].changed),
                    cases[i].text);
    g_assert_true (
        lykta_certificate_form_builder_set_field (builder, cases[i].changed, cases[i].text));
    form = lykta_certificate_form_builder_end (builder);
    assert_only_problem (form, NULL, cases[i].field, cases[i].code);
  }
}

/* Changes that leave a sound form sound. */
static void
test_harmless (void)
{
  static const struct {
    LyktaCertificateField changed;
    const char *text;
  } cases[] = {
      {FIELD (LMA_NUMBER), NULL},
      {FIELD (BIRTH_DATE), "2008-11-22"},
      {FIELD (ORGANISATION_NUMBER), NULL},
      {FIELD (BASIS), "jobskills"},
      {FIELD (BASIS), "grant-2016-1364"},
      {FIELD (PLACE), NULL},
      {FIELD (TOWN), NULL},
      {FIELD (CONTACT_PHONE), NULL},
      {FIELD (CONTACT_PHONE), "0701234567"},
      {FIELD (N_OCCASIONS), NULL},
      {FIELD (VALID_TO), "2026-12-24"},
      {FIELD (BASIS_COUNTY), "VÄSTRA GÖTALANDS LÄN"},
      {FIELD (PERIOD_FROM), "2026-10-01"},
      {FIELD (HOLDER_NAME), "أمل"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LyktaCertificateFormBuilder) builder = certificate_fixture_form_builder ();
    g_autoptr (LyktaCertificateForm) form = NULL;
    g_autoptr (GArray) problems = NULL;

    g_test_message ("%s := “%s”", lykta_certificate_field_to_token (cases[i].changed),
                    cases[i].text);
    g_assert_true (
        lykta_certificate_form_builder_set_field (builder, cases[i].changed, cases[i].text));
    form = lykta_certificate_form_builder_end (builder);
    problems = lykta_certificate_form_validate (form, NULL);
    g_assert_cmpuint (problems->len, ==, 0);
  }
}

static void
test_dates_together (void)
{
  static const struct {
    const char *basis_from, *basis_to, *period_from, *period_to, *issue, *valid_to;
    LyktaCertificateField field;
    LyktaCertificateProblemCode code;
  } cases[] = {
      {"2026-03-01", "2026-12-01", "2026-11-23", NULL, "2026-11-22", "2026-12-02", FIELD (VALID_TO),
       PROBLEM (VALID_TOO_LONG)},
      {"2026-03-01", "2027-02-28", "2026-11-23", "2026-12-01", "2026-11-22", "2026-12-02",
       FIELD (VALID_TO), PROBLEM (VALID_TOO_LONG)},
      {"2026-03-01", "2026-11-21", "2026-11-23", NULL, "2026-11-22", "2026-11-22", FIELD (BASIS_TO),
       PROBLEM (AGREEMENT_ENDED)},
      {"2026-11-23", "2027-02-28", "2026-11-23", NULL, "2026-11-22", "2027-02-22",
       FIELD (ISSUE_DATE), PROBLEM (BEFORE_AGREEMENT)},
      {"2026-03-01", "2027-02-28", "2026-11-23", "2026-11-20", "2026-11-22", "2026-11-22",
       FIELD (PERIOD_TO), PROBLEM (PERIOD_REVERSED)},
      {"2026-03-01", "2027-02-28", "2026-10-01", "2026-11-21", "2026-11-22", "2026-11-22",
       FIELD (PERIOD_TO), PROBLEM (ACTIVITY_ENDED)},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LyktaCertificateFormBuilder) builder = certificate_fixture_form_builder ();
    g_autoptr (LyktaCertificateForm) form = NULL;

    lykta_certificate_form_builder_set_field (builder, FIELD (BASIS_FROM), cases[i].basis_from);
    lykta_certificate_form_builder_set_field (builder, FIELD (BASIS_TO), cases[i].basis_to);
    lykta_certificate_form_builder_set_field (builder, FIELD (PERIOD_FROM), cases[i].period_from);
    lykta_certificate_form_builder_set_field (builder, FIELD (PERIOD_TO), cases[i].period_to);
    lykta_certificate_form_builder_set_field (builder, FIELD (ISSUE_DATE), cases[i].issue);
    lykta_certificate_form_builder_set_field (builder, FIELD (VALID_TO), cases[i].valid_to);
    form = lykta_certificate_form_builder_end (builder);
    g_test_message ("case %u", i);
    assert_only_problem (form, NULL, cases[i].field, cases[i].code);
  }
}

static void
test_activity (void)
{
  static const struct {
    LyktaTristate offers, is_tia;
    gboolean is_compulsory;
    LyktaStatus status;
    LyktaCertificateProblemCode code;
  } cases[] = {
      {LYKTA_TRISTATE_NO, LYKTA_TRISTATE_YES, FALSE, LYKTA_STATUS_SCHEDULED, PROBLEM (NOT_OFFERED)},
      {LYKTA_TRISTATE_UNKNOWN, LYKTA_TRISTATE_YES, FALSE, LYKTA_STATUS_SCHEDULED,
       PROBLEM (NOT_OFFERED)},
      {LYKTA_TRISTATE_YES, LYKTA_TRISTATE_NO, FALSE, LYKTA_STATUS_SCHEDULED,
       PROBLEM (NOT_EARLY_ACTION)},
      {LYKTA_TRISTATE_YES, LYKTA_TRISTATE_YES, TRUE, LYKTA_STATUS_SCHEDULED,
       PROBLEM (COMPULSORY_INTRODUCTION)},
      {LYKTA_TRISTATE_YES, LYKTA_TRISTATE_YES, FALSE, LYKTA_STATUS_CANCELLED, PROBLEM (CANCELLED)},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LyktaCertificateFormBuilder) builder = certificate_fixture_form_builder ();
    g_autoptr (LyktaCertificateForm) form = NULL;

    lykta_certificate_form_builder_set_activity_rules (builder, cases[i].offers, cases[i].is_tia,
                                                       cases[i].is_compulsory, cases[i].status);
    form = lykta_certificate_form_builder_end (builder);
    assert_only_problem (form, NULL, FIELD (ACTIVITY), cases[i].code);
  }
}

static void
test_mobile_data_allowed (void)
{
  const LyktaCertificateRules rules = {.validity_months = 3, .allows_mobile_data = TRUE};
  g_autoptr (LyktaCertificateFormBuilder) builder = certificate_fixture_form_builder ();
  g_autoptr (LyktaCertificateForm) form = NULL;
  g_autoptr (GArray) problems = NULL;

  lykta_certificate_form_builder_set_use (builder, LYKTA_CERTIFICATE_USE_MOBILE_DATA);
  form = lykta_certificate_form_builder_end (builder);
  problems = lykta_certificate_form_validate (form, &rules);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_too_long (void)
{
  g_autoptr (LyktaCertificateFormBuilder) builder = certificate_fixture_form_builder ();
  g_autofree char *long_name = g_strnfill (161, 'a');
  g_autoptr (LyktaCertificateForm) form = NULL;

  lykta_certificate_form_builder_set_text (builder, FIELD (HOLDER_NAME), long_name);
  form = lykta_certificate_form_builder_end (builder);
  assert_only_problem (form, NULL, FIELD (HOLDER_NAME), PROBLEM (TOO_LONG));
}

static void
test_default_validity (void)
{
  static const struct {
    const char *issue, *basis_to, *period_to, *expected;
  } cases[] = {
      {"2026-11-22", NULL, NULL, "2027-02-22"},
      {"2026-11-30", NULL, NULL, "2027-02-28"},
      {"2027-11-30", NULL, NULL, "2028-02-29"},
      {"2026-11-22", "2026-12-31", NULL, "2026-12-31"},
      {"2026-11-22", "2027-12-31", "2026-12-15", "2026-12-15"},
      {"2026-11-22", "2026-12-10", "2026-12-15", "2026-12-10"},
      {"2026-11-22", "2026-11-01", NULL, "2026-11-22"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    LyktaDate issue = {0}, basis_to = {0}, period_to = {0};
    g_autofree char *valid_to = NULL;

    lykta_date_parse (cases[i].issue, &issue);
    if (cases[i].basis_to != NULL)
      lykta_date_parse (cases[i].basis_to, &basis_to);
    if (cases[i].period_to != NULL)
      lykta_date_parse (cases[i].period_to, &period_to);
    valid_to =
        lykta_date_to_string (lykta_certificate_default_valid_to (issue, basis_to, period_to, 3));
    g_assert_cmpstr (valid_to, ==, cases[i].expected);
  }
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/certificate/rules/sound", test_sound);
  g_test_add_func ("/certificate/rules/empty", test_empty);
  g_test_add_func ("/certificate/rules/fields", test_fields);
  g_test_add_func ("/certificate/rules/harmless", test_harmless);
  g_test_add_func ("/certificate/rules/dates-together", test_dates_together);
  g_test_add_func ("/certificate/rules/activity", test_activity);
  g_test_add_func ("/certificate/rules/mobile-data-allowed", test_mobile_data_allowed);
  g_test_add_func ("/certificate/rules/too-long", test_too_long);
  g_test_add_func ("/certificate/rules/default-validity", test_default_validity);
  return g_test_run ();
}
