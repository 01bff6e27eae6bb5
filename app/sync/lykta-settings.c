/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-settings.h"

#include <string.h>

#include "sync/lykta-source-address.h"

#define SCHEMA_ID      "se.lykta.Lykta"
#define PRESET_ADDRESS "preset-address"
/* That the preset's address came from GSettings. */
#define PRESET_APPLIED "preset.from-settings"
#define KILOBYTE       1000
/* A day's share of a month, where only the month was set: two busy days a week. */
#define DAYS_PER_MONTH 10

/* How the calendar is refreshed is decided by these also where there is no GSettings. */
static const struct {
  const char *key;
  const char *place; /* its key in device.db; of the preset, where the source list looks for it */
  const char *type;
  const char *value; /* the default, as in the schema */
  gint32 min;
  gint32 max;
} shared[] = {
    {"ask-only", "settings.ask-only", "b", "false", 0, 0},
    {"day-budget", "settings.day-budget", "i", "-1", -1, 10000000},
    {"month-budget", "settings.month-budget", "i", "-1", -1, 10000000},
    {PRESET_ADDRESS, "preset.address", "s", "''", 0, 0},
    {"preset-format", "preset.format", "s", "'auto'", 0, 0},
};

struct _LyktaSettings {
  GObject parent_instance;

  GSettings *gsettings;     /* (owned) (nullable) */
  LyktaDeviceStore *device; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (LyktaSettings, lykta_settings, G_TYPE_OBJECT)

GQuark
lykta_settings_error_quark (void)
{
  return g_quark_from_static_string ("lykta-settings-error-quark");
}

static void
lykta_settings_finalize (GObject *object)
{
  LyktaSettings *self = LYKTA_SETTINGS (object);

  g_clear_object (&self->gsettings);
  g_clear_object (&self->device);
  G_OBJECT_CLASS (lykta_settings_parent_class)->finalize (object);
}

static void
lykta_settings_class_init (LyktaSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lykta_settings_finalize;
}

static void
lykta_settings_init (LyktaSettings *self)
{
}

const char *
lykta_setting_origin_to_token (LyktaSettingOrigin origin)
{
  static const char *const tokens[] = {"default", "machine", "folder", "person", "locked"};

  g_return_val_if_fail ((gsize)origin < G_N_ELEMENTS (tokens), NULL);

  return tokens[origin];
}

GSettings *
lykta_settings_find_gsettings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

LyktaSettings *
lykta_settings_new (GSettings *gsettings, LyktaDeviceStore *device)
{
  LyktaSettings *self;

  g_return_val_if_fail (gsettings == NULL || G_IS_SETTINGS (gsettings), NULL);
  g_return_val_if_fail (device == NULL || LYKTA_IS_DEVICE_STORE (device), NULL);

  self = g_object_new (LYKTA_TYPE_SETTINGS, NULL);
  self->gsettings = gsettings != NULL ? g_object_ref (gsettings) : NULL;
  self->device = device != NULL ? g_object_ref (device) : NULL;
  return self;
}

/* ---- one key ---- */

/* NULL when GSettings does not know it. (transfer full) */
static GSettingsSchemaKey *
find_key (LyktaSettings *self, const char *key)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  if (self->gsettings == NULL)
    return NULL;
  g_object_get (self->gsettings, "settings-schema", &schema, NULL);
  return g_settings_schema_has_key (schema, key) ? g_settings_schema_get_key (schema, key) : NULL;
}

/* Its place in shared[]; -1 when it cannot be kept in a data folder. */
static int
find_shared (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shared); i++)
    if (g_str_equal (shared[i].key, key))
      return (int)i;
  return -1;
}

static GVariant *
parse (const char *type, const char *text, GError **error)
{
  if (g_str_equal (type, "s"))
    return g_variant_ref_sink (g_variant_new_string (text));
  return g_variant_parse (G_VARIANT_TYPE (type), text, NULL, NULL, error);
}

/* The preset stands in the data folder, but was put there from GSettings. */
static gboolean
is_preset_applied (LyktaSettings *self)
{
  g_autofree char *value = lykta_device_store_get_setting (self->device, PRESET_APPLIED, NULL);

  return value != NULL;
}

/* The value that a data folder holds, NULL when there is none that is good. (transfer full) */
static GVariant *
get_folder_value (LyktaSettings *self, int index)
{
  g_autofree char *text = NULL;

  if (index < 0 || self->device == NULL ||
      (g_str_has_prefix (shared[index].key, "preset-") && is_preset_applied (self)))
    return NULL;
  text = lykta_device_store_get_setting (self->device, shared[index].place, NULL);
  return text != NULL ? parse (shared[index].type, text, NULL) : NULL;
}

/* What GSettings alone says, and who has decided it. (In a key file, an administrator's default
 * cannot be told from what a person has set.) (transfer full) */
