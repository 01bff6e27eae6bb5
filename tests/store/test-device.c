/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/lykta-device-store.h"
#include "support/lykta-test.h"

/* What a machine remembers. */

typedef struct {
  LyktaTestDir *dir;
  char *path;
  LyktaClock *clock;
  LyktaDeviceStore *store;
} Fixture;

static void
fixture_open (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  if (self->store != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->store));
  self->store = lykta_device_store_open (self->path, self->clock, &error);
  g_assert_no_error (error);
  g_assert_false (lykta_device_store_is_read_only (self->store));
}

static void
fixture_set_up (Fixture *self)
{
  self->dir = lykta_test_dir_new ();
  self->path = lykta_test_dir_child (self->dir, "device.db");
  self->clock = lykta_test_clock_at ("2026-11-30T23:59:00+01:00");
  fixture_open (self);
}

static void
fixture_clear (Fixture *self)
{
  if (self->store != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->store));
  g_clear_object (&self->clock);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->dir, lykta_test_dir_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static void
test_sources (void)
{
  g_auto (Fixture) fixture = {0};
  fixture_set_up (&fixture);
  g_autoptr (GPtrArray) none = lykta_device_store_list_sources (fixture.store, NULL);
  g_assert_cmpuint (none->len, ==, 0);

  g_autoptr (GPtrArray) two = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_source_unref);
  g_ptr_array_add (two,
                   lykta_source_new (LYKTA_SOURCE_ID_PRESET, "Aktiviteter i Sverige",
                                     "https://example.org/a.ics", LYKTA_FORMAT_ICALENDAR, NULL));
  g_ptr_array_add (two, lykta_source_new ("file:///b", NULL, "file:///b", LYKTA_FORMAT_AUTO, "en"));
  g_assert_true (lykta_device_store_set_sources (fixture.store, two, NULL));
  fixture_open (&fixture);
  g_autoptr (GPtrArray) read = lykta_device_store_list_sources (fixture.store, NULL);
  g_assert_cmpuint (read->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpstr (lykta_source_get_id (read->pdata[i]), ==, lykta_source_get_id (two->pdata[i]));
    g_assert_cmpstr (lykta_source_get_name (read->pdata[i]), ==,
                     lykta_source_get_name (two->pdata[i]));
    g_assert_cmpstr (lykta_source_get_address (read->pdata[i]), ==,
                     lykta_source_get_address (two->pdata[i]));
    g_assert_cmpint (lykta_source_get_format (read->pdata[i]), ==,
                     lykta_source_get_format (two->pdata[i]));
    g_assert_cmpstr (lykta_source_get_language (read->pdata[i]), ==,
                     lykta_source_get_language (two->pdata[i]));
  }
  g_ptr_array_set_size (two, 1);
  g_assert_true (lykta_device_store_set_sources (fixture.store, two, NULL));
  g_autoptr (GPtrArray) one = lykta_device_store_list_sources (fixture.store, NULL);
  g_assert_cmpuint (one->len, ==, 1);
}

static void
test_settings (void)
{
  g_auto (Fixture) fixture = {0};
  g_autoptr (GError) error = NULL;
  fixture_set_up (&fixture);

  g_assert_null (lykta_device_store_get_setting (fixture.store, "place", &error));
  g_assert_no_error (error);
  g_assert_true (lykta_device_store_set_setting (fixture.store, "place", "Flen", NULL));
  g_assert_true (lykta_device_store_set_setting (fixture.store, "place", "Malmö", NULL));
  fixture_open (&fixture);
  g_autofree char *place = lykta_device_store_get_setting (fixture.store, "place", NULL);
  g_assert_cmpstr (place, ==, "Malmö");
  g_assert_true (lykta_device_store_set_setting (fixture.store, "place", NULL, NULL));
  g_assert_null (lykta_device_store_get_setting (fixture.store, "place", &error));
  g_assert_no_error (error);
}

static void
assert_bytes (Fixture *fixture, const char *source, LyktaDate month, guint64 expected)
{
  LyktaTraffic traffic = {.received = 99, .sent = 99};

  g_assert_true (
      lykta_device_store_get_month_traffic (fixture->store, source, month, &traffic, NULL));
  g_assert_cmpuint (traffic.received, ==, expected);
  g_assert_cmpuint (traffic.sent, ==, expected / 10);
}

static void
add_bytes (Fixture *fixture, const char *source, LyktaTrafficKind kind, guint64 received)
{
  g_assert_true (
      lykta_device_store_add_bytes (fixture->store, source, kind, received, received / 10, NULL));
}

static void
test_meter (void)
{
  g_auto (Fixture) fixture = {0};
  fixture_set_up (&fixture);

  add_bytes (&fixture, "a", LYKTA_TRAFFIC_FREE, 100);
  add_bytes (&fixture, "a", LYKTA_TRAFFIC_METERED, 200);
  add_bytes (&fixture, "b", LYKTA_TRAFFIC_ASKED, 1000);
  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (fixture.clock), 60);
  add_bytes (&fixture, "a", LYKTA_TRAFFIC_UNKNOWN, 5000000000);
  fixture_open (&fixture);
  assert_bytes (&fixture, "a", (LyktaDate){2026, 11, 5}, 300);
  assert_bytes (&fixture, "b", (LyktaDate){2026, 11, 30}, 1000);
  assert_bytes (&fixture, NULL, (LyktaDate){2026, 11, 1}, 1300);
  assert_bytes (&fixture, "a", (LyktaDate){2026, 12, 1}, 5000000000);
  assert_bytes (&fixture, "b", (LyktaDate){2026, 12, 1}, 0);
}

