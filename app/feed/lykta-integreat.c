/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-integreat.h"

#include <math.h>
#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-feed-words.h"
#include "feed/lykta-ical-lines.h"
#include "feed/lykta-json-index.h"
#include "feed/lykta-jsonld-event.h"
#include "feed/lykta-recurrence.h"
#include "text/lykta-language.h"

#define DAY_SECONDS ((gint64)86400)

typedef struct {
  LyktaIcalSource *source; /* (owned) */
  LyktaJsonIndex *index;   /* (owned) */
  GString *json;           /* (owned) */
  JsonParser *parser;      /* (owned) */
  LyktaFeedReport *report; /* (unowned) */
  const char *language;    /* interned */
  GCancellable *cancellable;
  guint n_events;
  guint n_activities;
  guint budget;
} Reader;

static void
reader_clear (Reader *reader)
{
  g_clear_pointer (&reader->index, lykta_json_index_free);
  g_clear_pointer (&reader->source, lykta_ical_source_free);
  g_clear_object (&reader->parser);
  if (reader->json != NULL)
    g_string_free (reader->json, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

/* One event with all its dates, as they come together. */
typedef struct {
  LyktaJsonldEvent event;
  char *uid;                     /* (owned) */
  LyktaActivityBuilder *builder; /* (owned) (nullable) */
  char *rule;                    /* (owned) (nullable) */
  char *rule_start;              /* (owned) (nullable) */
  LyktaZone *zone;               /* (owned) */
  gboolean is_all_day;
  gint64 duration;
  GArray *walls; /* (owned) gint64: starts on the clocks of zone */
} Series;

static void
series_clear (Series *self)
{
  g_free (self->uid);
  g_free (self->rule);
  g_free (self->rule_start);
  g_clear_object (&self->builder);
  g_clear_pointer (&self->zone, lykta_zone_unref);
  g_clear_pointer (&self->walls, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Series, series_clear)

static void
find_key (const char *json, gsize n, guint64 *key, guint64 *id)
{
  static const char *const event[] = {"event", NULL};
  static const char *const number[] = {"id", NULL};
  LyktaJsonSlice slice;

  lykta_json_peek (json, n, event, &slice);
  if (slice.start == NULL)
    return;
  lykta_json_peek (slice.start, slice.length, number, &slice);
  if (slice.start != NULL)
    *key = lykta_json_slice_hash (LYKTA_HASH_START, slice);
}

/* ---- addresses: /REGION/LANGUAGE/events/SLUG$2030-01-01/ ---- */

/* Part @index of the path, without what comes behind "$". (transfer full) (nullable) */
static char *
path_part (JsonObject *object, guint index)
{
  const char *path = lykta_jsonld_get_string (object, "path");
  g_auto (GStrv) parts = path != NULL ? g_strsplit (path, "/", 8) : NULL;

  if (parts == NULL || g_strv_length (parts) <= index + 1 || *parts[index + 1] == 0)
    return NULL;
  parts[index + 1][strcspn (parts[index + 1], "$")] = 0;
  return g_strdup (parts[index + 1]);
}

static const char *
language_of_file (Reader *reader, JsonObject *object)
{
  g_autofree char *tag = path_part (object, 1);
  const char *language = tag != NULL ? lykta_language_canonical (tag) : NULL;

  return language != NULL ? language : reader->language;
}

/* The language whose text stands in for one that is missing: copies keep the slug of what they are
 * copies of, and the language that things are written in comes first. */
static const char *
language_of_fallback (Reader *reader, JsonObject *object, const char *own)
{
  JsonNode *node = lykta_jsonld_get (object, "available_languages");
  g_autofree char *slug = path_part (object, 3);
  JsonObjectIter iter;
  const char *tag;
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) || slug == NULL)
    return reader->language;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &tag, &value)) {
    const char *language = lykta_language_canonical (tag);
    g_autofree char *other =
        JSON_NODE_HOLDS_OBJECT (value) ? path_part (json_node_get_object (value), 3) : NULL;

    if (language != NULL && language != own && g_strcmp0 (slug, other) == 0)
      return language;
  }
  return reader->language;
}

/* ---- one entry ---- */

