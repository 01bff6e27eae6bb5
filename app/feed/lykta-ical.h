/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "feed/lykta-feed-report.h"
#include "feed/lykta-feed.h"
#include "model/lykta-activity.h"

G_BEGIN_DECLS

/* Reads iCalendar (RFC 5545 with 7986 and 9073, and what the world makes of them) and hands each
 * series, with everything that changes single dates of it, to @func as one activity. How each
 * property maps is written in app/feed/ICALENDAR.md.
 *
 * The file is gone through twice: first for its shape (so nothing is handed on from a file that is
 * cut off), then event by event. Memory does not grow with the file but for 64 bytes an event.
 * @stream should be seekable; if it is not, or is UTF-16, it is first copied to a nameless
 * temporary file. @stream is left open, at an undefined place.
 * @default_language: canonical tag of texts that do not name theirs; NULL is "sv".
 *
 * A bad event never costs the others: it is quarantined in @report. TRUE when the file as a whole
 * was read. FALSE with LYKTA_FEED_ERROR (also noted in @report as FATAL), with
 * G_IO_ERROR_CANCELLED, or with the error that @func gave. Synchronous; worker thread. */
gboolean lykta_ical_read (GInputStream *stream,
                          const char *default_language,
                          LyktaFeedReport *report,
                          LyktaFeedFunc func,
                          gpointer user_data,
                          GCancellable *cancellable,
                          GError **error);

typedef enum {
  LYKTA_ICAL_WRITE_EVERYTHING = 0,
  /* Leaves out contacts that are for authorities only. */
  LYKTA_ICAL_WRITE_PUBLIC_ONLY = 1 << 0,
} LyktaIcalWriteFlags;

/* One RFC 5545 calendar with all of @activities (element-type LyktaActivity), readable by any
 * calendar program; lykta_ical_read gives equal activities back. @name: nullable, shown by other
 * programs as the calendar's name. @now: Unix seconds, stamped on activities whose last change is
 * not known. Any thread. (transfer full) */
GBytes *
lykta_ical_write (GPtrArray *activities, const char *name, LyktaIcalWriteFlags flags, gint64 now);

G_END_DECLS
