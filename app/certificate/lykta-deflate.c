/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-cbor-private.h"

#define STEP 4096

/* All of @data through @converter, at most @limit bytes. (transfer full), NULL on error. */
static GBytes *
convert (GConverter *converter, const guint8 *data, gsize size, gsize limit, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result != G_CONVERTER_FINISHED) {
    guint8 step[STEP];
    gsize n_read, n_written;

    result = g_converter_convert (converter, data, size, step, sizeof step,
                                  G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
    if (result == G_CONVERTER_ERROR) {
      g_set_error_literal (error, LYKTA_TOKEN_ERROR, LYKTA_TOKEN_ERROR_DAMAGED,
                           "the compressed data is cut or garbled");
      return NULL;
    }
    if (out->len + n_written > limit) {
      g_set_error (error, LYKTA_TOKEN_ERROR, LYKTA_TOKEN_ERROR_TOO_LARGE,
                   "more than %" G_GSIZE_FORMAT " bytes when unpacked", limit);
      return NULL;
    }
    g_byte_array_append (out, step, n_written);
    data += n_read;
    size -= n_read;
  }
  if (size > 0) {
    g_set_error_literal (error, LYKTA_TOKEN_ERROR, LYKTA_TOKEN_ERROR_DAMAGED,
                         "something follows the compressed data");
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

GBytes *
lykta_deflate (gconstpointer data, gsize size)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);

  return convert (G_CONVERTER (compressor), data, size, G_MAXSIZE / 2, NULL);
}

GBytes *
lykta_inflate (GBytes *deflated, gsize limit, GError **error)
{
  g_autoptr (GZlibDecompressor) decompressor =
      g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  gsize size;
  const guint8 *data = g_bytes_get_data (deflated, &size);

  return convert (G_CONVERTER (decompressor), data, size, limit, error);
}
