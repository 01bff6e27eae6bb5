/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each trap that calendars of the world lay, as a file in fixtures/ or made here where it is large.
 */
#include "config.h"

#include <string.h>

#include "feed/lykta-ical.h"
#include "feed/lykta-occurrences.h"
#include "support/lykta-test.h"

#define OK (-1)

typedef struct {
  GPtrArray *activities;   /* (owned) */
  GArray *occurrences;     /* (owned) of all, in order */
  LyktaFeedReport *report; /* (owned) */
  GError *error;           /* (owned) (nullable) */
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_ptr_array_unref (outcome->activities);
  g_array_unref (outcome->occurrences);
  g_assert_finalize_object (outcome->report);
  g_clear_error (&outcome->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static gboolean
on_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  Outcome *outcome = user_data;

  g_ptr_array_add (outcome->activities, g_object_ref (activity));
  g_assert_true (lykta_expand_occurrences (
      activity, lykta_test_moment ("2026-01-01T00:00:00+01:00"),
      lykta_test_moment ("2029-01-01T00:00:00+01:00"), outcome->occurrences, NULL));
  return TRUE;
}

static Outcome
read_stream (GInputStream *stream)
{
  Outcome outcome = {g_ptr_array_new_with_free_func (g_object_unref),
                     g_array_new (FALSE, FALSE, sizeof (LyktaOccurrence)), lykta_feed_report_new (),
                     NULL};

  lykta_ical_read (stream, "sv", outcome.report, on_activity, &outcome, NULL, &outcome.error);
  return outcome;
}

static Outcome
read_bytes (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return read_stream (stream);
}

static Outcome
read_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return read_bytes (bytes);
}

static Outcome
read_fixture (const char *name)
{
  g_autofree char *path = g_strdup_printf ("tests/feed/fixtures/%s.ics", name);
  g_autoptr (GBytes) bytes = lykta_test_source_bytes (path);

  return read_bytes (bytes);
}

/* @lines in one event, with a start unless they bring one. */
static Outcome
read_event (const char *lines)
{
  g_autofree char *text = g_strdup_printf (
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\n%s%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
      strstr (lines, "DTSTART") == NULL ? "DTSTART:20261124T180000\r\nDURATION:PT2H\r\n" : "",
      lines);

  return read_text (text);
}

static LyktaActivity *
first (const Outcome *outcome)
{
  g_assert_cmpuint (outcome->activities->len, >=, 1);
  return g_ptr_array_index (outcome->activities, 0);
}