/* By Stockholm's days, also by those that have 23 or 25 hours. */
static void
test_meter_days (void)
{
  static const struct {
    const char *moment;
    LyktaDate day;
  } cases[] = {
      {"2026-12-31T23:59:59+01:00", {2026, 12, 31}}, {"2027-01-01T00:00:00+01:00", {2027, 1, 1}},
      {"2027-03-28T00:00:00+01:00", {2027, 3, 28}},  {"2027-03-28T23:59:59+02:00", {2027, 3, 28}},
      {"2027-10-31T00:30:00+02:00", {2027, 10, 31}}, {"2027-10-31T23:59:59+01:00", {2027, 10, 31}},
      {"2027-11-01T00:00:00+01:00", {2027, 11, 1}},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Fixture) fixture = {0};
    LyktaTraffic traffic;

    fixture_set_up (&fixture);
    lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (fixture.clock),
                               lykta_test_moment (cases[i].moment) -
                                   lykta_clock_now (fixture.clock));
    add_bytes (&fixture, "a", LYKTA_TRAFFIC_METERED, 70);
    g_assert_true (
        lykta_device_store_get_day_traffic (fixture.store, "a", cases[i].day, &traffic, NULL));
    g_assert_cmpuint (traffic.by_kind[LYKTA_TRAFFIC_METERED], ==, 77);
    g_assert_cmpuint (traffic.by_kind[LYKTA_TRAFFIC_ASKED], ==, 0);
    g_assert_true (lykta_device_store_get_day_traffic (
        fixture.store, NULL, lykta_date_add_days (cases[i].day, -1), &traffic, NULL));
    g_assert_cmpuint (traffic.received, ==, 0);
  }
}

/* A year and a month are kept. */
static void
test_meter_forgets (void)
{
  g_auto (Fixture) fixture = {0};
  LyktaTraffic traffic;
  fixture_set_up (&fixture);

  add_bytes (&fixture, "a", LYKTA_TRAFFIC_FREE, 100);
  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (fixture.clock), 401 * 86400);
  add_bytes (&fixture, "a", LYKTA_TRAFFIC_FREE, 10);
  g_assert_true (lykta_device_store_get_month_traffic (fixture.store, NULL,
                                                       (LyktaDate){2026, 11, 30}, &traffic, NULL));
  g_assert_cmpuint (traffic.received, ==, 0);
}

static void
test_sequence (void)
{
  static const struct {
    guint64 raise;
    guint64 expected;
  } cases[] = {{5, 5}, {3, 5}, {5, 5}, {6, 6}, {G_MAXINT64, G_MAXINT64}};
  g_auto (Fixture) fixture = {0};
  guint64 sequence = 99;
  fixture_set_up (&fixture);

  g_assert_true (lykta_device_store_get_sequence (fixture.store, "feed", &sequence, NULL));
  g_assert_cmpuint (sequence, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_true (lykta_device_store_raise_sequence (fixture.store, "feed", cases[i].raise, NULL));
    g_assert_true (lykta_device_store_get_sequence (fixture.store, "feed", &sequence, NULL));
    g_assert_cmpuint (sequence, ==, cases[i].expected);
  }
}

static void
test_notes (void)
{
  g_auto (Fixture) fixture = {0};
  fixture_set_up (&fixture);

  g_assert_null (lykta_device_store_get_note (fixture.store, "s", "u", NULL));
  g_assert_true (lykta_device_store_set_note (fixture.store, "s", "u", "Språkcafé", 17,
                                              "Nyckeln hos Åsa", NULL));
  fixture_open (&fixture);
  g_autofree char *note = lykta_device_store_get_note (fixture.store, "s", "u", NULL);
  g_assert_cmpstr (note, ==, "Nyckeln hos Åsa");
  g_autoptr (GPtrArray) notes = lykta_device_store_list_notes (fixture.store, NULL);
  g_assert_cmpuint (notes->len, ==, 1);
  const LyktaDeviceNote *first = notes->pdata[0];
  g_assert_cmpstr (first->title, ==, "Språkcafé");
  g_assert_cmpint (first->likeness, ==, 17);
  g_assert_null (lykta_device_store_get_note (fixture.store, "s", "other", NULL));
  g_assert_true (lykta_device_store_set_note (fixture.store, "s", "u", NULL, 0, "", NULL));
  g_assert_null (lykta_device_store_get_note (fixture.store, "s", "u", NULL));

  g_assert_false (lykta_device_store_is_saved (fixture.store, "s", "u"));
  g_assert_true (lykta_device_store_set_saved (fixture.store, "s", "u", TRUE, NULL));
  g_assert_true (lykta_device_store_set_saved (fixture.store, "s", "u", TRUE, NULL));
  g_assert_true (lykta_device_store_is_saved (fixture.store, "s", "u"));
  g_assert_true (lykta_device_store_set_saved (fixture.store, "s", "u", FALSE, NULL));
  g_assert_false (lykta_device_store_is_saved (fixture.store, "s", "u"));
}

/* A precious file is refused, and stays where it is. */
static void
test_damaged (void)
{
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  g_autoptr (LyktaClock) clock = lykta_test_clock_at ("2026-11-24T12:00:00+01:00");
  g_autofree char *path =
      lykta_test_dir_write (dir, "device.db", "This is no database at all.", -1);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (lykta_device_store_open (path, clock, &error));
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "This is no database at all.");
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/store/device/sources", test_sources);
  g_test_add_func ("/store/device/settings", test_settings);
  g_test_add_func ("/store/device/meter", test_meter);
  g_test_add_func ("/store/device/meter/days", test_meter_days);
  g_test_add_func ("/store/device/meter/forgets", test_meter_forgets);
  g_test_add_func ("/store/device/sequence", test_sequence);
  g_test_add_func ("/store/device/notes", test_notes);
  g_test_add_func ("/store/device/damaged", test_damaged);
  return g_test_run ();
}
