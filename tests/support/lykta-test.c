/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/lykta-test.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>

struct _LyktaTestDir {
  char *path; /* (owned) */
};

/* (owned) of the whole process: removed at its end. */
static LyktaTestDir *home;

static void
on_exit_remove_home (void)
{
  g_clear_pointer (&home, lykta_test_dir_free);
}

/* Settings, data and caches of the person who runs the tests stay untouched; the data folders of
 * the system stay visible, because GIO and GTK look for schemas and icons there. */
static void
move_home (void)
{
  static const char *const variables[] = {"HOME",           "XDG_CONFIG_HOME", "XDG_DATA_HOME",
                                          "XDG_CACHE_HOME", "XDG_STATE_HOME",  "XDG_RUNTIME_DIR"};

  home = lykta_test_dir_new ();
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++) {
    g_autofree char *path = lykta_test_dir_child (home, variables[i]);

    g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
    g_setenv (variables[i], path, TRUE);
  }
  atexit (on_exit_remove_home);
}

void
lykta_test_init (int *argc, char ***argv)
{
  setlocale (LC_ALL, "");
  move_home ();
  g_test_init (argc, argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL);
}

gboolean
lykta_test_need_program (const char *program)
{
  g_autofree char *found = g_find_program_in_path (program);
  g_autofree char *system = g_build_filename ("/usr/sbin", program, NULL);

  if (found != NULL || g_file_test (system, G_FILE_TEST_IS_EXECUTABLE))
    return TRUE;
  g_autofree char *reason = g_strdup_printf ("no such command: %s", program);
  g_test_skip (reason);
  return FALSE;
}

gboolean
lykta_test_need_path (const char *path, const char *what)
{
  if (path != NULL && g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_autofree char *reason =
      g_strdup_printf ("%s is not on this machine (%s)", what, path != NULL ? path : "not named");
  g_test_skip (reason);
  return FALSE;
}

gboolean
lykta_test_is_long (void)
{
  return g_strcmp0 (g_getenv ("LYKTA_TEST_LONG"), "1") == 0;
}

char *
lykta_test_source_path (const char *relative)
{
  const char *root = g_getenv ("LYKTA_SOURCE_ROOT");

  g_assert_nonnull (root);
  return g_build_filename (root, relative, NULL);
}

char *
lykta_test_data_path (const char *relative)
{
  const char *root = g_getenv ("LYKTA_TEST_DATA");

  if (root == NULL)
    root = "../shared/data";
  if (g_path_is_absolute (root))
    return g_build_filename (root, relative, NULL);
  return g_build_filename (g_getenv ("LYKTA_SOURCE_ROOT"), root, relative, NULL);
}

GBytes *
lykta_test_source_bytes (const char *relative)
{
  g_autofree char *path = lykta_test_source_path (relative);
  g_autoptr (GError) error = NULL;
  char *content = NULL;
  gsize length = 0;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (content, length);
}

LyktaTestDir *
lykta_test_dir_new (void)
{
  g_autoptr (GError) error = NULL;
  LyktaTestDir *self = g_new0 (LyktaTestDir, 1);

  self->path = g_dir_make_tmp ("lykta-test-XXXXXX", &error);
  g_assert_no_error (error);
  return self;
}

/* Restores write permission first: tests of read-only folders leave them so. */
static void
remove_tree (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK)) {
    g_autoptr (GDir) dir = NULL;
    const char *name;

    g_chmod (path, 0700);
    dir = g_dir_open (path, 0, NULL);
    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  }
  g_remove (path);
}

void
lykta_test_dir_free (LyktaTestDir *self)
{
  remove_tree (self->path);
  g_free (self->path);
  g_free (self);
}

const char *
lykta_test_dir_get_path (LyktaTestDir *self)
{
  return self->path;
}

char *
lykta_test_dir_child (LyktaTestDir *self, const char *name)
{
  return g_build_filename (self->path, name, NULL);
}

char *
lykta_test_dir_write (LyktaTestDir *self, const char *name, const char *content, gssize length)
{
  g_autofree char *path = lykta_test_dir_child (self, name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, content, length, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

/* Wakes the loop: what is waited for may happen on another thread, which wakes nobody. */
static gboolean
on_run_until_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
lykta_test_run_until (LyktaTestFunc is_done, gpointer user_data, guint seconds)
{
  gint64 latest = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  guint tick_id = g_timeout_add (10, on_run_until_tick, NULL);

  while (!is_done (user_data)) {
    g_assert_cmpint (g_get_monotonic_time (), <=, latest);
    g_main_context_iteration (NULL, TRUE);
  }
  g_source_remove (tick_id);
}

void
lykta_test_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE)) {
  }
}

int
lykta_test_run_program (const char *const *argv, char **standard_output, char **standard_error)
{
  g_autoptr (GError) error = NULL;
  int wait_status = 0;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, standard_output,
                standard_error, &wait_status, &error);
  g_assert_no_error (error);
  if (g_spawn_check_wait_status (wait_status, &error))
    return 0;
  return g_error_matches (error, G_SPAWN_ERROR, G_SPAWN_ERROR_FAILED) ? -1 : error->code;
}
