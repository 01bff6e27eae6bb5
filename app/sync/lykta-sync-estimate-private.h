/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/lykta-sync-estimate.h"
#include "sync/lykta-sync-report-private.h"
#include "sync/lykta-sync-run-private.h"

G_BEGIN_DECLS

/* What a refresh of each source would take; flags must hold LYKTA_SYNC_PRICE. In the calling
 * thread; asks servers of sources of which nothing is known. (transfer full) (element-type
 * LyktaSyncEstimate) */
GPtrArray *lykta_sync_estimate (const LyktaSyncSetup *setup, GError **error);

G_END_DECLS
