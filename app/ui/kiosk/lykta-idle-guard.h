/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/lykta-session.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_IDLE_GUARD (lykta_idle_guard_get_type ())
G_DECLARE_FINAL_TYPE (LyktaIdleGuard, lykta_idle_guard, LYKTA, IDLE_GUARD, GObject)

/* Tells when a visitor has left a kiosk. It listens to every key, touch and movement in a window;
 * after @idle_ms without any it warns, and @countdown_ms later the visitor is gone. Nothing is
 * timed while the first screen is shown, since there is nothing to forget: an unused kiosk sleeps.
 * Main thread.
 *
 * Signals:
 *  "warn" (guint seconds)  begins with the whole countdown and comes each second until it ends;
 *                          0: somebody is there after all, the warning is over
 *  "expired" ()            nobody was there: forget everything. */

/* @window and @session are borrowed and must live as long as the guard. (transfer full) */
LyktaIdleGuard *
lykta_idle_guard_new (GtkWindow *window, LyktaSession *session, guint idle_ms, guint countdown_ms);
/* Somebody is there: what every key and touch does by itself. */
void lykta_idle_guard_touch (LyktaIdleGuard *self);

G_END_DECLS
