/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-text"

#include "config.h"

#include "text/lykta-gettext.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "text/lykta-language.h"

#define VARIABLE "LANGUAGE="

/* The environment of the process points at this text. Switching overwrites it in place: setenv()
 * could move the whole environment under a thread that is just reading it (name resolution does).
 * The last byte is never written, so that a reader always finds an end. */
static char language_variable[sizeof VARIABLE + 127] = VARIABLE;

/* glibc rereads LANGUAGE only when this number has changed; setting the variable alone gives new
 * texts for what was never asked before and old ones for the rest. */
extern int _nl_msg_cat_cntr;

void
lykta_gettext_init (const char *locale_dir)
{
  /* Without C.UTF-8 (it is part of every glibc since 2.35) the user's own locale must do. */
  if (setlocale (LC_ALL, "C.UTF-8") == NULL) {
    setlocale (LC_ALL, "");
    setlocale (LC_NUMERIC, "C");
  }
  bindtextdomain (LYKTA_GETTEXT_DOMAIN_NAME, locale_dir != NULL ? locale_dir : lykta_locale_dir ());
  bind_textdomain_codeset (LYKTA_GETTEXT_DOMAIN_NAME, "UTF-8");
}

void
lykta_gettext_set_language (const char *tag)
{
  char *value = language_variable + strlen (VARIABLE);
  gsize room = sizeof language_variable - sizeof VARIABLE;

  g_return_if_fail (tag != NULL);

  strncpy (value, lykta_language_gettext_list (tag), room);
  if (getenv ("LANGUAGE") != value)
    putenv (language_variable);
  ++_nl_msg_cat_cntr;
}

static const char *
find_interface_tag (const char *tag)
{
  const char *canonical = lykta_language_canonical (tag);
  const char *const *tags = lykta_language_interface_tags ();

  for (gsize i = 0; canonical != NULL && tags[i] != NULL; i++) {
    if (tags[i] == canonical)
      return canonical;
  }
  return NULL;
}

const char *
lykta_gettext_environment_language (void)
{
  static const char *const variables[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++) {
    const char *value = g_getenv (variables[i]);
    g_auto (GStrv) wanted = g_strsplit (value != NULL ? value : "", ":", -1);

    for (gsize j = 0; wanted[j] != NULL; j++) {
      const char *found = find_interface_tag (wanted[j]);

      if (found != NULL)
        return found;
    }
  }
  return NULL;
}

const char *
lykta_locale_dir (void)
{
  static gsize dir = 0;

  if (g_once_init_enter (&dir)) {
    const char *chosen = g_getenv ("LYKTA_LOCALE_DIR");

    if (chosen == NULL || *chosen == '\0')
      chosen = LYKTA_LOCALE_DIR;
    g_once_init_leave (&dir, (gsize)g_intern_string (chosen));
  }
  return (const char *)dir;
}
