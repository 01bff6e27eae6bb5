/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-content-reader.h"

#include "store/lykta-content-reader-private.h"
#include "store/lykta-content-schema-private.h"
#include "store/lykta-content-store-private.h"
#include "text/lykta-language.h"

/* A look at the calendar through a connection that cannot change it. The lists are in
 * lykta-content-list.c, the search in lykta-content-search.c. */
struct _LyktaContentReader {
  GObject parent_instance;

  LyktaContentStore *store; /* (owned) */
  LyktaDatabase *database;  /* (owned) its thread's */
  gboolean ignores_index;

  /* the last search, kept while the content stays the same */
  char *last_search;         /* (owned) (nullable) */
  GArray *last_found;        /* (owned) (nullable) (element-type gint64) */
  gint64 last_found_at;      /* generation */
  LyktaQuery *last_query;    /* (owned) (nullable) what last_selection answers */
  LyktaSelection *selection; /* (owned) (nullable) */
  GPtrArray *source_ids;     /* (owned) (element-type utf8) by row, of generation source_ids_at */
  gint64 source_ids_at;
};

G_DEFINE_FINAL_TYPE (LyktaContentReader, lykta_content_reader, G_TYPE_OBJECT)

/* ---- object ---- */

static void
lykta_content_reader_finalize (GObject *object)
{
  LyktaContentReader *self = LYKTA_CONTENT_READER (object);

  g_clear_pointer (&self->selection, lykta_selection_unref);
  g_clear_pointer (&self->last_query, lykta_query_unref);
  g_clear_pointer (&self->last_found, g_array_unref);
  g_clear_pointer (&self->source_ids, g_ptr_array_unref);
  g_clear_pointer (&self->database, lykta_database_close);
  g_clear_object (&self->store);
  g_free (self->last_search);

  G_OBJECT_CLASS (lykta_content_reader_parent_class)->finalize (object);
}

static void
lykta_content_reader_class_init (LyktaContentReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lykta_content_reader_finalize;
}

static void
lykta_content_reader_init (LyktaContentReader *self)
{
}

LyktaContentReader *
lykta_content_store_new_reader (LyktaContentStore *store, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_STORE (store), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  LyktaDatabase *database = lykta_content_store_connect_read_only (store, error);
  if (database == NULL)
    return NULL;
  LyktaContentReader *self = g_object_new (LYKTA_TYPE_CONTENT_READER, NULL);
  self->store = g_object_ref (store);
  self->database = database;
  return self;
}

LyktaContentStore *
lykta_content_reader_get_store (LyktaContentReader *self)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), NULL);

  return self->store;
}

void
lykta_content_reader_set_use_index (LyktaContentReader *self, gboolean use_index)
{
  g_return_if_fail (LYKTA_IS_CONTENT_READER (self));

  self->ignores_index = !use_index;
}

/* ---- one consistent look ---- */

LyktaDatabase *
lykta_content_reader_get_database (LyktaContentReader *self)
{
  return self->database;
}

gboolean
lykta_content_reader_enter (LyktaContentReader *self, GError **error)
{
  return lykta_database_begin (self->database, error);
}

void
lykta_content_reader_leave (LyktaContentReader *self, const GError *error)
{
  lykta_content_store_note_error (self->store, error);
  lykta_database_rollback (self->database);
}

gint64
lykta_content_reader_get_generation (LyktaContentReader *self)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), 0);

  gint64 generation = 0;
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "SELECT value FROM meta WHERE key = 'generation'", NULL);
  if (statement == NULL || !lykta_statement_get_int64 (statement, 0, &generation, NULL))
    return 0;
  return generation;
}

/* ---- sources ---- */

gboolean
lykta_content_reader_find_source (LyktaContentReader *self,
                                  const char *source_id,
                                  gint64 *row,
                                  GError **error)
{
  *row = 0;
  if (source_id == NULL)
    return TRUE;
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->database, "SELECT id FROM source WHERE token = ?1", error);
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "s", source_id);
  return lykta_statement_get_int64 (statement, 0, row, error);
}

static gboolean
load_source_ids (LyktaContentReader *self, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->database, "SELECT id, token FROM source", error);

  if (statement == NULL)
    return FALSE;
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    const gint64 row = sqlite3_column_int64 (statement, 0);
    if (row < 1 || row > LYKTA_MAX_SOURCES)
      continue;
    if (ids->len <= row)
      g_ptr_array_set_size (ids, (int)row + 1);
    g_free (ids->pdata[row]);
    ids->pdata[row] = g_strdup (lykta_statement_text (statement, 1));
  }
  if (step == LYKTA_STEP_ERROR)
    return FALSE;
  g_clear_pointer (&self->source_ids, g_ptr_array_unref);
  self->source_ids = g_steal_pointer (&ids);
  return TRUE;
}

