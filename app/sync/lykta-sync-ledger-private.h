/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/lykta-content-reader.h"
#include "sync/lykta-sync-job-private.h"

G_BEGIN_DECLS

/* What a run has spent and promised, against the budget of the day and the month. One thread; plain
 * value. */
typedef struct {
  gint64 used_day;
  gint64 used_month;
} LyktaSyncLedger;

/* What stands in the meter at @now; nothing without @device (nullable). */
LyktaSyncLedger lykta_sync_ledger_open (LyktaDeviceStore *device, gint64 now);
/* A refresh of @job is about to be paid for: the next source decides with less. */
void lykta_sync_ledger_promise (LyktaSyncLedger *self, LyktaSyncJob *job);
/* Puts down in the meter, and in what is remembered of the source, what @job has cost. Trouble is
 * logged: a calendar is not given back because of its price. */
void lykta_sync_ledger_book (LyktaSyncJob *job, LyktaDeviceStore *device);
/* Whether something that was saved takes place there before tomorrow ends. */
gboolean lykta_sync_ledger_is_urgent (LyktaDeviceStore *device,
                                      LyktaContentReader *reader,
                                      const char *source_id,
                                      gint64 now);

G_END_DECLS
