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

/* Objects or lists of them, by the words in their beginning. */
static LyktaFormat
sniff_json (const char *text)
{
  const char *p = text + 1;

  while (g_ascii_isspace (*p))
    p++;
  if (*text == '[' && (*p == ']' || *p == 0))
    return *p == ']' ? LYKTA_FORMAT_JSONLD : LYKTA_FORMAT_AUTO;
  if (strstr (text, "\"MODIFIED_GMT\"") != NULL && strstr (text, "\"PATH\"") != NULL)
    return LYKTA_FORMAT_INTEGREAT;
  if (strstr (text, "\"@TYPE\"") != NULL || strstr (text, "\"@CONTEXT\"") != NULL ||
      strstr (text, "\"@GRAPH\"") != NULL || strstr (text, "SCHEMA.ORG") != NULL)
    return LYKTA_FORMAT_JSONLD;
  return LYKTA_FORMAT_AUTO;
}

LyktaFormat
lykta_feed_sniff (const guint8 *head, gsize n)
{
  g_autofree char *text = g_malloc (n + 1);
  const char *p = text;

  g_return_val_if_fail (head != NULL || n == 0, LYKTA_FORMAT_AUTO);
  squeeze (head, n, text, n + 1);
  while (g_ascii_isspace (*p))
    p++;
  if (g_str_has_prefix (p, "BEGIN:VCALENDAR") || g_str_has_prefix (p, "BEGIN:VEVENT"))
    return LYKTA_FORMAT_ICALENDAR;
  if (*p == '{' || *p == '[')
    return sniff_json (p);
  if (*p == '<')
    return strstr (p, "APPLICATION/LD+JSON") != NULL ? LYKTA_FORMAT_JSONLD : LYKTA_FORMAT_AUTO;
  /* Something stands before the calendar, a stray line or a mail header; never in a web page or
   * JSON, whose text may well speak of calendars. */
  p = strstr (p, "\nBEGIN:VCALENDAR");
  return p != NULL ? LYKTA_FORMAT_ICALENDAR : LYKTA_FORMAT_AUTO;
}
