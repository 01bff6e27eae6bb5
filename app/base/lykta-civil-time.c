/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-base"

#include "base/lykta-civil-time.h"

#define SECONDS_PER_DAY 86400
/* Days from 0000-03-01 to 1970-01-01, and the days of one 400-year cycle. */
#define DAYS_BEFORE_EPOCH 719468
#define DAYS_PER_CYCLE    146097
/* The zone of the machine's tables may be missing in a stripped-down image: the rule that has held
 * since 1996 is written out here so that a time is right even there. */
#define STOCKHOLM_RULE "CET-1CEST,M3.5.0,M10.5.0/3"

static gint64
floor_divide (gint64 a, gint64 b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

static gboolean
is_leap_year (int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in_month (int year, int month)
{
  static const guint8 days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  return month == 2 && is_leap_year (year) ? 29 : days[month - 1];
}

GTimeZone *
lykta_stockholm (void)
{
  static gsize zone = 0;

  if (g_once_init_enter (&zone)) {
    GTimeZone *found = g_time_zone_new_identifier ("Europe/Stockholm");

    if (found == NULL)
      found = g_time_zone_new_identifier (STOCKHOLM_RULE);
    g_once_init_leave (&zone, (gsize)found);
  }
  return (GTimeZone *)zone;
}

gboolean
lykta_date_is_set (LyktaDate date)
{
  return date.month != 0;
}

/* Exactly @n_digits ASCII digits, or -1. */
static int
read_digits (const char *text, int n_digits)
{
  int value = 0;

  for (int i = 0; i < n_digits; i++) {
    if (!g_ascii_isdigit (text[i]))
      return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

gboolean
lykta_date_parse (const char *text, LyktaDate *date)
{
  int year, month, day;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (date != NULL, FALSE);

  *date = (LyktaDate){0};
  if (strlen (text) != 10 || text[4] != '-' || text[7] != '-')
    return FALSE;
  year = read_digits (text, 4);
  month = read_digits (text + 5, 2);
  day = read_digits (text + 8, 2);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month (year, month))
    return FALSE;
  *date = (LyktaDate){.year = (gint16)year, .month = (guint8)month, .day = (guint8)day};
  return TRUE;
}

char *
lykta_date_to_string (LyktaDate date)
{
  return g_strdup_printf ("%04d-%02d-%02d", date.year, date.month, date.day);
}

int
lykta_date_compare (LyktaDate a, LyktaDate b)
{
  if (a.year != b.year)
    return a.year - b.year;
  if (a.month != b.month)
    return a.month - b.month;
  return a.day - b.day;
}

/* The year is counted from March, so that the leap day comes last and the months fall into the
 * even pattern of 153 days for every five. */
gint32
lykta_date_to_day_number (LyktaDate date)
{
  gint64 year = date.month <= 2 ? date.year - 1 : date.year;
  gint64 cycle = floor_divide (year, 400);
  gint64 year_of_cycle = year - cycle * 400;
  gint64 month_from_march = (date.month + 9) % 12;
  gint64 day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
  gint64 day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;

  return (gint32)(cycle * DAYS_PER_CYCLE + day_of_cycle - DAYS_BEFORE_EPOCH);
}

LyktaDate
lykta_date_from_day_number (gint32 day_number)
{
  gint64 days = (gint64)day_number + DAYS_BEFORE_EPOCH;
  gint64 cycle = floor_divide (days, DAYS_PER_CYCLE);
  gint64 day_of_cycle = days - cycle * DAYS_PER_CYCLE;
  gint64 year_of_cycle =
      (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36524 - day_of_cycle / 146096) / 365;
  gint64 day_of_year =
      day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
  gint64 month_from_march = (5 * day_of_year + 2) / 153;
  gint64 day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  gint64 month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  gint64 year = year_of_cycle + cycle * 400 + (month <= 2 ? 1 : 0);

  return (LyktaDate){.year = (gint16)CLAMP (year, G_MININT16, G_MAXINT16),
                     .month = (guint8)month,
                     .day = (guint8)day};
}

LyktaDate
lykta_date_add_days (LyktaDate date, gint32 days)
{
  return lykta_date_from_day_number (lykta_date_to_day_number (date) + days);
}

LyktaDate
lykta_date_add_months (LyktaDate date, gint32 months)
{
  gint64 month = (gint64)date.year * 12 + (date.month - 1) + months;
  gint64 year = floor_divide (month, 12);
  int month_of_year;

  g_return_val_if_fail (lykta_date_is_set (date), date);

  year = CLAMP (year, G_MININT16, G_MAXINT16);
  month_of_year = (int)(month - floor_divide (month, 12) * 12) + 1;
  return (LyktaDate){.year = (gint16)year,
                     .month = (guint8)month_of_year,
                     .day = (guint8)MIN (date.day, days_in_month ((int)year, month_of_year))};
}

int
lykta_date_weekday (LyktaDate date)
{
  /* 1970-01-01 was a Thursday. */
  gint64 day_number = lykta_date_to_day_number (date);

  return (int)(day_number + 3 - floor_divide (day_number + 3, 7) * 7) + 1;
}

static gint64
offset_at (GTimeZone *zone, gint64 unix_seconds)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, unix_seconds);

  return g_time_zone_get_offset (zone, interval);
}

LyktaDate
lykta_date_of_moment (gint64 unix_seconds)
{
  LyktaDate date;

  lykta_moment_to_wall (unix_seconds, &date, NULL, NULL, NULL);
  return date;
}

gint64
lykta_date_start (LyktaDate date)
{
  return lykta_wall_to_moment (lykta_stockholm (), date, 0, 0, 0);
}

static void
split_seconds (gint64 seconds, LyktaDate *date, int *hour, int *minute, int *second)
{
  gint64 day = floor_divide (seconds, SECONDS_PER_DAY);
  int rest = (int)(seconds - day * SECONDS_PER_DAY);

  if (date != NULL)
    *date = lykta_date_from_day_number ((gint32)CLAMP (day, G_MININT32, G_MAXINT32));
  if (hour != NULL)
    *hour = rest / 3600;
  if (minute != NULL)
    *minute = rest / 60 % 60;
  if (second != NULL)
    *second = rest % 60;
}

void
lykta_moment_to_wall (gint64 unix_seconds, LyktaDate *date, int *hour, int *minute, int *second)
{
  split_seconds (unix_seconds + offset_at (lykta_stockholm (), unix_seconds), date, hour, minute,
                 second);
}

/* The zone's offset a day before and a day after are the only two that the wall clock can mean:
 * no zone changes twice within two days. */
gint64
lykta_wall_to_moment (GTimeZone *zone, LyktaDate date, int hour, int minute, int second)
{
  gint64 wall, earlier, later, with_earlier, with_later;

  g_return_val_if_fail (zone != NULL, 0);

  wall = (gint64)lykta_date_to_day_number (date) * SECONDS_PER_DAY + (gint64)hour * 3600 +
         (gint64)minute * 60 + second;
  earlier = offset_at (zone, wall - SECONDS_PER_DAY);
  later = offset_at (zone, wall + SECONDS_PER_DAY);
  with_earlier = wall - earlier;
  with_later = wall - later;
  if (earlier == later || offset_at (zone, with_earlier) == earlier)
    return with_earlier;
  if (offset_at (zone, with_later) == later)
    return with_later;
  return with_earlier;
}

static char *
to_rfc3339 (gint64 unix_seconds, gint64 offset, const char *suffix)
{
  LyktaDate date;
  int hour, minute, second;

  split_seconds (unix_seconds + offset, &date, &hour, &minute, &second);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d%s", date.year, date.month, date.day, hour,
                          minute, second, suffix);
}

char *
lykta_moment_to_rfc3339 (gint64 unix_seconds)
{
  gint64 offset = offset_at (lykta_stockholm (), unix_seconds);
  /* Local mean time before 1879 had odd seconds; RFC 3339 cannot say them. */
  gint64 minutes = ABS (offset) / 60;
  g_autofree char *suffix = g_strdup_printf ("%c%02d:%02d", offset < 0 ? '-' : '+',
                                             (int)(minutes / 60), (int)(minutes % 60));

  return to_rfc3339 (unix_seconds, (offset < 0 ? -60 : 60) * minutes, suffix);
}

char *
lykta_moment_to_rfc3339_utc (gint64 unix_seconds)
{
  return to_rfc3339 (unix_seconds, 0, "Z");
}
