/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of schema.org terms: one event in, its canonical line out. */
#include "config.h"

#include <string.h>

#include "feed/lykta-feed-read.h"
#include "feed/lykta-jsonld.h"
#include "feed/lykta-occurrences.h"
#include "support/lykta-test.h"

#define CONTEXT "\"@context\":\"https://schema.org\","
#define START   "\"startDate\":\"2026-12-01T18:00\""

/* Each member of an Event (with a name and, if has_start, a start), and what must be in what is
 * written of it; a part that begins with ! must not. */
static const struct {
  const char *name;
  const char *members;
  const char *parts[6];
  const char *code; /* of a finding that there must be; NULL: none but notes */
} cases[] = {
    /* texts */
    {"text", START ",\"name\":\"Yoga\"", {"\"name\":{\"sv\":\"Yoga\"}"}},
    {"map",
     START ",\"name\":{\"sv\":\"Kafé\",\"prs\":\"کافه\",\"kmr\":\"x\"}",
     {"\"name\":{\"prs\":\"کافه\",\"kmr\":\"x\",\"sv\":\"Kafé\"}"}},
    {"values",
     START ",\"name\":[{\"@language\":\"en\",\"@value\":\"Walk\"},{\"@value\":\"Promenad\"}]",
     {"\"en\":\"Walk\"", "\"sv\":\"Promenad\""}},
    {"in-language",
     START ",\"name\":\"Kaffe\",\"inLanguage\":\"fi\"",
     {"\"name\":{\"fi\":\"Kaffe\"}"}},
    {"in-language-object",
     START ",\"name\":\"x\",\"inLanguage\":{\"@type\":\"Language\",\"name\":\"Arabic\","
           "\"alternateName\":\"ar\"}",
     {"\"name\":{\"ar\":\"x\"}"}},
    {"html",
     START ",\"name\":\"x\",\"description\":\"<p>Kom <b>nu</b></p><script>alert(1)</script>\"",
     {"\"description\":{\"sv\":\"Kom nu\"}"}},
    {"bad-language",
     START ",\"name\":{\"sv\":\"a\",\"not a language\":\"b\"}",
     {"\"name\":{\"sv\":\"a\"}"},
     "unknown-language"},
    {"prefixed",
     "\"schema:startDate\":\"2026-12-01T18:00\",\"http://schema.org/name\":[{\"@value\":\"Y\"}]",
     {"\"name\":{\"sv\":\"Y\"}", "T18:00:00+01:00"}},
    /* times */
    {"offset",
     "\"name\":\"x\",\"startDate\":\"2026-12-01T17:00:00Z\",\"endDate\":\"2026-12-01T20:00+02:00\"",
     {"\"startDate\":\"2026-12-01T18:00:00+01:00\"", "\"endDate\":\"2026-12-01T19:00:00+01:00\""}},
    {"summer", "\"name\":\"x\",\"startDate\":\"2026-07-01 18:00\"", {"2026-07-01T18:00:00+02:00"}},
    {"day",
     "\"name\":\"x\",\"startDate\":\"2026-12-01\"",
     {"\"duration\":86400", "\"start\":\"2026-12-01\""}},
    {"days",
     "\"name\":\"x\",\"startDate\":\"2026-12-01\",\"endDate\":\"2026-12-03\"",
     {"\"duration\":259200"}},
    {"midnights",
     "\"name\":\"x\",\"startDate\":\"2026-12-01T00:00\",\"endDate\":\"2026-12-01T23:59:59\"",
     {"\"start\":\"2026-12-01\"", "\"duration\":86400"}},
    {"duration", START ",\"name\":\"x\",\"duration\":\"PT1H30M\"", {"\"duration\":5400"}},
    {"milliseconds", "\"name\":\"x\",\"startDate\":1796144400000", {"2026-12-01T18:00:00+01:00"}},
    {"end-before-start",
     START ",\"name\":\"x\",\"endDate\":\"2026-12-01T17:00\"",
     {"\"duration\":0"},
     "end-before-start"},
    {"end-date-only", START ",\"name\":\"x\",\"endDate\":\"2026-12-01\"", {"\"duration\":0"}},
    {"too-long",
     START ",\"name\":\"x\",\"endDate\":\"2036-12-01T18:00\"",
     {"\"duration\":0"},
     "too-long"},
    {"modified",
     START ",\"name\":\"x\",\"dateModified\":\"2026-11-01T10:00:00Z\"",
     {"\"dateModified\":\"2026-11-01T10:00:00Z\""}},
    /* status */
    {"cancelled",
     START ",\"name\":\"x\",\"eventStatus\":\"http://schema.org/EventCancelled\"",
     {"EventCancelled"}},
    {"cancelled-word",
     START ",\"name\":\"x\",\"eventStatus\":\"EventCancelled\"",
     {"EventCancelled"}},
    {"postponed",
     START ",\"name\":\"x\",\"eventStatus\":\"https://schema.org/EventPostponed\"",
     {"EventCancelled"}},
    {"moved-online",
     START ",\"name\":\"x\",\"eventStatus\":\"https://schema.org/EventMovedOnline\"",
     {"EventScheduled", "OnlineEventAttendanceMode"}},
    {"rescheduled",
     START ",\"name\":\"x\",\"previousStartDate\":\"2026-11-30T18:00\",\"duration\":\"PT1H\","
           "\"eventStatus\":\"https://schema.org/EventRescheduled\"",
     {"\"start\":\"2026-11-30T18:00:00\"",
      "\"changes\":{\"2026-11-30T17:00:00Z\":{\"startDate\":\"2026-12-01T17:00:00Z\""}},
    /* places */
    {"place-text",
     START ",\"name\":\"x\",\"location\":\"Folkets hus, Storgatan 4, 753 10 Uppsala\"",
     {"\"name\":\"Folkets hus\"", "\"postalCode\":\"753 10\"", "\"addressLocality\":\"Uppsala\""}},
    {"place",
     START
     ",\"name\":\"x\",\"location\":{\"@type\":\"Place\",\"name\":\"Bibliotek\",\"address\":{"
     "\"streetAddress\":\"Storgatan 1\",\"postalCode\":75310},\"geo\":{\"latitude\":\"59,85\","
     "\"longitude\":17.6}}",
     {"\"latitude\":59.85", "OfflineEventAttendanceMode", "\"streetAddress\":\"Storgatan 1\""}},
    {"place-bad-geo",
     START ",\"name\":\"x\",\"location\":{\"@type\":\"Place\",\"name\":\"B\",\"geo\":{\"latitude\":"
           "\"north\",\"longitude\":1}}",
     {"!latitude"},
     "bad-geo"},
    {"virtual",
     START ",\"name\":\"x\",\"location\":{\"@type\":\"VirtualLocation\",\"url\":"
           "\"https://zoom.example/j/1\"}",
     {"\"url\":\"https://zoom.example/j/1\"", "OnlineEventAttendanceMode"}},
    {"mixed",
     START ",\"name\":\"x\",\"location\":[{\"@type\":\"VirtualLocation\",\"url\":"
           "\"https://zoom.example/j/1\"},{\"@type\":\"Place\",\"name\":\"Bibliotek\"}]",
     {"MixedEventAttendanceMode", "\"location\":[{\"@type\":\"Place\""}},
    {"called-online",
     START ",\"name\":\"x\",\"location\":{\"@type\":\"Place\",\"name\":\"Zoom\"}",
     {"OnlineEventAttendanceMode", "!\"location\""}},
    /* people */
    {"organiser",
     START ",\"name\":\"x\",\"organizer\":{\"@type\":\"Organization\",\"name\":\"Bilda\","
           "\"contactPoint\":{\"telephone\":\"tel:08-1234567\",\"email\":\"mailto:a@b.se\"}}",
     {"\"name\":\"Bilda\"", "\"telephone\":\"08-1234567\"", "\"email\":\"a@b.se\""}},
    {"organisers",
     START ",\"name\":\"x\",\"organizer\":[{\"@type\":\"Person\",\"name\":\"En\"},\"Två\"]",
     {"\"organizer\":{\"@type\":\"Person\",\"name\":\"En\"",
      "\"lykta:coOrganisers\":[{\"@type\":\"Organization\",\"name\":\"Två\"}]"}},
    /* facts */
    {"free",
     START ",\"name\":\"x\",\"isAccessibleForFree\":\"http://schema.org/True\"",
     {"\"isAccessibleForFree\":true"}},
    {"free-unknown", START ",\"name\":\"x\"", {"!isAccessibleForFree"}},
    {"price",
     START ",\"name\":\"x\",\"offers\":{\"price\":\"50\",\"priceCurrency\":\"SEK\",\"url\":"
           "\"https://x.example/b\"}",
     {"\"isAccessibleForFree\":false", "\"sv\":\"50 SEK\"",
      "\"lykta:bookingUrl\":\"https://x.example/b\""}},
    {"price-nothing",
     START ",\"name\":\"x\",\"offers\":[{\"price\":0}]",
     {"\"isAccessibleForFree\":true"}},
    {"prices",
     START ",\"name\":\"x\",\"offers\":[{\"price\":20},{\"price\":50}]",
     {"\"sv\":\"20–50 SEK\""}},
    {"ages",
     START ",\"name\":\"x\",\"typicalAgeRange\":\"7–12 år\"",
     {"\"typicalAgeRange\":\"7-12\""}},
    {"ages-open",
     START ",\"name\":\"x\",\"typicalAgeRange\":\"18+\"",
     {"\"typicalAgeRange\":\"18-\""}},
    {"ages-audience",
     START ",\"name\":\"x\",\"audience\":{\"@type\":\"PeopleAudience\",\"suggestedMinAge\":18,"
           "\"suggestedGender\":\"https://schema.org/Female\"}",
     {"\"typicalAgeRange\":\"18-\"", "\"lykta:audience\":\"women\""}},
    {"capacity",
     START ",\"name\":\"x\",\"maximumAttendeeCapacity\":\"20\"",
     {"\"maximumAttendeeCapacity\":20"}},
    {"keywords",
     START ",\"name\":\"x\",\"keywords\":\"Svenska, kvinnor\"",
     {"\"keywords\":[\"Svenska\",\"kvinnor\"]", "\"lykta:purposes\":[\"swedish\"]", "\"women\""}},
    {"about",
     START ",\"name\":\"x\",\"about\":[{\"@type\":\"Thing\",\"name\":\"Arbete\"}]",
     {"\"lykta:purposes\":[\"work\"]"}},
    {"title-words", START ",\"name\":\"Språkcafé för kvinnor\"", {"[\"swedish\"]", "\"women\""}},
    {"url",
     START ",\"name\":\"x\",\"url\":\"https://x.example/1\"",
     {"\"url\":\"https://x.example/1\""}},
    {"url-relative", START ",\"name\":\"x\",\"url\":\"event/1\"", {"!\"url\""}, "bad-url"},
    {"url-script",
     START ",\"name\":\"x\",\"url\":\"javascript:alert(1)\"",
     {"!javascript"},
     "bad-url"},
    {"property-value",
     START ",\"name\":\"x\",\"identifier\":{\"@type\":\"PropertyValue\",\"value\":\"77\"}",
     {"\"identifier\":\"77\""}},
    {"number-id", START ",\"name\":\"x\",\"identifier\":77", {"\"identifier\":\"77\""}},
    {"at-id",
     START ",\"name\":\"x\",\"@id\":\"https://x.example/#e\"",
     {"\"identifier\":\"https://x.example/#e\""}},
    {"blank-id", START ",\"name\":\"x\",\"@id\":\"_:b0\"", {"\"identifier\":\"lykta-"}},
    /* schedules */
    {"weekly",
     "\"name\":\"x\",\"eventSchedule\":{\"@type\":\"Schedule\",\"byDay\":\"https://schema.org/Tuesday\","
     "\"startDate\":\"2026-11-23\",\"endDate\":\"2026-12-20\",\"startTime\":\"18:00:00\",\"endTime\":"
     "\"19:30:00\",\"repeatFrequency\":\"P1W\",\"exceptDate\":\"2026-12-01\"}",
     {"\"start\":\"2026-11-24T18:00:00\"", "\"duration\":5400", "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU",
      "UNTIL=20261220T225959Z", "\"exceptions\":[\"2026-12-01T17:00:00Z\"]"}},
    {"fortnight",
     START ",\"name\":\"x\",\"eventSchedule\":{\"repeatFrequency\":\"P14D\",\"repeatCount\":5}",
     {"FREQ=WEEKLY;INTERVAL=2;COUNT=5"}},
    {"month-week",
     START ",\"name\":\"x\",\"eventSchedule\":{\"repeatFrequency\":\"P1M\",\"byDay\":\"Tuesday\","
           "\"byMonthWeek\":1}",
     {"FREQ=MONTHLY;INTERVAL=1;BYDAY=1TU"}},
    {"month-day",
     START
     ",\"name\":\"x\",\"eventSchedule\":{\"repeatFrequency\":\"Monthly\",\"byMonthDay\":[1,15]}",
     {"FREQ=MONTHLY;BYMONTHDAY=1,15"}},
    {"rule-text",
     START ",\"name\":\"x\",\"eventSchedule\":\"RRULE:FREQ=WEEKLY;BYDAY=TU\"",
     {"FREQ=WEEKLY;BYDAY=TU"}},
    {"other-zone",
     "\"name\":\"x\",\"eventSchedule\":{\"repeatFrequency\":\"P1W\",\"startDate\":\"2026-12-01\","
     "\"startTime\":\"18:00\",\"scheduleTimezone\":\"Europe/Helsinki\"}",
     {"\"zone\":\"Europe/Helsinki\"", "T18:00:00+02:00"}},
    {"bad-zone",
     START ",\"name\":\"x\",\"eventSchedule\":{\"repeatFrequency\":\"P1W\",\"scheduleTimezone\":"
           "\"Mars/Olympus\"}",
     {"\"zone\":\"Europe/Stockholm\""},
     "unknown-zone"},
    {"every-second",
     START ",\"name\":\"x\",\"eventSchedule\":{\"repeatFrequency\":\"PT1S\"}",
     {"!rules"},
     "bad-frequency"},
    {"30-february",
     START ",\"name\":\"x\",\"eventSchedule\":{\"repeatFrequency\":\"P1Y\",\"byMonth\":2,"
           "\"byMonthDay\":30}",
     {"!rules"},
     "bad-rule"},
    {"two-schedules",
     "\"name\":\"x\",\"eventSchedule\":[{\"byDay\":\"Tuesday\",\"startDate\":\"2026-12-01\",\"endDate\":"
     "\"2026-12-15\",\"startTime\":\"10:00\",\"endTime\":\"11:00\"},{\"byDay\":\"Thursday\","
     "\"startDate\":\"2026-12-01\",\"endDate\":\"2026-12-10\",\"startTime\":\"18:00\",\"endTime\":"
     "\"20:00\"}]",
     {"\"dates\":[\"2026-12-03T17:00:00Z\",\"2026-12-10T17:00:00Z\"]",
      "\"2026-12-03T17:00:00Z\":{\"startDate\":\"2026-12-03T17:00:00Z\",\"endDate\":\"2026-12-03T19:00:00Z\""}},
    {"sub-events",
     "\"name\":\"Kurs\",\"startDate\":\"2026-12-01\",\"endDate\":\"2026-12-08\",\"subEvent\":[{\"@type\":"
     "\"Event\",\"startDate\":\"2026-12-01T18:00\",\"endDate\":\"2026-12-01T19:00\"},{\"@type\":\"Event\","
     "\"name\":\"Avslutning\",\"startDate\":\"2026-12-08T18:00\",\"endDate\":\"2026-12-08T19:00\"}]",
     {"\"start\":\"2026-12-01T18:00:00\"", "\"dates\":[\"2026-12-08T17:00:00Z\"]", "Avslutning"}},
    {"cancelled-date",
     START
     ",\"name\":\"x\",\"eventSchedule\":{\"repeatFrequency\":\"P1W\"},\"subEvent\":{\"@type\":"
     "\"Event\",\"startDate\":\"2026-12-08T18:00\",\"eventStatus\":"
     "\"https://schema.org/EventCancelled\"}",
     {"\"changes\":{\"2026-12-08T17:00:00Z\"", "EventCancelled"}},
    /* nothing is guessed from what Lykta wrote */
    {"ours",
     START
     ",\"name\":{\"sv\":\"Språkcafé för kvinnor\"},\"lykta:version\":1,\"description\":{\"sv\":"
     "\"<b>x</b>\"}",
     {"!purposes", "!women", "<b>x</b>"}},
    /* "\\ud83d" alone is no character: it must not get anywhere as it is */
    {"ours-bad-zone",
     "\"name\":{\"sv\":\"x\"},\"lykta:version\":1,\"lykta:schedule\":{\"start\":"
     "\"2026-12-01T18:00:00\",\"zone\":\"Europe/Sto\\ud83dkholm\",\"duration\":60,\"rules\":["
     "\"FREQ=SECONDLY\"]}",
     {"\"zone\":\"Europe/Stockholm\"", "!SECONDLY"},
     "unknown-zone"},
    {"childcare", START ",\"name\":\"x\",\"lykta:childcare\":true", {"\"lykta:childcare\":true"}},
    {"levels",
     START ",\"name\":\"x\",\"educationalLevel\":{\"@type\":\"DefinedTerm\",\"name\":\"A2\"},"
           "\"keywords\":\"Beginners, family\"",
     {"\"lykta:levels\":[\"a1\",\"a2\"]", "\"lykta:children\":true"}},
    {"levels-own",
     START ",\"name\":\"x\",\"keywords\":\"B1\",\"lykta:levels\":[\"a1\",\"c7\"],"
           "\"lykta:children\":false",
     {"\"lykta:levels\":[\"a1\"]", "\"lykta:children\":false"}},
    {"levels-unknown", START ",\"name\":\"x\"", {"!lykta:levels", "!lykta:children"}},
};

