/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Languages are named by BCP 47 tags in one canonical spelling, as interned strings, so that tags
 * can be compared by pointer: "sv", "sv-x-easy" (lätt svenska), "en", "ar", "fa", "fa-AF" (Dari;
 * "prs" in feeds), "ps", "so", "ti", "am", "uk", "ru", "ckb", "ku" (Kurmanji; "kmr" in feeds),
 * "tr", "fr", "es" and any other well-formed tag. All functions: any thread. */

/* Canonical tag for any spelling met in feeds, file names and locales ("prs", "prs_AF", "fa_AF",
 * "sv@easy", "sv_SE.UTF-8", "KMR"); regions that make no difference here are dropped.
 * NULL when @tag is no language tag, or says that no one language is meant ("und", "mul"). The
 * number of different results is bounded, whatever comes in. (interned) */
const char *lykta_language_canonical (const char *tag);
/* The tag as feeds carry it: "prs" for Dari, "kmr" for Kurmanji, else the canonical one. (interned)
 */
const char *lykta_language_feed_tag (const char *tag);
/* Value of the LANGUAGE variable for gettext: "fa_AF:fa", "sv@easy:sv". (interned) */
const char *lykta_language_gettext_list (const char *tag);
/* ICU locale with Gregorian calendar and Latin digits. (interned) */
const char *lykta_language_icu_locale (const char *tag);
/* ISO 639-1 or -3 code for `pango_language_from_string` and the lang attribute. (interned) */
const char *lykta_language_pango_tag (const char *tag);
/* The language's name in itself ("Svenska", "دری"); the tag itself when unknown. Never NULL. */
const char *lykta_language_endonym (const char *tag);
gboolean lykta_language_is_rtl (const char *tag);
/* Interface languages that this program may be switched to, in the order of the first screen.
 * NULL-terminated, borrowed. */
const char *const *lykta_language_interface_tags (void);
/* In which order to look for content for a reader of @tag, @tag first, Swedish and English always
 * in it: "ti" → ti, am, en, sv-x-easy, sv. Related languages that readers understand and do not
 * mind come before English, others between English and Swedish; see lykta-language-table.c.
 * NULL-terminated, borrowed, interned. */
const char *const *lykta_language_fallback_chain (const char *tag);

G_END_DECLS
