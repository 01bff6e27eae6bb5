/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a visitor takes away, with a printer that only exists in memory. */
#include "takeaway/lykta-take-away.h"

#include <string.h>

#include "paper/programme-fixture.h"
#include "support/lykta-test-printer.h"

typedef struct {
  ProgrammeFixture calendar;
  LyktaTestPrinter *printer;
  LyktaTakeAway *takeaway;
  guint n_changes; /* of the state */
} Fixture;

static void
on_state (Fixture *fixture)
{
  fixture->n_changes++;
}

static gboolean
has_printer (gpointer user_data)
{
  return lykta_take_away_has_printer (((Fixture *)user_data)->takeaway);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  LyktaTakeAwayPrinting printing = {.paper = LYKTA_SLIP_A6, .poll_milliseconds = 5};

  programme_fixture_set_up (&fixture->calendar, NULL);
  fixture->printer = lykta_test_printer_new ();
  printing.printer = LYKTA_PRINTER (fixture->printer);
  fixture->takeaway = lykta_take_away_new (fixture->calendar.store, fixture->calendar.clock,
                                           g_getenv ("LYKTA_LOCALE_DIR"), &printing);
  g_signal_connect_swapped (fixture->takeaway, "notify::state", G_CALLBACK (on_state), fixture);
  lykta_test_run_until (has_printer, fixture, 10);
}

static gboolean
is_alone (gpointer user_data)
{
  return G_OBJECT (user_data)->ref_count == 1;
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  lykta_test_run_until (is_alone, fixture->takeaway, 10);
  g_assert_finalize_object (fixture->takeaway);
  g_clear_object (&fixture->printer);
  programme_fixture_tear_down (&fixture->calendar, NULL);
}

static void
set_first_date (Fixture *fixture)
{
  g_autoptr (LyktaProgramme) programme =
      programme_fixture_read (&fixture->calendar, "2026-11-23", 7, NULL, 0);
  const LyktaProgrammeEntry *entry = lykta_programme_get_entry (programme, 0);

  lykta_take_away_set_language (fixture->takeaway, "ar");
  lykta_take_away_set_activity (fixture->takeaway, entry->activity, &entry->date, 1000);
}

typedef struct {
  LyktaTakeAway *takeaway;
  LyktaTakeAwayState state;
} Wish;

static gboolean
has_state (gpointer user_data)
{
  Wish *wish = user_data;

  return lykta_take_away_get_state (wish->takeaway) == wish->state;
}

static void
wait_for (Fixture *fixture, LyktaTakeAwayState state)
{
  Wish wish = {fixture->takeaway, state};

  g_test_message ("waiting for %s", lykta_take_away_state_to_token (state));
  lykta_test_run_until (has_state, &wish, 20);
}

static void
test_slip (Fixture *fixture, gconstpointer user_data)
{
  gsize length;
  const char *pdf;

  set_first_date (fixture);
  g_assert_false (lykta_take_away_is_list (fixture->takeaway));
  g_assert_nonnull (lykta_take_away_get_code (fixture->takeaway));
  g_assert_null (lykta_take_away_get_link_code (fixture->takeaway));
  lykta_take_away_print (fixture->takeaway);
  g_assert_cmpint (lykta_take_away_get_state (fixture->takeaway), ==, LYKTA_TAKE_AWAY_PRINTING);
  lykta_test_printer_set_state (fixture->printer, LYKTA_PRINT_STATE_COMPLETED);
  wait_for (fixture, LYKTA_TAKE_AWAY_DONE);
  g_assert_cmpuint (lykta_test_printer_get_n_jobs (fixture->printer), ==, 1);
  g_assert_cmpstr (lykta_test_printer_get_queue (fixture->printer), ==, "front");
  g_assert_cmpstr (lykta_test_printer_get_media (fixture->printer), ==, "A6");
  /* What somebody is interested in is not for the queue. */
  g_assert_cmpstr (lykta_test_printer_get_title (fixture->printer), ==, "Lykta");
  pdf = g_bytes_get_data (lykta_test_printer_get_pdf (fixture->printer), &length);
  g_assert_true (length > 1000 && memcmp (pdf, "%PDF-", 5) == 0);
}

