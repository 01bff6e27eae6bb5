/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/lykta-activity-rows-private.h"
#include "store/lykta-content-store-private.h"
#include "store/lykta-content-writer.h"

G_BEGIN_DECLS

struct _LyktaContentWriter {
  GObject parent_instance;

  LyktaContentStore *store; /* (owned) */
  LyktaDatabase *database;  /* (owned) its thread's */
  LyktaExpandFunc expand;
  LyktaActivityRows rows;
  GArray *occurrences; /* (owned) (element-type LyktaOccurrence) scratch */

  /* the refresh under way */
  gboolean is_refreshing;
  gboolean is_first;   /* the source has never been read whole */
  gboolean has_parts;  /* something was committed already */
  gint64 source;       /* row */
  gboolean has_period; /* the window was chosen and does not move with the days */
  gint64 window_from;
  gint64 window_to;
  /* what may have become the same as something else, or not any more (lykta-content-identity.c) */
  GHashTable *fresh;   /* (owned) ids that are new, and so not yet the same as anything */
  GHashTable *touched; /* (owned) other ids */
  GHashTable *touched_likenesses; /* (owned) all that have these are touched */
  GArray *preferences;            /* (owned) (element-type guint) by row of the source */
  guint n_sources;
  GHashTable *seen; /* (owned) (element-type gint64) rows that came again or are new */
  guint n_before;
  guint n_seen_before; /* of those that were there at begin() */
  guint64 n_bytes;     /* of the activities of this refresh, as they are kept */
  guint64 n_dates;     /* that they have */
  LyktaWriteStats stats;
  gboolean has_changed;
};

/* What every public function ends with: on an error nothing half done stays. Takes @local_error. */
gboolean lykta_content_writer_end_call (LyktaContentWriter *self,
                                        gboolean is_well,
                                        GError *local_error,
                                        GError **error);

/* SQL with at most one parameter. */
gboolean lykta_content_writer_get_number (
    LyktaContentWriter *self, const char *sql, gint64 parameter, gint64 *value, GError **error);
gboolean lykta_content_writer_run_with_number (LyktaContentWriter *self,
                                               const char *sql,
                                               gint64 parameter,
                                               GError **error);

/* A transaction makes the generation rows.revision, if @has_changed. */
gboolean lykta_content_writer_begin_transaction (LyktaContentWriter *self, GError **error);
gboolean lykta_content_writer_commit_transaction (LyktaContentWriter *self,
                                                  gboolean has_changed,
                                                  GError **error);

/* The horizon as of now. */
void lykta_content_writer_set_window (LyktaContentWriter *self);
/* Fills occurrences. */
gboolean
lykta_content_writer_expand (LyktaContentWriter *self, LyktaActivity *activity, GError **error);
/* 0 when nothing is left that a later horizon could bring. */
gint64 lykta_content_writer_expanded_until (LyktaContentWriter *self, LyktaActivity *activity);

/* ---- which are the same: lykta-content-identity.c ---- */

/* To be looked at before the commit. */
void lykta_content_writer_touch (LyktaContentWriter *self, gint64 id, gboolean is_fresh);
/* The same for all others that may be the same as @id, which is about to go or to change. */
gboolean lykta_content_writer_touch_mates (LyktaContentWriter *self, gint64 id, GError **error);
void lykta_content_writer_forget_touched (LyktaContentWriter *self);
/* Decides about all that was touched. Within a transaction, before rows are flushed. */
gboolean lykta_content_writer_resolve (LyktaContentWriter *self, GError **error);
/* Decides about everything if it was never done; a transaction of its own. */
gboolean lykta_content_writer_update_identities (LyktaContentWriter *self, GError **error);

/* ---- what goes: lykta-content-gone.c ---- */

/* Rows of a source that did not come in this refresh. (transfer full) (element-type gint64) */
GArray *lykta_content_writer_list_unseen (LyktaContentWriter *self, gint64 source, GError **error);
/* Takes an activity out as confirmed. */
gboolean lykta_content_writer_retire (LyktaContentWriter *self, gint64 id, GError **error);
/* Takes out what is missing for long enough, the source having answered at @confirmed, and
 * cancellations whose time is over. *@n_removed is raised. */
gboolean lykta_content_writer_sweep (
    LyktaContentWriter *self, gint64 source, gint64 confirmed, guint *n_removed, GError **error);
/* Cancelled activities that were kept long enough. *@n is raised. */
gboolean lykta_content_writer_sweep_kept (LyktaContentWriter *self, guint *n, GError **error);

/* ---- sources ---- */

/* The row of @source, which is made or brought up to date. */
gboolean lykta_content_writer_ensure_source (LyktaContentWriter *self,
                                             LyktaSource *source,
                                             gint64 *row,
                                             GError **error);
gboolean lykta_content_writer_write_state (LyktaContentWriter *self,
                                           gint64 row,
                                           const LyktaSourceState *state,
                                           GError **error);
/* All activities of a source that were not seen. */
gboolean lykta_content_writer_remove_unseen (LyktaContentWriter *self,
                                             gint64 source,
                                             gboolean keeps_cancelled,
                                             guint *n_removed,
                                             GError **error);

G_END_DECLS
