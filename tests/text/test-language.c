/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/lykta-language.h"

#include "support/lykta-test.h"

static void
test_canonical (void)
{
  static const struct {
    const char *spelling;
    const char *tag;
  } cases[] = {
      {"sv", "sv"},
      {"SV", "sv"},
      {"sv-SE", "sv"},
      {"sv_SE.UTF-8", "sv"},
      {"sv-Latn-SE", "sv"},
      {"swe", "sv"},
      {"sv@easy", "sv-x-easy"},
      {"sv_SE.UTF-8@easy", "sv-x-easy"},
      {"sv_SE@easy", "sv-x-easy"},
      {"sv-x-easy", "sv-x-easy"},
      {"sv-SE-x-easy", "sv-x-easy"},
      {"sv-simple", "sv-x-easy"},
      {"en-GB", "en"},
      {"en_US.utf8", "en"},
      {"ar-SY", "ar"},
      {"arb", "ar"},
      {"apc", "ar"},
      {"fa", "fa"},
      {"fa-IR", "fa"},
      {"pes", "fa"},
      {"per", "fa"},
      {"prs", "fa-AF"},
      {"prs_AF", "fa-AF"},
      {"PRS-AF", "fa-AF"},
      {"fa_AF", "fa-AF"},
      {"fa_AF.UTF-8", "fa-AF"},
      {"fa-Arab-AF", "fa-AF"},
      {"Dari", "fa-AF"},
      {"ps-AF", "ps"},
      {"pus", "ps"},
      {"so", "so"},
      {"tir", "ti"},
      {"ti-ER", "ti"},
      {"amh", "am"},
      {"kmr", "ku"},
      {"KMR", "ku"},
      {"ku-TR", "ku"},
      {"ku-Latn", "ku"},
      {"ku-Arab", "ckb"},
      {"ku-Arab-IQ", "ckb"},
      {"ckb-IQ", "ckb"},
      {"nb", "nb"},
      {"nb_NO", "nb"},
      {"no", "no"},
      {"nn", "nn"},
      {"sr-Latn-RS", "sr-Latn"},
      {"sr_RS@latin", "sr-Latn"},
      {"sr-Cyrl", "sr"},
      {"zh-TW", "zh-Hant"},
      {"zh-Hans-CN", "zh-Hans"},
      {"iw", "he"},
      {"tl", "fil"},
      {"pt-BR", "pt"},
      {" sv ", "sv"},
      {"de-u-co-phonebk", "de"},
      {"qaa", "qaa"},
      {"", NULL},
      {" ", NULL},
      {"C", NULL},
      {"C.UTF-8", NULL},
      {"POSIX", NULL},
      {"svenska", NULL},
      {"s", NULL},
      {"s1", NULL},
      {"sv--SE", NULL},
      {"-sv", NULL},
      {"sv-", NULL},
      {"sv;q=1", NULL},
      {"sv SE", NULL},
      {"sv-toolongsubtag", NULL},
      {"x-private", NULL},
      {"und", NULL},
      {"mul", NULL},
      {"språk", NULL},
      {"svsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsvsv", NULL},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *tag = lykta_language_canonical (cases[i].spelling);

    g_test_message ("%s", cases[i].spelling);
    g_assert_cmpstr (tag, ==, cases[i].tag);
    /* Interned, and a fixed point. */
    g_assert_true (tag == g_intern_string (cases[i].tag));
    if (tag != NULL)
      g_assert_true (lykta_language_canonical (tag) == tag);
  }
}

