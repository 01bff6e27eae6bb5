/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-recurrence.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-feed.h"

#define DAY_SECONDS 86400
/* 28 years bring every leap day and weekday around; the odd century is allowed for. */
#define POSSIBLE_YEARS 40

/* Parse lets no more through. */
#define MAX_TIMES 24

/* The days of one period (week, month, year) that a rule hits, as offsets from its first day. */
typedef struct {
  gint32 first; /* day number */
  guint length; /* days in the period */
  guint8 is_hit[372];
} Period;

typedef struct {
  const LyktaRule *rule;
  gint64 start_wall;
  gint32 start_day;
  LyktaDate start;
  guint n_times;
  gint32 times[MAX_TIMES]; /* seconds of the day, sorted */
  gint64 from, to, until;
  guint *steps;
  guint found; /* for COUNT */
  LyktaRuleFunc func;
  gpointer user_data;
} Walk;

static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

static guint
month_length (int year, int month)
{
  return g_date_get_days_in_month ((GDateMonth)month, (GDateYear)year);
}

static gboolean
is_month_day_hit (const LyktaRule *rule, guint day, guint length)
{
  return (rule->month_days & (1u << day)) != 0 ||
         (rule->last_days & (1u << (length - day + 1))) != 0;
}

static gboolean
has_month_days (const LyktaRule *rule)
{
  return (rule->month_days | rule->last_days) != 0;
}

static int
weekday_of (gint32 day_number)
{
  return (int)(((gint64)day_number + 3) % 7 + 7) % 7 + 1; /* 1970-01-01 was a Thursday */
}

/* Is the day that stands @index days into a span of @length days, on @weekday, among BYDAY? */
static gboolean
is_weekday_hit (const LyktaRule *rule, int weekday, guint index, guint length)
{
  int nth = (int)(index / 7) + 1;
  int last = -((int)((length - 1 - index) / 7) + 1);

  for (guint i = 0; i < rule->n_days; i++) {
    const LyktaRuleDay *day = &rule->days[i];
    if (day->weekday == weekday && (day->nth == 0 || day->nth == nth || day->nth == last))
      return TRUE;
  }
  return FALSE;
}

/* BYDAY where it only filters (beside BYMONTHDAY): the count of weekdays plays no part. */
static gboolean
is_weekday_named (const LyktaRule *rule, int weekday)
{
  for (guint i = 0; i < rule->n_days; i++) {
    if (rule->days[i].weekday == weekday)
      return TRUE;
  }
  return rule->n_days == 0;
}

static gboolean
is_month_hit (const LyktaRule *rule, int month)
{
  return rule->months == 0 || (rule->months & (1u << month)) != 0;
}

/* Marks what the rule hits in one month, at @offset into the period. */
static void
mark_month (const Walk *walk, Period *period, guint offset, int year, int month)
{
  const LyktaRule *rule = walk->rule;
  guint length = month_length (year, month);
  int weekday = weekday_of (period->first + (gint32)offset);

  for (guint day = 1; day <= length; day++, weekday = weekday % 7 + 1) {
    gboolean is_hit;
    if (has_month_days (rule))
      is_hit = is_month_day_hit (rule, day, length) && is_weekday_named (rule, weekday);
    else if (rule->n_days > 0)
      is_hit = is_weekday_hit (rule, weekday, day - 1, length);
    else
      is_hit = day == walk->start.day;
    period->is_hit[offset + day - 1] = is_hit;
  }
}

static gboolean
is_year_day_hit (const LyktaRule *rule, guint day, guint length)
{
  guint last = length - day + 1;

  return (rule->year_days[day / 64] >> (day % 64) & 1) != 0 ||
         (rule->last_year_days[last / 64] >> (last % 64) & 1) != 0;
}

/* BYYEARDAY, with everything else only filtering. */
static void
mark_year_days (const LyktaRule *rule, Period *period)
{
  int weekday = weekday_of (period->first);

  for (guint i = 0; i < period->length; i++, weekday = weekday % 7 + 1) {
    LyktaDate date;
    if (!is_year_day_hit (rule, i + 1, period->length) || !is_weekday_named (rule, weekday))
      continue;
    date = lykta_date_from_day_number (period->first + (gint32)i);
    period->is_hit[i] = is_month_hit (rule, date.month) &&
                        (!has_month_days (rule) ||
                         is_month_day_hit (rule, date.day, month_length (date.year, date.month)));
  }
}

