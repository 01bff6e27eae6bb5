/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feed/lykta-feed-report.h"
#include "feed/lykta-feed.h"

G_BEGIN_DECLS

/* Reads @stream in @format; AUTO looks at its first bytes. Everything else as for lykta_ical_read.
 * @found (out, nullable): the format it was read in. */
gboolean lykta_feed_read (GInputStream *stream,
                          LyktaFormat format,
                          const char *default_language,
                          LyktaFeedReport *report,
                          LyktaFeedFunc func,
                          gpointer user_data,
                          LyktaFormat *found,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
