/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store/lykta-occurrence-bits-private.h"
#include "store/store-fixture.h"
#include "support/lykta-fuzz.h"

/* Whatever a person types is a question and never an error; whatever stands in a row of dates is
 * read to its end or refused. */

static const char *const seeds[] = {
    "språkcafé göteborg",
    "\"svenska\" NOT (a OR b)*",
    "title : x AND NEAR(a b, 2)",
    "مدرسة ال",
    "\x02\x80\x01\x90\x1c\x03\x00\x0e\x80\x01",
    "1",
    NULL,
};
static const char *const words[] = {
    "\"",    "*", "^", ":",    "(",    ")",  " AND ",        " OR ", " NOT ",
    "NEAR(", "+", "-", "\x80", "\xff", "ال", "\xE2\x80\x8C", "\n",   NULL};

static StoreFixture fixture;
static LyktaContentReader *reader;
static LyktaQuery *all;

static void
feed_search (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (LyktaQuery) query = lykta_query_with_search (all, valid);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cards = lykta_content_reader_list (reader, query, 0, 10, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (cards->len, <=, 1);
}

static void
feed_dates (const guint8 *data, gsize size)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (LyktaDateRow));

  if (lykta_dates_unpack (data, size, 1, 0, rows))
    g_assert_cmpuint (rows->len, <=, size / 4);
}

static void
feed (const guint8 *data, gsize size)
{
  feed_search (data, size);
  feed_dates (data, size);
}

int
main (int argc, char **argv)
{
  static const StoreTestActivity row = {
      .uid = "a", .start = "2026-11-25T10:00:00+01:00", .sv = "Språkcafé", .town = "Göteborg"};
  const LyktaFuzzTarget target = {.name = "store", .feed = feed, .seeds = seeds, .words = words};

  store_fixture_set_up (&fixture);
  store_test_refresh (fixture.store, "test", &row, 1, NULL);
  reader = store_fixture_reader (&fixture);
  all = lykta_query_new ("sv", lykta_test_moment (STORE_FIXTURE_NOW));
  const int result = lykta_fuzz_run (&target, argc, argv);
  g_clear_pointer (&all, lykta_query_unref);
  g_clear_object (&reader);
  store_fixture_tear_down (&fixture);
  return result;
}
