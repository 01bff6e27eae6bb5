/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-feed.h"
#include "feed/lykta-ical-event.h"
#include "feed/lykta-jsonld-event.h"
#include "feed/lykta-recurrence.h"

#define DAY_SECONDS ((gint64)86400)

/* The dates of one event as they come together. */
typedef struct {
  LyktaJsonldEvent *event;       /* (unowned) */
  LyktaScheduleBuilder *builder; /* (owned) (nullable) */
  LyktaJsonldWhen when;          /* the first date: what the others are like unless they differ */
  gboolean has_rule;
  guint n_dates;
} Series;

static void
series_clear (Series *self)
{
  g_clear_pointer (&self->builder, lykta_schedule_builder_free);
  lykta_jsonld_when_clear (&self->when);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Series, series_clear)

static void
start_series (Series *self, LyktaJsonldWhen *when)
{
  int hour, minute, second;
  LyktaDate date = lykta_wall_to_date (when->wall, &hour, &minute, &second);

  self->when = *when;
  self->when.zone = g_steal_pointer (&when->zone);
  self->builder = lykta_schedule_builder_new (lykta_zone_get_id (self->when.zone), date, hour,
                                              minute, second, when->is_all_day, when->duration);
}

static gboolean
take_date (Series *self)
{
  if (self->n_dates >= LYKTA_LIMIT_DATES || *self->event->budget == 0) {
    lykta_jsonld_warn (self->event, "too-many-dates",
                       "It has more single dates than can be kept; the rest was left out.");
    return FALSE;
  }
  self->n_dates++;
  (*self->event->budget)--;
  return TRUE;
}

/* ---- eventSchedule ---- */

/* "P2W", "weekly" … as the beginning of a rule. */
static char *
frequency_of (JsonObject *schedule)
{
  static const struct {
    const char *word;
    const char *rule;
  } words[] = {
      {"daily", "FREQ=DAILY"},
      {"weekly", "FREQ=WEEKLY"},
      {"biweekly", "FREQ=WEEKLY;INTERVAL=2"},
      {"fortnightly", "FREQ=WEEKLY;INTERVAL=2"},
      {"monthly", "FREQ=MONTHLY"},
      {"yearly", "FREQ=YEARLY"},
      {"annually", "FREQ=YEARLY"},
  };
  const char *text = lykta_jsonld_get_string (schedule, "repeatFrequency");
  guint64 n;
  char *end = NULL;

  if (text == NULL)
    return lykta_jsonld_get (schedule, "byDay") != NULL        ? g_strdup ("FREQ=WEEKLY")
           : lykta_jsonld_get (schedule, "byMonthDay") != NULL ? g_strdup ("FREQ=MONTHLY")
                                                               : NULL;
  text = lykta_jsonld_local_name (text);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i].word) == 0)
      return g_strdup (words[i].rule);
  if (*text != 'P' || !g_ascii_isdigit (text[1]))
    return NULL;
  n = g_ascii_strtoull (text + 1, &end, 10);
  if (n == 0 || n > 1000 || *end == 0 || end[1] != 0)
    return NULL;
  switch (*end) {
  case 'D':
    return n % 7 == 0 ? g_strdup_printf ("FREQ=WEEKLY;INTERVAL=%d", (int)n / 7)
                      : g_strdup_printf ("FREQ=DAILY;INTERVAL=%d", (int)n);
  case 'W':
    return g_strdup_printf ("FREQ=WEEKLY;INTERVAL=%d", (int)n);
  case 'M':
    return g_strdup_printf ("FREQ=MONTHLY;INTERVAL=%d", (int)n);
  case 'Y':
    return g_strdup_printf ("FREQ=YEARLY;INTERVAL=%d", (int)n);
  default:
    return NULL;
  }
}

