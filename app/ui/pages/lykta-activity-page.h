/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/lykta-surroundings.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_ACTIVITY_PAGE (lykta_activity_page_get_type ())
G_DECLARE_FINAL_TYPE (LyktaActivityPage, lykta_activity_page, LYKTA, ACTIVITY_PAGE, AdwBin)

/* One activity: what, when, where, who may come, what it costs, who arranges it. Each text is in
 * the chosen language or marked with its own, and the Swedish original is one tap away. What is not
 * known is left out, never said to be "no". Contacts for authorities are never shown.
 * Actions: activity.original (toggles), activity.open-link (string). */
GtkWidget *lykta_activity_page_new (LyktaSurroundings *surroundings);

G_END_DECLS
