/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lykta-civil-time.h"
#include "support/lykta-test.h"
#include "sync/lykta-sync-policy.h"

#define NOW          1800000000
#define HOUR         3600
#define NONE         LYKTA_CONNECTION_NONE
#define FREE         LYKTA_CONNECTION_UNMETERED
#define PAID         LYKTA_CONNECTION_METERED
#define HUH          LYKTA_CONNECTION_UNKNOWN
#define WHY(reason)  LYKTA_SYNC_REASON_##reason
#define SCOPE(scope) LYKTA_SYNC_SCOPE_##scope
#define MONTH        LYKTA_SYNC_MONTH_BUDGET
#define DAY          LYKTA_SYNC_DAY_BUDGET
#define RESERVE      (MONTH / 100 * LYKTA_SYNC_RESERVE_PERCENT)
#define ASK          LYKTA_SYNC_ASK_ABOVE
#define ANY          LYKTA_SYNC_NO_LIMIT
#define CHECK        LYKTA_SYNC_CHECK_BYTES
/* A machine at home that was read two days ago, and what its owner has set. */
#define DUE     .last_attempt = NOW - 48 * HOUR, .last_confirmed = NOW - 48 * HOUR
#define SPARING .rules = LYKTA_SYNC_RULES_SPARING

/* wait: seconds from NOW, 0 is "now". */
static const struct {
  const char *what;
  LyktaSyncFacts facts;
  LyktaSyncReason reason;
  gint64 wait;
} cases[] = {
    {"first time", {.connection = FREE}, WHY (NEVER_READ), 0},
    {"first time, costs money", {.connection = PAID}, WHY (NEVER_READ), 0},
    {"first time, no network", {.connection = NONE}, WHY (OFFLINE), LYKTA_SYNC_OFFLINE_RECHECK},
    {"file, no network",
     {.connection = NONE, .is_local = TRUE, .is_offline = TRUE},
     WHY (NEVER_READ),
     0},
    {"asked for, no network", {.connection = NONE, .is_manual = TRUE}, WHY (MANUAL), 0},
    {"fresh",
     {.connection = FREE, .last_attempt = NOW - HOUR, .last_confirmed = NOW - HOUR},
     WHY (FRESH),
     LYKTA_SYNC_INTERVAL_UNMETERED - HOUR},
    {"due",
     {.connection = FREE, .last_attempt = NOW - 4 * HOUR, .last_confirmed = NOW - 4 * HOUR},
     WHY (DUE),
     0},
    {"costs money: not due yet",
     {.connection = PAID, .last_attempt = NOW - 4 * HOUR, .last_confirmed = NOW - 4 * HOUR},
     WHY (FRESH),
     LYKTA_SYNC_INTERVAL_METERED - 4 * HOUR},
    {"unknown costs: not due yet",
     {.connection = HUH, .last_attempt = NOW - 4 * HOUR, .last_confirmed = NOW - 4 * HOUR},
     WHY (FRESH),
     LYKTA_SYNC_INTERVAL_UNKNOWN - 4 * HOUR},
    {"file looked at a minute ago",
     {.connection = PAID,
      .is_local = TRUE,
      .is_offline = TRUE,
      .last_attempt = NOW - 60,
      .last_confirmed = NOW - 60},
     WHY (FRESH),
     LYKTA_SYNC_INTERVAL_LOCAL - 60},
    {"fresh, but must be read again",
     {.connection = PAID,
      .last_attempt = NOW - HOUR,
      .last_confirmed = NOW - HOUR,
      .must_reread = TRUE},
     WHY (REREAD),
     0},
    {"first failure, just now",
     {.connection = FREE, .last_attempt = NOW, .failures = 1, .jitter = 0.5},
     WHY (BACK_OFF),
     LYKTA_SYNC_BACK_OFF_BASE},
    {"first failure, a while ago",
     {.connection = FREE, .last_attempt = NOW - 200, .failures = 1, .jitter = 0.5},
     WHY (DUE),
     0},
    {"fourth failure",
     {.connection = FREE, .last_attempt = NOW, .failures = 4, .jitter = 0.5},
     WHY (BACK_OFF),
     8 * LYKTA_SYNC_BACK_OFF_BASE},
    {"the thousandth failure",
     {.connection = FREE, .last_attempt = NOW, .failures = 1000, .jitter = 0.5},
     WHY (BACK_OFF),
     LYKTA_SYNC_BACK_OFF_CAP},
    {"fourth failure, but the network has just come back",
     {.connection = FREE,
      .last_attempt = NOW - 200,
      .failures = 4,
      .jitter = 0.5,
      .has_new_network = TRUE},
     WHY (DUE),
     0},
    {"failed, asked for",
     {.connection = FREE, .last_attempt = NOW, .failures = 9, .is_manual = TRUE},
     WHY (MANUAL),
     0},
    {"held back",
     {.connection = FREE,
      .last_attempt = NOW - 600,
      .last_confirmed = NOW - 600,
      .failures = 1,
      .held_until = NOW + HOUR},
     WHY (HELD),
     HOUR},
    {"held back long enough",
     {.connection = FREE,
      .last_attempt = NOW - 6 * HOUR,
      .last_confirmed = NOW - 7 * HOUR,
      .failures = 1,
      .held_until = NOW - 1},
     WHY (DUE),
     0},
    {"held back long enough, then unreachable",
     {.connection = FREE,
      .last_attempt = NOW,
      .last_confirmed = NOW - 7 * HOUR,
      .failures = 2,
      .jitter = 0.5,
      .held_until = NOW - 1},
     WHY (BACK_OFF),
     2 * LYKTA_SYNC_BACK_OFF_BASE},
    {"the clock was a year ahead",
     {.connection = FREE, .last_attempt = NOW + 365 * 24 * HOUR, .last_confirmed = NOW},
     WHY (CLOCK),
     0},
    {"the clock was a minute ahead",
     {.connection = FREE, .last_attempt = NOW + 60, .last_confirmed = NOW + 60},
     WHY (FRESH),
     LYKTA_SYNC_INTERVAL_UNMETERED + 60},
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    LyktaSyncFacts facts = cases[i].facts;
    LyktaSyncDecision decision;

    facts.now = NOW;
    /* These are about time alone. */
    facts.rules = (LyktaSyncRules)LYKTA_SYNC_RULES_FREE;
    decision = lykta_sync_policy_decide (&facts);
    g_test_message ("%s", cases[i].what);
    g_assert_cmpint (decision.reason, ==, cases[i].reason);
    g_assert_cmpint (decision.not_before - NOW, ==, cases[i].wait);
    g_assert_cmpint (decision.refresh_now, ==, cases[i].wait == 0);
  }
}