typedef struct {
  GString *lines;
  guint n;
} Out;

static gboolean
on_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  Out *out = user_data;
  g_autoptr (GArray) dates = g_array_new (FALSE, FALSE, sizeof (LyktaOccurrence));

  lykta_jsonld_append (out->lines, activity, LYKTA_JSONLD_WRITE_EVERYTHING);
  lykta_expand_occurrences (activity, 1764000000, 1830000000, dates, NULL);
  out->n++;
  return TRUE;
}

static char *
read_text (const char *text, LyktaFeedReport *report, guint *n, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  Out out = {g_string_new (NULL), 0};

  lykta_jsonld_read (stream, "sv", report, on_activity, &out, NULL, error);
  if (n != NULL)
    *n = out.n;
  return g_string_free (out.lines, FALSE);
}

static void
assert_findings (LyktaFeedReport *report, const char *code, const char *name)
{
  gboolean is_found = code == NULL;

  for (guint i = 0; i < lykta_feed_report_get_n (report); i++) {
    const LyktaFeedFinding *finding = lykta_feed_report_get_nth (report, i);

    is_found |= g_strcmp0 (finding->code, code) == 0;
    if (code == NULL && finding->severity > LYKTA_FEED_NOTE)
      g_error ("%s: %s: %s", name, finding->code, finding->message);
  }
  if (!is_found)
    g_error ("%s: nothing was said of %s", name, code);
}

