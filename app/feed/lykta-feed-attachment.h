/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feed/lykta-feed-part.h"

G_BEGIN_DECLS

/* Small signed files that travel with a feed for those who ask for them (LYKTA-FEED.md,
 * "Attachments"): all of one kind are one part, a bundle. Any thread. */

#define LYKTA_FEED_ATTACHMENT_TRUST  "trust"
#define LYKTA_FEED_ATTACHMENT_STATUS "status"
/* Kinds in one index, and bytes of one bundle. */
#define LYKTA_FEED_ATTACHMENTS_MAX      8
#define LYKTA_FEED_ATTACHMENT_MAX_BYTES (16 * 1024 * 1024)

typedef struct {
  char *kind; /* (owned) as a name of a pack */
  LyktaFeedPart part;
} LyktaFeedAttachment;
/* (transfer full) */
LyktaFeedAttachment *lykta_feed_attachment_new (const char *kind, const LyktaFeedPart *part);
void lykta_feed_attachment_free (LyktaFeedAttachment *self);

/* @files: (element-type GBytes). Each with its length before it. (transfer full) */
GBytes *lykta_feed_attachment_bundle (GPtrArray *files);
/* The files of a bundle; LYKTA_FEED_ERROR_INVALID when it does not end where it must. (transfer
 * full) (element-type GBytes) */
GPtrArray *lykta_feed_attachment_unbundle (GBytes *bundle, GError **error);

G_END_DECLS
