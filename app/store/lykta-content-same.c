/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-content-same.h"

#include "store/lykta-content-reader-private.h"

/* Reading what lykta-content-identity.c decided. */

void
lykta_same_record_free (LyktaSameRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->source_id);
  g_free (self->source_name);
  g_free (self->uid);
  g_free (self);
}

static const char same_sql[] =
    "SELECT a.id, s.token, s.name, a.uid, coalesce (a.missing_since, 0), a.kept_until IS NOT NULL"
    " FROM activity me JOIN activity a ON a.id = me.id OR a.same_as = me.same_as"
    " JOIN source s ON s.id = a.source WHERE me.id = ?1"
    " ORDER BY a.id <> coalesce (me.same_as, me.id), s.position, a.id";

GPtrArray *
lykta_content_reader_list_same (LyktaContentReader *self, gint64 activity_id, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_same_record_free);
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (lykta_content_reader_get_database (self), same_sql, error);
  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "i", activity_id);
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    LyktaSameRecord *record = g_new0 (LyktaSameRecord, 1);
    record->activity_id = sqlite3_column_int64 (statement, 0);
    record->source_id = g_strdup (lykta_statement_text (statement, 1));
    record->source_name = g_strdup (lykta_statement_text (statement, 2));
    record->uid = g_strdup (lykta_statement_text (statement, 3));
    record->missing_since = sqlite3_column_int64 (statement, 4);
    record->is_withdrawn = sqlite3_column_int64 (statement, 5) != 0;
    g_ptr_array_add (records, record);
  }
  return step == LYKTA_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

static gint64
get_number (LyktaContentReader *self, const char *sql, gint64 parameter)
{
  gint64 value = 0;
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (lykta_content_reader_get_database (self), sql, NULL);

  if (statement == NULL)
    return 0;
  lykta_statement_bind (statement, "i", parameter);
  return lykta_statement_get_int64 (statement, 0, &value, NULL) ? value : 0;
}

gint64
lykta_content_reader_get_likeness (LyktaContentReader *self, gint64 activity_id)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), 0);

  return get_number (self, "SELECT likeness FROM dates WHERE activity = ?1", activity_id);
}

gint64
lykta_content_reader_find_alike (LyktaContentReader *self, gint64 likeness)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (self), 0);

  return get_number (self,
                     "SELECT CASE WHEN count(DISTINCT coalesce (a.same_as, a.id)) = 1"
                     " THEN max (coalesce (a.same_as, a.id)) ELSE 0 END"
                     " FROM dates d JOIN activity a ON a.id = d.activity WHERE d.likeness = ?1",
                     likeness);
}

/* ---- the dates of all of them ---- */

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  return lykta_date_row_compare (a, b);
}

static gboolean
list_ids (LyktaContentReader *self, gint64 activity_id, GArray *ids, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      lykta_content_reader_get_database (self),
      "SELECT id FROM activity WHERE same_as = (SELECT same_as FROM activity WHERE id = ?1)",
      error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "i", activity_id);
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    const gint64 id = sqlite3_column_int64 (statement, 0);
    g_array_append_val (ids, id);
  }
  return step == LYKTA_STEP_DONE;
}

gboolean
lykta_content_reader_load_shown_dates (LyktaContentReader *self,
                                       gint64 activity_id,
                                       GArray *rows,
                                       GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n = 0;

  if (!list_ids (self, activity_id, ids, error))
    return FALSE;
  if (ids->len == 0)
    return lykta_content_reader_load_dates (self, activity_id, rows, error);
  for (guint i = 0; i < ids->len; i++)
    if (!lykta_content_reader_load_dates (self, g_array_index (ids, gint64, i), rows, error))
      return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if ((g_array_index (rows, LyktaDateRow, i).bits & LYKTA_BIT_HIDDEN) == 0)
      g_array_index (rows, LyktaDateRow, n++) = g_array_index (rows, LyktaDateRow, i);
  g_array_set_size (rows, n);
  g_array_sort (rows, compare_rows);
  return TRUE;
}

/* ---- a search that finds one of them finds all ---- */

typedef struct {
  gint64 id;
  gint64 same_as;
} Same;

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const Same *one = a, *other = b;

  if (one->same_as != other->same_as)
    return one->same_as < other->same_as ? -1 : 1;
  return (one->id > other->id) - (one->id < other->id);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;

  return (one > other) - (one < other);
}

/* By group. (transfer full) (element-type Same) */
static GArray *
load_groups (LyktaDatabase *database, GError **error)
{
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (Same));
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      database, "SELECT id, same_as FROM activity WHERE same_as IS NOT NULL", error);

  if (statement == NULL)
    return NULL;
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    const Same same = {sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1)};
    g_array_append_val (groups, same);
  }
  if (step == LYKTA_STEP_ERROR)
    return NULL;
  g_array_sort (groups, compare_groups);
  return g_steal_pointer (&groups);
}

gboolean
lykta_content_search_add_same (LyktaDatabase *database, GArray *found, GError **error)
{
  g_autoptr (GArray) groups = found->len > 0 ? load_groups (database, error) : NULL;
  const guint n_found = found->len;

  if (found->len == 0)
    return TRUE;
  if (groups == NULL)
    return FALSE;
  for (guint begin = 0, end; begin < groups->len; begin = end) {
    const gint64 group = g_array_index (groups, Same, begin).same_as;
    guint n = 0;
    for (end = begin; end < groups->len && g_array_index (groups, Same, end).same_as == group;
         end++)
      n += g_array_binary_search (found, &g_array_index (groups, Same, end).id, compare_ids, NULL);
    for (guint i = begin; n > 0 && n < end - begin && i < end; i++)
      g_array_append_val (found, g_array_index (groups, Same, i).id);
  }
  if (found->len == n_found)
    return TRUE;
  g_array_sort (found, compare_ids);
  guint n = 0;
  for (guint i = 0; i < found->len; i++) {
    const gint64 id = g_array_index (found, gint64, i);
    if (n == 0 || g_array_index (found, gint64, n - 1) != id)
      g_array_index (found, gint64, n++) = id;
  }
  g_array_set_size (found, n);
  return TRUE;
}
