/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "feed/lykta-feed-read.h"
#include "feed/lykta-sample-calendar.h"
#include "sync/lykta-sync-dav-private.h"
#include "sync/lykta-sync-feed-private.h"
#include "sync/lykta-sync-job-private.h"
#include "sync/lykta-sync-merger-private.h"

/* A first download shows its beginning, a screen many times over, before all of it has been read.
 * Each further part is so many times as long as what is there: ending one costs the disk and the
 * search as much as hundreds of activities. */
#define FIRST_PART_ACTIVITIES 250
#define PART_GROWTH           4
#define ANNOUNCE_EVERY        500
/* More than this many, and more than a fifth, and the disappearance is held back. */
#define BRAKE_ACTIVITIES 20
#define BRAKE_FRACTION   5

/* One body on its way into the store. */
typedef struct {
  LyktaSyncJob *job;          /* (unowned) */
  LyktaContentWriter *writer; /* (unowned) */
  gboolean may_commit_parts;
  guint n_activities;
  guint part_end; /* the next part ends with this one */
  guint n_unexpandable;
} Reading;

static gint64
now_of (LyktaSyncJob *self)
{
  return lykta_clock_now (self->setup->clock);
}

void
lykta_sync_job_fail (LyktaSyncJob *self, LyktaSyncFailure failure, const char *detail)
{
  LyktaSyncResult *result = self->result;

  result->outcome = LYKTA_SYNC_OUTCOME_FAILED;
  result->failure = failure;
  g_free (result->detail);
  /* Outside text may stand in it, cut anywhere. */
  result->detail = detail != NULL ? g_utf8_make_valid (detail, -1) : NULL;
  lykta_sync_job_announce (self, LYKTA_SYNC_STATE_FAILED, 0);
}

void
lykta_sync_job_fail_with_error (LyktaSyncJob *self, const GError *error)
{
  lykta_sync_job_fail (self, lykta_sync_failure_from_error (error), error->message);
}

/* A dates' rule that cannot be followed costs this activity, not the refresh. */
static gboolean
quarantine_activity (Reading *self, LyktaActivity *activity, const GError *cause, GError **error)
{
  self->n_unexpandable++;
  return lykta_content_writer_quarantine (self->writer, lykta_activity_get_uid (activity), 0,
                                          "no-dates", cause->message, error);
}

static gboolean
on_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  Reading *self = user_data;
  g_autoptr (GError) local_error = NULL;

  if (!lykta_content_writer_put (self->writer, activity, NULL, &local_error)) {
    if (local_error->domain == LYKTA_STORE_ERROR) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
    return quarantine_activity (self, activity, local_error, error);
  }
  self->n_activities++;
  if (self->n_activities % ANNOUNCE_EVERY == 0)
    lykta_sync_job_announce (self->job, LYKTA_SYNC_STATE_READING, self->job->fetched.n_bytes);
  if (!self->may_commit_parts || self->n_activities != self->part_end)
    return TRUE;
  if (!lykta_content_writer_commit_part (self->writer, error))
    return FALSE;
  self->part_end *= PART_GROWTH;
  if (self->job->is_first && self->n_activities == FIRST_PART_ACTIVITIES)
    lykta_sync_job_announce (self->job, LYKTA_SYNC_STATE_PARTLY, self->job->fetched.n_bytes);
  return TRUE;
}

static gboolean
on_part_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  return lykta_sync_merger_add (user_data, activity, error);
}

static gboolean
store_findings (Reading *self, LyktaFeedReport *report, GError **error)
{
  for (guint i = 0; i < lykta_feed_report_get_n (report); i++) {
    const LyktaFeedFinding *finding = lykta_feed_report_get_nth (report, i);

    if (finding->severity == LYKTA_FEED_QUARANTINED &&
        !lykta_content_writer_quarantine (self->writer, finding->uid, finding->line, finding->code,
                                          finding->message, error))
      return FALSE;
  }
  return TRUE;
}

/* @merger (nullable): takes the activities until all parts have been read. (transfer full) */
static LyktaFeedReport *
read_part (Reading *self, const LyktaSyncPart *part, LyktaSyncMerger *merger, GError **error)
{
  LyktaSyncJob *job = self->job;
  LyktaSource *source = job->source;
  const char *language =
      part->language != NULL ? part->language : lykta_source_get_language (source);
  g_autoptr (GInputStream) stream = lykta_sync_spool_open_part (job->spool, part->start, part->end);
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();

  if (!lykta_feed_read (stream, lykta_source_get_format (source), language, report,
                        merger != NULL ? on_part_activity : on_activity,
                        merger != NULL ? (gpointer)merger : self, NULL, job->setup->cancellable,
                        error))
    return NULL;
  return g_steal_pointer (&report);
}

/* Pages and languages of one calendar: the same activity may be in several of them. What is wrong
 * with it in one is said after it came whole from the others. */
