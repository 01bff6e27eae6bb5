/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-dav.h"

#include <string.h>

/* Every byte of these goes out with every refresh. */
#define HEAD      "<?xml version=\"1.0\"?>"
#define DAV       " xmlns=\"DAV:\""
#define CALDAV    " xmlns:c=\"urn:ietf:params:xml:ns:caldav\""
#define CALSERVER " xmlns:s=\"http://calendarserver.org/ns/\""

GBytes *
lykta_dav_ask_place (void)
{
  static const char text[] =
      HEAD "<propfind" DAV CALDAV CALSERVER
           "><prop><resourcetype/><displayname/><sync-token/><s:getctag/>"
           "<supported-report-set/><c:supported-calendar-component-set/><current-user-principal/>"
           "<c:calendar-home-set/></prop></propfind>";

  return g_bytes_new_static (text, sizeof text - 1);
}

GBytes *
lykta_dav_ask_calendars (void)
{
  static const char text[] = HEAD "<propfind" DAV CALDAV CALSERVER
                                  "><prop><resourcetype/><displayname/><sync-token/><s:getctag/>"
                                  "<c:supported-calendar-component-set/></prop></propfind>";

  return g_bytes_new_static (text, sizeof text - 1);
}

GBytes *
lykta_dav_ask_list (void)
{
  static const char text[] =
      HEAD "<propfind" DAV "><prop><getetag/><resourcetype/></prop></propfind>";

  return g_bytes_new_static (text, sizeof text - 1);
}

static GBytes *
take_text (GString *text)
{
  return g_string_free_to_bytes (text);
}

GBytes *
lykta_dav_ask_changes (const char *token, gboolean with_data)
{
  GString *text = g_string_new (HEAD "<sync-collection" DAV);
  g_autofree char *escaped = token != NULL ? g_markup_escape_text (token, -1) : NULL;

  g_string_append (text, with_data ? CALDAV ">" : ">");
  if (escaped != NULL)
    g_string_append_printf (text, "<sync-token>%s</sync-token>", escaped);
  else
    g_string_append (text, "<sync-token/>");
  g_string_append (text, "<sync-level>1</sync-level><prop><getetag/>");
  g_string_append (text, with_data ? "<c:calendar-data/>" : "");
  g_string_append (text, "</prop></sync-collection>");
  return take_text (text);
}

GBytes *
lykta_dav_ask_events (const char *const *hrefs, gsize n)
{
  GString *text = g_string_new (HEAD "<c:calendar-multiget" DAV CALDAV
                                     "><prop><getetag/><c:calendar-data/></prop>");

  g_return_val_if_fail (hrefs != NULL || n == 0, NULL);

  for (gsize i = 0; i < n; i++) {
    g_autofree char *escaped = g_markup_escape_text (hrefs[i], -1);

    g_string_append_printf (text, "<href>%s</href>", escaped);
  }
  g_string_append (text, "</c:calendar-multiget>");
  return take_text (text);
}
