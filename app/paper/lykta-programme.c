/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-programme.h"

#include <string.h>

#define PAGE          500
#define DEFAULT_LIMIT 2000

struct _LyktaProgramme {
  GObject parent_instance;

  LyktaDate from;
  LyktaDate to;
  GArray *entries; /* (owned) (element-type LyktaProgrammeEntry) */
  gboolean is_cut;
  double radius;
  char *area_name; /* (owned) (nullable) */
  LyktaDate next_day;
  gint64 as_of;
  GPtrArray *source_names; /* (owned) (element-type utf8) NULL-terminated */
  gboolean has_sample;
};

G_DEFINE_FINAL_TYPE (LyktaProgramme, lykta_programme, G_TYPE_OBJECT)

static const LyktaOverride *
find_override (const LyktaProgrammeEntry *entry)
{
  return lykta_schedule_find_override (lykta_activity_get_schedule (entry->activity),
                                       entry->date.original_start);
}

LyktaTexts *
lykta_programme_entry_get_title (const LyktaProgrammeEntry *self)
{
  const LyktaOverride *override = find_override (self);

  return override != NULL && override->title != NULL ? override->title
                                                     : lykta_activity_get_title (self->activity);
}

LyktaTexts *
lykta_programme_entry_get_description (const LyktaProgrammeEntry *self)
{
  const LyktaOverride *override = find_override (self);

  return override != NULL && override->description != NULL
             ? override->description
             : lykta_activity_get_description (self->activity);
}

LyktaPlace *
lykta_programme_entry_get_place (const LyktaProgrammeEntry *self)
{
  const LyktaOverride *override = find_override (self);

  return override != NULL && override->place != NULL ? override->place
                                                     : lykta_activity_get_place (self->activity);
}

const char *
lykta_programme_entry_get_online_url (const LyktaProgrammeEntry *self)
{
  const LyktaOverride *override = find_override (self);

  return override != NULL && override->online_url != NULL
             ? override->online_url
             : lykta_activity_get_online_url (self->activity);
}

static void
entry_clear (LyktaProgrammeEntry *entry)
{
  g_clear_object (&entry->activity);
}

static void
lykta_programme_finalize (GObject *object)
{
  LyktaProgramme *self = LYKTA_PROGRAMME (object);

  g_array_unref (self->entries);
  g_ptr_array_unref (self->source_names);
  g_free (self->area_name);

  G_OBJECT_CLASS (lykta_programme_parent_class)->finalize (object);
}

static void
lykta_programme_class_init (LyktaProgrammeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lykta_programme_finalize;
}

static void
lykta_programme_init (LyktaProgramme *self)
{
  self->entries = g_array_new (FALSE, TRUE, sizeof (LyktaProgrammeEntry));
  g_array_set_clear_func (self->entries, (GDestroyNotify)entry_clear);
  self->source_names = g_ptr_array_new_with_free_func (g_free);
}

/* A programme while it is read. */
typedef struct {
  LyktaProgramme *programme;  /* (unowned) */
  LyktaContentReader *reader; /* (unowned) */
  const LyktaArea *area;      /* (unowned) (nullable) */
  GHashTable *activities;     /* (owned) row → LyktaActivity: a series is read once */
  GHashTable *sources;        /* (owned) set of source ids, interned */
  guint limit;
} Collector;

