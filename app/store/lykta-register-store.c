/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-register-store.h"

#include "base/lykta-civil-time.h"
#include "store/lykta-database-private.h"

/* "LykR": this file is a desk's register of ours. */
#define APPLICATION_ID 0x4c796b52

/* Every step that was ever released stays as it is; tests/store/fixtures holds a file of each.
 * Nothing about a person stands here in the open: what is not sealed is the month, the kind and the
 * serial number. */
static const char step_1[] =
    "CREATE TABLE key (id INTEGER PRIMARY KEY CHECK (id = 1), public BLOB NOT NULL,"
    "  locked BLOB NOT NULL);"
    "CREATE TABLE month (id TEXT PRIMARY KEY, public BLOB NOT NULL, sealed BLOB NOT NULL)"
    "  WITHOUT ROWID;"
    "CREATE TABLE serial (desk TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE entry (id INTEGER PRIMARY KEY AUTOINCREMENT, month TEXT NOT NULL,"
    "  kind TEXT NOT NULL, serial TEXT UNIQUE, sealed BLOB NOT NULL);"
    "CREATE INDEX entry_month ON entry (month);";

static const char *const steps[] = {step_1, NULL};

/* Rows of sealed envelopes. The register's own key opens the keys of the months, these open the
 * entries; to seal, only the open halves are needed. */
struct _LyktaRegisterStore {
  GObject parent_instance;

  LyktaDatabase *database; /* (owned) */
  LyktaClock *clock;       /* (owned) */
};

G_DEFINE_FINAL_TYPE (LyktaRegisterStore, lykta_register_store, G_TYPE_OBJECT)

static void
lykta_register_store_finalize (GObject *object)
{
  LyktaRegisterStore *self = LYKTA_REGISTER_STORE (object);

  g_clear_pointer (&self->database, lykta_database_close);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (lykta_register_store_parent_class)->finalize (object);
}

static void
lykta_register_store_class_init (LyktaRegisterStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lykta_register_store_finalize;
}

static void
lykta_register_store_init (LyktaRegisterStore *self)
{
}

LyktaRegisterStore *
lykta_register_store_open (const char *path, LyktaClock *clock, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (LYKTA_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (LyktaDatabase) database = lykta_database_open (path, LYKTA_DATABASE_CREATE, error);
  if (database == NULL || !lykta_database_exec (database, "PRAGMA secure_delete = ON", error) ||
      !lykta_database_migrate (database, APPLICATION_ID, steps, error))
    return NULL;
  LyktaRegisterStore *self = g_object_new (LYKTA_TYPE_REGISTER_STORE, NULL);
  self->database = g_steal_pointer (&database);
  self->clock = g_object_ref (clock);
  return self;
}

/* ---- helpers ---- */

static GBytes *
column_bytes (LyktaStatement *statement, int column)
{
  return g_bytes_new (sqlite3_column_blob (statement, column),
                      (gsize)sqlite3_column_bytes (statement, column));
}

/* One blob; NULL without error when there is none. (transfer full) (nullable) */
static GBytes *
get_blob (LyktaRegisterStore *self, const char *sql, const char *key, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (self->database, sql, error);

  if (statement == NULL)
    return NULL;
  if (key != NULL)
    lykta_statement_bind (statement, "s", key);
  return lykta_statement_step (statement, error) == LYKTA_STEP_ROW ? column_bytes (statement, 0)
                                                                   : NULL;
}

static void
set_not_set_up (GError **error)
{
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_NOT_FOUND,
                         "the register has no key yet");
}

/* "2026-11" in Stockholm. (transfer full) */
static char *
month_of (gint64 when)
{
  const LyktaDate date = lykta_date_of_moment (when);

  return g_strdup_printf ("%04d-%02d", date.year, date.month);
}

/* ---- keys ---- */

