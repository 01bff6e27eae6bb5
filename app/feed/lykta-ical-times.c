/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "feed/lykta-feed.h"
#include "feed/lykta-ical-event.h"

#define DAY_SECONDS  86400
#define MAX_DURATION (400 * (gint64)DAY_SECONDS)

void
lykta_ical_event_warn (LyktaIcalEvent *self,
                       const LyktaIcalProperty *property,
                       const char *code,
                       const char *format,
                       ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  lykta_feed_report_add (self->report, LYKTA_FEED_WARNING, code,
                         property != NULL ? property->line
                                          : lykta_ical_component_get_line (self->component),
                         self->uid, message);
}

void
lykta_ical_event_note (LyktaIcalEvent *self,
                       const LyktaIcalProperty *property,
                       const char *code,
                       const char *format,
                       ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  lykta_feed_report_add (self->report, LYKTA_FEED_NOTE, code,
                         property != NULL ? property->line
                                          : lykta_ical_component_get_line (self->component),
                         self->uid, message);
}

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

gboolean
lykta_ical_parse_time (const char *text, LyktaIcalTime *time)
{
  const char *p = text;
  int year, month, day, hour = 0, minute = 0, second = 0;

  g_return_val_if_fail (text != NULL && time != NULL, FALSE);
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
  time->is_date = *p != 'T' && *p != 't';
  time->is_utc = FALSE;
  if (!time->is_date) {
    p++;
    hour = take_digits (&p, 2);
    p += *p == ':';
    minute = take_digits (&p, 2);
    p += *p == ':';
    second = g_ascii_isdigit (*p) ? take_digits (&p, 2) : 0;
    time->is_utc = *p == 'Z' || *p == 'z';
    p += time->is_utc;
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60 ||
        (hour == 24 && minute + second > 0))
      return FALSE;
  }
  while (g_ascii_isspace (*p))
    p++;
  time->wall = lykta_wall_from_date ((LyktaDate){(gint16)year, (guint8)month, (guint8)day}, hour,
                                     minute, MIN (second, 59));
  return *p == 0;
}

gboolean
lykta_ical_parse_duration (const char *text, gint64 *seconds)
{
  const char *p = text;
  gint64 total = 0;
  gboolean is_time = FALSE, is_negative;

  g_return_val_if_fail (text != NULL && seconds != NULL, FALSE);
  is_negative = *p == '-';
  p += *p == '-' || *p == '+';
  if (g_ascii_toupper (*p++) != 'P')
    return FALSE;
  for (; *p != 0; p++) {
    gint64 number = 0;
    const char *digits = p;
    if (g_ascii_toupper (*p) == 'T') {
      is_time = TRUE;
      continue;
    }
    while (g_ascii_isdigit (*p) && p - digits < 9)
      number = number * 10 + (*p++ - '0');
    if (p == digits)
      return g_ascii_isspace (*p) && total >= 0;
    switch (g_ascii_toupper (*p)) {
    case 'W':
      total += number * 7 * DAY_SECONDS;
      break;
    case 'D':
      total += number * DAY_SECONDS;
      break;
    case 'H':
      total += number * 3600;
      break;
    case 'M':
      if (!is_time)
        return FALSE;
      total += number * 60;
      break;
    case 'S':
      total += number;
      break;
    default:
      return FALSE;
    }
  }
  *seconds = is_negative ? -total : total;
  return TRUE;
}

/* The zone that @property's value is written in. */
static LyktaZone *
zone_of (LyktaIcalEvent *self, const LyktaIcalProperty *property, const LyktaIcalTime *time)
{
  const char *tzid = lykta_ical_component_get_parameter (self->component, property, "TZID");
  LyktaIcalZoneMatch match = LYKTA_ICAL_ZONE_KNOWN;
  LyktaZone *zone;

  if (time->is_utc)
    return lykta_ical_zones_get (self->zones, "UTC", 0, &match);
  if (tzid == NULL || *tzid == 0 || time->is_date)
    return lykta_ical_zones_get (self->zones, "Europe/Stockholm", 0, &match);
  zone = lykta_ical_zones_get (self->zones, tzid, time->wall, &match);
  if (match == LYKTA_ICAL_ZONE_UNKNOWN)
    lykta_ical_event_warn (
        self, property, "unknown-zone",
        "The time zone “%.60s” is not known and not described in the file; Europe/Stockholm was "
        "taken. Write TZID=Europe/Stockholm.",
        tzid);
  else if (match == LYKTA_ICAL_ZONE_ODD)
    lykta_ical_event_warn (
        self, property, "odd-zone",
        "The clocks of time zone “%.60s” go like those of no place; %s was taken, which is nearest. "
        "Write TZID=Europe/Stockholm.",
        tzid, lykta_zone_get_id (zone));
  else if (match == LYKTA_ICAL_ZONE_MATCHED)
    lykta_ical_event_note (self, property, "custom-zone", "The time zone “%.60s” was read as %s.",
                           tzid, lykta_zone_get_id (zone));
  return zone;
}

/* Reads the time of @property; a colon in an unquoted parameter may have cut it too early. */
static gboolean
read_time (const char *text, LyktaIcalTime *time)
{
  const char *colon = strrchr (text, ':');

  return lykta_ical_parse_time (text, time) ||
         (colon != NULL && lykta_ical_parse_time (colon + 1, time));
}

