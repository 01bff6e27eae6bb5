/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "feed/lykta-feed.h"
#include "feed/lykta-sample-schedule.h"
#include "support/lykta-test.h"

#define COLUMNS "activity\tpattern\tdays\ttime\ttime2\tminutes\tfirst\tweeks\tpause\tchanges\n"

static LyktaSchedule *
read_row (const char *row, const char *now, GError **error)
{
  const LyktaSampleExtras extras = {.online_url = "https://example.org/mote"};
  g_autofree char *text = g_strconcat (COLUMNS, row, "\n", NULL);
  g_autoptr (GError) table_error = NULL;
  g_autoptr (LyktaSampleTable) table = lykta_sample_table_new ("t.tsv", text, &table_error);

  g_assert_no_error (table_error);
  return lykta_sample_schedule_new (table, 0, lykta_test_moment (now), &extras, error);
}

/* 2026-11-22 is a Sunday: its week begins on 16 November. */
#define NOW "2026-11-22T01:15:00+01:00"

static const struct {
  const char *row;
  const char *start;
  const char *rule; /* NULL: none */
  guint n_exceptions;
  guint n_overrides;
  guint n_dates;
} good[] = {
    {"a\tweekly\tMO TH\t18:00\t\t90\t-12\t\t\t", "2026-08-24T18:00:00+02:00",
     "FREQ=WEEKLY;BYDAY=MO,TH", 0, 0, 0},
    {"a\tweekly\tTU\t18:00\t\t90\t0\t8\t\t", "2026-11-17T18:00:00+01:00",
     "FREQ=WEEKLY;COUNT=8;BYDAY=TU", 0, 0, 0},
    /* 22 and 29 December and 5 January are in the Christmas holidays. */
    {"a\tweekly\tTU\t18:00\t\t90\t0\t8\tschool\t", "2026-11-17T18:00:00+01:00",
     "FREQ=WEEKLY;COUNT=8;BYDAY=TU", 3, 0, 0},
    {"a\tfortnightly\tWE\t10:00\t\t60\t-1\t\t\tcancelled:1 moved:3", "2026-11-11T10:00:00+01:00",
     "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", 0, 2, 0},
    /* Nine weeks before lies in September. */
    {"a\tmonthly\t2TU\t18:00\t\t60\t\t\t\t", "2026-09-08T18:00:00+02:00", "FREQ=MONTHLY;BYDAY=2TU",
     0, 0, 0},
    {"a\tonce\tSA\t11:00\t\t120\t1\t\t\t", "2026-11-28T11:00:00+01:00", NULL, 0, 0, 0},
    {"a\tonce\tSA\t\t\t\t1\t\t\t", "2026-11-28T00:00:00+01:00", NULL, 0, 0, 0},
    {"a\talternating\tWE\t09:30\t13:00\t120\t-1\t4\t\t", "2026-11-11T09:30:00+01:00",
     "FREQ=WEEKLY;COUNT=4;BYDAY=WE", 0, 8, 4},
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LyktaSchedule) schedule = read_row (good[i].row, NOW, &error);
    guint n;
    g_assert_no_error (error);
    g_autofree char *start = lykta_moment_to_rfc3339 (lykta_schedule_get_start (schedule));
    g_assert_cmpstr (start, ==, good[i].start);
    if (good[i].rule != NULL)
      g_assert_cmpstr (lykta_schedule_get_rule (schedule, 0), ==, good[i].rule);
    else
      g_assert_cmpuint (lykta_schedule_get_n_rules (schedule), ==, 0);
    lykta_schedule_get_exceptions (schedule, &n);
    g_assert_cmpuint (n, ==, good[i].n_exceptions);
    lykta_schedule_get_dates (schedule, &n);
    g_assert_cmpuint (n, ==, good[i].n_dates);
    g_assert_cmpuint (lykta_schedule_get_n_overrides (schedule), ==, good[i].n_overrides);
  }
}

