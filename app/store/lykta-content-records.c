/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-content-records.h"

#include "store/lykta-content-reader-private.h"
#include "store/lykta-content-writer-private.h"

/* ---- writing ---- */

static gboolean
remove_record (LyktaContentWriter *self, const char *id, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "DELETE FROM record WHERE source = ?1 AND (?2 IS NULL OR id = ?2)", error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "is", self->source, id);
  return lykta_statement_run (statement, error);
}

static gboolean
remove_one (LyktaContentWriter *self, const char *id, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "DELETE FROM record WHERE source = ?1 AND id = ?2", error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "is", self->source, id);
  return lykta_statement_run (statement, error);
}

static gboolean
put_record (
    LyktaContentWriter *self, const char *id, const guint8 *hash, GBytes *record, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database,
      "INSERT INTO record (source, id, hash, size, data) VALUES (?1, ?2, ?3, ?4, ?5)", error);
  gsize size;
  gconstpointer data = g_bytes_get_data (record, &size);

  if (statement == NULL || !remove_one (self, id, error))
    return FALSE;
  lykta_statement_bind (statement, "isbib", self->source, id, hash, (gsize)LYKTA_RECORD_HASH_BYTES,
                        (gint64)size, data, size);
  return lykta_statement_run (statement, error);
}

gboolean
lykta_content_writer_put_record (LyktaContentWriter *self,
                                 const char *id,
                                 const guint8 hash[LYKTA_RECORD_HASH_BYTES],
                                 GBytes *record,
                                 GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (id != NULL && hash != NULL && record != NULL, FALSE);
  g_return_val_if_fail (self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  GError *local_error = NULL;
  const gboolean is_put = put_record (self, id, hash, record, &local_error);
  return lykta_content_writer_end_call (self, is_put, local_error, error);
}

gboolean
lykta_content_writer_remove_record (LyktaContentWriter *self, const char *id, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  GError *local_error = NULL;
  const gboolean is_removed =
      id != NULL ? remove_one (self, id, &local_error) : remove_record (self, NULL, &local_error);
  return lykta_content_writer_end_call (self, is_removed, local_error, error);
}

gboolean
lykta_content_writer_forget_quarantine (LyktaContentWriter *self, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  GError *local_error = NULL;
  const gboolean is_well = lykta_content_writer_run_with_number (
      self, "DELETE FROM quarantine WHERE source = ?1", self->source, &local_error);
  self->stats.n_quarantined = 0;
  return lykta_content_writer_end_call (self, is_well, local_error, error);
}

/* ---- reading ---- */

static gboolean
foreach_record (LyktaContentReader *self,
                const char *source_id,
                LyktaRecordFunc func,
                gpointer user_data,
                GError **error)
{
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (lykta_content_reader_get_database (self),
                                "SELECT r.id, r.hash, r.size FROM record r JOIN source s"
                                " ON s.id = r.source WHERE s.token = ?1 ORDER BY r.id",
                                error);
  LyktaStep step;

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "s", source_id);
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    if (sqlite3_column_bytes (statement, 1) != LYKTA_RECORD_HASH_BYTES) {
      g_set_error_literal (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED,
                           "a record in the store has no hash");
      return FALSE;
    }
    if (!func (lykta_statement_text (statement, 0), sqlite3_column_blob (statement, 1),
               (gsize)sqlite3_column_int64 (statement, 2), user_data))
      return TRUE;
  }
  return step == LYKTA_STEP_DONE;
}

gboolean
lykta_content_reader_foreach_record (LyktaContentReader *self,
                                     const char *source_id,
                                     LyktaRecordFunc func,
                                     gpointer user_data,
                                     GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), FALSE);
  g_return_val_if_fail (source_id != NULL && func != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return foreach_record (self, source_id, func, user_data, error);
}

gboolean
lykta_content_reader_foreach_record_data (LyktaContentReader *self,
                                          const char *source_id,
                                          LyktaRecordDataFunc func,
                                          gpointer user_data,
                                          GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), FALSE);
  g_return_val_if_fail (source_id != NULL && func != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (lykta_content_reader_get_database (self),
                                "SELECT r.id, r.hash, r.data FROM record r JOIN source s"
                                " ON s.id = r.source WHERE s.token = ?1 ORDER BY r.id",
                                error);
  LyktaStep step;
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "s", source_id);
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    if (sqlite3_column_bytes (statement, 1) == LYKTA_RECORD_HASH_BYTES &&
        !func (lykta_statement_text (statement, 0), sqlite3_column_blob (statement, 1),
               sqlite3_column_blob (statement, 2), (gsize)sqlite3_column_bytes (statement, 2),
               user_data))
      return TRUE;
  }
  return step == LYKTA_STEP_DONE;
}

GBytes *
lykta_content_reader_get_record (LyktaContentReader *self,
                                 const char *source_id,
                                 const char *id,
                                 GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), NULL);
  g_return_val_if_fail (source_id != NULL && id != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (lykta_content_reader_get_database (self),
                                "SELECT r.data FROM record r JOIN source s ON s.id = r.source"
                                " WHERE s.token = ?1 AND r.id = ?2",
                                error);
  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "ss", source_id, id);
  if (lykta_statement_step (statement, error) != LYKTA_STEP_ROW)
    return NULL;
  return g_bytes_new (sqlite3_column_blob (statement, 0),
                      (gsize)sqlite3_column_bytes (statement, 0));
}
