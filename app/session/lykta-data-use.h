/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/lykta-connectivity.h"
#include "sync/lykta-sync-engine.h"

G_BEGIN_DECLS

/* What is going on with what a person asked for. */
typedef enum {
  LYKTA_DATA_IDLE,
  LYKTA_DATA_WEIGHING, /* it is found out what it takes */
  LYKTA_DATA_ASKING,   /* the person is asked whether to go on */
  LYKTA_DATA_FETCHING, /* also by itself */
} LyktaDataState;

#define LYKTA_TYPE_DATA_USE (lykta_data_use_get_type ())
G_DECLARE_FINAL_TYPE (LyktaDataUse, lykta_data_use, LYKTA, DATA_USE, GObject)

/* What the calendar costs the person in mobile data, and "update now": where the line costs
 * something the price is told first, and nothing is fetched before a yes. Headless. Main thread;
 * files are read on a worker.
 *
 * Emits "changed" (no arguments) whenever an answer below may be another one. */

/* @device_path: of device.db. (transfer full) */
LyktaDataUse *lykta_data_use_new (const char *device_path, LyktaClock *clock);
/* Once there is an engine; before that, nothing can be asked for. */
void lykta_data_use_attach (LyktaDataUse *self,
                            LyktaSyncEngine *engine,
                            LyktaConnectivity *connectivity);
/* What the owner lets the machine do by itself; also handed on to the engine. */
void lykta_data_use_set_rules (LyktaDataUse *self, const LyktaSyncRules *rules);

LyktaDataState lykta_data_use_get_state (LyktaDataUse *self);
/* Bytes of this month that were, or may have been, mobile data: by itself and asked for. */
guint64 lykta_data_use_get_month (LyktaDataUse *self);
/* Those that are held against the budget, and the budget; LYKTA_SYNC_NO_LIMIT: there is none. */
gint64 lykta_data_use_get_used (LyktaDataUse *self);
gint64 lykta_data_use_get_budget (LyktaDataUse *self);
/* While ASKING: bytes that it will probably take; 0 when nobody can tell. */
gint64 lykta_data_use_get_price (LyktaDataUse *self);
/* While FETCHING: bytes so far. */
guint64 lykta_data_use_get_fetched (LyktaDataUse *self);
/* Where a source is in the present refresh; IDLE when it has no part in it. */
LyktaSyncState lykta_data_use_get_source_state (LyktaDataUse *self, const char *source_id);

/* Whether it is being fetched or taken in right now, and its bytes so far (out, nullable). */
gboolean lykta_data_use_is_under_way (LyktaDataUse *self, const char *source_id, guint64 *bytes);
/* Calls off that one; the others go on. */
void lykta_data_use_cancel_source (LyktaDataUse *self, const char *source_id);

/* A person asks. At once where it costs nothing, else the price is asked about first. */
void lykta_data_use_update (LyktaDataUse *self);
/* The answer while ASKING. */
void lykta_data_use_agree (LyktaDataUse *self);
void lykta_data_use_decline (LyktaDataUse *self);
/* Calls off what is being weighed or fetched. */
void lykta_data_use_cancel (LyktaDataUse *self);

G_END_DECLS
