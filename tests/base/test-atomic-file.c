/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lykta-atomic-file.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

#include "support/lykta-test.h"

#define NOON 1795608000 /* 2026-11-25T12:00:00Z */

static guint
count_entries (LyktaTestDir *folder)
{
  g_autoptr (GDir) dir = g_dir_open (lykta_test_dir_get_path (folder), 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
assert_content (const char *path, const char *expected)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

static void
test_write (void)
{
  g_autoptr (LyktaTestDir) folder = lykta_test_dir_new ();
  g_autofree char *path = lykta_test_dir_child (folder, "file");
  g_autoptr (GBytes) first = g_bytes_new_static ("first", 5);
  g_autoptr (GBytes) second = g_bytes_new_static ("second", 6);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_true (lykta_atomic_file_write (path, first, 0600, &error));
  g_assert_no_error (error);
  assert_content (path, "first");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (lykta_atomic_file_write (path, second, 0600, &error));
  assert_content (path, "second");
  g_assert_true (lykta_atomic_file_write (path, empty, 0600, &error));
  assert_content (path, "");
  g_assert_cmpuint (count_entries (folder), ==, 1);
}

static void
test_make_folder (void)
{
  g_autoptr (LyktaTestDir) folder = lykta_test_dir_new ();
  g_autofree char *deep = lykta_test_dir_child (folder, "a/b/c");
  g_autofree char *file = lykta_test_dir_write (folder, "file", "", 0);
  g_autofree char *inside = lykta_test_dir_child (folder, "file/b");
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  for (guint i = 0; i < 2; i++) {
    g_assert_true (lykta_atomic_file_make_folder (deep, 0700, &error));
    g_assert_no_error (error);
  }
  g_assert_cmpint (g_stat (deep, &info), ==, 0);
  g_assert_true (S_ISDIR (info.st_mode));
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_false (lykta_atomic_file_make_folder (file, 0700, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (lykta_atomic_file_make_folder (inside, 0700, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
}

static void
test_remove_unfinished (void)
{
  g_autoptr (LyktaTestDir) folder = lykta_test_dir_new ();
  g_autofree char *unfinished = lykta_test_dir_write (folder, "index.json.new-a1B2c3", "{", -1);
  g_autofree char *other = lykta_test_dir_write (folder, "calendar.jsonld", "{}", -1);
  g_autofree char *named = lykta_test_dir_write (folder, "index.new-year.json", "{}", -1);

  lykta_atomic_file_remove_unfinished (lykta_test_dir_get_path (folder));
  g_assert_false (g_file_test (unfinished, G_FILE_TEST_EXISTS));
  assert_content (other, "{}");
  assert_content (named, "{}");
}

static void
test_no_folder (void)
{
  g_autoptr (LyktaTestDir) folder = lykta_test_dir_new ();
  g_autofree char *path = lykta_test_dir_child (folder, "none/file");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (lykta_atomic_file_write (path, bytes, 0600, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_target_is_folder (void)
{
  g_autoptr (LyktaTestDir) folder = lykta_test_dir_new ();
  g_autofree char *inner = lykta_test_dir_write (folder, "target/inner", "x", -1);
  g_autofree char *path = lykta_test_dir_child (folder, "target");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (lykta_atomic_file_write (path, bytes, 0600, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  /* The temporary file has gone. */
  g_assert_cmpuint (count_entries (folder), ==, 1);
  assert_content (inner, "x");
}

/* A limit on file size behaves as a full disk does: writing stops in the middle. */
static void
test_full_disk (void)
{
  g_autoptr (LyktaTestDir) folder = lykta_test_dir_new ();
  g_autofree char *path = lykta_test_dir_write (folder, "file", "old", -1);
  g_autofree char *large = g_strnfill (100000, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new_static (large, 100000);
  g_autoptr (GError) error = NULL;
  struct rlimit before, limited;
  gboolean is_written;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limited = before;
  limited.rlim_cur = 4096;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limited), ==, 0);
  is_written = lykta_atomic_file_write (path, bytes, 0600, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_false (is_written);
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_IO_ERROR);
  assert_content (path, "old");
  g_assert_cmpuint (count_entries (folder), ==, 1);
}

/* A folder of the kernel's stands for a read-only disk,
 * also for root. */
static void
test_read_only (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (lykta_atomic_file_write ("/proc/self/lykta-test", bytes, 0600, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_IO_ERROR);
}

static void
test_set_aside (void)
{
  g_autoptr (LyktaTestDir) folder = lykta_test_dir_new ();
  g_autofree char *neighbour = lykta_test_dir_write (folder, "content.db-wal", "n", -1);
  g_autofree char *expected = lykta_test_dir_child (folder, "content.db.damaged-20261125T120000Z");
  g_autofree char *newest = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 5; i++) {
    g_autofree char *path = lykta_test_dir_write (folder, "content.db", "damaged", -1);

    g_free (g_steal_pointer (&newest));
    g_assert_true (lykta_atomic_file_set_aside (path, NOON + i / 2 * 60, 2, &newest, &error));
    g_assert_no_error (error);
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    assert_content (newest, "damaged");
    if (i == 0)
      g_assert_cmpstr (newest, ==, expected);
    g_assert_cmpuint (count_entries (folder), ==, MIN (i + 1, 2) + 1);
  }
  assert_content (newest, "damaged");
  g_assert_false (g_file_test (expected, G_FILE_TEST_EXISTS));
  assert_content (neighbour, "n");
}

static void
test_set_aside_nothing (void)
{
  g_autoptr (LyktaTestDir) folder = lykta_test_dir_new ();
  g_autofree char *path = lykta_test_dir_child (folder, "none.db");
  g_autofree char *new_path = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (lykta_atomic_file_set_aside (path, NOON, 3, &new_path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (new_path);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/base/atomic-file/write", test_write);
  g_test_add_func ("/base/atomic-file/make-folder", test_make_folder);
  g_test_add_func ("/base/atomic-file/remove-unfinished", test_remove_unfinished);
  g_test_add_func ("/base/atomic-file/no-folder", test_no_folder);
  g_test_add_func ("/base/atomic-file/target-is-folder", test_target_is_folder);
  g_test_add_func ("/base/atomic-file/full-disk", test_full_disk);
  g_test_add_func ("/base/atomic-file/read-only", test_read_only);
  g_test_add_func ("/base/atomic-file/set-aside", test_set_aside);
  g_test_add_func ("/base/atomic-file/set-aside-nothing", test_set_aside_nothing);
  return g_test_run ();
}
