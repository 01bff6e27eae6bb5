/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Draws the pictogram @name of resources/icons in lines of the present colour, @size square with
 * its top left corner at (@x, @y). FALSE when there is none of that name. Leaves @cr as it was but
 * for its path. One thread for each @cr. */
gboolean lykta_drawing_draw (const char *name, cairo_t *cr, double x, double y, double size);

G_END_DECLS
