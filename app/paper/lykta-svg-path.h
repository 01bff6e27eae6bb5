/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Adds the outline that @data (the "d" attribute of an SVG path) describes to the current path of
 * @cr. Stops at the first thing that is no path data and returns FALSE then. */
gboolean lykta_svg_path_append (cairo_t *cr, const char *data);

G_END_DECLS
