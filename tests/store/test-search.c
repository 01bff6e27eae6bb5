/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-fixture.h"

/* Words found however they are written, through the whole store. */

static const StoreTestActivity calendar[] = {
    {.uid = "cafe",
     .start = "2026-11-25T10:00:00+01:00",
     .minutes = 60,
     .sv = "Språkcafé på biblioteket",
     .en = "Language café",
     .organiser = "Röda Korset",
     .place = "Stadsbiblioteket",
     .town = "Göteborg",
     .description = "Övning ger färdighet. Ta med en vän!"},
    {.uid = "arabic",
     .start = "2026-11-25T11:00:00+01:00",
     .minutes = 60,
     .ar = "مَدْرَسَةٌ لِلُّغَةِ السويدية",
     .sv = "Skola"},
    {.uid = "plain",
     .start = "2026-11-25T12:00:00+01:00",
     .minutes = 60,
     .ar = "المكتبة العامة",
     .sv = "Öppet hus"},
    {.uid = "swim",
     .start = "2026-11-25T13:00:00+01:00",
     .minutes = 60,
     .sv = "Simning för kvinnor",
     .description = "Badhuset i Hammarö. Спільне плавання. የመዋኛ ትምህርት"},
    {.uid = "sing", .start = "2026-11-25T14:00:00+01:00", .minutes = 60, .sv = "Sång"},
};

static void
test_found (void)
{
  static const struct {
    const char *search;
    const char *expected;
  } cases[] = {
      /* accents and spellings */
      {"språkcafé", "cafe"},
      {"sprakcafe", "cafe"},
      {"SPRÅKCAFE", "cafe"},
      {"språkkafé", "cafe"},
      {"sprakkafe", "cafe"},
      {"goteborg", "cafe"},
      {"Röda kors", "cafe"},
      {"stadsbibl", "cafe"},
      {"hammaro", "swim"},
      /* every word, in any order, the last one as a beginning */
      {"biblioteket språk", "cafe"},
      {"language göteborg", "cafe"},
      {"simning göteborg", ""},
      {"öv färdighet", ""},
      {"övning färd", "cafe"},
      /* Arabic with and without marks and article */
      {"مدرسة", "arabic"},
      {"مدرسه", "arabic"},
      {"مكتبة", "plain"},
      {"المكتبة", "plain"},
      {"مَكْتَبَة", "plain"},
      /* other scripts */
      {"плавання", "swim"},
      {"ПЛАВ", "swim"},
      {"ትምህርት", "swim"},
      /* one or two letters: in titles alone */
      {"s", "cafe arabic swim sing"},
      {"sp", "cafe"},
      {"sa", "sing"},
      {"ba", ""},
      {"bad", "swim"},
      {"röda s", "cafe"},
      /* nothing to ask */
      {" ", "cafe arabic plain swim sing"},
      {"!?", "cafe arabic plain swim sing"},
      {"\"", "cafe arabic plain swim sing"},
      /* what would be a question in the language of SQLite is a word here */
      {"språk* OR simning", ""},
      {"title:skola", ""},
      {"\"skola\"", "arabic"},
      {"NOT", ""},
      {"nothing", ""},
  };
  g_auto (StoreFixture) fixture = {0};
  store_fixture_set_up (&fixture);
  store_test_refresh (fixture.store, "test", calendar, G_N_ELEMENTS (calendar), NULL);
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  g_autoptr (LyktaQuery) all = lykta_query_new ("sv", lykta_test_moment (STORE_FIXTURE_NOW));

  for (guint use_index = 0; use_index < 2; use_index++) {
    if (use_index)
      g_assert_true (lykta_content_store_load_index (fixture.store, NULL, NULL));
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
      g_autoptr (LyktaQuery) query = lykta_query_with_search (all, cases[i].search);
      g_autofree char *found = store_test_list (reader, query);
      g_test_message ("search: %s", cases[i].search);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
  }
}

static void
assert_found (LyktaContentReader *reader, const char *search, const char *expected)
{
  g_autoptr (LyktaQuery) all = lykta_query_new ("sv", lykta_test_moment (STORE_FIXTURE_NOW));
  g_autoptr (LyktaQuery) query = lykta_query_with_search (all, search);
  g_autofree char *found = store_test_list (reader, query);

  g_assert_cmpstr (found, ==, expected);
}

/* What an activity no longer says is no longer found. */
static void
test_changes (void)
{
  static const StoreTestActivity before[] = {
      {.uid = "a",
       .start = "2026-11-25T10:00:00+01:00",
       .minutes = 60,
       .sv = "Kaffe",
       .description = "Bulle"},
      {.uid = "b",
       .start = "2026-11-25T11:00:00+01:00",
       .minutes = 60,
       .sv = "Kaffe",
       .description = "Kaka"},
  };
  static const StoreTestActivity after[] = {
      {.uid = "a",
       .start = "2026-11-25T10:00:00+01:00",
       .minutes = 60,
       .sv = "Te",
       .description = "Bulle"},
      {.uid = "c", .start = "2026-11-25T12:00:00+01:00", .minutes = 60, .sv = "Saft"},
  };
  g_auto (StoreFixture) fixture = {0};
  store_fixture_set_up (&fixture);
  store_test_refresh (fixture.store, "test", before, 2, NULL);
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);

  assert_found (reader, "kaffe", "a b");
  assert_found (reader, "ka", "a b");
  assert_found (reader, "bulle", "a");
  store_test_refresh (fixture.store, "test", after, 2, NULL);
  assert_found (reader, "kaffe", "");
  assert_found (reader, "ka", "");
  assert_found (reader, "te", "a");
  assert_found (reader, "bulle", "a");
  assert_found (reader, "kaka", "");
  assert_found (reader, "saft", "c");
  store_test_refresh (fixture.store, "test", NULL, 0, NULL);
  assert_found (reader, "saft", "");
  store_test_refresh (fixture.store, "test", before, 2, NULL);
  assert_found (reader, "kaffe", "a b");
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/store/search/found", test_found);
  g_test_add_func ("/store/search/changes", test_changes);
  return g_test_run ();
}
