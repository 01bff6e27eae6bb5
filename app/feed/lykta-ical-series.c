/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-ical-series.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-feed.h"

#define DAY_SECONDS 86400

struct _LyktaIcalSeries {
  LyktaActivityBuilder *builder;          /* (owned) */
  LyktaScheduleBuilder *schedule_builder; /* (owned) */
  LyktaTexts *title;                      /* (owned) */
  LyktaTexts *description;                /* (owned) */
  LyktaPlace *place;                      /* (owned) (nullable) */
  char *online_url;                       /* (owned) (nullable) */
  LyktaZone *zone;                        /* (owned) */
  gint64 wall;
  gint64 start;
  gint64 duration;
  LyktaAttendance attendance;
  LyktaAudience audience;
  GPtrArray *rules; /* (owned) (element-type utf8) */
  GArray *dates;    /* (owned) gint64, RDATE */
  guint n_dates;    /* EXDATE, RDATE and overrides together */
  guint *budget;    /* (unowned) */
  gint64 modified;
};

void
lykta_ical_series_free (LyktaIcalSeries *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->builder);
  g_clear_pointer (&self->schedule_builder, lykta_schedule_builder_free);
  g_clear_pointer (&self->title, lykta_texts_unref);
  g_clear_pointer (&self->description, lykta_texts_unref);
  g_clear_pointer (&self->place, lykta_place_unref);
  g_free (self->online_url);
  g_clear_pointer (&self->zone, lykta_zone_unref);
  g_ptr_array_unref (self->rules);
  g_array_unref (self->dates);
  g_free (self);
}

/* Counts one more single date; FALSE beyond the limit. */
static gboolean
take_date (LyktaIcalSeries *self)
{
  return ++self->n_dates <= LYKTA_LIMIT_DATES;
}

static gint64
until_of (LyktaIcalSeries *self, const LyktaRule *rule)
{
  gint64 until = rule->until;

  if (!rule->has_until)
    return G_MAXINT64;
  if (rule->is_until_utc && !rule->is_until_date)
    until = lykta_zone_to_wall (self->zone, until);
  return rule->is_until_date ? until + DAY_SECONDS - 1 : until;
}

/* One RRULE: kept when it can be followed. */
static gboolean
read_rule (LyktaIcalSeries *self,
           const LyktaIcalProperty *property,
           const char **code,
           GError **error)
{
  g_autofree char *text = lykta_rule_normalise (property->value);
  g_autoptr (GError) why = NULL;
  LyktaRule rule;

  if (!lykta_rule_parse (text, &rule, &why)) {
    gboolean is_frequent = strstr (text, "FREQ=SECONDLY") != NULL ||
                           strstr (text, "FREQ=MINUTELY") != NULL ||
                           strstr (text, "FREQ=HOURLY") != NULL;
    *code = is_frequent ? "rule-too-frequent" : "bad-rule";
    g_set_error (error, LYKTA_FEED_ERROR, why->code,
                 "The recurrence rule cannot be followed: %s. The rule is “%.100s”.", why->message,
                 text);
    return FALSE;
  }
  if (!lykta_rule_is_possible (&rule, self->wall)) {
    *code = "rule-impossible";
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                 "No day of the calendar fits the recurrence rule “%.100s”.", text);
    return FALSE;
  }
  if (self->rules->len == LYKTA_LIMIT_RULES) {
    *code = "too-many-rules";
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_LIMIT,
                 "The event has more than %d recurrence rules.", LYKTA_LIMIT_RULES);
    return FALSE;
  }
  lykta_schedule_builder_add_rule (self->schedule_builder, text);
  g_ptr_array_add (self->rules, g_steal_pointer (&text));
  return TRUE;
}

typedef struct {
  LyktaIcalSeries *series;
  GArray *into; /* gint64 moments */
} Collecting;

static gboolean
on_date (gint64 wall, gpointer user_data)
{
  Collecting *collecting = user_data;
  gint64 moment = lykta_zone_to_moment (collecting->series->zone, wall);

  if (collecting->into->len >= LYKTA_LIMIT_DATES)
    return FALSE;
  g_array_append_val (collecting->into, moment);
  return TRUE;
}

