/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a visitor takes away, with a real print service behind it. */
#include "paper/programme-fixture.h"
#include "print/lykta-cups-printer.h"
#include "print/print-service.h"
#include "takeaway/lykta-take-away.h"

typedef struct {
  ProgrammeFixture calendar;
  PrintService *service; /* (nullable): it cannot run here */
  LyktaPrinter *printer;
  LyktaTakeAway *takeaway;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  LyktaTakeAwayPrinting printing = {.paper = LYKTA_SLIP_RECEIPT, .poll_milliseconds = 20};

  fixture->service = print_service_new ();
  if (fixture->service == NULL)
    return;
  programme_fixture_set_up (&fixture->calendar, NULL);
  print_service_add_queue (fixture->service, "slips", NULL, NULL);
  fixture->printer = lykta_cups_printer_new (print_service_get_socket (fixture->service), 0);
  printing.printer = fixture->printer;
  fixture->takeaway = lykta_take_away_new (fixture->calendar.store, fixture->calendar.clock,
                                           g_getenv ("LYKTA_LOCALE_DIR"), &printing);
}

static gboolean
is_alone (gpointer user_data)
{
  return G_OBJECT (user_data)->ref_count == 1;
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  if (fixture->service == NULL)
    return;
  lykta_test_run_until (is_alone, fixture->takeaway, 10);
  g_assert_finalize_object (fixture->takeaway);
  g_clear_object (&fixture->printer);
  programme_fixture_tear_down (&fixture->calendar, NULL);
  print_service_free (fixture->service);
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
print_first_date (Fixture *fixture)
{
  g_autoptr (LyktaProgramme) programme =
      programme_fixture_read (&fixture->calendar, "2026-11-23", 7, NULL, 0);
  const LyktaProgrammeEntry *entry = lykta_programme_get_entry (programme, 0);

  lykta_take_away_set_language (fixture->takeaway, "ti");
  lykta_take_away_set_activity (fixture->takeaway, entry->activity, &entry->date, 1000);
  lykta_take_away_print (fixture->takeaway);
}

/* How many sheets came out until now. */
static guint
count_sheets (Fixture *fixture)
{
  guint n = 0;

  for (int id = 1; id <= 20; id++) {
    g_autofree char *path = print_service_find_output (fixture->service, id);

    n += path != NULL ? 1 : 0;
  }
  return n;
}

static void
test_troubles (Fixture *fixture, gconstpointer user_data)
{
  static const struct {
    const char *reason;
    LyktaTakeAwayState state;
  } cases[] = {
      {"media-empty", LYKTA_TAKE_AWAY_NO_PAPER},
      {"media-jam", LYKTA_TAKE_AWAY_JAM},
      {"toner-empty", LYKTA_TAKE_AWAY_NO_INK},
  };

  if (fixture->service == NULL)
    return;
  print_first_date (fixture);
  wait_for (fixture, LYKTA_TAKE_AWAY_DONE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    print_service_set_trouble (fixture->service, cases[i].reason);
    print_first_date (fixture);
    wait_for (fixture, cases[i].state);
    /* Impatience prints nothing. */
    lykta_take_away_print (fixture->takeaway);
    lykta_take_away_begin_again (fixture->takeaway);
    g_assert_cmpuint (count_sheets (fixture), ==, i + 1);
    print_service_set_trouble (fixture->service, NULL);
    wait_for (fixture, LYKTA_TAKE_AWAY_DONE);
    g_assert_cmpuint (count_sheets (fixture), ==, i + 2);
  }
}

/* Somebody holds the job, lets it go, throws it away, takes the printer. */
static void
test_people (Fixture *fixture, gconstpointer user_data)
{
  if (fixture->service == NULL)
    return;
  print_service_run (fixture->service, "cupsdisable", "slips", NULL);
  print_first_date (fixture);
  wait_for (fixture, LYKTA_TAKE_AWAY_STOPPED);
  print_service_run (fixture->service, "lp", "-i", "slips-1", "-H", "hold", NULL);
  print_service_run (fixture->service, "cupsenable", "slips", NULL);
  lykta_test_settle ();
  g_assert_cmpint (lykta_take_away_get_state (fixture->takeaway), ==, LYKTA_TAKE_AWAY_STOPPED);
  print_service_run (fixture->service, "lp", "-i", "slips-1", "-H", "resume", NULL);
  wait_for (fixture, LYKTA_TAKE_AWAY_DONE);
  g_assert_cmpuint (count_sheets (fixture), ==, 1);

  print_service_run (fixture->service, "cupsdisable", "slips", NULL);
  print_first_date (fixture);
  wait_for (fixture, LYKTA_TAKE_AWAY_STOPPED);
  print_service_run (fixture->service, "lpadmin", "-x", "slips", NULL);
  wait_for (fixture, LYKTA_TAKE_AWAY_GONE);
  g_assert_true (lykta_take_away_can_begin_again (fixture->takeaway));
  g_assert_cmpuint (count_sheets (fixture), ==, 1);

  print_service_add_queue (fixture->service, "slips", NULL, NULL);
  print_service_set_trouble (fixture->service, "media-empty");
  print_first_date (fixture);
  wait_for (fixture, LYKTA_TAKE_AWAY_NO_PAPER);
  print_service_run (fixture->service, "cancel", "-a", "slips", NULL);
  wait_for (fixture, LYKTA_TAKE_AWAY_CANCELLED);
  g_assert_cmpuint (count_sheets (fixture), ==, 1);
}

static gboolean
is_queue_empty (gpointer user_data)
{
  LyktaPrintState state;

  return lykta_printer_get_job_state (user_data, "slips", 1, &state, NULL, NULL) &&
         state == LYKTA_PRINT_STATE_CANCELLED;
}

/* The visitor goes home before anybody brings paper. */
static void
test_leaving (Fixture *fixture, gconstpointer user_data)
{
  if (fixture->service == NULL)
    return;
  print_service_set_trouble (fixture->service, "media-empty");
  print_first_date (fixture);
  wait_for (fixture, LYKTA_TAKE_AWAY_NO_PAPER);
  lykta_take_away_clear (fixture->takeaway);
  lykta_test_run_until (is_queue_empty, fixture->printer, 20);
  print_service_set_trouble (fixture->service, NULL);
  g_assert_cmpuint (count_sheets (fixture), ==, 0);
}

/* The service goes away while the sheet waits: it may come out later, nobody can tell. */
static void
test_service_gone (Fixture *fixture, gconstpointer user_data)
{
  if (fixture->service == NULL)
    return;
  print_service_run (fixture->service, "cupsdisable", "slips", NULL);
  print_first_date (fixture);
  wait_for (fixture, LYKTA_TAKE_AWAY_STOPPED);
  print_service_stop (fixture->service);
  wait_for (fixture, LYKTA_TAKE_AWAY_UNKNOWN);
  lykta_take_away_clear (fixture->takeaway);
  print_first_date (fixture);
  wait_for (fixture, LYKTA_TAKE_AWAY_GONE);
}

#define ADD(name, function) \
  g_test_add ("/takeaway/printed/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("troubles", test_troubles);
  ADD ("people", test_people);
  ADD ("leaving", test_leaving);
  ADD ("service-gone", test_service_gone);
  return g_test_run ();
}
