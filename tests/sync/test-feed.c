/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "feed/lykta-feed-index.h"
#include "feed/lykta-occurrences.h"
#include "net/lykta-file-fetcher.h"
#include "net/lykta-route-fetcher.h"
#include "net/lykta-soup-fetcher.h"
#include "store/lykta-content-records.h"
#include "sync/lykta-publish.h"
#include "sync/lykta-source-address.h"
#include "sync/sync-fixture.h"

/* A Lykta feed from the publisher's calendar to the reader's: over folders, over nginx, with a
 * carrier that lies, and with a process that dies. */

#define CHILD    "--child"
#define N_EVENTS 60
#define LEVEL    3
#define DAY      86400
#define N_KILLS  15
#define KILL_MS  200

/* (unowned) of the program, to run it again as the child */
static const char *program;

/* ---- the publisher ---- */

/* A calendar of which every @step-th activity has another title. */
static char *
make_calendar (guint n, guint step, const char *title)
{
  g_autofree char *text = lykta_test_calendar (n, "a");
  g_auto (GStrv) parts = g_strsplit (text, "Språkcafé", -1);
  g_autoptr (GString) out = g_string_new (parts[0]);

  for (guint i = 1; parts[i] != NULL; i++) {
    g_string_append (out, step > 0 && i % step == 0 ? title : "Språkcafé");
    g_string_append (out, parts[i]);
  }
  return g_strdup (out->str);
}

static LyktaContentStore *
read_calendar (const char *folder, LyktaClock *clock, const char *calendar)
{
  static int number;
  g_autofree char *name = g_strdup_printf ("publisher-%d.db", g_atomic_int_add (&number, 1));
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *device_path = g_strconcat (path, ".device", NULL);
  g_autofree char *file = g_strconcat (path, ".ics", NULL);
  g_autofree char *address = g_filename_to_uri (file, NULL, NULL);
  const char *const addresses[] = {address, NULL};
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaContentStore) content = lykta_content_store_open (path, clock, &error);
  g_autoptr (LyktaDeviceStore) device = lykta_device_store_open (device_path, clock, &error);
  g_autoptr (LyktaSourceList) list = lykta_source_list_new (device);
  g_autoptr (LyktaFetcher) files = lykta_file_fetcher_new ();
  g_autoptr (LyktaConnectivity) connectivity = lykta_fixed_connectivity_new (LYKTA_CONNECTION_NONE);
  g_autoptr (LyktaRandom) random = lykta_seeded_random_new (1);
  g_autoptr (LyktaSyncEngine) engine = NULL;
  g_autoptr (LyktaSyncReport) report = NULL;

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (file, calendar, -1, NULL));
  lykta_source_list_set_addresses (list, addresses, &error);
  engine = lykta_sync_engine_new (content, device_path, folder, files, connectivity, clock, random);
  report = lykta_sync_engine_run (engine, LYKTA_SYNC_MANUAL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lykta_sync_report_get_failure (report), ==, LYKTA_SYNC_FAILURE_NONE);
  return g_steal_pointer (&content);
}

static LyktaSigningKey *
read_key (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "key", NULL);
  g_autofree char *text = NULL;
  LyktaSigningKey *key;

  if (!g_file_get_contents (path, &text, NULL, NULL)) {
    key = lykta_signing_key_generate (NULL);
    text = lykta_signing_key_to_file_text (key);
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
    return key;
  }
  key = lykta_signing_key_parse (text, NULL, NULL);
  g_assert_nonnull (key);
  return key;
}

/* Publishes @calendar into @folder/@name at @now. */
static LyktaPublishResult
publish (const char *folder,
         const char *name,
         const char *calendar,
         gint64 now,
         const char *const *mirrors)
{
  g_autoptr (LyktaClock) clock = lykta_test_clock_at (SYNC_NOW);
  g_autoptr (LyktaContentStore) content = read_calendar (folder, clock, calendar);
  g_autoptr (LyktaSigningKey) key = read_key (folder);
  g_autofree char *out = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaContentReader) reader = lykta_content_store_new_reader (content, &error);
  LyktaPublishResult result;
  LyktaPublishOptions options = {
      .folder = out,
      .name = "Prov",
      .mirrors = mirrors,
      .key = key,
      .now = now,
      .keep_days = 30,
      .valid_days = 30,
      .level = LEVEL,
  };

  lykta_publish (reader, &options, &result, &error);
  g_assert_no_error (error);
  return result;
}

