/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_PICTOGRAM (lykta_pictogram_get_type ())
G_DECLARE_FINAL_TYPE (LyktaPictogram, lykta_pictogram, LYKTA, PICTOGRAM, GtkWidget)

/* A line drawing from resources/icons in the colour of the text around it, as large as that text
 * times "scale" (default 1.25). Arrows and people on the move look the other way in right-to-left
 * languages. It never says anything to a screen reader: the control around it has the name.
 *
 * Properties: "icon" (string, file name without ".svg", nullable: an empty square), "scale"
 * (double). Draws straight from the path data, so neither an icon theme nor an SVG library has to
 * be loaded before the first frame. */
GtkWidget *lykta_pictogram_new (const char *icon);
void lykta_pictogram_set_icon (LyktaPictogram *self, const char *icon);
const char *lykta_pictogram_get_icon (LyktaPictogram *self);
void lykta_pictogram_set_scale (LyktaPictogram *self, double scale);
/* Paints a drawing into @area for widgets that paint themselves; nothing when it is not known. */
void lykta_pictogram_snapshot_drawing (GtkSnapshot *snapshot,
                                       const char *icon,
                                       const graphene_rect_t *area,
                                       const GdkRGBA *colour,
                                       gboolean is_rtl);
/* FALSE when resources/icons has no drawing of that name that can be read. */
gboolean lykta_pictogram_is_known (const char *icon);

G_END_DECLS
