/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-occurrence-index.h"

#include <math.h>
#include <string.h>

#include "store/lykta-content-reader-private.h"
#include "store/lykta-date-blocks-private.h"
#include "store/lykta-occurrence-index-private.h"

/* Dates between two looks at the cancellable. */
#define CANCEL_EVERY 16384

G_DEFINE_BOXED_TYPE (LyktaOccurrenceIndex,
                     lykta_occurrence_index,
                     lykta_occurrence_index_ref,
                     lykta_occurrence_index_unref)

LyktaOccurrenceIndex *
lykta_occurrence_index_ref (LyktaOccurrenceIndex *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
lykta_occurrence_index_unref (LyktaOccurrenceIndex *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->starts);
  g_free (self->durations);
  g_free (self->bits);
  g_free (self->slots);
  g_array_unref (self->moved);
  g_free (self->parts);
  g_array_unref (self->slot_table);
  g_array_unref (self->spoken);
  g_ptr_array_unref (self->languages);
  g_free (self);
}

gint64
lykta_occurrence_index_get_generation (LyktaOccurrenceIndex *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->generation;
}

guint
lykta_occurrence_index_get_n (LyktaOccurrenceIndex *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n;
}

static const LyktaSlot *
slot_of (LyktaOccurrenceIndex *self, guint position)
{
  return &g_array_index (self->slot_table, LyktaSlot, self->slots[position]);
}

static gint64
moved_of (LyktaOccurrenceIndex *self, guint position)
{
  guint low = 0, high = self->moved->len;

  while (low < high) {
    const guint middle = low + (high - low) / 2;
    if (g_array_index (self->moved, LyktaMoved, middle).position < position)
      low = middle + 1;
    else
      high = middle;
  }
  if (low >= self->moved->len || g_array_index (self->moved, LyktaMoved, low).position != position)
    return 0;
  return g_array_index (self->moved, LyktaMoved, low).moved;
}

void
lykta_occurrence_index_get_row (LyktaOccurrenceIndex *self, guint position, LyktaDateRow *row)
{
  const LyktaSlot *slot = slot_of (self, position);

  *row = (LyktaDateRow){
      .activity = slot->activity,
      .start = self->starts[position],
      .moved = moved_of (self, position),
      .duration = self->durations[position],
      .bits = self->bits[position],
      .latitude = slot->latitude,
      .longitude = slot->longitude,
  };
}

/* ---- building ---- */

/* Which language of the table @tag is; a new one is added. */
static guint16
find_language (LyktaOccurrenceIndex *self, const char *tag)
{
  guint i = 0;

  while (i < self->languages->len && self->languages->pdata[i] != tag)
    i++;
  if (i == self->languages->len)
    g_ptr_array_add (self->languages, (gpointer)tag);
  return (guint16)i;
}

static void
read_spoken (LyktaOccurrenceIndex *self, const char *text, LyktaSlot *slot)
{
  slot->spoken = self->spoken->len;
  if (text == NULL)
    return;
  g_auto (GStrv) tags = g_strsplit (text, " ", -1);
  for (guint i = 0; tags[i] != NULL; i++) {
    if (tags[i][0] == '\0')
      continue;
    const guint16 language = find_language (self, g_intern_string (tags[i]));
    g_array_append_val (self->spoken, language);
    slot->n_spoken++;
  }
}

static gboolean
load_slots (LyktaOccurrenceIndex *self, LyktaDatabase *database, GError **error)
{
  g_autoptr (LyktaStatement) statement = lykta_database_statement (
      database,
      "SELECT id, revision, latitude, longitude, traits, municipality, spoken FROM activity"
      " ORDER BY id",
      error);

  if (statement == NULL)
    return FALSE;
  LyktaStep step;
  while ((step = lykta_statement_step (statement, error)) == LYKTA_STEP_ROW) {
    const char *municipality = lykta_statement_text (statement, 5);
    LyktaSlot slot = {
        .activity = sqlite3_column_int64 (statement, 0),
        .revision = sqlite3_column_int64 (statement, 1),
        .latitude = lykta_statement_double (statement, 2),
        .longitude = lykta_statement_double (statement, 3),
        .traits = (guint32)sqlite3_column_int64 (statement, 4),
        .area = (gint16)(municipality != NULL ? g_ascii_strtoll (municipality, NULL, 10) : 0),
    };
    read_spoken (self, lykta_statement_text (statement, 6), &slot);
    g_array_append_val (self->slot_table, slot);
  }
  self->n_activities = self->slot_table->len;
  return step == LYKTA_STEP_DONE;
}

static gboolean
find_slot (LyktaOccurrenceIndex *self, gint64 activity, guint32 *found)
{
  guint low = 0, high = self->n_activities;

  while (low < high) {
    const guint middle = low + (high - low) / 2;
    if (g_array_index (self->slot_table, LyktaSlot, middle).activity < activity)
      low = middle + 1;
    else
      high = middle;
  }
  *found = low;
  return low < self->n_activities &&
         g_array_index (self->slot_table, LyktaSlot, low).activity == activity;
}

