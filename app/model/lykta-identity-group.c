/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-identity.h"

#include <string.h>

/* Which of many records are the same: first the pieces of series that were cut, then pairs, the
 * most preferred first. */

/* One record, or the pieces of a series. */
typedef struct {
  LyktaIdentityMember member; /* of the first piece, with the dates of all */
  GArray *pieces;             /* (owned) (element-type guint) indices of members */
  GArray *starts;             /* (owned) (nullable) (element-type gint64) */
  guint group;                /* index of the first unit in the group */
} Unit;

static void
unit_free (gpointer data)
{
  Unit *self = data;

  g_array_unref (self->pieces);
  g_clear_pointer (&self->starts, g_array_unref);
  g_free (self);
}

typedef struct {
  const LyktaIdentityMember *members; /* (unowned) */
  guint n;
  GPtrArray *units; /* (owned) (element-type Unit) in order of preference */
} Grouping;

/* ---- order ---- */

static gint64
first_start (const LyktaIdentityMember *member)
{
  return member->n_starts > 0 ? member->starts[0] : G_MAXINT64;
}

static int
compare_members (const LyktaIdentityMember *a, const LyktaIdentityMember *b)
{
  if (a->is_gone != b->is_gone)
    return a->is_gone ? 1 : -1;
  if (a->preference != b->preference)
    return a->preference < b->preference ? -1 : 1;
  if (a->source != b->source)
    return a->source < b->source ? -1 : 1;
  if (first_start (a) != first_start (b))
    return first_start (a) < first_start (b) ? -1 : 1;
  return strcmp (a->uid, b->uid);
}

static int
compare_indices (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const LyktaIdentityMember *members = user_data;

  return compare_members (&members[*(const guint *)a], &members[*(const guint *)b]);
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;

  return (one > other) - (one < other);
}

/* ---- series that were cut ---- */

static gboolean
can_be_piece (const LyktaIdentityMember *member)
{
  return member->identity.is_single && member->identity.key != 0 && member->n_starts == 1;
}

static guint
hash_piece (gconstpointer data)
{
  const LyktaIdentityMember *member = data;

  return (guint)(member->identity.copy ^ member->identity.copy >> 32) * 31 + (guint)member->source;
}

static gboolean
equal_pieces (gconstpointer a, gconstpointer b)
{
  const LyktaIdentityMember *one = a, *other = b;

  return one->source == other->source && one->identity.copy == other->identity.copy &&
         one->identity.key == other->identity.key;
}

static Unit *
add_unit (Grouping *self, guint index)
{
  Unit *unit = g_new0 (Unit, 1);

  unit->member = self->members[index];
  unit->pieces = g_array_new (FALSE, FALSE, sizeof (guint));
  unit->group = self->units->len;
  g_array_append_val (unit->pieces, index);
  g_ptr_array_add (self->units, unit);
  return unit;
}

/* How many pieces there are of each kind; one moment counts once. @order: by first date, so that
 * the key is the piece before. */
static GHashTable *
count_pieces (Grouping *self, const guint *order)
{
  GHashTable *counts = g_hash_table_new (hash_piece, equal_pieces);

  for (guint i = 0; i < self->n; i++) {
    const LyktaIdentityMember *member = &self->members[order[i]];
    if (!can_be_piece (member))
      continue;
    gpointer before = NULL, count = NULL;
    if (g_hash_table_lookup_extended (counts, member, &before, &count) &&
        ((const LyktaIdentityMember *)before)->starts[0] == member->starts[0])
      continue;
    g_hash_table_replace (counts, (gpointer)member,
                          GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
  }
  return counts;
}

static gboolean
has_start (const Unit *unit, gint64 start)
{
  const GArray *starts = unit->starts;

  return g_array_binary_search ((GArray *)starts, &start, compare_starts, NULL);
}

/* TRUE when @index was taken into @unit. @order makes dates of a source rise; those that are gone
 * come later. */
static gboolean
add_piece (Grouping *self, Unit *unit, guint index)
{
  const LyktaIdentityMember *member = &self->members[index];

  if (has_start (unit, member->starts[0]))
    return FALSE;
  g_array_append_val (unit->pieces, index);
  g_array_append_val (unit->starts, member->starts[0]);
  if (unit->starts->len > 1 &&
      g_array_index (unit->starts, gint64, unit->starts->len - 2) > member->starts[0])
    g_array_sort (unit->starts, compare_starts);
  return TRUE;
}

static void
make_units (Grouping *self)
{
  g_autofree guint *order = g_new (guint, MAX (self->n, 1));
  g_autoptr (GHashTable) series = g_hash_table_new (hash_piece, equal_pieces);

  for (guint i = 0; i < self->n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int)self->n, sizeof *order, compare_indices, (gpointer)self->members);
  g_autoptr (GHashTable) counts = count_pieces (self, order);
  for (guint i = 0; i < self->n; i++) {
    const LyktaIdentityMember *member = &self->members[order[i]];
    if (!can_be_piece (member) ||
        GPOINTER_TO_UINT (g_hash_table_lookup (counts, member)) < LYKTA_IDENTITY_CUT) {
      add_unit (self, order[i]);
      continue;
    }
    Unit *unit = g_hash_table_lookup (series, member);
    if (unit != NULL) {
      if (!add_piece (self, unit, order[i]))
        add_unit (self, order[i]);
      continue;
    }
    unit = add_unit (self, order[i]);
    unit->starts = g_array_new (FALSE, FALSE, sizeof (gint64));
    g_array_append_val (unit->starts, member->starts[0]);
    g_hash_table_insert (series, (gpointer)member, unit);
  }
  for (guint i = 0; i < self->units->len; i++) {
    Unit *unit = self->units->pdata[i];
    if (unit->starts == NULL)
      continue;
    unit->member.starts = (const gint64 *)unit->starts->data;
    unit->member.n_starts = unit->starts->len;
  }
}

