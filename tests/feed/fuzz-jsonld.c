/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever the bytes, reading as JSON-LD and as Integreat, expanding and writing neither crash nor
 * take long. Built as it is, it damages seeds (support/lykta-fuzz.h); fuzz.sh builds it for
 * libFuzzer, which finds its own way. */
#include "config.h"

#include "feed/lykta-integreat.h"
#include "feed/lykta-jsonld.h"
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
read_again (GPtrArray *activities)
{
  g_autoptr (GBytes) written = lykta_jsonld_write (activities, LYKTA_JSONLD_WRITE_EVERYTHING);
  g_autoptr (GInputStream) again = g_memory_input_stream_new_from_bytes (written);
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GError) error = NULL;

  if (activities->len == 0)
    return;
  if (!lykta_jsonld_read (again, "sv", report, on_activity, read, NULL, &error))
    g_error ("what was written cannot be read: %s", error->message);
  second = lykta_jsonld_write (read, LYKTA_JSONLD_WRITE_EVERYTHING);
  if (!g_bytes_equal (written, second))
    g_error ("what was read is not what was written:\n%.*s\n%.*s", (int)g_bytes_get_size (written),
             (const char *)g_bytes_get_data (written, NULL), (int)g_bytes_get_size (second),
             (const char *)g_bytes_get_data (second, NULL));
}

static void
feed (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) other = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) page = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autoptr (LyktaFeedReport) second = lykta_feed_report_new ();
  g_autoptr (GPtrArray) activities = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) integreat = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *next = NULL;

  lykta_feed_sniff (data, size);
  next = lykta_jsonld_find_next_page (page, NULL);
  lykta_integreat_read (other, "sv", second, on_activity, integreat, NULL, NULL);
  if (lykta_jsonld_read (stream, "sv", report, on_activity, activities, NULL, NULL) &&
      activities->len < 50)
    /* Two groups may come to the same uid in different spellings; those are merged again. */
    for (guint i = 0; i < activities->len; i++) {
      g_autoptr (GPtrArray) one = g_ptr_array_new ();

      g_ptr_array_add (one, g_ptr_array_index (activities, i));
      read_again (one);
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
    "{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"Place\",\"@id\":\"#p\",\"name\":"
    "\"Huset\",\"geo\":{\"latitude\":59.85,\"longitude\":17.63}},{\"@type\":\"EducationEvent\","
    "\"@id\":\"#e\",\"name\":{\"sv\":\"Språkcafé\",\"ar\":\"مقهى\"},\"eventSchedule\":{\"byDay\":["
    "\"Tuesday\",\"TH\"],\"repeatFrequency\":\"P1W\",\"startDate\":\"2026-11-24\",\"endDate\":"
    "\"2026-12-18\",\"startTime\":\"18:00\",\"endTime\":\"19:30\",\"exceptDate\":\"2026-12-01\"},"
    "\"subEvent\":[{\"@type\":\"Event\",\"startDate\":\"2026-12-08T18:00\",\"eventStatus\":"
    "\"EventCancelled\"}],\"location\":{\"@id\":\"#p\"},\"offers\":{\"price\":\"50\"}}]}",
    "{\"@type\":\"Event\",\"lykta:version\":1,\"identifier\":\"a\",\"name\":{\"sv\":\"x\"},"
    "\"lykta:schedule\":{\"zone\":\"Europe/Stockholm\",\"start\":\"2026-11-24T18:00:00\",\"duration\":"
    "5400,\"rules\":[\"FREQ=WEEKLY\"],\"changes\":{\"2026-12-01T17:00:00Z\":{\"startDate\":"
    "\"2026-12-01T18:00:00Z\",\"endDate\":\"2026-12-01T19:00:00Z\"}}},\"lykta:price\":{}}\n"
    "{\"@type\":\"Event\",\"name\":\"b\",\"startDate\":\"2026-12-01\"}\n",
    "<html><script type=\"application/ld+json\">[{\"@type\":\"Event\",\"name\":\"y\",\"startDate\":"
    "\"2026-12-01T18:00Z\",\"duration\":\"PT1H\"}] // x\n</script></html>",
    "[{\"id\":null,\"path\":\"/stad/ar/events/kafe$2026-12-01/\",\"title\":\"K\",\"modified_gmt\":"
    "\"2026-10-01T10:00:00Z\",\"available_languages\":{\"sv\":{\"path\":\"/stad/sv/events/kafe$x/\"}},"
    "\"event\":{\"id\":7,\"start\":\"2026-12-01T18:00:00+01:00\",\"all_day\":false,\"timezone\":"
    "\"Europe/Stockholm\"},\"recurrence_rule\":\"DTSTART:20261201T170000\\nRRULE:FREQ=WEEKLY\"}]",
    NULL,
};

static const char *const words[] = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    ",",
    "\n",
    "null",
    "1e999",
    "-1",
    "\\ud83d",
    "\\u0000",
    "/*",
    "//",
    "\"@type\"",
    "\"Event\"",
    "\"@id\"",
    "\"@graph\":[",
    "\"#p\"",
    "\"P1D\"",
    "\"PT1S\"",
    "9999",
    "0001-01-01",
    "1796144400",
    "</script>",
    "<script",
    "<!--",
    "Asia/Kabul",
    "30",
    "\"byMonth\"",
    "\"_:b\"",
    "\"byDay\":",
    "\"-5MO\"",
    "+14:00",
    "\"duration\"",
    NULL,
};

int
main (int argc, char **argv)
{
  const LyktaFuzzTarget target = {"jsonld", feed, seeds, words};

  return lykta_fuzz_run (&target, argc, argv);
}
#endif
