/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-content-writer.h"

#include <string.h>

#include "base/lykta-civil-time.h"
#include "base/lykta-limits.h"
#include "store/lykta-content-records.h"
#include "store/lykta-content-schema-private.h"
#include "store/lykta-content-store-private.h"
#include "store/lykta-content-writer-private.h"
#include "trust/lykta-digest.h"

/* Writes refreshes into content.db. How an activity lies in the tables is in lykta-activity-rows.c,
 * the list of sources in lykta-content-writer-sources.c. */
G_DEFINE_FINAL_TYPE (LyktaContentWriter, lykta_content_writer, G_TYPE_OBJECT)
G_DEFINE_QUARK (lykta - dates - error - quark, lykta_dates_error)

/* What one packed date takes, mostly. */
#define PACKED_DATE_BYTES 10

static void
lykta_content_writer_finalize (GObject *object)
{
  LyktaContentWriter *self = LYKTA_CONTENT_WRITER (object);

  lykta_activity_rows_clear (&self->rows);
  g_clear_pointer (&self->database, lykta_database_close); /* rolls back */
  g_clear_pointer (&self->occurrences, g_array_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->fresh, g_hash_table_unref);
  g_clear_pointer (&self->touched, g_hash_table_unref);
  g_clear_pointer (&self->touched_likenesses, g_hash_table_unref);
  g_clear_pointer (&self->preferences, g_array_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (lykta_content_writer_parent_class)->finalize (object);
}

static void
lykta_content_writer_class_init (LyktaContentWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lykta_content_writer_finalize;
}

static void
lykta_content_writer_init (LyktaContentWriter *self)
{
  self->occurrences = g_array_new (FALSE, FALSE, sizeof (LyktaOccurrence));
  self->seen = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->fresh = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->touched = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->touched_likenesses = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->preferences = g_array_new (FALSE, TRUE, sizeof (guint));
}

LyktaContentWriter *
lykta_content_store_new_writer (LyktaContentStore *store, LyktaExpandFunc expand, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_STORE (store), NULL);
  g_return_val_if_fail (expand != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  LyktaDatabase *database = lykta_content_store_connect (store, error);
  if (database == NULL)
    return NULL;
  g_autoptr (LyktaContentWriter) self = g_object_new (LYKTA_TYPE_CONTENT_WRITER, NULL);
  self->store = g_object_ref (store);
  self->database = database;
  self->expand = expand;
  lykta_activity_rows_init (&self->rows, database);
  return lykta_content_writer_update_identities (self, error) ? g_steal_pointer (&self) : NULL;
}

/* ---- beginning and ending ---- */

/* Every failing way out of a public function: nothing half done stays. */
static gboolean
fail (LyktaContentWriter *self, const GError *error)
{
  lykta_content_store_note_error (self->store, error);
  lykta_database_rollback (self->database);
  lykta_date_blocks_discard (&self->rows.blocks);
  lykta_content_writer_forget_touched (self);
  g_hash_table_remove_all (self->seen);
  self->is_refreshing = FALSE;
  return FALSE;
}

gboolean
lykta_content_writer_end_call (LyktaContentWriter *self,
                               gboolean is_well,
                               GError *local_error,
                               GError **error)
{
  if (is_well)
    return TRUE;
  fail (self, local_error);
  g_propagate_error (error, local_error);
  return FALSE;
}

gboolean
lykta_content_writer_get_number (
    LyktaContentWriter *self, const char *sql, gint64 parameter, gint64 *value, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (self->database, sql, error);

  if (statement == NULL)
    return FALSE;
  if (sqlite3_bind_parameter_count (statement) > 0)
    lykta_statement_bind (statement, "i", parameter);
  return lykta_statement_get_int64 (statement, 0, value, error);
}

gboolean
lykta_content_writer_run_with_number (LyktaContentWriter *self,
                                      const char *sql,
                                      gint64 parameter,
                                      GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (self->database, sql, error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "i", parameter);
  return lykta_statement_run (statement, error);
}

/* Begins a transaction, which will make the generation rows.revision if anything changes. */
gboolean
lykta_content_writer_begin_transaction (LyktaContentWriter *self, GError **error)
{
  gint64 generation;

  if (!lykta_database_begin_write (self->database, error) ||
      !lykta_content_writer_get_number (self, "SELECT value FROM meta WHERE key = 'generation'", 0,
                                        &generation, error))
    return FALSE;
  self->rows.revision = generation + 1;
  self->rows.now = lykta_clock_now (lykta_content_store_get_clock (self->store));
  return TRUE;
}

gboolean
lykta_content_writer_commit_transaction (LyktaContentWriter *self,
                                         gboolean has_changed,
                                         GError **error)
{
  return lykta_content_writer_resolve (self, error) &&
         lykta_activity_rows_flush (&self->rows, error) &&
         (!has_changed || lykta_content_writer_run_with_number (
                              self, "UPDATE meta SET value = ?1 WHERE key = 'generation'",
                              self->rows.revision, error)) &&
         lykta_database_commit (self->database, error);
}

void
lykta_content_writer_set_window (LyktaContentWriter *self)
{
  if (self->has_period)
    return;
  const LyktaDate today =
      lykta_date_of_moment (lykta_clock_now (lykta_content_store_get_clock (self->store)));

  self->window_from = lykta_date_start (lykta_date_add_days (today, -LYKTA_HISTORY_DAYS));
  self->window_to = lykta_date_start (lykta_date_add_days (today, LYKTA_HORIZON_DAYS));
}

void
lykta_content_writer_set_period (LyktaContentWriter *self, gint64 from, gint64 to)
{
  g_return_if_fail (LYKTA_IS_CONTENT_WRITER (self));
  g_return_if_fail (!self->is_refreshing && from < to);

  self->has_period = TRUE;
  self->window_from = from;
  self->window_to = to;
}

/* ---- a refresh ---- */

static gboolean
begin_refresh (LyktaContentWriter *self, LyktaSource *source, gboolean is_whole, GError **error)
{
  static const char count_present_sql[] = "SELECT count(*) FROM activity WHERE source = ?1"
                                          " AND missing_since IS NULL AND kept_until IS NULL";
  static const char forget_sql[] = "DELETE FROM quarantine WHERE source = ?1";
  static const char count_sql[] = "SELECT max (0, max (number)) FROM quarantine WHERE source = ?1";
  gint64 last_confirmed, n_before, n_quarantined = 0;

  if (!lykta_content_writer_begin_transaction (self, error) ||
      !lykta_content_writer_ensure_source (self, source, &self->source, error) ||
      !lykta_content_writer_get_number (self, "SELECT last_confirmed FROM source WHERE id = ?1",
                                        self->source, &last_confirmed, error) ||
      !lykta_content_writer_get_number (self, count_present_sql, self->source, &n_before, error) ||
      !(is_whole ? lykta_content_writer_run_with_number (self, forget_sql, self->source, error)
                 : lykta_content_writer_get_number (self, count_sql, self->source, &n_quarantined,
                                                    error)))
    return FALSE;
  lykta_content_writer_set_window (self);
  self->stats = (LyktaWriteStats){.n_quarantined = (guint)n_quarantined};
  self->is_first = last_confirmed == 0;
  self->rows.forgets_cancelled = lykta_source_is_sample (source);
  self->has_parts = FALSE;
  self->has_changed = FALSE;
  self->n_before = (guint)n_before;
  self->n_seen_before = 0;
  self->n_bytes = 0;
  self->n_dates = 0;
  g_hash_table_remove_all (self->seen);
  self->is_refreshing = TRUE;
  return TRUE;
}

gboolean
lykta_content_writer_begin (LyktaContentWriter *self, LyktaSource *source, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (source != NULL, FALSE);
  g_return_val_if_fail (!self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  GError *local_error = NULL;
  const gboolean has_begun = begin_refresh (self, source, TRUE, &local_error);
  return lykta_content_writer_end_call (self, has_begun, local_error, error);
}

gboolean
lykta_content_writer_begin_changes (LyktaContentWriter *self, LyktaSource *source, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (source != NULL, FALSE);
  g_return_val_if_fail (!self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  GError *local_error = NULL;
  const gboolean has_begun = begin_refresh (self, source, FALSE, &local_error);
  return lykta_content_writer_end_call (self, has_begun, local_error, error);
}

typedef struct {
  gint64 id; /* 0: not there */
  gboolean is_same;
  gboolean is_counted; /* not missing, and not only kept */
  guint n_dates;       /* about so many */
} Present;

static gboolean
find_present (
    LyktaContentWriter *self, const char *uid, const guint8 *hash, Present *present, GError **error)
{
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->database,
                                "SELECT id, hash, coalesce (missing_since, kept_until) IS NULL,"
                                " (SELECT length (packed) FROM dates WHERE activity = id)"
                                " FROM activity WHERE source = ?1 AND uid = ?2",
                                error);

  *present = (Present){0};
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "is", self->source, uid);
  const LyktaStep step = lykta_statement_step (statement, error);
  if (step != LYKTA_STEP_ROW)
    return step == LYKTA_STEP_DONE;
  present->id = sqlite3_column_int64 (statement, 0);
  present->is_counted = sqlite3_column_int64 (statement, 2) != 0;
  present->n_dates = (guint)sqlite3_column_int (statement, 3) / PACKED_DATE_BYTES;
  present->is_same = present->is_counted && hash != NULL &&
                     sqlite3_column_bytes (statement, 1) == LYKTA_DIGEST_BYTES &&
                     memcmp (sqlite3_column_blob (statement, 1), hash, LYKTA_DIGEST_BYTES) == 0;
  return TRUE;
}

static void
mark_seen (LyktaContentWriter *self, gint64 id, gboolean was_there)
{
  if (g_hash_table_add (self->seen, GSIZE_TO_POINTER (id)) && was_there)
    self->n_seen_before++;
}

/* Stays as it was, being sent in some form that is of no use; but it is not missing. */
static gboolean
keep_as_it_was (LyktaContentWriter *self, const Present *present, GError **error)
{
  if (present->id == 0)
    return TRUE;
  mark_seen (self, present->id, present->is_counted);
  if (present->is_counted)
    return TRUE;
  lykta_content_writer_touch (self, present->id, FALSE);
  self->has_changed = TRUE;
  return lykta_content_writer_run_with_number (
      self, "UPDATE activity SET missing_since = NULL WHERE id = ?1", present->id, error);
}

gboolean
lykta_content_writer_expand (LyktaContentWriter *self, LyktaActivity *activity, GError **error)
{
  g_array_set_size (self->occurrences, 0);
  return self->expand (activity, self->window_from, self->window_to, self->occurrences, error);
}

/* A megabyte of endless series is millions of dates: the work for a refresh is bound to its size.
 * What takes place on single days is always taken in. */
static gboolean
expand_within_limits (LyktaContentWriter *self, LyktaActivity *activity, GError **error)
{
  const guint64 limit =
      MIN (LYKTA_LIMIT_REFRESH_DATES_FREE + self->n_bytes / LYKTA_LIMIT_REFRESH_BYTES_PER_DATE,
           LYKTA_LIMIT_REFRESH_DATES);

  if (self->n_dates >= limit &&
      lykta_schedule_get_n_rules (lykta_activity_get_schedule (activity)) > 0) {
    g_set_error (error, LYKTA_DATES_ERROR, LYKTA_DATES_ERROR_TOO_MANY,
                 "“%s” repeats, and the calendar has more than %" G_GUINT64_FORMAT
                 " dates before it: more than a calendar of its size may have",
                 lykta_activity_get_uid (activity), limit);
    return FALSE;
  }
  if (!lykta_content_writer_expand (self, activity, error))
    return FALSE;
  self->n_dates += self->occurrences->len;
  return TRUE;
}

/* 0 when nothing is left that a later horizon could bring. */
gint64
lykta_content_writer_expanded_until (LyktaContentWriter *self, LyktaActivity *activity)
{
  LyktaSchedule *schedule = lykta_activity_get_schedule (activity);

  return lykta_schedule_is_recurring (schedule) ||
                 lykta_schedule_get_start (schedule) >= self->window_to
             ? self->window_to
             : 0;
}

static gboolean
write_activity (LyktaContentWriter *self,
                const Present *present,
                const LyktaActivityRecord *record,
                LyktaPutResult *result,
                GError **error)
{
  gint64 id = present->id;

  if (id != 0) {
    if (!lykta_content_writer_touch_mates (self, id, error) ||
        !lykta_activity_rows_replace (&self->rows, id, record, error))
      return FALSE;
    self->stats.n_updated++;
    *result = LYKTA_PUT_UPDATED;
  } else {
    if (!lykta_activity_rows_insert (&self->rows, record, &id, error))
      return FALSE;
    self->stats.n_inserted++;
    *result = LYKTA_PUT_INSERTED;
  }
  mark_seen (self, id, present->is_counted);
  lykta_content_writer_touch (self, id, present->id == 0);
  self->has_changed = TRUE;
  return TRUE;
}

/* *@is_expansion: the error is the expansion's, and the refresh goes on. */
static gboolean
put (LyktaContentWriter *self,
     LyktaActivity *activity,
     LyktaPutResult *result,
     gboolean *is_expansion,
     GError **error)
{
  Present present;
  guint8 hash[LYKTA_DIGEST_BYTES];
  g_autoptr (GVariant) variant = lykta_activity_to_variant (activity);
  const gsize size = g_variant_get_size (variant);
  gconstpointer data = g_variant_get_data (variant);

  lykta_digest (data, size, hash);
  if (!find_present (self, lykta_activity_get_uid (activity), hash, &present, error))
    return FALSE;
  if (present.id != 0 && g_hash_table_contains (self->seen, GSIZE_TO_POINTER (present.id))) {
    self->stats.n_duplicates++;
    *result = LYKTA_PUT_DUPLICATE;
    return TRUE;
  }
  self->n_bytes += size;
  if (present.is_same) {
    self->n_dates += present.n_dates;
    mark_seen (self, present.id, TRUE);
    self->stats.n_unchanged++;
    *result = LYKTA_PUT_UNCHANGED;
    return TRUE;
  }
  if (!expand_within_limits (self, activity, error)) {
    *is_expansion = keep_as_it_was (self, &present, NULL);
    return FALSE;
  }
  const LyktaActivityRecord record = {
      .source = self->source,
      .activity = activity,
      .data = data,
      .size = size,
      .hash = hash,
      .hash_size = LYKTA_DIGEST_BYTES,
      .occurrences = self->occurrences,
      .expanded_until = lykta_content_writer_expanded_until (self, activity),
  };
  return write_activity (self, &present, &record, result, error);
}

gboolean
lykta_content_writer_put (LyktaContentWriter *self,
                          LyktaActivity *activity,
                          LyktaPutResult *result,
                          GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (activity), FALSE);
  g_return_val_if_fail (self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  LyktaPutResult local_result = LYKTA_PUT_UNCHANGED;
  gboolean is_expansion = FALSE;
  GError *local_error = NULL;
  const gboolean is_put = put (self, activity, &local_result, &is_expansion, &local_error);
  if (result != NULL)
    *result = local_result;
  if (is_expansion) {
    g_propagate_error (error, local_error);
    return FALSE;
  }
  return lykta_content_writer_end_call (self, is_put, local_error, error);
}

static gboolean
remove_activity (LyktaContentWriter *self, const char *uid, GError **error)
{
  Present present;

  if (!find_present (self, uid, NULL, &present, error))
    return FALSE;
  if (present.id == 0)
    return TRUE;
  self->stats.n_removed++;
  return lykta_content_writer_retire (self, present.id, error);
}

gboolean
lykta_content_writer_remove (LyktaContentWriter *self, const char *uid, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (uid != NULL, FALSE);
  g_return_val_if_fail (self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  GError *local_error = NULL;
  const gboolean is_removed = remove_activity (self, uid, &local_error);
  return lykta_content_writer_end_call (self, is_removed, local_error, error);
}

static gboolean
quarantine (LyktaContentWriter *self,
            const char *uid,
            guint line,
            const char *code,
            const char *message,
            GError **error)
{
  Present present = {0};

  if (uid != NULL && !find_present (self, uid, NULL, &present, error))
    return FALSE;
  if (!keep_as_it_was (self, &present, error))
    return FALSE;
  if (self->stats.n_quarantined++ >= LYKTA_LIMIT_QUARANTINE)
    return TRUE;
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "INSERT INTO quarantine VALUES (?1, ?2, ?3, ?4, ?5, ?6)", error);
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "iiisss", self->source, (gint64)self->stats.n_quarantined,
                        (gint64)line, uid, code, message);
  return lykta_statement_run (statement, error);
}