static gboolean
read_when (Series *self, JsonObject *object, LyktaJsonldWhen *when, gint64 *wall)
{
  JsonObject *event = lykta_jsonld_object (&self->event, lykta_jsonld_get (object, "event"));
  JsonNode *start_node = event != NULL ? lykta_jsonld_get (event, "start") : NULL;
  JsonNode *end_node = event != NULL ? lykta_jsonld_get (event, "end") : NULL;
  const char *zone_id = event != NULL ? lykta_jsonld_get_string (event, "timezone") : NULL;
  LyktaIsoTime start, end;

  if (start_node == NULL || !lykta_jsonld_time (&self->event, start_node, &start))
    return FALSE;
  when->zone = lykta_zone_new (zone_id);
  if (when->zone == NULL)
    when->zone = lykta_zone_new (NULL);
  when->start = lykta_iso_time_to_moment (&start, when->zone);
  *wall = when->wall = lykta_zone_to_wall (when->zone, when->start);
  when->is_all_day =
      lykta_jsonld_tristate (lykta_jsonld_get (event, "all_day")) == LYKTA_TRISTATE_YES;
  if (end_node != NULL && lykta_jsonld_time (&self->event, end_node, &end))
    when->duration =
        lykta_zone_to_wall (when->zone, lykta_iso_time_to_moment (&end, when->zone)) - when->wall;
  if (when->is_all_day) {
    *wall = when->wall -= when->wall % DAY_SECONDS;
    when->duration = (when->duration / DAY_SECONDS + 1) * DAY_SECONDS;
  }
  when->duration = CLAMP (when->duration, 0, 400 * DAY_SECONDS);
  return TRUE;
}

static void
set_place (Series *self, JsonObject *object)
{
  JsonObject *location = lykta_jsonld_object (&self->event, lykta_jsonld_get (object, "location"));
  const char *meeting = lykta_jsonld_get_string (object, "meeting_url");
  g_autofree char *url = meeting != NULL ? lykta_jsonld_url (&self->event, meeting) : NULL;
  g_autoptr (LyktaPlace) place = NULL;

  if (location != NULL) {
    g_autofree char *name = lykta_jsonld_get_line (location, "name");
    g_autofree char *street = lykta_jsonld_get_line (location, "address");
    g_autofree char *postcode = lykta_jsonld_get_line (location, "postcode");
    g_autofree char *town = lykta_jsonld_get_line (location, "town");
    double latitude = G_MAXDOUBLE;
    double longitude = G_MAXDOUBLE;
    gboolean has_position =
        lykta_jsonld_number (lykta_jsonld_get (location, "latitude"), &latitude) &&
        lykta_jsonld_number (lykta_jsonld_get (location, "longitude"), &longitude) &&
        ABS (latitude) <= 90 && ABS (longitude) <= 180 && (latitude != 0 || longitude != 0);

    if (name != NULL || street != NULL || postcode != NULL || town != NULL || has_position)
      place = lykta_place_new (name, street, postcode, town, NULL, NULL,
                               has_position ? latitude : (double)NAN,
                               has_position ? longitude : (double)NAN);
  }
  lykta_activity_builder_set_place (self->builder, place);
  lykta_activity_builder_set_online_url (self->builder, url);
  lykta_activity_builder_set_attendance (
      self->builder, place != NULL
                         ? (url != NULL ? LYKTA_ATTENDANCE_MIXED : LYKTA_ATTENDANCE_ON_SITE)
                     : url != NULL ? LYKTA_ATTENDANCE_ONLINE
                                   : LYKTA_ATTENDANCE_UNKNOWN);
}

static void
set_url (Series *self, JsonObject *object)
{
  g_autofree char *text = g_strdup (lykta_jsonld_get_string (object, "url"));
  char *dollar = text != NULL ? strchr (text, '$') : NULL;
  g_autofree char *url = NULL;

  if (text == NULL)
    return;
  if (dollar != NULL)
    g_strlcpy (dollar, "/", strlen (dollar) + 1);
  url = lykta_jsonld_url (&self->event, text);
  lykta_activity_builder_set_url (self->builder, url);
}

