/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-paper-type.h"

#include "paper/lykta-page.h"
#include "text/lykta-language.h"

/* One family look for every script; Pango takes others only for characters that none of them has.
 */
#define FAMILIES "Noto Sans, Noto Sans Arabic, Noto Sans Ethiopic"

/* Of Noto Sans, as shares of the size: the grid for every script. */
#define LEADING 1.362
#define ASCENT  1.069

struct _LyktaType {
  PangoFontMap *font_map; /* (owned) */
  PangoContext *forward;  /* (owned), left to right */
  PangoContext *backward; /* (owned), right to left */
};

G_DEFINE_QUARK (lykta - paper - error - quark, lykta_paper_error)

static PangoContext *
new_context (PangoFontMap *font_map, PangoDirection direction)
{
  PangoContext *context = pango_font_map_create_context (font_map);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_base_dir (context, direction);
  return context;
}

/* One for each thread, kept: loading the fonts costs more than setting a page. Not Pango's own
 * default, whose resolution belongs to the toolkit. */
static GPrivate font_map_of_thread = G_PRIVATE_INIT (g_object_unref);

static PangoFontMap *
get_font_map (void)
{
  PangoFontMap *font_map = g_private_get (&font_map_of_thread);

  if (font_map == NULL) {
    font_map = pango_cairo_font_map_new_for_font_type (CAIRO_FONT_TYPE_FT);
    pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (font_map), 72.0);
    g_private_set (&font_map_of_thread, font_map);
  }
  return font_map;
}

LyktaType *
lykta_type_new (void)
{
  LyktaType *self = g_new0 (LyktaType, 1);

  self->font_map = g_object_ref (get_font_map ());
  self->forward = new_context (self->font_map, PANGO_DIRECTION_LTR);
  self->backward = new_context (self->font_map, PANGO_DIRECTION_RTL);
  return self;
}

void
lykta_type_free (LyktaType *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->forward);
  g_clear_object (&self->backward);
  g_clear_object (&self->font_map);
  g_free (self);
}

static double
get_font_size (PangoLayout *layout)
{
  return pango_font_description_get_size (pango_layout_get_font_description (layout)) /
         (double)PANGO_SCALE;
}

/* Brings the lines of a paragraph to the distance of the grid, whichever fonts each of them uses.
 */
static void
set_leading (PangoLayout *layout)
{
  PangoAttrList *attributes;

  if (pango_layout_get_line_count (layout) < 2)
    return;
  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_line_height_new_absolute (
                                          (int)(LEADING * get_font_size (layout) * PANGO_SCALE)));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

PangoLayout *
lykta_type_set (LyktaType *self, const char *text, const LyktaTypeStyle *style)
{
  const char *language = style->language != NULL ? style->language : "sv";
  PangoFontDescription *font = pango_font_description_new ();
  PangoContext *context;
  PangoLayout *layout;

  context = lykta_language_is_rtl (language) ? self->backward : self->forward;
  pango_context_set_language (context,
                              pango_language_from_string (lykta_language_pango_tag (language)));
  layout = pango_layout_new (context);
  pango_font_description_set_family_static (font, FAMILIES);
  pango_font_description_set_weight (font,
                                     style->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_size (font, (int)(style->size * PANGO_SCALE + 0.5));
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (style->width > 0)
    pango_layout_set_width (layout, (int)(style->width * PANGO_SCALE));
  if (style->side == LYKTA_SIDE_RIGHT ||
      (style->side == LYKTA_SIDE_OF_LANGUAGE && context == self->backward))
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  pango_layout_set_text (layout, text, -1);
  set_leading (layout);
  return layout;
}

double
lykta_type_get_baseline (PangoLayout *layout)
{
  return ASCENT * get_font_size (layout);
}

void
lykta_type_get_size (PangoLayout *layout, double *width, double *height)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  if (width != NULL)
    *width = logical.width / (double)PANGO_SCALE;
  if (height != NULL)
    *height = LEADING * get_font_size (layout) * pango_layout_get_line_count (layout);
}

void
lykta_type_show (PangoLayout *layout, cairo_t *cr, double x, double y)
{
  double drop =
      lykta_type_get_baseline (layout) - pango_layout_get_baseline (layout) / (double)PANGO_SCALE;

  cairo_move_to (cr, x, y + drop);
  pango_cairo_show_layout (cr, layout);
}

/* Adds the characters behind the unknown glyphs of @run. */
static void
collect_unknown (PangoGlyphItem *run, const char *text, GString *missing)
{
  PangoGlyphItemIter iter;

  for (gboolean has = pango_glyph_item_iter_init_start (&iter, run, text); has;
       has = pango_glyph_item_iter_next_cluster (&iter)) {
    gboolean is_unknown = FALSE;

    for (int i = MIN (iter.start_glyph, iter.end_glyph + 1);
         i < MAX (iter.end_glyph, iter.start_glyph + 1); i++)
      is_unknown = is_unknown || (run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0;
    for (const char *p = text + iter.start_index; is_unknown && p < text + iter.end_index;
         p = g_utf8_next_char (p)) {
      gunichar c = g_utf8_get_char (p);

      if (g_utf8_strchr (missing->str, missing->len, c) == NULL)
        g_string_append_unichar (missing, c);
    }
  }
}

char *
lykta_type_find_missing (LyktaType *self, const char *text)
{
  g_autoptr (PangoLayout) layout = NULL;
  g_autoptr (GString) missing = g_string_new (NULL);
  const LyktaTypeStyle style = {.size = 10};
  PangoLayoutIter *iter;

  layout = lykta_type_set (self, text, &style);
  if (pango_layout_get_unknown_glyphs_count (layout) == 0)
    return NULL;
  iter = pango_layout_get_iter (layout);
  do {
    PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);

    if (run != NULL)
      collect_unknown (run, text, missing);
  } while (pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);
  return missing->len > 0 ? g_string_free (g_steal_pointer (&missing), FALSE) : NULL;
}

char *
lykta_paper_find_missing_glyphs (const char *text)
{
  g_autoptr (LyktaType) type = lykta_type_new ();

  g_return_val_if_fail (text != NULL, NULL);

  return lykta_type_find_missing (type, text);
}

gboolean
lykta_paper_check_fonts (GError **error)
{
  g_auto (GStrv) wanted = g_strsplit (FAMILIES, ", ", -1);
  PangoFontMap *font_map = get_font_map ();

  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  for (char **name = wanted; *name != NULL; name++) {
    if (pango_font_map_get_family (font_map, *name) == NULL) {
      g_set_error (error, LYKTA_PAPER_ERROR, LYKTA_PAPER_ERROR_MISSING_FONTS,
                   "The font family %s is not installed", *name);
      return FALSE;
    }
  }
  return TRUE;
}
