/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "model/lykta-query.h"
#include "support/lykta-test.h"

static void
test_each_filter_stands_alone (void)
{
  g_autoptr (LyktaQuery) plain = lykta_query_new ("sv", 1000);
  LyktaQuery *filtered[] = {
      lykta_query_with_purposes (plain, LYKTA_PURPOSE_WORK),
      lykta_query_with_childcare (plain, TRUE),
      lykta_query_with_women_only (plain, TRUE),
      lykta_query_with_online (plain, TRUE),
      lykta_query_with_certificate (plain, TRUE),
      lykta_query_with_position (plain, 59.0, 18.0, 10.0),
      lykta_query_with_search (plain, "kafé"),
      lykta_query_with_source (plain, "sample"),
  };

  g_assert_false (lykta_query_is_filtered (plain));
  for (gsize i = 0; i < G_N_ELEMENTS (filtered); i++) {
    g_assert_true (lykta_query_is_filtered (filtered[i]));
    g_assert_false (lykta_query_equal (plain, filtered[i]));
    g_autoptr (LyktaQuery) arabic = lykta_query_with_language (filtered[i], "ar");
    g_assert_false (lykta_query_equal (arabic, filtered[i]));
    g_assert_true (lykta_query_is_filtered (arabic));
    lykta_query_unref (filtered[i]);
  }
}

static void
test_lifting_gives_the_same_again (void)
{
  g_autoptr (LyktaQuery) plain = lykta_query_new ("sv", 1000);
  g_autoptr (LyktaQuery) searched = lykta_query_with_search (plain, "kafé");
  g_autoptr (LyktaQuery) lifted = lykta_query_with_search (searched, "");
  g_autoptr (LyktaQuery) nowhere = lykta_query_with_position (plain, NAN, 18.0, 5.0);

  g_assert_true (lykta_query_equal (plain, lifted));
  g_assert_true (lykta_query_equal (plain, nowhere));
  g_assert_false (lykta_query_has_position (nowhere));
  g_assert_null (lykta_query_get_search (lifted));
}

static void
test_values_come_back (void)
{
  g_autoptr (LyktaQuery) plain = lykta_query_new ("ti", 5);
  g_autoptr (LyktaQuery) period = lykta_query_with_period (plain, 10, 20);
  g_autoptr (LyktaQuery) near_by = lykta_query_with_position (period, 59.5, 18.25, 7.5);
  g_autoptr (LyktaQuery) measured = lykta_query_with_position (period, 59.5, 18.25, -1.0);

  g_assert_cmpstr (lykta_query_get_language (period), ==, "ti");
  g_assert_cmpint (lykta_query_get_from (near_by), ==, 10);
  g_assert_cmpint (lykta_query_get_to (near_by), ==, 20);
  g_assert_cmpfloat (lykta_query_get_within_km (near_by), ==, 7.5);
  g_assert_true (lykta_query_has_position (measured));
  g_assert_false (lykta_query_is_filtered (measured));
}

int
main (int argc, char *argv[])
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/model/query/filters", test_each_filter_stands_alone);
  g_test_add_func ("/model/query/lifting", test_lifting_gives_the_same_again);
  g_test_add_func ("/model/query/values", test_values_come_back);
  return g_test_run ();
}
