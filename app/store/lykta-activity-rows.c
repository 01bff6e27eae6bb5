/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-activity-rows-private.h"

#include <math.h>

#include "model/lykta-identity.h"
#include "store/lykta-cancelled-dates-private.h"
#include "store/lykta-content-schema-private.h"
#include "text/lykta-collation.h"
#include "text/lykta-language.h"

/* Bytes of the Swedish sort key that order dates of the same start. */
#define RANK_BYTES 6

void
lykta_activity_rows_init (LyktaActivityRows *self, LyktaDatabase *database)
{
  self->database = database;
  lykta_date_blocks_init (&self->blocks, database);
  self->revision = 0;
  self->now = 0;
  self->forgets_cancelled = FALSE;
}

void
lykta_activity_rows_clear (LyktaActivityRows *self)
{
  lykta_date_blocks_clear (&self->blocks);
}

gboolean
lykta_activity_rows_flush (LyktaActivityRows *self, GError **error)
{
  return lykta_date_blocks_flush (&self->blocks, error);
}

/* ---- dates ---- */

static gint64
rank_of (LyktaActivity *activity)
{
  const char *title = lykta_texts_choose (lykta_activity_get_title (activity),
                                          lykta_language_fallback_chain ("sv"), NULL);
  gint64 rank = 0;

  if (title == NULL)
    return 0;
  g_autoptr (GBytes) key = lykta_collation_key ("sv", title);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (key, &size);
  for (gsize i = 0; i < RANK_BYTES; i++)
    rank = rank << 8 | (i < size ? bytes[i] : 0);
  return rank;
}

static void
fill_from_override (LyktaDateRow *row, LyktaSchedule *schedule, gint64 original_start)
{
  const LyktaOverride *override = lykta_schedule_find_override (schedule, original_start);

  if (override == NULL)
    return;
  if (override->place != NULL) {
    row->bits |= LYKTA_BIT_OVERRIDDEN | LYKTA_BIT_OWN_PLACE;
    row->latitude = lykta_place_get_latitude (override->place);
    row->longitude = lykta_place_get_longitude (override->place);
  }
  if (override->title != NULL && lykta_texts_get_n (override->title) > 0)
    row->bits |= LYKTA_BIT_OVERRIDDEN;
}

static void
make_row (const LyktaActivityRecord *record, gint64 id, gint64 rank, guint index, LyktaDateRow *row)
{
  LyktaOccurrence occurrence = g_array_index (record->occurrences, LyktaOccurrence, index);
  LyktaSchedule *schedule = lykta_activity_get_schedule (record->activity);
  const gint64 duration = CLAMP (occurrence.end - occurrence.start, 0, G_MAXUINT32);

  if (lykta_activity_get_status (record->activity) == LYKTA_STATUS_CANCELLED)
    occurrence.status = LYKTA_STATUS_CANCELLED;
  *row = (LyktaDateRow){
      .activity = id,
      .start = occurrence.start,
      .moved = occurrence.start - occurrence.original_start,
      .rank = rank,
      .duration = (guint32)duration,
      .bits = lykta_bits_of_occurrence (lykta_bits_of_activity (record->activity, record->source),
                                        &occurrence),
      .latitude = NAN,
      .longitude = NAN,
  };
  if (lykta_schedule_get_n_overrides (schedule) > 0)
    fill_from_override (row, schedule, occurrence.original_start);
}

static int
compare_dates (gconstpointer a, gconstpointer b)
{
  return lykta_date_row_compare (a, b);
}

/* The dates in order, each once. (transfer full) (element-type LyktaDateRow) */
static GArray *
make_rows (const LyktaActivityRecord *record, gint64 id, gint64 rank)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (LyktaDateRow), record->occurrences->len);
  guint n = 0;

  g_array_set_size (rows, record->occurrences->len);
  for (guint i = 0; i < rows->len; i++)
    make_row (record, id, rank, i, &g_array_index (rows, LyktaDateRow, i));
  g_array_sort (rows, compare_dates);
  for (guint i = 0; i < rows->len; i++) {
    const LyktaDateRow row = g_array_index (rows, LyktaDateRow, i);
    if (n == 0 || lykta_date_row_compare (&g_array_index (rows, LyktaDateRow, n - 1), &row) != 0)
      g_array_index (rows, LyktaDateRow, n++) = row;
  }
  g_array_set_size (rows, n);
  return rows;
}

