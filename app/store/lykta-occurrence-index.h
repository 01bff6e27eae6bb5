/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/lykta-query.h"
#include "store/lykta-content-reader.h"

G_BEGIN_DECLS

/* All dates of one generation of the calendar in 21 bytes each, so that filtering and counting half
 * a million of them takes a millisecond. Gives the same answers as the database, which stays the
 * truth. Immutable, reference-counted, any thread. Readers use it on their own once it is there:
 * see lykta_content_store_load_index_async(). */
typedef struct _LyktaOccurrenceIndex LyktaOccurrenceIndex;
#define LYKTA_TYPE_OCCURRENCE_INDEX (lykta_occurrence_index_get_type ())
GType lykta_occurrence_index_get_type (void);
LyktaOccurrenceIndex *lykta_occurrence_index_ref (LyktaOccurrenceIndex *self);
void lykta_occurrence_index_unref (LyktaOccurrenceIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaOccurrenceIndex, lykta_occurrence_index_unref)
gint64 lykta_occurrence_index_get_generation (LyktaOccurrenceIndex *self);
guint lykta_occurrence_index_get_n (LyktaOccurrenceIndex *self);

/* Builds the index of the present generation on a worker thread, if it is not there yet; from then
 * on every reader of @store uses it. Calls may overlap; the work is done once. */
void lykta_content_store_load_index_async (LyktaContentStore *store,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
gboolean lykta_content_store_load_index_finish (LyktaContentStore *store,
                                                GAsyncResult *result,
                                                GError **error);
/* The same in the calling thread. */
gboolean lykta_content_store_load_index (LyktaContentStore *store,
                                         GCancellable *cancellable,
                                         GError **error);
/* The newest index, which may be older than the content. (transfer full) (nullable) */
LyktaOccurrenceIndex *lykta_content_store_ref_index (LyktaContentStore *store);
/* FALSE makes @reader ask the database alone: for comparing. */
void lykta_content_reader_set_use_index (LyktaContentReader *reader, gboolean use_index);

G_END_DECLS
