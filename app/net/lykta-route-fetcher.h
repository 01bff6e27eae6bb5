/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/lykta-fetcher.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_ROUTE_FETCHER (lykta_route_fetcher_get_type ())
G_DECLARE_FINAL_TYPE (LyktaRouteFetcher, lykta_route_fetcher, LYKTA, ROUTE_FETCHER, GObject)

/* Hands file: addresses to @local and all others to @remote. (transfer full) */
LyktaFetcher *lykta_route_fetcher_new (LyktaFetcher *local, LyktaFetcher *remote);

G_END_DECLS
