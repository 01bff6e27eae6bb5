/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-sync-estimate-private.h"

#include "sync/lykta-source-address.h"
#include "sync/lykta-sync-ledger-private.h"

#define DAY (24 * 60 * 60)

const char *
lykta_sync_price_to_token (LyktaSyncPrice price)
{
  static const char *const tokens[] = {"nothing", "remembered", "asked", "unknown"};

  g_return_val_if_fail ((gsize)price < G_N_ELEMENTS (tokens), NULL);

  return tokens[price];
}

gint64
lykta_sync_estimate_sum (GPtrArray *estimates, gboolean *is_complete)
{
  gint64 sum = 0;
  gboolean is_known = TRUE;

  g_return_val_if_fail (estimates != NULL, 0);

  for (guint i = 0; i < estimates->len; i++) {
    const LyktaSyncEstimate *estimate = g_ptr_array_index (estimates, i);

    sum += estimate->bytes;
    is_known &= estimate->price != LYKTA_SYNC_PRICE_UNKNOWN;
  }
  if (is_complete != NULL)
    *is_complete = is_known;
  return sum;
}

static void
estimate_free (gpointer data)
{
  LyktaSyncEstimate *estimate = data;

  lykta_source_unref (estimate->source);
  g_free (estimate);
}

/* Asks the server what a first reading would take, and fetches nothing of it. */
static void
ask_server (const LyktaSyncSetup *setup,
            LyktaDeviceStore *device,
            LyktaSyncJob *job,
            LyktaSyncEstimate *estimate)
{
  job->allowance = 1;
  lykta_sync_job_fetch (job);
  if (job->needed > 0) {
    estimate->bytes = job->needed;
    estimate->price = LYKTA_SYNC_PRICE_ASKED;
  }
  job->result->outcome = LYKTA_SYNC_OUTCOME_FAILED;
  lykta_sync_ledger_book (job, device);
}

/* What is remembered costs nothing to know. */
static void
look_up (const LyktaSyncSetup *setup,
         LyktaDeviceStore *device,
         const LyktaSourceState *state,
         LyktaSyncEstimate *estimate)
{
  LyktaSyncCost cost = lykta_sync_cost_load (device, lykta_source_get_id (estimate->source));
  gint64 now = lykta_clock_now (setup->clock);
  gint64 seconds = state->last_confirmed > 0 ? now - state->last_confirmed : 0;

  estimate->bytes = lykta_sync_cost_estimate (&cost, (MAX (seconds, 0) + DAY - 1) / DAY);
  estimate->price = estimate->bytes > 0 ? LYKTA_SYNC_PRICE_REMEMBERED : LYKTA_SYNC_PRICE_UNKNOWN;
}

/* (transfer full) (nullable) */
static LyktaSyncEstimate *
estimate_source (const LyktaSyncSetup *setup,
                 LyktaDeviceStore *device,
                 LyktaContentReader *reader,
                 LyktaSource *source,
                 const char *const *languages)
{
  LyktaSyncEstimate *estimate = g_new0 (LyktaSyncEstimate, 1);
  g_autoptr (LyktaSourceState) state =
      lykta_content_reader_get_source_state (reader, lykta_source_get_id (source), NULL);
  g_autoptr (LyktaSyncReport) report = NULL;
  g_autoptr (LyktaSyncJob) job = NULL;

  estimate->source = lykta_source_ref (source);
  if (lykta_source_address_is_offline (lykta_source_get_address (source))) {
    estimate->price = LYKTA_SYNC_PRICE_NOTHING;
    return estimate;
  }
  if (state == NULL)
    state = lykta_source_state_new ();
  look_up (setup, device, state, estimate);
  if (estimate->price != LYKTA_SYNC_PRICE_UNKNOWN || setup->connection == LYKTA_CONNECTION_NONE)
    return estimate;
  report = lykta_sync_report_new ();
  job =
      lykta_sync_job_new (setup, source, state, languages, lykta_sync_report_add (report, source));
  ask_server (setup, device, job, estimate);
  return estimate;
}

GPtrArray *
lykta_sync_estimate (const LyktaSyncSetup *setup, GError **error)
{
  g_autoptr (GPtrArray) estimates = g_ptr_array_new_with_free_func (estimate_free);
  g_autoptr (LyktaDeviceStore) device = NULL;
  g_autoptr (LyktaContentReader) reader = NULL;
  g_autoptr (LyktaSourceList) list = NULL;
  g_autoptr (GPtrArray) sources = NULL;
  g_auto (GStrv) languages = NULL;

  if (setup->device_path != NULL) {
    device = lykta_device_store_open (setup->device_path, setup->clock, error);
    if (device == NULL)
      return NULL;
  }
  reader = lykta_content_store_new_reader (setup->content, error);
  if (reader == NULL)
    return NULL;
  list = lykta_source_list_new (device);
  languages = lykta_source_list_get_languages (list);
  sources = lykta_source_list_get_configured (list, error);
  for (guint i = 0; sources != NULL && i < sources->len; i++) {
    LyktaSource *source = g_ptr_array_index (sources, i);

    if (g_cancellable_set_error_if_cancelled (setup->cancellable, error))
      return NULL;
    if (setup->source_ids == NULL ||
        g_strv_contains (setup->source_ids, lykta_source_get_id (source)))
      g_ptr_array_add (estimates, estimate_source (setup, device, reader, source,
                                                   (const char *const *)languages));
  }
  return sources != NULL ? g_steal_pointer (&estimates) : NULL;
}