/* How much may be spent; wait 0 is "now". Days and months: 2027-01-15 09:00 in Stockholm is NOW. */
static const struct {
  const char *what;
  LyktaSyncFacts facts;
  LyktaSyncReason reason;
  gint64 wait;
  LyktaSyncScope scope;
  gint64 allowance;
} costs[] = {
    {"costs nothing",
     {.connection = FREE, DUE, SPARING, .used_month = MONTH},
     WHY (DUE),
     0,
     SCOPE (FULL),
     ANY},
    {"file on a metered line",
     {.connection = PAID, .is_local = TRUE, .is_offline = TRUE, DUE, SPARING, .used_month = MONTH},
     WHY (DUE),
     0,
     SCOPE (FULL),
     ANY},
    {"metered, nothing used",
     {.connection = PAID, DUE, SPARING},
     WHY (DUE),
     0,
     SCOPE (CHANGES),
     DAY},
    {"metered, no rules",
     {.connection = PAID, DUE, .rules = LYKTA_SYNC_RULES_FREE, .used_month = MONTH},
     WHY (DUE),
     0,
     SCOPE (CHANGES),
     ANY},
    {"metered, half the day used",
     {.connection = PAID, DUE, SPARING, .used_day = DAY / 2, .used_month = DAY / 2},
     WHY (DUE),
     0,
     SCOPE (CHANGES),
     DAY / 2},
    {"metered, the day used up",
     {.connection = PAID, DUE, SPARING, .used_day = DAY, .used_month = DAY},
     WHY (BUDGET),
     15 * HOUR,
     SCOPE (NOTHING),
     0},
    {"metered, the day overdrawn, some jitter",
     {.connection = PAID, DUE, SPARING, .used_day = 9 * DAY, .used_month = 2 * DAY, .jitter = 0.5},
     WHY (BUDGET),
     15 * HOUR + HOUR / 2,
     SCOPE (NOTHING),
     0},
    {"metered, one byte short of a look",
     {.connection = PAID, DUE, SPARING, .used_day = DAY - CHECK + 1, .used_month = DAY},
     WHY (BUDGET),
     15 * HOUR,
     SCOPE (NOTHING),
     0},
    {"metered, enough for a look",
     {.connection = PAID, DUE, SPARING, .used_day = DAY - CHECK, .used_month = DAY},
     WHY (DUE),
     0,
     SCOPE (CHANGES),
     CHECK},
    {"metered, into the reserve",
     {.connection = PAID, DUE, SPARING, .used_month = MONTH - RESERVE},
     WHY (BUDGET),
     (16 * 24 + 15) * HOUR,
     SCOPE (NOTHING),
     0},
    {"metered, into the reserve, urgent",
     {.connection = PAID, DUE, SPARING, .used_month = MONTH - RESERVE, .is_urgent = TRUE},
     WHY (DUE),
     0,
     SCOPE (URGENT),
     DAY},
    {"metered, urgent, not in the reserve",
     {.connection = PAID, DUE, SPARING, .is_urgent = TRUE},
     WHY (DUE),
     0,
     SCOPE (CHANGES),
     DAY},
    {"metered, urgent, all used up",
     {.connection = PAID, DUE, SPARING, .used_month = MONTH, .is_urgent = TRUE},
     WHY (BUDGET),
     (16 * 24 + 15) * HOUR,
     SCOPE (NOTHING),
     0},
    {"metered, urgent: every six hours",
     {.connection = PAID,
      SPARING,
      .last_attempt = NOW - HOUR,
      .last_confirmed = NOW - HOUR,
      .is_urgent = TRUE},
     WHY (FRESH),
     5 * HOUR,
     SCOPE (NOTHING),
     0},
    {"metered, a month of 0",
     {.connection = PAID, DUE, .rules = {0, 0, ASK, FALSE}},
     WHY (BUDGET),
     (16 * 24 + 15) * HOUR,
     SCOPE (NOTHING),
     0},
    {"metered, a day of 0",
     {.connection = PAID, DUE, .rules = {MONTH, 0, ASK, FALSE}},
     WHY (BUDGET),
     15 * HOUR,
     SCOPE (NOTHING),
     0},
    {"metered, less than nothing",
     {.connection = PAID, DUE, .rules = {-5, -5, -5, FALSE}},
     WHY (BUDGET),
     (16 * 24 + 15) * HOUR,
     SCOPE (NOTHING),
     0},
    {"metered, a meter that lies",
     {.connection = PAID, DUE, SPARING, .used_day = -7, .used_month = G_MININT64},
     WHY (DUE),
     0,
     SCOPE (CHANGES),
     DAY},
    {"metered, a meter that is full",
     {.connection = PAID, DUE, SPARING, .used_day = G_MAXINT64, .used_month = G_MAXINT64},
     WHY (BUDGET),
     (16 * 24 + 15) * HOUR,
     SCOPE (NOTHING),
     0},
    {"metered, no day, a month",
     {.connection = PAID, DUE, .rules = {MONTH, ANY, ASK, FALSE}},
     WHY (DUE),
     0,
     SCOPE (CHANGES),
     MONTH - RESERVE},
    {"metered, a large budget: asked above",
     {.connection = PAID, DUE, .rules = {90 * MONTH, ANY, ASK, FALSE}},
     WHY (DUE),
     0,
     SCOPE (CHANGES),
     ASK},
    {"metered, first time",
     {.connection = PAID, SPARING, .used_month = MONTH},
     WHY (NEVER_READ),
     0,
     SCOPE (FULL),
     ASK},
    {"metered, first time, and too dear",
     {.connection = PAID, SPARING, .pending = ASK + 1, .last_attempt = NOW - HOUR},
     WHY (CONSENT),
     23 * HOUR,
     SCOPE (NOTHING),
     0},
    {"unknown, first time", {.connection = HUH, SPARING}, WHY (NEVER_READ), 0, SCOPE (FULL), ASK},
    {"unknown, due",
     {.connection = HUH, DUE, SPARING, .used_month = MONTH},
     WHY (DUE),
     0,
     SCOPE (FULL),
     ASK},
    {"unknown, too dear",
     {.connection = HUH,
      SPARING,
      .last_attempt = NOW - HOUR,
      .last_confirmed = NOW - 48 * HOUR,
      .pending = 3 * ASK},
     WHY (CONSENT),
     23 * HOUR,
     SCOPE (NOTHING),
     0},
    {"unknown, a kiosk never asks",
     {.connection = HUH, DUE, .rules = LYKTA_SYNC_RULES_FREE, .pending = 3 * ASK},
     WHY (DUE),
     0,
     SCOPE (FULL),
     ANY},
    {"news too dear for today",
     {.connection = PAID,
      SPARING,
      .last_attempt = NOW - HOUR,
      .last_confirmed = NOW - 48 * HOUR,
      .pending = 2 * DAY},
     WHY (CONSENT),
     23 * HOUR,
     SCOPE (NOTHING),
     0},
    {"news too dear, looked at again after a day",
     {.connection = PAID, DUE, SPARING, .pending = 2 * DAY},
     WHY (DUE),
     0,
     SCOPE (CHANGES),
     DAY},
    {"news that were too dear yesterday, and the budget is new",
     {.connection = PAID,
      SPARING,
      .last_attempt = NOW - HOUR,
      .last_confirmed = NOW - 48 * HOUR,
      .pending = DAY / 2},
     WHY (DUE),
     0,
     SCOPE (CHANGES),
     DAY},
    {"news too dear, and the line costs nothing now",
     {.connection = FREE,
      SPARING,
      .last_attempt = NOW - HOUR,
      .last_confirmed = NOW - 48 * HOUR,
      .pending = 9 * ASK},
     WHY (DUE),
     0,
     SCOPE (FULL),
     ANY},
    {"news too dear, looked at in the future",
     {.connection = PAID,
      SPARING,
      .last_attempt = NOW + 90 * HOUR,
      .last_confirmed = NOW,
      .pending = 9 * ASK},
     WHY (CLOCK),
     0,
     SCOPE (CHANGES),
     DAY},
    {"asked for, all used up",
     {.connection = PAID, DUE, SPARING, .used_day = DAY, .used_month = MONTH, .is_manual = TRUE},
     WHY (MANUAL),
     0,
     SCOPE (FULL),
     ANY},
    {"asked for, only when asked",
     {.connection = PAID, DUE, .rules = {0, 0, 0, TRUE}, .is_manual = TRUE},
     WHY (MANUAL),
     0,
     SCOPE (FULL),
     ANY},
    {"only when asked",
     {.connection = FREE, DUE, .rules = {ANY, ANY, ANY, TRUE}},
     WHY (ASK_ONLY),
     24 * HOUR,
     SCOPE (NOTHING),
     0},
    {"only when asked, first time",
     {.connection = FREE, .rules = {ANY, ANY, ANY, TRUE}},
     WHY (ASK_ONLY),
     24 * HOUR,
     SCOPE (NOTHING),
     0},
    {"only when asked, a file",
     {.connection = NONE, .is_local = TRUE, .is_offline = TRUE, .rules = {0, 0, 0, TRUE}},
     WHY (NEVER_READ),
     0,
     SCOPE (FULL),
     ANY},
    {"only when asked, no network",
     {.connection = NONE, DUE, .rules = {0, 0, 0, TRUE}},
     WHY (OFFLINE),
     LYKTA_SYNC_OFFLINE_RECHECK,
     SCOPE (NOTHING),
     0},
    {"metered, a failure: not again for an hour",
     {.connection = PAID, SPARING, .last_attempt = NOW - 600, .failures = 1, .jitter = 0.5},
     WHY (BACK_OFF),
     HOUR - 600,
     SCOPE (NOTHING),
     0},
    {"metered, more failures than can be counted",
     {.connection = PAID,
      SPARING,
      .last_attempt = NOW,
      .last_confirmed = 1,
      .failures = G_MAXUINT,
      .jitter = 0.5},
     WHY (BACK_OFF),
     LYKTA_SYNC_BACK_OFF_CAP,
     SCOPE (NOTHING),
     0},
};

