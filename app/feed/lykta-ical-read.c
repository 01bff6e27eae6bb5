/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-ical-event.h"
#include "feed/lykta-ical-index.h"
#include "feed/lykta-ical-series.h"
#include "feed/lykta-ical-source.h"
#include "feed/lykta-ical.h"
#include "text/lykta-language.h"

/* Steps of rules that one file may take for dates written out one by one (EXRULE, THISANDFUTURE).
 */
#define STEPS_PER_FILE 1000000
/* Longer identifiers are replaced by their hash. */
#define MAX_UID_BYTES 400

/* The second way through the file: series by series. */
typedef struct {
  LyktaIcalSource *source;       /* (owned) */
  LyktaIcalIndex *index;         /* (owned) */
  LyktaIcalZones *zones;         /* (owned) */
  LyktaIcalComponent *component; /* (owned) */
  LyktaFeedReport *report;       /* (unowned) */
  const char *language;          /* interned */
  GHashTable *made_up;           /* (owned) set of the hashes of events without UID */
  GHashTable *emitted;           /* (owned) set of the hashes of identifiers handed on */
  GCancellable *cancellable;     /* (unowned) (nullable) */
  guint budget;
  guint n_activities;
  GError *error; /* (owned) stops everything */
} Reader;

static gboolean
load_zone (const char *tzid, LyktaIcalComponent *component, gpointer user_data)
{
  Reader *reader = user_data;
  const LyktaIcalZoneEntry *entry = g_hash_table_lookup (reader->index->zones, tzid);
  char *buffer;

  if (entry == NULL)
    return FALSE;
  buffer = lykta_ical_component_reserve (component, entry->length);
  if (!lykta_ical_source_read (reader->source, entry->offset, buffer, entry->length,
                               reader->cancellable, NULL))
    return FALSE;
  lykta_ical_component_parse (component, entry->length, entry->line, reader->report);
  return TRUE;
}

static void
quarantine (Reader *reader,
            const LyktaIcalEntry *entry,
            const char *uid,
            const char *code,
            const char *message)
{
  lykta_feed_report_add (reader->report, LYKTA_FEED_QUARANTINED, code, entry->line, uid, message);
}

static void
quarantine_flaw (Reader *reader, const LyktaIcalEntry *entry)
{
  static const struct {
    const char *code;
    const char *message;
  } flaws[] = {
      [LYKTA_ICAL_TOO_LARGE] =
          {"event-too-large", "The event is larger than 1 MB; leave pictures and attachments out."},
      [LYKTA_ICAL_LINE_TOO_LONG] = {"line-too-long", "A line of the event is longer than 256 KB."},
      [LYKTA_ICAL_TOO_MANY_PROPERTIES] = {"too-many-properties",
                                          "The event has more than 4,000 lines."},
      [LYKTA_ICAL_TOO_DEEP] = {"nested-too-deep",
                               "Components are nested more than 8 deep in the event."},
      [LYKTA_ICAL_NOT_CLOSED] = {"not-closed",
                                 "The event has no END:VEVENT; it was cut off or edited by hand."},
  };

  quarantine (reader, entry, NULL, flaws[entry->flaw].code, flaws[entry->flaw].message);
}

/* The event's own identifier, or one made from what it says. @was_seen: an event without identifier
 * that is there twice. (transfer full) */
static char *
read_uid (Reader *reader, const LyktaIcalEntry *entry, gboolean *was_seen)
{
  const LyktaIcalProperty *property = lykta_ical_component_find (reader->component, LYKTA_ICAL_UID);
  g_autofree char *uid = NULL;
  guint64 hash;

  *was_seen = FALSE;
  if (property != NULL) {
    uid = g_strstrip (g_strdup (property->value));
    lykta_ical_unescape (uid);
    if (*uid != 0 && strlen (uid) <= MAX_UID_BYTES) {
      for (const char *p = uid; *p != 0; p++) {
        if (g_ascii_iscntrl (*p))
          return g_strdup_printf ("lykta-%016" G_GINT64_MODIFIER "x",
                                  lykta_hash_bytes (LYKTA_HASH_START, uid, strlen (uid)));
      }
      return g_steal_pointer (&uid);
    }
    if (*uid != 0)
      return g_strdup_printf ("lykta-%016" G_GINT64_MODIFIER "x",
                              lykta_hash_bytes (LYKTA_HASH_START, uid, strlen (uid)));
  }
  hash = lykta_ical_component_hash (reader->component);
  *was_seen = !g_hash_table_add (reader->made_up, GSIZE_TO_POINTER ((gsize)hash));
  lykta_feed_report_add (
      reader->report, LYKTA_FEED_NOTE, "no-uid", entry->line, NULL,
      "The event has no UID; one was made from its content. A change makes it another event.");
  return g_strdup_printf ("lykta-%016" G_GINT64_MODIFIER "x", hash);
}

