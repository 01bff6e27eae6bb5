/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feed/lykta-feed-index.h"
#include "sync/lykta-sync-job-private.h"

G_BEGIN_DECLS

/* The refresh of a source that is a Lykta feed (app/feed/LYKTA-FEED.md): which pages and parts to
 * fetch from whom, and what to make of them. */
struct _LyktaSyncFeed {
  char *pack;             /* (owned) that is wanted */
  LyktaVerifyingKey *key; /* (owned) */
  GPtrArray *carriers;   /* (owned) (element-type char*) addresses of folders, the source's first */
  guint n_asked;         /* of them */
  LyktaFeedIndex *index; /* (owned) (nullable) verified; NULL: nothing new */
  char *sequence_key;    /* (owned) (nullable) what device.db calls its sequence */
  gboolean has_snapshot;
  GPtrArray *parts; /* (owned) (nullable) (element-type GBytes) verified, in order */
};

/* NULL when @source is no Lykta feed, and with @error when it seems to be one but no key came with
 * it. (transfer full) (nullable) */
LyktaSyncFeed *
lykta_sync_feed_new (const LyktaSyncSetup *setup, LyktaSource *source, GError **error);
void lykta_sync_feed_free (LyktaSyncFeed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaSyncFeed, lykta_sync_feed_free)

/* Brings index and parts into @job->feed; errors into @job->error. Any thread. */
void lykta_sync_feed_fetch (LyktaSyncJob *job);
/* The same for the snapshot, after deltas led elsewhere. */
gboolean lykta_sync_feed_fetch_snapshot (LyktaSyncJob *job, GError **error);
/* What is known of the last answer, as a state; NULL when nothing. Borrowed. */
const char *lykta_sync_feed_known_state (LyktaSyncJob *job);
/* Takes them into the calendar. */
void lykta_sync_feed_apply (LyktaSyncJob *job, LyktaContentWriter *writer);

G_END_DECLS
