/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-session"

#include "session/lykta-session-private.h"

#include "session/lykta-same-activity.h"

/* How many rows are looked at for dates that have ended. */
#define FIRST_ROWS 50

/* Reads what the sources say of themselves. */
void
lykta_session_read_sources (LyktaSession *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = lykta_content_reader_list_sources (self->reader, &error);
  gboolean has_sample = FALSE;
  gboolean is_loading = FALSE;
  gint64 as_of = G_MAXINT64;

  if (sources == NULL) {
    g_warning ("Cannot read the sources: %s", error->message);
    return;
  }
  for (guint i = 0; i < sources->len; i++) {
    LyktaSource *source = g_ptr_array_index (sources, i);
    const char *id = lykta_source_get_id (source);
    g_autoptr (LyktaSourceState) state =
        lykta_content_reader_get_source_state (self->reader, id, NULL);
    if (state == NULL)
      continue;
    is_loading |= lykta_content_reader_is_loading (self->reader, id);
    has_sample |= lykta_source_is_sample (source) && state->n_activities > 0;
    /* A source that has never been read has no part in what is shown. */
    if (state->last_confirmed > 0)
      as_of = MIN (as_of, state->last_confirmed);
  }
  as_of = as_of == G_MAXINT64 ? 0 : as_of;
  if (has_sample != self->has_sample) {
    self->has_sample = has_sample;
    lykta_session_notify (self, PROP_HAS_SAMPLE);
  }
  if (is_loading != self->is_loading) {
    self->is_loading = is_loading;
    lykta_session_notify (self, PROP_IS_LOADING);
  }
  if (as_of != self->as_of) {
    self->as_of = as_of;
    lykta_session_notify (self, PROP_AS_OF);
  }
}

gboolean
lykta_session_has_sample (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), FALSE);

  return self->has_sample;
}

gboolean
lykta_session_is_loading (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), FALSE);

  return self->is_loading;
}

gint64
lykta_session_get_as_of (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), 0);

  return self->as_of;
}

gboolean
lykta_session_is_refreshing (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), FALSE);

  return self->is_refreshing;
}

const char *
lykta_session_get_notice (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), NULL);

  return self->notice;
}

void
lykta_session_set_refreshing (LyktaSession *self, gboolean is_refreshing)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  if (self->is_refreshing == (is_refreshing != FALSE))
    return;
  self->is_refreshing = is_refreshing != FALSE;
  lykta_session_notify (self, PROP_IS_REFRESHING);
}

void
lykta_session_set_notice (LyktaSession *self, const char *notice)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  if (g_strcmp0 (notice, self->notice) == 0)
    return;
  g_free (self->notice);
  self->notice = g_strdup (notice);
  lykta_session_notify (self, PROP_NOTICE);
}

void
lykta_session_content_changed (LyktaSession *self)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  self->generation = lykta_content_reader_get_generation (self->reader);
  lykta_session_read_sources (self);
  lykta_card_model_reload (self->cards);
  for (guint i = 0; i < self->way->len; i++) {
    LyktaSessionPlace *place = g_ptr_array_index (self->way, i);
    if (place->activity == NULL)
      continue;
    const LyktaCardFields *fields = lykta_card_get_fields (place->card);
    /* By its names: the row of an activity that was read again may be another one. */
    gint64 activity_id = 0;
    g_autoptr (LyktaActivity) activity = lykta_content_reader_get_activity (
        self->reader, fields->source_id, fields->uid, &activity_id, NULL);
    if (activity != NULL) {
      g_autoptr (LyktaActivity) own = g_steal_pointer (&activity);
      activity = lykta_same_activity_load (self->reader, activity_id, NULL, NULL);
    }
    if (activity == NULL)
      continue; /* gone: the person goes on reading what they opened */
    g_autoptr (LyktaCard) card = lykta_content_reader_get_card (
        self->reader, activity_id, fields->occurrence.start, self->language, NULL);
    lykta_session_place_set_activity (place, card != NULL ? card : place->card, activity);
  }
  lykta_session_notify (self, PROP_CARD);
  lykta_session_notify (self, PROP_ACTIVITY);
}

void
lykta_session_check_content (LyktaSession *self)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  if (lykta_content_reader_get_generation (self->reader) != self->generation)
    lykta_session_content_changed (self);
  else
    lykta_session_read_sources (self);
}

/* Is there anything among the first rows that time has overtaken? Looking costs less than reading
 * the list anew under somebody's finger. */
static gboolean
is_overtaken (LyktaSession *self)
{
  const gint64 now = lykta_clock_now (self->clock);
  GListModel *cards = G_LIST_MODEL (self->cards);
  const LyktaDate was =
      lykta_date_of_moment (lykta_query_get_from (lykta_session_here (self)->query));
  const guint n = MIN (g_list_model_get_n_items (cards), FIRST_ROWS);

  if (lykta_date_compare (was, lykta_session_get_today (self)) < 0)
    return TRUE;
  for (guint i = 0; i < n; i++) {
    g_autoptr (LyktaCard) card = g_list_model_get_item (cards, i);
    if (lykta_card_get_fields (card)->occurrence.end <= now)
      return TRUE;
  }
  return FALSE;
}

void
lykta_session_time_passed (LyktaSession *self)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  if (!is_overtaken (self))
    return;

  for (guint i = 0; i < self->way->len; i++) {
    LyktaSessionPlace *place = g_ptr_array_index (self->way, i);
    g_autoptr (LyktaQuery) query =
        lykta_session_query_on_days (self, place->query, place->day, place->last);
    lykta_session_place_set_query (place, query);
  }
  lykta_card_model_set_query (self->cards, lykta_session_here (self)->query);
  lykta_session_notify (self, PROP_QUERY);
}

gint64
lykta_session_get_next_change (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), 0);

  const gint64 now = lykta_clock_now (self->clock);
  const LyktaDate tomorrow = lykta_date_add_days (lykta_session_get_today (self), 1);
  gint64 next = lykta_date_start (tomorrow);
  GListModel *cards = G_LIST_MODEL (self->cards);
  const guint n = MIN (g_list_model_get_n_items (cards), FIRST_ROWS);

  for (guint i = 0; i < n; i++) {
    g_autoptr (LyktaCard) card = g_list_model_get_item (cards, i);
    const gint64 end = lykta_card_get_fields (card)->occurrence.end;
    if (end > now)
      next = MIN (next, end);
  }
  return next;
}
