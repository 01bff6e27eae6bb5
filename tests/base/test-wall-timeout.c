/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lykta-wall-timeout.h"
#include "support/lykta-test.h"

static gboolean
on_timeout (gpointer user_data)
{
  guint *n = user_data;

  *n += 1;
  return G_SOURCE_CONTINUE;
}

static void
attach (gint64 seconds, guint *n)
{
  g_autoptr (GSource) source = lykta_wall_timeout_source_new (seconds);

  g_source_set_callback (source, on_timeout, n, NULL);
  g_source_attach (source, NULL);
}

static gboolean
has_fired (gpointer user_data)
{
  return *(guint *)user_data > 0;
}

/* Once, in its turn, whatever the callback says. */
static void
test_fires (void)
{
  guint n_now = 0;
  guint n_soon = 0;
  guint n_late = 0;

  attach (3600, &n_late);
  attach (1, &n_soon);
  attach (-5, &n_now);
  lykta_test_run_until (has_fired, &n_now, 10);
  g_assert_cmpuint (n_soon, ==, 0);
  lykta_test_run_until (has_fired, &n_soon, 10);
  g_assert_cmpuint (n_now, ==, 1);
  g_assert_cmpuint (n_soon, ==, 1);
  g_assert_cmpuint (n_late, ==, 0);
}

/* What is taken away never fires, also when its owner forgets it at once. */
static void
test_dropped (void)
{
  g_autoptr (GSource) source = lykta_wall_timeout_source_new (0);
  guint n = 0;
  guint n_other = 0;

  g_source_set_callback (source, on_timeout, &n, NULL);
  g_source_attach (source, NULL);
  g_source_destroy (source);
  attach (0, &n_other);
  lykta_test_run_until (has_fired, &n_other, 10);
  g_assert_cmpuint (n, ==, 0);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/base/wall-timeout/fires", test_fires);
  g_test_add_func ("/base/wall-timeout/dropped", test_dropped);
  return g_test_run ();
}