static const struct {
  const char *name;
  int result; /* OK or a LyktaFeedError */
  guint n_activities;
  guint n_occurrences; /* 2026 to 2028 */
  guint n_quarantined;
  const char *codes; /* that must be reported */
} fixtures[] = {
    {"plain", OK, 1, 1, 0, ""},
    {"lf", OK, 1, 1, 0, ""},
    {"cr", OK, 1, 1, 0, ""},
    {"bom", OK, 1, 1, 0, ""},
    {"latin1", OK, 1, 1, 0, "not-utf8"},
    {"windows1252", OK, 1, 1, 0, "not-utf8"},
    {"utf16le-bom", OK, 1, 1, 0, ""},
    {"utf16be", OK, 1, 1, 0, ""},
    {"folded", OK, 1, 1, 0, ""},
    {"folded-inside-character", OK, 1, 1, 0, ""},
    {"wrong-case", OK, 1, 3, 0, ""},
    {"blank-lines", OK, 1, 1, 0, ""},
    {"broken-text", OK, 1, 1, 0, "line-break-in-text"},
    {"two-calendars", OK, 2, 2, 0, ""},
    {"event-outside", OK, 1, 1, 0, "event-outside-calendar"},
    {"truncated", LYKTA_FEED_ERROR_TRUNCATED, 0, 0, 0, "truncated"},
    {"truncated-between", LYKTA_FEED_ERROR_TRUNCATED, 0, 0, 0, "truncated"},
    {"html", LYKTA_FEED_ERROR_NOT_A_CALENDAR, 0, 0, 0, "not-a-calendar"},
    {"json", LYKTA_FEED_ERROR_NOT_A_CALENDAR, 0, 0, 0, "not-a-calendar"},
    {"empty", LYKTA_FEED_ERROR_NOT_A_CALENDAR, 0, 0, 0, "not-a-calendar"},
    {"garbage", LYKTA_FEED_ERROR_NOT_A_CALENDAR, 0, 0, 0, "not-a-calendar"},
    {"no-events", OK, 0, 0, 0, "no-events"},
    {"todo-only", OK, 0, 0, 0, "other-components no-events"},
    {"not-closed", OK, 1, 1, 1, "not-closed"},
    {"alarm-not-closed", OK, 2, 2, 0, "not-closed-inside"},
    {"stray-end", OK, 1, 1, 0, "stray-end"},
    {"nested-deep", OK, 1, 1, 1, "nested-too-deep"},
    {"control-characters", OK, 1, 1, 0, ""},
    {"two-locations-alarm", OK, 1, 1, 0, ""},
    {"no-uid", OK, 2, 2, 0, "no-uid event-twice"},
    {"no-stamp", OK, 1, 1, 0, ""},
    {"no-title", OK, 1, 1, 0, "no-title"},
    {"same-uid-newer", OK, 1, 1, 0, "same-uid"},
    {"same-uid-modified", OK, 1, 1, 0, "same-uid"},
    {"same-uid-dates", OK, 1, 2, 0, "same-uid-other-date"},
    {"private", OK, 1, 1, 1, "private"},
    {"floating", OK, 1, 1, 0, ""},
    {"utc", OK, 1, 1, 0, ""},
    {"windows-zone", OK, 1, 1, 0, ""},
    {"outlook-zone", OK, 1, 1, 0, ""},
    {"outlook-zone-unquoted", OK, 1, 1, 0, ""},
    {"mozilla-zone", OK, 1, 1, 0, ""},
    {"custom-zone", OK, 1, 1, 0, "custom-zone"},
    {"evil-zone", OK, 1, 1, 0, "unknown-zone"},
    {"evil-zone-never", OK, 1, 1, 0, "unknown-zone"},
    {"zone-without-definition", OK, 1, 1, 0, "unknown-zone"},
    {"zone-impossible-offset", OK, 1, 3, 0, "custom-zone"},
    {"all-day", OK, 1, 1, 0, ""},
    {"all-day-no-end", OK, 1, 1, 0, ""},
    {"all-day-same-end", OK, 1, 1, 0, ""},
    {"all-day-duration", OK, 1, 1, 0, ""},
    {"all-day-bare", OK, 1, 1, 0, ""},
    {"mixed-dates", OK, 1, 1, 0, "mixed-dates"},
    {"end-before-start", OK, 1, 1, 0, "end-before-start"},
    {"no-end", OK, 1, 1, 0, ""},
    {"negative-duration", OK, 1, 1, 0, "bad-duration"},
    {"no-start", OK, 1, 1, 1, "no-start"},
    {"bad-start", OK, 1, 1, 1, "bad-start"},
    {"weekly", OK, 1, 5, 0, ""},
    {"secondly", OK, 1, 1, 1, "rule-too-frequent"},
    {"minutely", OK, 1, 1, 1, "rule-too-frequent"},
    {"hourly", OK, 1, 1, 1, "rule-too-frequent"},
    {"impossible", OK, 1, 1, 1, "rule-impossible"},
    {"bad-rule", OK, 1, 1, 1, "bad-rule"},
    {"bad-count", OK, 1, 769, 0, ""},
    {"twice-a-day", OK, 1, 6, 0, ""},
    {"until-date", OK, 1, 3, 0, ""},
    {"until-utc", OK, 1, 3, 0, ""},
    {"exdate-list", OK, 1, 2, 0, ""},
    {"exdate-date", OK, 1, 4, 0, ""},
    {"exdate-bad", OK, 1, 5, 0, "bad-exdate"},
    {"rdate", OK, 1, 4, 0, ""},
    {"exrule", OK, 1, 2, 0, "exrule"},
    {"start-not-in-rule", OK, 2, 5, 0, "start-not-in-rule"},
    {"override-moved", OK, 1, 5, 0, ""},
    {"override-cancelled", OK, 1, 5, 0, ""},
    {"override-before-master", OK, 2, 6, 0, ""},
    {"override-date", OK, 1, 5, 0, ""},
    {"override-utc", OK, 1, 5, 0, ""},
    {"override-orphans", OK, 1, 2, 0, "override-without-series"},
    {"override-bad", OK, 1, 5, 1, "bad-recurrence-id"},
    {"this-and-future", OK, 1, 5, 0, "this-and-future"},
    {"this-and-prior", OK, 1, 5, 1, "bad-range"},
    {"override-of-bad-master", OK, 1, 1, 1, "rule-too-frequent override-without-series"},
    {"method-cancel", OK, 1, 1, 0, ""},
    {"vcal10", OK, 1, 1, 0, ""},
    {"bad-url", OK, 1, 1, 0, "bad-url"},
    {"bad-geo", OK, 1, 1, 0, "bad-geo"},
    {"html-text", OK, 1, 1, 0, "html-text"},
    {"text-twice", OK, 1, 1, 0, "text-twice"},
    {"bad-language", OK, 1, 1, 0, "unknown-language"},
};

static void
check_fixture (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_auto (Outcome) outcome = read_fixture (fixtures[i].name);
  g_auto (GStrv) codes = g_strsplit (fixtures[i].codes, " ", -1);

  for (guint k = 0; k < lykta_feed_report_get_n (outcome.report); k++) {
    const LyktaFeedFinding *finding = lykta_feed_report_get_nth (outcome.report, k);
    g_test_message ("%s line %u: %s", finding->code, finding->line, finding->message);
  }
  if (fixtures[i].result == OK)
    g_assert_no_error (outcome.error);
  else {
    g_assert_error (outcome.error, LYKTA_FEED_ERROR, fixtures[i].result);
    g_assert_cmpuint (lykta_feed_report_count (outcome.report, LYKTA_FEED_FATAL), ==, 1);
  }
  g_assert_cmpuint (outcome.activities->len, ==, fixtures[i].n_activities);
  g_assert_cmpuint (lykta_feed_report_get_n_activities (outcome.report), ==,
                    fixtures[i].n_activities);
  g_assert_cmpuint (outcome.occurrences->len, ==, fixtures[i].n_occurrences);
  g_assert_cmpuint (lykta_feed_report_get_n_quarantined (outcome.report), ==,
                    fixtures[i].n_quarantined);
  for (guint k = 0; codes[k] != NULL; k++) {
    if (*codes[k] != 0)
      g_assert_cmpuint (lykta_feed_report_count_code (outcome.report, codes[k]), >, 0);
  }
  /* A clean file has nothing to complain of. */
  if (*fixtures[i].codes == 0)
    g_assert_cmpuint (lykta_feed_report_count (outcome.report, LYKTA_FEED_WARNING), ==, 0);
}

