/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-content-schema-private.h"

#include "store/lykta-occurrence-bits-private.h"
#include "text/lykta-search-fold.h"

/* Raise when lykta_content_search_titles() or _words() gives other words than before, or
 * lykta_traits_of_activity() other traits. */
#define DOCUMENT_VERSION 2

/* Every step that was ever released stays as it is; tests/store/fixtures holds a file of each.
 *
 * A list is a walk along "day_dates" (lykta-date-blocks.c): a row is a day, and holds its dates
 * packed in the order of lists, each with all that filters ask. A row for each date would cost more
 * than all the rest of an import. Which dates an activity has is packed in "dates". Texts stand
 * once, in "detail", but for titles, which lists need in one language at a time. The two search
 * tables hold no text (content=''), only words: rows are taken out by giving the old text again. */
static const char step_1[] =
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    "INSERT INTO meta VALUES ('generation', 1);"
    "CREATE TABLE source ("
    "  id INTEGER PRIMARY KEY, token TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
    "  address TEXT NOT NULL, format TEXT NOT NULL, language TEXT NOT NULL,"
    "  position INTEGER NOT NULL, is_loading INTEGER NOT NULL DEFAULT 0,"
    "  last_attempt INTEGER NOT NULL DEFAULT 0, last_confirmed INTEGER NOT NULL DEFAULT 0,"
    "  last_changed INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,"
    "  failure TEXT, failure_detail TEXT, etag TEXT, last_modified TEXT, content_hash TEXT,"
    "  n_activities INTEGER NOT NULL DEFAULT 0, n_quarantined INTEGER NOT NULL DEFAULT 0,"
    "  bytes_received INTEGER NOT NULL DEFAULT 0);"
    "CREATE TABLE quarantine ("
    "  source INTEGER NOT NULL, number INTEGER NOT NULL, line INTEGER NOT NULL, uid TEXT,"
    "  code TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY (source, number)) WITHOUT ROWID;"
    "CREATE TABLE activity ("
    "  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, uid TEXT NOT NULL, hash BLOB NOT NULL,"
    "  revision INTEGER NOT NULL, rank INTEGER NOT NULL, bits INTEGER NOT NULL,"
    "  primary_purpose INTEGER NOT NULL, childcare INTEGER NOT NULL, is_sample INTEGER NOT NULL,"
    "  place TEXT, town TEXT, municipality TEXT, organiser TEXT, latitude REAL, longitude REAL,"
    "  expanded_until INTEGER, UNIQUE (source, uid));"
    "CREATE INDEX activity_horizon ON activity (expanded_until)"
    "  WHERE expanded_until IS NOT NULL;"
    "CREATE TABLE title ("
    "  activity INTEGER NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL,"
    "  PRIMARY KEY (activity, language)) WITHOUT ROWID;"
    "CREATE TABLE detail (activity INTEGER PRIMARY KEY, data BLOB NOT NULL);"
    "CREATE TABLE dates (activity INTEGER PRIMARY KEY, packed BLOB NOT NULL);"
    "CREATE TABLE day_dates ("
    "  number INTEGER PRIMARY KEY, n INTEGER NOT NULL, packed BLOB NOT NULL);"
    "CREATE TABLE long_dates ("
    "  number INTEGER PRIMARY KEY, n INTEGER NOT NULL, packed BLOB NOT NULL);"
    "CREATE VIRTUAL TABLE title_search USING fts5 (title, content='', columnsize=0,"
    "  detail=none, prefix='1 2', tokenize='lykta');"
    "CREATE VIRTUAL TABLE word_search USING fts5 (words, content='', columnsize=0,"
    "  detail=none, tokenize='lykta');";

/* What a Lykta feed sent, in byte order of the ids: the index alone answers which there are. */
static const char step_2[] =
    "CREATE TABLE record ("
    "  source INTEGER NOT NULL, id TEXT NOT NULL, hash BLOB NOT NULL, size INTEGER NOT NULL,"
    "  data BLOB NOT NULL);"
    "CREATE INDEX record_order ON record (source, id, hash, size);";

/* What filters ask of a whole activity; filled in from "detail" when the file is next opened. */
static const char step_3[] = "ALTER TABLE activity ADD COLUMN traits INTEGER NOT NULL DEFAULT 0;"
                             "ALTER TABLE activity ADD COLUMN spoken TEXT;";

