/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* One of the 290 municipalities or 21 counties (SCB codes). Strings live as long as the gazetteer.
 */
typedef struct {
  const char *code; /* "0180" or "01" */
  const char *name; /* "Stockholm", "Stockholms län"; official, never translated */
  const char *county_code;
  double latitude; /* a point inside, WGS 84 */
  double longitude;
} LyktaArea;

#define LYKTA_TYPE_GAZETTEER (lykta_gazetteer_get_type ())
G_DECLARE_FINAL_TYPE (LyktaGazetteer, lykta_gazetteer, LYKTA, GAZETTEER, GObject)

/* Sweden's municipalities and counties. Immutable, any thread.
 * Built from the two tables in data/ (CSV: code,name,latitude,longitude); NULL and a
 * G_IO_ERROR_INVALID_DATA error naming the line when a table is broken. (transfer full) */
LyktaGazetteer *
lykta_gazetteer_new (GBytes *municipalities_csv, GBytes *counties_csv, GError **error);
guint lykta_gazetteer_get_n_municipalities (LyktaGazetteer *self);
const LyktaArea *lykta_gazetteer_get_municipality (LyktaGazetteer *self, guint index);
guint lykta_gazetteer_get_n_counties (LyktaGazetteer *self);
const LyktaArea *lykta_gazetteer_get_county (LyktaGazetteer *self, guint index);
/* NULL when unknown. */
const LyktaArea *lykta_gazetteer_find_municipality (LyktaGazetteer *self, const char *code);
const LyktaArea *lykta_gazetteer_find_county (LyktaGazetteer *self, const char *code);
/* By name as people write it ("malmo", "Malmö kommun"); NULL when unknown. */
const LyktaArea *lykta_gazetteer_find_by_name (LyktaGazetteer *self, const char *name);
/* By name as people write it ("Skåne", "stockholms län"); NULL when unknown. */
const LyktaArea *lykta_gazetteer_find_county_by_name (LyktaGazetteer *self, const char *name);
/* Municipalities, or counties, whose names are most like @name, the most like first, at most
 * @limit; none when nothing is like it. (transfer container) (element-type LyktaArea) */
GPtrArray *
lykta_gazetteer_suggest (LyktaGazetteer *self, const char *name, gboolean counties, guint limit);
/* The municipality whose point is nearest; NULL farther than 100 km from any. */
const LyktaArea *
lykta_gazetteer_find_nearest (LyktaGazetteer *self, double latitude, double longitude);

G_END_DECLS
