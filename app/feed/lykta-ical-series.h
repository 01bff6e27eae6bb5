/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feed/lykta-ical-event.h"
#include "feed/lykta-recurrence.h"

G_BEGIN_DECLS

/* One activity under way: the event that it begins with, and all that changes single dates of it.
 * Used once, by one thread. */
typedef struct _LyktaIcalSeries LyktaIcalSeries;

/* Takes what is needed of @event (times read) as the master. NULL when it must not be shown; @code
 * (out, static) and @error say why. @budget: how many steps of rules the file may still take for
 * dates that are written out one by one (EXRULE, THISANDFUTURE). */
LyktaIcalSeries *
lykta_ical_series_new (LyktaIcalEvent *event, guint *budget, const char **code, GError **error);
void lykta_ical_series_free (LyktaIcalSeries *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaIcalSeries, lykta_ical_series_free)
/* A RECURRENCE-ID event (times read). FALSE when it cannot be used. */
gboolean lykta_ical_series_add_override (LyktaIcalSeries *self,
                                         LyktaIcalEvent *event,
                                         const char **code,
                                         GError **error);
/* Another event of the same UID that only says a further date. */
gboolean lykta_ical_series_add_date (LyktaIcalSeries *self,
                                     LyktaIcalEvent *event,
                                     const char **code,
                                     GError **error);
gboolean lykta_ical_series_is_recurring (LyktaIcalSeries *self);
gint64 lykta_ical_series_get_start (LyktaIcalSeries *self);
/* Wall-clock seconds of the master's start and its zone, for values of overrides. */
gint64 lykta_ical_series_get_wall (LyktaIcalSeries *self);
LyktaZone *lykta_ical_series_get_zone (LyktaIcalSeries *self);
/* (transfer full) */
LyktaActivity *lykta_ical_series_end (LyktaIcalSeries *self);

G_END_DECLS
