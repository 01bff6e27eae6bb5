/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A kiosk that somebody has walked away from. */
#include "lykta-stage.h"
#include "support/lykta-test.h"
#include "ui/kiosk/lykta-countdown.h"
#include "ui/kiosk/lykta-idle-guard.h"
#include "ui/kiosk/lykta-kiosk-lock.h"
#include "ui/lykta-window.h"

#include <sys/prctl.h>

#define PATIENCE 20 /* seconds that a loaded machine may take */

static LyktaTestDir *dir;

typedef struct {
  LyktaStage *stage;
  LyktaIdleGuard *guard;
  guint n_warnings;
  guint last_seconds;
  gboolean is_expired;
} Desk;

static void
on_warn (LyktaIdleGuard *guard, guint seconds, Desk *desk)
{
  desk->n_warnings++;
  desk->last_seconds = seconds;
}

static void
on_expired (LyktaIdleGuard *guard, Desk *desk)
{
  desk->is_expired = TRUE;
}

static void
desk_open (Desk *desk, guint idle_ms, guint countdown_ms, gboolean is_used)
{
  desk->stage = lykta_stage_new (LYKTA_MODE_KIOSK, lykta_test_dir_get_path (dir));
  if (is_used) {
    lykta_session_set_language (desk->stage->session, "sv");
    lykta_session_go_home (desk->stage->session);
  }
  lykta_stage_show (desk->stage, 1000, 760);
  desk->guard = lykta_idle_guard_new (GTK_WINDOW (desk->stage->window), desk->stage->session,
                                      idle_ms, countdown_ms);
  g_signal_connect (desk->guard, "warn", G_CALLBACK (on_warn), desk);
  g_signal_connect (desk->guard, "expired", G_CALLBACK (on_expired), desk);
}

static void
desk_close (Desk *desk)
{
  g_assert_finalize_object (desk->guard);
  lykta_stage_free (desk->stage);
}

static gboolean
is_expired (gpointer user_data)
{
  return ((Desk *)user_data)->is_expired;
}

static gboolean
is_warned (gpointer user_data)
{
  return ((Desk *)user_data)->n_warnings > 0;
}

static void
test_expires (void)
{
  Desk desk = {0};

  desk_open (&desk, 50, 1200, TRUE);
  lykta_test_run_until (is_warned, &desk, PATIENCE);
  g_assert_cmpuint (desk.last_seconds, ==, 2);
  g_assert_false (desk.is_expired);
  lykta_test_run_until (is_expired, &desk, PATIENCE);
  g_assert_cmpuint (desk.n_warnings, ==, 2);
  g_assert_cmpuint (desk.last_seconds, ==, 1);
  desk_close (&desk);
}

static void
test_more_time (void)
{
  Desk desk = {0};

  desk_open (&desk, 50, 60000, TRUE);
  lykta_test_run_until (is_warned, &desk, PATIENCE);
  lykta_idle_guard_touch (desk.guard);
  g_assert_cmpuint (desk.last_seconds, ==, 0);
  desk.n_warnings = 0;
  lykta_test_run_until (is_warned, &desk, PATIENCE);
  g_assert_cmpuint (desk.last_seconds, ==, 60);
  g_assert_false (desk.is_expired);
  desk_close (&desk);
}

static gboolean
is_past (gpointer user_data)
{
  return g_get_monotonic_time () > *(gint64 *)user_data;
}

/* On the first screen there is nothing to forget. */
static void
test_unused (void)
{
  gint64 then = g_get_monotonic_time () + G_USEC_PER_SEC / 2;
  Desk desk = {0};

  desk_open (&desk, 20, 20, FALSE);
  g_assert_cmpint (lykta_session_get_screen (desk.stage->session), ==, LYKTA_SCREEN_ATTRACT);
  lykta_test_run_until (is_past, &then, PATIENCE);
  g_assert_cmpuint (desk.n_warnings, ==, 0);
  g_assert_false (desk.is_expired);
  desk_close (&desk);
}

static void
test_cover (void)
{
  Desk desk = {0};
  GtkWidget *countdown;

  desk_open (&desk, 60000, 60000, TRUE);
  countdown = lykta_countdown_new ("sv");
  lykta_countdown_set_seconds (LYKTA_COUNTDOWN (countdown), 9);
  lykta_window_set_cover (LYKTA_WINDOW (desk.stage->window), countdown);
  lykta_stage_settle (desk.stage);
  g_assert_true (gtk_widget_get_mapped (countdown));
  GtkWidget *button = lykta_stage_find (desk.stage->window, LYKTA_TYPE_COUNTDOWN);
  g_assert_true (button == countdown);
  /* It stays when the language changes, and the shell below is made anew. */
  lykta_session_set_language (desk.stage->session, "ar");
  lykta_stage_settle (desk.stage);
  g_assert_true (gtk_widget_get_mapped (countdown));
  lykta_window_set_cover (LYKTA_WINDOW (desk.stage->window), NULL);
  lykta_stage_settle (desk.stage);
  g_assert_null (lykta_stage_find (desk.stage->window, LYKTA_TYPE_COUNTDOWN));
  desk_close (&desk);
}

static void
test_closing (void)
{
  Desk desk = {0};

  desk_open (&desk, 60000, 60000, TRUE);
  lykta_kiosk_lock (GTK_WINDOW (desk.stage->window));
  gtk_window_close (GTK_WINDOW (desk.stage->window));
  lykta_stage_settle (desk.stage);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (desk.stage->window)));
  desk_close (&desk);
}

static void
test_dumps (void)
{
  lykta_kiosk_forbid_dumps ();
  g_assert_cmpint (prctl (PR_GET_DUMPABLE, 0, 0, 0, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  int code;

  lykta_test_init (&argc, &argv);
  if (!lykta_stage_init ())
    return 77;
  dir = lykta_test_dir_new ();
  g_test_add_func ("/ui/kiosk/expires", test_expires);
  g_test_add_func ("/ui/kiosk/more-time", test_more_time);
  g_test_add_func ("/ui/kiosk/unused", test_unused);
  g_test_add_func ("/ui/kiosk/cover", test_cover);
  g_test_add_func ("/ui/kiosk/closing", test_closing);
  g_test_add_func ("/ui/kiosk/dumps", test_dumps);
  code = g_test_run ();
  lykta_test_dir_free (dir);
  return code;
}
