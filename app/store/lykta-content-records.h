/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/lykta-content-reader.h"
#include "store/lykta-content-writer.h"

G_BEGIN_DECLS

/* What a source needs to know again beside the activities that it brought: of a Lykta feed the
 * records as they came, against which the next delta is unpacked; of a CalDAV server which resource
 * became which activities. They change in the same transaction as the calendar. */

#define LYKTA_RECORD_HASH_BYTES 32

/* Begins a refresh of @source that only brings what changed: all else stays, its quarantine too.
 * To be ended without lykta_content_writer_remove_missing(). Errors as the writer's. */
gboolean
lykta_content_writer_begin_changes (LyktaContentWriter *self, LyktaSource *source, GError **error);
/* Forgets what could not be taken in, to be told anew in the refresh that has begun. */
gboolean lykta_content_writer_forget_quarantine (LyktaContentWriter *self, GError **error);
/* Takes out an activity of the refreshed source; nothing happens when there is none. */
gboolean lykta_content_writer_remove (LyktaContentWriter *self, const char *uid, GError **error);
/* Puts a record of the refreshed source in the place of the one with this id. */
gboolean lykta_content_writer_put_record (LyktaContentWriter *self,
                                          const char *id,
                                          const guint8 hash[LYKTA_RECORD_HASH_BYTES],
                                          GBytes *record,
                                          GError **error);
/* @id NULL: all of them. */
gboolean
lykta_content_writer_remove_record (LyktaContentWriter *self, const char *id, GError **error);

/* All records of a source in byte order of their ids; FALSE from @func stops without error.
 * Errors as the reader's. */
typedef gboolean (*LyktaRecordFunc) (const char *id,
                                     const guint8 *hash,
                                     gsize size,
                                     gpointer user_data);
gboolean lykta_content_reader_foreach_record (LyktaContentReader *self,
                                              const char *source_id,
                                              LyktaRecordFunc func,
                                              gpointer user_data,
                                              GError **error);
/* The same with what the records hold; @data is valid for the call. */
typedef gboolean (*LyktaRecordDataFunc) (
    const char *id, const guint8 *hash, gconstpointer data, gsize size, gpointer user_data);
gboolean lykta_content_reader_foreach_record_data (LyktaContentReader *self,
                                                   const char *source_id,
                                                   LyktaRecordDataFunc func,
                                                   gpointer user_data,
                                                   GError **error);
/* NULL without error when there is none. (transfer full) (nullable) */
GBytes *lykta_content_reader_get_record (LyktaContentReader *self,
                                         const char *source_id,
                                         const char *id,
                                         GError **error);

G_END_DECLS
