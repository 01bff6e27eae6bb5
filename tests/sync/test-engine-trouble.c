/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lykta-limits.h"
#include "sync/sync-fixture.h"

/* What goes wrong must leave the calendar as it was, be told, and pass. */

#define OTHER_ADDRESS "https://b.invalid/b.ics"
#define HOUR          (60 * 60)

static void
advance (SyncFixture *self, gint64 seconds)
{
  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (self->clock), seconds);
}

static const struct {
  LyktaNetError code;
  const char *token;
} net_failures[] = {
    {LYKTA_NET_ERROR_OFFLINE, "offline"},
    {LYKTA_NET_ERROR_UNREACHABLE, "unreachable"},
    {LYKTA_NET_ERROR_TIMEOUT, "timeout"},
    {LYKTA_NET_ERROR_TOO_SLOW, "too-slow"},
    {LYKTA_NET_ERROR_TLS, "certificate"},
    {LYKTA_NET_ERROR_LOGIN, "login"},
    {LYKTA_NET_ERROR_STATUS, "http-status"},
    {LYKTA_NET_ERROR_NOT_FOUND, "not-found"},
    {LYKTA_NET_ERROR_TRUNCATED, "truncated"},
    {LYKTA_NET_ERROR_TOO_LARGE, "too-large"},
    {LYKTA_NET_ERROR_REDIRECT, "redirect"},
    {LYKTA_NET_ERROR_REFUSED_ADDRESS, "refused-address"},
    {LYKTA_NET_ERROR_WRONG_TYPE, "not-a-calendar"},
};

static void
assert_failed (SyncFixture *self, const char *token, guint failures, const char *calendar)
{
  g_autoptr (LyktaSyncReport) report = sync_fixture_run (self, LYKTA_SYNC_MANUAL);
  const LyktaSyncResult *result = sync_find_result (report, ADDRESS);
  g_autoptr (LyktaSourceState) state = sync_fixture_get_state (self, ADDRESS);
  g_autofree char *dump = sync_fixture_dump (self);

  g_test_message ("%s: %s", token, result->detail);
  g_assert_cmpint (result->outcome, ==, LYKTA_SYNC_OUTCOME_FAILED);
  g_assert_cmpstr (lykta_sync_failure_to_token (result->failure), ==, token);
  g_assert_nonnull (result->detail);
  g_assert_cmpint (lykta_sync_report_get_failure (report), ==, result->failure);
  g_assert_false (lykta_sync_report_has_changes (report));
  g_assert_cmpstr (state->failure, ==, token);
  g_assert_cmpstr (state->failure_detail, ==, result->detail);
  g_assert_cmpuint (state->failures, ==, failures);
  g_assert_cmpint (state->last_attempt, ==, lykta_clock_now (self->clock));
  g_assert_cmpint (state->last_confirmed, ==, lykta_test_moment (SYNC_NOW));
  g_assert_cmpstr (dump, ==, calendar);
}

static void
test_failures (SyncFixture *self, gconstpointer data)
{
  static const struct {
    const char *body;
    const char *token;
  } bodies[] = {
      {"", "not-a-calendar"},
      {"<!DOCTYPE html><html><body>Sign in</body></html>", "not-a-calendar"},
      {"{\"a\": 1}", "not-a-calendar"},
      {"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:2026", "truncated"},
      {"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "truncated"},
  };
  g_autofree char *calendar = NULL;
  g_autoptr (LyktaSourceState) state = NULL;
  guint failures = 0;

  sync_fixture_configure (self, ADDRESS, NULL);
  sync_fixture_serve (self, 3, "a", NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  calendar = sync_fixture_dump (self);
  for (gsize i = 0; i < G_N_ELEMENTS (net_failures); i++) {
    advance (self, 60);
    lykta_test_fetcher_set_error (self->network, ADDRESS, net_failures[i].code);
    assert_failed (self, net_failures[i].token, ++failures, calendar);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++) {
    advance (self, 60);
    lykta_test_fetcher_set_body (self->network, ADDRESS, bodies[i].body, NULL);
    assert_failed (self, bodies[i].token, ++failures, calendar);
  }
  /* It passes by itself, without anybody asking. */
  advance (self, 9 * HOUR);
  sync_fixture_serve (self, 3, "a", NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UNCHANGED);
  state = sync_fixture_get_state (self, ADDRESS);
  g_assert_null (state->failure);
  g_assert_null (state->failure_detail);
  g_assert_cmpuint (state->failures, ==, 0);
}

static const struct {
  const char *what;
  guint before;
  guint after;
  gboolean is_held;
} disappearances[] = {
    {"a fifth", 200, 160, FALSE},       {"more than a fifth", 200, 159, TRUE},
    {"all of few", 20, 0, FALSE},       {"all of more", 21, 0, TRUE},
    {"a fifth and one", 100, 79, TRUE},
};

static void
test_brake (SyncFixture *self, gconstpointer data)
{
  sync_fixture_configure (self, ADDRESS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (disappearances); i++) {
    gint64 before = disappearances[i].before;
    gint64 after = disappearances[i].after;

    g_test_message ("%s", disappearances[i].what);
    sync_fixture_serve (self, (guint)before, "a", NULL);
    g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_FORCE, ADDRESS), ==,
                     LYKTA_SYNC_OUTCOME_UPDATED);
    g_assert_cmpint (sync_fixture_count (self, NULL), ==, before);
    sync_fixture_serve (self, (guint)after, "a", NULL);
    g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, ADDRESS), ==,
                     disappearances[i].is_held ? LYKTA_SYNC_OUTCOME_FAILED
                                               : LYKTA_SYNC_OUTCOME_UPDATED);
    g_assert_cmpint (sync_fixture_count (self, NULL), ==,
                     disappearances[i].is_held ? before : after);
  }
}

