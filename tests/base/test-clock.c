/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lykta-clock.h"

static void
test_fixed (void)
{
  LyktaClock *clock = lykta_fixed_clock_new (1790000000);
  gint64 start = lykta_clock_monotonic (clock);

  g_assert_cmpint (lykta_clock_now (clock), ==, 1790000000);
  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (clock), 90);
  g_assert_cmpint (lykta_clock_now (clock), ==, 1790000090);
  g_assert_cmpint (lykta_clock_monotonic (clock) - start, ==, 90 * G_USEC_PER_SEC);
  g_assert_finalize_object (clock);
}

static void
test_system (void)
{
  LyktaClock *clock = lykta_system_clock_new ();
  gint64 before = lykta_clock_monotonic (clock);

  /* Later than the day this was written. */
  g_assert_cmpint (lykta_clock_now (clock), >, 1750000000);
  g_assert_cmpint (lykta_clock_monotonic (clock), >=, before);
  g_assert_finalize_object (clock);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock/fixed", test_fixed);
  g_test_add_func ("/base/clock/system", test_system);
  return g_test_run ();
}
