/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-fixture.h"

#include <math.h>
#include <string.h>

guint store_test_n_expanded;

void
store_fixture_set_up (StoreFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->dir = lykta_test_dir_new ();
  self->path = lykta_test_dir_child (self->dir, "content.db");
  self->clock = lykta_test_clock_at (STORE_FIXTURE_NOW);
  self->store = lykta_content_store_open (self->path, self->clock, &error);
  g_assert_no_error (error);
}

/* A worker lets go of its task a moment after the answer has come. */
static void
wait_for_workers (LyktaContentStore *store)
{
  const gint64 deadline = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (g_atomic_int_get ((gint *)&G_OBJECT (store)->ref_count) > 1 &&
         g_get_monotonic_time () < deadline)
    g_thread_yield ();
}

void
store_fixture_tear_down (StoreFixture *self)
{
  if (self->store != NULL)
    wait_for_workers (self->store);
  if (self->store != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->store));
  g_clear_object (&self->clock);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->dir, lykta_test_dir_free);
}

void
store_fixture_reopen (StoreFixture *self)
{
  g_autoptr (GError) error = NULL;

  if (self->store != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->store));
  self->store = lykta_content_store_open (self->path, self->clock, &error);
  g_assert_no_error (error);
}

LyktaContentReader *
store_fixture_reader (StoreFixture *self)
{
  g_autoptr (GError) error = NULL;
  LyktaContentReader *reader = lykta_content_store_new_reader (self->store, &error);

  g_assert_no_error (error);
  return reader;
}

LyktaContentWriter *
store_fixture_writer (StoreFixture *self)
{
  g_autoptr (GError) error = NULL;
  LyktaContentWriter *writer =
      lykta_content_store_new_writer (self->store, store_test_expand, &error);

  g_assert_no_error (error);
  return writer;
}

/* ---- expansion ---- */

static gint64
period_of (LyktaSchedule *schedule)
{
  if (lykta_schedule_get_n_rules (schedule) == 0)
    return 0;
  if (g_str_equal (lykta_schedule_get_rule (schedule, 0), "FREQ=WEEKLY"))
    return 7;
  return g_str_equal (lykta_schedule_get_rule (schedule, 0), "FREQ=DAILY") ? 1 : -1;
}

static gboolean
is_exception (LyktaSchedule *schedule, gint64 start)
{
  guint n;
  const gint64 *exceptions = lykta_schedule_get_exceptions (schedule, &n);

  for (guint i = 0; i < n; i++)
    if (exceptions[i] == start)
      return TRUE;
  return FALSE;
}

static void
add_date (LyktaActivity *activity, gint64 start, gint64 from, gint64 to, GArray *out)
{
  LyktaSchedule *schedule = lykta_activity_get_schedule (activity);
  const LyktaOverride *override = lykta_schedule_find_override (schedule, start);
  LyktaOccurrence occurrence = {
      .start = start,
      .end = start + lykta_schedule_get_duration (schedule),
      .original_start = start,
      .status = lykta_activity_get_status (activity),
      .audience = lykta_activity_get_audience (activity),
      .attendance = lykta_activity_get_attendance (activity),
      .is_all_day = lykta_schedule_is_all_day (schedule),
  };

  if (override != NULL) {
    occurrence.start = override->start;
    occurrence.end = override->end;
    occurrence.status = override->status;
    if (override->audience != LYKTA_AUDIENCE_UNKNOWN)
      occurrence.audience = override->audience;
    if (override->attendance != LYKTA_ATTENDANCE_UNKNOWN)
      occurrence.attendance = override->attendance;
  }
  if (occurrence.start < to && (occurrence.start >= from || occurrence.end > from))
    g_array_append_val (out, occurrence);
}

gboolean
store_test_expand (LyktaActivity *activity, gint64 from, gint64 to, GArray *out, GError **error)
{
  LyktaSchedule *schedule = lykta_activity_get_schedule (activity);
  const gint64 period = period_of (schedule);
  const gint64 first = lykta_schedule_get_start (schedule);
  LyktaDate date = lykta_date_of_moment (first);
  int hour, minute, second;

  store_test_n_expanded++;
  if (period < 0) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "no such rule");
    return FALSE;
  }
  lykta_moment_to_wall (first, NULL, &hour, &minute, &second);
  for (gint64 start = first; start < to;) {
    if (!is_exception (schedule, start))
      add_date (activity, start, from, to, out);
    if (period == 0)
      break;
    date = lykta_date_add_days (date, (gint32)period);
    start = lykta_wall_to_moment (lykta_stockholm (), date, hour, minute, second);
  }
  return TRUE;
}

/* ---- activities ---- */

static void
set_texts (LyktaActivityBuilder *builder, const StoreTestActivity *row)
{
  if (row->sv != NULL)
    lykta_activity_builder_set_title (builder, "sv", row->sv);
  if (row->en != NULL)
    lykta_activity_builder_set_title (builder, "en", row->en);
  if (row->ar != NULL)
    lykta_activity_builder_set_title (builder, "ar", row->ar);
  if (row->description != NULL)
    lykta_activity_builder_set_description (builder, "sv", row->description);
}

static void
set_place (LyktaActivityBuilder *builder, const StoreTestActivity *row)
{
  if (row->place == NULL && row->town == NULL && row->latitude == 0)
    return;
  g_autoptr (LyktaPlace) place = lykta_place_new (row->place, NULL, NULL, row->town, "0180", NULL,
                                                  row->latitude != 0 ? row->latitude : NAN,
                                                  row->latitude != 0 ? row->longitude : NAN);
  lykta_activity_builder_set_place (builder, place);
}

