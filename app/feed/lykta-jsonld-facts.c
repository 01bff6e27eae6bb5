/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-feed-words.h"
#include "feed/lykta-jsonld-event.h"
#include "text/lykta-language.h"

#define MAX_CATEGORIES 50
#define MAX_SPOKEN     40
#define MAX_AGE        150

/* What the words of an event add up to. */
typedef struct {
  LyktaPurposes purposes;
  LyktaPurposes primary;
  LyktaAudience audience;
  LyktaBooking booking;
  LyktaLevels levels;
  gboolean is_childcare, is_children, is_free, is_step_free, is_tia;
  guint n;
} Words;

typedef void (*WordFunc) (const char *word, gpointer user_data);

static void
take_word (const char *text, gpointer user_data)
{
  const LyktaIcalWord *word = lykta_ical_word_find (text);
  Words *words = user_data;

  if (word == NULL)
    return;
  words->purposes |= word->purposes;
  if (words->primary == LYKTA_PURPOSE_NONE)
    words->primary = word->purposes & -(int)word->purposes;
  if (word->audience != LYKTA_AUDIENCE_UNKNOWN &&
      (words->audience == LYKTA_AUDIENCE_UNKNOWN || words->audience == LYKTA_AUDIENCE_EVERYONE ||
       words->audience == LYKTA_AUDIENCE_YOUNG_PEOPLE))
    words->audience = word->audience;
  if (word->booking != LYKTA_BOOKING_UNKNOWN)
    words->booking = word->booking;
  words->levels |= word->levels;
  words->is_childcare |= word->is_childcare;
  words->is_children |= word->is_children;
  words->is_free |= word->is_free;
  words->is_step_free |= word->is_step_free;
  words->is_tia |= word->is_tia;
}

static void
each_word_of_text (const char *text, WordFunc func, gpointer user_data)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", MAX_CATEGORIES);

  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *word = lykta_jsonld_line (parts[i]);

    if (word != NULL)
      func (word, user_data);
  }
}

/* keywords: a text with commas, a list of texts, or of DefinedTerms; about: Things with names. Ours
 * are never taken apart. */
static void
each_word (LyktaJsonldEvent *self, const char *name, WordFunc func, gpointer user_data)
{
  JsonNode *node = lykta_jsonld_get (self->object, name);
  guint n = MIN (lykta_jsonld_count (node), MAX_CATEGORIES);

  for (guint i = 0; i < n; i++) {
    JsonNode *item = lykta_jsonld_nth (node, i);
    JsonObject *term =
        item != NULL && JSON_NODE_HOLDS_OBJECT (item) ? lykta_jsonld_object (self, item) : NULL;
    JsonNode *named = term != NULL ? lykta_jsonld_get (term, "name") : NULL;
    g_autofree char *word = NULL;

    if (named != NULL)
      word = lykta_jsonld_name (self, named);
    else
      word = lykta_jsonld_line (lykta_jsonld_string (item));
    if (word == NULL || (!self->is_ours && strstr (word, "://") != NULL))
      continue;
    if (self->is_ours || named != NULL)
      func (word, user_data);
    else
      each_word_of_text (word, func, user_data);
  }
}

static void
add_category (const char *word, gpointer user_data)
{
  lykta_activity_builder_add_category (user_data, word);
}

static void
read_title_words (LyktaTexts *title, Words *words)
{
  static const char *const tags[] = {"sv", "en"};

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++) {
    const char *text = lykta_texts_get (title, tags[i]);
    LyktaAudience audience;

    if (text == NULL)
      continue;
    if (words->purposes == LYKTA_PURPOSE_NONE)
      words->purposes = words->primary = lykta_ical_words_purposes (text);
    audience = lykta_ical_words_audience (text);
    if (audience != LYKTA_AUDIENCE_UNKNOWN && (words->audience == LYKTA_AUDIENCE_UNKNOWN ||
                                               words->audience == LYKTA_AUDIENCE_YOUNG_PEOPLE))
      words->audience = audience;
  }
}

LyktaStatus
lykta_jsonld_read_status (LyktaJsonldEvent *self, JsonObject *object)
{
  const char *own = lykta_jsonld_get_string (object, "lykta:status");
  const char *status = lykta_jsonld_get_string (object, "eventStatus");

  if (own != NULL)
    return lykta_status_from_token (own);
  if (status == NULL)
    return LYKTA_STATUS_SCHEDULED;
  status = lykta_jsonld_local_name (status);
  if (g_ascii_strcasecmp (status, "EventCancelled") == 0 ||
      g_ascii_strcasecmp (status, "Cancelled") == 0 || g_ascii_strcasecmp (status, "Canceled") == 0)
    return LYKTA_STATUS_CANCELLED;
  if (g_ascii_strcasecmp (status, "EventRescheduled") == 0)
    return LYKTA_STATUS_RESCHEDULED;
  if (g_ascii_strcasecmp (status, "EventPostponed") == 0) {
    /* Nobody knows the new date, so nobody shall go there on the old one. */
    lykta_jsonld_note (self, "postponed", "Postponed without a new date is shown as cancelled.");
    return LYKTA_STATUS_CANCELLED;
  }
  return LYKTA_STATUS_SCHEDULED;
}

