/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Takes away what leads out of a kiosk's @window: closing it, context menus (second button, long
 * press, menu key), dropping things in, function keys, and every combination with Ctrl, Alt or the
 * Super key. What writing and moving about need stays: letters, Tab, arrows, Enter, Escape. */
void lykta_kiosk_lock (GtkWindow *window);
/* No core dumps, and no other program of the same user may look into this one's memory. For the
 * whole process. */
void lykta_kiosk_forbid_dumps (void);

G_END_DECLS