/* ---- the reader ---- */

typedef struct {
  SyncFixture base;
  const char *folder; /* (unowned) */
  char *address;      /* (owned) of the feed in "feed", with its key */
  gint64 now;
} Fixture;

static LyktaFetcher *
new_fetcher (void)
{
  g_autoptr (LyktaFetcher) local = lykta_file_fetcher_new ();
  g_autoptr (LyktaFetcher) remote = lykta_soup_fetcher_new (NULL);

  return lykta_route_fetcher_new (local, remote);
}

static char *
with_key (const char *folder, const char *address)
{
  g_autoptr (LyktaSigningKey) key = read_key (folder);
  g_autoptr (LyktaVerifyingKey) public = lykta_signing_key_get_verifying_key (key);
  g_autofree char *line = lykta_verifying_key_to_string (public);
  g_autofree char *whole = g_strconcat (address, "#", line, NULL);

  return lykta_source_address_normalise (whole, folder, "/", NULL);
}

static void
use_content (Fixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (LyktaFetcher) fetcher = new_fetcher ();
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->base.engine);
  g_clear_object (&self->base.content);
  self->base.content = lykta_content_store_open (path, self->base.clock, &error);
  g_assert_no_error (error);
  g_assert_false (lykta_content_store_was_rebuilt (self->base.content));
  self->base.engine = sync_fixture_new_engine (&self->base, fetcher);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  sync_fixture_set_up (&self->base, data);
  self->folder = lykta_test_dir_get_path (self->base.dir);
  self->address = with_key (self->folder, "feed");
  self->now = lykta_test_moment (SYNC_NOW) - 10 * DAY;
  use_content (self, "content.db");
  sync_fixture_configure (&self->base, self->address, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_free (self->address);
  sync_fixture_tear_down (&self->base, data);
}

/* @step: which titles differ. Each one is a day later. */
static LyktaPublishResult
publish_day (Fixture *self, guint n, guint step)
{
  g_autofree char *calendar = make_calendar (n, step, "Promenad");

  self->now += DAY / 4;
  return publish (self->folder, "feed", calendar, self->now, NULL);
}

static void
assert_outcome (Fixture *self, LyktaSyncOutcome outcome, const char *token)
{
  g_autoptr (LyktaSyncReport) report = sync_fixture_run (&self->base, LYKTA_SYNC_MANUAL);
  const LyktaSyncResult *result = sync_find_result (report, self->address);

  g_test_message ("%s", result->detail);
  g_assert_cmpstr (lykta_sync_failure_to_token (result->failure), ==, token);
  g_assert_cmpint (result->outcome, ==, outcome);
}

/* What somebody sees who begins now, without any past. */
static char *
dump_of_newcomer (Fixture *self)
{
  static int number;
  g_autofree char *name = g_strdup_printf ("newcomer-%d.db", number++);
  char *dump;

  use_content (self, name);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  dump = sync_fixture_dump (&self->base);
  use_content (self, "content.db");
  return dump;
}

static void
copy_folder (Fixture *self, const char *from, const char *to)
{
  g_autofree char *command =
      g_strdup_printf ("cd '%s' && rm -rf '%s' && cp -a '%s' '%s'", self->folder, to, from, to);
  const char *argv[] = {"/bin/sh", "-c", command, NULL};

  g_assert_cmpint (lykta_test_run_program (argv, NULL, NULL), ==, 0);
}

