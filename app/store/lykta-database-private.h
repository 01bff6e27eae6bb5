/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <sqlite3.h>

#include "store/lykta-store-error.h"

G_BEGIN_DECLS

/* One SQLite connection with its prepared statements. It belongs to the thread that opened it and
 * asserts that; only closing may happen elsewhere. For the files of this room. */
typedef struct _LyktaDatabase LyktaDatabase;

typedef enum {
  LYKTA_DATABASE_CREATE = 0,         /* read, write, make it when missing */
  LYKTA_DATABASE_READ_ONLY = 1 << 0, /* no change can be made through it */
  /* Nobody can write the file: no lock, no -wal and no -shm are needed beside it. */
  LYKTA_DATABASE_IMMUTABLE = 1 << 1,
} LyktaDatabaseFlags;

/* Sets up what all our databases share: WAL with full synchronisation, a busy timeout, no trust in
 * the schema of a file. */
LyktaDatabase *lykta_database_open (const char *path, LyktaDatabaseFlags flags, GError **error);
void lykta_database_close (LyktaDatabase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaDatabase, lykta_database_close)
/* Asserts the thread. */
sqlite3 *lykta_database_get_handle (LyktaDatabase *self);

/* Brings the schema up to date, one transaction a step: @steps[i] leads from version i to i + 1 and
 * the last one is NULL. @application_id marks the file as ours; another one is DAMAGED, a version
 * after the last step is NEWER. */
gboolean lykta_database_migrate (LyktaDatabase *self,
                                 gint32 application_id,
                                 const char *const *steps,
                                 GError **error);
/* FALSE with DAMAGED when the file is not whole. Reads all of it. */
gboolean lykta_database_quick_check (LyktaDatabase *self, GError **error);

/* Runs constant SQL without results, several statements at once. */
gboolean lykta_database_exec (LyktaDatabase *self, const char *sql, GError **error);
gboolean lykta_database_begin (LyktaDatabase *self, GError **error);
gboolean lykta_database_begin_write (LyktaDatabase *self, GError **error);
gboolean lykta_database_commit (LyktaDatabase *self, GError **error);
/* Does nothing outside a transaction. */
void lykta_database_rollback (LyktaDatabase *self);
gboolean lykta_database_is_in_transaction (LyktaDatabase *self);

/* A prepared statement, borrowed from its connection and given back with g_autoptr: reset, bindings
 * cleared. One statement is in use once at a time. */
typedef sqlite3_stmt LyktaStatement;
void lykta_statement_release (LyktaStatement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaStatement, lykta_statement_release)
/* @sql is a constant string: it is told apart by its address. NULL on error. */
LyktaStatement *lykta_database_statement (LyktaDatabase *self, const char *sql, GError **error);
/* Binds parameters 1 … by @format: i gint64, d double, s string (NULL allowed, borrowed until
 * release), b pointer and gsize (borrowed until release), n NULL. A NAN is bound as NULL. Never
 * fails but for memory. */
void lykta_statement_bind (LyktaStatement *self, const char *format, ...);

typedef enum { LYKTA_STEP_ERROR = -1, LYKTA_STEP_DONE = 0, LYKTA_STEP_ROW = 1 } LyktaStep;
LyktaStep lykta_statement_step (LyktaStatement *self, GError **error);
/* Runs a statement that gives no rows, and resets it so that it can be bound again. */
gboolean lykta_statement_run (LyktaStatement *self, GError **error);
/* One number from the first row, @fallback when there is none. FALSE on error. */
gboolean
lykta_statement_get_int64 (LyktaStatement *self, gint64 fallback, gint64 *value, GError **error);
/* Text of a column, NULL for NULL; valid until the next step. */
const char *lykta_statement_text (LyktaStatement *self, int column);
/* NAN for NULL. */
double lykta_statement_double (LyktaStatement *self, int column);

/* The present error of @handle as a LYKTA_STORE_ERROR; @doing says at what. */
void lykta_database_set_error (sqlite3 *handle, int code, const char *doing, GError **error);

G_END_DECLS
