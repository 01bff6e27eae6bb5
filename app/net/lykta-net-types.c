/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/lykta-net-types-private.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <libsoup/soup.h>

void
lykta_net_types_ensure (void)
{
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (SoupMessage) message = NULL;

  g_type_ensure (G_TYPE_INET_SOCKET_ADDRESS);
  g_type_ensure (G_TYPE_UNIX_SOCKET_ADDRESS);
  g_type_ensure (G_TYPE_NETWORK_ADDRESS);
  g_type_ensure (G_TYPE_PROXY_ADDRESS);
  g_type_ensure (G_TYPE_SOCKET);
  g_type_ensure (G_TYPE_SOCKET_CLIENT);
  g_type_ensure (G_TYPE_TCP_CONNECTION);
  g_type_ensure (G_TYPE_TLS_CLIENT_CONNECTION);
  g_type_ensure (G_TYPE_NETWORK_MONITOR);
  g_type_ensure (G_TYPE_RESOLVER);
  g_type_ensure (G_TYPE_PROXY_RESOLVER);
  /* Their classes are where libsoup meets all of its own. */
  session = soup_session_new ();
  message = soup_message_new ("GET", "http://127.0.0.1/");
}
