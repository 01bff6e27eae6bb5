/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include <string.h>

#include "base/lykta-limits.h"
#include "sync/lykta-source-address.h"
#include "sync/lykta-source-list.h"
#include "sync/lykta-sync-feed-private.h"
#include "text/lykta-language.h"

#define INDEX_SUFFIX ".lykta"
#define MIRRORS_KEY  "feed.mirrors."
#define MAX_CARRIERS 16
/* Signature and comments. */
#define SEAL_BYTES 1024

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
    return g_str_has_suffix (address, "/index" INDEX_SUFFIX);
  folder = folder_of (address);
  index = g_strconcat (folder, "index" INDEX_SUFFIX, NULL);
  path = g_filename_from_uri (index, NULL, NULL);
  return path != NULL && g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Everything, unless Swedish and at most one more is all that is wanted here. (transfer full) */
static char *
wanted_pack (LyktaDeviceStore *device)
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
  return g_strdup (n_others <= 1 && lykta_feed_index_is_pack (pack) ? pack : LYKTA_FEED_PACK_ALL);
}

static LyktaDeviceStore *
open_device (const LyktaSyncSetup *setup)
{
  return setup->device_path != NULL
             ? lykta_device_store_open (setup->device_path, setup->clock, NULL)
             : NULL;
}

static void
add_carrier (LyktaSyncFeed *self, const char *address)
{
  g_autofree char *folder = folder_of (address);

  if (self->carriers->len < MAX_CARRIERS &&
      !g_ptr_array_find_with_equal_func (self->carriers, folder, g_str_equal, NULL))
    g_ptr_array_add (self->carriers, g_steal_pointer (&folder));
}

static void
add_known_mirrors (LyktaSyncFeed *self, LyktaDeviceStore *device, const char *source_id)
{
  g_autofree char *key = g_strconcat (MIRRORS_KEY, source_id, NULL);
  g_autofree char *value = lykta_device_store_get_setting (device, key, NULL);
  g_auto (GStrv) mirrors = value != NULL ? g_strsplit (value, "\n", MAX_CARRIERS) : NULL;

  for (gsize i = 0; mirrors != NULL && mirrors[i] != NULL; i++)
    if (*mirrors[i] != '\0')
      add_carrier (self, mirrors[i]);
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
  self->key = g_steal_pointer (&key);
  self->carriers = g_ptr_array_new_with_free_func (g_free);
  device = open_device (setup);
  self->pack = wanted_pack (device);
  add_carrier (self, address);
  if (device != NULL)
    add_known_mirrors (self, device, lykta_source_get_id (source));
  return self;
}