/* Appends the dates of @rule from @from on to @into, for as long as the file's budget lasts. */
static void
list_dates (LyktaIcalSeries *self, const LyktaRule *rule, gint64 from, GArray *into)
{
  Collecting collecting = {self, into};
  const guint most = MIN (*self->budget, LYKTA_LIMIT_RECURRENCE_STEPS);
  guint left = most;

  lykta_rule_expand (rule, self->wall, from, G_MAXINT64 / 2, until_of (self, rule), &left, on_date,
                     &collecting, NULL);
  *self->budget -= most - left;
}

/* EXRULE, which RFC 5545 has given up: its dates one by one. */
static void
read_exception_rule (LyktaIcalSeries *self,
                     LyktaIcalEvent *event,
                     const LyktaIcalProperty *property)
{
  g_autofree char *text = lykta_rule_normalise (property->value);
  g_autoptr (GArray) dates = g_array_new (FALSE, FALSE, sizeof (gint64));
  LyktaRule rule;

  if (!lykta_rule_parse (text, &rule, NULL) || !lykta_rule_is_possible (&rule, self->wall)) {
    lykta_ical_event_warn (event, property, "bad-exrule",
                           "The EXRULE “%.60s” cannot be followed and was left out.", text);
    return;
  }
  list_dates (self, &rule, self->wall, dates);
  for (guint i = 0; i < dates->len && take_date (self); i++)
    lykta_schedule_builder_add_exception (self->schedule_builder, g_array_index (dates, gint64, i));
  lykta_ical_event_note (event, property, "exrule",
                         "EXRULE is no longer part of iCalendar; write EXDATE instead.");
}

/* A single extra date with an end of its own. */
static void
add_period (LyktaIcalSeries *self, gint64 start, gint64 end)
{
  LyktaOverride override = {.original_start = start, .start = start, .end = end};

  lykta_schedule_builder_add_override (self->schedule_builder, &override);
}

/* "20261124T180000/PT2H" or "…/20261124T200000": the end of the period. */
static gboolean
period_end (LyktaIcalSeries *self,
            LyktaIcalEvent *event,
            const LyktaIcalProperty *property,
            const char *text,
            gint64 start,
            gint64 *end)
{
  if (g_ascii_toupper (*text) == 'P' || *text == '+') {
    gint64 duration;
    if (!lykta_ical_parse_duration (text, &duration) || duration < 0)
      return FALSE;
    *end = lykta_zone_to_moment (self->zone, lykta_zone_to_wall (self->zone, start) + duration);
    return TRUE;
  }
  return lykta_ical_event_read_moment (event, property, text, self->zone, self->wall, end) &&
         *end >= start;
}

/* One value of EXDATE or RDATE. */
static void
read_date (LyktaIcalSeries *self,
           LyktaIcalEvent *event,
           const LyktaIcalProperty *property,
           char *item)
{
  gboolean is_exception = property->name == LYKTA_ICAL_EXDATE;
  char *slash = strchr (item, '/');
  gint64 moment, end;

  if (slash != NULL)
    *slash++ = 0;
  if (!lykta_ical_event_read_moment (event, property, item, self->zone, self->wall, &moment)) {
    lykta_ical_event_warn (event, property, is_exception ? "bad-exdate" : "bad-rdate",
                           "“%.40s” is no date and was left out.", item);
    return;
  }
  if (!take_date (self)) {
    if (self->n_dates == LYKTA_LIMIT_DATES + 1)
      lykta_ical_event_warn (event, property, "too-many-dates",
                             "The event has more than %d single dates; the rest was left out.",
                             LYKTA_LIMIT_DATES);
    return;
  }
  if (is_exception) {
    lykta_schedule_builder_add_exception (self->schedule_builder, moment);
    return;
  }
  lykta_schedule_builder_add_date (self->schedule_builder, moment);
  g_array_append_val (self->dates, moment);
  if (slash != NULL && period_end (self, event, property, slash, moment, &end) &&
      end != lykta_zone_to_moment (self->zone,
                                   lykta_zone_to_wall (self->zone, moment) + self->duration))
    add_period (self, moment, end);
}

