/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "feed/lykta-feed-attachment.h"
#include "feed/lykta-feed-part.h"
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
#define LYKTA_FEED_INDEX_MAX_BYTES (64 * 1024)
/* So many deltas stand in an index itself. */
#define LYKTA_FEED_INDEX_MAX_STEPS 16
/* Every text in every language. */
#define LYKTA_FEED_PACK_ALL "all"

/* Plain value, freed with lykta_feed_index_free. */
typedef struct {
  char *feed; /* (owned) */
  char *name; /* (owned) for people */
  guint64 sequence;
  gint64 created; /* Unix seconds */
  gint64 expires; /* Unix seconds */
  GStrv mirrors;  /* (owned) never NULL */
  char *next_key; /* (owned) (nullable): with which it will be signed one day */
  char *pack;     /* (owned) (nullable): the index of the feed as a whole */
  GStrv packs;    /* (owned) never NULL; only in the index of the whole */
  guint n_records;
  char *state; /* (owned) (nullable) hex */
  LyktaFeedPart catalogue;
  GPtrArray *steps;       /* (owned) (element-type LyktaFeedStep) the newest ones, oldest first */
  GPtrArray *attachments; /* (owned) (element-type LyktaFeedAttachment) */
} LyktaFeedIndex;
/* Nothing in it yet. (transfer full) */
LyktaFeedIndex *lykta_feed_index_new (void);
void lykta_feed_index_free (LyktaFeedIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaFeedIndex, lykta_feed_index_free)

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

/* The newest deltas, which lead on from @state: what most readers need. NULL when @state (nullable)
 * is not among them: the catalogue knows. Empty when it is the state of @self. (transfer container)
 * (nullable) (element-type LyktaFeedPart, borrowed from @self) */
GPtrArray *lykta_feed_index_plan (const LyktaFeedIndex *self, const char *state);
/* TRUE for the names that packs can have: "sv", "all", "fa-AF". */
gboolean lykta_feed_index_is_pack (const char *name);

G_END_DECLS
