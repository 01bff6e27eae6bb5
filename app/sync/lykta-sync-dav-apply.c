/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include <string.h>

#include "feed/lykta-ical.h"
#include "sync/lykta-sync-dav-private.h"

/* What is stored of a resource: the uids of its activities, and what could not be taken in (code,
 * line, uid or "", message). */
#define RECORD_TYPE "(asa(suss))"

typedef struct {
  guint8 hash[LYKTA_RECORD_HASH_BYTES]; /* of the ETag; zero: to be fetched again */
  char **uids;                          /* (owned) */
  GVariant *findings;                   /* (owned) a(suss) */
  gboolean has_changed;
} Record;

/* One refresh on its way into the store. */
typedef struct {
  LyktaSyncJob *job;          /* (unowned) */
  LyktaContentWriter *writer; /* (unowned) */
  GHashTable *records;        /* (owned) key → Record, of the whole source */
  GHashTable *counts;         /* (owned) uid → in how many resources */
  GHashTable *left;           /* (owned) set of uids, borrowed, of resources that have gone */
  GPtrArray *doubtful;        /* (owned) (element-type char*) uids that may have left a resource */
  GPtrArray *uids;            /* (owned) (element-type char*) of the resource being read */
  GVariantBuilder *findings;  /* (owned) (nullable) of it */
  guint n_findings;
} Applying;

static void
record_free (gpointer data)
{
  Record *self = data;

  g_strfreev (self->uids);
  g_variant_unref (self->findings);
  g_free (self);
}

static void
applying_clear (Applying *self)
{
  g_clear_pointer (&self->records, g_hash_table_unref);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_clear_pointer (&self->left, g_hash_table_unref);
  g_clear_pointer (&self->doubtful, g_ptr_array_unref);
  g_clear_pointer (&self->uids, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_variant_builder_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Applying, applying_clear)

/* ---- what is stored ---- */

static gboolean
on_stored (const char *id, const guint8 *hash, gconstpointer data, gsize size, gpointer user_data)
{
  Applying *self = user_data;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GVariant) variant =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (RECORD_TYPE), bytes, FALSE));
  Record *record = g_new0 (Record, 1);

  memcpy (record->hash, hash, sizeof record->hash);
  g_variant_get (variant, "(^as@a(suss))", &record->uids, &record->findings);
  g_hash_table_insert (self->records, g_strdup (id), record);
  return TRUE;
}

static gboolean
load_records (Applying *self, GError **error)
{
  LyktaSyncJob *job = self->job;
  g_autoptr (LyktaContentReader) reader = NULL;

  /* Of another address, another format or another reader: they say nothing about this one. */
  if (!job->knows_content)
    return TRUE;
  reader = lykta_content_store_new_reader (job->setup->content, error);
  return reader != NULL && lykta_content_reader_foreach_record_data (
                               reader, lykta_source_get_id (job->source), on_stored, self, error);
}

static gboolean
store_record (Applying *self, const char *key, const Record *record, GError **error)
{
  g_autoptr (GVariant) variant =
      g_variant_ref_sink (g_variant_new ("(^as@a(suss))", record->uids, record->findings));
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (variant);

  return lykta_content_writer_put_record (self->writer, key, record->hash, bytes, error);
}

/* ---- reading one resource ---- */

static void
add_finding (Applying *self, const char *code, guint line, const char *uid, const char *message)
{
  if (self->findings == NULL)
    self->findings = g_variant_builder_new (G_VARIANT_TYPE ("a(suss)"));
  g_variant_builder_add (self->findings, "(suss)", code, line, uid != NULL ? uid : "", message);
  self->n_findings++;
}

