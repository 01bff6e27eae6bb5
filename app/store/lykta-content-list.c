/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-content-reader-private.h"

#include <math.h>
#include <string.h>

#include "store/lykta-date-blocks-private.h"
#include "text/lykta-language.h"

/* Lists: which dates a query finds, and what their cards say. Dates come from the index when it is
 * of this generation, else from a walk along the days; cards always from the tables. */

/* ---- a walk along the days ---- */

/* What the walk hands on: dates that also pass the search and the radius. */
typedef struct {
  const LyktaCandidates *candidates; /* (unowned) */
  LyktaDateRowFunc func;
  gpointer user_data;
} Sieve;

static gboolean
sift (const LyktaDateRow *row, gpointer user_data)
{
  const Sieve *sieve = user_data;

  return !lykta_candidates_pass (sieve->candidates, row) || sieve->func (row, sieve->user_data);
}

static gboolean
walk (LyktaContentReader *self,
      LyktaQuery *query,
      LyktaDateRowFunc func,
      gpointer user_data,
      GError **error)
{
  g_auto (LyktaCandidates) candidates = {0};
  Sieve sieve = {.candidates = &candidates, .func = func, .user_data = user_data};
  LyktaFilter filter;
  gint64 source;

  if (!lykta_content_reader_find_source (self, lykta_query_get_source (query), &source, error) ||
      !lykta_content_reader_find_candidates (self, query, TRUE, &candidates, error))
    return FALSE;
  if (candidates.has_search && candidates.found->len == 0)
    return TRUE;
  lykta_filter_init (&filter, query, source);
  return lykta_date_blocks_walk (lykta_content_reader_get_database (self), &filter, sift, &sieve,
                                 error);
}

/* ---- cards ---- */

typedef struct {
  LyktaContentReader *reader; /* (unowned) */
  LyktaQuery *query;          /* (unowned) */
  const char *const *chain;   /* (unowned) languages to look for, in order */
} CardMaker;

static guint
place_in_chain (const char *const *chain, const char *language)
{
  guint i = 0;

  while (chain[i] != NULL && strcmp (chain[i], language) != 0)
    i++;
  return i;
}

/* Best title for the reader's language; @text and @language are set to copies, and @second to the
 * one in the query's second language. */
static gboolean
load_title (const CardMaker *self,
            gint64 activity,
            char **text,
            const char **language,
            char **second,
            GError **error)
{
  const char *wanted = lykta_query_get_second_language (self->query);
  guint best = G_MAXUINT;
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (lykta_content_reader_get_database (self->reader),
                                "SELECT language, text FROM title WHERE activity = ?1", error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "i", activity);
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    const char *found = lykta_statement_text (statement, 0);
    const guint place = place_in_chain (self->chain, found);
    if (g_strcmp0 (found, wanted) == 0) {
      g_free (*second);
      *second = g_strdup (lykta_statement_text (statement, 1));
    }
    if (place >= best)
      continue;
    best = place;
    *language = g_intern_string (found);
    g_free (*text);
    *text = g_strdup (lykta_statement_text (statement, 1));
  }
  return step == LYKTA_STEP_DONE;
}

/* What other sources call the same activity, when its own titles are not in the reader's language.
 */
static gboolean
load_better_title (const CardMaker *self,
                   gint64 same_as,
                   gint64 source,
                   char **text,
                   const char **language,
                   GError **error)
{
  guint best = *language != NULL ? place_in_chain (self->chain, *language) : G_MAXUINT;
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (lykta_content_reader_get_database (self->reader),
                                "SELECT t.language, t.text FROM activity a"
                                " JOIN title t ON t.activity = a.id"
                                " WHERE a.same_as = ?1 AND a.source <> ?2 LIMIT 64",
                                error);

  if (best == 0)
    return TRUE;
  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "ii", same_as, source);
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    const char *found = lykta_statement_text (statement, 0);
    const guint place = place_in_chain (self->chain, found);
    if (place >= best || self->chain[place] == NULL)
      continue;
    best = place;
    *language = g_intern_string (found);
    g_free (*text);
    *text = g_strdup (lykta_statement_text (statement, 1));
  }
  return step == LYKTA_STEP_DONE;
}

