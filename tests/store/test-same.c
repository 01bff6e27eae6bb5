/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/lykta-limits.h"
#include "store/lykta-content-records.h"
#include "store/lykta-content-same.h"
#include "store/store-fixture.h"

/* One activity from several records, and what is left of it when they go. */

#define HOUR 3600
#define DAY  (24 * HOUR)

typedef struct {
  const char *uid;
  const char *title;
  const char *place;
  const char *town;
  const char *start;
  const char *rule;
  const char *en;
  const char *cancelled; /* the date at this moment is */
  const char *exception; /* the date at this moment is not there */
  LyktaStatus status;
} Row;

/* What a row does not say is as in the language café. */
static Row
complete (const Row *row)
{
  Row all = *row;

  all.title = row->title != NULL ? row->title : "Språkcafé";
  all.start = row->start != NULL ? row->start : "2026-11-24T17:00:00+01:00";
  all.place = "Biblioteket";
  all.town = row->town == NULL ? "Lund" : g_str_equal (row->town, "-") ? NULL : row->town;
  return all;
}

static LyktaActivity *
make (const Row *partial)
{
  const Row whole = complete (partial), *row = &whole;
  const StoreTestActivity plain = {.uid = row->uid,
                                   .start = row->start,
                                   .minutes = 120,
                                   .rule = row->rule,
                                   .sv = row->title,
                                   .en = row->en,
                                   .place = row->place,
                                   .town = row->town};
  g_autoptr (LyktaActivityBuilder) builder = store_test_builder (&plain);
  g_autoptr (LyktaActivity) first = lykta_activity_builder_end (builder);
  LyktaSchedule *old = lykta_activity_get_schedule (first);
  int hour, minute, second;

  lykta_schedule_get_time (old, &hour, &minute, &second);
  g_autoptr (LyktaScheduleBuilder) times = lykta_schedule_builder_new (
      NULL, lykta_schedule_get_date (old), hour, minute, second, FALSE, 120 * 60);
  if (row->rule != NULL)
    lykta_schedule_builder_add_rule (times, row->rule);
  if (row->exception != NULL)
    lykta_schedule_builder_add_exception (times, lykta_test_moment (row->exception));
  if (row->cancelled != NULL) {
    const gint64 start = lykta_test_moment (row->cancelled);
    const LyktaOverride override = {.original_start = start,
                                    .start = start,
                                    .end = start + 120 * 60,
                                    .status = LYKTA_STATUS_CANCELLED};
    lykta_schedule_builder_add_override (times, &override);
  }
  g_autoptr (LyktaSchedule) schedule = lykta_schedule_builder_end (g_steal_pointer (&times));
  lykta_activity_builder_set_schedule (builder, schedule);
  lykta_activity_builder_set_status (builder, row->status);
  return lykta_activity_builder_end (builder);
}

typedef enum { CONFIRMED, PLAIN } Ending;

static void
refresh (StoreFixture *fixture, const char *source_id, Ending ending, const Row *rows, guint n)
{
  g_autoptr (LyktaContentWriter) writer = store_fixture_writer (fixture);
  g_autoptr (LyktaSource) source = store_test_source (source_id);
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  GError *error = NULL;

  state->last_confirmed = lykta_clock_now (fixture->clock);
  lykta_content_writer_begin (writer, source, &error);
  for (guint i = 0; i < n; i++) {
    g_autoptr (LyktaActivity) activity = make (&rows[i]);
    lykta_content_writer_put (writer, activity, NULL, &error);
    g_assert_no_error (error);
  }
  if (ending == CONFIRMED)
    lykta_content_writer_remove_missing (writer, &error);
  else
    lykta_content_writer_mark_missing (writer, &error);
  lykta_content_writer_commit (writer, state, &error);
  g_assert_no_error (error);
}
#define REFRESH(fixture, source, ending, ...)                       \
  G_STMT_START                                                      \
  {                                                                 \
    const Row rows_[] = {__VA_ARGS__};                              \
    refresh (fixture, source, ending, rows_, G_N_ELEMENTS (rows_)); \
  }                                                                 \
  G_STMT_END

