/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/resource.h>

#include "base/lykta-limits.h"
#include "feed/lykta-dav.h"
#include "support/lykta-test.h"

/* What CalDAV servers answer, as they write it, and what somebody would write who means ill. */

#define HEAD "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
#define OPEN                                                                       \
  HEAD "<D:multistatus xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"" \
       " xmlns:S=\"http://calendarserver.org/ns/\">"
#define CLOSE "</D:multistatus>"
#define ITEM(href, props)                                                                 \
  "<D:response><D:href>" href "</D:href><D:propstat><D:prop>" props "</D:prop><D:status>" \
  "HTTP/1.1 200 OK</D:status></D:propstat></D:response>"

static void
add_word (GString *line, const char *name, const char *value)
{
  if (value != NULL)
    g_string_append_printf (line, " %s=%s", name, value);
}

static gboolean
on_response (const LyktaDavResponse *response, gpointer user_data, GError **error)
{
  GString *out = user_data;

  g_string_append (out, response->href);
  if (response->status != 0)
    g_string_append_printf (out, " %u", response->status);
  add_word (out, "etag", response->etag);
  if (response->calendar_data != NULL) {
    g_assert_cmpuint (strlen (response->calendar_data), ==, response->calendar_data_length);
    add_word (out, "data", response->calendar_data);
  }
  add_word (out, "token", response->sync_token);
  add_word (out, "ctag", response->ctag);
  add_word (out, "name", response->name);
  add_word (out, "principal", response->principal);
  add_word (out, "home", response->home);
  g_string_append (out, response->is_collection ? " collection" : "");
  g_string_append (out, response->is_calendar ? " calendar" : "");
  g_string_append (out, response->holds_no_events ? " no-events" : "");
  g_string_append (out, response->can_sync ? " sync" : "");
  g_string_append (out, response->is_data_refused ? " refused" : "");
  g_string_append (out, response->is_data_too_large ? " too-large" : "");
  g_string_append_c (out, '\n');
  return TRUE;
}

/* Lines of what was read; -1 as *@code when all was well. (transfer full) */
static char *
read_text (const char *text, gsize n, int *code)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize)n, NULL);
  g_auto (LyktaDavAnswer) answer = {0};
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);

  *code = -1;
  if (!lykta_dav_read (stream, on_response, out, &answer, NULL, &error)) {
    g_assert_true (error->domain == LYKTA_FEED_ERROR);
    g_test_message ("%s", error->message);
    *code = error->code;
    return g_string_free (out, FALSE);
  }
  add_word (out, "next", answer.sync_token);
  g_string_append (out, answer.is_truncated ? " truncated" : "");
  g_string_append (out, answer.is_error ? " error" : "");
  g_string_append (out, answer.is_token_not_valid ? " token" : "");
  return g_string_free (out, FALSE);
}

