/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-sync-run-private.h"

#include "base/lykta-civil-time.h"
#include "feed/lykta-occurrences.h"
#include "store/lykta-content-reader.h"
#include "sync/lykta-source-address.h"
#include "sync/lykta-sync-feed-private.h"
#include "sync/lykta-sync-ledger-private.h"
#include "sync/lykta-sync-report-private.h"

/* Sources fetched side by side: a server that hangs holds up nobody else. */
#define MAX_FETCHES 4
/* Until a source that somebody has called off is looked at again by itself. */
#define STOPPED_SECONDS (15 * 60)
#define HELD_KEY        "sync.held-since."

/* One run. All in its thread, but for the jobs that the pool has in hand. */
typedef struct {
  const LyktaSyncSetup *setup;   /* (unowned) */
  LyktaDeviceStore *device;      /* (owned) (nullable) */
  LyktaContentReader *reader;    /* (owned) */
  LyktaContentWriter *writer;    /* (owned) */
  char **languages;              /* (owned) what {lang} in an address stands for */
  GPtrArray *configured;         /* (owned) (element-type LyktaSource) */
  GPtrArray *active;             /* (owned) (element-type LyktaSource) what the store shall hold */
  GPtrArray *due;                /* (owned) (element-type LyktaSyncJob) */
  GAsyncQueue *fetched;          /* (owned) (element-type LyktaSyncJob, borrowed) */
  LyktaSyncReport *report;       /* (owned) */
  LyktaSyncLedger ledger;        /* of what the day and the month have cost */
  gint64 generation;             /* of the content when the run began */
  gboolean has_real_content;     /* a configured source has been read */
  gboolean has_postponed_sample; /* it stands in only if the others fail */
} Run;

static void
run_clear (Run *self)
{
  g_clear_object (&self->writer);
  g_clear_object (&self->reader);
  g_clear_object (&self->device);
  g_clear_pointer (&self->languages, g_strfreev);
  g_clear_pointer (&self->configured, g_ptr_array_unref);
  g_clear_pointer (&self->active, g_ptr_array_unref);
  g_clear_pointer (&self->due, g_ptr_array_unref);
  g_clear_pointer (&self->fetched, g_async_queue_unref);
  g_clear_pointer (&self->report, lykta_sync_report_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static gboolean
run_open (Run *self, GError **error)
{
  const LyktaSyncSetup *setup = self->setup;
  g_autoptr (LyktaSourceList) list = NULL;

  if (setup->device_path != NULL) {
    self->device = lykta_device_store_open (setup->device_path, setup->clock, error);
    if (self->device == NULL)
      return FALSE;
  }
  list = lykta_source_list_new (self->device);
  self->languages = lykta_source_list_get_languages (list);
  self->configured = lykta_source_list_get_configured (list, error);
  if (self->configured == NULL)
    return FALSE;
  self->reader = lykta_content_store_new_reader (setup->content, error);
  if (self->reader == NULL)
    return FALSE;
  self->writer = lykta_content_store_new_writer (setup->content, lykta_expand_occurrences, error);
  if (self->writer == NULL)
    return FALSE;
  self->ledger = lykta_sync_ledger_open (self->device, lykta_clock_now (setup->clock));
  self->generation = lykta_content_reader_get_generation (self->reader);
  self->due = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_sync_job_free);
  self->fetched = g_async_queue_new ();
  self->report = lykta_sync_report_new ();
  return TRUE;
}

/* ---- which sources the calendar holds ---- */

static LyktaSource *
find_source (GPtrArray *sources, const char *id)
{
  for (guint i = 0; i < sources->len; i++)
    if (g_str_equal (lykta_source_get_id (g_ptr_array_index (sources, i)), id))
      return g_ptr_array_index (sources, i);
  return NULL;
}

static gboolean
equal_sources (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++) {
    LyktaSource *x = g_ptr_array_index (a, i);
    LyktaSource *y = g_ptr_array_index (b, i);

    if (!g_str_equal (lykta_source_get_id (x), lykta_source_get_id (y)) ||
        !g_str_equal (lykta_source_get_address (x), lykta_source_get_address (y)) ||
        !g_str_equal (lykta_source_get_name (x), lykta_source_get_name (y)) ||
        lykta_source_get_format (x) != lykta_source_get_format (y))
      return FALSE;
  }
  return TRUE;
}

