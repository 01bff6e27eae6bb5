/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-ical-event.h"
#include "text/lykta-language.h"

#define MAX_CATEGORIES 50
#define MAX_SPOKEN     40
#define MAX_AGE        150

static const char *
value_of (LyktaIcalEvent *self, LyktaIcalName name)
{
  const LyktaIcalProperty *property = lykta_ical_component_find (self->component, name);

  return property != NULL ? property->value : NULL;
}

static void
take_word (LyktaIcalWord *words, const char *text)
{
  const LyktaIcalWord *word = lykta_ical_word_find (text);

  if (word == NULL)
    return;
  words->purposes |= word->purposes;
  if (words->primary == LYKTA_PURPOSE_NONE)
    words->primary = word->purposes & -(int)word->purposes;
  /* Women, men and parents say more than youth or everyone. */
  if (word->audience != LYKTA_AUDIENCE_UNKNOWN &&
      (words->audience == LYKTA_AUDIENCE_UNKNOWN || words->audience == LYKTA_AUDIENCE_EVERYONE ||
       words->audience == LYKTA_AUDIENCE_YOUNG_PEOPLE))
    words->audience = word->audience;
  if (word->booking != LYKTA_BOOKING_UNKNOWN)
    words->booking = word->booking;
  if (word->attendance != LYKTA_ATTENDANCE_UNKNOWN)
    words->attendance = word->attendance;
  words->levels |= word->levels;
  words->is_childcare |= word->is_childcare;
  words->is_children |= word->is_children;
  words->is_free |= word->is_free;
  words->is_step_free |= word->is_step_free;
  words->is_tia |= word->is_tia;
}

/* Calls @func for each comma-separated piece of a raw value, escapes resolved. */
static void
each_item (const char *value,
           void (*func) (const char *item, gpointer user_data),
           gpointer user_data)
{
  g_autoptr (GString) item = g_string_new (NULL);

  for (const char *p = value;; p++) {
    if (*p == '\\' && p[1] != 0) {
      g_string_append_c (item, p[0]);
      g_string_append_c (item, *++p);
    } else if (*p == ',' || *p == 0) {
      g_autofree char *clean = NULL;
      lykta_ical_unescape (item->str);
      clean = lykta_ical_clean_line (item->str);
      if (clean != NULL)
        func (clean, user_data);
      g_string_truncate (item, 0);
      if (*p == 0)
        return;
    } else
      g_string_append_c (item, *p);
  }
}

typedef struct {
  LyktaIcalWord *words;          /* (nullable) */
  LyktaActivityBuilder *builder; /* (nullable) */
  guint n;
} Categories;

static void
on_category (const char *item, gpointer user_data)
{
  Categories *categories = user_data;

  if (categories->n++ >= MAX_CATEGORIES)
    return;
  if (categories->words != NULL)
    take_word (categories->words, item);
  if (categories->builder != NULL)
    lykta_activity_builder_add_category (categories->builder, item);
}

/* CATEGORIES of all lines: what they say (unless it is ours), and the words themselves. */
static void
read_categories (LyktaIcalEvent *self, LyktaActivityBuilder *builder)
{
  Categories categories = {self->is_ours ? NULL : &self->words, builder, 0};
  guint n = lykta_ical_component_get_n (self->component);

  if (self->has_words && builder == NULL)
    return;
  self->words = (LyktaIcalWord){0};
  self->has_words = TRUE;
  for (guint i = 0; i < n; i++) {
    const LyktaIcalProperty *property = lykta_ical_component_get_nth (self->component, i);
    if (property->name == LYKTA_ICAL_CATEGORIES && property->child == 0)
      each_item (property->value, on_category, &categories);
  }
}

static void
read_title_words (LyktaTexts *title, LyktaIcalWord *words)
{
  static const char *const tags[] = {"sv", "en"};

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++) {
    const char *text = lykta_texts_get (title, tags[i]);
    if (text == NULL)
      continue;
    if (words->purposes == LYKTA_PURPOSE_NONE)
      words->purposes = words->primary = lykta_ical_words_purposes (text);
    if (words->audience == LYKTA_AUDIENCE_UNKNOWN ||
        words->audience == LYKTA_AUDIENCE_YOUNG_PEOPLE) {
      LyktaAudience audience = lykta_ical_words_audience (text);
      if (audience != LYKTA_AUDIENCE_UNKNOWN)
        words->audience = audience;
    }
  }
}

LyktaStatus
lykta_ical_event_read_status (LyktaIcalEvent *self)
{
  const char *own = value_of (self, LYKTA_ICAL_X_LYKTA_STATUS);
  const char *status = value_of (self, LYKTA_ICAL_STATUS);

  if (self->is_cancelled)
    return LYKTA_STATUS_CANCELLED;
  if (own != NULL)
    return lykta_status_from_token (own);
  if (status == NULL)
    return LYKTA_STATUS_SCHEDULED;
  if (g_ascii_strncasecmp (status, "CANCEL", 6) == 0)
    return LYKTA_STATUS_CANCELLED;
  return g_ascii_strncasecmp (status, "TENTATIVE", 9) == 0 ? LYKTA_STATUS_TENTATIVE
                                                           : LYKTA_STATUS_SCHEDULED;
}

