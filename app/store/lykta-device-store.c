/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-device-store.h"

#include "store/lykta-database-private.h"

/* "LykD": this file is a machine's memory of ours. */
#define APPLICATION_ID 0x4c796b44

/* Every step that was ever released stays as it is; tests/store/fixtures holds a file of each. */
static const char step_1[] =
    "CREATE TABLE source (position INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL,"
    "  address TEXT NOT NULL, format TEXT NOT NULL, language TEXT NOT NULL);"
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE meter (month TEXT NOT NULL, source TEXT NOT NULL,"
    "  received INTEGER NOT NULL DEFAULT 0, sent INTEGER NOT NULL DEFAULT 0,"
    "  PRIMARY KEY (month, source)) WITHOUT ROWID;"
    "CREATE TABLE sequence (feed TEXT PRIMARY KEY, highest INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE note (source TEXT NOT NULL, uid TEXT NOT NULL, text TEXT NOT NULL,"
    "  changed INTEGER NOT NULL, PRIMARY KEY (source, uid)) WITHOUT ROWID;"
    "CREATE TABLE saved (source TEXT NOT NULL, uid TEXT NOT NULL, since INTEGER NOT NULL,"
    "  PRIMARY KEY (source, uid)) WITHOUT ROWID;";

/* The meter by day and by what the line cost, in place of the one by month: a month that has begun
 * goes on, at its first day and as if nobody could tell what the line cost. */
static const char step_2[] =
    "CREATE TABLE traffic (day INTEGER NOT NULL, source TEXT NOT NULL, kind INTEGER NOT NULL,"
    "  received INTEGER NOT NULL DEFAULT 0, sent INTEGER NOT NULL DEFAULT 0,"
    "  PRIMARY KEY (day, source, kind)) WITHOUT ROWID;"
    "INSERT INTO traffic SELECT CAST(replace(month, '-', '') AS INTEGER) * 100 + 1, source, 1,"
    "  received, sent FROM meter;"
    "DROP TABLE meter;";

/* What a note is on, for when its source calls that something else or has it no more. */
static const char step_3[] = "ALTER TABLE note ADD COLUMN title TEXT NOT NULL DEFAULT '';"
                             "ALTER TABLE note ADD COLUMN likeness INTEGER NOT NULL DEFAULT 0;";

static const char *const steps[] = {step_1, step_2, step_3, NULL};

/* For how long the meter remembers. */
#define TRAFFIC_DAYS 400

/* Small facts in one file. Each change is a transaction of its own, on the disk when it returns. */
struct _LyktaDeviceStore {
  GObject parent_instance;

  LyktaDatabase *database; /* (owned) */
  LyktaClock *clock;       /* (owned) */
  gboolean is_read_only;
};

G_DEFINE_FINAL_TYPE (LyktaDeviceStore, lykta_device_store, G_TYPE_OBJECT)

static void
lykta_device_store_finalize (GObject *object)
{
  LyktaDeviceStore *self = LYKTA_DEVICE_STORE (object);

  g_clear_pointer (&self->database, lykta_database_close);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (lykta_device_store_parent_class)->finalize (object);
}

static void
lykta_device_store_class_init (LyktaDeviceStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lykta_device_store_finalize;
}

static void
lykta_device_store_init (LyktaDeviceStore *self)
{
}

/* ---- opening ---- */

static LyktaDatabase *
open_and_migrate (const char *path, LyktaDatabaseFlags flags, GError **error)
{
  g_autoptr (LyktaDatabase) database = lykta_database_open (path, flags, error);

  if (database == NULL || !lykta_database_migrate (database, APPLICATION_ID, steps, error))
    return NULL;
  return g_steal_pointer (&database);
}

/* What is there for reading, or nothing at all in memory. */
static LyktaDatabase *
open_to_read (const char *path)
{
  LyktaDatabase *database = open_and_migrate (path, LYKTA_DATABASE_READ_ONLY, NULL);

  if (database == NULL)
    database = open_and_migrate (path, LYKTA_DATABASE_IMMUTABLE, NULL);
  if (database == NULL && !g_file_test (path, G_FILE_TEST_EXISTS))
    database = open_and_migrate (":memory:", LYKTA_DATABASE_CREATE, NULL);
  return database;
}

LyktaDeviceStore *
lykta_device_store_open (const char *path, LyktaClock *clock, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (LYKTA_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  GError *local_error = NULL;
  gboolean is_read_only = FALSE;
  LyktaDatabase *database = open_and_migrate (path, LYKTA_DATABASE_CREATE, &local_error);
  if (database == NULL &&
      !g_error_matches (local_error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED) &&
      !g_error_matches (local_error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_NEWER)) {
    database = open_to_read (path);
    is_read_only = TRUE;
  }
  if (database == NULL) {
    g_propagate_error (error, local_error);
    return NULL;
  }
  g_clear_error (&local_error);
  LyktaDeviceStore *self = g_object_new (LYKTA_TYPE_DEVICE_STORE, NULL);
  self->database = database;
  self->clock = g_object_ref (clock);
  self->is_read_only = is_read_only;
  return self;
}

gboolean
lykta_device_store_is_read_only (LyktaDeviceStore *self)
{
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (self), TRUE);

  return self->is_read_only;
}

/* ---- helpers ---- */

static gboolean
check_writable (LyktaDeviceStore *self, GError **error)
{
  if (!self->is_read_only)
    return TRUE;
  g_set_error_literal (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_READ_ONLY,
                       "the machine's own store cannot be written to");
  return FALSE;
}

/* A statement for a change, NULL when nothing can be changed. */
static LyktaStatement *
change (LyktaDeviceStore *self, const char *sql, GError **error)
{
  return check_writable (self, error) ? lykta_database_statement (self->database, sql, error)
                                      : NULL;
}

/* Text of the first row's first column. (transfer full) (nullable) */
static char *
get_text (LyktaStatement *statement, GError **error)
{
  return lykta_statement_step (statement, error) == LYKTA_STEP_ROW
             ? g_strdup (lykta_statement_text (statement, 0))
             : NULL;
}

/* 20261122: days in the order of their numbers. */
static gint64
day_key (LyktaDate date)
{
  return ((gint64)date.year * 100 + date.month) * 100 + date.day;
}

/* ---- sources ---- */

GPtrArray *
lykta_device_store_list_sources (LyktaDeviceStore *self, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (GPtrArray) sources =
      g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_source_unref);
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "SELECT id, name, address, format, language FROM source ORDER BY position",
      error);
  if (statement == NULL)
    return NULL;
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    const LyktaFormat format = lykta_format_from_token (lykta_statement_text (statement, 3));
    g_ptr_array_add (sources, lykta_source_new (lykta_statement_text (statement, 0),
                                                lykta_statement_text (statement, 1),
                                                lykta_statement_text (statement, 2), format,
                                                lykta_statement_text (statement, 4)));
  }
  return step == LYKTA_STEP_DONE ? g_steal_pointer (&sources) : NULL;
}

