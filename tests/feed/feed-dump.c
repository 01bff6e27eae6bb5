/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads one file of any format and prints what came of it, as the canonical lines of Lykta.
 *   feed-dump FILE [-q] [LANGUAGE]      -q: only the figures */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "feed/lykta-feed-read.h"
#include "feed/lykta-jsonld.h"

static gboolean
on_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  const gboolean *is_quiet = user_data;
  g_autoptr (GString) line = g_string_new (NULL);

  if (*is_quiet)
    return TRUE;
  lykta_jsonld_append (line, activity, LYKTA_JSONLD_WRITE_EVERYTHING);
  fputs (line->str, stdout);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autoptr (GError) error = NULL;
  gboolean is_quiet = argc > 2 && strcmp (argv[2], "-q") == 0;
  LyktaFormat format = LYKTA_FORMAT_AUTO;
  struct rusage usage;

  if (argc < 2)
    return 2;
  file = g_file_new_for_path (argv[1]);
  stream = g_file_read (file, NULL, &error);
  if (stream == NULL)
    return 2;
  lykta_feed_read (G_INPUT_STREAM (stream), LYKTA_FORMAT_AUTO, argc > 3 ? argv[3] : "sv", report,
                   on_activity, &is_quiet, &format, NULL, &error);
  for (guint i = 0; i < lykta_feed_report_get_n (report); i++) {
    const LyktaFeedFinding *finding = lykta_feed_report_get_nth (report, i);

    if (!is_quiet)
      printf ("%s\t%s\t%u\t%s\t%s\n", lykta_feed_severity_to_token (finding->severity),
              finding->code, finding->line, finding->uid != NULL ? finding->uid : "",
              finding->message);
  }
  getrusage (RUSAGE_SELF, &usage);
  printf ("%s\t%s\t%u events\t%u activities\t%u quarantined\t%.3f s CPU\t%ld KB\n",
          error != NULL ? error->message : "ok", lykta_format_to_token (format),
          lykta_feed_report_get_n_events_seen (report), lykta_feed_report_get_n_activities (report),
          lykta_feed_report_get_n_quarantined (report),
          (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6 +
              (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec / 1e6,
          usage.ru_maxrss);
  return 0;
}
