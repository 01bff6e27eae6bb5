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
#include "store/lykta-content-attachments.h"
#include "store/lykta-content-records.h"
#include "sync/feed-fixture.h"
#include "sync/lykta-publish.h"
#include "sync/lykta-source-address.h"

/* A Lykta feed from the publisher's calendar to the reader's: over folders, over nginx, with a
 * carrier that lies, and with a process that dies. */

#define CHILD   "--child"
#define N_KILLS 15
#define KILL_MS 200

/* (unowned) of the program, to run it again as the child */
static const char *program;

static void
test_follow (FeedFixture *self, gconstpointer data)
{
  static const struct {
    guint n;
    guint step;
  } days[] = {{FEED_EVENTS, 0}, {FEED_EVENTS, 20}, {FEED_EVENTS + 7, 20}, {FEED_EVENTS - 9, 11},
              {3, 0},           {FEED_EVENTS, 2}};

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autofree char *dump = NULL;
    g_autofree char *expected = NULL;

    feed_publish_day (self, days[i].n, days[i].step);
    feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
    g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, days[i].n);
    dump = sync_fixture_dump (&self->base);
    expected = feed_dump_of_newcomer (self);
    g_assert_cmpstr (dump, ==, expected);
    feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  }
}

/* Several days missed: all deltas in one run. */
static void
test_catch_up (FeedFixture *self, gconstpointer data)
{
  g_autofree char *dump = NULL;
  g_autofree char *expected = NULL;

  feed_publish_day (self, FEED_EVENTS, 0);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  for (guint day = 0; day < 4; day++)
    feed_publish_day (self, FEED_EVENTS + day, 20 + day);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  dump = sync_fixture_dump (&self->base);
  expected = feed_dump_of_newcomer (self);
  g_assert_cmpstr (dump, ==, expected);
}

static void
test_rollback (FeedFixture *self, gconstpointer data)
{
  g_autofree char *dump = NULL;
  g_autofree char *after = NULL;

  feed_publish_day (self, FEED_EVENTS, 0);
  feed_copy_folder (self, "feed", "old");
  feed_publish_day (self, FEED_EVENTS, 7);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  dump = sync_fixture_dump (&self->base);
  feed_copy_folder (self, "old", "feed");
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "rollback");
  after = sync_fixture_dump (&self->base);
  g_assert_cmpstr (after, ==, dump);
  /* The calendar is lost; the memory is not. */
  feed_use_content (self, "another.db");
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "rollback");
}

static void
test_keys (FeedFixture *self, gconstpointer data)
{
  g_autofree char *own = g_steal_pointer (&self->address);
  g_autofree char *key_path = g_build_filename (self->folder, "key", NULL);
  g_autofree char *feed = g_build_filename (self->folder, "feed", NULL);

  feed_publish_day (self, FEED_EVENTS, 0);
  g_assert_cmpint (g_unlink (key_path), ==, 0);
  self->address = feed_address (self->folder, "feed");
  sync_fixture_configure (&self->base, self->address, NULL);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "signature");
  g_free (self->address);
  self->address = g_filename_to_uri (feed, NULL, NULL);
  sync_fixture_configure (&self->base, self->address, NULL);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "no-key");
}

static LyktaPublishResult
publish_signed (FeedFixture *self, LyktaSigningKey *key, LyktaSigningKey *next, guint n)
{
  g_autofree char *calendar = feed_calendar (n, 0, "");
  g_autofree char *out = g_build_filename (self->folder, "feed", NULL);
  g_autoptr (LyktaVerifyingKey) next_key =
      next != NULL ? lykta_signing_key_get_verifying_key (next) : NULL;
  LyktaPublishOptions options = {
      .folder = out,
      .name = "Prov",
      .key = key,
      .next_key = next_key,
      .keep_days = 30,
      .valid_days = 30,
      .level = FEED_LEVEL,
  };

  self->now += FEED_DAY / 4;
  options.now = self->now;
  return feed_publish_with (self->folder, calendar, &options);
}

