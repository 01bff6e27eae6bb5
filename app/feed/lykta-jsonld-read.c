/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-activity-merge.h"
#include "feed/lykta-ical-lines.h"
#include "feed/lykta-json-index.h"
#include "feed/lykta-jsonld-event.h"
#include "feed/lykta-jsonld.h"
#include "text/lykta-language.h"

/* Dates that one file may have written out one by one. */
#define DATES_PER_FILE 20000
/* Longer identifiers are replaced by their hash. */
#define MAX_UID_BYTES 400
/* Lists in lists in lists: no publisher wraps events deeper than this. */
#define MAX_WRAPPING 6

/* The second way through the file: activity by activity. */
typedef struct {
  LyktaIcalSource *source; /* (owned) */
  LyktaJsonIndex *index;   /* (owned) */
  GString *json;           /* (owned) */
  JsonParser *parser;      /* (owned) */
  GHashTable *resolved;    /* (owned) "@id" → JsonNode, of the object that is being read */
  LyktaFeedReport *report; /* (unowned) */
  const char *language;    /* interned */
  GCancellable *cancellable;
  LyktaFeedFunc func;
  gpointer user_data;
  guint budget;
  guint n_events;
  guint n_activities;
  guint n_typed;
  GError *error; /* (owned) stops everything */
} Reader;