static gboolean
on_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  Applying *self = user_data;
  const char *uid = lykta_activity_get_uid (activity);
  g_autoptr (GError) local_error = NULL;

  if (!g_ptr_array_find_with_equal_func (self->uids, uid, g_str_equal, NULL))
    g_ptr_array_add (self->uids, g_strdup (uid));
  if (lykta_content_writer_put (self->writer, activity, NULL, &local_error))
    return TRUE;
  if (local_error->domain == LYKTA_STORE_ERROR) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  add_finding (self, "no-dates", 0, uid, local_error->message);
  return TRUE;
}

/* FALSE only for what stops everything: a resource that is no calendar at all is one finding. */
static gboolean
read_events (Applying *self, const LyktaDavItem *item, GError **error)
{
  LyktaSyncJob *job = self->job;
  g_autoptr (GInputStream) stream = lykta_sync_spool_open_part (job->spool, item->start, item->end);
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autoptr (GError) local_error = NULL;

  if (!lykta_ical_read (stream, lykta_source_get_language (job->source), report, on_activity, self,
                        job->setup->cancellable, &local_error)) {
    if (local_error->domain != LYKTA_FEED_ERROR ||
        g_error_matches (local_error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_IO)) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
    add_finding (self, "not-a-calendar", 0, NULL, local_error->message);
  }
  for (guint i = 0; i < lykta_feed_report_get_n (report); i++) {
    const LyktaFeedFinding *finding = lykta_feed_report_get_nth (report, i);

    if (finding->severity == LYKTA_FEED_QUARANTINED)
      add_finding (self, finding->code, finding->line, finding->uid, finding->message);
  }
  return TRUE;
}

static char **
dup_uids (GPtrArray *uids)
{
  char **copy = g_new0 (char *, uids->len + 1);

  for (guint i = 0; i < uids->len; i++)
    copy[i] = g_strdup (uids->pdata[i]);
  return copy;
}

static void
doubt (Applying *self, const Record *record)
{
  for (gsize i = 0; record != NULL && record->uids[i] != NULL; i++)
    g_ptr_array_add (self->doubtful, g_strdup (record->uids[i]));
}

/* The new record of a resource in the place of the old one. */
static void
replace_record (Applying *self, const LyktaDavItem *item)
{
  const Record *before = g_hash_table_lookup (self->records, item->key);
  Record *record = g_new0 (Record, 1);
  /* What cannot be read any more stays as it was. */
  gboolean is_kept = self->uids->len == 0 && self->n_findings > 0 && before != NULL;

  if (item->is_there && item->etag != NULL)
    lykta_dav_hash_etag (item->etag, record->hash);
  record->uids = is_kept ? g_strdupv (before->uids) : dup_uids (self->uids);
  record->findings = g_variant_ref_sink (
      self->findings != NULL ? g_variant_builder_end (self->findings)
                             : g_variant_new_array (G_VARIANT_TYPE ("(suss)"), NULL, 0));
  g_clear_pointer (&self->findings, g_variant_builder_unref);
  record->has_changed = TRUE;
  doubt (self, before);
  g_hash_table_replace (self->records, g_strdup (item->key), record);
}

static gboolean
apply_item (Applying *self, const LyktaDavItem *item, GError **error)
{
  g_autofree char *where = g_uri_unescape_string (item->key, NULL);
  g_autofree char *message = NULL;

  g_ptr_array_set_size (self->uids, 0);
  self->n_findings = 0;
  if (item->has_gone)
    return TRUE;
  if (item->is_too_large) {
    message = g_strdup_printf ("%s is larger than any event; leave pictures out.", where);
    add_finding (self, "event-too-large", 0, NULL, message);
  } else if (!item->is_there) {
    message = g_strdup_printf ("The server names %s and does not give it.", where);
    add_finding (self, "not-given", 0, NULL, message);
  } else if (!read_events (self, item, error)) {
    return FALSE;
  }
  replace_record (self, item);
  return TRUE;
}

/* ---- what has gone ---- */

static void
count_uids (Applying *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Record *record = value;

    for (gsize i = 0; record->uids[i] != NULL; i++) {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, record->uids[i]));

      g_hash_table_replace (self->counts, record->uids[i], GUINT_TO_POINTER (n + 1));
    }
  }
}

