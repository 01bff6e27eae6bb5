/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/store-fixture.h"

/* Damaged files, full disks, folders without a pen, and processes that die in the middle. */

static void
close_store (StoreFixture *fixture)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

static void
reopen_as (StoreFixture *fixture, gboolean was_rebuilt)
{
  g_autoptr (GError) error = NULL;

  fixture->store = lykta_content_store_open (fixture->path, fixture->clock, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lykta_content_store_was_rebuilt (fixture->store), ==, was_rebuilt);
  g_assert_cmpint (lykta_content_store_get_damaged_path (fixture->store) != NULL, ==, was_rebuilt);
}

/* ---- leaving ---- */

static gboolean
has_file (StoreFixture *fixture, const char *suffix)
{
  g_autofree char *path = g_strconcat (fixture->path, suffix, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Whoever goes last, nothing is left that looks like a crash. */
static void
test_left_clean (void)
{
  for (guint reader_goes_last = 0; reader_goes_last < 2; reader_goes_last++) {
    g_auto (StoreFixture) fixture = {0};
    store_fixture_set_up (&fixture);
    g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
    g_autoptr (LyktaContentWriter) writer = store_fixture_writer (&fixture);
    store_test_write_edition (fixture.store, 1);
    g_assert_true (has_file (&fixture, "-wal"));
    if (reader_goes_last)
      g_clear_object (&writer);
    g_clear_object (&reader);
    g_clear_object (&writer);
    close_store (&fixture);
    g_assert_false (has_file (&fixture, "-wal"));
    g_assert_false (has_file (&fixture, "-shm"));
    reopen_as (&fixture, FALSE);
    g_assert_cmpuint (store_test_read_edition (fixture.store), ==, 1);
  }
}

/* ---- damage ---- */

static void
write_over (const char *path, goffset at, gsize n)
{
  g_autofree char *noise = g_malloc (n);
  FILE *file = fopen (path, "r+b");

  memset (noise, 0xa5, n);
  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, at, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (noise, 1, n, file), ==, n);
  fclose (file);
}

static void
test_damaged (void)
{
  static const struct {
    goffset at;
    gsize n;
    gboolean is_seen_at_once; /* else when the store has been marked */
  } cases[] = {{0, 100, TRUE}, {16, 80, TRUE}, {4096 * 3, 4096 * 8, FALSE}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (StoreFixture) fixture = {0};
    store_fixture_set_up (&fixture);
    store_test_write_edition (fixture.store, 1);
    close_store (&fixture);
    write_over (fixture.path, cases[i].at, cases[i].n);
    if (!cases[i].is_seen_at_once) {
      g_autofree char *suspect = g_strconcat (fixture.path, ".suspect", NULL);
      g_assert_true (g_file_set_contents (suspect, "", 0, NULL));
    }
    reopen_as (&fixture, TRUE);
    g_assert_cmpuint (store_test_read_edition (fixture.store), ==, 0);
    g_assert_true (
        g_file_test (lykta_content_store_get_damaged_path (fixture.store), G_FILE_TEST_EXISTS));
    store_test_write_edition (fixture.store, 2);
    close_store (&fixture);
    reopen_as (&fixture, FALSE);
    g_assert_cmpuint (store_test_read_edition (fixture.store), ==, 2);
  }
}

/* A reader that meets damage says so, and the next start looks closely. */
static void
test_damage_met_by_a_reader (void)
{
  g_auto (StoreFixture) fixture = {0};
  g_autoptr (GError) error = NULL;
  store_fixture_set_up (&fixture);
  store_test_write_edition (fixture.store, 1);
  close_store (&fixture);
  GStatBuf info;
  g_assert_cmpint (g_stat (fixture.path, &info), ==, 0);
  write_over (fixture.path, 4096 * 2, (gsize)info.st_size - 4096 * 2);
  fixture.store = lykta_content_store_open (fixture.path, fixture.clock, &error);
  g_assert_no_error (error);
  if (!lykta_content_store_was_rebuilt (fixture.store)) {
    g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
    g_autoptr (LyktaQuery) all = lykta_query_new ("sv", 0);
    g_assert_null (lykta_content_reader_list (reader, all, 0, 10, &error));
    g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED);
    g_assert_finalize_object (g_steal_pointer (&reader));
    close_store (&fixture);
    reopen_as (&fixture, TRUE);
  }
  g_assert_cmpuint (store_test_read_edition (fixture.store), ==, 0);
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static void
test_not_ours (void)
{
  static const char *const cases[] = {
      "PRAGMA user_version = 999",     /* of a later version */
      "PRAGMA application_id = 12345", /* of another program */
      "PRAGMA application_id = 0; CREATE TABLE recipe (text)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (StoreFixture) fixture = {0};
    store_fixture_set_up (&fixture);
    store_test_write_edition (fixture.store, 1);
    close_store (&fixture);
    run_sql (fixture.path, cases[i]);
    reopen_as (&fixture, TRUE);
    g_assert_cmpuint (store_test_read_edition (fixture.store), ==, 0);
  }
}

/* Another process has it open: nothing is pulled away under its feet. */
static void
test_damaged_but_in_use (void)
{
  g_auto (StoreFixture) fixture = {0};
  g_autoptr (GError) error = NULL;
  store_fixture_set_up (&fixture);
  store_test_write_edition (fixture.store, 1);
  run_sql (fixture.path, "PRAGMA user_version = 999");
  g_assert_null (lykta_content_store_open (fixture.path, fixture.clock, &error));
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_BUSY);
}

