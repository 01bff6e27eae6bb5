/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-cancelled-dates-private.h"

#include "base/lykta-limits.h"

#define KEPT_SECONDS ((gint64)LYKTA_CANCELLED_DAYS * 24 * 60 * 60)
/* Looked up in an activity that may have no such date any more. */
#define OWN_BITS (LYKTA_BIT_OVERRIDDEN | LYKTA_BIT_OWN_PLACE)

/* Since when a date is cancelled. */
typedef struct {
  gint64 original;
  gint64 seen;
} Noted;

gboolean
lykta_cancelled_dates_get_since (LyktaActivityRows *self, gint64 id, gint64 *since, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "SELECT cancelled_since FROM activity WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "i", id);
  return lykta_statement_get_int64 (statement, 0, since, error);
}

static GArray *
load_noted (LyktaActivityRows *self, gint64 id, GError **error)
{
  g_autoptr (GArray) noted = g_array_new (FALSE, FALSE, sizeof (Noted));
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "SELECT original, seen FROM cancelled WHERE activity = ?1", error);

  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "i", id);
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    const Noted date = {sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1)};
    g_array_append_val (noted, date);
  }
  return step == LYKTA_STEP_DONE ? g_steal_pointer (&noted) : NULL;
}

static gint64
original_of (const LyktaDateRow *row)
{
  return row->start - row->moved;
}

static gint64
seen_of (GArray *noted, gint64 original, gint64 otherwise)
{
  for (guint i = 0; noted != NULL && i < noted->len; i++)
    if (g_array_index (noted, Noted, i).original == original)
      return g_array_index (noted, Noted, i).seen;
  return otherwise;
}

static gboolean
note (LyktaActivityRows *self, gint64 id, const Noted *date, gboolean is_kept, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "INSERT OR REPLACE INTO cancelled VALUES (?1, ?2, ?3, ?4)", error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "iiii", id, date->original, date->seen, (gint64)is_kept);
  return lykta_statement_run (statement, error);
}

gboolean
lykta_cancelled_dates_forget (LyktaActivityRows *self, gint64 id, GError **error)
{
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->database, "DELETE FROM cancelled WHERE activity = ?1", error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "i", id);
  return lykta_statement_run (statement, error);
}

static gboolean
has_original (GArray *rows, gint64 original)
{
  for (guint i = 0; i < rows->len; i++)
    if (original_of (&g_array_index (rows, LyktaDateRow, i)) == original)
      return TRUE;
  return FALSE;
}

/* When @row, cancelled since @seen, may go. */
static gint64
end_of (const LyktaDateRow *row, gint64 seen)
{
  return MIN (seen + KEPT_SECONDS, row->start + (gint64)row->duration);
}

static gboolean
note_present (LyktaActivityRows *self, gint64 id, GArray *noted, GArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++) {
    const LyktaDateRow *row = &g_array_index (rows, LyktaDateRow, i);
    const Noted date = {original_of (row), seen_of (noted, original_of (row), self->now)};
    if (lykta_bits_are_cancelled (row->bits) && !note (self, id, &date, FALSE, error))
      return FALSE;
  }
  return TRUE;
}

static int
compare_dates (gconstpointer a, gconstpointer b)
{
  return lykta_date_row_compare (a, b);
}

static gboolean
add_kept (LyktaActivityRows *self,
          gint64 id,
          GArray *noted,
          GArray *old_rows,
          GArray *rows,
          GError **error)
{
  const guint n = rows->len;

  for (guint i = 0; i < old_rows->len; i++) {
    LyktaDateRow row = g_array_index (old_rows, LyktaDateRow, i);
    const Noted date = {original_of (&row), seen_of (noted, original_of (&row), self->now)};
    if (!lykta_bits_are_cancelled (row.bits) || end_of (&row, date.seen) <= self->now ||
        has_original (rows, date.original))
      continue;
    row.bits &= ~(LYKTA_BIT_FLAGS | OWN_BITS);
    if (rows->len > 0)
      row.rank = g_array_index (rows, LyktaDateRow, 0).rank;
    g_array_append_val (rows, row);
    if (!note (self, id, &date, TRUE, error))
      return FALSE;
  }
  if (rows->len > n)
    g_array_sort (rows, compare_dates);
  return TRUE;
}

static gboolean
has_cancelled (GArray *rows)
{
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (lykta_bits_are_cancelled (g_array_index (rows, LyktaDateRow, i).bits))
      return TRUE;
  return FALSE;
}

gboolean
lykta_cancelled_dates_update (LyktaActivityRows *self,
                              gint64 id,
                              gboolean is_all_cancelled,
                              GArray *old_rows,
                              GArray *rows,
                              GError **error)
{
  const gboolean had_some = has_cancelled (old_rows);
  g_autoptr (GArray) noted = NULL;

  if (self->forgets_cancelled || (!had_some && (is_all_cancelled || !has_cancelled (rows))))
    return TRUE;
  if (had_some) {
    noted = load_noted (self, id, error);
    if (noted == NULL || !lykta_cancelled_dates_forget (self, id, error))
      return FALSE;
  }
  if (is_all_cancelled)
    return TRUE;
  /* Of a series that was cancelled as a whole nothing is noted, and nothing of it stays when it
   * takes place after all. */
  return note_present (self, id, noted, rows, error) &&
         (noted == NULL || noted->len == 0 || add_kept (self, id, noted, old_rows, rows, error));
}

gboolean
lykta_cancelled_dates_keep (
    LyktaActivityRows *self, gint64 id, gint64 since, GArray *rows, gint64 *until, GError **error)
{
  guint n = 0;
  g_autoptr (GArray) noted = NULL;

  *until = 0;
  if (!has_cancelled (rows)) {
    g_array_set_size (rows, 0);
    return TRUE;
  }
  noted = load_noted (self, id, error);
  if (noted == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++) {
    LyktaDateRow row = g_array_index (rows, LyktaDateRow, i);
    const gint64 seen = seen_of (noted, original_of (&row), since != 0 ? since : self->now);
    const gint64 end = end_of (&row, seen);
    if (!lykta_bits_are_cancelled (row.bits) || end <= self->now)
      continue;
    /* Positions do not stand in packed dates. */
    row.bits &= ~(LYKTA_BIT_FLAGS | LYKTA_BIT_OWN_PLACE);
    *until = MAX (*until, end);
    g_array_index (rows, LyktaDateRow, n++) = row;
  }
  g_array_set_size (rows, n);
  return TRUE;
}