/* First day of week 1: the first week with at least four days in @year. */
static gint32
first_week (const LyktaRule *rule, int year)
{
  gint32 fourth = lykta_date_to_day_number ((LyktaDate){(gint16)year, 1, 4});

  return fourth - (weekday_of (fourth) - rule->week_start + 7) % 7;
}

/* BYWEEKNO: the period is the year of weeks, which may begin and end some days beside the year. */
static void
mark_weeks (const Walk *walk, Period *period, int year)
{
  const LyktaRule *rule = walk->rule;
  guint n_weeks;

  period->first = first_week (rule, year);
  period->length = (guint)(first_week (rule, year + 1) - period->first);
  memset (period->is_hit, 0, period->length);
  n_weeks = period->length / 7;
  for (guint i = 0; i < period->length; i++) {
    guint week = i / 7 + 1;
    int weekday = weekday_of (period->first + (gint32)i);
    gboolean is_hit =
        (rule->weeks >> week & 1) != 0 || (rule->last_weeks >> (n_weeks - week + 1) & 1) != 0;
    if (!is_hit || (rule->n_days > 0 ? !is_weekday_named (rule, weekday)
                                     : weekday != weekday_of (walk->start_day)))
      continue;
    period->is_hit[i] =
        rule->months == 0 ||
        is_month_hit (rule, lykta_date_from_day_number (period->first + (gint32)i).month);
  }
}

static void
mark_year (const Walk *walk, Period *period, int year)
{
  const LyktaRule *rule = walk->rule;
  gboolean is_by_year_week = rule->n_days > 0 && rule->months == 0 && !has_month_days (rule);
  gboolean is_plain = rule->n_days == 0 && rule->months == 0 && !has_month_days (rule);
  guint offset = 0;

  if (rule->has_year_days) {
    mark_year_days (rule, period);
    return;
  }
  if (is_by_year_week) {
    int weekday = weekday_of (period->first);
    for (guint i = 0; i < period->length; i++, weekday = weekday % 7 + 1)
      period->is_hit[i] = is_weekday_hit (rule, weekday, i, period->length);
    return;
  }
  for (int month = 1; month <= 12; month++) {
    if (is_plain ? month == walk->start.month : is_month_hit (rule, month))
      mark_month (walk, period, offset, year, month);
    offset += month_length (year, month);
  }
}

static void
mark_week (const Walk *walk, Period *period)
{
  const LyktaRule *rule = walk->rule;

  for (guint i = 0; i < 7; i++) {
    gint32 day = period->first + (gint32)i;
    int weekday = weekday_of (day);
    gboolean is_hit = rule->n_days > 0 ? is_weekday_named (rule, weekday)
                                       : weekday == weekday_of (walk->start_day);
    period->is_hit[i] = is_hit && (rule->months == 0 ||
                                   is_month_hit (rule, lykta_date_from_day_number (day).month));
  }
}

static gboolean
is_single_day_hit (const LyktaRule *rule, gint32 day)
{
  LyktaDate date;

  if (!is_weekday_named (rule, weekday_of (day)))
    return FALSE;
  if (rule->months == 0 && !has_month_days (rule))
    return TRUE;
  date = lykta_date_from_day_number (day);
  return is_month_hit (rule, date.month) &&
         (!has_month_days (rule) ||
          is_month_day_hit (rule, date.day, month_length (date.year, date.month)));
}

/* Keeps only the positions that BYSETPOS names. */
static void
choose_positions (const LyktaRule *rule, Period *period)
{
  guint total = 0, index = 0;

  for (guint i = 0; i < period->length; i++)
    total += period->is_hit[i];
  for (guint i = 0; i < period->length; i++) {
    gboolean is_chosen = FALSE;
    if (!period->is_hit[i])
      continue;
    index++;
    for (guint k = 0; k < rule->n_positions; k++) {
      int position = rule->positions[k];
      is_chosen |= position > 0 ? index == (guint)position : total - index + 1 == (guint)-position;
    }
    period->is_hit[i] = is_chosen;
  }
}

