/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-commands.h"
#include "tool/lykta-tool-json.h"

#include "sync/lykta-source-address.h"

/* One line, or one object, for each key. */
static gboolean
tell (LyktaTool *tool, JsonBuilder *builder, const char *key, GError **error)
{
  LyktaSettingOrigin origin;
  g_autofree char *value = lykta_settings_get (lykta_tool_get_settings (tool), key, &origin, error);
  g_autofree char *line = NULL;

  if (value == NULL)
    return FALSE;
  if (builder != NULL) {
    json_builder_begin_object (builder);
    lykta_json_string (builder, "key", key);
    lykta_json_string (builder, "value", value);
    lykta_json_string (builder, "set_by", lykta_setting_origin_to_token (origin));
    json_builder_end_object (builder);
    return TRUE;
  }
  line = lykta_tool_one_line (value);
  g_print ("%-20s %-8s %s\n", key, lykta_setting_origin_to_token (origin), line);
  return TRUE;
}

static int
tell_all (LyktaTool *tool, const char *key)
{
  gboolean is_json = lykta_tool_is_json (tool);
  g_autoptr (JsonBuilder) builder = is_json ? json_builder_new () : NULL;
  g_auto (GStrv) keys = lykta_settings_list_keys (lykta_tool_get_settings (tool));
  g_autoptr (GError) error = NULL;

  if (is_json)
    json_builder_begin_array (builder);
  for (gsize i = 0; key == NULL && keys[i] != NULL; i++)
    if (!tell (tool, builder, keys[i], &error))
      return lykta_tool_fail_error (error);
  if (key != NULL && !tell (tool, builder, key, &error))
    return lykta_tool_usage ("%s", error->message);
  if (is_json) {
    json_builder_end_array (builder);
    lykta_json_print (builder);
  }
  return LYKTA_TOOL_OK;
}

int
lykta_tool_set_setting (LyktaTool *tool, const char *key, const char *text)
{
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  if (lykta_tool_get_device_error (tool) != NULL)
    return lykta_tool_fail_error (lykta_tool_get_device_error (tool));
  if (g_str_equal (key, "preset-address") && text != NULL && *text != '\0') {
    g_autofree char *cwd = g_get_current_dir ();

    address = lykta_source_address_normalise (text, cwd, g_get_home_dir (), &error);
    if (address == NULL)
      return lykta_tool_usage ("%s", error->message);
    text = address;
  }
  if (lykta_settings_set (lykta_tool_get_settings (tool), key, text, &error))
    return lykta_tool_apply_settings (tool);
  if (g_error_matches (error, LYKTA_SETTINGS_ERROR, LYKTA_SETTINGS_ERROR_LOCKED))
    /* Translators: %s is the name of a setting */
    return lykta_tool_fail (LYKTA_TOOL_BAD_INPUT,
                            _ ("An administrator has decided “%s” for this machine."), key);
  if (error->domain == LYKTA_SETTINGS_ERROR)
    return lykta_tool_usage ("%s", error->message);
  return lykta_tool_fail_error (error);
}

int
lykta_command_settings (LyktaTool *tool, int argc, char **argv)
{
  gboolean is_reset = FALSE;
  const GOptionEntry entries[] = {
      {"reset", 0, 0, G_OPTION_ARG_NONE, &is_reset, N_ ("Back to the default"), NULL},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;

  if (!lykta_tool_parse (tool, entries, "[KEY [VALUE]]",
                         _ ("Tells what is set on this machine and by whom, or sets it."), 0, 2,
                         &argc, &argv))
    return LYKTA_TOOL_USAGE;
  if (!lykta_tool_open (tool, &error))
    return lykta_tool_fail_error (error);
  if (is_reset && argc == 2)
    return lykta_tool_set_setting (tool, argv[1], NULL);
  if (is_reset)
    return lykta_tool_usage ("--reset KEY");
  if (argc == 3)
    return lykta_tool_set_setting (tool, argv[1], argv[2]);
  return tell_all (tool, argc == 2 ? argv[1] : NULL);
}
