/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>

#include "support/lykta-test.h"
#include "sync/lykta-settings.h"

/* One truth about what the owner of a machine has set. */

typedef struct {
  LyktaTestDir *dir;        /* (owned) */
  LyktaClock *clock;        /* (owned) */
  LyktaDeviceStore *device; /* (owned) */
  GSettings *gsettings;     /* (owned) */
  LyktaSettings *settings;  /* (owned) */
} Fixture;

/* A desk of settings in files, as an administrator without a desktop keeps them. */
static GSettings *
open_gsettings (LyktaTestDir *dir)
{
  const char *build = g_getenv ("LYKTA_BUILD_ROOT");
  g_autofree char *schemas = g_build_filename (build, "data", NULL);
  g_autofree char *path = lykta_test_dir_child (dir, "keyfile");
  g_autofree char *admin = lykta_test_dir_child (dir, "admin");
  g_autoptr (GSettingsSchemaSource) source =
      g_settings_schema_source_new_from_directory (schemas, NULL, FALSE, NULL);
  g_autoptr (GSettingsSchema) schema =
      g_settings_schema_source_lookup (source, "se.lykta.Lykta", FALSE);
  g_autoptr (GSettingsBackend) first = g_keyfile_settings_backend_new (path, "/", NULL);
  g_autoptr (GSettingsBackend) backend = g_object_new (
      G_OBJECT_TYPE (first), "filename", path, "root-path", "/", "defaults-dir", admin, NULL);

  g_assert_nonnull (schema);
  return g_settings_new_full (schema, backend, NULL);
}

static void
reopen (Fixture *self)
{
  g_clear_object (&self->settings);
  g_clear_object (&self->gsettings);
  self->gsettings = open_gsettings (self->dir);
  self->settings = lykta_settings_new (self->gsettings, self->device);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;

  self->dir = lykta_test_dir_new ();
  self->clock = lykta_test_clock_at ("2026-11-24T12:00:00+01:00");
  path = lykta_test_dir_child (self->dir, "device.db");
  self->device = lykta_device_store_open (path, self->clock, NULL);
  reopen (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->settings);
  g_clear_object (&self->gsettings);
  g_assert_finalize_object (self->device);
  g_assert_finalize_object (self->clock);
  lykta_test_dir_free (self->dir);
}

/* What an administrator lays down: defaults and (nullable) what is locked. */
static void
decree (Fixture *self, const char *values, const char *locks)
{
  g_autofree char *text = g_strconcat ("[se/lykta/Lykta]\n", values, "\n", NULL);
  g_autofree char *defaults = lykta_test_dir_write (self->dir, "admin/defaults", text, -1);
  g_autofree char *lines =
      locks != NULL ? g_strconcat ("/se/lykta/Lykta/", locks, "\n", NULL) : NULL;
  g_autofree char *lock_path =
      lines != NULL ? lykta_test_dir_write (self->dir, "admin/locks", lines, -1) : NULL;

  reopen (self);
}

static void
assert_value (Fixture *self,
              const char *key,
              const char *expected,
              LyktaSettingOrigin expected_origin)
{
  LyktaSettingOrigin origin;
  g_autofree char *value = lykta_settings_get (self->settings, key, &origin, NULL);

  g_assert_cmpstr (value, ==, expected);
  g_assert_cmpstr (lykta_setting_origin_to_token (origin), ==,
                   lykta_setting_origin_to_token (expected_origin));
}

static void
set (Fixture *self, const char *key, const char *text)
{
  g_autoptr (GError) error = NULL;

  lykta_settings_set (self->settings, key, text, &error);
  g_assert_no_error (error);
}

/* From the weakest to the strongest, and back. */
static void
test_order (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_value (self, "month-budget", "-1", LYKTA_SETTING_DEFAULT);
  set (self, "month-budget", "600");
  assert_value (self, "month-budget", "600", LYKTA_SETTING_FOLDER);
  g_settings_set_int (self->gsettings, "month-budget", 500);
  assert_value (self, "month-budget", "500", LYKTA_SETTING_PERSON);
  /* What the person has set is changed where they set it. */
  set (self, "month-budget", "400");
  g_assert_cmpint (g_settings_get_int (self->gsettings, "month-budget"), ==, 400);
  decree (self, "month-budget=300", "month-budget");
  assert_value (self, "month-budget", "300", LYKTA_SETTING_LOCKED);
  g_assert_false (lykta_settings_set (self->settings, "month-budget", "200", &error));
  g_assert_error (error, LYKTA_SETTINGS_ERROR, LYKTA_SETTINGS_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (lykta_settings_set (self->settings, "month-budget", NULL, &error));
  g_assert_error (error, LYKTA_SETTINGS_ERROR, LYKTA_SETTINGS_ERROR_LOCKED);
}

static void
test_reset (Fixture *self, gconstpointer data)
{
  set (self, "month-budget", "600");
  g_settings_set_int (self->gsettings, "month-budget", 500);
  set (self, "month-budget", NULL);
  assert_value (self, "month-budget", "-1", LYKTA_SETTING_DEFAULT);
}

static void
test_bad (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *key;
    const char *text;
    LyktaSettingsError code;
  } cases[] = {
      {"no-such-key", "1", LYKTA_SETTINGS_ERROR_UNKNOWN},
      {"month-budget", "much", LYKTA_SETTINGS_ERROR_INVALID},
      {"month-budget", "-2", LYKTA_SETTINGS_ERROR_INVALID},
      {"month-budget", "99999999999", LYKTA_SETTINGS_ERROR_INVALID},
      {"ask-only", "yes", LYKTA_SETTINGS_ERROR_INVALID},
      {"mode", "palace", LYKTA_SETTINGS_ERROR_INVALID},
      {"radius-km", "0", LYKTA_SETTINGS_ERROR_INVALID},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (lykta_settings_set (self->settings, cases[i].key, cases[i].text, &error));
    g_assert_error (error, LYKTA_SETTINGS_ERROR, (int)cases[i].code);
  }
  g_assert_true (
      lykta_device_store_set_setting (self->device, "settings.month-budget", "junk", NULL));
  assert_value (self, "month-budget", "-1", LYKTA_SETTING_DEFAULT);
}