static gboolean
replace_sources (LyktaDeviceStore *self, GPtrArray *sources, GError **error)
{
  g_autoptr (LyktaStatement) insert = lykta_database_statement (
      self->database, "INSERT INTO source VALUES (?1, ?2, ?3, ?4, ?5, ?6)", error);

  if (insert == NULL || !lykta_database_begin_write (self->database, error) ||
      !lykta_database_exec (self->database, "DELETE FROM source", error))
    return FALSE;
  for (guint i = 0; i < sources->len; i++) {
    LyktaSource *source = sources->pdata[i];
    lykta_statement_bind (insert, "isssss", (gint64)i, lykta_source_get_id (source),
                          lykta_source_get_name (source), lykta_source_get_address (source),
                          lykta_format_to_token (lykta_source_get_format (source)),
                          lykta_source_get_language (source));
    if (!lykta_statement_run (insert, error))
      return FALSE;
  }
  return lykta_database_commit (self->database, error);
}

gboolean
lykta_device_store_set_sources (LyktaDeviceStore *self, GPtrArray *sources, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (self), FALSE);
  g_return_val_if_fail (sources != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!check_writable (self, error))
    return FALSE;
  if (replace_sources (self, sources, error))
    return TRUE;
  lykta_database_rollback (self->database);
  return FALSE;
}

/* ---- settings ---- */

char *
lykta_device_store_get_setting (LyktaDeviceStore *self, const char *key, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->database, "SELECT value FROM setting WHERE key = ?1", error);
  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "s", key);
  return get_text (statement, error);
}

gboolean
lykta_device_store_set_setting (LyktaDeviceStore *self,
                                const char *key,
                                const char *value,
                                GError **error)
{
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (self), FALSE);
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr (LyktaStatement) statement =
      value != NULL
          ? change (self, "INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)", error)
          : change (self, "DELETE FROM setting WHERE key = ?1", error);
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, value != NULL ? "ss" : "s", key, value);
  return lykta_statement_run (statement, error);
}

