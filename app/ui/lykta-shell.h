/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/lykta-session.h"
#include "ui/lykta-surroundings.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_SHELL (lykta_shell_get_type ())
G_DECLARE_FINAL_TYPE (LyktaShell, lykta_shell, LYKTA, SHELL, AdwBin)

/* Everything inside the window in one language: top bar, the page of the session's screen, and the
 * status bar. Pages are made when they are first shown and dropped when the way back no longer
 * leads to them. A change of language is a new shell. Actions for everything within:
 * nav.back, nav.home, nav.language, nav.text-size, nav.contrast,
 * nav.side-by-side, nav.search, nav.about, nav.certificate. */
GtkWidget *lykta_shell_new (LyktaSurroundings *surroundings);
/* The page in front; NULL before the first one. */
GtkWidget *lykta_shell_get_page (LyktaShell *self);
/* Puts the keyboard focus where a person would go on. */
void lykta_shell_focus_page (LyktaShell *self);

G_END_DECLS
