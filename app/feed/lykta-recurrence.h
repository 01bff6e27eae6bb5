/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/lykta-civil-time.h"

G_BEGIN_DECLS

/* One RRULE, understood. Times here are wall-clock seconds: day number × 86400 + second of the day,
 * in whatever zone the series lives. */
typedef enum {
  LYKTA_FREQUENCY_DAILY,
  LYKTA_FREQUENCY_WEEKLY,
  LYKTA_FREQUENCY_MONTHLY,
  LYKTA_FREQUENCY_YEARLY,
} LyktaFrequency;

#define LYKTA_RULE_MAX_DAYS      64
#define LYKTA_RULE_MAX_POSITIONS 32

typedef struct {
  gint8 nth;     /* 0: every; -1: the last */
  gint8 weekday; /* ISO, 1 Monday */
} LyktaRuleDay;

typedef struct {
  LyktaFrequency frequency;
  guint interval;
  guint count; /* 0: no limit */
  gboolean has_until;
  gboolean is_until_date; /* no time of day */
  gboolean is_until_utc;
  gint64 until;       /* wall-clock seconds as written */
  guint16 months;     /* bit 1-12; 0: not given */
  guint32 month_days; /* bit 1-31 */
  guint32 last_days;  /* bit n: n-th last day of the month */
  guint n_days;
  LyktaRuleDay days[LYKTA_RULE_MAX_DAYS];
  guint n_positions;
  gint16 positions[LYKTA_RULE_MAX_POSITIONS];
  int week_start;     /* ISO weekday */
  guint64 weeks;      /* BYWEEKNO, bit 1-53 */
  guint64 last_weeks; /* bit n: n-th last week of the year */
  gboolean has_year_days;
  guint64 year_days[6]; /* BYYEARDAY, bit 1-366 */
  guint64 last_year_days[6];
  guint32 hours;   /* BYHOUR, bit 0-23; 0: that of the start; so too for the others */
  guint64 minutes; /* BYMINUTE, bit 0-59 */
  guint64 seconds; /* BYSECOND, bit 0-59 */
} LyktaRule;

/* Reads an RRULE value. FALSE with LYKTA_FEED_ERROR_UNSUPPORTED for rules that are no activity's
 * (every second, every hour, other calendars) or LYKTA_FEED_ERROR_INVALID. Never looks at dates. */
gboolean lykta_rule_parse (const char *text, LyktaRule *rule, GError **error);
/* FALSE when the rule hits no day at all after @start ("30 February"), found in bounded time. */
gboolean lykta_rule_is_possible (const LyktaRule *rule, gint64 start);
/* @text in the spelling that schedules keep: upper case, no blanks, no empty or private parts.
 * (transfer full) */
char *lykta_rule_normalise (const char *text);

/* Return FALSE to stop. */
typedef gboolean (*LyktaRuleFunc) (gint64 wall, gpointer user_data);
/* Gives each date of the rule from @start on that lies in [@from, @to), in order. @until: last
 * allowed wall-clock second (G_MAXINT64: none), because only the caller knows the zone.
 * @steps: how many steps are left, counted down; at 0 it fails with LYKTA_FEED_ERROR_LIMIT. */
gboolean lykta_rule_expand (const LyktaRule *rule,
                            gint64 start,
                            gint64 from,
                            gint64 to,
                            gint64 until,
                            guint *steps,
                            LyktaRuleFunc func,
                            gpointer user_data,
                            GError **error);
/* Makes libical quiet: it neither aborts nor writes to standard error. Called before any other use
 * of libical. Any thread, any number of times. */
void lykta_libical_init (void);

G_END_DECLS
