/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/lykta-test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define START_SECONDS 10

struct _LyktaTestServer {
  GPid pid;
  guint16 port;
  LyktaTestDir *dir; /* (owned) (nullable): its configuration */
};

static int
open_socket (guint16 wanted_port, guint16 *port)
{
  struct sockaddr_in address = {0};
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  address.sin_port = htons (wanted_port);
  g_assert_cmpint (bind (fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *)&address, &length), ==, 0);
  *port = ntohs (address.sin_port);
  return fd;
}

guint16
lykta_test_free_port (void)
{
  guint16 port = 0;

  close (open_socket (0, &port));
  return port;
}

guint16
lykta_test_refused_port (int *fd)
{
  guint16 port = 0;

  *fd = open_socket (0, &port);
  return port;
}

static gboolean
is_accepting (guint16 port)
{
  struct sockaddr_in address = {0};
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  gboolean is_open;

  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  address.sin_port = htons (port);
  is_open = connect (fd, (struct sockaddr *)&address, sizeof address) == 0;
  close (fd);
  return is_open;
}

/* Between fork and exec: the server must not outlive a test that crashed. */
static void
on_child_setup (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

LyktaTestServer *
lykta_test_server_new (const char *const *argv, guint16 port)
{
  LyktaTestServer *self = g_new0 (LyktaTestServer, 1);
  g_autoptr (GError) error = NULL;
  gint64 deadline = g_get_monotonic_time () + START_SECONDS * G_TIME_SPAN_SECOND;

  self->port = port;
  g_spawn_async (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD,
                 on_child_setup, NULL, &self->pid, &error);
  g_assert_no_error (error);
  while (!is_accepting (port)) {
    g_assert_cmpint (waitpid (self->pid, NULL, WNOHANG), ==, 0);
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (5 * 1000);
  }
  return self;
}

LyktaTestServer *
lykta_test_server_new_nginx (const char *root, const char *server_config)
{
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  const char *own = lykta_test_dir_get_path (dir);
  guint16 port = lykta_test_free_port ();
  g_autofree char *config = g_strdup_printf (
      "daemon off; master_process off; pid %s/nginx.pid; error_log %s/error.log;\n"
      "events { worker_connections 256; }\n"
      "http { access_log off; types { text/calendar ics; application/json json; text/html html; }\n"
      "  default_type application/octet-stream;\n"
      "  client_body_temp_path %s/body; proxy_temp_path %s/proxy; fastcgi_temp_path %s/fastcgi;\n"
      "  uwsgi_temp_path %s/uwsgi; scgi_temp_path %s/scgi;\n"
      "  server { listen 127.0.0.1:%u; root %s;\n%s\n  } }\n",
      own, own, own, own, own, own, own, port, root, server_config != NULL ? server_config : "");
  g_autofree char *config_path = lykta_test_dir_write (dir, "nginx.conf", config, -1);
  g_autofree char *log_path = lykta_test_dir_child (dir, "error.log");
  g_autofree char *program = g_find_program_in_path ("nginx");
  const char *argv[] = {
      program != NULL ? program : "/usr/sbin/nginx", "-e", log_path, "-c", config_path, NULL};
  LyktaTestServer *self = lykta_test_server_new (argv, port);

  self->dir = g_steal_pointer (&dir);
  return self;
}

void
lykta_test_server_free (LyktaTestServer *self)
{
  kill (self->pid, SIGTERM);
  while (waitpid (self->pid, NULL, 0) < 0 && errno == EINTR) {
  }
  g_spawn_close_pid (self->pid);
  g_clear_pointer (&self->dir, lykta_test_dir_free);
  g_free (self);
}

guint16
lykta_test_server_get_port (LyktaTestServer *self)
{
  return self->port;
}

char *
lykta_test_server_url (LyktaTestServer *self, const char *name)
{
  return g_strdup_printf ("http://127.0.0.1:%u/%s", self->port, name);
}