gboolean
lykta_ical_event_read_moment (LyktaIcalEvent *self,
                              const LyktaIcalProperty *property,
                              const char *text,
                              LyktaZone *series_zone,
                              gint64 series_wall,
                              gint64 *moment)
{
  LyktaIcalTime time;

  if (!read_time (text, &time))
    return FALSE;
  if (time.is_date) {
    gint64 second = series_wall % DAY_SECONDS;
    *moment = lykta_zone_to_moment (series_zone,
                                    time.wall + (second < 0 ? second + DAY_SECONDS : second));
  } else if (!time.is_utc &&
             lykta_ical_component_get_parameter (self->component, property, "TZID") == NULL)
    *moment = lykta_zone_to_moment (series_zone, time.wall);
  else
    *moment = lykta_zone_to_moment (zone_of (self, property, &time), time.wall);
  return TRUE;
}

/* Wall-clock seconds from the start to the end as DTEND says it. */
static gboolean
read_end (LyktaIcalEvent *self, const LyktaIcalProperty *property, gint64 *duration)
{
  LyktaIcalTime time;
  gint64 end;

  if (!read_time (property->value, &time)) {
    lykta_ical_event_warn (self, property, "bad-end",
                           "The end “%.40s” is no date; it was left out.", property->value);
    return FALSE;
  }
  if (self->is_all_day != time.is_date) {
    lykta_ical_event_warn (
        self, property, "mixed-dates",
        "One of start and end has a time and the other has none; both should be of one kind.");
    if (self->is_all_day && (time.wall % DAY_SECONDS) != 0)
      time.wall += DAY_SECONDS;
  }
  if (self->is_all_day)
    end = time.wall - (time.wall % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS;
  else if (time.is_date)
    end = time.wall;
  else {
    LyktaZone *zone = zone_of (self, property, &time);
    end = zone == self->zone
              ? time.wall
              : lykta_zone_to_wall (self->zone, lykta_zone_to_moment (zone, time.wall));
  }
  *duration = end - self->wall;
  /* The same day as first and last: meant as one whole day, though DTEND is exclusive. */
  if (*duration < 0 || (*duration == 0 && self->is_all_day)) {
    if (*duration < 0)
      lykta_ical_event_warn (self, property, "end-before-start",
                             "The end lies before the start; it was left out.");
    return FALSE;
  }
  return TRUE;
}

static void
read_duration (LyktaIcalEvent *self)
{
  const LyktaIcalProperty *end = lykta_ical_component_find (self->component, LYKTA_ICAL_DTEND);
  const LyktaIcalProperty *length =
      lykta_ical_component_find (self->component, LYKTA_ICAL_DURATION);

  self->duration = self->is_all_day ? DAY_SECONDS : 0;
  if (end != NULL) {
    gint64 duration;
    if (read_end (self, end, &duration))
      self->duration = duration;
  } else if (length != NULL) {
    gint64 duration;
    if (!lykta_ical_parse_duration (length->value, &duration) || duration < 0)
      lykta_ical_event_warn (self, length, "bad-duration",
                             "The duration “%.40s” cannot be used; it was left out.",
                             length->value);
    else if (self->is_all_day)
      self->duration = MAX (1, (duration + DAY_SECONDS - 1) / DAY_SECONDS) * DAY_SECONDS;
    else
      self->duration = duration;
  }
  if (self->duration > MAX_DURATION)
    lykta_ical_event_note (self, end != NULL ? end : length, "very-long",
                           "The event lasts longer than a year.");
}

gboolean
lykta_ical_event_read_times (LyktaIcalEvent *self, const char **code, GError **error)
{
  const LyktaIcalProperty *start;
  const char *kind;
  LyktaIcalTime time;

  g_return_val_if_fail (self != NULL && code != NULL, FALSE);
  start = lykta_ical_component_find (self->component, LYKTA_ICAL_DTSTART);
  if (start == NULL) {
    *code = "no-start";
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                 "The event has no DTSTART and so no date; add one and it will be shown.");
    return FALSE;
  }
  if (!read_time (start->value, &time)) {
    *code = "bad-start";
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                 "The start “%.40s” is no date of the calendar; write it as 20261124T180000.",
                 start->value);
    return FALSE;
  }
  kind = lykta_ical_component_get_parameter (self->component, start, "VALUE");
  if (kind != NULL && g_ascii_strcasecmp (kind, "DATE") == 0 && !time.is_date) {
    lykta_ical_event_warn (self, start, "mixed-dates",
                           "The start says VALUE=DATE and has a time; the time was kept.");
  }
  self->is_all_day = time.is_date;
  self->wall = time.wall;
  self->zone = zone_of (self, start, &time);
  self->start = lykta_zone_to_moment (self->zone, self->wall);
  read_duration (self);
  return TRUE;
}

gint64
lykta_ical_event_read_modified (LyktaIcalEvent *self)
{
  static const LyktaIcalName names[] = {LYKTA_ICAL_LAST_MODIFIED, LYKTA_ICAL_CREATED};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const LyktaIcalProperty *property = lykta_ical_component_find (self->component, names[i]);
    LyktaIcalTime time;
    if (property == NULL || !read_time (property->value, &time))
      continue;
    /* Always UTC in the standard; those who write local time mean it. */
    return time.is_utc ? time.wall
                       : lykta_zone_to_moment (zone_of (self, property, &time), time.wall);
  }
  return 0;
}