static void
read_dates (LyktaIcalSeries *self, LyktaIcalEvent *event, const LyktaIcalProperty *property)
{
  char *item = (char *)property->value;

  while (item != NULL && *item != 0 && self->n_dates <= LYKTA_LIMIT_DATES) {
    char *comma = strchr (item, ',');
    if (comma != NULL)
      *comma = 0;
    if (*item != 0)
      read_date (self, event, property, item);
    item = comma != NULL ? comma + 1 : NULL;
  }
}

static gboolean
is_start_hit (LyktaIcalSeries *self)
{
  const gint64 start = lykta_zone_to_moment (self->zone, self->wall);

  for (guint i = 0; i < self->dates->len; i++)
    if (g_array_index (self->dates, gint64, i) == start)
      return TRUE;
  for (guint i = 0; i < self->rules->len; i++) {
    guint left = MIN (*self->budget, LYKTA_LIMIT_RECURRENCE_STEPS);
    g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (gint64));
    Collecting collecting = {self, hits};
    LyktaRule rule;

    /* Out of steps, nobody can tell. */
    if (lykta_rule_parse (g_ptr_array_index (self->rules, i), &rule, NULL) &&
        (!lykta_rule_expand (&rule, self->wall, self->wall, self->wall + 1, until_of (self, &rule),
                             &left, on_date, &collecting, NULL) ||
         hits->len > 0))
      return TRUE;
  }
  return FALSE;
}

/* Other programs show the start as a date of its own, so that its publisher may never notice. */
static void
warn_of_missed_start (LyktaIcalSeries *self, LyktaIcalEvent *event)
{
  if (self->rules->len == 0 || is_start_hit (self))
    return;
  lykta_ical_event_warn (event, lykta_ical_component_find (event->component, LYKTA_ICAL_DTSTART),
                         "start-not-in-rule",
                         "DTSTART is no date of the event's own recurrence rule, so nothing is "
                         "shown on that day. Begin on the first date of the rule, or name the day "
                         "with RDATE as well.");
}

static gboolean
read_recurrence (LyktaIcalSeries *self, LyktaIcalEvent *event, const char **code, GError **error)
{
  guint n = lykta_ical_component_get_n (event->component);

  for (guint i = 0; i < n; i++) {
    const LyktaIcalProperty *property = lykta_ical_component_get_nth (event->component, i);
    if (property->child != 0)
      continue;
    if (property->name == LYKTA_ICAL_RRULE && *property->value != 0 &&
        !read_rule (self, property, code, error))
      return FALSE;
    if (property->name == LYKTA_ICAL_EXRULE)
      read_exception_rule (self, event, property);
    else if (property->name == LYKTA_ICAL_EXDATE || property->name == LYKTA_ICAL_RDATE)
      read_dates (self, event, property);
  }
  warn_of_missed_start (self, event);
  return TRUE;
}

static void
put_texts (LyktaTexts *texts,
           void (*put) (LyktaActivityBuilder *, const char *, const char *),
           LyktaActivityBuilder *builder)
{
  for (guint i = 0; i < lykta_texts_get_n (texts); i++)
    put (builder, lykta_texts_get_nth_language (texts, i), lykta_texts_get_nth_text (texts, i));
}

static void
read_title_and_description (LyktaIcalEvent *event, LyktaTexts **title, LyktaTexts **description)
{
  *title = lykta_ical_event_read_texts (event, LYKTA_ICAL_SUMMARY, LYKTA_ICAL_X_I18N_SUMMARY,
                                        LYKTA_LIMIT_TITLE_CHARS);
  *description = lykta_ical_event_read_texts (
      event, LYKTA_ICAL_DESCRIPTION, LYKTA_ICAL_X_I18N_DESCRIPTION, LYKTA_LIMIT_TEXT_CHARS);
  if (lykta_texts_get_n (*description) == 0) {
    g_autoptr (LyktaTexts) empty = *description;
    *description = lykta_ical_event_read_texts (event, LYKTA_ICAL_STYLED_DESCRIPTION,
                                                LYKTA_ICAL_X_ALT_DESC, LYKTA_LIMIT_TEXT_CHARS);
  }
}