/* suggestedGender, audienceType and the words of the event. */
LyktaAudience
lykta_jsonld_read_audience (LyktaJsonldEvent *self, JsonObject *object)
{
  const char *own = lykta_jsonld_get_string (object, "lykta:audience");
  JsonObject *audience;
  const char *gender;
  g_autofree char *type = NULL;
  const LyktaIcalWord *word;

  if (own != NULL)
    return lykta_audience_from_token (own);
  if (self->is_ours)
    return LYKTA_AUDIENCE_UNKNOWN;
  audience = lykta_jsonld_object (self, lykta_jsonld_get (object, "audience"));
  if (audience != NULL) {
    gender = lykta_jsonld_get_string (audience, "suggestedGender");
    if (gender != NULL && g_ascii_strncasecmp (lykta_jsonld_local_name (gender), "female", 6) == 0)
      return LYKTA_AUDIENCE_WOMEN;
    if (gender != NULL && g_ascii_strncasecmp (lykta_jsonld_local_name (gender), "male", 4) == 0)
      return LYKTA_AUDIENCE_MEN;
    if (lykta_jsonld_has_type (audience, "ParentAudience"))
      return LYKTA_AUDIENCE_PARENTS_WITH_CHILDREN;
    type = lykta_jsonld_name (self, lykta_jsonld_get (audience, "audienceType"));
    if (type == NULL)
      type = lykta_jsonld_name (self, lykta_jsonld_get (audience, "name"));
  } else
    type = lykta_jsonld_get_line (object, "audience");
  word = type != NULL ? lykta_ical_word_find (type) : NULL;
  return word != NULL ? word->audience : LYKTA_AUDIENCE_UNKNOWN;
}

/* "18-65", "18-", "-12", "18+", "7–12 år"; requiredMinAge of the audience. */
static void
parse_ages (const char *text, int *from, int *to)
{
  const char *p = text;
  gint64 first = -1;
  gint64 last = -1;

  if (g_ascii_isdigit (*p))
    first = g_ascii_strtoll (p, (char **)&p, 10);
  while (*p == ' ')
    p++;
  if (*p == '-' || g_str_has_prefix (p, "–")) {
    p += *p == '-' ? 1 : strlen ("–");
    while (*p == ' ')
      p++;
    if (g_ascii_isdigit (*p))
      last = g_ascii_strtoll (p, NULL, 10);
  }
  *from = first >= 0 && first <= MAX_AGE ? (int)first : -1;
  *to = last >= 0 && last <= MAX_AGE ? (int)last : -1;
}

static int
age_of (JsonObject *object, const char *name)
{
  double age;

  return lykta_jsonld_number (lykta_jsonld_get (object, name), &age) && age >= 0 && age <= MAX_AGE
             ? (int)age
             : -1;
}

static void
read_ages (LyktaJsonldEvent *self, LyktaActivityBuilder *builder)
{
  JsonNode *node = lykta_jsonld_get (self->object, "typicalAgeRange");
  const char *text = lykta_jsonld_string (node);
  JsonObject *audience;
  int from = -1;
  int to = -1;

  if (text != NULL)
    parse_ages (text, &from, &to);
  else
    from = age_of (self->object, "typicalAgeRange");
  if (!self->is_ours && from < 0 && to < 0) {
    audience = lykta_jsonld_object (self, lykta_jsonld_get (self->object, "audience"));
    if (audience != NULL) {
      from = age_of (audience, "suggestedMinAge");
      to = age_of (audience, "suggestedMaxAge");
    }
  }
  if (!self->is_ours && from == 0)
    from = -1;
  if (from >= 0 || to >= 0)
    lykta_activity_builder_set_ages (builder, from, to);
}

static void
read_capacity (LyktaJsonldEvent *self, LyktaActivityBuilder *builder)
{
  static const char *const names[] = {"maximumAttendeeCapacity", "maximumPhysicalAttendeeCapacity",
                                      "maximumVirtualAttendeeCapacity"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    double number;

    if (!lykta_jsonld_number (lykta_jsonld_get (self->object, names[i]), &number) || number < 0 ||
        number > G_MAXINT)
      continue;
    lykta_activity_builder_set_capacity (builder, (int)number);
    return;
  }
}

