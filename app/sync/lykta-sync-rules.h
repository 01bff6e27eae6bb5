/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More than anybody has. */
#define LYKTA_SYNC_NO_LIMIT G_MAXINT64

/* What a person's own machine may fetch by itself on mobile data, in bytes. A day's changes in
 * Swedish and one more language, handshake included, are some 15 kB: a month of days is half of it,
 * and what is left serves saved activities and days with much news. */
#define LYKTA_SYNC_MONTH_BUDGET (1000 * 1000)
#define LYKTA_SYNC_DAY_BUDGET   (100 * 1000)
/* More at once than this is asked about, also where nobody can tell what the line costs. */
#define LYKTA_SYNC_ASK_ABOVE (1000 * 1000)
/* As much of the month's budget, in percent, is kept for what cannot wait. */
#define LYKTA_SYNC_RESERVE_PERCENT 20

/* What the owner of a machine lets it do by itself. Plain value. */
typedef struct {
  gint64 month_budget;  /* on a metered line; LYKTA_SYNC_NO_LIMIT: as much as it takes */
  gint64 day_budget;    /* the same for one day */
  gint64 ask_above;     /* at once, unless the line is known to cost nothing */
  gboolean is_ask_only; /* nothing at all is fetched from the network without somebody asking */
} LyktaSyncRules;

/* A person's own machine. */
#define LYKTA_SYNC_RULES_SPARING                                                \
  {                                                                             \
    LYKTA_SYNC_MONTH_BUDGET, LYKTA_SYNC_DAY_BUDGET, LYKTA_SYNC_ASK_ABOVE, FALSE \
  }
/* A machine whose line somebody else pays: a kiosk, a server. */
#define LYKTA_SYNC_RULES_FREE                                            \
  {                                                                      \
    LYKTA_SYNC_NO_LIMIT, LYKTA_SYNC_NO_LIMIT, LYKTA_SYNC_NO_LIMIT, FALSE \
  }

G_END_DECLS