static void
test_list (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LyktaQuery) query = lykta_query_new ("ti", lykta_clock_now (fixture->calendar.clock));

  lykta_take_away_set_list (fixture->takeaway, query);
  g_assert_true (lykta_take_away_is_list (fixture->takeaway));
  g_assert_null (lykta_take_away_get_code (fixture->takeaway));
  lykta_take_away_print (fixture->takeaway);
  lykta_test_printer_set_state (fixture->printer, LYKTA_PRINT_STATE_COMPLETED);
  wait_for (fixture, LYKTA_TAKE_AWAY_DONE);
  g_assert_null (lykta_test_printer_get_media (fixture->printer));
}

/* Whether a text stands on the page that was printed last. */
static gboolean
has_printed (Fixture *fixture, const char *text)
{
  GBytes *pdf = lykta_test_printer_get_pdf (fixture->printer);
  g_autofree char *path =
      lykta_test_dir_write (fixture->calendar.dir, "printed.pdf", g_bytes_get_data (pdf, NULL),
                            (gssize)g_bytes_get_size (pdf));
  g_autofree char *words = NULL;

  lykta_test_run_program ((const char *const[]){"pdftotext", path, "-", NULL}, &words, NULL);
  return words != NULL && strstr (words, text) != NULL;
}

/* What is filtered is printed, and how far around is said. */
static void
test_near (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LyktaQuery) all = lykta_query_new ("sv", lykta_clock_now (fixture->calendar.clock));
  g_autoptr (LyktaQuery) near = lykta_query_with_position (all, 55.6, 13.0, 5);

  if (!lykta_test_need_program ("pdftotext"))
    return;
  lykta_take_away_set_language (fixture->takeaway, "sv");
  lykta_take_away_set_list (fixture->takeaway, near);
  lykta_take_away_print (fixture->takeaway);
  lykta_test_printer_set_state (fixture->printer, LYKTA_PRINT_STATE_COMPLETED);
  wait_for (fixture, LYKTA_TAKE_AWAY_DONE);
  g_assert_true (has_printed (fixture, "från den här platsen"));
}

/* All of the country would be cut off on the first morning: what is near is printed then. */
static void
test_too_much (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LyktaQuery) all = lykta_query_new ("sv", lykta_clock_now (fixture->calendar.clock));
  g_autoptr (LyktaQuery) here = lykta_query_with_position (all, 55.6, 13.0, 0);

  if (!lykta_test_need_program ("pdftotext"))
    return;
  programme_fixture_add_far (&fixture->calendar, 130);
  lykta_take_away_set_language (fixture->takeaway, "sv");
  lykta_take_away_set_list (fixture->takeaway, here);
  lykta_take_away_print (fixture->takeaway);
  lykta_test_printer_set_state (fixture->printer, LYKTA_PRINT_STATE_COMPLETED);
  wait_for (fixture, LYKTA_TAKE_AWAY_DONE);
  g_assert_true (has_printed (fixture, "30 km från den här platsen") ||
                 has_printed (fixture, "30\302\240km från den här platsen"));
  g_assert_true (has_printed (fixture, "Språkcafé"));
  g_assert_false (has_printed (fixture, "Långt borta"));
}

