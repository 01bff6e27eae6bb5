/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-recurrence.h"

#include <stdio.h>
#include <string.h>

#include "feed/lykta-feed.h"

#define MAX_INTERVAL     1000
#define MAX_COUNT        1000000
#define MAX_RULE_BYTES   2000
#define MAX_TIMES_OF_DAY 24

/* What is being read, beside the rule itself. */
typedef struct {
  LyktaRule *rule;
  guint seen; /* bit per part, for doubles */
  gboolean has_frequency;
} Reading;

static gboolean
fail (GError **error, LyktaFeedError code, const char *part, const char *why)
{
  g_set_error (error, LYKTA_FEED_ERROR, code, "the rule part “%.60s” %s", part, why);
  return FALSE;
}

static gboolean
read_number (const char *text, gint64 low, gint64 high, gint64 *value)
{
  return *text != 0 &&
         g_ascii_string_to_signed (*text == '+' ? text + 1 : text, 10, low, high, value, NULL);
}

static gboolean
read_frequency (Reading *reading, const char *value, GError **error)
{
  static const char *const names[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_str_equal (value, names[i])) {
      reading->rule->frequency = (LyktaFrequency)i;
      reading->has_frequency = TRUE;
      return TRUE;
    }
  }
  if (g_str_equal (value, "SECONDLY") || g_str_equal (value, "MINUTELY") ||
      g_str_equal (value, "HOURLY"))
    return fail (error, LYKTA_FEED_ERROR_UNSUPPORTED, value, "comes back more often than daily");
  return fail (error, LYKTA_FEED_ERROR_INVALID, value, "is no frequency");
}

/* "20261218", "20261218T225959", "20261218T225959Z" */
static gboolean
read_until (Reading *reading, const char *value, GError **error)
{
  LyktaRule *rule = reading->rule;
  gsize n = strlen (value);
  int year, month, day, hour = 0, minute = 0, second = 0;
  LyktaDate date;

  if (n < 8 || sscanf (value, "%4d%2d%2d", &year, &month, &day) != 3)
    return fail (error, LYKTA_FEED_ERROR_INVALID, value, "is no date");
  if (n > 8 && (value[8] != 'T' || sscanf (value + 9, "%2d%2d%2d", &hour, &minute, &second) < 2))
    return fail (error, LYKTA_FEED_ERROR_INVALID, value, "is no time");
  if (year < 1 || !g_date_valid_dmy (day, month, year) || hour < 0 || hour > 24 || minute < 0 ||
      minute > 59 || second < 0 || second > 60)
    return fail (error, LYKTA_FEED_ERROR_INVALID, value, "does not exist in the calendar");
  date = (LyktaDate){(gint16)year, (guint8)month, (guint8)day};
  rule->has_until = TRUE;
  rule->is_until_date = n == 8;
  rule->is_until_utc = value[n - 1] == 'Z';
  rule->until =
      (gint64)lykta_date_to_day_number (date) * 86400 + hour * 3600 + minute * 60 + second;
  return TRUE;
}