/* A new key, announced by the old one, and another one after it: the feed goes on. The old key is
 * believed no more, and what was never announced never. */
static void
test_rotation (FeedFixture *self, gconstpointer data)
{
  g_autoptr (LyktaSigningKey) first = feed_key (self->folder);
  g_autoptr (LyktaSigningKey) second = lykta_signing_key_generate (NULL);
  g_autoptr (LyktaSigningKey) third = lykta_signing_key_generate (NULL);
  LyktaPublishResult result;

  publish_signed (self, first, NULL, FEED_EVENTS);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  result = publish_signed (self, first, second, FEED_EVENTS);
  g_assert_cmpuint (result.n_renewed, >, 0);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  feed_copy_folder (self, "feed", "old");
  result = publish_signed (self, second, third, FEED_EVENTS + 1);
  g_assert_cmpuint (result.n_deltas, >, 0);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  publish_signed (self, third, NULL, FEED_EVENTS + 2);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, FEED_EVENTS + 2);

  feed_copy_folder (self, "old", "feed");
  self->now += FEED_DAY;
  publish_signed (self, first, NULL, FEED_EVENTS + 3);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "signature");
  publish_signed (self, second, NULL, FEED_EVENTS + 3);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "signature");
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, FEED_EVENTS + 2);
}

/* Publishes what @trust and @status (nullable) hold along with the calendar. */
static void
publish_attached (FeedFixture *self, guint n, const char *trust, const char *status)
{
  g_autoptr (LyktaSigningKey) key = feed_key (self->folder);
  g_autofree char *calendar = feed_calendar (n, 0, "");
  g_autofree char *out = g_build_filename (self->folder, "feed", NULL);
  g_autoptr (GPtrArray) attachments = g_ptr_array_new ();
  g_autoptr (GBytes) trust_bytes = trust != NULL ? g_bytes_new (trust, strlen (trust)) : NULL;
  g_autoptr (GBytes) status_bytes = status != NULL ? g_bytes_new (status, strlen (status)) : NULL;
  LyktaPublishAttachment of_trust = {(char *)"trust", trust_bytes};
  LyktaPublishAttachment of_status = {(char *)"status", status_bytes};
  LyktaPublishOptions options = {
      .folder = out,
      .name = "Prov",
      .key = key,
      .attachments = attachments,
      .keep_days = 30,
      .valid_days = 30,
      .level = FEED_LEVEL,
  };

  if (trust != NULL)
    g_ptr_array_add (attachments, &of_trust);
  if (status != NULL)
    g_ptr_array_add (attachments, &of_status);
  self->now += FEED_DAY / 4;
  options.now = self->now;
  feed_publish_with (self->folder, calendar, &options);
}

/* What is here: "status=… trust=…". */
static void
assert_attached (FeedFixture *self, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaContentReader) reader =
      lykta_content_store_new_reader (self->base.content, &error);
  g_autoptr (GPtrArray) list =
      lykta_content_reader_list_attachments (reader, self->address, NULL, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++) {
    const LyktaAttachment *attachment = list->pdata[i];

    g_string_append_printf (text, "%s%s=%.*s", i > 0 ? " " : "", attachment->kind,
                            (int)g_bytes_get_size (attachment->bundle),
                            (const char *)g_bytes_get_data (attachment->bundle, NULL));
  }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
want_attachments (FeedFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaDeviceStore) device =
      lykta_device_store_open (self->base.device_path, self->base.clock, &error);
  g_autoptr (LyktaSourceList) list = lykta_source_list_new (device);

  g_assert_no_error (error);
  g_assert_true (lykta_source_list_set_wants_attachments (list, TRUE, &error));
}

/* What travels along comes to those who want it, changes with the calendar and without it, and goes
 * when it is withdrawn; what cannot be had is no failure. */
