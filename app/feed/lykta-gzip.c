/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/lykta-gzip.h"

#include "feed/lykta-feed.h"

#define LEVEL       9
#define BLOCK_BYTES 65536

GBytes *
lykta_gzip_encode (GBytes *plain, GError **error)
{
  g_autoptr (GConverter) converter =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, LEVEL));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, converter);

  if (!g_output_stream_write_all (stream, g_bytes_get_data (plain, NULL), g_bytes_get_size (plain),
                                  NULL, NULL, error) ||
      !g_output_stream_close (stream, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

GBytes *
lykta_gzip_decode (GBytes *packed, guint64 max_bytes, GError **error)
{
  g_autoptr (GConverter) converter =
      G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) memory = g_memory_input_stream_new_from_bytes (packed);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (memory, converter);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autofree guint8 *block = g_malloc (BLOCK_BYTES);
  g_autoptr (GError) foreign = NULL;
  gssize n;

  while ((n = g_input_stream_read (stream, block, BLOCK_BYTES, NULL, &foreign)) > 0) {
    if (all->len + (guint64)n > max_bytes) {
      g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_LIMIT,
                   "a part holds more than the %" G_GUINT64_FORMAT " bytes it may", max_bytes);
      return NULL;
    }
    g_byte_array_append (all, block, (guint)n);
  }
  if (n == 0)
    return g_byte_array_free_to_bytes (g_steal_pointer (&all));
  g_set_error (error, LYKTA_FEED_ERROR,
               g_error_matches (foreign, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
                   ? LYKTA_FEED_ERROR_TRUNCATED
                   : LYKTA_FEED_ERROR_INVALID,
               "a part cannot be unpacked: %s", foreign->message);
  return NULL;
}
