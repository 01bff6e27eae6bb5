/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Gzip in memory. Any thread. */

/* Without name and time, so that the same input gives the same bytes. (transfer full) */
GBytes *lykta_gzip_encode (GBytes *plain, GError **error);
/* Errors: LYKTA_FEED_ERROR: LIMIT beyond @max_bytes, TRUNCATED, INVALID. (transfer full) */
GBytes *lykta_gzip_decode (GBytes *packed, guint64 max_bytes, GError **error);

G_END_DECLS
