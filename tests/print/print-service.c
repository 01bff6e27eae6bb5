/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/print-service.h"

#include <glib/gstdio.h>
#include <stdarg.h>
#include <unistd.h>

#define GENERIC_PDF "/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd"
#define SERVER_BIN  "/usr/lib/cups"

struct _PrintService {
  LyktaTestDir *dir;       /* (owned) */
  LyktaTestServer *server; /* (owned) (nullable) */
  char *socket;            /* (owned) */
  guint16 port;
};

static const char configuration[] = "LogLevel debug\n"
                                    "Listen %s\n"
                                    "Listen 127.0.0.1:%u\n"
                                    "Browsing No\n"
                                    "WebInterface No\n"
                                    "DefaultAuthType None\n"
                                    "<Location />\n"
                                    "  Order allow,deny\n"
                                    "  Allow all\n"
                                    "</Location>\n"
                                    "<Policy default>\n"
                                    "  <Limit All>\n"
                                    "    Order allow,deny\n"
                                    "    Allow all\n"
                                    "  </Limit>\n"
                                    "</Policy>\n";

static const char files[] = "User lp\n"
                            "Group lp\n"
                            "SystemGroup root\n"
                            "ServerRoot @DIR@/etc\n"
                            "ServerBin @DIR@/bin\n"
                            "DataDir /usr/share/cups\n"
                            "CacheDir @DIR@/cache\n"
                            "StateDir @DIR@/run\n"
                            "RequestRoot @DIR@/spool\n"
                            "TempDir @DIR@/tmp\n"
                            "ErrorLog @DIR@/error_log\n"
                            "AccessLog @DIR@/access_log\n"
                            "PageLog @DIR@/page_log\n";

static const char backend[] =
    "#!/bin/sh\n"
    "[ $# -eq 0 ] && { echo 'direct lyktatest \"Unknown\" \"Test\"'; exit 0; }\n"
    "trap 'exit 0' TERM\n"
    "if [ -e @DIR@/trouble ]; then\n"
    "  reason=$(cat @DIR@/trouble)\n"
    "  echo \"STATE: +$reason-error\" >&2\n"
    "  while [ -e @DIR@/trouble ]; do sleep 0.05; done\n"
    "  echo \"STATE: -$reason-error\" >&2\n"
    "fi\n"
    "cat \"${6:--}\" > @DIR@/job-$1.part && mv @DIR@/job-$1.part @DIR@/job-$1.pdf\n";

/* @pattern with the folder of the service for @DIR@. (transfer full): the path. */
static char *
write_file (PrintService *self, const char *name, const char *pattern)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "@DIR@", -1);
  g_autofree char *content = g_strjoinv (lykta_test_dir_get_path (self->dir), parts);

  return lykta_test_dir_write (self->dir, name, content, -1);
}

/* Filters and helpers of the system, our own backend beside them. */
static void
make_server_bin (PrintService *self)
{
  static const char *const parts[] = {"filter", "daemon",  "cgi-bin",
                                      "driver", "monitor", "notifier"};
  g_autofree char *script = write_file (self, "bin/backend/lyktatest", backend);

  g_assert_cmpint (g_chmod (script, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *target = g_build_filename (SERVER_BIN, parts[i], NULL);
    g_autofree char *name = g_build_filename ("bin", parts[i], NULL);
    g_autofree char *link = lykta_test_dir_child (self->dir, name);

    g_assert_cmpint (symlink (target, link), ==, 0);
  }
}

static void
make_folders (PrintService *self)
{
  static const char *const folders[] = {"etc/ppd", "cache", "run", "spool", "tmp", "bin/backend"};

  g_assert_cmpint (g_chmod (lykta_test_dir_get_path (self->dir), 0755), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *path = lykta_test_dir_child (self->dir, folders[i]);

    g_assert_cmpint (g_mkdir_with_parents (path, 0755), ==, 0);
  }
}

PrintService *
print_service_new (void)
{
  PrintService *self;
  g_autofree char *text = NULL;
  g_autofree char *config = NULL;
  g_autofree char *config_files = NULL;

  if (!lykta_test_need_program ("cupsd") || !lykta_test_need_program ("lpadmin") ||
      !lykta_test_need_path (GENERIC_PDF, "the generic PDF printer of cups-filters"))
    return NULL;
  if (geteuid () != 0) {
    g_test_skip ("cupsd must be started by root: NO PRINTING WAS TESTED");
    return NULL;
  }
  self = g_new0 (PrintService, 1);
  self->dir = lykta_test_dir_new ();
  self->socket = lykta_test_dir_child (self->dir, "cups.sock");
  self->port = lykta_test_free_port ();
  make_folders (self);
  make_server_bin (self);
  text = g_strdup_printf (configuration, self->socket, self->port);
  config = lykta_test_dir_write (self->dir, "etc/cupsd.conf", text, -1);
  config_files = write_file (self, "etc/cups-files.conf", files);
  self->server = lykta_test_server_new (
      (const char *const[]){"/usr/sbin/cupsd", "-f", "-c", config, "-s", config_files, NULL},
      self->port);
  return self;
}

void
print_service_free (PrintService *self)
{
  if (self == NULL)
    return;
  print_service_set_trouble (self, NULL);
  g_clear_pointer (&self->server, lykta_test_server_free);
  lykta_test_dir_free (self->dir);
  g_free (self->socket);
  g_free (self);
}

const char *
print_service_get_socket (PrintService *self)
{
  return self->socket;
}

guint16
print_service_get_port (PrintService *self)
{
  return self->port;
}

void
print_service_run (PrintService *self, const char *program, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  const char *argument;
  va_list arguments;
  int status;

  g_ptr_array_add (argv, (gpointer)program);
  g_ptr_array_add (argv, (gpointer) "-h");
  g_ptr_array_add (argv, self->socket);
  va_start (arguments, program);
  while ((argument = va_arg (arguments, const char *)) != NULL)
    g_ptr_array_add (argv, (gpointer)argument);
  va_end (arguments);
  g_ptr_array_add (argv, NULL);
  status = lykta_test_run_program ((const char *const *)argv->pdata, &output, &errors);
  if (status != 0)
    g_test_message ("%s: %s%s", program, output, errors);
  g_assert_cmpint (status, ==, 0);
}

void
print_service_add_queue (PrintService *self,
                         const char *name,
                         const char *description,
                         const char *location)
{
  print_service_run (self, "lpadmin", "-p", name, "-E", "-v", "lyktatest:/", "-P", GENERIC_PDF,
                     "-D", description != NULL ? description : "", "-L",
                     location != NULL ? location : "", NULL);
}

void
print_service_set_trouble (PrintService *self, const char *reason)
{
  g_autofree char *path = lykta_test_dir_child (self->dir, "trouble");
  g_autoptr (GError) error = NULL;

  if (reason == NULL) {
    g_remove (path);
    return;
  }
  g_file_set_contents (path, reason, -1, &error);
  g_assert_no_error (error);
}

char *
print_service_find_output (PrintService *self, int job_id)
{
  g_autofree char *name = g_strdup_printf ("job-%d.pdf", job_id);
  g_autofree char *path = lykta_test_dir_child (self->dir, name);

  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

void
print_service_stop (PrintService *self)
{
  g_clear_pointer (&self->server, lykta_test_server_free);
}