static void
test_brake_is_released (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaSyncReport) report = NULL;
  g_autoptr (LyktaSyncReport) later = NULL;
  const LyktaSyncResult *result;

  sync_fixture_configure (self, ADDRESS, NULL);
  sync_fixture_serve (self, 100, "a", "\"1\"");
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  sync_fixture_serve (self, 50, "a", "\"2\"");
  report = sync_fixture_run (self, LYKTA_SYNC_MANUAL);
  result = sync_find_result (report, ADDRESS);
  g_assert_cmpint (result->failure, ==, LYKTA_SYNC_FAILURE_WOULD_VANISH);
  g_assert_cmpint (result->next_attempt, ==,
                   lykta_clock_now (self->clock) + LYKTA_SYNC_BRAKE_SECONDS);
  advance (self, HOUR);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_SKIPPED);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_FAILED);
  advance (self, LYKTA_SYNC_BRAKE_SECONDS - HOUR);
  later = sync_fixture_run (self, LYKTA_SYNC_NONE);
  result = sync_find_result (later, ADDRESS);
  g_assert_cmpint (result->outcome, ==, LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpuint (result->n_removed, ==, 50);
  g_assert_cmpint (sync_fixture_count (self, NULL), ==, 50);
}

/* How many dates lists show, and how many of them as gone. */
static guint
count_shown (SyncFixture *self, guint *n_gone)
{
  g_autoptr (LyktaContentReader) reader = lykta_content_store_new_reader (self->content, NULL);
  g_autoptr (LyktaQuery) all = lykta_query_new ("sv", lykta_clock_now (self->clock));
  g_autoptr (GPtrArray) cards = lykta_content_reader_list (reader, all, 0, G_MAXINT, NULL);

  *n_gone = 0;
  for (guint i = 0; i < cards->len; i++)
    *n_gone += lykta_card_get_fields (cards->pdata[i])->occurrence.is_gone;
  return cards->len;
}

/* What a plain source does not send any more is shown as such until it has said so twice. */
static void
test_gone (SyncFixture *self, gconstpointer data)
{
  guint n_gone;

  sync_fixture_configure (self, ADDRESS, NULL);
  sync_fixture_serve (self, 10, "a", "\"1\"");
  sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS);
  const guint n_all = count_shown (self, &n_gone);
  g_assert_cmpuint (n_gone, ==, 0);
  sync_fixture_serve (self, 8, "a", "\"2\"");
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpuint (count_shown (self, &n_gone), ==, n_all);
  g_assert_cmpuint (n_gone, >, 0);
  g_assert_cmpint (sync_fixture_count (self, NULL), ==, 8);
  advance (self, LYKTA_GONE_SECONDS - 1);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UNCHANGED);
  count_shown (self, &n_gone);
  g_assert_cmpuint (n_gone, >, 0);
  advance (self, 1);
  g_autoptr (LyktaSyncReport) report = sync_fixture_run (self, LYKTA_SYNC_MANUAL);
  g_assert_true (lykta_sync_report_has_changes (report));
  g_assert_cmpuint (count_shown (self, &n_gone), <, n_all);
  g_assert_cmpuint (n_gone, ==, 0);
}

/* An operator who knows better need not wait. */
static void
test_gone_by_force (SyncFixture *self, gconstpointer data)
{
  guint n_gone;

  sync_fixture_configure (self, ADDRESS, NULL);
  sync_fixture_serve (self, 10, "a", NULL);
  sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS);
  sync_fixture_serve (self, 8, "a", NULL);
  sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, ADDRESS);
  count_shown (self, &n_gone);
  g_assert_cmpuint (n_gone, >, 0);
  sync_fixture_run_one (self, LYKTA_SYNC_FORCE, ADDRESS);
  count_shown (self, &n_gone);
  g_assert_cmpuint (n_gone, ==, 0);
}