/* Every key that the data folder can hold is in the schema, with the same type and default. */
static void
test_tables_agree (Fixture *self, gconstpointer data)
{
  g_autoptr (LyktaSettings) alone = lykta_settings_new (NULL, self->device);
  g_auto (GStrv) keys = lykta_settings_list_keys (alone);
  g_auto (GStrv) all = lykta_settings_list_keys (self->settings);

  g_assert_cmpuint (g_strv_length (keys), >=, 5);
  for (gsize i = 0; keys[i] != NULL; i++) {
    g_autofree char *here = lykta_settings_get (alone, keys[i], NULL, NULL);
    g_autofree char *there = lykta_settings_get (self->settings, keys[i], NULL, NULL);

    g_assert_true (g_strv_contains ((const char *const *)all, keys[i]));
    g_assert_cmpstr (here, ==, there);
  }
}

static const struct {
  const char *month;
  const char *day;
  gboolean is_kiosk;
  gint64 expected_month;
  gint64 expected_day;
} rules[] = {
    {NULL, NULL, FALSE, LYKTA_SYNC_MONTH_BUDGET, LYKTA_SYNC_DAY_BUDGET},
    {NULL, NULL, TRUE, LYKTA_SYNC_NO_LIMIT, LYKTA_SYNC_NO_LIMIT},
    {"5000", NULL, FALSE, 5000000, 500000},
    {"5000", NULL, TRUE, 5000000, 500000},
    {"5000", "70", FALSE, 5000000, 70000},
    {NULL, "70", FALSE, LYKTA_SYNC_MONTH_BUDGET, 70000},
    {"0", NULL, FALSE, 0, 0},
    {"10000000", "10000000", FALSE, 10000000000, 10000000000},
};

static void
test_rules (Fixture *self, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++) {
    LyktaSyncRules found;

    set (self, "month-budget", rules[i].month);
    set (self, "day-budget", rules[i].day);
    found = lykta_settings_get_rules (self->settings, rules[i].is_kiosk);
    g_assert_cmpint (found.month_budget, ==, rules[i].expected_month);
    g_assert_cmpint (found.day_budget, ==, rules[i].expected_day);
    g_assert_false (found.is_ask_only);
    g_assert_cmpint (found.ask_above, ==,
                     rules[i].is_kiosk ? LYKTA_SYNC_NO_LIMIT : LYKTA_SYNC_ASK_ABOVE);
  }
  set (self, "ask-only", "true");
  g_assert_true (lykta_settings_get_rules (self->settings, TRUE).is_ask_only);
}

static char *
preset_address (Fixture *self)
{
  g_autoptr (LyktaSourceList) list = lykta_source_list_new (self->device);
  g_autoptr (LyktaSource) preset = NULL;
  g_autoptr (GError) error = NULL;

  lykta_settings_apply_preset (self->settings, list, "/here", "/home/x", &error);
  g_assert_no_error (error);
  preset = lykta_source_list_get_preset (list, NULL);
  return preset != NULL ? g_strdup (lykta_source_get_address (preset)) : NULL;
}

static void
assert_preset (Fixture *self, const char *expected)
{
  g_autofree char *address = preset_address (self);

  g_assert_cmpstr (address, ==, expected);
}

static void
test_preset (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSourceList) list = lykta_source_list_new (self->device);

  assert_preset (self, NULL);
  /* Set with lyktactl: stays. */
  set (self, "preset-address", "https://a.example/a.ics");
  assert_preset (self, "https://a.example/a.ics");
  assert_value (self, "preset-address", "https://a.example/a.ics", LYKTA_SETTING_FOLDER);
  /* An administrator's decision replaces it. */
  decree (self, "preset-address='https://m.example/m.ics'", "preset-address");
  assert_preset (self, "https://m.example/m.ics");
  assert_value (self, "preset-address", "https://m.example/m.ics", LYKTA_SETTING_LOCKED);
  /* And when that is taken back, nothing of it stays. */
  {
    g_autofree char *locks = lykta_test_dir_write (self->dir, "admin/locks", "", 0);
    g_assert_nonnull (locks);
  }
  decree (self, "", NULL);
  assert_preset (self, NULL);
  /* The person's own, as a path. */
  g_settings_set_string (self->gsettings, "preset-address", "cal.ics");
  assert_preset (self, "file:///here/cal.ics");
  g_settings_set_string (self->gsettings, "preset-address", "ftp://x/");
  g_assert_false (lykta_settings_apply_preset (self->settings, list, "/here", "/home/x", &error));
  g_assert_nonnull (error);
}

#define ADD(name, function) \
  g_test_add ("/sync/settings/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("order", test_order);
  ADD ("reset", test_reset);
  ADD ("bad", test_bad);
  ADD ("tables-agree", test_tables_agree);
  ADD ("rules", test_rules);
  ADD ("preset", test_preset);
  return g_test_run ();
}