static void
set_texts (Series *self, JsonObject *object)
{
  const char *content = lykta_jsonld_get_string (object, "content");
  JsonNode *body = content != NULL && *content != 0 ? lykta_jsonld_get (object, "content")
                                                    : lykta_jsonld_get (object, "excerpt");
  g_autoptr (LyktaTexts) title = lykta_jsonld_texts (
      &self->event, lykta_jsonld_get (object, "title"), LYKTA_LIMIT_TITLE_CHARS);
  g_autoptr (LyktaTexts) description =
      lykta_jsonld_texts (&self->event, body, LYKTA_LIMIT_TEXT_CHARS);
  const char *language = self->event.language;
  const char *name = lykta_texts_get (title, language);
  LyktaPurposes purposes = name != NULL ? lykta_ical_words_purposes (name) : LYKTA_PURPOSE_NONE;

  lykta_activity_builder_set_title (self->builder, language, name);
  lykta_activity_builder_set_description (self->builder, language,
                                          lykta_texts_get (description, language));
  if (name != NULL)
    lykta_activity_builder_set_audience (self->builder, lykta_ical_words_audience (name));
  if (purposes != LYKTA_PURPOSE_NONE)
    lykta_activity_builder_set_purposes (self->builder, purposes, LYKTA_PURPOSE_NONE);
}

/* "DTSTART:20300101T120000\nRRULE:FREQ=WEEKLY…"; the start is UTC although nothing says so. */
static void
take_rule (Series *self, JsonObject *object)
{
  const char *text = lykta_jsonld_get_string (object, "recurrence_rule");
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", 8) : NULL;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++) {
    g_strstrip (lines[i]);
    if (g_str_has_prefix (lines[i], "RRULE:"))
      self->rule = lykta_rule_normalise (lines[i] + strlen ("RRULE:"));
    else if (g_str_has_prefix (lines[i], "DTSTART:"))
      self->rule_start = g_strdup (lines[i] + strlen ("DTSTART:"));
  }
}

static void
start_series (Reader *reader, Series *self, JsonObject *object, const LyktaJsonldWhen *when)
{
  gboolean is_fallback = lykta_jsonld_get (object, "id") == NULL;

  self->event.language = language_of_file (reader, object);
  if (is_fallback) {
    self->event.language = language_of_fallback (reader, object, self->event.language);
    lykta_jsonld_note (&self->event, "hidden-fallback",
                       "There is no translation here: the text is in %s.", self->event.language);
  }
  self->builder = lykta_activity_builder_new (self->uid, NULL);
  self->zone = lykta_zone_ref (when->zone);
  self->duration = when->duration;
  self->is_all_day = when->is_all_day;
  self->walls = g_array_new (FALSE, FALSE, sizeof (gint64));
  set_texts (self, object);
  set_place (self, object);
  set_url (self, object);
  take_rule (self, object);
  lykta_activity_builder_set_last_modified (
      self->builder,
      lykta_jsonld_moment (&self->event, lykta_jsonld_get (object, "modified_gmt"), NULL));
}

static char *
uid_of (JsonObject *object, LyktaJsonldEvent *event)
{
  JsonObject *inner = lykta_jsonld_object (event, lykta_jsonld_get (object, "event"));
  g_autofree char *part = path_part (object, 0);
  g_autofree char *region = part != NULL ? lykta_jsonld_line (part) : NULL;
  double number;

  if (inner == NULL || !lykta_jsonld_number (lykta_jsonld_get (inner, "id"), &number))
    return NULL;
  return g_strdup_printf ("integreat-%s-%.0f", region != NULL ? region : "", number);
}

static void
quarantine (Reader *reader, guint line, const char *uid, const char *code, const char *message)
{
  lykta_feed_report_add (reader->report, LYKTA_FEED_QUARANTINED, code, line, uid, message);
}

static void
take_entry (Reader *reader, Series *self, JsonObject *object, guint line)
{
  g_auto (LyktaJsonldWhen) when = {0};
  gint64 wall = 0;

  self->event.object = object;
  self->event.line = line;
  if (self->uid == NULL)
    self->uid = uid_of (object, &self->event);
  self->event.uid = self->uid;
  if (self->uid == NULL)
    quarantine (reader, line, NULL, "no-uid", "The entry has no event.id.");
  else if (!read_when (self, object, &when, &wall))
    quarantine (reader, line, self->uid, "no-start", "The entry has no event.start.");
  else {
    if (self->builder == NULL)
      start_series (reader, self, object, &when);
    if (self->walls->len < LYKTA_LIMIT_DATES)
      g_array_append_val (self->walls, wall);
  }
}

