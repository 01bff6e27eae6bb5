/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer target: whatever the bytes, reading as JSON-LD and as Integreat, expanding and writing
 * neither crash nor take long.
 *   fuzz-jsonld -max_len=20000 -timeout=5 CORPUS tests/feed/fixtures-jsonld */
#include "config.h"

#include "feed/lykta-integreat.h"
#include "feed/lykta-jsonld.h"
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

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
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
  return 0;
}
