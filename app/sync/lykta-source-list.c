/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-source-list.h"

#include "sync/lykta-source-address.h"

#include "text/lykta-language.h"

#define KEY_PRESET_ADDRESS "preset.address"
#define KEY_PRESET_FORMAT  "preset.format"
#define KEY_LANGUAGES      "sync.languages"
#define KEY_COUNTY         "sync.county"
#define KEY_ATTACHMENTS    "sync.attachments"
#define PRESET_NAME        "Aktiviteter i Sverige" /* a name: never translated */
#define SAMPLE_ADDRESS     "sample:"
#define SAMPLE_NAME        "Sample"

struct _LyktaSourceList {
  GObject parent_instance;

  LyktaDeviceStore *device; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (LyktaSourceList, lykta_source_list, G_TYPE_OBJECT)

typedef enum {
  PROP_DEVICE = 1,
  N_PROPS,
} Property;
static GParamSpec *properties[N_PROPS];

static void
lykta_source_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LyktaSourceList *self = LYKTA_SOURCE_LIST (object);

  switch ((Property)id) {
  case PROP_DEVICE:
    self->device = g_value_dup_object (value);
    break;
  case N_PROPS:
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    break;
  }
}

static void
lykta_source_list_dispose (GObject *object)
{
  LyktaSourceList *self = LYKTA_SOURCE_LIST (object);

  g_clear_object (&self->device);
  G_OBJECT_CLASS (lykta_source_list_parent_class)->dispose (object);
}