/* An own place becomes a slot of its own. */
static guint32
add_own_slot (LyktaOccurrenceIndex *self, guint32 base, double latitude, double longitude)
{
  LyktaSlot slot = g_array_index (self->slot_table, LyktaSlot, base);

  slot.latitude = latitude;
  slot.longitude = longitude;
  g_array_append_val (self->slot_table, slot);
  return self->slot_table->len - 1;
}

static gboolean
reserve (LyktaOccurrenceIndex *self, LyktaDatabase *database, GError **error)
{
  gint64 n;

  if (!lykta_date_blocks_count (database, &n, error))
    return FALSE;
  if (n > G_MAXINT32) {
    g_set_error_literal (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_FAILED,
                         "more dates than an index can hold");
    return FALSE;
  }
  self->starts = g_new (gint64, n);
  self->durations = g_new (guint32, n);
  self->bits = g_new (guint32, n);
  self->slots = g_new (guint32, n);
  self->parts = g_new (guint8, n);
  self->n = (guint)n;
  return TRUE;
}

/* Takes the dates in as the walk gives them. */
typedef struct {
  LyktaOccurrenceIndex *index; /* (unowned) */
  guint n;
  GCancellable *cancellable; /* (unowned) (nullable) */
  GError *error;             /* (owned) (nullable) */
} Loader;

static gboolean
add_date (const LyktaDateRow *row, gpointer user_data)
{
  Loader *loader = user_data;
  LyktaOccurrenceIndex *self = loader->index;
  const LyktaMoved moved = {.position = loader->n, .moved = row->moved};
  guint32 slot;

  if (loader->n % CANCEL_EVERY == 0 &&
      g_cancellable_set_error_if_cancelled (loader->cancellable, &loader->error))
    return FALSE;
  if (loader->n >= self->n || !find_slot (self, row->activity, &slot)) {
    g_set_error_literal (&loader->error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED,
                         "a date in the store belongs to no activity");
    return FALSE;
  }
  if (row->moved != 0)
    g_array_append_val (self->moved, moved);
  if ((row->bits & LYKTA_BIT_OWN_PLACE) != 0)
    slot = add_own_slot (self, slot, row->latitude, row->longitude);
  self->starts[loader->n] = row->start;
  self->durations[loader->n] = row->duration;
  self->bits[loader->n] = row->bits;
  self->slots[loader->n] = slot;
  self->parts[loader->n] = (guint8)lykta_parts_of_date (row->start, row->duration, row->bits);
  self->longest = MAX (self->longest, row->duration);
  loader->n++;
  return TRUE;
}

static gboolean
load_dates (LyktaOccurrenceIndex *self,
            LyktaDatabase *database,
            GCancellable *cancellable,
            GError **error)
{
  const LyktaFilter everything = {
      .from = G_MININT64 / 4, .to = G_MAXINT64, .any_mask = G_MAXUINT32, .audiences = G_MAXUINT32};
  Loader loader = {.index = self, .cancellable = cancellable};

  if (!lykta_date_blocks_walk (database, &everything, add_date, &loader, error))
    return FALSE;
  self->n = loader.n;
  if (loader.error == NULL)
    return TRUE;
  g_propagate_error (error, loader.error);
  return FALSE;
}

LyktaOccurrenceIndex *
lykta_occurrence_index_new (LyktaContentReader *reader, GCancellable *cancellable, GError **error)
{
  g_autoptr (LyktaOccurrenceIndex) self = g_new0 (LyktaOccurrenceIndex, 1);
  LyktaDatabase *database = lykta_content_reader_get_database (reader);
  GError *local_error = NULL;

  g_atomic_ref_count_init (&self->references);
  self->moved = g_array_new (FALSE, FALSE, sizeof (LyktaMoved));
  self->slot_table = g_array_new (FALSE, FALSE, sizeof (LyktaSlot));
  self->spoken = g_array_new (FALSE, FALSE, sizeof (guint16));
  self->languages = g_ptr_array_new ();
  if (lykta_content_reader_enter (reader, &local_error)) {
    self->generation = lykta_content_reader_get_generation (reader);
    if (reserve (self, database, &local_error) && load_slots (self, database, &local_error))
      load_dates (self, database, cancellable, &local_error);
    lykta_content_reader_leave (reader, local_error);
  }
  if (local_error == NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error, local_error);
  return NULL;
}

/* ---- asking ---- */