/* However often somebody taps, there is one sheet. */
static void
test_one_sheet (Fixture *fixture, gconstpointer user_data)
{
  set_first_date (fixture);
  for (guint i = 0; i < 5; i++)
    lykta_take_away_print (fixture->takeaway);
  lykta_test_printer_set_state (fixture->printer, LYKTA_PRINT_STATE_OUT_OF_PAPER);
  wait_for (fixture, LYKTA_TAKE_AWAY_NO_PAPER);
  for (guint i = 0; i < 5; i++) {
    lykta_take_away_begin_again (fixture->takeaway);
    lykta_take_away_print (fixture->takeaway);
  }
  lykta_test_printer_set_state (fixture->printer, LYKTA_PRINT_STATE_COMPLETED);
  wait_for (fixture, LYKTA_TAKE_AWAY_DONE);
  lykta_take_away_print (fixture->takeaway);
  lykta_test_settle ();
  g_assert_cmpuint (lykta_test_printer_get_n_jobs (fixture->printer), ==, 1);
  /* A second one only when somebody says so. */
  lykta_take_away_begin_again (fixture->takeaway);
  lykta_take_away_print (fixture->takeaway);
  wait_for (fixture, LYKTA_TAKE_AWAY_DONE);
  g_assert_cmpuint (lykta_test_printer_get_n_jobs (fixture->printer), ==, 2);
}

typedef struct {
  LyktaTestPrinter *printer;
  guint n;
} Cancelled;

static gboolean
were_cancelled (gpointer user_data)
{
  Cancelled *expected = user_data;

  return lykta_test_printer_get_n_cancelled (expected->printer) == expected->n;
}

/* Every state of a job is a state of ours, with a way on. */
static void
test_troubles (Fixture *fixture, gconstpointer user_data)
{
  static const struct {
    LyktaPrintState job;
    LyktaTakeAwayState state;
    gboolean can_cancel;
    gboolean can_begin_again;
  } cases[] = {
      {LYKTA_PRINT_STATE_OUT_OF_PAPER, LYKTA_TAKE_AWAY_NO_PAPER, TRUE, FALSE},
      {LYKTA_PRINT_STATE_JAM, LYKTA_TAKE_AWAY_JAM, TRUE, FALSE},
      {LYKTA_PRINT_STATE_OPEN, LYKTA_TAKE_AWAY_JAM, TRUE, FALSE},
      {LYKTA_PRINT_STATE_OUT_OF_INK, LYKTA_TAKE_AWAY_NO_INK, TRUE, FALSE},
      {LYKTA_PRINT_STATE_STOPPED, LYKTA_TAKE_AWAY_STOPPED, TRUE, FALSE},
      {LYKTA_PRINT_STATE_UNREACHABLE, LYKTA_TAKE_AWAY_GONE, TRUE, FALSE},
      {LYKTA_PRINT_STATE_GONE, LYKTA_TAKE_AWAY_GONE, FALSE, TRUE},
      {LYKTA_PRINT_STATE_CANCELLED, LYKTA_TAKE_AWAY_CANCELLED, FALSE, TRUE},
      {LYKTA_PRINT_STATE_FAILED, LYKTA_TAKE_AWAY_FAILED, FALSE, TRUE},
      {LYKTA_PRINT_STATE_UNKNOWN, LYKTA_TAKE_AWAY_UNKNOWN, TRUE, TRUE},
      {LYKTA_PRINT_STATE_COMPLETED, LYKTA_TAKE_AWAY_DONE, FALSE, TRUE},
  };
  Cancelled expected = {fixture->printer, 0};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    lykta_test_printer_set_state (fixture->printer, LYKTA_PRINT_STATE_QUEUED);
    set_first_date (fixture);
    lykta_take_away_print (fixture->takeaway);
    lykta_test_printer_set_state (fixture->printer, cases[i].job);
    wait_for (fixture, cases[i].state);
    g_assert_cmpint (lykta_take_away_can_cancel (fixture->takeaway), ==, cases[i].can_cancel);
    g_assert_cmpint (lykta_take_away_can_begin_again (fixture->takeaway), ==,
                     cases[i].can_begin_again);
    g_assert_nonnull (lykta_take_away_state_to_token (cases[i].state));
    /* What waits is thrown away by a worker: the next case begins after that. */
    expected.n += cases[i].can_cancel ? 1 : 0;
    lykta_take_away_clear (fixture->takeaway);
    lykta_test_run_until (were_cancelled, &expected, 20);
  }
}

