/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/lykta-fetcher.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_SOUP_FETCHER (lykta_soup_fetcher_get_type ())
G_DECLARE_FINAL_TYPE (LyktaSoupFetcher, lykta_soup_fetcher, LYKTA, SOUP_FETCHER, GObject)

/* Fetches over HTTPS, and over HTTP from this machine only. Nothing is remembered between calls,
 * no cookies, no cache, no passwords, but connections stay open for a while: whoever asks the same
 * server again pays no new handshake, whatever thread it is in. One that has died meanwhile is
 * replaced without a word. Redirects are followed here, at most LYKTA_LIMIT_REDIRECTS,
 * never from https to http, never in a circle. gzip and brotli are undone, and the cap counts what
 * comes out of them. A server may neither hang nor trickle for longer than the properties say.
 *
 * Construct-only properties, all in milliseconds unless said otherwise:
 * "response-timeout" (connecting and waiting for the headers of one answer), "deadline" (the whole
 * fetch), "rate-window" and "minimum-rate" (bytes a second over that window, below which a body is
 * given up), "idle-time" (for how long a connection is kept after a fetch; 0 not at all), "ca-file"
 * (nullable string: absolute path of PEM certificates that are trusted instead of the system's).
 * Defaults: LYKTA_LIMIT_… of base/lykta-limits.h. */

/* @ca_file (nullable). (transfer full) */
LyktaFetcher *lykta_soup_fetcher_new (const char *ca_file);

G_END_DECLS
