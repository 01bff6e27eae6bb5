/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/lykta-test.h"
#include "sync/lykta-sync-spool-private.h"

static void
test_write_and_read (void)
{
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  g_autoptr (GError) error = NULL;
  LyktaSyncSpool *spool = lykta_sync_spool_new (lykta_test_dir_get_path (dir), &error);
  GInputStream *part;
  g_autofree char *hash = NULL;
  char text[16] = {0};
  gsize n = 0;

  g_assert_no_error (error);
  g_assert_true (
      g_output_stream_write_all (G_OUTPUT_STREAM (spool), "onetwo", 6, NULL, NULL, &error));
  hash = lykta_sync_spool_finish (spool);
  g_assert_cmpstr (hash, ==, "25b6746d5172ed6352966a013d93ac846e1110d5a25e8f183b5931f4688842a1");
  part = lykta_sync_spool_open_part (spool, 3, 6);
  for (guint i = 0; i < 2; i++) {
    memset (text, 0, sizeof (text));
    g_assert_true (g_input_stream_read_all (part, text, sizeof (text), &n, NULL, &error));
    g_assert_cmpuint (n, ==, 3);
    g_assert_cmpstr (text, ==, "two");
    g_assert_true (g_seekable_seek (G_SEEKABLE (part), 0, G_SEEK_SET, NULL, &error));
  }
  g_assert_false (g_seekable_seek (G_SEEKABLE (part), 4, G_SEEK_SET, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_finalize_object (part);
  g_assert_finalize_object (spool);
}

/* Whatever happens to us, nothing is left in the folder. */
static void
test_nameless (void)
{
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  g_autoptr (LyktaSyncSpool) spool = lykta_sync_spool_new (lykta_test_dir_get_path (dir), NULL);
  g_autoptr (GDir) folder = g_dir_open (lykta_test_dir_get_path (dir), 0, NULL);

  g_assert_nonnull (spool);
  g_assert_null (g_dir_read_name (folder));
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lykta_sync_spool_new ("/nonexistent/lykta", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/sync/spool/write-and-read", test_write_and_read);
  g_test_add_func ("/sync/spool/nameless", test_nameless);
  g_test_add_func ("/sync/spool/no-folder", test_no_folder);
  return g_test_run ();
}
