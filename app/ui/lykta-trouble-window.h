/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What is shown instead of the calendar when this machine gives Lykta no place for it: a sentence,
 * and a button that begins again (the application is activated once more). @language (nullable) is
 * the one to speak; details are for the log, not for this window. (transfer none: like every
 * window it belongs to GTK) */
GtkWidget *lykta_trouble_window_new (GtkApplication *application, const char *language);

G_END_DECLS
