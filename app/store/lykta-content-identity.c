/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-content-writer-private.h"

#include <string.h>

#include "model/lykta-identity.h"

/* Which records are the same activity, kept up to date in the transaction that changes one of them.
 * Only what was touched is looked at, with all that may be the same as it: records that look like
 * it, have its uid, or were the same until now. What is decided stands in "same_as" and in the
 * flags of the dates, so that readers decide nothing. */

/* A record among those that may be the same, with what it borrows from itself. */
typedef struct {
  gint64 id;
  gint64 same_as; /* 0 none */
  gint64 rank;
  gboolean is_missing; /* a plain source does not send it any more */
  gboolean is_kept;    /* only its cancelled dates are left */
  char *uid;           /* (owned) */
  GArray *rows;        /* (owned) (element-type LyktaDateRow) */
  GArray *starts;      /* (owned) (element-type gint64) */
  LyktaIdentityMember member;
} Record;

static void
record_free (gpointer data)
{
  Record *self = data;

  g_free (self->uid);
  g_array_unref (self->rows);
  g_array_unref (self->starts);
  g_free (self);
}

/* One walk over what was touched. */
typedef struct {
  LyktaContentWriter *writer; /* (unowned) */
  GHashTable *visited;        /* (owned) ids */
  GArray *queue;              /* (owned) (element-type gint64) */
  GPtrArray *records;         /* (owned) (element-type Record) of the cluster in hand */
  gboolean has_other_sources;
} Walk;

/* ---- what was touched ---- */

static gpointer
key_of (gint64 id)
{
  return GSIZE_TO_POINTER ((gsize)id);
}

void
lykta_content_writer_touch (LyktaContentWriter *self, gint64 id, gboolean is_fresh)
{
  GHashTable *touched = is_fresh ? self->fresh : self->touched;

  g_hash_table_add (touched, key_of (id));
}

static gboolean
collect (LyktaStatement *statement, GHashTable *ids, GError **error)
{
  LyktaStep step;

  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW)
    g_hash_table_add (ids, key_of (sqlite3_column_int64 (statement, 0)));
  return step == LYKTA_STEP_DONE;
}

static const char same_sql[] = "SELECT id FROM activity WHERE same_as ="
                               " (SELECT same_as FROM activity WHERE id = ?1)";
static const char alike_sql[] = "SELECT activity FROM dates WHERE likeness ="
                                " (SELECT likeness FROM dates WHERE activity = ?1)";
static const char uid_sql[] = "SELECT a.id FROM source s CROSS JOIN activity a"
                              " ON a.source = s.id AND a.uid ="
                              " (SELECT uid FROM activity WHERE id = ?1)";

static gboolean
collect_for (LyktaContentWriter *self, const char *sql, gint64 id, GHashTable *ids, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (self->database, sql, error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "i", id);
  return collect (statement, ids, error);
}

gboolean
lykta_content_writer_touch_mates (LyktaContentWriter *self, gint64 id, GError **error)
{
  gint64 likeness;
  static const char likeness_sql[] = "SELECT likeness FROM dates WHERE activity = ?1";

  if (!collect_for (self, same_sql, id, self->touched, error) ||
      !collect_for (self, uid_sql, id, self->touched, error) ||
      !lykta_content_writer_get_number (self, likeness_sql, id, &likeness, error))
    return FALSE;
  /* All that look like it, but only once for a series of thousands. */
  if (likeness != 0 && g_hash_table_add (self->touched_likenesses, key_of (likeness)) &&
      !collect_for (self, alike_sql, id, self->touched, error))
    return FALSE;
  g_hash_table_remove (self->touched, key_of (id));
  return TRUE;
}

void
lykta_content_writer_forget_touched (LyktaContentWriter *self)
{
  g_hash_table_remove_all (self->fresh);
  g_hash_table_remove_all (self->touched);
  g_hash_table_remove_all (self->touched_likenesses);
}

/* ---- finding what may be the same ---- */

static void
enqueue (Walk *self, gint64 id)
{
  if (g_hash_table_add (self->visited, key_of (id)))
    g_array_append_val (self->queue, id);
}

static gboolean
enqueue_found (Walk *self, const char *sql, gint64 id, GError **error)
{
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->writer->database, sql, error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "i", id);
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW)
    enqueue (self, sqlite3_column_int64 (statement, 0));
  return step == LYKTA_STEP_DONE;
}

static const char record_sql[] =
    "SELECT a.source, a.uid, a.same_as, a.missing_since IS NOT NULL, a.kept_until IS NOT NULL,"
    " a.rank, d.packed, d.identity FROM activity a JOIN dates d ON d.activity = a.id"
    " WHERE a.id = ?1";

