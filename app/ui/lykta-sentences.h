/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/lykta-session.h"

G_BEGIN_DECLS

/* Sentences that more than one screen says, in the language of the interface. Main thread. */

/* That the activities are invented examples. Static. */
const char *lykta_sentence_sample (void);
/* What went wrong, for the person in front of the screen; @failure is a token of
 * sync/lykta-sync-failure.h. Static, never NULL. */
const char *lykta_sentence_failure (const char *failure);
/* How old the calendar is. (transfer full) */
char *lykta_sentence_freshness (LyktaSession *session);
/* "As of 24 November 18:00" of one source; 0: never confirmed. (transfer full) */
char *lykta_sentence_as_of (const char *language, gint64 as_of, LyktaDate today);
/* What the preset of the public calendar is and that its address is not set. Static. */
const char *lykta_sentence_preset (void);

G_END_DECLS