static void
test_refusals (Fixture *fixture, gconstpointer user_data)
{
  static const struct {
    int code;
    LyktaTakeAwayState state;
  } cases[] = {
      {LYKTA_PRINT_ERROR_UNAVAILABLE, LYKTA_TAKE_AWAY_GONE},
      {LYKTA_PRINT_ERROR_NO_QUEUE, LYKTA_TAKE_AWAY_GONE},
      {LYKTA_PRINT_ERROR_REFUSED, LYKTA_TAKE_AWAY_FAILED},
      {LYKTA_PRINT_ERROR_FAILED, LYKTA_TAKE_AWAY_UNKNOWN},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    lykta_test_printer_set_failure (fixture->printer, cases[i].code);
    set_first_date (fixture);
    lykta_take_away_print (fixture->takeaway);
    wait_for (fixture, cases[i].state);
    g_assert_true (lykta_take_away_can_begin_again (fixture->takeaway));
    /* Not by itself. */
    lykta_take_away_print (fixture->takeaway);
    g_assert_cmpint (lykta_take_away_get_state (fixture->takeaway), ==, cases[i].state);
  }
  g_assert_cmpuint (lykta_test_printer_get_n_jobs (fixture->printer), ==, 0);
}

static gboolean
was_cancelled (gpointer user_data)
{
  return lykta_test_printer_get_n_cancelled (user_data) == 1;
}

/* What waits for paper does not come out for the next visitor. */
static void
test_leaving (Fixture *fixture, gconstpointer user_data)
{
  set_first_date (fixture);
  lykta_take_away_print (fixture->takeaway);
  lykta_test_printer_set_state (fixture->printer, LYKTA_PRINT_STATE_OUT_OF_PAPER);
  wait_for (fixture, LYKTA_TAKE_AWAY_NO_PAPER);
  lykta_take_away_clear (fixture->takeaway);
  g_assert_cmpint (lykta_take_away_get_state (fixture->takeaway), ==, LYKTA_TAKE_AWAY_READY);
  g_assert_null (lykta_take_away_get_code (fixture->takeaway));
  lykta_test_run_until (was_cancelled, fixture->printer, 10);
  /* Nothing to print any more. */
  lykta_take_away_print (fixture->takeaway);
  g_assert_cmpint (lykta_take_away_get_state (fixture->takeaway), ==, LYKTA_TAKE_AWAY_READY);
}

/* A sheet on its way is left to come out; if the paper ends just then, it is thrown away as well.
 */
static void
test_leaving_early (Fixture *fixture, gconstpointer user_data)
{
  set_first_date (fixture);
  lykta_take_away_print (fixture->takeaway);
  lykta_take_away_clear (fixture->takeaway);
  lykta_test_printer_set_state (fixture->printer, LYKTA_PRINT_STATE_OUT_OF_PAPER);
  lykta_test_run_until (was_cancelled, fixture->printer, 10);
  g_assert_cmpuint (lykta_test_printer_get_n_jobs (fixture->printer), ==, 1);
  g_assert_cmpint (lykta_take_away_get_state (fixture->takeaway), ==, LYKTA_TAKE_AWAY_READY);
}

static void
test_cancel (Fixture *fixture, gconstpointer user_data)
{
  set_first_date (fixture);
  lykta_take_away_print (fixture->takeaway);
  lykta_test_printer_set_state (fixture->printer, LYKTA_PRINT_STATE_JAM);
  wait_for (fixture, LYKTA_TAKE_AWAY_JAM);
  lykta_take_away_cancel (fixture->takeaway);
  wait_for (fixture, LYKTA_TAKE_AWAY_CANCELLED);
  g_assert_cmpuint (lykta_test_printer_get_n_cancelled (fixture->printer), ==, 1);
}