/* Two resources said that they are the same activity, and one of them has left: what is stored may
 * be its version. The other one is fetched again the next time. */
static void
ask_again (Applying *self, const char *uid)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    Record *record = value;
    LyktaDavCalendar *calendar = lykta_dav_state_find (self->job->dav->state, key);

    if (record->has_changed || calendar == NULL ||
        !g_strv_contains ((const char *const *)record->uids, uid))
      continue;
    memset (record->hash, 0, sizeof record->hash);
    record->has_changed = TRUE;
    g_clear_pointer (&calendar->token, g_free);
    g_clear_pointer (&calendar->ctag, g_free);
  }
}

static void
drop_gone (Applying *self)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->job->dav->gone);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    guint n = self->doubtful->len;

    doubt (self, g_hash_table_lookup (self->records, key));
    for (; n < self->doubtful->len; n++)
      g_hash_table_add (self->left, self->doubtful->pdata[n]);
    g_hash_table_remove (self->records, key);
  }
}

/* Those of the doubtful that no resource has any more. (transfer container) (element-type char*,
 * borrowed) */
static GPtrArray *
list_lost (Applying *self)
{
  GPtrArray *lost = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->doubtful->len; i++) {
    char *uid = self->doubtful->pdata[i];

    if (!g_hash_table_add (seen, uid))
      continue;
    if (!g_hash_table_contains (self->counts, uid))
      g_ptr_array_add (lost, uid);
    else if (g_hash_table_contains (self->left, uid))
      ask_again (self, uid);
  }
  return lost;
}

/* ---- into the store ---- */

static gboolean
quarantine_again (Applying *self, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Record *record = value;
    GVariantIter findings;
    const char *code;
    const char *uid;
    const char *message;
    guint line;

    g_variant_iter_init (&findings, record->findings);
    while (g_variant_iter_next (&findings, "(&su&s&s)", &code, &line, &uid, &message)) {
      const char *known = *uid != '\0' ? uid : record->uids[0];

      if (!lykta_content_writer_quarantine (self->writer, known, line, code, message, error))
        return FALSE;
    }
  }
  return TRUE;
}

static gboolean
store_records (Applying *self, GError **error)
{
  LyktaSyncDav *dav = self->job->dav;
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  if (dav->is_whole && !lykta_content_writer_remove_record (self->writer, NULL, error))
    return FALSE;
  g_hash_table_iter_init (&iter, dav->gone);
  while (!dav->is_whole && g_hash_table_iter_next (&iter, &key, NULL))
    if (!lykta_content_writer_remove_record (self->writer, key, error))
      return FALSE;
  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    const Record *record = value;

    if ((dav->is_whole || record->has_changed) && !store_record (self, key, record, error))
      return FALSE;
  }
  return TRUE;
}

/* What is stored and not in a whole reading is not there any more. */
static void
drop_unread (Applying *self)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (self->job->dav->items, key))
      g_hash_table_iter_remove (&iter);
}

static void
set_state (Applying *self)
{
  LyktaSyncJob *job = self->job;
  LyktaSourceState *state = job->state;
  LyktaWriteStats stats;
  guint n_before;
  guint n_missing;

  lykta_content_writer_get_stats (self->writer, &stats);
  lykta_content_writer_count_missing (self->writer, &n_before, &n_missing);
  g_free (job->fetched.etag);
  job->fetched.etag = lykta_dav_state_print (job->dav->state);
  lykta_sync_job_confirm (job);
  if (state->last_changed == 0 || stats.n_inserted + stats.n_updated + stats.n_removed > 0)
    state->last_changed = state->last_attempt;
  state->n_activities = n_before + stats.n_inserted - MIN (stats.n_removed, n_before);
  state->n_quarantined = stats.n_quarantined;
  g_free (state->content_hash);
  state->content_hash = g_strconcat (job->fingerprint, "caldav", NULL);
  job->result->n_removed = stats.n_removed;
}

