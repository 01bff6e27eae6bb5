/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sync/sync-fixture.h"

/* A disk that is full, cannot be written to, or has lost the calendar: said, and survived. */

#define SMALL_DISK "size=4m"

/* Mounts of our own end with us, even if we crash. */
static gboolean has_own_mounts;

/* Mounts a small disk on a folder of the test's; FALSE, with the case skipped, where that is not
 * allowed. */
static gboolean
mount_small_disk (const char *folder)
{
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  if (has_own_mounts && mount ("none", folder, "tmpfs", 0, SMALL_DISK) == 0)
    return TRUE;
  g_test_skip ("a small disk cannot be mounted here (that needs root)");
  return FALSE;
}

static void
move_to (SyncFixture *self, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "content.db", NULL);
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->engine);
  g_clear_object (&self->content);
  self->content = lykta_content_store_open (path, self->clock, &error);
  g_assert_no_error (error);
  self->engine = sync_fixture_new_engine (self, LYKTA_FETCHER (self->network));
}

static void
move_back_and_unmount (SyncFixture *self, const char *folder)
{
  move_to (self, lykta_test_dir_get_path (self->dir));
  g_assert_cmpint (umount (folder), ==, 0);
}

/* The store's disk fills up in the middle of a refresh. */
static void
test_full (SyncFixture *self, gconstpointer data)
{
  g_autofree char *folder = lykta_test_dir_child (self->dir, "small");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (LyktaSyncReport) report = NULL;

  if (!mount_small_disk (folder))
    return;
  move_to (self, folder);
  sync_fixture_configure (self, ADDRESS, NULL);
  sync_fixture_serve (self, 50, "a", NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  before = sync_fixture_dump (self);
  sync_fixture_serve (self, 20000, "b", NULL);
  report = sync_fixture_run (self, LYKTA_SYNC_FORCE);
  g_test_message ("%s", sync_find_result (report, ADDRESS)->detail);
  g_assert_cmpint (sync_find_result (report, ADDRESS)->failure, ==, LYKTA_SYNC_FAILURE_DISK_FULL);
  after = sync_fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
  /* With room again (and fewer activities) it goes on as if nothing had been. */
  sync_fixture_serve (self, 60, "a", NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpint (sync_fixture_count (self, NULL), ==, 60);
  move_back_and_unmount (self, folder);
}

/* The download does not fit, and that is not the network's fault. */
static void
test_no_room_for_download (SyncFixture *self, gconstpointer data)
{
  g_autofree char *folder = lykta_test_dir_child (self->dir, "small");
  g_autofree char *calendar = lykta_test_calendar (30000, "a");
  g_autoptr (LyktaRandom) random = lykta_seeded_random_new (1);
  g_autoptr (LyktaSyncReport) report = NULL;

  if (!mount_small_disk (folder))
    return;
  g_clear_object (&self->engine);
  self->engine = lykta_sync_engine_new (self->content, self->device_path, folder,
                                        LYKTA_FETCHER (self->network), self->connectivity,
                                        self->clock, random);
  sync_fixture_configure (self, ADDRESS, NULL);
  lykta_test_fetcher_set_body (self->network, ADDRESS, calendar, NULL);
  report = sync_fixture_run (self, LYKTA_SYNC_NONE);
  g_assert_cmpint (sync_find_result (report, ADDRESS)->failure, ==, LYKTA_SYNC_FAILURE_DISK_FULL);
  g_clear_object (&self->engine);
  self->engine = sync_fixture_new_engine (self, LYKTA_FETCHER (self->network));
  g_assert_cmpint (umount (folder), ==, 0);
}

static void
on_finished (LyktaSyncEngine *engine, LyktaSyncReport *report, LyktaSyncReport **last)
{
  *last = lykta_sync_report_ref (report);
}

static gboolean
has_report (gpointer user_data)
{
  return *(LyktaSyncReport **)user_data != NULL;
}

static gboolean
has_ended (gpointer user_data)
{
  return *(guint *)user_data > 0;
}

/* Whoever asked for the run is told of the error, and not of nothing at all. */
static void
on_read_only_run_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lykta_sync_engine_run_finish (LYKTA_SYNC_ENGINE (source), result, &error));
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_READ_ONLY);
  (*(guint *)user_data)++;
}

/* A disk that became read-only: the calendar is shown, and whoever watches learns why it stays. */
static void
test_read_only (SyncFixture *self, gconstpointer data)
{
  g_autofree char *folder = lykta_test_dir_child (self->dir, "small");
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSyncReport) last = NULL;
  guint n_ended = 0;

  if (!mount_small_disk (folder))
    return;
  move_to (self, folder);
  sync_fixture_configure (self, ADDRESS, NULL);
  sync_fixture_serve (self, 5, "a", NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  g_clear_object (&self->engine);
  g_clear_object (&self->content);
  g_assert_cmpint (mount ("none", folder, "tmpfs", MS_REMOUNT | MS_RDONLY, SMALL_DISK), ==, 0);
  move_to (self, folder);
  g_assert_true (lykta_content_store_is_read_only (self->content));
  g_assert_cmpint (sync_fixture_count (self, NULL), ==, 5);
  g_assert_null (lykta_sync_engine_run (self->engine, LYKTA_SYNC_MANUAL, NULL, NULL, &error));
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_READ_ONLY);
  g_signal_connect (self->engine, "finished", G_CALLBACK (on_finished), &last);
  lykta_sync_engine_run_async (self->engine, LYKTA_SYNC_MANUAL, NULL, NULL, on_read_only_run_ready,
                               &n_ended);
  lykta_test_run_until (has_report, &last, 20);
  g_assert_cmpint (lykta_sync_report_get_failure (last), ==, LYKTA_SYNC_FAILURE_READ_ONLY);
  lykta_test_run_until (has_ended, &n_ended, 20);
  lykta_test_settle ();
  move_back_and_unmount (self, folder);
}

/* A calendar that was destroyed is fetched whole, whatever was known of it. */
static void
test_damaged (SyncFixture *self, gconstpointer data)
{
  g_autofree char *path = lykta_test_dir_child (self->dir, "content.db");
  g_autofree char *sent = NULL;

  sync_fixture_configure (self, ADDRESS, NULL);
  sync_fixture_serve (self, 5, "a", "\"1\"");
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  g_clear_object (&self->engine);
  g_clear_object (&self->content);
  g_assert_true (g_file_set_contents (path, "this is no calendar, and never was", -1, NULL));
  move_to (self, lykta_test_dir_get_path (self->dir));
  g_assert_true (lykta_content_store_was_rebuilt (self->content));
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, ADDRESS), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  sent = lykta_test_fetcher_get_etag_sent (self->network, ADDRESS);
  g_assert_null (sent);
  g_assert_cmpint (sync_fixture_count (self, NULL), ==, 5);
}

#define ADD(name, function)                                                         \
  g_test_add ("/sync/disk/" name, SyncFixture, NULL, sync_fixture_set_up, function, \
              sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  has_own_mounts =
      unshare (CLONE_NEWNS) == 0 && mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
  lykta_test_init (&argc, &argv);
  ADD ("full", test_full);
  ADD ("no-room-for-download", test_no_room_for_download);
  ADD ("read-only", test_read_only);
  ADD ("damaged", test_damaged);
  return g_test_run ();
}