static const char *const bad[] = {
    "a\tweekly\tXX\t18:00\t\t90\t0\t\t\t",             /* no weekday */
    "a\tweekly\t\t18:00\t\t90\t0\t\t\t",               /* none at all */
    "a\tweekly\tMO\t6 pm\t\t90\t0\t\t\t",              /* no time */
    "a\tweekly\tMO\t25:00\t\t90\t0\t\t\t",             /* no such time */
    "a\tweekly\tMO\t18:00\t\t90\t0\t\t\tcancelled",    /* when? */
    "a\tweekly\tMO\t18:00\t\t90\t2\t\t\tcancelled:1",  /* before it begins */
    "a\tweekly\tMO\t18:00\t\t90\t0\t2\t\tmoved:2",     /* after its end */
    "a\tfortnightly\tMO\t18:00\t\t90\t0\t\t\tmoved:1", /* in a week without a date */
    "a\tweekly\tMO\t18:00\t\t90\t0\t\t\telsewhere:1",  /* where? */
    "a\tweekly\tMO\t18:00\t\t90\t0\t\t\ttheme-x:1",    /* no such title */
    "a\talternating\tMO\t09:00\t\t90\t0\t4\t\t",       /* no afternoon */
    "a\talternating\tMO\t09:00\t13:00\t90\t0\t\t\t",   /* no end */
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (read_row (bad[i], NOW, &error));
    g_assert_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID);
    g_assert_nonnull (strstr (error->message, "t.tsv line 2"));
  }
}

/* Women in the morning and men in the afternoon, next week the other way round. */
static void
test_turns (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSchedule) schedule =
      read_row ("a\talternating\tWE\t09:30\t13:00\t120\t-1\t4\t\t", NOW, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < lykta_schedule_get_n_overrides (schedule); i++) {
    const LyktaOverride *override = lykta_schedule_get_override (schedule, i);
    const gboolean is_women = (i % 2 == 0) == (i / 2 % 2 == 0);
    g_assert_cmpint (override->audience, ==, is_women ? LYKTA_AUDIENCE_WOMEN : LYKTA_AUDIENCE_MEN);
    g_assert_cmpint (override->end - override->start, ==, 2 * 60 * 60);
  }
}

static const struct {
  const char *date;
  gboolean is_holiday;
} holidays[] = {
    {"2026-12-20", FALSE}, {"2026-12-24", TRUE},  {"2027-01-06", TRUE},
    {"2027-01-07", FALSE}, {"2027-03-01", TRUE},  {"2027-03-08", FALSE}, /* week 9 */
    {"2027-03-22", TRUE},  {"2027-03-29", TRUE},  {"2027-03-30", FALSE}, /* Easter 28 March */
    {"2024-03-25", TRUE},  {"2024-04-02", FALSE},                        /* Easter 31 March */
    {"2038-04-25", TRUE},  {"2038-04-18", FALSE}, /* the latest Easter of the century */
    {"2027-07-15", TRUE},  {"2027-08-02", FALSE}, {"2026-10-28", TRUE},
    {"2026-11-02", FALSE}, {"2027-01-03", TRUE}, /* week 53 of the year before */
};

static void
test_holidays (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (holidays); i++) {
    LyktaDate date;
    g_assert_true (lykta_date_parse (holidays[i].date, &date));
    if (lykta_sample_is_school_holiday (date) != holidays[i].is_holiday)
      g_error ("%s: expected %s", holidays[i].date, holidays[i].is_holiday ? "holiday" : "none");
  }
}

static void
test_table (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSampleTable) table =
      lykta_sample_table_new ("t.tsv", "# remark\nkey\ttext\tn\n\na\tone two\t7\nb\t\tx\n", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (lykta_sample_table_get_n (table), ==, 2);
  g_assert_cmpint (lykta_sample_table_find (table, "b"), ==, 1);
  g_assert_cmpint (lykta_sample_table_find (table, "c"), ==, -1);
  g_assert_cmpint (lykta_sample_table_find (table, NULL), ==, -1);
  g_assert_cmpstr (lykta_sample_table_get (table, 0, "text"), ==, "one two");
  g_assert_null (lykta_sample_table_get (table, 1, "text"));
  g_assert_cmpint (lykta_sample_table_get_int (table, 0, "n", -1), ==, 7);
  g_assert_cmpint (lykta_sample_table_get_int (table, 1, "n", -1), ==, -1);
  g_auto (GStrv) two = lykta_sample_table_get_words (table, 0, "text");
  g_auto (GStrv) none = lykta_sample_table_get_words (table, 1, "text");
  g_assert_cmpuint (g_strv_length (two), ==, 2);
  g_assert_cmpuint (g_strv_length (none), ==, 0);

  g_assert_null (lykta_sample_table_new ("t.tsv", "key\ttext\na\n", &error));
  g_assert_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (lykta_sample_table_load ("no-such-table.tsv", &error));
  g_assert_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/data/sample-schedule/good", test_good);
  g_test_add_func ("/data/sample-schedule/bad", test_bad);
  g_test_add_func ("/data/sample-schedule/turns", test_turns);
  g_test_add_func ("/data/sample-schedule/holidays", test_holidays);
  g_test_add_func ("/data/sample-schedule/table", test_table);
  return g_test_run ();
}
