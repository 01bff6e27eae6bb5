/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/lykta-content-reader.h"

G_BEGIN_DECLS

/* How many dates a person would find with one choice more, told before they choose. All counts come
 * from one walk over the index in memory, and are what lykta_content_reader_count() would say. */

#define LYKTA_FACET_PERIODS   6
#define LYKTA_FACET_RADII     6
#define LYKTA_FACET_LANGUAGES 40

typedef struct {
  gint64 from; /* as in lykta_query_with_period() */
  gint64 to;   /* 0: no end */
} LyktaPeriod;

/* What else is to be counted besides what the query itself asks. */
typedef struct {
  gint64 now; /* what ended before counts for nothing; 0: the beginning of the query */
  LyktaPeriod periods[LYKTA_FACET_PERIODS];
  guint n_periods;
  double radii[LYKTA_FACET_RADII]; /* km around the query's position */
  guint n_radii;
  const char *area; /* (nullable) code of a county or municipality */
} LyktaFacetQuestion;

typedef struct {
  const char *tag; /* interned */
  guint n;
} LyktaSpokenCount;

/* Each n: dates with that choice alone in its group (LyktaFilterKind) and all other groups of the
 * query as they are. */
typedef struct {
  guint n_all;        /* with the query as it is */
  guint n_purpose[4]; /* by bit of LyktaPurposes */
  guint n_part[3];    /* by bit of LyktaDayParts */
  guint n_level[3];   /* by bit of LyktaLevels */
  guint n_childcare;
  guint n_children;
  guint n_women_only;
  guint n_men_only;
  guint n_online;
  guint n_drop_in;
  guint n_certificate;
  guint n_period[LYKTA_FACET_PERIODS];
  guint n_radius[LYKTA_FACET_RADII];
  guint n_area;
  guint n_lifted[LYKTA_N_FILTERS]; /* with that filter lifted; without PERIOD: from now on */
  LyktaSpokenCount spoken[LYKTA_FACET_LANGUAGES]; /* the most spoken first */
  guint n_spoken;
} LyktaFacets;

/* FALSE without error when there is no index of the present generation yet. @question (nullable).
 * Bounded (a millisecond for 100,000 dates): for any thread that owns @reader. */
gboolean lykta_content_reader_count_facets (LyktaContentReader *reader,
                                            LyktaQuery *query,
                                            const LyktaFacetQuestion *question,
                                            LyktaFacets *facets,
                                            GError **error);

/* How many dates each of @n_days days from @first has, with every filter of @query but its period;
 * what has ended by @now does not count. @counts is an array of @n_days. Returns as above. */
gboolean lykta_content_reader_count_days (LyktaContentReader *reader,
                                          LyktaQuery *query,
                                          gint64 now,
                                          LyktaDate first,
                                          guint n_days,
                                          guint *counts,
                                          GError **error);

/* A point to measure from. */
typedef struct {
  double latitude;
  double longitude;
} LyktaPoint;

/* How many dates lie within @km of each point, with every filter of @query but where it is. Returns
 * as above. */
gboolean lykta_content_reader_count_near (LyktaContentReader *reader,
                                          LyktaQuery *query,
                                          const LyktaPoint *points,
                                          guint n_points,
                                          double km,
                                          guint *counts,
                                          GError **error);

G_END_DECLS