static void
lykta_source_list_class_init (LyktaSourceListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = lykta_source_list_set_property;
  object_class->dispose = lykta_source_list_dispose;
  properties[PROP_DEVICE] =
      g_param_spec_object ("device", NULL, NULL, LYKTA_TYPE_DEVICE_STORE,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lykta_source_list_init (LyktaSourceList *self)
{
}

LyktaSourceList *
lykta_source_list_new (LyktaDeviceStore *device)
{
  g_return_val_if_fail (device == NULL || LYKTA_IS_DEVICE_STORE (device), NULL);

  return g_object_new (LYKTA_TYPE_SOURCE_LIST, "device", device, NULL);
}

LyktaSource *
lykta_source_list_new_sample (void)
{
  return lykta_source_new (LYKTA_SOURCE_ID_SAMPLE, SAMPLE_NAME, SAMPLE_ADDRESS, LYKTA_FORMAT_SAMPLE,
                           NULL);
}

static LyktaSource *
source_of_address (const char *address, LyktaFormat format)
{
  g_autofree char *plain = NULL;

  if (g_str_equal (address, SAMPLE_ADDRESS))
    return lykta_source_list_new_sample ();
  plain = lykta_source_address_without_key (address);
  return lykta_source_new (address, plain, address, format, NULL);
}

gboolean
lykta_source_list_set_addresses (LyktaSourceList *self,
                                 const char *const *addresses,
                                 GError **error)
{
  return lykta_source_list_set_sources (self, addresses, LYKTA_FORMAT_AUTO, error);
}

gboolean
lykta_source_list_set_sources (LyktaSourceList *self,
                               const char *const *addresses,
                               LyktaFormat format,
                               GError **error)
{
  g_autoptr (GPtrArray) sources =
      g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_source_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (LYKTA_IS_SOURCE_LIST (self), FALSE);
  g_return_val_if_fail (addresses != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  for (gsize i = 0; addresses[i] != NULL; i++)
    if (g_hash_table_add (seen, (gpointer)addresses[i]))
      g_ptr_array_add (sources, source_of_address (addresses[i], format));
  return self->device == NULL || lykta_device_store_set_sources (self->device, sources, error);
}

gboolean
lykta_source_list_set_languages (LyktaSourceList *self,
                                 const char *const *languages,
                                 GError **error)
{
  g_autofree char *text =
      languages != NULL && languages[0] != NULL ? g_strjoinv (",", (char **)languages) : NULL;

  g_return_val_if_fail (LYKTA_IS_SOURCE_LIST (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return self->device == NULL ||
         lykta_device_store_set_setting (self->device, KEY_LANGUAGES, text, error);
}

char **
lykta_source_list_get_languages (LyktaSourceList *self)
{
  static const char *const usual[] = {"sv", "en", "ar", NULL};
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *text = NULL;
  g_auto (GStrv) tags = NULL;
  g_auto (GStrv) languages = NULL;

  g_return_val_if_fail (LYKTA_IS_SOURCE_LIST (self), NULL);

  if (self->device != NULL)
    text = lykta_device_store_get_setting (self->device, KEY_LANGUAGES, NULL);
  tags = g_strsplit (text != NULL ? text : "", ",", -1);
  for (guint i = 0; tags[i] != NULL; i++) {
    const char *language = lykta_language_canonical (tags[i]);

    if (language != NULL)
      g_strv_builder_add (builder, language);
  }
  languages = g_strv_builder_end (builder);
  return languages[0] != NULL ? g_steal_pointer (&languages) : g_strdupv ((char **)usual);
}

gboolean
lykta_source_list_set_county (LyktaSourceList *self, const char *county, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_SOURCE_LIST (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return self->device == NULL ||
         lykta_device_store_set_setting (self->device, KEY_COUNTY, county, error);
}

char *
lykta_source_list_get_county (LyktaSourceList *self)
{
  g_return_val_if_fail (LYKTA_IS_SOURCE_LIST (self), NULL);

  return self->device != NULL ? lykta_device_store_get_setting (self->device, KEY_COUNTY, NULL)
                              : NULL;
}

gboolean
lykta_source_list_set_wants_attachments (LyktaSourceList *self,
                                         gboolean wants_attachments,
                                         GError **error)
{
  g_return_val_if_fail (LYKTA_IS_SOURCE_LIST (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return self->device == NULL ||
         lykta_device_store_set_setting (self->device, KEY_ATTACHMENTS,
                                         wants_attachments ? "1" : NULL, error);
}

gboolean
lykta_source_list_get_wants_attachments (LyktaSourceList *self)
{
  g_autofree char *value = NULL;

  g_return_val_if_fail (LYKTA_IS_SOURCE_LIST (self), FALSE);

  if (self->device != NULL)
    value = lykta_device_store_get_setting (self->device, KEY_ATTACHMENTS, NULL);
  return value != NULL;
}

gboolean
lykta_source_list_set_preset (LyktaSourceList *self,
                              const char *address,
                              LyktaFormat format,
                              GError **error)
{
  const char *token = address != NULL ? lykta_format_to_token (format) : NULL;

  g_return_val_if_fail (LYKTA_IS_SOURCE_LIST (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (self->device == NULL)
    return TRUE;
  /* The address last: a format alone means nothing. */
  return lykta_device_store_set_setting (self->device, KEY_PRESET_FORMAT, token, error) &&
         lykta_device_store_set_setting (self->device, KEY_PRESET_ADDRESS, address, error);
}

LyktaSource *
lykta_source_list_get_preset (LyktaSourceList *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *address = NULL;
  g_autofree char *token = NULL;
  LyktaFormat format = LYKTA_FORMAT_AUTO;

  g_return_val_if_fail (LYKTA_IS_SOURCE_LIST (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (self->device == NULL)
    return NULL;
  address = lykta_device_store_get_setting (self->device, KEY_PRESET_ADDRESS, &local_error);
  if (local_error == NULL)
    token = lykta_device_store_get_setting (self->device, KEY_PRESET_FORMAT, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  if (address == NULL || *address == '\0')
    return NULL;
  if (token != NULL)
    format = lykta_format_from_token (token);
  return lykta_source_new (LYKTA_SOURCE_ID_PRESET, PRESET_NAME, address, format, NULL);
}

GPtrArray *
lykta_source_list_get_configured (LyktaSourceList *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) others = NULL;
  LyktaSource *preset;

  g_return_val_if_fail (LYKTA_IS_SOURCE_LIST (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  all = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_source_unref);
  if (self->device == NULL)
    return g_steal_pointer (&all);
  preset = lykta_source_list_get_preset (self, &local_error);
  if (preset != NULL)
    g_ptr_array_add (all, preset);
  if (local_error == NULL)
    others = lykta_device_store_list_sources (self->device, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  for (guint i = 0; i < others->len; i++)
    g_ptr_array_add (all, lykta_source_ref (g_ptr_array_index (others, i)));
  return g_steal_pointer (&all);
}

static gboolean
holds_sample (GPtrArray *sources)
{
  for (guint i = 0; i < sources->len; i++)
    if (lykta_source_is_sample (g_ptr_array_index (sources, i)))
      return TRUE;
  return FALSE;
}

GPtrArray *
lykta_source_list_get_active (LyktaSourceList *self, gboolean has_real_content, GError **error)
{
  g_autoptr (GPtrArray) sources = NULL;

  g_return_val_if_fail (LYKTA_IS_SOURCE_LIST (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  sources = lykta_source_list_get_configured (self, error);
  if (sources == NULL)
    return NULL;
  if (!has_real_content && !holds_sample (sources))
    g_ptr_array_add (sources, lykta_source_list_new_sample ());
  return g_steal_pointer (&sources);
}
