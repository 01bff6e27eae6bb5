/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-session"

#include "session/lykta-session-private.h"

#include <math.h>

#include "session/lykta-notes.h"
#include "session/lykta-same-activity.h"
#include "text/lykta-language.h"

#define DEFAULT_LANGUAGE "sv"

static GParamSpec *properties[PROP_NOTICE + 1];

G_DEFINE_FINAL_TYPE (LyktaSession, lykta_session, G_TYPE_OBJECT)

GType
lykta_screen_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type)) {
    static const GEnumValue values[] = {
        {LYKTA_SCREEN_ATTRACT, "LYKTA_SCREEN_ATTRACT", "attract"},
        {LYKTA_SCREEN_LANGUAGE, "LYKTA_SCREEN_LANGUAGE", "language"},
        {LYKTA_SCREEN_HOME, "LYKTA_SCREEN_HOME", "home"},
        {LYKTA_SCREEN_LIST, "LYKTA_SCREEN_LIST", "list"},
        {LYKTA_SCREEN_ACTIVITY, "LYKTA_SCREEN_ACTIVITY", "activity"},
        {LYKTA_SCREEN_CERTIFICATE, "LYKTA_SCREEN_CERTIFICATE", "certificate"},
        {LYKTA_SCREEN_DAYS, "LYKTA_SCREEN_DAYS", "days"},
        {LYKTA_SCREEN_PLACES, "LYKTA_SCREEN_PLACES", "places"},
        {LYKTA_SCREEN_TAKE_AWAY, "LYKTA_SCREEN_TAKE_AWAY", "take-away"},
        {LYKTA_SCREEN_ABOUT, "LYKTA_SCREEN_ABOUT", "about"},
        {0, NULL, NULL},
    };
    g_once_init_leave (&type, g_enum_register_static ("LyktaScreen", values));
  }
  return type;
}

LyktaSessionPlace *
lykta_session_here (LyktaSession *self)
{
  return g_ptr_array_index (self->way, self->way->len - 1);
}

