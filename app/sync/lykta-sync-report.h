/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "model/lykta-source.h"
#include "sync/lykta-sync-failure.h"
#include "sync/lykta-sync-policy.h"

G_BEGIN_DECLS

typedef enum {
  LYKTA_SYNC_OUTCOME_SKIPPED,   /* not due: reason and next_attempt say why and until when */
  LYKTA_SYNC_OUTCOME_UNCHANGED, /* the publisher confirmed what is here */
  LYKTA_SYNC_OUTCOME_UPDATED,   /* read anew */
  LYKTA_SYNC_OUTCOME_FAILED,    /* the calendar is as it was */
} LyktaSyncOutcome;
/* "skipped", "unchanged", "updated", "failed". Static. */
const char *lykta_sync_outcome_to_token (LyktaSyncOutcome outcome);

/* How one source went. Borrowed from its report. */
typedef struct {
  LyktaSource *source; /* (owned) */
  LyktaSyncOutcome outcome;
  LyktaSyncReason reason;
  LyktaSyncFailure failure;
  char *detail; /* (owned) (nullable) English, for the operator */
  guint n_activities;
  guint n_quarantined;
  guint n_removed;
  guint64 bytes_on_wire;
  gint64 bytes_expected; /* of news that wait for somebody's consent; 0 none */
  gint64 last_confirmed;
  gint64 next_attempt; /* Unix seconds, when it will be looked at again by itself */
} LyktaSyncResult;

/* How one run went, source by source. Immutable, reference-counted, any thread. */
typedef struct _LyktaSyncReport LyktaSyncReport;
#define LYKTA_TYPE_SYNC_REPORT (lykta_sync_report_get_type ())
GType lykta_sync_report_get_type (void);
LyktaSyncReport *lykta_sync_report_ref (LyktaSyncReport *self);
void lykta_sync_report_unref (LyktaSyncReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaSyncReport, lykta_sync_report_unref)
guint lykta_sync_report_get_n_results (LyktaSyncReport *self);
const LyktaSyncResult *lykta_sync_report_get_result (LyktaSyncReport *self, guint index);
/* Whether anything that can be seen in the calendar became different: content, sources, horizon. */
gboolean lykta_sync_report_has_changes (LyktaSyncReport *self);
/* Why the run as a whole came to nothing (a full disk, say), or the failure of the first source
 * that failed; NONE when all went well. */
LyktaSyncFailure lykta_sync_report_get_failure (LyktaSyncReport *self);
/* When the next source is due. */
gint64 lykta_sync_report_get_next_attempt (LyktaSyncReport *self);

G_END_DECLS
