/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-content-attachments.h"

#include "store/lykta-content-reader-private.h"
#include "store/lykta-content-writer-private.h"

void
lykta_attachment_free (LyktaAttachment *self)
{
  g_free (self->source_id);
  g_free (self->kind);
  g_free (self->hash);
  g_bytes_unref (self->bundle);
  g_free (self);
}

static gboolean
put_attachment (
    LyktaContentWriter *self, const char *kind, const char *hash, GBytes *bundle, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database,
      "INSERT OR REPLACE INTO attachment (source, kind, hash, data) VALUES (?1, ?2, ?3, ?4)",
      error);
  gsize size;
  gconstpointer data = g_bytes_get_data (bundle, &size);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "issb", self->source, kind, hash, data != NULL ? data : "",
                        size);
  return lykta_statement_run (statement, error);
}

static gboolean
remove_attachment (LyktaContentWriter *self, const char *kind, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "DELETE FROM attachment WHERE source = ?1 AND kind = ?2", error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "is", self->source, kind);
  return lykta_statement_run (statement, error);
}

gboolean
lykta_content_writer_put_attachment (
    LyktaContentWriter *self, const char *kind, const char *hash, GBytes *bundle, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (kind != NULL && hash != NULL && bundle != NULL, FALSE);
  g_return_val_if_fail (self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  GError *local_error = NULL;
  const gboolean is_put = put_attachment (self, kind, hash, bundle, &local_error);
  return lykta_content_writer_end_call (self, is_put, local_error, error);
}

gboolean
lykta_content_writer_remove_attachment (LyktaContentWriter *self, const char *kind, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);
  g_return_val_if_fail (self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  GError *local_error = NULL;
  const gboolean is_removed = remove_attachment (self, kind, &local_error);
  return lykta_content_writer_end_call (self, is_removed, local_error, error);
}

GPtrArray *
lykta_content_reader_list_attachments (LyktaContentReader *self,
                                       const char *source_id,
                                       const char *kind,
                                       GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_attachment_free);
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      lykta_content_reader_get_database (self),
      "SELECT s.token, a.kind, a.hash, a.data FROM attachment a JOIN source s ON s.id = a.source"
      " WHERE (?1 IS NULL OR s.token = ?1) AND (?2 IS NULL OR a.kind = ?2)"
      " ORDER BY s.token, a.kind",
      error);
  LyktaStep step;
  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "ss", source_id, kind);
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    LyktaAttachment *attachment = g_new0 (LyktaAttachment, 1);

    attachment->source_id = g_strdup (lykta_statement_text (statement, 0));
    attachment->kind = g_strdup (lykta_statement_text (statement, 1));
    attachment->hash = g_strdup (lykta_statement_text (statement, 2));
    attachment->bundle = g_bytes_new (sqlite3_column_blob (statement, 3),
                                      (gsize)sqlite3_column_bytes (statement, 3));
    g_ptr_array_add (list, attachment);
  }
  return step == LYKTA_STEP_DONE ? g_steal_pointer (&list) : NULL;
}
