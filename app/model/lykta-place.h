/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Where something is. Strings may be NULL. Immutable, reference-counted, any thread. */
typedef struct _LyktaPlace LyktaPlace;
#define LYKTA_TYPE_PLACE (lykta_place_get_type ())
GType lykta_place_get_type (void);
/* @municipality_code: SCB, four digits; @county_code: two digits (taken from the municipality when
 * NULL).
 * @latitude, @longitude: WGS 84 degrees, both NAN when not known. */
LyktaPlace *lykta_place_new (const char *name,
                             const char *street,
                             const char *postcode,
                             const char *town,
                             const char *municipality_code,
                             const char *county_code,
                             double latitude,
                             double longitude);
LyktaPlace *lykta_place_ref (LyktaPlace *self);
void lykta_place_unref (LyktaPlace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaPlace, lykta_place_unref)
const char *lykta_place_get_name (LyktaPlace *self);
const char *lykta_place_get_street (LyktaPlace *self);
const char *lykta_place_get_postcode (LyktaPlace *self);
const char *lykta_place_get_town (LyktaPlace *self);
const char *lykta_place_get_municipality_code (LyktaPlace *self);
const char *lykta_place_get_county_code (LyktaPlace *self);
gboolean lykta_place_has_position (LyktaPlace *self);
double lykta_place_get_latitude (LyktaPlace *self);
double lykta_place_get_longitude (LyktaPlace *self);
/* "Name, Street, Town" of what is known, for one line; NULL when nothing is. (transfer full) */
char *lykta_place_to_line (LyktaPlace *self);
/* Great-circle distance in kilometres (haversine, mean Earth radius 6371.0088 km). */
double
lykta_distance_km (double latitude_a, double longitude_a, double latitude_b, double longitude_b);

G_END_DECLS
