/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/lykta-clock.h"
#include "base/lykta-connectivity.h"
#include "base/lykta-random.h"
#include "net/lykta-fetcher.h"
#include "store/lykta-content-store.h"
#include "store/lykta-device-store.h"
#include "sync/lykta-source-list.h"
#include "sync/lykta-sync-estimate.h"
#include "sync/lykta-sync-report.h"
#include "sync/lykta-sync-rules.h"

G_BEGIN_DECLS

/* Where one source is within a run. */
typedef enum {
  LYKTA_SYNC_STATE_IDLE,
  LYKTA_SYNC_STATE_CHECKING, /* deciding */
  LYKTA_SYNC_STATE_FETCHING,
  LYKTA_SYNC_STATE_PARTLY,  /* of a first refresh: some of it can be seen, the rest is on its way */
  LYKTA_SYNC_STATE_READING, /* parsing into the open transaction */
  LYKTA_SYNC_STATE_APPLYING,
  LYKTA_SYNC_STATE_DONE,
  LYKTA_SYNC_STATE_FAILED,
} LyktaSyncState;
#define LYKTA_TYPE_SYNC_STATE (lykta_sync_state_get_type ())
GType lykta_sync_state_get_type (void);

typedef enum {
  LYKTA_SYNC_NONE = 0,
  /* A person asks: refresh now, whatever the schedule says. */
  LYKTA_SYNC_MANUAL = 1 << 0,
  /* Ignore what is known of the last answer, and believe a disappearance at once. */
  LYKTA_SYNC_FORCE = 1 << 1,
  /* The network has just come back: long waits after failures are cut short. */
  LYKTA_SYNC_NEW_NETWORK = 1 << 2,
  /* Set by the engine itself: what would it cost? */
  LYKTA_SYNC_PRICE = 1 << 3,
} LyktaSyncFlags;

#define LYKTA_TYPE_SYNC_ENGINE (lykta_sync_engine_get_type ())
G_DECLARE_FINAL_TYPE (LyktaSyncEngine, lykta_sync_engine, LYKTA, SYNC_ENGINE, GObject)

/* Keeps the content store up to date: decide, fetch into a spool file, read, and put the result and
 * the source's state down in one transaction. A source that fails leaves its part of the calendar
 * as it was and does not disturb the others. Every run, also without a network, moves the horizon
 * of dates. Works on a thread of its own; nothing here ever blocks the main thread, not even for a
 * name lookup.
 *
 * A plain source from which more than a fifth and more than 20 activities would disappear at once
 * is held back, with failure WOULD_VANISH, until a run at least LYKTA_SYNC_BRAKE_SECONDS later
 * finds the same, or until FORCE. Not so the first time, nor after its address was changed.
 *
 * Properties (main thread): "state" (LyktaSyncState, of the source that moved last; IDLE between
 * runs), "is-running" (boolean).
 * Signals (main thread): "progress" (const char *source_id, LyktaSyncState state, guint64 bytes);
 * "finished" (LyktaSyncReport *), also after a run that came to nothing as a whole (the report then
 * has no lines but a failure), not after one that was cancelled. */

/* @device_path (nullable): device.db, which each run opens on its own thread: which sources there
 * are (LyktaSourceList), the byte meter, held-back disappearances. NULL: the sample alone.
 * @spool_dir: an existing folder on the disk of the data. Signals are emitted in the thread-default
 * main context of the caller. (transfer full) */
LyktaSyncEngine *lykta_sync_engine_new (LyktaContentStore *content,
                                        const char *device_path,
                                        const char *spool_dir,
                                        LyktaFetcher *fetcher,
                                        LyktaConnectivity *connectivity,
                                        LyktaClock *clock,
                                        LyktaRandom *random);

/* One run, blocking, for the command line and for tests; without signals. @source_ids (nullable:
 * all). Only one run at a time: a second one waits. NULL only when there is no store to work with
 * (LYKTA_STORE_ERROR) or when cancelled (G_IO_ERROR_CANCELLED); failures of sources are in the
 * report. Sources that were removed stay in the calendar until one of the configured ones has been
 * read. (transfer full) */
LyktaSyncReport *lykta_sync_engine_run (LyktaSyncEngine *self,
                                        LyktaSyncFlags flags,
                                        const char *const *source_ids,
                                        GCancellable *cancellable,
                                        GError **error);
void lykta_sync_engine_run_async (LyktaSyncEngine *self,
                                  LyktaSyncFlags flags,
                                  const char *const *source_ids,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
LyktaSyncReport *
lykta_sync_engine_run_finish (LyktaSyncEngine *self, GAsyncResult *result, GError **error);

/* What a refresh that a person asks for would take, source by source, without the sample. It is
 * remembered from earlier ones; the server of a source that was never read is asked how much it
 * has. Blocking. NULL with an error of the store or G_IO_ERROR_CANCELLED. @source_ids (nullable:
 * all). (transfer full) (element-type LyktaSyncEstimate) */
GPtrArray *lykta_sync_engine_estimate (LyktaSyncEngine *self,
                                       const char *const *source_ids,
                                       GCancellable *cancellable,
                                       GError **error);
/* The same on a thread of its own. */
void lykta_sync_engine_estimate_async (LyktaSyncEngine *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *
lykta_sync_engine_estimate_finish (LyktaSyncEngine *self, GAsyncResult *result, GError **error);

/* What may be done by itself and what it may cost; without a call: anything. What is due under the
 * new rules is done soon. Main thread. */
void lykta_sync_engine_set_rules (LyktaSyncEngine *self, const LyktaSyncRules *rules);

/* From now on runs happen by themselves: one at once, then whenever a source is due, the network
 * comes back or a day has passed. Returns at once. Main thread. */
void lykta_sync_engine_start (LyktaSyncEngine *self);
/* Ends that and cancels what is under way. Main thread. */
void lykta_sync_engine_stop (LyktaSyncEngine *self);
/* Calls off what is under way by itself; what a caller has started is called off with its
 * cancellable. Further runs by themselves come in their turn. Main thread. */
void lykta_sync_engine_cancel (LyktaSyncEngine *self);
/* Calls off one source of what is under way; the others go on. By itself it is not looked at again
 * for a while. Does nothing when it has no part in it. Any thread. */
void lykta_sync_engine_cancel_source (LyktaSyncEngine *self, const char *source_id);
LyktaSyncState lykta_sync_engine_get_state (LyktaSyncEngine *self);
gboolean lykta_sync_engine_is_running (LyktaSyncEngine *self);

G_END_DECLS