/* What came back meanwhile was a hiccup; the next disappearance begins anew. */
static void
test_brake_is_forgotten (SyncFixture *self, gconstpointer data)
{
  sync_fixture_configure (self, ADDRESS, NULL);
  sync_fixture_serve (self, 100, "a", NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  sync_fixture_serve (self, 50, "a", NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_FAILED);
  advance (self, HOUR);
  sync_fixture_serve (self, 100, "a", NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UNCHANGED);
  advance (self, LYKTA_SYNC_BRAKE_SECONDS);
  sync_fixture_serve (self, 50, "a", NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_FAILED);
  g_assert_cmpint (sync_fixture_count (self, NULL), ==, 100);
}

static void
test_neighbours (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaSyncReport) report = NULL;

  sync_fixture_configure (self, OTHER_ADDRESS, "https://c.invalid/", ADDRESS, "https://d.invalid/",
                          NULL);
  lykta_test_fetcher_set_error (self->network, OTHER_ADDRESS, LYKTA_NET_ERROR_TLS);
  lykta_test_fetcher_set_body (self->network, "https://c.invalid/", "<html>", NULL);
  sync_fixture_serve (self, 3, "a", NULL);
  report = sync_fixture_run (self, LYKTA_SYNC_NONE);
  g_assert_cmpuint (lykta_sync_report_get_n_results (report), ==, 4); /* the sample has gone */
  g_assert_cmpint (sync_find_result (report, ADDRESS)->outcome, ==, LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpint (sync_find_result (report, OTHER_ADDRESS)->failure, ==, LYKTA_SYNC_FAILURE_TLS);
  g_assert_cmpint (sync_find_result (report, "https://c.invalid/")->failure, ==,
                   LYKTA_SYNC_FAILURE_NOT_A_CALENDAR);
  g_assert_cmpint (sync_find_result (report, "https://d.invalid/")->failure, ==,
                   LYKTA_SYNC_FAILURE_NOT_FOUND);
  g_assert_cmpint (sync_fixture_count (self, NULL), ==, 3);
}

/* ---- on a thread of its own ---- */

typedef struct {
  LyktaSyncReport *report; /* (owned) (nullable) */
  GError *error;           /* (owned) (nullable) */
  guint n_finished;
  guint n_running_notified;
  GHashTable *done; /* (owned) ids of sources that are done */
} Watch;

static void
watch_clear (Watch *self)
{
  g_clear_pointer (&self->report, lykta_sync_report_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->done, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Watch, watch_clear)

static void
on_finished (LyktaSyncEngine *engine, LyktaSyncReport *report, Watch *self)
{
  self->n_finished++;
}

static void
on_running (LyktaSyncEngine *engine, GParamSpec *pspec, Watch *self)
{
  self->n_running_notified++;
}

static void
on_progress (LyktaSyncEngine *engine,
             const char *source_id,
             LyktaSyncState state,
             guint64 bytes,
             Watch *self)
{
  g_assert_cmpint (lykta_sync_engine_get_state (engine), ==, state);
  if (state == LYKTA_SYNC_STATE_DONE)
    g_hash_table_add (self->done, g_strdup (source_id));
}

static void
watch_engine (Watch *self, LyktaSyncEngine *engine)
{
  self->done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect (engine, "finished", G_CALLBACK (on_finished), self);
  g_signal_connect (engine, "notify::is-running", G_CALLBACK (on_running), self);
  g_signal_connect (engine, "progress", G_CALLBACK (on_progress), self);
}

static void
on_run_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Watch *self = user_data;

  self->report = lykta_sync_engine_run_finish (LYKTA_SYNC_ENGINE (source), result, &self->error);
}

static gboolean
has_ended (gpointer user_data)
{
  Watch *self = user_data;

  return self->report != NULL || self->error != NULL;
}

static void
test_async (SyncFixture *self, gconstpointer data)
{
  g_auto (Watch) watch = {NULL};

  sync_fixture_configure (self, ADDRESS, NULL);
  sync_fixture_serve (self, 3, "a", NULL);
  watch_engine (&watch, self->engine);
  lykta_sync_engine_run_async (self->engine, LYKTA_SYNC_NONE, NULL, NULL, on_run_ready, &watch);
  g_assert_true (lykta_sync_engine_is_running (self->engine));
  lykta_test_run_until (has_ended, &watch, 20);
  g_assert_no_error (watch.error);
  g_assert_false (lykta_sync_engine_is_running (self->engine));
  g_assert_cmpint (lykta_sync_engine_get_state (self->engine), ==, LYKTA_SYNC_STATE_IDLE);
  g_assert_cmpuint (watch.n_finished, ==, 1);
  g_assert_cmpuint (watch.n_running_notified, ==, 2);
  g_assert_true (g_hash_table_contains (watch.done, ADDRESS));
}

static gboolean
is_other_done (gpointer user_data)
{
  Watch *self = user_data;

  return g_hash_table_contains (self->done, ADDRESS);
}

/* A server that never answers holds up neither start nor neighbours; then everything is called off.
 */
static void
test_hanging (SyncFixture *self, gconstpointer data)
{
  g_auto (Watch) watch = {NULL};
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 begin;

  sync_fixture_configure (self, OTHER_ADDRESS, ADDRESS, NULL);
  lykta_test_fetcher_set_hanging (self->network, OTHER_ADDRESS);
  sync_fixture_serve (self, 3, "a", NULL);
  watch_engine (&watch, self->engine);
  begin = g_get_monotonic_time ();
  lykta_sync_engine_run_async (self->engine, LYKTA_SYNC_NONE, NULL, cancellable, on_run_ready,
                               &watch);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, G_TIME_SPAN_SECOND / 10);
  lykta_test_run_until (is_other_done, &watch, 20);
  g_assert_cmpint (sync_fixture_count (self, ADDRESS), ==, 3);
  g_cancellable_cancel (cancellable);
  lykta_test_run_until (has_ended, &watch, 20);
  g_assert_error (watch.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  {
    g_autoptr (LyktaSourceState) state = sync_fixture_get_state (self, OTHER_ADDRESS);

    g_assert_cmpuint (state->failures, ==, 0);
    g_assert_null (state->failure);
  }
}

static gboolean
has_finished (gpointer user_data)
{
  return ((Watch *)user_data)->n_finished > 0;
}

static gboolean
is_idle (gpointer user_data)
{
  return !lykta_sync_engine_is_running (user_data);
}

static void
test_by_itself (SyncFixture *self, gconstpointer data)
{
  g_auto (Watch) watch = {NULL};

  sync_fixture_configure (self, ADDRESS, NULL);
  sync_fixture_serve (self, 3, "a", NULL);
  watch_engine (&watch, self->engine);
  lykta_sync_engine_start (self->engine);
  lykta_sync_engine_start (self->engine);
  lykta_test_run_until (has_finished, &watch, 20);
  g_assert_cmpint (sync_fixture_count (self, NULL), ==, 3);
  lykta_sync_engine_stop (self->engine);
  /* Stopped in the middle of a run that would never end. */
  lykta_test_fetcher_set_hanging (self->network, ADDRESS);
  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (self->clock), 24 * HOUR);
  lykta_sync_engine_start (self->engine);
  lykta_sync_engine_stop (self->engine);
  lykta_test_run_until (is_idle, self->engine, 20);
  lykta_test_settle ();
}

