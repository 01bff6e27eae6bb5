/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sync-fixture.h"

void
sync_fixture_set_up (SyncFixture *self, gconstpointer data)
{
  g_autofree char *content_path = NULL;
  g_autoptr (GError) error = NULL;

  self->dir = lykta_test_dir_new ();
  self->clock = lykta_test_clock_at (SYNC_NOW);
  content_path = lykta_test_dir_child (self->dir, "content.db");
  self->content = lykta_content_store_open (content_path, self->clock, &error);
  g_assert_no_error (error);
  self->device_path = lykta_test_dir_child (self->dir, "device.db");
  self->network = lykta_test_fetcher_new ();
  self->connectivity = lykta_fixed_connectivity_new (LYKTA_CONNECTION_UNMETERED);
  self->engine = sync_fixture_new_engine (self, LYKTA_FETCHER (self->network));
}

void
sync_fixture_tear_down (SyncFixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->engine);
  g_assert_finalize_object (self->connectivity);
  g_assert_finalize_object (self->network);
  g_assert_finalize_object (self->content);
  g_assert_finalize_object (self->clock);
  g_free (self->device_path);
  lykta_test_dir_free (self->dir);
}

LyktaSyncEngine *
sync_fixture_new_engine (SyncFixture *self, LyktaFetcher *fetcher)
{
  g_autoptr (LyktaRandom) random = lykta_seeded_random_new (1);

  return lykta_sync_engine_new (self->content, self->device_path,
                                lykta_test_dir_get_path (self->dir), fetcher, self->connectivity,
                                self->clock, random);
}

void
sync_fixture_configure (SyncFixture *self, const char *address, ...)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaDeviceStore) device =
      lykta_device_store_open (self->device_path, self->clock, &error);
  g_autoptr (LyktaSourceList) list = lykta_source_list_new (device);
  va_list arguments;

  g_assert_no_error (error);
  va_start (arguments, address);
  for (const char *next = address; next != NULL; next = va_arg (arguments, const char *))
    g_ptr_array_add (addresses, (gpointer)next);
  va_end (arguments);
  g_ptr_array_add (addresses, NULL);
  lykta_source_list_set_addresses (list, (const char *const *)addresses->pdata, &error);
  g_assert_no_error (error);
}

void
sync_fixture_configure_preset (SyncFixture *self, const char *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaDeviceStore) device =
      lykta_device_store_open (self->device_path, self->clock, &error);
  g_autoptr (LyktaSourceList) list = lykta_source_list_new (device);

  g_assert_no_error (error);
  lykta_source_list_set_preset (list, address, LYKTA_FORMAT_ICALENDAR, &error);
  g_assert_no_error (error);
}

LyktaSyncReport *
sync_fixture_run (SyncFixture *self, LyktaSyncFlags flags)
{
  g_autoptr (GError) error = NULL;
  LyktaSyncReport *report = lykta_sync_engine_run (self->engine, flags, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (report);
  return report;
}

const LyktaSyncResult *
sync_find_result (LyktaSyncReport *report, const char *source_id)
{
  for (guint i = 0; i < lykta_sync_report_get_n_results (report); i++) {
    const LyktaSyncResult *result = lykta_sync_report_get_result (report, i);

    if (g_str_equal (lykta_source_get_id (result->source), source_id))
      return result;
  }
  g_error ("%s is not in the report", source_id);
}

LyktaSyncOutcome
sync_fixture_run_one (SyncFixture *self, LyktaSyncFlags flags, const char *source_id)
{
  g_autoptr (LyktaSyncReport) report = sync_fixture_run (self, flags);

  return sync_find_result (report, source_id)->outcome;
}

static LyktaContentReader *
open_reader (SyncFixture *self)
{
  g_autoptr (GError) error = NULL;
  LyktaContentReader *reader = lykta_content_store_new_reader (self->content, &error);

  g_assert_no_error (error);
  return reader;
}

gint64
sync_fixture_count (SyncFixture *self, const char *source_id)
{
  g_autoptr (LyktaContentReader) reader = open_reader (self);
  g_autoptr (GError) error = NULL;
  gint64 n = lykta_content_reader_count_activities (reader, source_id, &error);

  g_assert_no_error (error);
  return n;
}

LyktaSourceState *
sync_fixture_get_state (SyncFixture *self, const char *source_id)
{
  g_autoptr (LyktaContentReader) reader = open_reader (self);
  g_autoptr (GError) error = NULL;
  LyktaSourceState *state = lykta_content_reader_get_source_state (reader, source_id, &error);

  g_assert_no_error (error);
  return state;
}

typedef struct {
  LyktaContentReader *reader; /* (unowned) */
  GPtrArray *lines;           /* (owned) */
} Dump;

static gboolean
dump_activity (LyktaActivity *activity, const char *source_id, gpointer user_data)
{
  Dump *self = user_data;
  g_autoptr (GVariant) variant = lykta_activity_to_variant (activity);
  g_autoptr (GArray) dates = NULL;
  g_autoptr (GError) error = NULL;
  GString *line = g_string_new (source_id);
  gint64 id = 0;
  g_autoptr (LyktaActivity) again = lykta_content_reader_get_activity (
      self->reader, source_id, lykta_activity_get_uid (activity), &id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (again);
  g_variant_print_string (variant, line, FALSE);
  dates = lykta_content_reader_get_occurrences (self->reader, id, 0, 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < dates->len; i++)
    g_string_append_printf (line, " %" G_GINT64_FORMAT,
                            g_array_index (dates, LyktaOccurrence, i).start);
  g_ptr_array_add (self->lines, g_string_free (line, FALSE));
  return TRUE;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char *
sync_fixture_dump (SyncFixture *self)
{
  g_autoptr (LyktaContentReader) reader = open_reader (self);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  Dump dump = {reader, lines};

  lykta_content_reader_foreach_activity (reader, NULL, dump_activity, &dump, &error);
  g_assert_no_error (error);
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

void
sync_fixture_serve (SyncFixture *self, guint n, const char *variant, const char *etag)
{
  g_autofree char *calendar = lykta_test_calendar (n, variant);

  lykta_test_fetcher_set_body (self->network, ADDRESS, calendar, etag);
}