static GVariant *
get_gsettings_value (LyktaSettings *self, GSettingsSchemaKey *key, LyktaSettingOrigin *origin)
{
  const char *name = g_settings_schema_key_get_name (key);
  g_autoptr (GVariant) person = g_settings_get_user_value (self->gsettings, name);
  g_autoptr (GVariant) machine = g_settings_get_default_value (self->gsettings, name);
  g_autoptr (GVariant) builtin = g_settings_schema_key_get_default_value (key);
  gboolean has_machine = machine != NULL && !g_variant_equal (machine, builtin);

  if (!g_settings_is_writable (self->gsettings, name))
    *origin = LYKTA_SETTING_LOCKED;
  else if (person != NULL)
    *origin = LYKTA_SETTING_PERSON;
  else
    *origin = has_machine ? LYKTA_SETTING_MACHINE : LYKTA_SETTING_DEFAULT;
  return g_settings_get_value (self->gsettings, name);
}

/* (transfer full) (nullable) */
static GVariant *
get_value (LyktaSettings *self, const char *key, LyktaSettingOrigin *origin)
{
  g_autoptr (GSettingsSchemaKey) schema_key = find_key (self, key);
  int index = find_shared (key);
  g_autoptr (GVariant) value = NULL;
  GVariant *folder_value;

  *origin = LYKTA_SETTING_DEFAULT;
  if (schema_key != NULL)
    value = get_gsettings_value (self, schema_key, origin);
  if (*origin >= LYKTA_SETTING_PERSON)
    return g_steal_pointer (&value);
  folder_value = get_folder_value (self, index);
  if (folder_value != NULL) {
    *origin = LYKTA_SETTING_FOLDER;
    return folder_value;
  }
  if (value == NULL && index >= 0)
    value = g_variant_ref_sink (g_variant_new_parsed (shared[index].value));
  return g_steal_pointer (&value);
}

static gboolean
fail_unknown (const char *key, GError **error)
{
  g_set_error (error, LYKTA_SETTINGS_ERROR, LYKTA_SETTINGS_ERROR_UNKNOWN,
               "there is no setting called %s", key);
  return FALSE;
}

static int
compare_keys (const void *a, const void *b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char **
lykta_settings_list_keys (LyktaSettings *self)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  char **keys;

  g_return_val_if_fail (LYKTA_IS_SETTINGS (self), NULL);

  if (self->gsettings != NULL) {
    g_object_get (self->gsettings, "settings-schema", &schema, NULL);
    keys = g_settings_schema_list_keys (schema);
    qsort (keys, g_strv_length (keys), sizeof *keys, compare_keys);
    return keys;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (shared); i++)
    g_strv_builder_add (builder, shared[i].key);
  return g_strv_builder_end (builder);
}

