/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include <string.h>

#include "feed/lykta-gzip.h"
#include "store/lykta-content-attachments.h"
#include "sync/lykta-sync-feed-private.h"

/* Signature and comments. */
#define SEAL_BYTES            1024
#define SMALL_CATALOGUE_BYTES (16 * 1024)

static gboolean
is_cancelled (LyktaSyncJob *job)
{
  return g_cancellable_is_cancelled (job->setup->cancellable);
}

/* Another carrier has the same at the same price, and cancelled is cancelled. */
static gboolean
is_final (const GError *error)
{
  return g_error_matches (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_CANCELLED) ||
         g_error_matches (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_COSTLY);
}

/* Keeps the first error, but for a final one, which counts more. */
static void
keep_error (GError **kept, GError *error)
{
  if (error == NULL || (*kept != NULL && !is_final (error)))
    return;
  g_clear_error (kept);
  *kept = g_error_copy (error);
}

/* ---- parts ---- */

/* A part from the first carrier that has it whole, beginning with @first. (transfer full) */
static GBytes *
fetch_part (
    LyktaSyncJob *job, const LyktaFeedPart *part, const char *suffix, guint first, GError **error)
{
  LyktaSyncFeed *self = job->feed;
  g_autofree char *path = lykta_feed_part_get_path (part, suffix);
  g_autoptr (GError) first_error = NULL;

  for (guint i = 0; i < self->carriers->len && !is_final (first_error); i++) {
    const char *folder = self->carriers->pdata[(first + i) % self->carriers->len];
    g_autofree char *address = g_strconcat (folder, path, NULL);
    g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
    g_autoptr (GError) local_error = NULL;
    g_autoptr (GBytes) file = lykta_sync_feed_fetch_file (
        job, address, i + 1 == self->carriers->len ? LYKTA_SYNC_FEED_LAST : LYKTA_SYNC_FEED_PLAIN,
        part->bytes, &result, &local_error);

    if (file != NULL && lykta_feed_part_is (part, file))
      return g_steal_pointer (&file);
    if (local_error == NULL ||
        g_error_matches (local_error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TOO_LARGE)) {
      g_clear_error (&local_error);
      g_set_error (&local_error, LYKTA_FEED_INDEX_ERROR, LYKTA_FEED_INDEX_ERROR_ALTERED,
                   "%s is not what the index says", address);
    }
    keep_error (&first_error, local_error);
  }
  g_propagate_error (error, g_steal_pointer (&first_error));
  return NULL;
}

/* The parts of the plan, once it is known what they cost. */
static gboolean
fetch_parts (LyktaSyncJob *job, GError **error)
{
  LyktaSyncFeed *self = job->feed;
  guint64 bytes = 0;

  for (guint i = 0; i < self->plan->len; i++)
    bytes += ((const LyktaFeedPart *)self->plan->pdata[i])->bytes;
  if (!lykta_sync_job_may_spend (job, bytes, self->plan->len, error))
    return FALSE;
  g_ptr_array_set_size (self->parts, 0);
  for (guint i = 0; i < self->plan->len; i++) {
    GBytes *file =
        fetch_part (job, self->plan->pdata[i], LYKTA_FEED_PART_ZSTD, self->n_asked, error);

    if (file == NULL)
      return FALSE;
    g_ptr_array_add (self->parts, file);
  }
  return TRUE;
}

/* What the index does not say itself. */
static gboolean
fetch_catalogue (LyktaSyncJob *job, GError **error)
{
  LyktaSyncFeed *self = job->feed;
  const LyktaFeedPart *part = &self->index->catalogue;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) json = NULL;

  if (self->catalogue != NULL)
    return TRUE;
  /* As a rule it is as small as an index, and tells a price as that does. */
  if (part->bytes > SMALL_CATALOGUE_BYTES && !lykta_sync_job_may_spend (job, part->bytes, 1, error))
    return FALSE;
  file = fetch_part (job, part, LYKTA_FEED_PART_GZIP, self->n_asked, error);
  json = file != NULL ? lykta_gzip_decode (file, part->raw, error) : NULL;
  if (json != NULL)
    self->catalogue = lykta_feed_catalogue_parse (json, self->index->state, error);
  return self->catalogue != NULL;
}

