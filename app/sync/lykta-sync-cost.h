/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/lykta-device-store.h"

G_BEGIN_DECLS

/* What refreshing a source has cost so far, in bytes on the wire, so that the next time can be
 * foretold without spending anything. 0: not known. Plain value, kept in device.db. */
typedef struct {
  gint64 check;   /* to learn that nothing was new */
  gint64 update;  /* the last time that something was, by what changed alone */
  gint64 full;    /* the last time that everything was read */
  gint64 pending; /* a look found news that cost so much, and did not fetch them */
} LyktaSyncCost;

/* Nothing is known without @device (nullable) or a good value in it. */
LyktaSyncCost lykta_sync_cost_load (LyktaDeviceStore *device, const char *source_id);
/* Errors: LYKTA_STORE_ERROR. */
gboolean lykta_sync_cost_save (const LyktaSyncCost *self,
                               LyktaDeviceStore *device,
                               const char *source_id,
                               GError **error);
/* How many bytes a refresh probably takes that finds something new; @days: since the last answer.
 * 0 when nothing is known to tell it from. Pure. */
gint64 lykta_sync_cost_estimate (const LyktaSyncCost *self, gint64 days);

G_END_DECLS
