/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "paper/lykta-page.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_PAPER_VIEW (lykta_paper_view_get_type ())
G_DECLARE_FINAL_TYPE (LyktaPaperView, lykta_paper_view, LYKTA, PAPER_VIEW, GtkWidget)

/* The very page that would be printed, on white paper, as wide as there is room; several pages
 * below each other. To a screen reader a picture with a name: what stands on it stands in the form
 * beside it. (transfer floating) */
GtkWidget *lykta_paper_view_new (void);
/* NULL: an empty sheet. Takes a reference. */
void lykta_paper_view_set_page (LyktaPaperView *self, LyktaPage *page);
LyktaPage *lykta_paper_view_get_page (LyktaPaperView *self);

G_END_DECLS