/* ---- byte meter ---- */

static gboolean
forget_old_traffic (LyktaDeviceStore *self, LyktaDate today, GError **error)
{
  g_autoptr (LyktaStatement) statement = change (self, "DELETE FROM traffic WHERE day < ?1", error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "i", day_key (lykta_date_add_days (today, -TRAFFIC_DAYS)));
  return lykta_statement_run (statement, error);
}

gboolean
lykta_device_store_add_bytes (LyktaDeviceStore *self,
                              const char *source_id,
                              LyktaTrafficKind kind,
                              guint64 received,
                              guint64 sent,
                              GError **error)
{
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (self), FALSE);
  g_return_val_if_fail (source_id != NULL, FALSE);
  g_return_val_if_fail ((guint)kind < LYKTA_N_TRAFFIC_KINDS, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  const LyktaDate today = lykta_date_of_moment (lykta_clock_now (self->clock));
  g_autoptr (LyktaStatement) statement =
      change (self,
              "INSERT INTO traffic (day, source, kind, received, sent) VALUES (?1, ?2, ?3, ?4, ?5)"
              " ON CONFLICT (day, source, kind) DO UPDATE SET"
              " received = received + excluded.received, sent = sent + excluded.sent",
              error);
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "isiii", day_key (today), source_id, (gint64)kind,
                        (gint64)MIN (received, (guint64)G_MAXINT64 / 4),
                        (gint64)MIN (sent, (guint64)G_MAXINT64 / 4));
  return lykta_statement_run (statement, error) && forget_old_traffic (self, today, error);
}

/* Days from @from to @to, both included, of all kinds in @kinds (bits). */
static gboolean
sum_traffic (LyktaDeviceStore *self,
             const char *source_id,
             LyktaDate from,
             LyktaDate to,
             LyktaTraffic *traffic,
             GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database,
      "SELECT kind, sum(received), sum(sent) FROM traffic"
      " WHERE day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR source = ?3) GROUP BY kind",
      error);
  LyktaStep step;

  *traffic = (LyktaTraffic){0};
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "iis", day_key (from), day_key (to), source_id);
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    const guint64 received = (guint64)sqlite3_column_int64 (statement, 1);
    const guint64 sent = (guint64)sqlite3_column_int64 (statement, 2);
    const gint64 kind = sqlite3_column_int64 (statement, 0);

    traffic->received += received;
    traffic->sent += sent;
    if (kind >= 0 && kind < LYKTA_N_TRAFFIC_KINDS)
      traffic->by_kind[kind] = received + sent;
  }
  return step == LYKTA_STEP_DONE;
}

gboolean
lykta_device_store_get_day_traffic (LyktaDeviceStore *self,
                                    const char *source_id,
                                    LyktaDate date,
                                    LyktaTraffic *traffic,
                                    GError **error)
{
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (self), FALSE);
  g_return_val_if_fail (traffic != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return sum_traffic (self, source_id, date, date, traffic, error);
}

gboolean
lykta_device_store_get_month_traffic (LyktaDeviceStore *self,
                                      const char *source_id,
                                      LyktaDate date,
                                      LyktaTraffic *traffic,
                                      GError **error)
{
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (self), FALSE);
  g_return_val_if_fail (traffic != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return sum_traffic (self, source_id, (LyktaDate){date.year, date.month, 1},
                      (LyktaDate){date.year, date.month, 31}, traffic, error);
}

/* ---- sequences ---- */

gboolean
lykta_device_store_get_sequence (LyktaDeviceStore *self,
                                 const char *feed_id,
                                 guint64 *sequence,
                                 GError **error)
{
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (self), FALSE);
  g_return_val_if_fail (feed_id != NULL && sequence != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  gint64 highest = 0;
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "SELECT highest FROM sequence WHERE feed = ?1", error);
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "s", feed_id);
  const gboolean is_read = lykta_statement_get_int64 (statement, 0, &highest, error);
  *sequence = (guint64)MAX (highest, 0);
  return is_read;
}

