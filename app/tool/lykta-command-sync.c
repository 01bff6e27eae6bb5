/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-commands.h"
#include "tool/lykta-tool-json.h"

#include "net/lykta-file-fetcher.h"
#include "net/lykta-network-connectivity.h"
#include "net/lykta-route-fetcher.h"
#include "net/lykta-soup-fetcher.h"
#include "sync/lykta-source-address.h"
#include "sync/lykta-sync-engine.h"
#include "text/lykta-date-format.h"
#include "text/lykta-language.h"
#include "tool/lykta-tool-password.h"
#include "tool/lykta-tool-words.h"

/* The command line of `sync`, as it was given. */
typedef struct {
  char **sources;  /* (owned) (nullable) */
  char *preset;    /* (owned) (nullable) */
  char *format;    /* (owned) (nullable) */
  char *languages; /* (owned) (nullable) */
  char *county;    /* (owned) (nullable) */
  char *key;       /* (owned) (nullable) */
  char *ca_file;   /* (owned) (nullable) */
  char *user;      /* (owned) (nullable) */
  char *password;  /* (owned) (nullable) the file that holds it */
  gboolean has_attachments;
  gboolean is_forced;
  gboolean is_background;
  gboolean is_cost;
} SyncOptions;

static void
sync_options_clear (SyncOptions *options)
{
  g_strfreev (options->sources);
  g_free (options->preset);
  g_free (options->format);
  g_free (options->languages);
  g_free (options->county);
  g_free (options->key);
  g_free (options->ca_file);
  g_free (options->user);
  g_free (options->password);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyncOptions, sync_options_clear)

static gboolean
parse_options (LyktaTool *tool, SyncOptions *options, int argc, char **argv)
{
  const GOptionEntry entries[] = {
      {"source", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->sources,
       N_ ("Read this calendar from now on; may be given several times"), "ADDRESS"},
      {"preset", 0, 0, G_OPTION_ARG_STRING, &options->preset,
       N_ ("Set the address of Aktiviteter i Sverige; empty takes it away"), "ADDRESS"},
      {"format", 0, 0, G_OPTION_ARG_STRING, &options->format,
       N_ ("What these addresses hold, when it cannot be told by looking: icalendar, jsonld, "
           "integreat"),
       "FORMAT"},
      {"languages", 0, 0, G_OPTION_ARG_STRING, &options->languages,
       N_ ("Languages that {lang} in an address stands for, or all"), "TAGS"},
      {"county", 0, 0, G_OPTION_ARG_STRING, &options->county,
       N_ ("Of a large feed, fetch this county first"), "CODE|NAME"},
      {"attachments", 0, 0, G_OPTION_ARG_NONE, &options->has_attachments,
       N_ ("From now on, fetch what is needed to check certificates, too"), NULL},
      {"key", 0, 0, G_OPTION_ARG_STRING, &options->key,
       N_ ("The sources are Lykta feeds signed with this public key, a key or its file"), "KEY"},
      {"user", 0, 0, G_OPTION_ARG_STRING, &options->user, N_ ("User name at the calendar server"),
       /* Translators: stands for what to type in the help of a command */
       N_ ("NAME")},
      {"password-file", 0, 0, G_OPTION_ARG_FILENAME, &options->password,
       N_ ("File with the password, readable by you alone; - is the standard input"), "FILE"},
      {"force", 0, 0, G_OPTION_ARG_NONE, &options->is_forced,
       N_ ("Read everything anew, and believe that much has disappeared"), NULL},
      {"background", 0, 0, G_OPTION_ARG_NONE, &options->is_background,
       N_ ("Only what is due, and only what the owner lets the machine do by itself"), NULL},
      {"cost", 0, 0, G_OPTION_ARG_NONE, &options->is_cost,
       N_ ("Tell what it would take, and fetch nothing"), NULL},
      {"ca-file", 0, 0, G_OPTION_ARG_FILENAME, &options->ca_file,
       N_ ("Trust the certificates in this file instead of the system's"), "FILE"},
      G_OPTION_ENTRY_NULL,
  };

  return lykta_tool_parse (tool, entries, NULL, _ ("Brings the calendar up to date."), 0, 0, &argc,
                           &argv);
}

/* @address with the key that was given for it; NULL after saying what is wrong. (transfer full) */
static char *
add_key (const char *address, const char *key)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  g_autoptr (LyktaVerifyingKey) parsed = NULL;
  g_autoptr (GError) error = NULL;

  if (key == NULL)
    return g_strdup (address);
  g_file_get_contents (key, &text, NULL, NULL);
  parsed = lykta_verifying_key_parse (text != NULL ? text : key, &error);
  if (parsed == NULL) {
    lykta_tool_usage ("--key: %s", error->message);
    return NULL;
  }
  line = lykta_verifying_key_to_string (parsed);
  return g_strconcat (address, "#", line, NULL);
}