static gboolean
read_weekday (const char *text, int *weekday)
{
  static const char names[] = "MOTUWETHFRSASU";

  for (int i = 0; i < 7; i++) {
    if (text[0] == names[2 * i] && text[1] == names[2 * i + 1] && text[2] == 0) {
      *weekday = i + 1;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
read_day (LyktaRule *rule, const char *item)
{
  gsize n = strlen (item);
  int weekday;
  gint64 nth = 0;
  char number[8] = "";

  if (n < 2 || n > 6 || !read_weekday (item + n - 2, &weekday))
    return FALSE;
  memcpy (number, item, n - 2);
  if (n > 2 && (!read_number (number, -53, 53, &nth) || nth == 0))
    return FALSE;
  for (guint i = 0; i < rule->n_days; i++) {
    if (rule->days[i].nth == nth && rule->days[i].weekday == weekday)
      return TRUE;
  }
  if (rule->n_days == LYKTA_RULE_MAX_DAYS)
    return FALSE;
  rule->days[rule->n_days++] = (LyktaRuleDay){(gint8)nth, (gint8)weekday};
  return TRUE;
}

/* One item of a list part. */
static gboolean
read_item (Reading *reading, const char *part, const char *item)
{
  LyktaRule *rule = reading->rule;
  gint64 n;

  if (g_str_equal (part, "BYDAY"))
    return read_day (rule, item);
  if (g_str_equal (part, "BYMONTH") && read_number (item, 1, 12, &n)) {
    rule->months |= (guint16)(1u << n);
    return TRUE;
  }
  if (g_str_equal (part, "BYMONTHDAY") && read_number (item, -31, 31, &n) && n != 0) {
    if (n > 0)
      rule->month_days |= 1u << n;
    else
      rule->last_days |= 1u << -n;
    return TRUE;
  }
  if (g_str_equal (part, "BYSETPOS") && read_number (item, -366, 366, &n) && n != 0 &&
      rule->n_positions < LYKTA_RULE_MAX_POSITIONS) {
    rule->positions[rule->n_positions++] = (gint16)n;
    return TRUE;
  }
  if (g_str_equal (part, "BYHOUR") && read_number (item, 0, 23, &n)) {
    rule->hours |= 1u << n;
    return TRUE;
  }
  if (g_str_equal (part, "BYMINUTE") && read_number (item, 0, 59, &n)) {
    rule->minutes |= G_GUINT64_CONSTANT (1) << n;
    return TRUE;
  }
  if (g_str_equal (part, "BYSECOND") && read_number (item, 0, 60, &n)) {
    rule->seconds |= G_GUINT64_CONSTANT (1) << MIN (n, 59);
    return TRUE;
  }
  if (g_str_equal (part, "BYWEEKNO") && read_number (item, -53, 53, &n) && n != 0) {
    if (n > 0)
      rule->weeks |= G_GUINT64_CONSTANT (1) << n;
    else
      rule->last_weeks |= G_GUINT64_CONSTANT (1) << -n;
    return TRUE;
  }
  if (g_str_equal (part, "BYYEARDAY") && read_number (item, -366, 366, &n) && n != 0) {
    guint64 *days = n > 0 ? rule->year_days : rule->last_year_days;
    days[ABS (n) / 64] |= G_GUINT64_CONSTANT (1) << (ABS (n) % 64);
    return rule->has_year_days = TRUE;
  }
  return FALSE;
}

static gboolean
read_list (Reading *reading, const char *part, const char *value, GError **error)
{
  g_auto (GStrv) items = g_strsplit (value, ",", 400);

  for (guint i = 0; items[i] != NULL; i++) {
    if (*items[i] != 0 && !read_item (reading, part, items[i]))
      return fail (error, LYKTA_FEED_ERROR_INVALID, items[i], "cannot be followed");
  }
  return TRUE;
}

static gboolean
read_part (Reading *reading, const char *name, const char *value, GError **error)
{
  static const char *const lists[] = {"BYDAY",    "BYMONTH",  "BYMONTHDAY", "BYSETPOS", "BYHOUR",
                                      "BYMINUTE", "BYSECOND", "BYWEEKNO",   "BYYEARDAY"};
  LyktaRule *rule = reading->rule;
  gint64 n;

  if (g_str_equal (name, "FREQ"))
    return read_frequency (reading, value, error);
  if (g_str_equal (name, "UNTIL"))
    return read_until (reading, value, error);
  if (g_str_equal (name, "INTERVAL")) {
    if (!read_number (value, 1, G_MAXINT32, &n))
      return fail (error, LYKTA_FEED_ERROR_INVALID, value, "is no interval");
    if (n > MAX_INTERVAL)
      return fail (error, LYKTA_FEED_ERROR_UNSUPPORTED, value, "is longer than any series");
    rule->interval = (guint)n;
    return TRUE;
  }
  if (g_str_equal (name, "COUNT")) {
    if (!read_number (value, 1, G_MAXINT64, &n))
      return fail (error, LYKTA_FEED_ERROR_INVALID, value, "is no count");
    rule->count = (guint)MIN (n, MAX_COUNT);
    return TRUE;
  }
  if (g_str_equal (name, "WKST"))
    return read_weekday (value, &rule->week_start) ||
           fail (error, LYKTA_FEED_ERROR_INVALID, value, "is no weekday");
  if (g_str_equal (name, "RSCALE"))
    return g_str_equal (value, "GREGORIAN") || fail (error, LYKTA_FEED_ERROR_UNSUPPORTED, value,
                                                     "is another calendar than the Gregorian");
  if (g_str_equal (name, "SKIP"))
    return g_str_equal (value, "OMIT") ||
           fail (error, LYKTA_FEED_ERROR_UNSUPPORTED, value, "moves dates, which is not supported");
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    if (g_str_equal (name, lists[i])) {
      if ((reading->seen & (1u << i)) != 0)
        return fail (error, LYKTA_FEED_ERROR_INVALID, name, "is there twice");
      reading->seen |= 1u << i;
      return read_list (reading, name, value, error);
    }
  }
  return fail (error, LYKTA_FEED_ERROR_INVALID, name, "is unknown");
}

static gboolean
has_nth (const LyktaRule *rule)
{
  for (guint i = 0; i < rule->n_days; i++) {
    if (rule->days[i].nth != 0)
      return TRUE;
  }
  return FALSE;
}

static guint
n_bits (guint64 bits)
{
  guint n = 0;

  for (; bits != 0; bits &= bits - 1)
    n++;
  return n;
}

/* What each part may stand together with, so that nothing is asked that has no meaning. */
static gboolean
check (Reading *reading, GError **error)
{
  LyktaRule *rule = reading->rule;
  guint times = MAX (1, n_bits (rule->hours)) * MAX (1, n_bits (rule->minutes)) *
                MAX (1, n_bits (rule->seconds));
  gboolean has_month_days = (rule->month_days | rule->last_days) != 0;
  gboolean has_weeks = (rule->weeks | rule->last_weeks) != 0;

  if (!reading->has_frequency)
    return fail (error, LYKTA_FEED_ERROR_INVALID, "FREQ", "is missing");
  if (times > MAX_TIMES_OF_DAY)
    return fail (error, LYKTA_FEED_ERROR_UNSUPPORTED, "BYHOUR", "gives more than 24 times a day");
  if ((has_weeks || rule->has_year_days) && rule->frequency != LYKTA_FREQUENCY_YEARLY)
    return fail (error, LYKTA_FEED_ERROR_INVALID, "BYWEEKNO or BYYEARDAY", "needs FREQ=YEARLY");
  if (has_weeks && (has_nth (rule) || has_month_days || rule->has_year_days))
    return fail (error, LYKTA_FEED_ERROR_UNSUPPORTED, "BYWEEKNO", "is combined with other parts");
  if (has_nth (rule) && rule->frequency < LYKTA_FREQUENCY_MONTHLY)
    return fail (error, LYKTA_FEED_ERROR_INVALID, "BYDAY", "counts weekdays of a day or week");
  if (has_month_days && rule->frequency == LYKTA_FREQUENCY_WEEKLY)
    return fail (error, LYKTA_FEED_ERROR_INVALID, "BYMONTHDAY", "cannot stand with FREQ=WEEKLY");
  if (times > 1 && rule->n_positions > 0)
    return fail (error, LYKTA_FEED_ERROR_UNSUPPORTED, "BYSETPOS", "is combined with times of day");
  return TRUE;
}

gboolean
lykta_rule_parse (const char *text, LyktaRule *rule, GError **error)
{
  Reading reading = {.rule = rule};
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (text != NULL && rule != NULL, FALSE);
  memset (rule, 0, sizeof *rule);
  rule->interval = 1;
  rule->week_start = 1;
  if (strlen (text) > MAX_RULE_BYTES)
    return fail (error, LYKTA_FEED_ERROR_LIMIT, text, "is longer than 2,000 characters");
  parts = g_strsplit (text, ";", 40);
  for (guint i = 0; parts[i] != NULL; i++) {
    char *value = strchr (parts[i], '=');
    if (*parts[i] == 0)
      continue;
    if (value == NULL)
      return fail (error, LYKTA_FEED_ERROR_INVALID, parts[i], "has no value");
    *value++ = 0;
    if (!read_part (&reading, parts[i], value, error))
      return FALSE;
  }
  return check (&reading, error);
}

char *
lykta_rule_normalise (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *upper = NULL;
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  upper = g_ascii_strup (text, -1);
  for (char *from = upper, *to = upper;; from++) {
    if (!g_ascii_isspace (*from))
      *to++ = *from;
    if (*from == 0)
      break;
  }
  parts = g_strsplit (upper, ";", -1);
  for (guint i = 0; parts[i] != NULL; i++) {
    const char *part = parts[i];
    gsize n = strlen (part);
    if (n == 0 || part[n - 1] == '=' || g_str_has_prefix (part, "X-"))
      continue;
    if (out->len > 0)
      g_string_append_c (out, ';');
    g_string_append (out, part);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
