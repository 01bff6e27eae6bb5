/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "takeaway/lykta-take-away.h"
#include "ui/lykta-surroundings.h"

G_BEGIN_DECLS

/* What the person of this session takes away. It outlives its page, so that a sheet is followed
 * through a change of language, and forgets everything as soon as the person goes on: a sheet that
 * waits for paper is then thrown away. Borrowed; NULL without a store. Main thread. */
LyktaTakeAway *lykta_take_away_keeper_get (LyktaSurroundings *surroundings);
/* For tests: prints there instead of with the service of the machine. Before the first get. */
void lykta_take_away_keeper_set_printer (LyktaSession *session, LyktaPrinter *printer);

G_END_DECLS
