/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-date-blocks-private.h"

#include <math.h>
#include <string.h>

#define DAY_SECONDS  (24 * 60 * 60)
#define LONG_SECONDS (64 * DAY_SECONDS)
/* Dates gathered before the blocks are written: 15 MB. */
#define MAX_PENDING 262144
/* Set in a packed date that has a second part. Not among the bits of LyktaDateRow. */
#define HAS_MORE 0x80000000u

/* A date in a block, little-endian, in order. The second part follows where it is needed. */
typedef struct {
  guint32 activity;
  guint32 offset; /* seconds from the beginning of the block */
  guint32 duration;
  guint32 bits;
  guint64 rank;
} Packed;

typedef struct {
  gint64 moved;
  guint64 latitude; /* bits of the double */
  guint64 longitude;
} PackedMore;

G_STATIC_ASSERT (sizeof (Packed) == 24);
G_STATIC_ASSERT (sizeof (PackedMore) == 24);

/* ---- one block ---- */

static gint64
floor_divide (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

static gint64
seconds_of (gboolean is_long)
{
  return is_long ? LONG_SECONDS : DAY_SECONDS;
}

static gint64
number_of (const LyktaDateRow *row)
{
  return floor_divide (row->start, seconds_of (lykta_date_row_is_long (row)));
}

static guint64
double_to_bits (double value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  return GUINT64_TO_LE (bits);
}

static double
double_from_bits (guint64 bits)
{
  double value;

  bits = GUINT64_FROM_LE (bits);
  memcpy (&value, &bits, sizeof value);
  return value;
}

static void
pack (const LyktaDateRow *row, gint64 begin, GByteArray *out)
{
  const gboolean has_more = row->moved != 0 || (row->bits & LYKTA_BIT_OWN_PLACE) != 0;
  const Packed packed = {
      .activity = GUINT32_TO_LE ((guint32)row->activity),
      .offset = GUINT32_TO_LE ((guint32)(row->start - begin)),
      .duration = GUINT32_TO_LE (row->duration),
      .bits = GUINT32_TO_LE (row->bits | (has_more ? HAS_MORE : 0)),
      .rank = GUINT64_TO_LE ((guint64)row->rank),
  };

  g_byte_array_append (out, (const guint8 *)&packed, sizeof packed);
  if (!has_more)
    return;
  const PackedMore more = {
      .moved = GINT64_TO_LE (row->moved),
      .latitude = double_to_bits (row->latitude),
      .longitude = double_to_bits (row->longitude),
  };
  g_byte_array_append (out, (const guint8 *)&more, sizeof more);
}

/* Reads one date at *@data and steps over it; FALSE at the end, or where the bytes make no sense.
 */
static inline gboolean
unpack (const guint8 **data, const guint8 *end, gint64 begin, LyktaDateRow *row)
{
  Packed packed;

  if ((gsize)(end - *data) < sizeof packed)
    return FALSE;
  memcpy (&packed, *data, sizeof packed);
  *data += sizeof packed;
  row->activity = GUINT32_FROM_LE (packed.activity);
  row->start = begin + GUINT32_FROM_LE (packed.offset);
  row->duration = GUINT32_FROM_LE (packed.duration);
  row->bits = GUINT32_FROM_LE (packed.bits);
  row->rank = (gint64)GUINT64_FROM_LE (packed.rank);
  row->moved = 0;
  row->latitude = NAN;
  row->longitude = NAN;
  if ((row->bits & HAS_MORE) == 0)
    return TRUE;
  PackedMore more;
  if ((gsize)(end - *data) < sizeof more)
    return FALSE;
  memcpy (&more, *data, sizeof more);
  *data += sizeof more;
  row->bits &= ~HAS_MORE;
  row->moved = GINT64_FROM_LE (more.moved);
  row->latitude = double_from_bits (more.latitude);
  row->longitude = double_from_bits (more.longitude);
  return TRUE;
}

/* ---- walking ---- */

typedef struct {
  LyktaDatabase *database;   /* (unowned) */
  const LyktaFilter *filter; /* (unowned) */
  LyktaDateRowFunc func;
  gpointer user_data;
  GArray *longs; /* (owned) (element-type LyktaDateRow) those that pass, in order */
  guint n_longs_given;
} Walk;

static gboolean
passes (const LyktaFilter *filter, const LyktaDateRow *row)
{
  return lykta_filter_passes_bits (filter, row->bits) &&
         lykta_filter_passes_time (filter, row->start, row->duration) &&
         lykta_filter_passes_part (filter, row->start, row->duration, row->bits);
}

static gint64
clamp_block (gint64 seconds, gint64 size)
{
  return floor_divide (CLAMP (seconds, -G_MAXINT64 / 4, G_MAXINT64 / 4), size);
}

static gboolean
load_longs (Walk *self, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database, "SELECT number, packed FROM long_dates WHERE number <= ?1 ORDER BY number",
      error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "i", clamp_block (self->filter->to, LONG_SECONDS));
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    const gint64 begin = sqlite3_column_int64 (statement, 0) * LONG_SECONDS;
    const guint8 *data = sqlite3_column_blob (statement, 1);
    const guint8 *end = data + sqlite3_column_bytes (statement, 1);
    LyktaDateRow row;
    while (unpack (&data, end, begin, &row))
      if (passes (self->filter, &row))
        g_array_append_val (self->longs, row);
  }
  return step == LYKTA_STEP_DONE;
}

