/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes that should be UTF-8 and are not, as UTF-8: Windows-1252 (and so Latin-1) when that is what
 * they look like; where most of it is UTF-8, only the broken bytes are dropped. (transfer full) */
char *lykta_charset_decode (const char *bytes, gsize n);
/* Bytes of a quoted-printable value. (transfer full) */
char *lykta_quoted_printable (const char *value);
/* "UTF-16LE" or "UTF-16BE" when the first bytes of a file are that, with or without a byte order
 * mark; else NULL. Static. */
const char *lykta_charset_detect_utf16 (const guint8 *head, gsize n);

G_END_DECLS
