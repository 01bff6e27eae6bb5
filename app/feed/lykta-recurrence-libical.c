/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-recurrence.h"

#include <libical/ical.h>

#include "base/lykta-limits.h"
#include "feed/lykta-feed.h"

#define DAY_SECONDS 86400

void
lykta_libical_init (void)
{
  static gsize is_done = 0;

  if (g_once_init_enter (&is_done)) {
    icalerror_set_errors_are_fatal (0);
    for (int kind = ICAL_BADARG_ERROR; kind <= ICAL_UNKNOWN_ERROR; kind++)
      icalerror_set_error_state ((icalerrorenum)kind, ICAL_ERROR_NONFATAL);
    ical_set_unknown_token_handling_setting (ICAL_DISCARD_TOKEN);
    g_once_init_leave (&is_done, 1);
  }
}

static struct icaltimetype
to_icaltime (gint64 wall)
{
  struct icaltimetype time = icaltime_null_time ();
  gint64 day = wall / DAY_SECONDS - (wall % DAY_SECONDS < 0);
  gint64 second = wall - day * DAY_SECONDS;
  LyktaDate date = lykta_date_from_day_number ((gint32)day);

  time.year = date.year;
  time.month = date.month;
  time.day = date.day;
  time.hour = (int)(second / 3600);
  time.minute = (int)(second / 60 % 60);
  time.second = (int)(second % 60);
  return time;
}

static gint64
from_icaltime (struct icaltimetype time)
{
  LyktaDate date = {(gint16)time.year, (guint8)time.month, (guint8)time.day};

  return (gint64)lykta_date_to_day_number (date) * DAY_SECONDS + time.hour * 3600 +
         time.minute * 60 + time.second;
}

/* Any number of dates that libical is allowed to look for, so its own search always ends: parse has
 * let through only rules that hit a day within a few years. */
gboolean
lykta_rule_expand_libical (const LyktaRule *rule,
                           gint64 start,
                           gint64 from,
                           gint64 to,
                           gint64 until,
                           guint *steps,
                           LyktaRuleFunc func,
                           gpointer user_data,
                           GError **error)
{
  struct icalrecurrencetype recurrence;
  icalrecur_iterator *iterator;
  struct icaltimetype time;
  gboolean is_ok = TRUE;

  g_return_val_if_fail (rule != NULL && steps != NULL && func != NULL, FALSE);
  lykta_libical_init ();
  recurrence = icalrecurrencetype_from_string (rule->text);
  /* The caller's limit is the right one: it knows the zone. */
  recurrence.until = icaltime_null_time ();
  iterator = recurrence.freq != ICAL_NO_RECURRENCE
                 ? icalrecur_iterator_new (recurrence, to_icaltime (start))
                 : NULL;
  if (iterator == NULL) {
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                 "the rule “%.100s” cannot be followed", rule->text);
    return FALSE;
  }
  for (time = icalrecur_iterator_next (iterator); !icaltime_is_null_time (time);
       time = icalrecur_iterator_next (iterator)) {
    gint64 wall = from_icaltime (time);
    if (wall >= to || wall > until)
      break;
    if (*steps == 0) {
      g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_LIMIT,
                   "a rule needs more than %d steps", LYKTA_LIMIT_RECURRENCE_STEPS);
      is_ok = FALSE;
      break;
    }
    (*steps)--;
    if (wall >= from && !func (wall, user_data))
      break;
  }
  icalrecur_iterator_free (iterator);
  return is_ok;
}
