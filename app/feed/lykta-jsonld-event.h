/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "feed/lykta-feed-report.h"
#include "feed/lykta-zone.h"
#include "model/lykta-activity.h"

G_BEGIN_DECLS

/* Finds the object that "@id": @id names elsewhere in the file; NULL when there is none. Borrowed,
 * valid as long as the event is being read. */
typedef JsonObject *(*LyktaJsonldResolver) (const char *id, gpointer user_data);

/* One object on its way to becoming an activity, and where to complain. Lives on the stack of the
 * reader; one thread. What becomes what is written in JSONLD.md. */
typedef struct {
  JsonObject *object;      /* (unowned) */
  LyktaFeedReport *report; /* (unowned) */
  guint line;
  const char *uid;      /* (unowned) (nullable: not known yet) */
  const char *language; /* interned: of texts that do not name theirs */
  gboolean is_ours;     /* written by Lykta: nothing is guessed */
  LyktaJsonldResolver resolve;
  gpointer resolve_data;
  guint *budget; /* (unowned) dates that may still be written out one by one in this file */
} LyktaJsonldEvent;

void lykta_jsonld_warn (LyktaJsonldEvent *self, const char *code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void lykta_jsonld_note (LyktaJsonldEvent *self, const char *code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* ---- values, whatever they are wrapped in ---- */

/* The member @name of schema.org in any of its spellings ("name", "schema:name",
 * "http://schema.org/name"); NULL when it is not there, null or an empty list. Borrowed. */
JsonNode *lykta_jsonld_get (JsonObject *object, const char *name);
/* A value alone is a list of one; NULL is a list of none. */
guint lykta_jsonld_count (JsonNode *node);
JsonNode *lykta_jsonld_nth (JsonNode *node, guint index);
/* The first string, or the string inside {"@value"}, {"@id"}; NULL when there is none. Borrowed. */
const char *lykta_jsonld_string (JsonNode *node);
const char *lykta_jsonld_get_string (JsonObject *object, const char *name);
/* FALSE when it is no finite number, also as a string ("59.85", "59,85"). */
gboolean lykta_jsonld_number (JsonNode *node, double *number);
/* TRUE, FALSE, "true", "https://schema.org/False", 1 and so on. */
LyktaTristate lykta_jsonld_tristate (JsonNode *node);
/* The first object, found through "@id" when it is only named. Borrowed. */
JsonObject *lykta_jsonld_object (LyktaJsonldEvent *self, JsonNode *node);
/* Last part of a name of the vocabulary: "https://schema.org/EventCancelled" → "EventCancelled". */
const char *lykta_jsonld_local_name (const char *text);
gboolean lykta_jsonld_has_type (JsonObject *object, const char *type);
gboolean lykta_jsonld_is_event (JsonObject *object);

/* A line of text made harmless, at most 300 characters; NULL when nothing is left. (transfer full)
 */
char *lykta_jsonld_line (const char *text);
char *lykta_jsonld_get_line (JsonObject *object, const char *name);
/* An address of the web (http, https), without credentials; NULL with a finding otherwise.
 * (transfer full) */
char *lykta_jsonld_url (LyktaJsonldEvent *self, const char *text);
/* Texts by language of anything that schema.org may carry them in. (transfer full) */
LyktaTexts *lykta_jsonld_texts (LyktaJsonldEvent *self, JsonNode *node, gsize max_chars);
/* One line of them, Swedish if there is: names of places and people. (transfer full) (nullable) */
char *lykta_jsonld_name (LyktaJsonldEvent *self, JsonNode *node);

/* ---- times ---- */

/* A date, or a date with a time, as it is written. */
typedef struct {
  gint64 wall; /* as in feed/lykta-recurrence.h, on the clock that it was written by */
  int offset;  /* seconds east of Greenwich; only when has_offset */
  gboolean has_offset;
  gboolean is_date;
} LyktaIsoTime;
/* ISO 8601 in the forms that are met; FALSE when it is none. */
gboolean lykta_iso_time_parse (const char *text, LyktaIsoTime *time);
/* "18:00", "18:00:00", "T18:00", with or without offset: seconds of the day. */
gboolean lykta_iso_clock_parse (const char *text, gint64 *seconds);
/* The moment, floating times taken in @zone. */
gint64 lykta_iso_time_to_moment (const LyktaIsoTime *time, LyktaZone *zone);
/* A time in @node: ISO 8601, or the number of seconds or milliseconds since 1970. */
gboolean lykta_jsonld_time (LyktaJsonldEvent *self, JsonNode *node, LyktaIsoTime *time);
/* A Unix time in @node; 0 when there is none. */
gint64 lykta_jsonld_moment (LyktaJsonldEvent *self, JsonNode *node, LyktaZone *zone);

/* When something is, once. */
typedef struct {
  LyktaZone *zone; /* (owned) */
  gint64 wall;     /* start on the clocks of @zone */
  gint64 start;    /* the same as a moment */
  gint64 duration; /* wall-clock seconds */
  gboolean is_all_day;
} LyktaJsonldWhen;
void lykta_jsonld_when_clear (LyktaJsonldWhen *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LyktaJsonldWhen, lykta_jsonld_when_clear)
/* startDate, endDate, duration. FALSE when there is no start that can be read; nothing is said
 * then. @zone_id (nullable): of floating times. */
gboolean lykta_jsonld_read_when (LyktaJsonldEvent *self,
                                 JsonObject *object,
                                 const char *zone_id,
                                 LyktaJsonldWhen *when);
/* All dates of the event: eventSchedule, subEvent, startDate. NULL with @code (static) and
 * LYKTA_FEED_ERROR when there are none. (transfer full) */
LyktaSchedule *
lykta_jsonld_read_schedule (LyktaJsonldEvent *self, const char **code, GError **error);

/* ---- the rest ---- */

LyktaStatus lykta_jsonld_read_status (LyktaJsonldEvent *self, JsonObject *object);
LyktaAttendance lykta_jsonld_read_attendance (LyktaJsonldEvent *self, JsonObject *object);
LyktaPlace *lykta_jsonld_read_place (LyktaJsonldEvent *self, JsonObject *object);
char *lykta_jsonld_read_online_url (LyktaJsonldEvent *self, JsonObject *object);
LyktaAudience lykta_jsonld_read_audience (LyktaJsonldEvent *self, JsonObject *object);
void lykta_jsonld_read_organisers (LyktaJsonldEvent *self, LyktaActivityBuilder *builder);
void
lykta_jsonld_read_facts (LyktaJsonldEvent *self, LyktaTexts *title, LyktaActivityBuilder *builder);

/* ---- what only Lykta writes ---- */

LyktaSchedule *lykta_jsonld_read_own_schedule (LyktaJsonldEvent *self, JsonObject *schedule);
LyktaOrganiser *lykta_jsonld_read_own_organiser (LyktaJsonldEvent *self, JsonObject *object);

G_END_DECLS