static void
test_costs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (costs); i++) {
    LyktaSyncFacts facts = costs[i].facts;
    LyktaSyncDecision decision;

    facts.now = NOW;
    decision = lykta_sync_policy_decide (&facts);
    g_test_message ("%s", costs[i].what);
    g_assert_cmpint (decision.reason, ==, costs[i].reason);
    g_assert_cmpint (decision.not_before - NOW, ==, costs[i].wait);
    g_assert_cmpint (decision.refresh_now, ==, costs[i].wait == 0);
    g_assert_cmpint (decision.scope, ==, costs[i].scope);
    g_assert_cmpint (decision.allowance, ==, costs[i].allowance);
  }
}

/* When a budget begins anew: by Stockholm's days and months, whatever the length of the day. */
static const struct {
  const char *now;
  gint64 used_day;
  gint64 used_month;
  const char *expected;
} turns[] = {
    {"2026-11-24T12:00:00+01:00", DAY, DAY, "2026-11-25T00:00:00+01:00"},
    {"2026-11-24T12:00:00+01:00", DAY, MONTH, "2026-12-01T00:00:00+01:00"},
    {"2026-11-24T12:00:00+01:00", 0, MONTH, "2026-12-01T00:00:00+01:00"},
    {"2026-11-30T23:59:59+01:00", DAY, DAY, "2026-12-01T00:00:00+01:00"},
    {"2026-12-31T23:59:59+01:00", DAY, MONTH, "2027-01-01T00:00:00+01:00"},
    {"2026-12-31T23:30:00+00:00", DAY, MONTH, "2027-02-01T00:00:00+01:00"},
    {"2028-02-10T12:00:00+01:00", DAY, MONTH, "2028-03-01T00:00:00+01:00"},
    {"2028-02-28T12:00:00+01:00", DAY, DAY, "2028-02-29T00:00:00+01:00"},
    /* The night of spring has 23 hours, that of autumn 25. */
    {"2027-03-27T12:00:00+01:00", DAY, DAY, "2027-03-28T00:00:00+01:00"},
    {"2027-03-28T01:59:59+01:00", DAY, DAY, "2027-03-29T00:00:00+02:00"},
    {"2027-03-28T03:00:00+02:00", DAY, DAY, "2027-03-29T00:00:00+02:00"},
    {"2027-10-31T02:30:00+02:00", DAY, DAY, "2027-11-01T00:00:00+01:00"},
    {"2027-10-31T02:30:00+01:00", DAY, MONTH, "2027-11-01T00:00:00+01:00"},
};

