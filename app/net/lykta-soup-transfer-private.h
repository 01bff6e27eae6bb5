/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/lykta-fetcher.h"

G_BEGIN_DECLS

/* How patient a transfer is; milliseconds. */
typedef struct {
  guint response_timeout;
  guint deadline;
  guint rate_window;
  guint minimum_rate;        /* bytes a second */
  GTlsDatabase *authorities; /* (unowned) (nullable: the system's) */
} LyktaSoupPatience;

/* One fetch with all its redirects, on a main context of its own, in the calling thread. */
gboolean lykta_soup_transfer_run (const LyktaSoupPatience *patience,
                                  const LyktaFetchRequest *request,
                                  GOutputStream *body,
                                  GCancellable *cancellable,
                                  LyktaFetchResult *result,
                                  GError **error);

G_END_DECLS