static void
set_price (LyktaActivityBuilder *builder, LyktaTexts *texts)
{
  for (guint i = 0; i < lykta_texts_get_n (texts); i++)
    lykta_activity_builder_set_price (builder, lykta_texts_get_nth_language (texts, i),
                                      lykta_texts_get_nth_text (texts, i));
}

/* The cheapest offer that can be understood; several with different prices are a range. */
static void
read_offers (LyktaJsonldEvent *self, LyktaTristate free, LyktaActivityBuilder *builder)
{
  JsonNode *node = lykta_jsonld_get (self->object, "offers");
  guint n = MIN (lykta_jsonld_count (node), 50);
  double low = -1;
  double high = -1;
  g_autofree char *currency = NULL;

  for (guint i = 0; i < n; i++) {
    JsonObject *offer = lykta_jsonld_object (self, lykta_jsonld_nth (node, i));
    double price = 0;
    double top = 0;

    if (offer == NULL)
      continue;
    if (currency == NULL)
      currency = lykta_jsonld_get_line (offer, "priceCurrency");
    if (!lykta_jsonld_number (lykta_jsonld_get (offer, "price"), &price) &&
        !lykta_jsonld_number (lykta_jsonld_get (offer, "lowPrice"), &price))
      continue;
    if (!lykta_jsonld_number (lykta_jsonld_get (offer, "highPrice"), &top))
      top = price;
    low = low < 0 || price < low ? price : low;
    high = MAX (high, top);
  }
  if (free == LYKTA_TRISTATE_UNKNOWN && low >= 0)
    free = high > 0 ? LYKTA_TRISTATE_NO : LYKTA_TRISTATE_YES;
  lykta_activity_builder_set_is_free (builder, free);
  if (high > 0 && high < 1e6) {
    g_autofree char *text =
        low < high ? g_strdup_printf ("%.6g–%.6g %s", MAX (low, 0), high,
                                      currency != NULL ? currency : "SEK")
                   : g_strdup_printf ("%.6g %s", high, currency != NULL ? currency : "SEK");
    lykta_activity_builder_set_price (builder, self->language, text);
  }
}

static void
read_price (LyktaJsonldEvent *self, const Words *words, LyktaActivityBuilder *builder)
{
  LyktaTristate free =
      lykta_jsonld_tristate (lykta_jsonld_get (self->object, "isAccessibleForFree"));
  JsonNode *own = lykta_jsonld_get (self->object, "lykta:price");
  g_autoptr (LyktaTexts) price = lykta_jsonld_texts (self, own, LYKTA_LIMIT_TITLE_CHARS);

  if (!self->is_ours && free == LYKTA_TRISTATE_UNKNOWN && words->is_free)
    free = LYKTA_TRISTATE_YES;
  lykta_activity_builder_set_is_free (builder, free);
  if (!self->is_ours)
    read_offers (self, free, builder);
  set_price (builder, price);
}

static void
read_booking (LyktaJsonldEvent *self, const Words *words, LyktaActivityBuilder *builder)
{
  const char *own = lykta_jsonld_get_string (self->object, "lykta:booking");
  const char *address = lykta_jsonld_get_string (self->object, "lykta:bookingUrl");
  JsonObject *offer =
      self->is_ours ? NULL : lykta_jsonld_object (self, lykta_jsonld_get (self->object, "offers"));
  g_autofree char *url = NULL;
  LyktaBooking booking = own != NULL ? lykta_booking_from_token (own) : words->booking;

  if (address == NULL && offer != NULL)
    address = lykta_jsonld_get_string (offer, "url");
  if (address != NULL)
    url = lykta_jsonld_url (self, address);
  if (self->is_ours && own == NULL)
    booking = LYKTA_BOOKING_UNKNOWN;
  if (booking != LYKTA_BOOKING_UNKNOWN || url != NULL)
    lykta_activity_builder_set_booking (builder, booking, url);
}

static LyktaTristate
tristate (LyktaJsonldEvent *self, const char *name, gboolean is_by_words)
{
  LyktaTristate own = lykta_jsonld_tristate (lykta_jsonld_get (self->object, name));

  if (own != LYKTA_TRISTATE_UNKNOWN)
    return own;
  return is_by_words && !self->is_ours ? LYKTA_TRISTATE_YES : LYKTA_TRISTATE_UNKNOWN;
}