static void
reader_clear (Reader *reader)
{
  g_clear_pointer (&reader->index, lykta_json_index_free);
  g_clear_pointer (&reader->source, lykta_ical_source_free);
  g_clear_pointer (&reader->resolved, g_hash_table_unref);
  g_clear_object (&reader->parser);
  if (reader->json != NULL)
    g_string_free (reader->json, TRUE);
  g_clear_error (&reader->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

/* Which objects are the same activity: those with the same identifier, else the same "@id", else
 * the same address and name, else the same name, place and start. */
static void
find_key (const char *json, gsize n, guint64 *key, guint64 *id)
{
  enum { ID, IDENTIFIER, URL, NAME, START, SCHEDULE, LOCATION, N_NAMES };
  static const char *const names[] = {"@id",       "identifier",    "url",      "name",
                                      "startDate", "eventSchedule", "location", NULL};
  LyktaJsonSlice slices[N_NAMES];
  guint64 hash = LYKTA_HASH_START;

  lykta_json_peek (json, n, names, slices);
  if (slices[ID].start != NULL)
    *id = lykta_json_slice_hash (hash, slices[ID]);
  if (slices[IDENTIFIER].start == NULL && slices[ID].start != NULL && slices[ID].length > 3 &&
      memcmp (slices[ID].start, "\"_:", 3) != 0)
    slices[IDENTIFIER] = slices[ID];
  if (slices[IDENTIFIER].start != NULL) {
    *key = lykta_json_slice_hash (hash, slices[IDENTIFIER]);
    return;
  }
  if (slices[START].start == NULL && slices[SCHEDULE].start == NULL)
    return;
  hash = lykta_json_slice_hash (hash, slices[NAME]);
  hash = lykta_json_slice_hash (hash, slices[URL]);
  if (slices[URL].start == NULL) {
    hash = lykta_json_slice_hash (hash, slices[START]);
    hash = lykta_json_slice_hash (hash, slices[LOCATION]);
  }
  *key = hash;
}

/* (transfer full) (nullable) */
static JsonNode *
parse_entry (Reader *reader, const LyktaJsonEntry *entry, GError **error)
{
  if (!lykta_json_index_load (reader->index, entry, reader->json, reader->cancellable, error) ||
      !json_parser_load_from_data (reader->parser, reader->json->str, (gssize)reader->json->len,
                                   error))
    return NULL;
  return json_parser_steal_root (reader->parser);
}

static JsonObject *
resolve (const char *id, gpointer user_data)
{
  Reader *reader = user_data;
  JsonNode *node = g_hash_table_lookup (reader->resolved, id);
  g_autofree char *quoted = g_strconcat ("\"", id, "\"", NULL);
  guint64 hash = lykta_hash_bytes (LYKTA_HASH_START, quoted, strlen (quoted));
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (reader->index->ids, &hash));

  if (node == NULL && at > 0 && g_hash_table_size (reader->resolved) < 100) {
    const LyktaJsonEntry *entry = &g_array_index (reader->index->entries, LyktaJsonEntry, at - 1);

    if (entry->flaw == LYKTA_JSON_SOUND)
      node = parse_entry (reader, entry, NULL);
    if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
      g_clear_pointer (&node, json_node_unref);
    if (node != NULL)
      g_hash_table_insert (reader->resolved, g_strdup (id), node);
  }
  return node != NULL ? json_node_get_object (node) : NULL;
}

static char *
derived_uid (const char *a, const char *b, const char *c)
{
  guint64 hash = LYKTA_HASH_START;
  const char *parts[] = {a, b, c};

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      hash = lykta_hash_bytes (hash, parts[i], strlen (parts[i]) + 1);
  return g_strdup_printf ("lykta-%016" G_GINT64_MODIFIER "x", hash);
}

static gboolean
is_usable_uid (const char *text)
{
  if (*text == 0 || strlen (text) > MAX_UID_BYTES || g_str_has_prefix (text, "_:") ||
      !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != 0; p++)
    if (g_ascii_iscntrl (*p))
      return FALSE;
  return TRUE;
}

/* identifier (also a number or PropertyValue) or "@id". (transfer full) (nullable) */
static char *
own_uid (LyktaJsonldEvent *event)
{
  static const char *const names[] = {"identifier", "@id"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    JsonNode *node = lykta_jsonld_get (event->object, names[i]);
    const char *text = lykta_jsonld_string (node);
    g_autofree char *trimmed = NULL;
    double number;

    if (text == NULL) {
      if (node != NULL && lykta_jsonld_number (node, &number))
        return g_strdup_printf ("%.0f", number);
      continue;
    }
    trimmed = event->is_ours ? g_strdup (text) : g_strstrip (g_strdup (text));
    if (is_usable_uid (trimmed))
      return g_steal_pointer (&trimmed);
    if (*trimmed != 0 && !g_str_has_prefix (trimmed, "_:"))
      return derived_uid (trimmed, NULL, NULL);
  }
  return NULL;
}

static char *
read_uid (LyktaJsonldEvent *event, LyktaTexts *title, LyktaSchedule *schedule)
{
  char *uid = own_uid (event);
  const char *const chain[] = {"sv", NULL};
  const char *name = lykta_texts_choose (title, chain, NULL);
  const char *url = lykta_jsonld_get_string (event->object, "url");
  g_autofree char *start = NULL;
  g_autoptr (LyktaPlace) place = NULL;
  g_autofree char *line = NULL;

  if (uid != NULL)
    return uid;
  lykta_jsonld_note (event, "no-uid",
                     "The event has no identifier; one was made from its content.");
  if (url != NULL)
    return derived_uid (url, name, NULL);
  start = lykta_moment_to_rfc3339_utc (lykta_schedule_get_start (schedule));
  place = lykta_jsonld_read_place (event, event->object);
  line = place != NULL ? lykta_place_to_line (place) : NULL;
  return derived_uid (start, name, line);
}

static void
set_texts (LyktaActivityBuilder *builder,
           LyktaTexts *texts,
           void (*set) (LyktaActivityBuilder *, const char *, const char *))
{
  for (guint i = 0; i < lykta_texts_get_n (texts); i++)
    set (builder, lykta_texts_get_nth_language (texts, i), lykta_texts_get_nth_text (texts, i));
}

static void
read_rest (LyktaJsonldEvent *event, LyktaTexts *title, LyktaActivityBuilder *builder)
{
  JsonObject *object = event->object;
  g_autoptr (LyktaTexts) description =
      lykta_jsonld_texts (event, lykta_jsonld_get (object, "description"), LYKTA_LIMIT_TEXT_CHARS);
  g_autoptr (LyktaTexts) notes =
      lykta_jsonld_texts (event, lykta_jsonld_get (object, "lykta:notes"), LYKTA_LIMIT_TEXT_CHARS);
  g_autoptr (LyktaPlace) place = lykta_jsonld_read_place (event, object);
  g_autofree char *online_url = lykta_jsonld_read_online_url (event, object);
  JsonNode *modified = lykta_jsonld_get (object, "dateModified");

  set_texts (builder, title, lykta_activity_builder_set_title);
  set_texts (builder, description, lykta_activity_builder_set_description);
  set_texts (builder, notes, lykta_activity_builder_set_notes);
  lykta_activity_builder_set_place (builder, place);
  lykta_activity_builder_set_online_url (builder, online_url);
  lykta_activity_builder_set_attendance (builder, lykta_jsonld_read_attendance (event, object));
  lykta_activity_builder_set_status (builder, lykta_jsonld_read_status (event, object));
  lykta_activity_builder_set_last_modified (builder, lykta_jsonld_moment (event, modified, NULL));
  lykta_jsonld_read_organisers (event, builder);
  lykta_jsonld_read_facts (event, title, builder);
}

/* Events may be in any language, and say so for all their texts at once. */
static const char *
language_of (Reader *reader, JsonObject *object)
{
  JsonNode *node = lykta_jsonld_get (object, "inLanguage");
  const char *tag = NULL;
  const char *language;

  if (lykta_jsonld_count (node) != 1)
    return reader->language;
  tag = lykta_jsonld_string (node);
  if (tag == NULL && JSON_NODE_HOLDS_OBJECT (lykta_jsonld_nth (node, 0)))
    tag = lykta_jsonld_get_string (json_node_get_object (lykta_jsonld_nth (node, 0)),
                                   "alternateName");
  language = tag != NULL ? lykta_language_canonical (tag) : NULL;
  return language != NULL ? language : reader->language;
}

/* (transfer full) (nullable) NULL when it is quarantined. */
static LyktaActivity *
read_event (Reader *reader, JsonObject *object, guint line)
{
  LyktaJsonldEvent event = {
      .object = object,
      .report = reader->report,
      .line = line,
      .language = language_of (reader, object),
      .is_ours = json_object_has_member (object, "lykta:version"),
      .resolve = resolve,
      .resolve_data = reader,
      .budget = &reader->budget,
  };
  JsonObject *own = lykta_jsonld_object (&event, lykta_jsonld_get (object, "lykta:schedule"));
  g_autofree char *given = own_uid (&event);
  g_autoptr (LyktaSchedule) schedule = NULL;
  g_autoptr (LyktaTexts) title = NULL;
  g_autoptr (LyktaActivityBuilder) builder = NULL;
  g_autofree char *uid = NULL;
  g_autoptr (GError) error = NULL;
  const char *code = "no-start";

  reader->n_events++;
  event.uid = given;
  schedule = own != NULL && event.is_ours ? lykta_jsonld_read_own_schedule (&event, own)
                                          : lykta_jsonld_read_schedule (&event, &code, &error);
  title = lykta_jsonld_texts (&event, lykta_jsonld_get (object, "name"), LYKTA_LIMIT_TITLE_CHARS);
  if (schedule == NULL) {
    lykta_feed_report_add (reader->report, LYKTA_FEED_QUARANTINED, code, line, given,
                           error != NULL ? error->message : "The schedule cannot be read.");
    return NULL;
  }
  if (lykta_texts_get_n (title) == 0 && !event.is_ours) {
    lykta_feed_report_add (reader->report, LYKTA_FEED_QUARANTINED, "no-title", line, given,
                           "The event has no name.");
    return NULL;
  }
  uid = read_uid (&event, title, schedule);
  event.uid = uid;
  builder = lykta_activity_builder_new (uid, schedule);
  read_rest (&event, title, builder);
  return lykta_activity_builder_end (builder);
}

static void
hand_on (Reader *reader, LyktaActivity *activity)
{
  reader->n_activities++;
  if (!reader->func (activity, reader->user_data, &reader->error) && reader->error == NULL)
    g_set_error_literal (&reader->error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "reading was stopped");
}

/* ---- groups ---- */

static void
quarantine_flaw (Reader *reader, const LyktaJsonEntry *entry)
{
  static const struct {
    const char *code;
    const char *message;
  } flaws[] = {
      [LYKTA_JSON_TOO_LARGE] = {"event-too-large", "The object is larger than 1 MB."},
      [LYKTA_JSON_TOO_DEEP] = {"nested-too-deep", "Braces are nested more than 32 deep."},
      [LYKTA_JSON_BROKEN] = {"bad-json", "The line is no JSON."},
  };

  reader->n_events++;
  lykta_feed_report_add (reader->report, LYKTA_FEED_QUARANTINED, flaws[entry->flaw].code,
                         entry->line, NULL, flaws[entry->flaw].message);
}

static void walk (Reader *reader, JsonNode *node, guint line, guint depth, LyktaActivity **merged);

/* Events inside @object, which is none itself: a list, a page, a place with its events. */
static void
walk_members (Reader *reader, JsonObject *object, guint line, guint depth, LyktaActivity **merged)
{
  static const char *const names[] = {
      "item",
      "mainEntity",
      "mainEntityOfPage",
      "event",
      "events",
      "itemListElement",
      "@graph",
      "member",
      "hydra:member",
      "items",
      "results",
      "data",
      "@included",
      "hasPart",
      "dataFeedElement",
      "dataset",
      "hasCourseInstance",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    JsonNode *node = lykta_jsonld_get (object, names[i]);

    if (node != NULL)
      walk (reader, node, line, depth + 1, merged);
  }
}

static void
take_event (Reader *reader, JsonObject *object, guint line, LyktaActivity **merged)
{
  g_autoptr (LyktaActivity) activity = read_event (reader, object, line);

  if (activity == NULL)
    return;
  if (merged == NULL) {
    hand_on (reader, activity);
  } else if (*merged == NULL) {
    *merged = g_steal_pointer (&activity);
  } else {
    LyktaActivity *both = lykta_activity_merge (*merged, activity);

    g_object_unref (*merged);
    *merged = both;
  }
}

/* @merged (nullable): events are parts of this one activity. */
static void
walk (Reader *reader, JsonNode *node, guint line, guint depth, LyktaActivity **merged)
{
  if (depth > MAX_WRAPPING || reader->error != NULL)
    return;
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++)
      walk (reader, json_array_get_element (array, i), line, depth + 1, merged);
  } else if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *object = json_node_get_object (node);

    reader->n_typed += json_object_has_member (object, "@type") ||
                       json_object_has_member (object, "@context") ||
                       json_object_has_member (object, "@graph");
    if (lykta_jsonld_is_event (object))
      take_event (reader, object, line, merged);
    else
      walk_members (reader, object, line, depth, NULL);
  }
}

