/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificate/lykta-certificate-rules.h"
#include "model/lykta-card.h"
#include "sync/lykta-sync-report.h"

G_BEGIN_DECLS

/* What lyktactl says to people, in the language of the process. Static strings unless said. */

/* NULL when there is nothing to say: the date takes place as planned. */
const char *lykta_words_status (LyktaStatus status);
/* The same for a date, which may also be gone from its source's calendar. */
const char *lykta_words_date (const LyktaOccurrence *date);
/* "Library, Stockholm (3.5 km)" of what is known. (transfer full) */
char *lykta_words_place_line (const LyktaCardFields *card, const char *language);
/* Why a source could not be refreshed, and what to do. */
const char *lykta_words_failure (LyktaSyncFailure failure);
/* Why it was left alone. */
const char *lykta_words_reason (LyktaSyncReason reason);
/* What the preset is. @has_address: somebody has set it. */
const char *lykta_words_preset (gboolean has_address);
/* Why a certificate is refused. */
const char *lykta_words_problem (LyktaCertificateProblemCode code);
/* A moment for people, or a word for never. (transfer full) */
char *lykta_words_moment (const char *language, gint64 moment);

G_END_DECLS
