/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/lykta-choice.h"

#include <math.h>

#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "text/lykta-language.h"
#include "text/lykta-plain-text.h"

#define WALKING_KM 2.0

const LyktaChoice *
lykta_choices_of (LyktaFilterKind kind, guint *n)
{
  static const LyktaChoice parts[] = {{LYKTA_FILTER_PARTS, LYKTA_PART_MORNING, 0, NULL},
                                      {LYKTA_FILTER_PARTS, LYKTA_PART_AFTERNOON, 0, NULL},
                                      {LYKTA_FILTER_PARTS, LYKTA_PART_EVENING, 0, NULL}};
  static const LyktaChoice purposes[] = {{LYKTA_FILTER_PURPOSES, LYKTA_PURPOSE_SWEDISH, 0, NULL},
                                         {LYKTA_FILTER_PURPOSES, LYKTA_PURPOSE_SOCIETY, 0, NULL},
                                         {LYKTA_FILTER_PURPOSES, LYKTA_PURPOSE_WORK, 0, NULL},
                                         {LYKTA_FILTER_PURPOSES, LYKTA_PURPOSE_HEALTH, 0, NULL}};
  static const LyktaChoice audiences[] = {{LYKTA_FILTER_AUDIENCE, LYKTA_AUDIENCE_WOMEN, 0, NULL},
                                          {LYKTA_FILTER_AUDIENCE, LYKTA_AUDIENCE_MEN, 0, NULL}};
  static const LyktaChoice levels[] = {{LYKTA_FILTER_LEVELS, LYKTA_LEVEL_A1, 0, NULL},
                                       {LYKTA_FILTER_LEVELS, LYKTA_LEVEL_A2, 0, NULL},
                                       {LYKTA_FILTER_LEVELS, LYKTA_LEVEL_B1, 0, NULL}};
  static const LyktaChoice singles[LYKTA_N_FILTERS] = {
      [LYKTA_FILTER_CHILDREN] = {LYKTA_FILTER_CHILDREN, 0, 0, NULL},
      [LYKTA_FILTER_CHILDCARE] = {LYKTA_FILTER_CHILDCARE, 0, 0, NULL},
      [LYKTA_FILTER_ONLINE] = {LYKTA_FILTER_ONLINE, 0, 0, NULL},
      [LYKTA_FILTER_DROP_IN] = {LYKTA_FILTER_DROP_IN, 0, 0, NULL},
      [LYKTA_FILTER_CERTIFICATE] = {LYKTA_FILTER_CERTIFICATE, 0, 0, NULL},
  };

  switch (kind) {
  case LYKTA_FILTER_PARTS:
    *n = G_N_ELEMENTS (parts);
    return parts;
  case LYKTA_FILTER_PURPOSES:
    *n = G_N_ELEMENTS (purposes);
    return purposes;
  case LYKTA_FILTER_AUDIENCE:
    *n = G_N_ELEMENTS (audiences);
    return audiences;
  case LYKTA_FILTER_LEVELS:
    *n = G_N_ELEMENTS (levels);
    return levels;
  default:
    *n = singles[kind].kind == kind ? 1 : 0;
    return &singles[kind];
  }
}

gboolean
lykta_choice_equal (const LyktaChoice *a, const LyktaChoice *b)
{
  return a->kind == b->kind && a->value == b->value && fabs (a->km - b->km) < 0.01 &&
         a->tag == b->tag;
}

/* ---- looks ---- */

static LyktaLook
look_of_part (int part)
{
  switch (part) {
  case LYKTA_PART_MORNING:
    /* Translators: a chip: only what is in the morning, before noon. */
    return (LyktaLook){C_ ("chip", "Morning"), "sunrise", NULL};
  case LYKTA_PART_AFTERNOON:
    /* Translators: a chip: only what is in the afternoon. */
    return (LyktaLook){C_ ("chip", "Afternoon"), "sun", NULL};
  default:
    /* Translators: a chip: only what is in the evening. */
    return (LyktaLook){C_ ("chip", "Evening"), "moon", NULL};
  }
}