gboolean
lykta_register_store_is_set_up (LyktaRegisterStore *self)
{
  g_return_val_if_fail (LYKTA_IS_REGISTER_STORE (self), FALSE);

  g_autoptr (GBytes) key = get_blob (self, "SELECT public FROM key", NULL, NULL);
  return key != NULL;
}

gboolean
lykta_register_store_set_up (LyktaRegisterStore *self,
                             const char *passphrase,
                             LyktaKeyCost cost,
                             GError **error)
{
  g_return_val_if_fail (LYKTA_IS_REGISTER_STORE (self), FALSE);
  g_return_val_if_fail (passphrase != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr (GBytes) public_key = NULL;
  g_autoptr (LyktaSecretKey) key = lykta_secret_key_generate (&public_key, error);
  if (key == NULL)
    return FALSE;
  g_autoptr (GBytes) locked = lykta_key_lock (key, passphrase, cost, error);
  if (locked == NULL)
    return FALSE;
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "INSERT INTO key (id, public, locked) VALUES (1, ?1, ?2)", error);
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "bb", g_bytes_get_data (public_key, NULL),
                        g_bytes_get_size (public_key), g_bytes_get_data (locked, NULL),
                        g_bytes_get_size (locked));
  return lykta_statement_run (statement, error);
}

LyktaSecretKey *
lykta_register_store_unlock (LyktaRegisterStore *self, const char *passphrase, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_REGISTER_STORE (self), NULL);
  g_return_val_if_fail (passphrase != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (GBytes) locked = get_blob (self, "SELECT locked FROM key", NULL, error);
  if (locked == NULL) {
    set_not_set_up (error);
    return NULL;
  }
  return lykta_key_unlock (locked, passphrase, error);
}

gboolean
lykta_register_store_change_passphrase (LyktaRegisterStore *self,
                                        LyktaSecretKey *key,
                                        const char *passphrase,
                                        LyktaKeyCost cost,
                                        GError **error)
{
  g_return_val_if_fail (LYKTA_IS_REGISTER_STORE (self), FALSE);
  g_return_val_if_fail (key != NULL && passphrase != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr (GBytes) locked = lykta_key_lock (key, passphrase, cost, error);
  g_autoptr (LyktaStatement) statement =
      locked != NULL ? lykta_database_statement (self->database,
                                                 "UPDATE key SET locked = ?1 WHERE id = 1", error)
                     : NULL;
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "b", g_bytes_get_data (locked, NULL), g_bytes_get_size (locked));
  return lykta_statement_run (statement, error);
}

/* A new key for @month, of which only the register's owner gets the secret half. (transfer full) */
static GBytes *
add_month (LyktaRegisterStore *self, const char *month, GError **error)
{
  g_autoptr (GBytes) owner = get_blob (self, "SELECT public FROM key", NULL, error);
  if (owner == NULL) {
    set_not_set_up (error);
    return NULL;
  }
  g_autoptr (GBytes) public_key = NULL;
  g_autoptr (LyktaSecretKey) key = lykta_secret_key_generate (&public_key, error);
  g_autoptr (GBytes) sealed = key != NULL ? lykta_secret_key_seal_for (key, owner, error) : NULL;
  if (sealed == NULL)
    return NULL;
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "INSERT INTO month (id, public, sealed) VALUES (?1, ?2, ?3)", error);
  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "sbb", month, g_bytes_get_data (public_key, NULL),
                        g_bytes_get_size (public_key), g_bytes_get_data (sealed, NULL),
                        g_bytes_get_size (sealed));
  return lykta_statement_run (statement, error) ? g_steal_pointer (&public_key) : NULL;
}

static GBytes *
ensure_month (LyktaRegisterStore *self, const char *month, GError **error)
{
  GError *local_error = NULL;
  GBytes *key = get_blob (self, "SELECT public FROM month WHERE id = ?1", month, &local_error);

  if (key != NULL)
    return key;
  if (local_error != NULL) {
    g_propagate_error (error, local_error);
    return NULL;
  }
  return add_month (self, month, error);
}

