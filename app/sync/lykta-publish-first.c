/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-feed-columns.h"
#include "feed/lykta-occurrences.h"
#include "feed/lykta-zstd.h"
#include "sync/lykta-publish-private.h"

/* What is looked at: a fortnight. */
#define SOON_SECONDS (14 * 86400)
/* A snapshot that is not much longer than its first part needs none. */
#define SMALL_SNAPSHOT_BYTES (48 * 1024)
/* A first part is fetched beside the snapshot that has the same records again: it is small. */
#define FIRST_BYTES (160 * 1024)
#define FIRST_SHARE 24

static const char *
county_of (LyktaPublishing *self, LyktaPlace *place)
{
  LyktaGazetteer *gazetteer = self->options->gazetteer;
  const char *code = place != NULL ? lykta_place_get_county_code (place) : NULL;
  const LyktaArea *area = NULL;

  if (code != NULL || place == NULL || gazetteer == NULL)
    return code;
  if (lykta_place_get_town (place) != NULL)
    area = lykta_gazetteer_find_by_name (gazetteer, lykta_place_get_town (place));
  if (area == NULL && lykta_place_has_position (place))
    area = lykta_gazetteer_find_nearest (gazetteer, lykta_place_get_latitude (place),
                                         lykta_place_get_longitude (place));
  return area != NULL ? area->county_code : NULL;
}

void
lykta_publishing_look_at (LyktaPublishing *self,
                          LyktaActivity *activity,
                          LyktaPublishRecord *record)
{
  g_autoptr (GArray) dates = g_array_new (FALSE, FALSE, sizeof (LyktaOccurrence));
  const char *county = county_of (self, lykta_activity_get_place (activity));
  gint64 now = self->options->now;

  if (county != NULL && strlen (county) == 2)
    memcpy (record->county, county, 3);
  /* Dates that cannot be followed are nobody's first. */
  lykta_expand_occurrences (activity, now, now + SOON_SECONDS, dates, NULL);
  if (dates->len > 0)
    record->soonest = g_array_index (dates, LyktaOccurrence, 0).start;
}

/* ---- in order ---- */

static gboolean
collect_soon (gpointer id, gpointer value, gpointer user_data)
{
  LyktaPublishing *self = user_data;
  const LyktaPublishRecord *record = value;

  if (record->soonest != 0)
    g_ptr_array_add (self->soonest, id);
  return FALSE;
}

static int
compare_soonest (gconstpointer a, gconstpointer b, gpointer user_data)
{
  LyktaPublishing *self = user_data;
  const char *id_a = *(const char *const *)a;
  const char *id_b = *(const char *const *)b;
  const LyktaPublishRecord *x = g_tree_lookup (self->records, id_a);
  const LyktaPublishRecord *y = g_tree_lookup (self->records, id_b);

  return x->soonest != y->soonest ? (x->soonest < y->soonest ? -1 : 1) : strcmp (id_a, id_b);
}

static void
sort_soonest (LyktaPublishing *self)
{
  if (self->soonest != NULL)
    return;
  self->soonest = g_ptr_array_new ();
  g_tree_foreach (self->records, collect_soon, self);
  g_ptr_array_sort_with_data (self->soonest, compare_soonest, self);
}

/* ---- one part ---- */

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a;
  guint y = *(const guint *)b;

  return x < y ? -1 : x > y;
}

/* The soonest records of @county, as many as @max_bytes hold, in order of their ids. (transfer
 * full)
 */
static GBytes *
choose (LyktaPublishing *self,
        LyktaFeedState *state,
        const char *county,
        guint64 max_bytes,
        GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GByteArray) lines = g_byte_array_new ();
  guint64 n_bytes = 0;

  for (guint i = 0; i < self->soonest->len; i++) {
    const char *id = self->soonest->pdata[i];
    const LyktaPublishRecord *record = g_tree_lookup (self->records, id);
    guint place;

    if ((*county != '\0' && !g_str_equal (record->county, county)) ||
        !lykta_feed_state_find (state, id, &place))
      continue;
    n_bytes += lykta_feed_state_get_size (state, place) + 1;
    if (n_bytes > max_bytes)
      break;
    g_array_append_val (places, place);
  }
  g_array_sort (places, compare_numbers);
  for (guint i = 0; i < places->len; i++) {
    g_autoptr (GBytes) record =
        lykta_feed_state_get_record (state, g_array_index (places, guint, i), error);

    if (record == NULL)
      return NULL;
    g_byte_array_append (lines, g_bytes_get_data (record, NULL), (guint)g_bytes_get_size (record));
    g_byte_array_append (lines, (const guint8 *)"\n", 1);
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&lines));
}

static gboolean
add_first (LyktaPublishing *self,
           LyktaFeedState *state,
           LyktaFeedCatalogue *catalogue,
           const char *county,
           guint64 max_bytes,
           GError **error)
{
  g_autoptr (GBytes) lines = choose (self, state, county, max_bytes, error);
  g_autoptr (GBytes) columns = NULL;
  g_autoptr (GBytes) packed = NULL;

  if (lines == NULL)
    return FALSE;
  if (g_bytes_get_size (lines) == 0)
    return TRUE;
  columns = lykta_feed_columns_write (lines);
  packed = lykta_zstd_encode (columns, NULL, self->options->level, error);
  return packed != NULL && lykta_publishing_write_part (
                               self, packed, g_bytes_get_size (columns), LYKTA_FEED_PART_ZSTD,
                               &lykta_feed_catalogue_add_first (catalogue, county)->part, error);
}

gboolean
lykta_publishing_add_firsts (LyktaPublishing *self,
                             LyktaFeedState *state,
                             LyktaFeedCatalogue *catalogue,
                             GError **error)
{
  g_autoptr (GTree) counties = g_tree_new ((GCompareFunc)strcmp);
  guint64 all = 0;
  guint64 max_bytes;

  if (catalogue->snapshot.bytes < SMALL_SNAPSHOT_BYTES)
    return TRUE;
  sort_soonest (self);
  for (guint i = 0; i < lykta_feed_state_get_n (state); i++)
    all += lykta_feed_state_get_size (state, i) + 1;
  max_bytes = MIN (all / FIRST_SHARE, FIRST_BYTES);
  for (guint i = 0; i < self->soonest->len; i++) {
    LyktaPublishRecord *record = g_tree_lookup (self->records, self->soonest->pdata[i]);

    g_tree_insert (counties, record->county, NULL);
  }
  g_tree_insert (counties, (gpointer)LYKTA_FEED_ANYWHERE, NULL);
  for (GTreeNode *node = g_tree_node_first (counties); node != NULL; node = g_tree_node_next (node))
    if (!add_first (self, state, catalogue, g_tree_node_key (node), max_bytes, error))
      return FALSE;
  return TRUE;
}
