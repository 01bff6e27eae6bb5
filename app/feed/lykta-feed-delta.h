/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feed/lykta-feed-state.h"

G_BEGIN_DECLS

/* From one state of a pack to the next (LYKTA-FEED.md, "Deltas"). Errors: LYKTA_FEED_ERROR. Any
 * thread that has the states to itself. */

/* More old records than this and a delta is not worth its dictionary. */
#define LYKTA_FEED_DELTA_MAX_DICTIONARY (16 * 1024 * 1024)

/* The changes that make @to of @from, as lines; empty when there are none. (transfer full) */
GBytes *lykta_feed_delta_write (LyktaFeedState *from, LyktaFeedState *to, GError **error);
/* @lines packed for a receiver that holds @from. LIMIT when the dictionary would be too large.
 * (transfer full) */
GBytes *lykta_feed_delta_pack (LyktaFeedState *from, GBytes *lines, int level, GError **error);
/* The lines inside @packed. @max_bytes: what the index says they hold. (transfer full) */
GBytes *
lykta_feed_delta_unpack (LyktaFeedState *from, GBytes *packed, guint64 max_bytes, GError **error);
/* Takes the changes into @state; half of them after an error. */
gboolean lykta_feed_delta_apply (LyktaFeedState *state, GBytes *lines, GError **error);

G_END_DECLS