static LyktaLook
look_of_level (int level)
{
  switch (level) {
  case LYKTA_LEVEL_A1:
    /* Translators: a chip: for those who know no Swedish yet. A1 is a level that schools use. */
    return (LyktaLook){C_ ("chip", "Beginner (A1)"), "stairs-up", NULL};
  case LYKTA_LEVEL_A2:
    /* Translators: a chip: for those who know a little Swedish. */
    return (LyktaLook){C_ ("chip", "A little Swedish (A2)"), "stairs-up", NULL};
  default:
    /* Translators: a chip: for those who can hold a conversation in Swedish. */
    return (LyktaLook){C_ ("chip", "More Swedish (B1)"), "stairs-up", NULL};
  }
}

static LyktaLook
look_of_place (const LyktaChoice *self, LyktaSession *session, char **buffer)
{
  const char *language = lykta_session_get_language (session);
  LyktaGazetteer *gazetteer = lykta_session_get_gazetteer (session);

  if (self->tag != NULL && gazetteer != NULL) {
    const LyktaArea *county = lykta_gazetteer_find_county (gazetteer, self->tag);
    *buffer = lykta_isolate (county != NULL ? county->name : self->tag);
    return (LyktaLook){*buffer, "map-2", NULL};
  }
  *buffer = lykta_format_distance (language, self->km);
  return (LyktaLook){*buffer, self->km <= WALKING_KM ? "walk" : "map-pin", NULL};
}

static LyktaLook
look_of_single (LyktaFilterKind kind)
{
  switch (kind) {
  case LYKTA_FILTER_CHILDREN:
    /* Translators: a chip: only where children may come along. */
    return (LyktaLook){C_ ("chip", "Children may come"), "mood-kid", NULL};
  case LYKTA_FILTER_CHILDCARE:
    /* Translators: a chip: only where small children are looked after. */
    return (LyktaLook){C_ ("chip", "Childcare"), "baby-carriage", NULL};
  case LYKTA_FILTER_ONLINE:
    /* Translators: a chip: only what one can take part in from home. */
    return (LyktaLook){C_ ("chip", "Online"), "device-laptop", NULL};
  case LYKTA_FILTER_DROP_IN:
    /* Translators: a chip: only where one can just come, without booking. */
    return (LyktaLook){C_ ("chip", "Just come"), "door-enter", NULL};
  case LYKTA_FILTER_CERTIFICATE:
    /* Translators: a chip: only where a certificate of participation can be had. */
    return (LyktaLook){C_ ("chip", "Gives certificate"), "certificate", NULL};
  case LYKTA_FILTER_SEARCH:
    return (LyktaLook){C_ ("button", "Search"), "search", NULL};
  case LYKTA_FILTER_PERIOD:
    /* Translators: heading above days to choose from. */
    return (LyktaLook){C_ ("heading", "When"), "calendar", NULL};
  default:
    /* Translators: any filter that has no better name. */
    return (LyktaLook){C_ ("button", "Filters"), "adjustments-horizontal", NULL};
  }
}

LyktaLook
lykta_choice_look (const LyktaChoice *self, LyktaSession *session, char **buffer)
{
  g_return_val_if_fail (self != NULL && buffer != NULL, (LyktaLook){0});

  *buffer = NULL;
  switch (self->kind) {
  case LYKTA_FILTER_PARTS:
    return look_of_part (self->value);
  case LYKTA_FILTER_PURPOSES:
    return lykta_look_of_purpose ((LyktaPurposes)self->value);
  case LYKTA_FILTER_AUDIENCE:
    return (LyktaLook){lykta_look_of_audience ((LyktaAudience)self->value).word,
                       lykta_look_of_audience ((LyktaAudience)self->value).icon, NULL};
  case LYKTA_FILTER_LEVELS:
    return look_of_level (self->value);
  case LYKTA_FILTER_SPOKEN:
    *buffer = lykta_isolate (lykta_language_endonym (self->tag));
    return (LyktaLook){*buffer, "message-circle", NULL};
  case LYKTA_FILTER_WHERE:
    return look_of_place (self, session, buffer);
  default:
    return look_of_single (self->kind);
  }
}

/* ---- what they do ---- */

