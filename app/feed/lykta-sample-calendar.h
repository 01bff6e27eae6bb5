/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feed/lykta-feed.h"

G_BEGIN_DECLS

/* The built-in sample calendar: some hundred invented activities in all 21 counties, in up to ten
 * languages, made from the tables of data/sample. Their dates are counted from @now (Unix seconds)
 * when they are read, so that there is always something today and nothing is ever stale. Within one
 * week (Monday to Sunday in Stockholm) and month the same activities come out; uids never change.
 * Every one is marked as sample. Pure: the tables are part of the program. Any thread.
 * FALSE when @func stops with its own error, or with LYKTA_FEED_ERROR_INVALID naming the table and
 * line that is broken. */
gboolean
lykta_sample_calendar_read (gint64 now, LyktaFeedFunc func, gpointer user_data, GError **error);

G_END_DECLS
