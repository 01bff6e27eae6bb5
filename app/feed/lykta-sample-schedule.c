/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-feed"

#include "feed/lykta-sample-schedule.h"

#include <string.h>

#define DAYS_PER_WEEK   7
#define SECONDS_PER_DAY 86400
/* A series that has gone on for long begins this many days ago: monthly ones need a whole month. */
#define MONTHLY_DAYS_BACK 63

/* What one row says, understood. */
typedef struct {
  LyktaDate monday;               /* of the week of the first date */
  guint8 weekdays[DAYS_PER_WEEK]; /* 0 Monday … 6 Sunday, in order */
  guint n_weekdays;
  int hour;
  int minute;
  gboolean is_all_day;
  gint64 duration;
  int first;
  int weeks;    /* 0: no end */
  int interval; /* in weeks */
  gboolean has_pause;
} Plan;

static const char *const weekday_names[DAYS_PER_WEEK + 1] = {"MO", "TU", "WE", "TH",
                                                             "FR", "SA", "SU", NULL};

LyktaDate
lykta_sample_monday (gint64 now)
{
  const LyktaDate today = lykta_date_of_moment (now);

  return lykta_date_add_days (today, 1 - lykta_date_weekday (today));
}

/* Easter Sunday of the Gregorian calendar (the anonymous rule of 1876). */
static LyktaDate
easter_sunday (int year)
{
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
  const int f = (a + 11 * d + 22 * e) / 451;
  const int month = (d + e - 7 * f + 114) / 31;

  return (LyktaDate){.year = (gint16)year,
                     .month = (guint8)month,
                     .day = (guint8)((d + e - 7 * f + 114) % 31 + 1)};
}

/* ISO week: the week of the year's first Thursday is number 1. */
static int
week_number (LyktaDate date)
{
  const LyktaDate thursday = lykta_date_add_days (date, 4 - lykta_date_weekday (date));
  const LyktaDate new_year = {.year = thursday.year, .month = 1, .day = 1};

  return (lykta_date_to_day_number (thursday) - lykta_date_to_day_number (new_year)) /
             DAYS_PER_WEEK +
         1;
}

gboolean
lykta_sample_is_school_holiday (LyktaDate date)
{
  const gint32 to_easter =
      lykta_date_to_day_number (easter_sunday (date.year)) - lykta_date_to_day_number (date);
  const int week = week_number (date);

  if ((date.month == 12 && date.day >= 21) || (date.month == 1 && date.day <= 6))
    return TRUE;
  /* The week before Easter, and Easter Monday. */
  if (to_easter >= -1 && to_easter <= 6)
    return TRUE;
  /* Winter holiday (as in Stockholm), the three weeks when Sweden is closed, autumn holiday. */
  return week == 9 || (week >= 28 && week <= 30) || week == 44;
}

static gboolean
read_time (const char *text, int *hour, int *minute)
{
  if (text == NULL || strlen (text) != 5 || text[2] != ':' || strspn (text, "0123456789:") != 5)
    return FALSE;
  *hour = (text[0] - '0') * 10 + text[1] - '0';
  *minute = (text[3] - '0') * 10 + text[4] - '0';
  return *hour < 24 && *minute < 60;
}

static int
weekday_index (const char *name)
{
  for (int i = 0; i < DAYS_PER_WEEK; i++)
    if (strcmp (weekday_names[i], name) == 0)
      return i;
  return -1;
}

static gboolean
read_plan (LyktaSampleTable *activities, guint row, gint64 now, Plan *plan, GError **error)
{
  g_auto (GStrv) days = lykta_sample_table_get_words (activities, row, "days");
  const char *time = lykta_sample_table_get (activities, row, "time");
  const char *pattern = lykta_sample_table_get (activities, row, "pattern");

  *plan = (Plan){.is_all_day = time == NULL, .interval = 1};
  for (guint i = 0; days[i] != NULL; i++) {
    /* Monthly days have their number before the name. */
    const char *name = days[i] + strspn (days[i], "-0123456789");
    const int weekday = weekday_index (name);
    if (weekday < 0 || plan->n_weekdays == DAYS_PER_WEEK)
      return lykta_sample_table_fail (activities, row, "weekdays like \"MO TH\"", error);
    plan->weekdays[plan->n_weekdays++] = (guint8)weekday;
  }
  if (plan->n_weekdays == 0)
    return lykta_sample_table_fail (activities, row, "a weekday", error);
  if (!plan->is_all_day && !read_time (time, &plan->hour, &plan->minute))
    return lykta_sample_table_fail (activities, row, "a time like 18:00", error);
  plan->duration = plan->is_all_day
                       ? SECONDS_PER_DAY
                       : lykta_sample_table_get_int (activities, row, "minutes", 60) * 60;
  plan->first = lykta_sample_table_get_int (activities, row, "first", 0);
  plan->weeks = lykta_sample_table_get_int (activities, row, "weeks", 0);
  plan->has_pause = lykta_sample_table_get (activities, row, "pause") != NULL;
  if (g_strcmp0 (pattern, "fortnightly") == 0)
    plan->interval = 2;
  plan->monday = lykta_date_add_days (lykta_sample_monday (now), plan->first * DAYS_PER_WEEK);
  return TRUE;
}

