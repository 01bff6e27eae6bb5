/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/lykta-source-address.h"
#include "sync/lykta-sync-cost.h"
#include "sync/sync-fixture.h"

/* What is fetched where it costs money, and what is not. */

#define OTHER_ADDRESS "https://b.invalid/b.ics"
#define DAY           (24 * 60 * 60)
#define MONTH_BEGIN   ((LyktaDate){2026, 11, 1})

static void
advance (SyncFixture *self, gint64 seconds)
{
  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (self->clock), seconds);
}

/* A phone on its line, and a calendar of @n activities at ADDRESS. */
static void
begin (SyncFixture *self, LyktaSyncRules rules, guint n)
{
  lykta_fixed_connectivity_set (LYKTA_FIXED_CONNECTIVITY (self->connectivity),
                                LYKTA_CONNECTION_METERED);
  lykta_sync_engine_set_rules (self->engine, &rules);
  sync_fixture_configure (self, ADDRESS, NULL);
  sync_fixture_serve (self, n, "a", NULL);
}

static const LyktaSyncResult *
run (SyncFixture *self, LyktaSyncFlags flags, LyktaSyncReport **report)
{
  g_clear_pointer (report, lykta_sync_report_unref);
  *report = sync_fixture_run (self, flags);
  return sync_find_result (*report, ADDRESS);
}

static LyktaTraffic
traffic_of (SyncFixture *self)
{
  g_autoptr (LyktaDeviceStore) device =
      lykta_device_store_open (self->device_path, self->clock, NULL);
  LyktaTraffic traffic;

  g_assert_true (lykta_device_store_get_month_traffic (device, NULL, MONTH_BEGIN, &traffic, NULL));
  return traffic;
}

static LyktaSyncCost
cost_of (SyncFixture *self, const char *source_id)
{
  g_autoptr (LyktaDeviceStore) device =
      lykta_device_store_open (self->device_path, self->clock, NULL);

  return lykta_sync_cost_load (device, source_id);
}

/* The first reading is what somebody asked for by naming the address; what comes later by itself is
 * held against the budget. */
static void
test_kinds (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaSyncReport) report = NULL;
  LyktaTraffic traffic;
  guint64 first;

  begin (self, (LyktaSyncRules)LYKTA_SYNC_RULES_SPARING, 3);
  g_assert_cmpint (run (self, LYKTA_SYNC_NONE, &report)->outcome, ==, LYKTA_SYNC_OUTCOME_UPDATED);
  first = traffic_of (self).by_kind[LYKTA_TRAFFIC_ASKED];
  g_assert_cmpuint (first, >, 1500);
  advance (self, 2 * DAY);
  sync_fixture_serve (self, 3, "b", NULL);
  g_assert_cmpint (run (self, LYKTA_SYNC_NONE, &report)->outcome, ==, LYKTA_SYNC_OUTCOME_UPDATED);
  traffic = traffic_of (self);
  g_assert_cmpuint (traffic.by_kind[LYKTA_TRAFFIC_ASKED], ==, first);
  g_assert_cmpuint (traffic.by_kind[LYKTA_TRAFFIC_METERED], >, 1500);
  g_assert_cmpint (run (self, LYKTA_SYNC_MANUAL, &report)->outcome, ==,
                   LYKTA_SYNC_OUTCOME_UNCHANGED);
  g_assert_cmpuint (traffic_of (self).by_kind[LYKTA_TRAFFIC_ASKED], >, first);
  g_assert_cmpuint (traffic_of (self).by_kind[LYKTA_TRAFFIC_METERED], ==,
                    traffic.by_kind[LYKTA_TRAFFIC_METERED]);
  lykta_fixed_connectivity_set (LYKTA_FIXED_CONNECTIVITY (self->connectivity),
                                LYKTA_CONNECTION_UNMETERED);
  run (self, LYKTA_SYNC_MANUAL, &report);
  g_assert_cmpuint (traffic_of (self).by_kind[LYKTA_TRAFFIC_FREE], >, 0);
}