static void
test_attachments (FeedFixture *self, gconstpointer data)
{
  publish_attached (self, FEED_EVENTS, "a", NULL);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  assert_attached (self, "");
  want_attachments (self);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  assert_attached (self, "trust=a");
  publish_attached (self, FEED_EVENTS, "a", "b");
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  assert_attached (self, "status=b trust=a");
  publish_attached (self, FEED_EVENTS + 1, "a", "c");
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  assert_attached (self, "status=c trust=a");
  publish_attached (self, FEED_EVENTS + 1, NULL, "d");
  feed_remove_parts (self, "feed");
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  assert_attached (self, "status=c");
  publish_attached (self, FEED_EVENTS + 1, NULL, "d");
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  assert_attached (self, "status=d");
  feed_use_content (self, "newcomer.db");
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  assert_attached (self, "status=d");
}

/* Every kind of byte that a reader fetches, changed on the way. */
static void
test_tampering (FeedFixture *self, gconstpointer data)
{
  g_autofree char *dump = NULL;
  g_autofree char *parts_path = g_build_filename (self->folder, "feed", "parts", NULL);
  g_autofree char *index_path = g_build_filename (self->folder, "feed", "packs", "all.lykta", NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  feed_publish_day (self, FEED_EVENTS, 0);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  dump = sync_fixture_dump (&self->base);
  feed_publish_day (self, FEED_EVENTS, 7);
  dir = g_dir_open (parts_path, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".zst"))
      g_ptr_array_add (paths, g_build_filename (parts_path, name, NULL));
  g_ptr_array_add (paths, g_strdup (index_path));
  for (guint place = 0; place < 8; place++) {
    gboolean is_signature = place % 2 == 0;
    g_autofree char *after = NULL;

    feed_copy_folder (self, "feed", "whole");
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
    feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, is_signature ? "signature" : "altered");
    after = sync_fixture_dump (&self->base);
    g_assert_cmpstr (after, ==, dump);
    feed_copy_folder (self, "whole", "feed");
  }
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
}

/* New index and no parts; old index and no parts; an index of yesterday: another mirror is whole.
 */
static void
test_mirrors (FeedFixture *self, gconstpointer data)
{
  g_autofree char *mirror_path = g_build_filename (self->folder, "mirror", NULL);
  g_autofree char *mirror = g_filename_to_uri (mirror_path, NULL, NULL);
  const char *const mirrors[] = {mirror, NULL};
  g_autofree char *first = feed_calendar (FEED_EVENTS, 0, "");
  g_autofree char *second = feed_calendar (FEED_EVENTS + 1, 5, "Promenad");
  g_autofree char *third = feed_calendar (FEED_EVENTS + 2, 5, "Simskola");

  feed_publish (self->folder, "feed", first, self->now, mirrors);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  feed_copy_folder (self, "feed", "mirror");

  feed_publish (self->folder, "feed", second, self->now + FEED_DAY, mirrors);
  feed_copy_folder (self, "feed", "old");
  feed_copy_folder (self, "feed", "whole");
  feed_remove_parts (self, "feed");
  /* The mirror is of yesterday and whole: that is no failure, and no step back either. */
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  feed_copy_folder (self, "whole", "mirror");
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, FEED_EVENTS + 1);

  feed_copy_folder (self, "whole", "feed");
  feed_publish (self->folder, "feed", third, self->now + 2 * FEED_DAY, mirrors);
  feed_copy_folder (self, "feed", "mirror");
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  /* Now the address itself has fallen back a day. */
  feed_copy_folder (self, "old", "feed");
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  feed_copy_folder (self, "mirror", "feed");
  feed_publish (self->folder, "mirror", second, self->now + 3 * FEED_DAY, mirrors);
  feed_copy_folder (self, "old", "feed");
  feed_remove_parts (self, "feed");
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, FEED_EVENTS + 1);
}

/* A record here is not what the publisher thinks: the snapshot mends it in the same run. */
static void
test_mismatch (FeedFixture *self, gconstpointer data)
{
  g_autofree char *dump = NULL;
  g_autofree char *expected = NULL;
  const guint8 hash[LYKTA_RECORD_HASH_BYTES] = {1, 2, 3};

  feed_publish_day (self, FEED_EVENTS, 0);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
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
  feed_publish_day (self, FEED_EVENTS, 20);
  g_test_expect_message ("lykta-sync", G_LOG_LEVEL_MESSAGE, "*everything is fetched anew");
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  g_test_assert_expected_messages ();
  dump = sync_fixture_dump (&self->base);
  expected = feed_dump_of_newcomer (self);
  g_assert_cmpstr (dump, ==, expected);
}

