/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-commands.h"
#include "tool/lykta-tool-json.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/lykta-atomic-file.h"
#include "feed/lykta-feed-index.h"
#include "sync/lykta-publish.h"
#include "sync/lykta-source-address.h"
#include "sync/lykta-sync-engine.h"
#include "tool/lykta-tool-attachments.h"
#include "tool/lykta-tool-password.h"
#include "tool/lykta-tool-words.h"

#define DEFAULT_KEEP_DAYS  30
#define DEFAULT_VALID_DAYS 30
#define DEFAULT_LEVEL      19
#define MAX_DAYS           3650
#define SECRET_MODE        0600
#define PUBLIC_MODE        0644

/* The command line of `publish`, as it was given. */
typedef struct {
  char *folder;       /* (owned) (nullable) */
  char *key;          /* (owned) (nullable) */
  char *new_key;      /* (owned) (nullable) */
  char *next_key;     /* (owned) (nullable) a public key, or its file */
  char *name;         /* (owned) (nullable) */
  char *feed;         /* (owned) (nullable) */
  char **attachments; /* (owned) (nullable) */
  char **mirrors;     /* (owned) (nullable) */
  char *ca_file;      /* (owned) (nullable) */
  int keep_days;
  int valid_days;
  int level;
} PublishOptions;

static void
publish_options_clear (PublishOptions *options)
{
  g_free (options->folder);
  g_free (options->key);
  g_free (options->new_key);
  g_free (options->next_key);
  g_free (options->name);
  g_free (options->feed);
  g_strfreev (options->attachments);
  g_strfreev (options->mirrors);
  g_free (options->ca_file);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PublishOptions, publish_options_clear)

static gboolean
parse_options (LyktaTool *tool, PublishOptions *options, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
      {"out", 0, 0, G_OPTION_ARG_FILENAME, &options->folder, N_ ("Write the feed into this folder"),
       N_ ("DIR")},
      {"key", 0, 0, G_OPTION_ARG_FILENAME, &options->key,
       N_ ("Sign with the secret key in this file"), "FILE"},
      {"new-key", 0, 0, G_OPTION_ARG_FILENAME, &options->new_key,
       N_ ("Make a key pair, FILE and FILE.pub, and do nothing else"), "FILE"},
      {"next-key", 0, 0, G_OPTION_ARG_STRING, &options->next_key,
       N_ ("Announce the public key that will sign one day, a key or its file"), "KEY"},
      {"name", 0, 0, G_OPTION_ARG_STRING, &options->name, N_ ("Name of the feed for people"),
       N_ ("NAME")},
      {"feed", 0, 0, G_OPTION_ARG_STRING, &options->feed,
       N_ ("Name of the feed for machines; else that of the key"), "ID"},
      {"attach", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->attachments,
       N_ ("Let this trust list or status list travel along, or a folder of them"),
       "trust|status=FILE"},
      {"mirror", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->mirrors,
       N_ ("The same folder can be had there as well; may be given several times"), "ADDRESS"},
      {"keep-days", 0, 0, G_OPTION_ARG_INT, &options->keep_days,
       N_ ("Days that a reader may miss and still fetch changes only (30)"), "N"},
      {"valid-days", 0, 0, G_OPTION_ARG_INT, &options->valid_days,
       N_ ("Days after which the feed counts as out of date (30)"), "N"},
      {"level", 0, 0, G_OPTION_ARG_INT, &options->level, N_ ("How hard to compress, 1 to 19 (19)"),
       "N"},
      {"ca-file", 0, 0, G_OPTION_ARG_FILENAME, &options->ca_file,
       N_ ("Trust the certificates in this file instead of the system's"), "FILE"},
      G_OPTION_ENTRY_NULL,
  };

  return lykta_tool_parse (tool, entries, "[SOURCE…]",
                           _ ("Makes a Lykta feed of the calendar, or of the sources named."), 0,
                           64, argc, argv);
}

/* ---- keys ---- */

