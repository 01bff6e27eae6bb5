/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/lykta-connectivity.h"
#include "sync/lykta-sync-rules.h"

G_BEGIN_DECLS

/* When to ask again after a good answer, in seconds, by what the connection is. */
#define LYKTA_SYNC_INTERVAL_UNMETERED (3 * 60 * 60)
#define LYKTA_SYNC_INTERVAL_UNKNOWN   (6 * 60 * 60)
#define LYKTA_SYNC_INTERVAL_METERED   (24 * 60 * 60)
#define LYKTA_SYNC_INTERVAL_LOCAL     (10 * 60)
/* On a metered line, while something that somebody saved takes place today or tomorrow. */
#define LYKTA_SYNC_INTERVAL_URGENT (6 * 60 * 60)
/* After the n-th failure in a row: base × 2ⁿ⁻¹, at most the cap, ± a quarter by chance. On a
 * metered line each attempt costs a handshake: never sooner than an hour. */
#define LYKTA_SYNC_BACK_OFF_BASE    (2 * 60)
#define LYKTA_SYNC_BACK_OFF_CAP     (6 * 60 * 60)
#define LYKTA_SYNC_BACK_OFF_METERED (60 * 60)
/* How long to look again when there is no network, or nothing may be done without being asked; a
 * change of the network is told by the system. */
#define LYKTA_SYNC_OFFLINE_RECHECK (6 * 60 * 60)
#define LYKTA_SYNC_ASK_RECHECK     (24 * 60 * 60)
/* How long a sudden disappearance of much must last before it is believed. */
#define LYKTA_SYNC_BRAKE_SECONDS (4 * 60 * 60)
/* What it costs to learn that nothing is new, with a new connection: handshake, question, answer.
 */
#define LYKTA_SYNC_CHECK_BYTES 6000

/* Each further request on top of its body. */
#define LYKTA_SYNC_REQUEST_BYTES 600

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
  gboolean is_urgent;       /* somebody saved what takes place there today or tomorrow */
  LyktaSyncRules rules;
  gint64 used_day;   /* bytes that count against the budget, today in Stockholm */
  gint64 used_month; /* the same, this month */
  gint64 pending;    /* bytes known to be waiting for somebody's consent; 0 none */
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
  LYKTA_SYNC_REASON_ASK_ONLY,   /* wait: the owner wants to be the one who asks */
  LYKTA_SYNC_REASON_BUDGET,     /* wait: the budget of the day or month is used up */
  LYKTA_SYNC_REASON_CONSENT,    /* wait: it costs more than may be spent without asking */
} LyktaSyncReason;

/* How much may be done. The allowance is what is enforced; the scope says why it is what it is. */
typedef enum {
  LYKTA_SYNC_SCOPE_NOTHING,
  LYKTA_SYNC_SCOPE_URGENT,  /* out of the reserve of the budget */
  LYKTA_SYNC_SCOPE_CHANGES, /* what is new, within the budget */
  LYKTA_SYNC_SCOPE_FULL,    /* whatever there is, up to the allowance */
} LyktaSyncScope;

typedef struct {
  gboolean refresh_now;
  gint64 not_before; /* = now when refresh_now */
  LyktaSyncReason reason;
  LyktaSyncScope scope;
  gint64 allowance; /* bytes on the wire; LYKTA_SYNC_NO_LIMIT: as many as it takes */
} LyktaSyncDecision;

/* Whether to refresh a source and how much that may cost, and if not, when to look again. Pure. Any
 * thread. */
LyktaSyncDecision lykta_sync_policy_decide (const LyktaSyncFacts *facts);

G_END_DECLS
