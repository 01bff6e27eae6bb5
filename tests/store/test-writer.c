/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lykta-limits.h"
#include "store/store-fixture.h"

/* Refreshes: what they write, what they leave, and what they take back. */

static const StoreTestActivity calendar[] = {
    {.uid = "once", .start = "2026-11-25T10:00:00+01:00", .minutes = 60, .sv = "En gång"},
    {.uid = "weekly",
     .start = "2026-11-25T12:00:00+01:00",
     .minutes = 60,
     .rule = "FREQ=WEEKLY",
     .sv = "Varje vecka"},
    {.uid = "gone", .start = "2026-11-26T10:00:00+01:00", .minutes = 60, .sv = "Borta snart"},
};

static gint64
count_all (LyktaContentStore *store)
{
  g_autoptr (LyktaContentReader) reader = lykta_content_store_new_reader (store, NULL);
  g_autoptr (LyktaQuery) all = lykta_query_new ("sv", 0);

  return lykta_content_reader_count (reader, all, NULL);
}

static gint64
generation_of (LyktaContentStore *store)
{
  g_autoptr (LyktaContentReader) reader = lykta_content_store_new_reader (store, NULL);

  return lykta_content_reader_get_generation (reader);
}

static void
test_refreshes (void)
{
  static const struct {
    guint n;
    LyktaWriteStats expected;
    gboolean is_new_generation;
  } cases[] = {
      {3, {.n_inserted = 3}, TRUE},
      {3, {.n_unchanged = 3}, FALSE},
      {2, {.n_unchanged = 2, .n_removed = 1}, TRUE},
      {3, {.n_inserted = 1, .n_unchanged = 2}, TRUE},
      {0, {.n_removed = 3}, TRUE},
      {0, {0}, FALSE},
  };
  g_auto (StoreFixture) fixture = {0};
  store_fixture_set_up (&fixture);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    LyktaWriteStats stats;
    const gint64 before = generation_of (fixture.store);
    store_test_n_expanded = 0;
    store_test_refresh (fixture.store, "test", calendar, cases[i].n, &stats);
    g_assert_cmpmem (&stats, sizeof stats, &cases[i].expected, sizeof stats);
    g_assert_cmpuint (store_test_n_expanded, ==, stats.n_inserted + stats.n_updated);
    g_assert_cmpint (generation_of (fixture.store) != before, ==, cases[i].is_new_generation);
  }
  g_assert_cmpint (count_all (fixture.store), ==, 0);
}