static const char *
place_label (LyktaPlace *place)
{
  return lykta_place_get_name (place) != NULL ? lykta_place_get_name (place)
                                              : lykta_place_get_street (place);
}

/* What this one date has of its own: looked up in the activity, because few dates have it. */
static LyktaActivity *
apply_override (const CardMaker *self,
                const LyktaDateRow *row,
                LyktaCardFields *fields,
                double *latitude,
                double *longitude)
{
  g_autoptr (LyktaActivity) activity =
      lykta_content_reader_get_activity_by_id (self->reader, row->activity, NULL);
  if (activity == NULL)
    return NULL;
  const LyktaOverride *override = lykta_schedule_find_override (
      lykta_activity_get_schedule (activity), row->start - row->moved);
  if (override == NULL)
    return NULL;
  if (override->title != NULL && lykta_texts_get_n (override->title) > 0) {
    const char *wanted = lykta_query_get_second_language (self->query);
    fields->title = lykta_texts_choose (override->title, self->chain, &fields->title_language);
    fields->second_title = wanted != NULL ? lykta_texts_get (override->title, wanted) : NULL;
  }
  if (override->place != NULL) {
    fields->place = place_label (override->place);
    fields->town = lykta_place_get_town (override->place);
    fields->municipality_code = lykta_place_get_municipality_code (override->place);
    *latitude = lykta_place_get_latitude (override->place);
    *longitude = lykta_place_get_longitude (override->place);
  }
  return g_steal_pointer (&activity);
}

static double
measure (LyktaQuery *query, const LyktaDateRow *row, double latitude, double longitude)
{
  if (!lykta_query_has_position (query) || (row->bits & LYKTA_BIT_ON_SITE) == 0 ||
      isnan (latitude) || isnan (longitude))
    return NAN;
  return lykta_distance_km (lykta_query_get_latitude (query), lykta_query_get_longitude (query),
                            latitude, longitude);
}

static const char card_sql[] =
    "SELECT uid, source, primary_purpose, childcare, is_sample, place, town, municipality,"
    " organiser, latitude, longitude, same_as FROM activity WHERE id = ?1";

static LyktaCard *
make_card (const CardMaker *self, const LyktaDateRow *row, gboolean is_first_of_day, GError **error)
{
  LyktaCardFields fields = {.activity_id = row->activity, .distance_km = NAN};
  g_autofree char *title = NULL;
  g_autofree char *second = NULL;
  g_autoptr (LyktaActivity) overridden = NULL;
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (lykta_content_reader_get_database (self->reader), card_sql, error);

  if (statement == NULL)
    return NULL;
  lykta_date_row_to_occurrence (row, &fields.occurrence);
  fields.is_first_of_day = is_first_of_day;
  lykta_statement_bind (statement, "i", row->activity);
  const LyktaStep step = lykta_statement_step (statement, error);
  if (step == LYKTA_STEP_DONE)
    return lykta_card_new (&fields);
  if (step == LYKTA_STEP_ERROR ||
      !load_title (self, row->activity, &title, &fields.title_language, &second, error))
    return NULL;
  if (sqlite3_column_int64 (statement, 11) != 0 &&
      !load_better_title (self, sqlite3_column_int64 (statement, 11),
                          sqlite3_column_int64 (statement, 1), &title, &fields.title_language,
                          error))
    return NULL;
  double latitude = lykta_statement_double (statement, 9);
  double longitude = lykta_statement_double (statement, 10);
  fields.uid = lykta_statement_text (statement, 0);
  fields.source_id =
      lykta_content_reader_get_source_id (self->reader, sqlite3_column_int64 (statement, 1), NULL);
  fields.title = title;
  fields.second_title = second;
  fields.purposes = row->bits & LYKTA_BIT_PURPOSES;
  fields.primary_purpose = (LyktaPurposes)sqlite3_column_int64 (statement, 2);
  fields.childcare = (LyktaTristate)sqlite3_column_int64 (statement, 3);
  fields.is_sample = sqlite3_column_int64 (statement, 4) != 0;
  fields.offers_certificate = (row->bits & LYKTA_BIT_CERTIFICATE) != 0;
  fields.place = lykta_statement_text (statement, 5);
  fields.town = lykta_statement_text (statement, 6);
  fields.municipality_code = lykta_statement_text (statement, 7);
  fields.organiser = lykta_statement_text (statement, 8);
  if ((row->bits & LYKTA_BIT_OVERRIDDEN) != 0)
    overridden = apply_override (self, row, &fields, &latitude, &longitude);
  fields.distance_km = measure (self->query, row, latitude, longitude);
  if (fields.title_language == lykta_query_get_second_language (self->query))
    fields.second_title = NULL;
  return lykta_card_new (&fields);
}

