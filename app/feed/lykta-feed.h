/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/lykta-activity.h"
#include "model/lykta-source.h"

G_BEGIN_DECLS

/* What can go wrong with a feed as a whole, or with one value that was to be read. */
typedef enum {
  LYKTA_FEED_ERROR_NOT_A_CALENDAR, /* another kind of file: a web page, JSON, an empty file */
  LYKTA_FEED_ERROR_TRUNCATED,      /* begins as a calendar and stops before its end */
  LYKTA_FEED_ERROR_LIMIT,          /* beyond base/lykta-limits.h */
  LYKTA_FEED_ERROR_UNSUPPORTED,    /* well-formed, but nothing that an activity can be */
  LYKTA_FEED_ERROR_INVALID,        /* not what the format allows */
  LYKTA_FEED_ERROR_IO,             /* the stream itself failed; the message says how */
} LyktaFeedError;
#define LYKTA_FEED_ERROR (lykta_feed_error_quark ())
GQuark lykta_feed_error_quark (void);

/* Takes one activity of a feed. @activity is borrowed: reference it to keep it. FALSE with @error
 * set stops the reading, which then fails with that same error. */
typedef gboolean (*LyktaFeedFunc) (LyktaActivity *activity, gpointer user_data, GError **error);

/* What the first @n bytes of a file look like (1024 are enough, but for web pages); AUTO when like
 * nothing that can be read here. Any thread. */
LyktaFormat lykta_feed_sniff (const guint8 *head, gsize n);

G_END_DECLS
