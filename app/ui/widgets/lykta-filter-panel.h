/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/lykta-surroundings.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_FILTER_PANEL (lykta_filter_panel_get_type ())
G_DECLARE_FINAL_TYPE (LyktaFilterPanel, lykta_filter_panel, LYKTA, FILTER_PANEL, AdwBin)

/* The filters of the list as chips, each with the number of dates that it would find, told before
 * it is tapped. Shows and changes the session's query. */
void lykta_filter_panel_set_surroundings (LyktaFilterPanel *self, LyktaSurroundings *surroundings);
/* How many chips are on. */
guint lykta_filter_panel_get_n_active (LyktaFilterPanel *self);
/* The distances whose chips there are: what lykta_session_count_choices() is to count. Borrowed. */
const double *lykta_filter_panel_get_radii (LyktaFilterPanel *self, guint *n);
/* Puts the numbers on the chips. */
void lykta_filter_panel_set_counts (LyktaFilterPanel *self, const LyktaFacets *facets);

G_END_DECLS
