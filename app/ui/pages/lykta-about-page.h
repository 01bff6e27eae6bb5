/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/lykta-surroundings.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_ABOUT_PAGE (lykta_about_page_get_type ())
G_DECLARE_FINAL_TYPE (LyktaAboutPage, lykta_about_page, LYKTA, ABOUT_PAGE, AdwBin)

/* Where the calendar comes from, how old each part of it is, what went wrong, and under which terms
 * all this may be used. */
GtkWidget *lykta_about_page_new (LyktaSurroundings *surroundings);

G_END_DECLS
