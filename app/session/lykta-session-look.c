/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the screens look to this one person. */
#include "session/lykta-session-private.h"

int
lykta_session_get_text_size (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), 0);

  return self->text_size;
}

void
lykta_session_set_text_size (LyktaSession *self, int text_size)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  text_size = CLAMP (text_size, 0, LYKTA_TEXT_SIZE_LAST);
  if (text_size == self->text_size)
    return;
  self->text_size = text_size;
  lykta_session_notify (self, PROP_TEXT_SIZE);
}

gboolean
lykta_session_has_high_contrast (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), FALSE);

  return self->has_high_contrast;
}

void
lykta_session_set_high_contrast (LyktaSession *self, gboolean has_high_contrast)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  if (self->has_high_contrast == (has_high_contrast != FALSE))
    return;
  self->has_high_contrast = has_high_contrast != FALSE;
  lykta_session_notify (self, PROP_HAS_HIGH_CONTRAST);
}

gboolean
lykta_session_reads_swedish (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), FALSE);

  return g_str_equal (self->language, LYKTA_ORIGINAL_LANGUAGE) ||
         g_str_has_prefix (self->language, LYKTA_ORIGINAL_LANGUAGE "-");
}

gboolean
lykta_session_is_side_by_side (LyktaSession *self)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (self), FALSE);

  return self->is_side_by_side && !lykta_session_reads_swedish (self);
}

LyktaQuery *
lykta_session_query_with_original (LyktaSession *self, LyktaQuery *query)
{
  return lykta_query_with_second_language (
      query, lykta_session_is_side_by_side (self) ? LYKTA_ORIGINAL_LANGUAGE : NULL);
}

void
lykta_session_set_side_by_side (LyktaSession *self, gboolean is_side_by_side)
{
  g_return_if_fail (LYKTA_IS_SESSION (self));

  if (self->is_side_by_side == (is_side_by_side != FALSE))
    return;
  self->is_side_by_side = is_side_by_side != FALSE;
  for (guint i = 0; i < self->way->len; i++) {
    LyktaSessionPlace *place = g_ptr_array_index (self->way, i);
    g_autoptr (LyktaQuery) query = lykta_session_query_with_original (self, place->query);
    lykta_session_place_set_query (place, query);
  }
  lykta_card_model_set_query (self->cards, lykta_session_here (self)->query);
  lykta_session_notify (self, PROP_IS_SIDE_BY_SIDE);
}
