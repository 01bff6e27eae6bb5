/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "feed/lykta-feed-report.h"
#include "feed/lykta-ical-source.h"
#include "feed/lykta-json-split.h"

G_BEGIN_DECLS

/* The first way through a JSON file or a page with JSON in it: where the objects are, and which
 * belong together. 64 bytes an object, whatever the objects hold. One thread. */
typedef struct {
  guint64 offset;
  guint64 key; /* the same for objects of one activity; 0: of its own */
  guint64 id;  /* hash of what others may call it by; 0: nothing */
  guint32 length;
  guint32 line;
  guint32 order;
  guint32 first; /* order of the first object with the same key */
  guint32 first_hole;
  guint16 n_holes;
  guint8 flaw; /* LyktaJsonFlaw */
  guint8 is_root;
} LyktaJsonEntry;

typedef struct {
  LyktaIcalSource *source; /* (unowned) */
  GArray *entries;         /* (owned) LyktaJsonEntry, by first, then order */
  GArray *holes;           /* (owned) LyktaJsonHole */
  GHashTable *ids;         /* (owned) id → index in entries + 1 */
  guint n_lists;
  guint n_scripts; /* with JSON-LD, of a web page */
  gboolean is_html;
} LyktaJsonIndex;

/* Says of the @n bytes of an object what belongs together and what it is called. */
typedef void (*LyktaJsonKeyFunc) (const char *json, gsize n, guint64 *key, guint64 *id);

/* NULL with LYKTA_FEED_ERROR (also noted in @report as FATAL) or G_IO_ERROR_CANCELLED. */
LyktaJsonIndex *lykta_json_index_new (LyktaIcalSource *source,
                                      LyktaJsonKeyFunc key_func,
                                      LyktaFeedReport *report,
                                      GCancellable *cancellable,
                                      GError **error);
void lykta_json_index_free (LyktaJsonIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaJsonIndex, lykta_json_index_free)
/* The object as JSON that any parser takes: without comments and control characters, valid UTF-8,
 * an empty list where its hole is. FALSE when the file cannot be read. */
gboolean lykta_json_index_load (LyktaJsonIndex *self,
                                const LyktaJsonEntry *entry,
                                GString *json,
                                GCancellable *cancellable,
                                GError **error);

/* A value inside the bytes of an object. */
typedef struct {
  const char *start; /* (nullable) */
  gsize length;
} LyktaJsonSlice;
/* The values of the members @names (NULL-terminated) of the object @json, found without parsing, in
 * @slices, which has as many; start is NULL when there is none or it is null. */
void lykta_json_peek (const char *json, gsize n, const char *const *names, LyktaJsonSlice *slices);
/* 64-bit hash of it that goes on from @hash; of nothing: @hash. */
guint64 lykta_json_slice_hash (guint64 hash, LyktaJsonSlice slice);

G_END_DECLS
