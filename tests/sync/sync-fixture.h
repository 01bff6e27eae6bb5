/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/lykta-content-reader.h"
#include "support/lykta-test-faults.h"
#include "support/lykta-test-fetcher.h"
#include "sync/lykta-sync-engine.h"

G_BEGIN_DECLS

/* A machine with an empty calendar, a network that does what it is told, and an engine. */
typedef struct {
  LyktaTestDir *dir;               /* (owned) */
  LyktaClock *clock;               /* (owned) stands at noon of 24 November 2026 */
  LyktaContentStore *content;      /* (owned) */
  char *device_path;               /* (owned) */
  LyktaTestFetcher *network;       /* (owned) */
  LyktaConnectivity *connectivity; /* (owned) unmetered */
  LyktaSyncEngine *engine;         /* (owned) */
} SyncFixture;

#define SYNC_NOW "2026-11-24T12:00:00+01:00"
#define ADDRESS  "https://a.invalid/a.ics"

void sync_fixture_set_up (SyncFixture *self, gconstpointer data);
void sync_fixture_tear_down (SyncFixture *self, gconstpointer data);
/* Another engine over the same files with this fetcher. (transfer full) */
LyktaSyncEngine *sync_fixture_new_engine (SyncFixture *self, LyktaFetcher *fetcher);
/* Says which addresses are configured (NULL-terminated). */
void sync_fixture_configure (SyncFixture *self, const char *address, ...) G_GNUC_NULL_TERMINATED;
void sync_fixture_configure_preset (SyncFixture *self, const char *address);
/* A run that must come to its end. (transfer full) */
LyktaSyncReport *sync_fixture_run (SyncFixture *self, LyktaSyncFlags flags);
/* The line of a source in a report; it must be there. */
const LyktaSyncResult *sync_find_result (LyktaSyncReport *report, const char *source_id);
/* Runs, and returns the outcome for one source. */
LyktaSyncOutcome
sync_fixture_run_one (SyncFixture *self, LyktaSyncFlags flags, const char *source_id);
/* Activities of a source in the store, or (NULL) of all. */
gint64 sync_fixture_count (SyncFixture *self, const char *source_id);
/* (transfer full) (nullable) */
LyktaSourceState *sync_fixture_get_state (SyncFixture *self, const char *source_id);
/* All activities with their dates, as one text that is equal when the calendar is. (transfer full)
 */
char *sync_fixture_dump (SyncFixture *self);
/* Tells the network to answer ADDRESS with @n events of a variant. */
void sync_fixture_serve (SyncFixture *self, guint n, const char *variant, const char *etag);

G_END_DECLS
