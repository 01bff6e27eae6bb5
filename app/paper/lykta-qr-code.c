/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-qr-code.h"

#include <qrencode.h>
#include <string.h>

struct _LyktaQrCode {
  gatomicrefcount references;
  QRcode *code; /* (owned) */
};

/* Bytes of text in versions 1 to 15 at level M (ISO/IEC 18004, table 7). */
static const gsize capacities[] = {0,   14,  26,  42,  62,  84,  106, 122,
                                   152, 180, 213, 251, 287, 331, 362, 412};

/* What follows M: the more of it may be lost, the better. */
static const QRecLevel stronger[] = {QR_ECLEVEL_H, QR_ECLEVEL_Q};

static QRcode *
encode (const char *text, int version, QRecLevel level)
{
  return QRcode_encodeData ((int)strlen (text), (const unsigned char *)text, version, level);
}

/* libqrencode begins at @version and takes a larger one when it must. */
static QRcode *
encode_within (const char *text, int version, QRecLevel level, int max_version)
{
  QRcode *code = encode (text, version, level);

  if (code != NULL && code->version > max_version)
    g_clear_pointer (&code, QRcode_free);
  return code;
}

LyktaQrCode *
lykta_qr_code_new (const char *text, int max_version)
{
  LyktaQrCode *self;
  QRcode *code;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (max_version >= 1 && max_version <= 40, NULL);

  if (*text == '\0')
    return NULL;
  code = encode_within (text, 0, QR_ECLEVEL_M, max_version);
  if (code == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (stronger); i++) {
    QRcode *better = encode_within (text, code->version, stronger[i], code->version);

    if (better != NULL) {
      QRcode_free (code);
      code = better;
      break;
    }
  }
  self = g_new0 (LyktaQrCode, 1);
  g_atomic_ref_count_init (&self->references);
  self->code = code;
  return self;
}

LyktaQrCode *
lykta_qr_code_ref (LyktaQrCode *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
lykta_qr_code_unref (LyktaQrCode *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  QRcode_free (self->code);
  g_free (self);
}

gsize
lykta_qr_code_capacity (int version)
{
  g_return_val_if_fail (version >= 1 && version < (int)G_N_ELEMENTS (capacities), 0);

  return capacities[version];
}

int
lykta_qr_code_get_version (LyktaQrCode *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->code->version;
}

int
lykta_qr_code_get_width (LyktaQrCode *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->code->width;
}

gboolean
lykta_qr_code_is_dark (LyktaQrCode *self, int column, int row)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (column >= 0 && column < self->code->width, FALSE);
  g_return_val_if_fail (row >= 0 && row < self->code->width, FALSE);

  return (self->code->data[row * self->code->width + column] & 1) != 0;
}

/* Dark modules that touch in a row are one rectangle; all of them are one path, so that nothing
 * shines through between them. */
static void
add_row (LyktaQrCode *self, cairo_t *cr, int row)
{
  int width = self->code->width;

  for (int column = 0; column < width;) {
    int end = column;

    while (end < width && lykta_qr_code_is_dark (self, end, row))
      end++;
    if (end > column)
      cairo_rectangle (cr, column, row, end - column, 1);
    column = end + 1;
  }
}

void
lykta_qr_code_draw (LyktaQrCode *self, cairo_t *cr, double x, double y, double size)
{
  double modules;

  g_return_if_fail (self != NULL);
  g_return_if_fail (cr != NULL);

  modules = self->code->width + 2 * LYKTA_QR_QUIET;
  cairo_save (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, x, y, size, size);
  cairo_fill (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size / modules, size / modules);
  cairo_translate (cr, LYKTA_QR_QUIET, LYKTA_QR_QUIET);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (int row = 0; row < self->code->width; row++)
    add_row (self, cr, row);
  cairo_fill (cr);
  cairo_restore (cr);
}