/* ---- without a pen ---- */

/* Root may write anywhere; without this capability it is a user like others. */
static gboolean
set_may_write_anywhere (gboolean may)
{
  const guint32 bits = 1u << CAP_DAC_OVERRIDE | 1u << CAP_DAC_READ_SEARCH;
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2];

  if (geteuid () != 0)
    return TRUE;
  if (syscall (SYS_capget, &header, data) != 0)
    return FALSE;
  data[0].effective =
      may ? data[0].effective | (bits & data[0].permitted) : data[0].effective & ~bits;
  return syscall (SYS_capset, &header, data) == 0;
}

static void
test_read_only (void)
{
  g_auto (StoreFixture) fixture = {0};
  g_autoptr (GError) error = NULL;
  store_fixture_set_up (&fixture);
  const char *folder = lykta_test_dir_get_path (fixture.dir);
  store_test_write_edition (fixture.store, 1);
  close_store (&fixture);
  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  if (!set_may_write_anywhere (FALSE)) {
    g_test_skip ("root that cannot give up its rights");
    return;
  }
  reopen_as (&fixture, FALSE);
  g_assert_true (lykta_content_store_is_read_only (fixture.store));
  g_assert_cmpuint (store_test_read_edition (fixture.store), ==, 1);
  g_assert_true (lykta_content_store_load_index (fixture.store, NULL, NULL));
  g_assert_null (lykta_content_store_new_writer (fixture.store, store_test_expand, &error));
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_READ_ONLY);
  g_clear_error (&error);
  close_store (&fixture);

  g_autofree char *nothing = lykta_test_dir_child (fixture.dir, "nothing.db");
  g_assert_null (lykta_content_store_open (nothing, fixture.clock, &error));
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_READ_ONLY);
  g_assert_true (set_may_write_anywhere (TRUE));
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  reopen_as (&fixture, FALSE);
  g_assert_false (lykta_content_store_is_read_only (fixture.store));
}

/* The folder may be written to, the file may not. */
static void
test_read_only_file (void)
{
  g_auto (StoreFixture) fixture = {0};
  store_fixture_set_up (&fixture);
  store_test_write_edition (fixture.store, 1);
  close_store (&fixture);
  g_assert_cmpint (g_chmod (fixture.path, 0400), ==, 0);
  if (!set_may_write_anywhere (FALSE)) {
    g_test_skip ("root that cannot give up its rights");
    return;
  }
  reopen_as (&fixture, FALSE);
  g_assert_true (lykta_content_store_is_read_only (fixture.store));
  g_assert_cmpuint (store_test_read_edition (fixture.store), ==, 1);
  g_assert_true (set_may_write_anywhere (TRUE));
}

/* ---- no room ---- */

