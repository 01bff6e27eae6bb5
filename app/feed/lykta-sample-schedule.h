/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feed/lykta-sample-table.h"
#include "model/lykta-place.h"
#include "model/lykta-schedule.h"

G_BEGIN_DECLS

/* What single dates of a series may have of their own. Everything is borrowed and may be NULL. */
typedef struct {
  LyktaPlace *elsewhere;
  const char *online_url;
  GHashTable *titles; /* word of "changes" ("theme-food") → LyktaTexts */
} LyktaSampleExtras;

/* The schedule of one row of activities.tsv, counted from @now. Columns:
 *   pattern   weekly, fortnightly, monthly, once, or alternating
 *   days      "MO TH"; monthly: "2TU" (second Tuesday); once: one weekday
 *   time      "18:00"; empty: the whole day
 *   minutes   how long
 *   first     week of the first date, counted from the week of @now: -6, 0, 3
 *   weeks     how many dates on each weekday; empty: no end
 *   pause     "school": not in school holidays
 *   changes   "cancelled:1 moved:2 elsewhere:3 online:4 theme-food:5": what is different on the
 *             first weekday of the nth week from now
 * Alternating: every date has a morning (time) and an afternoon (time2); women and men take turns,
 * so that one parent can be with the children. (transfer full) */
LyktaSchedule *lykta_sample_schedule_new (LyktaSampleTable *activities,
                                          guint row,
                                          gint64 now,
                                          const LyktaSampleExtras *extras,
                                          GError **error);
/* Monday of the week of @now in Stockholm: what the dates of the sample are counted from. */
LyktaDate lykta_sample_monday (gint64 now);
/* TRUE in the autumn, Christmas, winter, Easter and summer holidays that a term leaves free. */
gboolean lykta_sample_is_school_holiday (LyktaDate date);

G_END_DECLS
