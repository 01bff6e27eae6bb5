/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-feed.h"
#include "feed/lykta-recurrence.h"
#include "feed/lykta-zone.h"
#include "reference-libical.h"
#include "support/lykta-test.h"

#define DAY_SECONDS 86400

static gboolean
on_date (gint64 wall, gpointer user_data)
{
  g_array_append_val ((GArray *)user_data, wall);
  return TRUE;
}

static gint64
wall (int year, int month, int day, int hour)
{
  return lykta_wall_from_date ((LyktaDate){(gint16)year, (guint8)month, (guint8)day}, hour, 0, 0);
}

/* Days of the rule as "YYYY-MM-DD …" */
static char *
days_of (const char *text, gint64 start, gint64 from, gint64 to)
{
  g_autoptr (GArray) dates = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint steps = LYKTA_LIMIT_RECURRENCE_STEPS;
  LyktaRule rule;
  gint64 until;

  g_assert_true (lykta_rule_parse (text, &rule, &error));
  g_assert_no_error (error);
  until = rule.has_until ? rule.until : G_MAXINT64;
  g_assert_true (lykta_rule_expand (&rule, start, from, to, until, &steps, on_date, dates, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < dates->len; i++) {
    LyktaDate date = lykta_wall_to_date (g_array_index (dates, gint64, i), NULL, NULL, NULL);
    g_autofree char *day = lykta_date_to_string (date);
    g_string_append_printf (out, "%s%s", i > 0 ? " " : "", day);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_known (void)
{
  static const struct {
    const char *rule;
    const char *expected; /* from 2 November 2026, a Monday, 18:00, until the end of January 2027 */
  } cases[] = {
      {"FREQ=WEEKLY;COUNT=3", "2026-11-02 2026-11-09 2026-11-16"},
      {"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=4", "2026-11-02 2026-11-04 2026-11-16 2026-11-18"},
      {"FREQ=DAILY;UNTIL=20261104T180000", "2026-11-02 2026-11-03 2026-11-04"},
      {"FREQ=MONTHLY;BYDAY=-1SU", "2026-11-29 2026-12-27 2027-01-31"},
      {"FREQ=MONTHLY;BYDAY=2TU", "2026-11-10 2026-12-08 2027-01-12"},
      {"FREQ=MONTHLY;BYMONTHDAY=31", "2026-12-31 2027-01-31"},
      {"FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30 2026-12-31 2027-01-31"},
      {"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-30 2026-12-31 2027-01-29"},
      {"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=13", "2026-12-13"},
      {"FREQ=YEARLY;BYDAY=1MO", "2027-01-04"},
      {"FREQ=YEARLY;BYWEEKNO=1;BYDAY=TU", "2027-01-05"},
      {"FREQ=YEARLY;BYYEARDAY=1", "2027-01-01"},
      {"FREQ=MONTHLY", "2026-11-02 2026-12-02 2027-01-02"},
      {"FREQ=DAILY;BYHOUR=18;COUNT=2", "2026-11-02 2026-11-03"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *days = days_of (cases[i].rule, wall (2026, 11, 2, 18), wall (2026, 11, 1, 0),
                                     wall (2027, 2, 1, 0));
    g_assert_cmpstr (days, ==, cases[i].expected);
  }
}

/* Skipping ahead in an old series gives what walking through it gives. */
static void
test_skip (void)
{
  static const char *const rules[] = {"FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,SU;WKST=SU",
                                      "FREQ=DAILY;INTERVAL=7", "FREQ=MONTHLY;INTERVAL=5;BYDAY=-1FR",
                                      "FREQ=YEARLY;INTERVAL=3;BYMONTH=2,11",
                                      "FREQ=WEEKLY;INTERVAL=2"};

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    gint64 start = wall (2019, 11, 7, 9), from = wall (2026, 3, 11, 0), to = wall (2036, 1, 1, 0);
    g_autofree char *all = days_of (rules[i], start, start, to);
    g_autofree char *late = days_of (rules[i], start, from, to);
    g_assert_true (g_str_has_suffix (all, late));
    g_assert_cmpuint (strlen (late), >, 10);
  }
}

static void
test_refused (void)
{
  static const struct {
    const char *rule;
    LyktaFeedError code;
  } cases[] = {
      {"FREQ=SECONDLY", LYKTA_FEED_ERROR_UNSUPPORTED},
      {"FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", LYKTA_FEED_ERROR_UNSUPPORTED},
      {"FREQ=MINUTELY;INTERVAL=15", LYKTA_FEED_ERROR_UNSUPPORTED},
      {"FREQ=HOURLY;INTERVAL=24", LYKTA_FEED_ERROR_UNSUPPORTED},
      {"RSCALE=HEBREW;FREQ=YEARLY", LYKTA_FEED_ERROR_UNSUPPORTED},
      {"FREQ=DAILY;INTERVAL=100000", LYKTA_FEED_ERROR_UNSUPPORTED},
      {"FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=0,5,10,15,20,25", LYKTA_FEED_ERROR_UNSUPPORTED},
      {"FREQ=YEARLY;BYWEEKNO=6;BYMONTHDAY=12", LYKTA_FEED_ERROR_UNSUPPORTED},
      {"FREQ=DAILY;BYYEARDAY=6", LYKTA_FEED_ERROR_INVALID},
      {"FREQ=DAILY;INTERVAL=0", LYKTA_FEED_ERROR_INVALID},
      {"FREQ=DAILY;COUNT=0", LYKTA_FEED_ERROR_INVALID},
      {"FREQ=FORTNIGHTLY", LYKTA_FEED_ERROR_INVALID},
      {"BYDAY=MO", LYKTA_FEED_ERROR_INVALID},
      {"FREQ=WEEKLY;BYDAY=XX", LYKTA_FEED_ERROR_INVALID},
      {"FREQ=WEEKLY;BYDAY=1MO", LYKTA_FEED_ERROR_INVALID},
      {"FREQ=DAILY;UNTIL=20260230", LYKTA_FEED_ERROR_INVALID},
      {"FREQ=DAILY;BYMONTH=1;BYMONTH=2", LYKTA_FEED_ERROR_INVALID},
      {"FREQ=DAILY;NONSENSE", LYKTA_FEED_ERROR_INVALID},
      {"W1 MO #0", LYKTA_FEED_ERROR_INVALID},
      {"", LYKTA_FEED_ERROR_INVALID},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    LyktaRule rule;
    g_assert_false (lykta_rule_parse (cases[i].rule, &rule, &error));
    g_assert_error (error, LYKTA_FEED_ERROR, (gint)cases[i].code);
  }
}

static void
test_impossible (void)
{
  static const struct {
    const char *rule;
    gboolean is_possible;
  } cases[] = {
      {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", FALSE},
      {"FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31", FALSE},
      {"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", FALSE},
      {"FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", FALSE},
      {"FREQ=MONTHLY;BYDAY=6MO", FALSE},
      {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", TRUE},
      {"FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", FALSE},
      {"FREQ=MONTHLY;BYDAY=5MO", TRUE},
      {"FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", TRUE},
      {"FREQ=WEEKLY;BYMONTH=7", TRUE},
      {"FREQ=YEARLY;BYWEEKNO=53", TRUE},
      {"FREQ=YEARLY;BYYEARDAY=60;BYMONTH=12", FALSE},
      {"FREQ=YEARLY;BYYEARDAY=366", TRUE},
      {"FREQ=YEARLY;INTERVAL=2;BYYEARDAY=366", TRUE},
      {"FREQ=YEARLY;INTERVAL=4;BYYEARDAY=366", FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    LyktaRule rule;
    g_assert_true (lykta_rule_parse (cases[i].rule, &rule, NULL));
    g_test_message ("%s", cases[i].rule);
    g_assert_cmpint (lykta_rule_is_possible (&rule, wall (2026, 11, 2, 18)), ==,
                     cases[i].is_possible);
  }
}

static void
test_limits (void)
{
  g_autoptr (GArray) dates = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  guint steps = 100;
  LyktaRule rule;

  g_assert_true (lykta_rule_parse ("FREQ=DAILY;COUNT=999999999", &rule, NULL));
  g_assert_false (lykta_rule_expand (&rule, wall (1970, 1, 1, 0), wall (2026, 1, 1, 0),
                                     wall (2027, 1, 1, 0), G_MAXINT64, &steps, on_date, dates,
                                     &error));
  g_assert_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_LIMIT);
  g_assert_cmpuint (dates->len, ==, 0);
  /* Without a count an old series costs nothing to skip. */
  g_clear_error (&error);
  steps = 500;
  g_assert_true (lykta_rule_parse ("FREQ=DAILY", &rule, NULL));
  g_assert_true (lykta_rule_expand (&rule, wall (1601, 1, 1, 0), wall (2026, 1, 1, 0),
                                    wall (2026, 2, 1, 0), G_MAXINT64, &steps, on_date, dates,
                                    &error));
  g_assert_cmpuint (dates->len, ==, 31);
}

/* Appends ";NAME=item,item…" without doubles, which libical would count twice. */
static void
append_items (
    GString *rule, const char *name, guint n, char *(*make) (gpointer), gpointer user_data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_string_append_printf (rule, ";%s=", name);
  for (guint i = 0; i < n; i++) {
    g_autofree char *item = make (user_data);
    if (g_hash_table_contains (seen, item))
      continue;
    g_string_append_printf (rule, "%s%s", i > 0 ? "," : "", item);
    g_hash_table_add (seen, g_steal_pointer (&item));
  }
}

static char *
random_number (gpointer user_data)
{
  const int *range = user_data;
  int value = 0;

  while (value == 0)
    value = g_test_rand_int_range (range[0], range[1] + 1);
  return g_strdup_printf ("%d", value);
}

static void
append_list (GString *rule, const char *name, guint n, int low, int high)
{
  int range[] = {low, high};

  append_items (rule, name, n, random_number, range);
}

static char *
random_day (gpointer user_data)
{
  static const char *const names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  const char *name = names[g_test_rand_int_range (0, 7)];
  int nth = g_test_rand_int_range (1, 6);

  if (!GPOINTER_TO_INT (user_data))
    return g_strdup (name);
  return g_strdup_printf ("%d%s", g_test_rand_int_range (0, 2) ? nth : -nth, name);
}

static void
append_days (GString *rule, gboolean with_nth)
{
  append_items (rule, "BYDAY", (guint)g_test_rand_int_range (1, 5), random_day,
                GINT_TO_POINTER (with_nth));
}

static char *
random_rule (void)
{
  static const char *const names[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
  int frequency = g_test_rand_int_range (0, 4);
  g_autoptr (GString) rule = g_string_new ("FREQ=");
  gboolean has_month_days = FALSE, has_days = FALSE;

  g_string_append (rule, names[frequency]);
  if (g_test_rand_int_range (0, 2))
    g_string_append_printf (rule, ";INTERVAL=%d",
                            g_test_rand_int_range (1, frequency == 3 ? 3 : 6));
  if (frequency == 3 && g_test_rand_int_range (0, 6) == 0) {
    append_list (rule, "BYYEARDAY", (guint)g_test_rand_int_range (1, 6), 1, 365);
    return g_string_free (g_steal_pointer (&rule), FALSE);
  }
  /* Days of the month in a yearly rule mean every month; libical takes them for one month. */
  has_month_days = frequency != 1 && g_test_rand_int_range (0, 4) == 0;
  if ((frequency == 3 && has_month_days) || g_test_rand_int_range (0, 4) == 0)
    append_list (rule, "BYMONTH", (guint)g_test_rand_int_range (1, 4), 1, 12);
  if (has_month_days)
    append_list (rule, "BYMONTHDAY", (guint)g_test_rand_int_range (1, 4), 1, 28);
  if (g_test_rand_int_range (0, 3) > 0) {
    append_days (rule, frequency >= 2 && !has_month_days && g_test_rand_int_range (0, 2));
    has_days = TRUE;
  }
  /* libical applies positions of a year within each month. */
  if (frequency == 2 && (has_days || has_month_days) && g_test_rand_int_range (0, 4) == 0)
    append_list (rule, "BYSETPOS", 1, g_test_rand_int_range (0, 2) ? -2 : 1, 3);
  if (g_test_rand_int_range (0, 5) == 0 && strstr (rule->str, "SETPOS") == NULL)
    /* In order: libical gives them as they are written. */
    g_string_append (rule,
                     g_test_rand_int_range (0, 2) ? ";BYHOUR=9,14,19" : ";BYHOUR=18;BYMINUTE=0,30");
  if (g_test_rand_int_range (0, 3) == 0)
    g_string_append_printf (rule, ";COUNT=%d", g_test_rand_int_range (1, 60));
  /* With other days libical sorts the days of a week wrongly. */
  if (frequency == 1 && g_test_rand_int_range (0, 3) == 0)
    g_string_append (rule, ";WKST=SU");
  return g_string_free (g_steal_pointer (&rule), FALSE);
}

static gboolean
on_first (gint64 at, gpointer user_data)
{
  *(gint64 *)user_data = at;
  return FALSE;
}

/* Moves @start to the first date of the rule: elsewhere RFC 5545 leaves the outcome undefined, and
 * libical 3.0.16 begins a fortnightly series a week late. */
static gint64
align (const LyktaRule *rule, gint64 start)
{
  guint steps = LYKTA_LIMIT_RECURRENCE_STEPS;

  lykta_rule_expand (rule, start, start, G_MAXINT64 / 2, G_MAXINT64, &steps, on_first, &start,
                     NULL);
  return start;
}

/* Our own engine and libical agree on random rules. */
static void
test_random (void)
{
  guint n = lykta_test_is_long () ? 100000 : 4000, compared = 0;

  for (guint i = 0; i < n; i++) {
    g_autofree char *text = random_rule ();
    g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (gint64));
    g_autoptr (GArray) theirs = g_array_new (FALSE, FALSE, sizeof (gint64));
    g_autoptr (GError) error = NULL;
    guint our_steps = G_MAXUINT;
    gint64 start = wall (2024, 1, 1, 18) + (gint64)g_test_rand_int_range (0, 800) * DAY_SECONDS;
    gint64 to;
    LyktaRule rule;

    g_assert_true (lykta_rule_parse (text, &rule, &error));
    g_assert_no_error (error);
    if (!lykta_rule_is_possible (&rule, start))
      continue;
    compared++;
    start = align (&rule, start);
    to = start + 5 * 366 * DAY_SECONDS;
    g_assert_true (
        lykta_rule_expand (&rule, start, start, to, G_MAXINT64, &our_steps, on_date, ours, &error));
    if (!reference_expand (text, start, to, theirs))
      g_error ("libical refuses “%s”", text);
    if (ours->len != theirs->len ||
        (ours->len > 0 && memcmp (ours->data, theirs->data, ours->len * sizeof (gint64)) != 0)) {
      g_autofree char *from = lykta_date_to_string (lykta_wall_to_date (start, NULL, NULL, NULL));
      g_error ("“%s” from %s: %u dates by us, %u by libical", text, from, ours->len, theirs->len);
    }
  }
  g_assert_cmpuint (compared, >, n / 2);
}

static void
test_normalise (void)
{
  g_autofree char *rule =
      lykta_rule_normalise (" freq=weekly; byday=mo,we;X-EVIL=1;COUNT=;WKST=mo;");

  g_assert_cmpstr (rule, ==, "FREQ=WEEKLY;BYDAY=MO,WE;WKST=MO");
}

/* A zone of ours and GTimeZone agree on every quarter of an hour around each change. */
static void
test_zones (void)
{
  static const char *const ids[] = {
      "Europe/Stockholm", "America/New_York", "Asia/Kolkata", "UTC", "Australia/Sydney", "+05:45"};

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (LyktaZone) zone = lykta_zone_new (ids[i]);
    g_autoptr (GTimeZone) reference = g_time_zone_new_identifier (ids[i]);
    for (int year = 2025; year <= 2028; year++) {
      for (int month = 1; month <= 12; month++) {
        for (int day = 1; day <= 28; day += 9) {
          for (int n = 0; n < 9 * 96;
               n += month == 3 || month == 10 || month == 11 || month == 4 ? 1 : 96) {
            LyktaDate date = {(gint16)year, (guint8)month, (guint8)day};
            gint64 at = lykta_wall_from_date (date, 0, 15 * n, 7);
            int hour, minute, second;
            date = lykta_wall_to_date (at, &hour, &minute, &second);
            g_assert_cmpint (lykta_zone_to_moment (zone, at), ==,
                             lykta_wall_to_moment (reference, date, hour, minute, second));
          }
        }
      }
    }
  }
  g_assert_null (lykta_zone_new ("Nowhere/Middle"));
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/feed/recurrence/known", test_known);
  g_test_add_func ("/feed/recurrence/skip", test_skip);
  g_test_add_func ("/feed/recurrence/refused", test_refused);
  g_test_add_func ("/feed/recurrence/impossible", test_impossible);
  g_test_add_func ("/feed/recurrence/limits", test_limits);
  g_test_add_func ("/feed/recurrence/random", test_random);
  g_test_add_func ("/feed/recurrence/normalise", test_normalise);
  g_test_add_func ("/feed/recurrence/zones", test_zones);
  return g_test_run ();
}
