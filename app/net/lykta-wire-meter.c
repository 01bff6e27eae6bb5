/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-net"

#include "net/lykta-wire-meter-private.h"

#include <fcntl.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/* Headers of one segment: IPv4 20 or IPv6 40, TCP 20, timestamps 12. */
#define SEGMENT_OVERHEAD_IPV4 52
#define SEGMENT_OVERHEAD_IPV6 72

typedef struct {
  GSocketConnection *connection; /* (owned) */
  int fd; /* (owned) a duplicate: it can be asked after libsoup has closed its own */
  guint overhead;
  guint64 told_sent; /* what was counted before */
  guint64 told_received;
} Watched;

struct _LyktaWireMeter {
  GArray *watched; /* (owned) (element-type Watched) */
};

static void
watched_clear (gpointer data)
{
  Watched *self = data;

  close (self->fd);
  g_object_unref (self->connection);
}

LyktaWireMeter *
lykta_wire_meter_new (void)
{
  LyktaWireMeter *self = g_new0 (LyktaWireMeter, 1);

  self->watched = g_array_new (FALSE, FALSE, sizeof (Watched));
  g_array_set_clear_func (self->watched, watched_clear);
  return self;
}

void
lykta_wire_meter_free (LyktaWireMeter *self)
{
  g_array_unref (self->watched);
  g_free (self);
}

void
lykta_wire_meter_watch (LyktaWireMeter *self, GIOStream *connection)
{
  GSocket *socket;
  Watched watched = {0};

  g_return_if_fail (self != NULL);

  if (!G_IS_SOCKET_CONNECTION (connection))
    return;
  socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection));
  watched.fd = fcntl (g_socket_get_fd (socket), F_DUPFD_CLOEXEC, 0);
  if (watched.fd < 0)
    return;
  watched.overhead = g_socket_get_family (socket) == G_SOCKET_FAMILY_IPV6 ? SEGMENT_OVERHEAD_IPV6
                                                                          : SEGMENT_OVERHEAD_IPV4;
  watched.connection = g_object_ref (G_SOCKET_CONNECTION (connection));
  g_array_append_val (self->watched, watched);
}

void
lykta_wire_meter_hold (LyktaWireMeter *self, gboolean is_held)
{
  int value = is_held ? 1 : 0;

  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->watched->len; i++)
    /* Where it cannot be done, it costs those bytes and nothing else. */
    (void)setsockopt (g_array_index (self->watched, Watched, i).fd, IPPROTO_TCP, TCP_CORK, &value,
                      sizeof (value));
}

static gboolean
watched_read (const Watched *self, guint64 *sent, guint64 *received)
{
  struct tcp_info info = {0};
  socklen_t length = sizeof (info);

  if (getsockopt (self->fd, IPPROTO_TCP, TCP_INFO, &info, &length) != 0 ||
      length < G_STRUCT_OFFSET (struct tcp_info, tcpi_bytes_retrans))
    return FALSE;
  *sent = info.tcpi_bytes_sent + (guint64)self->overhead * info.tcpi_segs_out;
  *received = info.tcpi_bytes_received + (guint64)self->overhead * info.tcpi_segs_in;
  return TRUE;
}

guint64
lykta_wire_meter_read (LyktaWireMeter *self, guint64 *sent)
{
  guint64 all_received = 0;

  g_return_val_if_fail (self != NULL, 0);

  *sent = 0;
  for (guint i = self->watched->len; i-- > 0;) {
    Watched *watched = &g_array_index (self->watched, Watched, i);
    guint64 now_sent = 0;
    guint64 received = 0;

    if (watched_read (watched, &now_sent, &received)) {
      *sent += now_sent - watched->told_sent;
      all_received += received - watched->told_received;
      watched->told_sent = now_sent;
      watched->told_received = received;
    }
    if (g_io_stream_is_closed (G_IO_STREAM (watched->connection)))
      g_array_remove_index_fast (self->watched, i);
  }
  return all_received + *sent;
}
