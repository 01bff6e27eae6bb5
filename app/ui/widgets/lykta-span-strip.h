/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/lykta-session.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_SPAN_STRIP (lykta_span_strip_get_type ())
G_DECLARE_FINAL_TYPE (LyktaSpanStrip, lykta_span_strip, LYKTA, SPAN_STRIP, AdwBin)

/* Which days the list shows, as chips in one row that is drawn sideways: all, today, tomorrow, this
 * week, the weekend, and one that opens the month. It shows and changes the session's list. */
void lykta_span_strip_set_session (LyktaSpanStrip *self, LyktaSession *session);
/* Puts the numbers on the chips. */
void lykta_span_strip_set_counts (LyktaSpanStrip *self, const LyktaFacets *facets);

G_END_DECLS