/* No file may grow beyond @bytes; 0 lifts the limit. */
static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes > 0 ? bytes : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_full (void)
{
  g_auto (StoreFixture) fixture = {0};
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSource) source = store_test_source ("test");
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  g_autoptr (GString) description = g_string_new (NULL);
  store_fixture_set_up (&fixture);
  store_test_write_edition (fixture.store, 1);
  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (description, "ord%u ", i);

  signal (SIGXFSZ, SIG_IGN);
  g_autoptr (LyktaContentWriter) writer = store_fixture_writer (&fixture);
  limit_files (1024 * 1024);
  gboolean is_well = lykta_content_writer_begin (writer, source, &error);
  for (guint i = 0; i < 200 && is_well; i++) {
    g_autofree char *uid = g_strdup_printf ("new%u", i);
    const StoreTestActivity row = {.uid = uid,
                                   .start = "2026-11-25T10:00:00+01:00",
                                   .sv = "Stor",
                                   .description = description->str};
    g_autoptr (LyktaActivity) activity = store_test_activity (&row);
    is_well = lykta_content_writer_put (writer, activity, NULL, &error);
  }
  if (is_well)
    is_well = lykta_content_writer_commit (writer, state, &error);
  limit_files (0);
  g_assert_false (is_well);
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_FULL);
  g_assert_cmpuint (store_test_read_edition (fixture.store), ==, 1);

  /* There is room again: the same writer goes on. */
  g_clear_error (&error);
  g_assert_true (lykta_content_writer_begin (writer, source, &error));
  lykta_content_writer_rollback (writer);
  g_clear_object (&writer);
  store_test_write_edition (fixture.store, 2);
  g_assert_cmpuint (store_test_read_edition (fixture.store), ==, 2);
  close_store (&fixture);
  reopen_as (&fixture, FALSE);
  g_assert_cmpuint (store_test_read_edition (fixture.store), ==, 2);
}

/* A disk of two megabytes that only this process sees; FALSE when we may not make one. */
static gboolean
mount_small_disk (const char *folder)
{
  return geteuid () == 0 && unshare (CLONE_NEWNS) == 0 &&
         mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
         mount ("lykta-test", folder, "tmpfs", 0, "size=2m") == 0;
}

static void
fill_disk (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "filler", NULL);
  static char noise[4096];
  FILE *file = fopen (path, "wb");

  g_assert_nonnull (file);
  while (fwrite (noise, 1, sizeof noise, file) == sizeof noise && fflush (file) == 0)
    continue;
  fclose (file);
}

static void
test_full_disk (void)
{
  g_auto (StoreFixture) fixture = {0};
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSource) source = store_test_source ("test");
  fixture.dir = lykta_test_dir_new ();
  fixture.clock = lykta_test_clock_at (STORE_FIXTURE_NOW);
  g_autofree char *folder = lykta_test_dir_child (fixture.dir, "disk");
  fixture.path = g_build_filename (folder, "content.db", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  if (!mount_small_disk (folder)) {
    g_test_skip ("a small disk cannot be mounted here (that needs root)");
    return;
  }
  reopen_as (&fixture, FALSE);
  store_test_write_edition (fixture.store, 1);
  g_autoptr (LyktaContentWriter) writer = store_fixture_writer (&fixture);
  fill_disk (folder);
  const StoreTestActivity row = {.uid = "u1", .start = "2026-11-25T10:00:00+01:00", .sv = "Ny"};
  g_autoptr (LyktaActivity) activity = store_test_activity (&row);
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  const gboolean is_well = lykta_content_writer_begin (writer, source, &error) &&
                           lykta_content_writer_put (writer, activity, NULL, &error) &&
                           lykta_content_writer_remove_missing (writer, &error) &&
                           lykta_content_writer_commit (writer, state, &error);
  g_assert_false (is_well);
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_FULL);
  g_assert_cmpuint (store_test_read_edition (fixture.store), ==, 1);
  g_clear_object (&writer);
  close_store (&fixture);

  /* A start on a full disk shows what there is. */
  reopen_as (&fixture, FALSE);
  g_assert_cmpuint (store_test_read_edition (fixture.store), ==, 1);
  close_store (&fixture);
  g_assert_cmpint (umount2 (folder, MNT_DETACH), ==, 0);
}

