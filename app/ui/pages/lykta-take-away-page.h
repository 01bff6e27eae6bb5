/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/lykta-surroundings.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_TAKE_AWAY_PAGE (lykta_take_away_page_get_type ())
G_DECLARE_FINAL_TYPE (LyktaTakeAwayPage, lykta_take_away_page, LYKTA, TAKE_AWAY_PAGE, AdwBin)

/* What can be taken along of a date or a list: the event as a code for the camera of a telephone, a
 * page on paper and how it fares, and on one's own machine a file. (transfer floating) */
GtkWidget *lykta_take_away_page_new (LyktaSurroundings *surroundings);
/* For tests: saves without asking where. */
void lykta_take_away_page_save_to (LyktaTakeAwayPage *self, gboolean is_calendar, const char *path);

G_END_DECLS
