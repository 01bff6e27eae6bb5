/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/lykta-test.h"
#include "sync/lykta-sync-policy.h"

#define NOW         1800000000
#define HOUR        3600
#define NONE        LYKTA_CONNECTION_NONE
#define FREE        LYKTA_CONNECTION_UNMETERED
#define PAID        LYKTA_CONNECTION_METERED
#define HUH         LYKTA_CONNECTION_UNKNOWN
#define WHY(reason) LYKTA_SYNC_REASON_##reason

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
    decision = lykta_sync_policy_decide (&facts);
    g_test_message ("%s", cases[i].what);
    g_assert_cmpint (decision.reason, ==, cases[i].reason);
    g_assert_cmpint (decision.not_before - NOW, ==, cases[i].wait);
    g_assert_cmpint (decision.refresh_now, ==, cases[i].wait == 0);
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
    };
    LyktaSyncDecision decision = lykta_sync_policy_decide (&facts);

    if (decision.refresh_now)
      g_assert_cmpint (decision.not_before, ==, NOW);
    else
      g_assert_cmpint (decision.not_before, >, NOW);
    g_assert_cmpint (decision.not_before, <, NOW + 28 * HOUR);
  }
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/sync/policy/table", test_table);
  g_test_add_func ("/sync/policy/bounds", test_bounds);
  return g_test_run ();
}
