/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include <string.h>

#include "feed/lykta-feed-columns.h"
#include "feed/lykta-feed-delta.h"
#include "feed/lykta-feed-record.h"
#include "feed/lykta-jsonld.h"
#include "feed/lykta-zstd.h"
#include "store/lykta-content-attachments.h"
#include "store/lykta-content-reader.h"
#include "store/lykta-content-records.h"
#include "sync/lykta-sync-feed-private.h"

/* One refresh on its way into the store. */
typedef struct {
  LyktaSyncJob *job;          /* (unowned) */
  LyktaContentWriter *writer; /* (unowned) */
  LyktaContentReader *reader; /* (owned) */
  LyktaFeedState *state;      /* (owned) (nullable) */
  guint n_quarantined;
} Applying;

static void
applying_clear (Applying *self)
{
  g_clear_object (&self->reader);
  g_clear_pointer (&self->state, lykta_feed_state_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Applying, applying_clear)

static const char *
source_id_of (LyktaSyncJob *job)
{
  return lykta_source_get_id (job->source);
}

/* ---- the new state ---- */

static GBytes *
load_record (const char *id, gpointer user_data, GError **error)
{
  Applying *self = user_data;
  g_autoptr (GError) local_error = NULL;
  GBytes *record =
      lykta_content_reader_get_record (self->reader, source_id_of (self->job), id, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (record == NULL)
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                 "the record “%s” is not in the store any more", id);
  return record;
}

/* What comes out of order makes the state another one, which is seen in the end. */
static gboolean
on_record (const char *id, const guint8 *hash, gsize size, gpointer user_data)
{
  Applying *self = user_data;

  return lykta_feed_state_append (self->state, id, hash, size, NULL);
}

static gboolean
read_snapshot (Applying *self, GBytes *plain, GError **error)
{
  gsize n;
  const char *text = g_bytes_get_data (plain, &n);
  gsize start = 0;

  while (start < n) {
    const char *end = memchr (text + start, '\n', n - start);
    gsize length = end != NULL ? (gsize)(end - text) - start : n - start;
    g_autoptr (GBytes) record = g_bytes_new_from_bytes (plain, start, length);
    g_autofree char *id = lykta_feed_record_get_id (record, error);

    if (id == NULL || !lykta_feed_state_append_record (self->state, id, record, error))
      return FALSE;
    start += length + 1;
  }
  return TRUE;
}

/* The records of a snapshot or a first part, one a line. (transfer full) */
static GBytes *
unpack_records (GBytes *file, guint64 raw, GError **error)
{
  g_autoptr (GBytes) columns = lykta_zstd_decode (file, NULL, raw, error);

  return columns != NULL ? lykta_feed_columns_read (columns, error) : NULL;
}

static gboolean
take_part (
    Applying *self, GBytes *file, const LyktaFeedPart *part, gboolean is_snapshot, GError **error)
{
  g_autoptr (GBytes) plain = is_snapshot
                                 ? unpack_records (file, part->raw, error)
                                 : lykta_feed_delta_unpack (self->state, file, part->raw, error);

  if (plain == NULL)
    return FALSE;
  return is_snapshot ? read_snapshot (self, plain, error)
                     : lykta_feed_delta_apply (self->state, plain, error);
}

/* FALSE also when it all leads to another state than the index says. */
static gboolean
make_state (Applying *self, GError **error)
{
  LyktaSyncFeed *feed = self->job->feed;
  g_autofree char *digest = NULL;

  g_clear_pointer (&self->state, lykta_feed_state_free);
  self->state = lykta_feed_state_new (load_record, self);
  if (!feed->has_snapshot && !lykta_content_reader_foreach_record (
                                 self->reader, source_id_of (self->job), on_record, self, error))
    return FALSE;
  for (guint i = 0; i < feed->parts->len; i++)
    if (!take_part (self, feed->parts->pdata[i], feed->plan->pdata[i], feed->has_snapshot && i == 0,
                    error))
      return FALSE;
  digest = lykta_feed_state_digest (self->state);
  if (g_str_equal (digest, feed->index->state))
    return TRUE;
  g_set_error (error, LYKTA_FEED_INDEX_ERROR, LYKTA_FEED_INDEX_ERROR_ALTERED,
               "the parts of %s do not make what its index says", source_id_of (self->job));
  return FALSE;
}

/* Deltas that do not fit are no misfortune: the snapshot does. */
static gboolean
make_state_or_start_again (Applying *self, GError **error)
{
  LyktaSyncFeed *feed = self->job->feed;
  g_autoptr (GError) local_error = NULL;

  if (make_state (self, &local_error))
    return TRUE;
  if (feed->has_snapshot || local_error->domain == LYKTA_STORE_ERROR) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  g_message ("%s: %s; everything is fetched anew", source_id_of (self->job), local_error->message);
  return lykta_sync_feed_fetch_snapshot (self->job, error) && make_state (self, error);
}

/* ---- into the store ---- */

static gboolean
on_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  Applying *self = user_data;
  g_autoptr (GError) local_error = NULL;

  if (lykta_content_writer_put (self->writer, activity, NULL, &local_error))
    return TRUE;
  if (local_error->domain == LYKTA_STORE_ERROR) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  self->n_quarantined++;
  return lykta_content_writer_quarantine (self->writer, lykta_activity_get_uid (activity), 0,
                                          "no-dates", local_error->message, error);
}

