/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/lykta-content-reader-private.h"
#include "store/lykta-occurrence-bits-private.h"
#include "store/lykta-occurrence-index.h"

G_BEGIN_DECLS

/* The inside of the index, for the files that ask it: lists (lykta-occurrence-index.c) and counts
 * (lykta-facets.c). */

/* Where an activity stands, or one date of it that is somewhere else. */
typedef struct {
  gint64 activity;
  gint64 revision; /* generation in which it last changed */
  double latitude;
  double longitude;
  guint32 traits;
  guint32 spoken; /* first of its languages in the table of the spoken ones */
  guint16 n_spoken;
  gint16 area; /* code of the municipality as a number; 0 not known */
} LyktaSlot;

/* A date that does not stand where the series has it. */
typedef struct {
  guint32 position;
  gint64 moved;
} LyktaMoved;

/* Columns rather than rows: a filter reads one or two of them from end to end. */
struct _LyktaOccurrenceIndex {
  gatomicrefcount references;
  gint64 generation;
  guint n;
  gint64 *starts;
  guint32 *durations;
  guint32 *bits;
  guint32 *slots;
  guint8 *parts;      /* LyktaDayParts */
  guint32 longest;    /* duration */
  GArray *moved;      /* (element-type LyktaMoved) by position */
  GArray *slot_table; /* (element-type LyktaSlot) first one for each activity, by id; then others */
  guint n_activities;
  GArray *spoken;       /* (element-type guint16) places in languages, by slot */
  GPtrArray *languages; /* (element-type utf8) interned tags */
};

static inline const LyktaSlot *
lykta_occurrence_index_slot (LyktaOccurrenceIndex *self, guint slot)
{
  return &g_array_index (self->slot_table, LyktaSlot, slot);
}

/* Positions before this begin before @to. */
guint lykta_occurrence_index_find_end (LyktaOccurrenceIndex *self, gint64 to);
/* Whether a slot fits the terms of @candidates (traits, levels, area, language). */
gboolean lykta_slot_fits (LyktaOccurrenceIndex *self,
                          const LyktaSlot *slot,
                          const LyktaCandidates *candidates);

G_END_DECLS