static const struct {
  const char *text;
  const char *expected;
} sound[] = {
    {OPEN CLOSE, ""},
    {HEAD "<multistatus xmlns=\"DAV:\"/>", ""},
    {OPEN "<D:sync-token> http://x/1&amp;2\n</D:sync-token>" CLOSE, " next=http://x/1&2"},
    {OPEN ITEM ("\n /a%20b.ics ", "<D:getetag>\"1\"</D:getetag>") CLOSE, "/a%20b.ics etag=\"1\"\n"},
    /* As radicale writes it. */
    {HEAD
     "\n<multistatus xmlns=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><sync-token>t2"
     "</sync-token><response><href>/sara/cal/a.ics</href><propstat><prop><getetag>\"3f\""
     "</getetag><C:calendar-data>BEGIN:VCALENDAR&#13;\nSUMMARY:a &lt;b&gt; &amp; c&#13;\n"
     "</C:calendar-data></prop><status>HTTP/1.1 200 OK</status></propstat></response><response>"
     "<href>/sara/cal/b.ics</href><status>HTTP/1.1 404 Not Found</status></response>"
     "</multistatus>",
     "/sara/cal/a.ics etag=\"3f\" data=BEGIN:VCALENDAR\r\nSUMMARY:a <b> & c\r\n\n"
     "/sara/cal/b.ics 404\n next=t2"},
    /* As xandikos does: the data is not to be had here. */
    {HEAD "<ns0:multistatus xmlns:ns0=\"DAV:\" xmlns:ns1=\"urn:ietf:params:xml:ns:caldav\">"
          "<ns0:response><ns0:href>/c/a.ics</ns0:href><ns0:propstat><ns0:status>HTTP/1.1 200 OK"
          "</ns0:status><ns0:prop><ns0:getetag>\"9\"</ns0:getetag></ns0:prop></ns0:propstat>"
          "<ns0:propstat><ns0:status>HTTP/1.1 404 Not Found</ns0:status><ns0:prop>"
          "<ns1:calendar-data/></ns0:prop></ns0:propstat></ns0:response></ns0:multistatus>",
     "/c/a.ics etag=\"9\" refused\n"},
    {OPEN ITEM ("/a", "<C:calendar-data><![CDATA[BEGIN:VCALENDAR <]]>]]&gt;</C:calendar-data>")
         CLOSE,
     "/a data=BEGIN:VCALENDAR <]]>\n"},
    {OPEN ITEM (
         "/c/",
         "<D:resourcetype><D:collection/><C:calendar/></D:resourcetype><D:displayname>Café"
         "</D:displayname><S:getctag>7</S:getctag><D:sync-token>t</D:sync-token>"
         "<D:supported-report-set><D:supported-report><D:report><D:sync-collection/>"
         "</D:report></D:supported-report></D:supported-report-set>"
         "<C:supported-calendar-component-set><C:comp name=\"VTODO\"/><C:comp name=\"VEVENT\"/>"
         "</C:supported-calendar-component-set>") CLOSE,
     "/c/ token=t ctag=7 name=Café collection calendar sync\n"},
    {OPEN ITEM ("/t/",
                "<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>"
                "<C:supported-calendar-component-set><C:comp name=\"VTODO\"/>"
                "</C:supported-calendar-component-set>") CLOSE,
     "/t/ collection calendar no-events\n"},
    {OPEN ITEM ("/",
                "<D:current-user-principal><D:href>/p/</D:href></D:current-user-principal>"
                "<C:calendar-home-set><D:href>/h/</D:href><D:href>/i/</D:href>"
                "</C:calendar-home-set>") CLOSE,
     "/ principal=/p/ home=/h/\n"},
    /* Somebody not known. */
    {OPEN ITEM ("/", "<D:current-user-principal><D:unauthenticated/></D:current-user-principal>")
         CLOSE,
     "/\n"},
    /* A calendar is one only in its resourcetype; names of other namespaces are other names. */
    {OPEN ITEM ("/x", "<D:displayname xmlns:D=\"other:\">no</D:displayname><X><C:calendar/></X>")
         CLOSE,
     "/x\n"},
    {OPEN "<D:response><D:href>/a</D:href><D:href>/b</D:href><D:status>HTTP/1.1 404 Gone</D:status>"
          "</D:response>" CLOSE,
     "/a 404\n/b 404\n"},
    {OPEN ITEM ("/a",
                "<D:getetag>1</D:getetag>") "<D:response><D:href>/</D:href><D:status>HTTP/1.1 "
                                            "507 Insufficient Storage</D:status></D:response>"
                                            "<D:sync-token>2</D:sync-token>" CLOSE,
     "/a etag=1\n next=2 truncated"},
    {OPEN "<D:response><D:propstat/></D:response>" CLOSE, ""},
    {HEAD "<error xmlns=\"DAV:\"><valid-sync-token /></error>", " error token"},
    {HEAD "<D:error xmlns:D=\"DAV:\"><D:number-of-matches-within-limits/></D:error>", " error"},
    {"\xef\xbb\xbf" OPEN "<!-- - > ->"
     "-->" CLOSE "<?pi ?? ?>",
     ""},
};

static void
test_sound (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sound); i++) {
    int code;
    g_autofree char *lines = read_text (sound[i].text, strlen (sound[i].text), &code);

    g_assert_cmpint (code, ==, -1);
    g_assert_cmpstr (lines, ==, sound[i].expected);
  }
}

static const struct {
  const char *text;
  int code;
} unsound[] = {
    {"", LYKTA_FEED_ERROR_NOT_A_CALENDAR},
    {"<html><body>Sign in</body></html>", LYKTA_FEED_ERROR_NOT_A_CALENDAR},
    {"BEGIN:VCALENDAR\r\n", LYKTA_FEED_ERROR_NOT_A_CALENDAR},
    {"<multistatus/>", LYKTA_FEED_ERROR_NOT_A_CALENDAR}, /* of no namespace */
    {OPEN, LYKTA_FEED_ERROR_TRUNCATED},
    {OPEN "<D:response><D:href>/a", LYKTA_FEED_ERROR_TRUNCATED},
    {OPEN "<D:response><D:hr", LYKTA_FEED_ERROR_TRUNCATED},
    {OPEN ITEM ("/a", "<C:calendar-data>BEGIN"), LYKTA_FEED_ERROR_TRUNCATED},
    {OPEN "</D:response>", LYKTA_FEED_ERROR_INVALID},
    {OPEN "&unknown;" CLOSE, LYKTA_FEED_ERROR_INVALID},
    {OPEN "\xff" CLOSE, LYKTA_FEED_ERROR_INVALID},
    {OPEN "\x01" CLOSE, LYKTA_FEED_ERROR_INVALID},
    {HEAD "<!DOCTYPE m [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
          "<multistatus xmlns=\"DAV:\">&b;</multistatus>",
     LYKTA_FEED_ERROR_INVALID},
    {HEAD "<!DOCTYPE m SYSTEM \"file:///etc/passwd\"><multistatus xmlns=\"DAV:\"/>",
     LYKTA_FEED_ERROR_INVALID},
    {HEAD "<!DOCTYPE m [<!ENTITY x SYSTEM \"http://127.0.0.1:1/\">]><multistatus xmlns=\"DAV:\">&x;"
          "</multistatus>",
     LYKTA_FEED_ERROR_INVALID},
};