static gboolean
month_of_index (gint64 index, int *year, int *month)
{
  *year = (int)floor_div (index, 12);
  *month = (int)(index - (gint64)*year * 12) + 1;
  return *year >= 1 && *year <= 9999;
}

/* Fills @period with the @k-th period; FALSE beyond the calendar. */
static gboolean
make_period (const Walk *walk, gint64 k, Period *period)
{
  const LyktaRule *rule = walk->rule;
  int year, month;

  switch (rule->frequency) {
  case LYKTA_FREQUENCY_DAILY:
    period->first = walk->start_day + (gint32)(k * rule->interval);
    period->length = 1;
    period->is_hit[0] = is_single_day_hit (rule, period->first);
    break;
  case LYKTA_FREQUENCY_WEEKLY:
    period->first = walk->start_day - (weekday_of (walk->start_day) - rule->week_start + 7) % 7 +
                    (gint32)(k * rule->interval * 7);
    period->length = 7;
    mark_week (walk, period);
    break;
  case LYKTA_FREQUENCY_MONTHLY:
    if (!month_of_index (walk->start.year * 12 + walk->start.month - 1 + k * rule->interval, &year,
                         &month))
      return FALSE;
    period->first = lykta_date_to_day_number ((LyktaDate){(gint16)year, (guint8)month, 1});
    period->length = month_length (year, month);
    memset (period->is_hit, 0, period->length);
    if (is_month_hit (rule, month))
      mark_month (walk, period, 0, year, month);
    break;
  case LYKTA_FREQUENCY_YEARLY:
  default:
    year = (int)(walk->start.year + k * rule->interval);
    if (year < 1 || year > 9999)
      return FALSE;
    period->first = lykta_date_to_day_number ((LyktaDate){(gint16)year, 1, 1});
    period->length = g_date_is_leap_year ((GDateYear)year) ? 366 : 365;
    memset (period->is_hit, 0, period->length);
    if ((rule->weeks | rule->last_weeks) != 0)
      mark_weeks (walk, period, year);
    else
      mark_year (walk, period, year);
    break;
  }
  if (rule->n_positions > 0)
    choose_positions (rule, period);
  return TRUE;
}

/* The last period that begins at or before @day, so that old series need not be walked through. */
static gint64
period_before (const Walk *walk, gint32 day)
{
  const LyktaRule *rule = walk->rule;
  LyktaDate date = lykta_date_from_day_number (day);
  gint64 k;

  switch (rule->frequency) {
  case LYKTA_FREQUENCY_DAILY:
    k = ((gint64)day - walk->start_day) / rule->interval;
    break;
  case LYKTA_FREQUENCY_WEEKLY:
    k = ((gint64)day - walk->start_day) / 7 / rule->interval - 1;
    break;
  case LYKTA_FREQUENCY_MONTHLY:
    k = ((gint64)(date.year - walk->start.year) * 12 + date.month - walk->start.month) /
        rule->interval;
    break;
  case LYKTA_FREQUENCY_YEARLY:
  default:
    k = (date.year - walk->start.year) / (gint64)rule->interval;
    break;
  }
  return MAX (0, k - 1);
}

static gboolean
spend (Walk *walk, GError **error)
{
  if (*walk->steps == 0) {
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_LIMIT, "a rule needs more than %d steps",
                 LYKTA_LIMIT_RECURRENCE_STEPS);
    return FALSE;
  }
  (*walk->steps)--;
  return TRUE;
}

/* One date that the rule hits. TRUE: go on. FALSE with @is_over: the end was reached in good order.
 */
static gboolean
walk_date (Walk *walk, gint64 wall, gboolean *is_over, GError **error)
{
  *is_over = wall > walk->until || wall >= walk->to ||
             (walk->rule->count > 0 && walk->found == walk->rule->count);
  if (*is_over || !spend (walk, error))
    return FALSE;
  walk->found++;
  if (wall >= walk->from && !walk->func (wall, walk->user_data))
    *is_over = TRUE;
  return !*is_over;
}

