/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-occurrences.h"

#include "base/lykta-limits.h"
#include "feed/lykta-feed.h"
#include "feed/lykta-recurrence.h"
#include "feed/lykta-zone.h"

#define DAY_SECONDS 86400

typedef struct {
  LyktaActivity *activity;
  LyktaSchedule *schedule;
  LyktaZone *zone; /* (owned) */
  gint64 start;    /* wall-clock seconds */
  gint64 duration;
  gint64 from, to;
  const gint64 *exceptions;
  guint n_exceptions;
  GArray *out; /* LyktaOccurrence */
  guint first; /* index in @out of the first one that is ours */
  guint steps;
  gboolean is_full;
} Expansion;

static gboolean
is_excepted (const Expansion *expansion, gint64 moment)
{
  guint low = 0, high = expansion->n_exceptions;

  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (expansion->exceptions[middle] == moment)
      return TRUE;
    if (expansion->exceptions[middle] < moment)
      low = middle + 1;
    else
      high = middle;
  }
  return FALSE;
}

static gboolean
is_in_window (const Expansion *expansion, gint64 start, gint64 end)
{
  return start < expansion->to &&
         (end > expansion->from || (end == start && start >= expansion->from));
}

static void
put (Expansion *expansion, const LyktaOccurrence *occurrence)
{
  if (!is_in_window (expansion, occurrence->start, occurrence->end))
    return;
  if (expansion->out->len - expansion->first == LYKTA_LIMIT_OCCURRENCES) {
    expansion->is_full = TRUE;
    return;
  }
  g_array_append_val (expansion->out, *occurrence);
}

/* A date that is like the rest of the series. */
static void
put_regular (Expansion *expansion, gint64 wall)
{
  LyktaOccurrence occurrence = {0};
  gint64 start = lykta_zone_to_moment (expansion->zone, wall);

  if (is_excepted (expansion, start) ||
      lykta_schedule_find_override (expansion->schedule, start) != NULL)
    return;
  occurrence.start = start;
  occurrence.end = MAX (start, lykta_zone_to_moment (expansion->zone, wall + expansion->duration));
  occurrence.original_start = start;
  occurrence.status = lykta_activity_get_status (expansion->activity);
  occurrence.audience = lykta_activity_get_audience (expansion->activity);
  occurrence.attendance = lykta_activity_get_attendance (expansion->activity);
  occurrence.is_all_day = lykta_schedule_is_all_day (expansion->schedule);
  put (expansion, &occurrence);
}

static void
put_override (Expansion *expansion, const LyktaOverride *override)
{
  LyktaActivity *activity = expansion->activity;
  LyktaOccurrence occurrence = {0};

  /* Taken out and cancelled say the same; taken out and moved means moved. */
  if (override->status == LYKTA_STATUS_CANCELLED &&
      is_excepted (expansion, override->original_start))
    return;
  occurrence.start = override->start;
  occurrence.end = MAX (override->start, override->end);
  occurrence.original_start = override->original_start;
  occurrence.status = lykta_activity_get_status (activity) == LYKTA_STATUS_CANCELLED
                          ? LYKTA_STATUS_CANCELLED
                          : override->status;
  occurrence.audience = override->audience != LYKTA_AUDIENCE_UNKNOWN
                            ? override->audience
                            : lykta_activity_get_audience (activity);
  occurrence.attendance = override->attendance != LYKTA_ATTENDANCE_UNKNOWN
                              ? override->attendance
                              : lykta_activity_get_attendance (activity);
  occurrence.is_all_day = lykta_schedule_is_all_day (expansion->schedule);
  put (expansion, &occurrence);
}

static gboolean
on_date (gint64 wall, gpointer user_data)
{
  Expansion *expansion = user_data;

  put_regular (expansion, wall);
  return !expansion->is_full;
}