/* From what is here to what the index says: by its own deltas, or by what the catalogue knows. */
static gboolean
make_plan (LyktaSyncJob *job, const char *known, GError **error)
{
  LyktaSyncFeed *self = job->feed;

  g_clear_pointer (&self->plan, g_ptr_array_unref);
  self->has_snapshot = FALSE;
  self->plan = known != NULL ? lykta_feed_index_plan (self->index, known) : NULL;
  if (self->plan != NULL)
    return TRUE;
  if (!fetch_catalogue (job, error))
    return FALSE;
  self->plan =
      lykta_feed_catalogue_plan (self->catalogue, self->index->state, known, &self->has_snapshot);
  return TRUE;
}

/* Deltas that nobody has any more are no misfortune while somebody has the snapshot. */
static gboolean
fetch_parts_or_snapshot (LyktaSyncJob *job, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (fetch_parts (job, &local_error))
    return TRUE;
  if (!job->feed->has_snapshot &&
      (g_error_matches (local_error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_NOT_FOUND) ||
       g_error_matches (local_error, LYKTA_FEED_INDEX_ERROR, LYKTA_FEED_INDEX_ERROR_ALTERED)) &&
      lykta_sync_feed_fetch_snapshot (job, NULL))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* What shall be seen while the rest is on its way; nothing is lost when it cannot be had. */
static void
fetch_first (LyktaSyncJob *job)
{
  LyktaSyncFeed *self = job->feed;
  const LyktaFeedPart *part;

  if (!job->is_first || job->has_beginning || self->was_first_tried || self->catalogue == NULL ||
      (job->setup->flags & LYKTA_SYNC_PRICE) != 0)
    return;
  self->was_first_tried = TRUE;
  part = lykta_feed_catalogue_find_first (self->catalogue, self->county);
  if (part == NULL || !lykta_sync_job_may_spend (job, part->bytes, 1, NULL))
    return;
  self->first = fetch_part (job, part, LYKTA_FEED_PART_ZSTD, self->n_asked, NULL);
  self->first_raw = part->raw;
}

/* ---- what travels along ---- */

static gboolean
is_here (GPtrArray *present, const char *hash)
{
  for (guint i = 0; present != NULL && i < present->len; i++)
    if (g_str_equal (((LyktaAttachment *)present->pdata[i])->hash, hash))
      return TRUE;
  return FALSE;
}

/* Those of the index that are not here yet. What cannot be had is asked for again the next time,
 * and keeps nobody from the calendar. */
static void
fetch_attachments (LyktaSyncJob *job)
{
  LyktaSyncFeed *self = job->feed;
  g_autoptr (LyktaContentReader) reader = NULL;
  g_autoptr (GPtrArray) present = NULL;

  if (!self->wants_attachments || (job->setup->flags & LYKTA_SYNC_PRICE) != 0)
    return;
  self->has_attachments = TRUE;
  if (self->index->attachments->len == 0)
    return;
  reader = lykta_content_store_new_reader (job->setup->content, NULL);
  if (reader != NULL)
    present = lykta_content_reader_list_attachments (reader, lykta_source_get_id (job->source),
                                                     NULL, NULL);
  for (guint i = 0; i < self->index->attachments->len; i++) {
    const LyktaFeedPart *part = &((LyktaFeedAttachment *)self->index->attachments->pdata[i])->part;
    g_autoptr (GBytes) file = NULL;
    GBytes *bundle = NULL;

    if (is_here (present, part->hash))
      continue;
    if (lykta_sync_job_may_spend (job, part->bytes, 1, NULL))
      file = fetch_part (job, part, LYKTA_FEED_PART_GZIP, self->n_asked, NULL);
    bundle = file != NULL ? lykta_gzip_decode (file, part->raw, NULL) : NULL;
    if (bundle != NULL)
      g_hash_table_insert (self->attached, g_strdup (part->hash), bundle);
    else
      self->has_attachments = FALSE;
  }
}

/* ---- the index ---- */

/* What the index of one carrier says, and how it was fetched. */
typedef struct {
  LyktaFeedIndex *index;     /* (owned) (nullable) */
  LyktaVerifyingKey *signer; /* (owned) (nullable) */
  char *sequence_key;        /* (owned) (nullable) */
  LyktaFetchResult result;
  guint carrier;
} Answer;

static void
answer_clear (Answer *self)
{
  g_clear_pointer (&self->index, lykta_feed_index_free);
  g_clear_pointer (&self->signer, lykta_verifying_key_unref);
  g_free (self->sequence_key);
  lykta_fetch_result_clear (&self->result);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

/* The index of the wanted pack, or of all languages where that one does not exist. NULL without
 * error: not modified. */
static GBytes *
fetch_index (LyktaSyncJob *job, Answer *answer, const char **pack, GError **error)
{
  LyktaSyncFeed *self = job->feed;
  const char *const packs[] = {self->pack, LYKTA_FEED_PACK_ALL};
  LyktaSyncFeedAsking asking = LYKTA_SYNC_FEED_PLAIN;

  if (answer->carrier + 1 == self->carriers->len)
    asking |= LYKTA_SYNC_FEED_LAST;
  if (answer->carrier == 0 && lykta_sync_feed_known_state (job) != NULL &&
      (!self->wants_attachments || self->has_attachments))
    asking |= LYKTA_SYNC_FEED_CONDITIONAL;
  for (guint i = 0;; i++) {
    g_autofree char *address = g_strconcat (self->carriers->pdata[answer->carrier], "packs/",
                                            packs[i], LYKTA_SYNC_FEED_SUFFIX, NULL);
    g_autoptr (GError) local_error = NULL;
    GBytes *sealed =
        lykta_sync_feed_fetch_file (job, address, asking, LYKTA_FEED_INDEX_MAX_BYTES + SEAL_BYTES,
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
  g_autoptr (LyktaDeviceStore) device = lykta_sync_feed_open_device (job->setup);
  guint64 highest = 0;

  if (device != NULL)
    lykta_device_store_get_sequence (device, key, &highest, NULL);
  return highest;
}

/* Signed with one of the keys that this feed may be signed with. */
static gboolean
open_index (LyktaSyncFeed *self, GBytes *sealed, Answer *answer, GError **error)
{
  g_autoptr (GError) first_error = NULL;

  for (guint i = 0; i < self->keys->len; i++) {
    g_autoptr (GError) local_error = NULL;

    answer->index = lykta_feed_index_open (sealed, self->keys->pdata[i], NULL, &local_error);
    if (answer->index != NULL) {
      answer->signer = lykta_verifying_key_ref (self->keys->pdata[i]);
      return TRUE;
    }
    if (first_error == NULL ||
        !g_error_matches (local_error, LYKTA_FEED_INDEX_ERROR, LYKTA_FEED_INDEX_ERROR_SIGNATURE)) {
      g_clear_error (&first_error);
      first_error = g_steal_pointer (&local_error);
    }
  }
  g_propagate_error (error, g_steal_pointer (&first_error));
  return FALSE;
}

/* FALSE with @error, or without one when nothing was modified. */
static gboolean
ask_carrier (LyktaSyncJob *job, Answer *answer, GError **error)
{
  LyktaSyncFeed *self = job->feed;
  const char *pack;
  g_autoptr (GBytes) sealed = fetch_index (job, answer, &pack, error);

  if (sealed == NULL || !open_index (self, sealed, answer, error))
    return FALSE;
  /* By the first key: a new one does not make old indexes new. */
  answer->sequence_key = g_strjoin (".", self->key_id, answer->index->feed, pack, NULL);
  if (!lykta_feed_index_check (answer->index, pack, highest_of (job, answer->sequence_key), error))
    return FALSE;
  for (gsize i = 0; answer->index->mirrors[i] != NULL; i++)
    lykta_sync_feed_add_carrier (self, answer->index->mirrors[i]);
  return TRUE;
}

/* What is known of the feed becomes what @answer says. */
static void
swap_answer (LyktaSyncFeed *self, Answer *answer)
{
  LyktaFeedIndex *index = self->index;
  LyktaVerifyingKey *signer = self->signer;
  char *sequence_key = self->sequence_key;
  guint n_asked = self->n_asked;

  self->index = answer->index;
  self->signer = answer->signer;
  self->sequence_key = answer->sequence_key;
  self->n_asked = answer->carrier;
  answer->index = index;
  answer->signer = signer;
  answer->sequence_key = sequence_key;
  answer->carrier = n_asked;
}

/* Fetches what leads to @answer; when that cannot be had, all is as it was. */
static gboolean
take_answer (LyktaSyncJob *job, Answer *answer, GError **error)
{
  LyktaSyncFeed *self = job->feed;
  gboolean has_snapshot = self->has_snapshot;
  g_autoptr (GPtrArray) plan = g_steal_pointer (&self->plan);
  g_autoptr (LyktaFeedCatalogue) catalogue = g_steal_pointer (&self->catalogue);
  g_autoptr (GPtrArray) parts = g_steal_pointer (&self->parts);

  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  swap_answer (self, answer);
  if (make_plan (job, lykta_sync_feed_known_state (job), error)) {
    fetch_first (job);
    if (self->first != NULL || fetch_parts_or_snapshot (job, error)) {
      fetch_attachments (job);
      /* Only what the source's own address said can be asked about again. */
      if (self->n_asked == 0) {
        job->fetched.etag = g_steal_pointer (&answer->result.etag);
        job->fetched.last_modified = g_steal_pointer (&answer->result.last_modified);
      }
      return TRUE;
    }
  }
  swap_answer (self, answer);
  self->has_snapshot = has_snapshot;
  g_clear_pointer (&self->plan, g_ptr_array_unref);
  self->plan = g_steal_pointer (&plan);
  g_clear_pointer (&self->catalogue, lykta_feed_catalogue_free);
  self->catalogue = g_steal_pointer (&catalogue);
  g_ptr_array_unref (self->parts);
  self->parts = g_steal_pointer (&parts);
  return FALSE;
}

static gboolean
is_better (LyktaSyncJob *job, const Answer *answer)
{
  const LyktaFeedIndex *have = job->feed->index;

  return have == NULL || answer->index->sequence > have->sequence;
}

/* Asks one carrier after the other until one has an index that is not past its time, and whatever
 * it names can be had. */
static void
ask_carriers (LyktaSyncJob *job)
{
  LyktaSyncFeed *self = job->feed;
  gint64 now = lykta_clock_now (job->setup->clock);
  g_autoptr (GError) first_error = NULL;
  gboolean is_confirmed = FALSE;

  for (guint i = 0; i < self->carriers->len && !is_final (first_error); i++) {
    g_auto (Answer) answer = {.result = LYKTA_FETCH_RESULT_INIT, .carrier = i};
    g_autoptr (GError) error = NULL;

    if (ask_carrier (job, &answer, &error)) {
      gboolean is_fresh = !lykta_feed_index_is_expired (answer.index, now);

      if (is_better (job, &answer))
        take_answer (job, &answer, &error);
      if (error == NULL && is_fresh)
        return;
    } else if (error == NULL) {
      is_confirmed = TRUE;
      /* Somebody else may have one that is not past its time. */
      if (!lykta_sync_feed_is_expired (job))
        break;
    }
    keep_error (&first_error, error);
  }
  if (self->index == NULL && is_confirmed && !is_cancelled (job))
    job->fetched.status = LYKTA_FETCH_NOT_MODIFIED;
  /* An index past its time is better than none. */
  else if (self->index == NULL || is_cancelled (job))
    job->error = g_steal_pointer (&first_error);
}

void
lykta_sync_feed_fetch (LyktaSyncJob *job)
{
  LyktaSyncFeed *self = job->feed;
  g_autoptr (GError) error = NULL;

  if (self->first == NULL) {
    ask_carriers (job);
    return;
  }
  /* The rest, after the beginning. */
  g_clear_pointer (&self->first, g_bytes_unref);
  if (fetch_parts (job, &error))
    return;
  if (is_final (error) || is_cancelled (job)) {
    job->error = g_steal_pointer (&error);
    return;
  }
  /* Meanwhile, the feed may have become another one. */
  g_clear_pointer (&self->index, lykta_feed_index_free);
  g_clear_pointer (&self->catalogue, lykta_feed_catalogue_free);
  ask_carriers (job);
}

gboolean
lykta_sync_feed_fetch_snapshot (LyktaSyncJob *job, GError **error)
{
  return make_plan (job, NULL, error) && fetch_parts (job, error);
}
