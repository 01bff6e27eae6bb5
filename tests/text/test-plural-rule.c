/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/lykta-plural-rule.h"

#include "support/lykta-test.h"

#define ARABIC                                                                                    \
  "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? " \
  "4 : 5);"
#define UKRAINIAN                                                                                 \
  "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) " \
  "? 1 : 2);"

static void
test_languages (void)
{
  static const struct {
    const char *header;
    gulong n;
    guint form;
  } cases[] = {
      {"nplurals=2; plural=(n != 1);", 0, 1},
      {"nplurals=2; plural=(n != 1);", 1, 0},
      {"nplurals=2; plural=(n != 1);", 2, 1},
      {"nplurals=2; plural=n>1", 1, 0},
      {"nplurals = 1 ; plural = 0 ;\n", 7, 0},
      {ARABIC, 0, 0},
      {ARABIC, 1, 1},
      {ARABIC, 2, 2},
      {ARABIC, 3, 3},
      {ARABIC, 10, 3},
      {ARABIC, 11, 4},
      {ARABIC, 99, 4},
      {ARABIC, 100, 5},
      {ARABIC, 103, 3},
      {ARABIC, 111, 4},
      {UKRAINIAN, 1, 0},
      {UKRAINIAN, 21, 0},
      {UKRAINIAN, 11, 2},
      {UKRAINIAN, 22, 1},
      {UKRAINIAN, 12, 2},
      {UKRAINIAN, 5, 2},
      {UKRAINIAN, G_MAXULONG, 2},
      /* how tightly each operator binds */
      {"nplurals=16; plural=1+2*3;", 0, 7},
      {"nplurals=16; plural=(1+2)*3;", 0, 9},
      {"nplurals=16; plural=9-4-3;", 0, 2},
      {"nplurals=16; plural=12/4%2;", 0, 1},
      {"nplurals=16; plural=!n+!!n;", 5, 1},
      {"nplurals=16; plural=1||0&&0;", 0, 1},
      {"nplurals=16; plural=1<2==1;", 0, 1},
      {"nplurals=16; plural=n<=3?n>=3?3:4:5;", 3, 3},
      /* bad rules choose something all the same */
      {"nplurals=2; plural=n/0;", 7, 0},
      {"nplurals=2; plural=n%0;", 7, 0},
      {"nplurals=2; plural=n;", 7, 0},
      {"nplurals=2; plural=0-1;", 7, 0},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LyktaPluralRule) rule = lykta_plural_rule_parse (cases[i].header);

    g_test_message ("%s %lu", cases[i].header, cases[i].n);
    g_assert_nonnull (rule);
    g_assert_cmpuint (lykta_plural_rule_select (rule, cases[i].n), ==, cases[i].form);
    g_assert_cmpuint (lykta_plural_rule_select (rule, cases[i].n), <,
                      lykta_plural_rule_get_n_forms (rule));
  }
}

static void
test_refused (void)
{
  static const char *const headers[] = {
      "",
      "plural=n",
      "nplurals=0; plural=0;",
      "nplurals=17; plural=0;",
      "nplurals=99999999999999999999; plural=0;",
      "nplurals=-1; plural=0;",
      "nplurals=2;",
      "nplurals=2; plural=",
      "nplurals=2; plural=n!=;",
      "nplurals=2; plural=(n!=1;",
      "nplurals=2; plural=n!=1);",
      "nplurals=2; plural=n?1;",
      "nplurals=2; plural=n?1:;",
      "nplurals=2; plural=m;",
      "nplurals=2; plural=n=1;",
      "nplurals=2; plural=n n;",
      "nplurals=2; plural=99999999999999;",
      "nplurals=2; plural=n; system()",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++) {
    g_test_message ("%s", headers[i]);
    g_assert_null (lykta_plural_rule_parse (headers[i]));
  }
}

/* Far too large or too deep, in every way that the grammar nests. */
static void
test_too_large (void)
{
  static const char *const bricks[] = {"(", "!", "n?", "n?n:", "n+", "n?(", "1<"};

  for (gsize i = 0; i < G_N_ELEMENTS (bricks); i++) {
    g_autoptr (GString) header = g_string_new ("nplurals=2; plural=");

    for (guint j = 0; j < 100000; j++)
      g_string_append (header, bricks[i]);
    g_string_append (header, "n;");
    g_assert_null (lykta_plural_rule_parse (header->str));
  }
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/text/plural-rule/languages", test_languages);
  g_test_add_func ("/text/plural-rule/refused", test_refused);
  g_test_add_func ("/text/plural-rule/too-large", test_too_large);
  return g_test_run ();
}
