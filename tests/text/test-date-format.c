/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/lykta-date-format.h"

#include <math.h>
#include <string.h>

#include "support/lykta-test.h"

#define LRI "\xE2\x81\xA6"
#define PDI "\xE2\x81\xA9"

static const LyktaDate tuesday = {2026, 11, 24};
static const LyktaDate unset = {0, 0, 0};

/* Every language that the interface may come to speak, and one that nobody knows. */
static const char *const languages[] = {"sv", "sv-x-easy", "en", "ar", "fa", "fa-AF", "ps",
                                        "so", "ti",        "am", "uk", "ru", "ckb",   "ku",
                                        "tr", "fr",        "es", "pl", "he", "qaa"};

#define assert_text(expression, expected) \
  G_STMT_START                            \
  {                                       \
    g_autofree char *got = (expression);  \
    g_assert_cmpstr (got, ==, expected);  \
  }                                       \
  G_STMT_END

static LyktaDate
day (const char *text)
{
  LyktaDate date = unset;

  g_assert_true (lykta_date_parse (text, &date));
  return date;
}

static void
test_days (void)
{
  static const struct {
    const char *language, *date, *heading, *relative;
  } cases[] = {
      {"sv", "2026-11-24", "I dag, tisdag 24 november", "i dag"},
      {"sv", "2026-11-25", "I morgon, onsdag 25 november", "i morgon"},
      {"sv", "2026-11-23", "I går, måndag 23 november", "i går"},
      {"sv", "2026-11-26", "Torsdag 26 november", "i övermorgon"},
      {"sv", "2026-12-01", "Tisdag 1 december", "om 7 dagar"},
      {"sv", "2026-12-02", "Onsdag 2 december", NULL},
      {"sv", "2026-11-16", "Måndag 16 november", NULL},
      {"sv", "2027-01-02", "Lördag 2 januari 2027", NULL},
      {"sv@easy", "2026-11-24", "I dag, tisdag 24 november", "i dag"},
      {"en", "2026-11-24", "Today, Tuesday 24 November", "today"},
      {"en", "2026-11-27", "Friday 27 November", "in 3 days"},
      {"ckb", "2026-11-24", "ئەمڕۆ، سێشەممە، 24ی تشرینی دووەم", "ئەمڕۆ"},
      {"ckb", "2026-11-27", NULL, "3 ڕۆژی تر"},
      {"kmr", "2026-11-25", "Sibê, çarşem, 25ê sermawezê", "sibê"},
      {"kmr", "2026-11-21", NULL, "berî 3 rojan"},
      {"so", "2026-11-26", NULL, "2 maalmood kadib"},
      {"ti", "2026-11-21", NULL, "ቅድሚ 3 መዓልቲ"},
      {"not a language!", "2026-11-24", "Today, Tuesday 24 November", "today"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    LyktaDate date = day (cases[i].date);

    if (cases[i].heading != NULL)
      assert_text (lykta_format_day_heading (cases[i].language, date, tuesday), cases[i].heading);
    assert_text (lykta_format_relative_day (cases[i].language, date, tuesday), cases[i].relative);
  }
  assert_text (lykta_format_day_heading ("sv", tuesday, unset), "Tisdag 24 november 2026");
  assert_text (lykta_format_relative_day ("sv", tuesday, unset), NULL);
}

static void
test_dates (void)
{
  static const struct {
    const char *language, *long_date, *short_date, *numeric;
  } cases[] = {
      {"sv", "tisdag 24 november 2026", "tis 24 nov.", "2026-11-24"},
      {"en", "Tuesday 24 November 2026", "Tue 24 Nov", "2026-11-24"},
      {"prs", "سه‌شنبه 24 نومبر 2026", "سه‌شنبه 24 نومبر", "2026/11/24"},
      {"ckb", "سێشەممە، 24ی تشرینی دووەمی 2026", "سێشەممە، 24/11", "24/11/2026"},
      {"ku", "sêşem, 24ê sermawezê 2026", "sş, 24 ser", "24.11.2026"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *language = cases[i].language;

    assert_text (lykta_format_long_date (language, tuesday, unset), cases[i].long_date);
    if (cases[i].short_date != NULL)
      assert_text (lykta_format_short_date (language, tuesday), cases[i].short_date);
    assert_text (lykta_format_numeric_date (language, tuesday), cases[i].numeric);
  }
  assert_text (lykta_format_long_date ("sv", tuesday, day ("2026-01-01")), "tisdag 24 november");
  assert_text (lykta_format_weekday ("sv", 1), "måndag");
  assert_text (lykta_format_weekday ("sv", 7), "söndag");
  assert_text (lykta_format_weekday ("en", 3), "Wednesday");
}

static void
test_times (void)
{
  static const struct {
    const char *language, *start, *end, *text;
  } cases[] = {
      {"sv", "2026-11-24T18:00:00+01:00", "2026-11-24T20:00:00+01:00", "18:00–20:00"},
      {"sv", "2026-07-01T09:05:00+02:00", "2026-07-01T10:00:00+02:00", "09:05–10:00"},
      {"sv", "2026-11-24T18:00:00+01:00", "2026-11-24T18:00:00+01:00", "18:00"},
      {"sv", "2026-11-24T18:00:00+01:00", "2026-11-24T17:00:00+01:00", "18:00"},
      {"sv", "2026-11-24T18:00:00+01:00", "2026-11-25T00:00:00+01:00", "18:00–24:00"},
      {"sv", "2026-11-24T22:00:00+01:00", "2026-11-25T02:30:00+01:00",
       "tis 24 nov. 22:00 – ons 25 nov. 02:30"},
      {"sv", "2026-11-24T00:00:00+01:00", "2026-11-25T00:00:00+01:00", "00:00–24:00"},
      /* through the night when the clocks go back: 25 hours */
      {"sv", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", "00:00–24:00"},
      {"ar", "2026-11-24T18:00:00+01:00", "2026-11-24T20:00:00+01:00", LRI "18:00–20:00" PDI},
      {"ckb", "2026-11-24T18:00:00+01:00", "2026-11-24T18:00:00+01:00", LRI "18:00" PDI},
      {"ku", "2026-11-24T18:00:00+01:00", "2026-11-24T20:00:00+01:00", "18:00–20:00"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (lykta_format_time_range (cases[i].language, lykta_test_moment (cases[i].start),
                                          lykta_test_moment (cases[i].end)),
                 cases[i].text);
  assert_text (lykta_format_time ("en", lykta_test_moment ("2026-11-24T23:59:59Z")), "00:59");
}

static void
test_ranges (void)
{
  static const struct {
    const char *language, *from, *to, *text;
  } cases[] = {
      {"en", "2026-11-24", "2026-12-15", "24 November – 15 December 2026"},
      {"en", "2026-11-24", "2026-11-27", "24–27 November 2026"},
      {"en", "2026-11-24", "2027-01-23", "24 November 2026 – 23 January 2027"},
      {"en", "2026-11-24", "2026-11-24", "24 November 2026"},
      {"en", "2026-11-24", "2026-11-01", "24 November 2026"},
      {"en", "2026-11-24", NULL, "from 24 November 2026"},
      {"sv", "2026-11-24", "2026-11-27", "24–27 november 2026"},
      {"sv", "2026-11-24", NULL, "från 24 november 2026"},
      {"prs", "2026-11-24", "2026-11-27", "24 تا 27 نومبر 2026"},
      {"prs", "2026-11-24", NULL, "از 24 نومبر 2026"},
      {"am", "2026-11-24", NULL, "ከ24 ኖቬምበር 2026 ጀምሮ"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (lykta_format_date_range (cases[i].language, day (cases[i].from),
                                          cases[i].to != NULL ? day (cases[i].to) : unset),
                 cases[i].text);
}

static void
test_numbers (void)
{
  static const struct {
    const char *language;
    double value;
    int decimals;
    const char *text;
  } cases[] = {
      {"sv", 1234, 0,
       "1\xC2\xA0"
       "234"},
      {"sv", 12.5, 1, "12,5"},
      {"en", 12.5, 1, "12.5"},
      {"en", 1234567, 0,
       "1\xC2\xA0"
       "234\xC2\xA0"
       "567"},
      {"ar", 1234, 0,
       "1\xC2\xA0"
       "234"},
      {"fa", 0, 2, "0.00"},
      {"tr", 3.14159, 2, "3,14"},
      {"sv", NAN, 0, "–"},
  };
  static const struct {
    const char *language;
    double kilometres;
    const char *text;
  } distances[] = {
      {"sv", 0, "50\xC2\xA0m"},     {"sv", 0.78, "800\xC2\xA0m"},  {"sv", 0.974, "950\xC2\xA0m"},
      {"sv", 0.98, "1\xC2\xA0km"},  {"sv", 3.46, "3,5\xC2\xA0km"}, {"sv", 3, "3\xC2\xA0km"},
      {"sv", 9.96, "10\xC2\xA0km"}, {"sv", 42.4, "42\xC2\xA0km"},  {"sv", 1242, "1242\xC2\xA0km"},
      {"sv", INFINITY, "–"},
  };

  static const struct {
    const char *language;
    guint64 bytes;
    const char *text;
  } amounts[] = {
      {"sv", 0, "0\xC2\xA0kB"},         {"sv", 1, "1\xC2\xA0kB"},
      {"sv", 12345, "12\xC2\xA0kB"},    {"sv", 99999, "100\xC2\xA0kB"},
      {"sv", 100000, "0,1\xC2\xA0MB"},  {"en", 411111, "0.4\xC2\xA0MB"},
      {"en", 1000000, "1.0\xC2\xA0MB"}, {"en", 9949999, "9.9\xC2\xA0MB"},
      {"en", 23000000, "23\xC2\xA0MB"}, {"sv", 5000000000, "5000\xC2\xA0MB"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    assert_text (lykta_format_bytes (amounts[i].language, amounts[i].bytes), amounts[i].text);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (lykta_format_number (cases[i].language, cases[i].value, cases[i].decimals),
                 cases[i].text);
  for (gsize i = 0; i < G_N_ELEMENTS (distances); i++)
    assert_text (lykta_format_distance (distances[i].language, distances[i].kilometres),
                 distances[i].text);
}

/* What must hold in each language, whatever words ICU has for it this year. */
static void
check_any (const char *language, char *text)
{
  g_autofree char *owned = text;

  g_test_message ("%s: %s", language, text);
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), >, 0);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    g_assert_true (c < 0x80 || !g_unichar_isdigit (c));
  }
}

static void
check_contains (const char *language, char *text, const char *part)
{
  g_assert_nonnull (strstr (text, part));
  check_any (language, text);
}

static void
test_every_language (void)
{
  const gint64 start = lykta_test_moment ("2026-11-24T15:00:00+01:00");

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++) {
    const char *l = languages[i];

    check_contains (l, lykta_format_long_date (l, tuesday, unset), "2026");
    check_contains (l, lykta_format_long_date (l, tuesday, unset), "24");
    check_contains (l, lykta_format_numeric_date (l, tuesday), "2026");
    check_contains (l, lykta_format_short_date (l, tuesday), "24");
    check_contains (l, lykta_format_time_range (l, start, start + 3600), "15:00–16:00");
    check_contains (l, lykta_format_date_range (l, tuesday, unset), "24");
    check_contains (l, lykta_format_date_range (l, tuesday, day ("2027-02-03")), "2027");
    check_contains (l, lykta_format_number (l, 7, 0), "7");
    check_contains (l, lykta_format_distance (l, 5), "5");
    check_contains (l, lykta_format_bytes (l, 7000), "7");
    check_any (l, lykta_format_bytes (l, 411111));
    for (int weekday = 1; weekday <= 7; weekday++)
      check_any (l, lykta_format_weekday (l, weekday));
    for (int days = -7; days <= 7; days++) {
      LyktaDate date = lykta_date_add_days (tuesday, days);
      g_autofree char *relative = lykta_format_relative_day (l, date, tuesday);

      check_any (l, lykta_format_day_heading (l, date, tuesday));
      if (strcmp (l, "qaa") != 0)
        g_assert_nonnull (relative);
    }
  }
}

static gpointer
use_formatters (gpointer data)
{
  for (int round = 0; round < 200; round++) {
    for (gsize i = 0; i < G_N_ELEMENTS (languages); i++) {
      g_autofree char *heading = lykta_format_day_heading (languages[i], tuesday, tuesday);
      g_autofree char *distance = lykta_format_distance (languages[i], round);

      g_assert_nonnull (heading);
      g_assert_nonnull (distance);
    }
  }
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("formats", use_formatters, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/text/date-format/days", test_days);
  g_test_add_func ("/text/date-format/dates", test_dates);
  g_test_add_func ("/text/date-format/times", test_times);
  g_test_add_func ("/text/date-format/ranges", test_ranges);
  g_test_add_func ("/text/date-format/numbers", test_numbers);
  g_test_add_func ("/text/date-format/every-language", test_every_language);
  g_test_add_func ("/text/date-format/threads", test_threads);
  return g_test_run ();
}
