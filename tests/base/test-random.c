/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lykta-random.h"
#include "support/lykta-test.h"

static void
test_seeded (void)
{
  LyktaRandom *a = lykta_seeded_random_new (7);
  LyktaRandom *b = lykta_seeded_random_new (7);
  LyktaRandom *c = lykta_seeded_random_new (8);
  guint n_equal = 0;

  for (guint i = 0; i < 100; i++) {
    guint32 number = lykta_random_next (a);

    g_assert_cmpuint (number, ==, lykta_random_next (b));
    n_equal += number == lykta_random_next (c);
  }
  g_assert_cmpuint (n_equal, <, 5);
  g_assert_finalize_object (a);
  g_assert_finalize_object (b);
  g_assert_finalize_object (c);
}

static void
test_range (void)
{
  LyktaRandom *seeded = lykta_seeded_random_new (1);
  LyktaRandom *system = lykta_system_random_new ();

  for (guint i = 0; i < 1000; i++) {
    double x = lykta_random_range (i % 2 == 0 ? seeded : system, -1.5, 2.5);

    g_assert_cmpfloat (x, >=, -1.5);
    g_assert_cmpfloat (x, <, 2.5);
  }
  g_assert_cmpfloat (lykta_random_range (seeded, 3, 3), ==, 3);
  g_assert_finalize_object (seeded);
  g_assert_finalize_object (system);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/base/random/seeded", test_seeded);
  g_test_add_func ("/base/random/range", test_range);
  return g_test_run ();
}