static void
test_turns (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (turns); i++) {
    gint64 now = lykta_test_moment (turns[i].now);
    LyktaSyncFacts facts = {
        .now = now,
        .last_attempt = now - 48 * HOUR,
        .last_confirmed = now - 48 * HOUR,
        .connection = PAID,
        .rules = LYKTA_SYNC_RULES_SPARING,
        .used_day = turns[i].used_day,
        .used_month = turns[i].used_month,
    };
    LyktaSyncDecision decision = lykta_sync_policy_decide (&facts);

    g_test_message ("%s", turns[i].now);
    g_assert_cmpint (decision.reason, ==, WHY (BUDGET));
    g_assert_cmpint (decision.not_before, ==, lykta_test_moment (turns[i].expected));
  }
}

/* A clock that was set back does not lock anything up: what was done "later" is done again. */
static void
test_clock_back (void)
{
  LyktaSyncFacts facts = {
      .connection = PAID,
      .rules = LYKTA_SYNC_RULES_SPARING,
      .last_attempt = NOW,
      .last_confirmed = NOW,
  };

  for (gint64 back = 0; back < 400 * 24 * HOUR; back = back * 3 + 61) {
    LyktaSyncDecision decision;

    facts.now = NOW - back;
    decision = lykta_sync_policy_decide (&facts);
    g_assert_cmpint (decision.reason, ==, back > 600 ? WHY (CLOCK) : WHY (FRESH));
    g_assert_cmpint (decision.not_before, <=, facts.now + 25 * HOUR);
  }
}

