/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "store/store-fixture.h"

/* What a query finds, and what cards say. */

static const StoreTestActivity calendar[] = {
    {.uid = "past", .start = "2026-11-24T08:00:00+01:00", .minutes = 60, .sv = "Morgonkaffe"},
    {.uid = "now", .start = "2026-11-24T11:30:00+01:00", .minutes = 60, .sv = "Pågår nu"},
    {.uid = "b",
     .start = "2026-11-24T18:00:00+01:00",
     .minutes = 120,
     .sv = "Språkcafé",
     .en = "Language café",
     .ar = "مقهى اللغة",
     .purposes = LYKTA_PURPOSE_SWEDISH,
     .has_childcare = TRUE,
     .offers_certificate = TRUE,
     .organiser = "Medis språkhjälp",
     .place = "Medborgarplatsens bibliotek",
     .town = "Stockholm",
     .latitude = 59.3146,
     .longitude = 18.0722,
     .description = "Vi pratar svenska och dricker te."},
    {.uid = "a",
     .start = "2026-11-24T18:00:00+01:00",
     .minutes = 60,
     .sv = "Åka skidor",
     .purposes = LYKTA_PURPOSE_HEALTH,
     .audience = LYKTA_AUDIENCE_WOMEN,
     .town = "Uppsala",
     .latitude = 59.8586,
     .longitude = 17.6389},
    {.uid = "c",
     .start = "2026-11-24T18:00:00+01:00",
     .minutes = 60,
     .sv = "Arbetsmarknad",
     .purposes = LYKTA_PURPOSE_WORK | LYKTA_PURPOSE_SOCIETY,
     .attendance = LYKTA_ATTENDANCE_ONLINE,
     .latitude = 59.3,
     .longitude = 18.0},
    {.uid = "moment", .start = "2026-11-25T09:00:00+01:00", .sv = "Ett ögonblick"},
    {.uid = "long",
     .start = "2026-11-20T00:00:00+01:00",
     .minutes = 14 * 24 * 60,
     .sv = "Utställning"},
    {.uid = "far", .start = "2027-05-03T10:00:00+02:00", .minutes = 60, .sv = "Maj"},
};

static void
set_up (StoreFixture *fixture)
{
  store_fixture_set_up (fixture);
  store_test_refresh (fixture->store, "test", calendar, G_N_ELEMENTS (calendar), NULL);
}

static LyktaQuery *
query_between (const char *from, const char *to)
{
  g_autoptr (LyktaQuery) query = lykta_query_new ("sv", 0);

  return lykta_query_with_period (query, lykta_test_moment (from),
                                  to != NULL ? lykta_test_moment (to) : 0);
}

static void
test_periods (void)
{
  static const struct {
    const char *from;
    const char *to;
    const char *expected;
  } cases[] = {
      {"2026-11-24T12:00:00+01:00", NULL, "long now c b a moment far"},
      {"2026-11-24T12:30:00+01:00", "2026-11-24T18:00:00+01:00", "long"},
      {"2026-11-24T12:29:59+01:00", "2026-11-24T18:00:01+01:00", "long now c b a"},
      {"2026-11-25T09:00:00+01:00", "2026-11-25T09:00:01+01:00", "long moment"},
      {"2026-11-25T09:00:01+01:00", "2026-11-26T00:00:00+01:00", "long"},
      {"2026-12-04T00:00:00+01:00", "2026-12-05T00:00:00+01:00", ""},
      {"2026-12-03T23:59:59+01:00", "2026-12-05T00:00:00+01:00", "long"},
      {"2027-01-01T00:00:00+01:00", NULL, "far"},
  };
  g_auto (StoreFixture) fixture = {0};
  set_up (&fixture);
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);

  for (guint use_index = 0; use_index < 2; use_index++) {
    if (use_index)
      g_assert_true (lykta_content_store_load_index (fixture.store, NULL, NULL));
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
      g_autoptr (LyktaQuery) query = query_between (cases[i].from, cases[i].to);
      g_autofree char *found = store_test_list (reader, query);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
  }
  g_assert_finalize_object (g_steal_pointer (&reader));
}

typedef LyktaQuery *(*QueryFunc) (LyktaQuery *query);

static LyktaQuery *
swedish_or_work (LyktaQuery *query)
{
  return lykta_query_with_purposes (query, LYKTA_PURPOSE_SWEDISH | LYKTA_PURPOSE_WORK);
}

