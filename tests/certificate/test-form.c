/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-certificate-rules.h"

#include "certificate/certificate-fixture.h"
#include "support/lykta-test.h"

#define FIELD(suffix) LYKTA_CERTIFICATE_FIELD_##suffix

static void
assert_field (LyktaCertificateForm *form, LyktaCertificateField field, const char *expected)
{
  g_autofree char *text = lykta_certificate_form_dup_field (form, field);

  g_test_message ("%s", lykta_certificate_field_to_token (field));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_tokens (void)
{
  for (guint i = 0; i < LYKTA_CERTIFICATE_N_FIELDS; i++) {
    LyktaCertificateField field = LYKTA_CERTIFICATE_N_FIELDS;

    g_assert_true (
        lykta_certificate_field_from_token (lykta_certificate_field_to_token (i), &field));
    g_assert_cmpint (field, ==, i);
  }
  for (guint i = 0; i <= LYKTA_CERTIFICATE_USE_MOBILE_DATA; i++)
    g_assert_cmpint (lykta_certificate_use_from_token (lykta_certificate_use_to_token (i)), ==, i);
  for (guint i = 0; i < LYKTA_CERTIFICATE_N_PROBLEMS; i++)
    g_assert_nonnull (lykta_certificate_problem_to_token (i));
  g_assert_false (lykta_certificate_field_from_token ("nonsense", &(LyktaCertificateField){0}));
  g_assert_false (lykta_certificate_field_from_token (NULL, &(LyktaCertificateField){0}));
}

static void
test_from_activity (void)
{
  static const struct {
    LyktaCertificateField field;
    const char *expected;
  } cases[] = {
      {FIELD (USE), "participation"},
      {FIELD (HOLDER_NAME), NULL},
      {FIELD (LMA_NUMBER), NULL},
      {FIELD (ACTIVITY_NAME), "Språkcafé på biblioteket"},
      {FIELD (PURPOSES), "swedish,society"},
      {FIELD (ORGANISER), "Föreningen Exempelvännerna"},
      {FIELD (ORGANISATION_NUMBER), "802000-0000"},
      {FIELD (BASIS), "agreement"},
      {FIELD (BASIS_REFERENCE), "5142-2026"},
      {FIELD (BASIS_COUNTY), "Västra Götalands län"},
      {FIELD (BASIS_TO), "2027-02-28"},
      {FIELD (ATTENDANCE), "on-site"},
      {FIELD (PLACE), "Exempelstads bibliotek"},
      {FIELD (STREET), "Storgatan 1"},
      {FIELD (POSTCODE), "123 45"},
      {FIELD (TOWN), "Exempelstad"},
      {FIELD (MUNICIPALITY), "Göteborg"},
      {FIELD (COUNTY), "Västra Götalands län"},
      {FIELD (SCHEDULE), "måndagar och onsdagar 18:00–20:00"},
      {FIELD (PERIOD_FROM), "2026-11-23"},
      {FIELD (PERIOD_TO), NULL},
      {FIELD (N_OCCASIONS), "27"},
      {FIELD (CONTACT_NAME), "Kim Exempel"},
      {FIELD (CONTACT_PHONE), "010-000 00 00"},
      {FIELD (CONTACT_EMAIL), "kim@example.org"},
      {FIELD (ISSUE_DATE), "2026-11-22"},
      {FIELD (VALID_TO), "2027-02-22"},
      {FIELD (SIGNATORY), NULL},
      {FIELD (SERIAL), NULL},
  };
  g_autoptr (LyktaActivity) activity = certificate_fixture_activity ();
  g_autoptr (GArray) occurrences = certificate_fixture_occurrences (30);
  g_autoptr (LyktaGazetteer) gazetteer = certificate_fixture_gazetteer ();
  g_autoptr (LyktaCertificateForm) form = lykta_certificate_form_from_activity (
      activity, occurrences, TRUE, gazetteer, (LyktaDate){2026, 11, 22}, "prs");
  guint n_slots;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_field (form, cases[i].field, cases[i].expected);
  lykta_certificate_form_get_slots (form, &n_slots);
  g_assert_cmpuint (n_slots, ==, 2);
  g_assert_cmpstr (lykta_certificate_form_get_second_language (form), ==, "fa-AF");
}

/* A series that ends, a single date, dates that are cancelled or over, days without a pattern. */
static void
test_from_dates (void)
{
  g_autoptr (LyktaActivity) activity = certificate_fixture_activity ();
  g_autoptr (GArray) occurrences = certificate_fixture_occurrences (2);
  g_autoptr (LyktaCertificateForm) ending = lykta_certificate_form_from_activity (
      activity, occurrences, FALSE, NULL, (LyktaDate){2026, 11, 22}, "sv");
  g_autoptr (LyktaCertificateForm) single = NULL;
  g_autoptr (LyktaCertificateForm) irregular = NULL;
  g_autoptr (LyktaCertificateForm) over = NULL;

  assert_field (ending, FIELD (PERIOD_FROM), "2026-11-23");
  assert_field (ending, FIELD (PERIOD_TO), "2026-12-02");
  assert_field (ending, FIELD (VALID_TO), "2026-12-02");
  assert_field (ending, FIELD (N_OCCASIONS), "4");
  assert_field (ending, FIELD (MUNICIPALITY), NULL);
  g_assert_null (lykta_certificate_form_get_second_language (ending));

  for (guint i = 0; i < 3; i++)
    g_array_index (occurrences, LyktaOccurrence, i).status = LYKTA_STATUS_CANCELLED;
  single = lykta_certificate_form_from_activity (activity, occurrences, FALSE, NULL,
                                                 (LyktaDate){2026, 11, 22}, NULL);
  assert_field (single, FIELD (SCHEDULE), "onsdag 2 december 2026 18:00–20:00");
  assert_field (single, FIELD (PERIOD_FROM), "2026-12-02");
  assert_field (single, FIELD (N_OCCASIONS), "1");

  for (guint i = 0; i < 4; i++) {
    g_array_index (occurrences, LyktaOccurrence, i).status = LYKTA_STATUS_SCHEDULED;
    g_array_index (occurrences, LyktaOccurrence, i).start += i * 600;
  }
  irregular = lykta_certificate_form_from_activity (activity, occurrences, FALSE, NULL,
                                                    (LyktaDate){2026, 11, 22}, NULL);
  assert_field (irregular, FIELD (SCHEDULE), "dagar och tider varierar");

  g_array_set_size (occurrences, 0);
  over = lykta_certificate_form_from_activity (activity, occurrences, FALSE, NULL,
                                               (LyktaDate){2026, 11, 22}, NULL);
  assert_field (over, FIELD (PERIOD_TO), "2026-09-07");
  assert_field (over, FIELD (VALID_TO), "2026-11-22");
}

static void
test_slots (void)
{
  static const struct {
    LyktaCertificateSlot slots[6];
    guint n;
    const char *expected;
  } cases[] = {
      {{{2, 1080, 1200}}, 1, "tisdagar 18:00–20:00"},
      {{{2, 0, 0}}, 1, "tisdagar"},
      {{{1, 540, 720}, {4, 540, 720}}, 2, "måndagar och torsdagar 09:00–12:00"},
      {{{1, 540, 720}, {2, 540, 720}, {3, 540, 720}}, 3, "måndag–onsdag 09:00–12:00"},
      {{{1, 540, 720}, {3, 540, 720}, {5, 540, 720}},
       3,
       "måndagar, onsdagar och fredagar 09:00–12:00"},
      {{{1, 540, 720}, {4, 1080, 1200}, {6, 540, 720}},
       3,
       "måndagar och lördagar 09:00–12:00; torsdagar 18:00–20:00"},
      {{{0}}, 0, NULL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = lykta_certificate_slots_to_swedish (cases[i].slots, cases[i].n);

    g_assert_cmpstr (text, ==, cases[i].expected);
  }
}

/* Whatever a person may write in a field comes back as it was meant, or is not taken. */
static void
test_set_field (void)
{
  static const struct {
    LyktaCertificateField field;
    const char *text;
    const char *expected;
    gboolean is_read;
  } cases[] = {
      {FIELD (HOLDER_NAME), "  Amal\n Exempel\u202esson ", "Amal Exempelsson", TRUE},
      {FIELD (HOLDER_NAME), "   ", NULL, TRUE},
      {FIELD (LMA_NUMBER), "12345678", "12-345678", TRUE},
      {FIELD (LMA_NUMBER), "tolv", "tolv", TRUE},
      {FIELD (BIRTH_DATE), "1999-02-28", "1999-02-28", TRUE},
      {FIELD (BIRTH_DATE), "19990228", "1999-02-28", TRUE},
      {FIELD (BIRTH_DATE), "1999-02-30", NULL, FALSE},
      {FIELD (BIRTH_DATE), "yesterday", NULL, FALSE},
      {FIELD (BIRTH_DATE), "", NULL, TRUE},
      {FIELD (N_OCCASIONS), "12", "12", TRUE},
      {FIELD (N_OCCASIONS), "", NULL, TRUE},
      {FIELD (N_OCCASIONS), "-1", NULL, FALSE},
      {FIELD (N_OCCASIONS), "many", NULL, FALSE},
      {FIELD (USE), "travel", "travel", TRUE},
      {FIELD (USE), "holiday", "participation", FALSE},
      {FIELD (PURPOSES), "health, work", "work,health", TRUE},
      {FIELD (PURPOSES), "fun", NULL, FALSE},
      {FIELD (PURPOSES), NULL, NULL, TRUE},
      {FIELD (BASIS), "jobskills", "jobskills", TRUE},
      {FIELD (BASIS), "none of these", NULL, FALSE},
      {FIELD (ATTENDANCE), "online", "online", TRUE},
      {FIELD (ATTENDANCE), "", NULL, TRUE},
      {FIELD (ACTIVITY), "x", NULL, FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LyktaCertificateFormBuilder) builder = lykta_certificate_form_builder_new ();
    g_autoptr (LyktaCertificateForm) form = NULL;

    g_assert_cmpint (
        lykta_certificate_form_builder_set_field (builder, cases[i].field, cases[i].text), ==,
        cases[i].is_read);
    form = lykta_certificate_form_builder_end (builder);
    assert_field (form, cases[i].field, cases[i].expected);
  }
}

static void
test_builder_keeps (void)
{
  g_autoptr (LyktaCertificateFormBuilder) builder = certificate_fixture_form_builder ();
  g_autoptr (LyktaCertificateForm) first = lykta_certificate_form_builder_end (builder);
  g_autoptr (LyktaCertificateForm) second = NULL;
  guint n_slots;

  lykta_certificate_form_builder_set_text (builder, FIELD (HOLDER_NAME), "Nabil Exempel");
  lykta_certificate_form_builder_set_text (builder, FIELD (SCHEDULE), "onsdagar");
  second = lykta_certificate_form_builder_end (builder);
  assert_field (first, FIELD (HOLDER_NAME), "Amal Exempelsson");
  assert_field (second, FIELD (HOLDER_NAME), "Nabil Exempel");
  lykta_certificate_form_get_slots (first, &n_slots);
  g_assert_cmpuint (n_slots, ==, 2);
  lykta_certificate_form_get_slots (second, &n_slots);
  g_assert_cmpuint (n_slots, ==, 0);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/certificate/form/tokens", test_tokens);
  g_test_add_func ("/certificate/form/from-activity", test_from_activity);
  g_test_add_func ("/certificate/form/from-dates", test_from_dates);
  g_test_add_func ("/certificate/form/slots", test_slots);
  g_test_add_func ("/certificate/form/set-field", test_set_field);
  g_test_add_func ("/certificate/form/builder-keeps", test_builder_keeps);
  return g_test_run ();
}