void
lykta_sync_feed_free (LyktaSyncFeed *self)
{
  g_free (self->pack);
  lykta_verifying_key_unref (self->key);
  g_ptr_array_unref (self->carriers);
  g_clear_pointer (&self->index, lykta_feed_index_free);
  g_free (self->sequence_key);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
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

/* @etag (nullable). NULL without error: not modified. (transfer full) (nullable) */
static GBytes *
fetch_file (LyktaSyncJob *job,
            const char *address,
            gboolean is_conditional,
            guint64 max_bytes,
            LyktaFetchResult *result,
            GError **error)
{
  g_autoptr (GOutputStream) body = g_memory_output_stream_new_resizable ();
  LyktaFetchRequest request = {
      .address = address,
      .etag = is_conditional ? job->state->etag : NULL,
      .last_modified = is_conditional ? job->state->last_modified : NULL,
      /* What the operator named; a mirror that only the feed names must be https. */
      .is_signed = g_str_has_prefix (address, job->feed->carriers->pdata[0]),
      .max_bytes = max_bytes,
      .progress = on_progress,
      .user_data = job,
  };
  gboolean is_well = lykta_fetcher_fetch (job->setup->fetcher, &request, body,
                                          job->setup->cancellable, result, error);

  job->fetched.bytes_on_wire += result->bytes_on_wire;
  job->fetched.bytes_sent += result->bytes_sent;
  job->fetched.n_bytes += is_well ? result->n_bytes : 0;
  if (!is_well || result->status == LYKTA_FETCH_NOT_MODIFIED)
    return NULL;
  if (!g_output_stream_close (body, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (body));
}

/* A part from the first carrier that has it whole, beginning with @first. (transfer full) */
static GBytes *
fetch_part (LyktaSyncJob *job, const LyktaFeedPart *part, guint first, GError **error)
{
  LyktaSyncFeed *self = job->feed;
  g_autoptr (GError) first_error = NULL;

  for (guint i = 0; i < self->carriers->len; i++) {
    const char *folder = self->carriers->pdata[(first + i) % self->carriers->len];
    g_autofree char *address = g_strconcat (folder, part->path, NULL);
    g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
    g_autoptr (GError) local_error = NULL;
    g_autoptr (GBytes) file = fetch_file (job, address, FALSE, part->bytes, &result, &local_error);

    if (file != NULL && lykta_feed_part_is (part, file))
      return g_steal_pointer (&file);
    if (local_error == NULL ||
        g_error_matches (local_error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TOO_LARGE)) {
      g_clear_error (&local_error);
      g_set_error (&local_error, LYKTA_FEED_INDEX_ERROR, LYKTA_FEED_INDEX_ERROR_ALTERED,
                   "%s is not what the index says", address);
    }
    if (g_cancellable_is_cancelled (job->setup->cancellable) || first_error == NULL) {
      g_clear_error (&first_error);
      first_error = g_steal_pointer (&local_error);
    }
    if (g_cancellable_is_cancelled (job->setup->cancellable))
      break;
  }
  g_propagate_error (error, g_steal_pointer (&first_error));
  return NULL;
}

/* @parts: (element-type LyktaFeedPart). (transfer full) (element-type GBytes) */
static GPtrArray *
fetch_parts (LyktaSyncJob *job, GPtrArray *parts, guint first, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);

  for (guint i = 0; i < parts->len; i++) {
    GBytes *file = fetch_part (job, parts->pdata[i], first, error);

    if (file == NULL)
      return NULL;
    g_ptr_array_add (files, file);
  }
  return g_steal_pointer (&files);
}

/* The index tells what they cost before anything is spent on them. */
static gboolean
may_fetch_parts (LyktaSyncJob *job, GPtrArray *parts, GError **error)
{
  guint64 bytes = 0;

  for (guint i = 0; i < parts->len; i++)
    bytes += ((const LyktaFeedPart *)parts->pdata[i])->bytes;
  return lykta_sync_job_may_spend (job, bytes, parts->len, error);
}

/* ---- the index ---- */

/* What the index of one carrier says, and how it was fetched. */
typedef struct {
  LyktaFeedIndex *index; /* (owned) (nullable) */
  LyktaFetchResult result;
  guint carrier;
} Answer;

static void
answer_clear (Answer *self)
{
  g_clear_pointer (&self->index, lykta_feed_index_free);
  lykta_fetch_result_clear (&self->result);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

/* The index of the wanted pack, or of all languages where that one does not exist. NULL without
 * error: not modified. */
static GBytes *
fetch_index (LyktaSyncJob *job, guint carrier, const char **pack, Answer *answer, GError **error)
{
  LyktaSyncFeed *self = job->feed;
  const char *const packs[] = {self->pack, LYKTA_FEED_PACK_ALL};
  gboolean is_conditional = carrier == 0 && lykta_sync_feed_known_state (job) != NULL;

  for (guint i = 0;; i++) {
    g_autofree char *address =
        g_strconcat (self->carriers->pdata[carrier], "packs/", packs[i], INDEX_SUFFIX, NULL);
    g_autoptr (GError) local_error = NULL;
    GBytes *sealed =
        fetch_file (job, address, is_conditional, LYKTA_FEED_INDEX_MAX_BYTES + SEAL_BYTES,
                    &answer->result, &local_error);

    *pack = packs[i];
    if (i + 1 < G_N_ELEMENTS (packs) && !g_str_equal (packs[0], packs[1]) &&
        g_error_matches (local_error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_NOT_FOUND)) {
      lykta_fetch_result_clear (&answer->result);
      continue;
    }
    if (local_error != NULL)
      g_propagate_error (error, g_steal_pointer (&local_error));
    return sealed;
  }
}

static guint64
highest_of (LyktaSyncJob *job, const char *key)
{
  g_autoptr (LyktaDeviceStore) device = open_device (job->setup);
  guint64 highest = 0;

  if (device != NULL)
    lykta_device_store_get_sequence (device, key, &highest, NULL);
  return highest;
}

/* FALSE with @error, or without one when nothing was modified. */
static gboolean
ask_carrier (LyktaSyncJob *job, guint carrier, Answer *answer, GError **error)
{
  LyktaSyncFeed *self = job->feed;
  const char *pack;
  g_autofree char *key = NULL;
  g_autoptr (GBytes) sealed = fetch_index (job, carrier, &pack, answer, error);

  if (sealed == NULL)
    return FALSE;
  answer->carrier = carrier;
  answer->index = lykta_feed_index_open (sealed, self->key, NULL, error);
  if (answer->index == NULL)
    return FALSE;
  key = g_strjoin (".", lykta_verifying_key_get_id (self->key), answer->index->feed, pack, NULL);
  if (!lykta_feed_index_check (answer->index, pack, highest_of (job, key), error))
    return FALSE;
  g_free (self->sequence_key);
  self->sequence_key = g_steal_pointer (&key);
  for (gsize i = 0; answer->index->mirrors[i] != NULL; i++)
    add_carrier (self, answer->index->mirrors[i]);
  return TRUE;
}

static gboolean
take_answer (LyktaSyncJob *job, Answer *answer, GError **error)
{
  LyktaSyncFeed *self = job->feed;
  g_autoptr (GPtrArray) plan =
      lykta_feed_index_plan (answer->index, lykta_sync_feed_known_state (job), &self->has_snapshot);
  GPtrArray *parts = NULL;

  if (may_fetch_parts (job, plan, error))
    parts = fetch_parts (job, plan, answer->carrier, error);
  if (parts == NULL)
    return FALSE;
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  self->parts = parts;
  g_clear_pointer (&self->index, lykta_feed_index_free);
  self->index = g_steal_pointer (&answer->index);
  self->n_asked = answer->carrier;
  /* Only what the source's own address said can be asked about again. */
  if (answer->carrier == 0) {
    job->fetched.etag = g_steal_pointer (&answer->result.etag);
    job->fetched.last_modified = g_steal_pointer (&answer->result.last_modified);
  }
  return TRUE;
}

static gboolean
is_better (LyktaSyncJob *job, const Answer *answer)
{
  const LyktaFeedIndex *have = job->feed->index;

  return have == NULL || answer->index->sequence > have->sequence;
}

void
lykta_sync_feed_fetch (LyktaSyncJob *job)
{
  LyktaSyncFeed *self = job->feed;
  g_autoptr (GError) first_error = NULL;

  for (guint i = 0; i < self->carriers->len; i++) {
    g_auto (Answer) answer = {NULL, LYKTA_FETCH_RESULT_INIT, 0};
    g_autoptr (GError) error = NULL;

    if (ask_carrier (job, i, &answer, &error)) {
      gboolean is_fresh =
          !lykta_feed_index_is_expired (answer.index, lykta_clock_now (job->setup->clock));

      if (is_better (job, &answer))
        take_answer (job, &answer, &error);
      if (error == NULL && is_fresh && self->index != NULL)
        return;
    } else if (error == NULL) {
      job->fetched.status = LYKTA_FETCH_NOT_MODIFIED;
      return;
    }
    if (error != NULL && (first_error == NULL ||
                          g_error_matches (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_CANCELLED) ||
                          g_error_matches (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_COSTLY))) {
      g_clear_error (&first_error);
      first_error = g_error_copy (error);
    }
    /* Another carrier has the same news at the same price. */
    if (g_cancellable_is_cancelled (job->setup->cancellable) ||
        g_error_matches (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_COSTLY))
      break;
  }
  /* An index past its time is better than none. */
  if (self->index == NULL || g_cancellable_is_cancelled (job->setup->cancellable))
    job->error = g_steal_pointer (&first_error);
}

gboolean
lykta_sync_feed_fetch_snapshot (LyktaSyncJob *job, GError **error)
{
  LyktaSyncFeed *self = job->feed;
  g_autoptr (GPtrArray) plan = lykta_feed_index_plan (self->index, NULL, &self->has_snapshot);
  GPtrArray *parts = NULL;

  if (may_fetch_parts (job, plan, error))
    parts = fetch_parts (job, plan, self->n_asked, error);
  if (parts == NULL)
    return FALSE;
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  self->parts = parts;
  return TRUE;
}