/* The long dates that come before @row, or (NULL) all that are left. */
static gboolean
give_longs (Walk *self, const LyktaDateRow *row)
{
  while (self->n_longs_given < self->longs->len) {
    const LyktaDateRow *next = &g_array_index (self->longs, LyktaDateRow, self->n_longs_given);
    if (row != NULL && lykta_date_row_compare (next, row) > 0)
      return TRUE;
    self->n_longs_given++;
    if (!self->func (next, self->user_data))
      return FALSE;
  }
  return TRUE;
}

static gboolean
give_block (Walk *self, gint64 begin, const guint8 *data, gsize size)
{
  const guint8 *end = data + size;
  LyktaDateRow row;

  while (unpack (&data, end, begin, &row))
    if (passes (self->filter, &row) &&
        (!give_longs (self, &row) || !self->func (&row, self->user_data)))
      return FALSE;
  return TRUE;
}

/* *@is_ended: the function wanted no more. */
static gboolean
walk_days (Walk *self, gboolean *is_ended, GError **error)
{
  const LyktaFilter *filter = self->filter;
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->database,
                                "SELECT number, packed FROM day_dates"
                                " WHERE number BETWEEN ?1 AND ?2 ORDER BY number",
                                error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "ii",
                        clamp_block (filter->from, DAY_SECONDS) - LYKTA_LONG_SECONDS / DAY_SECONDS,
                        clamp_block (filter->to, DAY_SECONDS));
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW)
    if (!give_block (self, sqlite3_column_int64 (statement, 0) * DAY_SECONDS,
                     sqlite3_column_blob (statement, 1),
                     (gsize)sqlite3_column_bytes (statement, 1))) {
      *is_ended = TRUE;
      return TRUE;
    }
  return step == LYKTA_STEP_DONE;
}

gboolean
lykta_date_blocks_walk (LyktaDatabase *database,
                        const LyktaFilter *filter,
                        LyktaDateRowFunc func,
                        gpointer user_data,
                        GError **error)
{
  g_autoptr (GArray) longs = g_array_new (FALSE, FALSE, sizeof (LyktaDateRow));
  Walk walk = {
      .database = database,
      .filter = filter,
      .func = func,
      .user_data = user_data,
      .longs = longs,
  };
  gboolean is_ended = FALSE;

  if (!load_longs (&walk, error) || !walk_days (&walk, &is_ended, error))
    return FALSE;
  if (!is_ended)
    give_longs (&walk, NULL);
  return TRUE;
}

gboolean
lykta_date_blocks_count (LyktaDatabase *database, gint64 *n, GError **error)
{
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (database,
                                "SELECT coalesce((SELECT sum(n) FROM day_dates), 0)"
                                " + coalesce((SELECT sum(n) FROM long_dates), 0)",
                                error);

  return statement != NULL && lykta_statement_get_int64 (statement, 0, n, error);
}

/* ---- changing ---- */

/* What happens to one block. */
typedef struct {
  gint64 key;      /* number times two, plus one for long dates */
  GArray *added;   /* (owned) (element-type LyktaDateRow) */
  GArray *removed; /* (owned) (element-type gint64) activities */
  GArray *flagged; /* (owned) (nullable) (element-type LyktaDateRow) */
} Change;

