/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/lykta-certificate-desk.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "certificate/certificate-fixture.h"
#include "support/lykta-test-printer.h"
#include "support/lykta-test.h"

#define FIELD(suffix)   LYKTA_CERTIFICATE_FIELD_##suffix
#define PROBLEM(suffix) LYKTA_CERTIFICATE_PROBLEM_##suffix

/* U+0378 is no character at all (yet), so that no font has it. */
#define UNPRINTABLE_NAME "Amal \xcd\xb8"

typedef struct {
  LyktaClock *clock;
  LyktaGazetteer *gazetteer;
  LyktaTestPrinter *printer;
  LyktaCertificateDesk *desk;
  LyktaTestDir *dir;
  guint n_changed;
  LyktaPrintJob *job; /* (owned) (nullable) */
  GError *error;      /* (owned) (nullable) */
  gboolean is_printed;
} Fixture;

static void
on_changed (LyktaCertificateDesk *desk, gpointer user_data)
{
  ((Fixture *)user_data)->n_changed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = lykta_test_clock_at ("2026-11-22T12:00:00+01:00");
  fixture->gazetteer = certificate_fixture_gazetteer ();
  fixture->printer = lykta_test_printer_new ();
  fixture->dir = lykta_test_dir_new ();
  fixture->desk =
      lykta_certificate_desk_new (fixture->clock, fixture->gazetteer,
                                  LYKTA_PRINTER (fixture->printer), g_getenv ("LYKTA_LOCALE_DIR"));
  g_signal_connect (fixture->desk, "changed", G_CALLBACK (on_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_error (&fixture->error);
  g_clear_object (&fixture->job);
  g_signal_handlers_disconnect_by_data (fixture->desk, fixture);
  g_assert_finalize_object (fixture->desk);
  g_assert_finalize_object (fixture->clock);
  g_assert_finalize_object (fixture->gazetteer);
  g_object_unref (fixture->printer);
  lykta_test_dir_free (fixture->dir);
}

static void
begin (Fixture *fixture)
{
  g_autoptr (LyktaActivity) activity = certificate_fixture_activity ();
  g_autoptr (GArray) occurrences = certificate_fixture_occurrences (30);

  lykta_certificate_desk_begin (fixture->desk, activity, occurrences, TRUE, "ar");
}

static gboolean
set (Fixture *fixture, LyktaCertificateField field, const char *text)
{
  return lykta_certificate_desk_set_field (fixture->desk, field, text);
}

static void
fill_in (Fixture *fixture)
{
  begin (fixture);
  g_assert_true (set (fixture, FIELD (HOLDER_NAME), "Amal Exempelsson"));
  g_assert_true (set (fixture, FIELD (LMA_NUMBER), "12-345678"));
  g_assert_true (set (fixture, FIELD (USE), "travel"));
}

static void
assert_field (Fixture *fixture, LyktaCertificateField field, const char *expected)
{
  g_autofree char *text =
      lykta_certificate_form_dup_field (lykta_certificate_desk_get_form (fixture->desk), field);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_problem (Fixture *fixture, LyktaCertificateField field, LyktaCertificateProblemCode expected)
{
  LyktaCertificateProblemCode code;

  g_assert_true (lykta_certificate_desk_get_problem (fixture->desk, field, &code));
  g_assert_cmpint (code, ==, expected);
}

static void
test_fill_in (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) problems = NULL;
  LyktaCertificateProblemCode code;

  g_assert_null (lykta_certificate_desk_get_form (fixture->desk));
  begin (fixture);
  assert_problem (fixture, FIELD (HOLDER_NAME), PROBLEM (MISSING));
  fill_in (fixture);
  g_assert_cmpuint (fixture->n_changed, ==, 5);
  assert_field (fixture, FIELD (ACTIVITY_NAME), "Språkcafé på biblioteket");
  problems = lykta_certificate_desk_validate (fixture->desk);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_false (lykta_certificate_desk_get_problem (fixture->desk, FIELD (HOLDER_NAME), &code));
  lykta_certificate_desk_set_second_language (fixture->desk, "ti");
  g_assert_cmpstr (
      lykta_certificate_form_get_second_language (lykta_certificate_desk_get_form (fixture->desk)),
      ==, "ti");
  lykta_certificate_desk_end (fixture->desk);
  g_assert_null (lykta_certificate_desk_get_form (fixture->desk));
}

/* What makes no sense is told as such, until something sensible comes. */
static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  LyktaCertificateProblemCode code;

  fill_in (fixture);
  g_assert_false (set (fixture, FIELD (PERIOD_FROM), "next week"));
  assert_field (fixture, FIELD (PERIOD_FROM), NULL);
  assert_problem (fixture, FIELD (PERIOD_FROM), PROBLEM (IMPOSSIBLE));
  g_assert_true (set (fixture, FIELD (PERIOD_FROM), "2026-12-01"));
  g_assert_false (lykta_certificate_desk_get_problem (fixture->desk, FIELD (PERIOD_FROM), &code));
  g_assert_true (set (fixture, FIELD (HOLDER_NAME), UNPRINTABLE_NAME));
  assert_problem (fixture, FIELD (HOLDER_NAME), PROBLEM (UNPRINTABLE));
}

/* Validity follows what it depends on, until somebody has written it, and again when emptied. */
static void
test_validity (Fixture *fixture, gconstpointer data)
{
  fill_in (fixture);
  assert_field (fixture, FIELD (VALID_TO), "2027-02-22");
  set (fixture, FIELD (PERIOD_TO), "2026-12-15");
  assert_field (fixture, FIELD (VALID_TO), "2026-12-15");
  set (fixture, FIELD (PERIOD_TO), "");
  assert_field (fixture, FIELD (VALID_TO), "2027-02-22");
  set (fixture, FIELD (VALID_TO), "2026-12-24");
  set (fixture, FIELD (ISSUE_DATE), "2026-11-23");
  assert_field (fixture, FIELD (VALID_TO), "2026-12-24");
  set (fixture, FIELD (VALID_TO), "");
  assert_field (fixture, FIELD (VALID_TO), "2027-02-23");
}

static void
test_rules (Fixture *fixture, gconstpointer data)
{
  const LyktaCertificateRules rules = {.validity_months = 1, .allows_mobile_data = TRUE};

  fill_in (fixture);
  set (fixture, FIELD (USE), "mobile-data");
  assert_problem (fixture, FIELD (USE), PROBLEM (MOBILE_DATA_OFF));
  lykta_certificate_desk_set_rules (fixture->desk, &rules);
  assert_problem (fixture, FIELD (VALID_TO), PROBLEM (VALID_TOO_LONG));
  set (fixture, FIELD (VALID_TO), NULL);
  assert_field (fixture, FIELD (VALID_TO), "2026-12-22");
}

static void
test_save (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = lykta_certificate_desk_suggest_file_name (fixture->desk, FALSE);
  g_autofree char *path = lykta_test_dir_child (fixture->dir, name);
  g_autoptr (LyktaPage) page = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  GStatBuf status;

  fill_in (fixture);
  g_assert_cmpstr (name, ==, "intyg-utkast-2026-11-22.pdf");
  page = lykta_certificate_desk_make_page (fixture->desk);
  g_assert_true (lykta_certificate_desk_save (fixture->desk, page, path, FALSE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_false (lykta_certificate_desk_save (fixture->desk, page, path, FALSE, &error));
  g_assert_error (error, LYKTA_DESK_ERROR, LYKTA_DESK_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (lykta_certificate_desk_save (fixture->desk, page, path, TRUE, &error));
  g_assert_no_error (error);
  /* Nothing else is left behind. */
  dir = g_dir_open (lykta_test_dir_get_path (fixture->dir), 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, name);
  g_assert_null (g_dir_read_name (dir));
}

/* A dangling link is somebody's file, too. */
static void
test_save_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = lykta_test_dir_child (fixture->dir, "link.pdf");
  g_autoptr (LyktaPage) page = NULL;
  g_autoptr (GError) error = NULL;

  fill_in (fixture);
  page = lykta_certificate_desk_make_page (fixture->desk);
  g_assert_cmpint (symlink ("nowhere.pdf", path), ==, 0);
  g_assert_false (lykta_certificate_desk_save (fixture->desk, page, path, FALSE, &error));
  g_assert_error (error, LYKTA_DESK_ERROR, LYKTA_DESK_ERROR_EXISTS);
}

/* Saving fails with @code, and the message says nothing about a person. */
static void
assert_not_saved (Fixture *fixture, LyktaPage *page, const char *path, int code)
{
  for (int may_replace = 0; may_replace <= 1; may_replace++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (lykta_certificate_desk_save (fixture->desk, page, path, may_replace, &error));
    g_assert_error (error, LYKTA_DESK_ERROR, code);
    g_assert_null (strstr (error->message, "Amal"));
    g_assert_null (strstr (error->message, "345678"));
  }
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = lykta_test_dir_child (fixture->dir, "Amal 12-345678/x.pdf");
  g_autofree char *path = lykta_test_dir_child (fixture->dir, "x.pdf");
  g_autoptr (LyktaPage) page = NULL;

  fill_in (fixture);
  page = lykta_certificate_desk_make_page (fixture->desk);
  assert_not_saved (fixture, page, nowhere, LYKTA_DESK_ERROR_WRITE);
  set (fixture, FIELD (LMA_NUMBER), "12-345678 Amal");
  assert_not_saved (fixture, page, path, LYKTA_DESK_ERROR_PROBLEMS);
  set (fixture, FIELD (HOLDER_NAME), UNPRINTABLE_NAME);
  assert_not_saved (fixture, page, path, LYKTA_DESK_ERROR_UNPRINTABLE);
  lykta_certificate_desk_end (fixture->desk);
  assert_not_saved (fixture, page, path, LYKTA_DESK_ERROR_NOT_BEGUN);
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->job = lykta_certificate_desk_print_finish (LYKTA_CERTIFICATE_DESK (source), result,
                                                      &fixture->error);
  fixture->is_printed = TRUE;
}

static gboolean
is_printed (gpointer user_data)
{
  return ((Fixture *)user_data)->is_printed;
}

static void
print (Fixture *fixture, LyktaPage *page)
{
  fixture->is_printed = FALSE;
  lykta_certificate_desk_print_async (fixture->desk, page, "front", NULL, on_printed, fixture);
  lykta_test_run_until (is_printed, fixture, 5);
}

static gboolean
is_finished (gpointer user_data)
{
  return lykta_print_state_is_final (lykta_print_job_get_state (user_data));
}

static void
test_print (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LyktaPage) page = NULL;

  g_assert_true (lykta_certificate_desk_get_printer (fixture->desk) ==
                 LYKTA_PRINTER (fixture->printer));
  fill_in (fixture);
  page = lykta_certificate_desk_make_page (fixture->desk);
  lykta_test_printer_set_state (fixture->printer, LYKTA_PRINT_STATE_COMPLETED);
  print (fixture, page);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (lykta_test_printer_get_title (fixture->printer), ==,
                   "Intyg om deltagande (utkast)");
  g_assert_cmpstr (lykta_test_printer_get_queue (fixture->printer), ==, "front");
  lykta_test_run_until (is_finished, fixture->job, 5);
}

static void
test_print_failures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LyktaPage) page = NULL;

  begin (fixture);
  page = lykta_certificate_desk_make_page (fixture->desk);
  print (fixture, page);
  g_assert_error (fixture->error, LYKTA_DESK_ERROR, LYKTA_DESK_ERROR_PROBLEMS);
  g_clear_error (&fixture->error);
  g_assert_cmpuint (lykta_test_printer_get_n_jobs (fixture->printer), ==, 0);
  fill_in (fixture);
  lykta_test_printer_set_failure (fixture->printer, LYKTA_PRINT_ERROR_UNAVAILABLE);
  print (fixture, page);
  g_assert_error (fixture->error, LYKTA_PRINT_ERROR, LYKTA_PRINT_ERROR_UNAVAILABLE);
}