static void
read_everything (LyktaIcalSeries *self, LyktaIcalEvent *event)
{
  LyktaActivityBuilder *builder = self->builder;
  g_autoptr (LyktaTexts) notes = NULL;
  g_autoptr (LyktaOrganiser) organiser = lykta_ical_event_read_organiser (event);

  read_title_and_description (event, &self->title, &self->description);
  if (lykta_texts_get_n (self->title) == 0)
    lykta_ical_event_warn (event, NULL, "no-title", "The event has no title (SUMMARY).");
  put_texts (self->title, lykta_activity_builder_set_title, builder);
  put_texts (self->description, lykta_activity_builder_set_description, builder);
  notes = lykta_ical_event_read_texts (event, LYKTA_ICAL_COMMENT, LYKTA_ICAL_OTHER,
                                       LYKTA_LIMIT_TEXT_CHARS);
  put_texts (notes, lykta_activity_builder_set_notes, builder);
  if (organiser != NULL)
    lykta_activity_builder_set_organiser (builder, organiser);
  lykta_ical_event_read_co_organisers (event, builder);
  self->place = lykta_ical_event_read_place (event);
  if (self->place != NULL)
    lykta_activity_builder_set_place (builder, self->place);
  self->online_url = lykta_ical_event_read_online_url (event);
  if (self->online_url != NULL)
    lykta_activity_builder_set_online_url (builder, self->online_url);
  self->attendance =
      lykta_ical_event_read_attendance (event, self->place != NULL, self->online_url != NULL);
  lykta_activity_builder_set_attendance (builder, self->attendance);
  self->audience = lykta_ical_event_read_audience (event, self->title);
  lykta_activity_builder_set_audience (builder, self->audience);
  lykta_activity_builder_set_status (builder, lykta_ical_event_read_status (event));
  self->modified = lykta_ical_event_read_modified (event);
  lykta_ical_event_read_facts (event, self->title, builder);
}

/* The calendar is shown to everybody. */
static gboolean
is_private (LyktaIcalEvent *event)
{
  const LyktaIcalProperty *class = lykta_ical_component_find (event->component, LYKTA_ICAL_CLASS);

  return class != NULL && (g_ascii_strcasecmp (class->value, "PRIVATE") == 0 ||
                           g_ascii_strcasecmp (class->value, "CONFIDENTIAL") == 0);
}

LyktaIcalSeries *
lykta_ical_series_new (LyktaIcalEvent *event, guint *budget, const char **code, GError **error)
{
  g_autoptr (LyktaIcalSeries) self = NULL;
  int hour, minute, second;
  LyktaDate date;

  g_return_val_if_fail (event != NULL && event->zone != NULL, NULL);
  if (is_private (event)) {
    *code = "private";
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_UNSUPPORTED,
                 "The event is marked as private (CLASS) and is not shown in public.");
    return NULL;
  }
  self = g_new0 (LyktaIcalSeries, 1);
  self->rules = g_ptr_array_new_with_free_func (g_free);
  self->dates = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->budget = budget;
  self->zone = lykta_zone_ref (event->zone);
  self->wall = event->wall;
  self->start = event->start;
  self->duration = event->duration;
  date = lykta_wall_to_date (event->wall, &hour, &minute, &second);
  self->schedule_builder =
      lykta_schedule_builder_new (lykta_zone_get_id (self->zone), date, hour, minute, second,
                                  event->is_all_day, event->duration);
  if (!read_recurrence (self, event, code, error))
    return NULL;
  self->builder = lykta_activity_builder_new (event->uid, NULL);
  read_everything (self, event);
  return g_steal_pointer (&self);
}

/* The texts of @own that differ from @series; NULL when none does. (transfer full) */
static LyktaTexts *
difference (LyktaTexts *own, LyktaTexts *series)
{
  LyktaTexts *texts = NULL;

  for (guint i = 0; i < lykta_texts_get_n (own); i++) {
    const char *language = lykta_texts_get_nth_language (own, i);
    const char *text = lykta_texts_get_nth_text (own, i);
    LyktaTexts *more;
    if (g_strcmp0 (text, lykta_texts_get (series, language)) == 0)
      continue;
    more = texts != NULL ? lykta_texts_with (texts, language, text)
                         : lykta_texts_new_single (language, text);
    g_clear_pointer (&texts, lykta_texts_unref);
    texts = more;
  }
  return texts;
}