/* Until when the rule goes, as wall-clock seconds of the series. */
static gint64
last_of (const Expansion *expansion, const LyktaRule *rule)
{
  gint64 until = rule->until;

  if (!rule->has_until)
    return G_MAXINT64;
  if (rule->is_until_utc && !rule->is_until_date)
    until = lykta_zone_to_wall (expansion->zone, until);
  /* A day means all of it; and a series of days is ended by the day of the moment. */
  if (rule->is_until_date || lykta_schedule_is_all_day (expansion->schedule))
    until = until - ((until % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS + DAY_SECONDS - 1;
  return until;
}

static gboolean
put_rule (Expansion *expansion, const char *text, GError **error)
{
  LyktaRule rule;
  gint64 from, to;

  if (!lykta_rule_parse (text, &rule, error))
    return FALSE;
  /* A day more on either side than any offset can be. */
  from = expansion->from > G_MININT64 / 2 ? expansion->from - expansion->duration - 2 * DAY_SECONDS
                                          : G_MININT64 / 2;
  to = expansion->to < G_MAXINT64 / 2 ? expansion->to + 2 * DAY_SECONDS : G_MAXINT64 / 2;
  return lykta_rule_expand (&rule, expansion->start, from, to, last_of (expansion, &rule),
                            &expansion->steps, on_date, expansion, error);
}

static gint
compare_occurrences (gconstpointer a, gconstpointer b)
{
  const LyktaOccurrence *x = a, *y = b;

  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  return x->original_start < y->original_start ? -1 : x->original_start > y->original_start;
}

/* Sorts what is ours and takes out doubles: the same date by two rules is one date. */
static void
put_in_order (Expansion *expansion)
{
  LyktaOccurrence *all = (LyktaOccurrence *)expansion->out->data;
  guint n = expansion->out->len, kept = expansion->first;

  if (n == expansion->first)
    return;
  qsort (all + expansion->first, n - expansion->first, sizeof *all, compare_occurrences);
  for (guint i = expansion->first; i < n; i++) {
    if (i == expansion->first || all[i].start != all[kept - 1].start ||
        all[i].original_start != all[kept - 1].original_start)
      all[kept++] = all[i];
  }
  g_array_set_size (expansion->out, kept);
}

static void
put_single_dates (Expansion *expansion)
{
  LyktaSchedule *schedule = expansion->schedule;
  guint n;
  const gint64 *dates = lykta_schedule_get_dates (schedule, &n);

  if (lykta_schedule_get_n_rules (schedule) == 0)
    put_regular (expansion, expansion->start);
  for (guint i = 0; i < n; i++)
    put_regular (expansion, lykta_zone_to_wall (expansion->zone, dates[i]));
  for (guint i = 0; i < lykta_schedule_get_n_overrides (schedule); i++)
    put_override (expansion, lykta_schedule_get_override (schedule, i));
}

gboolean
lykta_expand_occurrences (
    LyktaActivity *activity, gint64 from, gint64 to, GArray *out, GError **error)
{
  Expansion expansion = {.activity = activity, .from = from, .to = to, .out = out};
  g_autoptr (LyktaZone) zone = NULL;
  gboolean is_ok = TRUE;
  int hour, minute, second;

  g_return_val_if_fail (LYKTA_IS_ACTIVITY (activity), FALSE);
  g_return_val_if_fail (out != NULL, FALSE);
  expansion.schedule = lykta_activity_get_schedule (activity);
  zone = lykta_zone_new (lykta_schedule_get_zone_id (expansion.schedule));
  expansion.zone = zone = zone != NULL ? zone : lykta_zone_new (NULL);
  lykta_schedule_get_time (expansion.schedule, &hour, &minute, &second);
  expansion.start =
      lykta_wall_from_date (lykta_schedule_get_date (expansion.schedule), hour, minute, second);
  expansion.duration = lykta_schedule_get_duration (expansion.schedule);
  expansion.exceptions =
      lykta_schedule_get_exceptions (expansion.schedule, &expansion.n_exceptions);
  expansion.first = out->len;
  expansion.steps = LYKTA_LIMIT_RECURRENCE_STEPS;

  put_single_dates (&expansion);
  for (guint i = 0; is_ok && i < lykta_schedule_get_n_rules (expansion.schedule); i++)
    is_ok = put_rule (&expansion, lykta_schedule_get_rule (expansion.schedule, i), error);
  put_in_order (&expansion);
  if (is_ok && expansion.is_full) {
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_LIMIT,
                 "“%s” has more than %d dates in the period", lykta_activity_get_uid (activity),
                 LYKTA_LIMIT_OCCURRENCES);
    return FALSE;
  }
  return is_ok;
}
