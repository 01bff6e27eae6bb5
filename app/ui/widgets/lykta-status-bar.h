/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/lykta-session.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_STATUS_BAR (lykta_status_bar_get_type ())
G_DECLARE_FINAL_TYPE (LyktaStatusBar, lykta_status_bar, LYKTA, STATUS_BAR, AdwBin)

/* One line at the foot of every screen: invented activities are said to be invented, the calendar
 * says how old it is, and what went wrong is said in one sentence. Leads to the page about the
 * data. */
void lykta_status_bar_set_session (LyktaStatusBar *self, LyktaSession *session);

G_END_DECLS
