/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/lykta-session.h"

G_BEGIN_DECLS

/* Sentences that more than one screen says, in the language of the interface. Main thread. */

/* That the activities are invented examples. Static. */
const char *lykta_sentence_sample (void);
/* That they stand in for a calendar that could not be fetched. Static. */
const char *lykta_sentence_stand_in (void);
/* The notice of a session whose calendar was damaged and is made anew. */
#define LYKTA_NOTICE_REBUILT "rebuilt"
/* What went wrong, for the person in front of the screen; @failure is a token of
 * sync/lykta-sync-failure.h or LYKTA_NOTICE_REBUILT. Static, never NULL. */
const char *lykta_sentence_failure (const char *failure);
/* The same for a source; one that was never read (0) has no earlier state to speak of. Static. */
const char *lykta_sentence_failure_of_source (const char *failure, gint64 last_confirmed);
/* When a date is: its time, and with @with_day its day before that. The two ends of a span stay on
 * one line. (transfer full) */
char *lykta_sentence_when (const char *language,
                           const LyktaOccurrence *date,
                           LyktaDate today,
                           gboolean with_day);
/* How old the calendar is. (transfer full) */
char *lykta_sentence_freshness (LyktaSession *session);
/* "As of 24 November 18:00" of one source; 0: never confirmed. (transfer full) */
char *lykta_sentence_as_of (const char *language, gint64 as_of, LyktaDate today);
/* What the preset of the public calendar is and that its address is not set. Static. */
const char *lykta_sentence_preset (void);

G_END_DECLS
