/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-base"

#include "base/lykta-atomic-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/lykta-civil-time.h"

#define DAMAGED_MARK    ".damaged-"
#define UNFINISHED_MARK ".new-"
#define RANDOM_LETTERS  "XXXXXX"

static gboolean
fail (GError **error, int number, const char *what, const char *path)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "Cannot %s %s: %s", what, path,
               g_strerror (number));
  return FALSE;
}

static gboolean
write_all (int fd, const guint8 *data, gsize size)
{
  while (size > 0) {
    gssize written = write (fd, data, size);

    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return FALSE;
    data += written;
    size -= (gsize)written;
  }
  return TRUE;
}

/* fsync and close may both be where a full disk is first heard of. */
static gboolean
write_and_close (int fd, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gboolean is_written = write_all (fd, data, size) && fsync (fd) == 0;
  int saved = errno;

  if (close (fd) != 0 && is_written)
    return FALSE;
  errno = saved;
  return is_written;
}

/* A rename is on disk only when the folder is. Some file systems cannot do this to a folder; then
 * there is nothing more to be done. */
static gboolean
sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int saved = 0;

  if (fd < 0)
    return fail (error, errno, "open the folder", folder);
  if (fsync (fd) != 0 && errno != EINVAL && errno != ENOTSUP && errno != EBADF)
    saved = errno;
  close (fd);
  return saved == 0 || fail (error, saved, "sync the folder", folder);
}

gboolean
lykta_atomic_file_write (const char *path, GBytes *bytes, int mode, GError **error)
{
  g_autofree char *temporary = NULL;
  int fd;
  int saved;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  temporary = g_strconcat (path, UNFINISHED_MARK RANDOM_LETTERS, NULL);
  fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, mode);
  if (fd < 0)
    return fail (error, errno, "make a file beside", path);
  if (write_and_close (fd, bytes) && g_rename (temporary, path) == 0)
    return sync_folder (path, error);
  saved = errno;
  g_unlink (temporary);
  return fail (error, saved, "write", path);
}

static gboolean
is_unfinished (const char *name)
{
  const char *mark = g_strrstr (name, UNFINISHED_MARK);

  return mark != NULL && strlen (mark) == strlen (UNFINISHED_MARK RANDOM_LETTERS);
}

void
lykta_atomic_file_remove_unfinished (const char *folder)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_if_fail (folder != NULL);

  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (is_unfinished (name))
      g_unlink (path);
  }
}

gboolean
lykta_atomic_file_make_folder (const char *path, int mode, GError **error)
{
  g_autofree char *parent = NULL;
  int saved;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  parent = g_path_get_dirname (path);
  if (g_mkdir (path, mode) == 0) {
    /* A folder above that may not be read cannot be synced, and is no reason to stop. */
    sync_folder (path, NULL);
    return TRUE;
  }
  saved = errno;
  /* A read-only disk refuses before it looks whether the folder is there. */
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (saved == ENOENT && !g_str_equal (parent, path))
    return lykta_atomic_file_make_folder (parent, mode, error) &&
           lykta_atomic_file_make_folder (path, mode, error);
  return fail (error, saved, "make the folder", path);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Removes all but the newest @keep files set aside from @path. Their names end in their time, so
 * that the order of names is the order of time. What cannot be removed stays. */
static void
remove_older (const char *path, guint keep)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *prefix = g_strconcat (base, DAMAGED_MARK, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL)
    return;
  while ((name = g_dir_read_name (dir)) != NULL) {
    if (g_str_has_prefix (name, prefix))
      g_ptr_array_add (names, g_strdup (name));
  }
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i + keep < names->len; i++) {
    g_autofree char *old = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

    g_unlink (old);
  }
}

/* "NAME.damaged-20261124T120000Z", with a number behind it when there is one already. */
static char *
free_name (const char *path, gint64 now)
{
  g_autofree char *time = lykta_moment_to_rfc3339_utc (now);
  g_autofree char *name = NULL;
  gsize n = 0;

  for (const char *p = time; *p != '\0'; p++) {
    if (*p != '-' && *p != ':')
      time[n++] = *p;
  }
  time[n] = '\0';
  name = g_strconcat (path, DAMAGED_MARK, time, NULL);
  for (guint i = 2; g_file_test (name, G_FILE_TEST_EXISTS) && i < 1000; i++) {
    g_free (name);
    name = g_strdup_printf ("%s" DAMAGED_MARK "%s-%03u", path, time, i);
  }
  return g_steal_pointer (&name);
}

gboolean
lykta_atomic_file_set_aside (
    const char *path, gint64 now, guint keep, char **new_path, GError **error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (new_path != NULL)
    *new_path = NULL;
  name = free_name (path, now);
  if (g_rename (path, name) != 0)
    return fail (error, errno, "set aside", path);
  remove_older (path, keep);
  if (!sync_folder (path, error))
    return FALSE;
  if (new_path != NULL)
    *new_path = g_steal_pointer (&name);
  return TRUE;
}