gboolean
lykta_content_writer_quarantine (LyktaContentWriter *self,
                                 const char *uid,
                                 guint line,
                                 const char *code,
                                 const char *message,
                                 GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (code != NULL && message != NULL, FALSE);
  g_return_val_if_fail (self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  GError *local_error = NULL;
  const gboolean is_noted = quarantine (self, uid, line, code, message, &local_error);
  return lykta_content_writer_end_call (self, is_noted, local_error, error);
}

void
lykta_content_writer_count_missing (LyktaContentWriter *self, guint *n_before, guint *n_missing)
{
  g_return_if_fail (LYKTA_IS_CONTENT_WRITER (self));
  g_return_if_fail (n_before != NULL && n_missing != NULL);

  *n_before = self->n_before;
  *n_missing = self->n_before - MIN (self->n_before, self->n_seen_before);
}

gboolean
lykta_content_writer_remove_missing (LyktaContentWriter *self, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  guint n_removed = 0;
  GError *local_error = NULL;
  const gboolean is_removed = lykta_content_writer_remove_unseen (
      self, self->source, !self->rows.forgets_cancelled, &n_removed, &local_error);
  self->stats.n_removed += n_removed;
  self->has_changed |= n_removed > 0;
  return lykta_content_writer_end_call (self, is_removed, local_error, error);
}

static gboolean
commit_part (LyktaContentWriter *self, GError **error)
{
  if (!lykta_content_writer_run_with_number (self, "UPDATE source SET is_loading = 1 WHERE id = ?1",
                                             self->source, error) ||
      !lykta_content_writer_commit_transaction (self, self->has_changed, error) ||
      !lykta_content_writer_begin_transaction (self, error))
    return FALSE;
  self->has_parts = TRUE;
  return TRUE;
}

gboolean
lykta_content_writer_commit_part (LyktaContentWriter *self, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!self->is_first)
    return TRUE;
  GError *local_error = NULL;
  const gboolean is_committed = commit_part (self, &local_error);
  return lykta_content_writer_end_call (self, is_committed, local_error, error);
}

