/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sync-fixture.h"

/* Several sources in one run: none of them waits for another. */

#define SLOW   "https://slow.invalid/a.ics"
#define BROKEN "https://broken.invalid/a.ics"
#define N_GOOD 6

typedef struct {
  SyncFixture *fixture;
  gboolean is_done; /* (main thread) the run has ended */
} Watch;

static char *
address_of (guint i)
{
  return g_strdup_printf ("https://good-%u.invalid/a.ics", i);
}

/* One that hangs, one that fails, six that answer: more than are fetched at once. */
static void
configure (SyncFixture *self)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (LyktaDeviceStore) device =
      lykta_device_store_open (self->device_path, self->clock, NULL);
  g_autoptr (LyktaSourceList) list = lykta_source_list_new (device);
  g_autofree char *calendar = lykta_test_calendar (3, "a");

  g_ptr_array_add (addresses, g_strdup (SLOW));
  g_ptr_array_add (addresses, g_strdup (BROKEN));
  for (guint i = 0; i < N_GOOD; i++) {
    g_ptr_array_add (addresses, address_of (i));
    lykta_test_fetcher_set_body (self->network, addresses->pdata[addresses->len - 1], calendar,
                                 NULL);
  }
  g_ptr_array_add (addresses, NULL);
  g_assert_true (
      lykta_source_list_set_addresses (list, (const char *const *)addresses->pdata, NULL));
  lykta_test_fetcher_set_hanging (self->network, SLOW);
  lykta_test_fetcher_set_error (self->network, BROKEN, LYKTA_NET_ERROR_STATUS);
}

/* All that answer have been taken in, each with its own "as of". */
static gboolean
has_read (gpointer user_data)
{
  Watch *watch = user_data;

  for (guint i = 0; i < N_GOOD; i++) {
    g_autofree char *address = address_of (i);
    g_autoptr (LyktaSourceState) state = sync_fixture_get_state (watch->fixture, address);

    if (state == NULL || state->last_confirmed != lykta_clock_now (watch->fixture->clock))
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_ended (gpointer user_data)
{
  return ((Watch *)user_data)->is_done;
}

static void
on_run_ready (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSyncReport) report =
      lykta_sync_engine_run_finish (LYKTA_SYNC_ENGINE (object), result, &error);

  g_assert_null (report);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  watch->is_done = TRUE;
}

/* What has come is in the calendar, with its own "as of", while another server still hangs; and it
 * stays when the run is called off. */
static void
test_slow (SyncFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (LyktaSourceState) slow = NULL;
  g_autoptr (LyktaSourceState) broken = NULL;
  Watch watch = {self, FALSE};
  gint64 n_read;

  configure (self);
  lykta_sync_engine_run_async (self->engine, LYKTA_SYNC_MANUAL, NULL, cancellable, on_run_ready,
                               &watch);
  lykta_test_run_until (has_read, &watch, 30);
  g_assert_false (watch.is_done);
  n_read = sync_fixture_count (self, NULL);
  g_assert_cmpint (n_read, >, 0);
  g_cancellable_cancel (cancellable);
  lykta_test_run_until (has_ended, &watch, 30);
  g_assert_cmpint (sync_fixture_count (self, NULL), ==, n_read);
  slow = sync_fixture_get_state (self, SLOW);
  broken = sync_fixture_get_state (self, BROKEN);
  g_assert_true (slow == NULL || slow->last_confirmed == 0);
  g_assert_cmpint (broken->last_confirmed, ==, 0);
  g_assert_cmpstr (broken->failure, ==, "http-status");
}

static void
on_report_ready (GObject *object, GAsyncResult *result, gpointer user_data)
{
  LyktaSyncReport **report = user_data;
  g_autoptr (GError) error = NULL;

  *report = lykta_sync_engine_run_finish (LYKTA_SYNC_ENGINE (object), result, &error);
  g_assert_no_error (error);
}

static gboolean
has_report (gpointer user_data)
{
  return *(LyktaSyncReport **)user_data != NULL;
}

/* The one that hangs is called off alone, and the run comes to its end with the others. */
static void
test_stop_one (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaSyncReport) report = NULL;
  g_autoptr (LyktaSourceState) slow = NULL;
  Watch watch = {self, FALSE};
  const LyktaSyncResult *result;

  configure (self);
  lykta_sync_engine_run_async (self->engine, LYKTA_SYNC_MANUAL, NULL, NULL, on_report_ready,
                               &report);
  lykta_test_run_until (has_read, &watch, 30);
  g_assert_null (report);
  lykta_sync_engine_cancel_source (self->engine, "https://nobody.invalid/a.ics");
  lykta_sync_engine_cancel_source (self->engine, SLOW);
  lykta_test_run_until (has_report, &report, 30);
  result = sync_find_result (report, SLOW);
  g_assert_cmpint (result->failure, ==, LYKTA_SYNC_FAILURE_CANCELLED);
  g_assert_cmpint (result->next_attempt, >, lykta_clock_now (self->clock) + 600);
  slow = sync_fixture_get_state (self, SLOW);
  g_assert_true (slow == NULL || (slow->failure == NULL && slow->last_attempt == 0));
  for (guint i = 0; i < N_GOOD; i++) {
    g_autofree char *address = address_of (i);

    g_assert_cmpint (sync_find_result (report, address)->outcome, ==, LYKTA_SYNC_OUTCOME_UPDATED);
  }
  /* Nothing is under way any more. */
  lykta_sync_engine_cancel_source (self->engine, SLOW);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add ("/sync/side-by-side/slow", SyncFixture, NULL, sync_fixture_set_up, test_slow,
              sync_fixture_tear_down);
  g_test_add ("/sync/side-by-side/stop-one", SyncFixture, NULL, sync_fixture_set_up, test_stop_one,
              sync_fixture_tear_down);
  return g_test_run ();
}
