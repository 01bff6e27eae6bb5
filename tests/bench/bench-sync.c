/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The real engine in one process that stays, for measurements: bench-sync DATA_DIR CA_FILE|- [NOW].
 * The clock is the machine's, or stands at NOW (Unix seconds). Says one JSON line for each line
 * that it is told on its standard input:
 *
 *   source ADDRESS        read this from now on (with "#KEY": a Lykta feed)
 *   languages TAG …       in these languages
 *   county CC             what is near comes first
 *   metered               as on mobile data
 *   run | force           one refresh, on its thread, while the main loop turns
 *   auto                  one refresh, if the policy finds that it is time
 *   idle                  nothing, as long as a refresh takes: what the machine itself holds up
 *
 * "blocked" is the longest time for which the main loop did not come round, in milliseconds, while
 * the list of a screen was read twenty times a second. "cpu" is that of the whole process. */

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "net/lykta-file-fetcher.h"
#include "net/lykta-route-fetcher.h"
#include "net/lykta-soup-fetcher.h"
#include "store/lykta-content-reader.h"
#include "sync/lykta-sync-engine.h"

#define TICK_MILLISECONDS 1
#define PAGE_MILLISECONDS 50
#define IDLE_MILLISECONDS 1500
#define PAGE              50

typedef struct {
  GMainLoop *loop;
  LyktaContentStore *content;
  LyktaContentReader *reader;
  LyktaClock *clock;
  LyktaConnectivity *connectivity;
  LyktaSyncEngine *engine;
  LyktaSyncReport *report;
  char *device_path;
  gint64 last_tick;
  gint64 last_page;
  gint64 longest; /* microseconds */
  gint64 longest_page;
  gint64 begin;
  gint64 first_listed; /* when a page had something on it for the first time; 0 not yet */
} Bench;

static void
read_page (Bench *self)
{
  g_autoptr (LyktaQuery) query = lykta_query_new ("sv", lykta_clock_now (self->clock));
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GPtrArray) cards = NULL;

  cards = lykta_content_reader_list (self->reader, query, 0, PAGE, NULL);
  self->longest_page = MAX (self->longest_page, g_get_monotonic_time () - begin);
  if (self->first_listed == 0 && cards != NULL && cards->len > 0)
    self->first_listed = g_get_monotonic_time ();
}

static gboolean
on_tick (gpointer user_data)
{
  Bench *self = user_data;
  gint64 now = g_get_monotonic_time ();

  self->longest = MAX (self->longest, now - self->last_tick - TICK_MILLISECONDS * 1000);
  if (now - self->last_page > PAGE_MILLISECONDS * G_TIME_SPAN_MILLISECOND) {
    read_page (self);
    self->last_page = g_get_monotonic_time ();
  }
  self->last_tick = now;
  return G_SOURCE_CONTINUE;
}

