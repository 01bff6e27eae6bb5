/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo-pdf.h>
#include <cairo.h>
#include <glib/gstdio.h>
#include <qrencode.h>
#include <string.h>

#include "paper/lykta-code-reader.h"
#include "support/lykta-test.h"

/* Codes drawn with another library than the one that reads them. */

#define MODULE 4.0
#define QUIET  4

static void
draw (cairo_t *cr, const char *text, double module)
{
  QRcode *code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);

  g_assert_nonnull (code);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (int y = 0; y < code->width; y++) {
    for (int x = 0; x < code->width; x++) {
      if (code->data[y * code->width + x] & 1)
        cairo_rectangle (cr, (x + QUIET) * module, (y + QUIET) * module, module, module);
    }
  }
  cairo_fill (cr);
  QRcode_free (code);
}

static char *
write_png (const char *folder, const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 400, 400);
  cairo_t *cr = cairo_create (surface);

  if (text != NULL)
    draw (cr, text, MODULE);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return path;
}

/* One code on each of @n_pages pages. */
static char *
write_pdf (const char *folder, const char *name, guint n_pages)
{
  char *path = g_build_filename (folder, name, NULL);
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 300, 300);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < n_pages; i++) {
    g_autofree char *text = g_strdup_printf ("LYKTA1:PAGE%u", i + 1);

    draw (cr, text, 2.0);
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return path;
}

static char *
write_bytes (const char *folder, const char *name, const char *bytes)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, -1, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_picture (void)
{
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  const char *folder = lykta_test_dir_get_path (dir);
  g_autofree char *path = write_png (folder, "code.png", "LYKTA1:ABC $%*+-./:");
  g_autofree char *empty = write_png (folder, "empty.png", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) texts = lykta_code_reader_read_file (path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (texts->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (texts, 0), ==, "LYKTA1:ABC $%*+-./:");
  g_autoptr (GPtrArray) none = lykta_code_reader_read_file (empty, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_pdf (void)
{
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  const char *folder = lykta_test_dir_get_path (dir);
  g_autofree char *path = write_pdf (folder, "group.pdf", 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) texts = lykta_code_reader_read_file (path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (texts->len, ==, 3);
  for (guint i = 0; i < texts->len; i++) {
    g_autofree char *expected = g_strdup_printf ("LYKTA1:PAGE%u", i + 1);

    g_assert_cmpstr (g_ptr_array_index (texts, i), ==, expected);
  }
}

static void
test_refusals (void)
{
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  const char *folder = lykta_test_dir_get_path (dir);
  g_autofree char *many = write_pdf (folder, "many.pdf", 21);
  g_autofree char *text = write_bytes (folder, "text.png", "not a picture at all");
  g_autofree char *cut = write_bytes (folder, "cut.pdf", "%PDF-1.7\n1 0 obj\n<<");
  g_autofree char *missing = g_build_filename (folder, "missing.png", NULL);
  const struct {
    const char *path;
    LyktaCodeReaderError code;
  } cases[] = {
      {many, LYKTA_CODE_READER_ERROR_TOO_LARGE},    {text, LYKTA_CODE_READER_ERROR_NOT_A_PICTURE},
      {cut, LYKTA_CODE_READER_ERROR_NOT_A_PICTURE}, {missing, LYKTA_CODE_READER_ERROR_IO},
      {folder, LYKTA_CODE_READER_ERROR_IO},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", cases[i].path);
    g_assert_null (lykta_code_reader_read_file (cases[i].path, &error));
    g_assert_error (error, LYKTA_CODE_READER_ERROR, (int)cases[i].code);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/code-reader/picture", test_picture);
  g_test_add_func ("/paper/code-reader/pdf", test_pdf);
  g_test_add_func ("/paper/code-reader/refusals", test_refusals);
  return g_test_run ();
}
