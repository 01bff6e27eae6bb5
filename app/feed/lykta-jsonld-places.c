/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "feed/lykta-feed-words.h"
#include "feed/lykta-jsonld-event.h"

static gboolean
is_virtual (JsonObject *object)
{
  return lykta_jsonld_has_type (object, "VirtualLocation");
}

static gboolean
looks_like_url (const char *text)
{
  return g_ascii_strncasecmp (text, "http://", 7) == 0 ||
         g_ascii_strncasecmp (text, "https://", 8) == 0;
}

/* "75310" → "753 10"; others as they are. */
static char *
clean_postcode (char *text)
{
  char digits[6];
  guint n = 0;

  if (text == NULL)
    return NULL;
  for (const char *p = text; *p != 0; p++) {
    if (*p == ' ')
      continue;
    if (!g_ascii_isdigit (*p) || n == 5)
      return text;
    digits[n++] = *p;
  }
  if (n != 5)
    return text;
  digits[5] = 0;
  g_free (text);
  return g_strdup_printf ("%.3s %s", digits, digits + 3);
}

static void
read_position (LyktaJsonldEvent *self, JsonObject *place, double *latitude, double *longitude)
{
  JsonNode *node = lykta_jsonld_get (place, "geo");
  JsonObject *geo = lykta_jsonld_object (self, node);
  double x, y;

  *latitude = *longitude = NAN;
  if (geo == NULL)
    geo = place;
  if (lykta_jsonld_get (geo, "latitude") == NULL)
    return;
  if (!lykta_jsonld_number (lykta_jsonld_get (geo, "latitude"), &x) ||
      !lykta_jsonld_number (lykta_jsonld_get (geo, "longitude"), &y) || fabs (x) > 90 ||
      fabs (y) > 180 || (x == 0 && y == 0)) {
    lykta_jsonld_warn (self, "bad-geo", "A position cannot be read and was left out.");
    return;
  }
  *latitude = x;
  *longitude = y;
}

/* Municipality and county codes: our own, or schema.org's additionalProperty. */
static char *
read_code (JsonObject *place, const char *own, gsize digits)
{
  g_autofree char *code = lykta_jsonld_get_line (place, own);

  return code != NULL && strlen (code) == digits && strspn (code, "0123456789") == digits
             ? g_steal_pointer (&code)
             : NULL;
}

static LyktaPlace *
place_of_object (LyktaJsonldEvent *self, JsonObject *object)
{
  JsonNode *address_node = lykta_jsonld_get (object, "address");
  JsonObject *address = lykta_jsonld_object (self, address_node);
  g_autofree char *name = lykta_jsonld_name (self, lykta_jsonld_get (object, "name"));
  g_autofree char *street = NULL;
  g_autofree char *postcode = NULL;
  g_autofree char *town = NULL;
  g_autofree char *municipality = read_code (object, "lykta:municipality", 4);
  g_autofree char *county = read_code (object, "lykta:county", 2);
  double latitude, longitude;

  if (lykta_jsonld_has_type (object, "PostalAddress"))
    address = object;
  read_position (self, object, &latitude, &longitude);
  if (address != NULL) {
    street = lykta_jsonld_name (self, lykta_jsonld_get (address, "streetAddress"));
    postcode = lykta_jsonld_get_line (address, "postalCode");
    if (!self->is_ours)
      postcode = clean_postcode (g_steal_pointer (&postcode));
    town = lykta_jsonld_name (self, lykta_jsonld_get (address, "addressLocality"));
  } else if (address_node != NULL && lykta_jsonld_string (address_node) != NULL) {
    g_autofree char *line = lykta_jsonld_name (self, address_node);
    g_autoptr (LyktaPlace) place = line != NULL ? lykta_place_from_text (line) : NULL;

    if (place != NULL) {
      street = g_strdup (lykta_place_get_street (place));
      postcode = g_strdup (lykta_place_get_postcode (place));
      town = g_strdup (lykta_place_get_town (place));
      if (name == NULL || street == NULL)
        street =
            street != NULL ? g_steal_pointer (&street) : g_strdup (lykta_place_get_name (place));
    }
  }
  if (name == NULL && street == NULL && postcode == NULL && town == NULL && municipality == NULL &&
      county == NULL && isnan (latitude) && !self->is_ours)
    return NULL;
  return lykta_place_new (name, street, postcode, town, municipality, county, latitude, longitude);
}

