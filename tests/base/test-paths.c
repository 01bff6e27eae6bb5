/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lykta-paths.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

static void
test_made (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *root = g_dir_make_tmp ("lykta-paths-XXXXXX", &error);
  g_autofree char *wanted = g_build_filename (root, "a", "b", NULL);
  LyktaPaths *paths = NULL;
  GStatBuf info;

  g_assert_no_error (error);
  paths = lykta_paths_new (wanted, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lykta_paths_get_data_dir (paths), ==, wanted);
  g_assert_true (g_str_has_suffix (lykta_paths_get_content_db (paths), "/a/b/content.db"));
  g_assert_true (g_str_has_suffix (lykta_paths_get_device_db (paths), "/a/b/device.db"));
  g_assert_true (g_str_has_suffix (lykta_paths_get_register_db (paths), "/a/b/register.db"));
  g_assert_true (lykta_paths_is_writable (paths));
  g_assert_cmpint (g_stat (wanted, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_true (g_file_test (lykta_paths_get_spool_dir (paths), G_FILE_TEST_IS_DIR));
  g_rmdir (lykta_paths_get_spool_dir (paths));
  g_assert_finalize_object (paths);

  g_rmdir (wanted);
  g_free (wanted);
  wanted = g_build_filename (root, "a", NULL);
  g_rmdir (wanted);
  g_rmdir (root);
}

static void
test_file_in_the_way (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *root = g_dir_make_tmp ("lykta-paths-XXXXXX", &error);
  g_autofree char *file = g_build_filename (root, "file", NULL);
  g_autofree char *wanted = g_build_filename (file, "below", NULL);

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (file, "x", 1, &error));
  g_assert_null (lykta_paths_new (wanted, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
  g_clear_error (&error);
  g_assert_null (lykta_paths_new (file, &error));
  g_assert_nonnull (error);
  g_unlink (file);
  g_rmdir (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/paths/made", test_made);
  g_test_add_func ("/base/paths/file-in-the-way", test_file_in_the_way);
  return g_test_run ();
}