/* Start and end of the first date that each way of writing times means. */
static void
test_times (void)
{
  static const struct {
    const char *name;
    const char *start;
    const char *end;
  } cases[] = {
      {"plain", "2026-11-24T18:00:00+01:00", "2026-11-24T20:00:00+01:00"},
      {"floating", "2026-11-24T18:00:00+01:00", "2026-11-24T20:00:00+01:00"},
      {"utc", "2026-11-24T18:00:00+01:00", "2026-11-24T20:00:00+01:00"},
      {"windows-zone", "2026-11-24T18:00:00+01:00", "2026-11-24T20:00:00+01:00"},
      {"outlook-zone", "2026-11-24T18:00:00+01:00", "2026-11-24T20:00:00+01:00"},
      {"outlook-zone-unquoted", "2026-11-24T18:00:00+01:00", "2026-11-24T20:00:00+01:00"},
      {"mozilla-zone", "2026-11-24T18:00:00+01:00", "2026-11-24T20:00:00+01:00"},
      {"custom-zone", "2026-11-24T18:00:00+01:00", "2026-11-24T20:00:00+01:00"},
      {"evil-zone", "2026-11-24T18:00:00+01:00", "2026-11-24T20:00:00+01:00"},
      {"all-day", "2026-11-24T00:00:00+01:00", "2026-11-26T00:00:00+01:00"},
      {"all-day-no-end", "2026-11-24T00:00:00+01:00", "2026-11-25T00:00:00+01:00"},
      {"all-day-same-end", "2026-11-24T00:00:00+01:00", "2026-11-25T00:00:00+01:00"},
      {"all-day-duration", "2026-11-24T00:00:00+01:00", "2026-11-26T00:00:00+01:00"},
      {"all-day-bare", "2026-11-24T00:00:00+01:00", "2026-11-25T00:00:00+01:00"},
      {"mixed-dates", "2026-11-24T00:00:00+01:00", "2026-11-25T00:00:00+01:00"},
      {"end-before-start", "2026-11-24T18:00:00+01:00", "2026-11-24T18:00:00+01:00"},
      {"no-end", "2026-11-24T18:00:00+01:00", "2026-11-24T18:00:00+01:00"},
      {"negative-duration", "2026-11-24T18:00:00+01:00", "2026-11-24T18:00:00+01:00"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Outcome) outcome = read_fixture (cases[i].name);
    const LyktaOccurrence *occurrence = &g_array_index (outcome.occurrences, LyktaOccurrence, 0);
    g_autofree char *start = lykta_moment_to_rfc3339 (occurrence->start);
    g_autofree char *end = lykta_moment_to_rfc3339 (occurrence->end);
    g_test_message ("%s", cases[i].name);
    g_assert_cmpstr (start, ==, cases[i].start);
    g_assert_cmpstr (end, ==, cases[i].end);
  }
}

