/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/lykta-session.h"
#include "sync/lykta-sync-engine.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_REFRESHER (lykta_refresher_get_type ())
G_DECLARE_FINAL_TYPE (LyktaRefresher, lykta_refresher, LYKTA, REFRESHER, GObject)

/* Tells the session what the sync engine does: that it works, that content changed, what failed.
 * Main thread. (transfer full) */
LyktaRefresher *lykta_refresher_new (LyktaSession *session, LyktaSyncEngine *engine);

G_END_DECLS
