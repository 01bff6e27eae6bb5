/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "model/lykta-activity.h"
#include "model/lykta-occurrence.h"
#include "model/lykta-query.h"

G_BEGIN_DECLS

/* What a filter asks of a date, packed into one number that stands in its row, so that a list is
 * one walk along an index. The layout is part of the schema: a change is a migration. */
#define LYKTA_BIT_PURPOSES    0x0000000fu /* LyktaPurposes as they are */
#define LYKTA_BIT_CHILDCARE   0x00000010u
#define LYKTA_BIT_WOMEN       0x00000020u
#define LYKTA_BIT_ONLINE      0x00000040u /* can be attended online */
#define LYKTA_BIT_CERTIFICATE 0x00000080u
#define LYKTA_BIT_ON_SITE     0x00000100u /* not online only */
#define LYKTA_BIT_OVERRIDDEN  0x00000200u /* has a title or place of its own */
#define LYKTA_BIT_OWN_PLACE   0x00000400u /* counts from its own position, not the activity's */
#define LYKTA_BIT_ALL_DAY     0x00000800u
#define LYKTA_BIT_STATUS      0x00003000u
#define LYKTA_BIT_AUDIENCE    0x0001c000u
#define LYKTA_BIT_ATTENDANCE  0x00060000u
#define LYKTA_BIT_HIDDEN      0x00080000u /* shown as a date of another record of the same activity */
#define LYKTA_BIT_GONE        0x00100000u /* its source does not send it any more, as it seems */
#define LYKTA_BIT_SOURCE      0x7fe00000u /* row of the source, 1 … LYKTA_MAX_SOURCES */
/* Those that depend on other records and on what else is known; all others come from the activity.
 */
#define LYKTA_BIT_FLAGS        (LYKTA_BIT_HIDDEN | LYKTA_BIT_GONE)
#define LYKTA_SHIFT_STATUS     12
#define LYKTA_SHIFT_AUDIENCE   14
#define LYKTA_SHIFT_ATTENDANCE 17
#define LYKTA_SHIFT_SOURCE     21
#define LYKTA_MAX_SOURCES      1023

/* What a filter asks of a whole activity: a column beside the row of each. Raise DOCUMENT_VERSION
 * of the schema with every change. */
#define LYKTA_TRAIT_DROP_IN  0x1u
#define LYKTA_TRAIT_CHILDREN 0x2u
#define LYKTA_TRAIT_LEVELS   0x70u /* LyktaLevels */
#define LYKTA_SHIFT_LEVELS   4
guint32 lykta_traits_of_activity (LyktaActivity *activity);
/* The languages spoken there as " ar sv ", each once; NULL when none is known. (transfer full) */
char *lykta_spoken_of_activity (LyktaActivity *activity);

/* A date longer than this is kept apart, so that a walk over a period need only begin this much
 * before it. */
#define LYKTA_LONG_SECONDS (24 * 60 * 60)

/* A date as the tables and the index know it. */
typedef struct {
  gint64 activity;
  gint64 start;
  gint64 moved; /* start minus the original start */
  gint64 rank;  /* order among dates of the same start */
  guint32 duration;
  guint32 bits;
  double latitude; /* with LYKTA_BIT_OWN_PLACE; NAN not known */
  double longitude;
} LyktaDateRow;

guint32 lykta_bits_of_activity (LyktaActivity *activity, gint64 source);
guint32 lykta_bits_of_occurrence (guint32 activity_bits, const LyktaOccurrence *occurrence);
/* The parts of an occurrence that a row holds, and back. */
void lykta_date_row_to_occurrence (const LyktaDateRow *row, LyktaOccurrence *occurrence);

static inline gboolean
lykta_date_row_is_long (const LyktaDateRow *row)
{
  return row->duration > LYKTA_LONG_SECONDS;
}

/* The parts of the day that a date touches. */
LyktaDayParts lykta_parts_of_date (gint64 start, guint32 duration, guint32 bits);

static inline gboolean
lykta_bits_are_cancelled (guint32 bits)
{
  return (bits & LYKTA_BIT_STATUS) >> LYKTA_SHIFT_STATUS == LYKTA_STATUS_CANCELLED;
}

/* Shown, but nothing that one could go to for certain: no hit in a count. */
static inline gboolean
lykta_bits_are_doubtful (guint32 bits)
{
  return (bits & LYKTA_BIT_GONE) != 0 || lykta_bits_are_cancelled (bits);
}

/* In the order of lists: start, rank, activity, moved. */
int lykta_date_row_compare (const LyktaDateRow *a, const LyktaDateRow *b);

/* A query as numbers to compare with. */
typedef struct {
  gint64 from;
  gint64 to; /* G_MAXINT64: no end */
  guint32 all_mask;
  guint32 all_value;
  guint32 any_mask;    /* all ones: no matter */
  guint32 audiences;   /* by bit of LyktaAudience; all ones: no matter */
  LyktaDayParts parts; /* any of them; NONE: no matter */
} LyktaFilter;

/* @source: row of the source that the query names; 0 with a named source finds nothing. */
void lykta_filter_init (LyktaFilter *self, LyktaQuery *query, gint64 source);

static inline gboolean
lykta_filter_passes_bits (const LyktaFilter *self, guint32 bits)
{
  return (bits & self->all_mask) == self->all_value && (bits & self->any_mask) != 0 &&
         (self->audiences >> ((bits & LYKTA_BIT_AUDIENCE) >> LYKTA_SHIFT_AUDIENCE) & 1) != 0;
}

static inline gboolean
lykta_filter_passes_time (const LyktaFilter *self, gint64 start, guint32 duration)
{
  return start < self->to && (start >= self->from || start + (gint64)duration > self->from);
}

/* Costs more than the others: last of all. */
static inline gboolean
lykta_filter_passes_part (const LyktaFilter *self, gint64 start, guint32 duration, guint32 bits)
{
  return self->parts == LYKTA_PART_NONE ||
         (lykta_parts_of_date (start, duration, bits) & self->parts) != 0;
}

/* The dates of one activity in a few bytes each, in order, and back. (transfer full) */
GBytes *lykta_dates_pack (const LyktaDateRow *rows, guint n);
/* Appends LyktaDateRow to @rows with @activity and @rank filled in; positions are not kept. FALSE
 * when the bytes are not what lykta_dates_pack() makes. */
gboolean
lykta_dates_unpack (const guint8 *data, gsize size, gint64 activity, gint64 rank, GArray *rows);

G_END_DECLS