/* Which activities are the same (same_as: row of the one that stands for all, its own for itself),
 * and what is not there any more but still shown: missing_since a plain source has not sent it,
 * until when (kept_until) a cancellation outlives its activity, since when all of it is cancelled.
 * "identity" is what records are compared by (LyktaIdentity as it lies in memory: the file stays on
 * its machine), "likeness" the part of it that can be looked up. "cancelled": since when single
 * dates are; is_kept: the source has taken the date out. */
static const char step_4[] =
    "ALTER TABLE activity ADD COLUMN same_as INTEGER;"
    "ALTER TABLE activity ADD COLUMN missing_since INTEGER;"
    "ALTER TABLE activity ADD COLUMN kept_until INTEGER;"
    "ALTER TABLE activity ADD COLUMN cancelled_since INTEGER;"
    "ALTER TABLE dates ADD COLUMN likeness INTEGER;"
    "ALTER TABLE dates ADD COLUMN identity BLOB;"
    "CREATE TABLE cancelled ("
    "  activity INTEGER NOT NULL, original INTEGER NOT NULL, seen INTEGER NOT NULL,"
    "  is_kept INTEGER NOT NULL, PRIMARY KEY (activity, original)) WITHOUT ROWID;"
    "CREATE INDEX activity_same ON activity (same_as) WHERE same_as IS NOT NULL;"
    "CREATE INDEX activity_missing ON activity (source, missing_since)"
    "  WHERE missing_since IS NOT NULL;"
    "CREATE INDEX activity_kept ON activity (kept_until) WHERE kept_until IS NOT NULL;"
    "CREATE INDEX dates_likeness ON dates (likeness) WHERE likeness IS NOT NULL;"
    "CREATE INDEX cancelled_kept ON cancelled (seen) WHERE is_kept;";

/* What a Lykta feed carries beside the calendar. */
static const char step_5[] =
    "CREATE TABLE attachment ("
    "  source INTEGER NOT NULL, kind TEXT NOT NULL, hash TEXT NOT NULL, data BLOB NOT NULL,"
    "  PRIMARY KEY (source, kind));";

const char *const lykta_content_schema_steps[] = {step_1, step_2, step_3, step_4, step_5, NULL};

/* ---- what can be searched ---- */

static void
add_text (GString *out, const char *text)
{
  if (text == NULL || text[0] == '\0')
    return;
  g_string_append (out, text);
  g_string_append_c (out, '\n');
}

static void
add_texts (GString *out, LyktaTexts *texts)
{
  if (texts == NULL)
    return;
  for (guint i = 0; i < lykta_texts_get_n (texts); i++)
    add_text (out, lykta_texts_get_nth_text (texts, i));
}

static void
add_place (GString *out, LyktaPlace *place)
{
  if (place == NULL)
    return;
  add_text (out, lykta_place_get_name (place));
  add_text (out, lykta_place_get_street (place));
  add_text (out, lykta_place_get_town (place));
}

static void
add_organiser (GString *out, LyktaOrganiser *organiser)
{
  if (organiser != NULL)
    add_text (out, lykta_organiser_get_name (organiser));
}

static void
add_titles (GString *out, LyktaActivity *activity)
{
  LyktaSchedule *schedule = lykta_activity_get_schedule (activity);

  add_texts (out, lykta_activity_get_title (activity));
  for (guint i = 0; i < lykta_schedule_get_n_overrides (schedule); i++)
    add_texts (out, lykta_schedule_get_override (schedule, i)->title);
}

char *
lykta_content_search_titles (LyktaActivity *activity)
{
  GString *out = g_string_sized_new (256);

  add_titles (out, activity);
  return g_string_free (out, FALSE);
}

char *
lykta_content_search_words (LyktaActivity *activity)
{
  GString *out = g_string_sized_new (2048);
  LyktaSchedule *schedule = lykta_activity_get_schedule (activity);
  const char *const *categories = lykta_activity_get_categories (activity);

  add_titles (out, activity);
  add_texts (out, lykta_activity_get_description (activity));
  add_texts (out, lykta_activity_get_notes (activity));
  add_organiser (out, lykta_activity_get_organiser (activity));
  for (guint i = 0; i < lykta_activity_get_n_co_organisers (activity); i++)
    add_organiser (out, lykta_activity_get_co_organiser (activity, i));
  add_place (out, lykta_activity_get_place (activity));
  for (guint i = 0; categories[i] != NULL; i++)
    add_text (out, categories[i]);
  for (guint i = 0; i < lykta_schedule_get_n_overrides (schedule); i++) {
    const LyktaOverride *override = lykta_schedule_get_override (schedule, i);
    add_texts (out, override->description);
    add_place (out, override->place);
  }
  return g_string_free (out, FALSE);
}

