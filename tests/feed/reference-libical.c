/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "reference-libical.h"

#include <libical/ical.h>

#include "feed/lykta-recurrence.h"
#include "feed/lykta-zone.h"

#define DAY_SECONDS 86400

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

gboolean
reference_expand (const char *text, gint64 start, gint64 to, GArray *dates)
{
  struct icalrecurrencetype recurrence;
  icalrecur_iterator *iterator;
  struct icaltimetype time;

  lykta_libical_init ();
  recurrence = icalrecurrencetype_from_string (text);
  iterator = recurrence.freq != ICAL_NO_RECURRENCE
                 ? icalrecur_iterator_new (recurrence, to_icaltime (start))
                 : NULL;
  if (iterator == NULL)
    return FALSE;
  for (time = icalrecur_iterator_next (iterator); !icaltime_is_null_time (time);
       time = icalrecur_iterator_next (iterator)) {
    gint64 wall = from_icaltime (time);
    if (wall >= to)
      break;
    g_array_append_val (dates, wall);
  }
  icalrecur_iterator_free (iterator);
  return TRUE;
}
