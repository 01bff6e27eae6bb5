/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/lykta-fetcher.h"
#include "store/lykta-content-writer.h"
#include "store/lykta-device-store.h"
#include "sync/lykta-sync-cost.h"
#include "sync/lykta-sync-engine.h"
#include "sync/lykta-sync-report.h"
#include "sync/lykta-sync-spool-private.h"

G_BEGIN_DECLS

/* Told from any thread of a run where a source has got to. */
typedef void (*LyktaSyncAnnounceFunc) (const char *source_id,
                                       LyktaSyncState state,
                                       guint64 bytes,
                                       gpointer user_data);

/* The sources that are under way, so that one of them can be called off. Any thread. */
typedef struct {
  GMutex lock;
  GHashTable *table; /* (owned) source id → GCancellable (owned), under the lock */
} LyktaSyncStops;

/* What one run works with; borrowed from the engine for its length. */
typedef struct {
  LyktaContentStore *content;
  const char *device_path; /* (nullable) */
  const char *spool_dir;
  LyktaFetcher *fetcher;
  LyktaClock *clock;
  LyktaRandom *random;
  GHashTable *jitter; /* source id → double, drawn at its last attempt */
  LyktaConnection connection;
  LyktaSyncRules rules;
  LyktaSyncFlags flags;
  const char *const *source_ids; /* (nullable: all) */
  GCancellable *cancellable;
  LyktaSyncStops *stops; /* (nullable) */
  LyktaSyncAnnounceFunc announce;
  gpointer announce_data;
} LyktaSyncSetup;

/* One file of a download: of a folder, a page of a list, a language. */
typedef struct {
  guint64 start; /* in the spool */
  guint64 end;
  const char *language; /* (nullable) interned: asked for in this language */
  guint order;          /* which of the languages counts for more */
} LyktaSyncPart;
/* What makes a source a Lykta feed: lykta-sync-feed-private.h. */
typedef struct _LyktaSyncFeed LyktaSyncFeed;
/* What makes it one on a CalDAV server: lykta-sync-dav-private.h. */
typedef struct _LyktaSyncDav LyktaSyncDav;

/* One source within a run. Made and finished by the run's thread; fetched by one of the pool, which
 * has it to itself meanwhile. */
typedef struct {
  const LyktaSyncSetup *setup; /* (unowned) own_setup */
  LyktaSyncSetup own_setup;    /* that of the run, with a cancellable of its own */
  GCancellable *run_cancel;    /* (owned) (nullable) of the run */
  gulong run_cancel_handler;
  LyktaSource *source;          /* (owned) */
  LyktaSourceState *state;      /* (owned) as it was, and in the end as it is to be stored */
  LyktaSyncResult *result;      /* (unowned) its line in the report */
  char *fingerprint;            /* (owned) of what else than the body decides about the content */
  gboolean knows_content;       /* the stored content was read under the same fingerprint */
  gint64 held_since;            /* a disappearance was first seen then; 0 none */
  const char *const *languages; /* (unowned) what {lang} in the address stands for */
  LyktaSyncSpool *spool;        /* (owned) (nullable) */
  GArray *parts;                /* (owned) (element-type LyktaSyncPart) what the spool holds */
  gboolean is_folder;           /* the parts have nothing to do with each other */
  gboolean is_first;            /* it was never read before */
  gboolean has_beginning;       /* but a part of it is there already */
  gboolean is_urgent;           /* somebody saved what takes place there today or tomorrow */
  gint64 allowance;             /* bytes on the wire that may be spent */
  gint64 needed;                /* by a fetch that would have cost more; 0 none */
  LyktaSyncCost cost;           /* as it was, and in the end as it is to be stored */
  gint64 began;                 /* on the monotonic clock, when the fetch did */
  LyktaFetchResult fetched;
  char *hash;          /* (owned) (nullable) of the body */
  GError *error;       /* (owned) (nullable) of the fetch */
  LyktaSyncFeed *feed; /* (owned) (nullable) */
  LyktaSyncDav *dav;   /* (owned) (nullable) */
} LyktaSyncJob;

/* (transfer full) */
LyktaSyncJob *lykta_sync_job_new (const LyktaSyncSetup *setup,
                                  LyktaSource *source,
                                  LyktaSourceState *state,
                                  const char *const *languages,
                                  LyktaSyncResult *result);
void lykta_sync_job_free (LyktaSyncJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaSyncJob, lykta_sync_job_free)
void lykta_sync_job_announce (LyktaSyncJob *self, LyktaSyncState state, guint64 bytes);
/* What is left of the allowance, as a fetch takes it: 0 is any number. Any thread. */
guint64 lykta_sync_job_max_wire (LyktaSyncJob *self);
/* Whether the parts of a download, @bytes in all in @n_files, may be fetched; else the error to
 * stop with is set. Any thread. */
gboolean
lykta_sync_job_may_spend (LyktaSyncJob *self, guint64 bytes, guint n_files, GError **error);
/* Takes down what a fetch that was too dear would have cost. Any thread. */
void lykta_sync_job_note_cost (LyktaSyncJob *self, guint64 announced, const GError *error);
/* Fills spool, parts, fetched, hash and error: every page of the source in every language that is
 * wanted, or nothing. A Lykta feed may first bring its beginning: once that is in the calendar, it
 * is called again. Any thread. */
void lykta_sync_job_fetch (LyktaSyncJob *self);
/* Takes what was fetched into the calendar, or the sample, and the state with it. The outcome is in
 * result. */
void lykta_sync_job_apply (LyktaSyncJob *self, LyktaContentWriter *writer);
/* The publisher has answered and all is well: so the state says afterwards. */
void lykta_sync_job_confirm (LyktaSyncJob *self);
/* TRUE when so much would disappear, @n_missing of @n_before activities, that it must be seen
 * twice; says so in the result. */
gboolean lykta_sync_job_must_hold_back (LyktaSyncJob *self, guint n_before, guint n_missing);
void lykta_sync_job_fail_with_error (LyktaSyncJob *self, const GError *error);
/* A run that ends before this source was done says so. */
void lykta_sync_job_fail (LyktaSyncJob *self, LyktaSyncFailure failure, const char *detail);

G_END_DECLS