/* Loads the event of @entry and its times; FALSE when it cannot be used (said in the report). */
static gboolean
load_event (Reader *reader, const LyktaIcalEntry *entry, char **uid, LyktaIcalEvent *event)
{
  g_autoptr (GError) error = NULL;
  const char *code = NULL;
  gboolean was_seen;
  char *buffer = lykta_ical_component_reserve (reader->component, entry->length);

  if (!lykta_ical_source_read (reader->source, entry->offset, buffer, entry->length,
                               reader->cancellable, &reader->error))
    return FALSE;
  lykta_ical_component_parse (reader->component, entry->length, entry->line, reader->report);
  g_free (*uid);
  *uid = read_uid (reader, entry, &was_seen);
  if (was_seen) {
    lykta_feed_report_add (reader->report, LYKTA_FEED_NOTE, "event-twice", entry->line, *uid,
                           "The same event is in the file twice, without a UID; it is shown once.");
    return FALSE;
  }
  memset (event, 0, sizeof *event);
  event->component = reader->component;
  event->report = reader->report;
  event->zones = reader->zones;
  event->language = reader->language;
  event->uid = *uid;
  event->is_ours =
      lykta_ical_component_find (reader->component, LYKTA_ICAL_X_LYKTA_VERSION) != NULL;
  event->is_cancelled = entry->is_cancelled;
  if (lykta_ical_event_read_times (event, &code, &error))
    return TRUE;
  quarantine (reader, entry, *uid, code, error->message);
  return FALSE;
}

static gint
compare_versions (const LyktaIcalEntry *a, const LyktaIcalEntry *b)
{
  if (a->sequence != b->sequence)
    return a->sequence < b->sequence ? -1 : 1;
  if (a->modified != b->modified)
    return a->modified < b->modified ? -1 : 1;
  return a->order < b->order ? -1 : a->order > b->order;
}

static gint
by_version (gconstpointer a, gconstpointer b)
{
  return compare_versions (*(const LyktaIcalEntry *const *)a, *(const LyktaIcalEntry *const *)b);
}

static LyktaIcalSeries *
start_series (Reader *reader, const LyktaIcalEntry *entry, char **uid)
{
  LyktaIcalEvent event;
  g_autoptr (GError) error = NULL;
  const char *code = NULL;
  LyktaIcalSeries *series;

  if (!load_event (reader, entry, uid, &event))
    return NULL;
  series = lykta_ical_series_new (&event, &reader->budget, &code, &error);
  if (series == NULL)
    quarantine (reader, entry, *uid, code, error->message);
  return series;
}

/* A date that changes the series, or an event that is no more than a date of it. */
static void
add_to_series (Reader *reader,
               LyktaIcalSeries *series,
               const LyktaIcalEntry *entry,
               gboolean is_override)
{
  LyktaIcalEvent event;
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = NULL;
  const char *code = NULL;

  if (!load_event (reader, entry, &uid, &event))
    return;
  if (is_override ? !lykta_ical_series_add_override (series, &event, &code, &error)
                  : !lykta_ical_series_add_date (series, &event, &code, &error))
    quarantine (reader, entry, uid, code, error->message);
}

/* A second event with the same UID: an older version, or a further date. */
static void
add_double (Reader *reader,
            LyktaIcalSeries *series,
            const LyktaIcalEntry *master,
            const LyktaIcalEntry *entry)
{
  LyktaIcalEvent event;
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = NULL;
  const char *code = NULL;
  gboolean is_same_version =
      entry->sequence == master->sequence && entry->modified == master->modified;

  if (is_same_version && !lykta_ical_series_is_recurring (series)) {
    if (!load_event (reader, entry, &uid, &event))
      return;
    if (event.start != lykta_ical_series_get_start (series) &&
        lykta_ical_component_find (event.component, LYKTA_ICAL_RRULE) == NULL) {
      if (!lykta_ical_series_add_date (series, &event, &code, &error)) {
        quarantine (reader, entry, uid, code, error->message);
        return;
      }
      lykta_feed_report_add (
          reader->report, LYKTA_FEED_WARNING, "same-uid-other-date", entry->line, uid,
          "Another event has the same UID; it was taken for a further date of it. Give each event "
          "its own UID.");
      return;
    }
  }
  lykta_feed_report_add (
      reader->report, LYKTA_FEED_WARNING, "same-uid", entry->line, uid,
      "Another event has the same UID and is newer (SEQUENCE, LAST-MODIFIED, place in the file); "
      "this one was left out.");
}

static void
emit (Reader *reader, LyktaIcalSeries *series, guint line, LyktaFeedFunc func, gpointer user_data)
{
  g_autoptr (LyktaActivity) activity = lykta_ical_series_end (series);
  const char *uid = lykta_activity_get_uid (activity);
  guint64 hash = lykta_hash_bytes (LYKTA_HASH_START, uid, strlen (uid));

  /* Identifiers are unique within a source, however oddly they are written. */
  if (!g_hash_table_add (reader->emitted, GSIZE_TO_POINTER ((gsize)hash))) {
    lykta_feed_report_add (
        reader->report, LYKTA_FEED_WARNING, "same-uid", line, uid,
        "Another event has the same UID in another spelling; this one was left out.");
    return;
  }
  reader->n_activities++;
  if (!func (activity, user_data, &reader->error) && reader->error == NULL)
    g_set_error_literal (&reader->error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "reading was stopped");
}

