/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  LYKTA_PAPER_ERROR_MISSING_GLYPHS, /* some characters cannot be shown by any font */
  LYKTA_PAPER_ERROR_MISSING_FONTS,  /* the fonts that pages are set in are not installed */
  LYKTA_PAPER_ERROR_FAILED,         /* cairo could not do it */
} LyktaPaperError;
#define LYKTA_PAPER_ERROR (lykta_paper_error_quark ())
GQuark lykta_paper_error_quark (void);

/* A4 in points (1/72 inch), the unit of every page. */
#define LYKTA_PAPER_A4_WIDTH  595.276
#define LYKTA_PAPER_A4_HEIGHT 841.890

#define LYKTA_TYPE_PAGE (lykta_page_get_type ())
G_DECLARE_INTERFACE (LyktaPage, lykta_page, LYKTA, PAGE, GObject)

/* Something set on paper, one page or more: certificate, slip, week programme. Laid out when it is
 * made; drawing changes nothing, so that screen, PDF and printer show the same. One thread at a
 * time. */
struct _LyktaPageInterface {
  GTypeInterface parent_iface;
  guint (*get_n_pages) (LyktaPage *self);
  void (*get_size) (LyktaPage *self, double *width, double *height);
  void (*draw) (LyktaPage *self, cairo_t *cr, guint index);
  const char *(*get_title) (LyktaPage *self);
};

/* At least 1. */
guint lykta_page_get_n_pages (LyktaPage *self);
/* In points. */
void lykta_page_get_size (LyktaPage *self, double *width, double *height);
/* Draws page @index (from 0) with its top left corner at the origin, without the white of the
 * paper. Structure tags go into PDF surfaces and are nothing to others. Leaves @cr as it was. */
void lykta_page_draw (LyktaPage *self, cairo_t *cr, guint index);
/* Title for the PDF and the printer's queue: never anything about a person. Borrowed. */
const char *lykta_page_get_title (LyktaPage *self);

/* The pages as tagged PDF with embedded fonts. @now (Unix seconds) becomes the date of the file.
 * NULL with LYKTA_PAPER_ERROR_FAILED. (transfer full) */
GBytes *lykta_page_to_pdf (LyktaPage *self, gint64 now, GError **error);
/* One page on white as PNG. NULL with LYKTA_PAPER_ERROR_FAILED. (transfer full) */
GBytes *lykta_page_to_png (LyktaPage *self, guint index, double dpi, GError **error);

/* The characters of @text that no installed font can show, each once, in order; NULL when all can
 * be shown. Ask before printing: a page never carries boxes or question marks. (transfer full) */
char *lykta_paper_find_missing_glyphs (const char *text);
/* FALSE with LYKTA_PAPER_ERROR_MISSING_FONTS naming the families that are not installed. */
gboolean lykta_paper_check_fonts (GError **error);

G_END_DECLS
