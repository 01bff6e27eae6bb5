/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "model/lykta-enums.h"

G_BEGIN_DECLS

/* Which dates a person wants to see. Immutable, reference-counted, any thread; the _with functions
 * give a changed copy (transfer full). A new query asks for everything from its moment on. */
typedef struct _LyktaQuery LyktaQuery;
#define LYKTA_TYPE_QUERY (lykta_query_get_type ())
GType lykta_query_get_type (void);
LyktaQuery *lykta_query_ref (LyktaQuery *self);
void lykta_query_unref (LyktaQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaQuery, lykta_query_unref)

/* Dates that end after @from (Unix seconds), shown in @language (canonical tag). */
LyktaQuery *lykta_query_new (const char *language, gint64 from);
/* Dates that begin before @to; 0: no end. */
LyktaQuery *lykta_query_with_period (LyktaQuery *self, gint64 from, gint64 to);
LyktaQuery *lykta_query_with_language (LyktaQuery *self, const char *language);
/* Cards carry their title in this language too (canonical tag; NULL: not). */
LyktaQuery *lykta_query_with_second_language (LyktaQuery *self, const char *language);
/* Any of these purposes; NONE: all. */
LyktaQuery *lykta_query_with_purposes (LyktaQuery *self, LyktaPurposes purposes);
/* TRUE: only those that say that they have it. */
LyktaQuery *lykta_query_with_childcare (LyktaQuery *self, gboolean only);
LyktaQuery *lykta_query_with_women_only (LyktaQuery *self, gboolean only);
/* With women only as well: those and these. */
LyktaQuery *lykta_query_with_men_only (LyktaQuery *self, gboolean only);
/* Only where children may come, as far as that is said. */
LyktaQuery *lykta_query_with_children (LyktaQuery *self, gboolean only);
/* Only where one can just come, as far as that is said. */
LyktaQuery *lykta_query_with_drop_in (LyktaQuery *self, gboolean only);
/* Any of these levels of Swedish; NONE: all. */
LyktaQuery *lykta_query_with_levels (LyktaQuery *self, LyktaLevels levels);
/* Any of these parts of the day; NONE: all. */
LyktaQuery *lykta_query_with_parts (LyktaQuery *self, LyktaDayParts parts);
/* Only where this language (canonical tag) is spoken, as far as that is said; NULL: all. */
LyktaQuery *lykta_query_with_spoken (LyktaQuery *self, const char *language);
/* Only what has its place in this municipality (four digits) or county (two); NULL: everywhere. */
LyktaQuery *lykta_query_with_area (LyktaQuery *self, const char *code);
/* TRUE: only those that can be attended online (ONLINE or MIXED). */
LyktaQuery *lykta_query_with_online (LyktaQuery *self, gboolean only);
/* Only those that offer certificates. */
LyktaQuery *lykta_query_with_certificate (LyktaQuery *self, gboolean only);
/* Position for distances; @within_km ≤ 0: everything, only measured. NAN position: none. Activities
 * without a position, and those that are online only, are left out when @within_km > 0. */
LyktaQuery *
lykta_query_with_position (LyktaQuery *self, double latitude, double longitude, double within_km);
/* Words that must all be found, the last one also as a beginning; NULL or "": no search. */
LyktaQuery *lykta_query_with_search (LyktaQuery *self, const char *search);
/* Dates of this one source only; NULL: all. */
LyktaQuery *lykta_query_with_source (LyktaQuery *self, const char *source_id);

const char *lykta_query_get_language (LyktaQuery *self);
const char *lykta_query_get_second_language (LyktaQuery *self);
gint64 lykta_query_get_from (LyktaQuery *self);
gint64 lykta_query_get_to (LyktaQuery *self);
LyktaPurposes lykta_query_get_purposes (LyktaQuery *self);
gboolean lykta_query_get_childcare (LyktaQuery *self);
gboolean lykta_query_get_women_only (LyktaQuery *self);
gboolean lykta_query_get_men_only (LyktaQuery *self);
gboolean lykta_query_get_children (LyktaQuery *self);
gboolean lykta_query_get_drop_in (LyktaQuery *self);
LyktaLevels lykta_query_get_levels (LyktaQuery *self);
LyktaDayParts lykta_query_get_parts (LyktaQuery *self);
const char *lykta_query_get_spoken (LyktaQuery *self);
const char *lykta_query_get_area (LyktaQuery *self);
gboolean lykta_query_get_online (LyktaQuery *self);
gboolean lykta_query_get_certificate (LyktaQuery *self);
gboolean lykta_query_has_position (LyktaQuery *self);
double lykta_query_get_latitude (LyktaQuery *self);
double lykta_query_get_longitude (LyktaQuery *self);
double lykta_query_get_within_km (LyktaQuery *self);
const char *lykta_query_get_search (LyktaQuery *self);
const char *lykta_query_get_source (LyktaQuery *self);
gboolean lykta_query_equal (LyktaQuery *a, LyktaQuery *b);
/* What a person can ask for, one by one. */
typedef enum {
  LYKTA_FILTER_PERIOD, /* when it ends; a query from now on has none */
  LYKTA_FILTER_PARTS,
  LYKTA_FILTER_PURPOSES,
  LYKTA_FILTER_WHERE, /* a radius or an area */
  LYKTA_FILTER_AUDIENCE,
  LYKTA_FILTER_CHILDREN,
  LYKTA_FILTER_CHILDCARE,
  LYKTA_FILTER_LEVELS,
  LYKTA_FILTER_SPOKEN,
  LYKTA_FILTER_ONLINE,
  LYKTA_FILTER_DROP_IN,
  LYKTA_FILTER_CERTIFICATE,
  LYKTA_FILTER_SEARCH,
  LYKTA_FILTER_SOURCE,
  LYKTA_N_FILTERS,
} LyktaFilterKind;
gboolean lykta_query_has_filter (LyktaQuery *self, LyktaFilterKind kind);
/* The same without that one; without PERIOD it has no end (its beginning stays). (transfer full) */
LyktaQuery *lykta_query_without_filter (LyktaQuery *self, LyktaFilterKind kind);
/* Anything set besides language, period and position without a radius? */
gboolean lykta_query_is_filtered (LyktaQuery *self);

G_END_DECLS
