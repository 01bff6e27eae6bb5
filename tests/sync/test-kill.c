/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "net/lykta-file-fetcher.h"
#include "sync/lykta-source-address.h"
#include "sync/sync-fixture.h"

/* A process that refreshes again and again is killed at random moments: each time the calendar is
 * the old one or the new one, its state agrees with it, and the next refresh works. */

#define CHILD        "--child"
#define N_EVENTS     150
#define N_KILLS      30
#define N_KILLS_LONG 1000
/* From the moment the child begins its first refresh. */
#define KILL_MS_MAX 150

/* (unowned) of the program, to run it again as the child */
static const char *program;

static char *
write_variant (SyncFixture *self, const char *name, guint n, const char *text)
{
  g_autofree char *calendar = lykta_test_calendar (n, "a");
  g_auto (GStrv) parts = g_strsplit (calendar, "Språkcafé", -1);
  g_autofree char *changed = g_strjoinv (text, parts);

  return lykta_test_dir_write (self->dir, name, changed, -1);
}

/* The rename makes the feed whole at any moment. */
static void
publish (const char *folder, const char *variant)
{
  g_autofree char *from = g_build_filename (folder, variant, NULL);
  g_autofree char *to = g_build_filename (folder, "feed.ics", NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &text, &length, NULL));
  g_assert_true (g_file_set_contents (to, text, (gssize)length, NULL));
}

static LyktaSyncEngine *
new_file_engine (LyktaContentStore *content, LyktaClock *clock, const char *folder)
{
  g_autoptr (LyktaFetcher) files = lykta_file_fetcher_new ();
  g_autoptr (LyktaConnectivity) connectivity = lykta_fixed_connectivity_new (LYKTA_CONNECTION_NONE);
  g_autoptr (LyktaRandom) random = lykta_seeded_random_new (1);
  g_autofree char *device_path = g_build_filename (folder, "device.db", NULL);

  return lykta_sync_engine_new (content, device_path, folder, files, connectivity, clock, random);
}

/* The process to be killed: refreshes for ever. */
static void G_NORETURN
run_child (const char *folder)
{
  g_autoptr (LyktaClock) clock = lykta_test_clock_at (SYNC_NOW);
  g_autofree char *path = g_build_filename (folder, "content.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaContentStore) content = lykta_content_store_open (path, clock, &error);
  g_autoptr (LyktaSyncEngine) engine = NULL;

  g_assert_no_error (error);
  engine = new_file_engine (content, clock, folder);
  g_assert_cmpint (write (STDOUT_FILENO, "+", 1), ==, 1);
  for (guint i = 0;; i++) {
    g_autoptr (LyktaSyncReport) report = NULL;

    publish (folder, i % 2 == 0 ? "b.ics" : "a.ics");
    report =
        lykta_sync_engine_run (engine, LYKTA_SYNC_MANUAL | LYKTA_SYNC_FORCE, NULL, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpint (lykta_sync_report_get_failure (report), ==, LYKTA_SYNC_FAILURE_NONE);
  }
}

static void
wait_a_little (int fd, guint milliseconds)
{
  struct pollfd nothing = {.fd = fd, .events = POLLIN};

  /* The child says nothing more: this ends by the clock, or when the child has failed. */
  g_assert_cmpint (poll (&nothing, 1, (int)milliseconds), ==, 0);
}

static void
kill_one (const char *folder, guint milliseconds)
{
  const char *argv[] = {program, CHILD, folder, NULL};
  g_autoptr (GError) error = NULL;
  GPid pid;
  int out;
  char begun;

  g_spawn_async_with_pipes (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                            NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read (out, &begun, 1), ==, 1);
  wait_a_little (out, milliseconds);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  close (out);
}

/* What the calendar and its hash look like after a whole refresh. */
static void
record (SyncFixture *self, const char *variant, const char *address, char **dump, char **hash)
{
  g_autoptr (LyktaSourceState) state = NULL;

  publish (lykta_test_dir_get_path (self->dir), variant);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_FORCE, address), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  state = sync_fixture_get_state (self, address);
  *dump = sync_fixture_dump (self);
  *hash = g_strdup (state->content_hash);
}

static void
reopen (SyncFixture *self)
{
  const char *folder = lykta_test_dir_get_path (self->dir);
  g_autofree char *path = g_build_filename (folder, "content.db", NULL);
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->engine);
  g_clear_object (&self->content);
  self->content = lykta_content_store_open (path, self->clock, &error);
  g_assert_no_error (error);
  g_assert_false (lykta_content_store_was_rebuilt (self->content));
  self->engine = new_file_engine (self->content, self->clock, folder);
}

static void
test_kill (SyncFixture *self, gconstpointer data)
{
  const char *folder = lykta_test_dir_get_path (self->dir);
  g_autofree char *a_path = write_variant (self, "a.ics", N_EVENTS, "Språkcafé");
  g_autofree char *b_path = write_variant (self, "b.ics", N_EVENTS + 40, "Promenad");
  g_autofree char *feed_path = lykta_test_dir_child (self->dir, "feed.ics");
  g_autofree char *address = lykta_source_address_normalise (feed_path, "/", "/", NULL);
  g_autofree char *a_dump = NULL;
  g_autofree char *a_hash = NULL;
  g_autofree char *b_dump = NULL;
  g_autofree char *b_hash = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (20261124);
  guint n = lykta_test_is_long () ? N_KILLS_LONG : N_KILLS;
  guint n_a = 0;

  reopen (self);
  sync_fixture_configure (self, address, NULL);
  record (self, "b.ics", address, &b_dump, &b_hash);
  record (self, "a.ics", address, &a_dump, &a_hash);
  g_assert_cmpstr (a_dump, !=, b_dump);
  for (guint i = 0; i < n; i++) {
    g_autofree char *dump = NULL;
    g_autoptr (LyktaSourceState) state = NULL;
    gboolean is_a;

    kill_one (folder, (guint)g_rand_int_range (random, 0, KILL_MS_MAX));
    reopen (self);
    dump = sync_fixture_dump (self);
    state = sync_fixture_get_state (self, address);
    is_a = g_str_equal (dump, a_dump);
    n_a += is_a;
    g_assert_true (is_a || g_str_equal (dump, b_dump));
    g_assert_cmpstr (state->content_hash, ==, is_a ? a_hash : b_hash);
  }
  g_test_message ("%u kills: %u times the old calendar, %u times the new one", n, n_a, n - n_a);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_FORCE, address), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], CHILD))
    run_child (argv[2]);
  program = argv[0];
  lykta_test_init (&argc, &argv);
  g_test_add ("/sync/kill/random", SyncFixture, NULL, sync_fixture_set_up, test_kill,
              sync_fixture_tear_down);
  return g_test_run ();
}
