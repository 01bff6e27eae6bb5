/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "feed/lykta-feed-report.h"

G_BEGIN_DECLS

/* The first way through a calendar file: where its events and time zones are, without taking them
 * apart. Knows nothing of values but what says which event belongs to which series. */

/* Why an event cannot be read at all. */
typedef enum {
  LYKTA_ICAL_SOUND,
  LYKTA_ICAL_TOO_LARGE,
  LYKTA_ICAL_LINE_TOO_LONG,
  LYKTA_ICAL_TOO_MANY_PROPERTIES,
  LYKTA_ICAL_TOO_DEEP,
  LYKTA_ICAL_NOT_CLOSED,
} LyktaIcalFlaw;

typedef struct {
  guint64 offset;  /* of its BEGIN line in the stream */
  guint64 series;  /* hash of its UID; 0: it has none */
  gint64 modified; /* LAST-MODIFIED or DTSTAMP as a number that sorts, 0 without */
  guint32 length;
  guint32 line;
  guint32 order; /* among the events of the file */
  gint32 sequence;
  guint32 first; /* order of the first event of the same series */
  guint8 flaw;   /* LyktaIcalFlaw */
  guint8 is_override : 1;
  guint8 is_cancelled : 1; /* METHOD:CANCEL of its calendar */
  guint8 is_outside : 1;   /* of any VCALENDAR */
} LyktaIcalEntry;

typedef struct {
  guint64 offset;
  guint32 length;
  guint32 line;
} LyktaIcalZoneEntry;

typedef struct {
  GArray *events; /* (owned) LyktaIcalEntry, by series in order of first appearance, then order */
  GHashTable *zones; /* (owned) TZID → LyktaIcalZoneEntry */
  char *language;    /* (owned) (nullable) X-LYKTA-LANGUAGE of the calendar */
  guint n_other;     /* to-dos, journals, free-busy times */
} LyktaIcalIndex;

/* Reads @stream from where it is to its end. NULL with LYKTA_FEED_ERROR: not a calendar, truncated,
 * beyond limits; or with G_IO_ERROR_CANCELLED. */
LyktaIcalIndex *lykta_ical_index_new (GInputStream *stream,
                                      LyktaFeedReport *report,
                                      GCancellable *cancellable,
                                      GError **error);
void lykta_ical_index_free (LyktaIcalIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaIcalIndex, lykta_ical_index_free)

G_END_DECLS