/* Cards of @rows but the first @n_before, which only tell where a day begins. */
static GPtrArray *
make_cards (
    LyktaContentReader *self, LyktaQuery *query, GArray *rows, guint n_before, GError **error)
{
  const CardMaker maker = {
      .reader = self,
      .query = query,
      .chain = lykta_language_fallback_chain (lykta_query_get_language (query)),
  };
  g_autoptr (GPtrArray) cards = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = n_before; i < rows->len; i++) {
    const LyktaDateRow *row = &g_array_index (rows, LyktaDateRow, i);
    const gboolean is_first =
        i == 0 || lykta_date_compare (lykta_date_of_moment (row->start),
                                      lykta_date_of_moment (row[-1].start)) != 0;
    LyktaCard *card = make_card (&maker, row, is_first, error);
    if (card == NULL)
      return NULL;
    g_ptr_array_add (cards, card);
  }
  return g_steal_pointer (&cards);
}

/* ---- pages ---- */

typedef struct {
  GArray *rows; /* (element-type LyktaDateRow) */
  guint n_skip;
  guint n_wanted;
} Page;

static gboolean
add_to_page (const LyktaDateRow *row, gpointer user_data)
{
  Page *page = user_data;

  if (page->n_skip > 0) {
    page->n_skip--;
    return TRUE;
  }
  g_array_append_val (page->rows, *row);
  return page->rows->len < page->n_wanted;
}

static void
copy_from_selection (LyktaSelection *selection, guint first, guint n, GArray *rows)
{
  for (guint i = first; i < selection->n && rows->len < n; i++) {
    LyktaDateRow row;
    lykta_occurrence_index_get_row (selection->index, selection->positions[i], &row);
    g_array_append_val (rows, row);
  }
}

static GPtrArray *
list (LyktaContentReader *self, LyktaQuery *query, guint offset, guint limit, GError **error)
{
  const guint n_before = offset > 0 ? 1 : 0;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (LyktaDateRow));
  GError *local_error = NULL;
  g_autoptr (LyktaSelection) selection = lykta_content_reader_select (self, query, &local_error);

  if (selection != NULL) {
    copy_from_selection (selection, offset - n_before, limit + n_before, rows);
  } else if (local_error == NULL) {
    Page page = {.rows = rows, .n_skip = offset - n_before, .n_wanted = limit + n_before};
    walk (self, query, add_to_page, &page, &local_error);
  }
  if (local_error != NULL) {
    g_propagate_error (error, local_error);
    return NULL;
  }
  return make_cards (self, query, rows, n_before, error);
}

GPtrArray *
lykta_content_reader_list (
    LyktaContentReader *self, LyktaQuery *query, guint offset, guint limit, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), NULL);
  g_return_val_if_fail (query != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (limit == 0)
    return g_ptr_array_new_with_free_func (g_object_unref);
  GError *local_error = NULL;
  GPtrArray *cards = NULL;
  if (lykta_content_reader_enter (self, &local_error)) {
    cards = list (self, query, offset, MIN (limit, G_MAXINT), &local_error);
    lykta_content_reader_leave (self, local_error);
  }
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return cards;
}

