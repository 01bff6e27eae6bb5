/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sync-fixture.h"

#include "net/lykta-file-fetcher.h"
#include "sync/lykta-source-address.h"

#define OTHER_ADDRESS "https://b.invalid/b.ics"
#define DAY           (24 * 60 * 60)
#define HOUR          (60 * 60)

static void
advance (SyncFixture *self, gint64 seconds)
{
  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (self->clock), seconds);
}

static void
test_sample (SyncFixture *self, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, "sample"), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpint (sync_fixture_count (self, "sample"), >=, 400);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, "sample"), ==,
                   LYKTA_SYNC_OUTCOME_SKIPPED);
  first = sync_fixture_dump (self);
  advance (self, 7 * DAY);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, "sample"), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  second = sync_fixture_dump (self);
  g_assert_cmpstr (first, !=, second);
}

/* The sample stands in until a real source has been read, and not a moment longer. */
static void
test_sample_gives_way (SyncFixture *self, gconstpointer data)
{
  lykta_test_fetcher_set_error (self->network, ADDRESS, LYKTA_NET_ERROR_TIMEOUT);
  sync_fixture_configure (self, ADDRESS, NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_FAILED);
  g_assert_cmpint (sync_fixture_count (self, "sample"), >, 0);
  sync_fixture_serve (self, 3, "a", NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpint (sync_fixture_count (self, "sample"), <=, 0);
  g_assert_cmpint (sync_fixture_count (self, ADDRESS), ==, 3);
  /* Back to nothing configured, the sample is there again and the rest is gone. */
  sync_fixture_configure (self, NULL, NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, "sample"), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpint (sync_fixture_count (self, ADDRESS), <=, 0);
}

/* Somebody who waits for an answer does not get the sample first. */
static void
test_sample_waits (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaSyncReport) failed = NULL;
  g_autoptr (LyktaSyncReport) read = NULL;

  sync_fixture_configure (self, ADDRESS, NULL);
  sync_fixture_serve (self, 3, "a", NULL);
  read = sync_fixture_run (self, LYKTA_SYNC_MANUAL);
  g_assert_cmpuint (lykta_sync_report_get_n_results (read), ==, 1);
  sync_fixture_configure (self, NULL, NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, "sample"), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  sync_fixture_configure (self, OTHER_ADDRESS, NULL);
  failed = sync_fixture_run (self, LYKTA_SYNC_MANUAL);
  g_assert_cmpint (sync_find_result (failed, OTHER_ADDRESS)->outcome, ==,
                   LYKTA_SYNC_OUTCOME_FAILED);
  g_assert_cmpint (sync_fixture_count (self, "sample"), >, 0);
}

static void
test_sample_after_all (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaSyncReport) report = NULL;

  sync_fixture_configure (self, ADDRESS, NULL);
  report = sync_fixture_run (self, LYKTA_SYNC_MANUAL);
  g_assert_cmpint (sync_find_result (report, ADDRESS)->outcome, ==, LYKTA_SYNC_OUTCOME_FAILED);
  g_assert_cmpint (sync_find_result (report, "sample")->outcome, ==, LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpint (sync_fixture_count (self, "sample"), >, 0);
}

static void
test_unchanged (SyncFixture *self, gconstpointer data)
{
  static const char *const etags[] = {"\"1\"", NULL};

  sync_fixture_configure (self, ADDRESS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (etags); i++) {
    g_autoptr (LyktaSourceState) before = NULL;
    g_autoptr (LyktaSourceState) after = NULL;
    g_autoptr (LyktaSyncReport) report = NULL;
    g_autofree char *sent = NULL;

    sync_fixture_serve (self, 3, etags[i] != NULL ? "a" : "b", etags[i]);
    g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, ADDRESS), ==,
                     LYKTA_SYNC_OUTCOME_UPDATED);
    before = sync_fixture_get_state (self, ADDRESS);
    g_assert_cmpstr (before->etag, ==, etags[i]);
    g_assert_cmpint (before->n_activities, ==, 3);
    advance (self, HOUR);
    report = sync_fixture_run (self, LYKTA_SYNC_MANUAL);
    g_assert_cmpint (sync_find_result (report, ADDRESS)->outcome, ==, LYKTA_SYNC_OUTCOME_UNCHANGED);
    g_assert_false (lykta_sync_report_has_changes (report));
    sent = lykta_test_fetcher_get_etag_sent (self->network, ADDRESS);
    g_assert_cmpstr (sent, ==, etags[i]);
    after = sync_fixture_get_state (self, ADDRESS);
    g_assert_cmpint (after->last_confirmed, ==, before->last_confirmed + HOUR);
    g_assert_cmpint (after->last_changed, ==, before->last_changed);
    g_assert_cmpstr (after->content_hash, ==, before->content_hash);
    g_assert_cmpint (after->n_activities, ==, 3);
  }
}

