/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-facets.h"

#include <string.h>

#include "store/lykta-occurrence-index-private.h"

/* A choice belongs to a group, and is counted for all dates that fail in no other group. What a
 * filter asks of a date is looked at date by date; what it asks of an activity once for each slot,
 * with the number of its dates that passed as weight. */

#define GROUP(kind) (1u << LYKTA_FILTER_##kind)
#define N_PURPOSES  4
#define N_PARTS     3
#define N_LEVELS    3
/* The low bits of a date as they are, then men only, then the parts of the day. */
#define FLAG_MEN    0x100u
#define SHIFT_PARTS 9
#define N_FLAGS     (1u << (SHIFT_PARTS + N_PARTS))
/* Bits of the filter that are groups of their own; any other is a condition for all counts. */
#define GROUP_BITS                                                                      \
  (LYKTA_BIT_CHILDCARE | LYKTA_BIT_ONLINE | LYKTA_BIT_CERTIFICATE | LYKTA_BIT_ON_SITE | \
   LYKTA_BIT_SOURCE)

typedef struct {
  LyktaOccurrenceIndex *index;        /* (owned) */
  LyktaQuery *query;                  /* (unowned) */
  const LyktaFacetQuestion *question; /* (unowned) */
  LyktaFilter filter;
  LyktaCandidates candidates;     /* of the whole query */
  gint64 base;                    /* what ended before counts for nothing */
  guint32 *slot_fail;             /* (owned) groups that the slot fails in */
  guint32 *weights;               /* (owned) two for each slot: its dates elsewhere, on site */
  guint n_exact[LYKTA_N_FILTERS]; /* dates that fail in this group alone */
  guint flags[N_FLAGS];           /* dates that fail in none, by their flags */
  gint64 last_period;             /* no period reaches beyond */
} Count;

