/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/lykta-surroundings.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_FILTER_PANEL (lykta_filter_panel_get_type ())
G_DECLARE_FINAL_TYPE (LyktaFilterPanel, lykta_filter_panel, LYKTA, FILTER_PANEL, AdwBin)

/* The filters of the list as large chips. It shows the session's query and changes it; it keeps
 * nothing of its own. Action: filter.clear. */
void lykta_filter_panel_set_surroundings (LyktaFilterPanel *self, LyktaSurroundings *surroundings);
/* How many chips are on. */
guint lykta_filter_panel_get_n_active (LyktaFilterPanel *self);

G_END_DECLS