/* "https://schema.org/Monday", "Monday", "mon", "måndag", "MO", "2MO" → "MO", "2MO". */
static gboolean
append_day (GString *rule, const char *text, int week)
{
  static const struct {
    const char *start;
    const char *day;
  } days[] = {{"mo", "MO"}, {"tu", "TU"}, {"we", "WE"}, {"th", "TH"}, {"fr", "FR"},
              {"sa", "SA"}, {"su", "SU"}, {"må", "MO"}, {"ti", "TU"}, {"on", "WE"},
              {"to", "TH"}, {"lö", "SA"}, {"sö", "SU"}};
  const char *p = text;
  gint64 nth = 0;

  if (*p == '+' || *p == '-' || g_ascii_isdigit (*p))
    nth = g_ascii_strtoll (p, (char **)&p, 10);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    if (g_ascii_strncasecmp (p, days[i].start, strlen (days[i].start)) != 0)
      continue;
    if (nth == 0)
      nth = week;
    if (nth < -53 || nth > 53)
      return FALSE;
    if (nth != 0)
      g_string_append_printf (rule, "%d", (int)nth);
    g_string_append (rule, days[i].day);
    return TRUE;
  }
  return FALSE;
}

static void
append_days (LyktaJsonldEvent *self, JsonObject *schedule, GString *rule)
{
  JsonNode *days = lykta_jsonld_get (schedule, "byDay");
  JsonNode *weeks = lykta_jsonld_get (schedule, "byMonthWeek");
  guint n_weeks = MIN (lykta_jsonld_count (weeks), 6);
  guint n = MIN (lykta_jsonld_count (days), 14);
  gboolean is_first = TRUE;

  for (guint i = 0; i < n; i++) {
    const char *text = lykta_jsonld_string (lykta_jsonld_nth (days, i));

    for (guint k = 0; text != NULL && k < MAX (n_weeks, 1); k++) {
      gsize before = rule->len;
      double week = 0;

      if (n_weeks > 0)
        lykta_jsonld_number (lykta_jsonld_nth (weeks, k), &week);
      g_string_append (rule, is_first ? ";BYDAY=" : ",");
      if (append_day (rule, lykta_jsonld_local_name (text), (int)CLAMP (week, -5, 5))) {
        is_first = FALSE;
        continue;
      }
      g_string_truncate (rule, before);
      lykta_jsonld_warn (self, "bad-day", "“%.30s” is no day of the week and was left out.", text);
    }
  }
}

static void
append_numbers (
    JsonObject *schedule, const char *name, const char *part, int min, int max, GString *rule)
{
  JsonNode *node = lykta_jsonld_get (schedule, name);
  guint n = MIN (lykta_jsonld_count (node), 31);
  gboolean is_first = TRUE;

  for (guint i = 0; i < n; i++) {
    double number;

    if (!lykta_jsonld_number (lykta_jsonld_nth (node, i), &number) || number == 0 || number < min ||
        number > max)
      continue;
    g_string_append_printf (rule, "%s%d", is_first ? part : ",", (int)number);
    is_first = FALSE;
  }
}

/* endDate is the last day on which it may begin, repeatCount how often it is. */
static void
append_end (LyktaJsonldEvent *self,
            JsonObject *schedule,
            const LyktaJsonldWhen *when,
            GString *rule)
{
  JsonNode *node = lykta_jsonld_get (schedule, "endDate");
  LyktaIsoTime end;
  double count;

  if (node != NULL && lykta_jsonld_time (self, node, &end)) {
    if (when->is_all_day) {
      LyktaDate date = lykta_wall_to_date (end.wall, NULL, NULL, NULL);

      g_string_append_printf (rule, ";UNTIL=%04d%02d%02d", date.year, date.month, date.day);
    } else {
      gint64 wall = end.is_date ? end.wall + DAY_SECONDS - 1 : end.wall;
      gint64 moment = end.has_offset ? wall - end.offset : lykta_zone_to_moment (when->zone, wall);
      int hour, minute, second;
      LyktaDate date = lykta_wall_to_date (moment, &hour, &minute, &second);

      g_string_append_printf (rule, ";UNTIL=%04d%02d%02dT%02d%02d%02dZ", date.year, date.month,
                              date.day, hour, minute, second);
    }
  } else if (lykta_jsonld_number (lykta_jsonld_get (schedule, "repeatCount"), &count) &&
             count >= 1 && count <= 10000)
    g_string_append_printf (rule, ";COUNT=%d", (int)count);
}

