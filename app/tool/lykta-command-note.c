/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-commands.h"
#include "tool/lykta-tool-json.h"

#include "session/lykta-notes.h"
#include "tool/lykta-tool-words.h"

/* An organiser's own notes on activities. */

static void
print_note_json (JsonBuilder *builder, const LyktaNote *note)
{
  json_builder_begin_object (builder);
  lykta_json_string (builder, "id", note->uid);
  lykta_json_string (builder, "source", note->source_id);
  lykta_json_string (builder, "title", note->title);
  lykta_json_string (builder, "text", note->text);
  lykta_json_moment (builder, "changed", note->changed);
  lykta_json_bool (builder, "is_gone", note->activity_id == 0);
  json_builder_end_object (builder);
}

static int
list (LyktaTool *tool)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes =
      lykta_notes_list (lykta_tool_get_reader (tool), lykta_tool_get_device (tool), &error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const LyktaOccurrence gone = {.is_gone = TRUE};

  if (notes == NULL)
    return lykta_tool_fail_error (error);
  json_builder_begin_array (builder);
  for (guint i = 0; i < notes->len; i++) {
    const LyktaNote *note = notes->pdata[i];

    if (lykta_tool_is_json (tool))
      print_note_json (builder, note);
    else
      g_print ("%s  %s%s%s\n  %s\n", note->uid, note->title, note->activity_id == 0 ? " – " : "",
               note->activity_id == 0 ? lykta_words_date (&gone) : "", note->text);
  }
  json_builder_end_array (builder);
  if (lykta_tool_is_json (tool))
    lykta_json_print (builder);
  return LYKTA_TOOL_OK;
}

/* The note itself, whatever has become of its activity. */
static int
show (LyktaTool *tool, const char *uid)
{
  LyktaContentReader *reader = lykta_tool_get_reader (tool);
  LyktaDeviceStore *device = lykta_tool_get_device (tool);
  gint64 id = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaActivity) activity =
      lykta_content_reader_get_activity (reader, NULL, uid, &id, &error);
  g_autofree char *text = activity != NULL ? lykta_notes_get (reader, device, id, &error) : NULL;
  g_autoptr (GPtrArray) notes =
      error == NULL && text == NULL ? lykta_notes_list (reader, device, &error) : NULL;

  if (error != NULL)
    return lykta_tool_fail_error (error);
  for (guint i = 0; notes != NULL && i < notes->len; i++) {
    const LyktaNote *note = notes->pdata[i];

    if (text == NULL && g_str_equal (note->uid, uid))
      text = g_strdup (note->text);
  }
  if (text == NULL)
    return lykta_tool_fail (LYKTA_TOOL_NOT_FOUND, _ ("There is no note on “%s”."), uid);
  if (lykta_tool_is_json (tool)) {
    g_autoptr (JsonBuilder) builder = json_builder_new ();

    json_builder_begin_object (builder);
    lykta_json_string (builder, "id", uid);
    lykta_json_string (builder, "text", text);
    json_builder_end_object (builder);
    lykta_json_print (builder);
  } else {
    g_print ("%s\n", text);
  }
  return LYKTA_TOOL_OK;
}

/* A note on what is gone: under the names that it was written with. */
static gboolean
clear_gone (LyktaTool *tool, const char *uid, gboolean *is_found, GError **error)
{
  LyktaDeviceStore *device = lykta_tool_get_device (tool);
  g_autoptr (GPtrArray) notes = lykta_device_store_list_notes (device, error);

  for (guint i = 0; notes != NULL && i < notes->len; i++) {
    const LyktaDeviceNote *note = notes->pdata[i];

    if (!g_str_equal (note->uid, uid))
      continue;
    *is_found = TRUE;
    if (!lykta_device_store_set_note (device, note->source_id, uid, NULL, 0, NULL, error))
      return FALSE;
  }
  return notes != NULL;
}

/* @text NULL: takes it away. */
static int
set (LyktaTool *tool, const char *uid, const char *text)
{
  LyktaContentReader *reader = lykta_tool_get_reader (tool);
  gint64 id = 0;
  gboolean is_found = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaActivity) activity =
      lykta_content_reader_get_activity (reader, NULL, uid, &id, &error);

  if (error != NULL)
    return lykta_tool_fail_error (error);
  if (activity != NULL) {
    is_found = TRUE;
    lykta_notes_set (reader, lykta_tool_get_device (tool), id, text, &error);
  } else if (text == NULL) {
    clear_gone (tool, uid, &is_found, &error);
  }
  if (error != NULL)
    return lykta_tool_fail_error (error);
  if (!is_found)
    return lykta_tool_fail (LYKTA_TOOL_NOT_FOUND, _ ("There is no activity “%s”."), uid);
  return LYKTA_TOOL_OK;
}

int
lykta_command_note (LyktaTool *tool, int argc, char **argv)
{
  const GOptionEntry entries[] = {G_OPTION_ENTRY_NULL};
  const char *verb;
  g_autoptr (GError) error = NULL;

  if (!lykta_tool_parse (tool, entries, "list | show ID | set ID TEXT | clear ID",
                         _ ("Keeps your own notes on activities, on this machine only."), 1, 3,
                         &argc, &argv))
    return LYKTA_TOOL_USAGE;
  verb = argv[1];
  if (!(g_str_equal (verb, "list") && argc == 2) && !(g_str_equal (verb, "show") && argc == 3) &&
      !(g_str_equal (verb, "set") && argc == 4) && !(g_str_equal (verb, "clear") && argc == 3))
    return lykta_tool_usage ("note list | show ID | set ID TEXT | clear ID");
  if (!lykta_tool_open (tool, &error))
    return lykta_tool_fail_error (error);
  if (lykta_tool_get_device (tool) == NULL)
    return lykta_tool_fail_error (lykta_tool_get_device_error (tool));
  if (argc == 2)
    return list (tool);
  if (g_str_equal (verb, "show"))
    return show (tool, argv[2]);
  return set (tool, argv[2], argc == 4 ? argv[3] : NULL);
}