static char *
dates_of (const Outcome *outcome)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < outcome->occurrences->len; i++) {
    const LyktaOccurrence *occurrence = &g_array_index (outcome->occurrences, LyktaOccurrence, i);
    g_autofree char *start = lykta_moment_to_rfc3339 (occurrence->start);
    g_string_append_printf (out, "%s%.16s%s", i > 0 ? " " : "", start,
                            occurrence->status == LYKTA_STATUS_CANCELLED     ? "x"
                            : occurrence->status == LYKTA_STATUS_RESCHEDULED ? "!"
                                                                             : "");
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_dates (void)
{
  static const struct {
    const char *name;
    const char *dates;
  } cases[] = {
      {"override-moved",
       "2026-11-24T18:00 2026-12-02T19:00! 2026-12-08T18:00 2026-12-15T18:00 2026-12-22T18:00"},
      {"override-cancelled",
       "2026-11-24T18:00 2026-12-01T18:00x 2026-12-08T18:00 2026-12-15T18:00 2026-12-22T18:00"},
      {"override-date",
       "2026-11-24T18:00 2026-12-02T18:00! 2026-12-08T18:00 2026-12-15T18:00 2026-12-22T18:00"},
      {"override-utc",
       "2026-11-24T18:00 2026-12-02T18:00! 2026-12-08T18:00 2026-12-15T18:00 2026-12-22T18:00"},
      {"this-and-future",
       "2026-11-24T18:00 2026-12-01T18:00 2026-12-08T19:00! 2026-12-15T19:00! 2026-12-22T19:00!"},
      {"exdate-date", "2026-11-24T18:00 2026-12-08T18:00 2026-12-15T18:00 2026-12-22T18:00"},
      {"rdate", "2026-11-24T18:00 2026-11-26T18:00 2026-11-30T10:00 2026-12-03T10:00"},
      {"exrule", "2026-12-01T18:00 2026-12-15T18:00"},
      {"start-not-in-rule",
       "2026-11-26T18:00 2026-12-03T18:00 2026-11-24T18:00 2026-11-26T18:00 2026-12-03T18:00"},
      {"wrong-case", "2026-11-24T18:00x 2026-12-01T18:00x 2026-12-08T18:00x"},
      {"method-cancel", "2026-11-24T18:00x"},
      {"twice-a-day",
       "2026-11-24T10:00 2026-11-24T14:00 2026-11-25T10:00 2026-11-25T14:00 2026-11-26T10:00 "
       "2026-11-26T14:00"},
      {"same-uid-dates", "2026-11-24T18:00 2026-12-01T18:00"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Outcome) outcome = read_fixture (cases[i].name);
    g_autofree char *dates = dates_of (&outcome);
    g_test_message ("%s", cases[i].name);
    g_assert_cmpstr (dates, ==, cases[i].dates);
  }
}

/* The clocks change in both directions; the activity stays at six in the evening. */
static void
test_daylight_saving (void)
{
  static const struct {
    const char *lines;
    const char *dates;
  } cases[] = {
      {"DTSTART;TZID=Europe/Stockholm:20261020T180000\r\nRRULE:FREQ=WEEKLY;COUNT=2",
       "2026-10-20T16:00:00Z 2026-10-27T17:00:00Z"},
      {"DTSTART;TZID=Europe/Stockholm:20270323T180000\r\nRRULE:FREQ=WEEKLY;COUNT=2",
       "2027-03-23T17:00:00Z 2027-03-30T16:00:00Z"},
      /* The hour that is not there: moved forward. The hour that is there twice: the first. */
      {"DTSTART;TZID=Europe/Stockholm:20270327T023000\r\nRRULE:FREQ=DAILY;COUNT=2",
       "2027-03-27T01:30:00Z 2027-03-28T01:30:00Z"},
      {"DTSTART;TZID=Europe/Stockholm:20261024T023000\r\nRRULE:FREQ=DAILY;COUNT=2",
       "2026-10-24T00:30:00Z 2026-10-25T00:30:00Z"},
      /* In UTC the clocks of Sweden do not matter. */
      {"DTSTART:20261020T160000Z\r\nRRULE:FREQ=WEEKLY;COUNT=2",
       "2026-10-20T16:00:00Z 2026-10-27T16:00:00Z"},
      {"DTSTART;TZID=America/New_York:20261027T120000\r\nRRULE:FREQ=WEEKLY;COUNT=2",
       "2026-10-27T16:00:00Z 2026-11-03T17:00:00Z"},
      {"DTSTART;VALUE=DATE:20261024\r\nRRULE:FREQ=DAILY;COUNT=3",
       "2026-10-23T22:00:00Z 2026-10-24T22:00:00Z 2026-10-25T23:00:00Z"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Outcome) outcome = read_event (cases[i].lines);
    g_autoptr (GString) dates = g_string_new (NULL);
    for (guint k = 0; k < outcome.occurrences->len; k++) {
      g_autofree char *start = lykta_moment_to_rfc3339_utc (
          g_array_index (outcome.occurrences, LyktaOccurrence, k).start);
      g_string_append_printf (dates, "%s%s", k > 0 ? " " : "", start);
    }
    g_assert_cmpstr (dates->str, ==, cases[i].dates);
  }
}

static void
test_texts (void)
{
  static const struct {
    const char *name;
    const char *title;
  } cases[] = {
      {"latin1", "Språkcafé på Ågatan"},
      {"windows1252", "Språkcafé – 5 €"},
      {"utf16le-bom", "Språkcafé"},
      {"utf16be", "Språkcafé"},
      {"bom", "Språkcafé"},
      {"cr", "Språkcafé"},
      {"folded", "Språkcafé"},
      {"folded-inside-character", "Språkcafé"},
      {"vcal10", "Språkcaféför alla"},
      {"control-characters", "Gratis  [31mröd txet"},
      {"same-uid-newer", "Ny"},
      {"same-uid-modified", "Ny"},
      {"text-twice", "Språkcafé"},
      {"two-locations-alarm", "Språkcafé"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Outcome) outcome = read_fixture (cases[i].name);
    g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (first (&outcome)), "sv"), ==,
                     cases[i].title);
  }
  {
    g_auto (Outcome) outcome = read_fixture ("html-text");
    g_assert_cmpstr (lykta_texts_get (lykta_activity_get_description (first (&outcome)), "sv"), ==,
                     "Vi ses på biblioteket.");
  }
  {
    g_auto (Outcome) outcome = read_fixture ("broken-text");
    g_assert_cmpstr (lykta_texts_get (lykta_activity_get_description (first (&outcome)), "sv"), ==,
                     "Rad ett\nrad två utan indrag");
  }
}

static void
test_languages (void)
{
  g_auto (Outcome) outcome = read_event (
      "SUMMARY;LANGUAGE=sv-SE:Språkcafé\r\nSUMMARY;LANGUAGE=en:Language café\r\n"
      "X-I18N-SUMMARY;LANGUAGE=prs:کافه لسان\r\nX-I18N-SUMMARY;LANGUAGE=kmr:Kafeya ziman\r\n"
      "DESCRIPTION:På svenska\\, utan språk\r\nX-I18N-DESCRIPTION;LANGUAGE=ar:بالعربية\r\n"
      "COMMENT:Ring på klockan\r\nCOMMENT:Andra våningen\r\nCOMMENT;LANGUAGE=en:Second floor");
  LyktaActivity *activity = first (&outcome);
  LyktaTexts *title = lykta_activity_get_title (activity);

  g_assert_cmpuint (lykta_texts_get_n (title), ==, 4);
  g_assert_cmpstr (lykta_texts_get (title, "sv"), ==, "Språkcafé");
  g_assert_cmpstr (lykta_texts_get (title, "en"), ==, "Language café");
  g_assert_cmpstr (lykta_texts_get (title, "fa-AF"), ==, "کافه لسان");
  g_assert_cmpstr (lykta_texts_get (title, "ku"), ==, "Kafeya ziman");
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_description (activity), "sv"), ==,
                   "På svenska, utan språk");
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_description (activity), "ar"), ==,
                   "بالعربية");
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_notes (activity), "sv"), ==,
                   "Ring på klockan\n\nAndra våningen");
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_notes (activity), "en"), ==, "Second floor");
}

