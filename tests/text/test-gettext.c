/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/lykta-gettext.h"

#include <locale.h>
#include <string.h>

#include "support/lykta-test.h"

static void
test_environment (void)
{
  static const struct {
    const char *language, *lc_all, *lang;
    const char *found;
  } cases[] = {
      {NULL, NULL, NULL, NULL},
      {NULL, "C.UTF-8", "C", NULL},
      {NULL, NULL, "sv_SE.UTF-8", "sv"},
      {NULL, "C.UTF-8", "ar_SY.UTF-8", "ar"},
      {NULL, "en_GB.UTF-8", "sv_SE.UTF-8", "en"},
      {"xx:sv:en", "en_GB", NULL, "sv"},
      {"", NULL, "en_US", "en"},
      {"tlh", NULL, NULL, NULL},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_unsetenv ("LANGUAGE");
    g_unsetenv ("LC_ALL");
    g_unsetenv ("LC_MESSAGES");
    g_unsetenv ("LANG");
    if (cases[i].language != NULL)
      g_setenv ("LANGUAGE", cases[i].language, TRUE);
    if (cases[i].lc_all != NULL)
      g_setenv ("LC_ALL", cases[i].lc_all, TRUE);
    if (cases[i].lang != NULL)
      g_setenv ("LANG", cases[i].lang, TRUE);
    g_assert_cmpstr (lykta_gettext_environment_language (), ==, cases[i].found);
  }
}

static void
test_switch (void)
{
  g_setenv ("LC_ALL", "C", TRUE);
  lykta_gettext_init (NULL);
  g_assert_cmpstr (setlocale (LC_MESSAGES, NULL), ==, "C.UTF-8");
  lykta_gettext_set_language ("prs");
  g_assert_cmpstr (g_getenv ("LANGUAGE"), ==, "fa_AF:fa");
  g_assert_cmpstr (_ ("a text that nobody has translated"), ==,
                   "a text that nobody has translated");
  g_assert_cmpstr (ngettext ("one", "many", 1), ==, "one");
  g_assert_cmpstr (ngettext ("one", "many", 3), ==, "many");
  g_assert_cmpstr (C_ ("context", "text"), ==, "text");
}

/* The catalogues of this build answer at once in the language asked for, also for texts that were
 * fetched before in another one. */
static void
test_catalogues (void)
{
  static const char *const languages[] = {"sv", "ar", "en", "sv", "ti", "en"};
  static const char *const names[] = {"sv", "ar", NULL, "sv", "ti", NULL};

  lykta_gettext_init (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++) {
    const char *header;
    g_autofree char *line = NULL;

    lykta_gettext_set_language (languages[i]);
    header = dgettext (LYKTA_GETTEXT_DOMAIN_NAME, "");
    if (names[i] == NULL) {
      g_assert_cmpstr (header, ==, "");
      continue;
    }
    line = g_strconcat ("Language: ", names[i], "\n", NULL);
    g_assert_nonnull (strstr (header, line));
    g_assert_cmpstr (g_dgettext (LYKTA_GETTEXT_DOMAIN_NAME, ""), ==, header);
  }
}

static void
test_locale_dir (void)
{
  g_assert_cmpstr (lykta_locale_dir (), ==, g_getenv ("LYKTA_LOCALE_DIR"));
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/text/gettext/environment", test_environment);
  g_test_add_func ("/text/gettext/switch", test_switch);
  g_test_add_func ("/text/gettext/catalogues", test_catalogues);
  g_test_add_func ("/text/gettext/locale-dir", test_locale_dir);
  return g_test_run ();
}
