/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a person waits: from a change of the session to the painted frame, per kind of change,
 * on the sample calendar. Prints a table; nothing here passes or fails. */
#include <glib/gstdio.h>

#include "lykta-stage.h"

#define N_ROUNDS 15

typedef struct {
  LyktaStage *stage;
  int round;
} Bench;

typedef void (*ChangeFunc) (Bench *bench);

static void
switch_language (Bench *bench)
{
  static const char *const languages[] = {"ar", "sv", "en"};

  lykta_session_set_language (bench->stage->session, languages[bench->round % 3]);
}

static void
open_list (Bench *bench)
{
  g_autoptr (LyktaQuery) query = lykta_session_new_query (bench->stage->session);

  lykta_session_open_list (bench->stage->session, query);
}

static void
filter (Bench *bench)
{
  LyktaQuery *present = lykta_session_get_query (bench->stage->session);
  g_autoptr (LyktaQuery) query =
      lykta_query_with_purposes (present, (LyktaPurposes)(1 << (bench->round % 4)));

  lykta_session_set_query (bench->stage->session, query);
}

static void
search (Bench *bench)
{
  static const char *const words[] = {"s", "sp", "spr", "språ", "språk", ""};
  LyktaQuery *present = lykta_session_get_query (bench->stage->session);
  g_autoptr (LyktaQuery) query = lykta_query_with_search (present, words[bench->round % 6]);

  lykta_session_set_query (bench->stage->session, query);
}

static void
open_card (Bench *bench)
{
  g_autoptr (LyktaCard) card =
      g_list_model_get_item (lykta_session_get_cards (bench->stage->session), (guint)bench->round);

  lykta_session_open_card (bench->stage->session, card);
}

static void
go_back (Bench *bench)
{
  lykta_session_go_back (bench->stage->session);
}

static void
repaint (Bench *bench)
{
  gtk_widget_queue_draw (bench->stage->window);
}

static void
on_after_paint (GdkFrameClock *clock, gboolean *is_painted)
{
  *is_painted = TRUE;
}

static double
measure (Bench *bench, ChangeFunc change)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (bench->stage->window);
  gboolean is_painted = FALSE;
  gulong handler;
  gint64 start = g_get_monotonic_time ();
  gint64 end;

  change (bench);
  /* What the change put off until idle belongs to it; the frame is the next one after. */
  while (g_main_context_iteration (NULL, FALSE) &&
         lykta_window_get_shell (LYKTA_WINDOW (bench->stage->window)) == NULL)
    ;
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &is_painted);
  gtk_widget_queue_draw (bench->stage->window);
  while (!is_painted)
    g_main_context_iteration (NULL, TRUE);
  end = g_get_monotonic_time ();
  g_signal_handler_disconnect (clock, handler);
  lykta_stage_settle (bench->stage);
  return (double)(end - start) / 1000.0;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

static void
report (Bench *bench, const char *name, ChangeFunc change, ChangeFunc undo)
{
  double times[N_ROUNDS];

  for (bench->round = 0; bench->round < N_ROUNDS; bench->round++) {
    times[bench->round] = measure (bench, change);
    if (undo != NULL) {
      undo (bench);
      lykta_stage_settle (bench->stage);
    }
  }
  qsort (times, N_ROUNDS, sizeof *times, compare);
  g_print ("%-36s %8.1f %8.1f %8.1f\n", name, times[0], times[N_ROUNDS / 2], times[N_ROUNDS - 1]);
}

static void
run (LyktaMode mode, int width, int height, const char *data_dir)
{
  g_autoptr (LyktaStage) stage = lykta_stage_new (mode, data_dir);
  Bench bench = {stage, 0};

  lykta_session_set_language (stage->session, "sv");
  lykta_session_go_home (stage->session);
  lykta_stage_show (stage, width, height);
  g_print ("\n%d×%d, ms to the painted frame       min   median      max\n", width, height);
  report (&bench, "repaint of the same", repaint, NULL);
  report (&bench, "language, home", switch_language, NULL);
  report (&bench, "home to list", open_list, go_back);
  open_list (&bench);
  lykta_stage_settle (stage);
  report (&bench, "language, list", switch_language, NULL);
  report (&bench, "filter", filter, NULL);
  report (&bench, "a letter of a search", search, NULL);
  report (&bench, "card to activity", open_card, go_back);
  bench.round = 1;
  open_card (&bench);
  lykta_stage_settle (stage);
  report (&bench, "language, activity", switch_language, NULL);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data_dir = g_dir_make_tmp ("lykta-bench-XXXXXX", &error);

  g_assert_no_error (error);
  if (!lykta_stage_init ())
    return 77;
  run (LYKTA_MODE_PERSONAL, 360, 640, data_dir);
  run (LYKTA_MODE_KIOSK, 1080, 1920, data_dir);
  return 0;
}