/* The properties that a realistic feed brings. */
static void
test_facts (void)
{
  g_auto (Outcome) outcome = read_event (
      "SUMMARY;LANGUAGE=sv:Cykelkurs\r\nLOCATION:Stadsbiblioteket\\, Storgatan 4\\, Uppsala\r\nGEO:59.8586;17.6389\r\n"
      "CATEGORIES:LANGUAGE,CHILDCARE,WOMEN-ONLY,DROP-IN,FREE,ACCESSIBLE\r\nCATEGORIES:WORK,Nybörjare,B2,Familj\r\n"
      "ORGANIZER;CN=\"Språkbron, Uppsala\":mailto:info@exempel.se\r\nCONTACT:+46701234567\r\n"
      "URL:https://exempel.se/aktivitet/1\r\nX-MUNICIPALITY:0380\r\nX-MIN-AGE:16\r\n"
      "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.exempel.se/abc\r\nLAST-MODIFIED:20261101T080000Z");
  LyktaActivity *activity = first (&outcome);
  LyktaPlace *place = lykta_activity_get_place (activity);
  LyktaOrganiser *organiser = lykta_activity_get_organiser (activity);
  LyktaContact *contact = lykta_organiser_get_public_contact (organiser);

  g_assert_cmpint (lykta_activity_get_purposes (activity), ==,
                   LYKTA_PURPOSE_SWEDISH | LYKTA_PURPOSE_WORK | LYKTA_PURPOSE_SOCIETY);
  g_assert_cmpint (lykta_activity_get_primary_purpose (activity), ==, LYKTA_PURPOSE_SWEDISH);
  g_assert_cmpint (lykta_activity_get_audience (activity), ==, LYKTA_AUDIENCE_WOMEN);
  g_assert_cmpint (lykta_activity_get_booking (activity), ==, LYKTA_BOOKING_DROP_IN);
  g_assert_cmpint (lykta_activity_get_childcare (activity), ==, LYKTA_TRISTATE_YES);
  g_assert_cmpint (lykta_activity_get_is_free (activity), ==, LYKTA_TRISTATE_YES);
  g_assert_cmpint (lykta_activity_get_step_free (activity), ==, LYKTA_TRISTATE_YES);
  g_assert_cmpint (lykta_activity_get_is_tia (activity), ==, LYKTA_TRISTATE_UNKNOWN);
  g_assert_cmpint (lykta_activity_get_attendance (activity), ==, LYKTA_ATTENDANCE_MIXED);
  g_assert_cmpint (lykta_activity_get_age_from (activity), ==, 16);
  g_assert_cmpint (lykta_activity_get_age_to (activity), ==, -1);
  g_assert_cmpuint (g_strv_length ((char **)lykta_activity_get_categories (activity)), ==, 10);
  g_assert_cmpint (lykta_activity_get_levels (activity), ==, LYKTA_LEVEL_A1 | LYKTA_LEVEL_B1);
  g_assert_cmpint (lykta_activity_get_children (activity), ==, LYKTA_TRISTATE_YES);
  g_assert_cmpstr (lykta_place_get_name (place), ==, "Stadsbiblioteket");
  g_assert_cmpstr (lykta_place_get_street (place), ==, "Storgatan 4");
  g_assert_cmpstr (lykta_place_get_town (place), ==, "Uppsala");
  g_assert_cmpstr (lykta_place_get_municipality_code (place), ==, "0380");
  g_assert_cmpstr (lykta_place_get_county_code (place), ==, "03");
  g_assert_cmpfloat (lykta_place_get_latitude (place), ==, 59.8586);
  g_assert_cmpstr (lykta_organiser_get_name (organiser), ==, "Språkbron, Uppsala");
  g_assert_cmpstr (lykta_contact_get_email (contact), ==, "info@exempel.se");
  g_assert_cmpstr (lykta_contact_get_phone (contact), ==, "+46701234567");
  g_assert_cmpstr (lykta_activity_get_url (activity), ==, "https://exempel.se/aktivitet/1");
  g_assert_cmpstr (lykta_activity_get_online_url (activity), ==, "https://meet.exempel.se/abc");
  g_assert_cmpint (lykta_activity_get_last_modified (activity), ==,
                   lykta_test_moment ("2026-11-01T08:00:00Z"));
}

