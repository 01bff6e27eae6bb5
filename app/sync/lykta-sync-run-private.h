/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/lykta-sync-job-private.h"

G_BEGIN_DECLS

/* One run over all sources, in the calling thread with some helpers for fetching. Errors as
 * lykta_sync_engine_run. (transfer full) */
LyktaSyncReport *lykta_sync_run (const LyktaSyncSetup *setup, GError **error);

G_END_DECLS