/* What is known of a source; a state in which nothing is known when there is none. */
static LyktaSourceState *
state_of (Run *self, LyktaSource *source, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  LyktaSourceState *state = lykta_content_reader_get_source_state (
      self->reader, lykta_source_get_id (source), &local_error);

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  return state != NULL ? state : lykta_source_state_new ();
}

static gboolean
was_read (Run *self, LyktaSource *source)
{
  g_autoptr (LyktaSourceState) state = state_of (self, source, NULL);

  return state != NULL && state->last_confirmed > 0;
}

static gboolean
any_was_read (Run *self, GPtrArray *sources)
{
  for (guint i = 0; i < sources->len; i++)
    if (was_read (self, g_ptr_array_index (sources, i)))
      return TRUE;
  return FALSE;
}

/* A first refresh of one of them has brought its beginning, and was then cut short. */
static gboolean
any_is_loading (Run *self, GPtrArray *sources)
{
  for (guint i = 0; i < sources->len; i++)
    if (lykta_content_reader_is_loading (self->reader,
                                         lykta_source_get_id (g_ptr_array_index (sources, i))))
      return TRUE;
  return FALSE;
}

/* A person who waits for an answer, or a file next door: the sample would only flash by. */
static gboolean
can_postpone_sample (Run *self, GPtrArray *stored)
{
  if (self->configured->len == 0 || find_source (stored, LYKTA_SOURCE_ID_SAMPLE) != NULL)
    return FALSE;
  if ((self->setup->flags & (LYKTA_SYNC_MANUAL | LYKTA_SYNC_FORCE)) != 0)
    return TRUE;
  for (guint i = 0; i < self->configured->len; i++) {
    LyktaSource *source = g_ptr_array_index (self->configured, i);

    if (!lykta_source_address_is_local (lykta_source_get_address (source)))
      return FALSE;
  }
  return TRUE;
}

/* Until one of the configured sources has been read, what is in the calendar stays, even if it is
 * no longer configured: a wrong address must not cost the calendar that was there. When there is
 * nothing at all, the sample stands in. */
static void
choose_active (Run *self, GPtrArray *stored)
{
  gboolean has_kept = FALSE;

  self->active = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_source_unref);
  for (guint i = 0; i < self->configured->len; i++)
    g_ptr_array_add (self->active, lykta_source_ref (g_ptr_array_index (self->configured, i)));
  if (self->has_real_content)
    return;
  for (guint i = 0; i < stored->len && self->configured->len > 0; i++) {
    LyktaSource *source = g_ptr_array_index (stored, i);

    if (lykta_source_is_sample (source) ||
        find_source (self->configured, lykta_source_get_id (source)) != NULL ||
        !was_read (self, source))
      continue;
    g_ptr_array_add (self->active, lykta_source_ref (source));
    has_kept = TRUE;
  }
  if (has_kept || find_source (self->active, LYKTA_SOURCE_ID_SAMPLE) != NULL ||
      any_is_loading (self, self->configured))
    return;
  self->has_postponed_sample = can_postpone_sample (self, stored);
  if (!self->has_postponed_sample)
    g_ptr_array_add (self->active, lykta_source_list_new_sample ());
}

static gboolean
run_set_sources (Run *self, GError **error)
{
  g_autoptr (GPtrArray) stored = lykta_content_reader_list_sources (self->reader, error);

  if (stored == NULL)
    return FALSE;
  self->has_real_content = any_was_read (self, self->configured);
  choose_active (self, stored);
  return equal_sources (self->active, stored) ||
         lykta_content_writer_set_sources (self->writer, self->active, error);
}

/* Once a configured source has been read, nothing else is shown. */
static gboolean
run_drop_stand_ins (Run *self, GError **error)
{
  if (self->has_real_content || self->configured->len == 0 ||
      !any_was_read (self, self->configured))
    return TRUE;
  lykta_sync_report_keep (self->report, self->configured);
  return lykta_content_writer_set_sources (self->writer, self->configured, error);
}