static void
fill_starts (Record *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    g_array_append_val (self->starts, g_array_index (self->rows, LyktaDateRow, i).start);
  self->member.starts = (const gint64 *)self->starts->data;
  self->member.n_starts = self->starts->len;
}

/* NULL without error when it is gone, or was written by a version that compared nothing. */
static Record *
load_record (Walk *self, gint64 id, GError **error)
{
  g_autoptr (LyktaStatement) statement =
      lykta_database_statement (self->writer->database, record_sql, error);

  if (statement == NULL)
    return NULL;
  lykta_statement_bind (statement, "i", id);
  if (lykta_statement_step (statement, error) != LYKTA_STEP_ROW ||
      sqlite3_column_bytes (statement, 7) != sizeof (LyktaIdentity))
    return NULL;
  Record *record = g_new0 (Record, 1);
  record->id = id;
  record->uid = g_strdup (lykta_statement_text (statement, 1));
  record->same_as = sqlite3_column_int64 (statement, 2);
  record->is_missing = sqlite3_column_int64 (statement, 3) != 0;
  record->is_kept = sqlite3_column_int64 (statement, 4) != 0;
  record->rank = sqlite3_column_int64 (statement, 5);
  record->rows = g_array_new (FALSE, FALSE, sizeof (LyktaDateRow));
  record->starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  lykta_dates_unpack (sqlite3_column_blob (statement, 6),
                      (gsize)sqlite3_column_bytes (statement, 6), id, record->rank, record->rows);
  memcpy (&record->member.identity, sqlite3_column_blob (statement, 7), sizeof (LyktaIdentity));
  const gint64 source = sqlite3_column_int64 (statement, 0);
  record->member.uid = record->uid;
  record->member.source = source;
  record->member.preference = source > 0 && source < self->writer->preferences->len
                                  ? g_array_index (self->writer->preferences, guint, source)
                                  : G_MAXUINT;
  record->member.is_gone = record->is_missing || record->is_kept;
  fill_starts (record);
  return record;
}

static int
compare_records (gconstpointer a, gconstpointer b)
{
  const Record *one = *(Record *const *)a, *other = *(Record *const *)b;

  return (one->id > other->id) - (one->id < other->id);
}

/* All that may be the same as @id, directly or through others, into records. */
static gboolean
gather (Walk *self, gint64 id, GError **error)
{
  g_ptr_array_set_size (self->records, 0);
  g_array_set_size (self->queue, 0);
  enqueue (self, id);
  for (guint i = 0; i < self->queue->len; i++) {
    const gint64 next = g_array_index (self->queue, gint64, i);
    GError *local_error = NULL;
    Record *record = load_record (self, next, &local_error);
    if (local_error != NULL) {
      g_propagate_error (error, local_error);
      return FALSE;
    }
    if (record == NULL)
      continue;
    g_ptr_array_add (self->records, record);
    if ((record->same_as != 0 && !enqueue_found (self, same_sql, next, error)) ||
        (record->member.identity.key != 0 && !enqueue_found (self, alike_sql, next, error)) ||
        (self->has_other_sources && !enqueue_found (self, uid_sql, next, error)))
      return FALSE;
  }
  g_ptr_array_sort (self->records, compare_records);
  return TRUE;
}

/* ---- putting down what was decided ---- */

/* A date, and whose it is. */
typedef struct {
  LyktaIdentityDate date;
  guint record;
  guint row;
} GroupDate;

static int
compare_group_dates (gconstpointer a, gconstpointer b)
{
  const GroupDate *one = a, *other = b;

  if (one->date.start != other->date.start)
    return one->date.start < other->date.start ? -1 : 1;
  return one->record < other->record ? -1 : one->record > other->record;
}

static gboolean
is_row_gone (const Record *record, const LyktaDateRow *row)
{
  return record->is_missing && !lykta_bits_are_cancelled (row->bits);
}

/* The dates of all records of one group. */
static GArray *
list_dates (Walk *self, const guint *groups, guint group)
{
  GArray *dates = g_array_new (FALSE, FALSE, sizeof (GroupDate));

  for (guint i = 0; i < self->records->len; i++) {
    const Record *record = self->records->pdata[i];
    for (guint k = 0; groups[i] == group && k < record->rows->len; k++) {
      const LyktaDateRow *row = &g_array_index (record->rows, LyktaDateRow, k);
      const GroupDate date = {
          .date = {.start = row->start,
                   .source = record->member.source,
                   .preference = record->member.preference,
                   .is_gone = is_row_gone (record, row),
                   .is_cancelled = lykta_bits_are_cancelled (row->bits)},
          .record = i,
          .row = k,
      };
      g_array_append_val (dates, date);
    }
  }
  g_array_sort (dates, compare_group_dates);
  return dates;
}

