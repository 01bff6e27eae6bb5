/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/lykta-civil-time.h"
#include "model/lykta-activity.h"
#include "model/lykta-card.h"
#include "model/lykta-occurrence.h"
#include "model/lykta-query.h"
#include "model/lykta-source.h"
#include "store/lykta-content-store.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_CONTENT_READER (lykta_content_reader_get_type ())
G_DECLARE_FINAL_TYPE (LyktaContentReader, lykta_content_reader, LYKTA, CONTENT_READER, GObject)

/* A read-only connection to the calendar, never held up by a writer. It belongs to the thread that
 * made it. Each call sees one consistent state. "Nothing there" is not an error.
 * Errors of all functions: DAMAGED, FAILED.
 *
 * What a query means: dates with end > from and start < to (a date without length counts when it
 * starts at from or later), cancelled ones included; in order of start, then the Swedish title, the
 * same in every language, so that a list keeps its place when the language is switched. */

/* (transfer full) */
LyktaContentReader *lykta_content_store_new_reader (LyktaContentStore *store, GError **error);
LyktaContentStore *lykta_content_reader_get_store (LyktaContentReader *self);

/* A number that rises with every change of the content; 0 on error. */
gint64 lykta_content_reader_get_generation (LyktaContentReader *self);

/* At most @limit dates after the first @offset. (transfer full) (element-type LyktaCard) */
GPtrArray *lykta_content_reader_list (
    LyktaContentReader *self, LyktaQuery *query, guint offset, guint limit, GError **error);
/* How many dates there are that one can go to: lists also show those that were cancelled or are
 * gone as it seems, counts never count them. -1 on error. Without the occurrence index this reads
 * them all: for workers and tools. */
gint64 lykta_content_reader_count (LyktaContentReader *self, LyktaQuery *query, GError **error);
/* The first Stockholm day after the period of @query on which the same filters find something that
 * begins; FALSE with @day unset when there is none, or on error. */
gboolean lykta_content_reader_find_next_day (LyktaContentReader *self,
                                             LyktaQuery *query,
                                             LyktaDate *day,
                                             GError **error);

/* @source_id NULL: of any source, the first by their order. NULL without error when there is none.
 * @activity_id (out, nullable). (transfer full) (nullable) */
LyktaActivity *lykta_content_reader_get_activity (LyktaContentReader *self,
                                                  const char *source_id,
                                                  const char *uid,
                                                  gint64 *activity_id,
                                                  GError **error);
/* (transfer full) (nullable) */
LyktaActivity *lykta_content_reader_get_activity_by_id (LyktaContentReader *self,
                                                        gint64 activity_id,
                                                        GError **error);
/* Dates of one activity, as lists show them, that end after @from, in order, at most @limit (0:
 * all); also those that only other records of it have (lykta-content-same.h). (transfer full)
 * (element-type LyktaOccurrence) */
GArray *lykta_content_reader_get_occurrences (
    LyktaContentReader *self, gint64 activity_id, gint64 from, guint limit, GError **error);
/* One date as a card in @language: what a list would show of it. @start chooses the date; NULL
 * without error when it is gone. (transfer full) (nullable) */
LyktaCard *lykta_content_reader_get_card (LyktaContentReader *self,
                                          gint64 activity_id,
                                          gint64 start,
                                          const char *language,
                                          GError **error);
/* All records of a source; or (NULL) of all sources, but of what several have only those of the
 * source that is shown. Without those of which only cancelled dates are left. In no promised order:
 * for exports and checks. FALSE from @func stops without error. */
typedef gboolean (*LyktaActivityFunc) (LyktaActivity *activity,
                                       const char *source_id,
                                       gpointer user_data);
gboolean lykta_content_reader_foreach_activity (LyktaContentReader *self,
                                                const char *source_id,
                                                LyktaActivityFunc func,
                                                gpointer user_data,
                                                GError **error);
/* How many activities (not dates) there are in all, each counted once, or how many one source has;
 * without those that are missing. -1 on error. */
gint64 lykta_content_reader_count_activities (LyktaContentReader *self,
                                              const char *source_id,
                                              GError **error);

/* In the order they were set. (transfer full) (element-type LyktaSource) */
GPtrArray *lykta_content_reader_list_sources (LyktaContentReader *self, GError **error);
/* NULL without error when there is no such source. (transfer full) (nullable) */
LyktaSourceState *lykta_content_reader_get_source_state (LyktaContentReader *self,
                                                         const char *source_id,
                                                         GError **error);
/* TRUE while a first refresh has committed a part and not yet the whole. */
gboolean lykta_content_reader_is_loading (LyktaContentReader *self, const char *source_id);

/* An event that could not be taken in, and why. */
typedef struct {
  char *source_id;
  char *uid;     /* (nullable) */
  char *code;    /* stable token */
  char *message; /* English, for the operator */
  guint line;    /* in the feed, 0 not known */
} LyktaQuarantined;
void lykta_quarantined_free (LyktaQuarantined *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaQuarantined, lykta_quarantined_free)
/* @source_id NULL: of all; @limit 0: all. (transfer full) (element-type LyktaQuarantined) */
GPtrArray *lykta_content_reader_list_quarantine (LyktaContentReader *self,
                                                 const char *source_id,
                                                 guint limit,
                                                 GError **error);

G_END_DECLS