LyktaActivityBuilder *
store_test_builder (const StoreTestActivity *row)
{
  LyktaDate date;
  int hour, minute, second;

  lykta_moment_to_wall (lykta_test_moment (row->start), &date, &hour, &minute, &second);
  LyktaScheduleBuilder *schedule_builder = lykta_schedule_builder_new (
      NULL, date, hour, minute, second, FALSE, (gint64)row->minutes * 60);
  if (row->rule != NULL)
    lykta_schedule_builder_add_rule (schedule_builder, row->rule);
  g_autoptr (LyktaSchedule) schedule = lykta_schedule_builder_end (schedule_builder);
  LyktaActivityBuilder *builder = lykta_activity_builder_new (row->uid, schedule);
  set_texts (builder, row);
  set_place (builder, row);
  lykta_activity_builder_set_purposes (builder, row->purposes, LYKTA_PURPOSE_NONE);
  lykta_activity_builder_set_audience (builder, row->audience);
  lykta_activity_builder_set_attendance (builder, row->attendance);
  if (row->has_childcare)
    lykta_activity_builder_set_childcare (builder, LYKTA_TRISTATE_YES);
  if (row->offers_certificate)
    lykta_activity_builder_set_offers_certificate (builder, LYKTA_TRISTATE_YES);
  if (row->organiser != NULL) {
    g_autoptr (LyktaOrganiser) organiser =
        lykta_organiser_new (row->organiser, LYKTA_ORGANISER_NON_PROFIT, NULL, NULL, NULL, NULL);
    lykta_activity_builder_set_organiser (builder, organiser);
  }
  return builder;
}

LyktaActivity *
store_test_activity (const StoreTestActivity *row)
{
  g_autoptr (LyktaActivityBuilder) builder = store_test_builder (row);

  return lykta_activity_builder_end (builder);
}

LyktaSource *
store_test_source (const char *id)
{
  g_autofree char *address = g_strconcat ("https://example.org/", id, ".ics", NULL);

  return lykta_source_new (id, NULL, address, LYKTA_FORMAT_ICALENDAR, NULL);
}

void
store_test_refresh (LyktaContentStore *store,
                    const char *source_id,
                    const StoreTestActivity *rows,
                    guint n,
                    LyktaWriteStats *stats)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSource) source = store_test_source (source_id);
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  g_autoptr (LyktaContentWriter) writer =
      lykta_content_store_new_writer (store, store_test_expand, &error);

  g_assert_no_error (error);
  state->last_confirmed = lykta_test_moment (STORE_FIXTURE_NOW);
  lykta_content_writer_begin (writer, source, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++) {
    g_autoptr (LyktaActivity) activity = store_test_activity (&rows[i]);
    lykta_content_writer_put (writer, activity, NULL, &error);
    g_assert_no_error (error);
  }
  lykta_content_writer_remove_missing (writer, &error);
  g_assert_no_error (error);
  lykta_content_writer_commit (writer, state, &error);
  g_assert_no_error (error);
  if (stats != NULL)
    lykta_content_writer_get_stats (writer, stats);
}

char *
store_test_list (LyktaContentReader *reader, LyktaQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cards = lykta_content_reader_list (reader, query, 0, 1000, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < cards->len; i++) {
    const LyktaCardFields *fields = lykta_card_get_fields (cards->pdata[i]);
    g_string_append_printf (out, "%s%s", i > 0 ? " " : "", fields->uid);
  }
  return g_string_free (out, FALSE);
}

void
store_test_write_edition (LyktaContentStore *store, guint edition)
{
  static const char *const starts[] = {"2026-11-25T10:00:00+01:00", "2026-11-26T11:00:00+01:00"};
  g_autofree char *title = g_strdup_printf ("Utgåva%u", edition);
  StoreTestActivity rows[STORE_TEST_EDITION_ACTIVITIES];
  char uids[STORE_TEST_EDITION_ACTIVITIES][8];

  for (guint i = 0; i < STORE_TEST_EDITION_ACTIVITIES; i++) {
    g_snprintf (uids[i], sizeof uids[i], "u%u", i);
    rows[i] = (StoreTestActivity){
        .uid = uids[i], .start = starts[i % 2], .minutes = 60, .rule = "FREQ=WEEKLY", .sv = title};
  }
  store_test_refresh (store, "test", rows, STORE_TEST_EDITION_ACTIVITIES, NULL);
}

guint
store_test_read_edition (LyktaContentStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaContentReader) reader = lykta_content_store_new_reader (store, &error);
  g_assert_no_error (error);
  g_autoptr (LyktaQuery) all = lykta_query_new ("sv", lykta_test_moment (STORE_FIXTURE_NOW));
  const gint64 n = lykta_content_reader_count (reader, all, &error);
  g_assert_no_error (error);
  if (n == 0)
    return 0;
  g_autoptr (GPtrArray) cards = lykta_content_reader_list (reader, all, 0, (guint)n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cards->len, ==, n);
  const char *title = lykta_card_get_fields (cards->pdata[0])->title;
  for (guint i = 1; i < cards->len; i++)
    g_assert_cmpstr (lykta_card_get_fields (cards->pdata[i])->title, ==, title);
  g_assert_cmpint (lykta_content_reader_count_activities (reader, NULL, NULL), ==,
                   STORE_TEST_EDITION_ACTIVITIES);
  g_autoptr (LyktaQuery) search = lykta_query_with_search (all, title);
  g_assert_cmpint (lykta_content_reader_count (reader, search, NULL), ==, n);
  return (guint)g_ascii_strtoull (title + strlen ("Utgåva"), NULL, 10);
}