static LyktaQuery *
with_childcare (LyktaQuery *query)
{
  return lykta_query_with_childcare (query, TRUE);
}

static LyktaQuery *
women_only (LyktaQuery *query)
{
  return lykta_query_with_women_only (query, TRUE);
}

static LyktaQuery *
online (LyktaQuery *query)
{
  return lykta_query_with_online (query, TRUE);
}

static LyktaQuery *
with_certificate (LyktaQuery *query)
{
  return lykta_query_with_certificate (query, TRUE);
}

static LyktaQuery *
within_ten_km (LyktaQuery *query)
{
  return lykta_query_with_position (query, 59.33, 18.06, 10);
}

static LyktaQuery *
within_a_hundred_km (LyktaQuery *query)
{
  return lykta_query_with_position (query, 59.33, 18.06, 100);
}

static LyktaQuery *
of_test (LyktaQuery *query)
{
  return lykta_query_with_source (query, "test");
}

static LyktaQuery *
of_nobody (LyktaQuery *query)
{
  return lykta_query_with_source (query, "nobody");
}

static LyktaQuery *
searching (LyktaQuery *query)
{
  return lykta_query_with_search (query, "sprakcafe");
}

static LyktaQuery *
searching_apart (LyktaQuery *query)
{
  return lykta_query_with_search (query, "språk kafé");
}

static LyktaQuery *
searching_near (LyktaQuery *query)
{
  g_autoptr (LyktaQuery) near = within_ten_km (query);

  return lykta_query_with_search (near, "medis");
}

static void
test_filters (void)
{
  static const struct {
    QueryFunc change;
    const char *expected;
  } cases[] = {
      {swedish_or_work, "c b"},
      {with_childcare, "b"},
      {women_only, "a"},
      {online, "c"},
      {with_certificate, "b"},
      {within_ten_km, "b"},
      {within_a_hundred_km, "b a"},
      {of_test, "long now c b a moment far"},
      {of_nobody, ""},
      {searching, "b"},
      {searching_apart, "b"},
      {searching_near, "b"},
  };
  g_auto (StoreFixture) fixture = {0};
  set_up (&fixture);
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  g_autoptr (LyktaQuery) all = query_between (STORE_FIXTURE_NOW, NULL);

  for (guint use_index = 0; use_index < 2; use_index++) {
    if (use_index)
      g_assert_true (lykta_content_store_load_index (fixture.store, NULL, NULL));
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
      g_autoptr (LyktaQuery) query = cases[i].change (all);
      g_autofree char *found = store_test_list (reader, query);
      g_auto (GStrv) words = g_strsplit (found, " ", -1);
      const guint n = found[0] != '\0' ? g_strv_length (words) : 0;
      g_assert_cmpstr (found, ==, cases[i].expected);
      g_assert_cmpint (lykta_content_reader_count (reader, query, NULL), ==, n);
    }
  }
  g_assert_finalize_object (g_steal_pointer (&reader));
}

static void
test_cards (void)
{
  static const struct {
    const char *language;
    const char *title;
    const char *title_language;
  } cases[] = {
      {"sv", "Språkcafé", "sv"},
      {"en", "Language café", "en"},
      {"ar", "مقهى اللغة", "ar"},
      {"so", "Language café", "en"},
  };
  g_auto (StoreFixture) fixture = {0};
  set_up (&fixture);
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LyktaQuery) plain =
        lykta_query_new (cases[i].language, lykta_test_moment (STORE_FIXTURE_NOW));
    g_autoptr (LyktaQuery) here = lykta_query_with_position (plain, 59.3146, 18.0722, 0);
    g_autoptr (GPtrArray) cards = lykta_content_reader_list (reader, here, 3, 1, NULL);
    const LyktaCardFields *fields = lykta_card_get_fields (cards->pdata[0]);
    g_assert_cmpstr (fields->uid, ==, "b");
    g_assert_cmpstr (fields->source_id, ==, "test");
    g_assert_cmpstr (fields->title, ==, cases[i].title);
    g_assert_cmpstr (fields->title_language, ==, cases[i].title_language);
    g_assert_cmpstr (fields->place, ==, "Medborgarplatsens bibliotek");
    g_assert_cmpstr (fields->town, ==, "Stockholm");
    g_assert_cmpstr (fields->municipality_code, ==, "0180");
    g_assert_cmpstr (fields->organiser, ==, "Medis språkhjälp");
    g_assert_cmpfloat (fields->distance_km, <, 0.001);
    g_assert_cmpint (fields->primary_purpose, ==, LYKTA_PURPOSE_SWEDISH);
    g_assert_cmpint (fields->childcare, ==, LYKTA_TRISTATE_YES);
    g_assert_true (fields->offers_certificate);
    g_assert_false (fields->is_first_of_day);
  }
}

