/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of an HTML fragment with line feeds where a browser would break, entities decoded,
 * nothing else cleaned. Takes any bytes. (transfer full) */
char *lykta_html_to_text (const char *html);
/* TRUE when @text holds a tag or a named entity of HTML. */
gboolean lykta_html_is_likely (const char *text);

G_END_DECLS