/* ---- dying ---- */

static void
write_until_killed (const char *path, guint edition, guint microseconds)
{
  g_autoptr (LyktaClock) clock = lykta_test_clock_at (STORE_FIXTURE_NOW);
  const struct itimerval timer = {.it_value.tv_usec = microseconds};

  signal (SIGALRM, SIG_DFL);
  g_autoptr (LyktaContentStore) store = lykta_content_store_open (path, clock, NULL);
  setitimer (ITIMER_REAL, &timer, NULL);
  for (;;)
    store_test_write_edition (store, edition++);
}

static void
test_killed (void)
{
  g_auto (StoreFixture) fixture = {0};
  guint edition = 1;
  const guint rounds = lykta_test_is_long () ? 300 : 25;
  store_fixture_set_up (&fixture);
  store_test_write_edition (fixture.store, edition);
  close_store (&fixture);

  for (guint round = 0; round < rounds; round++) {
    int status;
    const guint microseconds = 500 + g_test_rand_int_range (0, 40000);
    const pid_t child = fork ();
    if (child == 0) {
      write_until_killed (fixture.path, edition + 1, microseconds);
      _exit (1);
    }
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGALRM);
    reopen_as (&fixture, FALSE);
    const guint found = store_test_read_edition (fixture.store);
    g_assert_cmpuint (found, >=, edition);
    edition = found;
    close_store (&fixture);
  }
}

/* ---- together ---- */

typedef struct {
  LyktaContentStore *store;
  int n_written; /* (atomic) */
} Together;

static gpointer
write_many (gpointer data)
{
  Together *together = data;

  for (guint edition = 2; edition < 12; edition++) {
    store_test_write_edition (together->store, edition);
    g_atomic_int_inc (&together->n_written);
  }
  return NULL;
}

/* Whoever reads while another writes waits for nobody and sees one edition at a time. */
static void
test_reading_while_writing (void)
{
  g_auto (StoreFixture) fixture = {0};
  store_fixture_set_up (&fixture);
  store_test_write_edition (fixture.store, 1);
  Together together = {.store = fixture.store};
  g_autoptr (GThread) thread = g_thread_new ("writer", write_many, &together);
  guint before = 1;

  while (g_atomic_int_get (&together.n_written) < 10) {
    g_autoptr (LyktaContentReader) reader = store_fixture_reader (&fixture);
    g_autoptr (LyktaQuery) all = lykta_query_new ("sv", lykta_test_moment (STORE_FIXTURE_NOW));
    g_autoptr (GPtrArray) cards = lykta_content_reader_list (reader, all, 0, 200, NULL);
    g_assert_cmpuint (cards->len, ==, 200);
    const char *title = lykta_card_get_fields (cards->pdata[0])->title;
    for (guint i = 1; i < cards->len; i++)
      g_assert_cmpstr (lykta_card_get_fields (cards->pdata[i])->title, ==, title);
    const guint edition = (guint)g_ascii_strtoull (title + strlen ("Utgåva"), NULL, 10);
    g_assert_cmpuint (edition, >=, before);
    before = edition;
  }
  g_thread_join (g_steal_pointer (&thread));
  g_assert_cmpuint (store_test_read_edition (fixture.store), ==, 11);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/store/trouble/left-clean", test_left_clean);
  g_test_add_func ("/store/trouble/damaged", test_damaged);
  g_test_add_func ("/store/trouble/damage-met-by-a-reader", test_damage_met_by_a_reader);
  g_test_add_func ("/store/trouble/not-ours", test_not_ours);
  g_test_add_func ("/store/trouble/damaged-but-in-use", test_damaged_but_in_use);
  g_test_add_func ("/store/trouble/read-only", test_read_only);
  g_test_add_func ("/store/trouble/read-only-file", test_read_only_file);
  g_test_add_func ("/store/trouble/full", test_full);
  g_test_add_func ("/store/trouble/full-disk", test_full_disk);
  g_test_add_func ("/store/trouble/killed", test_killed);
  g_test_add_func ("/store/trouble/reading-while-writing", test_reading_while_writing);
  return g_test_run ();
}
