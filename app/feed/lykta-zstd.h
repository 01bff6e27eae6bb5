/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Zstandard with what the Lykta feed needs of it: a cap on everything, and raw content that both
 * sides have (a prefix) instead of a trained dictionary. Errors: LYKTA_FEED_ERROR. Any thread. */

/* One frame. @prefix (nullable). The same input gives the same bytes with the same libzstd.
 * (transfer full) */
GBytes *lykta_zstd_encode (GBytes *plain, GBytes *prefix, int level, GError **error);
/* Takes a piece of decoded bytes; FALSE with @error set stops. */
typedef gboolean (*LyktaZstdFunc) (const char *data, gsize n, gpointer user_data, GError **error);
/* All frames of @packed. LIMIT beyond @max_bytes, or when a frame wants a window above 32 MiB;
 * TRUNCATED when the last frame does not end; INVALID for anything else. */
gboolean lykta_zstd_decode_pieces (GBytes *packed,
                                   GBytes *prefix,
                                   guint64 max_bytes,
                                   LyktaZstdFunc func,
                                   gpointer user_data,
                                   GError **error);
/* The same into memory. (transfer full) */
GBytes *lykta_zstd_decode (GBytes *packed, GBytes *prefix, guint64 max_bytes, GError **error);

G_END_DECLS
