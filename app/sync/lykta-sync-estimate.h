/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lykta-source.h"

G_BEGIN_DECLS

/* From what a price is known. */
typedef enum {
  LYKTA_SYNC_PRICE_NOTHING,    /* it is on this machine */
  LYKTA_SYNC_PRICE_REMEMBERED, /* from earlier refreshes, or from news that wait */
  LYKTA_SYNC_PRICE_ASKED,      /* the server said so just now */
  LYKTA_SYNC_PRICE_UNKNOWN,
} LyktaSyncPrice;
/* "nothing", "remembered", "asked", "unknown". Static. */
const char *lykta_sync_price_to_token (LyktaSyncPrice price);

/* What refreshing one source will probably take. */
typedef struct {
  LyktaSource *source; /* (owned) */
  LyktaSyncPrice price;
  gint64 bytes; /* on the wire, if there is something new; 0 when unknown */
} LyktaSyncEstimate;

/* What all of them take together; @is_complete (out, nullable): FALSE when one is not known.
 * (element-type LyktaSyncEstimate) */
gint64 lykta_sync_estimate_sum (GPtrArray *estimates, gboolean *is_complete);

G_END_DECLS
