/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/lykta-civil-time.h"

G_BEGIN_DECLS

/* Dates and times as people read them: Stockholm time, Gregorian calendar, 24-hour clock, in the
 * language of tag @language, with Latin digits. Each result is UTF-8 and (transfer full). Any
 * thread. */

/* Heading of a day in a list, relative when near: "Today, Tuesday 24 November". */
char *lykta_format_day_heading (const char *language, LyktaDate date, LyktaDate today);
/* "today", "tomorrow", "yesterday", "in 3 days"; NULL when farther than a week away. */
char *lykta_format_relative_day (const char *language, LyktaDate date, LyktaDate today);
/* "Tuesday 24 November 2026"; the year is left out when it is @today's (pass {0} to keep it). */
char *lykta_format_long_date (const char *language, LyktaDate date, LyktaDate today);
/* "Tue 24 Nov" for narrow places. */
char *lykta_format_short_date (const char *language, LyktaDate date);
/* Numeric date for forms, as that language writes it ("2026-11-24" in Swedish). */
char *lykta_format_numeric_date (const char *language, LyktaDate date);
/* "18:00"; between isolates in a right-to-left language. */
char *lykta_format_time (const char *language, gint64 moment);
/* "18:00–20:00", "18:00–24:00"; with both days when it ends after midnight; the time alone when
 * @end is not after @start. The times stay left to right in any script. */
char *lykta_format_time_range (const char *language, gint64 start, gint64 end);
/* "24 November – 15 December 2026"; @to unset gives "from 24 November 2026" in that language. */
char *lykta_format_date_range (const char *language, LyktaDate from, LyktaDate to);
/* Name of an ISO weekday (1 Monday … 7 Sunday) in the form that stands alone, with a capital letter
 * only where the language writes one inside a sentence ("måndag", "Monday"). */
char *lykta_format_weekday (const char *language, int weekday);
/* The same in a letter or two, for the head of a column ("M"). */
char *lykta_format_weekday_narrow (const char *language, int weekday);
/* "November 2026", as a heading. */
char *lykta_format_month (const char *language, LyktaDate date);
/* "1 234", "12.5", in Swedish "12,5": @decimals (0-6) digits after the separator, thousands apart
 * by a space that does not break, because a dot or comma there means different things to readers.
 */
char *lykta_format_number (const char *language, double value, int decimals);
/* Distance for people: "800 m", "3.5 km", "42 km". @kilometres ≥ 0. */
char *lykta_format_distance (const char *language, double kilometres);
/* Amount of data for people, as telephone companies count it: "12 kB", from a tenth of a megabyte
 * on "0.4 MB", "23 MB". What is less than a kilobyte is one. */
char *lykta_format_bytes (const char *language, guint64 bytes);

G_END_DECLS