/* A budget that is used up: nothing by itself, everything when asked, and again in a new month. */
static void
test_budget (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaSyncReport) report = NULL;
  const LyktaSyncResult *result;
  guint n;

  begin (self, (LyktaSyncRules){9000, 9000, LYKTA_SYNC_ASK_ABOVE, FALSE}, 3);
  run (self, LYKTA_SYNC_NONE, &report);
  advance (self, DAY + 9000);
  sync_fixture_serve (self, 3, "b", NULL);
  g_assert_cmpint (run (self, LYKTA_SYNC_NONE, &report)->outcome, ==, LYKTA_SYNC_OUTCOME_UPDATED);
  n = lykta_test_fetcher_get_n_fetches (self->network, ADDRESS);
  advance (self, DAY + 9000);
  result = run (self, LYKTA_SYNC_NONE, &report);
  g_assert_cmpint (result->outcome, ==, LYKTA_SYNC_OUTCOME_SKIPPED);
  g_assert_cmpint (result->reason, ==, LYKTA_SYNC_REASON_BUDGET);
  g_assert_cmpint (result->next_attempt, >=, lykta_test_moment ("2026-12-01T00:00:00+01:00"));
  g_assert_cmpuint (lykta_test_fetcher_get_n_fetches (self->network, ADDRESS), ==, n);
  g_assert_cmpint (run (self, LYKTA_SYNC_MANUAL, &report)->outcome, ==,
                   LYKTA_SYNC_OUTCOME_UNCHANGED);
  advance (self, 6 * DAY);
  g_assert_cmpint (run (self, LYKTA_SYNC_NONE, &report)->outcome, ==, LYKTA_SYNC_OUTCOME_UNCHANGED);
}

/* What costs more than may be spent waits, says its price, and keeps "as of" where it was. */
static void
test_consent (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaSyncReport) report = NULL;
  g_autoptr (LyktaSourceState) before = NULL;
  g_autoptr (LyktaSourceState) after = NULL;
  const LyktaSyncResult *result;
  guint n;

  begin (self, (LyktaSyncRules)LYKTA_SYNC_RULES_SPARING, 3);
  run (self, LYKTA_SYNC_NONE, &report);
  before = sync_fixture_get_state (self, ADDRESS);
  advance (self, 2 * DAY);
  sync_fixture_serve (self, 1000, "a", NULL);
  result = run (self, LYKTA_SYNC_NONE, &report);
  g_assert_cmpint (result->outcome, ==, LYKTA_SYNC_OUTCOME_FAILED);
  g_assert_cmpint (result->failure, ==, LYKTA_SYNC_FAILURE_COST);
  g_assert_cmpint (result->bytes_expected, >, LYKTA_SYNC_DAY_BUDGET);
  after = sync_fixture_get_state (self, ADDRESS);
  g_assert_cmpint (after->last_confirmed, ==, before->last_confirmed);
  g_assert_cmpstr (after->failure, ==, "costs-more");
  g_assert_cmpuint (after->failures, ==, 0);
  g_assert_cmpint (sync_fixture_count (self, ADDRESS), ==, 3);
  /* Not looked at again the same day. */
  n = lykta_test_fetcher_get_n_fetches (self->network, ADDRESS);
  advance (self, DAY / 2);
  result = run (self, LYKTA_SYNC_NONE, &report);
  g_assert_cmpint (result->reason, ==, LYKTA_SYNC_REASON_CONSENT);
  g_assert_cmpint (result->bytes_expected, >, LYKTA_SYNC_DAY_BUDGET);
  g_assert_cmpuint (lykta_test_fetcher_get_n_fetches (self->network, ADDRESS), ==, n);
  /* A line that costs nothing is taken at once. */
  lykta_fixed_connectivity_set (LYKTA_FIXED_CONNECTIVITY (self->connectivity),
                                LYKTA_CONNECTION_UNMETERED);
  result = run (self, LYKTA_SYNC_NONE, &report);
  g_assert_cmpint (result->outcome, ==, LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpint (result->bytes_expected, ==, 0);
  g_assert_cmpint (sync_fixture_count (self, ADDRESS), ==, 1000);
}

/* The same, and somebody says yes. */
static void
test_consent_given (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaSyncReport) report = NULL;

  begin (self, (LyktaSyncRules){LYKTA_SYNC_NO_LIMIT, LYKTA_SYNC_NO_LIMIT, 50000, FALSE}, 1000);
  g_assert_cmpint (run (self, LYKTA_SYNC_NONE, &report)->failure, ==, LYKTA_SYNC_FAILURE_COST);
  g_assert_cmpint (run (self, LYKTA_SYNC_NONE, &report)->reason, ==, LYKTA_SYNC_REASON_CONSENT);
  g_assert_cmpint (run (self, LYKTA_SYNC_MANUAL, &report)->outcome, ==, LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpint (cost_of (self, ADDRESS).pending, ==, 0);
  g_assert_cmpint (cost_of (self, ADDRESS).full, >, 50000);
}

static void
test_ask_only (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaSyncReport) report = NULL;

  begin (self,
         (LyktaSyncRules){LYKTA_SYNC_NO_LIMIT, LYKTA_SYNC_NO_LIMIT, LYKTA_SYNC_NO_LIMIT, TRUE}, 3);
  g_assert_cmpint (run (self, LYKTA_SYNC_NONE, &report)->reason, ==, LYKTA_SYNC_REASON_ASK_ONLY);
  g_assert_cmpuint (lykta_test_fetcher_get_n_fetches (self->network, ADDRESS), ==, 0);
  g_assert_cmpint (run (self, LYKTA_SYNC_MANUAL, &report)->outcome, ==, LYKTA_SYNC_OUTCOME_UPDATED);
}