static LyktaDate
plan_date (const Plan *plan, int week, guint weekday)
{
  return lykta_date_add_days (plan->monday, week * DAYS_PER_WEEK + plan->weekdays[weekday]);
}

static gint64
plan_moment (const Plan *plan, LyktaDate date, int hour, int minute)
{
  return lykta_wall_to_moment (lykta_stockholm (), date, plan->is_all_day ? 0 : hour,
                               plan->is_all_day ? 0 : minute, 0);
}

static LyktaScheduleBuilder *
begin_at (const Plan *plan, LyktaDate date)
{
  return lykta_schedule_builder_new (NULL, date, plan->hour, plan->minute, 0, plan->is_all_day,
                                     plan->duration);
}

static LyktaScheduleBuilder *
begin_weekly (LyktaSampleTable *activities, guint row, const Plan *plan)
{
  LyktaScheduleBuilder *builder = begin_at (plan, plan_date (plan, 0, 0));
  g_auto (GStrv) days = lykta_sample_table_get_words (activities, row, "days");
  g_autofree char *by_day = g_strjoinv (",", days);
  g_autoptr (GString) rule = g_string_new ("FREQ=WEEKLY");

  if (plan->interval > 1)
    g_string_append_printf (rule, ";INTERVAL=%d", plan->interval);
  if (plan->weeks > 0)
    g_string_append_printf (rule, ";COUNT=%d", plan->weeks * (int)plan->n_weekdays);
  g_string_append_printf (rule, ";BYDAY=%s", by_day);
  lykta_schedule_builder_add_rule (builder, rule->str);

  for (int week = 0; plan->has_pause && week < plan->weeks * plan->interval; week += plan->interval)
    for (guint i = 0; i < plan->n_weekdays; i++) {
      const LyktaDate date = plan_date (plan, week, i);
      if (lykta_sample_is_school_holiday (date))
        lykta_schedule_builder_add_exception (builder,
                                              plan_moment (plan, date, plan->hour, plan->minute));
    }
  return builder;
}

/* The nth weekday of a month, for "2TU": the first one at least two months ago. */
static LyktaScheduleBuilder *
begin_monthly (LyktaSampleTable *activities, guint row, gint64 now, const Plan *plan)
{
  const char *days = lykta_sample_table_get (activities, row, "days");
  const int nth = CLAMP (days[0] - '0', 1, 4);
  LyktaDate date = lykta_date_add_days (lykta_sample_monday (now), -MONTHLY_DAYS_BACK);

  date.day = 1;
  const int to_weekday =
      (plan->weekdays[0] + 1 - lykta_date_weekday (date) + DAYS_PER_WEEK) % DAYS_PER_WEEK;
  date.day = (guint8)(1 + to_weekday + (nth - 1) * DAYS_PER_WEEK);

  LyktaScheduleBuilder *builder = begin_at (plan, date);
  g_autofree char *rule = g_strdup_printf ("FREQ=MONTHLY;BYDAY=%s", days);
  lykta_schedule_builder_add_rule (builder, rule);
  return builder;
}

static void
add_turn (LyktaScheduleBuilder *builder, const Plan *plan, gint64 start, gboolean is_women)
{
  const LyktaOverride override = {
      .original_start = start,
      .start = start,
      .end = start + plan->duration,
      .audience = is_women ? LYKTA_AUDIENCE_WOMEN : LYKTA_AUDIENCE_MEN,
  };
  lykta_schedule_builder_add_override (builder, &override);
}