/* The same place as far as @own says anything of it. */
static gboolean
is_same_place (LyktaPlace *own, LyktaPlace *series)
{
  g_autofree char *a = lykta_place_to_line (own);
  g_autofree char *b = series != NULL ? lykta_place_to_line (series) : NULL;

  if (series == NULL || g_strcmp0 (a, b) != 0)
    return FALSE;
  return !lykta_place_has_position (own) ||
         (lykta_place_has_position (series) &&
          lykta_place_get_latitude (own) == lykta_place_get_latitude (series) &&
          lykta_place_get_longitude (own) == lykta_place_get_longitude (series));
}

static void
override_clear (LyktaOverride *override)
{
  g_clear_pointer (&override->title, lykta_texts_unref);
  g_clear_pointer (&override->description, lykta_texts_unref);
  g_clear_pointer (&override->place, lykta_place_unref);
  g_clear_pointer (&override->online_url, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LyktaOverride, override_clear)

/* X-LYKTA-OWN lists what a date written by Lykta has of its own. */
static gboolean
is_own (const LyktaIcalProperty *list, const char *what)
{
  g_auto (GStrv) items = NULL;

  if (list == NULL)
    return TRUE;
  items = g_strsplit (list->value, ",", 16);
  return g_strv_contains ((const char *const *)items, what);
}

/* What @event says about its one date, as far as it differs from the series. */
static void
read_override (LyktaIcalSeries *self, LyktaIcalEvent *event, LyktaOverride *override)
{
  const LyktaIcalProperty *own =
      lykta_ical_component_find (event->component, LYKTA_ICAL_X_LYKTA_OWN);
  g_autoptr (LyktaTexts) title = NULL;
  g_autoptr (LyktaTexts) description = NULL;
  g_autoptr (LyktaPlace) place = lykta_ical_event_read_place (event);
  g_autofree char *url = lykta_ical_event_read_online_url (event);
  gboolean has_anything = place != NULL || url != NULL;

  override->start = event->start;
  override->end = lykta_zone_to_moment (event->zone, event->wall + event->duration);
  override->status = lykta_ical_event_read_status (event);
  read_title_and_description (event, &title, &description);
  if (own != NULL) {
    override->title = is_own (own, "title") ? lykta_texts_ref (title) : NULL;
    override->description = is_own (own, "description") ? lykta_texts_ref (description) : NULL;
    override->place = is_own (own, "place") ? g_steal_pointer (&place) : NULL;
    override->online_url = is_own (own, "online") ? g_steal_pointer (&url) : NULL;
    override->audience = lykta_ical_event_read_audience (event, NULL);
    override->attendance = lykta_ical_event_read_attendance (event, FALSE, FALSE);
    return;
  }
  if (override->status == LYKTA_STATUS_SCHEDULED && override->start != override->original_start)
    override->status = LYKTA_STATUS_RESCHEDULED;
  override->title = difference (title, self->title);
  override->description = difference (description, self->description);
  override->audience = lykta_ical_event_read_audience (event, override->title);
  if (override->audience == self->audience)
    override->audience = LYKTA_AUDIENCE_UNKNOWN;
  if (has_anything) {
    LyktaAttendance attendance =
        lykta_ical_event_read_attendance (event, place != NULL, url != NULL);
    override->attendance = attendance != self->attendance ? attendance : LYKTA_ATTENDANCE_UNKNOWN;
  }
  if (place != NULL && !is_same_place (place, self->place))
    override->place = g_steal_pointer (&place);
  if (url != NULL && g_strcmp0 (url, self->online_url) != 0)
    override->online_url = g_steal_pointer (&url);
}

/* The dates of the series from @from on. */
static void
dates_after (LyktaIcalSeries *self, gint64 from, GArray *into)
{
  for (guint i = 0; i < self->rules->len; i++) {
    LyktaRule rule;
    if (lykta_rule_parse (g_ptr_array_index (self->rules, i), &rule, NULL))
      list_dates (self, &rule, lykta_zone_to_wall (self->zone, from), into);
  }
  for (guint i = 0; i < self->dates->len; i++) {
    gint64 date = g_array_index (self->dates, gint64, i);
    if (date > from && into->len < LYKTA_LIMIT_DATES)
      g_array_append_val (into, date);
  }
}

/* RANGE=THISANDFUTURE: the same change to each later date, one by one, moved by as much. */
static void
add_future (LyktaIcalSeries *self,
            LyktaIcalEvent *event,
            const LyktaIcalProperty *property,
            const LyktaOverride *first)
{
  g_autoptr (GArray) dates = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 shift = lykta_zone_to_wall (self->zone, first->start) -
                 lykta_zone_to_wall (self->zone, first->original_start);
  gint64 length = first->end - first->start;
  guint n = 0;

  dates_after (self, first->original_start + 1, dates);
  for (guint i = 0; i < dates->len && take_date (self); i++, n++) {
    LyktaOverride override = *first;
    override.original_start = g_array_index (dates, gint64, i);
    override.start = lykta_zone_to_moment (
        self->zone, lykta_zone_to_wall (self->zone, override.original_start) + shift);
    override.end = override.start + length;
    lykta_schedule_builder_add_override (self->schedule_builder, &override);
  }
  lykta_ical_event_note (event, property, "this-and-future",
                         "The change was applied to %u later dates one by one.", n);
}

static gboolean
refuse (const char **code, GError **error, const char *token, const char *message)
{
  *code = token;
  g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID, message);
  return FALSE;
}