LyktaAudience
lykta_ical_event_read_audience (LyktaIcalEvent *self, LyktaTexts *title)
{
  const char *own = value_of (self, LYKTA_ICAL_X_LYKTA_AUDIENCE);
  LyktaIcalWord words;

  if (own != NULL)
    return lykta_audience_from_token (own);
  if (self->is_ours)
    return LYKTA_AUDIENCE_UNKNOWN;
  read_categories (self, NULL);
  words = self->words;
  if (title != NULL)
    read_title_words (title, &words);
  return words.audience;
}

LyktaAttendance
lykta_ical_event_read_attendance (LyktaIcalEvent *self, gboolean has_place, gboolean has_online_url)
{
  const char *own = value_of (self, LYKTA_ICAL_X_LYKTA_ATTENDANCE);
  const char *location = value_of (self, LYKTA_ICAL_LOCATION);

  if (own != NULL)
    return lykta_attendance_from_token (own);
  if (self->is_ours)
    return LYKTA_ATTENDANCE_UNKNOWN;
  read_categories (self, NULL);
  if (has_online_url || self->words.attendance == LYKTA_ATTENDANCE_ONLINE)
    return has_place ? LYKTA_ATTENDANCE_MIXED : LYKTA_ATTENDANCE_ONLINE;
  if (has_place)
    return LYKTA_ATTENDANCE_ON_SITE;
  /* A LOCATION that was not taken for a place is "online", "Zoom" and the like. */
  return location != NULL && *location != 0 ? LYKTA_ATTENDANCE_ONLINE : LYKTA_ATTENDANCE_UNKNOWN;
}

static LyktaTristate
tristate (LyktaIcalEvent *self, LyktaIcalName name, gboolean is_by_words)
{
  const char *own = value_of (self, name);

  if (own != NULL)
    return lykta_tristate_from_token (own);
  return is_by_words && !self->is_ours ? LYKTA_TRISTATE_YES : LYKTA_TRISTATE_UNKNOWN;
}

static void
on_purpose (const char *item, gpointer user_data)
{
  *(LyktaPurposes *)user_data |= lykta_purpose_from_token (item);
}

static void
read_purposes (LyktaIcalEvent *self, const LyktaIcalWord *words, LyktaActivityBuilder *builder)
{
  const char *own = value_of (self, LYKTA_ICAL_X_LYKTA_PURPOSES);
  const char *own_primary = value_of (self, LYKTA_ICAL_X_LYKTA_PRIMARY_PURPOSE);
  LyktaPurposes purposes = LYKTA_PURPOSE_NONE;
  LyktaPurposes primary = words->primary;

  if (own != NULL)
    each_item (own, on_purpose, &purposes);
  else if (!self->is_ours)
    purposes = words->purposes;
  if (own_primary != NULL)
    primary = lykta_purpose_from_token (own_primary);
  if ((primary & purposes) == 0)
    primary = LYKTA_PURPOSE_NONE;
  if (purposes != LYKTA_PURPOSE_NONE)
    lykta_activity_builder_set_purposes (builder, purposes, primary);
}

static void
on_level (const char *item, gpointer user_data)
{
  *(LyktaLevels *)user_data |= lykta_level_from_token (item);
}

static void
read_levels (LyktaIcalEvent *self, const LyktaIcalWord *words, LyktaActivityBuilder *builder)
{
  const char *own = value_of (self, LYKTA_ICAL_X_LYKTA_LEVELS);
  LyktaLevels levels = LYKTA_LEVEL_NONE;

  if (own != NULL)
    each_item (own, on_level, &levels);
  else if (!self->is_ours)
    levels = words->levels;
  lykta_activity_builder_set_levels (builder, levels);
}

static int
read_age (const char *text)
{
  gint64 age = text != NULL && g_ascii_isdigit (*text) ? g_ascii_strtoll (text, NULL, 10) : -1;

  return age <= MAX_AGE ? (int)age : -1;
}

/* X-LYKTA-AGES:18-65, 18- or -65; X-MIN-AGE and X-MAX-AGE. */
static void
read_ages (LyktaIcalEvent *self, LyktaActivityBuilder *builder)
{
  const char *own = value_of (self, LYKTA_ICAL_X_LYKTA_AGES);
  int from, to;

  if (own != NULL) {
    const char *dash = strchr (own, '-');
    from = read_age (own);
    to = read_age (dash != NULL ? dash + 1 : NULL);
  } else {
    from = read_age (value_of (self, LYKTA_ICAL_X_MIN_AGE));
    to = read_age (value_of (self, LYKTA_ICAL_X_MAX_AGE));
    /* From the first day of life on is no limit. */
    from = from == 0 ? -1 : from;
  }
  if (from >= 0 || to >= 0)
    lykta_activity_builder_set_ages (builder, from, to);
}