/* ---- keeping the search in step with the program ---- */

static char *
present_search_version (void)
{
  return g_strdup_printf ("%d.%d", LYKTA_FOLD_VERSION, DOCUMENT_VERSION);
}

gboolean
lykta_content_schema_is_search_current (LyktaDatabase *database, GError **error)
{
  g_autofree char *present = present_search_version ();
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      database, "SELECT value FROM meta WHERE key = 'search_version'", error);

  if (statement == NULL || lykta_statement_step (statement, error) == LYKTA_STEP_ERROR)
    return FALSE;
  return g_strcmp0 (lykta_statement_text (statement, 0), present) == 0;
}

LyktaActivity *
lykta_content_parse_detail (LyktaStatement *statement, int column, GError **error)
{
  const gsize size = (gsize)sqlite3_column_bytes (statement, column);
  g_autoptr (GBytes) bytes = g_bytes_new (sqlite3_column_blob (statement, column), size);
  g_autoptr (GVariant) variant =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE));
  LyktaActivity *activity = lykta_activity_new_from_variant (variant);

  if (activity == NULL)
    g_set_error_literal (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED,
                         "an activity in the store cannot be read");
  return activity;
}

static gboolean
index_activity (LyktaDatabase *database, gint64 id, LyktaActivity *activity, GError **error)
{
  g_autofree char *titles = lykta_content_search_titles (activity);
  g_autofree char *words = lykta_content_search_words (activity);
  g_autoptr (LyktaStatement) put_title = lykta_database_statement (
      database, "INSERT INTO title_search (rowid, title) VALUES (?1, ?2)", error);
  g_autoptr (LyktaStatement) put_words = lykta_database_statement (
      database, "INSERT INTO word_search (rowid, words) VALUES (?1, ?2)", error);

  g_autoptr (LyktaStatement) put_traits = lykta_database_statement (
      database, "UPDATE activity SET traits = ?2, spoken = ?3 WHERE id = ?1", error);
  g_autofree char *spoken = lykta_spoken_of_activity (activity);

  if (put_title == NULL || put_words == NULL || put_traits == NULL)
    return FALSE;
  lykta_statement_bind (put_traits, "iis", id, (gint64)lykta_traits_of_activity (activity), spoken);
  lykta_statement_bind (put_title, "is", id, titles);
  lykta_statement_bind (put_words, "is", id, words);
  return lykta_statement_run (put_title, error) && lykta_statement_run (put_words, error) &&
         lykta_statement_run (put_traits, error);
}

static gboolean
index_everything (LyktaDatabase *database, GError **error)
{
  if (!lykta_database_exec (database,
                            "INSERT INTO title_search (title_search) VALUES ('delete-all');"
                            "INSERT INTO word_search (word_search) VALUES ('delete-all')",
                            error))
    return FALSE;
  g_autoptr (LyktaStatement) details = lykta_database_statement (
      database, "SELECT activity, data FROM detail ORDER BY activity", error);
  if (details == NULL)
    return FALSE;
  LyktaStep step;
  while ((step = lykta_statement_step (details, error)) == LYKTA_STEP_ROW) {
    g_autoptr (LyktaActivity) activity = lykta_content_parse_detail (details, 1, error);
    if (activity == NULL ||
        !index_activity (database, sqlite3_column_int64 (details, 0), activity, error))
      return FALSE;
  }
  return step == LYKTA_STEP_DONE;
}

static gboolean
note_search_version (LyktaDatabase *database, GError **error)
{
  g_autofree char *present = present_search_version ();
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      database, "INSERT OR REPLACE INTO meta (key, value) VALUES ('search_version', ?1)", error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "s", present);
  return lykta_statement_run (statement, error);
}

gboolean
lykta_content_schema_update_search (LyktaDatabase *database, GError **error)
{
  GError *local_error = NULL;

  if (lykta_content_schema_is_search_current (database, &local_error))
    return TRUE;
  if (local_error != NULL) {
    g_propagate_error (error, local_error);
    return FALSE;
  }
  if (!lykta_database_begin_write (database, error))
    return FALSE;
  if (index_everything (database, error) && note_search_version (database, error) &&
      lykta_database_commit (database, error))
    return TRUE;
  lykta_database_rollback (database);
  return FALSE;
}
