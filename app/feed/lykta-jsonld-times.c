/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "feed/lykta-ical-event.h"
#include "feed/lykta-jsonld-event.h"

#define DAY_SECONDS   ((gint64)86400)
#define MAX_DURATION  (400 * DAY_SECONDS)
#define LONG_DURATION (31 * DAY_SECONDS)
/* 1990 and 2100: numbers between them are seconds, a thousand times more milliseconds. */
#define EPOCH_MIN 631152000.0
#define EPOCH_MAX 4102444800.0

/* @n digits at *@p; -1 when there are fewer. */
static int
take_digits (const char **p, int n)
{
  int number = 0;

  for (int i = 0; i < n; i++, (*p)++) {
    if (!g_ascii_isdigit (**p))
      return -1;
    number = number * 10 + (**p - '0');
  }
  return number;
}

/* "18", "18:00", "18.00", "1800", "18:00:30.123". */
static gboolean
take_clock (const char **p, gint64 *seconds)
{
  int parts[3] = {0, 0, 0};

  for (int i = 0; i < 3; i++) {
    if (i > 0 && (**p == ':' || (**p == '.' && i == 1)))
      (*p)++;
    else if (i > 0 && !g_ascii_isdigit (**p))
      break;
    parts[i] = take_digits (p, 2);
    if (parts[i] < 0)
      return FALSE;
  }
  if (**p == '.' || **p == ',')
    for ((*p)++; g_ascii_isdigit (**p); (*p)++)
      ;
  *seconds = parts[0] * 3600 + parts[1] * 60 + MIN (parts[2], 59);
  return parts[0] <= 24 && parts[1] <= 59 && parts[2] <= 60 && *seconds <= DAY_SECONDS;
}

/* "Z", "+01:00", "+0100", "+01", "−01:00". */
static gboolean
take_offset (const char **p, int *offset, gboolean *has_offset)
{
  int sign;
  int hours;
  int minutes = 0;

  while (**p == ' ')
    (*p)++;
  if (**p == 'Z' || **p == 'z') {
    (*p)++;
    *has_offset = TRUE;
    return TRUE;
  }
  if (g_str_has_prefix (*p, "\xe2\x88\x92")) {
    sign = -1;
    *p += 3;
  } else if (**p == '+' || **p == '-') {
    sign = **p == '-' ? -1 : 1;
    (*p)++;
  } else
    return TRUE;
  hours = take_digits (p, 2);
  *p += **p == ':';
  if (g_ascii_isdigit (**p))
    minutes = take_digits (p, 2);
  *offset = sign * (hours * 3600 + minutes * 60);
  *has_offset = TRUE;
  return hours >= 0 && hours <= 14 && minutes >= 0 && minutes <= 59;
}

static gboolean
is_end (const char *p)
{
  while (g_ascii_isspace (*p))
    p++;
  return *p == 0;
}

