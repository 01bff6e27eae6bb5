/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON and pages of other projects, which are not in the repository: each in a process of its own
 * with five seconds and 256 MB, against what must come out. */
#include "config.h"

#include <string.h>
#include <sys/resource.h>

#include "support/lykta-test.h"

static const struct {
  const char *path; /* below "events" of the test data */
  guint n_activities;
} files[] = {
    {"integreat-cms/augsburg_ar_events.json", 3},
    {"integreat-cms/augsburg_en_events.json", 3},
    {"integreat-cms/nurnberg_en_events.json", 1},
    {"extruct-jsonld/tests/samples/songkick/elysianfields.html", 4},
    {"extruct-jsonld/tests/samples/songkick/elysianfields_1.html", 4},
    {"extruct-jsonld/tests/samples/songkick/tovestyrke.html", 1},
    {"extruct-jsonld/tests/samples/songkick/Maxïmo Park Gigography, Tour History & Past Concerts.html",
     49},
    {"extruct-jsonld/tests/samples/songkick/Maxïmo Park Gigography, Tour History & Past Concerts.jsonld",
     49},
    {"extruct-jsonld/tests/samples/songkick/Years & Years Tickets, Tour Dates 2015 & Concerts.html",
     13},
    {"extruct-jsonld/tests/samples/songkick/Years & Years Tickets, Tour Dates 2015 & Concerts.jsonld",
     13},
    {"extruct-jsonld/tests/samples/songkick/Elysian Fields Brooklyn Tickets, The Owl Music Parlor, 31 "
     "Oct 2015.html",
     1},
    {"extruct-jsonld/tests/samples/songkick/jsonld_empty_item_test.html", 0},
    {"extruct-jsonld/tests/samples/songkick/jsonld_empty_item_test.jsonld", 0},
    {"extruct-jsonld/tests/samples/songkick/tovestyrke.json", 0},
    {"extruct-jsonld/tests/samples/schema.org/Event.001.html", 0},
    {"extruct-jsonld/tests/samples/schema.org/Event.002.json", 0},
    {"extruct-jsonld/tests/samples/schema.org/CreativeWork.001.jsonld", 0},
    {"extruct-jsonld/tests/samples/schema.org.invalid/AllocateAction.001.jsonld", 0},
    {"extruct-jsonld/tests/samples/schema.org.invalid/JoinAction.001.jsonld", 0},
    {"extruct-jsonld/tests/samples/misc/null_ld_mock.html", 0},
    {"extruct-jsonld/tests/samples/misc/null_ld_mock.jsonld", 0},
    {"extruct-jsonld/tests/samples/custom.invalid/JSONLD_with_JS_comment.html", 0},
    {"extruct-jsonld/tests/samples/custom.invalid/JSONLD_with_control_characters.html", 0},
    {"extruct-jsonld/tests/samples/custom.invalid/JSONLD_with_control_characters_comment.html", 0},
};

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

static void
check_file (const char *path, guint n_activities)
{
  g_autofree char *program =
      g_build_filename (g_getenv ("LYKTA_BUILD_ROOT"), "tests", "feed", "feed-dump", NULL);
  const char *argv[] = {program, path, "-q", NULL};
  g_autofree char *wanted = g_strdup_printf ("\t%u activities\t", n_activities);
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_child_setup (launcher, limit_child, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process) || strstr (out, wanted) == NULL)
    g_error ("%s: %s", path, out);
}

static void
test_files (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *relative = g_build_filename ("events", files[i].path, NULL);
    g_autofree char *path = lykta_test_data_path (relative);

    if (!lykta_test_need_path (path, "the collected JSON files (LYKTA_TEST_DATA)"))
      return;
    check_file (path, files[i].n_activities);
  }
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/feed/json-corpus", test_files);
  return g_test_run ();
}
