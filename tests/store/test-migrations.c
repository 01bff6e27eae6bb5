/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "store/lykta-database-private.h"
#include "store/lykta-device-store.h"
#include "store/lykta-fold-tokenizer-private.h"
#include "store/lykta-register-store.h"
#include "store/store-fixture.h"

/* Files that an earlier release wrote, and how a schema is brought up to date. */

/* Makes a database of tests/store/fixtures/@fixture; its path. (transfer full) */
static char *
make_database (LyktaTestDir *dir, const char *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *relative = g_build_filename ("tests", "store", "fixtures", fixture, NULL);
  g_autoptr (GBytes) bytes = lykta_test_source_bytes (relative);
  g_autofree char *sql = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  char *path = lykta_test_dir_child (dir, "store.db");
  g_autoptr (LyktaDatabase) database = lykta_database_open (path, LYKTA_DATABASE_CREATE, &error);

  g_assert_no_error (error);
  lykta_fold_tokenizer_register (database, &error);
  g_assert_no_error (error);
  lykta_database_exec (database, sql, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_content (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  g_autofree char *path = make_database (dir, "content-v1.sql");
  g_autoptr (LyktaClock) clock = lykta_test_clock_at (STORE_FIXTURE_NOW);
  g_autoptr (LyktaContentStore) store = lykta_content_store_open (path, clock, &error);
  g_assert_no_error (error);
  g_assert_false (lykta_content_store_was_rebuilt (store));
  g_autoptr (LyktaContentReader) reader = lykta_content_store_new_reader (store, &error);
  g_autoptr (LyktaQuery) all = lykta_query_new ("en", lykta_test_moment (STORE_FIXTURE_NOW));
  g_autoptr (LyktaQuery) week = lykta_query_with_period (all, lykta_query_get_from (all),
                                                         lykta_query_get_from (all) + 8 * 86400);

  g_autofree char *found = store_test_list (reader, week);
  g_assert_cmpstr (found, ==,
                   "show@example.org cafe@example.org online@example.org cafe@example.org");
  /* What is the same as what is found out by the first who may write. */
  g_autoptr (LyktaContentWriter) writer =
      lykta_content_store_new_writer (store, store_test_expand, &error);
  g_assert_no_error (error);
  g_autofree char *found_again = store_test_list (reader, week);
  g_assert_cmpstr (found_again, ==, found);
  /* The search was made by an older folding, and is made anew. */
  g_autoptr (LyktaQuery) search = lykta_query_with_search (week, "pratar fle");
  g_autofree char *words = store_test_list (reader, search);
  g_assert_cmpstr (words, ==, "cafe@example.org cafe@example.org");
  g_autoptr (LyktaActivity) activity =
      lykta_content_reader_get_activity (reader, "test", "cafe@example.org", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (activity), "ar"), ==, "مقهى اللغة");
  g_assert_cmpstr (lykta_organiser_get_name (lykta_activity_get_organiser (activity)), ==,
                   "Exempelföreningen");
}

static void
test_device (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  g_autofree char *path = make_database (dir, "device-v1.sql");
  g_autoptr (LyktaClock) clock = lykta_test_clock_at (STORE_FIXTURE_NOW);
  g_autoptr (LyktaDeviceStore) store = lykta_device_store_open (path, clock, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) sources = lykta_device_store_list_sources (store, NULL);
  g_autofree char *place = lykta_device_store_get_setting (store, "place", NULL);
  g_autofree char *note = lykta_device_store_get_note (store, "test", "cafe@example.org", NULL);
  LyktaTraffic traffic;
  guint64 sequence;

  g_assert_cmpuint (sources->len, ==, 1);
  g_assert_cmpstr (lykta_source_get_id (sources->pdata[0]), ==, "test");
  g_assert_cmpstr (place, ==, "Flen");
  g_assert_cmpstr (note, ==, "Nyckeln hos Åsa");
  g_assert_true (lykta_device_store_is_saved (store, "test", "cafe@example.org"));
  g_assert_true (lykta_device_store_get_sequence (store, "feed", &sequence, NULL));
  g_assert_cmpuint (sequence, ==, 42);
  g_assert_true (lykta_device_store_get_month_traffic (store, "test", (LyktaDate){2026, 11, 1},
                                                       &traffic, NULL));
  g_assert_cmpuint (traffic.received, ==, 1234);
  g_assert_cmpuint (traffic.sent, ==, 56);
  g_assert_cmpuint (traffic.by_kind[LYKTA_TRAFFIC_UNKNOWN], ==, 1290);
}

static gboolean
check_entry (gint64 row, const char *kind, const char *serial, GBytes *entry, gpointer user_data)
{
  guint *n = user_data;

  g_assert_cmpstr (kind, ==, "certificate");
  g_assert_cmpstr (serial, ==, "A-7");
  g_assert_cmpmem (g_bytes_get_data (entry, NULL), g_bytes_get_size (entry), "Amina Exempelsson",
                   17);
  (*n)++;
  return TRUE;
}

static void
test_register (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  g_autofree char *path = make_database (dir, "register-v1.sql");
  g_autoptr (LyktaClock) clock = lykta_test_clock_at (STORE_FIXTURE_NOW);
  g_autoptr (LyktaRegisterStore) store = lykta_register_store_open (path, clock, &error);
  guint n = 0;
  g_assert_no_error (error);
  g_autoptr (LyktaSecretKey) key = lykta_register_store_unlock (store, "tre gröna äpplen", &error);
  g_assert_no_error (error);
  g_assert_true (lykta_register_store_read (store, key, NULL, check_entry, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (lykta_register_store_allocate_serial (store, "A", NULL), ==, 8);
}

/* ---- steps ---- */

static const char *const one_step[] = {"CREATE TABLE a (x)", NULL};
static const char *const three_steps[] = {
    "CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y DEFAULT 7; INSERT INTO a (x) VALUES (1)",
    "CREATE TABLE b (z)", NULL};
static const char *const broken_steps[] = {
    "CREATE TABLE a (x)", "CREATE TABLE half (x); INSERT INTO nowhere VALUES (1)", NULL};

static gint64
ask (LyktaDatabase *database, const char *sql)
{
  gint64 value = -1;
  g_autoptr (LyktaStatement) statement = lykta_database_statement (database, sql, NULL);

  g_assert_nonnull (statement);
  g_assert_true (lykta_statement_get_int64 (statement, -1, &value, NULL));
  return value;
}

static void
test_steps (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  g_autofree char *path = lykta_test_dir_child (dir, "x.db");
  g_autoptr (LyktaDatabase) database = lykta_database_open (path, LYKTA_DATABASE_CREATE, NULL);
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (lykta_database_migrate (database, 77, one_step, &error));
  g_assert_cmpint (ask (database, "PRAGMA user_version"), ==, 1);
  /* A step that fails leaves the version before it whole. */
  g_assert_false (lykta_database_migrate (database, 77, broken_steps, &error));
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (ask (database, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (ask (database, "SELECT count(*) FROM sqlite_schema"), ==, 1);
  g_assert_true (lykta_database_migrate (database, 77, three_steps, &error));
  g_assert_cmpint (ask (database, "PRAGMA user_version"), ==, 3);
  g_assert_cmpint (ask (database, "SELECT y FROM a WHERE x = 1"), ==, 7);
  g_assert_true (lykta_database_migrate (database, 77, three_steps, &error));
  g_assert_cmpint (ask (database, "SELECT count(*) FROM a"), ==, 1);

  g_assert_false (lykta_database_migrate (database, 77, one_step, &error));
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_NEWER);
  g_clear_error (&error);
  g_assert_false (lykta_database_migrate (database, 78, three_steps, &error));
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED);
}

/* A precious file of a later version is refused and left as it is. */
static void
test_newer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  g_autoptr (LyktaClock) clock = lykta_test_clock_at (STORE_FIXTURE_NOW);
  g_autofree char *path = make_database (dir, "device-v1.sql");
  {
    g_autoptr (LyktaDatabase) database = lykta_database_open (path, LYKTA_DATABASE_CREATE, NULL);
    g_assert_true (lykta_database_exec (database, "PRAGMA user_version = 99", NULL));
  }
  g_assert_null (lykta_device_store_open (path, clock, &error));
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_NEWER);
  g_autoptr (LyktaDatabase) database = lykta_database_open (path, LYKTA_DATABASE_CREATE, NULL);
  g_assert_cmpint (ask (database, "SELECT count(*) FROM note"), ==, 1);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/store/migrations/content", test_content);
  g_test_add_func ("/store/migrations/device", test_device);
  g_test_add_func ("/store/migrations/register", test_register);
  g_test_add_func ("/store/migrations/steps", test_steps);
  g_test_add_func ("/store/migrations/newer", test_newer);
  return g_test_run ();
}
