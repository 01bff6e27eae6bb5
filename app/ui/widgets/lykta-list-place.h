/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/lykta-session.h"
#include "ui/widgets/lykta-list-window.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_LIST_PLACE (lykta_list_place_get_type ())
G_DECLARE_FINAL_TYPE (LyktaListPlace, lykta_list_place, LYKTA, LIST_PLACE, GObject)

/* Keeps the session told which row stands at the top of a list, and brings that row there again
 * when the list was made anew or its content changed. (GTK 4.8 can only scroll a row into view; and
 * only once sizes are known.) Lets @window, which the list shows, grow before its end comes into
 * view. The list (any of GTK's list widgets) is borrowed. (transfer full) */
LyktaListPlace *lykta_list_place_new (GtkWidget *list,
                                      GtkScrolledWindow *scroller,
                                      LyktaListWindow *window,
                                      LyktaSession *session);
/* Asks the list now. */
void lykta_list_place_save (LyktaListPlace *self);
/* Goes to the session's row with the next frame that knows the sizes. */
void lykta_list_place_restore (LyktaListPlace *self);

G_END_DECLS