static void
test_follow (Fixture *self, gconstpointer data)
{
  static const struct {
    guint n;
    guint step;
  } days[] = {{N_EVENTS, 0},      {N_EVENTS, 20}, {N_EVENTS + 7, 20},
              {N_EVENTS - 9, 11}, {3, 0},         {N_EVENTS, 2}};

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autofree char *dump = NULL;
    g_autofree char *expected = NULL;

    publish_day (self, days[i].n, days[i].step);
    assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
    g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, days[i].n);
    dump = sync_fixture_dump (&self->base);
    expected = dump_of_newcomer (self);
    g_assert_cmpstr (dump, ==, expected);
    assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  }
}

/* Several days missed: all deltas in one run. */
static void
test_catch_up (Fixture *self, gconstpointer data)
{
  g_autofree char *dump = NULL;
  g_autofree char *expected = NULL;

  publish_day (self, N_EVENTS, 0);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  for (guint day = 0; day < 4; day++)
    publish_day (self, N_EVENTS + day, 20 + day);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  dump = sync_fixture_dump (&self->base);
  expected = dump_of_newcomer (self);
  g_assert_cmpstr (dump, ==, expected);
}

static void
test_rollback (Fixture *self, gconstpointer data)
{
  g_autofree char *dump = NULL;
  g_autofree char *after = NULL;

  publish_day (self, N_EVENTS, 0);
  copy_folder (self, "feed", "old");
  publish_day (self, N_EVENTS, 7);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  dump = sync_fixture_dump (&self->base);
  copy_folder (self, "old", "feed");
  assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "rollback");
  after = sync_fixture_dump (&self->base);
  g_assert_cmpstr (after, ==, dump);
  /* The calendar is lost; the memory is not. */
  use_content (self, "another.db");
  assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "rollback");
}

static void
test_keys (Fixture *self, gconstpointer data)
{
  g_autofree char *own = g_steal_pointer (&self->address);
  g_autofree char *key_path = g_build_filename (self->folder, "key", NULL);
  g_autofree char *feed = g_build_filename (self->folder, "feed", NULL);

  publish_day (self, N_EVENTS, 0);
  g_assert_cmpint (g_unlink (key_path), ==, 0);
  self->address = with_key (self->folder, "feed");
  sync_fixture_configure (&self->base, self->address, NULL);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "signature");
  g_free (self->address);
  self->address = g_filename_to_uri (feed, NULL, NULL);
  sync_fixture_configure (&self->base, self->address, NULL);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "no-key");
}

/* Every kind of byte that a reader fetches, changed on the way. */
static void
test_tampering (Fixture *self, gconstpointer data)
{
  g_autofree char *dump = NULL;
  g_autofree char *parts_path = g_build_filename (self->folder, "feed", "parts", NULL);
  g_autofree char *index_path = g_build_filename (self->folder, "feed", "packs", "all.lykta", NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  publish_day (self, N_EVENTS, 0);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  dump = sync_fixture_dump (&self->base);
  publish_day (self, N_EVENTS, 7);
  dir = g_dir_open (parts_path, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".zst"))
      g_ptr_array_add (paths, g_build_filename (parts_path, name, NULL));
  g_ptr_array_add (paths, g_strdup (index_path));
  for (guint place = 0; place < 8; place++) {
    gboolean is_signature = place % 2 == 0;
    g_autofree char *after = NULL;

    copy_folder (self, "feed", "whole");
    for (guint i = 0; i < paths->len; i++) {
      gboolean is_index = i == paths->len - 1;
      g_autofree char *text = NULL;
      gsize n;

      if (is_index != is_signature)
        continue;
      g_assert_true (g_file_get_contents (paths->pdata[i], &text, &n, NULL));
      /* Not in the untrusted comment, which says nothing. */
      text[(is_index ? 70 : 0) + (n - (is_index ? 71 : 1)) * place / 7] ^= 4;
      g_assert_true (g_file_set_contents (paths->pdata[i], text, (gssize)n, NULL));
    }
    assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, is_signature ? "signature" : "altered");
    after = sync_fixture_dump (&self->base);
    g_assert_cmpstr (after, ==, dump);
    copy_folder (self, "whole", "feed");
  }
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
}

static void
remove_parts (Fixture *self, const char *name)
{
  g_autofree char *command = g_strdup_printf ("rm -f '%s/%s/parts/'*", self->folder, name);
  const char *argv[] = {"/bin/sh", "-c", command, NULL};

  g_assert_cmpint (lykta_test_run_program (argv, NULL, NULL), ==, 0);
}