/* ---- pairs ---- */

static gboolean
have_common_start (const LyktaIdentityMember *a, const LyktaIdentityMember *b)
{
  for (guint i = 0, k = 0; i < a->n_starts && k < b->n_starts;) {
    if (a->starts[i] == b->starts[k])
      return TRUE;
    if (a->starts[i] < b->starts[k])
      i++;
    else
      k++;
  }
  return FALSE;
}

/* Two activities that one source has at the same time are two. */
static gboolean
excludes (const LyktaIdentityMember *a, const LyktaIdentityMember *b)
{
  return a->source == b->source && a->is_gone == b->is_gone && have_common_start (a, b);
}

static gboolean
can_join (Grouping *self, guint a, guint b)
{
  for (guint i = 0; i < self->units->len; i++) {
    const Unit *one = self->units->pdata[i];
    for (guint k = 0; one->group == a && k < self->units->len; k++) {
      const Unit *other = self->units->pdata[k];
      if (other->group == b && excludes (&one->member, &other->member))
        return FALSE;
    }
  }
  return TRUE;
}

static void
try_pair (Grouping *self, Unit *a, Unit *b)
{
  const gboolean may_be =
      a->member.source != b->member.source || a->member.is_gone != b->member.is_gone;

  if (a->group == b->group || !may_be || !lykta_identity_is_same (&a->member, &b->member) ||
      !can_join (self, a->group, b->group))
    return;
  const guint from = MAX (a->group, b->group), to = MIN (a->group, b->group);
  for (guint i = 0; i < self->units->len; i++) {
    Unit *unit = self->units->pdata[i];
    if (unit->group == from)
      unit->group = to;
  }
}

/* Units that may be the same stand together. */
static int
compare_looks (gconstpointer a, gconstpointer b)
{
  const Unit *one = *(Unit *const *)a, *other = *(Unit *const *)b;
  const LyktaIdentity *x = &one->member.identity, *y = &other->member.identity;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->time_of_day != y->time_of_day)
    return x->time_of_day < y->time_of_day ? -1 : 1;
  return compare_members (&one->member, &other->member);
}

static gboolean
look_alike (const Unit *a, const Unit *b)
{
  return a->member.identity.key == b->member.identity.key &&
         a->member.identity.time_of_day == b->member.identity.time_of_day;
}

static int
compare_uids (gconstpointer a, gconstpointer b)
{
  const Unit *one = *(Unit *const *)a, *other = *(Unit *const *)b;
  const int order = strcmp (one->member.uid, other->member.uid);

  return order != 0 ? order : compare_members (&one->member, &other->member);
}

static gboolean
have_same_uid (const Unit *a, const Unit *b)
{
  return strcmp (a->member.uid, b->member.uid) == 0;
}

/* All pairs among neighbours. */
static void
try_neighbours (Grouping *self,
                GCompareFunc compare,
                gboolean (*belong) (const Unit *, const Unit *))
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (self->units, NULL, NULL);

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare);
  for (guint begin = 0, end; begin < sorted->len; begin = end) {
    end = begin + 1;
    while (end < sorted->len && belong (sorted->pdata[begin], sorted->pdata[end]))
      end++;
    if (end - begin > LYKTA_IDENTITY_LIMIT)
      continue;
    for (guint i = begin + 1; i < end; i++)
      for (guint k = begin; k < i; k++)
        try_pair (self, sorted->pdata[k], sorted->pdata[i]);
  }
}

void
lykta_identity_group (const LyktaIdentityMember *members, guint n, guint *groups)
{
  g_return_if_fail (members != NULL || n == 0);
  g_return_if_fail (groups != NULL || n == 0);

  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func (unit_free);
  Grouping self = {.members = members, .n = n, .units = units};

  make_units (&self);
  try_neighbours (&self, compare_uids, have_same_uid);
  try_neighbours (&self, compare_looks, look_alike);
  for (guint i = 0; i < units->len; i++) {
    const Unit *unit = units->pdata[i];
    const Unit *first = units->pdata[unit->group];
    for (guint k = 0; k < unit->pieces->len; k++)
      groups[g_array_index (unit->pieces, guint, k)] = g_array_index (first->pieces, guint, 0);
  }
}

/* ---- dates ---- */

static guint
weight_of (const LyktaIdentityDate *date)
{
  return date->is_gone ? 2 : date->is_cancelled ? 0 : 1;
}

static gboolean
is_better (const LyktaIdentityDate *a, const LyktaIdentityDate *b)
{
  if (weight_of (a) != weight_of (b))
    return weight_of (a) < weight_of (b);
  return a->preference < b->preference;
}

void
lykta_identity_choose_dates (LyktaIdentityDate *dates, guint n)
{
  g_return_if_fail (dates != NULL || n == 0);

  for (guint begin = 0, end; begin < n; begin = end) {
    guint best = begin;
    for (end = begin; end < n && dates[end].start == dates[begin].start; end++)
      if (is_better (&dates[end], &dates[best]))
        best = end;
    for (guint i = begin; i < end; i++)
      dates[i].is_hidden = i != best;
  }
}
