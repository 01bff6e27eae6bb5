/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-text"

#include "text/lykta-catalogue.h"

#include <string.h>

#include "text/lykta-language.h"
#include "text/lykta-mo-file.h"

#define MACHINE_DRAFTED "machine-drafted"

/* The interface texts of one language. A language may lean on another ("sv@easy:sv"), so there may
 * be several files; the first that knows a text gives it. Immutable. */
struct _LyktaCatalogue {
  GObject parent_instance;

  char *locale_dir;     /* (owned) */
  const char *language; /* interned */
  GPtrArray *files;     /* (owned) (element-type LyktaMoFile) */
  gboolean is_machine_drafted;
};

enum { PROP_LOCALE_DIR = 1, PROP_LANGUAGE, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LyktaCatalogue, lykta_catalogue, G_TYPE_OBJECT)

/* The first name may have anything after the language ("fa_AF"); the header of that file speaks
 * for the whole catalogue. */
static void
open_file (LyktaCatalogue *self, const char *name)
{
  g_autofree char *path =
      g_build_filename (self->locale_dir, name, "LC_MESSAGES", "lykta.mo", NULL);
  g_autoptr (GError) error = NULL;
  LyktaMoFile *file = lykta_mo_file_open (path, &error);

  /* The page comes in English then; the operator should know why. */
  if (error != NULL)
    g_message ("%s", error->message);
  if (file == NULL)
    return;
  if (self->files->len == 0) {
    g_autofree char *review = lykta_mo_file_dup_header (file, "X-Lykta-Review");

    self->is_machine_drafted = g_strcmp0 (review, MACHINE_DRAFTED) == 0;
  }
  g_ptr_array_add (self->files, file);
}

static void
lykta_catalogue_constructed (GObject *object)
{
  LyktaCatalogue *self = LYKTA_CATALOGUE (object);
  g_auto (GStrv) names = NULL;

  G_OBJECT_CLASS (lykta_catalogue_parent_class)->constructed (object);
  names = g_strsplit (lykta_language_gettext_list (self->language), ":", -1);
  for (gsize i = 0; names[i] != NULL; i++)
    open_file (self, names[i]);
}

static void
lykta_catalogue_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LyktaCatalogue *self = LYKTA_CATALOGUE (object);

  switch (id) {
  case PROP_LOCALE_DIR:
    self->locale_dir = g_value_dup_string (value);
    break;
  case PROP_LANGUAGE:
    self->language = g_intern_string (g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lykta_catalogue_finalize (GObject *object)
{
  LyktaCatalogue *self = LYKTA_CATALOGUE (object);

  g_clear_pointer (&self->locale_dir, g_free);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  G_OBJECT_CLASS (lykta_catalogue_parent_class)->finalize (object);
}

static void
lykta_catalogue_class_init (LyktaCatalogueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = lykta_catalogue_constructed;
  object_class->set_property = lykta_catalogue_set_property;
  object_class->finalize = lykta_catalogue_finalize;
  properties[PROP_LOCALE_DIR] = g_param_spec_string ("locale-dir", NULL, NULL, "", flags);
  properties[PROP_LANGUAGE] = g_param_spec_string ("language", NULL, NULL, "en", flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lykta_catalogue_init (LyktaCatalogue *self)
{
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_mo_file_free);
}

LyktaCatalogue *
lykta_catalogue_new (const char *locale_dir, const char *language)
{
  const char *canonical;

  g_return_val_if_fail (locale_dir != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  canonical = lykta_language_canonical (language);
  return g_object_new (LYKTA_TYPE_CATALOGUE, "locale-dir", locale_dir, "language",
                       canonical != NULL ? canonical : "en", NULL);
}

const char *
lykta_catalogue_get_language (LyktaCatalogue *self)
{
  g_return_val_if_fail (LYKTA_IS_CATALOGUE (self), NULL);

  return self->language;
}

static gboolean
is_source_language (LyktaCatalogue *self)
{
  return strcmp (self->language, "en") == 0;
}

gboolean
lykta_catalogue_is_available (LyktaCatalogue *self)
{
  g_return_val_if_fail (LYKTA_IS_CATALOGUE (self), FALSE);

  return self->files->len > 0 || is_source_language (self);
}

gboolean
lykta_catalogue_is_machine_drafted (LyktaCatalogue *self)
{
  g_return_val_if_fail (LYKTA_IS_CATALOGUE (self), FALSE);

  return self->is_machine_drafted;
}

static const char *
find (LyktaCatalogue *self, const char *context, const char *message)
{
  const char *found = NULL;

  for (guint i = 0; i < self->files->len && found == NULL; i++)
    found = lykta_mo_file_get (g_ptr_array_index (self->files, i), context, message);
  return found;
}

const char *
lykta_catalogue_get (LyktaCatalogue *self, const char *context, const char *message)
{
  const char *found;

  g_return_val_if_fail (LYKTA_IS_CATALOGUE (self), message);
  g_return_val_if_fail (message != NULL, NULL);

  found = find (self, context, message);
  return found != NULL ? found : message;
}

const char *
lykta_catalogue_get_plural (LyktaCatalogue *self,
                            const char *singular,
                            const char *plural,
                            gulong n)
{
  const char *found = NULL;

  g_return_val_if_fail (LYKTA_IS_CATALOGUE (self), singular);
  g_return_val_if_fail (singular != NULL, NULL);
  g_return_val_if_fail (plural != NULL, NULL);

  for (guint i = 0; i < self->files->len && found == NULL; i++)
    found = lykta_mo_file_get_plural (g_ptr_array_index (self->files, i), singular, n);
  if (found != NULL)
    return found;
  return n == 1 ? singular : plural;
}

gboolean
lykta_catalogue_has (LyktaCatalogue *self, const char *context, const char *message)
{
  g_return_val_if_fail (LYKTA_IS_CATALOGUE (self), FALSE);
  g_return_val_if_fail (message != NULL, FALSE);

  return is_source_language (self) || find (self, context, message) != NULL;
}