static void
change_free (gpointer data)
{
  Change *self = data;

  g_array_unref (self->added);
  g_array_unref (self->removed);
  g_clear_pointer (&self->flagged, g_array_unref);
  g_free (self);
}

void
lykta_date_blocks_init (LyktaDateBlocks *self, LyktaDatabase *database)
{
  self->database = database;
  self->n_pending = 0;
  self->changes = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, change_free);
}

void
lykta_date_blocks_clear (LyktaDateBlocks *self)
{
  g_clear_pointer (&self->changes, g_hash_table_unref);
}

void
lykta_date_blocks_discard (LyktaDateBlocks *self)
{
  g_hash_table_remove_all (self->changes);
  self->n_pending = 0;
}

static Change *
change_of (LyktaDateBlocks *self, const LyktaDateRow *row)
{
  const gint64 key = number_of (row) * 2 + lykta_date_row_is_long (row);
  Change *change = g_hash_table_lookup (self->changes, &key);

  if (change == NULL) {
    change = g_new0 (Change, 1);
    change->key = key;
    change->added = g_array_new (FALSE, FALSE, sizeof (LyktaDateRow));
    change->removed = g_array_new (FALSE, FALSE, sizeof (gint64));
    g_hash_table_insert (self->changes, &change->key, change);
  }
  return change;
}

gboolean
lykta_date_blocks_add (LyktaDateBlocks *self, const LyktaDateRow *row, GError **error)
{
  if (row->activity < 1 || row->activity > G_MAXUINT32) {
    g_set_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_FAILED,
                 "activity row %" G_GINT64_FORMAT " is out of range", row->activity);
    return FALSE;
  }
  g_array_append_vals (change_of (self, row)->added, row, 1);
  self->n_pending++;
  return self->n_pending < MAX_PENDING || lykta_date_blocks_flush (self, error);
}

void
lykta_date_blocks_remove (LyktaDateBlocks *self, const LyktaDateRow *row)
{
  g_array_append_vals (change_of (self, row)->removed, &row->activity, 1);
  self->n_pending++;
}

gboolean
lykta_date_blocks_flag (LyktaDateBlocks *self, const LyktaDateRow *row, GError **error)
{
  Change *change = change_of (self, row);

  if (change->flagged == NULL)
    change->flagged = g_array_new (FALSE, FALSE, sizeof (LyktaDateRow));
  g_array_append_vals (change->flagged, row, 1);
  self->n_pending++;
  return self->n_pending < MAX_PENDING || lykta_date_blocks_flush (self, error);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  return lykta_date_row_compare (a, b);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;

  return (one > other) - (one < other);
}

static gboolean
contains (GArray *ids, gint64 id)
{
  return ids->len > 0 && g_array_binary_search (ids, &id, compare_ids, NULL);
}

/* The flags in order, and how far they have been given. */
typedef struct {
  const LyktaDateRow *rows; /* (unowned) (nullable) */
  guint n;
} Flags;

static Flags
sort_flags (Change *change)
{
  if (change->flagged == NULL)
    return (Flags){0};
  g_array_sort (change->flagged, compare_rows);
  return (Flags){(const LyktaDateRow *)change->flagged->data, change->flagged->len};
}

static void
pack_flagged (Flags *flags, const LyktaDateRow *row, gint64 begin, GByteArray *out)
{
  while (flags->n > 0 && lykta_date_row_compare (flags->rows, row) < 0) {
    flags->rows++;
    flags->n--;
  }
  if (flags->n == 0 || lykta_date_row_compare (flags->rows, row) != 0) {
    pack (row, begin, out);
    return;
  }
  LyktaDateRow flagged = *row;
  flagged.bits = (row->bits & ~LYKTA_BIT_FLAGS) | (flags->rows->bits & LYKTA_BIT_FLAGS);
  pack (&flagged, begin, out);
}

