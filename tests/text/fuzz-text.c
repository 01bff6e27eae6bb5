/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "support/lykta-fuzz.h"
#include "text/lykta-collation.h"
#include "text/lykta-language.h"
#include "text/lykta-plain-text.h"
#include "text/lykta-plural-rule.h"
#include "text/lykta-search-fold.h"

/* Everything that looks at text from outside, and what must hold of it whatever comes. */

#define MAX_CHARS 300

static const char *const seeds[] = {
    "Språkkafé på biblioteket varje tisdag kl. 18:00–20:00. Välkommen!",
    "<p>Hej &amp; <b>välkommen</b></p><ul><li>ett</li></ul><script>x</script><!-- y -->",
    "تَدَرَّبْ على اللغة السويدية، والأطفال مرحَّب بهم. ١٨:٣٠",
    "زبان سوئدی را تمرین می‌کنیم. کتاب‌ها",
    "П'ять хвилин від вокзалу — l'école, språk-café",
    "\xE2\x81\xA8"
    "a\xE2\x81\xA9 \xE2\x80\xAE"
    "b\xE2\x80\xAC e\xCC\x81\xCC\x81\r\n\r\n\tc",
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 ? 1 : 2);",
    "sv_SE.UTF-8@easy",
    NULL,
};

static const char *const words[] = {
    "<",
    ">",
    "</",
    "&#x",
    "&aring;",
    "<p ",
    "=\"",
    "<script>",
    "<!--",
    "-->",
    "\n",
    "\r",
    "\xE2\x81\xA8",
    "\xE2\x81\xA9",
    "\xE2\x80\x8C",
    "\xCC\x81",
    "ال",
    "'",
    "-",
    "n",
    "?",
    ":",
    "(",
    "%",
    "nplurals=",
    "@",
    "_",
    "x-",
    "\xF0\x9F\x91\x8B",
    "\xEF\xBF\xBE",
    "ﷺ",
    "한",
    NULL,
};

static gboolean
on_word (
    const char *word, gsize length, gsize start, gsize end, gboolean is_variant, gpointer user_data)
{
  const gsize *size = user_data;

  g_assert_cmpuint (strlen (word), ==, length);
  g_assert_cmpuint (length, >, 0);
  g_assert_cmpuint (start, <, end);
  g_assert_cmpuint (end, <=, *size);
  g_assert_true (g_utf8_validate (word, (gssize)length, NULL));
  return TRUE;
}

static void
check_plain (const char *text, gboolean is_html)
{
  gboolean was_cut;
  g_autofree char *plain = is_html ? lykta_plain_text_from_html (text, MAX_CHARS, &was_cut)
                                   : lykta_plain_text (text, MAX_CHARS, &was_cut);
  g_autofree char *again = lykta_plain_text (plain, MAX_CHARS, NULL);

  g_assert_true (g_utf8_validate (plain, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (plain, -1), <=, MAX_CHARS);
  g_assert_cmpstr (plain, ==, again);
  for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p)) {
    const gunichar c = g_utf8_get_char (p);

    g_assert_true (c == '\n' || !g_unichar_iscntrl (c));
    g_assert_true (c < 0x202A || c > 0x202E);
  }
}

static void
feed (const guint8 *data, gsize size)
{
  const char *text = (const char *)data;
  const char *tag = lykta_language_canonical (text);
  g_autoptr (LyktaPluralRule) rule = lykta_plural_rule_parse (text);
  g_autoptr (GBytes) key = lykta_collation_key ("sv", text);

  lykta_search_fold (text, size, TRUE, on_word, &size);
  check_plain (text, FALSE);
  check_plain (text, TRUE);
  lykta_plain_text_looks_like_html (text);
  g_assert_true (tag == NULL || lykta_language_canonical (tag) == tag);
  for (gulong n = 0; rule != NULL && n < 12; n++)
    g_assert_cmpuint (lykta_plural_rule_select (rule, n), <, lykta_plural_rule_get_n_forms (rule));
}

int
main (int argc, char **argv)
{
  static const LyktaFuzzTarget target = {"text", feed, seeds, words};

  return lykta_fuzz_run (&target, argc, argv);
}