static gboolean
is_read (gpointer user_data)
{
  return sync_fixture_count (user_data, ADDRESS) == 3;
}

/* Offline at the start, then the cable is back: nobody has to do anything. */
static void
test_network_comes_back (SyncFixture *self, gconstpointer data)
{
  g_auto (Watch) watch = {NULL};

  lykta_fixed_connectivity_set (LYKTA_FIXED_CONNECTIVITY (self->connectivity),
                                LYKTA_CONNECTION_NONE);
  sync_fixture_configure (self, ADDRESS, NULL);
  sync_fixture_serve (self, 3, "a", NULL);
  watch_engine (&watch, self->engine);
  lykta_sync_engine_start (self->engine);
  lykta_test_run_until (has_finished, &watch, 20);
  g_assert_cmpuint (lykta_test_fetcher_get_n_fetches (self->network, ADDRESS), ==, 0);
  lykta_fixed_connectivity_set (LYKTA_FIXED_CONNECTIVITY (self->connectivity),
                                LYKTA_CONNECTION_METERED);
  lykta_test_run_until (is_read, self, 20);
  lykta_sync_engine_stop (self->engine);
  lykta_test_run_until (is_idle, self->engine, 20);
  lykta_test_settle ();
}

#define ADD(name, function)                                                                   \
  g_test_add ("/sync/engine-trouble/" name, SyncFixture, NULL, sync_fixture_set_up, function, \
              sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("failures", test_failures);
  ADD ("brake", test_brake);
  ADD ("brake-is-released", test_brake_is_released);
  ADD ("brake-is-forgotten", test_brake_is_forgotten);
  ADD ("gone", test_gone);
  ADD ("gone-by-force", test_gone_by_force);
  ADD ("neighbours", test_neighbours);
  ADD ("async", test_async);
  ADD ("hanging", test_hanging);
  ADD ("by-itself", test_by_itself);
  ADD ("network-comes-back", test_network_comes_back);
  return g_test_run ();
}
