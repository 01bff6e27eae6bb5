/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lykta-launch.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define RENDER_NODES "/dev/dri"
/* What the kernel adds to the name of a program that is no longer there. */
#define REMOVED " (deleted)"

static gboolean
has_session_bus (void)
{
  const char *address = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  const char *runtime_dir = g_getenv ("XDG_RUNTIME_DIR");
  g_autofree char *socket = NULL;

  if (address != NULL)
    return !g_str_has_prefix (address, "disabled:");
  if (runtime_dir == NULL)
    return FALSE;
  socket = g_build_filename (runtime_dir, "bus", NULL);
  return g_file_test (socket, G_FILE_TEST_EXISTS);
}

static gboolean
has_graphics_card (void)
{
  g_autoptr (GDir) nodes = g_dir_open (RENDER_NODES, 0, NULL);
  const char *name;

  while (nodes != NULL && (name = g_dir_read_name (nodes)) != NULL)
    if (g_str_has_prefix (name, "renderD"))
      return TRUE;
  return FALSE;
}

void
lykta_launch_prepare (void)
{
  /* A limit on the size of files is told by the write that fails, as a full disk is. */
  signal (SIGXFSZ, SIG_IGN);
  if (!has_session_bus ()) {
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", FALSE);
    g_setenv ("GTK_A11Y", "none", FALSE);
  }
  if (!has_graphics_card () && g_getenv ("GSK_RENDERER") == NULL) {
    g_setenv ("GSK_RENDERER", "cairo", FALSE);
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  }
}

gboolean
lykta_launch_replace (char **argv)
{
  g_autofree char *path = g_file_read_link ("/proc/self/exe", NULL);

  g_return_val_if_fail (argv != NULL && argv[0] != NULL, FALSE);

  /* The newer program, when this one has been replaced on the disk meanwhile. */
  if (path != NULL && g_str_has_suffix (path, REMOVED))
    path[strlen (path) - strlen (REMOVED)] = '\0';
  if (path != NULL)
    execv (path, argv);
  execv ("/proc/self/exe", argv);
  return FALSE;
}
