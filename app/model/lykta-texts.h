/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* One text in several languages. Immutable, reference-counted, any thread. Languages are canonical
 * tags (text/lykta-language.h), texts plain UTF-8 (text/lykta-plain-text.h). */
typedef struct _LyktaTexts LyktaTexts;
#define LYKTA_TYPE_TEXTS (lykta_texts_get_type ())
GType lykta_texts_get_type (void);
LyktaTexts *lykta_texts_ref (LyktaTexts *self);
void lykta_texts_unref (LyktaTexts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaTexts, lykta_texts_unref)

/* No text in any language. (transfer full) */
LyktaTexts *lykta_texts_new_empty (void);
/* One text. (transfer full) */
LyktaTexts *lykta_texts_new_single (const char *language, const char *text);
/* @self with @text in @language put in or replaced; "" or NULL takes the language out. (transfer
 * full) */
LyktaTexts *lykta_texts_with (LyktaTexts *self, const char *language, const char *text);
guint lykta_texts_get_n (LyktaTexts *self);
/* In order of the tags; borrowed. */
const char *lykta_texts_get_nth_language (LyktaTexts *self, guint index);
const char *lykta_texts_get_nth_text (LyktaTexts *self, guint index);
/* NULL when there is none in exactly that language. */
const char *lykta_texts_get (LyktaTexts *self, const char *language);
/* The first language of @chain (NULL-terminated) that has a text, else any; NULL when empty.
 * @language (out, nullable) is the language found. */
const char *lykta_texts_choose (LyktaTexts *self, const char *const *chain, const char **language);
gboolean lykta_texts_equal (LyktaTexts *a, LyktaTexts *b);

G_END_DECLS
