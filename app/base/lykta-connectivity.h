/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What the network is like, as far as the machine knows. */
typedef enum {
  LYKTA_CONNECTION_UNKNOWN, /* nobody can tell: treated as metered before more than 1 MB is sent */
  LYKTA_CONNECTION_NONE,
  LYKTA_CONNECTION_METERED,
  LYKTA_CONNECTION_UNMETERED,
} LyktaConnection;

#define LYKTA_TYPE_CONNECTIVITY (lykta_connectivity_get_type ())
G_DECLARE_INTERFACE (LyktaConnectivity, lykta_connectivity, LYKTA, CONNECTIVITY, GObject)

/* Emits "changed" (no arguments, main thread) when the answer may have become another one. */
struct _LyktaConnectivityInterface {
  GTypeInterface parent_iface;
  LyktaConnection (*get_connection) (LyktaConnectivity *self);
};

/* Never blocks. Main thread. */
LyktaConnection lykta_connectivity_get_connection (LyktaConnectivity *self);

#define LYKTA_TYPE_FIXED_CONNECTIVITY (lykta_fixed_connectivity_get_type ())
G_DECLARE_FINAL_TYPE (
    LyktaFixedConnectivity, lykta_fixed_connectivity, LYKTA, FIXED_CONNECTIVITY, GObject)
/* A network that is what it is told to be. (transfer full) */
LyktaConnectivity *lykta_fixed_connectivity_new (LyktaConnection connection);
/* Changes the answer and emits "changed" when it differs. */
void lykta_fixed_connectivity_set (LyktaFixedConnectivity *self, LyktaConnection connection);

G_END_DECLS
