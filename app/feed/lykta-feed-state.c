/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/lykta-feed-state.h"

#include <string.h>

#include "feed/lykta-feed.h"

#define MAX_ID_BYTES 1024

typedef struct {
  char *id; /* (owned) */
  guint8 hash[LYKTA_FEED_HASH_BYTES];
  gsize size;
  GBytes *record; /* (owned) (nullable): to be loaded */
} Entry;

struct _LyktaFeedState {
  GPtrArray *entries;  /* (owned) (element-type Entry) by id */
  GHashTable *touched; /* (owned) (element-type char*) */
  LyktaFeedLoadFunc load;
  gpointer user_data; /* (unowned) */
};

static void
entry_free (Entry *entry)
{
  g_free (entry->id);
  g_clear_pointer (&entry->record, g_bytes_unref);
  g_free (entry);
}

LyktaFeedState *
lykta_feed_state_new (LyktaFeedLoadFunc load, gpointer user_data)
{
  LyktaFeedState *self = g_new0 (LyktaFeedState, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free);
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->load = load;
  self->user_data = user_data;
  return self;
}

void
lykta_feed_state_free (LyktaFeedState *self)
{
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->touched);
  g_free (self);
}

static Entry *
nth (LyktaFeedState *self, guint index)
{
  g_assert (index < self->entries->len);
  return self->entries->pdata[index];
}

gboolean
lykta_feed_state_is_id (const char *id)
{
  gsize n = strlen (id);

  if (n == 0 || n > MAX_ID_BYTES || !g_utf8_validate (id, (gssize)n, NULL))
    return FALSE;
  for (const char *p = id; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static void
hash_record (Entry *entry, GBytes *record)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize n = sizeof entry->hash;

  entry->size = g_bytes_get_size (record);
  entry->record = g_bytes_ref (record);
  g_checksum_update (checksum, g_bytes_get_data (record, NULL), (gssize)entry->size);
  g_checksum_get_digest (checksum, entry->hash, &n);
}

static gboolean
follows (LyktaFeedState *self, const char *id, GError **error)
{
  if (!lykta_feed_state_is_id (id)) {
    g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                         "a record has no id that can be used");
    return FALSE;
  }
  if (self->entries->len == 0 || strcmp (nth (self, self->entries->len - 1)->id, id) < 0)
    return TRUE;
  g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
               "the record “%s” is not in order of the ids", id);
  return FALSE;
}

gboolean
lykta_feed_state_append (LyktaFeedState *self,
                         const char *id,
                         const guint8 hash[LYKTA_FEED_HASH_BYTES],
                         gsize size,
                         GError **error)
{
  Entry *entry;

  g_return_val_if_fail (id != NULL && hash != NULL, FALSE);

  if (!follows (self, id, error))
    return FALSE;
  entry = g_new0 (Entry, 1);
  entry->id = g_strdup (id);
  entry->size = size;
  memcpy (entry->hash, hash, sizeof entry->hash);
  g_ptr_array_add (self->entries, entry);
  return TRUE;
}

gboolean
lykta_feed_state_append_record (LyktaFeedState *self,
                                const char *id,
                                GBytes *record,
                                GError **error)
{
  Entry *entry;

  g_return_val_if_fail (id != NULL && record != NULL, FALSE);

  if (!follows (self, id, error))
    return FALSE;
  entry = g_new0 (Entry, 1);
  entry->id = g_strdup (id);
  hash_record (entry, record);
  g_ptr_array_add (self->entries, entry);
  return TRUE;
}

void
lykta_feed_state_set (LyktaFeedState *self, const char *id, GBytes *record)
{
  guint index;
  gboolean is_there;
  Entry *entry;

  g_return_if_fail (lykta_feed_state_is_id (id));

  is_there = lykta_feed_state_find (self, id, &index);
  g_hash_table_add (self->touched, g_strdup (id));
  if (record == NULL) {
    if (is_there)
      g_ptr_array_remove_index (self->entries, index);
    return;
  }
  if (is_there) {
    entry = nth (self, index);
    g_clear_pointer (&entry->record, g_bytes_unref);
  } else {
    entry = g_new0 (Entry, 1);
    entry->id = g_strdup (id);
    g_ptr_array_insert (self->entries, (gint)index, entry);
  }
  hash_record (entry, record);
}

guint
lykta_feed_state_get_n (LyktaFeedState *self)
{
  return self->entries->len;
}

const char *
lykta_feed_state_get_id (LyktaFeedState *self, guint index)
{
  return nth (self, index)->id;
}

const guint8 *
lykta_feed_state_get_hash (LyktaFeedState *self, guint index)
{
  return nth (self, index)->hash;
}

gsize
lykta_feed_state_get_size (LyktaFeedState *self, guint index)
{
  return nth (self, index)->size;
}

gboolean
lykta_feed_state_find (LyktaFeedState *self, const char *id, guint *index)
{
  guint low = 0;
  guint high = self->entries->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;
    int order = strcmp (nth (self, middle)->id, id);

    if (order == 0) {
      *index = middle;
      return TRUE;
    }
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  *index = low;
  return FALSE;
}

GBytes *
lykta_feed_state_get_record (LyktaFeedState *self, guint index, GError **error)
{
  Entry *entry = nth (self, index);
  g_autoptr (GBytes) record = NULL;
  g_autoptr (GChecksum) checksum = NULL;
  guint8 hash[LYKTA_FEED_HASH_BYTES];
  gsize n = sizeof hash;

  if (entry->record != NULL)
    return g_bytes_ref (entry->record);
  g_return_val_if_fail (self->load != NULL, NULL);

  record = self->load (entry->id, self->user_data, error);
  if (record == NULL)
    return NULL;
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, g_bytes_get_data (record, NULL), (gssize)g_bytes_get_size (record));
  g_checksum_get_digest (checksum, hash, &n);
  if (memcmp (hash, entry->hash, sizeof hash) == 0)
    return g_steal_pointer (&record);
  g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
               "the record “%s” is not what it was", entry->id);
  return NULL;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
lykta_feed_state_list_touched (LyktaFeedState *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, g_strdup (id));
  g_ptr_array_sort (ids, compare_ids);
  return ids;
}

char *
lykta_feed_state_digest (LyktaFeedState *self)
{
  static const char digits[] = "0123456789abcdef";
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  char hex[2 * LYKTA_FEED_HASH_BYTES];

  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = nth (self, i);

    for (guint j = 0; j < LYKTA_FEED_HASH_BYTES; j++) {
      hex[2 * j] = digits[entry->hash[j] >> 4];
      hex[2 * j + 1] = digits[entry->hash[j] & 15];
    }
    g_checksum_update (checksum, (const guchar *)hex, sizeof hex);
    g_checksum_update (checksum, (const guchar *)"  ", 2);
    g_checksum_update (checksum, (const guchar *)entry->id, -1);
    g_checksum_update (checksum, (const guchar *)"\n", 1);
  }
  return g_strdup (g_checksum_get_string (checksum));
}

GBytes *
lykta_feed_state_write (LyktaFeedState *self, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();

  for (guint i = 0; i < self->entries->len; i++) {
    g_autoptr (GBytes) record = lykta_feed_state_get_record (self, i, error);

    if (record == NULL)
      return NULL;
    g_byte_array_append (all, g_bytes_get_data (record, NULL), (guint)g_bytes_get_size (record));
    g_byte_array_append (all, (const guint8 *)"\n", 1);
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}
