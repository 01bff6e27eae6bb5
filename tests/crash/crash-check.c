/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <sqlite3.h>
#include <string.h>

#include "base/lykta-clock.h"
#include "store/lykta-content-reader.h"
#include "store/lykta-content-records.h"
#include "store/lykta-content-store-private.h"
#include "store/lykta-device-store.h"

/* Opens what a program left behind, as the next start would, and says what is in it:
 *   crash-check FOLDER NOW [any-address]
 * prints one JSON object: digests of everything that a person can see, the state of each source,
 * and a list of what does not fit together, which must be empty. With "any-address" it is all the
 * same in the digests where a calendar came from. */

typedef struct {
  LyktaContentStore *content; /* (owned) */
  LyktaContentReader *reader; /* (owned) */
  LyktaDatabase *database;    /* (owned) */
  LyktaClock *clock;          /* (owned) */
  JsonBuilder *json;          /* (owned) */
  GPtrArray *wrong;           /* (owned) (element-type char*) */
  GHashTable *dates;          /* (owned) (element-type char*) "id start" of every date */
  GPtrArray *activities;      /* (owned) (element-type char*) digest of each */
  gboolean is_any_address;
} Check;

static void G_GNUC_PRINTF (2, 3) complain (Check *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (self->wrong, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static void
complain_of_error (Check *self, const char *what, const GError *error)
{
  if (error != NULL)
    complain (self, "%s: %s", what, error->message);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
put_string (Check *self, const char *name, const char *value)
{
  json_builder_set_member_name (self->json, name);
  json_builder_add_string_value (self->json, value);
}

static void
put_int (Check *self, const char *name, gint64 value)
{
  json_builder_set_member_name (self->json, name);
  json_builder_add_int_value (self->json, value);
}

static void
put_strings (Check *self, const char *name, GPtrArray *values)
{
  json_builder_set_member_name (self->json, name);
  json_builder_begin_array (self->json);
  for (guint i = 0; i < values->len; i++)
    json_builder_add_string_value (self->json, values->pdata[i]);
  json_builder_end_array (self->json);
}

/* One digest of all lines, whatever their order: those of equal rank have none. */
static void
put_lines (Check *self, const char *name, GPtrArray *lines)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_ptr_array_sort (lines, compare_strings);
  for (guint i = 0; i < lines->len; i++) {
    g_checksum_update (checksum, lines->pdata[i], -1);
    g_checksum_update (checksum, (const guchar *)"\n", 1);
  }
  put_string (self, name, g_checksum_get_string (checksum));
}

/* ---- raw tables ---- */

/* One row is one line, its columns between bars; blobs as their digest. (transfer full) */
static GPtrArray *
query (Check *self, const char *sql)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_free);
  sqlite3 *handle = lykta_database_get_handle (self->database);
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL);

  while (code == SQLITE_OK || code == SQLITE_ROW) {
    GString *row;

    code = sqlite3_step (statement);
    if (code != SQLITE_ROW)
      break;
    row = g_string_new (NULL);
    for (int i = 0; i < sqlite3_column_count (statement); i++) {
      const char *text = (const char *)sqlite3_column_text (statement, i);

      g_string_append_printf (row, "%s%s", i > 0 ? "|" : "", text != NULL ? text : "");
    }
    g_ptr_array_add (rows, g_string_free (row, FALSE));
  }
  if (code != SQLITE_DONE)
    complain (self, "%s: %s", sql, sqlite3_errmsg (handle));
  sqlite3_finalize (statement);
  return rows;
}

/* A statement that must find nothing. */
static void
expect_none (Check *self, const char *what, const char *sql)
{
  g_autoptr (GPtrArray) rows = query (self, sql);

  if (rows->len > 0)
    complain (self, "%s: %u, such as %s", what, rows->len, (char *)rows->pdata[0]);
}

