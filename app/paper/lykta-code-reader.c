/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-code-reader.h"

#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <poppler.h>
#include <string.h>
#include <zbar.h>

#define MOST_BYTES   (32 * 1024 * 1024)
#define MOST_PAGES   20
#define MOST_POINTS  (40 * 1000 * 1000)
#define PAGE_DPI     300.0
#define POINT_PER_IN 72.0

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

G_DEFINE_QUARK (lykta - code - reader - error - quark, lykta_code_reader_error)

static gboolean
refuse (LyktaCodeReaderError code, const char *reason, GError **error)
{
  g_set_error_literal (error, LYKTA_CODE_READER_ERROR, code, reason);
  return FALSE;
}

/* Adds what @grey, a byte of light for each point, holds. */
static void
scan (const guint8 *grey, guint width, guint height, GPtrArray *texts)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t *image = zbar_image_create ();

  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, width, height);
  zbar_image_set_data (image, grey, (unsigned long)width * height, NULL);
  zbar_scan_image (scanner, image);
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol)) {
    const char *text = zbar_symbol_get_data (symbol);

    if (g_utf8_validate (text, -1, NULL))
      g_ptr_array_add (texts, g_strdup (text));
  }
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
}

/* The mean of red, green and blue is as good as any for black on white. */
static guint8
mean (const guint8 *point)
{
  return (guint8)((point[0] + point[1] + point[2]) / 3);
}

static void
scan_pixbuf (GdkPixbuf *pixbuf, GPtrArray *texts)
{
  const guint width = (guint)gdk_pixbuf_get_width (pixbuf);
  const guint height = (guint)gdk_pixbuf_get_height (pixbuf);
  const guint n_channels = (guint)gdk_pixbuf_get_n_channels (pixbuf);
  const guint stride = (guint)gdk_pixbuf_get_rowstride (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  g_autofree guint8 *grey = g_malloc ((gsize)width * height);

  for (guint y = 0; y < height; y++) {
    for (guint x = 0; x < width; x++)
      grey[(gsize)y * width + x] = mean (pixels + (gsize)y * stride + (gsize)x * n_channels);
  }
  scan (grey, width, height, texts);
}

/* Looks at the size before the points are unpacked: a small file may promise a huge picture. */
static void
on_size (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  gboolean *is_too_large = user_data;

  if ((gint64)width * height > MOST_POINTS) {
    *is_too_large = TRUE;
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  }
}

static gboolean
read_picture (GBytes *bytes, GPtrArray *texts, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  gboolean is_too_large = FALSE;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), &is_too_large);
  const gboolean is_written = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  const gboolean is_read = gdk_pixbuf_loader_close (loader, NULL) && is_written;
  if (is_too_large)
    return refuse (LYKTA_CODE_READER_ERROR_TOO_LARGE, "the picture has too many points", error);
  GdkPixbuf *pixbuf = is_read ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  if (pixbuf == NULL)
    return refuse (LYKTA_CODE_READER_ERROR_NOT_A_PICTURE, "neither a picture nor a PDF", error);
  scan_pixbuf (pixbuf, texts);
  return TRUE;
}

static gboolean
read_page (PopplerPage *page, GPtrArray *texts, GError **error)
{
  double width, height;

  poppler_page_get_size (page, &width, &height);
  const double scale = PAGE_DPI / POINT_PER_IN;
  if (width <= 0 || height <= 0 || width * scale * height * scale > MOST_POINTS)
    return refuse (LYKTA_CODE_READER_ERROR_TOO_LARGE, "a page of the PDF is too large", error);
  const guint n_wide = (guint)(width * scale), n_high = (guint)(height * scale);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)n_wide, (int)n_high);
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  cairo_surface_flush (surface);
  const int stride = cairo_image_surface_get_stride (surface);
  const guint8 *pixels = cairo_image_surface_get_data (surface);
  g_autofree guint8 *grey = g_malloc ((gsize)n_wide * n_high);
  for (guint y = 0; pixels != NULL && y < n_high; y++) {
    for (guint x = 0; x < n_wide; x++) {
      guint32 point;

      memcpy (&point, pixels + (gsize)y * (gsize)stride + (gsize)x * 4, sizeof point);
      const guint8 parts[] = {(guint8)(point >> 16), (guint8)(point >> 8), (guint8)point};
      grey[(gsize)y * n_wide + x] = mean (parts);
    }
  }
  if (pixels != NULL)
    scan (grey, n_wide, n_high, texts);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return TRUE;
}

static gboolean
read_pdf (GBytes *bytes, GPtrArray *texts, GError **error)
{
  g_autoptr (PopplerDocument) document = poppler_document_new_from_bytes (bytes, NULL, NULL);

  if (document == NULL)
    return refuse (LYKTA_CODE_READER_ERROR_NOT_A_PICTURE, "the PDF cannot be read", error);
  const int n_pages = poppler_document_get_n_pages (document);
  if (n_pages > MOST_PAGES)
    return refuse (LYKTA_CODE_READER_ERROR_TOO_LARGE, "the PDF has too many pages", error);
  for (int i = 0; i < n_pages; i++) {
    g_autoptr (PopplerPage) page = poppler_document_get_page (document, i);

    if (page != NULL && !read_page (page, texts, error))
      return FALSE;
  }
  return TRUE;
}

/* The bytes of the file, refused before reading when there are too many. (transfer full) */
static GBytes *
load (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local = NULL;
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                         G_FILE_QUERY_INFO_NONE, NULL, &local);

  if (info != NULL && g_file_info_get_size (info) > MOST_BYTES) {
    refuse (LYKTA_CODE_READER_ERROR_TOO_LARGE, "the file is too large", error);
    return NULL;
  }
  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR) {
    refuse (LYKTA_CODE_READER_ERROR_IO, "not an ordinary file", error);
    return NULL;
  }
  GBytes *bytes = info != NULL ? g_file_load_bytes (file, NULL, NULL, &local) : NULL;
  if (bytes == NULL)
    refuse (LYKTA_CODE_READER_ERROR_IO, local->message, error);
  return bytes;
}

GPtrArray *
lykta_code_reader_read_file (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) bytes = load (path, error);
  if (bytes == NULL)
    return NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const gboolean is_pdf = size >= 5 && memcmp (data, "%PDF-", 5) == 0;
  if (is_pdf ? !read_pdf (bytes, texts, error) : !read_picture (bytes, texts, error))
    return NULL;
  return g_steal_pointer (&texts);
}