/* "uid/source day.month" of what lists show within three weeks, "!" cancelled, "?" gone. */
static char *
list (StoreFixture *fixture, const char *source)
{
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (fixture);
  const gint64 now = lykta_clock_now (fixture->clock);
  g_autoptr (LyktaQuery) all = lykta_query_new ("en", now);
  g_autoptr (LyktaQuery) soon = lykta_query_with_period (all, now, now + 21 * DAY);
  g_autoptr (LyktaQuery) query = lykta_query_with_source (soon, source);
  g_autoptr (GPtrArray) cards = lykta_content_reader_list (reader, query, 0, 100, NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < cards->len; i++) {
    const LyktaCardFields *fields = lykta_card_get_fields (cards->pdata[i]);
    const LyktaDate date = lykta_date_of_moment (fields->occurrence.start);
    g_string_append_printf (out, "%s%s/%s %d.%d%s%s", i > 0 ? ", " : "", fields->uid,
                            fields->source_id, date.day, date.month,
                            fields->occurrence.status == LYKTA_STATUS_CANCELLED ? "!" : "",
                            fields->occurrence.is_gone ? "?" : "");
  }
  return g_string_free (out, FALSE);
}

static void
assert_list (StoreFixture *fixture, const char *expected)
{
  g_autofree char *found = list (fixture, NULL);

  g_assert_cmpstr (found, ==, expected);
}

static void
advance (StoreFixture *fixture, gint64 seconds)
{
  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (fixture->clock), seconds);
}

/* ---- two sources ---- */

static void
test_shown_once (void)
{
  g_auto (StoreFixture) fixture = {0};
  store_fixture_set_up (&fixture);

  REFRESH (&fixture, "a", CONFIRMED, {.uid = "one", .rule = "FREQ=WEEKLY"},
           {.uid = "other", .title = "Sykväll"});
  REFRESH (&fixture, "b", CONFIRMED, {.uid = "two", .rule = "FREQ=WEEKLY", .en = "Café"});
  assert_list (&fixture, "one/a 24.11, other/a 24.11, one/a 1.12, one/a 8.12");
  g_autofree char *named = list (&fixture, "b");
  g_assert_cmpstr (named, ==, "two/b 24.11, two/b 1.12, two/b 8.12");

  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  gint64 id;
  g_autoptr (LyktaActivity) activity =
      lykta_content_reader_get_activity (reader, "b", "two", &id, NULL);
  g_autoptr (GPtrArray) same = lykta_content_reader_list_same (reader, id, NULL);
  g_assert_cmpuint (same->len, ==, 2);
  g_assert_cmpstr (((LyktaSameRecord *)same->pdata[0])->uid, ==, "one");
  g_assert_cmpstr (((LyktaSameRecord *)same->pdata[1])->source_id, ==, "b");
  g_assert_cmpint (lykta_content_reader_count_activities (reader, NULL, NULL), ==, 2);
  g_assert_cmpint (lykta_content_reader_count_activities (reader, "b", NULL), ==, 1);

  /* A word and a title that only the other has. */
  g_autoptr (LyktaQuery) all = lykta_query_new ("en", lykta_clock_now (fixture.clock));
  g_autoptr (LyktaQuery) search = lykta_query_with_search (all, "café");
  g_autoptr (GPtrArray) cards = lykta_content_reader_list (reader, search, 0, 1, NULL);
  const LyktaCardFields *fields = lykta_card_get_fields (cards->pdata[0]);
  g_assert_cmpstr (fields->uid, ==, "one");
  g_assert_cmpstr (fields->title, ==, "Café");
  g_assert_cmpstr (fields->title_language, ==, "en");
  g_autoptr (LyktaCard) card =
      lykta_content_reader_get_card (reader, id, fields->occurrence.start, "sv", NULL);
  g_assert_cmpstr (lykta_card_get_fields (card)->uid, ==, "one");
}