static void
test_schedule (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaSyncReport) report = NULL;
  const LyktaSyncResult *result;
  gint64 now = lykta_clock_now (self->clock);

  sync_fixture_configure (self, ADDRESS, NULL);
  sync_fixture_serve (self, 3, "a", NULL);
  report = sync_fixture_run (self, LYKTA_SYNC_NONE);
  result = sync_find_result (report, ADDRESS);
  g_assert_cmpint (result->reason, ==, LYKTA_SYNC_REASON_NEVER_READ);
  g_assert_cmpint (result->next_attempt, >=, now + LYKTA_SYNC_INTERVAL_UNMETERED);
  g_assert_cmpint (lykta_sync_report_get_next_attempt (report), ==, result->next_attempt);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_SKIPPED);
  advance (self, result->next_attempt - now - 1);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_SKIPPED);
  advance (self, 1);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UNCHANGED);
  g_assert_cmpuint (lykta_test_fetcher_get_n_fetches (self->network, ADDRESS), ==, 2);
  lykta_fixed_connectivity_set (LYKTA_FIXED_CONNECTIVITY (self->connectivity),
                                LYKTA_CONNECTION_NONE);
  advance (self, DAY);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_SKIPPED);
}

static void
test_only_some (SyncFixture *self, gconstpointer data)
{
  const char *const ids[] = {OTHER_ADDRESS, NULL};
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSyncReport) report = NULL;

  sync_fixture_configure (self, ADDRESS, OTHER_ADDRESS, NULL);
  report = lykta_sync_engine_run (self->engine, LYKTA_SYNC_MANUAL, ids, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lykta_sync_report_get_n_results (report), ==, 1);
  g_assert_cmpuint (lykta_test_fetcher_get_n_fetches (self->network, ADDRESS), ==, 0);
  g_assert_cmpuint (lykta_test_fetcher_get_n_fetches (self->network, OTHER_ADDRESS), ==, 1);
}

/* An address that was mistyped must not cost the calendar that was there. */
static void
test_wrong_new_address (SyncFixture *self, gconstpointer data)
{
  g_autofree char *calendar = lykta_test_calendar (2, "b");

  sync_fixture_configure (self, ADDRESS, NULL);
  sync_fixture_serve (self, 3, "a", NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  sync_fixture_configure (self, OTHER_ADDRESS, NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, OTHER_ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_FAILED);
  g_assert_cmpint (sync_fixture_count (self, NULL), ==, 3);
  g_assert_cmpuint (lykta_test_fetcher_get_n_fetches (self->network, ADDRESS), ==, 1);
  lykta_test_fetcher_set_body (self->network, OTHER_ADDRESS, calendar, NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, OTHER_ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpint (sync_fixture_count (self, NULL), ==, 2);
}

/* The preset keeps its name when its address changes, but nothing of what was known. */
static void
test_preset (SyncFixture *self, gconstpointer data)
{
  g_autofree char *calendar = lykta_test_calendar (2, "b");
  g_autofree char *sent = NULL;

  sync_fixture_configure_preset (self, ADDRESS);
  sync_fixture_serve (self, 60, "a", "\"1\"");
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, LYKTA_SOURCE_ID_PRESET), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  sync_fixture_configure_preset (self, OTHER_ADDRESS);
  lykta_test_fetcher_set_body (self->network, OTHER_ADDRESS, calendar, "\"1\"");
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, LYKTA_SOURCE_ID_PRESET), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  sent = lykta_test_fetcher_get_etag_sent (self->network, OTHER_ADDRESS);
  g_assert_null (sent);
  g_assert_cmpint (sync_fixture_count (self, NULL), ==, 2);
}

