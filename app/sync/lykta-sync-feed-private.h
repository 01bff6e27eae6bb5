/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feed/lykta-feed-catalogue.h"
#include "feed/lykta-feed-index.h"
#include "sync/lykta-sync-job-private.h"

G_BEGIN_DECLS

#define LYKTA_SYNC_FEED_SUFFIX ".lykta"
/* What device.db remembers of a feed, each followed by the id of the source. */
#define LYKTA_SYNC_FEED_MIRRORS "feed.mirrors."
#define LYKTA_SYNC_FEED_KEYS    "feed.keys."
#define LYKTA_SYNC_FEED_EXPIRES "feed.expires."
/* "1" once everything that travelled with the last index was taken. */
#define LYKTA_SYNC_FEED_ATTACHED "feed.attached."

/* The refresh of a source that is a Lykta feed (app/feed/LYKTA-FEED.md): which pages and parts to
 * fetch from whom, and what to make of them. */
struct _LyktaSyncFeed {
  char *pack;            /* (owned) that is wanted */
  char *county;          /* (owned) (nullable) of which something shall be seen first */
  char *key_id;          /* (owned) of the key that came with the address */
  GPtrArray *keys;       /* (owned) (element-type LyktaVerifyingKey) that it may be signed with */
  GPtrArray *carriers;   /* (owned) (element-type char*) addresses of folders, the source's first */
  guint n_asked;         /* of them: whose index it is */
  LyktaFeedIndex *index; /* (owned) (nullable) verified; NULL: nothing new */
  LyktaFeedCatalogue *catalogue; /* (owned) (nullable) of the index, where it was needed */
  LyktaVerifyingKey *signer;     /* (owned) (nullable) of the index */
  char *sequence_key;            /* (owned) (nullable) what device.db calls its sequence */
  GPtrArray *plan; /* (owned) (nullable) (element-type LyktaFeedPart, of index and catalogue) */
  gboolean has_snapshot; /* the first one of the plan is it */
  GPtrArray *parts;      /* (owned) (element-type GBytes) verified, in order of the plan */
  gboolean wants_attachments;
  gboolean has_attachments; /* those of the last index are here */
  GHashTable *attached;     /* (owned) (element-type char* → GBytes) new bundles, by hash */
  GBytes *first;            /* (owned) (nullable) to be shown before the parts are fetched */
  guint64 first_raw;        /* what it holds */
  gboolean was_first_tried;
};

typedef enum {
  LYKTA_SYNC_FEED_PLAIN = 0,
  LYKTA_SYNC_FEED_CONDITIONAL = 1 << 0, /* not if it is what the source has */
  LYKTA_SYNC_FEED_LAST = 1 << 1,        /* there is nobody else to ask */
} LyktaSyncFeedAsking;

/* NULL when @source is no Lykta feed, and with @error when it seems to be one but no key came with
 * it. (transfer full) (nullable) */
LyktaSyncFeed *
lykta_sync_feed_new (const LyktaSyncSetup *setup, LyktaSource *source, GError **error);
void lykta_sync_feed_free (LyktaSyncFeed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaSyncFeed, lykta_sync_feed_free)

/* NULL when there is none that can be read. (transfer full) (nullable) */
LyktaDeviceStore *lykta_sync_feed_open_device (const LyktaSyncSetup *setup);
void lykta_sync_feed_add_carrier (LyktaSyncFeed *self, const char *address);
/* One file within what is left of the time. NULL without error: not modified. (transfer full)
 * (nullable) */
GBytes *lykta_sync_feed_fetch_file (LyktaSyncJob *job,
                                    const char *address,
                                    LyktaSyncFeedAsking asking,
                                    guint64 max_bytes,
                                    LyktaFetchResult *result,
                                    GError **error);

/* Brings index and parts into @job->feed, or, into an empty calendar, at first only what shall be
 * seen first: then it is called once more. Errors into @job->error. Any thread. */
void lykta_sync_feed_fetch (LyktaSyncJob *job);
/* The same for the snapshot, after deltas led elsewhere. */
gboolean lykta_sync_feed_fetch_snapshot (LyktaSyncJob *job, GError **error);
/* What is known of the last answer, as a state; NULL when nothing. Borrowed. */
const char *lykta_sync_feed_known_state (LyktaSyncJob *job);
/* The index, or the last one that was accepted, is past its time. */
gboolean lykta_sync_feed_is_expired (LyktaSyncJob *job);
/* Takes the parts into the calendar. */
void lykta_sync_feed_apply (LyktaSyncJob *job, LyktaContentWriter *writer);
/* The first part alone, which leaves the source marked as loading. FALSE only when the store itself
 * fails. */
gboolean
lykta_sync_feed_apply_first (LyktaSyncJob *job, LyktaContentWriter *writer, GError **error);

G_END_DECLS