static void
assert_state (FeedFixture *self, const char *failure, gint64 confirmed)
{
  g_autoptr (LyktaSourceState) state = sync_fixture_get_state (&self->base, self->address);

  g_assert_cmpstr (state->failure, ==, failure);
  g_assert_cmpint (state->last_confirmed, ==, confirmed);
}

/* Silence for longer than was promised: read and kept, but as of then. */
static void
test_expired (FeedFixture *self, gconstpointer data)
{
  gint64 now = lykta_test_moment (SYNC_NOW);

  self->now = now - 60 * FEED_DAY;
  feed_publish_day (self, FEED_EVENTS, 0);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, FEED_EVENTS);
  assert_state (self, "expired", self->now);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  assert_state (self, "expired", self->now);
  self->now = now - FEED_DAY;
  g_assert_cmpuint (feed_publish_day (self, FEED_EVENTS, 0).n_changed, ==, 0);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  assert_state (self, NULL, now);
}

static void
test_deterministic (FeedFixture *self, gconstpointer data)
{
  g_autofree char *first = feed_calendar (FEED_EVENTS, 0, "");
  g_autofree char *second = feed_calendar (FEED_EVENTS, 5, "Promenad");
  g_autofree char *command = g_strdup_printf ("diff -r '%s/x' '%s/y'", self->folder, self->folder);
  const char *argv[] = {"/bin/sh", "-c", command, NULL};
  static const char *const names[] = {"x", "y"};
  LyktaPublishResult result;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    feed_publish (self->folder, names[i], first, self->now, NULL);
    feed_publish (self->folder, names[i], second, self->now + FEED_DAY, NULL);
  }
  g_assert_cmpint (lykta_test_run_program (argv, NULL, NULL), ==, 0);
  result = feed_publish (self->folder, "x", second, self->now + 2 * FEED_DAY, NULL);
  g_assert_cmpuint (result.n_changed + result.n_renewed, ==, 0);
  g_assert_cmpint (lykta_test_run_program (argv, NULL, NULL), ==, 0);
}

static void
test_nginx (FeedFixture *self, gconstpointer data)
{
  g_autoptr (LyktaTestServer) server = NULL;
  g_autofree char *url = NULL;

  if (!lykta_test_need_program ("nginx"))
    return;
  feed_publish_day (self, FEED_EVENTS, 0);
  server = lykta_test_server_new_nginx (self->folder, NULL);
  url = lykta_test_server_url (server, "feed/");
  g_free (self->address);
  self->address = feed_address (self->folder, url);
  sync_fixture_configure (&self->base, self->address, NULL);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, FEED_EVENTS);
  {
    g_autoptr (LyktaSyncReport) report = sync_fixture_run (&self->base, LYKTA_SYNC_MANUAL);
    const LyktaSyncResult *result = sync_find_result (report, self->address);

    g_assert_cmpint (result->outcome, ==, LYKTA_SYNC_OUTCOME_UNCHANGED);
    g_test_message ("nothing new: %" G_GUINT64_FORMAT " bytes on a new connection",
                    result->bytes_on_wire);
    g_assert_cmpuint (result->bytes_on_wire, <, 2000);
  }
  feed_publish_day (self, FEED_EVENTS, 30);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  feed_remove_parts (self, "feed");
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
  feed_publish_day (self, FEED_EVENTS, 6);
  feed_remove_parts (self, "feed");
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "not-found");
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, FEED_EVENTS);
}