gboolean
lykta_device_store_raise_sequence (LyktaDeviceStore *self,
                                   const char *feed_id,
                                   guint64 sequence,
                                   GError **error)
{
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (self), FALSE);
  g_return_val_if_fail (feed_id != NULL, FALSE);
  g_return_val_if_fail (sequence <= G_MAXINT64, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr (LyktaStatement) statement =
      change (self,
              "INSERT INTO sequence (feed, highest) VALUES (?1, ?2) ON CONFLICT (feed)"
              " DO UPDATE SET highest = max(highest, excluded.highest)",
              error);
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "si", feed_id, (gint64)sequence);
  return lykta_statement_run (statement, error);
}

/* ---- notes and saved activities ---- */

char *
lykta_device_store_get_note (LyktaDeviceStore *self,
                             const char *source_id,
                             const char *uid,
                             GError **error)
{
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (self), NULL);
  g_return_val_if_fail (source_id != NULL && uid != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "SELECT text FROM note WHERE source = ?1 AND uid = ?2", error);
  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "ss", source_id, uid);
  return get_text (statement, error);
}

gboolean
lykta_device_store_set_note (LyktaDeviceStore *self,
                             const char *source_id,
                             const char *uid,
                             const char *title,
                             gint64 likeness,
                             const char *note,
                             GError **error)
{
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (self), FALSE);
  g_return_val_if_fail (source_id != NULL && uid != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  const gboolean is_set = note != NULL && note[0] != '\0';
  g_autoptr (LyktaStatement) statement =
      is_set ? change (self,
                       "INSERT OR REPLACE INTO note (source, uid, text, changed, title, likeness)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                       error)
             : change (self, "DELETE FROM note WHERE source = ?1 AND uid = ?2", error);
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, is_set ? "sssisi" : "ss", source_id, uid, note,
                        lykta_clock_now (self->clock), title != NULL ? title : "", likeness);
  return lykta_statement_run (statement, error);
}

void
lykta_device_note_free (LyktaDeviceNote *self)
{
  if (self == NULL)
    return;
  g_free (self->source_id);
  g_free (self->uid);
  g_free (self->title);
  g_free (self->text);
  g_free (self);
}

GPtrArray *
lykta_device_store_list_notes (LyktaDeviceStore *self, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (GPtrArray) notes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_device_note_free);
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database,
      "SELECT source, uid, title, text, likeness, changed FROM note ORDER BY changed, source, uid",
      error);
  if (statement == NULL)
    return NULL;
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    LyktaDeviceNote *note = g_new0 (LyktaDeviceNote, 1);
    note->source_id = g_strdup (lykta_statement_text (statement, 0));
    note->uid = g_strdup (lykta_statement_text (statement, 1));
    note->title = g_strdup (lykta_statement_text (statement, 2));
    note->text = g_strdup (lykta_statement_text (statement, 3));
    note->likeness = sqlite3_column_int64 (statement, 4);
    note->changed = sqlite3_column_int64 (statement, 5);
    g_ptr_array_add (notes, note);
  }
  return step == LYKTA_STEP_DONE ? g_steal_pointer (&notes) : NULL;
}

gboolean
lykta_device_store_is_saved (LyktaDeviceStore *self, const char *source_id, const char *uid)
{
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (self), FALSE);
  g_return_val_if_fail (source_id != NULL && uid != NULL, FALSE);

  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "SELECT 1 FROM saved WHERE source = ?1 AND uid = ?2", NULL);
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "ss", source_id, uid);
  return lykta_statement_step (statement, NULL) == LYKTA_STEP_ROW;
}

gboolean
lykta_device_store_set_saved (LyktaDeviceStore *self,
                              const char *source_id,
                              const char *uid,
                              gboolean is_saved,
                              GError **error)
{
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (self), FALSE);
  g_return_val_if_fail (source_id != NULL && uid != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr (LyktaStatement) statement =
      is_saved ? change (self, "INSERT OR IGNORE INTO saved VALUES (?1, ?2, ?3)", error)
               : change (self, "DELETE FROM saved WHERE source = ?1 AND uid = ?2", error);
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, is_saved ? "ssi" : "ss", source_id, uid,
                        lykta_clock_now (self->clock));
  return lykta_statement_run (statement, error);
}

char **
lykta_device_store_list_saved (LyktaDeviceStore *self, const char *source_id, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (self), NULL);
  g_return_val_if_fail (source_id != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "SELECT uid FROM saved WHERE source = ?1 ORDER BY since, uid", error);
  LyktaStep step;

  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "s", source_id);
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW)
    g_strv_builder_add (builder, lykta_statement_text (statement, 0));
  return step == LYKTA_STEP_DONE ? g_strv_builder_end (builder) : NULL;
}
