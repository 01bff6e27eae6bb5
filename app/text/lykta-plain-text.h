/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text from outside made harmless: valid UTF-8 in NFC, no control characters but line feed, no
 * bidirectional overrides or embeddings, no unpaired isolates, no private-use or non-characters,
 * runs of blank lines folded, at most @max_chars characters (cut between characters; *@was_cut,
 * nullable, tells). Never NULL. Any thread. (transfer full) */
char *lykta_plain_text (const char *text, gsize max_chars, gboolean *was_cut);
/* The same from HTML: tags dropped, paragraphs and breaks as line feeds, entities decoded,
 * the text of script and style never shown. (transfer full) */
char *lykta_plain_text_from_html (const char *html, gsize max_chars, gboolean *was_cut);
/* TRUE when @text looks like HTML rather than text with a "<" in it. */
gboolean lykta_plain_text_looks_like_html (const char *text);
/* @text between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, for insertion into a sentence of
 * any direction. "" stays "". (transfer full) */
char *lykta_isolate (const char *text);
/* The same between LEFT-TO-RIGHT ISOLATE marks: telephone numbers, times, addresses of the net. */
char *lykta_isolate_ltr (const char *text);

G_END_DECLS