gboolean
lykta_slot_fits (LyktaOccurrenceIndex *self,
                 const LyktaSlot *slot,
                 const LyktaCandidates *candidates)
{
  if ((slot->traits & candidates->traits) != candidates->traits ||
      (candidates->levels != 0 && (slot->traits & candidates->levels) == 0))
    return FALSE;
  if (candidates->area != NULL) {
    const int code = (int)g_ascii_strtoll (candidates->area, NULL, 10);
    const gboolean is_county = candidates->area[2] == '\0';
    if (slot->area == 0 || (is_county ? slot->area / 100 : slot->area) != code)
      return FALSE;
  }
  if (candidates->spoken == NULL)
    return TRUE;
  for (guint i = 0; i < slot->n_spoken; i++)
    if (self->languages->pdata[g_array_index (self->spoken, guint16, slot->spoken + i)] ==
        candidates->spoken)
      return TRUE;
  return FALSE;
}

/* For each slot, whether it passes the search, the terms and the radius; NULL when all do.
 * (transfer full) */
static guint8 *
make_passing (LyktaOccurrenceIndex *self, const LyktaCandidates *candidates)
{
  if (!candidates->has_search && !candidates->has_radius && !candidates->has_terms)
    return NULL;
  guint8 *passing = g_malloc (MAX (self->slot_table->len, 1));
  guint k = 0;
  for (guint i = 0; i < self->slot_table->len; i++) {
    const LyktaSlot *slot = &g_array_index (self->slot_table, LyktaSlot, i);
    gboolean passes = TRUE;
    if (candidates->has_search && i < self->n_activities) {
      while (k < candidates->found->len &&
             g_array_index (candidates->found, gint64, k) < slot->activity)
        k++;
      passes = k < candidates->found->len &&
               g_array_index (candidates->found, gint64, k) == slot->activity;
    } else if (candidates->has_search) {
      passes = lykta_ids_contain (candidates->found, slot->activity);
    }
    if (passes && candidates->has_terms)
      passes = lykta_slot_fits (self, slot, candidates);
    if (passes && candidates->has_radius)
      passes = lykta_candidates_is_within (candidates, slot->latitude, slot->longitude);
    passing[i] = passes;
  }
  return passing;
}

guint
lykta_occurrence_index_find_end (LyktaOccurrenceIndex *self, gint64 to)
{
  guint low = 0, high = self->n;

  while (low < high) {
    const guint middle = low + (high - low) / 2;
    if (self->starts[middle] < to)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static inline gboolean
passes (LyktaOccurrenceIndex *self, const LyktaFilter *filter, const guint8 *passing, guint i)
{
  return lykta_filter_passes_bits (filter, self->bits[i]) &&
         lykta_filter_passes_time (filter, self->starts[i], self->durations[i]) &&
         (filter->parts == LYKTA_PART_NONE || (self->parts[i] & filter->parts) != 0) &&
         (passing == NULL || passing[self->slots[i]] != 0);
}

LyktaSelection *
lykta_occurrence_index_select (LyktaOccurrenceIndex *self,
                               const LyktaFilter *filter,
                               const LyktaCandidates *candidates)
{
  g_autofree guint8 *passing = make_passing (self, candidates);
  const guint end = lykta_occurrence_index_find_end (self, filter->to);
  LyktaSelection *selection = g_new0 (LyktaSelection, 1);
  guint32 *positions = g_new (guint32, MAX (end, 1));
  guint n = 0;

  for (guint i = 0; i < end; i++)
    if (passes (self, filter, passing, i))
      positions[n++] = i;
  g_atomic_ref_count_init (&selection->references);
  selection->index = lykta_occurrence_index_ref (self);
  selection->positions = g_renew (guint32, positions, MAX (n, 1));
  selection->n = n;
  return selection;
}

/* ---- selections ---- */

LyktaSelection *
lykta_selection_ref (LyktaSelection *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
lykta_selection_unref (LyktaSelection *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  lykta_occurrence_index_unref (self->index);
  g_free (self->positions);
  g_free (self);
}

static gboolean
shows_same (LyktaSelection *a, guint i, LyktaSelection *b, guint k)
{
  const guint p = a->positions[i], q = b->positions[k];
  const LyktaSlot *one = slot_of (a->index, p), *other = slot_of (b->index, q);

  return one->activity == other->activity && one->revision == other->revision &&
         a->index->starts[p] == b->index->starts[q] && a->index->bits[p] == b->index->bits[q] &&
         a->index->durations[p] == b->index->durations[q];
}

void
lykta_selection_compare (LyktaSelection *a, LyktaSelection *b, guint *prefix, guint *suffix)
{
  const guint shorter = MIN (a->n, b->n);

  *prefix = 0;
  *suffix = 0;
  while (*prefix < shorter && shows_same (a, *prefix, b, *prefix))
    (*prefix)++;
  while (*suffix < shorter - *prefix && shows_same (a, a->n - 1 - *suffix, b, b->n - 1 - *suffix))
    (*suffix)++;
}

gboolean
lykta_selection_find (LyktaSelection *self, gint64 activity, gint64 start, guint *position)
{
  for (guint i = 0; i < self->n; i++)
    if (self->index->starts[self->positions[i]] == start &&
        slot_of (self->index, self->positions[i])->activity == activity) {
      *position = i;
      return TRUE;
    }
  return FALSE;
}