/* What stays of the old block and what is new, in order. */
static guint
merge (Change *change, gint64 begin, const guint8 *data, gsize size, GByteArray *out)
{
  const guint8 *end = data + size;
  guint n = 0, k = 0;
  Flags flags = sort_flags (change);
  LyktaDateRow row;

  g_array_sort (change->added, compare_rows);
  g_array_sort (change->removed, compare_ids);
  while (unpack (&data, end, begin, &row)) {
    if (contains (change->removed, row.activity))
      continue;
    for (; k < change->added->len; k++, n++) {
      const LyktaDateRow *added = &g_array_index (change->added, LyktaDateRow, k);
      if (lykta_date_row_compare (added, &row) > 0)
        break;
      pack_flagged (&flags, added, begin, out);
    }
    pack_flagged (&flags, &row, begin, out);
    n++;
  }
  for (; k < change->added->len; k++, n++)
    pack_flagged (&flags, &g_array_index (change->added, LyktaDateRow, k), begin, out);
  return n;
}

typedef struct {
  const char *select;
  const char *replace;
  const char *remove;
} Statements;

static const Statements statements[] = {
    {"SELECT packed FROM day_dates WHERE number = ?1",
     "INSERT OR REPLACE INTO day_dates (number, n, packed) VALUES (?1, ?2, ?3)",
     "DELETE FROM day_dates WHERE number = ?1"},
    {"SELECT packed FROM long_dates WHERE number = ?1",
     "INSERT OR REPLACE INTO long_dates (number, n, packed) VALUES (?1, ?2, ?3)",
     "DELETE FROM long_dates WHERE number = ?1"},
};

static gboolean
write_block (LyktaDateBlocks *self,
             const Statements *sql,
             gint64 number,
             guint n,
             GByteArray *packed,
             GError **error)
{
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->database, n > 0 ? sql->replace : sql->remove, error);

  if (statement == NULL)
    return FALSE;
  if (n > 0)
    lykta_statement_bind (statement, "iib", number, (gint64)n, packed->data, (gsize)packed->len);
  else
    lykta_statement_bind (statement, "i", number);
  return lykta_statement_run (statement, error);
}

static gboolean
apply (LyktaDateBlocks *self, Change *change, GByteArray *packed, GError **error)
{
  const gboolean is_long = (change->key & 1) != 0;
  const gint64 number = floor_divide (change->key, 2);
  guint n;
  {
    g_autoptr (LyktaStatement) old =
        lykta_database_statement (self->database, statements[is_long].select, error);
    if (old == NULL)
      return FALSE;
    lykta_statement_bind (old, "i", number);
    const LyktaStep step = lykta_statement_step (old, error);
    if (step == LYKTA_STEP_ERROR)
      return FALSE;
    g_byte_array_set_size (packed, 0);
    n = merge (change, number * seconds_of (is_long),
               step == LYKTA_STEP_ROW ? sqlite3_column_blob (old, 0) : NULL,
               step == LYKTA_STEP_ROW ? (gsize)sqlite3_column_bytes (old, 0) : 0, packed);
  }
  return write_block (self, &statements[is_long], number, n, packed, error);
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  return compare_ids (&(*(Change *const *)a)->key, &(*(Change *const *)b)->key);
}

/* (transfer container) (element-type Change) */
static GPtrArray *
list_changes (LyktaDateBlocks *self)
{
  GPtrArray *changes = g_ptr_array_sized_new (g_hash_table_size (self->changes));
  GHashTableIter iter;
  gpointer change;

  g_hash_table_iter_init (&iter, self->changes);
  while (g_hash_table_iter_next (&iter, NULL, &change))
    g_ptr_array_add (changes, change);
  g_ptr_array_sort (changes, compare_changes);
  return changes;
}

gboolean
lykta_date_blocks_flush (LyktaDateBlocks *self, GError **error)
{
  g_autoptr (GPtrArray) changes = list_changes (self);
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  for (guint i = 0; i < changes->len; i++)
    if (!apply (self, changes->pdata[i], packed, error))
      return FALSE;
  lykta_date_blocks_discard (self);
  return TRUE;
}

gboolean
lykta_date_blocks_drop_before (LyktaDatabase *database,
                               gint64 before,
                               gboolean *has_dropped,
                               GError **error)
{
  sqlite3 *handle = lykta_database_get_handle (database);
  const gint64 n_changes = sqlite3_total_changes64 (handle);
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (database, "DELETE FROM day_dates WHERE number < ?1", error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "i",
                        floor_divide (before, DAY_SECONDS) - LYKTA_LONG_SECONDS / DAY_SECONDS);
  if (!lykta_statement_run (statement, error))
    return FALSE;
  *has_dropped = sqlite3_total_changes64 (handle) != n_changes;
  return TRUE;
}
