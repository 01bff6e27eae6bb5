/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "feed/lykta-ical-event.h"

#define MAX_PARTS 8

typedef struct {
  char *name;     /* (owned) */
  char *street;   /* (owned) */
  char *postcode; /* (owned) */
  char *town;     /* (owned) */
  char *municipality;
  char *county;
  double latitude, longitude;
} Place;

static void
place_clear (Place *place)
{
  g_free (place->name);
  g_free (place->street);
  g_free (place->postcode);
  g_free (place->town);
  g_free (place->municipality);
  g_free (place->county);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static gboolean
read_position (const char *text, const char *separators, double *latitude, double *longitude)
{
  char *end;
  double x = g_ascii_strtod (text, &end), y;

  if (end == text || *end == 0 || strchr (separators, *end) == NULL)
    return FALSE;
  text = end + 1;
  y = g_ascii_strtod (text, &end);
  if (end == text || !isfinite (x) || !isfinite (y) || fabs (x) > 90 || fabs (y) > 180 ||
      (x == 0 && y == 0))
    return FALSE;
  *latitude = x;
  *longitude = y;
  return TRUE;
}

/* "SE-753 10 Uppsala" */
static gboolean
take_postcode (const char *part, Place *place)
{
  const char *p = part;
  char digits[6];
  guint n = 0;

  if (g_ascii_strncasecmp (p, "SE-", 3) == 0 || g_ascii_strncasecmp (p, "SE ", 3) == 0)
    p += 3;
  else if (g_ascii_strncasecmp (p, "S-", 2) == 0)
    p += 2;
  for (; n < 5 && (g_ascii_isdigit (*p) || (n == 3 && *p == ' ')); p++) {
    if (*p != ' ')
      digits[n++] = *p;
  }
  if (n != 5 || (*p != 0 && *p != ' '))
    return FALSE;
  digits[5] = 0;
  g_free (place->postcode);
  place->postcode = g_strdup_printf ("%.3s %s", digits, digits + 3);
  p += strspn (p, " ");
  if (*p != 0) {
    g_free (place->town);
    place->town = g_strdup (p);
  }
  return TRUE;
}

/* "Storgatan 4", "Kyrkogatan 12 B", "Parkvägen": a number behind words, or a word for a street. */
static gboolean
looks_like_street (const char *part)
{
  static const char *const ends[] = {"gatan", "vägen",      "gränd", "stigen",
                                     "allén", "esplanaden", "backen"};
  const char *last = strrchr (part, ' ');

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    if (g_str_has_suffix (part, ends[i]))
      return TRUE;
  }
  if (last == NULL || g_ascii_isdigit (*part))
    return FALSE;
  if (strlen (last + 1) == 1 && g_ascii_isalpha (last[1])) {
    while (last > part && *last == ' ')
      last--;
    while (last > part && g_ascii_isdigit (*last))
      last--;
    return *last == ' ' && g_ascii_isdigit (last[1]);
  }
  return g_ascii_isdigit (last[1]) &&
         strspn (last + 1, "0123456789-abcdefABCDEF") == strlen (last + 1);
}

static gboolean
is_country (const char *part)
{
  return g_ascii_strcasecmp (part, "Sverige") == 0 || g_ascii_strcasecmp (part, "Sweden") == 0 ||
         g_ascii_strcasecmp (part, "SE") == 0;
}

/* "Name, Street 4, 753 10 Town" in any selection: name first, town last. */
static void
take_location (const char *text, Place *place)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ",\n", MAX_PARTS);
  g_autoptr (GString) name = g_string_new (NULL);
  const char *rest[MAX_PARTS];
  guint n_rest = 0;

  for (guint i = 0; parts[i] != NULL; i++) {
    g_strstrip (parts[i]);
    if (*parts[i] == 0 || is_country (parts[i]) || take_postcode (parts[i], place))
      continue;
    if (place->street == NULL && looks_like_street (parts[i]))
      place->street = g_strdup (parts[i]);
    else
      rest[n_rest++] = parts[i];
  }
  if (place->town == NULL && n_rest > 0 && (n_rest > 1 || place->street != NULL) &&
      (n_rest > 1 || !g_str_has_prefix (text, rest[0])))
    place->town = g_strdup (rest[--n_rest]);
  for (guint i = 0; i < n_rest; i++)
    g_string_append_printf (name, "%s%s", i > 0 ? ", " : "", rest[i]);
  if (name->len > 0 && place->name == NULL)
    place->name = g_strdup (name->str);
}

