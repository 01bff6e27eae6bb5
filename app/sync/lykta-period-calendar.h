/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/lykta-content-reader.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_PERIOD_CALENDAR (lykta_period_calendar_get_type ())
G_DECLARE_FINAL_TYPE (LyktaPeriodCalendar, lykta_period_calendar, LYKTA, PERIOD_CALENDAR, GObject)

/* The calendar keeps the dates of a bounded stretch of days around today. This is the same calendar
 * for another period, long ago or far ahead: every activity is expanded once more into a store of
 * its own, in the folder for temporary files, which is removed with the object. One thread. */

/* TRUE when [@from, @to) (Unix seconds; @to 0: no end) begins and ends within what a store
 * refreshed at @now keeps. No end means: as far as it is kept. */
gboolean lykta_period_is_kept (gint64 now, gint64 from, gint64 to);

/* Reads every activity of @reader and expands it for [@from, @to). Errors: those of the store, and
 * G_FILE_ERROR when no temporary folder can be made. (transfer full) */
LyktaPeriodCalendar *
lykta_period_calendar_new (LyktaContentReader *reader, gint64 from, gint64 to, GError **error);
/* Borrowed. */
LyktaContentReader *lykta_period_calendar_get_reader (LyktaPeriodCalendar *self);

G_END_DECLS
