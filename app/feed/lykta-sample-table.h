/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One table of data/sample, read out of the program's resources: cells between tabs, the first line
 * names the columns, lines that begin with "#" are remarks. Immutable; one owner. */
typedef struct _LyktaSampleTable LyktaSampleTable;
/* @name: "places.tsv". NULL with LYKTA_FEED_ERROR_INVALID when there is no such table in the
 * program, or one of its lines is wrong. (transfer full) */
LyktaSampleTable *lykta_sample_table_load (const char *name, GError **error);
/* The same from @text, which is called @name in errors: NULL with LYKTA_FEED_ERROR_INVALID when a
 * line has more or fewer cells than there are columns. (transfer full) */
LyktaSampleTable *lykta_sample_table_new (const char *name, const char *text, GError **error);
void lykta_sample_table_free (LyktaSampleTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaSampleTable, lykta_sample_table_free)
guint lykta_sample_table_get_n (LyktaSampleTable *self);
/* Number of the row whose first cell is @key; -1 when there is none. */
int lykta_sample_table_find (LyktaSampleTable *self, const char *key);
/* NULL when the cell is empty. The column must be there. Borrowed. */
const char *lykta_sample_table_get (LyktaSampleTable *self, guint row, const char *column);
/* The same as a whole number; @otherwise when the cell is empty or no number. */
int
lykta_sample_table_get_int (LyktaSampleTable *self, guint row, const char *column, int otherwise);
/* The words of a cell that holds several, separated by spaces. Never NULL. (transfer full) */
char **lykta_sample_table_get_words (LyktaSampleTable *self, guint row, const char *column);
/* Sets LYKTA_FEED_ERROR_INVALID that names table, line and what was expected; always FALSE. */
gboolean
lykta_sample_table_fail (LyktaSampleTable *self, guint row, const char *expected, GError **error);

G_END_DECLS
