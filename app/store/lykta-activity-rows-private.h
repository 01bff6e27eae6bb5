/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lykta-activity.h"
#include "store/lykta-database-private.h"
#include "store/lykta-date-blocks-private.h"
#include "store/lykta-occurrence-bits-private.h"

G_BEGIN_DECLS

/* How one activity lies in the tables of content.db. Everything happens inside the caller's write
 * transaction. */
typedef struct {
  LyktaDatabase *database;    /* (unowned) */
  LyktaDateBlocks blocks;     /* dates not yet written */
  gint64 revision;            /* generation that the transaction makes */
  gint64 now;                 /* Unix seconds when it began */
  gboolean forgets_cancelled; /* nobody plans by what is written now: it is made up */
} LyktaActivityRows;
void lykta_activity_rows_init (LyktaActivityRows *self, LyktaDatabase *database);
void lykta_activity_rows_clear (LyktaActivityRows *self);

/* An activity about to be written. */
typedef struct {
  gint64 source;             /* row */
  LyktaActivity *activity;   /* (unowned) */
  const guint8 *data;        /* (unowned) serialised */
  gsize size;                /* of data */
  const guint8 *hash;        /* (unowned) of data */
  gsize hash_size;           /* of hash */
  const GArray *occurrences; /* (unowned) (element-type LyktaOccurrence) */
  gint64 expanded_until;     /* 0: all of it */
} LyktaActivityRecord;

gboolean lykta_activity_rows_insert (LyktaActivityRows *self,
                                     const LyktaActivityRecord *record,
                                     gint64 *id,
                                     GError **error);
gboolean lykta_activity_rows_replace (LyktaActivityRows *self,
                                      gint64 id,
                                      const LyktaActivityRecord *record,
                                      GError **error);
gboolean lykta_activity_rows_remove (LyktaActivityRows *self, gint64 id, GError **error);
/* What its source has taken out: as remove(), unless cancelled dates must stay. Then *@is_kept, and
 * there is nothing else left of it in lists. */
gboolean
lykta_activity_rows_retire (LyktaActivityRows *self, gint64 id, gboolean *is_kept, GError **error);
/* The dates as they are. Appends LyktaDateRow. */
gboolean
lykta_activity_rows_load_dates (LyktaActivityRows *self, gint64 id, GArray *rows, GError **error);
/* @rows: all dates of the activity as they are, but for LYKTA_BIT_FLAGS. Those at the indices
 * @changed (element-type guint) get the flags that they have here. */
gboolean lykta_activity_rows_set_flags (
    LyktaActivityRows *self, gint64 id, GArray *rows, GArray *changed, GError **error);
/* Every activity of every source. */
gboolean lykta_activity_rows_remove_all (LyktaActivityRows *self, GError **error);
/* What the activity is recognised by, made anew from the activity. */
gboolean lykta_activity_rows_renew_identity (LyktaActivityRows *self, gint64 id, GError **error);
/* Only the dates: when days have passed. */
gboolean lykta_activity_rows_set_dates (LyktaActivityRows *self,
                                        gint64 id,
                                        const LyktaActivityRecord *record,
                                        GError **error);
/* To be called before commit. */
gboolean lykta_activity_rows_flush (LyktaActivityRows *self, GError **error);

G_END_DECLS