/* A plain server in the reception is good enough when the operator names it, with the key. */
static void
test_plain_http (FeedFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_free (self->address);
  self->address = feed_address (self->folder, "http://reception.invalid/feed/");
  g_assert_nonnull (self->address);
  sync_fixture_configure (&self->base, self->address, NULL);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "unreachable");
  g_assert_null (
      lykta_source_address_normalise ("http://reception.invalid/feed/", "/", "/", &error));
  g_assert_error (error, LYKTA_ADDRESS_ERROR, LYKTA_ADDRESS_ERROR_NOT_SECURE);
}

/* ---- a process that dies ---- */

/* Publishes and reads for ever. */
static void G_NORETURN
run_child (const char *folder)
{
  FeedFixture self = {.folder = folder};
  g_autoptr (GError) error = NULL;
  g_autofree char *a = feed_calendar (FEED_EVENTS, 0, "");
  g_autofree char *b = feed_calendar (FEED_EVENTS + 5, 9, "Promenad");
  g_autoptr (LyktaFetcher) fetcher = feed_fetcher ();
  g_autoptr (LyktaConnectivity) connectivity = lykta_fixed_connectivity_new (LYKTA_CONNECTION_NONE);
  g_autoptr (LyktaRandom) random = lykta_seeded_random_new (1);
  g_autoptr (LyktaClock) clock = lykta_test_clock_at (SYNC_NOW);
  g_autofree char *path = g_build_filename (folder, "content.db", NULL);
  g_autofree char *device_path = g_build_filename (folder, "device.db", NULL);
  g_autoptr (LyktaContentStore) content = lykta_content_store_open (path, clock, &error);
  g_autoptr (LyktaSyncEngine) engine = NULL;

  g_assert_no_error (error);
  self.now = lykta_test_moment (SYNC_NOW) - FEED_DAY;
  engine =
      lykta_sync_engine_new (content, device_path, folder, fetcher, connectivity, clock, random);
  g_assert_cmpint (write (STDOUT_FILENO, "+", 1), ==, 1);
  for (guint i = 0;; i++) {
    g_autoptr (LyktaSyncReport) report = NULL;

    feed_publish (folder, "feed", i % 2 == 0 ? b : a, self.now, NULL);
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
test_kill (FeedFixture *self, gconstpointer data)
{
  g_autofree char *a = feed_calendar (FEED_EVENTS, 0, "");
  g_autofree char *b = feed_calendar (FEED_EVENTS + 5, 9, "Promenad");
  g_autofree char *a_dump = NULL;
  g_autofree char *b_dump = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (20261124);
  guint n = lykta_test_is_long () ? 50 * N_KILLS : N_KILLS;
  guint n_a = 0;

  feed_publish (self->folder, "feed", b, self->now, NULL);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  b_dump = sync_fixture_dump (&self->base);
  feed_publish (self->folder, "feed", a, self->now, NULL);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  a_dump = sync_fixture_dump (&self->base);
  for (guint i = 0; i < n; i++) {
    g_autofree char *dump = NULL;
    gboolean is_a;

    g_clear_object (&self->base.engine);
    g_clear_object (&self->base.content);
    kill_one (self->folder, (guint)g_rand_int_range (random, 0, KILL_MS));
    feed_use_content (self, "content.db");
    dump = sync_fixture_dump (&self->base);
    is_a = g_str_equal (dump, a_dump);
    n_a += is_a;
    g_assert_true (is_a || g_str_equal (dump, b_dump));
  }
  g_test_message ("%u kills: %u times the one calendar, %u times the other", n, n_a, n - n_a);
  feed_publish (self->folder, "feed", b, self->now, NULL);
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
    void (*run) (FeedFixture *self, gconstpointer data);
  } cases[] = {
      {"/sync/feed/follow", test_follow},
      {"/sync/feed/catch-up", test_catch_up},
      {"/sync/feed/rollback", test_rollback},
      {"/sync/feed/keys", test_keys},
      {"/sync/feed/rotation", test_rotation},
      {"/sync/feed/attachments", test_attachments},
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
    g_test_add (cases[i].path, FeedFixture, NULL, feed_set_up, cases[i].run, feed_tear_down);
  return g_test_run ();
}
