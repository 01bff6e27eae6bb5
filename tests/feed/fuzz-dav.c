/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Damaged lists of calendar servers must cost nothing but the list: see tests/support/lykta-fuzz.h.
 * Built with clang and -DLYKTA_LIBFUZZER it is a libFuzzer target (fuzz.sh). */
#include "config.h"

#include <string.h>

#include "feed/lykta-dav.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gboolean
on_response (const LyktaDavResponse *response, gpointer user_data, GError **error)
{
  const char *const words[] = {response->href, response->etag,         response->sync_token,
                               response->ctag, response->name,         response->principal,
                               response->home, response->calendar_data};

  g_assert_nonnull (response->href);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_true (words[i] == NULL || g_utf8_validate (words[i], -1, NULL));
  g_assert_true (response->calendar_data == NULL ||
                 strlen (response->calendar_data) == response->calendar_data_length);
  return TRUE;
}

static void
feed (const guint8 *data, gsize size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize)size, NULL);
  g_auto (LyktaDavAnswer) answer = {0};
  g_autoptr (GError) error = NULL;

  if (!lykta_dav_read (stream, on_response, NULL, &answer, NULL, &error))
    g_assert_true (error->domain == LYKTA_FEED_ERROR && *error->message != '\0');
}

#ifdef LYKTA_LIBFUZZER
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  feed (data, size);
  return 0;
}
#else
#include "support/lykta-fuzz.h"

static const char *const seeds[] = {
    "<?xml version='1.0' encoding='utf-8'?>\n<multistatus xmlns=\"DAV:\" xmlns:C=\"urn:ietf:params:"
    "xml:ns:caldav\"><sync-token>t2</sync-token><response><href>/sara/cal/a.ics</href><propstat>"
    "<prop><getetag>\"3f\"</getetag><C:calendar-data>BEGIN:VCALENDAR&#13;\nSUMMARY:a &lt;b&gt;&#13;\n"
    "END:VCALENDAR</C:calendar-data></prop><status>HTTP/1.1 200 OK</status></propstat></response>"
    "<response><href>/sara/cal/b.ics</href><status>HTTP/1.1 404 Not Found</status></response>"
    "</multistatus>",
    "<D:multistatus xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\" xmlns:S=\"http://"
    "calendarserver.org/ns/\"><D:response><D:href>/c/</D:href><D:propstat><D:prop><D:resourcetype>"
    "<D:collection/><C:calendar/></D:resourcetype><D:displayname>Café</D:displayname><S:getctag>7"
    "</S:getctag><D:supported-report-set><D:supported-report><D:report><D:sync-collection/>"
    "</D:report></D:supported-report></D:supported-report-set><C:supported-calendar-component-set>"
    "<C:comp name=\"VEVENT\"/></C:supported-calendar-component-set></D:prop><D:status>HTTP/1.1 200"
    "</D:status></D:propstat><D:propstat><D:prop><D:current-user-principal><D:href>/p/</D:href>"
    "</D:current-user-principal></D:prop><D:status>HTTP/1.1 404 No</D:status></D:propstat>"
    "</D:response></D:multistatus>",
    "<error xmlns=\"DAV:\"><valid-sync-token/><!-- why --></error>",
    "<m:multistatus xmlns:m='DAV:'><m:response><m:href><![CDATA[/a]]></m:href><m:status>HTTP/1.1 507 "
    "X</m:status></m:response></m:multistatus>",
    NULL,
};

static const char *const words[] = {
    "<",
    ">",
    "/>",
    "</",
    "&",
    "&amp;",
    "&#0;",
    "&#x10FFFF;",
    "\"",
    "'",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<!DOCTYPE m [<!ENTITY a \"b\">]>",
    "<?x ?>",
    "&a;",
    "xmlns=\"\"",
    "xmlns:D=\"x\"",
    "<D:response>",
    "</D:response>",
    "<D:href>/</D:href>",
    "<D:propstat>",
    "<D:prop>",
    "<C:calendar-data>",
    "encoding=\"UTF-16\"",
    "\xff\xfe",
    "\xef\xbb\xbf",
    NULL,
};

int
main (int argc, char **argv)
{
  const LyktaFuzzTarget target = {"dav", feed, seeds, words};

  return lykta_fuzz_run (&target, argc, argv);
}
#endif
