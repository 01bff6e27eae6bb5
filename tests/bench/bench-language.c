/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the choice of another language to the frame that shows it, on the screens that people spend
 * their time on. Prints a table; nothing passes or fails.
 *
 *   bench-language CONTENT.DB */

#include <stdlib.h>

#include <adwaita.h>

#include "base/lykta-clock.h"
#include "text/lykta-gettext.h"
#include "ui/lykta-resources.h"
#include "ui/lykta-surroundings.h"
#include "ui/lykta-window.h"

#define SWITCHES 40

typedef struct {
  LyktaSession *session;
  GtkWindow *window;
  GArray *samples; /* (element-type double) milliseconds */
} Bench;

static void
on_after_paint (GdkFrameClock *clock, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

/* Runs the main loop until a frame has been painted in which the window has a shell. */
static void
wait_for_frame (Bench *bench)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (bench->window));
  gboolean is_painted = FALSE;
  const gulong handler =
      g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &is_painted);

  gtk_widget_queue_draw (GTK_WIDGET (bench->window));
  while (!is_painted || lykta_window_get_shell (LYKTA_WINDOW (bench->window)) == NULL) {
    if (lykta_window_get_shell (LYKTA_WINDOW (bench->window)) == NULL)
      is_painted = FALSE; /* a frame of the old language */
    g_main_context_iteration (NULL, TRUE);
  }
  g_signal_handler_disconnect (clock, handler);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *)a;
  const double y = *(const double *)b;

  return (x > y) - (x < y);
}

static void
measure (Bench *bench, const char *screen)
{
  static const char *const languages[] = {"ar", "sv", "en"};

  g_array_set_size (bench->samples, 0);
  for (guint i = 0; i < SWITCHES; i++) {
    const gint64 start = g_get_monotonic_time ();
    lykta_session_set_language (bench->session, languages[i % G_N_ELEMENTS (languages)]);
    wait_for_frame (bench);
    const double elapsed = (double)(g_get_monotonic_time () - start) / 1000.0;
    g_array_append_val (bench->samples, elapsed);
  }
  g_array_sort (bench->samples, compare_doubles);
  g_print ("  %-10s %6.1f ms  %6.1f ms  %6.1f ms\n", screen,
           g_array_index (bench->samples, double, 0),
           g_array_index (bench->samples, double, SWITCHES / 2),
           g_array_index (bench->samples, double, SWITCHES - 1));
}

static void
settle (void)
{
  for (guint i = 0; i < 200 && g_main_context_iteration (NULL, FALSE); i++)
    continue;
}

static void
run (Bench *bench)
{
  lykta_session_set_language (bench->session, "sv");
  lykta_session_go_home (bench->session);
  gtk_window_present (bench->window);
  while (gtk_widget_get_frame_clock (GTK_WIDGET (bench->window)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (bench);
  g_print ("Switch of language to painted frame, %d switches each\n", SWITCHES);
  g_print ("  screen          least     median       most\n");
  measure (bench, "home");
  g_autoptr (LyktaQuery) query = lykta_session_new_query (bench->session);
  lykta_session_open_list (bench->session, query);
  settle ();
  measure (bench, "list");
  GListModel *cards = lykta_session_get_cards (bench->session);
  g_autoptr (LyktaCard) card = g_list_model_get_item (cards, 0);
  if (card != NULL && lykta_session_open_card (bench->session, card)) {
    settle ();
    measure (bench, "activity");
  }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  if (argc != 2) {
    g_printerr ("usage: bench-language CONTENT.DB\n");
    return EXIT_FAILURE;
  }
  const char *locale_dir = lykta_locale_dir ();
  lykta_gettext_init (locale_dir);
  gtk_disable_setlocale ();
  g_resources_register (lykta_resources_get_resource ());
  adw_init ();
  g_autoptr (LyktaClock) clock = lykta_system_clock_new ();
  g_autoptr (LyktaContentStore) store = lykta_content_store_open (argv[1], clock, &error);
  g_autoptr (LyktaSession) session =
      store != NULL ? lykta_session_new (LYKTA_MODE_PERSONAL, store, clock, NULL, &error) : NULL;
  if (session == NULL) {
    g_printerr ("bench-language: %s\n", error->message);
    return EXIT_FAILURE;
  }
  const char *const languages[] = {"sv", "en", "ar", NULL};
  g_autoptr (LyktaSurroundings) surroundings =
      g_object_new (LYKTA_TYPE_SURROUNDINGS, "session", session, "store", store, "languages",
                    languages, "locale-dir", locale_dir, NULL);
  Bench bench = {
      .session = session,
      .window = GTK_WINDOW (lykta_window_new (NULL, surroundings)),
      .samples = g_array_new (FALSE, FALSE, sizeof (double)),
  };
  gtk_window_set_default_size (bench.window, 1080, 800);
  run (&bench);
  g_array_unref (bench.samples);
  gtk_window_destroy (bench.window);
  return EXIT_SUCCESS;
}
