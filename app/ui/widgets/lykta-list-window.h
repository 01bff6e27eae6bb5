/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "session/lykta-session.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_LIST_WINDOW (lykta_list_window_get_type ())
G_DECLARE_FINAL_TYPE (LyktaListWindow, lykta_list_window, LYKTA, LIST_WINDOW, GObject)

/* The stretch of the session's cards that a person can reach by scrolling just now, as a GListModel
 * that grows at both ends. GTK 4.8 asks for every item that a change adds while it looks for the
 * ones it had, so a list of a quarter of a million dates must never be shown to it whole: a key in
 * the search field would read them all. Main thread. */

/* Begins at the session's place in the list. (transfer full) */
LyktaListWindow *lykta_list_window_new (LyktaSession *session);
/* Position in the session's cards of the first item here. */
guint lykta_list_window_get_first (LyktaListWindow *self);
/* Begins anew with the card at @position, if it is not here. */
void lykta_list_window_move_to (LyktaListWindow *self, guint position);
/* More cards after the last, or before the first; FALSE when there are none. */
gboolean lykta_list_window_grow_down (LyktaListWindow *self);
gboolean lykta_list_window_grow_up (LyktaListWindow *self);

G_END_DECLS