/* ---- deciding ---- */

static gint64
held_since_of (Run *self, LyktaSource *source)
{
  g_autofree char *key = g_strconcat (HELD_KEY, lykta_source_get_id (source), NULL);
  g_autofree char *value =
      self->device != NULL ? lykta_device_store_get_setting (self->device, key, NULL) : NULL;

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

static void
remember_held (Run *self, LyktaSyncJob *job, gint64 before)
{
  g_autofree char *key = g_strconcat (HELD_KEY, lykta_source_get_id (job->source), NULL);
  g_autofree char *value =
      job->held_since != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, job->held_since) : NULL;
  g_autoptr (GError) error = NULL;

  if (self->device == NULL || job->held_since == before)
    return;
  if (!lykta_device_store_set_setting (self->device, key, value, &error))
    g_message ("%s", error->message);
}

static double
jitter_of (Run *self, const char *source_id, gboolean is_new)
{
  double *jitter = g_hash_table_lookup (self->setup->jitter, source_id);

  if (jitter == NULL) {
    jitter = g_new0 (double, 1);
    g_hash_table_insert (self->setup->jitter, g_strdup (source_id), jitter);
    is_new = TRUE;
  }
  if (is_new)
    *jitter = lykta_random_range (self->setup->random, 0, 1);
  return *jitter;
}

static gboolean
is_another_day (gint64 a, gint64 b)
{
  return lykta_date_compare (lykta_date_of_moment (a), lykta_date_of_moment (b)) != 0;
}

/* The dates of the sample are those of the day on which it was read. */
static LyktaSyncDecision
decide_sample (Run *self, LyktaSyncJob *job, LyktaSyncFlags flags)
{
  gint64 now = lykta_clock_now (self->setup->clock);
  LyktaDate tomorrow = lykta_date_add_days (lykta_date_of_moment (now), 1);

  if (job->state->last_confirmed == 0 || !job->knows_content ||
      is_another_day (job->state->last_confirmed, now) || (flags & LYKTA_SYNC_FORCE) != 0)
    return (LyktaSyncDecision){TRUE, now, LYKTA_SYNC_REASON_DUE, LYKTA_SYNC_SCOPE_FULL,
                               LYKTA_SYNC_NO_LIMIT};
  return (LyktaSyncDecision){FALSE, lykta_date_start (tomorrow), LYKTA_SYNC_REASON_FRESH,
                             LYKTA_SYNC_SCOPE_NOTHING, 0};
}

static LyktaSyncDecision
decide (Run *self, LyktaSyncJob *job, LyktaSyncFlags flags)
{
  const LyktaSyncSetup *setup = self->setup;
  const char *id = lykta_source_get_id (job->source);
  const char *address = lykta_source_get_address (job->source);
  LyktaSyncFacts facts = {
      .now = lykta_clock_now (setup->clock),
      .last_attempt = job->state->last_attempt,
      .last_confirmed = job->state->last_confirmed,
      .held_until = job->held_since > 0 ? job->held_since + LYKTA_SYNC_BRAKE_SECONDS : 0,
      .failures = job->state->failures,
      .connection = setup->connection,
      .jitter = jitter_of (self, id, FALSE),
      .is_manual = (flags & (LYKTA_SYNC_MANUAL | LYKTA_SYNC_FORCE)) != 0,
      .is_local = lykta_source_address_is_local (address),
      .is_offline = lykta_source_address_is_offline (address),
      .has_new_network = (flags & LYKTA_SYNC_NEW_NETWORK) != 0,
      .must_reread = !job->knows_content,
      .is_urgent = job->is_urgent,
      .rules = setup->rules,
      .used_day = self->ledger.used_day,
      .used_month = self->ledger.used_month,
      .pending = job->cost.pending,
  };

  if (lykta_source_is_sample (job->source))
    return decide_sample (self, job, flags);
  return lykta_sync_policy_decide (&facts);
}

