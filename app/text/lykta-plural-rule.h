/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The rule of a catalogue's Plural-Forms header: which of its forms goes with a number. Immutable,
 * any thread. */
typedef struct _LyktaPluralRule LyktaPluralRule;

/* Reads "nplurals=2; plural=(n != 1);". NULL when @header is no such rule, or one that is larger
 * than any language needs. (transfer full) */
LyktaPluralRule *lykta_plural_rule_parse (const char *header);
/* For catalogues without a rule of their own: English. (transfer full) */
LyktaPluralRule *lykta_plural_rule_new_english (void);
void lykta_plural_rule_free (LyktaPluralRule *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaPluralRule, lykta_plural_rule_free)
guint lykta_plural_rule_get_n_forms (const LyktaPluralRule *self);
/* Which form to use for @n; always below the number of forms, also when the rule says otherwise. */
guint lykta_plural_rule_select (const LyktaPluralRule *self, gulong n);

G_END_DECLS