static void
test_blank (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LyktaPage) empty = lykta_certificate_desk_make_blank (fixture->desk, "ar", FALSE);
  g_autoptr (LyktaPage) own = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *name = lykta_certificate_desk_suggest_file_name (fixture->desk, TRUE);
  g_autofree char *path = lykta_test_dir_child (fixture->dir, name);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (name, ==, "intyg-blankett.pdf");
  pdf = lykta_certificate_desk_make_pdf (fixture->desk, empty, &error);
  g_assert_no_error (error);
  g_assert_nonnull (pdf);
  fill_in (fixture);
  own = lykta_certificate_desk_make_blank (fixture->desk, NULL, TRUE);
  g_assert_true (lykta_certificate_desk_save (fixture->desk, own, path, FALSE, &error));
  g_assert_no_error (error);
  if (!lykta_test_need_program ("pdftotext"))
    return;
  g_assert_cmpint (
      lykta_test_run_program ((const char *const[]){"pdftotext", path, "-", NULL}, &text, NULL), ==,
      0);
  g_assert_null (strstr (text, "Amal"));
  g_assert_null (strstr (text, "345678"));
  g_assert_null (strstr (text, "2026-11-22"));
  g_assert_nonnull (strstr (text, "Föreningen Exempelvännerna"));
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } cases[] = {
      {"/desk/certificate/fill-in", test_fill_in},
      {"/desk/certificate/unreadable", test_unreadable},
      {"/desk/certificate/validity", test_validity},
      {"/desk/certificate/rules", test_rules},
      {"/desk/certificate/save", test_save},
      {"/desk/certificate/save-link", test_save_link},
      {"/desk/certificate/failures", test_failures},
      {"/desk/certificate/print", test_print},
      {"/desk/certificate/print-failures", test_print_failures},
      {"/desk/certificate/blank", test_blank},
  };

  lykta_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].name, Fixture, NULL, set_up, cases[i].test, tear_down);
  return g_test_run ();
}
