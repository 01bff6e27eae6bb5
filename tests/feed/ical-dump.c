/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads one calendar and prints what came of it: for the corpus test, in a process of its own, and
 * for people who want to see.  ical-dump FILE [-v | -q]
 * First line: result, activities, occurrences, quarantined, events, codes with their number; with
 * tabs between. -v: everything. -q: reads only, for measuring. */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "feed/lykta-ical.h"
#include "feed/lykta-occurrences.h"

/* Dates from 1970 to 2035 that are shown at most for one activity. */
#define FROM G_GINT64_CONSTANT (0)
#define TO   G_GINT64_CONSTANT (2051222400)

typedef struct {
  guint n_occurrences;
  gboolean is_verbose;
  gboolean is_quick;
} Dump;

static gboolean
on_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  Dump *dump = user_data;
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (LyktaOccurrence));
  g_autoptr (GError) why = NULL;
  LyktaTexts *title = lykta_activity_get_title (activity);

  if (dump->is_quick)
    return TRUE;
  lykta_expand_occurrences (activity, FROM, TO, out, &why);
  dump->n_occurrences += out->len;
  if (!dump->is_verbose)
    return TRUE;
  printf ("activity\t%s\t%s\t%u dates\t%s\n", lykta_activity_get_uid (activity),
          lykta_texts_get_n (title) > 0 ? lykta_texts_get_nth_text (title, 0) : "", out->len,
          why != NULL ? why->message : "");
  for (guint i = 0; i < MIN (out->len, 5); i++) {
    const LyktaOccurrence *occurrence = &g_array_index (out, LyktaOccurrence, i);
    g_autofree char *start = lykta_moment_to_rfc3339 (occurrence->start);
    g_autofree char *end = lykta_moment_to_rfc3339 (occurrence->end);
    printf ("\t%s\t%s\t%s\n", start, end, lykta_status_to_token (occurrence->status));
  }
  return TRUE;
}

/* "no-start=2 same-uid=1": each code once, notes too. */
static char *
codes_of (LyktaFeedReport *report)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < lykta_feed_report_get_n (report); i++) {
    const char *code = lykta_feed_report_get_nth (report, i)->code;
    if (g_hash_table_add (seen, (gpointer)code))
      g_string_append_printf (out, "%s%s=%u", out->len > 0 ? " " : "", code,
                              lykta_feed_report_count_code (report, code));
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

int
main (int argc, char **argv)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autoptr (GError) error = NULL;
  Dump dump = {0, argc > 2 && strcmp (argv[2], "-v") == 0, argc > 2 && strcmp (argv[2], "-q") == 0};
  const char *result = "ok";
  g_autofree char *codes = NULL;
  struct rusage usage;

  if (argc < 2)
    return 2;
  file = g_file_new_for_path (argv[1]);
  stream = g_file_read (file, NULL, &error);
  if (stream == NULL) {
    fprintf (stderr, "%s\n", error->message);
    return 2;
  }
  if (!lykta_ical_read (G_INPUT_STREAM (stream), "sv", report, on_activity, &dump, NULL, &error)) {
    static const char *const names[] = {"not-a-calendar", "truncated", "limit",
                                        "unsupported",    "invalid",   "io"};
    result = error->domain == LYKTA_FEED_ERROR ? names[error->code] : "error";
  }
  codes = codes_of (report);
  printf ("%s\t%u\t%u\t%u\t%u\t%s\n", result, lykta_feed_report_get_n_activities (report),
          dump.n_occurrences, lykta_feed_report_get_n_quarantined (report),
          lykta_feed_report_get_n_events_seen (report), codes);
  for (guint i = 0; i < lykta_feed_report_get_n (report); i++) {
    const LyktaFeedFinding *finding = lykta_feed_report_get_nth (report, i);
    if (dump.is_verbose || finding->severity >= LYKTA_FEED_QUARANTINED)
      printf ("%s\t%s\t%u\t%s\t%s\n", lykta_feed_severity_to_token (finding->severity),
              finding->code, finding->line, finding->uid != NULL ? finding->uid : "",
              finding->message);
  }
  getrusage (RUSAGE_SELF, &usage);
  if (dump.is_verbose || dump.is_quick)
    printf ("memory\t%ld KB\tcpu\t%.3f s\n", usage.ru_maxrss,
            (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6 +
                (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec / 1e6);
  return 0;
}