/* Sets the flags in @flags (element-type guint32 for each row of each record). */
static void
hide_doubles (Walk *self, const guint *groups, guint group, GPtrArray *flags)
{
  g_autoptr (GArray) dates = list_dates (self, groups, group);
  g_autofree LyktaIdentityDate *plain = g_new (LyktaIdentityDate, MAX (dates->len, 1));

  for (guint i = 0; i < dates->len; i++)
    plain[i] = g_array_index (dates, GroupDate, i).date;
  lykta_identity_choose_dates (plain, dates->len);
  for (guint i = 0; i < dates->len; i++) {
    const GroupDate *date = &g_array_index (dates, GroupDate, i);
    guint32 *of_record = flags->pdata[date->record];
    if (plain[i].is_hidden)
      of_record[date->row] |= LYKTA_BIT_HIDDEN;
  }
}

static gboolean
put_same_as (Walk *self, const Record *record, gint64 same_as, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->writer->database,
      "UPDATE activity SET same_as = nullif(?2, 0), revision = ?3 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  lykta_statement_bind (statement, "iii", record->id, same_as, self->writer->rows.revision);
  self->writer->has_changed = TRUE;
  return lykta_statement_run (statement, error);
}

static gboolean
put_record (Walk *self, Record *record, gint64 same_as, const guint32 *flags, GError **error)
{
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < record->rows->len; i++) {
    LyktaDateRow *row = &g_array_index (record->rows, LyktaDateRow, i);
    if ((row->bits & LYKTA_BIT_FLAGS) == flags[i])
      continue;
    row->bits = (row->bits & ~LYKTA_BIT_FLAGS) | flags[i];
    g_array_append_val (changed, i);
  }
  if (changed->len == 0 && same_as == record->same_as)
    return TRUE;
  return put_same_as (self, record, same_as, error) &&
         lykta_activity_rows_set_flags (&self->writer->rows, record->id, record->rows, changed,
                                        error);
}

static GPtrArray *
make_flags (Walk *self)
{
  GPtrArray *flags = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->records->len; i++) {
    const Record *record = self->records->pdata[i];
    guint32 *of_record = g_new0 (guint32, MAX (record->rows->len, 1));
    for (guint k = 0; k < record->rows->len; k++)
      if (is_row_gone (record, &g_array_index (record->rows, LyktaDateRow, k)))
        of_record[k] |= LYKTA_BIT_GONE;
    g_ptr_array_add (flags, of_record);
  }
  return flags;
}

static gboolean
decide (Walk *self, GError **error)
{
  const guint n = self->records->len;
  g_autofree LyktaIdentityMember *members = g_new (LyktaIdentityMember, MAX (n, 1));
  g_autofree guint *groups = g_new (guint, MAX (n, 1));
  g_autofree guint *sizes = g_new0 (guint, MAX (n, 1));
  g_autofree gboolean *is_mixed = g_new0 (gboolean, MAX (n, 1));
  g_autoptr (GPtrArray) flags = make_flags (self);

  for (guint i = 0; i < n; i++)
    members[i] = ((Record *)self->records->pdata[i])->member;
  lykta_identity_group (members, n, groups);
  for (guint i = 0; i < n; i++) {
    sizes[groups[i]]++;
    is_mixed[groups[i]] |= members[i].source != members[groups[i]].source || members[i].is_gone;
  }
  for (guint i = 0; i < n; i++)
    if (groups[i] == i && is_mixed[i] && sizes[i] > 1)
      hide_doubles (self, groups, i, flags);
  for (guint i = 0; i < n; i++) {
    const Record *leader = self->records->pdata[groups[i]];
    const gint64 same_as = sizes[groups[i]] > 1 ? leader->id : 0;
    if (!put_record (self, self->records->pdata[i], same_as, flags->pdata[i], error))
      return FALSE;
  }
  return TRUE;
}

/* ---- all of it ---- */

/* Something new is mostly like nothing else: two looks into indexes tell. */
static gboolean
is_alone (Walk *self, gint64 id, gboolean *is_alone, GError **error)
{
  static const char look_sql[] = "SELECT count(*) FROM (SELECT 1 FROM dates WHERE likeness ="
                                 " (SELECT likeness FROM dates WHERE activity = ?1) LIMIT 2)";
  static const char other_uid_sql[] =
      "SELECT count(*) FROM (SELECT 1 FROM source s CROSS JOIN activity a"
      " ON a.source = s.id AND a.uid = (SELECT uid FROM activity WHERE id = ?1) LIMIT 2)";
  gint64 n = 0, n_uid = 0;

  if (!lykta_content_writer_get_number (self->writer, look_sql, id, &n, error) ||
      (n < 2 && self->has_other_sources &&
       !lykta_content_writer_get_number (self->writer, other_uid_sql, id, &n_uid, error)))
    return FALSE;
  *is_alone = n < 2 && n_uid < 2;
  return TRUE;
}

