/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/lykta-occurrences.h"
#include "store/lykta-content-writer.h"
#include "support/lykta-test.h"
#include "sync/lykta-period-calendar.h"

static void
put_weekly (LyktaContentWriter *writer)
{
  g_autoptr (GError) error = NULL;
  LyktaScheduleBuilder *dates =
      lykta_schedule_builder_new (NULL, (LyktaDate){2025, 9, 2}, 18, 0, 0, FALSE, 7200);
  lykta_schedule_builder_add_rule (dates, "FREQ=WEEKLY;BYDAY=TU");
  g_autoptr (LyktaSchedule) schedule = lykta_schedule_builder_end (dates);
  g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new ("weekly", schedule);
  lykta_activity_builder_set_title (builder, "sv", "Språkcafé");
  g_autoptr (LyktaActivity) activity = lykta_activity_builder_end (builder);
  lykta_content_writer_put (writer, activity, NULL, &error);
  g_assert_no_error (error);
}

static LyktaContentStore *
make_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaClock) clock = lykta_test_clock_at ("2026-11-24T12:00:00+01:00");
  g_autoptr (LyktaContentStore) store = lykta_content_store_open (path, clock, &error);
  g_assert_no_error (error);
  g_autoptr (LyktaContentWriter) writer =
      lykta_content_store_new_writer (store, lykta_expand_occurrences, &error);
  g_assert_no_error (error);
  g_autoptr (LyktaSource) source =
      lykta_source_new ("test", NULL, "file:///test.ics", LYKTA_FORMAT_ICALENDAR, NULL);
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  lykta_content_writer_begin (writer, source, &error);
  g_assert_no_error (error);
  put_weekly (writer);
  lykta_content_writer_commit (writer, state, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&store);
}

static void
test_what_is_kept (void)
{
  static const struct {
    const char *from;
    const char *to; /* NULL: no end */
    gboolean is_kept;
  } cases[] = {
      {"2026-11-24T12:00:00+01:00", NULL, TRUE},
      {"2026-11-01T00:00:00+01:00", "2027-11-01T00:00:00+01:00", TRUE},
      {"2026-09-03T00:00:00+02:00", "2026-09-17T00:00:00+02:00", FALSE},
      {"2026-09-03T00:00:00+02:00", NULL, FALSE},
      {"2027-12-01T00:00:00+01:00", "2028-02-01T00:00:00+01:00", FALSE},
      {"2029-01-01T00:00:00+01:00", NULL, FALSE},
  };
  const gint64 now = lykta_test_moment ("2026-11-24T12:00:00+01:00");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const gint64 to = cases[i].to != NULL ? lykta_test_moment (cases[i].to) : 0;
    g_assert_cmpint (lykta_period_is_kept (now, lykta_test_moment (cases[i].from), to), ==,
                     cases[i].is_kept);
  }
}

/* Two weeks of each period hold two Tuesdays; the kept calendar knows none of them. */
static void
test_other_periods_are_expanded (void)
{
  static const char *const beginnings[] = {"2025-09-08T00:00:00+02:00", "2026-03-24T00:00:00+01:00",
                                           "2029-10-22T00:00:00+02:00"};
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  g_autofree char *path = lykta_test_dir_child (dir, "content.db");
  g_autoptr (LyktaContentStore) store = make_store (path);
  g_autoptr (LyktaContentReader) reader = lykta_content_store_new_reader (store, &error);
  g_assert_no_error (error);

  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++) {
    const gint64 from = lykta_test_moment (beginnings[i]);
    const gint64 to = from + 14 * 24 * 3600;
    g_autoptr (LyktaQuery) plain = lykta_query_new ("sv", from);
    g_autoptr (LyktaQuery) query = lykta_query_with_period (plain, from, to);
    g_assert_cmpint (lykta_content_reader_count (reader, query, NULL), ==, 0);
    LyktaPeriodCalendar *calendar = lykta_period_calendar_new (reader, from, to, &error);
    g_assert_no_error (error);
    LyktaContentReader *other = lykta_period_calendar_get_reader (calendar);
    g_assert_cmpint (lykta_content_reader_count (other, query, &error), ==, 2);
    g_assert_no_error (error);
    g_autofree char *folder =
        g_path_get_dirname (lykta_content_store_get_path (lykta_content_reader_get_store (other)));
    g_assert_finalize_object (calendar);
    g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  }
}

int
main (int argc, char *argv[])
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/sync/period/kept", test_what_is_kept);
  g_test_add_func ("/sync/period/other", test_other_periods_are_expanded);
  return g_test_run ();
}