static gboolean
put_packed (LyktaActivityRows *self, gint64 id, GArray *rows, GError **error)
{
  g_autoptr (GBytes) packed = lykta_dates_pack ((const LyktaDateRow *)rows->data, rows->len);
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "UPDATE dates SET packed = ?2 WHERE activity = ?1", error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "ib", id, g_bytes_get_data (packed, NULL),
                        g_bytes_get_size (packed));
  return lykta_statement_run (statement, error);
}

/* With what the activity is recognised by. INSERT OR REPLACE would keep a journal for each row of a
 * table that has an index, and cost half an import. */
static gboolean
put_identity (LyktaActivityRows *self,
              gint64 id,
              gboolean is_new,
              LyktaActivity *activity,
              GArray *rows,
              GError **error)
{
  static const char insert_sql[] = "INSERT INTO dates (activity, packed, likeness, identity)"
                                   " VALUES (?1, ?2, nullif(?3, 0), ?4)";
  static const char update_sql[] =
      "UPDATE dates SET packed = ?2, likeness = nullif(?3, 0), identity = ?4 WHERE activity = ?1";
  LyktaIdentity identity;
  g_autoptr (GBytes) packed = lykta_dates_pack ((const LyktaDateRow *)rows->data, rows->len);
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->database, is_new ? insert_sql : update_sql, error);

  if (statement == NULL)
    return FALSE;
  lykta_identity_of (activity, &identity);
  lykta_statement_bind (statement, "ibib", id, g_bytes_get_data (packed, NULL),
                        g_bytes_get_size (packed), (gint64)identity.key, &identity,
                        sizeof identity);
  return lykta_statement_run (statement, error);
}

static gboolean
add_to_blocks (LyktaActivityRows *self, GArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    if (!lykta_date_blocks_add (&self->blocks, &g_array_index (rows, LyktaDateRow, i), error))
      return FALSE;
  return TRUE;
}

/* @old_rows (nullable): what was there before. */
static gboolean
write_dates (LyktaActivityRows *self,
             gint64 id,
             gint64 rank,
             const LyktaActivityRecord *record,
             GArray *old_rows,
             gboolean is_horizon,
             GError **error)
{
  LyktaActivity *activity = record->activity;
  const gboolean is_cancelled = lykta_activity_get_status (activity) == LYKTA_STATUS_CANCELLED;
  g_autoptr (GArray) rows = make_rows (record, id, rank);

  return lykta_cancelled_dates_update (self, id, is_cancelled, old_rows, rows, error) &&
         (is_horizon ? put_packed (self, id, rows, error)
                     : put_identity (self, id, old_rows == NULL, activity, rows, error)) &&
         add_to_blocks (self, rows, error);
}

gboolean
lykta_activity_rows_load_dates (LyktaActivityRows *self, gint64 id, GArray *rows, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database,
      "SELECT d.packed, a.rank FROM dates d JOIN activity a ON a.id = d.activity WHERE a.id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "i", id);
  const LyktaStep step = lykta_statement_step (statement, error);
  if (step != LYKTA_STEP_ROW)
    return step == LYKTA_STEP_DONE;
  if (lykta_dates_unpack (sqlite3_column_blob (statement, 0),
                          (gsize)sqlite3_column_bytes (statement, 0), id,
                          sqlite3_column_int64 (statement, 1), rows))
    return TRUE;
  g_set_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED,
               "the dates of activity %" G_GINT64_FORMAT " cannot be read", id);
  return FALSE;
}

/* What was there. (transfer full) (element-type LyktaDateRow) */
static GArray *
remove_dates (LyktaActivityRows *self, gint64 id, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (LyktaDateRow));

  if (!lykta_activity_rows_load_dates (self, id, rows, error))
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    lykta_date_blocks_remove (&self->blocks, &g_array_index (rows, LyktaDateRow, i));
  return g_steal_pointer (&rows);
}

gboolean
lykta_activity_rows_set_flags (
    LyktaActivityRows *self, gint64 id, GArray *rows, GArray *changed, GError **error)
{
  for (guint i = 0; i < changed->len; i++) {
    const guint index = g_array_index (changed, guint, i);
    if (!lykta_date_blocks_flag (&self->blocks, &g_array_index (rows, LyktaDateRow, index), error))
      return FALSE;
  }
  return changed->len == 0 || put_packed (self, id, rows, error);
}

