/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/lykta-test.h"
#include "text/lykta-collation.h"

static void
test_order (void)
{
  static const struct {
    const char *language;
    const char *words[7];
  } cases[] = {
      {"sv", {"arbete", "Arvika", "Zinkgruvan", "Åre", "Älvsbyn", "Örebro"}},
      {"en", {"Angle", "Åre", "café", "Cafés", "Örebro", "Zinc"}},
      {"uk", {"Аптека", "гурток", "ґанок", "Єдність", "ігри", "їжа"}},
      {"sv", {"", "Ada", "ada lovelace", "Zebra", "Ånge", "Ängelholm", "Östersund"}},
      {"sv-x-easy", {"zon", "ål", "äl", "öl"}},
      {"sv", {"Grupp 2", "Grupp 10", "Grupp 100"}},
      {"sv", {"cafe", "café", "cafét"}},
      {"tr", {"cam", "çam", "dam", "ılık", "ince"}},
      {"es", {"nube", "ñu", "oso"}},
      {"ar", {"أحمد", "بيت", "تعليم"}},
      {"am", {"ሀገር", "ለምለም", "ሰላም"}},
      {"qaa", {"a", "b"}},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize k = 1; k < G_N_ELEMENTS (cases[i].words) && cases[i].words[k] != NULL; k++) {
      const char *const *words = cases[i].words;
      g_autoptr (GBytes) before = lykta_collation_key (cases[i].language, words[k - 1]);
      g_autoptr (GBytes) after = lykta_collation_key (cases[i].language, words[k]);
      g_test_message ("%s: %s < %s", cases[i].language, words[k - 1], words[k]);
      g_assert_cmpint (g_bytes_compare (before, after), <, 0);
    }
}

static void
test_any_text_has_a_key (void)
{
  g_autofree char *endless = g_strnfill (10000, 'a');
  static const char *const cases[] = {"", "\xff\xfe", "ቋንቋ", "مقهى"};

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) key = lykta_collation_key ("xx-unknown", cases[i]);
    g_assert_nonnull (key);
  }
  g_autoptr (GBytes) key = lykta_collation_key ("sv", endless);
  g_assert_cmpuint (g_bytes_get_size (key), <=, 512);
}

int
main (int argc, char *argv[])
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/text/collation/order", test_order);
  g_test_add_func ("/text/collation/any", test_any_text_has_a_key);
  return g_test_run ();
}