static gboolean
read_merged (Reading *self, guint *n_quarantined, GError **error)
{
  LyktaSyncJob *job = self->job;
  g_autoptr (LyktaSyncMerger) merger = lykta_sync_merger_new (job->setup->spool_dir, error);
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func (g_object_unref);

  if (merger == NULL)
    return FALSE;
  for (guint i = 0; i < job->parts->len; i++) {
    LyktaFeedReport *report =
        read_part (self, &g_array_index (job->parts, LyktaSyncPart, i), merger, error);

    if (report == NULL)
      return FALSE;
    *n_quarantined += lykta_feed_report_get_n_quarantined (report);
    g_ptr_array_add (reports, report);
  }
  if (!lykta_sync_merger_foreach (merger, on_activity, self, job->setup->cancellable, error))
    return FALSE;
  for (guint i = 0; i < reports->len; i++)
    if (!store_findings (self, g_ptr_array_index (reports, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
read_body (Reading *self, guint *n_quarantined, GError **error)
{
  LyktaSyncJob *job = self->job;

  if (job->parts->len > 1 && !job->is_folder)
    return read_merged (self, n_quarantined, error);
  for (guint i = 0; i < job->parts->len; i++) {
    g_autoptr (LyktaFeedReport) report =
        read_part (self, &g_array_index (job->parts, LyktaSyncPart, i), NULL, error);

    if (report == NULL)
      return FALSE;
    *n_quarantined += lykta_feed_report_get_n_quarantined (report);
    if (!store_findings (self, report, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_sample (Reading *self, GError **error)
{
  return lykta_sample_calendar_read (now_of (self->job), on_activity, self, error);
}

gboolean
lykta_sync_job_must_hold_back (LyktaSyncJob *self, guint n_before, guint n_missing)
{
  if (!self->knows_content || (self->setup->flags & LYKTA_SYNC_FORCE) != 0 ||
      lykta_source_is_sample (self->source))
    return FALSE;
  if (n_missing <= BRAKE_ACTIVITIES || (guint64)n_missing * BRAKE_FRACTION <= n_before) {
    self->held_since = 0;
    return FALSE;
  }
  if (self->held_since != 0 && now_of (self) - self->held_since >= LYKTA_SYNC_BRAKE_SECONDS)
    return FALSE;
  if (self->held_since == 0 || self->held_since > now_of (self))
    self->held_since = now_of (self);
  g_clear_pointer (&self->result->detail, g_free);
  self->result->detail = g_strdup_printf (
      "%u of %u activities would disappear at once; held back until %d hours have passed, or --force",
      n_missing, n_before, LYKTA_SYNC_BRAKE_SECONDS / 3600);
  return TRUE;
}

/* What is not in a plain answer may be missing by mistake, and is gone when a later answer says the
 * same. Asked after must_hold_back(): what was held back has been seen twice. */
static gboolean
is_gone_for_certain (LyktaSyncJob *self)
{
  return !self->knows_content || (self->setup->flags & LYKTA_SYNC_FORCE) != 0 ||
         lykta_source_is_sample (self->source) || self->held_since != 0;
}

/* The publisher has answered and all is well. */
void
lykta_sync_job_confirm (LyktaSyncJob *self)
{
  LyktaSourceState *state = self->state;

  state->last_attempt = now_of (self);
  state->last_confirmed = state->last_attempt;
  state->failures = 0;
  g_clear_pointer (&state->failure, g_free);
  g_clear_pointer (&state->failure_detail, g_free);
  if (self->fetched.etag != NULL || self->fetched.status == LYKTA_FETCH_OK) {
    g_free (state->etag);
    state->etag = g_strdup (self->fetched.etag);
  }
  if (self->fetched.last_modified != NULL || self->fetched.status == LYKTA_FETCH_OK) {
    g_free (state->last_modified);
    state->last_modified = g_strdup (self->fetched.last_modified);
  }
  self->held_since = 0;
}

static void
state_of_content (Reading *self, guint n_quarantined)
{
  LyktaSyncJob *job = self->job;
  LyktaSourceState *state = job->state;
  LyktaWriteStats stats;

  lykta_content_writer_get_stats (self->writer, &stats);
  lykta_sync_job_confirm (job);
  if (state->last_changed == 0 ||
      stats.n_inserted + stats.n_updated + stats.n_removed + stats.n_missing > 0 ||
      lykta_source_is_sample (job->source))
    state->last_changed = state->last_attempt;
  state->n_activities = self->n_activities - stats.n_duplicates;
  state->n_quarantined = n_quarantined + self->n_unexpandable;
  g_free (state->content_hash);
  state->content_hash = g_strconcat (job->fingerprint, job->hash != NULL ? job->hash : "", NULL);
  job->result->n_removed = stats.n_removed;
}

/* Reads everything into the writer's open transaction and ends it. */
static gboolean
write_content (Reading *self, GError **error)
{
  LyktaSyncJob *job = self->job;
  guint n_quarantined = 0;
  guint n_before;
  guint n_missing;

  if (!lykta_content_writer_begin (self->writer, job->source, error))
    return FALSE;
  if (lykta_source_is_sample (job->source) ? !read_sample (self, error)
                                           : !read_body (self, &n_quarantined, error))
    return FALSE;
  lykta_sync_job_announce (job, LYKTA_SYNC_STATE_APPLYING, job->fetched.n_bytes);
  lykta_content_writer_count_missing (self->writer, &n_before, &n_missing);
  if (lykta_sync_job_must_hold_back (job, n_before, n_missing)) {
    lykta_content_writer_rollback (self->writer);
    return TRUE;
  }
  if (is_gone_for_certain (job) ? !lykta_content_writer_remove_missing (self->writer, error)
                                : !lykta_content_writer_mark_missing (self->writer, error))
    return FALSE;
  state_of_content (self, n_quarantined);
  if (!lykta_content_writer_commit (self->writer, job->state, error))
    return FALSE;
  job->result->outcome = LYKTA_SYNC_OUTCOME_UPDATED;
  return TRUE;
}

static void
apply_content (LyktaSyncJob *self, LyktaContentWriter *writer)
{
  g_autoptr (LyktaSourceState) before = lykta_source_state_copy (self->state);
  g_autoptr (GError) error = NULL;
  Reading reading = {
      .job = self,
      .writer = writer,
      .may_commit_parts = self->parts->len <= 1,
      .part_end = FIRST_PART_ACTIVITIES,
  };

  lykta_sync_job_announce (self, LYKTA_SYNC_STATE_READING, self->fetched.n_bytes);
  if (!write_content (&reading, &error)) {
    lykta_content_writer_rollback (writer);
    lykta_source_state_free (self->state);
    self->state = g_steal_pointer (&before);
    lykta_sync_job_fail_with_error (self, error);
  } else if (self->result->outcome != LYKTA_SYNC_OUTCOME_UPDATED) {
    g_autofree char *detail = g_steal_pointer (&self->result->detail);

    lykta_sync_job_fail (self, LYKTA_SYNC_FAILURE_WOULD_VANISH, detail);
  }
}

static gboolean
is_unchanged (LyktaSyncJob *self)
{
  if (self->fetched.status == LYKTA_FETCH_NOT_MODIFIED)
    return TRUE;
  return self->knows_content && (self->setup->flags & LYKTA_SYNC_FORCE) == 0 &&
         self->hash != NULL &&
         g_str_equal (self->state->content_hash + strlen (self->fingerprint), self->hash);
}

/* Puts down how it went when no content was committed together with it. */
static void
store_state (LyktaSyncJob *self, LyktaContentWriter *writer)
{
  LyktaSourceState *state = self->state;
  g_autoptr (GError) error = NULL;

  if (self->result->outcome == LYKTA_SYNC_OUTCOME_FAILED) {
    state->last_attempt = now_of (self);
    /* A price is no failure: nothing is broken, and nobody waits for it to mend itself. */
    if (self->result->failure != LYKTA_SYNC_FAILURE_COST)
      state->failures++;
    g_free (state->failure);
    state->failure = g_strdup (lykta_sync_failure_to_token (self->result->failure));
    g_free (state->failure_detail);
    state->failure_detail = g_strdup (self->result->detail);
  }
  if (!lykta_content_writer_set_state (writer, lykta_source_get_id (self->source), state, &error))
    g_message ("the state of %s cannot be kept: %s", lykta_source_get_id (self->source),
               error->message);
}

static void
fill_result (LyktaSyncJob *self)
{
  LyktaSyncResult *result = self->result;

  result->n_activities = self->state->n_activities;
  result->n_quarantined = self->state->n_quarantined;
  result->last_confirmed = self->state->last_confirmed;
  result->bytes_on_wire = self->fetched.bytes_on_wire;
}

void
lykta_sync_job_apply (LyktaSyncJob *self, LyktaContentWriter *writer)
{
  gboolean is_cancelled = FALSE;

  self->state->bytes_received += self->fetched.bytes_on_wire - self->fetched.bytes_sent;
  if (self->error != NULL) {
    lykta_sync_job_fail_with_error (self, self->error);
  } else if (self->dav != NULL) {
    lykta_sync_dav_apply (self, writer);
  } else if (self->feed != NULL) {
    lykta_sync_feed_apply (self, writer);
  } else if (is_unchanged (self)) {
    lykta_sync_job_confirm (self);
    self->result->outcome = LYKTA_SYNC_OUTCOME_UNCHANGED;
  } else {
    apply_content (self, writer);
  }
  is_cancelled = self->result->outcome == LYKTA_SYNC_OUTCOME_FAILED &&
                 self->result->failure == LYKTA_SYNC_FAILURE_CANCELLED;
  if (self->result->outcome != LYKTA_SYNC_OUTCOME_UPDATED && !is_cancelled)
    store_state (self, writer);
  fill_result (self);
  if (self->result->outcome != LYKTA_SYNC_OUTCOME_FAILED)
    lykta_sync_job_announce (self, LYKTA_SYNC_STATE_DONE, self->fetched.n_bytes);
}