/* (transfer full) (nullable) */
static char *
rule_of (LyktaJsonldEvent *self, JsonObject *schedule, const LyktaJsonldWhen *when)
{
  g_autofree char *frequency = frequency_of (schedule);
  g_autoptr (GString) rule = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *normal = NULL;
  LyktaRule parsed;

  if (frequency == NULL) {
    if (lykta_jsonld_get (schedule, "repeatFrequency") != NULL)
      lykta_jsonld_warn (self, "bad-frequency",
                         "“%.30s” is no repeatFrequency (P1W); the first date alone is shown.",
                         lykta_jsonld_get_string (schedule, "repeatFrequency") != NULL
                             ? lykta_jsonld_get_string (schedule, "repeatFrequency")
                             : "");
    return NULL;
  }
  rule = g_string_new (frequency);
  append_days (self, schedule, rule);
  append_numbers (schedule, "byMonth", ";BYMONTH=", 1, 12, rule);
  append_numbers (schedule, "byMonthDay", ";BYMONTHDAY=", -31, 31, rule);
  append_end (self, schedule, when, rule);
  normal = lykta_rule_normalise (rule->str);
  if (!lykta_rule_parse (normal, &parsed, &error) ||
      !lykta_rule_is_possible (&parsed, when->wall)) {
    lykta_jsonld_warn (self, "bad-rule", "The schedule cannot be followed: %s.",
                       error != NULL ? error->message : "no day fits it");
    return NULL;
  }
  return g_steal_pointer (&normal);
}

/* The zone that a schedule names. (transfer full) (nullable) */
static char *
zone_id_of (LyktaJsonldEvent *self, JsonObject *object)
{
  const char *tzid = lykta_jsonld_get_string (object, "scheduleTimezone");
  char *id = tzid != NULL ? lykta_tzid_to_iana (tzid) : NULL;

  if (tzid != NULL && id == NULL)
    lykta_jsonld_warn (self, "unknown-zone",
                       "“%.60s” is no time zone; the times were taken for Europe/Stockholm.", tzid);
  return id;
}

