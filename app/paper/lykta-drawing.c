/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-drawing.h"

#include <gio/gio.h>

#include "paper/lykta-paper-drawings.h"
#include "paper/lykta-svg-path.h"

#define RESOURCE_DIR "/se/lykta/Lykta/paper/icons/"
/* The drawings' own square, and their line. */
#define VIEW_BOX   24.0
#define LINE_WIDTH 2.0

static void
on_start_element (GMarkupParseContext *context,
                  const char *element,
                  const char **names,
                  const char **values,
                  gpointer user_data,
                  GError **error)
{
  const char *data = NULL;

  if (!g_str_equal (element, "path"))
    return;
  for (gsize i = 0; names[i] != NULL; i++) {
    /* An invisible square as ground. */
    if (g_str_equal (names[i], "stroke") && g_str_equal (values[i], "none"))
      return;
    if (g_str_equal (names[i], "d"))
      data = values[i];
  }
  if (data != NULL && !lykta_svg_path_append (user_data, data))
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "path data “%s”", data);
}

gboolean
lykta_drawing_draw (const char *name, cairo_t *cr, double x, double y, double size)
{
  static const GMarkupParser parser = {.start_element = on_start_element};
  g_autofree char *path = g_strconcat (RESOURCE_DIR, name, ".svg", NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GMarkupParseContext) context = NULL;
  gboolean is_read;
  const char *data;
  gsize length;

  g_return_val_if_fail (name != NULL && cr != NULL, FALSE);

  bytes = g_resource_lookup_data (lykta_paper_drawings_get_resource (), path,
                                  G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &length);
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size / VIEW_BOX, size / VIEW_BOX);
  cairo_new_path (cr);
  context = g_markup_parse_context_new (&parser, 0, cr, NULL);
  is_read = g_markup_parse_context_parse (context, data, (gssize)length, NULL);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  cairo_restore (cr);
  return is_read;
}