static void
check_tables (Check *self)
{
  static const struct {
    const char *what;
    const char *sql;
  } rules[] = {
      {"damage", "SELECT * FROM pragma_quick_check WHERE quick_check != 'ok'"},
      {"activity of no source",
       "SELECT uid FROM activity WHERE source NOT IN (SELECT id FROM source)"},
      {"activity without detail",
       "SELECT uid FROM activity WHERE id NOT IN (SELECT activity FROM detail)"},
      {"detail of no activity",
       "SELECT activity FROM detail WHERE activity NOT IN (SELECT id FROM activity)"},
      {"activity without title",
       "SELECT uid FROM activity WHERE id NOT IN (SELECT activity FROM title)"},
      {"title of no activity",
       "SELECT text FROM title WHERE activity NOT IN (SELECT id FROM activity)"},
      {"dates of no activity",
       "SELECT activity FROM dates WHERE activity NOT IN (SELECT id FROM activity)"},
      {"quarantine of no source",
       "SELECT uid FROM quarantine WHERE source NOT IN (SELECT id FROM source)"},
      {"record of no source", "SELECT id FROM record WHERE source NOT IN (SELECT id FROM source)"},
      {"record twice", "SELECT id FROM record GROUP BY source, id HAVING count(*) > 1"},
      {"word in a title of no activity",
       "SELECT term FROM temp.titles WHERE doc NOT IN (SELECT id FROM activity)"},
      {"word of no activity",
       "SELECT term FROM temp.words WHERE doc NOT IN (SELECT id FROM activity)"},
      {"activity without words",
       "SELECT uid FROM activity WHERE id NOT IN (SELECT doc FROM temp.words)"},
  };
  g_autoptr (GError) error = NULL;

  if (!lykta_database_exec (
          self->database,
          "CREATE VIRTUAL TABLE temp.titles USING fts5vocab (main, title_search, instance);"
          "CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, word_search, instance)",
          &error))
    complain_of_error (self, "search", error);
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    expect_none (self, rules[i].what, rules[i].sql);
}

/* ---- what a person sees ---- */

static gboolean
on_activity (LyktaActivity *activity, const char *source_id, gpointer user_data)
{
  Check *self = user_data;
  g_autoptr (GVariant) variant = lykta_activity_to_variant (activity);
  g_autoptr (GString) text = g_string_new (self->is_any_address ? "" : source_id);
  g_autoptr (GArray) dates = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = 0;
  g_autoptr (LyktaActivity) again = lykta_content_reader_get_activity (
      self->reader, source_id, lykta_activity_get_uid (activity), &id, &error);

  if (again == NULL) {
    complain (self, "%s cannot be found again", lykta_activity_get_uid (activity));
    /* In a damaged tree the walk might come by here for ever. */
    return FALSE;
  }
  g_variant_print_string (variant, text, FALSE);
  dates = lykta_content_reader_get_occurrences (self->reader, id, 0, 0, &error);
  complain_of_error (self, "dates", error);
  for (guint i = 0; dates != NULL && i < dates->len; i++) {
    gint64 start = g_array_index (dates, LyktaOccurrence, i).start;

    g_string_append_printf (text, " %" G_GINT64_FORMAT, start);
    g_hash_table_add (self->dates,
                      g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, id, start));
  }
  g_ptr_array_add (self->activities,
                   g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, -1));
  return TRUE;
}