static gint64
duration_of_schedule (JsonObject *schedule,
                      const LyktaJsonldWhen *when,
                      gboolean has_event,
                      const LyktaJsonldWhen *event)
{
  const char *end_time = lykta_jsonld_get_string (schedule, "endTime");
  const char *text = lykta_jsonld_get_string (schedule, "duration");
  gint64 seconds;

  if (when->is_all_day)
    return DAY_SECONDS;
  if (text != NULL && lykta_ical_parse_duration (text, &seconds) && seconds >= 0 &&
      seconds <= 31 * DAY_SECONDS)
    return seconds;
  if (end_time != NULL && lykta_iso_clock_parse (end_time, &seconds))
    return (seconds - when->wall % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS;
  /* The event's own end may be that of the series. */
  return has_event && !event->is_all_day && event->duration < DAY_SECONDS ? event->duration : 0;
}

/* The first date of @schedule, what it does not say taken from the event. */
static gboolean
read_schedule_start (LyktaJsonldEvent *self, JsonObject *schedule, LyktaJsonldWhen *when)
{
  g_autofree char *zone_id = zone_id_of (self, schedule);
  g_auto (LyktaJsonldWhen) event = {0};
  gboolean has_event = lykta_jsonld_read_when (self, self->object, zone_id, &event);
  JsonNode *node = lykta_jsonld_get (schedule, "startDate");
  const char *start_time = lykta_jsonld_get_string (schedule, "startTime");
  gint64 seconds = -1;
  LyktaIsoTime start;

  when->zone = lykta_zone_new (zone_id);
  if (when->zone == NULL)
    when->zone = lykta_zone_new (NULL);
  if (start_time != NULL && !lykta_iso_clock_parse (start_time, &seconds))
    lykta_jsonld_warn (self, "bad-time", "“%.30s” is no time of day.", start_time);
  if (node != NULL && lykta_jsonld_time (self, node, &start)) {
    when->wall =
        start.has_offset ? lykta_zone_to_wall (when->zone, start.wall - start.offset) : start.wall;
    when->is_all_day = start.is_date;
  } else if (has_event) {
    when->wall = event.wall;
    when->is_all_day = event.is_all_day;
  } else
    return FALSE;
  if (seconds < 0 && when->is_all_day && has_event && !event.is_all_day)
    seconds = event.wall % DAY_SECONDS;
  if (seconds >= 0) {
    when->wall -= when->wall % DAY_SECONDS;
    when->wall += seconds;
    when->is_all_day = FALSE;
  }
  when->duration = duration_of_schedule (schedule, when, has_event, &event);
  when->start = lykta_zone_to_moment (when->zone, when->wall);
  return TRUE;
}

static gboolean
on_first (gint64 wall, gpointer user_data)
{
  *(gint64 *)user_data = wall;
  return FALSE;
}

/* The first day that the rule really hits: the day on which a term begins is often none. */
static void
move_to_first (LyktaJsonldWhen *when, const char *text)
{
  LyktaRule rule;
  guint steps = LYKTA_LIMIT_RECURRENCE_STEPS;
  gint64 first = G_MININT64;
  gint64 from = when->wall;

  if (!lykta_rule_parse (text, &rule, NULL))
    return;
  lykta_rule_expand (&rule, from, from, G_MAXINT64 / 4, G_MAXINT64, &steps, on_first, &first, NULL);
  if (first == G_MININT64)
    return;
  when->wall = first;
  when->start = lykta_zone_to_moment (when->zone, first);
}

static void
add_exceptions (Series *self, JsonObject *schedule, const LyktaJsonldWhen *when)
{
  JsonNode *node = lykta_jsonld_get (schedule, "exceptDate");
  guint n = lykta_jsonld_count (node);

  for (guint i = 0; i < n; i++) {
    LyktaIsoTime time;

    if (!lykta_jsonld_time (self->event, lykta_jsonld_nth (node, i), &time)) {
      lykta_jsonld_warn (self->event, "bad-exception", "An exceptDate cannot be read.");
      continue;
    }
    if (!take_date (self))
      return;
    if (time.is_date)
      time.wall += when->wall % DAY_SECONDS;
    lykta_schedule_builder_add_exception (self->builder,
                                          lykta_iso_time_to_moment (&time, when->zone));
  }
}

static void
add_plain_date (Series *self, const LyktaJsonldWhen *when)
{
  LyktaOverride override = {.original_start = when->start, .start = when->start};

  if (when->start == self->when.start || !take_date (self))
    return;
  lykta_schedule_builder_add_date (self->builder, when->start);
  override.end = lykta_zone_to_moment (when->zone, when->wall + when->duration);
  if (when->duration != self->when.duration)
    lykta_schedule_builder_add_override (self->builder, &override);
}

typedef struct {
  Series *series;
  LyktaJsonldWhen when;
  guint n;
} Expansion;

static gboolean
on_date (gint64 wall, gpointer user_data)
{
  Expansion *self = user_data;

  self->when.wall = wall;
  self->when.start = lykta_zone_to_moment (self->when.zone, wall);
  add_plain_date (self->series, &self->when);
  return ++self->n < LYKTA_LIMIT_DATES;
}

/* A second schedule with other times than the first is written out, as far as dates are kept. */
static void
expand_schedule (Series *self, const LyktaJsonldWhen *when, const char *text)
{
  Expansion expansion = {self, *when, 0};
  guint steps = LYKTA_LIMIT_RECURRENCE_STEPS;
  gint64 last = when->wall + (LYKTA_HORIZON_DAYS + 366) * DAY_SECONDS;
  gint64 until = G_MAXINT64;
  LyktaRule rule;

  if (!lykta_rule_parse (text, &rule, NULL))
    return;
  if (rule.has_until)
    until = rule.is_until_utc ? lykta_zone_to_wall (when->zone, rule.until)
                              : rule.until + (rule.is_until_date ? DAY_SECONDS - 1 : 0);
  lykta_rule_expand (&rule, when->wall, when->wall, last, until, &steps, on_date, &expansion, NULL);
}

static gboolean
is_like (const LyktaJsonldWhen *a, const LyktaJsonldWhen *b)
{
  return a->wall == b->wall && a->duration == b->duration && a->is_all_day == b->is_all_day &&
         g_str_equal (lykta_zone_get_id (a->zone), lykta_zone_get_id (b->zone));
}

static void
add_schedule (Series *self, JsonObject *schedule)
{
  g_auto (LyktaJsonldWhen) when = {0};
  g_autofree char *rule = NULL;
  gboolean is_first = self->builder == NULL;

  if (!read_schedule_start (self->event, schedule, &when))
    return;
  rule = rule_of (self->event, schedule, &when);
  if (rule != NULL)
    move_to_first (&when, rule);
  if (is_first)
    start_series (self, &when);
  if (rule == NULL) {
    if (!is_first)
      add_plain_date (self, &when);
  } else if (is_first || is_like (&when, &self->when)) {
    lykta_schedule_builder_add_rule (self->builder, rule);
    self->has_rule = TRUE;
  } else
    expand_schedule (self, &when, rule);
  add_exceptions (self, schedule, is_first ? &self->when : &when);
}

/* "RRULE:FREQ=WEEKLY" where a Schedule should be. */
static void
add_rule_text (Series *self, const char *text)
{
  g_auto (LyktaJsonldWhen) when = {0};
  g_autofree char *rule =
      lykta_rule_normalise (g_str_has_prefix (text, "RRULE:") ? text + strlen ("RRULE:") : text);
  g_autoptr (GError) error = NULL;
  LyktaRule parsed;

  if (!lykta_rule_parse (rule, &parsed, &error)) {
    lykta_jsonld_warn (self->event, "bad-rule", "The schedule cannot be followed: %s.",
                       error->message);
    return;
  }
  if (self->builder == NULL) {
    if (!lykta_jsonld_read_when (self->event, self->event->object, NULL, &when))
      return;
    if (!when.is_all_day && when.duration >= DAY_SECONDS)
      when.duration %= DAY_SECONDS;
    start_series (self, &when);
  }
  lykta_schedule_builder_add_rule (self->builder, rule);
  self->has_rule = TRUE;
}

static void
add_schedules (Series *self)
{
  JsonNode *node = lykta_jsonld_get (self->event->object, "eventSchedule");
  guint n = MIN (lykta_jsonld_count (node), LYKTA_LIMIT_RULES);

  for (guint i = 0; i < n; i++) {
    JsonNode *item = lykta_jsonld_nth (node, i);
    JsonObject *schedule = lykta_jsonld_object (self->event, item);
    const char *text = lykta_jsonld_string (item);

    if (schedule != NULL)
      add_schedule (self, schedule);
    else if (text != NULL)
      add_rule_text (self, text);
  }
}

/* ---- subEvent ---- */

static void
override_clear (LyktaOverride *override)
{
  g_clear_pointer (&override->title, lykta_texts_unref);
  g_clear_pointer (&override->description, lykta_texts_unref);
  g_clear_pointer (&override->place, lykta_place_unref);
  g_free (override->online_url);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LyktaOverride, override_clear)

/* Texts of @object under @name when they differ from those of the event. */
static LyktaTexts *
other_texts (LyktaJsonldEvent *self, JsonObject *object, const char *name, gsize max_chars)
{
  g_autoptr (LyktaTexts) own =
      lykta_jsonld_texts (self, lykta_jsonld_get (object, name), max_chars);
  g_autoptr (LyktaTexts) whole =
      lykta_jsonld_texts (self, lykta_jsonld_get (self->object, name), max_chars);

  return lykta_texts_get_n (own) == 0 || lykta_texts_equal (own, whole) ? NULL
                                                                        : g_steal_pointer (&own);
}

static gboolean
is_plain (const LyktaOverride *override, const LyktaJsonldWhen *when, const Series *series)
{
  return override->original_start == override->start && when->duration == series->when.duration &&
         override->status == LYKTA_STATUS_SCHEDULED && override->title == NULL &&
         override->description == NULL && override->place == NULL && override->online_url == NULL;
}

static void
read_override (LyktaJsonldEvent *self,
               JsonObject *object,
               const LyktaJsonldWhen *when,
               LyktaOverride *override)
{
  gint64 previous =
      lykta_jsonld_moment (self, lykta_jsonld_get (object, "previousStartDate"), when->zone);

  override->start = when->start;
  override->original_start = previous != 0 ? previous : when->start;
  override->end = lykta_zone_to_moment (when->zone, when->wall + when->duration);
  override->status = lykta_jsonld_read_status (self, object);
  override->title = other_texts (self, object, "name", LYKTA_LIMIT_TITLE_CHARS);
  override->description = other_texts (self, object, "description", LYKTA_LIMIT_TEXT_CHARS);
  override->place = lykta_jsonld_read_place (self, object);
  override->online_url = lykta_jsonld_read_online_url (self, object);
  if (override->place != NULL || override->online_url != NULL)
    override->attendance = lykta_jsonld_read_attendance (self, object);
}

static void
add_sub_event (Series *self, JsonObject *object)
{
  g_auto (LyktaJsonldWhen) when = {0};
  g_auto (LyktaOverride) override = {0};
  gboolean is_first = self->builder == NULL;

  if (!lykta_jsonld_read_when (self->event, object, NULL, &when)) {
    lykta_jsonld_warn (self->event, "sub-event-without-start",
                       "A subEvent has no startDate and was left out.");
    return;
  }
  if (!is_first && !take_date (self))
    return;
  read_override (self->event, object, &when, &override);
  if (is_first) {
    LyktaJsonldWhen first = when;

    first.zone = lykta_zone_ref (when.zone);
    start_series (self, &first);
  } else if (!self->has_rule || override.original_start == override.start)
    lykta_schedule_builder_add_date (self->builder, override.original_start);
  if (!is_plain (&override, &when, self))
    lykta_schedule_builder_add_override (self->builder, &override);
}

static void
add_sub_events (Series *self)
{
  static const char *const names[] = {"subEvent", "subEvents"};

  for (guint k = 0; k < G_N_ELEMENTS (names); k++) {
    JsonNode *node = lykta_jsonld_get (self->event->object, names[k]);
    guint n = lykta_jsonld_count (node);

    for (guint i = 0; i < n; i++) {
      JsonObject *object = lykta_jsonld_object (self->event, lykta_jsonld_nth (node, i));

      if (object != NULL && lykta_jsonld_get (object, "startDate") != NULL)
        add_sub_event (self, object);
    }
  }
}

/* ---- startDate ---- */

/* One date. When it was moved, the schedule keeps the old one and the change. */
static void
add_single (Series *self)
{
  g_auto (LyktaJsonldWhen) when = {0};
  JsonObject *object = self->event->object;
  gint64 previous;

  if (!lykta_jsonld_read_when (self->event, object, NULL, &when))
    return;
  previous =
      lykta_jsonld_moment (self->event, lykta_jsonld_get (object, "previousStartDate"), when.zone);
  if (previous != 0 && previous != when.start && !when.is_all_day &&
      lykta_jsonld_read_status (self->event, object) == LYKTA_STATUS_RESCHEDULED) {
    LyktaOverride override = {
        .original_start = previous,
        .start = when.start,
        .end = lykta_zone_to_moment (when.zone, when.wall + when.duration),
        .status = LYKTA_STATUS_RESCHEDULED,
    };

    when.start = previous;
    when.wall = lykta_zone_to_wall (when.zone, previous);
    start_series (self, &when);
    lykta_schedule_builder_add_override (self->builder, &override);
    return;
  }
  start_series (self, &when);
}

LyktaSchedule *
lykta_jsonld_read_schedule (LyktaJsonldEvent *self, const char **code, GError **error)
{
  g_auto (Series) series = {.event = self};
  JsonNode *start = lykta_jsonld_get (self->object, "startDate");

  add_schedules (&series);
  add_sub_events (&series);
  if (series.builder == NULL)
    add_single (&series);
  if (series.builder != NULL)
    return lykta_schedule_builder_end (g_steal_pointer (&series.builder));
  *code = start != NULL ? "bad-start" : "no-start";
  if (start != NULL)
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                 "startDate “%.40s” is no date (ISO 8601, 2026-11-24T18:00).",
                 lykta_jsonld_string (start) != NULL ? lykta_jsonld_string (start) : "");
  else
    g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                         "The event has no startDate, so nobody knows when it is.");
  return NULL;
}