gboolean
lykta_choice_is_on (const LyktaChoice *self, LyktaQuery *query)
{
  g_return_val_if_fail (self != NULL && query != NULL, FALSE);

  switch (self->kind) {
  case LYKTA_FILTER_PARTS:
    return (lykta_query_get_parts (query) & (guint)self->value) != 0;
  case LYKTA_FILTER_PURPOSES:
    return (lykta_query_get_purposes (query) & (guint)self->value) != 0;
  case LYKTA_FILTER_LEVELS:
    return (lykta_query_get_levels (query) & (guint)self->value) != 0;
  case LYKTA_FILTER_AUDIENCE:
    return self->value == LYKTA_AUDIENCE_WOMEN ? lykta_query_get_women_only (query)
                                               : lykta_query_get_men_only (query);
  case LYKTA_FILTER_SPOKEN:
    return lykta_query_get_spoken (query) == self->tag;
  case LYKTA_FILTER_WHERE:
    return self->tag != NULL ? g_strcmp0 (lykta_query_get_area (query), self->tag) == 0
                             : lykta_query_has_position (query) &&
                                   fabs (lykta_query_get_within_km (query) - self->km) < 0.01;
  default:
    return lykta_query_has_filter (query, self->kind);
  }
}

static LyktaQuery *
query_with_single (LyktaFilterKind kind, LyktaQuery *query, gboolean is_on)
{
  switch (kind) {
  case LYKTA_FILTER_CHILDREN:
    return lykta_query_with_children (query, is_on);
  case LYKTA_FILTER_CHILDCARE:
    return lykta_query_with_childcare (query, is_on);
  case LYKTA_FILTER_ONLINE:
    return lykta_query_with_online (query, is_on);
  case LYKTA_FILTER_DROP_IN:
    return lykta_query_with_drop_in (query, is_on);
  case LYKTA_FILTER_CERTIFICATE:
    return lykta_query_with_certificate (query, is_on);
  default:
    g_return_val_if_reached (lykta_query_ref (query));
  }
}

/* An area and a radius exclude each other; a second radius takes the place of the first. */
static LyktaQuery *
query_with_place (const LyktaChoice *self, LyktaQuery *query, gboolean is_on)
{
  g_autoptr (LyktaQuery) anywhere = lykta_query_without_filter (query, LYKTA_FILTER_WHERE);

  if (!is_on)
    return g_steal_pointer (&anywhere);
  return self->tag != NULL
             ? lykta_query_with_area (anywhere, self->tag)
             : lykta_query_with_position (anywhere, lykta_query_get_latitude (query),
                                          lykta_query_get_longitude (query), self->km);
}

void
lykta_choice_apply (const LyktaChoice *self, LyktaSession *session, gboolean is_on)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (LYKTA_IS_SESSION (session));

  LyktaQuery *query = lykta_session_get_query (session);
  const guint mask = is_on ? (guint)self->value : 0;
  g_autoptr (LyktaQuery) changed = NULL;
  switch (self->kind) {
  case LYKTA_FILTER_PARTS:
    changed = lykta_query_with_parts (query,
                                      (lykta_query_get_parts (query) & ~(guint)self->value) | mask);
    break;
  case LYKTA_FILTER_PURPOSES:
    changed = lykta_query_with_purposes (
        query, (lykta_query_get_purposes (query) & ~(guint)self->value) | mask);
    break;
  case LYKTA_FILTER_LEVELS:
    changed = lykta_query_with_levels (
        query, (lykta_query_get_levels (query) & ~(guint)self->value) | mask);
    break;
  case LYKTA_FILTER_AUDIENCE:
    changed = self->value == LYKTA_AUDIENCE_WOMEN ? lykta_query_with_women_only (query, is_on)
                                                  : lykta_query_with_men_only (query, is_on);
    break;
  case LYKTA_FILTER_SPOKEN:
    changed = lykta_query_with_spoken (query, is_on ? self->tag : NULL);
    break;
  case LYKTA_FILTER_WHERE:
    changed = query_with_place (self, query, is_on);
    break;
  default:
    changed = query_with_single (self->kind, query, is_on);
    break;
  }
  lykta_session_set_query (session, changed);
}

/* ---- counts ---- */

