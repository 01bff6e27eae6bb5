/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/lykta-content-reader.h"
#include "store/lykta-database-private.h"
#include "store/lykta-occurrence-bits-private.h"
#include "store/lykta-occurrence-index.h"

G_BEGIN_DECLS

/* The dates of an index that one query finds, in order: positions in it. Immutable,
 * reference-counted, any thread. */
typedef struct {
  LyktaOccurrenceIndex *index; /* (owned) */
  guint32 *positions;          /* (owned) (array length=n) */
  guint n;
  gatomicrefcount references;
} LyktaSelection;
LyktaSelection *lykta_selection_ref (LyktaSelection *self);
void lykta_selection_unref (LyktaSelection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaSelection, lykta_selection_unref)

/* Which activities a search or a radius leaves over: row ids in rising order. */
typedef struct {
  gboolean has_search;
  gboolean has_radius;
  double latitude;
  double longitude;
  double within_km;
  gboolean has_terms; /* what follows asks anything */
  guint32 traits;     /* all of these LYKTA_TRAIT */
  guint32 levels;     /* any of these, shifted as in traits; 0: no matter */
  const char *area;   /* (unowned) (nullable) code of two or four digits */
  const char *spoken; /* (nullable) interned */
  GArray *found;      /* (owned) (nullable) (element-type gint64) by the search */
  GArray *near;       /* (owned) (nullable) (element-type gint64) by their own position */
  GArray *fitting;    /* (owned) (nullable) (element-type gint64) by the terms */
} LyktaCandidates;
void lykta_candidates_clear (LyktaCandidates *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LyktaCandidates, lykta_candidates_clear)
/* Runs a search; NULL in @found when @search has no words. (transfer full) (element-type gint64) */
gboolean
lykta_content_search (LyktaDatabase *database, const char *search, GArray **found, GError **error);
/* Fills in which activities fit the terms. */
gboolean
lykta_content_find_fitting (LyktaDatabase *database, LyktaCandidates *candidates, GError **error);
/* Fills in what is within the radius. */
gboolean
lykta_content_find_near (LyktaDatabase *database, LyktaCandidates *candidates, GError **error);
gboolean
lykta_candidates_is_within (const LyktaCandidates *self, double latitude, double longitude);
/* One row of the database, with both parts filled in. */
gboolean lykta_candidates_pass (const LyktaCandidates *self, const LyktaDateRow *row);
/* @ids in rising order. */
gboolean lykta_ids_contain (GArray *ids, gint64 id);

LyktaDatabase *lykta_content_reader_get_database (LyktaContentReader *self);
/* A consistent look at the store for several statements; ends with lykta_content_reader_leave(),
 * which also notes damage found on the way. */
gboolean lykta_content_reader_enter (LyktaContentReader *self, GError **error);
void lykta_content_reader_leave (LyktaContentReader *self, const GError *error);
/* Row of a source, 0 when there is none. Inside enter and leave. */
gboolean lykta_content_reader_find_source (LyktaContentReader *self,
                                           const char *source_id,
                                           gint64 *row,
                                           GError **error);
/* Fills @out (cleared before); the search is kept for the next question. Inside enter and leave.
 */
gboolean lykta_content_reader_find_candidates (LyktaContentReader *self,
                                               LyktaQuery *query,
                                               gboolean needs_near,
                                               LyktaCandidates *out,
                                               GError **error);
/* Appends all dates of an activity, in order; nothing when it is gone. */
gboolean lykta_content_reader_load_dates (LyktaContentReader *self,
                                          gint64 activity_id,
                                          GArray *rows,
                                          GError **error);
/* The same, of all records of one activity, without those that lists do not show. */
gboolean lykta_content_reader_load_shown_dates (LyktaContentReader *self,
                                                gint64 activity_id,
                                                GArray *rows,
                                                GError **error);
/* Adds to @found (rising ids) all that are the same as one of them. */
gboolean lykta_content_search_add_same (LyktaDatabase *database, GArray *found, GError **error);
/* Source row → source id; borrowed until the next call. */
const char *
lykta_content_reader_get_source_id (LyktaContentReader *self, gint64 row, GError **error);

/* The index of the present generation, if it is there and wanted. (transfer full) (nullable) */
LyktaOccurrenceIndex *lykta_content_reader_ref_index (LyktaContentReader *self);
/* What @query selects now: NULL without error while there is no index of the present generation.
 * The last one is kept. (transfer full) (nullable) */
LyktaSelection *
lykta_content_reader_select (LyktaContentReader *self, LyktaQuery *query, GError **error);
/* Cards of a selection, whatever generation it is of: a date whose activity is gone gives an empty
 * card. (transfer full) (element-type LyktaCard) */
GPtrArray *lykta_content_reader_list_selection (LyktaContentReader *self,
                                                LyktaQuery *query,
                                                LyktaSelection *selection,
                                                guint offset,
                                                guint limit,
                                                GError **error);

/* ---- the index, for the reader and the model ---- */

LyktaOccurrenceIndex *
lykta_occurrence_index_new (LyktaContentReader *reader, GCancellable *cancellable, GError **error);
void lykta_occurrence_index_get_row (LyktaOccurrenceIndex *self, guint position, LyktaDateRow *row);
/* (transfer full) */
LyktaSelection *lykta_occurrence_index_select (LyktaOccurrenceIndex *self,
                                               const LyktaFilter *filter,
                                               const LyktaCandidates *candidates);
/* How many rows at the beginning and at the end of two selections show the same thing. */
void lykta_selection_compare (LyktaSelection *a, LyktaSelection *b, guint *prefix, guint *suffix);
/* Position in the selection. */
gboolean
lykta_selection_find (LyktaSelection *self, gint64 activity, gint64 start, guint *position);

G_END_DECLS
