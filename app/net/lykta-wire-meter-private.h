/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Counts what really goes over some connections, by asking the kernel. One thread at a time. */
typedef struct _LyktaWireMeter LyktaWireMeter;
LyktaWireMeter *lykta_wire_meter_new (void);
void lykta_wire_meter_free (LyktaWireMeter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaWireMeter, lykta_wire_meter_free)
/* Watches a connection until it is closed. Anything that is not a TCP connection is ignored. */
void lykta_wire_meter_watch (LyktaWireMeter *self, GIOStream *connection);
/* While TRUE, what is written to the watched connections waits (for a fifth of a second at the
 * most) for more to travel in the same segment: each one costs 52 bytes. */
void lykta_wire_meter_hold (LyktaWireMeter *self, gboolean is_held);
/* Bytes both ways since the last time somebody asked, with IP and TCP headers; 0 when the kernel
 * does not tell. @sent (out): those that went out. */
guint64 lykta_wire_meter_read (LyktaWireMeter *self, guint64 *sent);

G_END_DECLS
