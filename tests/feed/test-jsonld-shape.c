/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In what events come wrapped: how many are found, and what a broken file costs. */
#include "config.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-feed-read.h"
#include "feed/lykta-jsonld.h"
#include "support/lykta-test.h"

#define E(id) \
  "{\"@type\":\"Event\",\"identifier\":\"" id "\",\"name\":\"x\",\"startDate\":\"2026-12-01\"}"
#define EB(id) \
  "{\"@type\":\"Event\",\"identifier\":\"" id "\",\"name\":\"x\",\"startDate\":\"never\"}"
#define OK -1

static const struct {
  const char *name;
  const char *text;
  int error; /* LyktaFeedError or OK */
  guint n_activities;
  guint n_quarantined;
} cases[] = {
    {"object", E ("1"), OK, 1, 0},
    {"list", "[" E ("1") "," E ("2") "]", OK, 2, 0},
    {"bom", "\xef\xbb\xbf[" E ("1") "]", OK, 1, 0},
    {"graph", "{\"@context\":\"https://schema.org\",\"@graph\":[" E ("1") "," E ("2") "]}", OK, 2,
     0},
    {"graph-first", "{\"@graph\":[" E ("1") "],\"@context\":{\"a\":[1,{\"b\":\"]\"}]}}", OK, 1, 0},
    {"list-of-graphs", "[{\"@graph\":[" E ("1") "]},{\"@graph\":[" E ("2") "]}]", OK, 2, 0},
    {"item-list",
     "{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"ListItem\",\"position\":1,\"item\":" E (
         "1") "},{\"@type\":\"ListItem\",\"item\":" E ("2") "}]}",
     OK, 2, 0},
    {"page", "{\"@type\":\"WebPage\",\"mainEntity\":" E ("1") "}", OK, 1, 0},
    {"place-with-events",
     "{\"@type\":\"Place\",\"name\":\"y\",\"event\":[" E ("1") "," E ("2") "]}", OK, 2, 0},
    {"lines", E ("1") "\n" E ("2") "\n", OK, 2, 0},
    {"lines-crlf-blank", E ("1") "\r\n\r\n" E ("2"), OK, 2, 0},
    {"lines-one-broken", E ("1") "\n{\"@type\":\"Event\",\n" E ("2") "\n" E ("3") "\n", OK, 3, 1},
    {"lines-open-text", E ("1") "\n" E ("4") "\n{\"@type\":\"Eve\n" E ("2") "\n", OK, 3, 1},
    {"lines-garbage", E ("1") "\n" E ("2") "\n<html>\n" E ("3") "\n", OK, 3, 1},
    {"lines-first-broken", "{\"@type\":\n" E ("2") "\n" E ("3") "\n", OK, 2, 1},
    {"bad-date-alone", "[" EB ("1") "," E ("2") "]", OK, 1, 1},
    {"bad-json-alone", "[{\"@type\":'Event'}," E ("2") "]", OK, 1, 1},
    {"not-typed", "[{\"name\":\"x\",\"startDate\":\"2026-12-01\"}," E ("2") "]", OK, 1, 0},
    {"null-members", "[null,1,\"x\"," E ("1") ",[]]", OK, 1, 0},
    {"comments", "[/* x */ " E ("1") ", // y ]\n" E ("2") "]", OK, 2, 0},
    {"control-characters",
     "{\"@type\":\"Event\",\"name\":\"a\tb\nc\",\"startDate\":\"2026-12-01\"}", OK, 1, 0},
    {"bad-utf-8", "{\"@type\":\"Event\",\"name\":\"caf\xe9\",\"startDate\":\"2026-12-01\"}", OK, 1,
     0},
    {"half-surrogate", "{\"@type\":\"Event\",\"name\":\"a\\ud83d b\",\"startDate\":\"2026-12-01\"}",
     OK, 1, 0},
    {"nul", "{\"@type\":\"Event\",\"name\":\"a\\u0000b\",\"startDate\":\"2026-12-01\"}", OK, 1, 0},
    {"no-name", "[{\"@type\":\"Event\",\"startDate\":\"2026-12-01\"}]", OK, 0, 1},
    {"empty-list", "[]", OK, 0, 0},
    {"empty-graph", "{\"@context\":\"https://schema.org\",\"@graph\":[]}", OK, 0, 0},
    {"html",
     "<!doctype html><html><SCRIPT type='application/ld+json'>" E (
         "1") "</script><script>var a = {;"
              "</script><script type=\"application/ld+json\">\n<!--\n[" E (
                  "2") "]\n-->\n</script></html>",
     OK, 2, 0},
    {"html-one-broken",
     "<html><script type=\"application/ld+json\">{\"@type\": </script><script "
     "type=\"application/ld+json\">" E ("2") "</script></html>",
     OK, 1, 1},
    {"html-cdata",
     "<html><script type=\"application/ld+json\">//<![CDATA[\n" E ("2") "//]]>\n</script></html>",
     OK, 1, 0},
    {"html-without", "<html><body>Log in</body></html>", LYKTA_FEED_ERROR_NOT_A_CALENDAR, 0, 0},
    {"html-other",
     "<html><script type=\"application/ld+json\">{\"@type\":\"WebSite\"}</script></html>",
     LYKTA_FEED_ERROR_NOT_A_CALENDAR, 0, 0},
    {"nothing", "", LYKTA_FEED_ERROR_NOT_A_CALENDAR, 0, 0},
    {"error-message", "{\"error\":\"not allowed\"}", LYKTA_FEED_ERROR_NOT_A_CALENDAR, 0, 0},
    {"error-list", "{\"errors\":[],\"code\":[1]}", LYKTA_FEED_ERROR_NOT_A_CALENDAR, 0, 0},
    {"other-things", "[{\"@type\":\"Recipe\",\"name\":\"x\"}]", LYKTA_FEED_ERROR_NOT_A_CALENDAR, 0,
     0},
    {"cut-list", "[" E ("1") "," E ("2"), LYKTA_FEED_ERROR_TRUNCATED, 0, 0},
    {"cut-text", "[" E ("1") ",{\"name\":\"abc", LYKTA_FEED_ERROR_TRUNCATED, 0, 0},
    {"cut-line", E ("1") "\n" E ("2") "\n{\"@type\":\"Ev", LYKTA_FEED_ERROR_TRUNCATED, 0, 0},
    {"mismatch", "[" E ("1") "}", LYKTA_FEED_ERROR_INVALID, 0, 0},
};

