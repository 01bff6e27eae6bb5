/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes the network's types known before there is a second thread. Two threads that meet them for
 * the first time at the same moment, one making a session and the other a socket, can wait for each
 * other for ever: seen with GLib 2.74, once in some hundred starts. Cheap, and cheaper again. */
void lykta_net_types_ensure (void);

G_END_DECLS