static void
collector_clear (Collector *self)
{
  g_clear_pointer (&self->activities, g_hash_table_unref);
  g_clear_pointer (&self->sources, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Collector, collector_clear)

static gboolean
is_in_area (const LyktaArea *area, LyktaPlace *place)
{
  const char *code;

  if (area == NULL)
    return TRUE;
  if (place == NULL)
    return FALSE;
  code = strlen (area->code) == 2 ? lykta_place_get_county_code (place)
                                  : lykta_place_get_municipality_code (place);
  return g_strcmp0 (code, area->code) == 0;
}

/* Borrowed. NULL without error when it has just disappeared. */
static LyktaActivity *
get_activity (Collector *self, gint64 id, GError **error)
{
  LyktaActivity *activity = g_hash_table_lookup (self->activities, &id);
  gint64 *key;

  if (activity != NULL)
    return activity;
  activity = lykta_content_reader_get_activity_by_id (self->reader, id, error);
  if (activity == NULL)
    return NULL;
  key = g_new (gint64, 1);
  *key = id;
  g_hash_table_insert (self->activities, key, activity);
  return activity;
}

/* FALSE on error. @is_here: it takes place in the area. */
static gboolean
find_entry (
    Collector *self, LyktaCard *card, LyktaProgrammeEntry *entry, gboolean *is_here, GError **error)
{
  const LyktaCardFields *fields = lykta_card_get_fields (card);
  g_autoptr (GError) failure = NULL;

  *is_here = FALSE;
  entry->date = fields->occurrence;
  entry->activity = get_activity (self, fields->activity_id, &failure);
  if (failure != NULL) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  *is_here =
      entry->activity != NULL && is_in_area (self->area, lykta_programme_entry_get_place (entry));
  return TRUE;
}

static void
take_entry (Collector *self, const LyktaProgrammeEntry *found, const char *source_id)
{
  LyktaProgramme *programme = self->programme;
  LyktaProgrammeEntry entry = *found;

  if (programme->entries->len >= self->limit) {
    programme->is_cut = TRUE;
    return;
  }
  g_hash_table_add (self->sources, (gpointer)g_intern_string (source_id));
  g_object_ref (entry.activity);
  entry.day = lykta_date_of_moment (entry.date.start);
  if (lykta_date_compare (entry.day, programme->from) < 0)
    entry.day = programme->from;
  programme->has_sample |= lykta_activity_is_sample (entry.activity);
  g_array_append_val (programme->entries, entry);
}

static gboolean
collect_entries (Collector *self, LyktaQuery *query, GError **error)
{
  for (guint offset = 0;; offset += PAGE) {
    g_autoptr (GPtrArray) cards =
        lykta_content_reader_list (self->reader, query, offset, PAGE, error);

    if (cards == NULL)
      return FALSE;
    for (guint i = 0; i < cards->len && !self->programme->is_cut; i++) {
      LyktaCard *card = g_ptr_array_index (cards, i);
      LyktaProgrammeEntry entry = {0};
      gboolean is_here;

      if (!find_entry (self, card, &entry, &is_here, error))
        return FALSE;
      if (is_here)
        take_entry (self, &entry, lykta_card_get_fields (card)->source_id);
    }
    if (cards->len < PAGE || self->programme->is_cut)
      return TRUE;
  }
}

/* The first date after the period that begins there and takes place. */
static gboolean
find_next_day (Collector *self, LyktaQuery *query, GError **error)
{
  gint64 end = lykta_query_get_to (query);
  g_autoptr (LyktaQuery) later = lykta_query_with_period (query, end, 0);

  for (guint offset = 0;; offset += PAGE) {
    g_autoptr (GPtrArray) cards =
        lykta_content_reader_list (self->reader, later, offset, PAGE, error);

    if (cards == NULL)
      return FALSE;
    for (guint i = 0; i < cards->len; i++) {
      LyktaProgrammeEntry entry = {0};
      gboolean is_here;

      if (!find_entry (self, g_ptr_array_index (cards, i), &entry, &is_here, error))
        return FALSE;
      if (is_here && entry.date.start >= end && entry.date.status != LYKTA_STATUS_CANCELLED) {
        self->programme->next_day = lykta_date_of_moment (entry.date.start);
        return TRUE;
      }
    }
    if (cards->len < PAGE)
      return TRUE;
  }
}

static gboolean
read_sources (Collector *self, GError **error)
{
  g_autoptr (GPtrArray) sources = lykta_content_reader_list_sources (self->reader, error);
  gboolean is_all = g_hash_table_size (self->sources) == 0;
  gint64 as_of = G_MAXINT64;

  if (sources == NULL)
    return FALSE;
  for (guint i = 0; i < sources->len; i++) {
    LyktaSource *source = g_ptr_array_index (sources, i);
    const char *id = g_intern_string (lykta_source_get_id (source));
    g_autoptr (LyktaSourceState) state = NULL;

    if (!is_all && !g_hash_table_contains (self->sources, id))
      continue;
    state = lykta_content_reader_get_source_state (self->reader, id, NULL);
    if (state == NULL || state->last_confirmed == 0)
      continue;
    as_of = MIN (as_of, state->last_confirmed);
    if (!lykta_source_is_sample (source))
      g_ptr_array_add (self->programme->source_names, g_strdup (lykta_source_get_name (source)));
  }
  self->programme->as_of = as_of == G_MAXINT64 ? 0 : as_of;
  return TRUE;
}

static gboolean
collect (Collector *self, LyktaQuery *query, GError **error)
{
  if (!collect_entries (self, query, error))
    return FALSE;
  if (self->programme->entries->len == 0 && !find_next_day (self, query, error))
    return FALSE;
  return read_sources (self, error);
}

LyktaProgramme *
lykta_programme_new (LyktaContentReader *reader,
                     LyktaQuery *query,
                     const LyktaArea *area,
                     guint limit,
                     GError **error)
{
  g_autoptr (LyktaProgramme) self = NULL;
  g_auto (Collector) collector = {.reader = reader, .area = area};

  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (reader), NULL);
  g_return_val_if_fail (query != NULL && lykta_query_get_to (query) > 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_object_new (LYKTA_TYPE_PROGRAMME, NULL);
  self->from = lykta_date_of_moment (lykta_query_get_from (query));
  self->to = lykta_date_of_moment (lykta_query_get_to (query) - 1);
  self->area_name = area != NULL ? g_strdup (area->name) : NULL;
  if (lykta_query_has_position (query))
    self->radius = MAX (lykta_query_get_within_km (query), 0);
  collector.programme = self;
  collector.limit = limit > 0 ? limit : DEFAULT_LIMIT;
  collector.activities =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  collector.sources = g_hash_table_new (NULL, NULL);
  if (!collect (&collector, query, error))
    return NULL;
  g_ptr_array_add (self->source_names, NULL);
  return g_steal_pointer (&self);
}

LyktaProgramme *
lykta_programme_new_single (LyktaActivity *activity, const LyktaOccurrence *date, gint64 as_of)
{
  LyktaProgramme *self;
  LyktaProgrammeEntry entry = {0};

  g_return_val_if_fail (LYKTA_IS_ACTIVITY (activity), NULL);
  g_return_val_if_fail (date != NULL, NULL);

  self = g_object_new (LYKTA_TYPE_PROGRAMME, NULL);
  entry.activity = g_object_ref (activity);
  entry.date = *date;
  entry.day = lykta_date_of_moment (date->start);
  self->from = self->to = entry.day;
  self->as_of = as_of;
  self->has_sample = lykta_activity_is_sample (activity);
  g_array_append_val (self->entries, entry);
  g_ptr_array_add (self->source_names, NULL);
  return self;
}

LyktaDate
lykta_programme_get_from (LyktaProgramme *self)
{
  g_return_val_if_fail (LYKTA_IS_PROGRAMME (self), (LyktaDate){0});

  return self->from;
}

LyktaDate
lykta_programme_get_to (LyktaProgramme *self)
{
  g_return_val_if_fail (LYKTA_IS_PROGRAMME (self), (LyktaDate){0});

  return self->to;
}

guint
lykta_programme_get_n_entries (LyktaProgramme *self)
{
  g_return_val_if_fail (LYKTA_IS_PROGRAMME (self), 0);

  return self->entries->len;
}

const LyktaProgrammeEntry *
lykta_programme_get_entry (LyktaProgramme *self, guint index)
{
  g_return_val_if_fail (LYKTA_IS_PROGRAMME (self), NULL);
  g_return_val_if_fail (index < self->entries->len, NULL);

  return &g_array_index (self->entries, LyktaProgrammeEntry, index);
}

gboolean
lykta_programme_is_cut (LyktaProgramme *self)
{
  g_return_val_if_fail (LYKTA_IS_PROGRAMME (self), FALSE);

  return self->is_cut;
}

double
lykta_programme_get_radius (LyktaProgramme *self)
{
  g_return_val_if_fail (LYKTA_IS_PROGRAMME (self), 0);

  return self->radius;
}

const char *
lykta_programme_get_area_name (LyktaProgramme *self)
{
  g_return_val_if_fail (LYKTA_IS_PROGRAMME (self), NULL);

  return self->area_name;
}

LyktaDate
lykta_programme_get_next_day (LyktaProgramme *self)
{
  g_return_val_if_fail (LYKTA_IS_PROGRAMME (self), (LyktaDate){0});

  return self->next_day;
}

gint64
lykta_programme_get_as_of (LyktaProgramme *self)
{
  g_return_val_if_fail (LYKTA_IS_PROGRAMME (self), 0);

  return self->as_of;
}

const char *const *
lykta_programme_get_source_names (LyktaProgramme *self)
{
  g_return_val_if_fail (LYKTA_IS_PROGRAMME (self), NULL);

  return (const char *const *)self->source_names->pdata;
}

gboolean
lykta_programme_has_sample (LyktaProgramme *self)
{
  g_return_val_if_fail (LYKTA_IS_PROGRAMME (self), FALSE);

  return self->has_sample;
}
