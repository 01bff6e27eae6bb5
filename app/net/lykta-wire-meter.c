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
  int fd; /* (owned) a duplicate: it can be asked after libsoup has closed its own */
  guint overhead;
} Watched;

struct _LyktaWireMeter {
  GArray *watched; /* (owned) (element-type Watched) */
};

LyktaWireMeter *
lykta_wire_meter_new (void)
{
  LyktaWireMeter *self = g_new0 (LyktaWireMeter, 1);

  self->watched = g_array_new (FALSE, FALSE, sizeof (Watched));
  return self;
}

void
lykta_wire_meter_free (LyktaWireMeter *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    close (g_array_index (self->watched, Watched, i).fd);
  g_array_unref (self->watched);
  g_free (self);
}

void
lykta_wire_meter_watch (LyktaWireMeter *self, GIOStream *connection)
{
  GSocket *socket;
  Watched watched;

  g_return_if_fail (self != NULL);

  if (!G_IS_SOCKET_CONNECTION (connection))
    return;
  socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection));
  watched.fd = fcntl (g_socket_get_fd (socket), F_DUPFD_CLOEXEC, 0);
  if (watched.fd < 0)
    return;
  watched.overhead = g_socket_get_family (socket) == G_SOCKET_FAMILY_IPV6 ? SEGMENT_OVERHEAD_IPV6
                                                                          : SEGMENT_OVERHEAD_IPV4;
  g_array_append_val (self->watched, watched);
}

guint64
lykta_wire_meter_read (LyktaWireMeter *self, guint64 *sent)
{
  guint64 received = 0;

  g_return_val_if_fail (self != NULL, 0);

  *sent = 0;
  for (guint i = 0; i < self->watched->len; i++) {
    const Watched *watched = &g_array_index (self->watched, Watched, i);
    struct tcp_info info = {0};
    socklen_t length = sizeof (info);

    if (getsockopt (watched->fd, IPPROTO_TCP, TCP_INFO, &info, &length) != 0 ||
        length < G_STRUCT_OFFSET (struct tcp_info, tcpi_bytes_retrans))
      continue;
    *sent += info.tcpi_bytes_sent + (guint64)watched->overhead * info.tcpi_segs_out;
    received += info.tcpi_bytes_received + (guint64)watched->overhead * info.tcpi_segs_in;
  }
  return received + *sent;
}