/* ---- serial numbers ---- */

static gboolean
next_serial (LyktaRegisterStore *self, const char *desk, gint64 *number, GError **error)
{
  g_autoptr (LyktaStatement) raise =
      lykta_database_statement (self->database,
                                "INSERT INTO serial (desk, last) VALUES (?1, 1)"
                                " ON CONFLICT (desk) DO UPDATE SET last = last + 1",
                                error);
  g_autoptr (LyktaStatement) read =
      lykta_database_statement (self->database, "SELECT last FROM serial WHERE desk = ?1", error);

  if (raise == NULL || read == NULL || !lykta_database_begin_write (self->database, error))
    return FALSE;
  lykta_statement_bind (raise, "s", desk);
  lykta_statement_bind (read, "s", desk);
  return lykta_statement_run (raise, error) && lykta_statement_get_int64 (read, 0, number, error) &&
         lykta_database_commit (self->database, error);
}

guint64
lykta_register_store_allocate_serial (LyktaRegisterStore *self, const char *desk, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_REGISTER_STORE (self), 0);
  g_return_val_if_fail (desk != NULL, 0);
  g_return_val_if_fail (error == NULL || *error == NULL, 0);

  gint64 number = 0;
  if (next_serial (self, desk, &number, error))
    return (guint64)number;
  lykta_database_rollback (self->database);
  return 0;
}

/* ---- entries ---- */

static gint64
add_entry (LyktaRegisterStore *self,
           gint64 when,
           const char *kind,
           const char *serial,
           GBytes *entry,
           GError **error)
{
  g_autofree char *month = month_of (when);
  g_autoptr (GBytes) key = ensure_month (self, month, error);
  g_autoptr (GBytes) sealed = key != NULL ? lykta_seal (key, entry, error) : NULL;
  if (sealed == NULL)
    return 0;
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "INSERT INTO entry (month, kind, serial, sealed) VALUES (?1, ?2, ?3, ?4)",
      error);
  if (statement == NULL)
    return 0;
  lykta_statement_bind (statement, "sssb", month, kind, serial, g_bytes_get_data (sealed, NULL),
                        g_bytes_get_size (sealed));
  if (!lykta_statement_run (statement, error))
    return 0;
  return sqlite3_last_insert_rowid (lykta_database_get_handle (self->database));
}

gint64
lykta_register_store_add_entry (LyktaRegisterStore *self,
                                gint64 when,
                                const char *kind,
                                const char *serial,
                                GBytes *entry,
                                GError **error)
{
  g_return_val_if_fail (LYKTA_IS_REGISTER_STORE (self), 0);
  g_return_val_if_fail (kind != NULL && entry != NULL, 0);
  g_return_val_if_fail (error == NULL || *error == NULL, 0);

  if (!lykta_database_begin_write (self->database, error))
    return 0;
  const gint64 row = add_entry (self, when, kind, serial, entry, error);
  if (row != 0 && lykta_database_commit (self->database, error))
    return row;
  lykta_database_rollback (self->database);
  return 0;
}

/* The keys of the months that @key opens. (transfer full) (element-type utf8 LyktaSecretKey) */
static GHashTable *
open_months (LyktaRegisterStore *self, LyktaSecretKey *key, const char *month, GError **error)
{
  g_autoptr (GHashTable) months = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                         (GDestroyNotify)lykta_secret_key_unref);
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "SELECT id, sealed FROM month WHERE ?1 IS NULL OR id = ?1", error);

  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "s", month);
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    g_autoptr (GBytes) sealed = column_bytes (statement, 1);
    LyktaSecretKey *opened = lykta_secret_key_unseal (key, sealed, error);
    if (opened == NULL)
      return NULL;
    g_hash_table_insert (months, g_strdup (lykta_statement_text (statement, 0)), opened);
  }
  return step == LYKTA_STEP_DONE ? g_steal_pointer (&months) : NULL;
}