static void
on_spoken (const char *item, gpointer user_data)
{
  const char *tag = lykta_language_canonical (item);

  if (tag != NULL)
    lykta_activity_builder_add_spoken_language (user_data, tag);
}

static void
read_booking (LyktaIcalEvent *self, const LyktaIcalWord *words, LyktaActivityBuilder *builder)
{
  const LyktaIcalProperty *own =
      lykta_ical_component_find (self->component, LYKTA_ICAL_X_LYKTA_BOOKING);
  const LyktaIcalProperty *tickets =
      lykta_ical_component_find (self->component, LYKTA_ICAL_X_TICKETS_URL);
  LyktaBooking booking = self->is_ours ? LYKTA_BOOKING_UNKNOWN : words->booking;
  g_autofree char *url = NULL;

  if (own != NULL) {
    const char *address = lykta_ical_component_get_parameter (self->component, own, "URL");
    booking = lykta_booking_from_token (own->value);
    url = address != NULL ? lykta_ical_event_read_url (self, own, address) : NULL;
  } else if (tickets != NULL)
    url = lykta_ical_event_read_url (self, tickets,
                                     lykta_ical_component_get_text (self->component, tickets));
  if (booking != LYKTA_BOOKING_UNKNOWN || url != NULL)
    lykta_activity_builder_set_booking (builder, booking, url);
}

static void
read_price (LyktaIcalEvent *self, const LyktaIcalWord *words, LyktaActivityBuilder *builder)
{
  g_autoptr (LyktaTexts) price = lykta_ical_event_read_texts (
      self, LYKTA_ICAL_X_LYKTA_PRICE, self->is_ours ? LYKTA_ICAL_OTHER : LYKTA_ICAL_X_COST,
      LYKTA_LIMIT_TITLE_CHARS);
  const char *type = value_of (self, LYKTA_ICAL_X_COST_TYPE);
  gboolean is_free = words->is_free || (type != NULL && g_ascii_strcasecmp (type, "free") == 0);

  lykta_activity_builder_set_is_free (builder, tristate (self, LYKTA_ICAL_X_LYKTA_FREE, is_free));
  for (guint i = 0; i < lykta_texts_get_n (price); i++)
    lykta_activity_builder_set_price (builder, lykta_texts_get_nth_language (price, i),
                                      lykta_texts_get_nth_text (price, i));
}

void
lykta_ical_event_read_facts (LyktaIcalEvent *self, LyktaTexts *title, LyktaActivityBuilder *builder)
{
  const LyktaIcalProperty *url = lykta_ical_component_find (self->component, LYKTA_ICAL_URL);
  const char *spoken = value_of (self, LYKTA_ICAL_X_LYKTA_SPOKEN);
  const char *capacity = value_of (self, LYKTA_ICAL_X_LYKTA_CAPACITY);
  LyktaIcalWord words;

  read_categories (self, builder);
  words = self->words;
  if (!self->is_ours)
    read_title_words (title, &words);
  read_purposes (self, &words, builder);
  read_levels (self, &words, builder);
  read_ages (self, builder);
  read_booking (self, &words, builder);
  read_price (self, &words, builder);
  if (spoken != NULL)
    each_item (spoken, on_spoken, builder);
  if (url != NULL) {
    g_autofree char *address =
        lykta_ical_event_read_url (self, url, lykta_ical_component_get_text (self->component, url));
    lykta_activity_builder_set_url (builder, address);
  }
  if (capacity != NULL && g_ascii_isdigit (*capacity))
    lykta_activity_builder_set_capacity (
        builder, (int)CLAMP (g_ascii_strtoll (capacity, NULL, 10), 0, G_MAXINT));
  lykta_activity_builder_set_childcare (
      builder, tristate (self, LYKTA_ICAL_X_LYKTA_CHILDCARE, words.is_childcare));
  lykta_activity_builder_set_children (
      builder, tristate (self, LYKTA_ICAL_X_LYKTA_CHILDREN, words.is_children));
  lykta_activity_builder_set_step_free (
      builder, tristate (self, LYKTA_ICAL_X_LYKTA_STEP_FREE, words.is_step_free));
  lykta_activity_builder_set_is_tia (builder,
                                     tristate (self, LYKTA_ICAL_X_LYKTA_TIA, words.is_tia));
  lykta_activity_builder_set_offers_certificate (
      builder, tristate (self, LYKTA_ICAL_X_LYKTA_CERTIFICATE, FALSE));
  lykta_activity_builder_set_is_compulsory_introduction (
      builder, tristate (self, LYKTA_ICAL_X_LYKTA_INTRODUCTION, FALSE) == LYKTA_TRISTATE_YES);
  lykta_activity_builder_set_is_sample (
      builder, tristate (self, LYKTA_ICAL_X_LYKTA_SAMPLE, FALSE) == LYKTA_TRISTATE_YES);
}
