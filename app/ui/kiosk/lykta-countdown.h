/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_COUNTDOWN (lykta_countdown_get_type ())
G_DECLARE_FINAL_TYPE (LyktaCountdown, lykta_countdown, LYKTA, COUNTDOWN, GtkWidget)

/* The question whether somebody is still there, over the whole screen: a clock, the seconds left in
 * large figures, one button to stay. The touch that stays need not hit it: every touch of the
 * window counts. Texts in the language that the process is set to when it is made. */
GtkWidget *lykta_countdown_new (const char *language);
void lykta_countdown_set_seconds (LyktaCountdown *self, guint seconds);

G_END_DECLS
