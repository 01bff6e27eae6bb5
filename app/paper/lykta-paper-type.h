/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* Setting type: the same fonts and the same measures wherever a page is made, so that screen, PDF
 * and printer agree to the point. Not thread-safe: one LyktaType for one page. */
typedef struct _LyktaType LyktaType;

/* Against which edge lines stand that are shorter than the width. */
typedef enum {
  LYKTA_SIDE_OF_LANGUAGE, /* where the language of the text begins */
  LYKTA_SIDE_LEFT,
  LYKTA_SIDE_RIGHT,
} LyktaSide;

/* How a text is set. */
typedef struct {
  double size; /* points */
  gboolean is_bold;
  const char
      *language; /* canonical tag, NULL: Swedish; right-to-left languages begin at the right */
  double width;  /* points to wrap at; 0: one line */
  LyktaSide side;
} LyktaTypeStyle;

LyktaType *lykta_type_new (void);
void lykta_type_free (LyktaType *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaType, lykta_type_free)
/* (transfer full) */
PangoLayout *lykta_type_set (LyktaType *self, const char *text, const LyktaTypeStyle *style);
/* All lines stand on the same grid whatever their script: Arabic and Ethiopic fonts claim much more
 * room than their letters need beside Latin ones. Measures of that grid, in points: how far the
 * first base line is below the top, and the size of the whole. Out pointers may be NULL. */
double lykta_type_get_baseline (PangoLayout *layout);
void lykta_type_get_size (PangoLayout *layout, double *width, double *height);
/* Draws with the top left corner of the grid at the current point. */
void lykta_type_show (PangoLayout *layout, cairo_t *cr, double x, double y);
/* As lykta_paper_find_missing_glyphs, for many texts in a row. (transfer full) */
char *lykta_type_find_missing (LyktaType *self, const char *text);

G_END_DECLS