/* "Online", "Zoom": a place that is none. */
static gboolean
is_nowhere (const char *text)
{
  static const char *const names[] = {"online",
                                      "digitalt",
                                      "digital",
                                      "zoom",
                                      "teams",
                                      "microsoft teams",
                                      "webben",
                                      "microsoft teams-möte",
                                      "microsoft teams meeting",
                                      "google meet",
                                      "webbinar"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_ascii_strcasecmp (text, names[i]) == 0)
      return TRUE;
  }
  return g_ascii_strncasecmp (text, "http://", 7) == 0 ||
         g_ascii_strncasecmp (text, "https://", 8) == 0;
}

LyktaPlace *
lykta_place_from_text (const char *text)
{
  g_auto (Place) place = {.latitude = NAN, .longitude = NAN};

  g_return_val_if_fail (text != NULL, NULL);
  if (is_nowhere (text))
    return NULL;
  take_location (text, &place);
  if (place.name == NULL && place.street == NULL && place.town == NULL)
    return NULL;
  return lykta_place_new (place.name, place.street, place.postcode, place.town, NULL, NULL, NAN,
                          NAN);
}

/* LOCATION in Swedish if there are several: names of places are never translated. (transfer full)
 */
static char *
location_text (LyktaIcalEvent *self)
{
  g_autoptr (LyktaTexts) texts =
      lykta_ical_event_read_texts (self, LYKTA_ICAL_LOCATION, LYKTA_ICAL_OTHER, 500);
  const char *const chain[] = {"sv", NULL};

  return g_strdup (lykta_texts_choose (texts, chain, NULL));
}

static void
take_our_place (LyktaIcalEvent *self, const LyktaIcalProperty *property, Place *place)
{
  const struct {
    const char *parameter;
    char **into;
  } parts[] = {
      {"STREET", &place->street}, {"POSTCODE", &place->postcode},
      {"TOWN", &place->town},     {"MUNICIPALITY", &place->municipality},
      {"COUNTY", &place->county},
  };

  place->name = lykta_ical_clean_line (lykta_ical_component_get_text (self->component, property));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    *parts[i].into = lykta_ical_clean_line (
        lykta_ical_component_get_parameter (self->component, property, parts[i].parameter));
}

/* Apple's: name and address in parameters, the position as its value. */
static void
take_apple_place (LyktaIcalEvent *self, const LyktaIcalProperty *property, Place *place)
{
  const char *address = lykta_ical_component_get_parameter (self->component, property, "X-ADDRESS");
  g_autofree char *title = lykta_ical_clean_line (
      lykta_ical_component_get_parameter (self->component, property, "X-TITLE"));
  g_autofree char *lines = address != NULL ? g_strdup (address) : NULL;

  if (place->name == NULL && place->street == NULL && lines != NULL) {
    lykta_ical_unescape (lines);
    take_location (lines, place);
  }
  if (place->name == NULL)
    place->name = g_steal_pointer (&title);
  if (isnan (place->latitude) && g_ascii_strncasecmp (property->value, "geo:", 4) == 0)
    read_position (property->value + 4, ",", &place->latitude, &place->longitude);
}

