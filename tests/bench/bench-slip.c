/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the tap on "print" until a real CUPS has taken the job: a slip in four languages, and a week
 * on A4. The first slip of a process loads the fonts. Prints a table; nothing passes or fails. */

#include <stdio.h>

#include "paper/programme-fixture.h"
#include "print/lykta-cups-printer.h"
#include "print/print-service.h"
#include "takeaway/lykta-take-away.h"

#define ROUNDS 25

typedef struct {
  ProgrammeFixture calendar;
  PrintService *service;
  LyktaTakeAway *takeaway;
} Bench;

static gboolean
is_settled (gpointer user_data)
{
  LyktaTakeAwayState state = lykta_take_away_get_state (user_data);

  return state != LYKTA_TAKE_AWAY_PRINTING && state != LYKTA_TAKE_AWAY_READY;
}

static gboolean
is_taken (gpointer user_data)
{
  return lykta_take_away_can_cancel (user_data) || is_settled (user_data);
}

/* Milliseconds until CUPS has the job. */
static double
print_once (Bench *bench)
{
  gint64 start = g_get_monotonic_time ();
  double taken;

  lykta_take_away_print (bench->takeaway);
  lykta_test_run_until (is_taken, bench->takeaway, 20);
  taken = (double)(g_get_monotonic_time () - start) / 1000.0;
  lykta_test_run_until (is_settled, bench->takeaway, 20);
  g_assert_cmpint (lykta_take_away_get_state (bench->takeaway), ==, LYKTA_TAKE_AWAY_DONE);
  lykta_take_away_begin_again (bench->takeaway);
  return taken;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *)a;
  const double y = *(const double *)b;

  return (x > y) - (x < y);
}

static void
measure (Bench *bench, const char *name)
{
  double samples[ROUNDS];
  double first;

  first = print_once (bench);
  for (guint i = 0; i < ROUNDS; i++)
    samples[i] = print_once (bench);
  qsort (samples, ROUNDS, sizeof samples[0], compare_doubles);
  g_print ("%-24s first %6.1f   median %6.1f   worst of %d %6.1f\n", name, first,
           samples[ROUNDS / 2], ROUNDS, samples[ROUNDS - 1]);
}

static void
bench_take_away (void)
{
  static const char *const languages[] = {"sv", "ar", "ti", "en"};
  LyktaTakeAwayPrinting printing = {.paper = LYKTA_SLIP_RECEIPT, .poll_milliseconds = 20};
  Bench bench = {.service = print_service_new ()};
  g_autoptr (LyktaPrinter) printer = NULL;
  g_autoptr (LyktaProgramme) programme = NULL;
  g_autoptr (LyktaQuery) query = NULL;
  const LyktaProgrammeEntry *entry;

  if (bench.service == NULL)
    return;
  programme_fixture_set_up (&bench.calendar, NULL);
  print_service_add_queue (bench.service, "slips", NULL, NULL);
  printer = lykta_cups_printer_new (print_service_get_socket (bench.service), 0);
  printing.printer = printer;
  bench.takeaway = lykta_take_away_new (bench.calendar.store, bench.calendar.clock,
                                        g_getenv ("LYKTA_LOCALE_DIR"), &printing);
  programme = programme_fixture_read (&bench.calendar, "2026-11-23", 7, NULL, 0);
  entry = lykta_programme_get_entry (programme, 0);
  g_print ("\nFrom the tap to the job accepted by CUPS, milliseconds\n");
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_autofree char *name = g_strdup_printf ("slip, %s", languages[i]);

    lykta_take_away_set_language (bench.takeaway, languages[i]);
    lykta_take_away_set_activity (bench.takeaway, entry->activity, &entry->date, 1000);
    measure (&bench, name);
  }
  query = lykta_query_new ("ar", lykta_clock_now (bench.calendar.clock));
  lykta_take_away_set_list (bench.takeaway, query);
  measure (&bench, "week of three dates, en");
  g_object_unref (bench.takeaway);
  programme_fixture_tear_down (&bench.calendar, NULL);
  print_service_free (bench.service);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/bench/take-away", bench_take_away);
  return g_test_run ();
}