/* New index and no parts; old index and no parts; an index of yesterday: another mirror is whole.
 */
static void
test_mirrors (Fixture *self, gconstpointer data)
{
  g_autofree char *mirror_path = g_build_filename (self->folder, "mirror", NULL);
  g_autofree char *mirror = g_filename_to_uri (mirror_path, NULL, NULL);
  const char *const mirrors[] = {mirror, NULL};
  g_autofree char *first = make_calendar (N_EVENTS, 0, "");
  g_autofree char *second = make_calendar (N_EVENTS + 1, 5, "Promenad");
  g_autofree char *third = make_calendar (N_EVENTS + 2, 5, "Simskola");

  publish (self->folder, "feed", first, self->now, mirrors);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  copy_folder (self, "feed", "mirror");

  publish (self->folder, "feed", second, self->now + DAY, mirrors);
  copy_folder (self, "feed", "old");
  copy_folder (self, "feed", "whole");
  remove_parts (self, "feed");
  /* The mirror is of yesterday and whole: that is no failure, and no step back either. */
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  copy_folder (self, "whole", "mirror");
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, N_EVENTS + 1);

  copy_folder (self, "whole", "feed");
  publish (self->folder, "feed", third, self->now + 2 * DAY, mirrors);
  copy_folder (self, "feed", "mirror");
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  /* Now the address itself has fallen back a day. */
  copy_folder (self, "old", "feed");
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  copy_folder (self, "mirror", "feed");
  publish (self->folder, "mirror", second, self->now + 3 * DAY, mirrors);
  copy_folder (self, "old", "feed");
  remove_parts (self, "feed");
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, N_EVENTS + 1);
}

/* A record here is not what the publisher thinks: the snapshot mends it in the same run. */
static void
test_mismatch (Fixture *self, gconstpointer data)
{
  g_autofree char *dump = NULL;
  g_autofree char *expected = NULL;
  const guint8 hash[LYKTA_RECORD_HASH_BYTES] = {1, 2, 3};

  publish_day (self, N_EVENTS, 0);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (LyktaSource) source =
        lykta_source_new (self->address, NULL, self->address, LYKTA_FORMAT_AUTO, NULL);
    g_autoptr (LyktaSourceState) state = sync_fixture_get_state (&self->base, self->address);
    g_autoptr (GBytes) other = g_bytes_new_static ("{}", 2);
    g_autoptr (LyktaContentWriter) writer =
        lykta_content_store_new_writer (self->base.content, lykta_expand_occurrences, &error);

    g_assert_true (lykta_content_writer_begin_changes (writer, source, &error));
    g_assert_true (
        lykta_content_writer_put_record (writer, "a-3@test.invalid", hash, other, &error));
    g_assert_true (lykta_content_writer_commit (writer, state, &error));
    g_assert_no_error (error);
  }
  publish_day (self, N_EVENTS, 20);
  g_test_expect_message ("lykta-sync", G_LOG_LEVEL_MESSAGE, "*everything is fetched anew");
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  g_test_assert_expected_messages ();
  dump = sync_fixture_dump (&self->base);
  expected = dump_of_newcomer (self);
  g_assert_cmpstr (dump, ==, expected);
}

static void
assert_state (Fixture *self, const char *failure, gint64 confirmed)
{
  g_autoptr (LyktaSourceState) state = sync_fixture_get_state (&self->base, self->address);

  g_assert_cmpstr (state->failure, ==, failure);
  g_assert_cmpint (state->last_confirmed, ==, confirmed);
}

/* Silence for longer than was promised: read and kept, but as of then. */
static void
test_expired (Fixture *self, gconstpointer data)
{
  gint64 now = lykta_test_moment (SYNC_NOW);

  self->now = now - 60 * DAY;
  publish_day (self, N_EVENTS, 0);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, N_EVENTS);
  assert_state (self, "expired", self->now);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  assert_state (self, "expired", self->now);
  self->now = now - DAY;
  g_assert_cmpuint (publish_day (self, N_EVENTS, 0).n_changed, ==, 0);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  assert_state (self, NULL, now);
}

