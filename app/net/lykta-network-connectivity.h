/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/lykta-connectivity.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_NETWORK_CONNECTIVITY (lykta_network_connectivity_get_type ())
G_DECLARE_FINAL_TYPE (
    LyktaNetworkConnectivity, lykta_network_connectivity, LYKTA, NETWORK_CONNECTIVITY, GObject)

/* What the system's network monitor says; of NetworkManager also that it does not know whether the
 * line is metered, which the monitor calls "no". A guess of NetworkManager counts like knowledge.
 * @monitor (nullable): NULL looks up the system's own in a thread, because asking NetworkManager
 * may block; until it is there the answer is UNKNOWN. Only a monitor that knows about metering
 * (NetworkManager, the desktop portal) can ever answer UNMETERED. With @monitor given,
 * NetworkManager is asked before this returns. Main thread. (transfer full) */
LyktaConnectivity *lykta_network_connectivity_new (GNetworkMonitor *monitor);

G_END_DECLS
