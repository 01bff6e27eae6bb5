/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer target: whatever the bytes, reading, expanding and writing neither crash nor take long.
 *   fuzz-ical -max_len=20000 -timeout=5 CORPUS tests/feed/fixtures */
#include "config.h"

#include "feed/lykta-ical.h"
#include "feed/lykta-occurrences.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gboolean
on_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (LyktaOccurrence));

  lykta_expand_occurrences (activity, 1750000000, 1850000000, out, NULL);
  g_ptr_array_add (user_data, g_object_ref (activity));
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autoptr (GPtrArray) activities = g_ptr_array_new_with_free_func (g_object_unref);

  lykta_feed_sniff (data, size);
  if (!lykta_ical_read (stream, "sv", report, on_activity, activities, NULL, NULL))
    return 0;
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
  return 0;
}
