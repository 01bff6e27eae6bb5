/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lykta-civil-time.h"

#define DATE(y, m, d) ((LyktaDate){.year = (y), .month = (m), .day = (d)})
#define assert_date(date, text)                         \
  G_STMT_START                                          \
  {                                                     \
    g_autofree char *got = lykta_date_to_string (date); \
    g_assert_cmpstr (got, ==, text);                    \
  }                                                     \
  G_STMT_END

static void
test_parse (void)
{
  static const struct {
    const char *text;
    gboolean valid;
  } cases[] = {
      {"2026-11-24", TRUE},  {"2024-02-29", TRUE},  {"2000-02-29", TRUE},   {"0001-01-01", TRUE},
      {"2026-02-29", FALSE}, {"1900-02-29", FALSE}, {"2026-13-01", FALSE},  {"2026-00-01", FALSE},
      {"2026-04-31", FALSE}, {"2026-04-00", FALSE}, {"2026-4-01", FALSE},   {"2026/04/01", FALSE},
      {" 2026-04-0", FALSE}, {"+026-04-01", FALSE}, {"2026-04-01 ", FALSE}, {"", FALSE},
      {"20260401", FALSE},   {"0000-01-01", FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    LyktaDate date = DATE (1, 1, 1);

    g_assert_cmpint (lykta_date_parse (cases[i].text, &date), ==, cases[i].valid);
    g_assert_cmpint (lykta_date_is_set (date), ==, cases[i].valid);
    if (cases[i].valid)
      assert_date (date, cases[i].text);
    else
      g_assert_cmpint (date.year | date.month | date.day, ==, 0);
  }
}

static void
test_day_numbers (void)
{
  g_assert_cmpint (lykta_date_to_day_number (DATE (1970, 1, 1)), ==, 0);
  g_assert_cmpint (lykta_date_to_day_number (DATE (1969, 12, 31)), ==, -1);
  g_assert_cmpint (lykta_date_to_day_number (DATE (2000, 3, 1)), ==, 11017);
  g_assert_cmpint (lykta_date_weekday (DATE (2026, 11, 24)), ==, 2);
  g_assert_cmpint (lykta_date_weekday (DATE (1970, 1, 1)), ==, 4);
  g_assert_cmpint (lykta_date_weekday (DATE (1969, 12, 28)), ==, 7);

  /* Every day of three centuries, against GLib's own calendar. */
  for (gint32 day = -40000; day < 70000; day += 1) {
    LyktaDate date = lykta_date_from_day_number (day);
    GDate peer;

    g_date_clear (&peer, 1);
    g_date_set_dmy (&peer, date.day, date.month, (GDateYear)date.year);
    g_assert_cmpint ((gint32)g_date_get_julian (&peer), ==, day + 719163);
    g_assert_cmpint (lykta_date_to_day_number (date), ==, day);
    g_assert_cmpint (lykta_date_weekday (date), ==, g_date_get_weekday (&peer));
  }
}

static void
test_arithmetic (void)
{
  assert_date (lykta_date_add_days (DATE (2026, 12, 31), 1), "2027-01-01");
  assert_date (lykta_date_add_days (DATE (2026, 3, 1), -1), "2026-02-28");
  assert_date (lykta_date_add_months (DATE (2026, 11, 30), 3), "2027-02-28");
  assert_date (lykta_date_add_months (DATE (2027, 11, 30), 3), "2028-02-29");
  assert_date (lykta_date_add_months (DATE (2026, 1, 31), -1), "2025-12-31");
  assert_date (lykta_date_add_months (DATE (2026, 3, 31), -13), "2025-02-28");
  g_assert_cmpint (lykta_date_compare (DATE (2026, 1, 1), DATE (2026, 1, 1)), ==, 0);
  g_assert_cmpint (lykta_date_compare (DATE (2025, 12, 31), DATE (2026, 1, 1)), <, 0);
  g_assert_cmpint (lykta_date_compare (DATE (2026, 2, 1), DATE (2026, 1, 31)), >, 0);
}

/* Moments were worked out by hand from the rule: last Sunday of March and October, 01:00 UTC. */
static void
test_moments (void)
{
  static const struct {
    LyktaDate date;
    int hour, minute;
    const char *utc;
    const char *stockholm;
  } cases[] = {
      {{2026, 11, 24}, 18, 0, "2026-11-24T17:00:00Z", "2026-11-24T18:00:00+01:00"},
      {{2026, 7, 1}, 18, 0, "2026-07-01T16:00:00Z", "2026-07-01T18:00:00+02:00"},
      {{2026, 7, 1}, 0, 0, "2026-06-30T22:00:00Z", "2026-07-01T00:00:00+02:00"},
      /* spring: 02:00–03:00 does not exist and is moved forward */
      {{2027, 3, 28}, 1, 59, "2027-03-28T00:59:00Z", "2027-03-28T01:59:00+01:00"},
      {{2027, 3, 28}, 2, 0, "2027-03-28T01:00:00Z", "2027-03-28T03:00:00+02:00"},
      {{2027, 3, 28}, 2, 30, "2027-03-28T01:30:00Z", "2027-03-28T03:30:00+02:00"},
      {{2027, 3, 28}, 3, 0, "2027-03-28T01:00:00Z", "2027-03-28T03:00:00+02:00"},
      /* autumn: 02:00–03:00 comes twice and the first is meant */
      {{2026, 10, 25}, 1, 59, "2026-10-24T23:59:00Z", "2026-10-25T01:59:00+02:00"},
      {{2026, 10, 25}, 2, 0, "2026-10-25T00:00:00Z", "2026-10-25T02:00:00+02:00"},
      {{2026, 10, 25}, 2, 59, "2026-10-25T00:59:00Z", "2026-10-25T02:59:00+02:00"},
      {{2026, 10, 25}, 3, 0, "2026-10-25T02:00:00Z", "2026-10-25T03:00:00+01:00"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    gint64 moment =
        lykta_wall_to_moment (lykta_stockholm (), cases[i].date, cases[i].hour, cases[i].minute, 0);
    g_autofree char *utc = lykta_moment_to_rfc3339_utc (moment);
    g_autofree char *stockholm = lykta_moment_to_rfc3339 (moment);

    g_assert_cmpstr (utc, ==, cases[i].utc);
    g_assert_cmpstr (stockholm, ==, cases[i].stockholm);
  }
}

static void
test_moments_before_epoch (void)
{
  g_autofree char *utc = lykta_moment_to_rfc3339_utc (-1);

  g_assert_cmpstr (utc, ==, "1969-12-31T23:59:59Z");
}

static void
test_other_zones (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GTimeZone) india = g_time_zone_new_offset (5 * 3600 + 1800);
  g_autoptr (GTimeZone) rule = g_time_zone_new_identifier ("CET-1CEST,M3.5.0,M10.5.0/3");

  g_assert_cmpint (lykta_wall_to_moment (utc, DATE (1970, 1, 2), 0, 0, 1), ==, 86401);
  g_assert_cmpint (lykta_wall_to_moment (india, DATE (1970, 1, 1), 5, 30, 0), ==, 0);
  /* The rule that stands in for a missing zone table gives the same answers in our years. */
  g_assert_nonnull (rule);
  for (int day = 20000; day < 24000; day++) {
    LyktaDate date = lykta_date_from_day_number (day);

    for (int hour = 0; hour < 24; hour += 1)
      g_assert_cmpint (lykta_wall_to_moment (rule, date, hour, 15, 0), ==,
                       lykta_wall_to_moment (lykta_stockholm (), date, hour, 15, 0));
  }
}

static void
test_days_of_moments (void)
{
  LyktaDate date;
  int hour, minute, second;

  assert_date (lykta_date_of_moment (lykta_date_start (DATE (2026, 7, 1))), "2026-07-01");
  assert_date (lykta_date_of_moment (lykta_date_start (DATE (2026, 7, 1)) - 1), "2026-06-30");
  g_assert_cmpint (lykta_date_start (DATE (2026, 10, 26)) - lykta_date_start (DATE (2026, 10, 25)),
                   ==, 25 * 3600);
  g_assert_cmpint (lykta_date_start (DATE (2027, 3, 29)) - lykta_date_start (DATE (2027, 3, 28)),
                   ==, 23 * 3600);
  lykta_moment_to_wall (lykta_date_start (DATE (2026, 7, 1)) + 3723, &date, &hour, &minute,
                        &second);
  assert_date (date, "2026-07-01");
  g_assert_cmpint (hour, ==, 1);
  g_assert_cmpint (minute, ==, 2);
  g_assert_cmpint (second, ==, 3);
  lykta_moment_to_wall (0, NULL, NULL, NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/civil-time/parse", test_parse);
  g_test_add_func ("/base/civil-time/day-numbers", test_day_numbers);
  g_test_add_func ("/base/civil-time/arithmetic", test_arithmetic);
  g_test_add_func ("/base/civil-time/moments", test_moments);
  g_test_add_func ("/base/civil-time/before-epoch", test_moments_before_epoch);
  g_test_add_func ("/base/civil-time/other-zones", test_other_zones);
  g_test_add_func ("/base/civil-time/days-of-moments", test_days_of_moments);
  return g_test_run ();
}
