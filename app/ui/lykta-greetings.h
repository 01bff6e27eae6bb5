/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How a language welcomes its readers ("Välkommen"); NULL where none is known. A greeting belongs
 * to its language and is never translated. Static. */
const char *lykta_greeting (const char *tag);
/* A label in the script, direction and letters of @tag, whatever the screen around it speaks. */
GtkWidget *lykta_label_in_language (const char *text, const char *tag, const char *style);

G_END_DECLS
