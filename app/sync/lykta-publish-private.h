/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feed/lykta-feed-catalogue.h"
#include "feed/lykta-feed-index.h"
#include "feed/lykta-feed-state.h"
#include "sync/lykta-publish.h"

G_BEGIN_DECLS

/* What publishing is made of: the folder (lykta-publish-folder.c), what visitors need first
 * (lykta-publish-first.c), and the packs (lykta-publish.c). One thread. */

/* One activity on its way into the feed. */
typedef struct {
  char *json;     /* (owned) with all its languages */
  char county[3]; /* two digits; empty: not known, or nowhere in particular */
  gint64 soonest; /* Unix seconds of the first date in the next days; 0 none */
} LyktaPublishRecord;

/* One act of publishing. */
typedef struct {
  const LyktaPublishOptions *options; /* (unowned) */
  LyktaPublishResult *result;         /* (unowned) */
  LyktaVerifyingKey *key;             /* (owned) */
  GTree *records;      /* (owned) (key-type char*) (value-type LyktaPublishRecord) by id */
  GTree *packs;        /* (owned) (key-type char*) names */
  GPtrArray *attached; /* (owned) (element-type LyktaFeedAttachment) */
  GPtrArray *soonest;  /* (owned) (element-type char*, borrowed) ids with a date in the next days */
  GHashTable *named;   /* (owned) (element-type char*) hashes of the parts of the new indexes */
  GHashTable *dropped; /* (owned) (element-type char*) of the old indexes */
  int lock;
} LyktaPublishing;

/* ---- the folder ---- */

/* Makes what is missing and keeps others out. Errors: G_IO_ERROR, BUSY. */
gboolean lykta_publishing_open_folder (LyktaPublishing *self, GError **error);
/* NULL when there is none that can be read. (transfer full) (nullable) */
GBytes *lykta_publishing_read (LyktaPublishing *self, const char *name);
/* A part as it was described; NULL when it is not there whole. (transfer full) (nullable) */
GBytes *
lykta_publishing_read_part (LyktaPublishing *self, const LyktaFeedPart *part, const char *suffix);
gboolean
lykta_publishing_write (LyktaPublishing *self, const char *name, GBytes *bytes, GError **error);
/* Writes @file, which holds @raw bytes, unless it is there, and describes it in @part. */
gboolean lykta_publishing_write_part (LyktaPublishing *self,
                                      GBytes *file,
                                      guint64 raw,
                                      const char *suffix,
                                      LyktaFeedPart *part,
                                      GError **error);
/* The same for @plain, as gzip. */
gboolean lykta_publishing_write_plain (LyktaPublishing *self,
                                       GBytes *plain,
                                       LyktaFeedPart *part,
                                       GError **error);
/* Takes away what no index has named for the time of grace. */
void lykta_publishing_clean_up (LyktaPublishing *self);

/* ---- what comes first ---- */

/* What is known of @activity beside its JSON, into @record. */
void lykta_publishing_look_at (LyktaPublishing *self,
                               LyktaActivity *activity,
                               LyktaPublishRecord *record);
/* Puts the first parts of all counties into @catalogue, unless the snapshot is small anyway. */
gboolean lykta_publishing_add_firsts (LyktaPublishing *self,
                                      LyktaFeedState *state,
                                      LyktaFeedCatalogue *catalogue,
                                      GError **error);

G_END_DECLS
