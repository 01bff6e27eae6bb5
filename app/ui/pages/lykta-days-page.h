/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/lykta-surroundings.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_DAYS_PAGE (lykta_days_page_get_type ())
G_DECLARE_FINAL_TYPE (LyktaDaysPage, lykta_days_page, LYKTA, DAYS_PAGE, AdwBin)

/* A month of large day buttons, each with dots for how much there is; a tap takes the day for the
 * list and goes back to it. */
GtkWidget *lykta_days_page_new (LyktaSurroundings *surroundings);

G_END_DECLS
