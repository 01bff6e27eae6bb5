/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_WIDTH_LAYOUT (lykta_width_layout_get_type ())
G_DECLARE_FINAL_TYPE (LyktaWidthLayout, lykta_width_layout, LYKTA, WIDTH_LAYOUT, GtkLayoutManager)

/* Gives each child the whole space, and tells when its width passes a threshold, so that a page can
 * arrange itself for narrow and wide screens (libadwaita 1.2 has no breakpoints). Property
 * "is-wide" (boolean, readable) changes just after sizes were handed out, never meanwhile, and
 * before the next frame is painted. */
/* @threshold: pixels; 0: never tells. */
GtkLayoutManager *lykta_width_layout_new (int threshold);
void lykta_width_layout_set_threshold (LyktaWidthLayout *self, int threshold);
gboolean lykta_width_layout_is_wide (LyktaWidthLayout *self);

G_END_DECLS