/* Two days a month apart, and what is fetched on each of them by itself: never more than was set.
 */
static void
test_month (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint run = 0; run < 200; run++) {
    LyktaSyncFacts facts = {.now = lykta_test_moment ("2027-03-01T00:00:00+01:00"),
                            .connection = PAID,
                            .rules = LYKTA_SYNC_RULES_SPARING,
                            .last_confirmed = 1,
                            .last_attempt = 1};
    gint64 end = lykta_test_moment ("2027-04-01T00:00:00+02:00");
    LyktaDate day = {0};

    while (facts.now < end) {
      LyktaSyncDecision decision = lykta_sync_policy_decide (&facts);
      LyktaDate today = lykta_date_of_moment (facts.now);
      gint64 cost = g_rand_int_range (rand, 5000, run % 2 == 0 ? 20000 : 200000);

      if (lykta_date_compare (day, today) != 0)
        facts.used_day = 0;
      day = today;
      if (!decision.refresh_now) {
        facts.now = decision.not_before;
        continue;
      }
      /* One that would be dearer costs the look alone. */
      cost = MIN (cost <= decision.allowance ? cost : CHECK, decision.allowance);
      facts.used_day += cost;
      facts.used_month += cost;
      facts.last_attempt = facts.last_confirmed = facts.now;
      facts.is_urgent = g_rand_boolean (rand);
      facts.jitter = g_rand_double (rand);
      g_assert_cmpint (facts.used_day, <=, DAY);
      g_assert_cmpint (facts.used_month, <=, MONTH);
    }
    /* And it does not sleep either. */
    g_assert_cmpint (facts.used_month, >, 30 * 5000);
  }
}

