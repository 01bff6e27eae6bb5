/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The event in a code, read again by the calendar's own reader. */
#include <math.h>
#include <string.h>

#include "feed/lykta-feed-report.h"
#include "feed/lykta-ical.h"
#include "feed/lykta-occurrences.h"
#include "paper/lykta-event-code.h"
#include "paper/programme-fixture.h"

static gboolean
on_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  g_ptr_array_add (user_data, g_object_ref (activity));
  return TRUE;
}

/* What a telephone would have in its calendar. (transfer full) */
static LyktaActivity *
read_calendar (const char *text, gssize length)
{
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (g_memdup2 (text, (gsize)length), length, g_free);
  g_autoptr (GPtrArray) activities = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autoptr (GError) error = NULL;

  lykta_ical_read (stream, NULL, report, on_activity, activities, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (activities->len, ==, 1);
  return g_object_ref (g_ptr_array_index (activities, 0));
}

static LyktaActivity *
read_event (const char *event)
{
  g_autofree char *text = g_strdup_printf (
      "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n%s\nEND:VCALENDAR\n", event);

  return read_calendar (text, (gssize)strlen (text));
}

static void
check_date (LyktaActivity *activity, const LyktaOccurrence *date)
{
  g_autoptr (GArray) dates = g_array_new (FALSE, FALSE, sizeof (LyktaOccurrence));
  g_autoptr (GError) error = NULL;
  const LyktaOccurrence *found;

  lykta_expand_occurrences (activity, date->start - 86400 * 400, date->start + 86400 * 400, dates,
                            &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dates->len, ==, 1);
  found = &g_array_index (dates, LyktaOccurrence, 0);
  g_assert_cmpint (found->start, ==, date->start);
  g_assert_cmpint (found->end, ==, date->end);
  g_assert_cmpint (found->is_all_day, ==, date->is_all_day);
}

static void
test_text (ProgrammeFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LyktaProgramme) programme =
      programme_fixture_read (fixture, "2026-11-23", 7, "1280", 0);
  g_autoptr (LyktaCatalogue) words = programme_fixture_words ("ar");
  const LyktaProgrammeEntry *entry = lykta_programme_get_entry (programme, 0);
  g_autofree char *text = lykta_event_code_to_text (entry, words, 412);
  g_autoptr (LyktaActivity) activity = read_event (text);
  g_autofree char *place = lykta_place_to_line (lykta_activity_get_place (activity));

  g_assert_cmpstr (text, ==,
                   "BEGIN:VEVENT\n"
                   "SUMMARY:مقهى اللغة · Språkcafé\n"
                   "DTSTART:20261123T170000Z\n"
                   "DTEND:20261123T190000Z\n"
                   "LOCATION:Stadsbiblioteket\\, Provgatan 3\\, Malmö\n"
                   "DESCRIPTION:Studieförbundet Exempel · 040-628 04 38 · info@example.org\n"
                   "UID:cafe\n"
                   "END:VEVENT");
  check_date (activity, &entry->date);
  g_assert_cmpstr (place, ==, "Stadsbiblioteket, Provgatan 3, Malmö");
  g_assert_cmpstr (lykta_activity_get_uid (activity), ==, "cafe");
}

static void
test_cancelled (ProgrammeFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LyktaProgramme) programme =
      programme_fixture_read (fixture, "2026-11-25", 1, "1280", 0);
  g_autoptr (LyktaCatalogue) words = programme_fixture_words ("en");
  g_autofree char *text =
      lykta_event_code_to_text (lykta_programme_get_entry (programme, 0), words, 412);

  g_assert_nonnull (strstr (text, "SUMMARY:[Cancelled] Simning"));
  g_assert_nonnull (strstr (text, "STATUS:CANCELLED\n"));
}

/* An activity with much to say, in letters of two and three bytes. (transfer full) */
static LyktaActivity *
new_wordy (gboolean is_all_day)
{
  g_autofree char *swedish = g_strnfill (300, 'a');
  g_autoptr (GString) tigrinya = g_string_new (NULL);
  g_autofree char *uid = g_strnfill (120, 'u');
  g_autofree char *street = g_strnfill (200, ',');
  g_autofree char *link = g_strconcat ("https://example.org/", uid, NULL);
  g_autoptr (LyktaSchedule) schedule = lykta_schedule_builder_end (lykta_schedule_builder_new (
      NULL, (LyktaDate){2027, 3, 28}, is_all_day ? 0 : 1, is_all_day ? 0 : 30, 0, is_all_day,
      is_all_day ? 2 * 86400 : 3600));
  g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new (uid, schedule);
  g_autoptr (LyktaPlace) place =
      lykta_place_new ("Ett ställe; med allt", street, NULL, "Ö", "1280", NULL, NAN, NAN);
  g_autoptr (LyktaContact) contact = lykta_contact_new (NULL, "040-1", swedish, NULL);
  g_autoptr (LyktaOrganiser) organiser =
      lykta_organiser_new (swedish, LYKTA_ORGANISER_UNKNOWN, NULL, NULL, contact, NULL);

  for (guint i = 0; i < 100; i++)
    g_string_append (tigrinya, "ቋን ");
  lykta_activity_builder_set_title (builder, "sv", swedish);
  lykta_activity_builder_set_title (builder, "ti", tigrinya->str);
  lykta_activity_builder_set_place (builder, place);
  lykta_activity_builder_set_organiser (builder, organiser);
  lykta_activity_builder_set_url (builder, link);
  return lykta_activity_builder_end (builder);
}

