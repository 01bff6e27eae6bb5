/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lykta-connectivity.h"
#include "support/lykta-test.h"

static void
count_signal (LyktaConnectivity *connectivity, guint *n)
{
  *n += 1;
}

static void
test_fixed (void)
{
  LyktaConnectivity *connectivity = lykta_fixed_connectivity_new (LYKTA_CONNECTION_METERED);
  guint n = 0;

  g_signal_connect (connectivity, "changed", G_CALLBACK (count_signal), &n);
  g_assert_cmpint (lykta_connectivity_get_connection (connectivity), ==, LYKTA_CONNECTION_METERED);
  lykta_fixed_connectivity_set (LYKTA_FIXED_CONNECTIVITY (connectivity), LYKTA_CONNECTION_METERED);
  g_assert_cmpuint (n, ==, 0);
  lykta_fixed_connectivity_set (LYKTA_FIXED_CONNECTIVITY (connectivity), LYKTA_CONNECTION_NONE);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (lykta_connectivity_get_connection (connectivity), ==, LYKTA_CONNECTION_NONE);
  g_assert_finalize_object (connectivity);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/base/connectivity/fixed", test_fixed);
  return g_test_run ();
}
