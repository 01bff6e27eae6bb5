/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-content-writer-private.h"

/* Which sources there are, how they are doing, and taking out what they brought. */

static const char find_source_sql[] = "SELECT id FROM source WHERE token = ?1";

static gboolean
find_source (LyktaContentWriter *self, const char *source_id, gint64 *row, GError **error)
{
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->database, find_source_sql, error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "s", source_id);
  return lykta_statement_get_int64 (statement, 0, row, error);
}

static gboolean
add_source (LyktaContentWriter *self, const char *source_id, gint64 *row, GError **error)
{
  static const char free_row_sql[] =
      "SELECT min(n) FROM (SELECT 1 AS n UNION ALL SELECT id + 1 FROM source)"
      " WHERE n NOT IN (SELECT id FROM source)";
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database,
      "INSERT INTO source (id, token, name, address, format, language, position)"
      " VALUES (?1, ?2, '', '', '', '', (SELECT count(*) FROM source))",
      error);

  if (statement == NULL || !lykta_content_writer_get_number (self, free_row_sql, 0, row, error))
    return FALSE;
  if (*row > LYKTA_MAX_SOURCES) {
    g_set_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_FAILED, "more than %d sources",
                 LYKTA_MAX_SOURCES);
    return FALSE;
  }
  lykta_statement_bind (statement, "is", *row, source_id);
  return lykta_statement_run (statement, error);
}

/* Another address, format or language: what the old one last answered says nothing any more. */
static gboolean
describe_source (LyktaContentWriter *self, gint64 row, LyktaSource *source, GError **error)
{
  static const char forget_sql[] =
      "UPDATE source SET etag = NULL, last_modified = NULL, content_hash = NULL WHERE id = ?1"
      " AND (address <> ?2 OR format <> ?3 OR language <> ?4)";
  static const char describe_sql[] =
      "UPDATE source SET address = ?2, format = ?3, language = ?4, name = ?5 WHERE id = ?1"
      " AND (address <> ?2 OR format <> ?3 OR language <> ?4 OR name <> ?5)";
  const char *format = lykta_format_to_token (lykta_source_get_format (source));
  g_autoptr (LyktaStatement) forget = lykta_database_statement (self->database, forget_sql, error);
  g_autoptr (LyktaStatement) describe =
      lykta_database_statement (self->database, describe_sql, error);

  if (forget == NULL || describe == NULL)
    return FALSE;
  lykta_statement_bind (forget, "isss", row, lykta_source_get_address (source), format,
                        lykta_source_get_language (source));
  lykta_statement_bind (describe, "issss", row, lykta_source_get_address (source), format,
                        lykta_source_get_language (source), lykta_source_get_name (source));
  return lykta_statement_run (forget, error) && lykta_statement_run (describe, error);
}

gboolean
lykta_content_writer_ensure_source (LyktaContentWriter *self,
                                    LyktaSource *source,
                                    gint64 *row,
                                    GError **error)
{
  const char *source_id = lykta_source_get_id (source);

  return find_source (self, source_id, row, error) &&
         (*row != 0 || add_source (self, source_id, row, error)) &&
         describe_source (self, *row, source, error);
}

/* ---- removing ---- */

static gboolean
remove_one (LyktaContentWriter *self, gint64 id, gboolean keeps_cancelled, GError **error)
{
  if (keeps_cancelled)
    return lykta_content_writer_retire (self, id, error);
  return lykta_content_writer_touch_mates (self, id, error) &&
         lykta_activity_rows_remove (&self->rows, id, error);
}

/* All of a source that was not seen. */
gboolean
lykta_content_writer_remove_unseen (LyktaContentWriter *self,
                                    gint64 source,
                                    gboolean keeps_cancelled,
                                    guint *n_removed,
                                    GError **error)
{
  static const char count_cancelled_sql[] =
      "SELECT (SELECT count(*) FROM cancelled)"
      " + (SELECT count(*) FROM activity WHERE cancelled_since IS NOT NULL)";
  gint64 n_all, n_cancelled = 0;
  g_autoptr (GArray) ids = lykta_content_writer_list_unseen (self, source, error);

  if (ids == NULL ||
      !lykta_content_writer_get_number (self, "SELECT count(*) FROM detail", 0, &n_all, error) ||
      (keeps_cancelled && ids->len == n_all &&
       !lykta_content_writer_get_number (self, count_cancelled_sql, 0, &n_cancelled, error)))
    return FALSE;
  *n_removed = ids->len;
  if (ids->len > 0 && ids->len == n_all && n_cancelled == 0) {
    lykta_content_writer_forget_touched (self);
    return lykta_activity_rows_remove_all (&self->rows, error);
  }
  for (guint i = 0; i < ids->len; i++)
    if (!remove_one (self, g_array_index (ids, gint64, i), keeps_cancelled, error))
      return FALSE;
  return TRUE;
}

/* Also what was only kept. */
static gboolean
release_kept (LyktaContentWriter *self, gint64 source, GError **error)
{
  return lykta_content_writer_run_with_number (
      self, "UPDATE activity SET kept_until = NULL WHERE source = ?1 AND kept_until IS NOT NULL",
      source, error);
}

static gboolean
remove_source (LyktaContentWriter *self, gint64 row, GError **error)
{
  guint n_removed;

  g_hash_table_remove_all (self->seen);
  return release_kept (self, row, error) &&
         lykta_content_writer_remove_unseen (self, row, FALSE, &n_removed, error) &&
         lykta_content_writer_run_with_number (self, "DELETE FROM quarantine WHERE source = ?1",
                                               row, error) &&
         lykta_content_writer_run_with_number (self, "DELETE FROM record WHERE source = ?1", row,
                                               error) &&
         lykta_content_writer_run_with_number (self, "DELETE FROM attachment WHERE source = ?1",
                                               row, error) &&
         lykta_content_writer_run_with_number (self, "DELETE FROM source WHERE id = ?1", row,
                                               error);
}