static void
read_entry (Reader *reader, const LyktaJsonEntry *entry, LyktaActivity **merged)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (entry->flaw != LYKTA_JSON_SOUND) {
    quarantine_flaw (reader, entry);
    return;
  }
  node = parse_entry (reader, entry, &error);
  if (node != NULL) {
    walk (reader, node, entry->line, 0, merged);
    g_hash_table_remove_all (reader->resolved);
  } else if (error == NULL || error->domain == JSON_PARSER_ERROR) {
    reader->n_events++;
    lykta_feed_report_add_printf (reader->report, LYKTA_FEED_QUARANTINED, "bad-json", entry->line,
                                  NULL, "The object is no JSON: %s",
                                  error != NULL ? error->message : "it is empty");
  } else
    reader->error = g_steal_pointer (&error);
}

static void
read_groups (Reader *reader)
{
  const LyktaJsonEntry *all = (const LyktaJsonEntry *)reader->index->entries->data;
  guint n = reader->index->entries->len;

  for (guint i = 0; i < n && reader->error == NULL;) {
    g_autoptr (LyktaActivity) merged = NULL;
    guint k = i + 1;

    while (k < n && all[k].first == all[i].first)
      k++;
    if (g_cancellable_set_error_if_cancelled (reader->cancellable, &reader->error))
      return;
    for (guint m = i; m < k && reader->error == NULL; m++)
      read_entry (reader, &all[m], k - i > 1 ? &merged : NULL);
    if (merged != NULL && reader->error == NULL)
      hand_on (reader, merged);
    i = k;
  }
}