/* ---- the search ---- */

static gboolean
run_search_statement (
    LyktaActivityRows *self, const char *sql, gint64 id, const char *text, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (self->database, sql, error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "is", id, text);
  return lykta_statement_run (statement, error);
}

static gboolean
index_titles (LyktaActivityRows *self, gint64 id, const char *titles, GError **error)
{
  return run_search_statement (self, "INSERT INTO title_search (rowid, title) VALUES (?1, ?2)", id,
                               titles, error);
}

static gboolean
index_words (LyktaActivityRows *self, gint64 id, const char *words, GError **error)
{
  return run_search_statement (self, "INSERT INTO word_search (rowid, words) VALUES (?1, ?2)", id,
                               words, error);
}

/* The search holds no text of its own: a row is taken out by telling the text it was made from. */
static gboolean
forget_titles (LyktaActivityRows *self, gint64 id, const char *titles, GError **error)
{
  return run_search_statement (
      self, "INSERT INTO title_search (title_search, rowid, title) VALUES ('delete', ?1, ?2)", id,
      titles, error);
}

static gboolean
forget_words (LyktaActivityRows *self, gint64 id, const char *words, GError **error)
{
  return run_search_statement (
      self, "INSERT INTO word_search (word_search, rowid, words) VALUES ('delete', ?1, ?2)", id,
      words, error);
}

static LyktaActivity *
load_activity (LyktaActivityRows *self, gint64 id, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "SELECT data FROM detail WHERE activity = ?1", error);

  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "i", id);
  const LyktaStep step = lykta_statement_step (statement, error);
  if (step == LYKTA_STEP_DONE)
    g_set_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED,
                 "activity %" G_GINT64_FORMAT " has no detail", id);
  return step == LYKTA_STEP_ROW ? lykta_content_parse_detail (statement, 0, error) : NULL;
}

/* Touches the search only as far as words changed. */
static gboolean
reindex (LyktaActivityRows *self, gint64 id, LyktaActivity *old, LyktaActivity *new, GError **error)
{
  g_autofree char *old_titles = lykta_content_search_titles (old);
  g_autofree char *new_titles = lykta_content_search_titles (new);
  g_autofree char *old_words = lykta_content_search_words (old);
  g_autofree char *new_words = lykta_content_search_words (new);

  if (!g_str_equal (old_titles, new_titles) &&
      (!forget_titles (self, id, old_titles, error) || !index_titles (self, id, new_titles, error)))
    return FALSE;
  return g_str_equal (old_words, new_words) ||
         (forget_words (self, id, old_words, error) && index_words (self, id, new_words, error));
}

/* ---- rows ---- */

