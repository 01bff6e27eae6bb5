/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/lykta-surroundings.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_PLACES_PAGE (lykta_places_page_get_type ())
G_DECLARE_FINAL_TYPE (LyktaPlacesPage, lykta_places_page, LYKTA, PLACES_PAGE, AdwBin)

/* Where to look for activities, without a keyboard: this place, the municipalities around it, and
 * the counties, each of which opens its municipalities; the nearest first, each with the number of
 * dates around it. A tap takes the municipality for the list and goes back to it. */
GtkWidget *lykta_places_page_new (LyktaSurroundings *surroundings);

G_END_DECLS
