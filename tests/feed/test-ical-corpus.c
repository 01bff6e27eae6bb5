/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real files of other projects, which are not in the repository: each in a process of its own, with
 * five seconds and 256 MB, against a table of what must come out. */
#include "config.h"

#include <string.h>
#include <sys/resource.h>

#include "support/lykta-test.h"

#define TABLE "tests/feed/corpus-expected.tsv"

/* The columns of the table. "reason" tells people why a file gives fewer activities than it holds
 * events; it is not compared. */
enum { PATH, RESULT, ACTIVITIES, OCCURRENCES, QUARANTINED, EVENTS, REASON, N_COLUMNS };

static void
limit_child (gpointer user_data)
{
  const struct rlimit cpu = {5, 5};
  const struct rlimit memory = {256 * 1024 * 1024, 256 * 1024 * 1024};

  setrlimit (RLIMIT_CPU, &cpu);
  /* The sanitizers reserve far more than they use. */
  if (g_getenv ("ASAN_OPTIONS") == NULL)
    setrlimit (RLIMIT_AS, &memory);
}

/* First line that ical-dump prints of @path; NULL when it did not end well. (transfer full) */
static char *
dump (const char *path, char **trouble)
{
  g_autofree char *program =
      g_build_filename (g_getenv ("LYKTA_BUILD_ROOT"), "tests", "feed", "ical-dump", NULL);
  const char *argv[] = {program, path, NULL};
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GBytes) err = NULL;
  g_autoptr (GError) error = NULL;
  gsize n;
  const char *text;

  g_subprocess_launcher_set_child_setup (launcher, limit_child, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_subprocess_communicate (process, NULL, NULL, &out, &err, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    *trouble = g_strdup_printf ("ended with status %d", g_subprocess_get_status (process));
  else if (g_bytes_get_size (err) > 0)
    *trouble = g_strdup ("wrote to standard error");
  text = g_bytes_get_data (out, &n);
  text = text != NULL ? text : "";
  return g_strndup (text, memchr (text, '\n', n) != NULL
                              ? (gsize)((const char *)memchr (text, '\n', n) - text)
                              : n);
}

static guint
check_row (const char *dir, char **columns)
{
  g_autofree char *path = g_build_filename (dir, columns[PATH], NULL);
  g_autofree char *trouble = NULL;
  g_autofree char *line = NULL;
  g_autofree char *expected =
      g_strjoin ("\t", columns[RESULT], columns[ACTIVITIES], columns[OCCURRENCES],
                 columns[QUARANTINED], columns[EVENTS], "", NULL);

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
    g_test_message ("%s: is missing", columns[PATH]);
    return 1;
  }
  line = dump (path, &trouble);
  if (trouble == NULL && g_str_has_prefix (line, expected))
    return 0;
  g_test_message ("%s: %s\n  expected %s\n  got      %s", columns[PATH],
                  trouble != NULL ? trouble : "other result", expected, line);
  return 1;
}

static void
test_corpus (void)
{
  g_autofree char *dir = lykta_test_data_path ("ics");
  g_autoptr (GBytes) table = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_files = 0, n_wrong = 0;

  if (!lykta_test_need_path (dir, "the calendars of other projects (LYKTA_TEST_DATA)"))
    return;
  table = lykta_test_source_bytes (TABLE);
  lines = g_strsplit (g_bytes_get_data (table, NULL), "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++) {
    g_auto (GStrv) columns = g_strsplit (lines[i], "\t", N_COLUMNS);
    if (g_strv_length (columns) < N_COLUMNS)
      continue;
    n_files++;
    n_wrong += check_row (dir, columns);
  }
  g_test_message ("%u files, %u of them not as in the table", n_files, n_wrong);
  g_assert_cmpuint (n_files, >=, 605);
  g_assert_cmpuint (n_wrong, ==, 0);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/feed/ical/corpus", test_corpus);
  return g_test_run ();
}
