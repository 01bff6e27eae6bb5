/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "model/lykta-enums.h"
#include "model/lykta-place.h"

G_BEGIN_DECLS

/* One table for all formats; it is written down in app/feed/ICALENDAR.md. */

/* What a category word, or all of them together, say. Several may be set. */
typedef struct {
  LyktaPurposes purposes;
  LyktaPurposes primary; /* of several words: what the first one says */
  LyktaAudience audience;
  LyktaBooking booking;
  LyktaAttendance attendance;
  LyktaLevels levels;
  guint is_childcare : 1;
  guint is_children : 1;
  guint is_free : 1;
  guint is_step_free : 1;
  guint is_tia : 1;
} LyktaIcalWord;
/* NULL when the word says nothing that we know. Static. */
const LyktaIcalWord *lykta_ical_word_find (const char *category);
/* What the words of a title say for certain, in Swedish or English. */
LyktaPurposes lykta_ical_words_purposes (const char *title);
LyktaAudience lykta_ical_words_audience (const char *title);

/* "Name, Street 4, 753 10 Town" in any selection, name first, town last; NULL when @text is no
 * place ("Zoom", an address of the web). (transfer full) */
LyktaPlace *lykta_place_from_text (const char *text);

G_END_DECLS
