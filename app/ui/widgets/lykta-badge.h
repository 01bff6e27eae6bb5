/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A small coloured field with a drawing (@icon, nullable) and a word. (transfer floating) */
GtkWidget *lykta_badge_new (const char *icon, const char *word, const char *style);
/* The mark of a text that is not in the chosen language: that language's own name. (transfer
 * floating) */
GtkWidget *lykta_language_badge_new (const char *language);

G_END_DECLS
