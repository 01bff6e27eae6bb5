/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-database-private.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdarg.h>
#include <unistd.h>

/* How long a writer waits for another process that writes. */
#define BUSY_MILLISECONDS 10000

struct _LyktaDatabase {
  sqlite3 *handle; /* (owned) */
  GHashTable
      *statements; /* (owned) (element-type const char* sqlite3_stmt) by address of the SQL */
  GThread *thread; /* (unowned) the only one that may use it */
};

/* ---- errors ---- */

/* SQLite forgets why it could not make a file. Tries to make one beside @path that nobody sees, and
 * tells why that failed, or 0. */
static int
reason_of_no_file (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  const int fd = open (folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  int reason = fd < 0 ? errno : 0;

  if (fd < 0)
    return reason;
  if (write (fd, "", 1) < 0)
    reason = errno;
  close (fd);
  return reason;
}

static int
system_errno_of (sqlite3 *handle, int code)
{
  const char *path = handle != NULL ? sqlite3_db_filename (handle, "main") : NULL;
  int number = handle != NULL ? sqlite3_system_errno (handle) : 0;

  if ((code & 0xff) == SQLITE_CANTOPEN && path != NULL && *path != '\0') {
    const int reason = reason_of_no_file (path);
    number = reason == ENOSPC || reason == EDQUOT ? reason : number;
  }
  return number;
}

static LyktaStoreError
error_code_of (sqlite3 *handle, int code)
{
  const int system_errno = system_errno_of (handle, code);

  switch (code & 0xff) {
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return LYKTA_STORE_ERROR_DAMAGED;
  case SQLITE_FULL:
    return LYKTA_STORE_ERROR_FULL;
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return LYKTA_STORE_ERROR_READ_ONLY;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return LYKTA_STORE_ERROR_BUSY;
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
    /* A disk without room is SQLITE_FULL; a quota or a limit on files is told like this. */
    if (code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_SHMSIZE || system_errno == ENOSPC ||
        system_errno == EDQUOT)
      return LYKTA_STORE_ERROR_FULL;
    if (system_errno == EROFS || system_errno == EACCES || system_errno == EPERM)
      return LYKTA_STORE_ERROR_READ_ONLY;
    return LYKTA_STORE_ERROR_FAILED;
  default:
    return LYKTA_STORE_ERROR_FAILED;
  }
}

void
lykta_database_set_error (sqlite3 *handle, int code, const char *doing, GError **error)
{
  const char *message = handle != NULL ? sqlite3_errmsg (handle) : sqlite3_errstr (code);

  if (error != NULL && *error == NULL)
    g_set_error (error, LYKTA_STORE_ERROR, error_code_of (handle, code), "%s: %s (%d)", doing,
                 message, code);
}

/* ---- opening ---- */

static void
on_statement_dropped (gpointer statement)
{
  sqlite3_finalize (statement);
}

static gboolean
set_up_connection (LyktaDatabase *self, LyktaDatabaseFlags flags, GError **error)
{
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_MILLISECONDS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  if (!lykta_database_exec (self, "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY", error))
    return FALSE;
  if ((flags & (LYKTA_DATABASE_READ_ONLY | LYKTA_DATABASE_IMMUTABLE)) != 0)
    return lykta_database_exec (self, "PRAGMA query_only = ON; PRAGMA cache_size = -4000", error);
  return lykta_database_exec (self,
                              "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                              "PRAGMA journal_size_limit = 4194304; PRAGMA cache_size = -16000",
                              error);
}

/* What is in our files concerns nobody else on the machine; SQLite gives its log the same mode.
 * Only a new file is touched: closing one that is in use would drop the locks of this process. */
static void
make_private (const char *path)
{
  const int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd >= 0)
    close (fd);
}

static int
open_handle (const char *path, LyktaDatabaseFlags flags, sqlite3 **handle)
{
  const int how = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

  if ((flags & LYKTA_DATABASE_IMMUTABLE) != 0) {
    g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
    g_autofree char *uri = g_strconcat ("file:", escaped, "?immutable=1", NULL);
    return sqlite3_open_v2 (uri, handle, how | SQLITE_OPEN_URI | SQLITE_OPEN_READONLY, NULL);
  }
  if ((flags & LYKTA_DATABASE_READ_ONLY) != 0)
    return sqlite3_open_v2 (path, handle, how | SQLITE_OPEN_READONLY, NULL);
  if (!g_str_equal (path, ":memory:"))
    make_private (path);
  return sqlite3_open_v2 (path, handle, how | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
}

/* The same about a folder that may not be written to. */
static gboolean
is_folder_read_only (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return faccessat (AT_FDCWD, folder, W_OK, AT_EACCESS) != 0 && (errno == EACCES || errno == EROFS);
}

static void
set_open_error (LyktaDatabase *self, const char *path, int code, GError **error)
{
  if ((code & 0xff) == SQLITE_CANTOPEN && is_folder_read_only (path))
    g_set_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_READ_ONLY,
                 "%s: the folder cannot be written to", path);
  else
    lykta_database_set_error (self->handle, code, path, error);
}

