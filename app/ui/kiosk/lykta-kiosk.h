/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/lykta-window.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_KIOSK (lykta_kiosk_get_type ())
G_DECLARE_FINAL_TYPE (LyktaKiosk, lykta_kiosk, LYKTA, KIOSK, GObject)

/* What makes a window a kiosk: nothing leads out of it (lykta_kiosk_lock), and when a visitor has
 * left, a countdown is shown over it and then "expired" (no arguments) is emitted. @window and
 * @session are borrowed and must live as long. Main thread. (transfer full) */
LyktaKiosk *lykta_kiosk_new (LyktaWindow *window,
                             LyktaSession *session,
                             guint idle_seconds,
                             guint countdown_seconds);

G_END_DECLS
