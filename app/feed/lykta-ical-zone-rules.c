/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libical/ical.h>

#include <string.h>

#include "feed/lykta-ical-zones.h"
#include "feed/lykta-recurrence.h"

#define MAX_OBSERVANCES 100
#define MAX_LINES       1000
/* The rules of long ago cost libical a step a year; programs write 1601 for “always”. */
#define FIRST_YEAR 1600

/* TRUE for a rule that libical can follow to its end at once: once a year, on a day that exists. */
static gboolean
is_yearly (const char *text)
{
  g_autofree char *normal = lykta_rule_normalise (text);
  LyktaRule rule;

  return lykta_rule_parse (normal, &rule, NULL) && rule.frequency == LYKTA_FREQUENCY_YEARLY &&
         rule.hours == 0 && rule.minutes == 0 && rule.seconds == 0 && rule.n_positions == 0 &&
         !rule.has_year_days && rule.weeks == 0 && rule.last_weeks == 0 && rule.n_days <= 7 &&
         rule.months != 0 && lykta_rule_is_possible (&rule, 0);
}

static gboolean
is_sound (const char *name, const char *value)
{
  gsize n = strlen (value);

  if (strcmp (name, "RRULE") == 0)
    return is_yearly (value);
  if (strcmp (name, "DTSTART") == 0)
    return n >= 15 && strspn (value, "0123456789TZ") == n &&
           g_ascii_strtoll (value, NULL, 10) / 10000 >= FIRST_YEAR;
  if (strcmp (name, "TZOFFSETFROM") == 0 || strcmp (name, "TZOFFSETTO") == 0)
    return n >= 5 && n <= 7 && strchr ("+-", *value) != NULL &&
           strspn (value + 1, "0123456789") == n - 1;
  return FALSE;
}

/* The VTIMEZONE again, with nothing in it but what was looked at. NULL when something is wrong. */
static char *
clean_text (LyktaIcalComponent *component)
{
  g_autoptr (GString) out = g_string_new ("BEGIN:VTIMEZONE\r\nTZID:Custom\r\n");
  guint n = lykta_ical_component_get_n (component), child = 0;

  if (n > MAX_LINES || lykta_ical_component_get_n_children (component) > MAX_OBSERVANCES)
    return NULL;
  for (guint i = 0; i <= n; i++) {
    const LyktaIcalProperty *property = i < n ? lykta_ical_component_get_nth (component, i) : NULL;
    guint next = property != NULL ? property->child : 0;
    if (next != child) {
      if (child != 0)
        g_string_append (out, lykta_ical_component_get_child_kind (component, child) ==
                                      LYKTA_ICAL_CHILD_DAYLIGHT
                                  ? "END:DAYLIGHT\r\n"
                                  : "END:STANDARD\r\n");
      if (next != 0)
        g_string_append (out, lykta_ical_component_get_child_kind (component, next) ==
                                      LYKTA_ICAL_CHILD_DAYLIGHT
                                  ? "BEGIN:DAYLIGHT\r\n"
                                  : "BEGIN:STANDARD\r\n");
      child = next;
    }
    if (property == NULL || child == 0)
      continue;
    if (strcmp (property->spelling, "RDATE") == 0) {
      if (strlen (property->value) < 2000 &&
          strspn (property->value, "0123456789TZ,") == strlen (property->value))
        g_string_append_printf (out, "RDATE:%s\r\n", property->value);
    } else if (strcmp (property->spelling, "RRULE") == 0 ||
               strcmp (property->spelling, "DTSTART") == 0 ||
               g_str_has_prefix (property->spelling, "TZOFFSET")) {
      g_autofree char *value = lykta_rule_normalise (property->value);
      if (!is_sound (property->spelling, value))
        return NULL;
      g_string_append_printf (out, "%s:%s\r\n", property->spelling, value);
    }
  }
  g_string_append (out, "END:VTIMEZONE\r\n");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

gboolean
lykta_ical_zone_offsets (LyktaIcalComponent *component,
                         const gint64 *moments,
                         guint n,
                         gint32 *offsets)
{
  g_autofree char *text = NULL;
  icalcomponent *parsed;
  icaltimezone *zone;

  g_return_val_if_fail (component != NULL && moments != NULL && offsets != NULL, FALSE);
  lykta_libical_init ();
  text = clean_text (component);
  if (text == NULL || strstr (text, "DTSTART") == NULL || strstr (text, "TZOFFSETTO") == NULL)
    return FALSE;
  parsed = icalparser_parse_string (text);
  if (parsed == NULL)
    return FALSE;
  zone = icaltimezone_new ();
  /* On success the zone owns the component. */
  if (icalcomponent_isa (parsed) != ICAL_VTIMEZONE_COMPONENT ||
      !icaltimezone_set_component (zone, parsed)) {
    icalcomponent_free (parsed);
    icaltimezone_free (zone, 1);
    return FALSE;
  }
  for (guint i = 0; i < n; i++) {
    int hour, minute, second, is_daylight;
    LyktaDate date = lykta_wall_to_date (moments[i], &hour, &minute, &second);
    struct icaltimetype time = icaltime_null_time ();
    time.year = date.year;
    time.month = date.month;
    time.day = date.day;
    time.hour = hour;
    time.minute = minute;
    time.second = second;
    time.zone = icaltimezone_get_utc_timezone ();
    offsets[i] = icaltimezone_get_utc_offset_of_utc_time (zone, &time, &is_daylight);
  }
  icaltimezone_free (zone, 1);
  return TRUE;
}
