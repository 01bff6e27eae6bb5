/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/lykta-session-place.h"

LyktaSessionPlace *
lykta_session_place_new (LyktaScreen screen, LyktaQuery *query)
{
  g_assert (query != NULL);

  LyktaSessionPlace *self = g_new0 (LyktaSessionPlace, 1);
  self->screen = screen;
  self->query = lykta_query_ref (query);
  return self;
}

void
lykta_session_place_free (LyktaSessionPlace *self)
{
  if (self == NULL)
    return;
  lykta_query_unref (self->query);
  g_clear_object (&self->card);
  g_clear_object (&self->activity);
  g_free (self);
}

void
lykta_session_place_set_query (LyktaSessionPlace *self, LyktaQuery *query)
{
  LyktaQuery *old = self->query;

  self->query = lykta_query_ref (query);
  lykta_query_unref (old);
}

void
lykta_session_place_set_activity (LyktaSessionPlace *self, LyktaCard *card, LyktaActivity *activity)
{
  g_set_object (&self->card, card);
  g_set_object (&self->activity, activity);
}
