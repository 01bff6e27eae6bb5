/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-session"

#include <math.h>

#include "session/lykta-session-private.h"

/* What a person may choose next: days, a place to measure from, and how many dates each choice
 * would find. */

#define SATURDAY 6
#define SUNDAY   7

/* ---- days ---- */

LyktaQuery *
lykta_session_query_on_days (LyktaSession *self, LyktaQuery *query, LyktaDate day, LyktaDate last)
{
  const gint64 now = lykta_clock_now (self->clock);

  if (!lykta_date_is_set (day))
    return lykta_query_with_period (query, now, 0);
  const gint64 from = lykta_date_start (day);
  const gint64 to = lykta_date_start (lykta_date_add_days (last, 1));
  return lykta_query_with_period (query, MIN (MAX (from, now), to), to);
}

void
lykta_session_set_days (LyktaSession *self, LyktaDate day, LyktaDate last)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));
  g_return_if_fail (!lykta_date_is_set (day) || lykta_date_compare (day, last) <= 0);

  LyktaSessionPlace *here = lykta_session_here (self);
  g_autoptr (LyktaQuery) query = lykta_session_query_on_days (self, here->query, day, last);
  here->day = day;
  here->last = last;
  lykta_session_set_query (self, query);
}

void
lykta_session_set_day (LyktaSession *self, LyktaDate day)
{
  lykta_session_set_days (self, day, day);
}

LyktaDate
lykta_session_get_day (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), (LyktaDate){0});

  return lykta_session_here (self)->day;
}

LyktaDate
lykta_session_get_last_day (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), (LyktaDate){0});

  return lykta_session_here (self)->last;
}

void
lykta_session_get_span (LyktaSession *self, LyktaSpan span, LyktaDate *day, LyktaDate *last)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  const LyktaDate today = lykta_session_get_today (self);
  const int weekday = lykta_date_weekday (today);
  const LyktaDate sunday = lykta_date_add_days (today, SUNDAY - weekday);
  *day = *last = (LyktaDate){0};
  switch (span) {
  case LYKTA_SPAN_TODAY:
    *day = *last = today;
    break;
  case LYKTA_SPAN_TOMORROW:
    *day = *last = lykta_date_add_days (today, 1);
    break;
  case LYKTA_SPAN_WEEK:
    *day = today;
    *last = sunday;
    break;
  case LYKTA_SPAN_WEEKEND:
    *day = weekday < SATURDAY ? lykta_date_add_days (today, SATURDAY - weekday) : today;
    *last = sunday;
    break;
  case LYKTA_SPAN_ALL:
  case LYKTA_N_SPANS:
  default:
    break;
  }
}

LyktaSpan
lykta_session_get_present_span (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), LYKTA_SPAN_ALL);

  const LyktaSessionPlace *here = lykta_session_here (self);
  for (int span = LYKTA_SPAN_ALL; span < LYKTA_N_SPANS; span++) {
    LyktaDate day, last;
    lykta_session_get_span (self, (LyktaSpan)span, &day, &last);
    if (lykta_date_compare (day, here->day) == 0 && lykta_date_compare (last, here->last) == 0)
      return (LyktaSpan)span;
  }
  return LYKTA_N_SPANS;
}

void
lykta_session_clear_filters (LyktaSession *self)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  LyktaSessionPlace *here = lykta_session_here (self);
  g_autoptr (LyktaQuery) plain = lykta_session_new_query (self);
  g_autoptr (LyktaQuery) query = lykta_session_query_on_days (self, plain, here->day, here->last);
  here->centre = NULL;
  lykta_session_set_query (self, query);
}

LyktaDate
lykta_session_find_next_day (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), (LyktaDate){0});

  LyktaDate day = {0};
  g_autoptr (GError) error = NULL;
  if (!lykta_content_reader_find_next_day (self->reader, lykta_session_here (self)->query, &day,
                                           &error) &&
      error != NULL)
    g_warning ("Cannot look for a later day: %s", error->message);
  return day;
}

void
lykta_session_lift (LyktaSession *self, LyktaFilterKind kind)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  if (kind == LYKTA_FILTER_PERIOD) {
    lykta_session_set_days (self, (LyktaDate){0}, (LyktaDate){0});
    return;
  }
  g_autoptr (LyktaQuery) query =
      lykta_query_without_filter (lykta_session_here (self)->query, kind);
  lykta_session_set_query (self, query);
}

/* ---- places ---- */

void
lykta_session_set_near_km (LyktaSession *self, double kilometres)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  self->near_km = isfinite (kilometres) ? MAX (0.0, kilometres) : 0.0;
}