static void
test_terms (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
    g_autoptr (GError) error = NULL;
    g_autofree char *text =
        g_strconcat ("{" CONTEXT "\"@type\":\"SocialEvent\",", cases[i].members, "}", NULL);
    guint n = 0;
    g_autofree char *line = read_text (text, report, &n, &error);

    if (error != NULL || n != 1)
      g_error ("%s: %u activities: %s", cases[i].name, n, error != NULL ? error->message : "");
    for (guint k = 0; k < G_N_ELEMENTS (cases[i].parts) && cases[i].parts[k] != NULL; k++) {
      const char *part = cases[i].parts[k];
      gboolean is_wanted = *part != '!';

      if ((strstr (line, part + !is_wanted) != NULL) != is_wanted)
        g_error ("%s: %s\n%s", cases[i].name, part, line);
    }
    assert_findings (report, cases[i].code, cases[i].name);
  }
}

/* A date as several entries with the same identifier, and the same in two languages. */
static void
test_same_identifier (void)
{
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autofree char *line = read_text (
      "[{\"@type\":\"Event\",\"@id\":\"#1\",\"name\":\"Kurs\"," START ",\"duration\":\"PT1H\"},"
      "{\"@type\":\"Event\",\"@id\":\"#2\",\"name\":\"Annat\"," START "},"
      "{\"@type\":\"Event\",\"@id\":\"#1\",\"inLanguage\":\"en\",\"name\":\"Course\"," START
      ",\"duration\":\"PT1H\"},"
      "{\"@type\":\"Event\",\"@id\":\"#1\",\"name\":\"Kurs\",\"startDate\":\"2026-12-08T18:00\","
      "\"duration\":\"PT1H\"}]",
      report, NULL, NULL);

  g_assert_cmpuint (lykta_feed_report_get_n_activities (report), ==, 2);
  g_assert_nonnull (strstr (line, "\"name\":{\"en\":\"Course\",\"sv\":\"Kurs\"}"));
  g_assert_nonnull (strstr (line, "\"dates\":[\"2026-12-08T17:00:00Z\"]"));
  g_assert_null (strstr (line, "\"changes\""));
}