LyktaDatabase *
lykta_database_open (const char *path, LyktaDatabaseFlags flags, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (LyktaDatabase) self = g_new0 (LyktaDatabase, 1);
  self->thread = g_thread_self ();
  self->statements =
      g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, on_statement_dropped);
  const int code = open_handle (path, flags, &self->handle);
  if (code != SQLITE_OK) {
    set_open_error (self, path, code, error);
    return NULL;
  }
  if (flags == LYKTA_DATABASE_CREATE && sqlite3_db_readonly (self->handle, "main") == 1) {
    g_set_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_READ_ONLY, "%s: cannot be written to",
                 path);
    return NULL;
  }
  if (!set_up_connection (self, flags, error)) {
    g_prefix_error (error, "%s: ", path);
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
lykta_database_close (LyktaDatabase *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->statements);
  if (self->handle != NULL && sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("a database was closed with statements still in use");
  g_free (self);
}

sqlite3 *
lykta_database_get_handle (LyktaDatabase *self)
{
  g_assert (self->thread == g_thread_self ());

  return self->handle;
}

/* ---- running SQL ---- */

gboolean
lykta_database_exec (LyktaDatabase *self, const char *sql, GError **error)
{
  sqlite3 *handle = lykta_database_get_handle (self);
  const int code = sqlite3_exec (handle, sql, NULL, NULL, NULL);

  if (code != SQLITE_OK) {
    lykta_database_set_error (handle, code, "cannot run a statement", error);
    return FALSE;
  }
  return TRUE;
}

LyktaStatement *
lykta_database_statement (LyktaDatabase *self, const char *sql, GError **error)
{
  sqlite3 *handle = lykta_database_get_handle (self);
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL) {
    g_assert (!sqlite3_stmt_busy (statement));
    return statement;
  }
  const int code =
      sqlite3_prepare_v3 (handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (code != SQLITE_OK) {
    lykta_database_set_error (handle, code, "cannot prepare a statement", error);
    return NULL;
  }
  g_hash_table_insert (self->statements, (gpointer)sql, statement);
  return statement;
}

void
lykta_statement_release (LyktaStatement *self)
{
  sqlite3_reset (self);
  sqlite3_clear_bindings (self);
}

void
lykta_statement_bind (LyktaStatement *self, const char *format, ...)
{
  va_list arguments;
  int code = SQLITE_OK;

  va_start (arguments, format);
  for (int i = 1; format[i - 1] != '\0' && code == SQLITE_OK; i++)
    switch (format[i - 1]) {
    case 'i':
      code = sqlite3_bind_int64 (self, i, va_arg (arguments, gint64));
      break;
    case 'd':
      code = sqlite3_bind_double (self, i, va_arg (arguments, double));
      break;
    case 's':
      code = sqlite3_bind_text (self, i, va_arg (arguments, const char *), -1, SQLITE_STATIC);
      break;
    case 'b': {
      const void *data = va_arg (arguments, const void *);
      const gsize size = va_arg (arguments, gsize);
      code = sqlite3_bind_blob64 (self, i, data, size, SQLITE_STATIC);
      break;
    }
    case 'n':
      code = sqlite3_bind_null (self, i);
      break;
    default:
      g_assert_not_reached ();
    }
  va_end (arguments);
  g_assert (code == SQLITE_OK || code == SQLITE_NOMEM || code == SQLITE_TOOBIG);
}

LyktaStep
lykta_statement_step (LyktaStatement *self, GError **error)
{
  const int code = sqlite3_step (self);

  if (code == SQLITE_ROW)
    return LYKTA_STEP_ROW;
  if (code == SQLITE_DONE)
    return LYKTA_STEP_DONE;
  lykta_database_set_error (sqlite3_db_handle (self), code, "cannot read or write the database",
                            error);
  return LYKTA_STEP_ERROR;
}

gboolean
lykta_statement_run (LyktaStatement *self, GError **error)
{
  const LyktaStep step = lykta_statement_step (self, error);

  sqlite3_reset (self);
  return step != LYKTA_STEP_ERROR;
}

gboolean
lykta_statement_get_int64 (LyktaStatement *self, gint64 fallback, gint64 *value, GError **error)
{
  const LyktaStep step = lykta_statement_step (self, error);

  *value = step == LYKTA_STEP_ROW && sqlite3_column_type (self, 0) != SQLITE_NULL
               ? sqlite3_column_int64 (self, 0)
               : fallback;
  sqlite3_reset (self);
  return step != LYKTA_STEP_ERROR;
}

const char *
lykta_statement_text (LyktaStatement *self, int column)
{
  return (const char *)sqlite3_column_text (self, column);
}

double
lykta_statement_double (LyktaStatement *self, int column)
{
  return sqlite3_column_type (self, column) == SQLITE_NULL ? NAN
                                                           : sqlite3_column_double (self, column);
}

/* ---- transactions ---- */

gboolean
lykta_database_begin (LyktaDatabase *self, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (self, "BEGIN", error);

  return statement != NULL && lykta_statement_run (statement, error);
}

gboolean
lykta_database_begin_write (LyktaDatabase *self, GError **error)
{
  return lykta_database_exec (self, "BEGIN IMMEDIATE", error);
}

gboolean
lykta_database_commit (LyktaDatabase *self, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (self, "COMMIT", error);

  return statement != NULL && lykta_statement_run (statement, error);
}

gboolean
lykta_database_is_in_transaction (LyktaDatabase *self)
{
  return sqlite3_get_autocommit (lykta_database_get_handle (self)) == 0;
}

void
lykta_database_rollback (LyktaDatabase *self)
{
  if (!lykta_database_is_in_transaction (self))
    return;
  g_autoptr (GError) error = NULL;
  if (!lykta_database_exec (self, "ROLLBACK", &error))
    g_debug ("rolling back: %s", error->message);
}

/* ---- schema ---- */

static gboolean
get_pragma (LyktaDatabase *self, const char *sql, gint64 *value, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (self, sql, error);

  return statement != NULL && lykta_statement_get_int64 (statement, 0, value, error);
}

static gboolean
check_owner (LyktaDatabase *self, gint32 application_id, guint n_steps, GError **error)
{
  gint64 found_id, version, n_tables;

  if (!get_pragma (self, "PRAGMA application_id", &found_id, error) ||
      !get_pragma (self, "PRAGMA user_version", &version, error) ||
      !get_pragma (self, "SELECT count(*) FROM sqlite_schema", &n_tables, error))
    return FALSE;
  const gboolean is_empty = found_id == 0 && version == 0 && n_tables == 0;
  if ((!is_empty && found_id != application_id) || version < 0) {
    g_set_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED,
                 "the file is a database of another program (%" G_GINT64_FORMAT ")", found_id);
    return FALSE;
  }
  if (version > n_steps) {
    g_set_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_NEWER,
                 "the file has schema %" G_GINT64_FORMAT ", this program knows %u", version,
                 n_steps);
    return FALSE;
  }
  return TRUE;
}

