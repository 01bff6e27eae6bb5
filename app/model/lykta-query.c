/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-query.h"

#include <math.h>
#include <string.h>

struct _LyktaQuery {
  const char *language; /* interned */
  const char *second;   /* (nullable) interned */
  gint64 from;
  gint64 to;
  LyktaPurposes purposes;
  gboolean childcare;
  gboolean women_only;
  gboolean online;
  gboolean certificate;
  gboolean men_only;
  gboolean children;
  gboolean drop_in;
  LyktaLevels levels;
  LyktaDayParts parts;
  const char *spoken; /* (nullable) interned */
  char area[5];       /* "": everywhere */
  double latitude;
  double longitude;
  double within_km;
  char *search; /* (owned) (nullable) */
  char *source; /* (owned) (nullable) */
};

G_DEFINE_BOXED_TYPE (LyktaQuery, lykta_query, lykta_query_ref, lykta_query_unref)

static void
query_clear (LyktaQuery *self)
{
  g_free (self->search);
  g_free (self->source);
}

LyktaQuery *
lykta_query_ref (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
lykta_query_unref (LyktaQuery *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)query_clear);
}

static LyktaQuery *
query_copy (LyktaQuery *self)
{
  LyktaQuery *copy = g_atomic_rc_box_dup (sizeof *self, self);

  copy->search = g_strdup (self->search);
  copy->source = g_strdup (self->source);
  return copy;
}

LyktaQuery *
lykta_query_new (const char *language, gint64 from)
{
  g_return_val_if_fail (language != NULL, NULL);

  LyktaQuery *self = g_atomic_rc_box_new0 (LyktaQuery);
  self->language = g_intern_string (language);
  self->from = from;
  self->latitude = NAN;
  self->longitude = NAN;
  return self;
}

LyktaQuery *
lykta_query_with_period (LyktaQuery *self, gint64 from, gint64 to)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  copy->from = from;
  copy->to = to;
  return copy;
}

LyktaQuery *
lykta_query_with_language (LyktaQuery *self, const char *language)
{
  g_return_val_if_fail (self != NULL && language != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  copy->language = g_intern_string (language);
  return copy;
}

LyktaQuery *
lykta_query_with_second_language (LyktaQuery *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  copy->second = g_intern_string (language);
  return copy;
}

LyktaQuery *
lykta_query_with_purposes (LyktaQuery *self, LyktaPurposes purposes)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  copy->purposes = purposes & LYKTA_PURPOSE_ALL;
  return copy;
}

LyktaQuery *
lykta_query_with_childcare (LyktaQuery *self, gboolean only)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  copy->childcare = only != FALSE;
  return copy;
}

LyktaQuery *
lykta_query_with_women_only (LyktaQuery *self, gboolean only)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  copy->women_only = only != FALSE;
  return copy;
}

LyktaQuery *
lykta_query_with_online (LyktaQuery *self, gboolean only)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  copy->online = only != FALSE;
  return copy;
}

LyktaQuery *
lykta_query_with_certificate (LyktaQuery *self, gboolean only)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  copy->certificate = only != FALSE;
  return copy;
}

LyktaQuery *
lykta_query_with_men_only (LyktaQuery *self, gboolean only)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  copy->men_only = only != FALSE;
  return copy;
}

LyktaQuery *
lykta_query_with_children (LyktaQuery *self, gboolean only)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  copy->children = only != FALSE;
  return copy;
}

LyktaQuery *
lykta_query_with_drop_in (LyktaQuery *self, gboolean only)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  copy->drop_in = only != FALSE;
  return copy;
}

LyktaQuery *
lykta_query_with_levels (LyktaQuery *self, LyktaLevels levels)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  copy->levels = levels & LYKTA_LEVEL_ALL;
  return copy;
}

LyktaQuery *
lykta_query_with_parts (LyktaQuery *self, LyktaDayParts parts)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  copy->parts = parts & LYKTA_PART_ALL;
  return copy;
}

LyktaQuery *
lykta_query_with_spoken (LyktaQuery *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  copy->spoken = g_intern_string (language);
  return copy;
}

LyktaQuery *
lykta_query_with_area (LyktaQuery *self, const char *code)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  g_strlcpy (copy->area, code != NULL ? code : "", sizeof copy->area);
  return copy;
}

LyktaQuery *
lykta_query_with_position (LyktaQuery *self, double latitude, double longitude, double within_km)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  const gboolean is_known = isfinite (latitude) && isfinite (longitude);
  copy->latitude = is_known ? latitude : NAN;
  copy->longitude = is_known ? longitude : NAN;
  copy->within_km = is_known && isfinite (within_km) ? MAX (0.0, within_km) : 0.0;
  return copy;
}

LyktaQuery *
lykta_query_with_search (LyktaQuery *self, const char *search)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  g_free (copy->search);
  copy->search = search != NULL && *search != '\0' ? g_strdup (search) : NULL;
  return copy;
}

LyktaQuery *
lykta_query_with_source (LyktaQuery *self, const char *source_id)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  g_free (copy->source);
  copy->source = g_strdup (source_id);
  return copy;
}

const char *
lykta_query_get_language (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->language;
}

const char *
lykta_query_get_second_language (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->second;
}

gint64
lykta_query_get_from (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->from;
}

gint64
lykta_query_get_to (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->to;
}

LyktaPurposes
lykta_query_get_purposes (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, LYKTA_PURPOSE_NONE);

  return self->purposes;
}

gboolean
lykta_query_get_childcare (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->childcare;
}

gboolean
lykta_query_get_women_only (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->women_only;
}

gboolean
lykta_query_get_online (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->online;
}