static LyktaOccurrence
date_of (LyktaActivity *activity)
{
  LyktaSchedule *schedule = lykta_activity_get_schedule (activity);
  gint64 start = lykta_schedule_get_start (schedule);

  /* The clocks go forward on that night. */
  return (LyktaOccurrence){
      .start = start,
      .end = lykta_schedule_is_all_day (schedule) ? lykta_date_start ((LyktaDate){2027, 3, 30})
                                                  : start + lykta_schedule_get_duration (schedule),
      .original_start = start,
      .is_all_day = lykta_schedule_is_all_day (schedule),
  };
}

/* However much there is to say, it fits, and when it takes place is never lost. */
static void
test_sizes (void)
{
  for (int all_day = 0; all_day <= 1; all_day++) {
    g_autoptr (LyktaActivity) activity = new_wordy (all_day);
    LyktaOccurrence date = date_of (activity);
    g_autoptr (LyktaProgramme) single = lykta_programme_new_single (activity, &date, 0);
    const LyktaProgrammeEntry *entry = lykta_programme_get_entry (single, 0);
    g_autoptr (LyktaCatalogue) words = programme_fixture_words ("ti");
    g_autoptr (LyktaQrCode) code = lykta_event_code_new (entry, words);

    g_assert_nonnull (code);
    g_assert_cmpint (lykta_qr_code_get_version (code), <=, LYKTA_QR_MAX_VERSION);
    for (int version = 7; version <= 15; version++) {
      gsize capacity = lykta_qr_code_capacity (version);
      g_autofree char *text = lykta_event_code_to_text (entry, words, capacity);
      g_autoptr (LyktaActivity) read = read_event (text);
      g_autoptr (LyktaQrCode) smaller = lykta_qr_code_new (text, version);

      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpuint (strlen (text), <=, capacity);
      g_assert_nonnull (smaller);
      check_date (read, &date);
    }
  }
}

/* The table of capacities is that of the encoder. */
static void
test_capacity (void)
{
  for (int version = 1; version <= 15; version++) {
    gsize capacity = lykta_qr_code_capacity (version);
    g_autofree char *full = g_strnfill (capacity, 'x');
    g_autofree char *over = g_strnfill (capacity + 1, 'x');
    g_autoptr (LyktaQrCode) code = lykta_qr_code_new (full, version);
    g_autoptr (LyktaQrCode) none = lykta_qr_code_new (over, version);

    g_assert_cmpint (lykta_qr_code_get_version (code), ==, version);
    g_assert_cmpint (lykta_qr_code_get_width (code), ==, 17 + 4 * version);
    g_assert_null (none);
  }
  g_assert_null (lykta_qr_code_new ("", 15));
}

/* A file has it all, one date of it, and nothing that is for authorities only. */
static void
test_file (ProgrammeFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LyktaProgramme) programme =
      programme_fixture_read (fixture, "2026-11-30", 7, "1280", 0);
  const LyktaProgrammeEntry *entry = lykta_programme_get_entry (programme, 0);
  g_autoptr (GBytes) file = lykta_event_code_to_file (entry, 1795345200);
  gsize length;
  const char *data = g_bytes_get_data (file, &length);
  g_autoptr (LyktaActivity) activity = read_calendar (data, (gssize)length);

  check_date (activity, &entry->date);
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (activity), "ti"), ==, "ካፈ ቋንቋ");
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (activity), "sv"), ==, "Språkcafé");
}

static void
test_link (void)
{
  g_autoptr (LyktaActivity) activity = new_wordy (FALSE);
  g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new_from (activity);
  g_autoptr (LyktaActivity) unsafe = NULL;
  LyktaOccurrence date = date_of (activity);
  g_autoptr (LyktaProgramme) single = lykta_programme_new_single (activity, &date, 0);
  g_autoptr (LyktaProgramme) none = NULL;
  g_autoptr (LyktaQrCode) code = lykta_event_code_new_link (lykta_programme_get_entry (single, 0));

  g_assert_nonnull (code);
  /* A telephone is led to safe places only. */
  lykta_activity_builder_set_url (builder, "http://example.org/");
  unsafe = lykta_activity_builder_end (builder);
  none = lykta_programme_new_single (unsafe, &date, 0);
  g_assert_null (lykta_event_code_new_link (lykta_programme_get_entry (none, 0)));
}

#define ADD(name, function)                                                                \
  g_test_add ("/paper/event-code/" name, ProgrammeFixture, NULL, programme_fixture_set_up, \
              function, programme_fixture_tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("text", test_text);
  ADD ("cancelled", test_cancelled);
  ADD ("file", test_file);
  g_test_add_func ("/paper/event-code/sizes", test_sizes);
  g_test_add_func ("/paper/event-code/capacity", test_capacity);
  g_test_add_func ("/paper/event-code/link", test_link);
  return g_test_run ();
}