static gboolean
on_idle_over (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_ready (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Bench *self = user_data;
  g_autoptr (GError) error = NULL;

  self->report = lykta_sync_engine_run_finish (LYKTA_SYNC_ENGINE (object), result, &error);
  if (error != NULL)
    g_printerr ("bench-sync: %s\n", error->message);
  g_main_loop_quit (self->loop);
}

static double
cpu_seconds (struct rusage *usage)
{
  getrusage (RUSAGE_SELF, usage);
  return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
         (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

/* "VmHWM" or "VmRSS" of this process, in kB. */
static long
memory_of (const char *name)
{
  g_autofree char *text = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  line = text != NULL ? strstr (text, name) : NULL;
  return line != NULL ? strtol (line + strlen (name) + 1, NULL, 10) : 0;
}

static void
forget_highest_memory (void)
{
  FILE *file = fopen ("/proc/self/clear_refs", "we");

  if (file == NULL)
    return;
  fputs ("5", file);
  fclose (file);
}

static void
tell (Bench *self, double seconds, double cpu, long idle_memory)
{
  const LyktaSyncResult *result = NULL;
  guint64 wire = 0;
  gint64 next = 0;
  g_autofree char *detail = NULL;

  for (guint i = 0; self->report != NULL && i < lykta_sync_report_get_n_results (self->report);
       i++) {
    result = lykta_sync_report_get_result (self->report, i);
    wire += result->bytes_on_wire;
  }
  if (self->report != NULL)
    next = lykta_sync_report_get_next_attempt (self->report);
  detail = g_strdup (result != NULL && result->detail != NULL ? result->detail : "");
  g_strdelimit (detail, "\"\\\n", '\'');
  printf ("{\"outcome\": \"%s\", \"failure\": \"%s\", \"detail\": \"%s\", \"activities\": %u, "
          "\"wire\": %" G_GUINT64_FORMAT ", \"seconds\": %.4f, \"cpu\": %.4f, \"blocked\": %.2f, "
          "\"page\": %.2f, \"memory_kb\": %ld, \"idle_kb\": %ld, \"next\": %" G_GINT64_FORMAT
          ", \"listed\": %.3f}\n",
          result != NULL ? lykta_sync_outcome_to_token (result->outcome) : "none",
          result != NULL ? lykta_sync_failure_to_token (result->failure) : "none", detail,
          result != NULL ? result->n_activities : 0, wire, seconds, cpu,
          (double)self->longest / 1000, (double)self->longest_page / 1000, memory_of ("VmHWM:"),
          idle_memory, next,
          self->first_listed > 0 ? (double)(self->first_listed - self->begin) / 1e6 : seconds);
  fflush (stdout);
  g_clear_pointer (&self->report, lykta_sync_report_unref);
}

static void
run (Bench *self, gboolean is_idle, LyktaSyncFlags flags)
{
  struct rusage usage;
  long idle_memory;
  double cpu;
  gint64 begin;
  g_autoptr (GSource) ticks = g_timeout_source_new (TICK_MILLISECONDS);
  g_autoptr (GSource) end = g_timeout_source_new (IDLE_MILLISECONDS);

  forget_highest_memory ();
  idle_memory = memory_of ("VmRSS:");
  cpu = cpu_seconds (&usage);
  begin = self->begin = g_get_monotonic_time ();
  self->first_listed = 0;
  self->longest = self->longest_page = 0;
  self->last_tick = self->last_page = begin;
  g_source_set_priority (ticks, G_PRIORITY_HIGH);
  g_source_set_callback (ticks, on_tick, self, NULL);
  g_source_attach (ticks, NULL);
  g_source_set_callback (end, on_idle_over, self->loop, NULL);
  if (is_idle)
    g_source_attach (end, NULL);
  else
    lykta_sync_engine_run_async (self->engine, flags, NULL, NULL, on_ready, self);
  g_main_loop_run (self->loop);
  g_source_destroy (ticks);
  tell (self, (double)(g_get_monotonic_time () - begin) / 1e6, cpu_seconds (&usage) - cpu,
        idle_memory);
}

static void
configure (Bench *self, const char *what, char **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaDeviceStore) device =
      lykta_device_store_open (self->device_path, self->clock, &error);
  g_autoptr (LyktaSourceList) list = device != NULL ? lykta_source_list_new (device) : NULL;

  if (g_str_equal (what, "metered"))
    lykta_fixed_connectivity_set (LYKTA_FIXED_CONNECTIVITY (self->connectivity),
                                  LYKTA_CONNECTION_METERED);
  else if (list != NULL && g_str_equal (what, "county"))
    lykta_source_list_set_county (list, words[0], &error);
  else if (list != NULL && g_str_equal (what, "languages"))
    lykta_source_list_set_languages (list, (const char *const *)words, &error);
  else if (list != NULL)
    lykta_source_list_set_addresses (list, (const char *const *)words, &error);
  if (error != NULL)
    g_printerr ("bench-sync: %s\n", error->message);
  printf ("{\"outcome\": \"%s\"}\n", error == NULL ? "configured" : "failed");
  fflush (stdout);
}

static gboolean
bench_open (Bench *self, const char *folder, const char *ca_file, const char *now, GError **error)
{
  g_autoptr (LyktaFetcher) local = lykta_file_fetcher_new ();
  g_autoptr (LyktaFetcher) remote = lykta_soup_fetcher_new (ca_file);
  g_autoptr (LyktaFetcher) fetcher = lykta_route_fetcher_new (local, remote);
  g_autoptr (LyktaRandom) random = lykta_system_random_new ();
  g_autofree char *path = g_build_filename (folder, "content.db", NULL);

  g_mkdir_with_parents (folder, 0700);
  self->clock = now != NULL ? lykta_fixed_clock_new (g_ascii_strtoll (now, NULL, 10))
                            : lykta_system_clock_new ();
  self->connectivity = lykta_fixed_connectivity_new (LYKTA_CONNECTION_UNMETERED);
  self->loop = g_main_loop_new (NULL, FALSE);
  self->device_path = g_build_filename (folder, "device.db", NULL);
  self->content = lykta_content_store_open (path, self->clock, error);
  if (self->content == NULL)
    return FALSE;
  self->engine = lykta_sync_engine_new (self->content, self->device_path, folder, fetcher,
                                        self->connectivity, self->clock, random);
  self->reader = lykta_content_store_new_reader (self->content, error);
  return self->reader != NULL;
}

int
main (int argc, char **argv)
{
  Bench self = {0};
  g_autoptr (GError) error = NULL;
  char line[4096];

  if (argc != 3 && argc != 4) {
    g_printerr ("usage: bench-sync DATA_DIR CA_FILE|- [NOW]\n");
    return 2;
  }
  if (!bench_open (&self, argv[1], g_str_equal (argv[2], "-") ? NULL : argv[2],
                   argc > 3 ? argv[3] : NULL, &error)) {
    g_printerr ("bench-sync: %s\n", error->message);
    return 1;
  }
  while (fgets (line, sizeof line, stdin) != NULL) {
    g_auto (GStrv) words = g_strsplit (g_strstrip (line), " ", -1);

    if (g_str_equal (words[0], "run"))
      run (&self, FALSE, LYKTA_SYNC_MANUAL);
    else if (g_str_equal (words[0], "force"))
      run (&self, FALSE, LYKTA_SYNC_MANUAL | LYKTA_SYNC_FORCE);
    else if (g_str_equal (words[0], "auto"))
      run (&self, FALSE, LYKTA_SYNC_NONE);
    else if (g_str_equal (words[0], "idle"))
      run (&self, TRUE, LYKTA_SYNC_NONE);
    else
      configure (&self, words[0], words + 1);
  }
  g_clear_object (&self.reader);
  g_clear_object (&self.engine);
  g_clear_object (&self.content);
  g_clear_object (&self.connectivity);
  g_clear_object (&self.clock);
  g_free (self.device_path);
  g_main_loop_unref (self.loop);
  return 0;
}