/* JSON about something else, also about other things of schema.org, must not empty a calendar; an
 * empty list may. */
static gboolean
is_calendar (Reader *reader)
{
  guint n_members = 0;

  if (reader->n_events > 0)
    return TRUE;
  for (guint i = 0; i < reader->index->entries->len; i++)
    n_members += !g_array_index (reader->index->entries, LyktaJsonEntry, i).is_root;
  return !reader->index->is_html && reader->index->n_lists > 0 && n_members == 0 &&
         (reader->index->entries->len == 0 || reader->n_typed > 0);
}

static gboolean
reader_open (Reader *reader, GInputStream *stream, LyktaJsonKeyFunc key, GError **error)
{
  reader->source = lykta_ical_source_new (stream, reader->cancellable, error);
  if (reader->source == NULL) {
    if (error != NULL && *error != NULL && (*error)->domain == LYKTA_FEED_ERROR)
      lykta_feed_report_add (reader->report, LYKTA_FEED_FATAL, "read-error", 0, NULL,
                             (*error)->message);
    return FALSE;
  }
  reader->index =
      lykta_json_index_new (reader->source, key, reader->report, reader->cancellable, error);
  if (reader->index == NULL)
    return FALSE;
  reader->json = g_string_new (NULL);
  reader->parser = json_parser_new ();
  reader->resolved =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_node_unref);
  return TRUE;
}

