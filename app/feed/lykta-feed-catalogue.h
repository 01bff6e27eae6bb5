/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feed/lykta-feed-part.h"

G_BEGIN_DECLS

/* The longer list beside the index of a pack, for those who begin or were away for long
 * (LYKTA-FEED.md, "Catalogue"). Itself a part, in gzip. Errors: LYKTA_FEED_INDEX_ERROR_INVALID. Any
 * thread. */

#define LYKTA_FEED_CATALOGUE_MAX_BYTES (1024 * 1024)
#define LYKTA_FEED_CATALOGUE_MAX_STEPS 1024
/* The first part for those of whom no county is known. */
#define LYKTA_FEED_ANYWHERE ""

/* What shall be shown before everything else is there. */
typedef struct {
  char *county; /* (owned) two digits, or LYKTA_FEED_ANYWHERE */
  LyktaFeedPart part;
} LyktaFeedFirst;

/* Plain value, freed with lykta_feed_catalogue_free. */
typedef struct {
  char *snapshot_state; /* (owned) hex */
  LyktaFeedPart snapshot;
  LyktaFeedPart snapshot_plain; /* the records, one a line, as gzip; maybe none */
  GPtrArray *steps;             /* (owned) (element-type LyktaFeedStep) oldest first */
  GPtrArray *firsts;            /* (owned) (element-type LyktaFeedFirst) */
} LyktaFeedCatalogue;
/* Nothing in it yet. (transfer full) */
LyktaFeedCatalogue *lykta_feed_catalogue_new (void);
void lykta_feed_catalogue_free (LyktaFeedCatalogue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaFeedCatalogue, lykta_feed_catalogue_free)
/* Filled by the caller. Borrowed. */
LyktaFeedFirst *lykta_feed_catalogue_add_first (LyktaFeedCatalogue *self, const char *county);

/* The page as JSON, and packed as it is published. (transfer full) */
GBytes *lykta_feed_catalogue_write (const LyktaFeedCatalogue *self);
/* What such a page says, for an index that leads to @state. (transfer full) */
LyktaFeedCatalogue *lykta_feed_catalogue_parse (GBytes *json, const char *state, GError **error);

/* What is to be fetched to come from @from (nullable: nothing is here) to @state, which the index
 * names, with the fewest bytes: a way of deltas, or the snapshot and the deltas after it. Empty
 * when
 * @from is it. @has_snapshot (out): the first one is the snapshot. (transfer container)
 * (element-type LyktaFeedPart, borrowed from @self) */
GPtrArray *lykta_feed_catalogue_plan (const LyktaFeedCatalogue *self,
                                      const char *state,
                                      const char *from,
                                      gboolean *has_snapshot);
/* What to show first in @county (nullable); NULL when there is no such part. Borrowed. */
const LyktaFeedPart *
lykta_feed_catalogue_find_first (const LyktaFeedCatalogue *self, const char *county);

G_END_DECLS