const char *
lykta_content_reader_get_source_id (LyktaContentReader *self, gint64 row, GError **error)
{
  const gint64 generation = lykta_content_reader_get_generation (self);

  if (self->source_ids == NULL || self->source_ids_at != generation) {
    if (!load_source_ids (self, error))
      return NULL;
    self->source_ids_at = generation;
  }
  return row > 0 && row < self->source_ids->len ? g_ptr_array_index (self->source_ids, row) : NULL;
}

static GPtrArray *
list_sources (LyktaContentReader *self, GError **error)
{
  g_autoptr (GPtrArray) sources =
      g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_source_unref);
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database,
      "SELECT token, name, address, format, language FROM source ORDER BY position, id", error);

  if (statement == NULL)
    return NULL;
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW)
    g_ptr_array_add (
        sources,
        lykta_source_new (lykta_statement_text (statement, 0), lykta_statement_text (statement, 1),
                          lykta_statement_text (statement, 2),
                          lykta_format_from_token (lykta_statement_text (statement, 3)),
                          lykta_statement_text (statement, 4)));
  return step == LYKTA_STEP_DONE ? g_steal_pointer (&sources) : NULL;
}

GPtrArray *
lykta_content_reader_list_sources (LyktaContentReader *self, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return list_sources (self, error);
}

LyktaSourceState *
lykta_content_reader_get_source_state (LyktaContentReader *self,
                                       const char *source_id,
                                       GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), NULL);
  g_return_val_if_fail (source_id != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database,
      "SELECT last_attempt, last_confirmed, last_changed, failures, n_activities, n_quarantined,"
      " bytes_received, failure, failure_detail, etag, last_modified, content_hash"
      " FROM source WHERE token = ?1",
      error);
  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "s", source_id);
  if (lykta_statement_step (statement, error) != LYKTA_STEP_ROW)
    return NULL;
  LyktaSourceState *state = lykta_source_state_new ();
  state->last_attempt = sqlite3_column_int64 (statement, 0);
  state->last_confirmed = sqlite3_column_int64 (statement, 1);
  state->last_changed = sqlite3_column_int64 (statement, 2);
  state->failures = (guint)sqlite3_column_int64 (statement, 3);
  state->n_activities = (guint)sqlite3_column_int64 (statement, 4);
  state->n_quarantined = (guint)sqlite3_column_int64 (statement, 5);
  state->bytes_received = (guint64)sqlite3_column_int64 (statement, 6);
  state->failure = g_strdup (lykta_statement_text (statement, 7));
  state->failure_detail = g_strdup (lykta_statement_text (statement, 8));
  state->etag = g_strdup (lykta_statement_text (statement, 9));
  state->last_modified = g_strdup (lykta_statement_text (statement, 10));
  state->content_hash = g_strdup (lykta_statement_text (statement, 11));
  return state;
}

gboolean
lykta_content_reader_is_loading (LyktaContentReader *self, const char *source_id)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), FALSE);
  g_return_val_if_fail (source_id != NULL, FALSE);

  gint64 is_loading = 0;
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "SELECT is_loading FROM source WHERE token = ?1", NULL);
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "s", source_id);
  return lykta_statement_get_int64 (statement, 0, &is_loading, NULL) && is_loading != 0;
}

void
lykta_quarantined_free (LyktaQuarantined *self)
{
  if (self == NULL)
    return;
  g_free (self->source_id);
  g_free (self->uid);
  g_free (self->code);
  g_free (self->message);
  g_free (self);
}

GPtrArray *
lykta_content_reader_list_quarantine (LyktaContentReader *self,
                                      const char *source_id,
                                      guint limit,
                                      GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_quarantined_free);
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->database,
                                "SELECT s.token, q.uid, q.code, q.message, q.line FROM quarantine q"
                                " JOIN source s ON s.id = q.source WHERE ?1 IS NULL OR s.token = ?1"
                                " ORDER BY s.position, q.source, q.number LIMIT ?2",
                                error);
  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "si", source_id, limit > 0 ? (gint64)limit : (gint64)-1);
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    LyktaQuarantined *row = g_new0 (LyktaQuarantined, 1);
    row->source_id = g_strdup (lykta_statement_text (statement, 0));
    row->uid = g_strdup (lykta_statement_text (statement, 1));
    row->code = g_strdup (lykta_statement_text (statement, 2));
    row->message = g_strdup (lykta_statement_text (statement, 3));
    row->line = (guint)sqlite3_column_int64 (statement, 4);
    g_ptr_array_add (rows, row);
  }
  return step == LYKTA_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