static gboolean
write_titles (LyktaActivityRows *self, gint64 id, LyktaActivity *activity, GError **error)
{
  LyktaTexts *titles = lykta_activity_get_title (activity);
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "INSERT INTO title (activity, language, text) VALUES (?1, ?2, ?3)", error);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < lykta_texts_get_n (titles); i++) {
    lykta_statement_bind (statement, "iss", id, lykta_texts_get_nth_language (titles, i),
                          lykta_texts_get_nth_text (titles, i));
    if (!lykta_statement_run (statement, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_detail (LyktaActivityRows *self, gint64 id, const LyktaActivityRecord *record, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "INSERT OR REPLACE INTO detail (activity, data) VALUES (?1, ?2)", error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "ib", id, record->data, record->size);
  return lykta_statement_run (statement, error);
}

/* @spoken must live until the statement has run. */
static void
bind_activity (LyktaActivityRows *self,
               LyktaStatement *statement,
               gint64 id,
               gint64 rank,
               const LyktaActivityRecord *record,
               const char *spoken)
{
  LyktaActivity *activity = record->activity;
  LyktaPlace *place = lykta_activity_get_place (activity);
  LyktaOrganiser *organiser = lykta_activity_get_organiser (activity);
  const char *label = NULL;

  if (place != NULL)
    label = lykta_place_get_name (place) != NULL ? lykta_place_get_name (place)
                                                 : lykta_place_get_street (place);
  lykta_statement_bind (
      statement, record->expanded_until != 0 ? "iisbiiiiiissssddisi" : "iisbiiiiiissssddisn", id,
      record->source, lykta_activity_get_uid (activity), record->hash, record->hash_size,
      self->revision, rank, (gint64)lykta_bits_of_activity (activity, record->source),
      (gint64)lykta_activity_get_primary_purpose (activity),
      (gint64)lykta_activity_get_childcare (activity), (gint64)lykta_activity_is_sample (activity),
      label, place != NULL ? lykta_place_get_town (place) : NULL,
      place != NULL ? lykta_place_get_municipality_code (place) : NULL,
      organiser != NULL ? lykta_organiser_get_name (organiser) : NULL,
      place != NULL ? lykta_place_get_latitude (place) : NAN,
      place != NULL ? lykta_place_get_longitude (place) : NAN,
      (gint64)lykta_traits_of_activity (activity), spoken, record->expanded_until);
}

/* What the row before it knew and the activity does not. */
typedef struct {
  GArray *dates;          /* (owned) (nullable) (element-type LyktaDateRow) */
  gint64 cancelled_since; /* 0 not */
} Before;

static void
before_clear (Before *self)
{
  g_clear_pointer (&self->dates, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Before, before_clear)

static gint64
cancelled_since (LyktaActivityRows *self, const LyktaActivityRecord *record, const Before *before)
{
  if (lykta_activity_get_status (record->activity) != LYKTA_STATUS_CANCELLED)
    return 0;
  return before->cancelled_since != 0 ? before->cancelled_since : self->now;
}

/* Rare, and so not among the columns of every insert. */
static gboolean
put_cancelled_since (LyktaActivityRows *self, gint64 id, gint64 since, GError **error)
{
  if (since == 0)
    return TRUE;
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "UPDATE activity SET cancelled_since = ?2 WHERE id = ?1", error);
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "ii", id, since);
  return lykta_statement_run (statement, error);
}

/* Everything but the search; @id 0 takes the next free row. */
static gboolean
write_rows (LyktaActivityRows *self,
            gint64 *id,
            const LyktaActivityRecord *record,
            const Before *before,
            GError **error)
{
  static const char insert_sql[] =
      "INSERT INTO activity (id, source, uid, hash, revision, rank, bits, primary_purpose,"
      " childcare, is_sample, place, town, municipality, organiser, latitude, longitude,"
      " traits, spoken, expanded_until) VALUES (nullif(?1, 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
      " ?13, ?14, ?15, ?16, ?17, ?18, ?19)";
  const gint64 rank = rank_of (record->activity);
  g_autofree char *spoken = lykta_spoken_of_activity (record->activity);
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->database, insert_sql, error);

  if (statement == NULL)
    return FALSE;
  bind_activity (self, statement, *id, rank, record, spoken);
  if (!lykta_statement_run (statement, error))
    return FALSE;
  if (*id == 0)
    *id = sqlite3_last_insert_rowid (lykta_database_get_handle (self->database));
  return write_titles (self, *id, record->activity, error) &&
         write_detail (self, *id, record, error) &&
         put_cancelled_since (self, *id, cancelled_since (self, record, before), error) &&
         write_dates (self, *id, rank, record, before->dates, FALSE, error);
}

static gboolean
run_for_id (LyktaActivityRows *self, const char *sql, gint64 id, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (self->database, sql, error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "i", id);
  return lykta_statement_run (statement, error);
}

/* Everything but detail, dates and the search, which are replaced in place. */
static gboolean
clear_rows (LyktaActivityRows *self, gint64 id, Before *before, GError **error)
{
  before->dates = remove_dates (self, id, error);
  return before->dates != NULL &&
         lykta_cancelled_dates_get_since (self, id, &before->cancelled_since, error) &&
         run_for_id (self, "DELETE FROM title WHERE activity = ?1", id, error) &&
         run_for_id (self, "DELETE FROM activity WHERE id = ?1", id, error);
}

gboolean
lykta_activity_rows_insert (LyktaActivityRows *self,
                            const LyktaActivityRecord *record,
                            gint64 *id,
                            GError **error)
{
  g_autofree char *titles = lykta_content_search_titles (record->activity);
  g_autofree char *words = lykta_content_search_words (record->activity);
  const Before nothing = {0};

  *id = 0;
  return write_rows (self, id, record, &nothing, error) &&
         index_titles (self, *id, titles, error) && index_words (self, *id, words, error);
}

