/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feed/lykta-feed.h"

G_BEGIN_DECLS

/* Brings together the activities of several files (languages, pages) by their uid, on disk:
 * in memory are only the uids. One thread. */
typedef struct _LyktaSyncMerger LyktaSyncMerger;

/* Errors: G_IO_ERROR. (transfer full) */
LyktaSyncMerger *lykta_sync_merger_new (const char *folder, GError **error);
void lykta_sync_merger_free (LyktaSyncMerger *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaSyncMerger, lykta_sync_merger_free)
gboolean lykta_sync_merger_add (LyktaSyncMerger *self, LyktaActivity *activity, GError **error);
/* Gives each activity once, in the order in which they first came; what came first counts, what
 * came later adds to it (feed/lykta-activity-merge.h). After this nothing can be added. */
gboolean lykta_sync_merger_foreach (LyktaSyncMerger *self,
                                    LyktaFeedFunc func,
                                    gpointer user_data,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
