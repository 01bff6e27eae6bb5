/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* How much a finding costs. */
typedef enum {
  LYKTA_FEED_NOTE,        /* unusual, understood, nothing lost */
  LYKTA_FEED_WARNING,     /* a value was guessed, cut or left out; the activity is there */
  LYKTA_FEED_QUARANTINED, /* this event is not shown; the others are */
  LYKTA_FEED_FATAL,       /* nothing of this file is used */
} LyktaFeedSeverity;
/* "note", "warning", "quarantined", "fatal". Static. */
const char *lykta_feed_severity_to_token (LyktaFeedSeverity severity);

/* One thing that a reader found. Strings live as long as the report. */
typedef struct {
  LyktaFeedSeverity severity;
  const char *code;    /* stable token, "no-start"; all are listed in app/feed/ICALENDAR.md */
  guint line;          /* in the file, from 1; 0: the file as a whole */
  const char *uid;     /* (nullable) of the event */
  const char *message; /* English: what, where, and what the publisher can do */
} LyktaFeedFinding;

#define LYKTA_TYPE_FEED_REPORT (lykta_feed_report_get_type ())
G_DECLARE_FINAL_TYPE (LyktaFeedReport, lykta_feed_report, LYKTA, FEED_REPORT, GObject)

/* Collects what a reader found; afterwards nobody changes it. One thread at a time.
 * Of each severity the first LYKTA_LIMIT_QUARANTINE findings are kept, of notes and warnings with
 * the same code the first LYKTA_FEED_REPORT_SAME; the rest is only counted. */
#define LYKTA_FEED_REPORT_SAME 50

/* (transfer full) */
LyktaFeedReport *lykta_feed_report_new (void);
/* @code: a static or interned string. @uid: nullable. Strings are copied and made printable. */
void lykta_feed_report_add (LyktaFeedReport *self,
                            LyktaFeedSeverity severity,
                            const char *code,
                            guint line,
                            const char *uid,
                            const char *message);
void lykta_feed_report_add_printf (LyktaFeedReport *self,
                                   LyktaFeedSeverity severity,
                                   const char *code,
                                   guint line,
                                   const char *uid,
                                   const char *format,
                                   ...) G_GNUC_PRINTF (6, 7);
/* Findings that are kept, in the order of the file as far as it is read in order. */
guint lykta_feed_report_get_n (LyktaFeedReport *self);
/* Borrowed; valid until the next finding is added. */
const LyktaFeedFinding *lykta_feed_report_get_nth (LyktaFeedReport *self, guint index);
/* All findings of that severity, kept or only counted. */
guint lykta_feed_report_count (LyktaFeedReport *self, LyktaFeedSeverity severity);
/* Findings with that code, kept or only counted. */
guint lykta_feed_report_count_code (LyktaFeedReport *self, const char *code);

/* Events (iCalendar: VEVENT) that the file holds, activities handed on, events in quarantine. An
 * event that only changes one date of another is seen, but is no activity of its own. */
guint lykta_feed_report_get_n_events_seen (LyktaFeedReport *self);
guint lykta_feed_report_get_n_activities (LyktaFeedReport *self);
guint lykta_feed_report_get_n_quarantined (LyktaFeedReport *self);
/* For readers. Quarantined events are counted by their findings. */
void lykta_feed_report_set_counts (LyktaFeedReport *self, guint events_seen, guint activities);

G_END_DECLS
