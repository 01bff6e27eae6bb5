/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-content-reader-private.h"

#include <math.h>
#include <string.h>

#include "text/lykta-search-fold.h"

/* More words than this do not make a question clearer. */
#define MAX_WORDS 12
/* Nobody writes one word in more parts than this. */
#define MAX_PARTS 3
/* A last word as short as this is looked for in titles alone. */
#define SHORT_CHARS 2
/* Degrees of latitude in a kilometre, with room for rounding. */
#define DEGREES_PER_KM (1.01 / 111.19)

/* ---- words ---- */

static gboolean
on_word (
    const char *word, gsize length, gsize start, gsize end, gboolean is_variant, gpointer user_data)
{
  GPtrArray *words = user_data;

  if (!is_variant)
    g_ptr_array_add (words, g_strndup (word, length));
  return words->len < MAX_WORDS;
}

/* All words from @first to before @last, the one before @last as a beginning when @is_open. */
static char *
make_match (GPtrArray *words, guint first, guint last, gboolean is_open)
{
  GString *match = g_string_new (NULL);

  for (guint i = first; i < last; i++) {
    g_auto (GStrv) pieces = g_strsplit (words->pdata[i], "\"", -1);
    g_autofree char *quoted = g_strjoinv ("\"\"", pieces);
    if (i > first)
      g_string_append (match, " AND ");
    g_string_append_printf (match, "\"%s\"", quoted);
    if (is_open && i + 1 == last)
      g_string_append (match, " *");
  }
  return g_string_free (match, FALSE);
}

/* Many write apart what belongs together ("språk kafé"), and not only those who are learning. All
 * of @search as one word; NULL when that makes no sense. */
static char *
write_together (const char *search, GPtrArray *words)
{
  g_auto (GStrv) parts = g_strsplit_set (search, " \t\n", -1);
  g_autofree char *closed = g_strjoinv (NULL, parts);
  g_autoptr (GPtrArray) together = g_ptr_array_new_with_free_func (g_free);

  if (words->len < 2 || words->len > MAX_PARTS)
    return NULL;
  lykta_search_fold (closed, strlen (closed), FALSE, on_word, together);
  return together->len == 1 ? make_match (together, 0, 1, TRUE) : NULL;
}

static GArray *
run_match (LyktaDatabase *database, const char *sql, const char *match, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (LyktaStatement) statement = lykta_database_statement (database, sql, error);

  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "s", match);
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    const gint64 id = sqlite3_column_int64 (statement, 0);
    g_array_append_val (ids, id);
  }
  return step == LYKTA_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/* Keeps in @ids what is also in @others; both rise. */
static void
intersect (GArray *ids, GArray *others)
{
  guint n = 0;

  for (guint i = 0, k = 0; i < ids->len && k < others->len;) {
    const gint64 a = g_array_index (ids, gint64, i);
    const gint64 b = g_array_index (others, gint64, k);
    if (a == b)
      g_array_index (ids, gint64, n++) = a;
    i += a <= b;
    k += b <= a;
  }
  g_array_set_size (ids, n);
}

gboolean
lykta_content_search (LyktaDatabase *database, const char *search, GArray **found, GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  *found = NULL;
  lykta_search_fold (search, strlen (search), FALSE, on_word, words);
  if (words->len == 0)
    return TRUE;
  const char *last = words->pdata[words->len - 1];
  const gboolean is_short = g_utf8_strlen (last, -1) <= SHORT_CHARS;
  const guint n_anywhere = is_short ? words->len - 1 : words->len;
  g_autoptr (GArray) in_titles = NULL;
  g_autoptr (GArray) anywhere = NULL;
  if (is_short) {
    g_autofree char *match = make_match (words, words->len - 1, words->len, TRUE);
    in_titles = run_match (database, "SELECT rowid FROM title_search WHERE title_search MATCH ?1",
                           match, error);
    if (in_titles == NULL)
      return FALSE;
  }
  if (n_anywhere > 0) {
    g_autofree char *apart = make_match (words, 0, n_anywhere, !is_short);
    g_autofree char *together = is_short ? NULL : write_together (search, words);
    g_autofree char *match =
        together != NULL ? g_strconcat ("(", apart, ") OR ", together, NULL) : g_strdup (apart);
    anywhere = run_match (database, "SELECT rowid FROM word_search WHERE word_search MATCH ?1",
                          match, error);
    if (anywhere == NULL)
      return FALSE;
  }
  if (anywhere != NULL && in_titles != NULL)
    intersect (anywhere, in_titles);
  *found = anywhere != NULL ? g_steal_pointer (&anywhere) : g_steal_pointer (&in_titles);
  return TRUE;
}

