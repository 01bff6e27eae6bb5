/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/lykta-database-private.h"
#include "store/lykta-occurrence-bits-private.h"

G_BEGIN_DECLS

/* All dates of all activities, lying in the order of lists in blocks of one day each: half a
 * million dates are some five hundred rows of a table. Reading a list from any day on is reading
 * that day's block and the next ones. Dates longer than a day lie apart, in blocks of 64 days. */

/* FALSE ends the walk, without error. */
typedef gboolean (*LyktaDateRowFunc) (const LyktaDateRow *row, gpointer user_data);
/* Calls @func for every date that passes @filter, in order. Inside a transaction. */
gboolean lykta_date_blocks_walk (LyktaDatabase *database,
                                 const LyktaFilter *filter,
                                 LyktaDateRowFunc func,
                                 gpointer user_data,
                                 GError **error);
/* How many dates there are in all. */
gboolean lykta_date_blocks_count (LyktaDatabase *database, gint64 *n, GError **error);

/* Changes to the blocks, gathered so that each block is written once. */
typedef struct {
  LyktaDatabase *database; /* (unowned) */
  GHashTable *changes;     /* (owned) by block */
  guint n_pending;
} LyktaDateBlocks;
void lykta_date_blocks_init (LyktaDateBlocks *self, LyktaDatabase *database);
void lykta_date_blocks_clear (LyktaDateBlocks *self);
/* @row is new; the same date of the same activity must not be there twice. */
gboolean lykta_date_blocks_add (LyktaDateBlocks *self, const LyktaDateRow *row, GError **error);
/* All dates of @row's activity that were written before this transaction and lie in the block of
 * @row. */
void lykta_date_blocks_remove (LyktaDateBlocks *self, const LyktaDateRow *row);
/* Gives the date that @row is, wherever it lies, the LYKTA_BIT_FLAGS of @row. */
gboolean lykta_date_blocks_flag (LyktaDateBlocks *self, const LyktaDateRow *row, GError **error);
/* To be called before commit. */
gboolean lykta_date_blocks_flush (LyktaDateBlocks *self, GError **error);
/* Forgets what was gathered. */
void lykta_date_blocks_discard (LyktaDateBlocks *self);
/* Drops the blocks in which every date has ended by @before. *@has_dropped tells whether there were
 * any. */
gboolean lykta_date_blocks_drop_before (LyktaDatabase *database,
                                        gint64 before,
                                        gboolean *has_dropped,
                                        GError **error);

G_END_DECLS
