/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include <utime.h>

#include "base/lykta-atomic-file.h"
#include "feed/lykta-gzip.h"
#include "sync/lykta-publish-private.h"

#define LOCK_NAME   ".lykta-lock"
#define FOLDER_MODE 0755
#define FILE_MODE   0644
#define LOCK_MODE   0600
/* A reader with yesterday's index, and a mirror that is brought up to date once a day. */
#define GRACE_SECONDS (2 * 86400)

static char *
path_of (LyktaPublishing *self, const char *name)
{
  return g_build_filename (self->options->folder, name, NULL);
}

GBytes *
lykta_publishing_read (LyktaPublishing *self, const char *name)
{
  g_autofree char *path = path_of (self, name);
  char *text;
  gsize n;

  return g_file_get_contents (path, &text, &n, NULL) ? g_bytes_new_take (text, n) : NULL;
}

GBytes *
lykta_publishing_read_part (LyktaPublishing *self, const LyktaFeedPart *part, const char *suffix)
{
  g_autofree char *name = lykta_feed_part_get_path (part, suffix);
  g_autoptr (GBytes) file = lykta_publishing_read (self, name);

  return file != NULL && lykta_feed_part_is (part, file) ? g_steal_pointer (&file) : NULL;
}

gboolean
lykta_publishing_write (LyktaPublishing *self, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *path = path_of (self, name);

  return lykta_atomic_file_write (path, bytes, FILE_MODE, error);
}

gboolean
lykta_publishing_write_part (LyktaPublishing *self,
                             GBytes *file,
                             guint64 raw,
                             const char *suffix,
                             LyktaFeedPart *part,
                             GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) present = NULL;

  lykta_feed_part_set (part, file, raw);
  present = lykta_publishing_read_part (self, part, suffix);
  if (present != NULL)
    return TRUE;
  name = lykta_feed_part_get_path (part, suffix);
  return lykta_publishing_write (self, name, file, error);
}

gboolean
lykta_publishing_write_plain (LyktaPublishing *self,
                              GBytes *plain,
                              LyktaFeedPart *part,
                              GError **error)
{
  g_autoptr (GBytes) file = lykta_gzip_encode (plain, error);

  return file != NULL && lykta_publishing_write_part (self, file, g_bytes_get_size (plain),
                                                      LYKTA_FEED_PART_GZIP, part, error);
}

static const char *const folder_names[] = {"parts", "packs"};

/* What a publisher that was killed has left: the lock says that nobody else is at work. */
static void
remove_unfinished (LyktaPublishing *self)
{
  lykta_atomic_file_remove_unfinished (self->options->folder);
  for (gsize i = 0; i < G_N_ELEMENTS (folder_names); i++) {
    g_autofree char *path = path_of (self, folder_names[i]);

    lykta_atomic_file_remove_unfinished (path);
  }
}

gboolean
lykta_publishing_open_folder (LyktaPublishing *self, GError **error)
{
  g_autofree char *lock = path_of (self, LOCK_NAME);

  for (gsize i = 0; i < G_N_ELEMENTS (folder_names); i++) {
    g_autofree char *path = path_of (self, folder_names[i]);

    if (!lykta_atomic_file_make_folder (path, FOLDER_MODE, error))
      return FALSE;
  }
  self->lock = open (lock, O_CREAT | O_RDWR | O_CLOEXEC, LOCK_MODE);
  if (self->lock >= 0 && flock (self->lock, LOCK_EX | LOCK_NB) == 0) {
    remove_unfinished (self);
    return TRUE;
  }
  g_set_error (error, G_IO_ERROR,
               errno == EWOULDBLOCK ? G_IO_ERROR_BUSY : g_io_error_from_errno (errno),
               "%s cannot be had for oneself: %s", self->options->folder, g_strerror (errno));
  return FALSE;
}

void
lykta_publishing_clean_up (LyktaPublishing *self)
{
  g_autofree char *folder = path_of (self, "parts");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *hash = g_strndup (name, strcspn (name, "."));
    struct utimbuf now = {self->options->now, self->options->now};
    GStatBuf info;

    if (g_hash_table_contains (self->named, hash) || g_stat (path, &info) != 0)
      continue;
    if (g_hash_table_contains (self->dropped, hash))
      g_utime (path, &now);
    else if (info.st_mtime < self->options->now - GRACE_SECONDS)
      g_unlink (path);
  }
}
