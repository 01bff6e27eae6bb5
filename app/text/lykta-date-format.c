/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-text"

#include "text/lykta-date-format.h"

#include <string.h>

#include "text/lykta-formatter-private.h"
#include "text/lykta-language.h"
#include "text/lykta-plain-text.h"

#define MAX_UNITS          256
#define SECONDS_PER_DAY    86400
#define FARTHEST_DAYS      7
#define FIRST_MONDAY       4 /* day number of 1970-01-05 */
#define RANGE_BETWEEN_DAYS " – "

/* ICU's moments: milliseconds, here noon of the day in UTC, which is the zone of our formatters. */
static UDate
to_icu_date (LyktaDate date)
{
  return ((double)lykta_date_to_day_number (date) * SECONDS_PER_DAY + SECONDS_PER_DAY / 2) * 1000;
}

/* Something readable when ICU fails, which a damaged installation may bring about. */
static char *
or_iso (char *text, LyktaDate date)
{
  return text != NULL ? text : lykta_date_to_string (date);
}

static char *
format_date (LyktaFormatter *formatter, LyktaPattern pattern, LyktaDate date)
{
  const UDateFormat *format = lykta_formatter_get_pattern (formatter, pattern);
  UErrorCode status = U_ZERO_ERROR;
  UChar text[MAX_UNITS];
  int32_t length;

  if (format == NULL)
    return lykta_date_to_string (date);
  length = udat_format (format, to_icu_date (date), text, MAX_UNITS, NULL, &status);
  return or_iso (lykta_formatter_to_utf8 (text, length, status), date);
}

static char *
format_with (const char *language, LyktaPattern pattern, LyktaDate date)
{
  LyktaFormatter *formatter = lykta_formatter_lock (language);
  char *text = format_date (formatter, pattern, date);

  lykta_formatter_unlock (formatter);
  return text;
}

static LyktaPattern
long_pattern (LyktaDate date, LyktaDate today)
{
  return lykta_date_is_set (today) && date.year == today.year
             ? LYKTA_PATTERN_WEEKDAY_DAY_MONTH
             : LYKTA_PATTERN_WEEKDAY_DAY_MONTH_YEAR;
}

static char *
own_relative (const LyktaDateWords *words, int days)
{
  if (days == 0)
    return g_strdup (words->today);
  if (days == 1)
    return g_strdup (words->tomorrow);
  if (days == -1)
    return g_strdup (words->yesterday);
  {
    /* The one place of a table of ours where a number stands. */
    g_auto (GStrv) parts = g_strsplit (days > 0 ? words->in_days : words->days_ago, "%d", 2);

    return g_strdup_printf ("%s%d%s", parts[0], ABS (days), parts[1]);
  }
}

/* NULL when the language has no words for it. */
static char *
format_relative (LyktaFormatter *formatter, int days)
{
  const URelativeDateTimeFormatter *relative;
  UErrorCode status = U_ZERO_ERROR;
  UChar text[MAX_UNITS];
  int32_t length;

  if (formatter->words->today != NULL)
    return own_relative (formatter->words, days);
  relative = lykta_formatter_get_relative (formatter);
  if (relative == NULL)
    return NULL;
  length = ureldatefmt_format (relative, days, UDAT_REL_UNIT_DAY, text, MAX_UNITS, &status);
  /* "+3 d" is what ICU says when it knows nothing. */
  if (U_FAILURE (status) || length < 1 || text[0] == '+' || text[0] == '-')
    return NULL;
  return lykta_formatter_to_utf8 (text, length, status);
}

/* With a capital letter, as a heading begins; the Turkish i keeps its dot. */
static char *
capitalise (const char *tag, const char *text)
{
  gunichar first = g_utf8_get_char (text);
  GString *out = g_string_new (NULL);

  if (first == 'i' && (strcmp (tag, "tr") == 0 || strcmp (tag, "az") == 0))
    first = 0x130;
  if (*text != '\0') {
    g_string_append_unichar (out, g_unichar_totitle (first));
    g_string_append (out, g_utf8_next_char (text));
  }
  return g_string_free (out, FALSE);
}

