/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-sync-merger-private.h"

#include "feed/lykta-activity-merge.h"
#include "sync/lykta-sync-spool-private.h"

typedef struct {
  guint64 offset;
  guint32 length;
  guint32 order;
  guint32 first; /* order of the first with the same uid */
} Entry;

struct _LyktaSyncMerger {
  LyktaSyncSpool *spool; /* (owned) */
  guint64 size;
  GArray *entries;    /* (owned) (element-type Entry) */
  GHashTable *firsts; /* (owned) uid → order + 1 */
};

LyktaSyncMerger *
lykta_sync_merger_new (const char *folder, GError **error)
{
  LyktaSyncSpool *spool = lykta_sync_spool_new (folder, error);
  LyktaSyncMerger *self;

  if (spool == NULL)
    return NULL;
  self = g_new0 (LyktaSyncMerger, 1);
  self->spool = spool;
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->firsts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
lykta_sync_merger_free (LyktaSyncMerger *self)
{
  g_object_unref (self->spool);
  g_array_unref (self->entries);
  g_hash_table_unref (self->firsts);
  g_free (self);
}

gboolean
lykta_sync_merger_add (LyktaSyncMerger *self, LyktaActivity *activity, GError **error)
{
  g_autoptr (GVariant) variant = lykta_activity_to_variant (activity);
  const char *uid = lykta_activity_get_uid (activity);
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (self->firsts, uid));
  Entry entry = {
      .offset = self->size,
      .length = (guint32)g_variant_get_size (variant),
      .order = self->entries->len,
      .first = first > 0 ? first - 1 : self->entries->len,
  };

  if (!g_output_stream_write_all (G_OUTPUT_STREAM (self->spool), g_variant_get_data (variant),
                                  entry.length, NULL, NULL, error))
    return FALSE;
  if (first == 0)
    g_hash_table_insert (self->firsts, g_strdup (uid), GUINT_TO_POINTER (entry.order + 1));
  self->size += entry.length;
  g_array_append_val (self->entries, entry);
  return TRUE;
}

/* (transfer full) */
static LyktaActivity *
load (LyktaSyncMerger *self, const Entry *entry, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream =
      lykta_sync_spool_open_part (self->spool, entry->offset, entry->offset + entry->length);
  guint8 *data = g_malloc (MAX (entry->length, 1));
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, entry->length);
  g_autoptr (GVariant) variant = NULL;
  LyktaActivity *activity;
  gsize n = 0;

  if (!g_input_stream_read_all (stream, data, entry->length, &n, cancellable, error))
    return NULL;
  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE));
  activity = n == entry->length ? lykta_activity_new_from_variant (variant) : NULL;
  if (activity == NULL)
    g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_IO,
                         "what was put aside while reading cannot be read back");
  return activity;
}

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a;
  const Entry *y = b;

  if (x->first != y->first)
    return x->first < y->first ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

gboolean
lykta_sync_merger_foreach (LyktaSyncMerger *self,
                           LyktaFeedFunc func,
                           gpointer user_data,
                           GCancellable *cancellable,
                           GError **error)
{
  const Entry *all;
  guint n = self->entries->len;

  g_array_sort (self->entries, compare_entries);
  all = (const Entry *)self->entries->data;
  for (guint i = 0; i < n;) {
    g_autoptr (LyktaActivity) merged = load (self, &all[i], cancellable, error);
    guint k = i + 1;

    for (; merged != NULL && k < n && all[k].first == all[i].first; k++) {
      g_autoptr (LyktaActivity) before = merged;
      g_autoptr (LyktaActivity) other = load (self, &all[k], cancellable, error);

      merged = other != NULL ? lykta_activity_merge (before, other) : NULL;
    }
    if (merged == NULL || !func (merged, user_data, error))
      return FALSE;
    i = k;
  }
  return TRUE;
}
