/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lykta-gazetteer.h"
#include "store/lykta-content-reader.h"
#include "trust/lykta-signing-key.h"

G_BEGIN_DECLS

/* Makes a Lykta feed (app/feed/LYKTA-FEED.md) of a calendar, or brings one up to date. */

typedef struct {
  char *kind;
  GBytes *bundle;
} LyktaPublishAttachment;

typedef struct {
  const char *folder;         /* made when it is missing */
  const char *feed;           /* (nullable): the id of the key */
  const char *name;           /* for people */
  const char *const *mirrors; /* (nullable) */
  LyktaSigningKey *key;
  LyktaVerifyingKey *next_key; /* (nullable) announced: from now on readers would believe it too */
  LyktaGazetteer *gazetteer;   /* (nullable) tells the county of a place that does not say it */
  /* What travels along, one bundle (lykta_feed_attachment_bundle()) for each kind. (nullable)
   * (element-type LyktaPublishAttachment) */
  GPtrArray *attachments;
  gint64 now;      /* Unix seconds */
  guint keep_days; /* for how long deltas lead on from an old state */
  guint valid_days;
  int level; /* of Zstandard, 1 to 19 */
} LyktaPublishOptions;

typedef struct {
  guint n_records;
  guint n_packs;
  guint n_changed;     /* packs that became another one */
  guint n_renewed;     /* packs that only got a later date */
  guint64 n_deltas;    /* bytes of the deltas made */
  guint64 n_snapshots; /* bytes of the snapshots made */
} LyktaPublishResult;

/* Writes everything that @reader shows, of all sources, into the folder. Parts first, the indexes
 * last, each put in place at once: the folder may be served meanwhile. When nothing changed and
 * nothing is about to expire, nothing is written. Parts that no index names any more stay for two
 * days. The same calendar, key, time and old folder give the same bytes. Blocking; any thread.
 * Errors: G_IO_ERROR (G_IO_ERROR_BUSY: somebody else is publishing there), LYKTA_STORE_ERROR,
 * LYKTA_FEED_ERROR. */
gboolean lykta_publish (LyktaContentReader *reader,
                        const LyktaPublishOptions *options,
                        LyktaPublishResult *result,
                        GError **error);

G_END_DECLS
