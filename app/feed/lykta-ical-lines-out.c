/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-ical-lines-out.h"

#include <string.h>

#define LINE_BYTES  75
#define DAY_SECONDS 86400

void
lykta_ical_writer_init (LyktaIcalWriter *self, GString *out)
{
  g_return_if_fail (self != NULL && out != NULL);
  self->out = out;
  self->line = g_string_sized_new (1024);
}

void
lykta_ical_writer_clear (LyktaIcalWriter *self)
{
  g_return_if_fail (self != NULL);
  if (self->line != NULL)
    g_string_free (self->line, TRUE);
  self->line = NULL;
}

void
lykta_ical_writer_begin (LyktaIcalWriter *self, const char *name)
{
  g_string_assign (self->line, name);
}

static void
flush (LyktaIcalWriter *self)
{
  const char *p = self->line->str;
  gsize rest = self->line->len, room = LINE_BYTES;

  while (rest > room) {
    gsize n = room;
    while (n > 0 && ((guint8)p[n] & 0xc0) == 0x80)
      n--;
    g_string_append_len (self->out, p, (gssize)n);
    g_string_append (self->out, "\r\n ");
    p += n;
    rest -= n;
    room = LINE_BYTES - 1;
  }
  g_string_append_len (self->out, p, (gssize)rest);
  g_string_append (self->out, "\r\n");
}

void
lykta_ical_writer_parameter (LyktaIcalWriter *self, const char *name, const char *value)
{
  gboolean is_quoted;

  if (value == NULL)
    return;
  is_quoted = strpbrk (value, ":;,") != NULL;
  g_string_append_printf (self->line, ";%s=%s", name, is_quoted ? "\"" : "");
  for (const char *p = value; *p != 0; p++) {
    switch (*p) {
    case '^':
      g_string_append (self->line, "^^");
      break;
    case '\n':
      g_string_append (self->line, "^n");
      break;
    case '"':
      g_string_append (self->line, "^'");
      break;
    default:
      g_string_append_c (self->line, *p);
      break;
    }
  }
  if (is_quoted)
    g_string_append_c (self->line, '"');
}

void
lykta_ical_writer_escape (GString *into, const char *text)
{
  for (const char *p = text; *p != 0; p++) {
    if (*p == '\n')
      g_string_append (into, "\\n");
    else {
      if (*p == '\\' || *p == ';' || *p == ',')
        g_string_append_c (into, '\\');
      g_string_append_c (into, *p);
    }
  }
}

void
lykta_ical_writer_raw (LyktaIcalWriter *self, const char *value)
{
  g_string_append_c (self->line, ':');
  g_string_append (self->line, value);
  flush (self);
}

void
lykta_ical_writer_text (LyktaIcalWriter *self, const char *value)
{
  g_string_append_c (self->line, ':');
  lykta_ical_writer_escape (self->line, value);
  flush (self);
}

void
lykta_ical_writer_property (LyktaIcalWriter *self, const char *name, const char *value)
{
  if (value == NULL)
    return;
  lykta_ical_writer_begin (self, name);
  lykta_ical_writer_raw (self, value);
}

char *
lykta_ical_writer_wall (gint64 wall, gboolean is_date)
{
  int hour, minute, second;
  LyktaDate date = lykta_wall_to_date (wall, &hour, &minute, &second);

  if (is_date)
    return g_strdup_printf ("%04d%02d%02d", date.year, date.month, date.day);
  return g_strdup_printf ("%04d%02d%02dT%02d%02d%02d", date.year, date.month, date.day, hour,
                          minute, second);
}

gboolean
lykta_ical_writer_is_local (LyktaZone *zone, gint64 moment, gboolean is_date)
{
  gint64 wall = lykta_zone_to_wall (zone, moment);

  return lykta_zone_to_moment (zone, wall) == moment && (!is_date || wall % DAY_SECONDS == 0);
}

gboolean
lykta_ical_writer_moment (LyktaIcalWriter *self, LyktaZone *zone, gint64 moment, gboolean is_date)
{
  gboolean is_local = lykta_ical_writer_is_local (zone, moment, is_date);
  gboolean is_utc = !is_local || g_str_equal (lykta_zone_get_id (zone), "UTC");
  g_autofree char *value = NULL;

  value = lykta_ical_writer_wall (is_local ? lykta_zone_to_wall (zone, moment) : moment,
                                  is_local && is_date);
  if (is_local && is_date)
    lykta_ical_writer_parameter (self, "VALUE", "DATE");
  else if (!is_utc)
    lykta_ical_writer_parameter (self, "TZID", lykta_zone_get_id (zone));
  g_string_append_printf (self->line, ":%s%s", value, is_utc && !(is_local && is_date) ? "Z" : "");
  flush (self);
  return is_local;
}
