/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-commands.h"
#include "tool/lykta-tool-json.h"

#include <gio/gunixinputstream.h>
#include <unistd.h>

#include "feed/lykta-feed-read.h"

static gboolean
on_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  return TRUE;
}

/* (transfer full) */
static GInputStream *
open_feed (const char *name, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (g_str_equal (name, "-"))
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);
  file = g_file_new_for_commandline_arg (name);
  return G_INPUT_STREAM (g_file_read (file, NULL, error));
}

static void
print_json (const char *name, LyktaFormat format, LyktaFeedReport *report, gboolean is_readable)
{
  static const LyktaFeedSeverity severities[] = {LYKTA_FEED_NOTE, LYKTA_FEED_WARNING,
                                                 LYKTA_FEED_QUARANTINED, LYKTA_FEED_FATAL};
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  lykta_json_string (builder, "file", name);
  lykta_json_string (builder, "format",
                     format != LYKTA_FORMAT_AUTO ? lykta_format_to_token (format) : NULL);
  lykta_json_bool (builder, "readable", is_readable);
  lykta_json_int (builder, "events", lykta_feed_report_get_n_events_seen (report));
  lykta_json_int (builder, "activities", lykta_feed_report_get_n_activities (report));
  lykta_json_int (builder, "quarantined", lykta_feed_report_get_n_quarantined (report));
  lykta_json_begin_object (builder, "counts");
  for (guint i = 0; i < G_N_ELEMENTS (severities); i++) {
    lykta_json_int (builder, lykta_feed_severity_to_token (severities[i]),
                    lykta_feed_report_count (report, severities[i]));
  }
  json_builder_end_object (builder);
  lykta_json_begin_array (builder, "findings");
  for (guint i = 0; i < lykta_feed_report_get_n (report); i++) {
    const LyktaFeedFinding *finding = lykta_feed_report_get_nth (report, i);

    json_builder_begin_object (builder);
    lykta_json_string (builder, "severity", lykta_feed_severity_to_token (finding->severity));
    lykta_json_string (builder, "code", finding->code);
    lykta_json_int (builder, "line", finding->line);
    lykta_json_string (builder, "uid", finding->uid);
    lykta_json_string (builder, "message", finding->message);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  lykta_json_print (builder);
}

static void
print_people (const char *name, LyktaFeedReport *report)
{
  guint n_events = lykta_feed_report_get_n_events_seen (report);
  guint n_activities = lykta_feed_report_get_n_activities (report);
  guint n_quarantined = lykta_feed_report_get_n_quarantined (report);
  guint n_shown = lykta_feed_report_get_n (report);
  guint n_all = 0;

  for (LyktaFeedSeverity severity = LYKTA_FEED_NOTE; severity <= LYKTA_FEED_FATAL; severity++)
    n_all += lykta_feed_report_count (report, severity);
  for (guint i = 0; i < n_shown; i++) {
    const LyktaFeedFinding *finding = lykta_feed_report_get_nth (report, i);
    g_autofree char *uid = lykta_tool_one_line (finding->uid);

    g_print ("%s:%u: %s: %s: %s%s%s%s\n", name, finding->line,
             lykta_feed_severity_to_token (finding->severity), finding->code, finding->message,
             *uid != '\0' ? " [" : "", uid, *uid != '\0' ? "]" : "");
  }
  if (n_all > n_shown) {
    g_print (ngettext ("%u more finding of the same kinds is not listed.",
                       "%u more findings of the same kinds are not listed.", n_all - n_shown),
             n_all - n_shown);
    g_print ("\n");
  }
  /* Translators: the three lines that end a check of a calendar file */
  g_print (ngettext ("%u event in the file", "%u events in the file", n_events), n_events);
  g_print ("\n");
  g_print (ngettext ("%u activity", "%u activities", n_activities), n_activities);
  g_print ("\n");
  g_print (
      ngettext ("%u event could not be taken in", "%u events could not be taken in", n_quarantined),
      n_quarantined);
  g_print ("\n");
}

static int
check (LyktaTool *tool, const char *name, const char *language)
{
  g_autoptr (LyktaFeedReport) report = lykta_feed_report_new ();
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  LyktaFormat format = LYKTA_FORMAT_AUTO;
  gboolean is_readable;

  stream = open_feed (name, &error);
  if (stream == NULL) {
    gboolean is_missing = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

    return lykta_tool_fail (is_missing ? LYKTA_TOOL_NOT_FOUND : LYKTA_TOOL_FAILED, "%s",
                            error->message);
  }
  is_readable = lykta_feed_read (stream, LYKTA_FORMAT_AUTO, language, report, on_activity, NULL,
                                 &format, NULL, &error);
  if (g_error_matches (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_IO) ||
      (error != NULL && error->domain != LYKTA_FEED_ERROR))
    return lykta_tool_fail_error (error);
  if (lykta_tool_is_json (tool))
    print_json (name, format, report, is_readable);
  else
    print_people (name, report);
  return is_readable && lykta_feed_report_get_n_quarantined (report) == 0 ? LYKTA_TOOL_OK
                                                                          : LYKTA_TOOL_BAD_INPUT;
}

int
lykta_command_check (LyktaTool *tool, int argc, char **argv)
{
  g_autofree char *language_option = NULL;
  const char *language = NULL;
  const GOptionEntry entries[] = {
      {"lang", 0, 0, G_OPTION_ARG_STRING, &language_option,
       N_ ("Language of texts that do not name theirs"), "TAG"},
      G_OPTION_ENTRY_NULL,
  };

  if (!lykta_tool_parse (tool, entries, "FILE",
                         _ ("Tells everything that is wrong with a calendar file; - reads it from "
                            "standard input."),
                         1, 1, &argc, &argv))
    return LYKTA_TOOL_USAGE;
  if (language_option != NULL) {
    language = lykta_tool_choose_language (tool, language_option);
    if (language == NULL)
      return lykta_tool_usage (_ ("--lang: “%s” is not a language tag"), language_option);
  }
  return check (tool, argv[1], language);
}