char *
lykta_settings_get (LyktaSettings *self,
                    const char *key,
                    LyktaSettingOrigin *origin,
                    GError **error)
{
  LyktaSettingOrigin found;
  g_autoptr (GVariant) value = NULL;

  g_return_val_if_fail (LYKTA_IS_SETTINGS (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  value = get_value (self, key, &found);
  if (value == NULL) {
    fail_unknown (key, error);
    return NULL;
  }
  if (origin != NULL)
    *origin = found;
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return g_variant_dup_string (value, NULL);
  return g_variant_print (value, FALSE);
}

/* ---- setting ---- */

/* @type: of GVariant. */
static gboolean
fail_invalid (const char *key, const char *text, const char *type, GError **error)
{
  const char *hint = " (a number in its range)";

  if (g_str_equal (type, "b"))
    hint = " (true or false)";
  else if (g_str_equal (type, "as"))
    hint = " (a list such as ['sv', 'ar'])";
  else if (g_str_equal (type, "s"))
    hint = "";
  g_set_error (error, LYKTA_SETTINGS_ERROR, LYKTA_SETTINGS_ERROR_INVALID,
               "“%s” cannot be the value of %s%s", text, key, hint);
  return FALSE;
}

static gboolean
set_in_gsettings (LyktaSettings *self, GSettingsSchemaKey *key, const char *text, GError **error)
{
  const char *name = g_settings_schema_key_get_name (key);
  const GVariantType *type = g_settings_schema_key_get_value_type (key);
  g_autofree char *type_text = g_variant_type_dup_string (type);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) now = NULL;

  if (text == NULL) {
    g_settings_reset (self->gsettings, name);
    g_settings_sync ();
    return TRUE;
  }
  value = parse (type_text, text, NULL);
  if (value == NULL || !g_settings_schema_key_range_check (key, value))
    return fail_invalid (name, text, type_text, error);
  g_settings_set_value (self->gsettings, name, value);
  g_settings_sync ();
  now = g_settings_get_user_value (self->gsettings, name);
  if (now != NULL && g_variant_equal (now, value))
    return TRUE;
  g_set_error (error, LYKTA_SETTINGS_ERROR, LYKTA_SETTINGS_ERROR_FAILED,
               "the settings of this person do not take %s", name);
  return FALSE;
}

static gboolean
set_in_folder (LyktaSettings *self, int index, const char *text, GError **error)
{
  const char *key = shared[index].key;
  const char *type = shared[index].type;
  g_autoptr (GVariant) value = NULL;

  if (g_strcmp0 (text, "") == 0)
    text = NULL;
  if (text != NULL) {
    value = parse (type, text, NULL);
    if (value == NULL ||
        (g_str_equal (type, "i") && (g_variant_get_int32 (value) < shared[index].min ||
                                     g_variant_get_int32 (value) > shared[index].max)))
      return fail_invalid (key, text, type, error);
  }
  /* From now on it is the folder's own. */
  if (g_str_equal (key, PRESET_ADDRESS) &&
      !lykta_device_store_set_setting (self->device, PRESET_APPLIED, NULL, error))
    return FALSE;
  return lykta_device_store_set_setting (self->device, shared[index].place, text, error);
}

gboolean
lykta_settings_set (LyktaSettings *self, const char *key, const char *text, GError **error)
{
  g_autoptr (GSettingsSchemaKey) schema_key = NULL;
  LyktaSettingOrigin origin = LYKTA_SETTING_DEFAULT;
  int index;

  g_return_val_if_fail (LYKTA_IS_SETTINGS (self), FALSE);
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  schema_key = find_key (self, key);
  index = self->device != NULL ? find_shared (key) : -1;
  if (schema_key != NULL)
    g_variant_unref (get_gsettings_value (self, schema_key, &origin));
  else if (index < 0)
    return fail_unknown (key, error);
  if (origin == LYKTA_SETTING_LOCKED) {
    g_set_error (error, LYKTA_SETTINGS_ERROR, LYKTA_SETTINGS_ERROR_LOCKED,
                 "an administrator has decided %s for this machine", key);
    return FALSE;
  }
  /* Back to the default means in both places. */
  if (text == NULL && index >= 0 && !set_in_folder (self, index, NULL, error))
    return FALSE;
  if (schema_key != NULL && (origin == LYKTA_SETTING_PERSON || index < 0))
    return set_in_gsettings (self, schema_key, text, error);
  return text == NULL || set_in_folder (self, index, text, error);
}

/* ---- what they mean ---- */

static gint64
get_bytes (LyktaSettings *self, const char *key, gint64 when_unset)
{
  LyktaSettingOrigin origin;
  g_autoptr (GVariant) value = get_value (self, key, &origin);
  gint32 kilobytes = value != NULL ? g_variant_get_int32 (value) : -1;

  return kilobytes < 0 ? when_unset : (gint64)kilobytes * KILOBYTE;
}

LyktaSyncRules
lykta_settings_get_rules (LyktaSettings *self, gboolean is_kiosk)
{
  LyktaSyncRules rules = LYKTA_SYNC_RULES_SPARING;
  LyktaSettingOrigin origin;
  g_autoptr (GVariant) ask_only = NULL;
  gint64 month;

  g_return_val_if_fail (LYKTA_IS_SETTINGS (self), rules);

  if (is_kiosk)
    rules = (LyktaSyncRules)LYKTA_SYNC_RULES_FREE;
  month = get_bytes (self, "month-budget", -1);
  if (month >= 0) {
    rules.month_budget = month;
    rules.day_budget = month / DAYS_PER_MONTH;
  }
  rules.day_budget = get_bytes (self, "day-budget", rules.day_budget);
  ask_only = get_value (self, "ask-only", &origin);
  rules.is_ask_only = ask_only != NULL && g_variant_get_boolean (ask_only);
  return rules;
}

/* The preset's address when that of GSettings counts. (transfer full) (nullable) */
static char *
dup_preset (LyktaSettings *self)
{
  LyktaSettingOrigin origin;
  g_autoptr (GVariant) value = get_value (self, PRESET_ADDRESS, &origin);

  if (value == NULL || origin == LYKTA_SETTING_FOLDER || origin == LYKTA_SETTING_DEFAULT ||
      *g_variant_get_string (value, NULL) == '\0')
    return NULL;
  return g_variant_dup_string (value, NULL);
}

gboolean
lykta_settings_apply_preset (
    LyktaSettings *self, LyktaSourceList *list, const char *cwd, const char *home, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *address = NULL;
  g_autofree char *format = NULL;
  gboolean is_applied;

  g_return_val_if_fail (LYKTA_IS_SETTINGS (self), FALSE);
  g_return_val_if_fail (LYKTA_IS_SOURCE_LIST (list), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (self->gsettings == NULL || self->device == NULL ||
      lykta_device_store_is_read_only (self->device))
    return TRUE;
  text = dup_preset (self);
  is_applied = is_preset_applied (self);
  if (text == NULL) {
    return !is_applied ||
           (lykta_source_list_set_preset (list, NULL, LYKTA_FORMAT_AUTO, error) &&
            lykta_device_store_set_setting (self->device, PRESET_APPLIED, NULL, error));
  }
  address = lykta_source_address_normalise (text, cwd, home, error);
  if (address == NULL)
    return FALSE;
  format = lykta_settings_get (self, "preset-format", NULL, error);
  return format != NULL &&
         (is_applied ||
          lykta_device_store_set_setting (self->device, PRESET_APPLIED, "1", error)) &&
         lykta_source_list_set_preset (list, address, lykta_format_from_token (format), error);
}
