/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/lykta-certificate-desk.h"
#include "ui/lykta-surroundings.h"

G_BEGIN_DECLS

/* The desk of this session, with the form of the opened activity. It outlives its page, so that a
 * half-filled form survives a change of language, and forgets the form as soon as the person goes
 * back to the calendar. Borrowed; NULL when no activity is open. Main thread. */
LyktaCertificateDesk *lykta_desk_keeper_get (LyktaSurroundings *surroundings);
/* For tests: the desk uses @printer instead of the service of the machine. Before the first get. */
void lykta_desk_keeper_set_printer (LyktaSession *session, LyktaPrinter *printer);

G_END_DECLS
