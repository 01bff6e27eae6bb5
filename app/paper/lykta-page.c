/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-page.h"

#include <cairo-pdf.h>
#include <math.h>

#include "base/lykta-civil-time.h"

G_DEFINE_INTERFACE (LyktaPage, lykta_page, G_TYPE_OBJECT)

static void
lykta_page_default_init (LyktaPageInterface *iface)
{
}

guint
lykta_page_get_n_pages (LyktaPage *self)
{
  g_return_val_if_fail (LYKTA_IS_PAGE (self), 0);

  return LYKTA_PAGE_GET_IFACE (self)->get_n_pages (self);
}

void
lykta_page_get_size (LyktaPage *self, double *width, double *height)
{
  g_return_if_fail (LYKTA_IS_PAGE (self));
  g_return_if_fail (width != NULL && height != NULL);

  LYKTA_PAGE_GET_IFACE (self)->get_size (self, width, height);
}

void
lykta_page_draw (LyktaPage *self, cairo_t *cr, guint index)
{
  g_return_if_fail (LYKTA_IS_PAGE (self));
  g_return_if_fail (cr != NULL);
  g_return_if_fail (index < lykta_page_get_n_pages (self));

  LYKTA_PAGE_GET_IFACE (self)->draw (self, cr, index);
}

const char *
lykta_page_get_title (LyktaPage *self)
{
  g_return_val_if_fail (LYKTA_IS_PAGE (self), NULL);

  return LYKTA_PAGE_GET_IFACE (self)->get_title (self);
}

static cairo_status_t
append_bytes (gpointer closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, LYKTA_PAPER_ERROR, LYKTA_PAPER_ERROR_FAILED,
               "The page could not be drawn: %s", cairo_status_to_string (status));
  return FALSE;
}

GBytes *
lykta_page_to_pdf (LyktaPage *self, gint64 now, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *date = NULL;
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;
  double width, height;

  g_return_val_if_fail (LYKTA_IS_PAGE (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  lykta_page_get_size (self, &width, &height);
  date = lykta_moment_to_rfc3339_utc (now);
  surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes, width, height);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, lykta_page_get_title (self));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Lykta");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
  cr = cairo_create (surface);
  cairo_tag_begin (cr, "Document", NULL);
  for (guint i = 0; i < lykta_page_get_n_pages (self); i++) {
    lykta_page_draw (self, cr, i);
    cairo_show_page (cr);
  }
  cairo_tag_end (cr, "Document");
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (!check_status (status, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

GBytes *
lykta_page_to_png (LyktaPage *self, guint index, double dpi, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;
  double width, height, scale = dpi / 72.0;

  g_return_val_if_fail (LYKTA_IS_PAGE (self), NULL);
  g_return_val_if_fail (index < lykta_page_get_n_pages (self), NULL);
  g_return_val_if_fail (dpi >= 10 && dpi <= 1200, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  lykta_page_get_size (self, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)ceil (width * scale),
                                        (int)ceil (height * scale));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  lykta_page_draw (self, cr, index);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  if (!check_status (status, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
