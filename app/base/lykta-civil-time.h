/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A day of the Gregorian calendar, without a time zone. All zero means "not known". */
typedef struct {
  gint16 year;
  guint8 month; /* 1-12 */
  guint8 day;   /* 1-31 */
} LyktaDate;

/* The zone that Swedish activities live in (IANA "Europe/Stockholm"); borrowed, never freed. */
GTimeZone *lykta_stockholm (void);

gboolean lykta_date_is_set (LyktaDate date);
/* Reads "YYYY-MM-DD"; FALSE leaves @date all zero. */
gboolean lykta_date_parse (const char *text, LyktaDate *date);
/* "YYYY-MM-DD". (transfer full) */
char *lykta_date_to_string (LyktaDate date);
/* <0, 0, >0 like strcmp. */
int lykta_date_compare (LyktaDate a, LyktaDate b);
/* Days since 1970-01-01 (may be negative), and back. */
gint32 lykta_date_to_day_number (LyktaDate date);
LyktaDate lykta_date_from_day_number (gint32 day_number);
LyktaDate lykta_date_add_days (LyktaDate date, gint32 days);
/* Adds calendar months and stays inside the month: 30 November + 3 = 28 or 29 February. */
LyktaDate lykta_date_add_months (LyktaDate date, gint32 months);
/* ISO weekday: 1 Monday … 7 Sunday. */
int lykta_date_weekday (LyktaDate date);

/* The Stockholm day in which the moment @unix_seconds lies. */
LyktaDate lykta_date_of_moment (gint64 unix_seconds);
/* The first moment of that day in Stockholm, in Unix seconds. */
gint64 lykta_date_start (LyktaDate date);
/* Stockholm wall clock at a moment; any out pointer may be NULL. */
void
lykta_moment_to_wall (gint64 unix_seconds, LyktaDate *date, int *hour, int *minute, int *second);
/* A wall-clock time in @zone as Unix seconds. In the hour that does not exist (spring) the time is
 * moved forward by the gap, in the hour that exists twice (autumn) the first one is meant, as
 * RFC 5545 3.3.5 asks. */
gint64 lykta_wall_to_moment (GTimeZone *zone, LyktaDate date, int hour, int minute, int second);
/* RFC 3339 with the Stockholm offset, "2026-11-24T18:00:00+01:00". (transfer full) */
char *lykta_moment_to_rfc3339 (gint64 unix_seconds);
/* RFC 3339 in UTC, "2026-11-24T17:00:00Z": for storage and HTTP-like uses. (transfer full) */
char *lykta_moment_to_rfc3339_utc (gint64 unix_seconds);

G_END_DECLS