static void
test_unsound (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (unsound); i++) {
    int code;
    g_autofree char *lines = read_text (unsound[i].text, strlen (unsound[i].text), &code);

    g_test_message ("%" G_GSIZE_FORMAT ": %s", i, unsound[i].text);
    g_assert_cmpint (code, ==, unsound[i].code);
  }
}

/* Every beginning of a list is an error, never half a list that passes for a whole one. */
static void
test_cut (void)
{
  for (gsize i = 3; i < G_N_ELEMENTS (sound); i++) {
    const char *end = strchr (g_strrstr (sound[i].text, "</"), '>');

    for (gsize n = 0; n < (gsize)(end - sound[i].text); n++) {
      int code;
      g_autofree char *lines = read_text (sound[i].text, n, &code);

      g_assert_cmpint (code, !=, -1);
    }
  }
}

static double
cpu_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
}

/* "$" in @what stands for a number. (transfer full) */
static char *
repeat (const char *before, const char *what, gsize n_bytes, const char *behind)
{
  GString *text = g_string_new (before);

  for (guint i = 0; text->len < n_bytes; i++) {
    const char *number = strchr (what, '$');

    if (number == NULL)
      g_string_append (text, what);
    else
      g_string_append_printf (text, "%.*s%x%s", (int)(number - what), what, i, number + 1);
  }
  g_string_append (text, behind);
  return g_string_free (text, FALSE);
}

/* A megabyte of each costs less than a second. */
static void
test_hostile (void)
{
  static const struct {
    const char *before;
    const char *what;
    const char *behind;
    int code;
  } cases[] = {
      {OPEN "<a ", "a$=\"\" ", "/>" CLOSE, LYKTA_FEED_ERROR_LIMIT},
      {OPEN "<a b=\">", "a$='' ", "\"/>" CLOSE, LYKTA_FEED_ERROR_LIMIT},
      {OPEN, "<a xmlns:n$=\"u:\">", CLOSE, LYKTA_FEED_ERROR_LIMIT},
      {OPEN, "<D:response>", CLOSE, LYKTA_FEED_ERROR_LIMIT},
      {OPEN, "<e$/>", CLOSE, -1},
      {OPEN, "&#38;", CLOSE, LYKTA_FEED_ERROR_LIMIT},
      {OPEN "<!--", "a$>", "-->" CLOSE, -1},
      {OPEN "<![CDATA[", "a$>", "]]>" CLOSE, LYKTA_FEED_ERROR_LIMIT},
      {OPEN "<D:response><D:href>", "/$", "</D:href></D:response>" CLOSE, LYKTA_FEED_ERROR_LIMIT},
      {OPEN "<D:response><D:status>", "</D:status><D:status>$", "</D:status></D:response>" CLOSE,
       -1},
      {OPEN, "<D:response><D:href>/$</D:href></D:response>", CLOSE, -1},
      {OPEN "<D:response>", "<D:href>/$</D:href>", "</D:response>" CLOSE, -1},
      {OPEN, "<D:multistatus/><?p$ ?>", CLOSE, -1},
      {"", "<?xml version=\"1.0\"", "?>" OPEN CLOSE, LYKTA_FEED_ERROR_NOT_A_CALENDAR},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = repeat (cases[i].before, cases[i].what, 1000 * 1000, cases[i].behind);
    double began = cpu_seconds ();
    int code;
    g_autofree char *lines = read_text (text, strlen (text), &code);
    double took = cpu_seconds () - began;

    g_test_message ("%s: %.3f s", cases[i].what, took);
    g_assert_cmpint (code, ==, cases[i].code);
    if (g_getenv ("ASAN_OPTIONS") == NULL)
      g_assert_cmpfloat (took, <, 1.0);
  }
}