LyktaPlace *
lykta_jsonld_read_place (LyktaJsonldEvent *self, JsonObject *object)
{
  JsonNode *node = lykta_jsonld_get (object, "location");
  guint n = lykta_jsonld_count (node);

  for (guint i = 0; i < n; i++) {
    JsonNode *item = lykta_jsonld_nth (node, i);
    JsonObject *place = lykta_jsonld_object (self, item);
    g_autofree char *text = place == NULL ? lykta_jsonld_line (lykta_jsonld_string (item)) : NULL;
    LyktaPlace *found = NULL;

    if (place != NULL && !is_virtual (place)) {
      g_autofree char *name = lykta_jsonld_name (self, lykta_jsonld_get (place, "name"));

      /* A place called "Online" is none. */
      if (self->is_ours || name == NULL || lykta_jsonld_get (place, "address") != NULL ||
          lykta_jsonld_get (place, "geo") != NULL) {
        found = place_of_object (self, place);
      } else {
        g_autoptr (LyktaPlace) split = lykta_place_from_text (name);

        if (split != NULL)
          found = place_of_object (self, place);
      }
    } else if (text != NULL && !looks_like_url (text))
      found = lykta_place_from_text (text);
    if (found != NULL)
      return found;
  }
  return NULL;
}

char *
lykta_jsonld_read_online_url (LyktaJsonldEvent *self, JsonObject *object)
{
  JsonNode *node = lykta_jsonld_get (object, "location");
  guint n = lykta_jsonld_count (node);

  for (guint i = 0; i < n; i++) {
    JsonNode *item = lykta_jsonld_nth (node, i);
    JsonObject *place = lykta_jsonld_object (self, item);
    const char *text = place == NULL ? lykta_jsonld_string (item) : NULL;
    char *url = NULL;

    if (place != NULL && is_virtual (place) && lykta_jsonld_get_string (place, "url") != NULL)
      url = lykta_jsonld_url (self, lykta_jsonld_get_string (place, "url"));
    else if (text != NULL && looks_like_url (text))
      url = lykta_jsonld_url (self, text);
    if (url != NULL)
      return url;
  }
  return NULL;
}

/* TRUE when "location" names something that is reached over the net, also without an address. */
static gboolean
is_online (LyktaJsonldEvent *self, JsonObject *object)
{
  JsonNode *node = lykta_jsonld_get (object, "location");
  guint n = lykta_jsonld_count (node);

  for (guint i = 0; i < n; i++) {
    JsonObject *place = lykta_jsonld_object (self, lykta_jsonld_nth (node, i));

    if (place != NULL && is_virtual (place))
      return TRUE;
  }
  return FALSE;
}

LyktaAttendance
lykta_jsonld_read_attendance (LyktaJsonldEvent *self, JsonObject *object)
{
  const char *mode = lykta_jsonld_get_string (object, "eventAttendanceMode");
  const char *status = lykta_jsonld_get_string (object, "eventStatus");
  g_autofree char *url = NULL;
  g_autoptr (LyktaPlace) place = NULL;

  if (mode != NULL) {
    mode = lykta_jsonld_local_name (mode);
    if (g_ascii_strncasecmp (mode, "Online", 6) == 0)
      return LYKTA_ATTENDANCE_ONLINE;
    if (g_ascii_strncasecmp (mode, "Mixed", 5) == 0)
      return LYKTA_ATTENDANCE_MIXED;
    if (g_ascii_strncasecmp (mode, "Offline", 7) == 0)
      return LYKTA_ATTENDANCE_ON_SITE;
  }
  if (self->is_ours)
    return LYKTA_ATTENDANCE_UNKNOWN;
  if (status != NULL && g_str_equal (lykta_jsonld_local_name (status), "EventMovedOnline"))
    return LYKTA_ATTENDANCE_ONLINE;
  place = lykta_jsonld_read_place (self, object);
  url = lykta_jsonld_read_online_url (self, object);
  if (url != NULL || is_online (self, object))
    return place != NULL ? LYKTA_ATTENDANCE_MIXED : LYKTA_ATTENDANCE_ONLINE;
  if (place != NULL)
    return LYKTA_ATTENDANCE_ON_SITE;
  return lykta_jsonld_get (object, "location") != NULL ? LYKTA_ATTENDANCE_ONLINE
                                                       : LYKTA_ATTENDANCE_UNKNOWN;
}