static gboolean
is_asked_for (const LyktaSyncSetup *setup, LyktaSource *source)
{
  return setup->source_ids == NULL ||
         g_strv_contains (setup->source_ids, lykta_source_get_id (source));
}

/* What somebody has saved is asked after first; where bytes cost nothing, the order is all one. */
static gboolean
is_urgent (Run *self, LyktaSource *source)
{
  return self->setup->connection == LYKTA_CONNECTION_METERED &&
         lykta_sync_ledger_is_urgent (self->device, self->reader, lykta_source_get_id (source),
                                      lykta_clock_now (self->setup->clock));
}

static gboolean
run_consider (Run *self, LyktaSource *source, gboolean is_urgent, GError **error)
{
  g_autoptr (LyktaSourceState) state = NULL;
  g_autoptr (LyktaSyncJob) job = NULL;
  LyktaSyncDecision decision;

  if (!is_asked_for (self->setup, source))
    return TRUE;
  state = state_of (self, source, error);
  if (state == NULL)
    return FALSE;
  job = lykta_sync_job_new (self->setup, source, state, (const char *const *)self->languages,
                            lykta_sync_report_add (self->report, source));
  lykta_sync_job_announce (job, LYKTA_SYNC_STATE_CHECKING, 0);
  job->held_since = held_since_of (self, source);
  job->is_urgent = is_urgent;
  job->has_beginning = lykta_content_reader_is_loading (self->reader, lykta_source_get_id (source));
  job->cost = lykta_sync_cost_load (self->device, lykta_source_get_id (source));
  decision = decide (self, job, self->setup->flags);
  job->result->reason = decision.reason;
  job->result->next_attempt = decision.not_before;
  job->result->bytes_expected = job->cost.pending;
  job->result->n_activities = state->n_activities;
  job->result->n_quarantined = state->n_quarantined;
  job->result->last_confirmed = state->last_confirmed;
  job->allowance = decision.allowance;
  if (decision.refresh_now) {
    lykta_sync_ledger_promise (&self->ledger, job);
    g_ptr_array_add (self->due, g_steal_pointer (&job));
  }
  return TRUE;
}

/* ---- doing ---- */

static void
run_finish_job (Run *self, LyktaSyncJob *job)
{
  gint64 held_before = job->held_since;

  lykta_sync_job_apply (job, self->writer);
  remember_held (self, job, held_before);
  jitter_of (self, lykta_source_get_id (job->source), TRUE);
  lykta_sync_ledger_book (job, self->device);
  job->result->bytes_expected = job->cost.pending;
  /* What would be decided from now on, without anybody asking. */
  job->knows_content |= job->result->outcome == LYKTA_SYNC_OUTCOME_UPDATED;
  job->result->next_attempt = decide (self, job, LYKTA_SYNC_NONE).not_before;
  /* Whoever has called it off does not want it back at once. */
  if (job->result->failure == LYKTA_SYNC_FAILURE_CANCELLED)
    job->result->next_attempt =
        MAX (job->result->next_attempt, lykta_clock_now (self->setup->clock) + STOPPED_SECONDS);
}

/* The built-in sample makes room for the first that is real, but for nothing else that was there.
 */
static gboolean
drop_sample (Run *self, GError **error)
{
  if (find_source (self->active, LYKTA_SOURCE_ID_SAMPLE) == NULL ||
      self->active->len != self->configured->len + 1)
    return TRUE;
  g_ptr_array_set_size (self->active, 0);
  for (guint i = 0; i < self->configured->len; i++)
    g_ptr_array_add (self->active, lykta_source_ref (g_ptr_array_index (self->configured, i)));
  lykta_sync_report_keep (self->report, self->configured);
  return lykta_content_writer_set_sources (self->writer, self->configured, error);
}

/* TRUE when the beginning of @job was all that has come so far, and can be seen now. */
static gboolean
run_show_beginning (Run *self, LyktaSyncJob *job)
{
  if (job->error != NULL || job->feed == NULL || job->feed->first == NULL)
    return FALSE;
  return drop_sample (self, &job->error) &&
         lykta_sync_feed_apply_first (job, self->writer, &job->error);
}