/* What one of them drops is shown at once from the other, and the other way round. */
static void
test_one_drops_it (void)
{
  g_auto (StoreFixture) fixture = {0};
  store_fixture_set_up (&fixture);

  REFRESH (&fixture, "a", CONFIRMED, {.uid = "one", .rule = "FREQ=WEEKLY"});
  REFRESH (&fixture, "b", CONFIRMED, {.uid = "two", .rule = "FREQ=WEEKLY"});
  REFRESH (&fixture, "a", CONFIRMED,
           {.uid = "one", .rule = "FREQ=WEEKLY", .exception = "2026-12-01T17:00:00+01:00"});
  assert_list (&fixture, "one/a 24.11, two/b 1.12, one/a 8.12");
  refresh (&fixture, "a", PLAIN, NULL, 0);
  assert_list (&fixture, "two/b 24.11, two/b 1.12, two/b 8.12");
  REFRESH (&fixture, "a", PLAIN, {.uid = "one", .rule = "FREQ=WEEKLY"});
  assert_list (&fixture, "one/a 24.11, one/a 1.12, one/a 8.12");
  refresh (&fixture, "a", CONFIRMED, NULL, 0);
  assert_list (&fixture, "two/b 24.11, two/b 1.12, two/b 8.12");
  REFRESH (&fixture, "a", CONFIRMED, {.uid = "one", .rule = "FREQ=WEEKLY"});
  REFRESH (&fixture, "b", CONFIRMED, {.uid = "two", .title = "Annat"});
  assert_list (&fixture, "two/b 24.11, one/a 24.11, one/a 1.12, one/a 8.12");
}

/* A date that one of them has cancelled is cancelled. */
static void
test_one_cancels_it (void)
{
  g_auto (StoreFixture) fixture = {0};
  store_fixture_set_up (&fixture);

  REFRESH (&fixture, "a", CONFIRMED, {.uid = "one", .rule = "FREQ=WEEKLY"});
  REFRESH (&fixture, "b", CONFIRMED,
           {.uid = "two", .rule = "FREQ=WEEKLY", .cancelled = "2026-12-01T17:00:00+01:00"});
  assert_list (&fixture, "one/a 24.11, two/b 1.12!, one/a 8.12");
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  gint64 id;
  g_autoptr (LyktaActivity) activity =
      lykta_content_reader_get_activity (reader, "a", "one", &id, NULL);
  g_autoptr (GArray) dates =
      lykta_content_reader_get_occurrences (reader, id, lykta_clock_now (fixture.clock), 3, NULL);
  g_assert_cmpuint (dates->len, ==, 3);
  g_assert_cmpint (g_array_index (dates, LyktaOccurrence, 1).status, ==, LYKTA_STATUS_CANCELLED);
}

static void
set_order (StoreFixture *fixture, const char *first, const char *second)
{
  g_autoptr (LyktaContentWriter) writer = store_fixture_writer (fixture);
  g_autoptr (GPtrArray) sources =
      g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_source_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (sources, store_test_source (first));
  if (second != NULL)
    g_ptr_array_add (sources, store_test_source (second));
  lykta_content_writer_set_sources (writer, sources, &error);
  g_assert_no_error (error);
}

static void
test_order_of_sources (void)
{
  g_auto (StoreFixture) fixture = {0};
  store_fixture_set_up (&fixture);

  REFRESH (&fixture, "b", CONFIRMED, {.uid = "two"});
  REFRESH (&fixture, "a", CONFIRMED, {.uid = "one"});
  assert_list (&fixture, "two/b 24.11");
  set_order (&fixture, "a", "b");
  assert_list (&fixture, "one/a 24.11");
  REFRESH (&fixture, LYKTA_SOURCE_ID_PRESET, CONFIRMED, {.uid = "three"});
  assert_list (&fixture, "three/aktiviteter-i-sverige 24.11");
  set_order (&fixture, "b", NULL);
  assert_list (&fixture, "two/b 24.11");
}

/* ---- a series that was cut ---- */

