/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/lykta-surroundings.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_ATTRACT_PAGE (lykta_attract_page_get_type ())
G_DECLARE_FINAL_TYPE (LyktaAttractPage, lykta_attract_page, LYKTA, ATTRACT_PAGE, AdwBin)

/* What a kiosk shows while nobody uses it: all languages greet at once, each in its own letters;
 * what there is, as pictures; how many dates are left of today nearby. It is one large button: a
 * touch anywhere opens the choice of language. Nothing on it moves, so a kiosk that waits costs no
 * power. */
GtkWidget *lykta_attract_page_new (LyktaSurroundings *surroundings);

G_END_DECLS