/* ---- the dates ---- */

static gint
compare_walls (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a;
  gint64 y = *(const gint64 *)b;

  return x < y ? -1 : x > y;
}

static gboolean
on_wall (gint64 wall, gpointer user_data)
{
  GArray *walls = user_data;

  g_array_append_val (walls, wall);
  return walls->len < LYKTA_LIMIT_DATES;
}

static gboolean
has_wall (GArray *walls, gint64 wall)
{
  for (guint i = 0; i < walls->len; i++)
    if (g_array_index (walls, gint64, i) == wall)
      return TRUE;
  return FALSE;
}

/* The first date that the rule has, or FALSE when it does not agree with the dates listed. */
static gboolean
find_rule_start (Series *self, gint64 *wall)
{
  gint64 first = g_array_index (self->walls, gint64, 0);
  LyktaIsoTime time;
  LyktaRule rule;

  if (self->rule == NULL || !lykta_rule_parse (self->rule, &rule, NULL))
    return FALSE;
  *wall = first;
  if (self->rule_start == NULL || !lykta_iso_time_parse (self->rule_start, &time))
    return TRUE;
  *wall = self->is_all_day ? time.wall - time.wall % DAY_SECONDS
                           : lykta_zone_to_wall (self->zone, time.wall);
  /* Whole days begin at midnight there, which is another day in UTC. */
  if (self->is_all_day || (*wall - first) % DAY_SECONDS != 0 || *wall > first)
    *wall = first;
  return TRUE;
}

/* What is listed and not in the rule is added, what is in the rule and not listed is taken out. */
static void
add_differences (Series *self, LyktaScheduleBuilder *builder, gint64 start)
{
  g_autoptr (GArray) dates = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 first = g_array_index (self->walls, gint64, 0);
  gint64 last = g_array_index (self->walls, gint64, self->walls->len - 1);
  guint steps = LYKTA_LIMIT_RECURRENCE_STEPS;
  LyktaRule rule;
  gint64 until = G_MAXINT64;

  if (!lykta_rule_parse (self->rule, &rule, NULL))
    return;
  if (rule.has_until)
    until = rule.is_until_utc ? lykta_zone_to_wall (self->zone, rule.until)
                              : rule.until + (rule.is_until_date ? DAY_SECONDS - 1 : 0);
  lykta_rule_expand (&rule, start, first, last + 1, until, &steps, on_wall, dates, NULL);
  for (guint i = 0; i < self->walls->len; i++) {
    gint64 wall = g_array_index (self->walls, gint64, i);

    if (wall != start && !has_wall (dates, wall))
      lykta_schedule_builder_add_date (builder, lykta_zone_to_moment (self->zone, wall));
  }
  for (guint i = 0; i < dates->len; i++) {
    gint64 wall = g_array_index (dates, gint64, i);

    if (!has_wall (self->walls, wall))
      lykta_schedule_builder_add_exception (builder, lykta_zone_to_moment (self->zone, wall));
  }
}

static LyktaSchedule *
end_schedule (Series *self)
{
  LyktaScheduleBuilder *builder;
  gint64 start = 0;
  gboolean has_rule;
  int hour, minute, second;
  LyktaDate date;

  g_array_sort (self->walls, compare_walls);
  has_rule = find_rule_start (self, &start);
  if (!has_rule)
    start = g_array_index (self->walls, gint64, 0);
  date = lykta_wall_to_date (start, &hour, &minute, &second);
  builder = lykta_schedule_builder_new (lykta_zone_get_id (self->zone), date, hour, minute, second,
                                        self->is_all_day, self->duration);
  if (has_rule) {
    lykta_schedule_builder_add_rule (builder, self->rule);
    add_differences (self, builder, start);
  } else
    for (guint i = 1; i < self->walls->len; i++)
      lykta_schedule_builder_add_date (
          builder, lykta_zone_to_moment (self->zone, g_array_index (self->walls, gint64, i)));
  return lykta_schedule_builder_end (builder);
}