static gboolean
on_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  return TRUE;
}

static gboolean
read_bytes (const char *text, gssize n, LyktaFeedReport *report, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (
      n == 0 ? "" : text, n < 0 ? (gssize)strlen (text) : n, NULL);

  return lykta_jsonld_read (stream, "sv", report, on_activity, NULL, NULL, error);
}

static void
test_shapes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
    g_autoptr (GError) error = NULL;

    read_bytes (cases[i].text, -1, report, &error);
    if ((error != NULL ? error->code : OK) != cases[i].error ||
        lykta_feed_report_get_n_activities (report) != cases[i].n_activities ||
        lykta_feed_report_get_n_quarantined (report) != cases[i].n_quarantined)
      g_error ("%s: %u activities, %u quarantined, %s", cases[i].name,
               lykta_feed_report_get_n_activities (report),
               lykta_feed_report_get_n_quarantined (report),
               error != NULL ? error->message : "read");
    if (error != NULL)
      g_assert_cmpuint (lykta_feed_report_count (report, LYKTA_FEED_FATAL), ==, 1);
  }
}

/* Cut off anywhere, a list is never taken for a whole one. */
static void
test_cut_anywhere (void)
{
  static const char text[] = "{\"@graph\":[" E ("1") "," E ("2") "],\"@context\":\"x\"}";

  for (gsize n = 0; n + 1 < sizeof text - 1; n++) {
    g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();

    g_assert_false (read_bytes (text, (gssize)n, report, NULL));
    g_assert_cmpuint (lykta_feed_report_get_n_activities (report), ==, 0);
  }
}

