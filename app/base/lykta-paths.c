/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-base"

#include "base/lykta-paths.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/lykta-atomic-file.h"

#define FOLDER_MODE 0700

/* Where one run keeps its files. Immutable. */
struct _LyktaPaths {
  GObject parent_instance;

  /* owned */
  char *data_dir;
  char *content_db;
  char *device_db;
  char *register_db;
  char *spool_dir;
};

enum { PROP_DATA_DIR = 1, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LyktaPaths, lykta_paths, G_TYPE_OBJECT)

static void
lykta_paths_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LyktaPaths *self = LYKTA_PATHS (object);

  switch (id) {
  case PROP_DATA_DIR:
    self->data_dir = g_value_dup_string (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lykta_paths_constructed (GObject *object)
{
  LyktaPaths *self = LYKTA_PATHS (object);

  G_OBJECT_CLASS (lykta_paths_parent_class)->constructed (object);
  self->content_db = g_build_filename (self->data_dir, "content.db", NULL);
  self->device_db = g_build_filename (self->data_dir, "device.db", NULL);
  self->register_db = g_build_filename (self->data_dir, "register.db", NULL);
  self->spool_dir = g_build_filename (self->data_dir, "spool", NULL);
}

static void
lykta_paths_finalize (GObject *object)
{
  LyktaPaths *self = LYKTA_PATHS (object);

  g_clear_pointer (&self->data_dir, g_free);
  g_clear_pointer (&self->content_db, g_free);
  g_clear_pointer (&self->device_db, g_free);
  g_clear_pointer (&self->register_db, g_free);
  g_clear_pointer (&self->spool_dir, g_free);
  G_OBJECT_CLASS (lykta_paths_parent_class)->finalize (object);
}

static void
lykta_paths_class_init (LyktaPathsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = lykta_paths_set_property;
  object_class->constructed = lykta_paths_constructed;
  object_class->finalize = lykta_paths_finalize;
  properties[PROP_DATA_DIR] =
      g_param_spec_string ("data-dir", NULL, NULL, NULL,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lykta_paths_init (LyktaPaths *self)
{
}

LyktaPaths *
lykta_paths_new (const char *data_dir, GError **error)
{
  g_autofree char *absolute = NULL;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (data_dir != NULL)
    absolute = g_canonicalize_filename (data_dir, NULL);
  else
    absolute = g_build_filename (g_get_user_data_dir (), "lykta", NULL);
  if (!lykta_atomic_file_make_folder (absolute, FOLDER_MODE, error))
    return NULL;
  if (access (absolute, R_OK | X_OK) != 0) {
    int saved = errno;

    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "Cannot read the folder %s: %s",
                 absolute, g_strerror (saved));
    return NULL;
  }
  return g_object_new (LYKTA_TYPE_PATHS, "data-dir", absolute, NULL);
}

const char *
lykta_paths_get_data_dir (LyktaPaths *self)
{
  g_return_val_if_fail (LYKTA_IS_PATHS (self), NULL);

  return self->data_dir;
}

gboolean
lykta_paths_is_writable (LyktaPaths *self)
{
  g_return_val_if_fail (LYKTA_IS_PATHS (self), FALSE);

  return access (self->data_dir, W_OK | X_OK) == 0;
}

const char *
lykta_paths_get_content_db (LyktaPaths *self)
{
  g_return_val_if_fail (LYKTA_IS_PATHS (self), NULL);

  return self->content_db;
}

const char *
lykta_paths_get_device_db (LyktaPaths *self)
{
  g_return_val_if_fail (LYKTA_IS_PATHS (self), NULL);

  return self->device_db;
}

const char *
lykta_paths_get_register_db (LyktaPaths *self)
{
  g_return_val_if_fail (LYKTA_IS_PATHS (self), NULL);

  return self->register_db;
}

const char *
lykta_paths_get_spool_dir (LyktaPaths *self)
{
  g_return_val_if_fail (LYKTA_IS_PATHS (self), NULL);

  /* When it cannot be made, the first file in it says why. */
  (void)g_mkdir_with_parents (self->spool_dir, FOLDER_MODE);
  return self->spool_dir;
}