static void
test_properties (void)
{
  static const struct {
    const char *tag, *feed, *gettext, *icu, *pango, *endonym;
    gboolean is_rtl;
  } cases[] = {
      {"sv", "sv", "sv", "sv", "sv", "Svenska", FALSE},
      {"sv@easy", "sv-x-easy", "sv@easy:sv", "sv", "sv", "Lätt svenska", FALSE},
      {"en", "en", "en", "en", "en", "English", FALSE},
      {"ar", "ar", "ar", "ar", "ar", "العربية", TRUE},
      {"fa", "fa", "fa", "fa", "fa", "فارسی", TRUE},
      {"prs", "prs", "fa_AF:fa", "fa_AF", "fa", "دری", TRUE},
      {"fa-AF", "prs", "fa_AF:fa", "fa_AF", "fa", "دری", TRUE},
      {"ps", "ps", "ps", "ps", "ps", "پښتو", TRUE},
      {"ckb", "ckb", "ckb", "ckb", "ckb", "کوردیی ناوەندی", TRUE},
      {"kmr", "kmr", "ku", "ku", "ku", "Kurdî (Kurmancî)", FALSE},
      {"ti", "ti", "ti", "ti", "ti", "ትግርኛ", FALSE},
      {"ur", "ur", "ur", "ur", "ur", "اردو", TRUE},
      {"sr-Latn", "sr-Latn", "sr@latin:sr", "sr_Latn", "sr-Latn", "Srpski", FALSE},
      /* no row of its own: ICU knows it */
      {"gl", "gl", "gl", "gl", "gl", "galego", FALSE},
      {"sd", "sd", "sd", "sd", "sd", "سنڌي", TRUE},
      /* nobody knows it */
      {"qaa", "qaa", "qaa", "qaa", "qaa", "qaa", FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *tag = cases[i].tag;
    g_autofree char *icu = g_strconcat (cases[i].icu, "@calendar=gregorian;numbers=latn", NULL);

    g_test_message ("%s", tag);
    g_assert_cmpstr (lykta_language_feed_tag (tag), ==, cases[i].feed);
    g_assert_cmpstr (lykta_language_gettext_list (tag), ==, cases[i].gettext);
    g_assert_cmpstr (lykta_language_icu_locale (tag), ==, icu);
    g_assert_cmpstr (lykta_language_pango_tag (tag), ==, cases[i].pango);
    g_assert_cmpstr (lykta_language_endonym (tag), ==, cases[i].endonym);
    g_assert_cmpint (lykta_language_is_rtl (tag), ==, cases[i].is_rtl);
  }
  g_assert_cmpstr (lykta_language_endonym ("not a tag!"), ==, "not a tag!");
}

static void
test_fallback (void)
{
  static const struct {
    const char *tag;
    const char *chain;
  } cases[] = {
      {"sv", "sv sv-x-easy en"},
      {"sv@easy", "sv-x-easy sv en"},
      {"en", "en sv-x-easy sv"},
      {"ar", "ar en sv-x-easy sv"},
      {"prs", "fa-AF fa en sv-x-easy sv"},
      {"ps", "ps fa-AF fa en sv-x-easy sv"},
      {"ti", "ti am en sv-x-easy sv"},
      {"uk", "uk en ru sv-x-easy sv"},
      {"ckb", "ckb en ar fa sv-x-easy sv"},
      {"kmr", "ku en tr ar sv-x-easy sv"},
      {"nb", "nb no nn da sv en sv-x-easy"},
      {"qaa", "qaa en sv-x-easy sv"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *const *chain = lykta_language_fallback_chain (cases[i].tag);
    g_autofree char *joined = g_strjoinv (" ", (char **)chain);

    g_assert_cmpstr (joined, ==, cases[i].chain);
    for (gsize j = 0; chain[j] != NULL; j++)
      g_assert_true (chain[j] == lykta_language_canonical (chain[j]));
  }
}

static void
test_interface (void)
{
  const char *const *tags = lykta_language_interface_tags ();

  g_assert_cmpstr (tags[0], ==, "sv");
  for (gsize i = 0; tags[i] != NULL; i++) {
    g_assert_true (tags[i] == lykta_language_canonical (tags[i]));
    g_assert_cmpstr (lykta_language_endonym (tags[i]), !=, tags[i]);
  }
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/text/language/canonical", test_canonical);
  g_test_add_func ("/text/language/properties", test_properties);
  g_test_add_func ("/text/language/fallback", test_fallback);
  g_test_add_func ("/text/language/interface", test_interface);
  return g_test_run ();
}