static guint
count_single (LyktaFilterKind kind, const LyktaFacets *facets)
{
  switch (kind) {
  case LYKTA_FILTER_CHILDREN:
    return facets->n_children;
  case LYKTA_FILTER_CHILDCARE:
    return facets->n_childcare;
  case LYKTA_FILTER_ONLINE:
    return facets->n_online;
  case LYKTA_FILTER_DROP_IN:
    return facets->n_drop_in;
  case LYKTA_FILTER_CERTIFICATE:
    return facets->n_certificate;
  default:
    return 0;
  }
}

guint
lykta_choice_count (const LyktaChoice *self,
                    const LyktaFacets *facets,
                    const double *radii,
                    guint n_radii)
{
  g_return_val_if_fail (self != NULL && facets != NULL, 0);

  const int bit = g_bit_nth_lsf ((gulong)self->value, -1);
  switch (self->kind) {
  case LYKTA_FILTER_PARTS:
    return facets->n_part[bit];
  case LYKTA_FILTER_PURPOSES:
    return facets->n_purpose[bit];
  case LYKTA_FILTER_LEVELS:
    return facets->n_level[bit];
  case LYKTA_FILTER_AUDIENCE:
    return self->value == LYKTA_AUDIENCE_WOMEN ? facets->n_women_only : facets->n_men_only;
  case LYKTA_FILTER_SPOKEN:
    for (guint i = 0; i < facets->n_spoken; i++)
      if (facets->spoken[i].tag == self->tag)
        return facets->spoken[i].n;
    return 0;
  case LYKTA_FILTER_WHERE:
    for (guint i = 0; self->tag == NULL && i < n_radii; i++)
      if (fabs (radii[i] - self->km) < 0.01)
        return facets->n_radius[i];
    return self->tag != NULL ? facets->n_area : 0;
  default:
    return count_single (self->kind, facets);
  }
}

/* ---- names of filters ---- */

/* The one choice of @kind that is on; FALSE when there are none or several. */
static gboolean
find_only_choice (LyktaFilterKind kind, LyktaQuery *query, LyktaChoice *found)
{
  guint n, n_on = 0;
  const LyktaChoice *choices = lykta_choices_of (kind, &n);

  if (kind == LYKTA_FILTER_SPOKEN)
    *found = (LyktaChoice){kind, 0, 0, lykta_query_get_spoken (query)};
  else if (kind == LYKTA_FILTER_WHERE)
    *found = (LyktaChoice){kind, 0, lykta_query_get_within_km (query),
                           g_intern_string (lykta_query_get_area (query))};
  if (kind == LYKTA_FILTER_SPOKEN || kind == LYKTA_FILTER_WHERE)
    return lykta_query_has_filter (query, kind);
  for (guint i = 0; i < n; i++) {
    if (!lykta_choice_is_on (&choices[i], query))
      continue;
    *found = choices[i];
    n_on++;
  }
  return n_on == 1;
}

LyktaLook
lykta_filter_look (LyktaFilterKind kind, LyktaSession *session, char **buffer)
{
  g_return_val_if_fail (buffer != NULL, (LyktaLook){0});

  LyktaQuery *query = lykta_session_get_query (session);
  LyktaChoice choice;
  *buffer = NULL;
  if (find_only_choice (kind, query, &choice))
    return lykta_choice_look (&choice, session, buffer);
  switch (kind) {
  case LYKTA_FILTER_PARTS:
    /* Translators: heading above morning, afternoon and evening to choose from. */
    return (LyktaLook){C_ ("heading", "Time of day"), "clock", NULL};
  case LYKTA_FILTER_PURPOSES:
    return (LyktaLook){_ ("What it is about"), "messages", NULL};
  case LYKTA_FILTER_AUDIENCE:
    return (LyktaLook){C_ ("fact", "For whom"), "users-group", NULL};
  case LYKTA_FILTER_LEVELS:
    /* Translators: heading above levels of Swedish to choose from. */
    return (LyktaLook){C_ ("heading", "How much Swedish"), "stairs-up", NULL};
  case LYKTA_FILTER_SEARCH:
    *buffer = lykta_isolate (lykta_query_get_search (query));
    return (LyktaLook){*buffer, "search", NULL};
  default:
    return look_of_single (kind);
  }
}
