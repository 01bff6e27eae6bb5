/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-content-writer-private.h"

#include "base/lykta-limits.h"

#include "store/lykta-content-schema-private.h"

/* Days pass: dates to come are expanded, dates long gone are dropped. */

/* A series is expanded anew when this much of its horizon has run out, not every day. */
#define HORIZON_SLACK_DAYS (LYKTA_HORIZON_DAYS - LYKTA_KEPT_AHEAD_DAYS)
/* Series expanded in one transaction. */
#define HORIZON_BATCH 200

static const char stale_series_sql[] =
    "SELECT id FROM activity WHERE expanded_until IS NOT NULL AND expanded_until < ?1 LIMIT 1";

static gint64
stale_before (LyktaContentWriter *self)
{
  return self->window_to - (gint64)HORIZON_SLACK_DAYS * 24 * 60 * 60;
}

/* Cancellations that were shown long enough: activities, and dates of activities. */
static const char kept_activity_sql[] = "SELECT id FROM activity WHERE kept_until <= ?1 LIMIT 1";
static const char kept_date_sql[] =
    "SELECT activity FROM cancelled WHERE is_kept AND seen <= ?1 LIMIT 1";

static gint64
now_of (LyktaContentWriter *self)
{
  return lykta_clock_now (lykta_content_store_get_clock (self->store));
}

static gint64
kept_before (LyktaContentWriter *self)
{
  return now_of (self) - (gint64)LYKTA_CANCELLED_DAYS * 24 * 60 * 60;
}

static gboolean
has_kept_too_long (LyktaContentWriter *self)
{
  gint64 activity, date;

  return lykta_content_writer_get_number (self, kept_activity_sql, now_of (self), &activity,
                                          NULL) &&
         lykta_content_writer_get_number (self, kept_date_sql, kept_before (self), &date, NULL) &&
         (activity != 0 || date != 0);
}

gboolean
lykta_content_writer_needs_horizon (LyktaContentWriter *self)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);

  gint64 id;
  lykta_content_writer_set_window (self);
  if (!lykta_content_writer_get_number (self, stale_series_sql, stale_before (self), &id, NULL))
    return FALSE;
  return id != 0 || has_kept_too_long (self);
}

static gboolean
extend_one (
    LyktaContentWriter *self, gint64 id, gint64 source, LyktaActivity *activity, GError **error)
{
  g_autoptr (GError) expand_error = NULL;

  if (!lykta_content_writer_expand (self, activity, &expand_error)) {
    g_info ("dates of %s: %s", lykta_activity_get_uid (activity), expand_error->message);
    g_array_set_size (self->occurrences, 0);
  }
  const LyktaActivityRecord record = {
      .source = source,
      .activity = activity,
      .occurrences = self->occurrences,
      .expanded_until = lykta_content_writer_expanded_until (self, activity),
  };
  lykta_content_writer_touch (self, id, FALSE);
  return lykta_activity_rows_set_dates (&self->rows, id, &record, error);
}

/* Up to HORIZON_BATCH series; *@n 0: nothing is left to do. */
static gboolean
extend_batch (LyktaContentWriter *self, guint *n, GError **error)
{
  static const char one_sql[] = "SELECT a.id, a.source, d.data FROM activity a"
                                " JOIN detail d ON d.activity = a.id"
                                " WHERE expanded_until IS NOT NULL AND expanded_until < ?1"
                                " ORDER BY expanded_until, a.id LIMIT 1";

  for (*n = 0; *n < HORIZON_BATCH; (*n)++) {
    gint64 id, source;
    g_autoptr (LyktaActivity) activity = NULL;
    {
      g_autoptr (LyktaStatement) statement =
          lykta_database_statement (self->database, one_sql, error);
      if (statement == NULL)
        return FALSE;
      lykta_statement_bind (statement, "i", stale_before (self));
      const LyktaStep step = lykta_statement_step (statement, error);
      if (step != LYKTA_STEP_ROW)
        return step == LYKTA_STEP_DONE;
      id = sqlite3_column_int64 (statement, 0);
      source = sqlite3_column_int64 (statement, 1);
      activity = lykta_content_parse_detail (statement, 2, error);
    }
    if (activity == NULL || !extend_one (self, id, source, activity, error))
      return FALSE;
  }
  return TRUE;
}

