/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "feed/lykta-feed-report.h"
#include "feed/lykta-feed-words.h"
#include "feed/lykta-ical-lines.h"
#include "feed/lykta-ical-zones.h"
#include "model/lykta-activity.h"

G_BEGIN_DECLS

/* One VEVENT on its way to becoming an activity or one date of it: the component, what is already
 * known of it, and where to complain. Lives on the stack of the reader; one thread. Which property
 * becomes what is written in ICALENDAR.md; each function here reads one paragraph of it. */
typedef struct {
  LyktaIcalComponent *component; /* (unowned) */
  LyktaFeedReport *report;       /* (unowned) */
  LyktaIcalZones *zones;         /* (unowned) */
  const char *language;          /* (unowned) canonical tag of texts that do not name theirs */
  const char *uid;               /* (unowned) */
  /* Written by Lykta: nothing is guessed from words. */
  gboolean is_ours;
  gboolean is_cancelled; /* by METHOD:CANCEL of its calendar */
  /* Of CATEGORIES, looked at when first asked for: */
  LyktaIcalWord words;
  gboolean has_words;
  /* Times, after lykta_ical_event_read_times: */
  LyktaZone *zone; /* (unowned) of the start */
  gint64 wall;     /* start on the clocks of @zone */
  gint64 start;    /* the same as a moment */
  gint64 duration; /* wall-clock seconds */
  gboolean is_all_day;
} LyktaIcalEvent;

/* A date or a date with a time, as it is written. */
typedef struct {
  gint64 wall; /* as in feed/lykta-recurrence.h */
  gboolean is_date;
  gboolean is_utc;
} LyktaIcalTime;

/* "20261124", "20261124T180000Z", and the dashes and colons that some put in. */
gboolean lykta_ical_parse_time (const char *text, LyktaIcalTime *time);
/* "P1DT2H", "-PT15M". Days have 86400 seconds. */
gboolean lykta_ical_parse_duration (const char *text, gint64 *seconds);

/* Adds a finding at @property (NULL: at the event). */
void lykta_ical_event_warn (LyktaIcalEvent *self,
                            const LyktaIcalProperty *property,
                            const char *code,
                            const char *format,
                            ...) G_GNUC_PRINTF (4, 5);
void lykta_ical_event_note (LyktaIcalEvent *self,
                            const LyktaIcalProperty *property,
                            const char *code,
                            const char *format,
                            ...) G_GNUC_PRINTF (4, 5);

/* DTSTART, DTEND, DURATION. FALSE with LYKTA_FEED_ERROR_INVALID when there is no start; @code (out,
 * static) says it in a word. */
gboolean lykta_ical_event_read_times (LyktaIcalEvent *self, const char **code, GError **error);
/* The moment that one value of @property means; a date without a time means that day at the time of
 * the series @at (wall-clock; its time of day is taken). FALSE when @text is no time. */
gboolean lykta_ical_event_read_moment (LyktaIcalEvent *self,
                                       const LyktaIcalProperty *property,
                                       const char *text,
                                       LyktaZone *series_zone,
                                       gint64 series_wall,
                                       gint64 *moment);
/* LAST-MODIFIED or CREATED: Unix seconds, 0 when there is none. DTSTAMP says nothing: many servers
 * stamp each event anew each time. */
gint64 lykta_ical_event_read_modified (LyktaIcalEvent *self);

/* Text of @property made harmless; NULL when nothing is left. (transfer full) */
char *
lykta_ical_event_clean (LyktaIcalEvent *self, const LyktaIcalProperty *property, gsize max_chars);
/* A line of text from anywhere (a parameter, a part) made harmless; NULL when empty. (transfer
 * full) */
char *lykta_ical_clean_line (const char *text);
/* All texts of @name (and @other, or LYKTA_ICAL_OTHER for none) by language. (transfer full) */
LyktaTexts *lykta_ical_event_read_texts (LyktaIcalEvent *self,
                                         LyktaIcalName name,
                                         LyktaIcalName other,
                                         gsize max_chars);
/* Address of the net in @text: http and https only, without credentials; NULL with a finding
 * otherwise. (transfer full) */
char *lykta_ical_event_read_url (LyktaIcalEvent *self,
                                 const LyktaIcalProperty *property,
                                 const char *text);

/* ORGANIZER, CONTACT, PARTICIPANT and our own. (transfer full) (nullable) */
LyktaOrganiser *lykta_ical_event_read_organiser (LyktaIcalEvent *self);
void lykta_ical_event_read_co_organisers (LyktaIcalEvent *self, LyktaActivityBuilder *builder);
/* LOCATION, GEO, VLOCATION and our own. (transfer full) (nullable) */
LyktaPlace *lykta_ical_event_read_place (LyktaIcalEvent *self);
/* CONFERENCE and its relatives. (transfer full) (nullable) */
char *lykta_ical_event_read_online_url (LyktaIcalEvent *self);
/* STATUS. */
LyktaStatus lykta_ical_event_read_status (LyktaIcalEvent *self);
LyktaAudience lykta_ical_event_read_audience (LyktaIcalEvent *self, LyktaTexts *title);
LyktaAttendance lykta_ical_event_read_attendance (LyktaIcalEvent *self,
                                                  gboolean has_place,
                                                  gboolean has_online_url);
/* Everything else: purposes, categories, ages, childcare, price, booking … */
void lykta_ical_event_read_facts (LyktaIcalEvent *self,
                                  LyktaTexts *title,
                                  LyktaActivityBuilder *builder);

G_END_DECLS