gboolean
lykta_jsonld_read (GInputStream *stream,
                   const char *default_language,
                   LyktaFeedReport *report,
                   LyktaFeedFunc func,
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_auto (Reader) reader = {
      .report = report,
      .language = g_intern_string (default_language != NULL ? default_language : "sv"),
      .cancellable = cancellable,
      .func = func,
      .user_data = user_data,
      .budget = DATES_PER_FILE,
  };

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream) && LYKTA_IS_FEED_REPORT (report) && func != NULL,
                        FALSE);
  if (!reader_open (&reader, stream, find_key, error))
    return FALSE;
  read_groups (&reader);
  lykta_feed_report_set_counts (report, reader.n_events, reader.n_activities);
  if (reader.error != NULL) {
    if (g_error_matches (reader.error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_IO))
      lykta_feed_report_add (report, LYKTA_FEED_FATAL, "read-error", 0, NULL,
                             reader.error->message);
    g_propagate_error (error, g_steal_pointer (&reader.error));
    return FALSE;
  }
  if (!is_calendar (&reader)) {
    lykta_feed_report_add (report, LYKTA_FEED_FATAL, "not-a-calendar", 0, NULL,
                           "No schema.org event is in the file.");
    g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_NOT_A_CALENDAR,
                         "no schema.org event is in the file");
    return FALSE;
  }
  if (reader.n_events == 0)
    lykta_feed_report_add (report, LYKTA_FEED_NOTE, "no-events", 0, NULL,
                           "The list is sound and holds no events.");
  return TRUE;
}

/* ---- further pages ---- */

static const char *
link_of (JsonNode *node)
{
  const char *link = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    link = lykta_jsonld_get_string (json_node_get_object (node), "href");
  if (link == NULL)
    link = lykta_jsonld_string (node);
  return link != NULL && *link != 0 ? link : NULL;
}

/* [{"rel": "next", "href": "…"}] */
static const char *
link_in_list (JsonNode *node)
{
  for (guint i = 0; i < lykta_jsonld_count (node); i++) {
    JsonNode *item = lykta_jsonld_nth (node, i);
    JsonObject *object =
        item != NULL && JSON_NODE_HOLDS_OBJECT (item) ? json_node_get_object (item) : NULL;

    if (object != NULL && g_strcmp0 (lykta_jsonld_get_string (object, "rel"), "next") == 0)
      return link_of (item);
  }
  return NULL;
}

static const char *
next_of (JsonObject *object)
{
  static const char *const names[] = {"hydra:next",     "next",          "nextPage",
                                      "next_page_url",  "next_rest_url", "nextLink",
                                      "@odata.nextLink"};
  static const char *const views[] = {"hydra:view", "view",   "links",     "_links",
                                      "meta",       "paging", "pagination"};
  const char *link = NULL;

  for (guint i = 0; link == NULL && i < G_N_ELEMENTS (names); i++)
    link = link_of (lykta_jsonld_get (object, names[i]));
  for (guint i = 0; link == NULL && i < G_N_ELEMENTS (views); i++) {
    JsonNode *view = lykta_jsonld_get (object, views[i]);

    if (view != NULL && JSON_NODE_HOLDS_ARRAY (view))
      link = link_in_list (view);
    else if (view != NULL && JSON_NODE_HOLDS_OBJECT (view))
      for (guint k = 0; link == NULL && k < G_N_ELEMENTS (names); k++)
        link = link_of (lykta_jsonld_get (json_node_get_object (view), names[k]));
  }
  return link;
}

static void
find_no_key (const char *json, gsize n, guint64 *key, guint64 *id)
{
}

char *
lykta_jsonld_find_next_page (GInputStream *stream, GCancellable *cancellable)
{
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_auto (Reader) reader = {.report = report, .cancellable = cancellable};

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  if (!reader_open (&reader, stream, find_no_key, NULL))
    return NULL;
  for (guint i = 0; i < reader.index->entries->len; i++) {
    const LyktaJsonEntry *entry = &g_array_index (reader.index->entries, LyktaJsonEntry, i);
    g_autoptr (JsonNode) node = NULL;
    const char *link;

    if (!entry->is_root || entry->flaw != LYKTA_JSON_SOUND || reader.index->n_lists == 0)
      continue;
    node = parse_entry (&reader, entry, NULL);
    link = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? next_of (json_node_get_object (node))
                                                         : NULL;
    if (link != NULL)
      return g_strdup (link);
  }
  return NULL;
}
