/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Records in lines, and the same with what is alike gathered in columns, which packs a tenth
 * smaller (LYKTA-FEED.md, "Columns"). Any thread. */

/* @lines: records in canonical JSON, each followed by a line feed. (transfer full) */
GBytes *lykta_feed_columns_write (GBytes *lines);
/* The lines of which @text was made; never more bytes than @text has. LYKTA_FEED_ERROR_INVALID when
 * the columns do not fit. (transfer full) */
GBytes *lykta_feed_columns_read (GBytes *text, GError **error);

G_END_DECLS