static void
test_deterministic (Fixture *self, gconstpointer data)
{
  g_autofree char *first = make_calendar (N_EVENTS, 0, "");
  g_autofree char *second = make_calendar (N_EVENTS, 5, "Promenad");
  g_autofree char *command = g_strdup_printf ("diff -r '%s/x' '%s/y'", self->folder, self->folder);
  const char *argv[] = {"/bin/sh", "-c", command, NULL};
  static const char *const names[] = {"x", "y"};
  LyktaPublishResult result;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    publish (self->folder, names[i], first, self->now, NULL);
    publish (self->folder, names[i], second, self->now + DAY, NULL);
  }
  g_assert_cmpint (lykta_test_run_program (argv, NULL, NULL), ==, 0);
  result = publish (self->folder, "x", second, self->now + 2 * DAY, NULL);
  g_assert_cmpuint (result.n_changed + result.n_renewed, ==, 0);
  g_assert_cmpint (lykta_test_run_program (argv, NULL, NULL), ==, 0);
}

static void
test_nginx (Fixture *self, gconstpointer data)
{
  g_autoptr (LyktaTestServer) server = NULL;
  g_autofree char *url = NULL;

  if (!lykta_test_need_program ("nginx"))
    return;
  publish_day (self, N_EVENTS, 0);
  server = lykta_test_server_new_nginx (self->folder, NULL);
  url = lykta_test_server_url (server, "feed/");
  g_free (self->address);
  self->address = with_key (self->folder, url);
  sync_fixture_configure (&self->base, self->address, NULL);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, N_EVENTS);
  {
    g_autoptr (LyktaSyncReport) report = sync_fixture_run (&self->base, LYKTA_SYNC_MANUAL);
    const LyktaSyncResult *result = sync_find_result (report, self->address);

    g_assert_cmpint (result->outcome, ==, LYKTA_SYNC_OUTCOME_UNCHANGED);
    g_test_message ("nothing new: %" G_GUINT64_FORMAT " bytes on a new connection",
                    result->bytes_on_wire);
    g_assert_cmpuint (result->bytes_on_wire, <, 2000);
  }
  publish_day (self, N_EVENTS, 30);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  remove_parts (self, "feed");
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  publish_day (self, N_EVENTS, 6);
  remove_parts (self, "feed");
  assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "not-found");
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, N_EVENTS);
}

/* A plain server in the reception is good enough when the operator names it, with the key. */
static void
test_plain_http (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_free (self->address);
  self->address = with_key (self->folder, "http://reception.invalid/feed/");
  g_assert_nonnull (self->address);
  sync_fixture_configure (&self->base, self->address, NULL);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "unreachable");
  g_assert_null (
      lykta_source_address_normalise ("http://reception.invalid/feed/", "/", "/", &error));
  g_assert_error (error, LYKTA_ADDRESS_ERROR, LYKTA_ADDRESS_ERROR_NOT_SECURE);
}

/* ---- a process that dies ---- */

