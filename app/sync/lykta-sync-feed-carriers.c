/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include <string.h>

#include "base/lykta-limits.h"
#include "net/lykta-net-error.h"
#include "sync/lykta-source-address.h"
#include "sync/lykta-source-list.h"
#include "sync/lykta-sync-feed-private.h"
#include "text/lykta-language.h"

#define MAX_CARRIERS 16
/* One that only drips is left for the next one, while there is one. */
#define LEAST_SECONDS LYKTA_LIMIT_RESPONSE_SECONDS

/* ---- what a source says ---- */

/* The folder of an address that may name a file in it, without its key. (transfer full) */
static char *
folder_of (const char *address)
{
  g_autofree char *plain = lykta_source_address_without_key (address);
  const char *name = strrchr (plain, '/');

  if (name != NULL && g_str_has_prefix (name, "/index."))
    return g_strndup (plain, (gsize)(name - plain) + 1);
  return g_str_has_suffix (plain, "/") ? g_strdup (plain) : g_strconcat (plain, "/", NULL);
}

/* A folder of a feed that somebody named without its key. */
static gboolean
looks_like_feed (const char *address)
{
  g_autofree char *folder = NULL;
  g_autofree char *index = NULL;
  g_autofree char *path = NULL;

  if (!g_str_has_prefix (address, "file:"))
    return g_str_has_suffix (address, "/index" LYKTA_SYNC_FEED_SUFFIX);
  folder = folder_of (address);
  index = g_strconcat (folder, "index" LYKTA_SYNC_FEED_SUFFIX, NULL);
  path = g_filename_from_uri (index, NULL, NULL);
  return path != NULL && g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Everything, unless Swedish and at most one more is all that is wanted here. */
static void
choose (LyktaSyncFeed *self, LyktaDeviceStore *device)
{
  g_autoptr (LyktaSourceList) list = lykta_source_list_new (device);
  g_auto (GStrv) languages = lykta_source_list_get_languages (list);
  const char *pack = "sv";
  guint n_others = 0;

  for (gsize i = 0; languages[i] != NULL; i++) {
    if (g_str_has_prefix (languages[i], "sv"))
      continue;
    pack = lykta_language_feed_tag (languages[i]);
    n_others++;
  }
  self->pack =
      g_strdup (n_others <= 1 && lykta_feed_index_is_pack (pack) ? pack : LYKTA_FEED_PACK_ALL);
  self->county = lykta_source_list_get_county (list);
  self->wants_attachments = lykta_source_list_get_wants_attachments (list);
}

LyktaDeviceStore *
lykta_sync_feed_open_device (const LyktaSyncSetup *setup)
{
  return setup->device_path != NULL
             ? lykta_device_store_open (setup->device_path, setup->clock, NULL)
             : NULL;
}

void
lykta_sync_feed_add_carrier (LyktaSyncFeed *self, const char *address)
{
  g_autofree char *folder = folder_of (address);

  if (self->carriers->len < MAX_CARRIERS &&
      !g_ptr_array_find_with_equal_func (self->carriers, folder, g_str_equal, NULL))
    g_ptr_array_add (self->carriers, g_steal_pointer (&folder));
}

static void
add_known_mirrors (LyktaSyncFeed *self, LyktaDeviceStore *device, const char *source_id)
{
  g_autofree char *key = g_strconcat (LYKTA_SYNC_FEED_MIRRORS, source_id, NULL);
  g_autofree char *value = lykta_device_store_get_setting (device, key, NULL);
  g_auto (GStrv) mirrors = value != NULL ? g_strsplit (value, "\n", MAX_CARRIERS) : NULL;

  for (gsize i = 0; mirrors != NULL && mirrors[i] != NULL; i++)
    if (*mirrors[i] != '\0')
      lykta_sync_feed_add_carrier (self, mirrors[i]);
}

/* What the feed itself has said of its keys since somebody gave the first one: "FIRST KEY [NEXT]".
 * FALSE when it has said nothing, or of another first one. */
static gboolean
add_known_keys (LyktaSyncFeed *self, LyktaDeviceStore *device, const char *source_id)
{
  g_autofree char *name = g_strconcat (LYKTA_SYNC_FEED_KEYS, source_id, NULL);
  g_autofree char *value = lykta_device_store_get_setting (device, name, NULL);
  g_auto (GStrv) words = g_strsplit (value != NULL ? value : "", " ", 3);

  if (words[0] == NULL || !g_str_equal (words[0], self->key_id))
    return FALSE;
  for (gsize i = 1; words[i] != NULL; i++) {
    LyktaVerifyingKey *key = lykta_verifying_key_parse (words[i], NULL);

    if (key != NULL)
      g_ptr_array_add (self->keys, key);
  }
  return self->keys->len > 0;
}

LyktaSyncFeed *
lykta_sync_feed_new (const LyktaSyncSetup *setup, LyktaSource *source, GError **error)
{
  const char *address = lykta_source_get_address (source);
  g_autoptr (LyktaVerifyingKey) key = lykta_source_address_get_key (address);
  g_autoptr (LyktaDeviceStore) device = NULL;
  LyktaSyncFeed *self;

  if (key == NULL) {
    if (looks_like_feed (address))
      g_set_error (error, LYKTA_FEED_INDEX_ERROR, LYKTA_FEED_INDEX_ERROR_NO_KEY,
                   "%s is a Lykta feed: give its key as well", address);
    return NULL;
  }
  self = g_new0 (LyktaSyncFeed, 1);
  self->key_id = g_strdup (lykta_verifying_key_get_id (key));
  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_verifying_key_unref);
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  self->carriers = g_ptr_array_new_with_free_func (g_free);
  self->attached =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  device = lykta_sync_feed_open_device (setup);
  choose (self, device);
  if (device == NULL || !add_known_keys (self, device, lykta_source_get_id (source)))
    g_ptr_array_add (self->keys, g_steal_pointer (&key));
  lykta_sync_feed_add_carrier (self, address);
  if (device != NULL) {
    g_autofree char *name =
        g_strconcat (LYKTA_SYNC_FEED_ATTACHED, lykta_source_get_id (source), NULL);
    g_autofree char *value = lykta_device_store_get_setting (device, name, NULL);

    self->has_attachments = value != NULL;
    add_known_mirrors (self, device, lykta_source_get_id (source));
  }
  return self;
}