/* ---- the file ---- */

static gboolean
read_entry (Reader *reader, Series *series, const LyktaJsonEntry *entry, GError **error)
{
  g_autoptr (GError) bad = NULL;
  g_autoptr (JsonNode) node = NULL;

  reader->n_events++;
  if (entry->flaw != LYKTA_JSON_SOUND) {
    quarantine (reader, entry->line, NULL, "bad-json", "The entry is too large or no JSON.");
    return TRUE;
  }
  if (!lykta_json_index_load (reader->index, entry, reader->json, reader->cancellable, error))
    return FALSE;
  if (json_parser_load_from_data (reader->parser, reader->json->str, (gssize)reader->json->len,
                                  &bad))
    node = json_parser_steal_root (reader->parser);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    take_entry (reader, series, json_node_get_object (node), entry->line);
  else
    quarantine (reader, entry->line, NULL, "bad-json", "The entry is no JSON.");
  return TRUE;
}

static gboolean
read_group (Reader *reader,
            const LyktaJsonEntry *entries,
            guint n,
            LyktaFeedFunc func,
            gpointer user_data,
            GError **error)
{
  g_auto (Series) series = {.event = {.report = reader->report, .budget = &reader->budget}};
  g_autoptr (LyktaSchedule) schedule = NULL;
  g_autoptr (LyktaActivity) activity = NULL;

  series.event.language = reader->language;
  for (guint i = 0; i < n; i++)
    if (!read_entry (reader, &series, &entries[i], error))
      return FALSE;
  if (series.builder == NULL)
    return TRUE;
  schedule = end_schedule (&series);
  lykta_activity_builder_set_schedule (series.builder, schedule);
  activity = lykta_activity_builder_end (series.builder);
  if (lykta_texts_get_n (lykta_activity_get_title (activity)) == 0) {
    quarantine (reader, entries[0].line, series.uid, "no-title", "The event has no title.");
    return TRUE;
  }
  reader->n_activities++;
  return func (activity, user_data, error);
}

static gboolean
read_groups (Reader *reader, LyktaFeedFunc func, gpointer user_data, GError **error)
{
  const LyktaJsonEntry *all = (const LyktaJsonEntry *)reader->index->entries->data;
  guint n = reader->index->entries->len;

  for (guint i = 0; i < n;) {
    guint k = i + 1;

    while (k < n && all[k].first == all[i].first)
      k++;
    if (g_cancellable_set_error_if_cancelled (reader->cancellable, error) ||
        !read_group (reader, all + i, k - i, func, user_data, error))
      return FALSE;
    i = k;
  }
  return TRUE;
}

gboolean
lykta_integreat_read (GInputStream *stream,
                      const char *default_language,
                      LyktaFeedReport *report,
                      LyktaFeedFunc func,
                      gpointer user_data,
                      GCancellable *cancellable,
                      GError **error)
{
  g_auto (Reader) reader = {.report = report, .cancellable = cancellable, .budget = G_MAXUINT};

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream) && LYKTA_IS_FEED_REPORT (report) && func != NULL,
                        FALSE);
  reader.language = g_intern_string (default_language != NULL ? default_language : "sv");
  reader.source = lykta_ical_source_new (stream, cancellable, error);
  if (reader.source == NULL)
    return FALSE;
  reader.index = lykta_json_index_new (reader.source, find_key, report, cancellable, error);
  if (reader.index == NULL)
    return FALSE;
  reader.json = g_string_new (NULL);
  reader.parser = json_parser_new ();
  if (!read_groups (&reader, func, user_data, error))
    return FALSE;
  lykta_feed_report_set_counts (report, reader.n_events, reader.n_activities);
  /* An error message in JSON must not empty a calendar. */
  if (reader.n_activities == 0 && reader.n_events > 0) {
    lykta_feed_report_add (report, LYKTA_FEED_FATAL, "not-a-calendar", 0, NULL,
                           "The file holds no event of the Integreat CMS.");
    g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_NOT_A_CALENDAR,
                         "the file holds no event of the Integreat CMS");
    return FALSE;
  }
  return TRUE;
}
