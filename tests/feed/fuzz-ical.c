/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever the bytes, reading, expanding and writing neither crash nor take long. Built as it is,
 * it damages seeds (support/lykta-fuzz.h); fuzz.sh builds it for libFuzzer, which finds its own
 * way. */
#include "config.h"

#include "feed/lykta-ical.h"
#include "feed/lykta-occurrences.h"

static gboolean
on_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (LyktaOccurrence));

  lykta_expand_occurrences (activity, 1750000000, 1850000000, out, NULL);
  g_ptr_array_add (user_data, g_object_ref (activity));
  return TRUE;
}

static void
feed (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autoptr (GPtrArray) activities = g_ptr_array_new_with_free_func (g_object_unref);

  lykta_feed_sniff (data, size);
  if (!lykta_ical_read (stream, "sv", report, on_activity, activities, NULL, NULL))
    return;
  /* What was read can be written, and what is written can be read. */
  {
    g_autoptr (GBytes) written =
        lykta_ical_write (activities, NULL, LYKTA_ICAL_WRITE_EVERYTHING, 1790000000);
    g_autoptr (GInputStream) again = g_memory_input_stream_new_from_bytes (written);
    g_autoptr (LyktaFeedReport) second = lykta_feed_report_new ();
    g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (GError) error = NULL;
    if (!lykta_ical_read (again, "sv", second, on_activity, read, NULL, &error))
      g_error ("what was written cannot be read: %s", error->message);
    if (read->len != activities->len)
      g_error ("%u activities were written and %u read", activities->len, read->len);
  }
}

#ifdef LYKTA_LIBFUZZER
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  feed (data, size);
  return 0;
}
#else
#include "support/lykta-fuzz.h"

static const char *const seeds[] = {
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:Här\r\nBEGIN:STANDARD\r\n"
    "DTSTART:19961027T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n"
    "DTSTART:19810329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
    "BEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=Här:20260901T180000\r\nDURATION:PT2H\r\n"
    "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261218T225959Z\r\n"
    "EXDATE;TZID=Här:20260908T180000,20260910T180000\r\nRDATE;VALUE=PERIOD:20260912T100000Z/PT1H\r\n"
    "SUMMARY;LANGUAGE=sv:Språkcafé\\, öppet\r\n  för alla\r\nX-I18N-SUMMARY;LANGUAGE=ar:مقهى\r\n"
    "LOCATION:Huset\\, Storgatan 4\\, 753 10 Uppsala\r\nGEO:59.85;17.63\r\nCATEGORIES:LANGUAGE,FREE\r\n"
    "ORGANIZER;CN=\"A, B\":mailto:a@exempel.se\r\nURL:https://exempel.se/\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID;TZID=Här:20260915T180000\r\nSTATUS:CANCELLED\r\n"
    "DTSTART;TZID=Här:20260916T180000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260901\nDTEND;VALUE=DATE:20260903\n"
    "RRULE:FREQ=MONTHLY;BYDAY=-1SU;COUNT=9\nEXRULE:FREQ=YEARLY;BYMONTH=9\nSUMMARY:Heldag\n"
    "BEGIN:VLOCATION\nNAME:Parken\nEND:VLOCATION\nBEGIN:PARTICIPANT\nPARTICIPANT-TYPE:SPONSOR\n"
    "SUMMARY:Någon\nEND:PARTICIPANT\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\n"
    "DTSTART:20260901T100000Z\nRRULE:FREQ=DAILY;BYHOUR=10,14\nX-LYKTA-VERSION:1\n"
    "X-LYKTA-ORGANISER;KIND=library;CONTACT-PHONE=\"018;1\":Biblioteket\nX-LYKTA-AGES:18-65\n"
    "RECURRENCE-ID;RANGE=THISANDFUTURE:20260910T100000Z\nEND:VEVENT\nEND:VCALENDAR\n",
    NULL,
};

static const char *const words[] = {
    "BEGIN:VEVENT\r\n",
    "END:VEVENT\r\n",
    "BEGIN:VCALENDAR\r\n",
    "END:VCALENDAR\r\n",
    "BEGIN:VALARM\r\n",
    "UID:a\r\n",
    "UID: a\r\n",
    "RECURRENCE-ID:20260901T180000\r\n",
    "RANGE=THISANDFUTURE",
    "FREQ=SECONDLY",
    "FREQ=YEARLY",
    ";BYMONTH=2;BYMONTHDAY=30",
    ";BYSETPOS=-1",
    ";INTERVAL=999",
    ";COUNT=999999999",
    ";UNTIL=99991231T235959Z",
    "EXDATE:20260901,",
    "RDATE:",
    ";TZID=",
    ";VALUE=DATE:",
    "DTSTART:00010101",
    "DTEND:99991231",
    "DURATION:P999999999W",
    "\r\n ",
    "\r",
    "\\",
    "\"",
    "^n",
    ";",
    ":",
    ",",
    "\xff",
    "<p>",
    "SEQUENCE:2147483648\r\n",
    "ENCODING=QUOTED-PRINTABLE:=C3=",
    NULL,
};

int
main (int argc, char **argv)
{
  static const LyktaFuzzTarget target = {"ical", feed, seeds, words};

  return lykta_fuzz_run (&target, argc, argv);
}
#endif