static void
test_references (void)
{
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autofree char *line = read_text (
      "{" CONTEXT "\"@graph\":[{\"@type\":\"Event\",\"name\":\"x\"," START
      ",\"location\":{\"@id\":\"#p\"},\"organizer\":{\"@id\":\"#o\"}},"
      "{\"@type\":\"Place\",\"@id\":\"#p\",\"name\":\"Bibliotek\",\"address\":{\"@id\":\"#a\"}},"
      "{\"@type\":\"Organization\",\"@id\":\"#o\",\"name\":\"Bilda\",\"contactPoint\":{\"@id\":\"#o\"}},"
      "{\"@type\":\"PostalAddress\",\"@id\":\"#a\",\"addressLocality\":\"Lund\"}]}",
      report, NULL, NULL);

  g_assert_nonnull (strstr (line, "\"name\":\"Bibliotek\""));
  g_assert_nonnull (strstr (line, "\"addressLocality\":\"Lund\""));
  g_assert_nonnull (strstr (line, "\"name\":\"Bilda\""));
}

/* The same content always gives the same uid, another date another one. */
static void
test_derived_uid (void)
{
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autofree char *a =
      read_text ("{\"@type\":\"Event\",\"name\":\"x\"," START "}", report, NULL, NULL);
  g_autofree char *b =
      read_text ("[{\"name\":\"x\",\"@type\":\"Event\"," START "}]", report, NULL, NULL);
  g_autofree char *c =
      read_text ("{\"@type\":\"Event\",\"name\":\"x\",\"startDate\":\"2026-12-02T18:00\"}", report,
                 NULL, NULL);

  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, !=, c);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/feed/jsonld/read/terms", test_terms);
  g_test_add_func ("/feed/jsonld/read/same-identifier", test_same_identifier);
  g_test_add_func ("/feed/jsonld/read/references", test_references);
  g_test_add_func ("/feed/jsonld/read/derived-uid", test_derived_uid);
  return g_test_run ();
}