static const char *
heading_separator (LyktaFormatter *formatter)
{
  if (strcmp (formatter->tag, "ti") == 0 || strcmp (formatter->tag, "am") == 0)
    return "፣ ";
  return formatter->is_rtl && strcmp (formatter->tag, "he") != 0 ? "، " : ", ";
}

char *
lykta_format_day_heading (const char *language, LyktaDate date, LyktaDate today)
{
  LyktaFormatter *formatter;
  g_autofree char *day = NULL;
  g_autofree char *relative = NULL;
  g_autofree char *joined = NULL;
  int distance;

  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (lykta_date_is_set (date), g_strdup (""));

  distance = lykta_date_is_set (today)
                 ? lykta_date_to_day_number (date) - lykta_date_to_day_number (today)
                 : G_MAXINT;
  formatter = lykta_formatter_lock (language);
  day = format_date (formatter, long_pattern (date, today), date);
  if (ABS (distance) <= 1)
    relative = format_relative (formatter, distance);
  joined = relative != NULL ? g_strconcat (relative, heading_separator (formatter), day, NULL)
                            : g_steal_pointer (&day);
  lykta_formatter_unlock (formatter);
  return capitalise (formatter->tag, joined);
}

char *
lykta_format_relative_day (const char *language, LyktaDate date, LyktaDate today)
{
  LyktaFormatter *formatter;
  char *text;
  int days;

  g_return_val_if_fail (language != NULL, NULL);

  if (!lykta_date_is_set (date) || !lykta_date_is_set (today))
    return NULL;
  days = lykta_date_to_day_number (date) - lykta_date_to_day_number (today);
  if (days < -FARTHEST_DAYS || days > FARTHEST_DAYS)
    return NULL;
  formatter = lykta_formatter_lock (language);
  text = format_relative (formatter, days);
  lykta_formatter_unlock (formatter);
  return text;
}

char *
lykta_format_long_date (const char *language, LyktaDate date, LyktaDate today)
{
  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (lykta_date_is_set (date), g_strdup (""));

  return format_with (language, long_pattern (date, today), date);
}

char *
lykta_format_short_date (const char *language, LyktaDate date)
{
  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (lykta_date_is_set (date), g_strdup (""));

  return format_with (language, LYKTA_PATTERN_SHORT, date);
}

char *
lykta_format_numeric_date (const char *language, LyktaDate date)
{
  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (lykta_date_is_set (date), g_strdup (""));

  return format_with (language, LYKTA_PATTERN_NUMERIC, date);
}

char *
lykta_format_weekday (const char *language, int weekday)
{
  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (weekday >= 1 && weekday <= 7, g_strdup (""));

  return format_with (language, LYKTA_PATTERN_WEEKDAY,
                      lykta_date_from_day_number (FIRST_MONDAY + weekday - 1));
}

char *
lykta_format_weekday_narrow (const char *language, int weekday)
{
  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (weekday >= 1 && weekday <= 7, g_strdup (""));

  return format_with (language, LYKTA_PATTERN_WEEKDAY_NARROW,
                      lykta_date_from_day_number (FIRST_MONDAY + weekday - 1));
}

char *
lykta_format_month (const char *language, LyktaDate date)
{
  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (lykta_date_is_set (date), g_strdup (""));

  g_autofree char *text = format_with (language, LYKTA_PATTERN_MONTH_YEAR, date);
  return capitalise (lykta_language_canonical (language), text);
}

static char *
clock_text (gint64 moment)
{
  int hour, minute;

  lykta_moment_to_wall (moment, NULL, &hour, &minute, NULL);
  return g_strdup_printf ("%02d:%02d", hour, minute);
}

/* In right-to-left text the numbers around a dash would change places. */
static char *
keep_direction (const char *language, const char *text)
{
  return lykta_language_is_rtl (language) ? lykta_isolate_ltr (text) : g_strdup (text);
}

char *
lykta_format_time (const char *language, gint64 moment)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (language != NULL, NULL);

  text = clock_text (moment);
  return keep_direction (language, text);
}