/* Women in the morning and men in the afternoon one week, the other way round the next. */
static LyktaScheduleBuilder *
begin_alternating (LyktaSampleTable *activities, guint row, const Plan *plan, GError **error)
{
  int hour, minute;

  if (plan->weeks == 0 || plan->is_all_day ||
      !read_time (lykta_sample_table_get (activities, row, "time2"), &hour, &minute)) {
    lykta_sample_table_fail (activities, row, "two times and a number of weeks", error);
    return NULL;
  }
  LyktaScheduleBuilder *builder = begin_weekly (activities, row, plan);
  for (int week = 0; week < plan->weeks; week++)
    for (guint i = 0; i < plan->n_weekdays; i++) {
      const LyktaDate date = plan_date (plan, week, i);
      if (plan->has_pause && lykta_sample_is_school_holiday (date))
        continue;
      const gint64 afternoon = plan_moment (plan, date, hour, minute);
      lykta_schedule_builder_add_date (builder, afternoon);
      add_turn (builder, plan, plan_moment (plan, date, plan->hour, plan->minute), week % 2 == 0);
      add_turn (builder, plan, afternoon, week % 2 != 0);
    }
  return builder;
}

/* One word of "changes". Weeks in which the series has no date are left alone. */
static gboolean
add_change (LyktaScheduleBuilder *builder,
            const Plan *plan,
            const char *change,
            const LyktaSampleExtras *extras)
{
  g_auto (GStrv) parts = g_strsplit (change, ":", 2);
  gint64 from_now;

  if (parts[0] == NULL || parts[1] == NULL ||
      !g_ascii_string_to_signed (parts[1], 10, 0, 60, &from_now, NULL))
    return FALSE;
  const int week = (int)from_now - plan->first;
  if (week < 0 || week % plan->interval != 0 ||
      (plan->weeks > 0 && week >= plan->weeks * plan->interval))
    return FALSE;
  const LyktaDate date = plan_date (plan, week, 0);
  if (plan->has_pause && lykta_sample_is_school_holiday (date))
    return TRUE;

  const gint64 start = plan_moment (plan, date, plan->hour, plan->minute);
  LyktaOverride override = {.original_start = start, .start = start};
  if (strcmp (parts[0], "cancelled") == 0) {
    override.status = LYKTA_STATUS_CANCELLED;
  } else if (strcmp (parts[0], "moved") == 0) {
    override.status = LYKTA_STATUS_RESCHEDULED;
    override.start =
        plan_moment (plan, lykta_date_add_days (date, 1), plan->hour + 1, plan->minute);
  } else if (strcmp (parts[0], "elsewhere") == 0 && extras->elsewhere != NULL) {
    override.place = extras->elsewhere;
  } else if (strcmp (parts[0], "online") == 0 && extras->online_url != NULL) {
    override.attendance = LYKTA_ATTENDANCE_ONLINE;
    override.online_url = (char *)extras->online_url;
  } else if (extras->titles != NULL && g_hash_table_contains (extras->titles, parts[0])) {
    override.title = g_hash_table_lookup (extras->titles, parts[0]);
  } else {
    return FALSE;
  }
  override.end = override.start + plan->duration;
  lykta_schedule_builder_add_override (builder, &override);
  return TRUE;
}

LyktaSchedule *
lykta_sample_schedule_new (LyktaSampleTable *activities,
                           guint row,
                           gint64 now,
                           const LyktaSampleExtras *extras,
                           GError **error)
{
  g_return_val_if_fail (activities != NULL && extras != NULL, NULL);

  const char *pattern = lykta_sample_table_get (activities, row, "pattern");
  g_autoptr (LyktaScheduleBuilder) builder = NULL;
  Plan plan;
  if (!read_plan (activities, row, now, &plan, error))
    return NULL;
  if (g_strcmp0 (pattern, "once") == 0)
    builder = begin_at (&plan, plan_date (&plan, 0, 0));
  else if (g_strcmp0 (pattern, "monthly") == 0)
    builder = begin_monthly (activities, row, now, &plan);
  else if (g_strcmp0 (pattern, "alternating") == 0)
    builder = begin_alternating (activities, row, &plan, error);
  else
    builder = begin_weekly (activities, row, &plan);
  if (builder == NULL)
    return NULL;

  g_auto (GStrv) changes = lykta_sample_table_get_words (activities, row, "changes");
  for (guint i = 0; changes[i] != NULL; i++)
    if (!add_change (builder, &plan, changes[i], extras)) {
      lykta_sample_table_fail (activities, row, "changes within the series", error);
      return NULL;
    }
  return lykta_schedule_builder_end (g_steal_pointer (&builder));
}
