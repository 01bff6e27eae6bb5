/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/lykta-test.h"
#include "sync/lykta-source-list.h"

typedef struct {
  LyktaTestDir *dir;        /* (owned) */
  LyktaClock *clock;        /* (owned) */
  LyktaDeviceStore *device; /* (owned) */
  LyktaSourceList *list;    /* (owned) */
} Fixture;

static void
fixture_set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  self->dir = lykta_test_dir_new ();
  self->clock = lykta_test_clock_at ("2026-11-24T12:00:00+01:00");
  path = lykta_test_dir_child (self->dir, "device.db");
  self->device = lykta_device_store_open (path, self->clock, &error);
  g_assert_no_error (error);
  self->list = lykta_source_list_new (self->device);
}

static void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->list);
  g_assert_finalize_object (self->device);
  g_assert_finalize_object (self->clock);
  lykta_test_dir_free (self->dir);
}

/* The ids of what is active, "a b c". (transfer full) */
static char *
active_ids (LyktaSourceList *list, gboolean has_real_content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = lykta_source_list_get_active (list, has_real_content, &error);
  GString *ids = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < sources->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                            lykta_source_get_id (g_ptr_array_index (sources, i)));
  return g_string_free (ids, FALSE);
}

static void
assert_active (LyktaSourceList *list, gboolean has_real_content, const char *expected)
{
  g_autofree char *ids = active_ids (list, has_real_content);

  g_assert_cmpstr (ids, ==, expected);
}

static void
set_addresses (LyktaSourceList *list, const char *text)
{
  g_auto (GStrv) addresses = g_strsplit (text, " ", -1);
  g_autoptr (GError) error = NULL;

  lykta_source_list_set_addresses (list, (const char *const *)addresses, &error);
  g_assert_no_error (error);
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSource) preset = lykta_source_list_get_preset (self->list, &error);

  g_assert_no_error (error);
  g_assert_null (preset);
  assert_active (self->list, FALSE, "sample");
  assert_active (self->list, TRUE, "");
}

static void
test_addresses (Fixture *self, gconstpointer data)
{
  set_addresses (self->list, "https://b.invalid/ file:///a.ics https://b.invalid/");
  assert_active (self->list, FALSE, "https://b.invalid/ file:///a.ics sample");
  assert_active (self->list, TRUE, "https://b.invalid/ file:///a.ics");
  /* The sample may be asked for by name. */
  set_addresses (self->list, "sample: file:///a.ics");
  assert_active (self->list, FALSE, "sample file:///a.ics");
  assert_active (self->list, TRUE, "sample file:///a.ics");
  set_addresses (self->list, "");
}

static void
test_preset (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSource) preset = NULL;

  set_addresses (self->list, "file:///a.ics");
  lykta_source_list_set_preset (self->list, "https://calendar.invalid/", LYKTA_FORMAT_ICALENDAR,
                                &error);
  g_assert_no_error (error);
  preset = lykta_source_list_get_preset (self->list, &error);
  g_assert_cmpstr (lykta_source_get_id (preset), ==, LYKTA_SOURCE_ID_PRESET);
  g_assert_cmpstr (lykta_source_get_name (preset), ==, "Aktiviteter i Sverige");
  g_assert_cmpstr (lykta_source_get_address (preset), ==, "https://calendar.invalid/");
  g_assert_cmpint (lykta_source_get_format (preset), ==, LYKTA_FORMAT_ICALENDAR);
  assert_active (self->list, TRUE, "aktiviteter-i-sverige file:///a.ics");
  /* Other addresses leave it alone; emptied, it is gone. */
  set_addresses (self->list, "file:///b.ics");
  assert_active (self->list, TRUE, "aktiviteter-i-sverige file:///b.ics");
  lykta_source_list_set_preset (self->list, NULL, LYKTA_FORMAT_AUTO, &error);
  g_assert_no_error (error);
  assert_active (self->list, TRUE, "file:///b.ics");
}

/* Without a place to keep anything there is the sample. */
static void
test_without_device (void)
{
  LyktaSourceList *list = lykta_source_list_new (NULL);

  set_addresses (list, "file:///a.ics");
  assert_active (list, FALSE, "sample");
  g_assert_finalize_object (list);
}

#define ADD(name, function) \
  g_test_add ("/sync/source-list/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("empty", test_empty);
  ADD ("addresses", test_addresses);
  ADD ("preset", test_preset);
  g_test_add_func ("/sync/source-list/without-device", test_without_device);
  return g_test_run ();
}