static void
test_cut_series (void)
{
  g_auto (StoreFixture) fixture = {0};
  store_fixture_set_up (&fixture);
  gint64 id;

  REFRESH (&fixture, "a", CONFIRMED, {.uid = "p1"},
           {.uid = "p2", .start = "2026-12-01T17:00:00+01:00"},
           {.uid = "p3", .start = "2026-12-08T17:00:00+01:00"});
  assert_list (&fixture, "p1/a 24.11, p2/a 1.12, p3/a 8.12");
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  g_autoptr (LyktaActivity) piece =
      lykta_content_reader_get_activity (reader, "a", "p2", &id, NULL);
  g_autoptr (GArray) dates =
      lykta_content_reader_get_occurrences (reader, id, lykta_clock_now (fixture.clock), 0, NULL);
  g_assert_cmpuint (dates->len, ==, 3);
  g_assert_cmpint (lykta_content_reader_count_activities (reader, NULL, NULL), ==, 1);

  REFRESH (&fixture, "b", CONFIRMED, {.uid = "series", .rule = "FREQ=WEEKLY"});
  assert_list (&fixture, "p1/a 24.11, p2/a 1.12, p3/a 8.12");
  REFRESH (&fixture, "a", CONFIRMED, {.uid = "p1"},
           {.uid = "p3", .start = "2026-12-08T17:00:00+01:00"});
  assert_list (&fixture, "p1/a 24.11, series/b 1.12, p3/a 8.12");
  g_assert_cmpint (lykta_content_reader_count_activities (reader, NULL, NULL), ==, 1);
}

/* ---- missing ---- */

static void
confirm (StoreFixture *fixture, const char *source_id)
{
  g_autoptr (LyktaContentWriter) writer = store_fixture_writer (fixture);
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  g_autoptr (GError) error = NULL;

  state->last_confirmed = lykta_clock_now (fixture->clock);
  lykta_content_writer_set_state (writer, source_id, state, &error);
  g_assert_no_error (error);
}

#define LATER "2026-12-01T17:00:00+01:00"

static void
test_missing (void)
{
  g_auto (StoreFixture) fixture = {0};
  store_fixture_set_up (&fixture);

  REFRESH (&fixture, "a", PLAIN, {.uid = "stays", .title = "A", .start = LATER},
           {.uid = "goes", .title = "B", .start = LATER});
  REFRESH (&fixture, "a", PLAIN, {.uid = "stays", .title = "A", .start = LATER});
  assert_list (&fixture, "stays/a 1.12, goes/a 1.12?");
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  g_autoptr (LyktaQuery) all = lykta_query_new ("sv", lykta_clock_now (fixture.clock));
  g_assert_cmpint (lykta_content_reader_count (reader, all, NULL), ==, 1);

  advance (&fixture, LYKTA_GONE_SECONDS - 1);
  REFRESH (&fixture, "a", PLAIN, {.uid = "stays", .title = "A", .start = LATER});
  assert_list (&fixture, "stays/a 1.12, goes/a 1.12?");
  /* It comes back, and is itself again; and goes again, and the wait begins anew. */
  REFRESH (&fixture, "a", PLAIN, {.uid = "stays", .title = "A", .start = LATER},
           {.uid = "goes", .title = "B", .start = LATER});
  assert_list (&fixture, "stays/a 1.12, goes/a 1.12");
  REFRESH (&fixture, "a", PLAIN, {.uid = "stays", .title = "A", .start = LATER});
  advance (&fixture, LYKTA_GONE_SECONDS - 1);
  confirm (&fixture, "a");
  assert_list (&fixture, "stays/a 1.12, goes/a 1.12?");
  advance (&fixture, 1);
  confirm (&fixture, "a");
  assert_list (&fixture, "stays/a 1.12");
}

/* A new uid: the old record hides behind the new one while it is not yet gone. */
static void
test_new_uid (void)
{
  g_auto (StoreFixture) fixture = {0};
  store_fixture_set_up (&fixture);

  REFRESH (&fixture, "a", PLAIN, {.uid = "old", .rule = "FREQ=WEEKLY"});
  REFRESH (&fixture, "a", PLAIN, {.uid = "new", .rule = "FREQ=WEEKLY"});
  assert_list (&fixture, "new/a 24.11, new/a 1.12, new/a 8.12");
}

/* ---- cancelled ---- */