static void
test_occurrences (void)
{
  g_auto (StoreFixture) fixture = {0};
  gint64 id;
  store_fixture_set_up (&fixture);
  store_test_refresh (fixture.store, "test", calendar, 3, NULL);
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  g_autoptr (LyktaActivity) weekly =
      lykta_content_reader_get_activity (reader, "test", "weekly", &id, NULL);
  const gint64 first = lykta_test_moment ("2026-11-25T12:00:00+01:00");

  g_autoptr (GArray) all = lykta_content_reader_get_occurrences (reader, id, 0, 0, NULL);
  g_assert_cmpuint (all->len, ==, (LYKTA_HORIZON_DAYS - 1) / 7 + 1);
  g_autoptr (GArray) some = lykta_content_reader_get_occurrences (reader, id, first + 1, 2, NULL);
  g_assert_cmpuint (some->len, ==, 2);
  g_assert_cmpint (g_array_index (some, LyktaOccurrence, 0).start, ==, first);
  g_assert_cmpint (g_array_index (some, LyktaOccurrence, 0).end, ==, first + 3600);
  g_assert_cmpint (g_array_index (some, LyktaOccurrence, 1).start, ==, first + 7 * 86400);
  g_autoptr (GArray) none = lykta_content_reader_get_occurrences (reader, 999, 0, 0, NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

/* A date moved to another hour, place and title is one card that says so. */
static void
test_override (void)
{
  g_auto (StoreFixture) fixture = {0};
  const gint64 original = lykta_test_moment ("2026-12-02T12:00:00+01:00");
  g_autoptr (LyktaTexts) title = lykta_texts_new_single ("sv", "Julfest");
  g_autoptr (LyktaPlace) place =
      lykta_place_new ("Gården", NULL, NULL, "Skövde", "1496", NULL, 58.39, 13.85);
  const LyktaOverride override = {
      .original_start = original,
      .start = original + 3600,
      .end = original + 7200,
      .status = LYKTA_STATUS_RESCHEDULED,
      .audience = LYKTA_AUDIENCE_WOMEN,
      .title = title,
      .place = place,
  };
  g_autoptr (LyktaSource) source = store_test_source ("test");
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  store_fixture_set_up (&fixture);
  LyktaScheduleBuilder *schedule_builder =
      lykta_schedule_builder_new (NULL, (LyktaDate){2026, 11, 25}, 12, 0, 0, FALSE, 3600);
  lykta_schedule_builder_add_rule (schedule_builder, "FREQ=WEEKLY");
  lykta_schedule_builder_add_override (schedule_builder, &override);
  g_autoptr (LyktaSchedule) schedule = lykta_schedule_builder_end (schedule_builder);
  g_autoptr (LyktaActivityBuilder) builder = store_test_builder (&calendar[1]);
  lykta_activity_builder_set_schedule (builder, schedule);
  g_autoptr (LyktaActivity) activity = lykta_activity_builder_end (builder);
  g_autoptr (LyktaContentWriter) writer = store_fixture_writer (&fixture);
  g_assert_true (lykta_content_writer_begin (writer, source, NULL));
  g_assert_true (lykta_content_writer_put (writer, activity, NULL, NULL));
  g_assert_true (lykta_content_writer_commit (writer, state, NULL));

  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  g_autoptr (LyktaQuery) all = lykta_query_new ("sv", original - 86400);
  g_autoptr (LyktaQuery) day = lykta_query_with_period (all, original - 86400, original + 86400);
  g_autoptr (LyktaQuery) women = lykta_query_with_women_only (day, TRUE);
  g_autoptr (LyktaQuery) near = lykta_query_with_position (women, 58.39, 13.85, 5);
  for (guint use_index = 0; use_index < 2; use_index++) {
    if (use_index)
      g_assert_true (lykta_content_store_load_index (fixture.store, NULL, NULL));
    g_autoptr (GPtrArray) cards = lykta_content_reader_list (reader, near, 0, 10, NULL);
    g_assert_cmpuint (cards->len, ==, 1);
    const LyktaCardFields *fields = lykta_card_get_fields (cards->pdata[0]);
    g_assert_cmpstr (fields->title, ==, "Julfest");
    g_assert_cmpstr (fields->place, ==, "Gården");
    g_assert_cmpstr (fields->town, ==, "Skövde");
    g_assert_cmpint (fields->occurrence.start, ==, original + 3600);
    g_assert_cmpint (fields->occurrence.original_start, ==, original);
    g_assert_cmpint (fields->occurrence.status, ==, LYKTA_STATUS_RESCHEDULED);
    g_assert_cmpint (fields->occurrence.audience, ==, LYKTA_AUDIENCE_WOMEN);
    g_assert_cmpfloat (fields->distance_km, <, 0.001);
    g_autoptr (LyktaCard) card =
        lykta_content_reader_get_card (reader, fields->activity_id, original + 3600, "en", NULL);
    g_assert_cmpstr (lykta_card_get_fields (card)->title, ==, "Julfest");
  }
  g_assert_null (lykta_content_reader_get_card (reader, 1, original, "sv", NULL));
}

static void
test_duplicates_and_quarantine (void)
{
  g_auto (StoreFixture) fixture = {0};
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSource) source = store_test_source ("test");
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  StoreTestActivity other = calendar[0];
  StoreTestActivity strange = calendar[1];
  LyktaPutResult result;
  guint n_before, n_missing;
  store_fixture_set_up (&fixture);
  store_test_refresh (fixture.store, "test", calendar, 3, NULL);
  other.sv = "Något annat";
  strange.rule = "FREQ=MONTHLY";
  g_autoptr (LyktaActivity) first = store_test_activity (&calendar[0]);
  g_autoptr (LyktaActivity) second = store_test_activity (&other);
  g_autoptr (LyktaActivity) third = store_test_activity (&strange);

  g_autoptr (LyktaContentWriter) writer = store_fixture_writer (&fixture);
  g_assert_true (lykta_content_writer_begin (writer, source, NULL));
  g_assert_true (lykta_content_writer_put (writer, first, &result, NULL));
  g_assert_cmpint (result, ==, LYKTA_PUT_UNCHANGED);
  g_assert_true (lykta_content_writer_put (writer, second, &result, NULL));
  g_assert_cmpint (result, ==, LYKTA_PUT_DUPLICATE);
  g_assert_false (lykta_content_writer_put (writer, third, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  lykta_content_writer_count_missing (writer, &n_before, &n_missing);
  g_assert_cmpuint (n_before, ==, 3);
  g_assert_cmpuint (n_missing, ==, 1);
  g_assert_true (
      lykta_content_writer_quarantine (writer, "gone", 17, "bad-date", "13th month", NULL));
  for (guint i = 0; i < LYKTA_LIMIT_QUARANTINE + 5; i++)
    g_assert_true (lykta_content_writer_quarantine (writer, NULL, i, "too-long", "…", NULL));
  g_assert_true (lykta_content_writer_remove_missing (writer, NULL));
  g_assert_true (lykta_content_writer_commit (writer, state, NULL));

  /* What could not be read stays as it was. */
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  g_assert_cmpint (lykta_content_reader_count_activities (reader, "test", NULL), ==, 3);
  g_autoptr (GPtrArray) rows = lykta_content_reader_list_quarantine (reader, "test", 0, NULL);
  g_assert_cmpuint (rows->len, ==, LYKTA_LIMIT_QUARANTINE);
  const LyktaQuarantined *row = rows->pdata[0];
  g_assert_cmpstr (row->source_id, ==, "test");
  g_assert_cmpstr (row->uid, ==, "gone");
  g_assert_cmpstr (row->code, ==, "bad-date");
  g_assert_cmpuint (row->line, ==, 17);
  g_autoptr (LyktaSourceState) read = lykta_content_reader_get_source_state (reader, "test", NULL);
  g_assert_cmpuint (read->n_quarantined, ==, LYKTA_LIMIT_QUARANTINE + 6);
  g_assert_cmpuint (read->n_activities, ==, 3);
  store_test_refresh (fixture.store, "test", calendar, 3, NULL);
  g_autoptr (GPtrArray) none = lykta_content_reader_list_quarantine (reader, NULL, 0, NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_rollback (void)
{
  g_auto (StoreFixture) fixture = {0};
  g_autoptr (LyktaSource) source = store_test_source ("test");
  store_fixture_set_up (&fixture);
  store_test_refresh (fixture.store, "test", calendar, 2, NULL);
  const gint64 generation = generation_of (fixture.store);
  const gint64 n = count_all (fixture.store);
  g_autoptr (LyktaActivity) gone = store_test_activity (&calendar[2]);

  for (guint way = 0; way < 2; way++) {
    g_autoptr (LyktaContentWriter) writer = store_fixture_writer (&fixture);
    g_assert_true (lykta_content_writer_begin (writer, source, NULL));
    g_assert_true (lykta_content_writer_put (writer, gone, NULL, NULL));
    g_assert_true (lykta_content_writer_remove_missing (writer, NULL));
    g_assert_cmpint (count_all (fixture.store), ==, n); /* readers go on seeing the old state */
    if (way == 0) {
      lykta_content_writer_rollback (writer);
      g_assert_false (lykta_content_writer_has_changed_content (writer));
      g_assert_true (lykta_content_writer_begin (writer, source, NULL));
    }
    g_assert_finalize_object (g_steal_pointer (&writer)); /* rolls back too */
    g_assert_cmpint (generation_of (fixture.store), ==, generation);
    g_assert_cmpint (count_all (fixture.store), ==, n);
  }
}

static void
test_parts (void)
{
  g_auto (StoreFixture) fixture = {0};
  g_autoptr (LyktaSource) source = store_test_source ("test");
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  g_autoptr (LyktaActivity) first = store_test_activity (&calendar[0]);
  g_autoptr (LyktaActivity) second = store_test_activity (&calendar[2]);
  store_fixture_set_up (&fixture);
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  g_autoptr (LyktaContentWriter) writer = store_fixture_writer (&fixture);

  g_assert_false (lykta_content_reader_is_loading (reader, "test"));
  g_assert_true (lykta_content_writer_begin (writer, source, NULL));
  g_assert_true (lykta_content_writer_put (writer, first, NULL, NULL));
  g_assert_true (lykta_content_writer_commit_part (writer, NULL));
  g_assert_true (lykta_content_reader_is_loading (reader, "test"));
  g_assert_cmpint (count_all (fixture.store), ==, 1);
  g_assert_true (lykta_content_writer_put (writer, second, NULL, NULL));
  g_assert_cmpint (count_all (fixture.store), ==, 1);
  g_assert_true (lykta_content_writer_remove_missing (writer, NULL));
  state->last_confirmed = 1;
  g_assert_true (lykta_content_writer_commit (writer, state, NULL));
  g_assert_false (lykta_content_reader_is_loading (reader, "test"));
  g_assert_cmpint (count_all (fixture.store), ==, 2);

  /* Once it has been read whole, nothing is shown half. */
  g_assert_true (lykta_content_writer_begin (writer, source, NULL));
  g_assert_true (lykta_content_writer_put (writer, first, NULL, NULL));
  g_assert_true (lykta_content_writer_remove_missing (writer, NULL));
  g_assert_true (lykta_content_writer_commit_part (writer, NULL));
  g_assert_cmpint (count_all (fixture.store), ==, 2);
  lykta_content_writer_rollback (writer);
}

static void
test_sources (void)
{
  g_auto (StoreFixture) fixture = {0};
  g_autoptr (GError) error = NULL;
  store_fixture_set_up (&fixture);
  store_test_refresh (fixture.store, "a", calendar, 3, NULL);
  store_test_refresh (fixture.store, "b", calendar, 1, NULL);
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  g_autoptr (LyktaContentWriter) writer = store_fixture_writer (&fixture);
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  state->etag = g_strdup ("\"abc\"");
  state->failures = 3;
  state->failure = g_strdup ("unreachable");
  state->bytes_received = 5000000000;

  const gint64 generation = lykta_content_reader_get_generation (reader);
  g_assert_true (lykta_content_writer_set_state (writer, "a", state, NULL));
  g_assert_cmpint (lykta_content_reader_get_generation (reader), ==, generation);
  g_assert_false (lykta_content_writer_set_state (writer, "nobody", state, &error));
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_NOT_FOUND);
  g_autoptr (LyktaSourceState) read = lykta_content_reader_get_source_state (reader, "a", NULL);
  g_assert_cmpstr (read->etag, ==, "\"abc\"");
  g_assert_cmpstr (read->failure, ==, "unreachable");
  g_assert_cmpuint (read->failures, ==, 3);
  g_assert_cmpuint (read->n_activities, ==, 3);
  g_assert_cmpuint (read->bytes_received, ==, 5000000000);
  g_assert_null (lykta_content_reader_get_source_state (reader, "nobody", NULL));

  /* The same again writes nothing; another order, another source and a removal do. */
  g_autoptr (GPtrArray) sources =
      g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_source_unref);
  g_ptr_array_add (sources, store_test_source ("a"));
  g_ptr_array_add (sources, store_test_source ("b"));
  g_assert_true (lykta_content_writer_set_sources (writer, sources, NULL));
  g_assert_cmpint (lykta_content_reader_get_generation (reader), ==, generation);
  g_ptr_array_set_size (sources, 0);
  g_ptr_array_add (sources, store_test_source ("c"));
  g_ptr_array_add (sources, store_test_source ("b"));
  g_assert_true (lykta_content_writer_set_sources (writer, sources, NULL));
  g_assert_cmpint (lykta_content_reader_get_generation (reader), >, generation);
  g_autoptr (GPtrArray) listed = lykta_content_reader_list_sources (reader, NULL);
  g_assert_cmpuint (listed->len, ==, 2);
  g_assert_cmpstr (lykta_source_get_id (listed->pdata[0]), ==, "c");
  g_assert_cmpstr (lykta_source_get_id (listed->pdata[1]), ==, "b");
  g_autoptr (LyktaQuery) all = lykta_query_new ("sv", 0);
  g_autofree char *left = store_test_list (reader, all);
  g_assert_cmpstr (left, ==, "once");
  g_ptr_array_set_size (sources, 0);
  g_assert_true (lykta_content_writer_set_sources (writer, sources, NULL));
  g_assert_cmpint (lykta_content_reader_count (reader, all, NULL), ==, 0);
}

/* Another address under the same name: what the old one last said is forgotten. */
static void
test_new_address (void)
{
  g_auto (StoreFixture) fixture = {0};
  store_fixture_set_up (&fixture);
  store_test_refresh (fixture.store, "a", calendar, 3, NULL);
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  g_autoptr (LyktaContentWriter) writer = store_fixture_writer (&fixture);
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  g_autoptr (GPtrArray) sources =
      g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_source_unref);
  state->etag = g_strdup ("\"abc\"");
  state->last_confirmed = 77;
  g_assert_true (lykta_content_writer_set_state (writer, "a", state, NULL));

  g_ptr_array_add (sources, lykta_source_new ("a", NULL, "https://example.org/new.ics",
                                              LYKTA_FORMAT_ICALENDAR, NULL));
  g_assert_true (lykta_content_writer_set_sources (writer, sources, NULL));
  g_autoptr (LyktaSourceState) read = lykta_content_reader_get_source_state (reader, "a", NULL);
  g_assert_null (read->etag);
  g_assert_cmpint (read->last_confirmed, ==, 77);
  g_assert_cmpint (lykta_content_reader_count_activities (reader, "a", NULL), ==, 3);
}

static void
test_horizon (void)
{
  g_auto (StoreFixture) fixture = {0};
  guint n = 99;
  store_fixture_set_up (&fixture);
  store_test_refresh (fixture.store, "test", calendar, 3, NULL);
  const gint64 before = count_all (fixture.store);
  g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
  g_autoptr (LyktaContentWriter) writer = store_fixture_writer (&fixture);

  g_assert_false (lykta_content_writer_needs_horizon (writer));
  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (fixture.clock), 10 * 86400);
  g_assert_false (lykta_content_writer_needs_horizon (writer));
  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (fixture.clock), 60 * 86400);
  g_assert_true (lykta_content_writer_needs_horizon (writer));
  g_assert_true (lykta_content_writer_extend_horizon (writer, NULL, &n, NULL));
  g_assert_cmpuint (n, ==, 1);
  g_assert_false (lykta_content_writer_needs_horizon (writer));

  /* Ten weeks more at the end; the two single dates and five weeks at the beginning are history. */
  g_assert_cmpint (count_all (fixture.store), ==, before - 2 - 6 + 10);
  g_assert_true (lykta_content_writer_extend_horizon (writer, NULL, &n, NULL));
  g_assert_cmpuint (n, ==, 0);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancelled);
  g_assert_false (lykta_content_writer_extend_horizon (writer, cancelled, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Endless series with nothing in them: so many dates that the size of the calendar does not explain
 * them. The same calendar once more comes to the same. */
static void
test_too_many_dates (void)
{
  g_auto (StoreFixture) fixture = {0};
  g_autoptr (LyktaSource) source = store_test_source ("test");
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  guint n_first = 0;
  store_fixture_set_up (&fixture);
  g_autoptr (LyktaContentWriter) writer = store_fixture_writer (&fixture);

  for (guint round = 0; round < 2; round++) {
    guint n_taken = 0, n_refused = 0;
    g_assert_true (lykta_content_writer_begin (writer, source, NULL));
    for (guint i = 0; i < 700; i++) {
      g_autofree char *uid = g_strdup_printf ("u%u", i);
      const StoreTestActivity row = {.uid = uid,
                                     .start = "2026-10-01T10:00:00+02:00",
                                     .minutes = 60,
                                     .rule = i < 699 ? "FREQ=DAILY" : NULL,
                                     .sv = "x"};
      g_autoptr (LyktaActivity) activity = store_test_activity (&row);
      g_autoptr (GError) error = NULL;
      if (lykta_content_writer_put (writer, activity, NULL, &error)) {
        n_taken++;
        continue;
      }
      g_assert_error (error, LYKTA_DATES_ERROR, LYKTA_DATES_ERROR_TOO_MANY);
      g_assert_cmpuint (i, <, 699);
      n_refused++;
    }
    g_assert_true (lykta_content_writer_commit (writer, state, NULL));
    g_test_message ("%u taken, %u refused", n_taken, n_refused);
    g_assert_cmpuint (n_taken, >=, LYKTA_LIMIT_REFRESH_DATES_FREE / 461);
    g_assert_cmpuint (n_taken, <, 600);
    g_assert_cmpuint (n_refused, >, 0);
    if (round == 0)
      n_first = n_taken;
    g_assert_cmpuint (n_taken, <=, n_first + n_first / 10);
  }
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/store/writer/refreshes", test_refreshes);
  g_test_add_func ("/store/writer/occurrences", test_occurrences);
  g_test_add_func ("/store/writer/override", test_override);
  g_test_add_func ("/store/writer/duplicates-and-quarantine", test_duplicates_and_quarantine);
  g_test_add_func ("/store/writer/rollback", test_rollback);
  g_test_add_func ("/store/writer/parts", test_parts);
  g_test_add_func ("/store/writer/sources", test_sources);
  g_test_add_func ("/store/writer/new-address", test_new_address);
  g_test_add_func ("/store/writer/horizon", test_horizon);
  g_test_add_func ("/store/writer/too-many-dates", test_too_many_dates);
  return g_test_run ();
}
