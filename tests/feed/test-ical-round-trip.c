/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written comes back equal, for activities made of anything the model can hold. */
#include "config.h"

#include <string.h>

#include "feed/lykta-ical.h"
#include "feed/random-activity.h"
#include "support/lykta-test.h"

static gboolean
on_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  g_ptr_array_add (user_data, g_object_ref (activity));
  return TRUE;
}

/* What is odd about the random activity itself, and not about the way it was written. */
static gboolean
is_odd_by_chance (const LyktaFeedFinding *finding)
{
  return finding->severity <= LYKTA_FEED_NOTE || g_str_equal (finding->code, "no-title") ||
         g_str_equal (finding->code, "start-not-in-rule");
}

static GPtrArray *
read_back (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autoptr (GError) error = NULL;
  GPtrArray *activities = g_ptr_array_new_with_free_func (g_object_unref);

  g_assert_true (lykta_ical_read (stream, "sv", report, on_activity, activities, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < lykta_feed_report_get_n (report); i++) {
    const LyktaFeedFinding *finding = lykta_feed_report_get_nth (report, i);
    if (!is_odd_by_chance (finding))
      g_error ("line %u: %s: %s", finding->line, finding->code, finding->message);
  }
  return activities;
}

static void
assert_lines (GBytes *bytes)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_utf8_validate_len (text, size, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_assert_cmpuint (strlen (lines[i]), <=, 75);
    g_assert_null (strchr (lines[i], '\n'));
    g_assert_true (g_utf8_validate (lines[i], -1, NULL));
  }
}

static void
test_random (void)
{
  guint n = lykta_test_is_long () ? 5000 : 300;
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (written, random_activity_new (i));
  bytes = lykta_ical_write (written, "Prov, med komma", LYKTA_ICAL_WRITE_EVERYTHING, 1790000000);
  assert_lines (bytes);
  read = read_back (bytes);
  g_assert_cmpuint (read->len, ==, n);
  for (guint i = 0; i < n; i++) {
    g_autoptr (GVariant) a = lykta_activity_to_variant (g_ptr_array_index (written, i));
    g_autoptr (GVariant) b = lykta_activity_to_variant (g_ptr_array_index (read, i));
    if (!g_variant_equal (a, b)) {
      GVariantIter iter;
      const char *key;
      GVariant *value;
      g_variant_iter_init (&iter, a);
      while (g_variant_iter_loop (&iter, "{&sv}", &key, &value)) {
        g_autoptr (GVariant) other = g_variant_lookup_value (b, key, NULL);
        if (other == NULL || !g_variant_equal (value, other)) {
          g_autofree char *x = g_variant_print (value, FALSE);
          g_autofree char *y = other != NULL ? g_variant_print (other, FALSE) : NULL;
          g_error ("activity %u, %s:\n%s\n%s", i, key, x, y);
        }
      }
      g_error ("activity %u has more than was written", i);
    }
  }
}

static void
test_public_only (void)
{
  g_autoptr (LyktaScheduleBuilder) times =
      lykta_schedule_builder_new (NULL, (LyktaDate){2026, 11, 24}, 18, 0, 0, FALSE, 7200);
  g_autoptr (LyktaSchedule) schedule = lykta_schedule_builder_end (g_steal_pointer (&times));
  g_autoptr (LyktaContact) authority =
      lykta_contact_new ("Handläggare", "010-000 00 00", NULL, NULL);
  g_autoptr (LyktaContact) contact =
      lykta_contact_new (NULL, "018-000 00 00", "info@exempel.se", NULL);
  g_autoptr (LyktaOrganiser) organiser =
      lykta_organiser_new ("Språkbron", LYKTA_ORGANISER_NON_PROFIT, NULL, NULL, contact, authority);
  g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new ("a", schedule);
  g_autoptr (GPtrArray) activities = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) bytes = NULL;
  LyktaOrganiser *got;

  lykta_activity_builder_set_organiser (builder, organiser);
  g_ptr_array_add (activities, lykta_activity_builder_end (builder));
  bytes = lykta_ical_write (activities, NULL, LYKTA_ICAL_WRITE_PUBLIC_ONLY, 1790000000);
  read = read_back (bytes);
  got = lykta_activity_get_organiser (g_ptr_array_index (read, 0));
  g_assert_null (lykta_organiser_get_authority_contact (got));
  g_assert_cmpstr (lykta_contact_get_email (lykta_organiser_get_public_contact (got)), ==,
                   "info@exempel.se");
  g_assert_null (g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes),
                               "Handläggare"));
}

static void
test_empty (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = lykta_ical_write (none, NULL, LYKTA_ICAL_WRITE_EVERYTHING, 1790000000);
  g_autoptr (GPtrArray) read = read_back (bytes);

  g_assert_cmpuint (read->len, ==, 0);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/feed/ical/round-trip/random", test_random);
  g_test_add_func ("/feed/ical/round-trip/public-only", test_public_only);
  g_test_add_func ("/feed/ical/round-trip/empty", test_empty);
  return g_test_run ();
}
