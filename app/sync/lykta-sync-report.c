/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-sync-report-private.h"

struct _LyktaSyncReport {
  gatomicrefcount n_refs;
  GPtrArray *results; /* (owned) (element-type LyktaSyncResult) */
  gboolean has_changes;
  LyktaSyncFailure failure; /* of the run as a whole */
};

G_DEFINE_BOXED_TYPE (LyktaSyncReport,
                     lykta_sync_report,
                     lykta_sync_report_ref,
                     lykta_sync_report_unref)

static void
result_free (gpointer data)
{
  LyktaSyncResult *result = data;

  lykta_source_unref (result->source);
  g_free (result->detail);
  g_free (result);
}

const char *
lykta_sync_outcome_to_token (LyktaSyncOutcome outcome)
{
  static const char *const tokens[] = {"skipped", "unchanged", "updated", "failed"};

  g_return_val_if_fail ((gsize)outcome < G_N_ELEMENTS (tokens), NULL);

  return tokens[outcome];
}

LyktaSyncReport *
lykta_sync_report_new (void)
{
  LyktaSyncReport *self = g_new0 (LyktaSyncReport, 1);

  g_atomic_ref_count_init (&self->n_refs);
  self->results = g_ptr_array_new_with_free_func (result_free);
  return self;
}

LyktaSyncReport *
lykta_sync_report_ref (LyktaSyncReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

void
lykta_sync_report_unref (LyktaSyncReport *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  g_ptr_array_unref (self->results);
  g_free (self);
}

LyktaSyncResult *
lykta_sync_report_add (LyktaSyncReport *self, LyktaSource *source)
{
  LyktaSyncResult *result = g_new0 (LyktaSyncResult, 1);

  result->source = lykta_source_ref (source);
  g_ptr_array_add (self->results, result);
  return result;
}

static gboolean
holds_id (GPtrArray *sources, const char *id)
{
  for (guint i = 0; i < sources->len; i++)
    if (g_str_equal (lykta_source_get_id (g_ptr_array_index (sources, i)), id))
      return TRUE;
  return FALSE;
}

void
lykta_sync_report_keep (LyktaSyncReport *self, GPtrArray *sources)
{
  for (guint i = self->results->len; i > 0; i--) {
    const LyktaSyncResult *result = g_ptr_array_index (self->results, i - 1);

    if (!holds_id (sources, lykta_source_get_id (result->source)))
      g_ptr_array_remove_index (self->results, i - 1);
  }
}

void
lykta_sync_report_set_changed (LyktaSyncReport *self)
{
  self->has_changes = TRUE;
}

void
lykta_sync_report_set_failure (LyktaSyncReport *self, LyktaSyncFailure failure)
{
  self->failure = failure;
}

guint
lykta_sync_report_get_n_results (LyktaSyncReport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->results->len;
}

const LyktaSyncResult *
lykta_sync_report_get_result (LyktaSyncReport *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->results->len, NULL);

  return g_ptr_array_index (self->results, index);
}

gboolean
lykta_sync_report_has_changes (LyktaSyncReport *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_changes;
}

LyktaSyncFailure
lykta_sync_report_get_failure (LyktaSyncReport *self)
{
  g_return_val_if_fail (self != NULL, LYKTA_SYNC_FAILURE_NONE);

  if (self->failure != LYKTA_SYNC_FAILURE_NONE)
    return self->failure;
  for (guint i = 0; i < self->results->len; i++) {
    const LyktaSyncResult *result = g_ptr_array_index (self->results, i);

    if (result->outcome == LYKTA_SYNC_OUTCOME_FAILED)
      return result->failure;
  }
  return LYKTA_SYNC_FAILURE_NONE;
}

gint64
lykta_sync_report_get_next_attempt (LyktaSyncReport *self)
{
  gint64 next = G_MAXINT64;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->results->len; i++) {
    const LyktaSyncResult *result = g_ptr_array_index (self->results, i);

    next = MIN (next, result->next_attempt);
  }
  return next;
}
