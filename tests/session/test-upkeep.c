/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/lykta-content-watch.h"
#include "session/lykta-session-pulse.h"
#include "support/lykta-test-fetcher.h"
#include "support/lykta-test.h"
#include "sync/lykta-sync-engine.h"

/* What happens to a session that nobody touches. */

typedef struct {
  LyktaTestDir *dir;        /* (owned) */
  LyktaClock *clock;        /* (owned) */
  char *path;               /* (owned) */
  LyktaContentStore *store; /* (owned) */
  LyktaSession *session;    /* (owned) */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->dir = lykta_test_dir_new ();
  self->clock = lykta_test_clock_at ("2026-11-24T12:00:00+01:00");
  self->path = lykta_test_dir_child (self->dir, "content.db");
  self->store = lykta_content_store_open (self->path, self->clock, &error);
  g_assert_no_error (error);
  self->session = lykta_session_new (LYKTA_MODE_PERSONAL, self->store, self->clock, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->session);
  /* A worker that builds the index of dates may hold it for a moment. */
  g_object_unref (self->store);
  g_object_unref (self->clock);
  g_free (self->path);
  lykta_test_dir_free (self->dir);
}

/* As lyktactl does it from a timer: with files that it opened itself. */
static void
refresh_elsewhere (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaContentStore) store = lykta_content_store_open (self->path, self->clock, &error);
  g_autoptr (LyktaTestFetcher) fetcher = lykta_test_fetcher_new ();
  g_autoptr (LyktaConnectivity) connectivity = lykta_fixed_connectivity_new (LYKTA_CONNECTION_NONE);
  g_autoptr (LyktaRandom) random = lykta_seeded_random_new (1);
  g_autoptr (LyktaSyncEngine) engine =
      lykta_sync_engine_new (store, NULL, lykta_test_dir_get_path (self->dir),
                             LYKTA_FETCHER (fetcher), connectivity, self->clock, random);
  g_autoptr (LyktaSyncReport) report =
      lykta_sync_engine_run (engine, LYKTA_SYNC_NONE, NULL, NULL, &error);

  g_assert_no_error (error);
}

static gboolean
has_sample (gpointer user_data)
{
  return lykta_session_has_sample (user_data);
}

static void
test_other_process (Fixture *self, gconstpointer data)
{
  LyktaContentWatch *watch = lykta_content_watch_new (self->session, self->path);
  GListModel *cards = lykta_session_get_cards (self->session);

  g_assert_cmpuint (g_list_model_get_n_items (cards), ==, 0);
  refresh_elsewhere (self);
  lykta_test_run_until (has_sample, self->session, 20);
  g_assert_cmpuint (g_list_model_get_n_items (cards), >, 0);
  g_assert_cmpint (lykta_session_get_as_of (self->session), ==, lykta_clock_now (self->clock));
  g_assert_finalize_object (watch);
}

static void
count_change (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  guint *n = user_data;

  *n += 1;
}

/* What is there already is not read again. */
static void
test_nothing_new (Fixture *self, gconstpointer data)
{
  guint n = 0;

  refresh_elsewhere (self);
  lykta_session_check_content (self->session);
  g_signal_connect (lykta_session_get_cards (self->session), "items-changed",
                    G_CALLBACK (count_change), &n);
  lykta_session_check_content (self->session);
  g_assert_cmpuint (n, ==, 0);
}

/* Midnight of an empty list; else the first end of a date, and never a moment that has passed. */
static void
test_next_change (Fixture *self, gconstpointer data)
{
  gint64 midnight = lykta_test_moment ("2026-11-25T00:00:00+01:00");
  gint64 now = lykta_clock_now (self->clock);
  g_autoptr (LyktaSessionPulse) pulse = lykta_session_pulse_new (self->session);
  g_autoptr (LyktaQuery) query = lykta_session_new_query (self->session);

  g_assert_cmpint (lykta_session_get_next_change (self->session), ==, midnight);
  refresh_elsewhere (self);
  lykta_session_check_content (self->session);
  lykta_session_open_list (self->session, query);
  for (guint i = 0; i < 30; i++) {
    gint64 next = lykta_session_get_next_change (self->session);

    g_assert_cmpint (next, >, now);
    g_assert_cmpint (next, <=,
                     lykta_date_start (lykta_date_add_days (lykta_date_of_moment (now), 1)));
    lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (self->clock), next - now);
    now = next;
    lykta_session_time_passed (self->session);
  }
}

#define ADD(name, function) \
  g_test_add ("/session/upkeep/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("other-process", test_other_process);
  ADD ("nothing-new", test_nothing_new);
  ADD ("next-change", test_next_change);
  return g_test_run ();
}
