/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-sync-policy.h"

#include "base/lykta-civil-time.h"

/* Clocks of machines that were off for long differ by some minutes without anything being wrong. */
#define CLOCK_TOLERANCE (10 * 60)
/* A new budget is not begun by everybody at midnight. */
#define BUDGET_SPREAD (60 * 60)

static LyktaSyncDecision
refresh (const LyktaSyncFacts *facts, LyktaSyncReason reason)
{
  return (LyktaSyncDecision){TRUE, facts->now, reason, LYKTA_SYNC_SCOPE_FULL, LYKTA_SYNC_NO_LIMIT};
}

static LyktaSyncDecision
wait_until (const LyktaSyncFacts *facts, gint64 moment, LyktaSyncReason reason)
{
  return (LyktaSyncDecision){FALSE, MAX (moment, facts->now + 1), reason, LYKTA_SYNC_SCOPE_NOTHING,
                             0};
}

static gboolean
is_metered (const LyktaSyncFacts *facts)
{
  return !facts->is_offline && facts->connection == LYKTA_CONNECTION_METERED;
}

/* ---- when ---- */

static gint64
back_off (const LyktaSyncFacts *facts)
{
  /* 2⁸ × the base is past the cap already; more would overflow in the end. */
  guint doublings = facts->has_new_network ? 0 : MIN (facts->failures - 1, 8);
  gint64 seconds = MIN ((gint64)LYKTA_SYNC_BACK_OFF_BASE << doublings, LYKTA_SYNC_BACK_OFF_CAP);

  if (is_metered (facts))
    seconds = MAX (seconds, LYKTA_SYNC_BACK_OFF_METERED);
  return (gint64)((double)seconds * (0.75 + 0.5 * facts->jitter));
}

static gint64
interval (const LyktaSyncFacts *facts)
{
  gint64 seconds;

  if (facts->is_local)
    return LYKTA_SYNC_INTERVAL_LOCAL;
  if (facts->is_offline || facts->connection == LYKTA_CONNECTION_UNMETERED)
    seconds = LYKTA_SYNC_INTERVAL_UNMETERED;
  else if (facts->connection == LYKTA_CONNECTION_METERED)
    seconds = facts->is_urgent ? LYKTA_SYNC_INTERVAL_URGENT : LYKTA_SYNC_INTERVAL_METERED;
  else
    seconds = LYKTA_SYNC_INTERVAL_UNKNOWN;
  /* A tenth of spread, so that a thousand kiosks that start at eight do not ask at eleven. */
  return (gint64)((double)seconds * (1 + 0.1 * facts->jitter));
}

static LyktaSyncDecision
decide_when (const LyktaSyncFacts *facts)
{
  gint64 due;

  if (facts->last_attempt > facts->now + CLOCK_TOLERANCE)
    return refresh (facts, LYKTA_SYNC_REASON_CLOCK);
  if (facts->failures > 0) {
    due = facts->last_attempt + back_off (facts);
    if (facts->held_until > MAX (due, facts->now))
      return wait_until (facts, facts->held_until, LYKTA_SYNC_REASON_HELD);
    if (due > facts->now)
      return wait_until (facts, due, LYKTA_SYNC_REASON_BACK_OFF);
    return refresh (facts, LYKTA_SYNC_REASON_DUE);
  }
  if (facts->last_confirmed == 0)
    return refresh (facts, LYKTA_SYNC_REASON_NEVER_READ);
  if (facts->must_reread)
    return refresh (facts, LYKTA_SYNC_REASON_REREAD);
  due = facts->last_attempt + interval (facts);
  /* News that waited for a line that costs nothing, or for a new budget. */
  if (due > facts->now && facts->pending == 0)
    return wait_until (facts, due, LYKTA_SYNC_REASON_FRESH);
  return refresh (facts, LYKTA_SYNC_REASON_DUE);
}

/* ---- for how much ---- */

static gint64
left_of (gint64 budget, gint64 used)
{
  if (budget == LYKTA_SYNC_NO_LIMIT)
    return LYKTA_SYNC_NO_LIMIT;
  return used >= budget ? 0 : budget - MAX (used, 0);
}

