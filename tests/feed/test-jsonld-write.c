/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written comes back equal, and equal activities give the same bytes. */
#include "config.h"

#include <string.h>

#include "feed/lykta-feed-read.h"
#include "feed/lykta-jsonld.h"
#include "feed/random-activity.h"
#include "support/lykta-test.h"

static gboolean
on_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  g_ptr_array_add (user_data, g_object_ref (activity));
  return TRUE;
}

static GPtrArray *
read_back (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autoptr (GError) error = NULL;
  GPtrArray *activities = g_ptr_array_new_with_free_func (g_object_unref);
  LyktaFormat found = LYKTA_FORMAT_AUTO;

  g_assert_true (lykta_feed_read (stream, LYKTA_FORMAT_AUTO, "sv", report, on_activity, activities,
                                  &found, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (found, ==, LYKTA_FORMAT_JSONLD);
  for (guint i = 0; i < lykta_feed_report_get_n (report); i++) {
    const LyktaFeedFinding *finding = lykta_feed_report_get_nth (report, i);
    g_error ("line %u: %s: %s", finding->line, finding->code, finding->message);
  }
  return activities;
}

static void
assert_equal (LyktaActivity *written, LyktaActivity *read)
{
  g_autoptr (GVariant) a = lykta_activity_to_variant (written);
  g_autoptr (GVariant) b = lykta_activity_to_variant (read);
  GVariantIter iter;
  const char *key;
  GVariant *value;

  if (g_variant_equal (a, b))
    return;
  g_variant_iter_init (&iter, a);
  while (g_variant_iter_loop (&iter, "{&sv}", &key, &value)) {
    g_autoptr (GVariant) other = g_variant_lookup_value (b, key, NULL);
    if (other == NULL || !g_variant_equal (value, other)) {
      g_autofree char *x = g_variant_print (value, FALSE);
      g_autofree char *y = other != NULL ? g_variant_print (other, FALSE) : NULL;
      g_error ("%s, %s:\n%s\n%s", lykta_activity_get_uid (written), key, x, y);
    }
  }
  g_error ("%s has more than was written", lykta_activity_get_uid (written));
}

static void
test_random (void)
{
  guint n = lykta_test_is_long () ? 5000 : 300;
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) again = NULL;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (written, random_activity_new (i));
  bytes = lykta_jsonld_write (written, LYKTA_JSONLD_WRITE_EVERYTHING);
  g_assert_true (
      g_utf8_validate_len (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL));
  read = read_back (bytes);
  g_assert_cmpuint (read->len, ==, n);
  for (guint i = 0; i < n; i++)
    assert_equal (g_ptr_array_index (written, i), g_ptr_array_index (read, i));
  again = lykta_jsonld_write (read, LYKTA_JSONLD_WRITE_EVERYTHING);
  g_assert_true (g_bytes_equal (bytes, again));
}

/* One line, to the letter: other programs and the deltas of a feed rely on it. */
static void
test_bytes (void)
{
  g_autoptr (LyktaScheduleBuilder) times =
      lykta_schedule_builder_new (NULL, (LyktaDate){2026, 11, 24}, 18, 0, 0, FALSE, 5400);
  g_autoptr (LyktaSchedule) schedule = NULL;
  g_autoptr (LyktaActivityBuilder) builder = NULL;
  g_autoptr (LyktaActivity) activity = NULL;
  g_autoptr (LyktaPlace) place = lykta_place_new ("Biblioteket", "Storgatan 1", "753 10", "Uppsala",
                                                  "0380", NULL, 59.8586, 17.6389);
  g_autoptr (GString) out = g_string_new (NULL);

  lykta_schedule_builder_add_rule (times, "FREQ=WEEKLY;BYDAY=TU");
  schedule = lykta_schedule_builder_end (g_steal_pointer (&times));
  builder = lykta_activity_builder_new ("a@b", schedule);
  lykta_activity_builder_set_title (builder, "sv", "Språk\"café\"\nhär");
  lykta_activity_builder_set_title (builder, "fa-AF", "کافه");
  lykta_activity_builder_set_place (builder, place);
  lykta_activity_builder_set_is_free (builder, LYKTA_TRISTATE_YES);
  activity = lykta_activity_builder_end (builder);
  lykta_jsonld_append (out, activity, LYKTA_JSONLD_WRITE_EVERYTHING);
  g_assert_cmpstr (
      out->str, ==,
      "{\"@context\":\"https://lykta.se/ns/1/context.jsonld\",\"@type\":\"Event\","
      "\"lykta:version\":1,\"identifier\":\"a@b\",\"name\":{\"prs\":\"کافه\",\"sv\":"
      "\"Språk\\\"café\\\"\\nhär\"},\"startDate\":\"2026-11-24T18:00:00+01:00\",\"endDate\":"
      "\"2026-11-24T19:30:00+01:00\",\"lykta:schedule\":{\"zone\":\"Europe/Stockholm\",\"start\":"
      "\"2026-11-24T18:00:00\",\"duration\":5400,\"rules\":[\"FREQ=WEEKLY;BYDAY=TU\"]},"
      "\"eventStatus\":\"https://schema.org/EventScheduled\",\"location\":{\"@type\":\"Place\","
      "\"name\":\"Biblioteket\",\"address\":{\"@type\":\"PostalAddress\",\"streetAddress\":"
      "\"Storgatan 1\",\"postalCode\":\"753 10\",\"addressLocality\":\"Uppsala\"},\"geo\":{"
      "\"@type\":\"GeoCoordinates\",\"latitude\":59.8586,\"longitude\":17.6389},"
      "\"lykta:municipality\":\"0380\",\"lykta:county\":\"03\"},\"isAccessibleForFree\":true}\n");
}

static void
test_public_only (void)
{
  g_autoptr (LyktaScheduleBuilder) times =
      lykta_schedule_builder_new (NULL, (LyktaDate){2026, 11, 24}, 18, 0, 0, FALSE, 7200);
  g_autoptr (LyktaSchedule) schedule = lykta_schedule_builder_end (g_steal_pointer (&times));
  g_autoptr (LyktaContact) authority =
      lykta_contact_new ("Handläggare", "010-000 00 00", NULL, NULL);
  g_autoptr (LyktaOrganiser) organiser =
      lykta_organiser_new ("Språkbron", LYKTA_ORGANISER_NON_PROFIT, NULL, NULL, NULL, authority);
  g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new ("a", schedule);
  g_autoptr (LyktaActivity) activity = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  lykta_activity_builder_set_organiser (builder, organiser);
  activity = lykta_activity_builder_end (builder);
  lykta_jsonld_append (out, activity, LYKTA_JSONLD_WRITE_PUBLIC_ONLY);
  g_assert_nonnull (strstr (out->str, "Språkbron"));
  g_assert_null (strstr (out->str, "Handläggare"));
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/feed/jsonld/write/random", test_random);
  g_test_add_func ("/feed/jsonld/write/bytes", test_bytes);
  g_test_add_func ("/feed/jsonld/write/public-only", test_public_only);
  return g_test_run ();
}