/* All events of one UID. */
static void
read_group (
    Reader *reader, const LyktaIcalEntry *entries, guint n, LyktaFeedFunc func, gpointer user_data)
{
  g_autoptr (GPtrArray) sound = g_ptr_array_sized_new (n);
  g_autoptr (LyktaIcalSeries) series = NULL;
  g_autofree char *uid = NULL;
  const LyktaIcalEntry *master = NULL;
  gboolean has_master;

  for (guint i = 0; i < n; i++) {
    if (entries[i].flaw != LYKTA_ICAL_SOUND)
      quarantine_flaw (reader, &entries[i]);
    else
      g_ptr_array_add (sound, (gpointer)&entries[i]);
  }
  if (sound->len > 1)
    g_ptr_array_sort (sound, by_version);
  for (guint i = sound->len; master == NULL && i > 0; i--) {
    const LyktaIcalEntry *entry = g_ptr_array_index (sound, i - 1);
    if (!entry->is_override)
      master = entry;
  }
  if (master != NULL)
    series = start_series (reader, master, &uid);
  has_master = series != NULL;
  for (guint i = 0; i < sound->len && reader->error == NULL; i++) {
    const LyktaIcalEntry *entry = g_ptr_array_index (sound, i);
    if (entry == master)
      continue;
    if (entry->is_override && series != NULL)
      add_to_series (reader, series, entry, has_master);
    else if (series != NULL)
      add_double (reader, series, master != NULL ? master : entry, entry);
    else {
      /* The first date of a series that is not there, or cannot be used, stands for it. */
      series = start_series (reader, entry, &uid);
      if (series != NULL)
        lykta_feed_report_add (
            reader->report, LYKTA_FEED_NOTE, "override-without-series", entry->line, uid,
            "The event changes one date of a series that is not in the file; only such dates are "
            "shown.");
    }
  }
  if (series != NULL && reader->error == NULL)
    emit (reader, series, entries[0].line, func, user_data);
}

static void
read_groups (Reader *reader, LyktaFeedFunc func, gpointer user_data)
{
  const LyktaIcalEntry *all = (const LyktaIcalEntry *)reader->index->events->data;
  guint n = reader->index->events->len;

  for (guint i = 0; i < n && reader->error == NULL;) {
    guint k = i + 1;
    while (k < n && all[k].first == all[i].first)
      k++;
    if (!g_cancellable_set_error_if_cancelled (reader->cancellable, &reader->error))
      read_group (reader, all + i, k - i, func, user_data);
    i = k;
  }
}

static void
reader_clear (Reader *reader)
{
  g_clear_pointer (&reader->source, lykta_ical_source_free);
  g_clear_pointer (&reader->index, lykta_ical_index_free);
  g_clear_pointer (&reader->zones, lykta_ical_zones_free);
  g_clear_pointer (&reader->component, lykta_ical_component_free);
  g_clear_pointer (&reader->made_up, g_hash_table_unref);
  g_clear_pointer (&reader->emitted, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

gboolean
lykta_ical_read (GInputStream *stream,
                 const char *default_language,
                 LyktaFeedReport *report,
                 LyktaFeedFunc func,
                 gpointer user_data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_auto (Reader) reader = {.report = report, .cancellable = cancellable, .budget = STEPS_PER_FILE};
  const char *language;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream) && LYKTA_IS_FEED_REPORT (report) && func != NULL,
                        FALSE);
  reader.source = lykta_ical_source_new (stream, cancellable, &reader.error);
  if (reader.source != NULL)
    reader.index = lykta_ical_index_new (lykta_ical_source_get_stream (reader.source), report,
                                         cancellable, &reader.error);
  if (reader.index == NULL) {
    if (reader.source == NULL && reader.error->domain == LYKTA_FEED_ERROR)
      lykta_feed_report_add (report, LYKTA_FEED_FATAL, "read-error", 0, NULL,
                             reader.error->message);
    g_propagate_error (error, reader.error);
    return FALSE;
  }
  language =
      reader.index->language != NULL ? lykta_language_canonical (reader.index->language) : NULL;
  reader.language = language != NULL           ? language
                    : default_language != NULL ? default_language
                                               : "sv";
  reader.zones = lykta_ical_zones_new (load_zone, &reader);
  reader.component = lykta_ical_component_new ();
  reader.made_up = g_hash_table_new (NULL, NULL);
  reader.emitted = g_hash_table_new (NULL, NULL);
  read_groups (&reader, func, user_data);
  lykta_feed_report_set_counts (report, reader.index->events->len, reader.n_activities);
  if (reader.error != NULL) {
    if (g_error_matches (reader.error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_IO))
      lykta_feed_report_add (report, LYKTA_FEED_FATAL, "read-error", 0, NULL,
                             reader.error->message);
    g_propagate_error (error, reader.error);
    return FALSE;
  }
  if (reader.index->events->len == 0)
    lykta_feed_report_add (report, LYKTA_FEED_NOTE, "no-events", 0, NULL,
                           "The calendar is sound and holds no events.");
  return TRUE;
}
