/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/lykta-session.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_SESSION_PULSE (lykta_session_pulse_get_type ())
G_DECLARE_FINAL_TYPE (LyktaSessionPulse, lykta_session_pulse, LYKTA, SESSION_PULSE, GObject)

/* Lets time pass for a session: what has ended leaves the list, and a new day becomes today. It
 * wakes up when that happens and at no other time. Main thread. (transfer full) */
LyktaSessionPulse *lykta_session_pulse_new (LyktaSession *session);

G_END_DECLS