static gboolean
store_findings (Applying *self, LyktaFeedReport *report, GError **error)
{
  self->n_quarantined += lykta_feed_report_get_n_quarantined (report);
  for (guint i = 0; i < lykta_feed_report_get_n (report); i++) {
    const LyktaFeedFinding *finding = lykta_feed_report_get_nth (report, i);

    if (finding->severity == LYKTA_FEED_QUARANTINED &&
        !lykta_content_writer_quarantine (self->writer, finding->uid, finding->line, finding->code,
                                          finding->message, error))
      return FALSE;
  }
  return TRUE;
}

/* @lines: records, one a line. */
static gboolean
put_activities (Applying *self, GBytes *lines, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (lines);
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();

  if (g_bytes_get_size (lines) == 0)
    return TRUE;
  return lykta_jsonld_read (stream, NULL, report, on_activity, self, self->job->setup->cancellable,
                            error) &&
         store_findings (self, report, error);
}

static gboolean
put_record (Applying *self, guint index, GError **error)
{
  g_autoptr (GBytes) record = lykta_feed_state_get_record (self->state, index, error);

  return record != NULL && lykta_content_writer_put_record (
                               self->writer, lykta_feed_state_get_id (self->state, index),
                               lykta_feed_state_get_hash (self->state, index), record, error);
}

static gboolean
write_everything (Applying *self, GError **error)
{
  g_autoptr (GBytes) lines = lykta_feed_state_write (self->state, error);

  if (lines == NULL || !lykta_content_writer_begin (self->writer, self->job->source, error) ||
      !put_activities (self, lines, error) ||
      !lykta_content_writer_remove_missing (self->writer, error) ||
      !lykta_content_writer_remove_record (self->writer, NULL, error))
    return FALSE;
  for (guint i = 0; i < lykta_feed_state_get_n (self->state); i++)
    if (!put_record (self, i, error))
      return FALSE;
  return TRUE;
}

static gboolean
write_changes (Applying *self, GError **error)
{
  g_autoptr (GPtrArray) touched = lykta_feed_state_list_touched (self->state);
  g_autoptr (GByteArray) lines = g_byte_array_new ();
  g_autoptr (GBytes) changed = NULL;

  if (!lykta_content_writer_begin_changes (self->writer, self->job->source, error))
    return FALSE;
  for (guint i = 0; i < touched->len; i++) {
    const char *id = touched->pdata[i];
    g_autoptr (GBytes) record = NULL;
    guint index;

    if (!lykta_feed_state_find (self->state, id, &index)) {
      if (!lykta_content_writer_remove (self->writer, id, error) ||
          !lykta_content_writer_remove_record (self->writer, id, error))
        return FALSE;
      continue;
    }
    if (!put_record (self, index, error))
      return FALSE;
    record = lykta_feed_state_get_record (self->state, index, error);
    if (record == NULL)
      return FALSE;
    g_byte_array_append (lines, g_bytes_get_data (record, NULL), (guint)g_bytes_get_size (record));
    g_byte_array_append (lines, (const guint8 *)"\n", 1);
  }
  changed = g_byte_array_free_to_bytes (g_steal_pointer (&lines));
  return put_activities (self, changed, error);
}

/* ---- what travels along ---- */

static gboolean
names_kind (const LyktaFeedIndex *index, const char *kind)
{
  for (guint i = 0; i < index->attachments->len; i++)
    if (g_str_equal (((LyktaFeedAttachment *)index->attachments->pdata[i])->kind, kind))
      return TRUE;
  return FALSE;
}