static gboolean
resolve_all (Walk *self, GHashTable *ids, gboolean is_fresh, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    const gint64 id = (gint64)GPOINTER_TO_SIZE (key);
    gboolean may_skip = FALSE;
    if (g_hash_table_contains (self->visited, key))
      continue;
    if (is_fresh && !is_alone (self, id, &may_skip, error))
      return FALSE;
    if (!may_skip && (!gather (self, id, error) || !decide (self, error)))
      return FALSE;
  }
  return TRUE;
}

/* The lowest first: what is signed before what is not, the preset before everything, the sample
 * last; else in the order of the sources. */
static gboolean
load_preferences (LyktaContentWriter *self, GError **error)
{
  guint n = 0;
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      self->database,
      "SELECT id FROM source ORDER BY token <> 'aktiviteter-i-sverige', token = 'sample',"
      " instr(address, '#') = 0, position, id",
      error);

  if (statement == NULL)
    return FALSE;
  g_array_set_size (self->preferences, 0);
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    const gint64 row = sqlite3_column_int64 (statement, 0);
    if (row < 1 || row > LYKTA_MAX_SOURCES)
      continue;
    if (self->preferences->len <= (guint)row)
      g_array_set_size (self->preferences, (guint)row + 1);
    g_array_index (self->preferences, guint, row) = ++n;
  }
  self->n_sources = n;
  return step == LYKTA_STEP_DONE;
}

gboolean
lykta_content_writer_resolve (LyktaContentWriter *self, GError **error)
{
  if (g_hash_table_size (self->fresh) + g_hash_table_size (self->touched) == 0)
    return TRUE;
  if (!load_preferences (self, error))
    return FALSE;
  g_autoptr (GHashTable) visited = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (record_free);
  Walk walk = {
      .writer = self,
      .visited = visited,
      .queue = queue,
      .records = records,
      .has_other_sources = self->n_sources > 1,
  };
  const gboolean is_resolved = resolve_all (&walk, self->touched, FALSE, error) &&
                               resolve_all (&walk, self->fresh, TRUE, error);
  lykta_content_writer_forget_touched (self);
  return is_resolved;
}

/* ---- everything anew ---- */

#define IDENTITY_VERSION 1

static gboolean
fill_identities (LyktaContentWriter *self, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  {
    g_autoptr (LyktaStatement) statement =
        lykta_database_statement (self->database, "SELECT activity FROM detail", error);
    LyktaStep step;
    if (statement == NULL)
      return FALSE;
    while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
      const gint64 id = sqlite3_column_int64 (statement, 0);
      g_array_append_val (ids, id);
    }
    if (step == LYKTA_STEP_ERROR)
      return FALSE;
  }
  for (guint i = 0; i < ids->len; i++) {
    const gint64 id = g_array_index (ids, gint64, i);
    if (!lykta_activity_rows_renew_identity (&self->rows, id, error))
      return FALSE;
    lykta_content_writer_touch (self, id, FALSE);
  }
  return TRUE;
}

static gboolean
renew_identities (LyktaContentWriter *self, GError **error)
{
  static const char note_sql[] =
      "INSERT OR REPLACE INTO meta (key, value) VALUES ('identity_version', ?1)";

  if (!lykta_content_writer_begin_transaction (self, error) || !fill_identities (self, error))
    return FALSE;
  const gboolean has_some = g_hash_table_size (self->touched) > 0;
  return lykta_content_writer_run_with_number (self, note_sql, IDENTITY_VERSION, error) &&
         lykta_content_writer_commit_transaction (self, has_some, error);
}

gboolean
lykta_content_writer_update_identities (LyktaContentWriter *self, GError **error)
{
  gint64 version;
  GError *local_error = NULL;

  if (!lykta_content_writer_get_number (
          self, "SELECT value FROM meta WHERE key = 'identity_version'", 0, &version, &local_error))
    return lykta_content_writer_end_call (self, FALSE, local_error, error);
  if (version == IDENTITY_VERSION)
    return TRUE;
  const gboolean is_renewed = renew_identities (self, &local_error);
  return lykta_content_writer_end_call (self, is_renewed, local_error, error);
}