static void
test_cancelled_date_taken_out (void)
{
  g_auto (StoreFixture) fixture = {0};
  store_fixture_set_up (&fixture);
  const Row cancelled = {
      .uid = "one", .rule = "FREQ=WEEKLY", .cancelled = "2026-12-15T17:00:00+01:00"};
  const Row taken_out = {
      .uid = "one", .rule = "FREQ=WEEKLY", .exception = "2026-12-15T17:00:00+01:00"};

  refresh (&fixture, "a", CONFIRMED, &cancelled, 1);
  advance (&fixture, 2 * DAY);
  refresh (&fixture, "a", CONFIRMED, &taken_out, 1);
  assert_list (&fixture, "one/a 1.12, one/a 8.12, one/a 15.12!");
  /* Fourteen days after it was cancelled, not after it was taken out. */
  advance (&fixture, 12 * DAY - 1);
  g_autoptr (LyktaContentWriter) writer = store_fixture_writer (&fixture);
  g_assert_false (lykta_content_writer_needs_horizon (writer));
  assert_list (&fixture, "one/a 8.12, one/a 15.12!, one/a 22.12");
  advance (&fixture, 1);
  g_assert_true (lykta_content_writer_needs_horizon (writer));
  lykta_content_writer_extend_horizon (writer, NULL, NULL, NULL);
  g_assert_false (lykta_content_writer_needs_horizon (writer));
  assert_list (&fixture, "one/a 8.12, one/a 22.12");
}

static void
test_taken_out_without_a_word (void)
{
  g_auto (StoreFixture) fixture = {0};
  store_fixture_set_up (&fixture);

  REFRESH (&fixture, "a", CONFIRMED, {.uid = "one", .rule = "FREQ=WEEKLY"});
  REFRESH (&fixture, "a", CONFIRMED,
           {.uid = "one", .rule = "FREQ=WEEKLY", .exception = "2026-12-01T17:00:00+01:00"});
  assert_list (&fixture, "one/a 24.11, one/a 8.12");
}

static void
test_cancelled_activity_deleted (void)
{
  g_auto (StoreFixture) fixture = {0};
  store_fixture_set_up (&fixture);
  const Row rows[] = {
      {.uid = "all", .rule = "FREQ=WEEKLY", .status = LYKTA_STATUS_CANCELLED},
      {.uid = "date",
       .title = "X",
       .rule = "FREQ=WEEKLY",
       .cancelled = "2026-11-24T17:00:00+01:00"},
      {.uid = "stays", .title = "Z", .start = "2026-12-20T17:00:00+01:00"},
  };

  refresh (&fixture, "a", CONFIRMED, rows, 3);
  refresh (&fixture, "a", CONFIRMED, rows + 2, 1);
  assert_list (&fixture, "all/a 24.11!, date/a 24.11!, all/a 1.12!, all/a 8.12!");
  /* Not counted as the source's, and not removed twice. */
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  g_assert_cmpint (lykta_content_reader_count_activities (reader, "a", NULL), ==, 1);
  refresh (&fixture, "a", CONFIRMED, rows + 2, 1);
  advance (&fixture, DAY);
  g_autoptr (LyktaContentWriter) writer = store_fixture_writer (&fixture);
  lykta_content_writer_extend_horizon (writer, NULL, NULL, NULL);
  assert_list (&fixture, "all/a 1.12!, all/a 8.12!, all/a 15.12!");
  /* It takes place after all. */
  const Row again = {.uid = "all", .rule = "FREQ=WEEKLY"};
  refresh (&fixture, "a", PLAIN, &again, 1);
  assert_list (&fixture, "all/a 1.12, all/a 8.12, all/a 15.12");
  refresh (&fixture, "a", CONFIRMED, rows, 1);
  refresh (&fixture, "a", CONFIRMED, rows + 2, 1);
  advance (&fixture, 14 * DAY);
  lykta_content_writer_extend_horizon (writer, NULL, NULL, NULL);
  assert_list (&fixture, "stays/a 20.12");
}

/* ---- whatever the way, the same end ---- */

static const char *const sources[] = {"a", "b", "c"};