static void
test_words (void)
{
  static const struct {
    const char *lines;
    LyktaPurposes purposes;
    LyktaAudience audience;
  } cases[] = {
      {"SUMMARY:Öppet SPRÅKCAFÉ", LYKTA_PURPOSE_SWEDISH, LYKTA_AUDIENCE_UNKNOWN},
      {"SUMMARY:Simskola för kvinnor", LYKTA_PURPOSE_HEALTH, LYKTA_AUDIENCE_WOMEN},
      {"SUMMARY:Kurs för mänskliga rättigheter", LYKTA_PURPOSE_NONE, LYKTA_AUDIENCE_UNKNOWN},
      {"SUMMARY:Center för män", LYKTA_PURPOSE_NONE, LYKTA_AUDIENCE_MEN},
      {"SUMMARY:Svenska med baby", LYKTA_PURPOSE_SWEDISH, LYKTA_AUDIENCE_PARENTS_WITH_CHILDREN},
      {"SUMMARY:Möte\r\nCATEGORIES:Hälsa,Något annat", LYKTA_PURPOSE_HEALTH,
       LYKTA_AUDIENCE_UNKNOWN},
      {"SUMMARY:Möte\r\nCATEGORIES:Idrott och hälsa,Kultur och nöje",
       LYKTA_PURPOSE_HEALTH | LYKTA_PURPOSE_SOCIETY, LYKTA_AUDIENCE_UNKNOWN},
      {"SUMMARY:Möte\r\nCATEGORIES:youth,women_only", LYKTA_PURPOSE_NONE, LYKTA_AUDIENCE_WOMEN},
      {"SUMMARY:Språkcafé\r\nX-LYKTA-VERSION:1", LYKTA_PURPOSE_NONE, LYKTA_AUDIENCE_UNKNOWN},
      {"SUMMARY:Språkcafé\r\nX-LYKTA-PURPOSES:work,society\r\nX-LYKTA-PRIMARY-PURPOSE:work",
       LYKTA_PURPOSE_WORK | LYKTA_PURPOSE_SOCIETY, LYKTA_AUDIENCE_UNKNOWN},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Outcome) outcome = read_event (cases[i].lines);
    g_test_message ("%s", cases[i].lines);
    g_assert_cmpint (lykta_activity_get_purposes (first (&outcome)), ==, cases[i].purposes);
    g_assert_cmpint (lykta_activity_get_audience (first (&outcome)), ==, cases[i].audience);
  }
}