static void
test_first_of_day (void)
{
  static const gboolean expected[] = {TRUE, TRUE, FALSE, FALSE, FALSE, TRUE, TRUE};
  g_auto (StoreFixture) fixture = {0};
  set_up (&fixture);
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  g_autoptr (LyktaQuery) query = query_between (STORE_FIXTURE_NOW, NULL);

  /* The same whether read at once or card by card. */
  g_autoptr (GPtrArray) all = lykta_content_reader_list (reader, query, 0, 50, NULL);
  g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < all->len; i++) {
    g_autoptr (GPtrArray) one = lykta_content_reader_list (reader, query, i, 1, NULL);
    g_assert_cmpint (lykta_card_get_fields (all->pdata[i])->is_first_of_day, ==, expected[i]);
    g_assert_cmpint (lykta_card_get_fields (one->pdata[0])->is_first_of_day, ==, expected[i]);
  }
}

static void
test_next_day (void)
{
  g_auto (StoreFixture) fixture = {0};
  set_up (&fixture);
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  g_autoptr (LyktaQuery) december =
      query_between ("2026-12-10T00:00:00+01:00", "2026-12-11T00:00:00+01:00");
  g_autoptr (LyktaQuery) never =
      query_between ("2027-12-10T00:00:00+01:00", "2027-12-11T00:00:00+01:00");
  LyktaDate day;

  for (guint use_index = 0; use_index < 2; use_index++) {
    if (use_index)
      g_assert_true (lykta_content_store_load_index (fixture.store, NULL, NULL));
    g_assert_true (lykta_content_reader_find_next_day (reader, december, &day, NULL));
    g_autofree char *text = lykta_date_to_string (day);
    g_assert_cmpstr (text, ==, "2027-05-03");
    g_assert_false (lykta_content_reader_find_next_day (reader, never, &day, NULL));
    g_assert_false (lykta_date_is_set (day));
  }
}

static void
test_activity (void)
{
  g_auto (StoreFixture) fixture = {0};
  set_up (&fixture);
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  g_autoptr (GError) error = NULL;
  gint64 id;
  g_autoptr (LyktaActivity) activity =
      lykta_content_reader_get_activity (reader, NULL, "b", &id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (activity);
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (activity), "en"), ==,
                   "Language café");
  g_autoptr (LyktaActivity) same =
      lykta_content_reader_get_activity (reader, "test", "b", NULL, NULL);
  g_autoptr (LyktaActivity) by_id = lykta_content_reader_get_activity_by_id (reader, id, NULL);
  g_autoptr (GVariant) one = lykta_activity_to_variant (same);
  g_autoptr (GVariant) other = lykta_activity_to_variant (by_id);
  g_assert_true (g_variant_equal (one, other));
  g_assert_null (lykta_content_reader_get_activity (reader, "test", "nothing", &id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (id, ==, 0);
  g_assert_null (lykta_content_reader_get_activity (reader, "other", "b", NULL, &error));
  g_assert_no_error (error);
  g_assert_null (lykta_content_reader_get_activity_by_id (reader, 999999, &error));
  g_assert_no_error (error);
  g_assert_cmpint (lykta_content_reader_count_activities (reader, NULL, NULL), ==,
                   G_N_ELEMENTS (calendar));
  g_assert_cmpint (lykta_content_reader_count_activities (reader, "nobody", NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/store/content/periods", test_periods);
  g_test_add_func ("/store/content/filters", test_filters);
  g_test_add_func ("/store/content/cards", test_cards);
  g_test_add_func ("/store/content/first-of-day", test_first_of_day);
  g_test_add_func ("/store/content/next-day", test_next_day);
  g_test_add_func ("/store/content/activity", test_activity);
  return g_test_run ();
}