/* Two calendars and money for one of them: the one with what somebody saved for tomorrow. */
static void
test_urgent_first (SyncFixture *self, gconstpointer data)
{
  static const char calendar[] =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
      "BEGIN:VEVENT\r\nUID:mine\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261127T170000Z\r\n"
      "SUMMARY:A\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  g_autoptr (LyktaSyncReport) report = NULL;
  g_autoptr (LyktaDeviceStore) device =
      lykta_device_store_open (self->device_path, self->clock, NULL);

  begin (self, (LyktaSyncRules){40000, 10000, LYKTA_SYNC_ASK_ABOVE, FALSE}, 3);
  sync_fixture_configure (self, ADDRESS, OTHER_ADDRESS, NULL);
  lykta_test_fetcher_set_body (self->network, OTHER_ADDRESS, calendar, NULL);
  run (self, LYKTA_SYNC_NONE, &report);
  g_assert_true (lykta_device_store_set_saved (device, OTHER_ADDRESS, "mine", TRUE, NULL));
  advance (self, 2 * DAY);
  run (self, LYKTA_SYNC_NONE, &report);
  g_assert_cmpint (sync_find_result (report, OTHER_ADDRESS)->outcome, ==,
                   LYKTA_SYNC_OUTCOME_UNCHANGED);
  g_assert_cmpint (sync_find_result (report, ADDRESS)->reason, ==, LYKTA_SYNC_REASON_BUDGET);
  /* And after it has taken place it is a calendar like the others. */
  advance (self, 4 * DAY);
  run (self, LYKTA_SYNC_NONE, &report);
  g_assert_cmpint (sync_find_result (report, ADDRESS)->outcome, ==, LYKTA_SYNC_OUTCOME_UNCHANGED);
}

static const struct {
  LyktaSyncCost cost;
  gint64 days;
  gint64 expected;
} estimates[] = {
    {{0, 0, 0, 0}, 1, 0},
    {{5300, 0, 0, 0}, 1, 0},
    {{5300, 0, 900000, 0}, 1, 900000},
    {{5300, 12000, 900000, 0}, 0, 12000},
    {{5300, 12000, 900000, 0}, 1, 12000},
    {{5300, 12000, 900000, 0}, 3, 5300 + 3 * 6700},
    {{5300, 12000, 900000, 0}, 1000, 900000},
    {{5300, 12000, 0, 0}, G_MAXINT64, 5300 + 400 * 6700},
    {{0, 12000, 0, 0}, 2, 18000},
    {{0, 900, 0, 0}, 2, 900},
    {{5300, 12000, 900000, 77}, 3, 77},
};

static void
test_estimate (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (estimates); i++)
    g_assert_cmpint (lykta_sync_cost_estimate (&estimates[i].cost, estimates[i].days), ==,
                     estimates[i].expected);
}

/* What stands in device.db may be anything. */
static void
test_cost_kept (SyncFixture *self, gconstpointer data)
{
  static const char *const bad[] = {"", "x", "1 2 3 -4", "99999999999999999999 1 1 1", "1 2 3 4 5"};
  g_autoptr (LyktaDeviceStore) device =
      lykta_device_store_open (self->device_path, self->clock, NULL);
  LyktaSyncCost cost = {1, 2, 3, 4};

  g_assert_true (lykta_sync_cost_save (&cost, device, "a", NULL));
  cost = lykta_sync_cost_load (device, "a");
  g_assert_cmpint (cost.check, ==, 1);
  g_assert_cmpint (cost.pending, ==, 4);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_true (lykta_device_store_set_setting (device, "cost.a", bad[i], NULL));
    cost = lykta_sync_cost_load (device, "a");
    g_assert_cmpint (cost.pending, ==, 0);
  }
  cost = lykta_sync_cost_load (NULL, "a");
  g_assert_cmpint (cost.full, ==, 0);
}

#define ADD(name, function)                                                            \
  g_test_add ("/sync/metered/" name, SyncFixture, NULL, sync_fixture_set_up, function, \
              sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("kinds", test_kinds);
  ADD ("budget", test_budget);
  ADD ("consent", test_consent);
  ADD ("consent-given", test_consent_given);
  ADD ("ask-only", test_ask_only);
  ADD ("urgent-first", test_urgent_first);
  ADD ("cost-kept", test_cost_kept);
  g_test_add_func ("/sync/metered/estimate", test_estimate);
  return g_test_run ();
}