void
lykta_session_notify (LyktaSession *self, LyktaSessionProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* After the last place of the way became another one: everything that a view may show of it. */
static void
show_place (LyktaSession *self)
{
  lykta_card_model_set_query (self->cards, lykta_session_here (self)->query);
  lykta_session_notify (self, PROP_QUERY);
  lykta_session_notify (self, PROP_CARD);
  lykta_session_notify (self, PROP_ACTIVITY);
  lykta_session_notify (self, PROP_SCREEN);
  lykta_session_notify (self, PROP_CAN_GO_BACK);
}

static void
push (LyktaSession *self, LyktaScreen screen, LyktaQuery *query)
{
  g_ptr_array_add (self->way, lykta_session_place_new (screen, query));
}

/* Where a new person begins. */
static LyktaScreen
first_screen (LyktaSession *self)
{
  return self->mode == LYKTA_MODE_KIOSK ? LYKTA_SCREEN_ATTRACT : LYKTA_SCREEN_LANGUAGE;
}

static void
lykta_session_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LyktaSession *self = LYKTA_SESSION (object);

  switch ((LyktaSessionProperty)property_id) {
  case PROP_LANGUAGE:
    g_value_set_string (value, self->language);
    break;
  case PROP_SCREEN:
    g_value_set_enum (value, lykta_session_get_screen (self));
    break;
  case PROP_CAN_GO_BACK:
    g_value_set_boolean (value, lykta_session_can_go_back (self));
    break;
  case PROP_QUERY:
    g_value_set_boxed (value, lykta_session_here (self)->query);
    break;
  case PROP_CARDS:
    g_value_set_object (value, self->cards);
    break;
  case PROP_ACTIVITY:
    g_value_set_object (value, lykta_session_here (self)->activity);
    break;
  case PROP_CARD:
    g_value_set_object (value, lykta_session_here (self)->card);
    break;
  case PROP_TEXT_SIZE:
    g_value_set_int (value, self->text_size);
    break;
  case PROP_HAS_HIGH_CONTRAST:
    g_value_set_boolean (value, self->has_high_contrast);
    break;
  case PROP_IS_SIDE_BY_SIDE:
    g_value_set_boolean (value, lykta_session_is_side_by_side (self));
    break;
  case PROP_HAS_SAMPLE:
    g_value_set_boolean (value, self->has_sample);
    break;
  case PROP_IS_LOADING:
    g_value_set_boolean (value, self->is_loading);
    break;
  case PROP_AS_OF:
    g_value_set_int64 (value, self->as_of);
    break;
  case PROP_IS_REFRESHING:
    g_value_set_boolean (value, self->is_refreshing);
    break;
  case PROP_NOTICE:
    g_value_set_string (value, self->notice);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
lykta_session_finalize (GObject *object)
{
  LyktaSession *self = LYKTA_SESSION (object);

  g_clear_object (&self->cards);
  g_clear_object (&self->reader);
  g_clear_object (&self->clock);
  g_clear_object (&self->gazetteer);
  g_clear_pointer (&self->way, g_ptr_array_unref);
  g_clear_pointer (&self->notice, g_free);

  G_OBJECT_CLASS (lykta_session_parent_class)->finalize (object);
}

static void
lykta_session_class_init (LyktaSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lykta_session_get_property;
  object_class->finalize = lykta_session_finalize;
  properties[PROP_LANGUAGE] = g_param_spec_string ("language", NULL, NULL, DEFAULT_LANGUAGE, flags);
  properties[PROP_SCREEN] =
      g_param_spec_enum ("screen", NULL, NULL, LYKTA_TYPE_SCREEN, LYKTA_SCREEN_LANGUAGE, flags);
  properties[PROP_CAN_GO_BACK] = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, flags);
  properties[PROP_QUERY] = g_param_spec_boxed ("query", NULL, NULL, LYKTA_TYPE_QUERY, flags);
  properties[PROP_CARDS] = g_param_spec_object ("cards", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_ACTIVITY] =
      g_param_spec_object ("activity", NULL, NULL, LYKTA_TYPE_ACTIVITY, flags);
  properties[PROP_CARD] = g_param_spec_object ("card", NULL, NULL, LYKTA_TYPE_CARD, flags);
  properties[PROP_TEXT_SIZE] =
      g_param_spec_int ("text-size", NULL, NULL, 0, LYKTA_TEXT_SIZE_LAST, 0, flags);
  properties[PROP_HAS_HIGH_CONTRAST] =
      g_param_spec_boolean ("has-high-contrast", NULL, NULL, FALSE, flags);
  properties[PROP_IS_LOADING] = g_param_spec_boolean ("is-loading", NULL, NULL, FALSE, flags);
  properties[PROP_IS_SIDE_BY_SIDE] =
      g_param_spec_boolean ("is-side-by-side", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_SAMPLE] = g_param_spec_boolean ("has-sample", NULL, NULL, FALSE, flags);
  properties[PROP_AS_OF] =
      g_param_spec_int64 ("as-of", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_IS_REFRESHING] = g_param_spec_boolean ("is-refreshing", NULL, NULL, FALSE, flags);
  properties[PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
lykta_session_init (LyktaSession *self)
{
  self->language = g_intern_static_string (DEFAULT_LANGUAGE);
  self->latitude = NAN;
  self->longitude = NAN;
  self->way = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_session_place_free);
}

LyktaSession *
lykta_session_new (LyktaMode mode,
                   LyktaContentStore *store,
                   LyktaClock *clock,
                   LyktaGazetteer *gazetteer,
                   GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_STORE (store), NULL);
  g_return_val_if_fail (LYKTA_IS_CLOCK (clock), NULL);

  g_autoptr (LyktaContentReader) reader = lykta_content_store_new_reader (store, error);
  if (reader == NULL)
    return NULL;
  LyktaSession *self = g_object_new (LYKTA_TYPE_SESSION, NULL);
  self->mode = mode;
  self->clock = g_object_ref (clock);
  self->gazetteer = gazetteer != NULL ? g_object_ref (gazetteer) : NULL;
  self->reader = g_steal_pointer (&reader);
  g_autoptr (LyktaQuery) query = lykta_session_new_query (self);
  push (self, first_screen (self), query);
  self->cards = lykta_card_model_new (self->reader, query);
  self->generation = lykta_content_reader_get_generation (self->reader);
  lykta_session_read_sources (self);
  return self;
}

LyktaMode
lykta_session_get_mode (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), LYKTA_MODE_PERSONAL);

  return self->mode;
}

LyktaClock *
lykta_session_get_clock (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), NULL);

  return self->clock;
}

LyktaGazetteer *
lykta_session_get_gazetteer (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), NULL);

  return self->gazetteer;
}

LyktaDate
lykta_session_get_today (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), (LyktaDate){0});

  return lykta_date_of_moment (lykta_clock_now (self->clock));
}

const char *
lykta_session_get_language (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), NULL);

  return self->language;
}

/* The card of the opened date once more, in the present language; the old one if it is gone. */
static void
read_card_again (LyktaSession *self, LyktaSessionPlace *place)
{
  if (place->card == NULL)
    return;
  const LyktaCardFields *fields = lykta_card_get_fields (place->card);
  g_autoptr (LyktaCard) card = lykta_content_reader_get_card (
      self->reader, fields->activity_id, fields->occurrence.start, self->language, NULL);
  if (card != NULL)
    g_set_object (&place->card, card);
}

