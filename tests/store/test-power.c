/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store/power-vfs.h"
#include "store/store-fixture.h"

/* The power is cut at any moment, and writing fails at any moment: there is the calendar from
 * before or the new one, whole, and never one that was promised to be there is lost. */

static LyktaContentStore *
open_store (const char *path, LyktaClock *clock)
{
  g_autoptr (GError) error = NULL;
  LyktaContentStore *store = lykta_content_store_open (path, clock, &error);

  g_assert_no_error (error);
  g_assert_false (lykta_content_store_was_rebuilt (store));
  return store;
}

static void
test_power_cut (void)
{
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  g_autoptr (LyktaClock) clock = lykta_test_clock_at (STORE_FIXTURE_NOW);
  g_autofree char *path = lykta_test_dir_child (dir, "content.db");
  g_autofree char *origin = lykta_test_dir_child (dir, "origin.db");
  const guint n_cuts = lykta_test_is_long () ? 1000 : 30;
  {
    g_autofree char *content = NULL;
    gsize size;
    g_autoptr (LyktaContentStore) store = open_store (path, clock);
    store_test_write_edition (store, 1);
    g_clear_object (&store);
    g_assert_true (g_file_get_contents (path, &content, &size, NULL));
    g_assert_true (g_file_set_contents (origin, content, (gssize)size, NULL));
  }
  power_vfs_start ();
  g_autoptr (LyktaContentStore) store = open_store (path, clock);
  power_vfs_mark (1);
  const guint first = power_vfs_get_n_operations ();
  for (guint edition = 2; edition <= 8; edition++) {
    store_test_write_edition (store, edition);
    power_vfs_mark (edition);
  }
  g_clear_object (&store);
  const guint n = power_vfs_get_n_operations ();
  for (guint i = 0; i < n_cuts; i++) {
    g_autoptr (LyktaTestDir) after = lykta_test_dir_new ();
    g_autofree char *target = lykta_test_dir_child (after, "content.db");
    const guint at = (guint)g_test_rand_int_range ((gint)first, (gint)n + 1);
    const guint promised = power_vfs_cut (origin, target, at);
    g_autoptr (LyktaContentStore) survivor = open_store (target, clock);
    const guint found = store_test_read_edition (survivor);
    g_assert_cmpuint (found, >=, promised);
    g_assert_cmpuint (found, <=, promised + 1);
  }
  power_vfs_stop ();
}

/* Tries to write @edition while the disk takes no more after some writes. */
static void
try_edition (LyktaContentStore *store, guint edition, GError **error)
{
  g_autofree char *title = g_strdup_printf ("Utgåva%u", edition);
  g_autoptr (LyktaSource) source = store_test_source ("test");
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  g_autoptr (LyktaContentWriter) writer =
      lykta_content_store_new_writer (store, store_test_expand, error);

  if (writer == NULL || !lykta_content_writer_begin (writer, source, error))
    return;
  for (guint i = 0; i < STORE_TEST_EDITION_ACTIVITIES; i++) {
    g_autofree char *uid = g_strdup_printf ("u%u", i);
    const StoreTestActivity row = {.uid = uid,
                                   .start = "2026-11-25T10:00:00+01:00",
                                   .minutes = 60,
                                   .rule = "FREQ=WEEKLY",
                                   .sv = title};
    g_autoptr (LyktaActivity) activity = store_test_activity (&row);
    if (!lykta_content_writer_put (writer, activity, NULL, error))
      return;
  }
  if (lykta_content_writer_remove_missing (writer, error))
    lykta_content_writer_commit (writer, state, error);
}

static void
test_failing_writes (void)
{
  g_auto (StoreFixture) fixture = {0};
  guint edition = 1;
  guint n_failed = 0;
  power_vfs_start ();
  store_fixture_set_up (&fixture);
  store_test_write_edition (fixture.store, edition);

  for (int after = 0;; after += 1 + after / 8) {
    g_autoptr (GError) error = NULL;
    power_vfs_fail_after (after);
    try_edition (fixture.store, edition + 1, &error);
    const gboolean has_failed = power_vfs_has_failed ();
    power_vfs_fail_after (-1);
    const guint found = store_test_read_edition (fixture.store);
    if (error == NULL) {
      g_assert_cmpuint (found, ==, edition + 1);
      edition++;
    } else {
      g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_FULL);
      g_assert_cmpuint (found, ==, edition);
      n_failed++;
    }
    if (!has_failed)
      break;
  }
  g_assert_cmpuint (n_failed, >, 3);
  store_fixture_tear_down (&fixture);
  power_vfs_stop ();
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/store/power/cut", test_power_cut);
  g_test_add_func ("/store/power/failing-writes", test_failing_writes);
  return g_test_run ();
}