/* A pool's thread. */
static void
fetch_job (gpointer data, gpointer user_data)
{
  LyktaSyncJob *job = data;
  GAsyncQueue *fetched = user_data;

  lykta_sync_job_fetch (job);
  g_async_queue_push (fetched, job);
}

static void
run_jobs (Run *self)
{
  GThreadPool *pool = g_thread_pool_new (fetch_job, self->fetched, MAX_FETCHES, FALSE, NULL);
  guint n_fetching = 0;

  for (guint i = 0; i < self->due->len; i++) {
    LyktaSyncJob *job = g_ptr_array_index (self->due, i);

    if (lykta_source_is_sample (job->source))
      continue;
    g_thread_pool_push (pool, job, NULL);
    n_fetching++;
  }
  for (guint i = 0; i < self->due->len; i++) {
    LyktaSyncJob *job = g_ptr_array_index (self->due, i);

    if (lykta_source_is_sample (job->source))
      run_finish_job (self, job);
  }
  while (n_fetching > 0) {
    LyktaSyncJob *job = g_async_queue_pop (self->fetched);

    if (run_show_beginning (self, job)) {
      g_thread_pool_push (pool, job, NULL);
      continue;
    }
    run_finish_job (self, job);
    n_fetching--;
  }
  g_thread_pool_free (pool, FALSE, TRUE);
}

/* The beginning of a first refresh counts: nothing invented is put beside what is real. */
static gboolean
any_has_content (Run *self, GPtrArray *sources)
{
  for (guint i = 0; i < sources->len; i++) {
    LyktaSource *source = g_ptr_array_index (sources, i);

    if (was_read (self, source) || lykta_content_reader_count_activities (
                                       self->reader, lykta_source_get_id (source), NULL) > 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
run_postponed_sample (Run *self, GError **error)
{
  g_autoptr (LyktaSource) sample = NULL;

  if (!self->has_postponed_sample || any_has_content (self, self->configured))
    return TRUE;
  sample = lykta_source_list_new_sample ();
  g_ptr_array_add (self->active, lykta_source_ref (sample));
  g_ptr_array_set_size (self->due, 0);
  if (!lykta_content_writer_set_sources (self->writer, self->active, error) ||
      !run_consider (self, sample, FALSE, error))
    return FALSE;
  run_jobs (self);
  return TRUE;
}

static gboolean
run_extend_horizon (Run *self, GError **error)
{
  if (!lykta_content_writer_needs_horizon (self->writer))
    return TRUE;
  return lykta_content_writer_extend_horizon (self->writer, self->setup->cancellable, NULL, error);
}

/* Those that cannot wait first. */
static gboolean
run_consider_all (Run *self, GError **error)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  for (guint i = 0; i < self->active->len; i++) {
    LyktaSource *source = g_ptr_array_index (self->active, i);
    gboolean is_kept_only = !lykta_source_is_sample (source) &&
                            find_source (self->configured, lykta_source_get_id (source)) == NULL;

    if (is_kept_only)
      continue;
    if (!is_urgent (self, source))
      g_ptr_array_add (others, source);
    else if (!run_consider (self, source, TRUE, error))
      return FALSE;
  }
  for (guint i = 0; i < others->len; i++)
    if (!run_consider (self, g_ptr_array_index (others, i), FALSE, error))
      return FALSE;
  return TRUE;
}

static gboolean
run_all (Run *self, GError **error)
{
  if (!run_set_sources (self, error) || !run_consider_all (self, error))
    return FALSE;
  run_jobs (self);
  if (g_cancellable_set_error_if_cancelled (self->setup->cancellable, error))
    return FALSE;
  return run_postponed_sample (self, error) && run_drop_stand_ins (self, error) &&
         run_extend_horizon (self, error);
}

LyktaSyncReport *
lykta_sync_run (const LyktaSyncSetup *setup, GError **error)
{
  g_auto (Run) self = {.setup = setup};

  if (!run_open (&self, error) || !run_all (&self, error))
    return NULL;
  if (lykta_content_reader_get_generation (self.reader) != self.generation)
    lykta_sync_report_set_changed (self.report);
  return g_steal_pointer (&self.report);
}
