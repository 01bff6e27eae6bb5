/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lykta-surroundings.h"

struct _LyktaSurroundings {
  GObject parent_instance;

  LyktaSession *session;    /* (owned) */
  LyktaContentStore *store; /* (owned) (nullable) */
  GStrv languages;          /* (owned) */
  double radius;
  char *site_name;          /* (owned) (nullable) */
  char *locale_dir;         /* (owned) (nullable) */
  LyktaDataUse *data_use;   /* (owned) (nullable) */
  LyktaDeviceStore *device; /* (owned) (nullable) */
  GSettings *settings;      /* (owned) (nullable) */
};

enum {
  PROP_SESSION = 1,
  PROP_STORE,
  PROP_LANGUAGES,
  PROP_RADIUS,
  PROP_SITE_NAME,
  PROP_LOCALE_DIR,
  PROP_DATA_USE,
  PROP_DEVICE,
  PROP_SETTINGS,
  N_PROPERTIES,
};
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LyktaSurroundings, lykta_surroundings, G_TYPE_OBJECT)

static void
lykta_surroundings_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LyktaSurroundings *self = LYKTA_SURROUNDINGS (object);

  switch (id) {
  case PROP_SESSION:
    self->session = g_value_dup_object (value);
    break;
  case PROP_STORE:
    self->store = g_value_dup_object (value);
    break;
  case PROP_LANGUAGES:
    self->languages = g_value_dup_boxed (value);
    break;
  case PROP_RADIUS:
    self->radius = g_value_get_double (value);
    break;
  case PROP_SITE_NAME:
    self->site_name = g_value_dup_string (value);
    break;
  case PROP_LOCALE_DIR:
    self->locale_dir = g_value_dup_string (value);
    break;
  case PROP_DATA_USE:
    self->data_use = g_value_dup_object (value);
    break;
  case PROP_DEVICE:
    self->device = g_value_dup_object (value);
    break;
  case PROP_SETTINGS:
    self->settings = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lykta_surroundings_dispose (GObject *object)
{
  LyktaSurroundings *self = LYKTA_SURROUNDINGS (object);

  g_clear_object (&self->session);
  g_clear_object (&self->store);
  g_clear_object (&self->data_use);
  g_clear_object (&self->device);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (lykta_surroundings_parent_class)->dispose (object);
}

static void
lykta_surroundings_finalize (GObject *object)
{
  LyktaSurroundings *self = LYKTA_SURROUNDINGS (object);

  g_strfreev (self->languages);
  g_free (self->site_name);
  g_free (self->locale_dir);
  G_OBJECT_CLASS (lykta_surroundings_parent_class)->finalize (object);
}

static void
lykta_surroundings_class_init (LyktaSurroundingsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = lykta_surroundings_set_property;
  object_class->dispose = lykta_surroundings_dispose;
  object_class->finalize = lykta_surroundings_finalize;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, LYKTA_TYPE_SESSION, flags);
  properties[PROP_STORE] =
      g_param_spec_object ("store", NULL, NULL, LYKTA_TYPE_CONTENT_STORE, flags);
  properties[PROP_LANGUAGES] = g_param_spec_boxed ("languages", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_RADIUS] = g_param_spec_double ("radius", NULL, NULL, 0.5, 500.0, 10.0, flags);
  properties[PROP_SITE_NAME] = g_param_spec_string ("site-name", NULL, NULL, NULL, flags);
  properties[PROP_DATA_USE] =
      g_param_spec_object ("data-use", NULL, NULL, LYKTA_TYPE_DATA_USE, flags);
  properties[PROP_DEVICE] =
      g_param_spec_object ("device", NULL, NULL, LYKTA_TYPE_DEVICE_STORE, flags);
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);
  properties[PROP_LOCALE_DIR] = g_param_spec_string ("locale-dir", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lykta_surroundings_init (LyktaSurroundings *self)
{
}

LyktaSession *
lykta_surroundings_get_session (LyktaSurroundings *self)
{
  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (self), NULL);
  return self->session;
}

LyktaContentStore *
lykta_surroundings_get_store (LyktaSurroundings *self)
{
  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (self), NULL);
  return self->store;
}

const char *const *
lykta_surroundings_get_languages (LyktaSurroundings *self)
{
  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (self), NULL);
  return (const char *const *)self->languages;
}

double
lykta_surroundings_get_radius (LyktaSurroundings *self)
{
  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (self), 10.0);
  return self->radius;
}

const char *
lykta_surroundings_get_site_name (LyktaSurroundings *self)
{
  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (self), NULL);
  return self->site_name;
}

const char *
lykta_surroundings_get_locale_dir (LyktaSurroundings *self)
{
  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (self), NULL);
  return self->locale_dir;
}

LyktaDeviceStore *
lykta_surroundings_get_device (LyktaSurroundings *self)
{
  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (self), NULL);

  return self->device;
}

LyktaDataUse *
lykta_surroundings_get_data_use (LyktaSurroundings *self)
{
  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (self), NULL);
  return self->data_use;
}

GSettings *
lykta_surroundings_get_settings (LyktaSurroundings *self)
{
  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (self), NULL);
  return self->settings;
}
