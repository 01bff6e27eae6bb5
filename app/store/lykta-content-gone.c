/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-content-writer-private.h"

#include "base/lykta-limits.h"

/* What a source does not send any more: gone for certain, missing until that is confirmed, or kept
 * for a while because it was cancelled before. */

static gboolean
collect_ids (LyktaStatement *statement, GArray *ids, GError **error)
{
  LyktaStep step;

  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    const gint64 id = sqlite3_column_int64 (statement, 0);
    g_array_append_val (ids, id);
  }
  return step == LYKTA_STEP_DONE;
}

GArray *
lykta_content_writer_list_unseen (LyktaContentWriter *self, gint64 source, GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database,
      "SELECT id FROM activity WHERE source = ?1 AND kept_until IS NULL ORDER BY id", error);

  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "i", source);
  if (!collect_ids (statement, all, error))
    return NULL;
  guint n = 0;
  for (guint i = 0; i < all->len; i++) {
    const gint64 id = g_array_index (all, gint64, i);
    if (!g_hash_table_contains (self->seen, GSIZE_TO_POINTER (id)))
      g_array_index (all, gint64, n++) = id;
  }
  g_array_set_size (all, n);
  return g_steal_pointer (&all);
}

gboolean
lykta_content_writer_retire (LyktaContentWriter *self, gint64 id, GError **error)
{
  gboolean is_kept = FALSE;

  if (!lykta_content_writer_touch_mates (self, id, error) ||
      !lykta_activity_rows_retire (&self->rows, id, &is_kept, error))
    return FALSE;
  self->has_changed = TRUE;
  if (is_kept)
    lykta_content_writer_touch (self, id, FALSE);
  return TRUE;
}

/* ---- missing ---- */

static gboolean
mark_one (LyktaContentWriter *self, gint64 id, gboolean *is_new, GError **error)
{
  const gint64 n_before = sqlite3_total_changes64 (lykta_database_get_handle (self->database));
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->database,
                                "UPDATE activity SET missing_since = ?2, revision = ?3"
                                " WHERE id = ?1 AND missing_since IS NULL",
                                error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "iii", id, self->rows.now, self->rows.revision);
  if (!lykta_statement_run (statement, error))
    return FALSE;
  *is_new = sqlite3_total_changes64 (lykta_database_get_handle (self->database)) != n_before;
  return TRUE;
}

static gboolean
mark_missing (LyktaContentWriter *self, GError **error)
{
  g_autoptr (GArray) ids = lykta_content_writer_list_unseen (self, self->source, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    const gint64 id = g_array_index (ids, gint64, i);
    gboolean is_new;
    if (!mark_one (self, id, &is_new, error))
      return FALSE;
    if (!is_new)
      continue;
    self->stats.n_missing++;
    self->has_changed = TRUE;
    lykta_content_writer_touch (self, id, FALSE);
  }
  return TRUE;
}

gboolean
lykta_content_writer_mark_missing (LyktaContentWriter *self, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  GError *local_error = NULL;
  const gboolean is_marked = mark_missing (self, &local_error);
  return lykta_content_writer_end_call (self, is_marked, local_error, error);
}

/* ---- when time has passed ---- */

gboolean
lykta_content_writer_sweep (
    LyktaContentWriter *self, gint64 source, gint64 confirmed, guint *n_removed, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  {
    g_autoptr (LyktaStatement) statement = lykta_database_statement (
        self->database,
        "SELECT id FROM activity WHERE source = ?1 AND missing_since <= ?2 ORDER BY id", error);
    if (statement == NULL)
      return FALSE;
    lykta_statement_bind (statement, "ii", source, confirmed - LYKTA_GONE_SECONDS);
    if (!collect_ids (statement, ids, error))
      return FALSE;
  }
  for (guint i = 0; i < ids->len; i++)
    if (!lykta_content_writer_retire (self, g_array_index (ids, gint64, i), error))
      return FALSE;
  *n_removed += ids->len;
  return TRUE;
}

gboolean
lykta_content_writer_sweep_kept (LyktaContentWriter *self, guint *n, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  {
    g_autoptr (LyktaStatement) statement = lykta_database_statement (
        self->database, "SELECT id FROM activity WHERE kept_until <= ?1 ORDER BY id", error);
    if (statement == NULL)
      return FALSE;
    lykta_statement_bind (statement, "i", self->rows.now);
    if (!collect_ids (statement, ids, error))
      return FALSE;
  }
  for (guint i = 0; i < ids->len; i++) {
    const gint64 id = g_array_index (ids, gint64, i);
    if (!lykta_content_writer_touch_mates (self, id, error) ||
        !lykta_activity_rows_remove (&self->rows, id, error))
      return FALSE;
  }
  *n += ids->len;
  return TRUE;
}