/* The one form of an address that is stored; NULL after saying what is wrong with it. */
static char *
normalise (const char *address, const char *key)
{
  g_autofree char *cwd = g_get_current_dir ();
  g_autoptr (GError) error = NULL;
  g_autofree char *whole = add_key (address, key);
  char *normal =
      whole != NULL ? lykta_source_address_normalise (whole, cwd, g_get_home_dir (), &error) : NULL;

  if (error != NULL)
    lykta_tool_usage ("%s", error->message);
  return normal;
}

/* Stores of which county something shall come first; empty: of any. Returns a LyktaToolExit. */
static int
configure_county (LyktaTool *tool, const char *name)
{
  LyktaGazetteer *gazetteer = lykta_tool_get_gazetteer (tool);
  const LyktaArea *area = NULL;
  g_autoptr (GError) error = NULL;

  if (gazetteer != NULL && *name != '\0') {
    area = lykta_gazetteer_find_county (gazetteer, name);
    if (area == NULL)
      area = lykta_gazetteer_find_county_by_name (gazetteer, name);
  }
  if (area == NULL && *name != '\0')
    return lykta_tool_usage (_ ("“%s” is not the code or name of one"), name);
  if (!lykta_source_list_set_county (lykta_tool_get_sources (tool),
                                     area != NULL ? area->code : NULL, &error))
    return lykta_tool_fail_error (error);
  return LYKTA_TOOL_OK;
}

/* Stores the languages that are wanted. Returns a LyktaToolExit. */
static int
configure_languages (LyktaTool *tool, const char *text)
{
  g_auto (GStrv) given = g_strsplit_set (text, ", ", -1);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  const char *const *all = lykta_language_interface_tags ();

  for (guint i = 0; given[i] != NULL; i++) {
    const char *tag = lykta_language_canonical (given[i]);

    if (*given[i] != '\0' && tag == NULL && g_ascii_strcasecmp (given[i], "all") != 0)
      return lykta_tool_usage (_ ("--lang: “%s” is not a language tag"), given[i]);
    for (guint k = 0; g_ascii_strcasecmp (given[i], "all") == 0 && all[k] != NULL; k++)
      g_ptr_array_add (tags, (gpointer)all[k]);
    if (tag != NULL && g_ascii_strcasecmp (given[i], "all") != 0)
      g_ptr_array_add (tags, (gpointer)tag);
  }
  g_ptr_array_add (tags, NULL);
  if (!lykta_source_list_set_languages (lykta_tool_get_sources (tool),
                                        (const char *const *)tags->pdata, &error))
    return lykta_tool_fail_error (error);
  return LYKTA_TOOL_OK;
}

/* Where the owner keeps it: in the settings of a person, or in the data folder. */
static int
configure_preset (LyktaTool *tool, const char *address, const char *format)
{
  int code = lykta_tool_set_setting (tool, "preset-format", address != NULL ? format : NULL);

  /* The address last: a format alone means nothing. */
  return code == LYKTA_TOOL_OK ? lykta_tool_set_setting (tool, "preset-address", address) : code;
}

static int
keep_password (LyktaTool *tool,
               const SyncOptions *options,
               GPtrArray *addresses,
               const char *preset,
               LyktaFormat format)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  g_ptr_array_extend (all, addresses, NULL, NULL);
  if (preset != NULL)
    g_ptr_array_add (all, (gpointer)preset);
  g_ptr_array_add (all, NULL);
  return lykta_tool_keep_password (tool, options->user, options->password,
                                   (const char *const *)all->pdata, format);
}

