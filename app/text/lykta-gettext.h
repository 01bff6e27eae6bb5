/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <libintl.h>

G_BEGIN_DECLS

/* The interface texts of the language that the process is set to, for ui and tool alone; a page in
 * a language of its own uses LyktaCatalogue.
 *
 * The domain is bound but never made the default one with textdomain(): GLib would then decide once
 * for the whole process, by the language it was started in, whether anything is translated. So .ui
 * files say <interface domain="lykta">, and the macros below name the domain. */
#define LYKTA_GETTEXT_DOMAIN_NAME "lykta"

#undef ngettext
#define _(message) dgettext (LYKTA_GETTEXT_DOMAIN_NAME, message)
#define C_(context, message) \
  g_dpgettext (LYKTA_GETTEXT_DOMAIN_NAME, context "\004" message, strlen (context) + 1)
#define N_(message)                   (message)
#define NC_(context, message)         (message)
#define ngettext(singular, plural, n) dngettext (LYKTA_GETTEXT_DOMAIN_NAME, singular, plural, n)

/* Prepares the process, before GTK is initialised and before any thread is started; a program with
 * GTK calls gtk_disable_setlocale() as well. Sets the C.UTF-8 locale whatever the environment says:
 * in it the language may be switched, and numbers, letters and sort order in code stay the same on
 * every machine (people's formats come from the rest of text/). @locale_dir (nullable):
 * lykta_locale_dir(). */
void lykta_gettext_init (const char *locale_dir);
/* From now on texts come in the language of @tag. What has been fetched before stays as it is.
 * Main thread; others may go on reading the environment once this has been called at start. */
void lykta_gettext_set_language (const char *tag);
/* The first interface language that the environment asks for (LANGUAGE, LC_ALL, LC_MESSAGES, LANG),
 * NULL when it asks for none of ours. Ask before lykta_gettext_set_language(). (interned) */
const char *lykta_gettext_environment_language (void);
/* Where the catalogues are: $LYKTA_LOCALE_DIR for running from the build folder, else where they
 * were installed. Borrowed for ever. */
const char *lykta_locale_dir (void);

G_END_DECLS
