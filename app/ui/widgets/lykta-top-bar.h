/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/lykta-session.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_TOP_BAR (lykta_top_bar_get_type ())
G_DECLARE_FINAL_TYPE (LyktaTopBar, lykta_top_bar, LYKTA, TOP_BAR, AdwBin)

/* The way back, home, to another language and to larger letters: the same on every screen. */
void lykta_top_bar_set_session (LyktaTopBar *self, LyktaSession *session);
/* Words beside the drawings, where there is room. */
void lykta_top_bar_set_is_wide (LyktaTopBar *self, gboolean is_wide);

G_END_DECLS
