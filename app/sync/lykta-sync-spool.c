/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-sync-spool-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The writing end. */
struct _LyktaSyncSpool {
  GOutputStream parent_instance;

  int fd;              /* (owned) */
  GChecksum *checksum; /* (owned) */
};

G_DEFINE_FINAL_TYPE (LyktaSyncSpool, lykta_sync_spool, G_TYPE_OUTPUT_STREAM)

/* A reading end: its own place in the shared file, between two bounds. */
#define LYKTA_TYPE_SPOOL_PART (lykta_spool_part_get_type ())
G_DECLARE_FINAL_TYPE (LyktaSpoolPart, lykta_spool_part, LYKTA, SPOOL_PART, GInputStream)

struct _LyktaSpoolPart {
  GInputStream parent_instance;

  LyktaSyncSpool *spool; /* (owned) */
  goffset start;
  goffset end;
  goffset position; /* from start */
};

static void lykta_spool_part_seekable_init (GSeekableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaSpoolPart,
                               lykta_spool_part,
                               G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SEEKABLE,
                                                      lykta_spool_part_seekable_init))

static void
set_errno_error (GError **error, const char *what, int saved_errno)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno), "%s: %s", what,
               g_strerror (saved_errno));
}

static gssize
lykta_sync_spool_write (GOutputStream *stream,
                        const void *buffer,
                        gsize count,
                        GCancellable *cancellable,
                        GError **error)
{
  LyktaSyncSpool *self = LYKTA_SYNC_SPOOL (stream);
  ssize_t n;

  do
    n = write (self->fd, buffer, count);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    set_errno_error (error, "a download cannot be written", errno);
  else
    g_checksum_update (self->checksum, buffer, n);
  return n;
}

static void
lykta_sync_spool_finalize (GObject *object)
{
  LyktaSyncSpool *self = LYKTA_SYNC_SPOOL (object);

  if (self->fd >= 0)
    close (self->fd);
  g_checksum_free (self->checksum);
  G_OBJECT_CLASS (lykta_sync_spool_parent_class)->finalize (object);
}

static void
lykta_sync_spool_class_init (LyktaSyncSpoolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lykta_sync_spool_finalize;
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = lykta_sync_spool_write;
}

static void
lykta_sync_spool_init (LyktaSyncSpool *self)
{
  self->fd = -1;
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
}

#define NAME_PREFIX "download-"

/* What a process that died between two calls has left. One that is alive has its file open, and
 * misses the name no more than it would in a moment. */
static void
remove_stale (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_str_has_prefix (name, NAME_PREFIX))
      g_unlink (path);
  }
}

/* Not every file system can make files without a name: then the name is taken away at once. */
static int
open_nameless (const char *folder)
{
  int fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  g_autofree char *path = NULL;

  if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
    return fd;
  remove_stale (folder);
  path = g_build_filename (folder, NAME_PREFIX "XXXXXX", NULL);
  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    g_unlink (path);
  return fd;
}

LyktaSyncSpool *
lykta_sync_spool_new (const char *folder, GError **error)
{
  LyktaSyncSpool *self;
  int fd;

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  fd = open_nameless (folder);
  if (fd < 0) {
    set_errno_error (error, "no place for a download", errno);
    return NULL;
  }
  self = g_object_new (LYKTA_TYPE_SYNC_SPOOL, NULL);
  self->fd = fd;
  return self;
}

char *
lykta_sync_spool_finish (LyktaSyncSpool *self)
{
  g_return_val_if_fail (LYKTA_IS_SYNC_SPOOL (self), NULL);

  return g_strdup (g_checksum_get_string (self->checksum));
}

static gssize
lykta_spool_part_read (
    GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  LyktaSpoolPart *self = LYKTA_SPOOL_PART (stream);
  goffset left = self->end - self->start - self->position;
  ssize_t n;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  if (left <= 0)
    return 0;
  do
    n = pread (self->spool->fd, buffer, MIN (count, (gsize)left), self->start + self->position);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    set_errno_error (error, "a download cannot be read back", errno);
  else
    self->position += n;
  return n;
}

static goffset
lykta_spool_part_tell (GSeekable *seekable)
{
  return LYKTA_SPOOL_PART (seekable)->position;
}

static gboolean
lykta_spool_part_can_seek (GSeekable *seekable)
{
  return TRUE;
}

static gboolean
lykta_spool_part_seek (
    GSeekable *seekable, goffset offset, GSeekType type, GCancellable *cancellable, GError **error)
{
  LyktaSpoolPart *self = LYKTA_SPOOL_PART (seekable);
  goffset size = self->end - self->start;
  goffset base = type == G_SEEK_SET ? 0 : type == G_SEEK_CUR ? self->position : size;

  if (offset < -base || offset > size - base) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "no such place in a download: %" G_GOFFSET_FORMAT, offset);
    return FALSE;
  }
  self->position = base + offset;
  return TRUE;
}

static gboolean
lykta_spool_part_can_truncate (GSeekable *seekable)
{
  return FALSE;
}

static gboolean
lykta_spool_part_truncate (GSeekable *seekable,
                           goffset offset,
                           GCancellable *cancellable,
                           GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "a download is only read from");
  return FALSE;
}

static void
lykta_spool_part_seekable_init (GSeekableIface *iface)
{
  iface->tell = lykta_spool_part_tell;
  iface->can_seek = lykta_spool_part_can_seek;
  iface->seek = lykta_spool_part_seek;
  iface->can_truncate = lykta_spool_part_can_truncate;
  iface->truncate_fn = lykta_spool_part_truncate;
}

static void
lykta_spool_part_dispose (GObject *object)
{
  LyktaSpoolPart *self = LYKTA_SPOOL_PART (object);

  G_OBJECT_CLASS (lykta_spool_part_parent_class)->dispose (object);
  g_clear_object (&self->spool);
}

static void
lykta_spool_part_class_init (LyktaSpoolPartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lykta_spool_part_dispose;
  G_INPUT_STREAM_CLASS (klass)->read_fn = lykta_spool_part_read;
}

static void
lykta_spool_part_init (LyktaSpoolPart *self)
{
}

GInputStream *
lykta_sync_spool_open_part (LyktaSyncSpool *self, guint64 start, guint64 end)
{
  LyktaSpoolPart *part;

  g_return_val_if_fail (LYKTA_IS_SYNC_SPOOL (self), NULL);
  g_return_val_if_fail (start <= end, NULL);

  part = g_object_new (LYKTA_TYPE_SPOOL_PART, NULL);
  part->spool = g_object_ref (self);
  part->start = (goffset)start;
  part->end = (goffset)end;
  return G_INPUT_STREAM (part);
}