/* Of the month's budget; without one there is nothing to keep back. */
static gint64
reserve_of (const LyktaSyncFacts *facts)
{
  gint64 month = MAX (facts->rules.month_budget, 0);

  return month == LYKTA_SYNC_NO_LIMIT ? 0 : month / 100 * LYKTA_SYNC_RESERVE_PERCENT;
}

/* The day on which there is something to spend again: tomorrow, unless the month is the one that is
 * out. */
static gint64
next_budget (const LyktaSyncFacts *facts, gint64 left_month)
{
  LyktaDate today = lykta_date_of_moment (facts->now);
  LyktaDate first = {today.year, today.month, 1};
  LyktaDate day = left_month < LYKTA_SYNC_CHECK_BYTES ? lykta_date_add_months (first, 1)
                                                      : lykta_date_add_days (today, 1);

  return lykta_date_start (day) + (gint64)(BUDGET_SPREAD * facts->jitter);
}

/* An earlier look found that it costs more than may be spent: no second look before the next turn.
 */
static LyktaSyncDecision
wait_for_consent (const LyktaSyncFacts *facts)
{
  return wait_until (facts, facts->last_attempt + LYKTA_SYNC_ASK_RECHECK,
                     LYKTA_SYNC_REASON_CONSENT);
}

static gboolean
waits_for_consent (const LyktaSyncFacts *facts, gint64 allowance)
{
  return facts->pending > allowance && facts->last_attempt <= facts->now &&
         facts->last_attempt + LYKTA_SYNC_ASK_RECHECK > facts->now;
}

/* The first reading is what somebody named the address for; it counts as asked for, up to what
 * nobody spends without asking. */
static LyktaSyncDecision
limit_to_asking (const LyktaSyncFacts *facts, LyktaSyncDecision decision)
{
  if (waits_for_consent (facts, facts->rules.ask_above))
    return wait_for_consent (facts);
  decision.allowance = MAX (facts->rules.ask_above, 0);
  return decision;
}

static LyktaSyncDecision
limit_to_budget (const LyktaSyncFacts *facts, LyktaSyncDecision decision)
{
  gint64 left_month = left_of (facts->rules.month_budget, facts->used_month);
  gint64 left = MIN (left_month, left_of (facts->rules.day_budget, facts->used_day));
  gint64 reserve = reserve_of (facts);

  decision.scope = LYKTA_SYNC_SCOPE_CHANGES;
  if (left_month != LYKTA_SYNC_NO_LIMIT) {
    if (!facts->is_urgent) {
      left_month = MAX (left_month - reserve, 0);
      left = MIN (left, left_month);
    } else if (left_month <= reserve) {
      decision.scope = LYKTA_SYNC_SCOPE_URGENT;
    }
  }
  if (left < LYKTA_SYNC_CHECK_BYTES)
    return wait_until (facts, next_budget (facts, left_month), LYKTA_SYNC_REASON_BUDGET);
  decision.allowance = MIN (left, MAX (facts->rules.ask_above, 0));
  if (waits_for_consent (facts, decision.allowance))
    return wait_for_consent (facts);
  return decision;
}

LyktaSyncDecision
lykta_sync_policy_decide (const LyktaSyncFacts *facts)
{
  LyktaSyncDecision decision;

  g_return_val_if_fail (facts != NULL, ((LyktaSyncDecision){0}));

  if (facts->is_manual)
    return refresh (facts, LYKTA_SYNC_REASON_MANUAL);
  if (facts->connection == LYKTA_CONNECTION_NONE && !facts->is_offline)
    return wait_until (facts, facts->now + LYKTA_SYNC_OFFLINE_RECHECK, LYKTA_SYNC_REASON_OFFLINE);
  if (facts->rules.is_ask_only && !facts->is_offline)
    return wait_until (facts, facts->now + LYKTA_SYNC_ASK_RECHECK, LYKTA_SYNC_REASON_ASK_ONLY);
  decision = decide_when (facts);
  if (!decision.refresh_now || facts->is_offline || facts->connection == LYKTA_CONNECTION_UNMETERED)
    return decision;
  if (facts->last_confirmed == 0 || !is_metered (facts))
    return limit_to_asking (facts, decision);
  return limit_to_budget (facts, decision);
}