static int
make_key (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSigningKey) key = NULL;
  g_autofree char *public_path = g_strconcat (path, ".pub", NULL);
  g_autofree char *public_text = NULL;
  g_autoptr (LyktaVerifyingKey) verifying = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GBytes) secret = NULL;
  g_autoptr (GBytes) public = NULL;
  char *text;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return lykta_tool_fail (LYKTA_TOOL_BAD_INPUT, _ ("%s is there already and is left alone."),
                            path);
  key = lykta_signing_key_generate (&error);
  if (key == NULL)
    return lykta_tool_fail_error (error);
  text = lykta_signing_key_to_file_text (key);
  secret = g_bytes_new_take (text, strlen (text));
  public_text = lykta_signing_key_to_public_text (key);
  public = g_bytes_new (public_text, strlen (public_text));
  if (!lykta_atomic_file_write (path, secret, SECRET_MODE, &error) ||
      !lykta_atomic_file_write (public_path, public, PUBLIC_MODE, &error))
    return lykta_tool_fail_error (error);
  verifying = lykta_signing_key_get_verifying_key (key);
  line = lykta_verifying_key_to_string (verifying);
  g_print ("%s\n", line);
  return LYKTA_TOOL_OK;
}

/* (transfer full) */
static LyktaSigningKey *
read_key (const char *path, GError **error)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, error)
             ? lykta_signing_key_parse (text, g_getenv ("LYKTA_KEY_PASSPHRASE"), error)
             : NULL;
}

/* NULL without @error when none was given. (transfer full) (nullable) */
static LyktaVerifyingKey *
read_next_key (const char *key, GError **error)
{
  g_autofree char *text = NULL;

  if (key == NULL)
    return NULL;
  g_file_get_contents (key, &text, NULL, NULL);
  return lykta_verifying_key_parse (text != NULL ? text : key, error);
}

/* ---- a calendar of the sources named ---- */

/* Stores for one act of publishing, in a folder that goes away with them. */
typedef struct {
  char *folder;               /* (owned) (nullable) */
  LyktaContentStore *content; /* (owned) (nullable) */
} Workshop;

static void
workshop_clear (Workshop *self)
{
  static const char *const names[] = {"content.db", "content.db-wal", "content.db-shm",
                                      "device.db",  "device.db-wal",  "device.db-shm"};

  g_clear_object (&self->content);
  for (gsize i = 0; self->folder != NULL && i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (self->folder, names[i], NULL);

    g_unlink (path);
  }
  if (self->folder != NULL)
    g_rmdir (self->folder);
  g_free (self->folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Workshop, workshop_clear)

/* Configures @sources (NULL-terminated) in the workshop. Returns a LyktaToolExit. */
static int
configure (LyktaTool *tool, const char *device_path, char **sources)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaDeviceStore) device =
      lykta_device_store_open (device_path, lykta_tool_get_clock (tool), &error);
  g_autoptr (LyktaSourceList) list = NULL;
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *cwd = g_get_current_dir ();

  if (device == NULL)
    return lykta_tool_fail_error (error);
  for (gsize i = 0; sources[i] != NULL; i++) {
    char *address = lykta_source_address_normalise (sources[i], cwd, g_get_home_dir (), &error);

    if (address == NULL)
      return lykta_tool_usage ("%s", error->message);
    g_ptr_array_add (addresses, address);
  }
  g_ptr_array_add (addresses, NULL);
  list = lykta_source_list_new (device);
  if (!lykta_source_list_set_addresses (list, (const char *const *)addresses->pdata, &error) ||
      !lykta_tool_lend_passwords (tool, device_path, (const char *const *)addresses->pdata, &error))
    return lykta_tool_fail_error (error);
  return LYKTA_TOOL_OK;
}

/* Reads @sources into a calendar of their own; all of them, or the old feed stays. */
static int
read_sources (LyktaTool *tool, Workshop *shop, const char *ca_file, char **sources)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSyncEngine) engine = NULL;
  g_autoptr (LyktaSyncReport) report = NULL;
  g_autofree char *content_path = NULL;
  g_autofree char *device_path = NULL;
  int code;

  shop->folder = g_dir_make_tmp ("lykta-publish-XXXXXX", &error);
  if (shop->folder == NULL)
    return lykta_tool_fail_error (error);
  content_path = g_build_filename (shop->folder, "content.db", NULL);
  device_path = g_build_filename (shop->folder, "device.db", NULL);
  code = configure (tool, device_path, sources);
  if (code != LYKTA_TOOL_OK)
    return code;
  shop->content = lykta_content_store_open (content_path, lykta_tool_get_clock (tool), &error);
  if (shop->content == NULL)
    return lykta_tool_fail_error (error);
  engine = lykta_tool_new_engine (tool, shop->content, device_path, shop->folder, ca_file);
  report = lykta_sync_engine_run (engine, LYKTA_SYNC_MANUAL | LYKTA_SYNC_FORCE, NULL, NULL, &error);
  if (report == NULL)
    return lykta_tool_fail_error (error);
  for (guint i = 0; i < lykta_sync_report_get_n_results (report); i++) {
    const LyktaSyncResult *result = lykta_sync_report_get_result (report, i);

    if (result->outcome == LYKTA_SYNC_OUTCOME_FAILED)
      return lykta_tool_fail (
          LYKTA_TOOL_FAILED, "%s: %s (%s)", lykta_source_get_name (result->source),
          lykta_words_failure (result->failure), result->detail != NULL ? result->detail : "");
  }
  return LYKTA_TOOL_OK;
}