LyktaQuery *
lykta_session_new_near_query (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), NULL);

  g_autoptr (LyktaQuery) query = lykta_session_new_query (self);
  return lykta_query_with_position (query, self->latitude, self->longitude, self->near_km);
}

void
lykta_session_set_radius (LyktaSession *self, double kilometres)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  LyktaQuery *present = lykta_session_here (self)->query;
  g_autoptr (LyktaQuery) anywhere = lykta_query_without_filter (present, LYKTA_FILTER_WHERE);
  g_autoptr (LyktaQuery) query =
      lykta_query_with_position (anywhere, lykta_query_get_latitude (present),
                                 lykta_query_get_longitude (present), kilometres);
  lykta_session_set_query (self, query);
}

void
lykta_session_set_centre (LyktaSession *self, const char *municipality)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  LyktaSessionPlace *here = lykta_session_here (self);
  const LyktaArea *area = municipality != NULL && self->gazetteer != NULL
                              ? lykta_gazetteer_find_municipality (self->gazetteer, municipality)
                              : NULL;
  const double within = lykta_query_get_within_km (here->query);
  g_autoptr (LyktaQuery) anywhere = lykta_query_without_filter (here->query, LYKTA_FILTER_WHERE);
  g_autoptr (LyktaQuery) query = lykta_query_with_position (
      anywhere, area != NULL ? area->latitude : self->latitude,
      area != NULL ? area->longitude : self->longitude, within > 0 ? within : self->near_km);
  here->centre = area != NULL ? g_intern_string (area->code) : NULL;
  lykta_session_set_query (self, query);
}

const LyktaArea *
lykta_session_get_centre (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), NULL);

  const char *code = lykta_session_here (self)->centre;
  return code != NULL && self->gazetteer != NULL
             ? lykta_gazetteer_find_municipality (self->gazetteer, code)
             : NULL;
}

const char *
lykta_session_get_county (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), NULL);

  const LyktaArea *centre = lykta_session_get_centre (self);
  if (centre == NULL && self->gazetteer != NULL && isfinite (self->latitude))
    centre = lykta_gazetteer_find_nearest (self->gazetteer, self->latitude, self->longitude);
  return centre != NULL ? centre->county_code : NULL;
}

/* ---- counts ---- */

gboolean
lykta_session_count_choices (LyktaSession *self,
                             const double *radii,
                             guint n_radii,
                             LyktaFacets *facets)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), FALSE);
  g_return_val_if_fail (n_radii <= LYKTA_FACET_RADII, FALSE);
  g_return_val_if_fail (facets != NULL, FALSE);

  const gint64 now = lykta_clock_now (self->clock);
  LyktaFacetQuestion question = {.now = now,
                                 .n_periods = LYKTA_N_SPANS,
                                 .n_radii = n_radii,
                                 .area = lykta_session_get_county (self)};
  for (int span = 0; span < LYKTA_N_SPANS; span++) {
    LyktaDate day, last;
    lykta_session_get_span (self, (LyktaSpan)span, &day, &last);
    question.periods[span] = (LyktaPeriod){now, 0};
    if (lykta_date_is_set (day))
      question.periods[span] = (LyktaPeriod){MAX (now, lykta_date_start (day)),
                                             lykta_date_start (lykta_date_add_days (last, 1))};
  }
  for (guint i = 0; i < n_radii; i++)
    question.radii[i] = radii[i];
  g_autoptr (GError) error = NULL;
  const gboolean is_counted = lykta_content_reader_count_facets (
      self->reader, lykta_session_here (self)->query, &question, facets, &error);
  if (error != NULL)
    g_warning ("Cannot count: %s", error->message);
  return is_counted;
}

gboolean
lykta_session_count_days (LyktaSession *self, LyktaDate first, guint n_days, guint *counts)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), FALSE);

  g_autoptr (GError) error = NULL;
  const gboolean is_counted = lykta_content_reader_count_days (
      self->reader, lykta_session_here (self)->query, lykta_clock_now (self->clock), first, n_days,
      counts, &error);
  if (error != NULL)
    g_warning ("Cannot count days: %s", error->message);
  return is_counted;
}

gboolean
lykta_session_count_near (LyktaSession *self, const LyktaPoint *points, guint n, guint *counts)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), FALSE);

  LyktaQuery *query = lykta_session_here (self)->query;
  const double within = lykta_query_get_within_km (query);
  g_autoptr (GError) error = NULL;
  const gboolean is_counted = lykta_content_reader_count_near (
      self->reader, query, points, n, within > 0 ? within : self->near_km, counts, &error);
  if (error != NULL)
    g_warning ("Cannot count places: %s", error->message);
  return is_counted;
}
