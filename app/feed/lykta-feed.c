/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-feed.h"

G_DEFINE_QUARK (lykta - feed - error - quark, lykta_feed_error)

/* Bytes of @head as ASCII, one per character, whatever the encoding's width: enough to recognise
 * the keywords that a format begins with. */
static gsize
squeeze (const guint8 *head, gsize n, char *out, gsize size)
{
  gsize length = 0;

  for (gsize i = 0; i < n && length + 1 < size; i++) {
    if (head[i] != 0 && head[i] < 0x80)
      out[length++] = g_ascii_toupper ((char)head[i]);
  }
  out[length] = 0;
  return length;
}

LyktaFormat
lykta_feed_sniff (const guint8 *head, gsize n)
{
  char text[1025];
  const char *p = text;

  g_return_val_if_fail (head != NULL || n == 0, LYKTA_FORMAT_AUTO);
  squeeze (head, n, text, sizeof text);
  while (g_ascii_isspace (*p))
    p++;
  if (g_str_has_prefix (p, "BEGIN:VCALENDAR") || g_str_has_prefix (p, "BEGIN:VEVENT"))
    return LYKTA_FORMAT_ICALENDAR;
  /* Something stands before the calendar, a stray line or a mail header; never in a web page or
   * JSON, whose text may well speak of calendars. */
  p = *p == '<' || *p == '{' || *p == '[' ? NULL : strstr (p, "\nBEGIN:VCALENDAR");
  return p != NULL ? LYKTA_FORMAT_ICALENDAR : LYKTA_FORMAT_AUTO;
}
