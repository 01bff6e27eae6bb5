/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/lykta-surroundings.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_LIST_PAGE (lykta_list_page_get_type ())
G_DECLARE_FINAL_TYPE (LyktaListPage, lykta_list_page, LYKTA, LIST_PAGE, AdwBin)

/* Dates by day as cards, with search, days and filters. Where there is room the filters stand
 * beside the cards, else they take their place while they are being chosen. An empty list says what
 * to do. Actions: list.clear-search, list.show-hits, list.next-day, list.lift. */
GtkWidget *lykta_list_page_new (LyktaSurroundings *surroundings);
/* Puts the keyboard on the first card that is seen, or on the way out of an empty list. */
void lykta_list_page_focus_cards (LyktaListPage *self);
/* Puts the keyboard into the search field. */
void lykta_list_page_focus_search (LyktaListPage *self);

G_END_DECLS
