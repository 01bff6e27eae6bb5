/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a word sounds to the search: case, accents, Arabic and Hebrew marks, letter variants and
 * digits of every script folded to one form, so that a person finds a word however it is written.
 * The same code serves the index and the question; raise LYKTA_FOLD_VERSION whenever a result
 * changes, and the index is rebuilt. Any thread. */
#define LYKTA_FOLD_VERSION 1

/* Called for each word in turn; @word is folded UTF-8, NUL-terminated, valid during the call.
 * @start and @end are byte offsets of the word in the original. @is_variant: another form of the
 * word just before it (Arabic without ال, café/kafé), at the same position. Return FALSE to stop.
 */
typedef gboolean (*LyktaFoldFunc) (const char *word,
                                   gsize length,
                                   gsize start,
                                   gsize end,
                                   gboolean is_variant,
                                   gpointer user_data);

/* Splits @text (@length bytes, need not be NUL-terminated, invalid UTF-8 is skipped) into folded
 * words. FALSE when @func stopped it. @with_variants: also give the other forms: TRUE for the
 * index, FALSE for a question, where every word must then be found. The folded beginning of a word
 * is the beginning of one of its forms, so that search while typing may ask for the last word as a
 * prefix
 * ("språkc" → "sprak" → sprakafe). */
gboolean lykta_search_fold (
    const char *text, gsize length, gboolean with_variants, LyktaFoldFunc func, gpointer user_data);
/* Folded words of @text joined by one space. (transfer full) */
char *lykta_search_fold_string (const char *text);

G_END_DECLS