/* *@is_held: much would disappear, and nothing has been changed. */
static gboolean
write_changes (Applying *self, gboolean *is_held, GError **error)
{
  g_autoptr (GPtrArray) lost = NULL;
  guint n_before;
  guint n_missing;

  count_uids (self);
  lost = list_lost (self);
  lykta_content_writer_count_missing (self->writer, &n_before, &n_missing);
  *is_held = lykta_sync_job_must_hold_back (self->job, n_before, lost->len);
  if (*is_held)
    return TRUE;
  for (guint i = 0; i < lost->len; i++)
    if (!lykta_content_writer_remove (self->writer, lost->pdata[i], error))
      return FALSE;
  return lykta_content_writer_forget_quarantine (self->writer, error) &&
         quarantine_again (self, error);
}

static gboolean
begin (Applying *self, GError **error)
{
  LyktaSource *source = self->job->source;

  return self->job->dav->is_whole
             ? lykta_content_writer_begin (self->writer, source, error)
             : lykta_content_writer_begin_changes (self->writer, source, error);
}

static gboolean
apply (Applying *self, gboolean *is_held, GError **error)
{
  LyktaSyncJob *job = self->job;
  LyktaSyncDav *dav = job->dav;

  lykta_sync_job_announce (job, LYKTA_SYNC_STATE_READING, job->fetched.n_bytes);
  if (!load_records (self, error) || !begin (self, error))
    return FALSE;
  drop_gone (self);
  for (guint i = 0; i < dav->order->len; i++)
    if (!apply_item (self, dav->order->pdata[i], error))
      return FALSE;
  lykta_sync_job_announce (job, LYKTA_SYNC_STATE_APPLYING, job->fetched.n_bytes);
  if (dav->is_whole) {
    drop_unread (self);
    if (!quarantine_again (self, error) ||
        !lykta_content_writer_remove_missing (self->writer, error))
      return FALSE;
  } else if (!write_changes (self, is_held, error)) {
    return FALSE;
  }
  if (*is_held)
    return TRUE;
  if (!store_records (self, error))
    return FALSE;
  set_state (self);
  if (!lykta_content_writer_commit (self->writer, job->state, error))
    return FALSE;
  job->result->outcome = LYKTA_SYNC_OUTCOME_UPDATED;
  return TRUE;
}

void
lykta_sync_dav_apply (LyktaSyncJob *job, LyktaContentWriter *writer)
{
  g_autoptr (LyktaSourceState) before = lykta_source_state_copy (job->state);
  g_auto (Applying) self = {
      .job = job,
      .writer = writer,
      .records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, record_free),
      .counts = g_hash_table_new (g_str_hash, g_str_equal),
      .left = g_hash_table_new (g_str_hash, g_str_equal),
      .doubtful = g_ptr_array_new_with_free_func (g_free),
      .uids = g_ptr_array_new_with_free_func (g_free),
  };
  g_autoptr (GError) error = NULL;
  gboolean is_held = FALSE;

  if (job->fetched.status == LYKTA_FETCH_NOT_MODIFIED) {
    job->fetched.etag = lykta_dav_state_print (job->dav->state);
    lykta_sync_job_confirm (job);
    job->result->outcome = LYKTA_SYNC_OUTCOME_UNCHANGED;
    return;
  }
  if (apply (&self, &is_held, &error) && !is_held)
    return;
  lykta_content_writer_rollback (writer);
  lykta_source_state_free (job->state);
  job->state = g_steal_pointer (&before);
  if (is_held) {
    g_autofree char *detail = g_steal_pointer (&job->result->detail);

    lykta_sync_job_fail (job, LYKTA_SYNC_FAILURE_WOULD_VANISH, detail);
  } else {
    lykta_sync_job_fail_with_error (job, error);
  }
}