gboolean
lykta_activity_rows_replace (LyktaActivityRows *self,
                             gint64 id,
                             const LyktaActivityRecord *record,
                             GError **error)
{
  g_autoptr (LyktaActivity) old = load_activity (self, id, error);
  g_auto (Before) before = {0};

  return old != NULL && clear_rows (self, id, &before, error) &&
         write_rows (self, &id, record, &before, error) &&
         reindex (self, id, old, record->activity, error);
}

gboolean
lykta_activity_rows_remove (LyktaActivityRows *self, gint64 id, GError **error)
{
  g_autoptr (LyktaActivity) old = load_activity (self, id, error);

  if (old == NULL)
    return FALSE;
  g_autofree char *titles = lykta_content_search_titles (old);
  g_autofree char *words = lykta_content_search_words (old);
  g_auto (Before) before = {0};
  return clear_rows (self, id, &before, error) && lykta_cancelled_dates_forget (self, id, error) &&
         run_for_id (self, "DELETE FROM detail WHERE activity = ?1", id, error) &&
         run_for_id (self, "DELETE FROM dates WHERE activity = ?1", id, error) &&
         forget_titles (self, id, titles, error) && forget_words (self, id, words, error);
}

static gboolean
keep_until (LyktaActivityRows *self, gint64 id, gint64 until, GError **error)
{
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->database,
                                "UPDATE activity SET kept_until = ?2, missing_since = NULL,"
                                " expanded_until = NULL, revision = ?3 WHERE id = ?1",
                                error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "iii", id, until, self->revision);
  return lykta_statement_run (statement, error);
}

gboolean
lykta_activity_rows_retire (LyktaActivityRows *self, gint64 id, gboolean *is_kept, GError **error)
{
  gint64 since, until;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (LyktaDateRow));

  if (!lykta_activity_rows_load_dates (self, id, rows, error) ||
      !lykta_cancelled_dates_get_since (self, id, &since, error) ||
      !lykta_cancelled_dates_keep (self, id, since, rows, &until, error))
    return FALSE;
  *is_kept = rows->len > 0;
  if (!*is_kept)
    return lykta_activity_rows_remove (self, id, error);
  g_autoptr (GArray) before = remove_dates (self, id, error);
  return before != NULL && put_packed (self, id, rows, error) &&
         add_to_blocks (self, rows, error) && keep_until (self, id, until, error);
}

gboolean
lykta_activity_rows_remove_all (LyktaActivityRows *self, GError **error)
{
  lykta_date_blocks_discard (&self->blocks);
  return lykta_database_exec (self->database,
                              "DELETE FROM day_dates; DELETE FROM long_dates; DELETE FROM dates;"
                              "DELETE FROM detail; DELETE FROM cancelled;"
                              "DELETE FROM title; DELETE FROM activity;"
                              "INSERT INTO title_search (title_search) VALUES ('delete-all');"
                              "INSERT INTO word_search (word_search) VALUES ('delete-all')",
                              error);
}

gboolean
lykta_activity_rows_renew_identity (LyktaActivityRows *self, gint64 id, GError **error)
{
  g_autoptr (LyktaActivity) activity = load_activity (self, id, error);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (LyktaDateRow));

  return activity != NULL && lykta_activity_rows_load_dates (self, id, rows, error) &&
         put_identity (self, id, FALSE, activity, rows, error);
}

/* As it was written: an ICU of another day may sort otherwise. */
static gboolean
load_rank (LyktaActivityRows *self, gint64 id, gint64 *rank, GError **error)
{
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->database, "SELECT rank FROM activity WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "i", id);
  return lykta_statement_get_int64 (statement, 0, rank, error);
}

gboolean
lykta_activity_rows_set_dates (LyktaActivityRows *self,
                               gint64 id,
                               const LyktaActivityRecord *record,
                               GError **error)
{
  gint64 rank;
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "UPDATE activity SET expanded_until = nullif(?2, 0) WHERE id = ?1", error);

  if (statement == NULL || !load_rank (self, id, &rank, error))
    return FALSE;
  g_autoptr (GArray) before = remove_dates (self, id, error);
  if (before == NULL)
    return FALSE;
  lykta_statement_bind (statement, "ii", id, record->expanded_until);
  return lykta_statement_run (statement, error) &&
         write_dates (self, id, rank, record, before, TRUE, error);
}