/* Stores what was asked for. Returns a LyktaToolExit. */
static int
configure (LyktaTool *tool, const SyncOptions *options)
{
  LyktaSourceList *list = lykta_tool_get_sources (tool);
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *preset = NULL;
  g_autoptr (GError) error = NULL;
  LyktaFormat format =
      options->format != NULL ? lykta_format_from_token (options->format) : LYKTA_FORMAT_AUTO;
  int code;

  if (options->format != NULL && format == LYKTA_FORMAT_AUTO &&
      g_ascii_strcasecmp (options->format, "auto") != 0)
    return lykta_tool_usage (_ ("--format: “%s” is not known"), options->format);
  for (guint i = 0; options->sources != NULL && options->sources[i] != NULL; i++) {
    char *address = normalise (options->sources[i], options->key);

    if (address == NULL)
      return LYKTA_TOOL_USAGE;
    g_ptr_array_add (addresses, address);
  }
  if (options->preset != NULL && *options->preset != '\0') {
    preset = normalise (options->preset, options->key);
    if (preset == NULL)
      return LYKTA_TOOL_USAGE;
  }
  if (lykta_tool_get_device_error (tool) != NULL &&
      (options->sources != NULL || options->preset != NULL || options->languages != NULL))
    return lykta_tool_fail_error (lykta_tool_get_device_error (tool));
  code = keep_password (tool, options, addresses, preset, format);
  if (code != LYKTA_TOOL_OK)
    return code;
  if (options->preset != NULL) {
    code = configure_preset (tool, preset, lykta_format_to_token (format));

    if (code != LYKTA_TOOL_OK)
      return code;
  }
  if (options->sources != NULL) {
    g_ptr_array_add (addresses, NULL);
    if (!lykta_source_list_set_sources (list, (const char *const *)addresses->pdata, format,
                                        &error))
      return lykta_tool_fail_error (error);
  }
  if (options->has_attachments && !lykta_source_list_set_wants_attachments (list, TRUE, &error))
    return lykta_tool_fail_error (error);
  if (options->county != NULL) {
    code = configure_county (tool, options->county);
    if (code != LYKTA_TOOL_OK)
      return code;
  }
  return options->languages != NULL ? configure_languages (tool, options->languages)
                                    : LYKTA_TOOL_OK;
}

LyktaSyncEngine *
lykta_tool_new_engine (LyktaTool *tool,
                       LyktaContentStore *content,
                       const char *device_path,
                       const char *spool_dir,
                       const char *ca_file)
{
  g_autoptr (LyktaFetcher) local = lykta_file_fetcher_new ();
  g_autoptr (LyktaFetcher) remote = lykta_soup_fetcher_new (ca_file);
  g_autoptr (LyktaFetcher) fetcher = lykta_route_fetcher_new (local, remote);
  /* Nobody waits for a window: what the line costs is known before anything is decided. */
  g_autoptr (LyktaConnectivity) connectivity =
      lykta_network_connectivity_new (g_network_monitor_get_default ());
  g_autoptr (LyktaRandom) random = lykta_system_random_new ();

  return lykta_sync_engine_new (content, device_path, spool_dir, fetcher, connectivity,
                                lykta_tool_get_clock (tool), random);
}