/* The list as it is shown, which lies elsewhere than the dates of the activities. */
static void
check_list (Check *self)
{
  g_autoptr (LyktaQuery) all = lykta_query_new ("sv", 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cards =
      lykta_content_reader_list (self->reader, all, 0, G_MAXINT / 2, &error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  gint64 last = G_MININT64;

  complain_of_error (self, "list", error);
  for (guint i = 0; cards != NULL && i < cards->len; i++) {
    const LyktaCardFields *card = lykta_card_get_fields (cards->pdata[i]);
    g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                                            card->activity_id, card->occurrence.start);
    char *line = g_strdup_printf ("%" G_GINT64_FORMAT " %s", card->occurrence.start, card->title);

    g_ptr_array_add (lines, line);
    if (card->occurrence.start < last)
      complain (self, "the list goes back in time: %s", line);
    last = card->occurrence.start;
    if (!g_hash_table_remove (self->dates, key))
      complain (self, "the list has a date that no activity has: %s", line);
  }
  if (g_hash_table_size (self->dates) > 0)
    complain (self, "%u dates are missing in the list", g_hash_table_size (self->dates));
  put_lines (self, "list", lines);
}

static void
put_digest (Check *self, const char *name, const char *sql)
{
  g_autoptr (GPtrArray) rows = query (self, sql);

  put_lines (self, name, rows);
}

static void
check_content (Check *self)
{
  g_autoptr (GError) error = NULL;

  check_tables (self);
  if (!lykta_content_reader_foreach_activity (self->reader, NULL, on_activity, self, &error))
    complain_of_error (self, "activities", error);
  g_ptr_array_sort (self->activities, compare_strings);
  put_strings (self, "activities", self->activities);
  check_list (self);
  put_digest (self, "search",
              "SELECT term, uid FROM temp.titles, activity WHERE id = doc"
              " UNION ALL SELECT term, uid FROM temp.words, activity WHERE id = doc");
  put_digest (self, "records",
              self->is_any_address ? "SELECT id, hex (hash), size, hex (data) FROM record"
                                   : "SELECT token, record.id, hex (hash), size, hex (data)"
                                     " FROM record, source WHERE source.id = source");
  put_digest (self, "quarantine",
              "SELECT token, number, line, uid, code, message"
              " FROM quarantine, source WHERE source.id = source");
  put_int (self, "generation", lykta_content_reader_get_generation (self->reader));
}

/* ---- sources ---- */

static void
put_rows (Check *self, const char *name, const char *sql)
{
  g_autoptr (GPtrArray) rows = query (self, sql);

  put_strings (self, name, rows);
}

static void
put_sources (Check *self)
{
  /* What belongs to the content, and what only tells when it was. */
  put_rows (self, "sources",
            "SELECT token, address, format, position, is_loading, etag, last_modified,"
            " content_hash, n_activities, n_quarantined FROM source ORDER BY token");
  put_rows (self, "as_of", "SELECT token, last_confirmed FROM source ORDER BY token");
  put_rows (self, "failures", "SELECT token, failure FROM source ORDER BY token");
}

static void
put_device (Check *self, const char *path)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->database, lykta_database_close);
  self->database = lykta_database_open (path, LYKTA_DATABASE_CREATE, &error);
  if (self->database == NULL) {
    complain_of_error (self, "device.db", error);
    return;
  }
  expect_none (self, "damage in device.db",
               "SELECT * FROM pragma_quick_check WHERE quick_check != 'ok'");
  put_rows (self, "sequences", "SELECT feed, highest FROM sequence ORDER BY feed");
  put_rows (self, "configured", "SELECT id, address, format FROM source ORDER BY position");
  put_rows (self, "settings", "SELECT key, value FROM setting ORDER BY key");
}

/* ---- all ---- */

static void
check_clear (Check *self)
{
  g_clear_object (&self->reader);
  g_clear_pointer (&self->database, lykta_database_close);
  g_clear_object (&self->content);
  g_clear_object (&self->clock);
  g_clear_object (&self->json);
  g_clear_pointer (&self->wrong, g_ptr_array_unref);
  g_clear_pointer (&self->dates, g_hash_table_unref);
  g_clear_pointer (&self->activities, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

static void
open_content (Check *self, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "content.db", NULL);
  g_autoptr (GError) error = NULL;

  self->content = lykta_content_store_open (path, self->clock, &error);
  if (self->content == NULL) {
    complain_of_error (self, "opening", error);
    return;
  }
  if (lykta_content_store_was_rebuilt (self->content))
    complain (self, "the calendar was damaged and set aside as %s",
              lykta_content_store_get_damaged_path (self->content));
  if (lykta_content_store_is_read_only (self->content))
    complain (self, "the calendar can only be read");
  self->reader = lykta_content_store_new_reader (self->content, &error);
  self->database = lykta_content_store_connect (self->content, &error);
  complain_of_error (self, "reading", error);
}

int
main (int argc, char **argv)
{
  g_auto (Check) self = {0};
  g_autoptr (LyktaDeviceStore) device = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *device_path = NULL;
  g_autofree char *text = NULL;

  if (argc != 3 && argc != 4)
    return 2;
  self.is_any_address = argc == 4;
  self.clock = lykta_fixed_clock_new (g_ascii_strtoll (argv[2], NULL, 10));
  self.json = json_builder_new ();
  self.wrong = g_ptr_array_new_with_free_func (g_free);
  self.activities = g_ptr_array_new_with_free_func (g_free);
  self.dates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  json_builder_begin_object (self.json);
  open_content (&self, argv[1]);
  if (self.reader != NULL && self.database != NULL) {
    check_content (&self);
    put_sources (&self);
  }
  device_path = g_build_filename (argv[1], "device.db", NULL);
  device = lykta_device_store_open (device_path, self.clock, &error);
  complain_of_error (&self, "device.db", error);
  if (device != NULL)
    put_device (&self, device_path);
  put_strings (&self, "wrong", self.wrong);
  json_builder_end_object (self.json);
  g_autoptr (JsonNode) root = json_builder_get_root (self.json);
  text = json_to_string (root, FALSE);
  g_print ("%s\n", text);
  return 0;
}
