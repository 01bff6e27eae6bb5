/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-place.h"

#include <math.h>
#include <string.h>

struct _LyktaPlace {
  char *name;
  char *street;
  char *postcode;
  char *town;
  char *municipality_code;
  char *county_code;
  double latitude;
  double longitude;
};

G_DEFINE_BOXED_TYPE (LyktaPlace, lykta_place, lykta_place_ref, lykta_place_unref)

LyktaPlace *
lykta_place_ref (LyktaPlace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
place_clear (LyktaPlace *self)
{
  g_free (self->name);
  g_free (self->street);
  g_free (self->postcode);
  g_free (self->town);
  g_free (self->municipality_code);
  g_free (self->county_code);
}

void
lykta_place_unref (LyktaPlace *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)place_clear);
}

static gboolean
is_position (double latitude, double longitude)
{
  return isfinite (latitude) && isfinite (longitude) && fabs (latitude) <= 90.0 &&
         fabs (longitude) <= 180.0;
}

LyktaPlace *
lykta_place_new (const char *name,
                 const char *street,
                 const char *postcode,
                 const char *town,
                 const char *municipality_code,
                 const char *county_code,
                 double latitude,
                 double longitude)
{
  LyktaPlace *self = g_atomic_rc_box_new0 (LyktaPlace);
  const gboolean has_position = is_position (latitude, longitude);

  self->name = g_strdup (name);
  self->street = g_strdup (street);
  self->postcode = g_strdup (postcode);
  self->town = g_strdup (town);
  self->municipality_code = g_strdup (municipality_code);
  /* SCB: the first two digits of a municipality code are its county. */
  if (county_code == NULL && municipality_code != NULL && strlen (municipality_code) == 4)
    self->county_code = g_strndup (municipality_code, 2);
  else
    self->county_code = g_strdup (county_code);
  self->latitude = has_position ? latitude : NAN;
  self->longitude = has_position ? longitude : NAN;
  return self;
}

const char *
lykta_place_get_name (LyktaPlace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

const char *
lykta_place_get_street (LyktaPlace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->street;
}

const char *
lykta_place_get_postcode (LyktaPlace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->postcode;
}

const char *
lykta_place_get_town (LyktaPlace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->town;
}

const char *
lykta_place_get_municipality_code (LyktaPlace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->municipality_code;
}

const char *
lykta_place_get_county_code (LyktaPlace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->county_code;
}

gboolean
lykta_place_has_position (LyktaPlace *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return isfinite (self->latitude);
}

double
lykta_place_get_latitude (LyktaPlace *self)
{
  g_return_val_if_fail (self != NULL, NAN);

  return self->latitude;
}

double
lykta_place_get_longitude (LyktaPlace *self)
{
  g_return_val_if_fail (self != NULL, NAN);

  return self->longitude;
}

char *
lykta_place_to_line (LyktaPlace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  /* Publishers repeat the name in the street, and the street in the name: every piece once. */
  const char *const parts[] = {self->name, self->street, self->town};
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_auto (GStrv) split = g_strsplit (parts[i] != NULL ? parts[i] : "", ",", -1);
    for (guint k = 0; split[k] != NULL; k++) {
      const char *piece = g_strstrip (split[k]);
      if (*piece != '\0' && !g_ptr_array_find_with_equal_func (pieces, piece, g_str_equal, NULL))
        g_ptr_array_add (pieces, g_strdup (piece));
    }
  }
  if (pieces->len == 0)
    return NULL;
  g_ptr_array_add (pieces, NULL);
  return g_strjoinv (", ", (char **)pieces->pdata);
}

double
lykta_distance_km (double latitude_a, double longitude_a, double latitude_b, double longitude_b)
{
  const double radius_km = 6371.0088;
  const double radian = G_PI / 180.0;
  const double a = sin ((latitude_b - latitude_a) * radian / 2.0);
  const double b = sin ((longitude_b - longitude_a) * radian / 2.0);
  const double h = a * a + cos (latitude_a * radian) * cos (latitude_b * radian) * b * b;

  return 2.0 * radius_km * asin (sqrt (MIN (1.0, h)));
}
