/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "trust/lykta-signing-key.h"

G_BEGIN_DECLS

/* The small signed page of a Lykta feed that names everything else (LYKTA-FEED.md, "Index"). */

typedef enum {
  LYKTA_FEED_INDEX_ERROR_SIGNATURE, /* of nobody, of another key, or altered since */
  LYKTA_FEED_INDEX_ERROR_VERSION,   /* signed well, but of a later Lykta */
  LYKTA_FEED_INDEX_ERROR_INVALID,   /* signed well, and makes no sense */
  LYKTA_FEED_INDEX_ERROR_ROLLBACK,  /* older than what was accepted before */
  LYKTA_FEED_INDEX_ERROR_ALTERED,   /* a part is not what the index says */
  LYKTA_FEED_INDEX_ERROR_NO_KEY,    /* nobody said whose signature to believe */
} LyktaFeedIndexError;
#define LYKTA_FEED_INDEX_ERROR (lykta_feed_index_error_quark ())
GQuark lykta_feed_index_error_quark (void);

#define LYKTA_FEED_INDEX_VERSION 1
/* The index of one pack may be this long. */
#define LYKTA_FEED_INDEX_MAX_BYTES (256 * 1024)
/* Every text in every language. */
#define LYKTA_FEED_PACK_ALL "all"

/* A file of the feed, named after its own SHA-256. */
typedef struct {
  char *path;    /* (owned) "parts/HEX.zst" */
  guint64 bytes; /* of the file */
  guint64 raw;   /* of what is packed in it */
} LyktaFeedPart;
/* A part that leads from one state to another. */
typedef struct {
  char *from;     /* (owned) hex */
  char *to;       /* (owned) hex */
  gint64 created; /* Unix seconds; 0 not told */
  LyktaFeedPart part;
} LyktaFeedStep;

/* Plain value, freed with lykta_feed_index_free. */
typedef struct {
  char *feed; /* (owned) */
  char *name; /* (owned) for people */
  guint64 sequence;
  gint64 created;  /* Unix seconds */
  gint64 expires;  /* Unix seconds */
  GStrv mirrors;   /* (owned) never NULL */
  char *pack;      /* (owned) (nullable): the index of the feed as a whole */
  GStrv languages; /* (owned) never NULL; of the pack, empty: all */
  GStrv packs;     /* (owned) never NULL; only in the index of the whole */
  guint n_records;
  char *state;          /* (owned) (nullable) hex */
  char *snapshot_state; /* (owned) (nullable) hex */
  LyktaFeedPart snapshot;
  GPtrArray *steps; /* (owned) (element-type LyktaFeedStep) oldest first */
} LyktaFeedIndex;
/* Nothing in it yet. (transfer full) */
LyktaFeedIndex *lykta_feed_index_new (void);
void lykta_feed_index_free (LyktaFeedIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaFeedIndex, lykta_feed_index_free)
LyktaFeedStep *lykta_feed_step_new (const char *from, const char *to);
void lykta_feed_step_free (LyktaFeedStep *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaFeedStep, lykta_feed_step_free)

/* The page as JSON. (transfer full) */
GBytes *lykta_feed_index_write (const LyktaFeedIndex *self);
/* What such a page says; the signature was checked before. Errors: VERSION, INVALID.
 * (transfer full) */
LyktaFeedIndex *lykta_feed_index_parse (GBytes *json, GError **error);

/* Signature and page in one file, so that no mirror can have the one without the other.
 * @signature: text of a .minisig file. (transfer full) */
GBytes *lykta_feed_index_seal (GBytes *json, const char *signature);
/* Checks the signature and reads the page. @json (out, nullable, transfer full). (transfer full) */
LyktaFeedIndex *
lykta_feed_index_open (GBytes *sealed, LyktaVerifyingKey *key, GBytes **json, GError **error);

/* Is it the index of @pack, and none older than sequence @highest? INVALID, ROLLBACK. */
gboolean lykta_feed_index_check (const LyktaFeedIndex *self,
                                 const char *pack,
                                 guint64 highest,
                                 GError **error);
gboolean lykta_feed_index_is_expired (const LyktaFeedIndex *self, gint64 now);

/* "parts/HEX.zst" for a file with this content. (transfer full) */
char *lykta_feed_part_path (GBytes *file);
/* Whether @file is what @part says: length and SHA-256. */
gboolean lykta_feed_part_is (const LyktaFeedPart *part, GBytes *file);

/* What is to be fetched to come from @state (nullable: nothing is here) to the state of @self, with
 * the fewest bytes: a way of deltas, or the snapshot and the deltas after it. Empty when @state is
 * it. @has_snapshot (out): the first one is the snapshot. (transfer container) (element-type
 * LyktaFeedPart) */
GPtrArray *
lykta_feed_index_plan (const LyktaFeedIndex *self, const char *state, gboolean *has_snapshot);
/* TRUE for the names that packs can have: "sv", "all", "fa-AF". */
gboolean lykta_feed_index_is_pack (const char *name);

G_END_DECLS