gboolean
lykta_iso_time_parse (const char *text, LyktaIsoTime *time)
{
  const char *p = text;
  gint64 seconds = 0;
  int year, month, day;

  g_return_val_if_fail (text != NULL && time != NULL, FALSE);
  memset (time, 0, sizeof *time);
  while (g_ascii_isspace (*p))
    p++;
  year = take_digits (&p, 4);
  p += *p == '-';
  month = take_digits (&p, 2);
  p += *p == '-';
  day = take_digits (&p, 2);
  if (year < 1 || month < 1 || day < 1 ||
      !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return FALSE;
  time->is_date = TRUE;
  time->wall =
      lykta_wall_from_date ((LyktaDate){(gint16)year, (guint8)month, (guint8)day}, 0, 0, 0);
  if (is_end (p))
    return TRUE;
  if (*p != 'T' && *p != 't' && *p != ' ')
    return FALSE;
  for (p++; *p == ' ';)
    p++;
  if (!take_clock (&p, &seconds) || !take_offset (&p, &time->offset, &time->has_offset))
    return FALSE;
  time->is_date = FALSE;
  time->wall += seconds;
  return is_end (p);
}

gboolean
lykta_iso_clock_parse (const char *text, gint64 *seconds)
{
  const char *p = text;
  gboolean has_offset;
  int offset;

  g_return_val_if_fail (text != NULL && seconds != NULL, FALSE);
  while (g_ascii_isspace (*p) || *p == 'T')
    p++;
  return take_clock (&p, seconds) && take_offset (&p, &offset, &has_offset) && is_end (p) &&
         *seconds < DAY_SECONDS;
}

gint64
lykta_iso_time_to_moment (const LyktaIsoTime *time, LyktaZone *zone)
{
  return time->has_offset ? time->wall - time->offset : lykta_zone_to_moment (zone, time->wall);
}

gboolean
lykta_jsonld_time (LyktaJsonldEvent *self, JsonNode *node, LyktaIsoTime *time)
{
  const char *text = lykta_jsonld_string (node);
  double number;

  if (text != NULL && lykta_iso_time_parse (text, time))
    return TRUE;
  if (!lykta_jsonld_number (node, &number))
    return FALSE;
  if (number > EPOCH_MAX)
    number = floor (number / 1000);
  if (number < EPOCH_MIN || number > EPOCH_MAX)
    return FALSE;
  lykta_jsonld_note (self, "epoch-time", "A time is a number of seconds, not ISO 8601.");
  *time = (LyktaIsoTime){.wall = (gint64)number, .has_offset = TRUE};
  return TRUE;
}

gint64
lykta_jsonld_moment (LyktaJsonldEvent *self, JsonNode *node, LyktaZone *zone)
{
  LyktaIsoTime time;
  g_autoptr (LyktaZone) stockholm = zone == NULL ? lykta_zone_new (NULL) : NULL;

  if (node == NULL || !lykta_jsonld_time (self, node, &time))
    return 0;
  return lykta_iso_time_to_moment (&time, zone != NULL ? zone : stockholm);
}

void
lykta_jsonld_when_clear (LyktaJsonldWhen *self)
{
  g_clear_pointer (&self->zone, lykta_zone_unref);
}

/* endDate names the last day, not the day after it. */
static gint64
days_until (const LyktaJsonldWhen *when, const LyktaIsoTime *end)
{
  gint64 first = when->wall / DAY_SECONDS;
  gint64 last = end->wall / DAY_SECONDS;

  return (last - first + 1) * DAY_SECONDS;
}

static gint64
duration_until (LyktaJsonldEvent *self, const LyktaJsonldWhen *when, const LyktaIsoTime *end)
{
  if (when->is_all_day)
    return days_until (when, end);
  if (!end->is_date) {
    gint64 moment = lykta_iso_time_to_moment (end, when->zone);

    return lykta_zone_to_wall (when->zone, moment) - when->wall;
  }
  if (end->wall / DAY_SECONDS == when->wall / DAY_SECONDS) {
    lykta_jsonld_note (self, "no-end-time", "The end has no time of day; it is not known.");
    return 0;
  }
  return end->wall + DAY_SECONDS - when->wall;
}

static void
read_duration (LyktaJsonldEvent *self, JsonObject *object, LyktaJsonldWhen *when)
{
  JsonNode *end_node = lykta_jsonld_get (object, "endDate");
  const char *text = lykta_jsonld_get_string (object, "duration");
  LyktaIsoTime end;

  if (end_node != NULL && lykta_jsonld_time (self, end_node, &end)) {
    when->duration = duration_until (self, when, &end);
  } else if (text != NULL && lykta_ical_parse_duration (text, &when->duration)) {
    if (when->is_all_day)
      when->duration = MAX (1, (when->duration + DAY_SECONDS - 1) / DAY_SECONDS) * DAY_SECONDS;
  } else {
    if (end_node != NULL || text != NULL)
      lykta_jsonld_warn (self, "bad-end", "The end or duration cannot be read and was left out.");
    when->duration = when->is_all_day ? DAY_SECONDS : 0;
  }
  if (when->duration < 0) {
    lykta_jsonld_warn (self, "end-before-start", "The end lies before the start and was left out.");
    when->duration = when->is_all_day ? DAY_SECONDS : 0;
  } else if (when->duration > MAX_DURATION) {
    lykta_jsonld_warn (self, "too-long", "It lasts more than 400 days; only its start is shown.");
    when->duration = when->is_all_day ? DAY_SECONDS : 0;
  } else if (when->duration > LONG_DURATION && !when->is_all_day)
    lykta_jsonld_note (self, "long",
                       "It lasts more than a month without a pause; write eventSchedule for what "
                       "comes back.");
}

/* From midnight to a minute before midnight is how calendars without whole days say it. */
static void
recognise_whole_day (LyktaJsonldWhen *when)
{
  gint64 left = DAY_SECONDS - when->duration % DAY_SECONDS;

  if (when->is_all_day || when->wall % DAY_SECONDS != 0 || when->duration == 0 || left > 60 ||
      when->duration > LONG_DURATION)
    return;
  when->is_all_day = TRUE;
  when->duration += left;
}

gboolean
lykta_jsonld_read_when (LyktaJsonldEvent *self,
                        JsonObject *object,
                        const char *zone_id,
                        LyktaJsonldWhen *when)
{
  JsonNode *node = lykta_jsonld_get (object, "startDate");
  LyktaIsoTime start;

  if (node == NULL || !lykta_jsonld_time (self, node, &start))
    return FALSE;
  when->zone = lykta_zone_new (zone_id);
  if (when->zone == NULL)
    when->zone = lykta_zone_new (NULL);
  when->is_all_day = start.is_date;
  when->wall = start.has_offset
                   ? lykta_zone_to_wall (when->zone, lykta_iso_time_to_moment (&start, when->zone))
                   : start.wall;
  read_duration (self, object, when);
  recognise_whole_day (when);
  when->start = lykta_zone_to_moment (when->zone, when->wall);
  return TRUE;
}