GPtrArray *
lykta_content_reader_list_selection (LyktaContentReader *self,
                                     LyktaQuery *query,
                                     LyktaSelection *selection,
                                     guint offset,
                                     guint limit,
                                     GError **error)
{
  const guint n_before = offset > 0 ? 1 : 0;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (LyktaDateRow));
  GError *local_error = NULL;
  GPtrArray *cards = NULL;

  copy_from_selection (selection, offset - n_before, limit + n_before, rows);
  if (lykta_content_reader_enter (self, &local_error)) {
    cards = make_cards (self, query, rows, n_before, &local_error);
    lykta_content_reader_leave (self, local_error);
  }
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return cards;
}

LyktaCard *
lykta_content_reader_get_card (LyktaContentReader *self,
                               gint64 activity_id,
                               gint64 start,
                               const char *language,
                               GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), NULL);
  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (LyktaQuery) query = lykta_query_new (language, start);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (LyktaDateRow));
  if (!lykta_content_reader_load_shown_dates (self, activity_id, rows, error))
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, LyktaDateRow, i).start == start) {
      g_array_remove_range (rows, 0, i);
      g_array_set_size (rows, 1);
      g_autoptr (GPtrArray) cards = make_cards (self, query, rows, 0, error);
      return cards != NULL ? g_object_ref (g_ptr_array_index (cards, 0)) : NULL;
    }
  return NULL;
}

/* ---- counting and looking ahead ---- */

static gboolean
add_one (const LyktaDateRow *row, gpointer user_data)
{
  *(gint64 *)user_data += !lykta_bits_are_doubtful (row->bits);
  return TRUE;
}

static void
look_through (LyktaSelection *selection, LyktaDateRowFunc func, gpointer user_data)
{
  for (guint i = 0; i < selection->n; i++) {
    LyktaDateRow row;
    lykta_occurrence_index_get_row (selection->index, selection->positions[i], &row);
    if (!func (&row, user_data))
      return;
  }
}

gint64
lykta_content_reader_count (LyktaContentReader *self, LyktaQuery *query, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), -1);
  g_return_val_if_fail (query != NULL, -1);
  g_return_val_if_fail (error == NULL || *error == NULL, -1);

  GError *local_error = NULL;
  gint64 n = 0;
  if (lykta_content_reader_enter (self, &local_error)) {
    g_autoptr (LyktaSelection) selection = lykta_content_reader_select (self, query, &local_error);
    if (selection != NULL)
      look_through (selection, add_one, &n);
    else if (local_error == NULL)
      walk (self, query, add_one, &n, &local_error);
    lykta_content_reader_leave (self, local_error);
  }
  if (local_error == NULL)
    return n;
  g_propagate_error (error, local_error);
  return -1;
}

typedef struct {
  gint64 from;
  gint64 found;
  gboolean is_found;
} NextDay;

static gboolean
note_beginning (const LyktaDateRow *row, gpointer user_data)
{
  NextDay *next = user_data;

  if (row->start < next->from || lykta_bits_are_doubtful (row->bits))
    return TRUE;
  next->found = row->start;
  next->is_found = TRUE;
  return FALSE;
}

gboolean
lykta_content_reader_find_next_day (LyktaContentReader *self,
                                    LyktaQuery *query,
                                    LyktaDate *day,
                                    GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), FALSE);
  g_return_val_if_fail (query != NULL, FALSE);
  g_return_val_if_fail (day != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  NextDay next = {.from = lykta_query_get_to (query) != 0 ? lykta_query_get_to (query)
                                                          : lykta_query_get_from (query)};
  g_autoptr (LyktaQuery) later = lykta_query_with_period (query, next.from, 0);
  GError *local_error = NULL;
  *day = (LyktaDate){0};
  if (lykta_content_reader_enter (self, &local_error)) {
    g_autoptr (LyktaSelection) selection = lykta_content_reader_select (self, later, &local_error);
    if (selection != NULL)
      look_through (selection, note_beginning, &next);
    else if (local_error == NULL)
      walk (self, later, note_beginning, &next, &local_error);
    lykta_content_reader_leave (self, local_error);
  }
  if (local_error != NULL) {
    g_propagate_error (error, local_error);
    return FALSE;
  }
  if (next.is_found)
    *day = lykta_date_of_moment (next.found);
  return next.is_found;
}