/* ---- activities ---- */

LyktaActivity *
lykta_content_reader_get_activity_by_id (LyktaContentReader *self,
                                         gint64 activity_id,
                                         GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "SELECT data FROM detail WHERE activity = ?1", error);
  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "i", activity_id);
  if (lykta_statement_step (statement, error) != LYKTA_STEP_ROW)
    return NULL;
  GError *local_error = NULL;
  LyktaActivity *activity = lykta_content_parse_detail (statement, 0, &local_error);
  if (activity == NULL) {
    lykta_content_store_note_error (self->store, local_error);
    g_propagate_error (error, local_error);
  }
  return activity;
}

static gboolean
find_activity (LyktaContentReader *self,
               const char *source_id,
               const char *uid,
               gint64 *activity_id,
               GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database,
      "SELECT a.id FROM source s JOIN activity a ON a.source = s.id AND a.uid = ?2"
      " WHERE ?1 IS NULL OR s.token = ?1 ORDER BY s.position, s.id LIMIT 1",
      error);

  *activity_id = 0;
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "ss", source_id, uid);
  return lykta_statement_get_int64 (statement, 0, activity_id, error);
}

LyktaActivity *
lykta_content_reader_get_activity (LyktaContentReader *self,
                                   const char *source_id,
                                   const char *uid,
                                   gint64 *activity_id,
                                   GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), NULL);
  g_return_val_if_fail (uid != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  gint64 id = 0;
  LyktaActivity *activity = NULL;
  if (lykta_content_reader_enter (self, error)) {
    if (find_activity (self, source_id, uid, &id, error) && id != 0)
      activity = lykta_content_reader_get_activity_by_id (self, id, error);
    lykta_content_reader_leave (self, error != NULL ? *error : NULL);
  }
  if (activity_id != NULL)
    *activity_id = activity != NULL ? id : 0;
  return activity;
}

gboolean
lykta_content_reader_load_dates (LyktaContentReader *self,
                                 gint64 activity_id,
                                 GArray *rows,
                                 GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "SELECT packed FROM dates WHERE activity = ?1", error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "i", activity_id);
  const LyktaStep step = lykta_statement_step (statement, error);
  if (step != LYKTA_STEP_ROW)
    return step == LYKTA_STEP_DONE;
  if (lykta_dates_unpack (sqlite3_column_blob (statement, 0),
                          (gsize)sqlite3_column_bytes (statement, 0), activity_id, 0, rows))
    return TRUE;
  g_set_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED,
               "the dates of activity %" G_GINT64_FORMAT " cannot be read", activity_id);
  return FALSE;
}

GArray *
lykta_content_reader_get_occurrences (
    LyktaContentReader *self, gint64 activity_id, gint64 from, guint limit, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (LyktaDateRow));
  if (!lykta_content_reader_load_shown_dates (self, activity_id, rows, error))
    return NULL;
  const LyktaFilter filter = {.from = from, .to = G_MAXINT64};
  GArray *out = g_array_new (FALSE, FALSE, sizeof (LyktaOccurrence));
  for (guint i = 0; i < rows->len && (limit == 0 || out->len < limit); i++) {
    const LyktaDateRow *row = &g_array_index (rows, LyktaDateRow, i);
    LyktaOccurrence occurrence;
    if (!lykta_filter_passes_time (&filter, row->start, row->duration))
      continue;
    lykta_date_row_to_occurrence (row, &occurrence);
    g_array_append_val (out, occurrence);
  }
  return out;
}

gint64
lykta_content_reader_count_activities (LyktaContentReader *self,
                                       const char *source_id,
                                       GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), -1);
  g_return_val_if_fail (error == NULL || *error == NULL, -1);

  gint64 n = 0;
  g_autoptr (LyktaStatement) statement =
      source_id == NULL
          ? lykta_database_statement (self->database,
                                      "SELECT count(*) FROM activity WHERE kept_until IS NULL"
                                      " AND missing_since IS NULL"
                                      " AND (same_as IS NULL OR same_as = id)",
                                      error)
          : lykta_database_statement (self->database,
                                      "SELECT count(*) FROM activity WHERE kept_until IS NULL"
                                      " AND missing_since IS NULL"
                                      " AND source = (SELECT id FROM source WHERE token = ?1)",
                                      error);
  if (statement == NULL)
    return -1;
  if (source_id != NULL)
    lykta_statement_bind (statement, "s", source_id);
  return lykta_statement_get_int64 (statement, 0, &n, error) ? n : -1;
}