/* ---- publishing ---- */

static void
print_result (LyktaTool *tool, const LyktaPublishResult *result)
{
  if (lykta_tool_is_json (tool)) {
    g_autoptr (JsonBuilder) builder = json_builder_new ();

    json_builder_begin_object (builder);
    lykta_json_int (builder, "activities", result->n_records);
    lykta_json_int (builder, "packs", result->n_packs);
    lykta_json_int (builder, "changed", result->n_changed);
    lykta_json_int (builder, "renewed", result->n_renewed);
    lykta_json_int (builder, "delta_bytes", (gint64)result->n_deltas);
    lykta_json_int (builder, "snapshot_bytes", (gint64)result->n_snapshots);
    json_builder_end_object (builder);
    lykta_json_print (builder);
    return;
  }
  g_print (ngettext ("Published %u activity.", "Published %u activities.", result->n_records),
           result->n_records);
  g_print ("\n");
}

static int
publish (LyktaTool *tool, const PublishOptions *options, LyktaContentStore *content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSigningKey) key = read_key (options->key, &error);
  g_autoptr (LyktaVerifyingKey) next_key =
      key != NULL ? read_next_key (options->next_key, &error) : NULL;
  g_autoptr (LyktaVerifyingKey) own_key =
      key != NULL ? lykta_signing_key_get_verifying_key (key) : NULL;
  g_autoptr (GPtrArray) attachments =
      error == NULL ? lykta_tool_read_attachments (options->attachments, own_key, &error) : NULL;
  g_autoptr (LyktaContentReader) reader = NULL;
  LyktaPublishResult result;
  LyktaPublishOptions what = {
      .folder = options->folder,
      .feed = options->feed,
      .name = options->name != NULL ? options->name : "Lykta",
      .mirrors = (const char *const *)options->mirrors,
      .key = key,
      .next_key = next_key,
      .attachments = attachments,
      .gazetteer = lykta_tool_get_gazetteer (tool),
      .now = lykta_clock_now (lykta_tool_get_clock (tool)),
      .keep_days = (guint)options->keep_days,
      .valid_days = (guint)options->valid_days,
      .level = options->level,
  };

  if (error != NULL)
    return lykta_tool_fail (LYKTA_TOOL_BAD_INPUT, "%s", error->message);
  reader = lykta_content_store_new_reader (content, &error);
  if (reader == NULL || !lykta_publish (reader, &what, &result, &error))
    return lykta_tool_fail_error (error);
  print_result (tool, &result);
  return LYKTA_TOOL_OK;
}

static gboolean
is_sound (const PublishOptions *options)
{
  return options->folder != NULL && options->key != NULL && options->keep_days >= 0 &&
         options->keep_days <= MAX_DAYS && options->valid_days >= 1 &&
         options->valid_days <= MAX_DAYS && options->level >= 1 && options->level <= 19 &&
         (options->feed == NULL || lykta_feed_index_is_pack (options->feed));
}

int
lykta_command_publish (LyktaTool *tool, int argc, char **argv)
{
  g_auto (PublishOptions) options = {
      .keep_days = DEFAULT_KEEP_DAYS, .valid_days = DEFAULT_VALID_DAYS, .level = DEFAULT_LEVEL};
  g_auto (Workshop) shop = {0};
  g_autoptr (GError) error = NULL;
  int code;

  if (!parse_options (tool, &options, &argc, &argv))
    return LYKTA_TOOL_USAGE;
  if (options.new_key != NULL)
    return make_key (options.new_key);
  if (!is_sound (&options))
    return lykta_tool_usage (_ ("publish needs --out, --key and sensible numbers"));
  if (argc > 1) {
    code = read_sources (tool, &shop, options.ca_file, argv + 1);
    return code == LYKTA_TOOL_OK ? publish (tool, &options, shop.content) : code;
  }
  if (!lykta_tool_open (tool, &error))
    return lykta_tool_fail_error (error);
  return publish (tool, &options, lykta_tool_get_content (tool));
}