void
lykta_sync_feed_free (LyktaSyncFeed *self)
{
  g_free (self->pack);
  g_free (self->county);
  g_hash_table_unref (self->attached);
  g_free (self->key_id);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->carriers);
  g_clear_pointer (&self->index, lykta_feed_index_free);
  g_clear_pointer (&self->catalogue, lykta_feed_catalogue_free);
  g_clear_pointer (&self->plan, g_ptr_array_unref);
  g_clear_pointer (&self->first, g_bytes_unref);
  g_clear_pointer (&self->signer, lykta_verifying_key_unref);
  g_free (self->sequence_key);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

const char *
lykta_sync_feed_known_state (LyktaSyncJob *job)
{
  return job->knows_content && (job->setup->flags & LYKTA_SYNC_FORCE) == 0
             ? job->state->content_hash + strlen (job->fingerprint)
             : NULL;
}

/* ---- one file ---- */

static void
on_progress (guint64 received, guint64 expected, gpointer user_data)
{
  lykta_sync_job_announce (user_data, LYKTA_SYNC_STATE_FETCHING, received);
}

/* All carriers together have as long as any other source. 0: no time is left. */
static guint
seconds_for (LyktaSyncJob *job, gboolean is_last)
{
  gint64 spent = (lykta_clock_monotonic (job->setup->clock) - job->began) / G_TIME_SPAN_SECOND;
  gint64 left = LYKTA_LIMIT_DOWNLOAD_SECONDS - spent;

  if (left <= 0)
    return 0;
  return (guint)(is_last ? left : MIN (left, MAX (LEAST_SECONDS, left / 2)));
}

GBytes *
lykta_sync_feed_fetch_file (LyktaSyncJob *job,
                            const char *address,
                            LyktaSyncFeedAsking asking,
                            guint64 max_bytes,
                            LyktaFetchResult *result,
                            GError **error)
{
  gboolean is_conditional = (asking & LYKTA_SYNC_FEED_CONDITIONAL) != 0;
  g_autoptr (GOutputStream) body = g_memory_output_stream_new_resizable ();
  LyktaFetchRequest request = {
      .address = address,
      .etag = is_conditional ? job->state->etag : NULL,
      .last_modified = is_conditional ? job->state->last_modified : NULL,
      /* What the operator named; a mirror that only the feed names must be https. */
      .is_signed = g_str_has_prefix (address, job->feed->carriers->pdata[0]),
      .max_bytes = max_bytes,
      .max_seconds = seconds_for (job, (asking & LYKTA_SYNC_FEED_LAST) != 0),
      .progress = on_progress,
      .user_data = job,
  };
  gboolean is_well;

  if (request.max_seconds == 0) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TIMEOUT,
                 "after %d seconds it was not yet the turn of %s", LYKTA_LIMIT_DOWNLOAD_SECONDS,
                 address);
    return NULL;
  }
  is_well = lykta_fetcher_fetch (job->setup->fetcher, &request, body, job->setup->cancellable,
                                 result, error);

  job->fetched.bytes_on_wire += result->bytes_on_wire;
  job->fetched.bytes_sent += result->bytes_sent;
  job->fetched.n_bytes += is_well ? result->n_bytes : 0;
  if (!is_well || result->status == LYKTA_FETCH_NOT_MODIFIED)
    return NULL;
  if (!g_output_stream_close (body, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (body));
}
