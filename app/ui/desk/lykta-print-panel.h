/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/lykta-certificate-desk.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_PRINT_PANEL (lykta_print_panel_get_type ())
G_DECLARE_FINAL_TYPE (LyktaPrintPanel, lykta_print_panel, LYKTA, PRINT_PANEL, GtkBox)

/* Which printer, print, save as a file, and how it went, in words. Asks before the page leaves:
 * signal "wanted" (returns gboolean: TRUE to go on) without arguments; the page is then taken from
 * lykta_print_panel_set_page. (transfer floating) */
GtkWidget *lykta_print_panel_new (LyktaCertificateDesk *desk);
/* What is printed or saved; @is_blank: a page to fill in by hand. */
void lykta_print_panel_set_page (LyktaPrintPanel *self, LyktaPage *page, gboolean is_blank);
/* What it says at the moment; NULL: nothing. */
const char *lykta_print_panel_get_message (LyktaPrintPanel *self);
/* For tests: saves without asking where. */
void lykta_print_panel_save_to (LyktaPrintPanel *self, const char *path);

G_END_DECLS