gboolean
lykta_query_get_certificate (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->certificate;
}

gboolean
lykta_query_get_men_only (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->men_only;
}

gboolean
lykta_query_get_children (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->children;
}

gboolean
lykta_query_get_drop_in (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->drop_in;
}

LyktaLevels
lykta_query_get_levels (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, LYKTA_LEVEL_NONE);

  return self->levels;
}

LyktaDayParts
lykta_query_get_parts (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, LYKTA_PART_NONE);

  return self->parts;
}

const char *
lykta_query_get_spoken (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->spoken;
}

const char *
lykta_query_get_area (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->area[0] != '\0' ? self->area : NULL;
}

gboolean
lykta_query_has_position (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return isfinite (self->latitude);
}

double
lykta_query_get_latitude (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, NAN);

  return self->latitude;
}

double
lykta_query_get_longitude (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, NAN);

  return self->longitude;
}

double
lykta_query_get_within_km (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, 0.0);

  return self->within_km;
}

const char *
lykta_query_get_search (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->search;
}

const char *
lykta_query_get_source (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->source;
}

static gboolean
same_degrees (double a, double b)
{
  return (isnan (a) && isnan (b)) || a == b;
}

gboolean
lykta_query_equal (LyktaQuery *a, LyktaQuery *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->language == b->language && a->second == b->second && a->from == b->from &&
         a->to == b->to && a->purposes == b->purposes && a->childcare == b->childcare &&
         a->women_only == b->women_only && a->online == b->online &&
         a->certificate == b->certificate && a->men_only == b->men_only &&
         a->children == b->children && a->drop_in == b->drop_in && a->levels == b->levels &&
         a->parts == b->parts && a->spoken == b->spoken && strcmp (a->area, b->area) == 0 &&
         same_degrees (a->latitude, b->latitude) && same_degrees (a->longitude, b->longitude) &&
         a->within_km == b->within_km && g_strcmp0 (a->search, b->search) == 0 &&
         g_strcmp0 (a->source, b->source) == 0;
}

gboolean
lykta_query_has_filter (LyktaQuery *self, LyktaFilterKind kind)
{
  g_return_val_if_fail (self != NULL, FALSE);

  switch (kind) {
  case LYKTA_FILTER_PERIOD:
    return self->to != 0;
  case LYKTA_FILTER_PARTS:
    return self->parts != LYKTA_PART_NONE;
  case LYKTA_FILTER_PURPOSES:
    return self->purposes != LYKTA_PURPOSE_NONE;
  case LYKTA_FILTER_WHERE:
    return (isfinite (self->latitude) && self->within_km > 0.0) || self->area[0] != '\0';
  case LYKTA_FILTER_AUDIENCE:
    return self->women_only || self->men_only;
  case LYKTA_FILTER_CHILDREN:
    return self->children;
  case LYKTA_FILTER_CHILDCARE:
    return self->childcare;
  case LYKTA_FILTER_LEVELS:
    return self->levels != LYKTA_LEVEL_NONE;
  case LYKTA_FILTER_SPOKEN:
    return self->spoken != NULL;
  case LYKTA_FILTER_ONLINE:
    return self->online;
  case LYKTA_FILTER_DROP_IN:
    return self->drop_in;
  case LYKTA_FILTER_CERTIFICATE:
    return self->certificate;
  case LYKTA_FILTER_SEARCH:
    return self->search != NULL;
  case LYKTA_FILTER_SOURCE:
    return self->source != NULL;
  case LYKTA_N_FILTERS:
  default:
    g_return_val_if_reached (FALSE);
  }
}

LyktaQuery *
lykta_query_without_filter (LyktaQuery *self, LyktaFilterKind kind)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaQuery *copy = query_copy (self);
  copy->to = kind == LYKTA_FILTER_PERIOD ? 0 : copy->to;
  copy->parts = kind == LYKTA_FILTER_PARTS ? LYKTA_PART_NONE : copy->parts;
  copy->purposes = kind == LYKTA_FILTER_PURPOSES ? LYKTA_PURPOSE_NONE : copy->purposes;
  copy->within_km = kind == LYKTA_FILTER_WHERE ? 0.0 : copy->within_km;
  copy->area[0] = kind == LYKTA_FILTER_WHERE ? '\0' : copy->area[0];
  copy->women_only = copy->women_only && kind != LYKTA_FILTER_AUDIENCE;
  copy->men_only = copy->men_only && kind != LYKTA_FILTER_AUDIENCE;
  copy->children = copy->children && kind != LYKTA_FILTER_CHILDREN;
  copy->childcare = copy->childcare && kind != LYKTA_FILTER_CHILDCARE;
  copy->levels = kind == LYKTA_FILTER_LEVELS ? LYKTA_LEVEL_NONE : copy->levels;
  copy->spoken = kind == LYKTA_FILTER_SPOKEN ? NULL : copy->spoken;
  copy->online = copy->online && kind != LYKTA_FILTER_ONLINE;
  copy->drop_in = copy->drop_in && kind != LYKTA_FILTER_DROP_IN;
  copy->certificate = copy->certificate && kind != LYKTA_FILTER_CERTIFICATE;
  if (kind == LYKTA_FILTER_SEARCH)
    g_clear_pointer (&copy->search, g_free);
  if (kind == LYKTA_FILTER_SOURCE)
    g_clear_pointer (&copy->source, g_free);
  return copy;
}

gboolean
lykta_query_is_filtered (LyktaQuery *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (int kind = LYKTA_FILTER_PERIOD + 1; kind < LYKTA_N_FILTERS; kind++)
    if (lykta_query_has_filter (self, (LyktaFilterKind)kind))
      return TRUE;
  return FALSE;
}
