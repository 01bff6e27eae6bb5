/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Smallest group that a published table may show; below it people can be recognised. */
#define LYKTA_SMALLEST_GROUP 5
/* A number that is left out. Shown as "..", as SCB does. */
#define LYKTA_SUPPRESSED (-1)

/* Hides small groups in a table of counts, together with as much as would reveal them.
 *
 * @cells: (@n_rows + 1) × (@n_columns + 1) numbers, row after row, of which the last row and the
 * last column are the sums; changed in place. Zero rows or columns are allowed.
 *
 * Every number from 1 to LYKTA_SMALLEST_GROUP - 1 becomes LYKTA_SUPPRESSED, sums too. Then further
 * numbers, small ones first, until
 *  - no hidden number follows from the sums: rows and columns with a hidden number are seen as
 *    the nodes of a graph and hidden numbers as its edges; a number can be worked out just when its
 *    edge is a bridge, so that there are none left;
 *  - the hidden numbers of a row or column whose sum is shown add up to a group that may be shown.
 * Zeros are kept as long as there is anything else to hide. The same table gives the same answer on
 * every machine. Pure function, any thread. */
void lykta_suppress (gint64 *cells, guint n_rows, guint n_columns);

G_END_DECLS
