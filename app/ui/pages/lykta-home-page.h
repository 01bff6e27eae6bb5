/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/lykta-surroundings.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_HOME_PAGE (lykta_home_page_get_type ())
G_DECLARE_FINAL_TYPE (LyktaHomePage, lykta_home_page, LYKTA, HOME_PAGE, AdwBin)

/* Six doors as large drawings, a way to the whole calendar and to the search, and what comes next.
 * Actions: home.open-door (int), home.open-day (int, days from today, -1 all). */
GtkWidget *lykta_home_page_new (LyktaSurroundings *surroundings);

G_END_DECLS
