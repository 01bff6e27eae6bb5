/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/lykta-fetcher.h"
#include "net/lykta-soup-lane-private.h"

G_BEGIN_DECLS

/* What the transfers of one fetcher have in common: their patience in milliseconds, and the
 * connections that they leave to each other. */
typedef struct {
  guint response_timeout;
  guint deadline;
  guint rate_window;
  guint minimum_rate;        /* bytes a second */
  GTlsDatabase *authorities; /* (unowned) (nullable: the system's) */
  LyktaSoupLanes *lanes;     /* (unowned) */
} LyktaSoupPatience;

/* One fetch with all its redirects, in the calling thread. */
gboolean lykta_soup_transfer_run (const LyktaSoupPatience *patience,
                                  const LyktaFetchRequest *request,
                                  GOutputStream *body,
                                  GCancellable *cancellable,
                                  LyktaFetchResult *result,
                                  GError **error);

G_END_DECLS