static void
test_languages (Fixture *fixture, gconstpointer user_data)
{
  int arabic, swedish;

  set_first_date (fixture);
  arabic = lykta_qr_code_get_version (lykta_take_away_get_code (fixture->takeaway));
  lykta_take_away_set_language (fixture->takeaway, "sv");
  swedish = lykta_qr_code_get_version (lykta_take_away_get_code (fixture->takeaway));
  g_assert_cmpint (swedish, <=, arabic);
  lykta_take_away_set_language (fixture->takeaway, "no language at all");
  g_assert_nonnull (lykta_take_away_get_code (fixture->takeaway));
}

typedef struct {
  gboolean is_done;
  gboolean is_saved;
  GError *error;
} Saving;

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;

  saving->is_saved = lykta_take_away_save_finish (LYKTA_TAKE_AWAY (source), result, &saving->error);
  saving->is_done = TRUE;
}

static gboolean
is_saved (gpointer user_data)
{
  return ((Saving *)user_data)->is_done;
}

static void
test_files (Fixture *fixture, gconstpointer user_data)
{
  static const struct {
    LyktaTakeAwayFile kind;
    const char *name;
    const char *beginning;
  } cases[] = {
      {LYKTA_TAKE_AWAY_FILE_PDF, "lykta-2026-11-23.pdf", "%PDF-"},
      {LYKTA_TAKE_AWAY_FILE_CALENDAR, "lykta-2026-11-23.ics", "BEGIN:VCALENDAR"},
  };
  Saving nowhere = {0};

  set_first_date (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = lykta_take_away_suggest_name (fixture->takeaway, cases[i].kind);
    g_autofree char *path = lykta_test_dir_child (fixture->calendar.dir, name);
    g_autofree char *content = NULL;
    Saving saving = {0};

    g_assert_cmpstr (name, ==, cases[i].name);
    lykta_take_away_save_async (fixture->takeaway, cases[i].kind, path, NULL, on_saved, &saving);
    lykta_test_run_until (is_saved, &saving, 10);
    g_assert_no_error (saving.error);
    g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
    g_assert_true (g_str_has_prefix (content, cases[i].beginning));
  }
  lykta_take_away_save_async (fixture->takeaway, LYKTA_TAKE_AWAY_FILE_PDF, "/nonexistent/x.pdf",
                              NULL, on_saved, &nowhere);
  lykta_test_run_until (is_saved, &nowhere, 10);
  g_assert_false (nowhere.is_saved);
  g_clear_error (&nowhere.error);
}

/* A machine without a printer still shows the code. */
static void
test_no_printer (Fixture *fixture, gconstpointer user_data)
{
  LyktaTakeAwayPrinting none = {0};
  g_autoptr (LyktaTakeAway) takeaway = lykta_take_away_new (
      fixture->calendar.store, fixture->calendar.clock, g_getenv ("LYKTA_LOCALE_DIR"), &none);
  g_autoptr (LyktaProgramme) programme =
      programme_fixture_read (&fixture->calendar, "2026-11-23", 7, NULL, 0);
  const LyktaProgrammeEntry *entry = lykta_programme_get_entry (programme, 0);

  lykta_take_away_set_activity (takeaway, entry->activity, &entry->date, 0);
  g_assert_nonnull (lykta_take_away_get_code (takeaway));
  g_assert_false (lykta_take_away_has_printer (takeaway));
  lykta_take_away_print (takeaway);
  g_assert_cmpint (lykta_take_away_get_state (takeaway), ==, LYKTA_TAKE_AWAY_GONE);
}

#define ADD(name, function) \
  g_test_add ("/takeaway/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("slip", test_slip);
  ADD ("list", test_list);
  ADD ("near", test_near);
  ADD ("too-much", test_too_much);
  ADD ("one-sheet", test_one_sheet);
  ADD ("troubles", test_troubles);
  ADD ("refusals", test_refusals);
  ADD ("leaving", test_leaving);
  ADD ("leaving-early", test_leaving_early);
  ADD ("cancel", test_cancel);
  ADD ("languages", test_languages);
  ADD ("files", test_files);
  ADD ("no-printer", test_no_printer);
  return g_test_run ();
}