static char *
format_moment (const char *language, LyktaDate date, gint64 moment)
{
  g_autofree char *day = lykta_format_short_date (language, date);
  g_autofree char *time = lykta_format_time (language, moment);

  return g_strconcat (day, " ", time, NULL);
}

char *
lykta_format_time_range (const char *language, gint64 start, gint64 end)
{
  LyktaDate first_day, last_day;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autofree char *range = NULL;

  g_return_val_if_fail (language != NULL, NULL);

  if (end <= start)
    return lykta_format_time (language, start);
  first_day = lykta_date_of_moment (start);
  last_day = lykta_date_of_moment (end);
  if (lykta_date_compare (first_day, last_day) == 0) {
    last = clock_text (end);
  } else if (end == lykta_date_start (lykta_date_add_days (first_day, 1))) {
    last = g_strdup ("24:00"); /* until midnight is still the same evening */
  } else {
    first = format_moment (language, first_day, start);
    last = format_moment (language, last_day, end);
    return g_strconcat (first, RANGE_BETWEEN_DAYS, last, NULL);
  }
  first = clock_text (start);
  range = g_strconcat (first, "–", last, NULL);
  return keep_direction (language, range);
}

/* "24–27 November 2026": where the day comes first, one month needs to be named once. */
static gboolean
is_within_month (const LyktaDateWords *words, LyktaDate from, LyktaDate to)
{
  return from.year == to.year && from.month == to.month &&
         g_str_has_prefix (words->day_month_year, "d ");
}

static char *
own_range (LyktaFormatter *formatter, LyktaDate from, LyktaDate to)
{
  const LyktaDateWords *words = formatter->words;
  g_autofree char *first = NULL;
  g_autofree char *last = format_date (formatter, LYKTA_PATTERN_DAY_MONTH_YEAR, to);

  if (is_within_month (words, from, to))
    return g_strdup_printf ("%d%s%s", from.day, formatter->is_rtl ? words->range : "–", last);
  first = format_date (
      formatter, from.year == to.year ? LYKTA_PATTERN_DAY_MONTH : LYKTA_PATTERN_DAY_MONTH_YEAR,
      from);
  return g_strconcat (first, words->range, last, NULL);
}

static char *
icu_range (LyktaFormatter *formatter, LyktaDate from, LyktaDate to)
{
  const UDateIntervalFormat *format = lykta_formatter_get_range (formatter);
  UErrorCode status = U_ZERO_ERROR;
  UChar text[MAX_UNITS];
  int32_t length;

  if (format == NULL)
    return NULL;
  length = udtitvfmt_format (format, to_icu_date (from), to_icu_date (to), text, MAX_UNITS, NULL,
                             &status);
  return lykta_formatter_to_utf8 (text, length, status);
}

static char *
open_range (LyktaFormatter *formatter, LyktaDate from)
{
  g_autofree char *day = format_date (formatter, LYKTA_PATTERN_DAY_MONTH_YEAR, from);
  const char *pattern = lykta_date_words_from (formatter->tag);
  g_auto (GStrv) parts = g_strsplit (pattern != NULL ? pattern : "%s –", "%s", 2);

  return g_strconcat (parts[0], day, parts[1], NULL);
}

static char *
closed_range (LyktaFormatter *formatter, LyktaDate from, LyktaDate to)
{
  char *text;

  if (lykta_date_compare (from, to) >= 0)
    return format_date (formatter, LYKTA_PATTERN_DAY_MONTH_YEAR, from);
  if (formatter->words->day_month != NULL)
    return own_range (formatter, from, to);
  text = icu_range (formatter, from, to);
  return or_iso (text, from);
}

char *
lykta_format_date_range (const char *language, LyktaDate from, LyktaDate to)
{
  LyktaFormatter *formatter;
  char *text;

  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (lykta_date_is_set (from), g_strdup (""));

  formatter = lykta_formatter_lock (language);
  text = lykta_date_is_set (to) ? closed_range (formatter, from, to) : open_range (formatter, from);
  lykta_formatter_unlock (formatter);
  return text;
}
