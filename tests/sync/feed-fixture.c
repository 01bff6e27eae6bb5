/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/feed-fixture.h"

#include "feed/lykta-occurrences.h"
#include "net/lykta-file-fetcher.h"
#include "net/lykta-route-fetcher.h"
#include "net/lykta-soup-fetcher.h"
#include "sync/lykta-source-address.h"

/* ---- the publisher ---- */

/* A calendar of which every @step-th activity has another title. */
char *
feed_calendar (guint n, guint step, const char *title)
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

LyktaSigningKey *
feed_key (const char *folder)
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

LyktaPublishResult
feed_publish_with (const char *folder, const char *calendar, const LyktaPublishOptions *options)
{
  g_autoptr (LyktaClock) clock = lykta_test_clock_at (SYNC_NOW);
  g_autoptr (LyktaContentStore) content = read_calendar (folder, clock, calendar);
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaContentReader) reader = lykta_content_store_new_reader (content, &error);
  LyktaPublishResult result;

  g_assert_no_error (error);
  lykta_publish (reader, options, &result, &error);
  g_assert_no_error (error);
  return result;
}

LyktaPublishResult
feed_publish (const char *folder,
              const char *name,
              const char *calendar,
              gint64 now,
              const char *const *mirrors)
{
  g_autoptr (LyktaSigningKey) key = feed_key (folder);
  g_autofree char *out = g_build_filename (folder, name, NULL);
  const LyktaPublishOptions options = {
      .folder = out,
      .name = "Prov",
      .mirrors = mirrors,
      .key = key,
      .now = now,
      .keep_days = 30,
      .valid_days = 30,
      .level = FEED_LEVEL,
  };

  return feed_publish_with (folder, calendar, &options);
}

/* ---- the reader ---- */

LyktaFetcher *
feed_fetcher (void)
{
  g_autoptr (LyktaFetcher) local = lykta_file_fetcher_new ();
  g_autoptr (LyktaFetcher) remote = lykta_soup_fetcher_new (NULL);

  return lykta_route_fetcher_new (local, remote);
}

char *
feed_address (const char *folder, const char *address)
{
  g_autoptr (LyktaSigningKey) key = feed_key (folder);
  g_autoptr (LyktaVerifyingKey) public = lykta_signing_key_get_verifying_key (key);
  g_autofree char *line = lykta_verifying_key_to_string (public);
  g_autofree char *whole = g_strconcat (address, "#", line, NULL);

  return lykta_source_address_normalise (whole, folder, "/", NULL);
}

void
feed_use_content (FeedFixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (LyktaFetcher) fetcher = feed_fetcher ();
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->base.engine);
  g_clear_object (&self->base.content);
  self->base.content = lykta_content_store_open (path, self->base.clock, &error);
  g_assert_no_error (error);
  g_assert_false (lykta_content_store_was_rebuilt (self->base.content));
  self->base.engine = sync_fixture_new_engine (&self->base, fetcher);
}

void
feed_set_up (FeedFixture *self, gconstpointer data)
{
  sync_fixture_set_up (&self->base, data);
  self->folder = lykta_test_dir_get_path (self->base.dir);
  self->address = feed_address (self->folder, "feed");
  self->now = lykta_test_moment (SYNC_NOW) - 10 * FEED_DAY;
  feed_use_content (self, "content.db");
  sync_fixture_configure (&self->base, self->address, NULL);
}

void
feed_tear_down (FeedFixture *self, gconstpointer data)
{
  g_free (self->address);
  sync_fixture_tear_down (&self->base, data);
}

/* @step: which titles differ. Each one is a day later. */
LyktaPublishResult
feed_publish_day (FeedFixture *self, guint n, guint step)
{
  g_autofree char *calendar = feed_calendar (n, step, "Promenad");

  self->now += FEED_DAY / 4;
  return feed_publish (self->folder, "feed", calendar, self->now, NULL);
}

void
feed_assert_outcome (FeedFixture *self, LyktaSyncOutcome outcome, const char *token)
{
  g_autoptr (LyktaSyncReport) report = sync_fixture_run (&self->base, LYKTA_SYNC_MANUAL);
  const LyktaSyncResult *result = sync_find_result (report, self->address);

  g_test_message ("%s", result->detail);
  g_assert_cmpstr (lykta_sync_failure_to_token (result->failure), ==, token);
  g_assert_cmpint (result->outcome, ==, outcome);
}

/* What somebody sees who begins now, without any past. */
char *
feed_dump_of_newcomer (FeedFixture *self)
{
  static int number;
  g_autofree char *name = g_strdup_printf ("newcomer-%d.db", number++);
  char *dump;

  feed_use_content (self, name);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  dump = sync_fixture_dump (&self->base);
  feed_use_content (self, "content.db");
  return dump;
}

void
feed_copy_folder (FeedFixture *self, const char *from, const char *to)
{
  g_autofree char *command =
      g_strdup_printf ("cd '%s' && rm -rf '%s' && cp -a '%s' '%s'", self->folder, to, from, to);
  const char *argv[] = {"/bin/sh", "-c", command, NULL};

  g_assert_cmpint (lykta_test_run_program (argv, NULL, NULL), ==, 0);
}

void
feed_remove_parts (FeedFixture *self, const char *name)
{
  g_autofree char *command = g_strdup_printf ("rm -f '%s/%s/parts/'*", self->folder, name);
  const char *argv[] = {"/bin/sh", "-c", command, NULL};

  g_assert_cmpint (lykta_test_run_program (argv, NULL, NULL), ==, 0);
}