/* *@is_ended: the function wanted no more. */
static gboolean
give_entry (LyktaStatement *statement,
            GHashTable *months,
            LyktaRegisterFunc func,
            gpointer user_data,
            gboolean *is_ended,
            GError **error)
{
  LyktaSecretKey *month = g_hash_table_lookup (months, lykta_statement_text (statement, 1));
  g_autoptr (GBytes) sealed = column_bytes (statement, 4);

  if (month == NULL) {
    g_set_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED,
                 "the key of %s is not in the register", lykta_statement_text (statement, 1));
    return FALSE;
  }
  g_autoptr (GBytes) entry = lykta_secret_key_open (month, sealed, error);
  if (entry == NULL)
    return FALSE;
  *is_ended = !func (sqlite3_column_int64 (statement, 0), lykta_statement_text (statement, 2),
                     lykta_statement_text (statement, 3), entry, user_data);
  return TRUE;
}

gboolean
lykta_register_store_read (LyktaRegisterStore *self,
                           LyktaSecretKey *key,
                           const char *month,
                           LyktaRegisterFunc func,
                           gpointer user_data,
                           GError **error)
{
  g_return_val_if_fail (LYKTA_IS_REGISTER_STORE (self), FALSE);
  g_return_val_if_fail (key != NULL && func != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr (GHashTable) months = open_months (self, key, month, error);
  g_autoptr (LyktaStatement) statement =
      months != NULL ? lykta_database_statement (self->database,
                                                 "SELECT id, month, kind, serial, sealed FROM entry"
                                                 " WHERE ?1 IS NULL OR month = ?1 ORDER BY id",
                                                 error)
                     : NULL;
  gboolean is_ended = FALSE;
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "s", month);
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    if (!give_entry (statement, months, func, user_data, &is_ended, error))
      return FALSE;
    if (is_ended)
      return TRUE;
  }
  return step == LYKTA_STEP_DONE;
}

gint64
lykta_register_store_count (LyktaRegisterStore *self, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_REGISTER_STORE (self), -1);
  g_return_val_if_fail (error == NULL || *error == NULL, -1);

  gint64 n;
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->database, "SELECT count(*) FROM entry", error);
  return statement != NULL && lykta_statement_get_int64 (statement, 0, &n, error) ? n : -1;
}

/* ---- forgetting ---- */

static gboolean
forget_before (LyktaRegisterStore *self, const char *month, guint *n_removed, GError **error)
{
  g_autoptr (LyktaStatement) entries =
      lykta_database_statement (self->database, "DELETE FROM entry WHERE month < ?1", error);
  g_autoptr (LyktaStatement) keys =
      lykta_database_statement (self->database, "DELETE FROM month WHERE id < ?1", error);

  if (entries == NULL || keys == NULL || !lykta_database_begin_write (self->database, error))
    return FALSE;
  lykta_statement_bind (entries, "s", month);
  lykta_statement_bind (keys, "s", month);
  if (!lykta_statement_run (entries, error))
    return FALSE;
  *n_removed = (guint)sqlite3_changes (lykta_database_get_handle (self->database));
  return lykta_statement_run (keys, error) && lykta_database_commit (self->database, error);
}

gboolean
lykta_register_store_forget_before (LyktaRegisterStore *self,
                                    gint64 when,
                                    guint *n_removed,
                                    GError **error)
{
  g_return_val_if_fail (LYKTA_IS_REGISTER_STORE (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autofree char *month = month_of (when);
  guint n = 0;
  const gboolean is_forgotten = forget_before (self, month, &n, error);
  if (n_removed != NULL)
    *n_removed = is_forgotten ? n : 0;
  if (!is_forgotten) {
    lykta_database_rollback (self->database);
    return FALSE;
  }
  /* What was forgotten must not stand in the log either. */
  return lykta_database_exec (self->database, "PRAGMA wal_checkpoint (TRUNCATE)", error);
}