gboolean
lykta_content_reader_foreach_activity (LyktaContentReader *self,
                                       const char *source_id,
                                       LyktaActivityFunc func,
                                       gpointer user_data,
                                       GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database,
      "SELECT s.token, d.data FROM detail d JOIN activity a ON a.id = d.activity"
      " JOIN source s ON s.id = a.source"
      " WHERE CASE WHEN ?1 IS NOT NULL THEN s.token = ?1 ELSE a.same_as IS NULL OR a.source ="
      " (SELECT source FROM activity WHERE id = a.same_as) END"
      " AND a.kept_until IS NULL ORDER BY d.activity",
      error);
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "s", source_id);
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    g_autoptr (LyktaActivity) activity = lykta_content_parse_detail (statement, 1, error);
    if (activity == NULL)
      return FALSE;
    if (!func (activity, lykta_statement_text (statement, 0), user_data))
      return TRUE;
  }
  return step == LYKTA_STEP_DONE;
}

/* ---- what was asked last ---- */

static gboolean
find_terms (LyktaContentReader *self,
            LyktaQuery *query,
            gboolean needs_ids,
            LyktaCandidates *out,
            GError **error)
{
  out->traits = (lykta_query_get_drop_in (query) ? LYKTA_TRAIT_DROP_IN : 0) |
                (lykta_query_get_children (query) ? LYKTA_TRAIT_CHILDREN : 0);
  out->levels = (guint32)lykta_query_get_levels (query) << LYKTA_SHIFT_LEVELS;
  out->area = lykta_query_get_area (query);
  out->spoken = lykta_query_get_spoken (query);
  out->has_terms = out->traits != 0 || out->levels != 0 || out->area != NULL || out->spoken != NULL;
  return !out->has_terms || !needs_ids || lykta_content_find_fitting (self->database, out, error);
}

gboolean
lykta_content_reader_find_candidates (LyktaContentReader *self,
                                      LyktaQuery *query,
                                      gboolean needs_near,
                                      LyktaCandidates *out,
                                      GError **error)
{
  const gint64 generation = lykta_content_reader_get_generation (self);
  const char *search = lykta_query_get_search (query);

  *out = (LyktaCandidates){0};
  if (search != NULL) {
    if (self->last_found_at != generation || g_strcmp0 (self->last_search, search) != 0) {
      g_clear_pointer (&self->last_found, g_array_unref);
      g_clear_pointer (&self->last_search, g_free);
      if (!lykta_content_search (self->database, search, &self->last_found, error) ||
          (self->last_found != NULL &&
           !lykta_content_search_add_same (self->database, self->last_found, error)))
        return FALSE;
      self->last_search = g_strdup (search);
      self->last_found_at = generation;
    }
    out->has_search = self->last_found != NULL;
    out->found = self->last_found != NULL ? g_array_ref (self->last_found) : NULL;
  }
  if (!find_terms (self, query, needs_near, out, error)) {
    lykta_candidates_clear (out);
    return FALSE;
  }
  if (lykta_query_has_position (query) && lykta_query_get_within_km (query) > 0) {
    out->has_radius = TRUE;
    out->latitude = lykta_query_get_latitude (query);
    out->longitude = lykta_query_get_longitude (query);
    out->within_km = lykta_query_get_within_km (query);
    if (needs_near && !lykta_content_find_near (self->database, out, error)) {
      lykta_candidates_clear (out);
      return FALSE;
    }
  }
  return TRUE;
}

LyktaOccurrenceIndex *
lykta_content_reader_ref_index (LyktaContentReader *self)
{
  if (self->ignores_index)
    return NULL;
  return lykta_content_store_ref_index_of (self->store, lykta_content_reader_get_generation (self));
}

LyktaSelection *
lykta_content_reader_select (LyktaContentReader *self, LyktaQuery *query, GError **error)
{
  g_autoptr (LyktaOccurrenceIndex) index = lykta_content_reader_ref_index (self);
  if (index == NULL)
    return NULL;
  if (self->selection != NULL && self->selection->index == index &&
      lykta_query_equal (self->last_query, query))
    return lykta_selection_ref (self->selection);

  g_auto (LyktaCandidates) candidates = {0};
  LyktaFilter filter;
  gint64 source;
  if (!lykta_content_reader_find_source (self, lykta_query_get_source (query), &source, error) ||
      !lykta_content_reader_find_candidates (self, query, FALSE, &candidates, error))
    return NULL;
  lykta_filter_init (&filter, query, source);
  g_clear_pointer (&self->selection, lykta_selection_unref);
  g_clear_pointer (&self->last_query, lykta_query_unref);
  self->selection = lykta_occurrence_index_select (index, &filter, &candidates);
  self->last_query = lykta_query_ref (query);
  return lykta_selection_ref (self->selection);
}