static void
print_json (LyktaSyncReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  lykta_json_bool (builder, "ok",
                   lykta_sync_report_get_failure (report) == LYKTA_SYNC_FAILURE_NONE);
  lykta_json_bool (builder, "changed", lykta_sync_report_has_changes (report));
  lykta_json_begin_array (builder, "sources");
  for (guint i = 0; i < lykta_sync_report_get_n_results (report); i++) {
    const LyktaSyncResult *result = lykta_sync_report_get_result (report, i);

    json_builder_begin_object (builder);
    lykta_json_string (builder, "id", lykta_source_get_id (result->source));
    lykta_json_string (builder, "name", lykta_source_get_name (result->source));
    lykta_json_string (builder, "address", lykta_source_get_address (result->source));
    lykta_json_string (builder, "outcome", lykta_sync_outcome_to_token (result->outcome));
    lykta_json_string (builder, "failure", lykta_sync_failure_to_token (result->failure));
    lykta_json_string (builder, "detail", result->detail);
    lykta_json_int (builder, "activities", result->n_activities);
    lykta_json_int (builder, "quarantined", result->n_quarantined);
    lykta_json_int (builder, "removed", result->n_removed);
    lykta_json_int (builder, "bytes_on_wire", (gint64)result->bytes_on_wire);
    lykta_json_int (builder, "bytes_waiting", result->bytes_expected);
    lykta_json_moment (builder, "as_of", result->last_confirmed);
    lykta_json_moment (builder, "next_attempt", result->next_attempt);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  lykta_json_print (builder);
}

static void
print_result (const LyktaSyncResult *result)
{
  g_autofree char *name = lykta_tool_one_line (lykta_source_get_name (result->source));

  g_print ("%s\n  ", name);
  switch (result->outcome) {
  case LYKTA_SYNC_OUTCOME_UPDATED:
    g_print (
        ngettext ("Read anew: %u activity.", "Read anew: %u activities.", result->n_activities),
        result->n_activities);
    break;
  case LYKTA_SYNC_OUTCOME_UNCHANGED:
    g_print (
        ngettext ("Nothing new: %u activity.", "Nothing new: %u activities.", result->n_activities),
        result->n_activities);
    break;
  case LYKTA_SYNC_OUTCOME_SKIPPED:
    g_print ("%s", lykta_words_reason (result->reason));
    break;
  case LYKTA_SYNC_OUTCOME_FAILED:
  default:
    g_print ("%s %s", lykta_words_failure (result->failure), _ ("The calendar is as it was."));
    break;
  }
  g_print ("\n");
  if (result->n_quarantined > 0) {
    g_print ("  ");
    g_print (ngettext ("%u event could not be taken in; “lyktactl status” tells why.",
                       "%u events could not be taken in; “lyktactl status” tells why.",
                       result->n_quarantined),
             result->n_quarantined);
    g_print ("\n");
  }
  if (result->detail != NULL) {
    g_autofree char *detail = lykta_tool_one_line (result->detail);

    g_print ("  (%s)\n", detail);
  }
}

static void
print_estimate (LyktaTool *tool, JsonBuilder *builder, const LyktaSyncEstimate *estimate)
{
  g_autofree char *size =
      lykta_format_bytes (lykta_tool_get_language (tool), (guint64)estimate->bytes);

  if (builder != NULL) {
    json_builder_begin_object (builder);
    lykta_json_string (builder, "id", lykta_source_get_id (estimate->source));
    lykta_json_string (builder, "price", lykta_sync_price_to_token (estimate->price));
    lykta_json_int (builder, "bytes", estimate->bytes);
    json_builder_end_object (builder);
    return;
  }
  g_print ("%s\n  ", lykta_source_get_name (estimate->source));
  if (estimate->price == LYKTA_SYNC_PRICE_UNKNOWN)
    g_print ("%s", _ ("What it takes is not known beforehand."));
  else
    /* Translators: %s is an amount of data, such as “12 kB” */
    g_print (_ ("Takes about %s."), size);
  g_print ("\n");
}

/* Returns a LyktaToolExit. */
static int
tell_cost (LyktaTool *tool, LyktaSyncEngine *engine)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) estimates = lykta_sync_engine_estimate (engine, NULL, NULL, &error);
  g_autoptr (JsonBuilder) builder = lykta_tool_is_json (tool) ? json_builder_new () : NULL;
  gboolean is_complete;

  if (estimates == NULL)
    return lykta_tool_fail_error (error);
  if (builder != NULL) {
    json_builder_begin_object (builder);
    lykta_json_begin_array (builder, "sources");
  }
  for (guint i = 0; i < estimates->len; i++)
    print_estimate (tool, builder, g_ptr_array_index (estimates, i));
  if (builder != NULL) {
    json_builder_end_array (builder);
    lykta_json_int (builder, "bytes", lykta_sync_estimate_sum (estimates, &is_complete));
    lykta_json_bool (builder, "complete", is_complete);
    json_builder_end_object (builder);
    lykta_json_print (builder);
  }
  return LYKTA_TOOL_OK;
}

int
lykta_command_sync (LyktaTool *tool, int argc, char **argv)
{
  g_auto (SyncOptions) options = {0};
  g_autoptr (LyktaSyncEngine) engine = NULL;
  g_autoptr (LyktaSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;
  LyktaSyncFlags flags = LYKTA_SYNC_MANUAL;
  LyktaSyncRules rules;
  int code;

  if (!parse_options (tool, &options, argc, argv))
    return LYKTA_TOOL_USAGE;
  if (!lykta_tool_open (tool, &error))
    return lykta_tool_fail_error (error);
  code = configure (tool, &options);
  if (code != LYKTA_TOOL_OK)
    return code;

  if (options.is_background && options.is_forced)
    return lykta_tool_usage ("--background, --force");
  if (options.is_background)
    flags = LYKTA_SYNC_NONE;
  if (options.is_forced)
    flags |= LYKTA_SYNC_FORCE;
  rules = lykta_tool_get_rules (tool);
  engine =
      lykta_tool_new_engine (tool, lykta_tool_get_content (tool), lykta_tool_get_device_path (tool),
                             lykta_tool_get_spool_dir (tool), options.ca_file);
  lykta_sync_engine_set_rules (engine, &rules);
  if (options.is_cost)
    return tell_cost (tool, engine);
  report = lykta_sync_engine_run (engine, flags, NULL, NULL, &error);
  if (report == NULL)
    return lykta_tool_fail_error (error);
  if (lykta_tool_is_json (tool)) {
    print_json (report);
  } else {
    for (guint i = 0; i < lykta_sync_report_get_n_results (report); i++)
      print_result (lykta_sync_report_get_result (report, i));
  }
  return lykta_sync_report_get_failure (report) == LYKTA_SYNC_FAILURE_NONE ? LYKTA_TOOL_OK
                                                                           : LYKTA_TOOL_FAILED;
}