static void
test_places (void)
{
  static const struct {
    const char *location;
    const char *name, *street, *postcode, *town;
  } cases[] = {
      {"Biblioteket", "Biblioteket", NULL, NULL, NULL},
      {"Storgatan 4", NULL, "Storgatan 4", NULL, NULL},
      {"Biblioteket\\, Uppsala", "Biblioteket", NULL, NULL, "Uppsala"},
      {"Folkets Hus\\, Kyrkogatan 12 B\\, 753 10 Uppsala\\, Sverige", "Folkets Hus",
       "Kyrkogatan 12 B", "753 10", "Uppsala"},
      {"Prästgården\\nKommunalvägen 29\\nSE-14130 Huddinge", "Prästgården", "Kommunalvägen 29",
       "141 30", "Huddinge"},
      {"Parkvägen\\, Lund", NULL, "Parkvägen", NULL, "Lund"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *lines = g_strconcat ("LOCATION:", cases[i].location, NULL);
    g_auto (Outcome) outcome = read_event (lines);
    LyktaPlace *place = lykta_activity_get_place (first (&outcome));
    g_test_message ("%s", cases[i].location);
    g_assert_nonnull (place);
    g_assert_cmpstr (lykta_place_get_name (place), ==, cases[i].name);
    g_assert_cmpstr (lykta_place_get_street (place), ==, cases[i].street);
    g_assert_cmpstr (lykta_place_get_postcode (place), ==, cases[i].postcode);
    g_assert_cmpstr (lykta_place_get_town (place), ==, cases[i].town);
  }
  {
    g_auto (Outcome) outcome = read_event ("LOCATION:Zoom");
    g_assert_null (lykta_activity_get_place (first (&outcome)));
    g_assert_cmpint (lykta_activity_get_attendance (first (&outcome)), ==, LYKTA_ATTENDANCE_ONLINE);
  }
  {
    g_auto (Outcome) outcome = read_event ("LOCATION:https://zoom.exempel.se/j/1");
    g_assert_cmpstr (lykta_activity_get_online_url (first (&outcome)), ==,
                     "https://zoom.exempel.se/j/1");
  }
  {
    g_auto (Outcome) outcome = read_event (
        "X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS=\"Storgatan 1\\n753 10 Uppsala\";X-TITLE=Huset:geo:59.8,17.6");
    LyktaPlace *place = lykta_activity_get_place (first (&outcome));
    g_assert_cmpstr (lykta_place_get_street (place), ==, "Storgatan 1");
    g_assert_cmpstr (lykta_place_get_name (place), ==, "Huset");
    g_assert_cmpfloat (lykta_place_get_latitude (place), ==, 59.8);
  }
}

/* RFC 9073. */
static void
test_participants (void)
{
  g_auto (Outcome) outcome = read_event (
      "SUMMARY:Promenad\r\nBEGIN:VLOCATION\r\nUID:l\r\nNAME:Slottsparken\r\nGEO:59.85;17.63\r\nEND:VLOCATION\r\n"
      "BEGIN:PARTICIPANT\r\nUID:p\r\nPARTICIPANT-TYPE:SPONSOR\r\nSUMMARY:Studiefrämjandet\r\n"
      "CALENDAR-ADDRESS:mailto:a@exempel.se\r\nEND:PARTICIPANT\r\n"
      "BEGIN:PARTICIPANT\r\nUID:q\r\nPARTICIPANT-TYPE:PERFORMER\r\nSUMMARY:Någon\r\nEND:PARTICIPANT");
  LyktaActivity *activity = first (&outcome);

  g_assert_cmpstr (lykta_place_get_name (lykta_activity_get_place (activity)), ==, "Slottsparken");
  g_assert_cmpuint (lykta_activity_get_n_co_organisers (activity), ==, 1);
  g_assert_cmpstr (lykta_organiser_get_name (lykta_activity_get_co_organiser (activity, 0)), ==,
                   "Studiefrämjandet");
  g_assert_cmpuint (lykta_texts_get_n (lykta_activity_get_title (activity)), ==, 1);
}

/* An identifier made from the content stays the same when only stamps change. */
static void
test_made_up_uid (void)
{
  static const char *const events[] = {
      "BEGIN:VEVENT\r\nDTSTART:20261124T180000\r\nSUMMARY:A\r\nDTSTAMP:20261101T000000Z\r\nEND:VEVENT\r\n",
      "BEGIN:VEVENT\r\nDTSTART:20261124T180000\r\nSUMMARY:A\r\nDTSTAMP:20261102T000000Z\r\nSEQUENCE:4\r\nEND:VEVENT\r\n",
      "BEGIN:VEVENT\r\nDTSTART:20261124T180000\r\nSUMMARY:B\r\nDTSTAMP:20261101T000000Z\r\nEND:VEVENT\r\n",
  };
  g_autofree char *uids[3] = {NULL};

  for (guint i = 0; i < 3; i++) {
    g_autofree char *text =
        g_strconcat ("BEGIN:VCALENDAR\r\n", events[i], "END:VCALENDAR\r\n", NULL);
    g_auto (Outcome) outcome = read_text (text);
    uids[i] = g_strdup (lykta_activity_get_uid (first (&outcome)));
  }
  g_assert_cmpstr (uids[0], ==, uids[1]);
  g_assert_cmpstr (uids[0], !=, uids[2]);
  g_free (uids[1]);
  g_free (uids[2]);
  uids[1] = uids[2] = NULL;
}

static void
test_override_texts (void)
{
  g_auto (Outcome) outcome = read_text (
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261124T180000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n"
      "SUMMARY;LANGUAGE=sv:Café\r\nX-I18N-SUMMARY;LANGUAGE=en:Café\r\nLOCATION:Biblioteket\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID:20261201T180000\r\nDTSTART:20261201T180000\r\nSUMMARY;LANGUAGE=sv:Café\r\n"
      "LOCATION:Biblioteket\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID:20261208T180000\r\nDTSTART:20261208T180000\r\n"
      "SUMMARY;LANGUAGE=sv:Café med gäst för kvinnor\r\nLOCATION:Folkets Hus\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
  LyktaSchedule *schedule = lykta_activity_get_schedule (first (&outcome));
  const LyktaOverride *same = lykta_schedule_get_override (schedule, 0);
  const LyktaOverride *other = lykta_schedule_get_override (schedule, 1);

  g_assert_null (same->title);
  g_assert_null (same->place);
  g_assert_cmpstr (lykta_texts_get (other->title, "sv"), ==, "Café med gäst för kvinnor");
  g_assert_cmpint (other->audience, ==, LYKTA_AUDIENCE_WOMEN);
  g_assert_cmpstr (lykta_place_get_name (other->place), ==, "Folkets Hus");
  g_assert_cmpint (g_array_index (outcome.occurrences, LyktaOccurrence, 2).audience, ==,
                   LYKTA_AUDIENCE_WOMEN);
}

/* What only large input shows. */
static void
test_limits (void)
{
  static const char head[] =
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261124T180000\r\n";
  static const char tail[] =
      "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nDTSTART:20261124T180000\r\nSUMMARY:Den goda\r\n"
      "END:VEVENT\r\nEND:VCALENDAR\r\n";
  static const struct {
    const char *piece;
    guint n;
    const char *code;
    guint n_activities;
  } cases[] = {
      {"a", 300 * 1024, "line-too-long", 1},
      {"a", 9 * 1024 * 1024, "line-too-long", 1},
      {"\r\n a", 300 * 1024, "line-too-long", 1},
      {"\r\nCOMMENT:x", 5000, "too-many-properties", 1},
      {"\r\nCOMMENT:0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
       "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
       "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
       3900, "event-too-large", 1},
      {"\r\nEXDATE:20270101T100000Z,20270102T100000Z,20270103T100000Z", 500, "too-many-dates", 2},
      {"\r\nRRULE:FREQ=DAILY", 9, "too-many-rules", 1},
      {"\r\nBEGIN:X-A", 9, "nested-too-deep", 1},
      {"text ", 10000, "text-cut", 2},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GString *text = g_string_new (head);
    g_autoptr (GBytes) bytes = NULL;
    g_string_append (text, "DESCRIPTION:");
    for (guint k = 0; k < cases[i].n; k++)
      g_string_append (text, cases[i].piece);
    g_string_append (text, tail);
    bytes = g_string_free_to_bytes (text);
    {
      g_auto (Outcome) outcome = read_bytes (bytes);
      g_test_message ("%s", cases[i].code);
      g_assert_no_error (outcome.error);
      g_assert_cmpuint (outcome.activities->len, ==, cases[i].n_activities);
      g_assert_cmpuint (lykta_feed_report_count_code (outcome.report, cases[i].code), ==, 1);
    }
  }
}

/* A stream that cannot be sought in, and one that begins in the middle. */
static void
test_streams (void)
{
  g_autoptr (GBytes) bytes =
      lykta_test_source_bytes ("tests/feed/fixtures/override-before-master.ics");
  g_autoptr (GInputStream) memory = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) buffered = g_buffered_input_stream_new (memory);
  g_autoptr (GConverter) converter = G_CONVERTER (g_charset_converter_new ("UTF-8", "UTF-8", NULL));
  g_autoptr (GInputStream) unseekable = g_converter_input_stream_new (buffered, converter);
  g_auto (Outcome) outcome = read_stream (unseekable);

  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.activities->len, ==, 2);
}

