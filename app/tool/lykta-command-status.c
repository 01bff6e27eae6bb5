/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-commands.h"
#include "tool/lykta-tool-json.h"

#include "text/lykta-date-format.h"
#include "tool/lykta-tool-words.h"

/* What is told of one source. Freed with source_status_free. */
typedef struct {
  LyktaSource *source;     /* (owned) */
  LyktaSourceState *state; /* (owned) (nullable): never tried */
  GPtrArray *quarantine;   /* (owned) (element-type LyktaQuarantined) */
  gboolean is_loading;
} SourceStatus;

static void
source_status_free (SourceStatus *self)
{
  lykta_source_unref (self->source);
  g_clear_pointer (&self->state, lykta_source_state_free);
  g_clear_pointer (&self->quarantine, g_ptr_array_unref);
  g_free (self);
}

/* (transfer full) (element-type SourceStatus) */
static GPtrArray *
collect (LyktaTool *tool, GError **error)
{
  LyktaContentReader *reader = lykta_tool_get_reader (tool);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)source_status_free);
  g_autoptr (GPtrArray) sources = lykta_content_reader_list_sources (reader, error);

  if (sources == NULL)
    return NULL;
  for (guint i = 0; i < sources->len; i++) {
    SourceStatus *status = g_new0 (SourceStatus, 1);
    const char *id;
    g_autoptr (GError) local_error = NULL;

    g_ptr_array_add (all, status);
    status->source = lykta_source_ref (g_ptr_array_index (sources, i));
    id = lykta_source_get_id (status->source);
    status->state = lykta_content_reader_get_source_state (reader, id, &local_error);
    status->is_loading = lykta_content_reader_is_loading (reader, id);
    if (local_error == NULL)
      status->quarantine = lykta_content_reader_list_quarantine (reader, id, 0, &local_error);
    if (local_error != NULL) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  }
  return g_steal_pointer (&all);
}