/* Too deep, too large, too many of everything: one event is lost, or the file is refused. */
static void
test_limits (void)
{
  g_autoptr (GString) deep = g_string_new ("[" E ("1") ",{\"@type\":\"Event\",\"x\":");
  g_autoptr (GString) large = g_string_new ("[" E ("1") ",{\"@type\":\"Event\",\"name\":\"");
  g_autoptr (GString) hollow = g_string_new (NULL);
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autoptr (LyktaFeedReport) second = lykta_feed_report_new ();
  g_autoptr (LyktaFeedReport) third = lykta_feed_report_new ();

  for (guint i = 0; i < 200000; i++)
    g_string_append_c (deep, '[');
  for (guint i = 0; i < 200000; i++)
    g_string_append_c (deep, ']');
  g_string_append (deep, "}," E ("2") "]");
  g_assert_true (read_bytes (deep->str, (gssize)deep->len, report, NULL));
  g_assert_cmpuint (lykta_feed_report_get_n_activities (report), ==, 2);
  g_assert_cmpuint (lykta_feed_report_count_code (report, "nested-too-deep"), ==, 1);
  while (large->len <= LYKTA_LIMIT_COMPONENT_BYTES + 1000)
    g_string_append (large,
                     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
  g_string_append (large, "\"}," E ("2") "]");
  g_assert_true (read_bytes (large->str, (gssize)large->len, second, NULL));
  g_assert_cmpuint (lykta_feed_report_get_n_activities (second), ==, 2);
  g_assert_cmpuint (lykta_feed_report_count_code (second, "event-too-large"), ==, 1);
  for (guint i = 0; i < 300000; i++)
    g_string_append_c (hollow, '{');
  g_assert_false (read_bytes (hollow->str, (gssize)hollow->len, third, NULL));
}

static void
test_sniff (void)
{
  static const struct {
    const char *text;
    LyktaFormat format;
  } heads[] = {
      {" {\"@context\": \"x\"", LYKTA_FORMAT_JSONLD},
      {"[\n  {\"name\":\"x\",\"@type\":\"Event\"", LYKTA_FORMAT_JSONLD},
      {"[]", LYKTA_FORMAT_JSONLD},
      {"[{\"id\":1,\"url\":\"x\",\"path\":\"/a/de/events/x/\",\"title\":\"y\",\"modified_gmt\":\"z\"",
       LYKTA_FORMAT_INTEGREAT},
      {"<html><script type=\"application/ld+json\">", LYKTA_FORMAT_JSONLD},
      {"<html><title>Log in: BEGIN:VCALENDAR</title>", LYKTA_FORMAT_AUTO},
      {"{\"error\":\"x\"}", LYKTA_FORMAT_AUTO},
      {"BEGIN:VCALENDAR", LYKTA_FORMAT_ICALENDAR},
      {"", LYKTA_FORMAT_AUTO},
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    g_assert_cmpint (lykta_feed_sniff ((const guint8 *)heads[i].text, strlen (heads[i].text)), ==,
                     heads[i].format);
}

static void
test_next_page (void)
{
  static const struct {
    const char *text;
    const char *next;
  } pages[] = {
      {"{\"hydra:member\":[],\"hydra:view\":{\"@id\":\"/1\",\"hydra:next\":\"/2\"}}", "/2"},
      {"{\"hydra:member\":[],\"hydra:view\":{\"hydra:next\":{\"@id\":\"/2\"}}}", "/2"},
      {"{\"items\":[],\"next\":\"/2\"}", "/2"},
      {"{\"links\":{\"next\":{\"href\":\"/2\"}},\"items\":[]}", "/2"},
      {"{\"links\":[{\"rel\":\"self\",\"href\":\"/1\"},{\"rel\":\"next\",\"href\":\"/2\"}],\"items\":[]}",
       "/2"},
      {"{\"_links\":{\"next\":{\"href\":\"/2\"}},\"results\":[]}", "/2"},
      {"{\"items\":[],\"next\":null}", NULL},
      {"{\"items\":[],\"next\":2}", NULL},
      {"{\"items\":[],\"next\":\"\"}", NULL},
      {"[{\"next\":\"/2\"}]", NULL},
      {"no JSON", NULL},
      {"BEGIN:VCALENDAR\n", NULL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_autoptr (GInputStream) stream =
        g_memory_input_stream_new_from_data (pages[i].text, (gssize)strlen (pages[i].text), NULL);
    g_autofree char *next = lykta_jsonld_find_next_page (stream, NULL);

    g_assert_cmpstr (next, ==, pages[i].next);
  }
}

static gboolean
stop (LyktaActivity *activity, gpointer user_data, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return FALSE;
}

/* The receiver's error and the caller's wish to stop come through. */
static void
test_stop (void)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("[" E ("1") "]", -1, NULL);
  g_autoptr (GInputStream) other = g_memory_input_stream_new_from_data ("[" E ("1") "]", -1, NULL);
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) cancelled = NULL;

  g_assert_false (lykta_jsonld_read (stream, NULL, report, stop, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_cancellable_cancel (cancellable);
  g_assert_false (
      lykta_jsonld_read (other, NULL, report, on_activity, NULL, cancellable, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_finalize_object (g_steal_pointer (&report));
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/feed/jsonld/shape/shapes", test_shapes);
  g_test_add_func ("/feed/jsonld/shape/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/feed/jsonld/shape/limits", test_limits);
  g_test_add_func ("/feed/jsonld/shape/sniff", test_sniff);
  g_test_add_func ("/feed/jsonld/shape/next-page", test_next_page);
  g_test_add_func ("/feed/jsonld/shape/stop", test_stop);
  return g_test_run ();
}