/* What stands there still although it was kept: a date that the activity never had. */
static gboolean
forget_kept_date (LyktaContentWriter *self, gint64 id, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "DELETE FROM cancelled WHERE activity = ?1 AND is_kept AND seen <= ?2",
      error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "ii", id, kept_before (self));
  return lykta_statement_run (statement, error);
}

static LyktaActivity *
load_detail (LyktaContentWriter *self, gint64 id, gint64 *source, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database,
      "SELECT a.source, d.data FROM activity a JOIN detail d ON d.activity = a.id WHERE a.id = ?1",
      error);

  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "i", id);
  const LyktaStep step = lykta_statement_step (statement, error);
  if (step != LYKTA_STEP_ROW) {
    if (step == LYKTA_STEP_DONE)
      g_set_error_literal (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED,
                           "a cancelled date in the store belongs to no activity");
    return NULL;
  }
  *source = sqlite3_column_int64 (statement, 0);
  return lykta_content_parse_detail (statement, 1, error);
}

/* Writing the dates of an activity leaves out what was kept long enough. */
static gboolean
drop_kept_dates (LyktaContentWriter *self, guint *n, GError **error)
{
  gint64 id, source;

  while (lykta_content_writer_get_number (self, kept_date_sql, kept_before (self), &id, error)) {
    if (id == 0)
      return TRUE;
    g_autoptr (LyktaActivity) activity = load_detail (self, id, &source, error);
    if (activity == NULL || !extend_one (self, id, source, activity, error) ||
        !forget_kept_date (self, id, error))
      return FALSE;
    (*n)++;
  }
  return FALSE;
}

static gboolean
drop_kept (LyktaContentWriter *self, guint *n, GError **error)
{
  guint n_dropped = 0;

  if (!has_kept_too_long (self))
    return TRUE;
  if (!lykta_content_writer_begin_transaction (self, error) ||
      !lykta_content_writer_sweep_kept (self, &n_dropped, error) ||
      !drop_kept_dates (self, &n_dropped, error) ||
      !lykta_content_writer_commit_transaction (self, TRUE, error))
    return FALSE;
  *n += n_dropped;
  return TRUE;
}

static gboolean
extend_horizon (LyktaContentWriter *self,
                GCancellable *cancellable,
                guint *n_extended,
                GError **error)
{
  guint n = 0;
  gboolean has_dropped;

  do {
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !lykta_content_writer_begin_transaction (self, error) || !extend_batch (self, &n, error) ||
        !lykta_content_writer_commit_transaction (self, n > 0, error))
      return FALSE;
    *n_extended += n;
  } while (n > 0);
  if (!lykta_content_writer_begin_transaction (self, error) ||
      !lykta_date_blocks_drop_before (self->database, self->window_from, &has_dropped, error) ||
      !lykta_content_writer_commit_transaction (self, has_dropped, error))
    return FALSE;
  guint n_kept = 0;
  if (!drop_kept (self, &n_kept, error))
    return FALSE;
  self->has_changed = has_dropped || *n_extended > 0 || n_kept > 0;
  return TRUE;
}

gboolean
lykta_content_writer_extend_horizon (LyktaContentWriter *self,
                                     GCancellable *cancellable,
                                     guint *n_extended,
                                     GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (!self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  guint n = 0;
  GError *local_error = NULL;
  lykta_content_writer_set_window (self);
  const gboolean is_extended = extend_horizon (self, cancellable, &n, &local_error);
  if (n_extended != NULL)
    *n_extended = n;
  return lykta_content_writer_end_call (self, is_extended, local_error, error);
}
