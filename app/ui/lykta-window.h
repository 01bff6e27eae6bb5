/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/lykta-shell.h"
#include "ui/lykta-surroundings.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_WINDOW (lykta_window_get_type ())
G_DECLARE_FINAL_TYPE (LyktaWindow, lykta_window, LYKTA, WINDOW, AdwApplicationWindow)

/* The one window. It follows the session's language: process language, writing direction and the
 * whole shell change together, and the person stays where they were. @application may be NULL. */
GtkWidget *lykta_window_new (GtkApplication *application, LyktaSurroundings *surroundings);
/* NULL between a change of language and the next turn of the main loop. */
LyktaShell *lykta_window_get_shell (LyktaWindow *self);
/* Shows @cover (transfer floating) over everything in place of an earlier one; NULL takes it away.
 * It stays when the language changes. */
void lykta_window_set_cover (LyktaWindow *self, GtkWidget *cover);

G_END_DECLS
