/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* All records of one pack of a Lykta feed at one moment (LYKTA-FEED.md, "State"): ids in byte
 * order, the SHA-256 of each record, and the record itself or a way to get it. One thread. */

#define LYKTA_FEED_HASH_BYTES 32

typedef struct _LyktaFeedState LyktaFeedState;
/* The record with this id, as it was stored; NULL with @error. (transfer full) */
typedef GBytes *(*LyktaFeedLoadFunc) (const char *id, gpointer user_data, GError **error);

/* @load (nullable) brings records that are not held here; @user_data outlives the state.
 * (transfer full) */
LyktaFeedState *lykta_feed_state_new (LyktaFeedLoadFunc load, gpointer user_data);
void lykta_feed_state_free (LyktaFeedState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaFeedState, lykta_feed_state_free)

/* TRUE when @id can name a record: UTF-8 without control characters, 1 to 1024 bytes. */
gboolean lykta_feed_state_is_id (const char *id);
/* A record that @load can bring, after all those that are there. @size: of the record. INVALID when
 * @id does not follow in order. */
gboolean lykta_feed_state_append (LyktaFeedState *self,
                                  const char *id,
                                  const guint8 hash[LYKTA_FEED_HASH_BYTES],
                                  gsize size,
                                  GError **error);
/* The same with the record itself, canonical JSON. */
gboolean lykta_feed_state_append_record (LyktaFeedState *self,
                                         const char *id,
                                         GBytes *record,
                                         GError **error);
/* Puts in, replaces or (@record NULL) takes out, wherever it stands. */
void lykta_feed_state_set (LyktaFeedState *self, const char *id, GBytes *record);

guint lykta_feed_state_get_n (LyktaFeedState *self);
/* Borrowed. */
const char *lykta_feed_state_get_id (LyktaFeedState *self, guint index);
const guint8 *lykta_feed_state_get_hash (LyktaFeedState *self, guint index);
gsize lykta_feed_state_get_size (LyktaFeedState *self, guint index);
/* FALSE when there is none; @index (out) is then where it would stand. */
gboolean lykta_feed_state_find (LyktaFeedState *self, const char *id, guint *index);
/* (transfer full) */
GBytes *lykta_feed_state_get_record (LyktaFeedState *self, guint index, GError **error);
/* Ids that lykta_feed_state_set() was called for, in order. (transfer full) (element-type char*) */
GPtrArray *lykta_feed_state_list_touched (LyktaFeedState *self);

/* SHA-256 over "HEX  ID\n" of all records in order, hex. (transfer full) */
char *lykta_feed_state_digest (LyktaFeedState *self);
/* All records, one a line. (transfer full) */
GBytes *lykta_feed_state_write (LyktaFeedState *self, GError **error);

G_END_DECLS