/* ---- distance ---- */

static gboolean
is_within (const LyktaCandidates *self, double latitude, double longitude)
{
  return fabs (latitude - self->latitude) <= self->within_km * DEGREES_PER_KM &&
         lykta_distance_km (self->latitude, self->longitude, latitude, longitude) <=
             self->within_km;
}

gboolean
lykta_content_find_near (LyktaDatabase *database, LyktaCandidates *candidates, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const double reach = candidates->within_km * DEGREES_PER_KM;
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      database,
      "SELECT id, latitude, longitude FROM activity"
      " WHERE latitude BETWEEN ?1 AND ?2 AND longitude IS NOT NULL ORDER BY id",
      error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "dd", candidates->latitude - reach,
                        candidates->latitude + reach);
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    const gint64 id = sqlite3_column_int64 (statement, 0);
    if (is_within (candidates, sqlite3_column_double (statement, 1),
                   sqlite3_column_double (statement, 2)))
      g_array_append_val (ids, id);
  }
  if (step == LYKTA_STEP_ERROR)
    return FALSE;
  g_clear_pointer (&candidates->near, g_array_unref);
  candidates->near = g_steal_pointer (&ids);
  return TRUE;
}

/* ---- what is said of a whole activity ---- */

gboolean
lykta_content_find_fitting (LyktaDatabase *database, LyktaCandidates *candidates, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *spoken =
      candidates->spoken != NULL ? g_strdup_printf (" %s ", candidates->spoken) : NULL;
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      database,
      "SELECT id FROM activity WHERE (traits & ?1) = ?1 AND (?2 = 0 OR (traits & ?2) != 0)"
      " AND (?3 IS NULL OR substr(municipality, 1, length(?3)) = ?3)"
      " AND (?4 IS NULL OR instr(spoken, ?4) > 0) ORDER BY id",
      error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "iiss", (gint64)candidates->traits, (gint64)candidates->levels,
                        candidates->area, spoken);
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    const gint64 id = sqlite3_column_int64 (statement, 0);
    g_array_append_val (ids, id);
  }
  if (step == LYKTA_STEP_ERROR)
    return FALSE;
  g_clear_pointer (&candidates->fitting, g_array_unref);
  candidates->fitting = g_steal_pointer (&ids);
  return TRUE;
}

/* ---- candidates ---- */

void
lykta_candidates_clear (LyktaCandidates *self)
{
  g_clear_pointer (&self->found, g_array_unref);
  g_clear_pointer (&self->near, g_array_unref);
  g_clear_pointer (&self->fitting, g_array_unref);
}

gboolean
lykta_candidates_is_within (const LyktaCandidates *self, double latitude, double longitude)
{
  return !isnan (latitude) && !isnan (longitude) && is_within (self, latitude, longitude);
}

gboolean
lykta_ids_contain (GArray *ids, gint64 id)
{
  guint low = 0, high = ids->len;

  while (low < high) {
    const guint middle = low + (high - low) / 2;
    if (g_array_index (ids, gint64, middle) < id)
      low = middle + 1;
    else
      high = middle;
  }
  return low < ids->len && g_array_index (ids, gint64, low) == id;
}

gboolean
lykta_candidates_pass (const LyktaCandidates *self, const LyktaDateRow *row)
{
  if (self->has_search && !lykta_ids_contain (self->found, row->activity))
    return FALSE;
  if (self->has_terms && !lykta_ids_contain (self->fitting, row->activity))
    return FALSE;
  if (!self->has_radius)
    return TRUE;
  if ((row->bits & LYKTA_BIT_OWN_PLACE) != 0)
    return lykta_candidates_is_within (self, row->latitude, row->longitude);
  return lykta_ids_contain (self->near, row->activity);
}
