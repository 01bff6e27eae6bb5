/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_CATALOGUE (lykta_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (LyktaCatalogue, lykta_catalogue, LYKTA, CATALOGUE, GObject)

/* The interface texts of one named language, whatever language the process is set to: for pages in
 * two languages. Reads gettext's .mo files; a missing catalogue gives the English source text.
 * Immutable, any thread. */

/* @locale_dir (see lykta_locale_dir()) holds LANGUAGE/LC_MESSAGES/lykta.mo. @language in any
 * spelling; what is no language counts as English. Never fails: a damaged catalogue is logged and
 * left out. (transfer full) */
LyktaCatalogue *lykta_catalogue_new (const char *locale_dir, const char *language);
const char *lykta_catalogue_get_language (LyktaCatalogue *self);
/* FALSE when only the source text is there; TRUE for English, whose text that is. */
gboolean lykta_catalogue_is_available (LyktaCatalogue *self);
/* TRUE while the catalogue's header says that no person has reviewed the translation
 * ("X-Lykta-Review: machine-drafted"). */
gboolean lykta_catalogue_is_machine_drafted (LyktaCatalogue *self);
/* Borrowed for the life of @self; the source text when there is no translation. @context is what
 * NC_() gave the message, NULL for none. */
const char *lykta_catalogue_get (LyktaCatalogue *self, const char *context, const char *message)
    G_GNUC_FORMAT (3);
const char *lykta_catalogue_get_plural (LyktaCatalogue *self,
                                        const char *singular,
                                        const char *plural,
                                        gulong n) G_GNUC_FORMAT (2) G_GNUC_FORMAT (3);
/* TRUE when @message can be had in this language: translated, or the language is English. */
gboolean lykta_catalogue_has (LyktaCatalogue *self, const char *context, const char *message);

G_END_DECLS
