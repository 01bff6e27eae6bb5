/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_COLUMNS_LAYOUT (lykta_columns_layout_get_type ())
G_DECLARE_FINAL_TYPE (
    LyktaColumnsLayout, lykta_columns_layout, LYKTA, COLUMNS_LAYOUT, GtkLayoutManager)

/* Children side by side in equal columns, as many as fit, and row after row; the children of a row
 * are equally high. From 360 px to a wall screen the same children fill the width.
 *
 * Properties: "column-width" (int: a column is at least this many times a hundredth of the text
 * size wide, so that larger letters give fewer columns), "max-columns" (int), "spacing" (int, px),
 * "is-even" (boolean: all rows get the height of the highest, and spare height is shared). */
GtkLayoutManager *lykta_columns_layout_new (int column_width, int max_columns, int spacing);

G_END_DECLS
