/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "feed/lykta-feed-report.h"
#include "feed/lykta-feed.h"
#include "model/lykta-activity.h"

G_BEGIN_DECLS

/* Reads schema.org events written as JSON-LD: one object, a list, "@graph", an ItemList, one object
 * a line, or any of these in the scripts of a web page. How each term maps is written in
 * app/feed/JSONLD.md.
 *
 * The file is gone through twice: first for its shape (so nothing is handed on from a file that is
 * cut off), then object by object. Memory does not grow with the file but for 64 bytes an object; a
 * web page is held whole. @stream as for lykta_ical_read. @default_language: canonical tag of texts
 * that do not name theirs, where the file does not say ("inLanguage"); NULL is "sv".
 *
 * A bad event never costs the others: it is quarantined in @report. TRUE when the file as a whole
 * was read. FALSE with LYKTA_FEED_ERROR (also noted in @report as FATAL), with
 * G_IO_ERROR_CANCELLED, or with the error that @func gave. Synchronous; worker thread. */
gboolean lykta_jsonld_read (GInputStream *stream,
                            const char *default_language,
                            LyktaFeedReport *report,
                            LyktaFeedFunc func,
                            gpointer user_data,
                            GCancellable *cancellable,
                            GError **error);

/* Where the page after this one is, as it is written (hydra:next, "next", links.next …); NULL when
 * this is the last one, or without error when the file is no JSON. (transfer full) (nullable) */
char *lykta_jsonld_find_next_page (GInputStream *stream, GCancellable *cancellable);

typedef enum {
  LYKTA_JSONLD_WRITE_EVERYTHING = 0,
  /* Leaves out contacts that are for authorities only. */
  LYKTA_JSONLD_WRITE_PUBLIC_ONLY = 1 << 0,
} LyktaJsonldWriteFlags;

/* Appends @activity as one line: a schema.org Event with the terms of app/feed/JSONLD.md, members
 * in a fixed order, always the same bytes for equal activities. lykta_jsonld_read gives an equal
 * activity back. Any thread. */
void lykta_jsonld_append (GString *out, LyktaActivity *activity, LyktaJsonldWriteFlags flags);
/* All of @activities (element-type LyktaActivity), one a line. (transfer full) */
GBytes *lykta_jsonld_write (GPtrArray *activities, LyktaJsonldWriteFlags flags);

G_END_DECLS