static void
count_clear (Count *self)
{
  g_clear_pointer (&self->index, lykta_occurrence_index_unref);
  lykta_candidates_clear (&self->candidates);
  g_clear_pointer (&self->slot_fail, g_free);
  g_clear_pointer (&self->weights, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Count, count_clear)

/* ---- what each slot fails in ---- */

static guint32
fail_of_slot (Count *self, const LyktaSlot *slot)
{
  const LyktaCandidates *asked = &self->candidates;
  const LyktaCandidates area = {.area = asked->area};
  const LyktaCandidates levels = {.levels = asked->levels};
  const LyktaCandidates spoken = {.spoken = asked->spoken};
  guint32 fail = 0;

  if (asked->has_radius && !lykta_candidates_is_within (asked, slot->latitude, slot->longitude))
    fail |= GROUP (WHERE);
  if (!asked->has_terms)
    return fail;
  if (!lykta_slot_fits (self->index, slot, &area))
    fail |= GROUP (WHERE);
  if (!lykta_slot_fits (self->index, slot, &levels))
    fail |= GROUP (LEVELS);
  if (!lykta_slot_fits (self->index, slot, &spoken))
    fail |= GROUP (SPOKEN);
  if ((asked->traits & ~slot->traits & LYKTA_TRAIT_DROP_IN) != 0)
    fail |= GROUP (DROP_IN);
  if ((asked->traits & ~slot->traits & LYKTA_TRAIT_CHILDREN) != 0)
    fail |= GROUP (CHILDREN);
  return fail;
}

static void
judge_slots (Count *self)
{
  const guint n = self->index->slot_table->len;
  GArray *found = self->candidates.has_search ? self->candidates.found : NULL;
  guint k = 0;

  self->slot_fail = g_new (guint32, MAX (n, 1));
  self->weights = g_new0 (guint32, MAX (2 * n, 1));
  for (guint i = 0; i < n; i++) {
    const LyktaSlot *slot = lykta_occurrence_index_slot (self->index, i);
    guint32 fail = fail_of_slot (self, slot);
    gboolean is_found = TRUE;
    if (found != NULL && i < self->index->n_activities) {
      while (k < found->len && g_array_index (found, gint64, k) < slot->activity)
        k++;
      is_found = k < found->len && g_array_index (found, gint64, k) == slot->activity;
    } else if (found != NULL) {
      is_found = lykta_ids_contain (found, slot->activity);
    }
    self->slot_fail[i] = is_found ? fail : fail | GROUP (SEARCH);
  }
}

/* ---- what each date fails in ---- */

static inline gboolean
lies_in (gint64 start, guint32 duration, gint64 from, gint64 to)
{
  return start < to && (start >= from || start + (gint64)duration > from);
}

static inline guint32
fail_of_date (const Count *self, guint i)
{
  const LyktaFilter *filter = &self->filter;
  const guint32 bits = self->index->bits[i];
  const guint32 missing = filter->all_value & ~bits;
  guint32 fail = 0;

  if (!lykta_filter_passes_time (filter, self->index->starts[i], self->index->durations[i]))
    fail |= GROUP (PERIOD);
  if (filter->parts != LYKTA_PART_NONE && (self->index->parts[i] & filter->parts) == 0)
    fail |= GROUP (PARTS);
  if ((bits & filter->any_mask) == 0)
    fail |= GROUP (PURPOSES);
  if ((filter->audiences >> ((bits & LYKTA_BIT_AUDIENCE) >> LYKTA_SHIFT_AUDIENCE) & 1) == 0)
    fail |= GROUP (AUDIENCE);
  if ((missing & LYKTA_BIT_CHILDCARE) != 0)
    fail |= GROUP (CHILDCARE);
  if ((missing & LYKTA_BIT_ONLINE) != 0)
    fail |= GROUP (ONLINE);
  if ((missing & LYKTA_BIT_CERTIFICATE) != 0)
    fail |= GROUP (CERTIFICATE);
  if (((bits ^ filter->all_value) & filter->all_mask & LYKTA_BIT_SOURCE) != 0)
    fail |= GROUP (SOURCE);
  return fail;
}

static inline gboolean
is_single (guint32 groups)
{
  return (groups & (groups - 1)) == 0;
}

static void
count_periods (const Count *self, guint i, LyktaFacets *facets)
{
  const gint64 start = self->index->starts[i];
  const LyktaFacetQuestion *question = self->question;

  if (start >= self->last_period)
    return;
  for (guint k = 0; k < question->n_periods; k++) {
    const LyktaPeriod *period = &question->periods[k];
    facets->n_period[k] += lies_in (start, self->index->durations[i], period->from,
                                    period->to != 0 ? period->to : G_MAXINT64);
  }
}

/* A date that fails in @group alone: it counts for the choices of that group. */
static void
count_choices (const Count *self, guint i, guint32 group, LyktaFacets *facets)
{
  const guint32 bits = self->index->bits[i];
  const guint32 audience = (bits & LYKTA_BIT_AUDIENCE) >> LYKTA_SHIFT_AUDIENCE;

  if (group == GROUP (PERIOD)) {
    count_periods (self, i, facets);
  } else if (group == GROUP (PURPOSES)) {
    for (guint bit = 0; bit < N_PURPOSES; bit++)
      facets->n_purpose[bit] += bits >> bit & 1;
  } else if (group == GROUP (PARTS)) {
    for (guint bit = 0; bit < N_PARTS; bit++)
      facets->n_part[bit] += self->index->parts[i] >> bit & 1u;
  } else if (group == GROUP (AUDIENCE)) {
    facets->n_women_only += audience == LYKTA_AUDIENCE_WOMEN;
    facets->n_men_only += audience == LYKTA_AUDIENCE_MEN;
  }
}

static inline guint32
flags_of (const Count *self, guint i)
{
  const guint32 bits = self->index->bits[i];
  const gboolean is_men = (bits & LYKTA_BIT_AUDIENCE) >> LYKTA_SHIFT_AUDIENCE == LYKTA_AUDIENCE_MEN;

  return (bits & 0xffu) | (is_men ? FLAG_MEN : 0) | (guint32)self->index->parts[i] << SHIFT_PARTS;
}

static void
walk_dates (Count *self, gpointer data)
{
  LyktaFacets *facets = data;
  const guint32 common = self->filter.all_mask & ~(guint32)GROUP_BITS;
  const guint32 common_value = self->filter.all_value & common;
  const gint64 first = self->base - (gint64)self->index->longest;

  for (guint i = lykta_occurrence_index_find_end (self->index, first); i < self->index->n; i++) {
    const guint32 bits = self->index->bits[i];
    const gboolean is_on_site = (bits & LYKTA_BIT_ON_SITE) != 0;
    const guint slot = self->index->slots[i];
    if (!lies_in (self->index->starts[i], self->index->durations[i], self->base, G_MAXINT64) ||
        (bits & common) != common_value || lykta_bits_are_doubtful (bits))
      continue;
    const guint32 fail = fail_of_date (self, i);
    guint32 whole = fail | self->slot_fail[slot];
    if (self->candidates.has_radius && !is_on_site)
      whole |= GROUP (WHERE);
    if (!is_single (whole))
      continue;
    self->weights[2 * slot + is_on_site] += fail == 0;
    if (whole != 0) {
      self->n_exact[g_bit_nth_lsf (whole, -1)]++;
      if (whole == fail)
        count_choices (self, i, whole, facets);
      continue;
    }
    facets->n_all++;
    self->flags[flags_of (self, i)]++;
    count_periods (self, i, facets);
  }
}

/* ---- adding up ---- */

static void
add_flags (const Count *self, LyktaFacets *facets)
{
  for (guint flags = 0; flags < N_FLAGS; flags++) {
    const guint n = self->flags[flags];
    if (n == 0)
      continue;
    for (guint bit = 0; bit < N_PURPOSES; bit++)
      facets->n_purpose[bit] += (flags >> bit & 1) * n;
    for (guint bit = 0; bit < N_PARTS; bit++)
      facets->n_part[bit] += (flags >> (SHIFT_PARTS + bit) & 1) * n;
    facets->n_childcare += (flags & LYKTA_BIT_CHILDCARE) != 0 ? n : 0;
    facets->n_women_only += (flags & LYKTA_BIT_WOMEN) != 0 ? n : 0;
    facets->n_men_only += (flags & FLAG_MEN) != 0 ? n : 0;
    facets->n_online += (flags & LYKTA_BIT_ONLINE) != 0 ? n : 0;
    facets->n_certificate += (flags & LYKTA_BIT_CERTIFICATE) != 0 ? n : 0;
  }
}

static void
add_places (const Count *self, const LyktaSlot *slot, guint on_site, guint n, LyktaFacets *facets)
{
  const LyktaFacetQuestion *question = self->question;
  const LyktaCandidates area = {.area = question->area};

  if (question->area != NULL && lykta_slot_fits (self->index, slot, &area))
    facets->n_area += n;
  if (on_site == 0 || !lykta_query_has_position (self->query))
    return;
  for (guint k = question->n_radii; k > 0; k--) {
    const LyktaCandidates near = {
        .latitude = lykta_query_get_latitude (self->query),
        .longitude = lykta_query_get_longitude (self->query),
        .within_km = question->radii[k - 1],
    };
    if (lykta_candidates_is_within (&near, slot->latitude, slot->longitude))
      facets->n_radius[k - 1] += on_site;
  }
}

static void
add_slot (const Count *self,
          guint i,
          guint32 fail,
          guint on_site,
          guint n,
          LyktaFacets *facets,
          guint *spoken)
{
  const LyktaSlot *slot = lykta_occurrence_index_slot (self->index, i);

  if (n == 0 || !is_single (fail))
    return;
  if ((fail & ~GROUP (DROP_IN)) == 0 && (slot->traits & LYKTA_TRAIT_DROP_IN) != 0)
    facets->n_drop_in += n;
  if ((fail & ~GROUP (CHILDREN)) == 0 && (slot->traits & LYKTA_TRAIT_CHILDREN) != 0)
    facets->n_children += n;
  for (guint bit = 0; bit < N_LEVELS && (fail & ~GROUP (LEVELS)) == 0; bit++)
    facets->n_level[bit] += (slot->traits >> (LYKTA_SHIFT_LEVELS + bit) & 1) * n;
  for (guint k = 0; k < slot->n_spoken && (fail & ~GROUP (SPOKEN)) == 0; k++)
    spoken[g_array_index (self->index->spoken, guint16, slot->spoken + k)] += n;
  if ((fail & ~GROUP (WHERE)) == 0)
    add_places (self, slot, on_site, n, facets);
}

static int
compare_spoken (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const LyktaSpokenCount *one = a, *other = b;

  if (one->n != other->n)
    return one->n > other->n ? -1 : 1;
  return g_strcmp0 (one->tag, other->tag);
}

static void
add_slots (const Count *self, LyktaFacets *facets)
{
  const guint n_languages = self->index->languages->len;
  g_autofree guint *spoken = g_new0 (guint, n_languages + 1);
  g_autofree LyktaSpokenCount *counts = g_new0 (LyktaSpokenCount, n_languages + 1);

  for (guint i = 0; i < self->index->slot_table->len; i++) {
    const guint elsewhere = self->weights[2 * i], on_site = self->weights[2 * i + 1];
    const guint32 fail = self->slot_fail[i];
    if (!self->candidates.has_radius) {
      add_slot (self, i, fail, on_site, on_site + elsewhere, facets, spoken);
      continue;
    }
    add_slot (self, i, fail, on_site, on_site, facets, spoken);
    add_slot (self, i, fail | GROUP (WHERE), 0, elsewhere, facets, spoken);
  }
  for (guint i = 0; i < n_languages; i++)
    counts[i] = (LyktaSpokenCount){self->index->languages->pdata[i], spoken[i]};
  g_qsort_with_data (counts, (int)n_languages, sizeof *counts, compare_spoken, NULL);
  while (facets->n_spoken < MIN (n_languages, LYKTA_FACET_LANGUAGES) &&
         counts[facets->n_spoken].n > 0) {
    facets->spoken[facets->n_spoken] = counts[facets->n_spoken];
    facets->n_spoken++;
  }
}

/* ---- asking ---- */

/* FALSE without error: no index yet. Inside enter and leave. */
static gboolean
count_begin (Count *self, LyktaContentReader *reader, LyktaQuery *query, GError **error)
{
  gint64 source;

  self->query = query;
  self->index = lykta_content_reader_ref_index (reader);
  if (self->index == NULL ||
      !lykta_content_reader_find_source (reader, lykta_query_get_source (query), &source, error) ||
      !lykta_content_reader_find_candidates (reader, query, FALSE, &self->candidates, error))
    return FALSE;
  lykta_filter_init (&self->filter, query, source);
  self->base =
      self->question->now != 0 ? MIN (self->question->now, self->filter.from) : self->filter.from;
  judge_slots (self);
  return TRUE;
}

typedef void (*WalkFunc) (Count *self, gpointer data);

static gboolean
run (LyktaContentReader *reader,
     Count *self,
     LyktaQuery *query,
     WalkFunc walk,
     gpointer data,
     GError **error)
{
  GError *local_error = NULL;
  gboolean is_counted = FALSE;

  if (lykta_content_reader_enter (reader, &local_error)) {
    is_counted = count_begin (self, reader, query, &local_error);
    if (is_counted)
      walk (self, data);
    lykta_content_reader_leave (reader, local_error);
  }
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return is_counted;
}

gboolean
lykta_content_reader_count_facets (LyktaContentReader *reader,
                                   LyktaQuery *query,
                                   const LyktaFacetQuestion *question,
                                   LyktaFacets *facets,
                                   GError **error)
{
  static const LyktaFacetQuestion nothing;

  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (reader), FALSE);
  g_return_val_if_fail (query != NULL, FALSE);
  g_return_val_if_fail (facets != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_auto (Count) count = {.question = question != NULL ? question : &nothing};
  *facets = (LyktaFacets){0};
  for (guint k = 0; k < count.question->n_periods; k++) {
    const gint64 to = count.question->periods[k].to;
    count.last_period = to == 0 ? G_MAXINT64 : MAX (count.last_period, to);
  }
  if (!run (reader, &count, query, walk_dates, facets, error))
    return FALSE;
  add_flags (&count, facets);
  add_slots (&count, facets);
  for (guint kind = 0; kind < LYKTA_N_FILTERS; kind++)
    facets->n_lifted[kind] = facets->n_all + count.n_exact[kind];
  return TRUE;
}

/* ---- day by day ---- */

typedef struct {
  gint64 *starts; /* (owned) of the days, and of the day after the last */
  guint n_days;
  guint *counts; /* (unowned) */
} Days;

static guint
find_day (const Days *days, gint64 start)
{
  guint low = 0, high = days->n_days;

  while (low < high) {
    const guint middle = low + (high - low) / 2;
    if (days->starts[middle + 1] <= start)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void
walk_days (Count *self, gpointer data)
{
  const Days *days = data;
  const LyktaOccurrenceIndex *index = self->index;
  const guint32 common = self->filter.all_mask & ~(guint32)GROUP_BITS;
  const guint32 common_value = self->filter.all_value & common;
  const guint end = lykta_occurrence_index_find_end (self->index, days->starts[days->n_days]);

  for (guint i = 0; i < end; i++) {
    const gint64 start = index->starts[i];
    const guint32 duration = index->durations[i];
    if (!lies_in (start, duration, MAX (self->base, days->starts[0]), G_MAXINT64) ||
        (index->bits[i] & common) != common_value || lykta_bits_are_doubtful (index->bits[i]) ||
        (self->slot_fail[index->slots[i]] | (fail_of_date (self, i) & ~GROUP (PERIOD))) != 0 ||
        (self->candidates.has_radius && (index->bits[i] & LYKTA_BIT_ON_SITE) == 0))
      continue;
    for (guint k = find_day (days, start); k < days->n_days; k++) {
      if (days->starts[k] > start && days->starts[k] >= start + (gint64)duration)
        break;
      /* A day that is over has nothing left, whatever still goes on. */
      days->counts[k] +=
          days->starts[k + 1] > self->base &&
          lies_in (start, duration, MAX (days->starts[k], self->base), days->starts[k + 1]);
    }
  }
}

gboolean
lykta_content_reader_count_days (LyktaContentReader *reader,
                                 LyktaQuery *query,
                                 gint64 now,
                                 LyktaDate first,
                                 guint n_days,
                                 guint *counts,
                                 GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (reader), FALSE);
  g_return_val_if_fail (query != NULL, FALSE);
  g_return_val_if_fail (counts != NULL && n_days > 0, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  const LyktaFacetQuestion question = {.now = now};
  g_auto (Count) count = {.question = &question};
  g_autofree gint64 *starts = g_new (gint64, n_days + 1);
  Days days = {.starts = starts, .n_days = n_days, .counts = counts};
  for (guint k = 0; k <= n_days; k++)
    starts[k] = lykta_date_start (lykta_date_add_days (first, (gint32)k));
  memset (counts, 0, n_days * sizeof *counts);
  return run (reader, &count, query, walk_days, &days, error);
}

/* ---- around points ---- */

gboolean
lykta_content_reader_count_near (LyktaContentReader *reader,
                                 LyktaQuery *query,
                                 const LyktaPoint *points,
                                 guint n_points,
                                 double km,
                                 guint *counts,
                                 GError **error)
{
  static const LyktaFacetQuestion nothing;

  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (reader), FALSE);
  g_return_val_if_fail (query != NULL, FALSE);
  g_return_val_if_fail (points != NULL && counts != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_auto (Count) count = {.question = &nothing};
  g_autoptr (LyktaQuery) anywhere = lykta_query_without_filter (query, LYKTA_FILTER_WHERE);
  LyktaFacets facets = {0};
  memset (counts, 0, n_points * sizeof *counts);
  if (!run (reader, &count, anywhere, walk_dates, &facets, error))
    return FALSE;
  for (guint i = 0; i < count.index->slot_table->len; i++) {
    const LyktaSlot *slot = lykta_occurrence_index_slot (count.index, i);
    const guint n = count.weights[2 * i + 1];
    for (guint k = 0; k < n_points && n > 0 && count.slot_fail[i] == 0; k++) {
      const LyktaCandidates near = {
          .latitude = points[k].latitude, .longitude = points[k].longitude, .within_km = km};
      if (lykta_candidates_is_within (&near, slot->latitude, slot->longitude))
        counts[k] += n;
    }
  }
  return TRUE;
}