/* One step unless another process has done it meanwhile. PRAGMA takes no bound values; both numbers
 * are ours. */
static gboolean
migrate_one (
    LyktaDatabase *self, gint32 application_id, guint from, const char *step, GError **error)
{
  gint64 version;

  if (!lykta_database_begin_write (self, error) ||
      !get_pragma (self, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version == from) {
    g_autofree char *mark = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u",
                                             application_id, from + 1);
    if (!lykta_database_exec (self, step, error) || !lykta_database_exec (self, mark, error))
      return FALSE;
  }
  return lykta_database_commit (self, error);
}

gboolean
lykta_database_migrate (LyktaDatabase *self,
                        gint32 application_id,
                        const char *const *steps,
                        GError **error)
{
  const guint n_steps = g_strv_length ((char **)steps);
  gint64 version;

  if (!check_owner (self, application_id, n_steps, error) ||
      !get_pragma (self, "PRAGMA user_version", &version, error))
    return FALSE;
  for (guint i = (guint)version; i < n_steps; i++)
    if (!migrate_one (self, application_id, i, steps[i], error)) {
      lykta_database_rollback (self);
      g_prefix_error (error, "schema step %u: ", i + 1);
      return FALSE;
    }
  return TRUE;
}

gboolean
lykta_database_quick_check (LyktaDatabase *self, GError **error)
{
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self, "PRAGMA quick_check(1)", error);
  if (statement == NULL || lykta_statement_step (statement, error) == LYKTA_STEP_ERROR)
    return FALSE;
  const char *answer = lykta_statement_text (statement, 0);
  if (g_strcmp0 (answer, "ok") != 0) {
    g_set_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED, "the file is damaged: %s",
                 answer);
    return FALSE;
  }
  return TRUE;
}