/* Sources that were not named have kept a position above all others. */
static gboolean
remove_other_sources (LyktaContentWriter *self, GError **error)
{
  gint64 row;

  while (lykta_content_writer_get_number (self, "SELECT min(id) FROM source WHERE position >= ?1",
                                          LYKTA_MAX_SOURCES + 1, &row, error)) {
    if (row == 0)
      return TRUE;
    if (!remove_source (self, row, error))
      return FALSE;
  }
  return FALSE;
}

/* TRUE when the sources are these already, so that a start writes nothing. */
static gboolean
are_sources (LyktaContentWriter *self, GPtrArray *sources, gboolean *are_same, GError **error)
{
  guint n = 0;
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database,
      "SELECT token, name, address, format, language FROM source ORDER BY position, id", error);

  *are_same = FALSE;
  if (statement == NULL)
    return FALSE;
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    LyktaSource *source = n < sources->len ? sources->pdata[n] : NULL;
    if (source == NULL ||
        !g_str_equal (lykta_statement_text (statement, 0), lykta_source_get_id (source)) ||
        !g_str_equal (lykta_statement_text (statement, 1), lykta_source_get_name (source)) ||
        !g_str_equal (lykta_statement_text (statement, 2), lykta_source_get_address (source)) ||
        !g_str_equal (lykta_statement_text (statement, 3),
                      lykta_format_to_token (lykta_source_get_format (source))) ||
        !g_str_equal (lykta_statement_text (statement, 4), lykta_source_get_language (source)))
      return TRUE;
    n++;
  }
  *are_same = n == sources->len;
  return step == LYKTA_STEP_DONE;
}

static gboolean
place_source (LyktaContentWriter *self, LyktaSource *source, guint position, GError **error)
{
  gint64 row;
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "UPDATE source SET position = ?2 WHERE id = ?1", error);

  if (statement == NULL || !lykta_content_writer_ensure_source (self, source, &row, error))
    return FALSE;
  lykta_statement_bind (statement, "ii", row, (gint64)position);
  return lykta_statement_run (statement, error);
}

static gboolean
touch_groups (LyktaContentWriter *self, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "SELECT id FROM activity WHERE same_as IS NOT NULL", error);
  LyktaStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW)
    lykta_content_writer_touch (self, sqlite3_column_int64 (statement, 0), FALSE);
  return step == LYKTA_STEP_DONE;
}

static gboolean
set_sources (LyktaContentWriter *self, GPtrArray *sources, GError **error)
{
  gboolean are_same;

  if (!are_sources (self, sources, &are_same, error))
    return FALSE;
  if (are_same)
    return TRUE;
  if (!lykta_content_writer_begin_transaction (self, error) ||
      !lykta_content_writer_run_with_number (
          self, "UPDATE source SET position = position + ?1 WHERE position < ?1",
          LYKTA_MAX_SOURCES + 1, error))
    return FALSE;
  for (guint i = 0; i < sources->len; i++)
    if (!place_source (self, sources->pdata[i], i, error))
      return FALSE;
  /* Which of them is shown may have become another one. */
  return remove_other_sources (self, error) && touch_groups (self, error) &&
         lykta_content_writer_commit_transaction (self, TRUE, error);
}

gboolean
lykta_content_writer_set_sources (LyktaContentWriter *self, GPtrArray *sources, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (sources != NULL, FALSE);
  g_return_val_if_fail (!self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  GError *local_error = NULL;
  const gboolean is_set = set_sources (self, sources, &local_error);
  return lykta_content_writer_end_call (self, is_set, local_error, error);
}

gboolean
lykta_content_writer_write_state (LyktaContentWriter *self,
                                  gint64 row,
                                  const LyktaSourceState *state,
                                  GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database,
      "UPDATE source SET last_attempt = ?2, last_confirmed = ?3, last_changed = ?4, failures = ?5,"
      " failure = ?6, failure_detail = ?7, etag = ?8, last_modified = ?9, content_hash = ?10,"
      " bytes_received = ?11 WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "iiiiisssssi", row, state->last_attempt, state->last_confirmed,
                        state->last_changed, (gint64)state->failures, state->failure,
                        state->failure_detail, state->etag, state->last_modified,
                        state->content_hash, (gint64)state->bytes_received);
  return lykta_statement_run (statement, error);
}

static gboolean
set_state (LyktaContentWriter *self,
           const char *source_id,
           const LyktaSourceState *state,
           GError **error)
{
  gint64 row;
  guint n_removed = 0;

  if (!lykta_content_writer_begin_transaction (self, error) ||
      !find_source (self, source_id, &row, error))
    return FALSE;
  if (row == 0) {
    g_set_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_NOT_FOUND, "no source \"%s\"",
                 source_id);
    return FALSE;
  }
  /* That nothing has changed confirms what was missing before. */
  return lykta_content_writer_write_state (self, row, state, error) &&
         lykta_content_writer_sweep (self, row, state->last_confirmed, &n_removed, error) &&
         lykta_content_writer_commit_transaction (self, n_removed > 0, error);
}

gboolean
lykta_content_writer_set_state (LyktaContentWriter *self,
                                const char *source_id,
                                const LyktaSourceState *state,
                                GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (source_id != NULL && state != NULL, FALSE);
  g_return_val_if_fail (!self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  GError *local_error = NULL;
  const gboolean is_set = set_state (self, source_id, state, &local_error);
  return lykta_content_writer_end_call (self, is_set, local_error, error);
}
