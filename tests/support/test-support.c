/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/lykta-test.h"

#include <unistd.h>

static void
test_dir (void)
{
  g_autofree char *path = NULL;
  g_autofree char *file = NULL;

  {
    g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
    path = g_strdup (lykta_test_dir_get_path (dir));
    file = lykta_test_dir_write (dir, "a/b/c.txt", "text", -1);
    g_assert_true (g_file_test (file, G_FILE_TEST_IS_REGULAR));
  }
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_ports (void)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  int fd = -1;
  guint16 port = lykta_test_refused_port (&fd);

  g_assert_cmpuint (lykta_test_free_port (), >, 0);
  g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  close (fd);
}

static void
test_programs (void)
{
  const char *true_argv[] = {"sh", "-c", "echo yes", NULL};
  const char *exit_argv[] = {"sh", "-c", "exit 4", NULL};
  const char *kill_argv[] = {"sh", "-c", "kill -9 $$", NULL};
  g_autofree char *output = NULL;

  g_assert_cmpint (lykta_test_run_program (true_argv, &output, NULL), ==, 0);
  g_assert_cmpstr (output, ==, "yes\n");
  g_assert_cmpint (lykta_test_run_program (exit_argv, NULL, NULL), ==, 4);
  g_assert_cmpint (lykta_test_run_program (kill_argv, NULL, NULL), ==, -1);
}

static void
test_nginx (void)
{
  if (!lykta_test_need_program ("nginx"))
    return;

  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  g_autofree char *file = lykta_test_dir_write (dir, "hello.ics", "BEGIN:VCALENDAR", -1);
  g_autoptr (LyktaTestServer) server =
      lykta_test_server_new_nginx (lykta_test_dir_get_path (dir), NULL);
  g_autofree char *url = lykta_test_server_url (server, "hello.ics");
  const char *argv[] = {"curl", "-sS", "--noproxy", "*", url, NULL};
  g_autofree char *body = NULL;

  if (!lykta_test_need_program ("curl"))
    return;
  g_assert_cmpint (lykta_test_run_program (argv, &body, NULL), ==, 0);
  g_assert_cmpstr (body, ==, "BEGIN:VCALENDAR");
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/support/dir", test_dir);
  g_test_add_func ("/support/ports", test_ports);
  g_test_add_func ("/support/programs", test_programs);
  g_test_add_func ("/support/nginx", test_nginx);
  return g_test_run ();
}
