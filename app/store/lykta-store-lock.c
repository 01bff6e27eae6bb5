/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-store-lock-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

static int
lock_file (int fd, int operation)
{
  int result;

  do
    result = flock (fd, operation);
  while (result != 0 && errno == EINTR);
  return result;
}

void
lykta_store_lock_take (LyktaStoreLock *self, const char *database_path)
{
  g_autofree char *path = g_strconcat (database_path, ".lock", NULL);

  self->is_alone = FALSE;
  self->fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd < 0)
    return;
  if (lock_file (self->fd, LOCK_EX | LOCK_NB) == 0)
    self->is_alone = TRUE;
  else
    lock_file (self->fd, LOCK_SH);
}

void
lykta_store_lock_share (LyktaStoreLock *self)
{
  if (self->fd >= 0 && self->is_alone)
    lock_file (self->fd, LOCK_SH);
  self->is_alone = FALSE;
}

void
lykta_store_lock_release (LyktaStoreLock *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  self->is_alone = FALSE;
}
