/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "feed/lykta-feed.h"

G_BEGIN_DECLS

/* What CalDAV servers are asked and what they answer (RFC 4918, 4791, 6578): the small bodies of
 * requests, and reading the lists that come back. What is asked when is app/sync/CALDAV.md. */

/* ---- asking ---- */

/* What a place is, who one is there, and where that person's calendars are: all in one PROPFIND.
 * (transfer full) */
GBytes *lykta_dav_ask_place (void);
/* Only what tells which calendars there are and whether they have changed. (transfer full) */
GBytes *lykta_dav_ask_calendars (void);
/* The names and ETags of what is in a calendar, by PROPFIND. (transfer full) */
GBytes *lykta_dav_ask_list (void);
/* REPORT sync-collection: what has changed since @token (NULL: since ever); @with_data asks for the
 * events themselves as well. (transfer full) */
GBytes *lykta_dav_ask_changes (const char *token, gboolean with_data);
/* REPORT calendar-multiget: the events at @hrefs, as the server wrote them. (transfer full) */
GBytes *lykta_dav_ask_events (const char *const *hrefs, gsize n);

/* ---- reading ---- */

/* One response of a list. What is not there, or was not to be had, is NULL, 0 or FALSE. Strings
 * live until the function that takes it returns. */
typedef struct {
  const char *href; /* as it is written, without spaces around it; never NULL */
  guint status;     /* of the whole response: 404 for what has gone. 0: it has properties */
  const char *etag;
  const char *calendar_data;
  gsize calendar_data_length;
  gboolean is_data_refused;   /* the server says of calendar-data that it does not give it here */
  gboolean is_data_too_large; /* beyond LYKTA_LIMIT_DAV_EVENT_BYTES: left out */
  const char *sync_token;
  const char *ctag;
  const char *name;      /* for people */
  const char *principal; /* href of who one is */
  const char *home;      /* href of where that one's calendars are, the first if several */
  gboolean is_collection;
  gboolean is_calendar;
  gboolean holds_no_events; /* says what it holds, and that is to-dos or journals */
  gboolean can_sync;        /* names sync-collection among its reports */
} LyktaDavResponse;

/* FALSE with @error set stops the reading, which then fails with that same error. */
typedef gboolean (*LyktaDavFunc) (const LyktaDavResponse *response,
                                  gpointer user_data,
                                  GError **error);

/* What an answer says as a whole. Cleared with lykta_dav_answer_clear. */
typedef struct {
  char *sync_token;            /* (owned) (nullable) the next one to ask with */
  gboolean is_truncated;       /* there is more than this (507) */
  gboolean is_error;           /* a DAV:error document instead of a list */
  gboolean is_token_not_valid; /* which names valid-sync-token */
  guint n_responses;
} LyktaDavAnswer;
void lykta_dav_answer_clear (LyktaDavAnswer *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LyktaDavAnswer, lykta_dav_answer_clear)

/* Reads a DAV:multistatus (or DAV:error) from where @stream is to its end, response by response;
 * memory does not grow with their number. Nothing that a document may name is ever followed: one
 * with a document type is refused, and so is any beyond base/lykta-limits.h. @answer must be
 * zeroed.
 * Errors: LYKTA_FEED_ERROR (NOT_A_CALENDAR: other XML, or none; TRUNCATED; INVALID; LIMIT; IO),
 * G_IO_ERROR_CANCELLED, or what @func gave; @func may have been called before. Worker thread. */
gboolean lykta_dav_read (GInputStream *stream,
                         LyktaDavFunc func,
                         gpointer user_data,
                         LyktaDavAnswer *answer,
                         GCancellable *cancellable,
                         GError **error);

G_END_DECLS