static void
test_middle_of_stream (void)
{
  static const char text[] =
      "HTTP something\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261124T180000\r\n"
      "END:VEVENT\r\nEND:VCALENDAR\r\n";
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);

  g_assert_cmpint (g_input_stream_skip (stream, 16, NULL, NULL), ==, 16);
  {
    g_auto (Outcome) outcome = read_stream (stream);
    g_assert_no_error (outcome.error);
    g_assert_cmpuint (outcome.activities->len, ==, 1);
  }
}

static gboolean
on_stop (LyktaActivity *activity, gpointer user_data, GError **error)
{
  (*(guint *)user_data)++;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return FALSE;
}

static void
test_stop (void)
{
  g_autoptr (GBytes) bytes = lykta_test_source_bytes ("tests/feed/fixtures/two-calendars.ics");
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LyktaFeedReport *report = lykta_feed_report_new ();
  guint n = 0;

  g_assert_false (lykta_ical_read (stream, NULL, report, on_stop, &n, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpuint (n, ==, 1);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_true (g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, NULL, NULL));
  g_assert_false (lykta_ical_read (stream, NULL, report, on_stop, &n, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (n, ==, 1);
  g_assert_finalize_object (report);
}

static void
test_sniff (void)
{
  static const struct {
    const char *head;
    LyktaFormat format;
  } cases[] = {
      {"BEGIN:VCALENDAR\r\n", LYKTA_FORMAT_ICALENDAR},
      {"\xef\xbb\xbf"
       "begin:vcalendar",
       LYKTA_FORMAT_ICALENDAR},
      {"\r\n BEGIN:VEVENT", LYKTA_FORMAT_ICALENDAR},
      {"hm\nBEGIN:VCALENDAR", LYKTA_FORMAT_ICALENDAR},
      {"<html>\nBEGIN:VCALENDAR", LYKTA_FORMAT_AUTO},
      {"{}", LYKTA_FORMAT_AUTO},
      {"", LYKTA_FORMAT_AUTO},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (lykta_feed_sniff ((const guint8 *)cases[i].head, strlen (cases[i].head)), ==,
                     cases[i].format);
  g_assert_cmpint (
      lykta_feed_sniff ((const guint8 *)"B\0E\0G\0I\0N\0:\0V\0C\0A\0L\0E\0N\0D\0A\0R\0", 30), ==,
      LYKTA_FORMAT_ICALENDAR);
}

static void
test_report (void)
{
  LyktaFeedReport *report = lykta_feed_report_new ();

  for (guint i = 0; i < 3000; i++) {
    lykta_feed_report_add (report, LYKTA_FEED_NOTE, "x", i, "uid", "m");
    lykta_feed_report_add_printf (report, LYKTA_FEED_QUARANTINED, "y", i, NULL, "\x1b[31m%u\xff",
                                  i);
  }
  g_assert_cmpuint (lykta_feed_report_count (report, LYKTA_FEED_NOTE), ==, 3000);
  g_assert_cmpuint (lykta_feed_report_get_n_quarantined (report), ==, 3000);
  g_assert_cmpuint (lykta_feed_report_get_n (report), ==, LYKTA_FEED_REPORT_SAME + 1000);
  g_assert_cmpuint (lykta_feed_report_count_code (report, "z"), ==, 0);
  g_assert_cmpstr (lykta_feed_report_get_nth (report, 1)->message, ==, " [31m0\xef\xbf\xbd");
  g_assert_cmpstr (lykta_feed_severity_to_token (LYKTA_FEED_QUARANTINED), ==, "quarantined");
  g_assert_finalize_object (report);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++) {
    g_autofree char *path = g_strconcat ("/feed/ical/fixture/", fixtures[i].name, NULL);
    g_test_add_data_func (path, GUINT_TO_POINTER (i), check_fixture);
  }
  g_test_add_func ("/feed/ical/times", test_times);
  g_test_add_func ("/feed/ical/dates", test_dates);
  g_test_add_func ("/feed/ical/daylight-saving", test_daylight_saving);
  g_test_add_func ("/feed/ical/texts", test_texts);
  g_test_add_func ("/feed/ical/languages", test_languages);
  g_test_add_func ("/feed/ical/facts", test_facts);
  g_test_add_func ("/feed/ical/words", test_words);
  g_test_add_func ("/feed/ical/places", test_places);
  g_test_add_func ("/feed/ical/participants", test_participants);
  g_test_add_func ("/feed/ical/made-up-uid", test_made_up_uid);
  g_test_add_func ("/feed/ical/override-texts", test_override_texts);
  g_test_add_func ("/feed/ical/limits", test_limits);
  g_test_add_func ("/feed/ical/streams", test_streams);
  g_test_add_func ("/feed/ical/middle-of-stream", test_middle_of_stream);
  g_test_add_func ("/feed/ical/stop", test_stop);
  g_test_add_func ("/feed/sniff", test_sniff);
  g_test_add_func ("/feed/report", test_report);
  return g_test_run ();
}