/* RFC 9073: the first VLOCATION that is no parking place. */
static void
take_vlocation (LyktaIcalEvent *self, const LyktaIcalProperty *property, Place *place)
{
  if (lykta_ical_component_get_child_kind (self->component, property->child) !=
      LYKTA_ICAL_CHILD_LOCATION)
    return;
  if (property->name == LYKTA_ICAL_NAME && place->name == NULL && place->street == NULL)
    place->name = lykta_ical_clean_line (lykta_ical_component_get_text (self->component, property));
  else if (property->name == LYKTA_ICAL_GEO && isnan (place->latitude))
    read_position (property->value, ";", &place->latitude, &place->longitude);
}

static void
take_geo (LyktaIcalEvent *self, const LyktaIcalProperty *property, Place *place)
{
  if (!read_position (property->value, ";,", &place->latitude, &place->longitude))
    lykta_ical_event_warn (
        self, property, "bad-geo",
        "“%.40s” is no position and was left out; write latitude;longitude, 59.8586;17.6389.",
        property->value);
}

LyktaPlace *
lykta_ical_event_read_place (LyktaIcalEvent *self)
{
  const LyktaIcalProperty *own =
      lykta_ical_component_find (self->component, LYKTA_ICAL_X_LYKTA_PLACE);
  const LyktaIcalProperty *geo = lykta_ical_component_find (self->component, LYKTA_ICAL_GEO);
  g_auto (Place) place = {.latitude = NAN, .longitude = NAN};
  guint n = lykta_ical_component_get_n (self->component);
  g_autofree char *text = own == NULL && !self->is_ours ? location_text (self) : NULL;

  if (own != NULL)
    take_our_place (self, own, &place);
  else if (self->is_ours)
    return NULL;
  else if (text != NULL && !is_nowhere (text))
    take_location (text, &place);
  if (geo != NULL)
    take_geo (self, geo, &place);
  for (guint i = 0; own == NULL && i < n; i++) {
    const LyktaIcalProperty *property = lykta_ical_component_get_nth (self->component, i);
    if (property->child != 0)
      take_vlocation (self, property, &place);
    else if (property->name == LYKTA_ICAL_X_APPLE_STRUCTURED_LOCATION)
      take_apple_place (self, property, &place);
    else if (property->name == LYKTA_ICAL_X_MUNICIPALITY && strlen (property->value) == 4 &&
             strspn (property->value, "0123456789") == 4 && place.municipality == NULL)
      place.municipality = g_strdup (property->value);
  }
  if (own == NULL && place.name == NULL && place.street == NULL && place.town == NULL &&
      place.municipality == NULL && isnan (place.latitude))
    return NULL;
  return lykta_place_new (place.name, place.street, place.postcode, place.town, place.municipality,
                          place.county, place.latitude, place.longitude);
}

char *
lykta_ical_event_read_online_url (LyktaIcalEvent *self)
{
  static const LyktaIcalName names[] = {LYKTA_ICAL_CONFERENCE, LYKTA_ICAL_X_GOOGLE_CONFERENCE,
                                        LYKTA_ICAL_X_MICROSOFT_SKYPETEAMSMEETINGURL};
  const LyktaIcalProperty *location;
  guint n = lykta_ical_component_get_n (self->component);

  for (guint k = 0; k < G_N_ELEMENTS (names); k++) {
    for (guint i = 0; i < n; i++) {
      const LyktaIcalProperty *property = lykta_ical_component_get_nth (self->component, i);
      char *url;
      if (property->name != names[k] || property->child != 0)
        continue;
      /* A telephone conference (tel:) is no address of the web. */
      if (g_ascii_strncasecmp (property->value, "tel:", 4) == 0)
        continue;
      url = lykta_ical_event_read_url (self, property, property->value);
      if (url != NULL)
        return url;
    }
  }
  location =
      self->is_ours ? NULL : lykta_ical_component_find (self->component, LYKTA_ICAL_LOCATION);
  if (location != NULL && (g_str_has_prefix (location->value, "https://") ||
                           g_str_has_prefix (location->value, "http://")))
    return lykta_ical_event_read_url (self, location,
                                      lykta_ical_component_get_text (self->component, location));
  return NULL;
}