static void
test_sizes (void)
{
  g_autofree char *large =
      repeat (OPEN "<D:response><D:href>/a</D:href><D:propstat><D:prop><D:getetag>1</D:getetag>"
                   "<C:calendar-data>",
              "DESCRIPTION:$\n", LYKTA_LIMIT_DAV_EVENT_BYTES + 1000,
              "</C:calendar-data></D:prop></D:propstat></D:response>" ITEM ("/b", "") CLOSE);
  g_autofree char *many =
      repeat (OPEN, "<D:response/><!--$-->", (gsize)LYKTA_LIMIT_DAV_ITEMS * 28, CLOSE);
  int code;
  g_autofree char *lines = read_text (large, strlen (large), &code);
  g_autofree char *none = NULL;

  g_assert_cmpint (code, ==, -1);
  g_assert_cmpstr (lines, ==, "/a etag=1 too-large\n/b\n");
  none = read_text (many, strlen (many), &code);
  g_assert_cmpint (code, ==, LYKTA_FEED_ERROR_LIMIT);
}

static gboolean
on_response_stop (const LyktaDavResponse *response, gpointer user_data, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return FALSE;
}

static void
test_stop (void)
{
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (OPEN ITEM ("/a", "") ITEM ("/b", "") CLOSE, -1, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (LyktaDavAnswer) answer = {0};
  g_autoptr (GError) error = NULL;

  g_assert_false (lykta_dav_read (stream, on_response_stop, NULL, &answer, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpuint (answer.n_responses, ==, 1);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, NULL, NULL);
  g_assert_false (lykta_dav_read (stream, on_response_stop, NULL, &answer, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_ask (void)
{
  static const char *const hrefs[] = {"/a&b.ics", "/%3C.ics"};
  g_autoptr (GBytes) first = lykta_dav_ask_changes (NULL, FALSE);
  g_autoptr (GBytes) next = lykta_dav_ask_changes ("<t&1>", TRUE);
  g_autoptr (GBytes) events = lykta_dav_ask_events (hrefs, 2);

#define ASSERT_BYTES(bytes, expected)                                                  \
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected, \
                   strlen (expected))
  ASSERT_BYTES (first, "<?xml version=\"1.0\"?><sync-collection xmlns=\"DAV:\"><sync-token/>"
                       "<sync-level>1</sync-level><prop><getetag/></prop></sync-collection>");
  ASSERT_BYTES (next, "<?xml version=\"1.0\"?><sync-collection xmlns=\"DAV:\""
                      " xmlns:c=\"urn:ietf:params:xml:ns:caldav\"><sync-token>&lt;t&amp;1&gt;"
                      "</sync-token><sync-level>1</sync-level><prop><getetag/><c:calendar-data/>"
                      "</prop></sync-collection>");
  ASSERT_BYTES (events, "<?xml version=\"1.0\"?><c:calendar-multiget xmlns=\"DAV:\""
                        " xmlns:c=\"urn:ietf:params:xml:ns:caldav\"><prop><getetag/>"
                        "<c:calendar-data/></prop><href>/a&amp;b.ics</href><href>/%3C.ics</href>"
                        "</c:calendar-multiget>");
}

/* XML of another project, which is not in the repository: bodies of requests and answers. */
static void
test_corpus (void)
{
  g_autofree char *root = lykta_test_data_path ("caldav-xml/caldavtester/Resource");
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);
  guint n_files = 0;
  guint n_read = 0;

  if (!lykta_test_need_path (root, "the collection of CalDAV bodies"))
    return;
  g_ptr_array_add (folders, g_strdup (root));
  for (guint i = 0; i < folders->len; i++) {
    g_autoptr (GDir) dir = g_dir_open (folders->pdata[i], 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
      g_autofree char *path = g_build_filename (folders->pdata[i], name, NULL);
      g_autofree char *text = NULL;
      g_autofree char *lines = NULL;
      gsize n = 0;
      int code;

      if (!g_file_get_contents (path, &text, &n, NULL)) {
        g_ptr_array_add (folders, g_steal_pointer (&path));
        continue;
      }
      lines = read_text (text, n, &code);
      n_files++;
      n_read += code == -1;
    }
  }
  g_test_message ("%u files, %u of them answers", n_files, n_read);
  g_assert_cmpuint (n_files, >, 100);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/feed/dav/sound", test_sound);
  g_test_add_func ("/feed/dav/unsound", test_unsound);
  g_test_add_func ("/feed/dav/cut", test_cut);
  g_test_add_func ("/feed/dav/hostile", test_hostile);
  g_test_add_func ("/feed/dav/sizes", test_sizes);
  g_test_add_func ("/feed/dav/stop", test_stop);
  g_test_add_func ("/feed/dav/ask", test_ask);
  g_test_add_func ("/feed/dav/corpus", test_corpus);
  return g_test_run ();
}
