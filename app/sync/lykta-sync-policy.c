/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-sync-policy.h"

/* Clocks of machines that were off for long differ by some minutes without anything being wrong. */
#define CLOCK_TOLERANCE (10 * 60)

static LyktaSyncDecision
refresh (const LyktaSyncFacts *facts, LyktaSyncReason reason)
{
  return (LyktaSyncDecision){TRUE, facts->now, reason};
}

static LyktaSyncDecision
wait_until (const LyktaSyncFacts *facts, gint64 moment, LyktaSyncReason reason)
{
  return (LyktaSyncDecision){FALSE, MAX (moment, facts->now + 1), reason};
}

static gint64
back_off (const LyktaSyncFacts *facts)
{
  /* 2⁸ × the base is past the cap already; more would overflow in the end. */
  guint doublings = facts->has_new_network ? 0 : MIN (facts->failures - 1, 8);
  gint64 seconds = MIN ((gint64)LYKTA_SYNC_BACK_OFF_BASE << doublings, LYKTA_SYNC_BACK_OFF_CAP);

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
    seconds = LYKTA_SYNC_INTERVAL_METERED;
  else
    seconds = LYKTA_SYNC_INTERVAL_UNKNOWN;
  /* A tenth of spread, so that a thousand kiosks that start at eight do not ask at eleven. */
  return (gint64)((double)seconds * (1 + 0.1 * facts->jitter));
}

LyktaSyncDecision
lykta_sync_policy_decide (const LyktaSyncFacts *facts)
{
  gint64 due;

  g_return_val_if_fail (facts != NULL, ((LyktaSyncDecision){0}));

  if (facts->is_manual)
    return refresh (facts, LYKTA_SYNC_REASON_MANUAL);
  if (facts->connection == LYKTA_CONNECTION_NONE && !facts->is_offline)
    return wait_until (facts, facts->now + LYKTA_SYNC_OFFLINE_RECHECK, LYKTA_SYNC_REASON_OFFLINE);
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
  if (due > facts->now)
    return wait_until (facts, due, LYKTA_SYNC_REASON_FRESH);
  return refresh (facts, LYKTA_SYNC_REASON_DUE);
}
