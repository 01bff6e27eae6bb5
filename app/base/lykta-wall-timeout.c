/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-base"

#include "base/lykta-wall-timeout.h"

#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* Where the kernel has no such timer, one looks at the clock so often. */
#define LOOK_SECONDS (15 * 60)

typedef struct {
  GSource parent;
  int fd;       /* (owned); -1: a timeout of GLib stands in */
  gpointer tag; /* of the descriptor */
} WallTimeout;

static gboolean
wall_timeout_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  if (callback != NULL)
    callback (user_data);
  return G_SOURCE_REMOVE;
}

static void
wall_timeout_finalize (GSource *source)
{
  WallTimeout *self = (WallTimeout *)source;

  if (self->fd >= 0)
    close (self->fd);
}

static GSourceFuncs wall_timeout_funcs = {
    .dispatch = wall_timeout_dispatch,
    .finalize = wall_timeout_finalize,
};

/* An absolute moment of the wall clock; setting the clock makes it readable too. */
static gboolean
arm (int fd, gint64 seconds)
{
  struct itimerspec when = {0};

  if (clock_gettime (CLOCK_REALTIME, &when.it_value) != 0)
    return FALSE;
  when.it_value.tv_sec += (time_t)seconds;
  return timerfd_settime (fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, NULL) == 0;
}

GSource *
lykta_wall_timeout_source_new (gint64 seconds)
{
  int fd = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  GSource *source;
  WallTimeout *self;

  seconds = CLAMP (seconds, 0, G_MAXINT);
  if (fd < 0 || !arm (fd, seconds)) {
    if (fd >= 0)
      close (fd);
    return g_timeout_source_new_seconds ((guint)MIN (seconds, LOOK_SECONDS));
  }
  source = g_source_new (&wall_timeout_funcs, sizeof (WallTimeout));
  g_source_set_static_name (source, "lykta-wall-timeout");
  self = (WallTimeout *)source;
  self->fd = fd;
  self->tag = g_source_add_unix_fd (source, fd, G_IO_IN | G_IO_ERR);
  return source;
}