gboolean
lykta_ical_series_add_override (LyktaIcalSeries *self,
                                LyktaIcalEvent *event,
                                const char **code,
                                GError **error)
{
  const LyktaIcalProperty *property =
      lykta_ical_component_find (event->component, LYKTA_ICAL_RECURRENCE_ID);
  g_auto (LyktaOverride) override = {0};
  const char *range;

  g_return_val_if_fail (self != NULL && event != NULL, FALSE);
  if (property == NULL ||
      !lykta_ical_event_read_moment (event, property, property->value, self->zone, self->wall,
                                     &override.original_start))
    return refuse (
        code, error, "bad-recurrence-id",
        "RECURRENCE-ID is no date, so it is not known which date of the series is meant.");
  if (is_private (event))
    return refuse (code, error, "private",
                   "This date is marked as private (CLASS) and is not shown in public.");
  range = lykta_ical_component_get_parameter (event->component, property, "RANGE");
  if (range != NULL && g_ascii_strcasecmp (range, "THISANDFUTURE") != 0)
    return refuse (code, error, "bad-range",
                   "Only RANGE=THISANDFUTURE can be followed; list the dates one by one.");
  if (!take_date (self))
    return refuse (code, error, "too-many-dates", "The series has more than 1,000 changed dates.");
  read_override (self, event, &override);
  lykta_schedule_builder_add_override (self->schedule_builder, &override);
  if (range != NULL)
    add_future (self, event, property, &override);
  self->modified = MAX (self->modified, lykta_ical_event_read_modified (event));
  return TRUE;
}

gboolean
lykta_ical_series_add_date (LyktaIcalSeries *self,
                            LyktaIcalEvent *event,
                            const char **code,
                            GError **error)
{
  g_auto (LyktaOverride) override = {.original_start = event->start};

  g_return_val_if_fail (self != NULL && event != NULL, FALSE);
  if (is_private (event))
    return refuse (code, error, "private",
                   "This date is marked as private (CLASS) and is not shown in public.");
  if (!take_date (self))
    return refuse (code, error, "too-many-dates", "The series has more than 1,000 single dates.");
  read_override (self, event, &override);
  lykta_schedule_builder_add_date (self->schedule_builder, event->start);
  lykta_schedule_builder_add_override (self->schedule_builder, &override);
  self->modified = MAX (self->modified, lykta_ical_event_read_modified (event));
  return TRUE;
}

gboolean
lykta_ical_series_is_recurring (LyktaIcalSeries *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->rules->len > 0 || self->dates->len > 0;
}

gint64
lykta_ical_series_get_start (LyktaIcalSeries *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->start;
}

gint64
lykta_ical_series_get_wall (LyktaIcalSeries *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->wall;
}

LyktaZone *
lykta_ical_series_get_zone (LyktaIcalSeries *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->zone;
}

LyktaActivity *
lykta_ical_series_end (LyktaIcalSeries *self)
{
  g_autoptr (LyktaSchedule) schedule = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  schedule = lykta_schedule_builder_end (g_steal_pointer (&self->schedule_builder));
  lykta_activity_builder_set_schedule (self->builder, schedule);
  lykta_activity_builder_set_last_modified (self->builder, self->modified);
  return lykta_activity_builder_end (self->builder);
}
