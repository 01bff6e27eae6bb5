/* SPDX-License-Identifier: GPL-3.0-or-later */
#define ZSTD_STATIC_LINKING_ONLY
#include "feed/lykta-zstd.h"

#include <zstd.h>

#include "feed/lykta-feed.h"

/* 32 MiB: what a feed may make a small machine set aside. */
#define WINDOW_LOG_MAX 25
/* 8 MiB: what a snapshot takes. */
#define WINDOW_LOG_PLAIN 23
#define WINDOW_LOG_MIN   10

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZSTD_CCtx, ZSTD_freeCCtx)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZSTD_DCtx, ZSTD_freeDCtx)

static gboolean
check (size_t code, const char *doing, GError **error)
{
  if (!ZSTD_isError (code))
    return TRUE;
  g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID, "%s: %s", doing,
               ZSTD_getErrorName (code));
  return FALSE;
}

/* A window that reaches from the end back to the beginning of the prefix. */
static int
window_log (gsize n_plain, gsize n_prefix)
{
  int wanted = WINDOW_LOG_MIN;

  while (wanted < WINDOW_LOG_MAX && ((gsize)1 << wanted) < n_plain + n_prefix)
    wanted++;
  return n_prefix > 0 ? wanted : MIN (wanted, WINDOW_LOG_PLAIN);
}

GBytes *
lykta_zstd_encode (GBytes *plain, GBytes *prefix, int level, GError **error)
{
  g_autoptr (ZSTD_CCtx) context = ZSTD_createCCtx ();
  gsize n_plain;
  gsize n_prefix = 0;
  gconstpointer from = g_bytes_get_data (plain, &n_plain);
  gconstpointer before = prefix != NULL ? g_bytes_get_data (prefix, &n_prefix) : NULL;
  gsize room = ZSTD_compressBound (n_plain);
  g_autofree guint8 *out = g_malloc (room);
  size_t n;

  g_return_val_if_fail (context != NULL, NULL);

  if (!check (ZSTD_CCtx_setParameter (context, ZSTD_c_compressionLevel, level), "level", error) ||
      !check (ZSTD_CCtx_setParameter (context, ZSTD_c_windowLog, window_log (n_plain, n_prefix)),
              "window", error) ||
      !check (ZSTD_CCtx_setParameter (context, ZSTD_c_checksumFlag, 0), "checksum", error) ||
      !check (n_prefix > 0 ? ZSTD_CCtx_refPrefix (context, before, n_prefix) : 0, "prefix", error))
    return NULL;
  n = ZSTD_compress2 (context, out, room, from, n_plain);
  if (!check (n, "a part cannot be packed", error))
    return NULL;
  return g_bytes_new_take (g_realloc (g_steal_pointer (&out), n), n);
}

gboolean
lykta_zstd_decode_pieces (GBytes *packed,
                          GBytes *prefix,
                          guint64 max_bytes,
                          LyktaZstdFunc func,
                          gpointer user_data,
                          GError **error)
{
  g_autoptr (ZSTD_DCtx) context = ZSTD_createDCtx ();
  gsize room = ZSTD_DStreamOutSize ();
  g_autofree char *piece = g_malloc (room);
  gsize n_prefix = 0;
  gconstpointer before = prefix != NULL ? g_bytes_get_data (prefix, &n_prefix) : NULL;
  ZSTD_inBuffer in = {g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), 0};
  guint64 n_all = 0;
  size_t left = 1;

  g_return_val_if_fail (context != NULL, FALSE);

  if (!check (ZSTD_DCtx_setParameter (context, ZSTD_d_windowLogMax, WINDOW_LOG_MAX), "window",
              error) ||
      !check (n_prefix > 0 ? ZSTD_DCtx_refPrefix (context, before, n_prefix) : 0, "prefix", error))
    return FALSE;
  for (;;) {
    ZSTD_outBuffer out = {piece, room, 0};

    left = ZSTD_decompressStream (context, &out, &in);
    if (!check (left, "a part cannot be unpacked", error))
      return FALSE;
    n_all += out.pos;
    if (n_all > max_bytes) {
      g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_LIMIT,
                   "a part holds more than the %" G_GUINT64_FORMAT " bytes it may", max_bytes);
      return FALSE;
    }
    if (out.pos > 0 && !func (piece, out.pos, user_data, error))
      return FALSE;
    if (in.pos == in.size && (left == 0 || out.pos < out.size))
      break;
  }
  if (left == 0)
    return TRUE;
  g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_TRUNCATED, "a part is cut off");
  return FALSE;
}

static gboolean
collect (const char *data, gsize n, gpointer user_data, GError **error)
{
  g_byte_array_append (user_data, (const guint8 *)data, (guint)n);
  return TRUE;
}

GBytes *
lykta_zstd_decode (GBytes *packed, GBytes *prefix, guint64 max_bytes, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();

  if (!lykta_zstd_decode_pieces (packed, prefix, max_bytes, collect, all, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}
