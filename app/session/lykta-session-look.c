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
