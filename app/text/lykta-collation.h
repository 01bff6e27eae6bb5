/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sort key of @text by the rules of @language (Swedish: å ä ö last): compare with memcmp or as a
 * SQLite blob. Any thread. (transfer full) */
GBytes *lykta_collation_key (const char *language, const char *text);

G_END_DECLS