static void
test_horizon (SyncFixture *self, gconstpointer data)
{
  static const char calendar[] =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:weekly\r\n"
      "DTSTAMP:20261101T000000Z\r\nDTSTART;TZID=Europe/Stockholm:20261124T180000\r\n"
      "DURATION:PT1H\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:Språkcafé\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (LyktaSyncReport) report = NULL;

  sync_fixture_configure (self, ADDRESS, NULL);
  lykta_test_fetcher_set_body (self->network, ADDRESS, calendar, NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  before = sync_fixture_dump (self);
  lykta_fixed_connectivity_set (LYKTA_FIXED_CONNECTIVITY (self->connectivity),
                                LYKTA_CONNECTION_NONE);
  advance (self, 90 * DAY);
  report = sync_fixture_run (self, LYKTA_SYNC_NONE);
  g_assert_true (lykta_sync_report_has_changes (report));
  after = sync_fixture_dump (self);
  g_assert_cmpstr (before, !=, after);
  g_assert_cmpuint (lykta_test_fetcher_get_n_fetches (self->network, ADDRESS), ==, 1);
}

static void
test_meter (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaDeviceStore) device = NULL;
  LyktaTraffic traffic;

  sync_fixture_configure (self, ADDRESS, NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_FAILED);
  sync_fixture_serve (self, 3, "a", NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  device = lykta_device_store_open (self->device_path, self->clock, NULL);
  g_assert_true (lykta_device_store_get_month_traffic (device, ADDRESS, (LyktaDate){2026, 11, 1},
                                                       &traffic, NULL));
  g_assert_cmpuint (traffic.received, >, 2000);
  g_assert_cmpuint (traffic.sent, ==, 200);
  g_assert_cmpuint (traffic.by_kind[LYKTA_TRAFFIC_FREE], ==, traffic.received + 200);
}

static void
test_folder (SyncFixture *self, gconstpointer data)
{
  g_autofree char *a = lykta_test_calendar (3, "a");
  g_autofree char *b = lykta_test_calendar (4, "b");
  g_autofree char *a_path = lykta_test_dir_write (self->dir, "cal/a.ics", a, -1);
  g_autofree char *b_path = lykta_test_dir_write (self->dir, "cal/b.ics", b, -1);
  g_autofree char *folder = lykta_test_dir_child (self->dir, "cal");
  g_autofree char *address = lykta_source_address_normalise (folder, "/", "/", NULL);
  g_autoptr (LyktaFetcher) files = lykta_file_fetcher_new ();
  g_autoptr (LyktaSyncReport) report = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *cut_path = NULL;

  g_clear_object (&self->engine);
  self->engine = sync_fixture_new_engine (self, files);
  sync_fixture_configure (self, address, NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, address), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpint (sync_fixture_count (self, NULL), ==, 7);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, address), ==,
                   LYKTA_SYNC_OUTCOME_UNCHANGED);
  /* One file that is cut off, and the folder as a whole is not believed. */
  cut = g_strndup (b, strlen (b) / 2);
  cut_path = lykta_test_dir_write (self->dir, "cal/b.ics", cut, -1);
  report = sync_fixture_run (self, LYKTA_SYNC_MANUAL);
  g_assert_cmpint (sync_find_result (report, address)->failure, ==, LYKTA_SYNC_FAILURE_TRUNCATED);
  g_assert_cmpint (sync_fixture_count (self, NULL), ==, 7);
}

/* One event that cannot be read costs itself alone, and is told. */
static void
test_quarantine (SyncFixture *self, gconstpointer data)
{
  static const char calendar[] =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
      "BEGIN:VEVENT\r\nUID:good\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261201T170000Z\r\n"
      "SUMMARY:A\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nUID:bad\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:B\r\nEND:VEVENT\r\n"
      "END:VCALENDAR\r\n";
  g_autoptr (LyktaSyncReport) report = NULL;
  g_autoptr (LyktaSourceState) state = NULL;
  const LyktaSyncResult *result;

  sync_fixture_configure (self, ADDRESS, NULL);
  lykta_test_fetcher_set_body (self->network, ADDRESS, calendar, NULL);
  report = sync_fixture_run (self, LYKTA_SYNC_NONE);
  result = sync_find_result (report, ADDRESS);
  g_assert_cmpint (result->outcome, ==, LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpuint (result->n_activities, ==, 1);
  g_assert_cmpuint (result->n_quarantined, ==, 1);
  state = sync_fixture_get_state (self, ADDRESS);
  g_assert_cmpuint (state->n_quarantined, ==, 1);
}

#define ADD(name, function)                                                           \
  g_test_add ("/sync/engine/" name, SyncFixture, NULL, sync_fixture_set_up, function, \
              sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("sample", test_sample);
  ADD ("sample-gives-way", test_sample_gives_way);
  ADD ("sample-waits", test_sample_waits);
  ADD ("sample-after-all", test_sample_after_all);
  ADD ("unchanged", test_unchanged);
  ADD ("schedule", test_schedule);
  ADD ("only-some", test_only_some);
  ADD ("wrong-new-address", test_wrong_new_address);
  ADD ("preset", test_preset);
  ADD ("horizon", test_horizon);
  ADD ("meter", test_meter);
  ADD ("folder", test_folder);
  ADD ("quarantine", test_quarantine);
  return g_test_run ();
}
