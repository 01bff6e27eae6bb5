/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/lykta-surroundings.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_LANGUAGE_PAGE (lykta_language_page_get_type ())
G_DECLARE_FINAL_TYPE (LyktaLanguagePage, lykta_language_page, LYKTA, LANGUAGE_PAGE, AdwBin)

/* The first screen: every language by its own name, in its own script, with its own greeting. It
 * asks for no word of Swedish, and says nothing in a language that the person has not chosen. */
GtkWidget *lykta_language_page_new (LyktaSurroundings *surroundings);

G_END_DECLS
