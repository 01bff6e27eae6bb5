/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/lykta-sync-report.h"

G_BEGIN_DECLS

/* Built by one run, then handed out and left alone. (transfer full) */
LyktaSyncReport *lykta_sync_report_new (void);
/* A new line for @source, SKIPPED until something else is written into it. Borrowed; stays where it
 * is while the report lives. */
LyktaSyncResult *lykta_sync_report_add (LyktaSyncReport *self, LyktaSource *source);
void lykta_sync_report_set_changed (LyktaSyncReport *self);
/* Takes out the lines of all other sources. (element-type LyktaSource) */
void lykta_sync_report_keep (LyktaSyncReport *self, GPtrArray *sources);
/* The run as a whole came to nothing. */
void lykta_sync_report_set_failure (LyktaSyncReport *self, LyktaSyncFailure failure);

G_END_DECLS