/* Publishes and reads for ever. */
static void G_NORETURN
run_child (const char *folder)
{
  Fixture self = {.folder = folder};
  g_autoptr (GError) error = NULL;
  g_autofree char *a = make_calendar (N_EVENTS, 0, "");
  g_autofree char *b = make_calendar (N_EVENTS + 5, 9, "Promenad");
  g_autoptr (LyktaFetcher) fetcher = new_fetcher ();
  g_autoptr (LyktaConnectivity) connectivity = lykta_fixed_connectivity_new (LYKTA_CONNECTION_NONE);
  g_autoptr (LyktaRandom) random = lykta_seeded_random_new (1);
  g_autoptr (LyktaClock) clock = lykta_test_clock_at (SYNC_NOW);
  g_autofree char *path = g_build_filename (folder, "content.db", NULL);
  g_autofree char *device_path = g_build_filename (folder, "device.db", NULL);
  g_autoptr (LyktaContentStore) content = lykta_content_store_open (path, clock, &error);
  g_autoptr (LyktaSyncEngine) engine = NULL;

  g_assert_no_error (error);
  self.now = lykta_test_moment (SYNC_NOW) - DAY;
  engine =
      lykta_sync_engine_new (content, device_path, folder, fetcher, connectivity, clock, random);
  g_assert_cmpint (write (STDOUT_FILENO, "+", 1), ==, 1);
  for (guint i = 0;; i++) {
    g_autoptr (LyktaSyncReport) report = NULL;

    publish (folder, "feed", i % 2 == 0 ? b : a, self.now, NULL);
    report = lykta_sync_engine_run (engine, LYKTA_SYNC_MANUAL, NULL, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpint (lykta_sync_report_get_failure (report), ==, LYKTA_SYNC_FAILURE_NONE);
  }
}

static void
kill_one (const char *folder, guint milliseconds)
{
  const char *argv[] = {program, CHILD, folder, NULL};
  g_autoptr (GError) error = NULL;
  struct pollfd nothing = {.events = POLLIN};
  GPid pid;
  char begun;

  g_spawn_async_with_pipes (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                            NULL, &nothing.fd, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read (nothing.fd, &begun, 1), ==, 1);
  g_assert_cmpint (poll (&nothing, 1, (int)milliseconds), ==, 0);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  close (nothing.fd);
}

static void
test_kill (Fixture *self, gconstpointer data)
{
  g_autofree char *a = make_calendar (N_EVENTS, 0, "");
  g_autofree char *b = make_calendar (N_EVENTS + 5, 9, "Promenad");
  g_autofree char *a_dump = NULL;
  g_autofree char *b_dump = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (20261124);
  guint n = lykta_test_is_long () ? 50 * N_KILLS : N_KILLS;
  guint n_a = 0;

  publish (self->folder, "feed", b, self->now, NULL);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  b_dump = sync_fixture_dump (&self->base);
  publish (self->folder, "feed", a, self->now, NULL);
  assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  a_dump = sync_fixture_dump (&self->base);
  for (guint i = 0; i < n; i++) {
    g_autofree char *dump = NULL;
    gboolean is_a;

    g_clear_object (&self->base.engine);
    g_clear_object (&self->base.content);
    kill_one (self->folder, (guint)g_rand_int_range (random, 0, KILL_MS));
    use_content (self, "content.db");
    dump = sync_fixture_dump (&self->base);
    is_a = g_str_equal (dump, a_dump);
    n_a += is_a;
    g_assert_true (is_a || g_str_equal (dump, b_dump));
  }
  g_test_message ("%u kills: %u times the one calendar, %u times the other", n, n_a, n - n_a);
  publish (self->folder, "feed", b, self->now, NULL);
  {
    g_autoptr (LyktaSyncReport) report = sync_fixture_run (&self->base, LYKTA_SYNC_MANUAL);
    g_autofree char *dump = sync_fixture_dump (&self->base);

    g_assert_cmpint (lykta_sync_report_get_failure (report), ==, LYKTA_SYNC_FAILURE_NONE);
    g_assert_cmpstr (dump, ==, b_dump);
  }
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (Fixture *self, gconstpointer data);
  } cases[] = {
      {"/sync/feed/follow", test_follow},
      {"/sync/feed/catch-up", test_catch_up},
      {"/sync/feed/rollback", test_rollback},
      {"/sync/feed/keys", test_keys},
      {"/sync/feed/tampering", test_tampering},
      {"/sync/feed/mirrors", test_mirrors},
      {"/sync/feed/mismatch", test_mismatch},
      {"/sync/feed/expired", test_expired},
      {"/sync/feed/deterministic", test_deterministic},
      {"/sync/feed/plain-http", test_plain_http},
      {"/sync/feed/nginx", test_nginx},
      {"/sync/feed/kill", test_kill},
  };

  if (argc == 3 && g_str_equal (argv[1], CHILD))
    run_child (argv[2]);
  program = argv[0];
  lykta_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, set_up, cases[i].run, tear_down);
  return g_test_run ();
}