static void
add_source (JsonBuilder *builder, const SourceStatus *status)
{
  const LyktaSourceState *state = status->state;

  json_builder_begin_object (builder);
  lykta_json_string (builder, "id", lykta_source_get_id (status->source));
  lykta_json_string (builder, "name", lykta_source_get_name (status->source));
  lykta_json_string (builder, "address", lykta_source_get_address (status->source));
  lykta_json_string (builder, "format",
                     lykta_format_to_token (lykta_source_get_format (status->source)));
  lykta_json_bool (builder, "is_sample", lykta_source_is_sample (status->source));
  lykta_json_bool (builder, "loading", status->is_loading);
  lykta_json_moment (builder, "last_attempt", state != NULL ? state->last_attempt : 0);
  lykta_json_moment (builder, "as_of", state != NULL ? state->last_confirmed : 0);
  lykta_json_moment (builder, "last_changed", state != NULL ? state->last_changed : 0);
  lykta_json_int (builder, "failures", state != NULL ? state->failures : 0);
  lykta_json_string (builder, "failure", state != NULL ? state->failure : NULL);
  lykta_json_string (builder, "detail", state != NULL ? state->failure_detail : NULL);
  lykta_json_int (builder, "activities", state != NULL ? state->n_activities : 0);
  lykta_json_int (builder, "quarantined", state != NULL ? state->n_quarantined : 0);
  lykta_json_int (builder, "bytes_received", state != NULL ? (gint64)state->bytes_received : 0);
  lykta_json_begin_array (builder, "quarantine");
  for (guint i = 0; i < status->quarantine->len; i++) {
    const LyktaQuarantined *event = g_ptr_array_index (status->quarantine, i);

    json_builder_begin_object (builder);
    lykta_json_string (builder, "code", event->code);
    lykta_json_int (builder, "line", event->line);
    lykta_json_string (builder, "uid", event->uid);
    lykta_json_string (builder, "message", event->message);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_store (JsonBuilder *builder, LyktaTool *tool, gint64 n_activities)
{
  LyktaContentStore *content = lykta_tool_get_content (tool);
  const GError *device_error = lykta_tool_get_device_error (tool);

  lykta_json_begin_object (builder, "content");
  lykta_json_string (builder, "path", lykta_content_store_get_path (content));
  lykta_json_bool (builder, "read_only", lykta_content_store_is_read_only (content));
  lykta_json_bool (builder, "rebuilt", lykta_content_store_was_rebuilt (content));
  lykta_json_string (builder, "damaged_path", lykta_content_store_get_damaged_path (content));
  lykta_json_int (builder, "activities", n_activities);
  json_builder_end_object (builder);
  lykta_json_begin_object (builder, "device");
  lykta_json_bool (builder, "ok", device_error == NULL);
  lykta_json_string (builder, "error", device_error != NULL ? device_error->message : NULL);
  json_builder_end_object (builder);
}

static void
add_limit (JsonBuilder *builder, const char *name, gint64 bytes)
{
  if (bytes != LYKTA_SYNC_NO_LIMIT) {
    lykta_json_int (builder, name, bytes);
    return;
  }
  json_builder_set_member_name (builder, name);
  json_builder_add_null_value (builder);
}

/* What the line of this machine has cost since the month began. */
static void
print_traffic (LyktaTool *tool)
{
  const char *language = lykta_tool_get_language (tool);
  LyktaDeviceStore *device = lykta_tool_get_device (tool);
  LyktaDate today = lykta_date_of_moment (lykta_clock_now (lykta_tool_get_clock (tool)));
  LyktaSyncRules rules = lykta_tool_get_rules (tool);
  LyktaTraffic month = {0};
  g_autofree char *total = NULL;
  g_autofree char *metered = NULL;
  g_autofree char *budget = lykta_format_bytes (language, (guint64)MAX (rules.month_budget, 0));

  if (device == NULL || !lykta_device_store_get_month_traffic (device, NULL, today, &month, NULL))
    return;
  total = lykta_format_bytes (language, month.received + month.sent);
  metered = lykta_format_bytes (language, month.by_kind[LYKTA_TRAFFIC_METERED] +
                                              month.by_kind[LYKTA_TRAFFIC_ASKED]);
  /* Translators: how much data was sent and received; %1$s and %2$s are amounts such as “12 kB” */
  g_print (_ ("This month: %1$s, of which %2$s mobile data."), total, metered);
  g_print ("\n");
  if (rules.is_ask_only) {
    g_print ("%s\n", _ ("Nothing is fetched unless somebody asks."));
  } else if (rules.month_budget != LYKTA_SYNC_NO_LIMIT) {
    /* Translators: %s is an amount of data such as “1.0 MB” */
    g_print (_ ("By itself it fetches at most %s of mobile data a month."), budget);
    g_print ("\n");
  }
}

static void
add_traffic (JsonBuilder *builder, LyktaTool *tool)
{
  LyktaDeviceStore *device = lykta_tool_get_device (tool);
  LyktaDate today = lykta_date_of_moment (lykta_clock_now (lykta_tool_get_clock (tool)));
  LyktaSyncRules rules = lykta_tool_get_rules (tool);
  LyktaTraffic month = {0};

  if (device != NULL)
    lykta_device_store_get_month_traffic (device, NULL, today, &month, NULL);
  lykta_json_begin_object (builder, "this_month");
  lykta_json_int (builder, "bytes_received", (gint64)month.received);
  lykta_json_int (builder, "bytes_sent", (gint64)month.sent);
  lykta_json_int (builder, "free", (gint64)month.by_kind[LYKTA_TRAFFIC_FREE]);
  lykta_json_int (builder, "unknown", (gint64)month.by_kind[LYKTA_TRAFFIC_UNKNOWN]);
  lykta_json_int (builder, "metered", (gint64)month.by_kind[LYKTA_TRAFFIC_METERED]);
  lykta_json_int (builder, "asked", (gint64)month.by_kind[LYKTA_TRAFFIC_ASKED]);
  add_limit (builder, "budget", rules.month_budget);
  json_builder_end_object (builder);
}

static void
print_json (LyktaTool *tool, GPtrArray *all, LyktaSource *preset, gint64 n_activities)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  lykta_json_string (builder, "version", LYKTA_VERSION);
  lykta_json_string (builder, "data_dir", lykta_tool_get_data_dir (tool));
  lykta_json_begin_object (builder, "preset");
  lykta_json_string (builder, "id", LYKTA_SOURCE_ID_PRESET);
  lykta_json_string (builder, "name", "Aktiviteter i Sverige");
  lykta_json_string (builder, "address", preset != NULL ? lykta_source_get_address (preset) : NULL);
  lykta_json_string (builder, "note", lykta_words_preset (preset != NULL));
  json_builder_end_object (builder);
  add_store (builder, tool, n_activities);
  add_traffic (builder, tool);
  lykta_json_begin_array (builder, "sources");
  for (guint i = 0; i < all->len; i++)
    add_source (builder, g_ptr_array_index (all, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  lykta_json_print (builder);
}

static void
print_source (const char *language, const SourceStatus *status)
{
  const LyktaSourceState *state = status->state;
  g_autofree char *name = lykta_tool_one_line (lykta_source_get_name (status->source));
  g_autofree char *as_of = lykta_words_moment (language, state != NULL ? state->last_confirmed : 0);

  g_print ("\n%s\n  %s\n", name, lykta_source_get_address (status->source));
  /* Translators: %s is a moment, or “never”: when the publisher last confirmed what is shown */
  g_print (_ ("  As of: %s"), as_of);
  g_print ("\n");
  if (state == NULL)
    return;
  g_print ("  ");
  g_print (ngettext ("%u activity", "%u activities", state->n_activities), state->n_activities);
  g_print ("\n");
  if (status->is_loading)
    g_print ("  %s\n", _ ("Still being read for the first time."));
  if (state->failure != NULL)
    g_print ("  %s\n", lykta_words_failure (lykta_sync_failure_from_token (state->failure)));
  if (state->failures > 0) {
    g_print ("  ");
    g_print (ngettext ("Failed %u time in a row.", "Failed %u times in a row.", state->failures),
             state->failures);
    g_print ("\n");
    if (state->failure_detail != NULL)
      g_print ("  (%s)\n", state->failure_detail);
  }
  for (guint i = 0; i < status->quarantine->len; i++) {
    const LyktaQuarantined *event = g_ptr_array_index (status->quarantine, i);
    g_autofree char *uid = lykta_tool_one_line (event->uid);

    if (i == 0)
      g_print ("  %s\n", _ ("Could not be taken in:"));
    g_print ("    %u: %s: %s [%s]\n", event->line, event->code, event->message, uid);
  }
}

static void
print_people (LyktaTool *tool, GPtrArray *all, LyktaSource *preset)
{
  LyktaContentStore *content = lykta_tool_get_content (tool);
  const GError *device_error = lykta_tool_get_device_error (tool);

  g_print ("Lykta %s\n%s\n", LYKTA_VERSION, lykta_tool_get_data_dir (tool));
  g_print ("%s\n", lykta_words_preset (preset != NULL));
  if (lykta_content_store_was_rebuilt (content)) {
    /* Translators: %s is the path of a file */
    g_print (_ ("The stored calendar was damaged and is read anew; the old file is %s."),
             lykta_content_store_get_damaged_path (content));
    g_print ("\n");
  }
  if (lykta_content_store_is_read_only (content))
    g_print ("%s\n", _ ("Nothing can be written in the data folder: the calendar stays as it is."));
  if (device_error != NULL)
    g_print ("%s (%s)\n", _ ("The memory of this machine cannot be read."), device_error->message);
  print_traffic (tool);
  if (all->len == 0)
    g_print ("%s\n", _ ("Nothing has been read so far: “lyktactl sync” does it."));
  for (guint i = 0; i < all->len; i++)
    print_source (lykta_tool_get_language (tool), g_ptr_array_index (all, i));
}

int
lykta_command_status (LyktaTool *tool, int argc, char **argv)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (LyktaSource) preset = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_activities;

  if (!lykta_tool_parse (tool, NULL, NULL, _ ("Tells how the calendar and its sources fare."), 0, 0,
                         &argc, &argv))
    return LYKTA_TOOL_USAGE;
  if (!lykta_tool_open (tool, &error))
    return lykta_tool_fail_error (error);
  all = collect (tool, &error);
  if (all == NULL)
    return lykta_tool_fail_error (error);
  n_activities = lykta_content_reader_count_activities (lykta_tool_get_reader (tool), NULL, &error);
  if (n_activities < 0)
    return lykta_tool_fail_error (error);
  preset = lykta_source_list_get_preset (lykta_tool_get_sources (tool), NULL);
  if (lykta_tool_is_json (tool))
    print_json (tool, all, preset, n_activities);
  else
    print_people (tool, all, preset);
  return LYKTA_TOOL_OK;
}
