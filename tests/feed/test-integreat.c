/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "feed/lykta-activity-merge.h"
#include "feed/lykta-feed-read.h"
#include "feed/lykta-occurrences.h"
#include "support/lykta-test.h"

#define ENTRY(id, lang, slug, title, languages, day, rule)                                       \
  "{\"id\":" id ",\"url\":\"https://cms.invalid/stad/" lang "/events/" slug "$" day              \
  "/\",\"path\":\"/stad/" lang "/events/" slug "$" day "/\",\"title\":\"" title                  \
  "\",\"modified_gmt\":\"2026-10-01T10:00:00.5Z\",\"excerpt\":\"kort\",\"content\":\"<p>" title  \
  "</p>\",\"available_languages\":{" languages "},\"location\":{\"id\":null,\"name\":\"Huset\"," \
  "\"address\":\"Storgatan 1\",\"town\":\"Lund\",\"postcode\":\"223 50\",\"latitude\":55.7,"     \
  "\"longitude\":13.2},\"meeting_url\":null,\"event\":{\"id\":7,\"start\":\"" day                \
  "T18:00:00+01:00\",\"end\":\"" day "T19:30:00+01:00\",\"all_day\":false,\"timezone\":"         \
  "\"Europe/Stockholm\"},\"recurrence_rule\":" rule "}"
#define LANGUAGE(lang, slug) \
  "\"" lang "\":{\"id\":null,\"path\":\"/stad/" lang "/events/" slug "$x/\"}"
#define WEEKLY "\"DTSTART:20261201T170000\\nRRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=4\""

static gboolean
on_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  g_ptr_array_add (user_data, g_object_ref (activity));
  return TRUE;
}

static GPtrArray *
read_text (const char *text, LyktaFeedReport *report)
{
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (text, (gssize)strlen (text), NULL);
  g_autoptr (GError) error = NULL;
  GPtrArray *activities = g_ptr_array_new_with_free_func (g_object_unref);
  LyktaFormat format;

  lykta_feed_read (stream, LYKTA_FORMAT_AUTO, "sv", report, on_activity, activities, &format, NULL,
                   &error);
  g_assert_no_error (error);
  g_assert_cmpint (format, ==, LYKTA_FORMAT_INTEGREAT);
  return activities;
}

static guint
count_dates (LyktaActivity *activity)
{
  g_autoptr (GArray) dates = g_array_new (FALSE, FALSE, sizeof (LyktaOccurrence));
  g_autoptr (GError) error = NULL;

  lykta_expand_occurrences (activity, 1790000000, 1830000000, dates, &error);
  g_assert_no_error (error);
  return dates->len;
}

/* Three of the four dates are listed: the one between them was taken out. */
static void
test_series (void)
{
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autoptr (GPtrArray) read = read_text (
      "[" ENTRY ("5", "sv", "kafe", "Språkcafé", "", "2026-12-01", WEEKLY) "," ENTRY (
          "5", "sv", "kafe", "Språkcafé", "", "2026-12-08",
          WEEKLY) "," ENTRY ("5", "sv", "kafe", "Språkcafé", "", "2026-12-22", WEEKLY) "]",
      report);
  LyktaActivity *activity;

  g_assert_cmpuint (read->len, ==, 1);
  activity = g_ptr_array_index (read, 0);
  g_assert_cmpstr (lykta_activity_get_uid (activity), ==, "integreat-stad-7");
  g_assert_cmpuint (count_dates (activity), ==, 3);
  g_assert_cmpstr (lykta_schedule_get_rule (lykta_activity_get_schedule (activity), 0), ==,
                   "FREQ=WEEKLY;BYDAY=TU;COUNT=4");
  g_assert_cmpstr (lykta_activity_get_url (activity), ==,
                   "https://cms.invalid/stad/sv/events/kafe/");
  g_assert_cmpstr (lykta_place_get_town (lykta_activity_get_place (activity)), ==, "Lund");
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_description (activity), "sv"), ==,
                   "Språkcafé");
}

/* A text that stands in for a missing translation is in the language it was written in. */
static void
test_hidden_fallback (void)
{
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autoptr (GPtrArray) arabic = read_text (
      "[" ENTRY ("null", "ar", "kafe", "Språkcafé",
                 LANGUAGE ("sv", "kafe") "," LANGUAGE ("en", "cafe") "," LANGUAGE ("fa", "kafe"),
                 "2026-12-01", "null") "]",
      report);
  g_autoptr (GPtrArray) english =
      read_text ("[" ENTRY ("6", "en", "cafe", "Language café", LANGUAGE ("sv", "kafe"),
                            "2026-12-01", "null") "]",
                 report);
  g_autoptr (LyktaActivity) merged =
      lykta_activity_merge (g_ptr_array_index (english, 0), g_ptr_array_index (arabic, 0));
  LyktaTexts *title = lykta_activity_get_title (g_ptr_array_index (arabic, 0));

  g_assert_cmpuint (lykta_texts_get_n (title), ==, 1);
  g_assert_cmpstr (lykta_texts_get (title, "sv"), ==, "Språkcafé");
  g_assert_cmpuint (lykta_feed_report_count_code (report, "hidden-fallback"), ==, 1);
  title = lykta_activity_get_title (merged);
  g_assert_cmpuint (lykta_texts_get_n (title), ==, 2);
  g_assert_cmpstr (lykta_texts_get (title, "en"), ==, "Language café");
  g_assert_null (lykta_texts_get (title, "ar"));
  g_assert_cmpuint (count_dates (merged), ==, 1);
}

static void
test_bad_entries (void)
{
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autoptr (GPtrArray) read = read_text (
      "[{\"id\":1,\"path\":\"/stad/sv/events/x/\",\"modified_gmt\":null},{\"id\":2,\"event\":{\"id\":9}}," ENTRY (
          "5", "sv", "kafe", "Språkcafé", "", "2026-12-01", "\"RRULE:FREQ=SECONDLY\"") "]",
      report);

  g_assert_cmpuint (read->len, ==, 1);
  g_assert_cmpuint (lykta_feed_report_get_n_quarantined (report), ==, 2);
  g_assert_cmpuint (count_dates (g_ptr_array_index (read, 0)), ==, 1);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/feed/integreat/series", test_series);
  g_test_add_func ("/feed/integreat/hidden-fallback", test_hidden_fallback);
  g_test_add_func ("/feed/integreat/bad-entries", test_bad_entries);
  return g_test_run ();
}
