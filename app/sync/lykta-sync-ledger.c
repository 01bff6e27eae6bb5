/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-sync-ledger-private.h"

#include "base/lykta-civil-time.h"
#include "sync/lykta-source-address.h"
#include "sync/lykta-sync-feed-private.h"
#include "sync/lykta-sync-policy.h"

/* Looking through a lifetime of saved activities is not worth a wait. */
#define SAVED_MAX 200

LyktaSyncLedger
lykta_sync_ledger_open (LyktaDeviceStore *device, gint64 now)
{
  LyktaDate today = lykta_date_of_moment (now);
  LyktaTraffic day = {0};
  LyktaTraffic month = {0};
  g_autoptr (GError) error = NULL;

  if (device != NULL &&
      (!lykta_device_store_get_day_traffic (device, NULL, today, &day, &error) ||
       !lykta_device_store_get_month_traffic (device, NULL, today, &month, &error)))
    g_message ("the byte meter cannot be read: %s", error->message);
  return (LyktaSyncLedger){
      (gint64)day.by_kind[LYKTA_TRAFFIC_METERED],
      (gint64)month.by_kind[LYKTA_TRAFFIC_METERED],
  };
}

static LyktaTrafficKind
kind_of (LyktaSyncJob *job)
{
  const LyktaSyncSetup *setup = job->setup;

  if (setup->connection == LYKTA_CONNECTION_UNMETERED ||
      lykta_source_address_is_offline (lykta_source_get_address (job->source)))
    return LYKTA_TRAFFIC_FREE;
  if ((setup->flags & (LYKTA_SYNC_MANUAL | LYKTA_SYNC_FORCE)) != 0 || job->is_first)
    return LYKTA_TRAFFIC_ASKED;
  return setup->connection == LYKTA_CONNECTION_METERED ? LYKTA_TRAFFIC_METERED
                                                       : LYKTA_TRAFFIC_UNKNOWN;
}

void
lykta_sync_ledger_promise (LyktaSyncLedger *self, LyktaSyncJob *job)
{
  gint64 expected;

  if (kind_of (job) != LYKTA_TRAFFIC_METERED)
    return;
  expected = MAX (lykta_sync_cost_estimate (&job->cost, 1), LYKTA_SYNC_CHECK_BYTES);
  expected = MIN (expected, job->allowance);
  self->used_day += expected;
  self->used_month += expected;
}

static void
learn_cost (LyktaSyncJob *job)
{
  LyktaSyncCost *cost = &job->cost;
  gint64 bytes = (gint64)job->fetched.bytes_on_wire;
  gboolean is_whole = job->feed == NULL || job->feed->has_snapshot;

  if (job->result->outcome == LYKTA_SYNC_OUTCOME_FAILED) {
    if (job->needed > 0)
      cost->pending = job->needed;
    return;
  }
  cost->pending = 0;
  if (job->result->outcome == LYKTA_SYNC_OUTCOME_UNCHANGED &&
      job->fetched.status == LYKTA_FETCH_NOT_MODIFIED)
    cost->check = bytes;
  else if (is_whole)
    cost->full = bytes;
  else
    cost->update = bytes;
}

void
lykta_sync_ledger_book (LyktaSyncJob *job, LyktaDeviceStore *device)
{
  const char *id = lykta_source_get_id (job->source);
  const LyktaFetchResult *fetched = &job->fetched;
  LyktaSyncCost before = job->cost;
  g_autoptr (GError) error = NULL;

  if (device == NULL || fetched->bytes_on_wire == 0)
    return;
  learn_cost (job);
  if (!lykta_device_store_add_bytes (device, id, kind_of (job),
                                     fetched->bytes_on_wire - fetched->bytes_sent,
                                     fetched->bytes_sent, &error) ||
      (memcmp (&before, &job->cost, sizeof before) != 0 &&
       !lykta_sync_cost_save (&job->cost, device, id, &error)))
    g_message ("the byte meter cannot be kept: %s", error->message);
}

static gboolean
is_soon (LyktaContentReader *reader, const char *source_id, const char *uid, gint64 now)
{
  LyktaDate tomorrow = lykta_date_add_days (lykta_date_of_moment (now), 1);
  gint64 end = lykta_date_start (lykta_date_add_days (tomorrow, 1));
  gint64 activity_id = 0;
  g_autoptr (GArray) dates = NULL;
  g_autoptr (LyktaActivity) activity =
      lykta_content_reader_get_activity (reader, source_id, uid, &activity_id, NULL);

  if (activity != NULL)
    dates = lykta_content_reader_get_occurrences (reader, activity_id, now, 1, NULL);
  return dates != NULL && dates->len > 0 && g_array_index (dates, LyktaOccurrence, 0).start < end;
}

gboolean
lykta_sync_ledger_is_urgent (LyktaDeviceStore *device,
                             LyktaContentReader *reader,
                             const char *source_id,
                             gint64 now)
{
  g_auto (GStrv) saved =
      device != NULL ? lykta_device_store_list_saved (device, source_id, NULL) : NULL;

  for (gsize i = 0; saved != NULL && saved[i] != NULL && i < SAVED_MAX; i++)
    if (is_soon (reader, source_id, saved[i], now))
      return TRUE;
  return FALSE;
}