/* Whatever the facts, the answer is "now" or a moment that is neither past nor far away. */
static void
test_bounds (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 20000; i++) {
    LyktaSyncFacts facts = {
        .now = NOW,
        .last_attempt = NOW + g_rand_int_range (rand, -1000000, 1000000),
        .last_confirmed = g_rand_boolean (rand) ? 0 : NOW - g_rand_int_range (rand, 0, 1000000),
        .held_until = g_rand_boolean (rand) ? 0 : NOW + g_rand_int_range (rand, -20000, 14400),
        .failures = g_rand_boolean (rand) ? 0 : g_rand_int (rand),
        .connection = (LyktaConnection)g_rand_int_range (rand, 0, 4),
        .jitter = g_rand_double (rand),
        .is_local = g_rand_boolean (rand),
        .must_reread = g_rand_boolean (rand),
        .is_urgent = g_rand_boolean (rand),
        .pending = g_rand_boolean (rand) ? 0 : g_rand_int_range (rand, 1, G_MAXINT),
        .used_day = g_rand_int_range (rand, 0, 2 * DAY),
        .used_month = g_rand_int_range (rand, 0, 2 * MONTH),
        .rules = {g_rand_int_range (rand, 0, 2 * MONTH), g_rand_int_range (rand, 0, 2 * DAY), ASK,
                  g_rand_boolean (rand)},
    };
    LyktaSyncDecision decision = lykta_sync_policy_decide (&facts);

    if (decision.refresh_now)
      g_assert_cmpint (decision.not_before, ==, NOW);
    else
      g_assert_cmpint (decision.not_before, >, NOW);
    g_assert_cmpint (decision.refresh_now, ==, decision.scope != SCOPE (NOTHING));
    g_assert_cmpint (decision.refresh_now, ==, decision.allowance > 0);
    g_assert_cmpint (decision.not_before, <,
                     NOW + (decision.reason == WHY (BUDGET) ? 32 * 24 : 28) * HOUR);
  }
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/sync/policy/table", test_table);
  g_test_add_func ("/sync/policy/costs", test_costs);
  g_test_add_func ("/sync/policy/turns", test_turns);
  g_test_add_func ("/sync/policy/clock-back", test_clock_back);
  g_test_add_func ("/sync/policy/month", test_month);
  g_test_add_func ("/sync/policy/bounds", test_bounds);
  return g_test_run ();
}