void
lykta_session_set_language (LyktaSession *self, const char *language)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));
  g_return_if_fail (language != NULL);

  self->has_chosen_language = TRUE;
  const char *canonical = lykta_language_canonical (language);
  if (canonical == NULL || canonical == self->language)
    return;
  self->language = canonical;
  for (guint i = 0; i < self->way->len; i++) {
    LyktaSessionPlace *place = g_ptr_array_index (self->way, i);
    g_autoptr (LyktaQuery) translated = lykta_query_with_language (place->query, canonical);
    g_autoptr (LyktaQuery) query = lykta_session_query_with_original (self, translated);
    lykta_session_place_set_query (place, query);
    read_card_again (self, place);
  }
  lykta_card_model_set_query (self->cards, lykta_session_here (self)->query);
  lykta_session_notify (self, PROP_LANGUAGE);
  lykta_session_notify (self, PROP_QUERY);
  lykta_session_notify (self, PROP_CARD);
}

gboolean
lykta_session_has_chosen_language (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), FALSE);

  return self->has_chosen_language;
}

LyktaScreen
lykta_session_get_screen (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), LYKTA_SCREEN_LANGUAGE);

  return lykta_session_here (self)->screen;
}

gboolean
lykta_session_can_go_back (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), FALSE);

  return self->way->len > 1;
}

void
lykta_session_go_back (LyktaSession *self)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  if (self->way->len < 2)
    return;
  g_ptr_array_remove_index (self->way, self->way->len - 1);
  show_place (self);
}

/* Forgets the way and begins another one with @screen. */
static void
begin_at (LyktaSession *self, LyktaScreen screen)
{
  g_autoptr (LyktaQuery) query = lykta_session_new_query (self);

  g_ptr_array_set_size (self->way, 0);
  push (self, screen, query);
  show_place (self);
}

void
lykta_session_go_home (LyktaSession *self)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  begin_at (self, LYKTA_SCREEN_HOME);
}

/* A screen that lies over the present one and shows nothing of its own from the list. */
static void
open_over (LyktaSession *self, LyktaScreen screen)
{
  if (lykta_session_here (self)->screen == screen)
    return;
  LyktaSessionPlace *below = lykta_session_here (self);
  push (self, screen, below->query);
  lykta_session_place_set_activity (lykta_session_here (self), below->card, below->activity);
  lykta_session_here (self)->day = below->day;
  lykta_session_here (self)->last = below->last;
  lykta_session_here (self)->centre = below->centre;
  show_place (self);
}

void
lykta_session_open_language (LyktaSession *self)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  open_over (self, LYKTA_SCREEN_LANGUAGE);
}

void
lykta_session_open_days (LyktaSession *self)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  open_over (self, LYKTA_SCREEN_DAYS);
}

void
lykta_session_open_places (LyktaSession *self)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  open_over (self, LYKTA_SCREEN_PLACES);
}

void
lykta_session_open_about (LyktaSession *self)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  open_over (self, LYKTA_SCREEN_ABOUT);
}

void
lykta_session_open_list (LyktaSession *self, LyktaQuery *query)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));
  g_return_if_fail (query != NULL);

  push (self, LYKTA_SCREEN_LIST, query);
  show_place (self);
}

gboolean
lykta_session_open_card (LyktaSession *self, LyktaCard *card)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), FALSE);
  g_return_val_if_fail (LYKTA_IS_CARD (card), FALSE);

  const LyktaCardFields *fields = lykta_card_get_fields (card);
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaActivity) activity =
      lykta_same_activity_load (self->reader, fields->activity_id, NULL, &error);
  if (activity == NULL) {
    if (error != NULL)
      g_warning ("Cannot read the activity %s: %s", fields->uid, error->message);
    return FALSE;
  }
  const LyktaSessionPlace below = *lykta_session_here (self);
  push (self, LYKTA_SCREEN_ACTIVITY, lykta_session_here (self)->query);
  lykta_session_here (self)->day = below.day;
  lykta_session_here (self)->last = below.last;
  lykta_session_here (self)->centre = below.centre;
  lykta_session_place_set_activity (lykta_session_here (self), card, activity);
  show_place (self);
  return TRUE;
}

gboolean
lykta_session_open_certificate (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), FALSE);

  LyktaActivity *activity = lykta_session_here (self)->activity;
  if (self->mode != LYKTA_MODE_DESK || activity == NULL ||
      lykta_activity_is_compulsory_introduction (activity) ||
      lykta_activity_get_offers_certificate (activity) != LYKTA_TRISTATE_YES)
    return FALSE;
  open_over (self, LYKTA_SCREEN_CERTIFICATE);
  return TRUE;
}

