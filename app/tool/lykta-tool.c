/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-tool.h"

#include <stdio.h>

#include "base/lykta-data.h"
#include "base/lykta-paths.h"
#include "text/lykta-language.h"
#include "text/lykta-plain-text.h"
#include "tool/lykta-tool-words.h"

#define DATA_PREFIX "/se/lykta/Lykta/data/"

struct _LyktaTool {
  GObject parent_instance;

  LyktaClock *clock;    /* (owned) */
  const char *language; /* interned */
  gboolean is_json;
  char *data_dir; /* (owned) (nullable): as given */

  LyktaPaths *paths;          /* (owned) (nullable) until opened, as all below */
  LyktaContentStore *content; /* (owned) (nullable) */
  LyktaContentReader *reader; /* (owned) (nullable) */
  LyktaDeviceStore *device;   /* (owned) (nullable) */
  GError *device_error;       /* (owned) (nullable) */
  LyktaSourceList *sources;   /* (owned) (nullable) */
  LyktaSettings *settings;    /* (owned) (nullable) */
  LyktaGazetteer *gazetteer;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (LyktaTool, lykta_tool, G_TYPE_OBJECT)

static void
lykta_tool_dispose (GObject *object)
{
  LyktaTool *self = LYKTA_TOOL (object);

  g_clear_object (&self->reader);
  g_clear_object (&self->settings);
  g_clear_object (&self->sources);
  g_clear_object (&self->device);
  g_clear_object (&self->content);
  g_clear_object (&self->paths);
  g_clear_object (&self->gazetteer);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (lykta_tool_parent_class)->dispose (object);
}

static void
lykta_tool_finalize (GObject *object)
{
  LyktaTool *self = LYKTA_TOOL (object);

  g_clear_error (&self->device_error);
  g_free (self->data_dir);

  G_OBJECT_CLASS (lykta_tool_parent_class)->finalize (object);
}

static void
lykta_tool_class_init (LyktaToolClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lykta_tool_dispose;
  object_class->finalize = lykta_tool_finalize;
}

static void
lykta_tool_init (LyktaTool *self)
{
}

LyktaTool *
lykta_tool_new (LyktaClock *clock, const char *language)
{
  LyktaTool *self = g_object_new (LYKTA_TYPE_TOOL, NULL);

  self->clock = g_object_ref (clock);
  self->language = language;
  return self;
}

LyktaClock *
lykta_tool_get_clock (LyktaTool *self)
{
  return self->clock;
}

const char *
lykta_tool_get_language (LyktaTool *self)
{
  return self->language;
}

gboolean
lykta_tool_is_json (LyktaTool *self)
{
  return self->is_json;
}

static gboolean
on_data_dir (const char *option, const char *value, gpointer user_data, GError **error)
{
  LyktaTool *self = user_data;

  g_free (self->data_dir);
  self->data_dir = g_strdup (value);
  return TRUE;
}

static gboolean
on_json (const char *option, const char *value, gpointer user_data, GError **error)
{
  LyktaTool *self = user_data;

  self->is_json = TRUE;
  return TRUE;
}

/* The options of every command. (transfer full) */
static GOptionGroup *
new_common_group (LyktaTool *self)
{
  static const GOptionEntry common[] = {
      {"json", 0, G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK, on_json, N_ ("Print JSON"), NULL},
      {"data-dir", 0, G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, on_data_dir,
       N_ ("Keep everything in DIR"),
       /* Translators: stands for the name of a folder in the help of a command */
       N_ ("DIR")},
      G_OPTION_ENTRY_NULL,
  };
  GOptionGroup *group =
      g_option_group_new ("lyktactl", _ ("Common options"), _ ("Common options"), self, NULL);

  g_option_group_add_entries (group, common);
  g_option_group_set_translation_domain (group, LYKTA_GETTEXT_DOMAIN_NAME);
  return group;
}

gboolean
lykta_tool_parse_common (LyktaTool *self, int *argc, char ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_main_group (context, new_common_group (self));
  if (!g_option_context_parse (context, argc, argv, &error)) {
    lykta_tool_usage ("%s", error->message);
    return FALSE;
  }
  return TRUE;
}

gboolean
lykta_tool_parse (LyktaTool *self,
                  const GOptionEntry *entries,
                  const char *arguments,
                  const char *description,
                  int min,
                  int max,
                  int *argc,
                  char ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (arguments);
  GOptionGroup *group = new_common_group (self);
  g_autofree char *name = g_strdup_printf ("lyktactl %s", (*argv)[0]);
  g_autoptr (GError) error = NULL;

  /* What the help calls the program. */
  g_set_prgname (name);
  if (entries != NULL)
    g_option_group_add_entries (group, entries);
  g_option_context_set_main_group (context, group);
  g_option_context_set_summary (context, description);
  if (!g_option_context_parse (context, argc, argv, &error)) {
    lykta_tool_usage ("%s", error->message);
    return FALSE;
  }
  if (*argc > 1 && g_str_equal ((*argv)[1], "--")) {
    *argc -= 1;
    *argv += 1;
  }
  if (*argc - 1 < min || *argc - 1 > max) {
    g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

    g_printerr ("%s", help);
    return FALSE;
  }
  return TRUE;
}

int
lykta_tool_usage (const char *format, ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("lyktactl: %s\n", message);
  /* Translators: “lyktactl --help” is what to type and stays as it is. */
  g_printerr ("%s\n", _ ("“lyktactl --help” tells what can be asked for."));
  return LYKTA_TOOL_USAGE;
}

int
lykta_tool_fail (int code, const char *format, ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("lyktactl: %s\n", message);
  return code;
}

int
lykta_tool_fail_error (const GError *error)
{
  LyktaSyncFailure failure = lykta_sync_failure_from_error (error);

  if (failure == LYKTA_SYNC_FAILURE_DISK_FULL || failure == LYKTA_SYNC_FAILURE_READ_ONLY)
    return lykta_tool_fail (LYKTA_TOOL_FAILED, "%s (%s)", lykta_words_failure (failure),
                            error->message);
  if (g_error_matches (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_FAILED) ||
      g_error_matches (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED))
    return lykta_tool_fail (LYKTA_TOOL_FAILED, "%s (%s)",
                            _ ("The calendar's files on this machine cannot be used just now."),
                            error->message);
  return lykta_tool_fail (LYKTA_TOOL_FAILED, "%s", error->message);
}

/* Where no desktop keeps settings, GIO says so to whoever looks; nobody here needs to know. */
static void
ignore_message (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

static void
open_settings (LyktaTool *self)
{
  guint handler = g_log_set_handler ("GLib-GIO", G_LOG_LEVEL_MESSAGE, ignore_message, NULL);
  g_autoptr (GSettings) gsettings = lykta_settings_find_gsettings ();

  g_log_remove_handler ("GLib-GIO", handler);
  self->settings = lykta_settings_new (gsettings, self->device);
}

gboolean
lykta_tool_open (LyktaTool *self, GError **error)
{
  if (self->reader != NULL)
    return TRUE;

  self->paths = lykta_paths_new (self->data_dir, error);
  if (self->paths == NULL)
    return FALSE;
  self->content =
      lykta_content_store_open (lykta_paths_get_content_db (self->paths), self->clock, error);
  if (self->content == NULL)
    return FALSE;
  /* Without its memory of sources the tool still lists and shows. */
  self->device = lykta_device_store_open (lykta_paths_get_device_db (self->paths), self->clock,
                                          &self->device_error);
  self->sources = lykta_source_list_new (self->device);
  open_settings (self);
  lykta_tool_apply_settings (self);
  self->reader = lykta_content_store_new_reader (self->content, error);
  return self->reader != NULL;
}

LyktaContentStore *
lykta_tool_get_content (LyktaTool *self)
{
  return self->content;
}

LyktaContentReader *
lykta_tool_get_reader (LyktaTool *self)
{
  return self->reader;
}

LyktaDeviceStore *
lykta_tool_get_device (LyktaTool *self)
{
  return self->device;
}

const GError *
lykta_tool_get_device_error (LyktaTool *self)
{
  return self->device_error;
}

LyktaSourceList *
lykta_tool_get_sources (LyktaTool *self)
{
  return self->sources;
}

LyktaSettings *
lykta_tool_get_settings (LyktaTool *self)
{
  return self->settings;
}

int
lykta_tool_apply_settings (LyktaTool *self)
{
  g_autofree char *cwd = g_get_current_dir ();
  g_autoptr (GError) error = NULL;

  if (lykta_settings_apply_preset (self->settings, self->sources, cwd, g_get_home_dir (), &error))
    return LYKTA_TOOL_OK;
  return lykta_tool_fail (LYKTA_TOOL_FAILED, "preset-address: %s", error->message);
}

LyktaSyncRules
lykta_tool_get_rules (LyktaTool *self)
{
  g_autofree char *mode = lykta_settings_get (self->settings, "mode", NULL, NULL);

  return lykta_settings_get_rules (self->settings, g_strcmp0 (mode, "kiosk") == 0);
}

const char *
lykta_tool_get_data_dir (LyktaTool *self)
{
  return lykta_paths_get_data_dir (self->paths);
}

const char *
lykta_tool_get_spool_dir (LyktaTool *self)
{
  return lykta_paths_get_spool_dir (self->paths);
}

const char *
lykta_tool_get_device_path (LyktaTool *self)
{
  return lykta_paths_get_device_db (self->paths);
}

const char *
lykta_tool_choose_language (LyktaTool *self, const char *option)
{
  return option == NULL ? self->language : lykta_language_canonical (option);
}

char *
lykta_tool_one_line (const char *text)
{
  char *line = lykta_plain_text (text != NULL ? text : "", G_MAXINT, NULL);

  return g_strdelimit (line, "\n", ' ');
}

LyktaGazetteer *
lykta_tool_get_gazetteer (LyktaTool *self)
{
  if (self->gazetteer == NULL) {
    GResource *data = lykta_data_get_resource ();
    g_autoptr (GBytes) municipalities = g_resource_lookup_data (
        data, DATA_PREFIX "municipalities.csv", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_autoptr (GBytes) counties = g_resource_lookup_data (data, DATA_PREFIX "counties.csv",
                                                          G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

    if (municipalities != NULL && counties != NULL)
      self->gazetteer = lykta_gazetteer_new (municipalities, counties, NULL);
  }
  return self->gazetteer;
}