static gboolean
walk_period (Walk *walk, const Period *period, gboolean *is_over, GError **error)
{
  for (guint i = 0; i < period->length; i++) {
    gint32 day = period->first + (gint32)i;
    if (!period->is_hit[i] || day < walk->start_day)
      continue;
    for (guint k = 0; k < walk->n_times; k++) {
      gint64 wall = (gint64)day * DAY_SECONDS + walk->times[k];
      if (wall >= walk->start_wall && !walk_date (walk, wall, is_over, error))
        return FALSE;
    }
  }
  return TRUE;
}

/* The times of each day, in order: those of BYHOUR, BYMINUTE, BYSECOND, else that of the start. */
static void
list_times (Walk *walk, gint32 second)
{
  const LyktaRule *rule = walk->rule;
  guint32 hours = rule->hours != 0 ? rule->hours : 1u << (second / 3600);
  guint64 minutes =
      rule->minutes != 0 ? rule->minutes : G_GUINT64_CONSTANT (1) << (second / 60 % 60);
  guint64 seconds = rule->seconds != 0 ? rule->seconds : G_GUINT64_CONSTANT (1) << (second % 60);

  for (gint32 at = 0; hours != 0 && at < 24; at++) {
    for (gint32 m = 0; (hours >> at & 1) != 0 && m < 60; m++) {
      for (gint32 s = 0; (minutes >> m & 1) != 0 && s < 60; s++) {
        if ((seconds >> s & 1) != 0 && walk->n_times < MAX_TIMES)
          walk->times[walk->n_times++] = at * 3600 + m * 60 + s;
      }
    }
  }
}

gboolean
lykta_rule_expand (const LyktaRule *rule,
                   gint64 start,
                   gint64 from,
                   gint64 to,
                   gint64 until,
                   guint *steps,
                   LyktaRuleFunc func,
                   gpointer user_data,
                   GError **error)
{
  Walk walk = {.rule = rule,
               .start_wall = start,
               .from = from,
               .to = to,
               .until = until,
               .steps = steps,
               .func = func,
               .user_data = user_data};
  gint64 last = MIN (to, until);
  gboolean is_over = FALSE;

  g_return_val_if_fail (rule != NULL && steps != NULL && func != NULL, FALSE);
  walk.start_day = (gint32)floor_div (start, DAY_SECONDS);
  walk.start = lykta_date_from_day_number (walk.start_day);
  list_times (&walk, (gint32)(start - (gint64)walk.start_day * DAY_SECONDS));

  for (gint64 k = rule->count == 0 && from > start
                      ? period_before (&walk, (gint32)floor_div (from, DAY_SECONDS))
                      : 0;
       ; k++) {
    Period period;
    if (!make_period (&walk, k, &period) || (gint64)period.first * DAY_SECONDS > last)
      return TRUE;
    if (!spend (&walk, error))
      return FALSE;
    if (!walk_period (&walk, &period, &is_over, error))
      return is_over;
  }
}

static gboolean
on_any_date (gint64 wall, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return FALSE;
}

/* Is there a month among those named that is long enough for a day that is named? Tells "30
 * February" without looking for it. */
static gboolean
has_day_in_some_month (const LyktaRule *rule)
{
  for (int month = 1; has_month_days (rule) && month <= 12; month++) {
    guint32 days = rule->month_days | rule->last_days;
    if (is_month_hit (rule, month) && (days & ((2u << month_length (2000, month)) - 2)) != 0)
      return TRUE;
  }
  return !has_month_days (rule);
}

gboolean
lykta_rule_is_possible (const LyktaRule *rule, gint64 start)
{
  LyktaRule days = *rule;
  guint steps = LYKTA_LIMIT_RECURRENCE_STEPS;
  gboolean is_found = FALSE;
  gint64 years;

  g_return_val_if_fail (rule != NULL, FALSE);
  days.count = 0;
  if (!has_day_in_some_month (rule))
    return FALSE;
  years = rule->frequency == LYKTA_FREQUENCY_YEARLY ? POSSIBLE_YEARS * (gint64)rule->interval
                                                    : POSSIBLE_YEARS;
  years = MIN (years, 2000);
  lykta_rule_expand (&days, start, start, start + years * 366 * DAY_SECONDS, G_MAXINT64, &steps,
                     on_any_date, &is_found, NULL);
  return is_found;
}