gboolean
lykta_session_open_take_away (LyktaSession *self)
{
  LyktaSessionPlace *here;

  g_return_val_if_fail (LYKTA_IS_SESSION (self), FALSE);

  here = lykta_session_here (self);
  if (here->screen != LYKTA_SCREEN_LIST &&
      !(here->screen == LYKTA_SCREEN_ACTIVITY && here->activity != NULL))
    return FALSE;
  open_over (self, LYKTA_SCREEN_TAKE_AWAY);
  return TRUE;
}

void
lykta_session_reset (LyktaSession *self)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  lykta_session_set_text_size (self, 0);
  lykta_session_set_high_contrast (self, FALSE);
  lykta_session_set_side_by_side (self, FALSE);
  lykta_session_set_language (self, DEFAULT_LANGUAGE);
  self->has_chosen_language = FALSE;
  begin_at (self, first_screen (self));
}

LyktaQuery *
lykta_session_new_query (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), NULL);

  g_autoptr (LyktaQuery) plain = lykta_query_new (self->language, lykta_clock_now (self->clock));
  g_autoptr (LyktaQuery) query = lykta_session_query_with_original (self, plain);
  return lykta_query_with_position (query, self->latitude, self->longitude, 0.0);
}

LyktaQuery *
lykta_session_get_query (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), NULL);

  return lykta_session_here (self)->query;
}

void
lykta_session_set_query (LyktaSession *self, LyktaQuery *query)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));
  g_return_if_fail (query != NULL);

  if (lykta_query_equal (query, lykta_session_here (self)->query))
    return;
  lykta_session_place_set_query (lykta_session_here (self), query);
  lykta_session_here (self)->list_position = 0;
  lykta_card_model_set_query (self->cards, query);
  lykta_session_notify (self, PROP_QUERY);
}

void
lykta_session_set_position (LyktaSession *self, double latitude, double longitude)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  const gboolean is_known = isfinite (latitude) && isfinite (longitude);
  self->latitude = is_known ? latitude : NAN;
  self->longitude = is_known ? longitude : NAN;
  for (guint i = 0; i < self->way->len; i++) {
    LyktaSessionPlace *place = g_ptr_array_index (self->way, i);
    g_autoptr (LyktaQuery) query = lykta_query_with_position (
        place->query, self->latitude, self->longitude, lykta_query_get_within_km (place->query));
    lykta_session_place_set_query (place, query);
  }
  lykta_card_model_set_query (self->cards, lykta_session_here (self)->query);
  lykta_session_notify (self, PROP_QUERY);
}

gboolean
lykta_session_get_position (LyktaSession *self, double *latitude, double *longitude)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), FALSE);

  if (latitude != NULL)
    *latitude = self->latitude;
  if (longitude != NULL)
    *longitude = self->longitude;
  return isfinite (self->latitude);
}

GListModel *
lykta_session_get_cards (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->cards);
}

LyktaActivity *
lykta_session_get_activity (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), NULL);

  return lykta_session_here (self)->activity;
}

LyktaCard *
lykta_session_get_card (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), NULL);

  return lykta_session_here (self)->card;
}

GArray *
lykta_session_get_dates (LyktaSession *self, guint limit)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), NULL);

  LyktaCard *card = lykta_session_here (self)->card;
  g_autoptr (GError) error = NULL;
  GArray *dates = NULL;
  if (card != NULL)
    dates = lykta_content_reader_get_occurrences (self->reader,
                                                  lykta_card_get_fields (card)->activity_id,
                                                  lykta_clock_now (self->clock), limit, &error);
  if (error != NULL)
    g_warning ("Cannot read the dates: %s", error->message);
  return dates != NULL ? dates : g_array_new (FALSE, FALSE, sizeof (LyktaOccurrence));
}

GPtrArray *
lykta_session_list_same (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), NULL);

  LyktaCard *card = lykta_session_here (self)->card;
  g_autoptr (GError) error = NULL;
  GPtrArray *same = card != NULL
                        ? lykta_content_reader_list_same (
                              self->reader, lykta_card_get_fields (card)->activity_id, &error)
                        : NULL;
  if (error != NULL)
    g_warning ("Cannot read what is the same: %s", error->message);
  return same != NULL ? same
                      : g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_same_record_free);
}

char *
lykta_session_get_note (LyktaSession *self, LyktaDeviceStore *device)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), NULL);
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (device), NULL);

  LyktaCard *card = lykta_session_here (self)->card;
  g_autoptr (GError) error = NULL;
  if (self->mode != LYKTA_MODE_DESK || card == NULL)
    return NULL;
  char *note =
      lykta_notes_get (self->reader, device, lykta_card_get_fields (card)->activity_id, &error);
  if (error != NULL)
    g_warning ("Cannot read the notes: %s", error->message);
  return note;
}

void
lykta_session_set_list_position (LyktaSession *self, guint position)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  lykta_session_here (self)->list_position = position;
}

guint
lykta_session_get_list_position (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), 0);

  return lykta_session_here (self)->list_position;
}
