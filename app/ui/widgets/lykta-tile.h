/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_TILE (lykta_tile_get_type ())
G_DECLARE_FINAL_TYPE (LyktaTile, lykta_tile, LYKTA, TILE, GtkButton)

/* A large button with a drawing above a word, in the colour of @style (nullable CSS class). @icon
 * may be NULL. (transfer floating) */
GtkWidget *lykta_tile_new (const char *icon, const char *label, const char *style);
void lykta_tile_set_label (LyktaTile *self, const char *label);

G_END_DECLS