static void
read_purposes (LyktaJsonldEvent *self, const Words *words, LyktaActivityBuilder *builder)
{
  JsonNode *own = lykta_jsonld_get (self->object, "lykta:purposes");
  const char *own_primary = lykta_jsonld_get_string (self->object, "lykta:primaryPurpose");
  LyktaPurposes purposes = self->is_ours ? LYKTA_PURPOSE_NONE : words->purposes;
  LyktaPurposes primary = words->primary;

  if (own != NULL) {
    purposes = LYKTA_PURPOSE_NONE;
    for (guint i = 0; i < lykta_jsonld_count (own); i++) {
      const char *token = lykta_jsonld_string (lykta_jsonld_nth (own, i));

      if (token != NULL)
        purposes |= lykta_purpose_from_token (token);
    }
  }
  if (own_primary != NULL)
    primary = lykta_purpose_from_token (own_primary);
  if ((primary & purposes) == 0)
    primary = LYKTA_PURPOSE_NONE;
  if (purposes != LYKTA_PURPOSE_NONE)
    lykta_activity_builder_set_purposes (builder, purposes, primary);
}

static void
read_levels (LyktaJsonldEvent *self, const Words *words, LyktaActivityBuilder *builder)
{
  JsonNode *own = lykta_jsonld_get (self->object, "lykta:levels");
  LyktaLevels levels = self->is_ours ? LYKTA_LEVEL_NONE : words->levels;

  if (own != NULL) {
    levels = LYKTA_LEVEL_NONE;
    for (guint i = 0; i < lykta_jsonld_count (own); i++)
      levels |= lykta_level_from_token (lykta_jsonld_string (lykta_jsonld_nth (own, i)));
  }
  lykta_activity_builder_set_levels (builder, levels);
}

static void
read_spoken (LyktaJsonldEvent *self, LyktaActivityBuilder *builder)
{
  JsonNode *own = lykta_jsonld_get (self->object, "lykta:spokenLanguages");
  guint n = MIN (lykta_jsonld_count (own), MAX_SPOKEN);

  for (guint i = 0; i < n; i++) {
    const char *tag = lykta_jsonld_string (lykta_jsonld_nth (own, i));

    tag = tag != NULL ? lykta_language_canonical (tag) : NULL;
    if (tag != NULL)
      lykta_activity_builder_add_spoken_language (builder, tag);
  }
}

static void
read_flags (LyktaJsonldEvent *self, const Words *words, LyktaActivityBuilder *builder)
{
  lykta_activity_builder_set_childcare (builder,
                                        tristate (self, "lykta:childcare", words->is_childcare));
  lykta_activity_builder_set_children (builder,
                                       tristate (self, "lykta:children", words->is_children));
  lykta_activity_builder_set_step_free (builder,
                                        tristate (self, "lykta:stepFree", words->is_step_free));
  lykta_activity_builder_set_is_tia (builder, tristate (self, "lykta:tia", words->is_tia));
  lykta_activity_builder_set_offers_certificate (builder,
                                                 tristate (self, "lykta:certificate", FALSE));
  lykta_activity_builder_set_is_compulsory_introduction (
      builder, tristate (self, "lykta:introduction", FALSE) == LYKTA_TRISTATE_YES);
  lykta_activity_builder_set_is_sample (builder, tristate (self, "lykta:sample", FALSE) ==
                                                     LYKTA_TRISTATE_YES);
}

void
lykta_jsonld_read_facts (LyktaJsonldEvent *self, LyktaTexts *title, LyktaActivityBuilder *builder)
{
  static const char *const names[] = {"keywords", "about", "category", "genre"};
  const char *address = lykta_jsonld_get_string (self->object, "url");
  g_autofree char *url = address != NULL ? lykta_jsonld_url (self, address) : NULL;
  LyktaAudience audience = lykta_jsonld_read_audience (self, self->object);
  Words words = {0};

  for (guint i = 0; i < (self->is_ours ? 1 : G_N_ELEMENTS (names)); i++) {
    each_word (self, names[i], add_category, builder);
    if (!self->is_ours)
      each_word (self, names[i], take_word, &words);
  }
  if (!self->is_ours) {
    each_word (self, "educationalLevel", take_word, &words);
    read_title_words (title, &words);
  }
  lykta_activity_builder_set_url (builder, url);
  lykta_activity_builder_set_audience (
      builder, audience != LYKTA_AUDIENCE_UNKNOWN || self->is_ours ? audience : words.audience);
  read_purposes (self, &words, builder);
  read_ages (self, builder);
  read_capacity (self, builder);
  read_booking (self, &words, builder);
  read_price (self, &words, builder);
  read_spoken (self, builder);
  read_levels (self, &words, builder);
  read_flags (self, &words, builder);
}