static gboolean
commit (LyktaContentWriter *self, const LyktaSourceState *state, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database,
      "UPDATE source SET is_loading = 0, n_quarantined = ?2, n_activities ="
      " (SELECT count(*) FROM activity WHERE source = ?1 AND missing_since IS NULL"
      " AND kept_until IS NULL) WHERE id = ?1",
      error);
  guint n_removed = 0;

  if (statement == NULL ||
      !lykta_content_writer_sweep (self, self->source, state->last_confirmed, &n_removed, error))
    return FALSE;
  self->stats.n_removed += n_removed;
  self->has_changed |= n_removed > 0;
  lykta_statement_bind (statement, "ii", self->source, (gint64)self->stats.n_quarantined);
  return lykta_statement_run (statement, error) && lykta_content_writer_resolve (self, error) &&
         lykta_content_writer_write_state (self, self->source, state, error) &&
         lykta_content_writer_commit_transaction (self, self->has_changed || self->has_parts,
                                                  error);
}

gboolean
lykta_content_writer_commit (LyktaContentWriter *self,
                             const LyktaSourceState *state,
                             GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);
  g_return_val_if_fail (state != NULL, FALSE);
  g_return_val_if_fail (self->is_refreshing, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  GError *local_error = NULL;
  const gboolean is_committed = commit (self, state, &local_error);
  if (is_committed) {
    self->is_refreshing = FALSE;
    g_hash_table_remove_all (self->seen);
  }
  return lykta_content_writer_end_call (self, is_committed, local_error, error);
}

void
lykta_content_writer_rollback (LyktaContentWriter *self)
{
  g_return_if_fail (LYKTA_IS_CONTENT_WRITER (self));

  self->has_changed = FALSE;
  fail (self, NULL);
}

void
lykta_content_writer_get_stats (LyktaContentWriter *self, LyktaWriteStats *stats)
{
  g_return_if_fail (LYKTA_IS_CONTENT_WRITER (self));
  g_return_if_fail (stats != NULL);

  *stats = self->stats;
}

gboolean
lykta_content_writer_has_changed_content (LyktaContentWriter *self)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_WRITER (self), FALSE);

  return self->has_changed;
}