/* What came, into the open transaction; what the index names no more, out. */
static gboolean
write_attachments (Applying *self, GError **error)
{
  LyktaSyncFeed *feed = self->job->feed;
  g_autoptr (GPtrArray) present =
      lykta_content_reader_list_attachments (self->reader, source_id_of (self->job), NULL, error);

  if (present == NULL)
    return FALSE;
  for (guint i = 0; i < present->len; i++) {
    const LyktaAttachment *attachment = present->pdata[i];

    if (!names_kind (feed->index, attachment->kind) &&
        !lykta_content_writer_remove_attachment (self->writer, attachment->kind, error))
      return FALSE;
  }
  for (guint i = 0; i < feed->index->attachments->len; i++) {
    const LyktaFeedAttachment *attachment = feed->index->attachments->pdata[i];
    GBytes *bundle = g_hash_table_lookup (feed->attached, attachment->part.hash);

    if (bundle != NULL && !lykta_content_writer_put_attachment (
                              self->writer, attachment->kind, attachment->part.hash, bundle, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- what is remembered ---- */

/* The key that signs now, and the one that will; NULL while it is the one that came with the
 * address. (transfer full) (nullable) */
static char *
keys_of (const LyktaSyncFeed *feed)
{
  g_autofree char *signer = lykta_verifying_key_to_string (feed->signer);

  if (feed->index->next_key == NULL &&
      g_str_equal (lykta_verifying_key_get_id (feed->signer), feed->key_id))
    return NULL;
  return feed->index->next_key != NULL
             ? g_strdup_printf ("%s %s %s", feed->key_id, signer, feed->index->next_key)
             : g_strdup_printf ("%s %s", feed->key_id, signer);
}

/* A device.db that cannot be written to keeps nobody from the calendar, but for the sequence. */
static gboolean
remember (LyktaSyncJob *job, GError **error)
{
  const LyktaFeedIndex *index = job->feed->index;
  const char *path = job->setup->device_path;
  g_autofree char *keys_key = g_strconcat (LYKTA_SYNC_FEED_KEYS, source_id_of (job), NULL);
  g_autofree char *keys = keys_of (job->feed);
  g_autofree char *attached_key = g_strconcat (LYKTA_SYNC_FEED_ATTACHED, source_id_of (job), NULL);
  const char *attached = job->feed->has_attachments ? "1" : NULL;
  g_autoptr (LyktaDeviceStore) device =
      path != NULL ? lykta_device_store_open (path, job->setup->clock, error) : NULL;
  g_autofree char *mirrors_key = g_strconcat (LYKTA_SYNC_FEED_MIRRORS, source_id_of (job), NULL);
  g_autofree char *mirrors = g_strjoinv ("\n", index->mirrors);
  g_autofree char *expires_key = g_strconcat (LYKTA_SYNC_FEED_EXPIRES, source_id_of (job), NULL);
  g_autofree char *expires =
      g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, index->expires, index->created);

  if (device == NULL)
    return path == NULL;
  if (lykta_device_store_is_read_only (device))
    return TRUE;
  return lykta_device_store_raise_sequence (device, job->feed->sequence_key, index->sequence,
                                            error) &&
         lykta_device_store_set_setting (device, keys_key, keys, error) &&
         (!job->feed->wants_attachments ||
          lykta_device_store_set_setting (device, attached_key, attached, error)) &&
         lykta_device_store_set_setting (device, mirrors_key, mirrors, error) &&
         lykta_device_store_set_setting (device, expires_key, expires, error);
}

/* Until when the last index was good, and of when it is. */
static gboolean
recall_expiry (LyktaSyncJob *job, gint64 *expires, gint64 *created)
{
  g_autoptr (LyktaDeviceStore) device = NULL;
  g_autofree char *key = g_strconcat (LYKTA_SYNC_FEED_EXPIRES, source_id_of (job), NULL);
  g_autofree char *value = NULL;
  char *rest = NULL;

  if (job->feed->index != NULL) {
    *expires = job->feed->index->expires;
    *created = job->feed->index->created;
    return TRUE;
  }
  device = job->setup->device_path != NULL
               ? lykta_device_store_open (job->setup->device_path, job->setup->clock, NULL)
               : NULL;
  value = device != NULL ? lykta_device_store_get_setting (device, key, NULL) : NULL;
  if (value == NULL)
    return FALSE;
  *expires = g_ascii_strtoll (value, &rest, 10);
  *created = g_ascii_strtoll (rest, NULL, 10);
  return TRUE;
}

gboolean
lykta_sync_feed_is_expired (LyktaSyncJob *job)
{
  gint64 expires;
  gint64 created;

  return recall_expiry (job, &expires, &created) && lykta_clock_now (job->setup->clock) >= expires;
}

/* All is well, or would be if the publisher were not silent. */
static void
confirm (LyktaSyncJob *job)
{
  LyktaSourceState *state = job->state;
  gint64 now = lykta_clock_now (job->setup->clock);
  gint64 expires;
  gint64 created;

  lykta_sync_job_confirm (job);
  if (!recall_expiry (job, &expires, &created) || now < expires)
    return;
  state->last_confirmed = MAX (1, MIN (created, now));
  state->failure = g_strdup (lykta_sync_failure_to_token (LYKTA_SYNC_FAILURE_EXPIRED));
  state->failure_detail = g_strdup ("the publisher has not renewed this feed in time");
}

static void
set_state (Applying *self)
{
  LyktaSyncJob *job = self->job;
  LyktaSourceState *state = job->state;
  LyktaWriteStats stats;

  lykta_content_writer_get_stats (self->writer, &stats);
  confirm (job);
  if (state->last_changed == 0 || stats.n_inserted + stats.n_updated + stats.n_removed > 0)
    state->last_changed = state->last_attempt;
  state->n_activities = lykta_feed_state_get_n (self->state) -
                        MIN (self->n_quarantined, lykta_feed_state_get_n (self->state));
  state->n_quarantined = stats.n_quarantined;
  g_free (state->content_hash);
  state->content_hash = g_strconcat (job->fingerprint, job->feed->index->state, NULL);
  job->result->n_removed = stats.n_removed;
}

static gboolean
apply (Applying *self, GError **error)
{
  LyktaSyncJob *job = self->job;

  self->reader = lykta_content_store_new_reader (job->setup->content, error);
  if (self->reader == NULL || !make_state_or_start_again (self, error))
    return FALSE;
  lykta_sync_job_announce (job, LYKTA_SYNC_STATE_READING, job->fetched.n_bytes);
  if (job->feed->has_snapshot ? !write_everything (self, error) : !write_changes (self, error))
    return FALSE;
  if (job->feed->wants_attachments && !write_attachments (self, error))
    return FALSE;
  lykta_sync_job_announce (job, LYKTA_SYNC_STATE_APPLYING, job->fetched.n_bytes);
  /* Before the calendar: a sequence that is known too early refuses nothing that is newer. */
  if (!remember (job, error))
    return FALSE;
  set_state (self);
  if (!lykta_content_writer_commit (self->writer, job->state, error))
    return FALSE;
  job->result->outcome = LYKTA_SYNC_OUTCOME_UPDATED;
  return TRUE;
}

/* The calendar is as it was; what travels along may not be. */
static gboolean
apply_attachments (Applying *self, GError **error)
{
  LyktaSyncJob *job = self->job;

  if (job->feed->index == NULL || !job->feed->wants_attachments)
    return TRUE;
  self->reader = lykta_content_store_new_reader (job->setup->content, error);
  return self->reader != NULL &&
         lykta_content_writer_begin_changes (self->writer, job->source, error) &&
         write_attachments (self, error) &&
         lykta_content_writer_commit (self->writer, job->state, error);
}

static gboolean
is_unchanged (LyktaSyncJob *job)
{
  return job->fetched.status == LYKTA_FETCH_NOT_MODIFIED ||
         g_strcmp0 (lykta_sync_feed_known_state (job), job->feed->index->state) == 0;
}

void
lykta_sync_feed_apply (LyktaSyncJob *job, LyktaContentWriter *writer)
{
  g_autoptr (LyktaSourceState) before = lykta_source_state_copy (job->state);
  g_auto (Applying) self = {.job = job, .writer = writer};
  g_autoptr (GError) error = NULL;

  if (is_unchanged (job)) {
    if (apply_attachments (&self, &error) && (job->feed->index == NULL || remember (job, &error))) {
      confirm (job);
      job->result->outcome = LYKTA_SYNC_OUTCOME_UNCHANGED;
      return;
    }
  } else if (apply (&self, &error)) {
    return;
  }
  lykta_content_writer_rollback (writer);
  lykta_source_state_free (job->state);
  job->state = g_steal_pointer (&before);
  lykta_sync_job_fail_with_error (job, error);
}

gboolean
lykta_sync_feed_apply_first (LyktaSyncJob *job, LyktaContentWriter *writer, GError **error)
{
  g_auto (Applying) self = {.job = job, .writer = writer};
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) lines = unpack_records (job->feed->first, job->feed->first_raw, &local_error);

  if (lines != NULL && lykta_content_writer_begin (writer, job->source, &local_error) &&
      put_activities (&self, lines, &local_error) &&
      lykta_content_writer_commit_part (writer, &local_error))
    lykta_sync_job_announce (job, LYKTA_SYNC_STATE_PARTLY, job->fetched.n_bytes);
  lykta_content_writer_rollback (writer);
  if (local_error == NULL)
    return TRUE;
  if (local_error->domain == LYKTA_STORE_ERROR) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  g_message ("%s: the beginning cannot be shown: %s", source_id_of (job), local_error->message);
  return TRUE;
}
