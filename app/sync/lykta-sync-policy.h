/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/lykta-connectivity.h"

G_BEGIN_DECLS

/* When to ask again after a good answer, in seconds, by what the connection is. */
#define LYKTA_SYNC_INTERVAL_UNMETERED (3 * 60 * 60)
#define LYKTA_SYNC_INTERVAL_UNKNOWN   (6 * 60 * 60)
#define LYKTA_SYNC_INTERVAL_METERED   (24 * 60 * 60)
#define LYKTA_SYNC_INTERVAL_LOCAL     (10 * 60)
/* After the n-th failure in a row: base × 2ⁿ⁻¹, at most the cap, ± a quarter by chance. */
#define LYKTA_SYNC_BACK_OFF_BASE (2 * 60)
#define LYKTA_SYNC_BACK_OFF_CAP  (6 * 60 * 60)
/* How long to look again when there is no network. */
#define LYKTA_SYNC_OFFLINE_RECHECK (15 * 60)
/* How long a sudden disappearance of much must last before it is believed. */
#define LYKTA_SYNC_BRAKE_SECONDS (4 * 60 * 60)

/* All that the decision about one source rests on. Moments in Unix seconds, 0: never. */
typedef struct {
  gint64 now;
  gint64 last_attempt;
  gint64 last_confirmed;
  gint64 held_until; /* a held-back disappearance is looked at again then; 0 none */
  guint failures;    /* in a row */
  LyktaConnection connection;
  double jitter;            /* [0, 1), drawn once per attempt */
  gboolean is_manual;       /* a person asks now */
  gboolean is_local;        /* file: or sample */
  gboolean is_offline;      /* reachable without a network: file:, loopback */
  gboolean has_new_network; /* it has just come back: nobody sits out a long back-off */
  gboolean must_reread;     /* the store was rebuilt, or the address became another one */
} LyktaSyncFacts;

typedef enum {
  LYKTA_SYNC_REASON_MANUAL,     /* now */
  LYKTA_SYNC_REASON_NEVER_READ, /* now */
  LYKTA_SYNC_REASON_REREAD,     /* now */
  LYKTA_SYNC_REASON_DUE,        /* now */
  LYKTA_SYNC_REASON_CLOCK,      /* now: the last attempt lies in the future */
  LYKTA_SYNC_REASON_FRESH,      /* wait */
  LYKTA_SYNC_REASON_BACK_OFF,   /* wait */
  LYKTA_SYNC_REASON_HELD,       /* wait: a disappearance is being held back */
  LYKTA_SYNC_REASON_OFFLINE,    /* wait: no network */
} LyktaSyncReason;

typedef struct {
  gboolean refresh_now;
  gint64 not_before; /* = now when refresh_now */
  LyktaSyncReason reason;
} LyktaSyncDecision;

/* Whether to refresh a source, and if not, when to look again. Pure. Any thread. */
LyktaSyncDecision lykta_sync_policy_decide (const LyktaSyncFacts *facts);

G_END_DECLS