static Row
random_row (guint number, char *uid)
{
  static const char *const titles[] = {"A", "A", "B"};
  static const char *const starts[] = {"2026-11-24T17:00:00+01:00", "2026-12-01T17:00:00+01:00",
                                       "2026-12-08T17:00:00+01:00", "2026-12-03T17:00:00+01:00"};

  g_snprintf (uid, 32, "uid-%u@example.org", number);
  return (Row){
      .uid = uid,
      .title = titles[g_test_rand_int_range (0, 3)],
      .town = g_test_rand_int_range (0, 4) == 0 ? "-" : "Lund",
      .start = starts[g_test_rand_int_range (0, 4)],
      .rule = g_test_rand_int_range (0, 3) == 0 ? "FREQ=WEEKLY" : NULL,
  };
}

/* All records of all sources that are in @store now, into a new one: the same list. */
static gboolean
copy (LyktaActivity *activity, const char *source_id, gpointer user_data)
{
  GHashTable *by_source = user_data;
  GPtrArray *activities = g_hash_table_lookup (by_source, source_id);

  g_ptr_array_add (activities, g_object_ref (activity));
  return TRUE;
}

static char *
list_of_fresh_copy (StoreFixture *fixture)
{
  g_auto (StoreFixture) fresh = {0};
  g_autoptr (GHashTable) by_source =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (fixture);

  store_fixture_set_up (&fresh);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_hash_table_insert (by_source, (gpointer)sources[i],
                         g_ptr_array_new_with_free_func (g_object_unref));
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    lykta_content_reader_foreach_activity (reader, sources[i], copy, by_source, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++) {
    GPtrArray *activities = g_hash_table_lookup (by_source, sources[i]);
    g_autoptr (LyktaContentWriter) writer = store_fixture_writer (&fresh);
    g_autoptr (LyktaSource) source = store_test_source (sources[i]);
    g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
    lykta_content_writer_begin (writer, source, NULL);
    for (guint k = 0; k < activities->len; k++)
      lykta_content_writer_put (writer, activities->pdata[k], NULL, NULL);
    g_assert_true (lykta_content_writer_commit (writer, state, NULL));
  }
  return list (&fresh, NULL);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* What begins at the same moment may stand in another order. */
static void
assert_same_set (const char *a, const char *b)
{
  g_auto (GStrv) one = g_strsplit (a, ", ", -1), other = g_strsplit (b, ", ", -1);

  qsort (one, g_strv_length (one), sizeof *one, compare_strings);
  qsort (other, g_strv_length (other), sizeof *other, compare_strings);
  g_autofree char *x = g_strjoinv (", ", one), *y = g_strjoinv (", ", other);
  g_assert_cmpstr (x, ==, y);
}

static void
test_random (void)
{
  const guint rounds = lykta_test_is_long () ? 400 : 4;

  for (guint round = 0; round < rounds; round++) {
    g_auto (StoreFixture) fixture = {0};
    store_fixture_set_up (&fixture);
    for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
      refresh (&fixture, sources[i], CONFIRMED, NULL, 0);
    for (guint step = 0; step < 6; step++) {
      char uids[8][32];
      Row rows[8];
      const guint n = (guint)g_test_rand_int_range (0, 8);
      for (guint i = 0; i < n; i++)
        rows[i] = random_row ((guint)g_test_rand_int_range (0, 12) * 8 + i, uids[i]);
      refresh (&fixture, sources[g_test_rand_int_range (0, 3)], CONFIRMED, rows, n);
    }
    g_autofree char *grown = list (&fixture, NULL);
    g_autofree char *fresh = list_of_fresh_copy (&fixture);
    assert_same_set (grown, fresh);
  }
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/same/shown-once", test_shown_once);
  g_test_add_func ("/same/one-drops-it", test_one_drops_it);
  g_test_add_func ("/same/one-cancels-it", test_one_cancels_it);
  g_test_add_func ("/same/order-of-sources", test_order_of_sources);
  g_test_add_func ("/same/cut-series", test_cut_series);
  g_test_add_func ("/same/missing", test_missing);
  g_test_add_func ("/same/new-uid", test_new_uid);
  g_test_add_func ("/same/cancelled-date-taken-out", test_cancelled_date_taken_out);
  g_test_add_func ("/same/taken-out-without-a-word", test_taken_out_without_a_word);
  g_test_add_func ("/same/cancelled-activity-deleted", test_cancelled_activity_deleted);
  g_test_add_func ("/same/random", test_random);
  return g_test_run ();
}
