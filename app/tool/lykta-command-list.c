/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-commands.h"
#include "tool/lykta-tool-json.h"

#include <math.h>

#include "base/lykta-limits.h"
#include "sync/lykta-period-calendar.h"
#include "text/lykta-date-format.h"
#include "text/lykta-plain-text.h"
#include "tool/lykta-tool-words.h"

/* Rows are read and printed in pages: the whole calendar never stands in memory. */
#define PAGE 1000

/* The command line of `list`, as it was given. */
typedef struct {
  char *language; /* (owned) (nullable), as all strings here */
  char *from;
  int days;
  char **purposes;
  gboolean is_childcare;
  gboolean is_women;
  gboolean is_online;
  gboolean is_certificate;
  char *near;
  double within_km;
  char *search;
  char *source;
  int limit; /* -1: all */
} ListOptions;

static void
list_options_clear (ListOptions *options)
{
  g_free (options->language);
  g_free (options->from);
  g_strfreev (options->purposes);
  g_free (options->near);
  g_free (options->search);
  g_free (options->source);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ListOptions, list_options_clear)

static gboolean
parse_options (LyktaTool *tool, ListOptions *options, int argc, char **argv)
{
  const GOptionEntry entries[] = {
      {"lang", 0, 0, G_OPTION_ARG_STRING, &options->language, N_ ("Language of the reader"), "TAG"},
      {"from", 0, 0, G_OPTION_ARG_STRING, &options->from, N_ ("First day"), "YYYY-MM-DD"},
      {"days", 0, 0, G_OPTION_ARG_INT, &options->days, N_ ("How many days"), "N"},
      {"purpose", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->purposes,
       N_ ("Only this purpose; may be given several times"), "swedish|society|work|health"},
      {"childcare", 0, 0, G_OPTION_ARG_NONE, &options->is_childcare, N_ ("With childcare"), NULL},
      {"women", 0, 0, G_OPTION_ARG_NONE, &options->is_women, N_ ("For women only"), NULL},
      {"online", 0, 0, G_OPTION_ARG_NONE, &options->is_online, N_ ("Online"), NULL},
      {"certificate", 0, 0, G_OPTION_ARG_NONE, &options->is_certificate,
       N_ ("That offer certificates"), NULL},
      {"near", 0, 0, G_OPTION_ARG_STRING, &options->near, N_ ("Measure from here"), "LAT,LON"},
      {"within", 0, 0, G_OPTION_ARG_DOUBLE, &options->within_km, N_ ("Not farther away"), "KM"},
      {"search", 0, 0, G_OPTION_ARG_STRING, &options->search, N_ ("With these words"), "TEXT"},
      {"source", 0, 0, G_OPTION_ARG_STRING, &options->source, N_ ("From this source"), "ID"},
      {"limit", 0, 0, G_OPTION_ARG_INT, &options->limit, N_ ("At most so many"), "N"},
      G_OPTION_ENTRY_NULL,
  };

  return lykta_tool_parse (tool, entries, NULL, _ ("Lists the dates of activities, by day."), 0, 0,
                           &argc, &argv);
}

/* Takes the place of @query with what is the same but for one thing. */
static void
replace_query (LyktaQuery **query, LyktaQuery *changed)
{
  lykta_query_unref (*query);
  *query = changed;
}

static gboolean
parse_position (const char *text, double *latitude, double *longitude)
{
  char *end = NULL;

  *latitude = g_ascii_strtod (text, &end);
  if (end == text || *end != ',')
    return FALSE;
  text = end + 1;
  *longitude = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (*latitude) && isfinite (*longitude) &&
         fabs (*latitude) <= 90 && fabs (*longitude) <= 180;
}

/* From now, or from the beginning of a day; whole days from there. */
static gboolean
parse_period (const ListOptions *options, gint64 now, gint64 *from, gint64 *to)
{
  LyktaDate day = lykta_date_of_moment (now);

  *from = now;
  if (options->from != NULL) {
    if (!lykta_date_parse (options->from, &day))
      return FALSE;
    *from = lykta_date_start (day);
  }
  *to = options->days > 0 ? lykta_date_start (lykta_date_add_days (day, options->days)) : 0;
  return TRUE;
}

static gboolean
parse_purposes (char **words, LyktaPurposes *purposes, const char **unknown)
{
  *purposes = LYKTA_PURPOSE_NONE;
  for (guint i = 0; words != NULL && words[i] != NULL; i++) {
    LyktaPurposes purpose = lykta_purpose_from_token (words[i]);

    if (purpose == LYKTA_PURPOSE_NONE) {
      *unknown = words[i];
      return FALSE;
    }
    *purposes |= purpose;
  }
  return TRUE;
}

/* The query that the options ask for; NULL after saying what is wrong with them. */
static LyktaQuery *
make_query (LyktaTool *tool, const ListOptions *options)
{
  const char *language = lykta_tool_choose_language (tool, options->language);
  const char *unknown = NULL;
  gint64 from = 0;
  gint64 to = 0;
  double latitude = NAN;
  double longitude = NAN;
  LyktaPurposes purposes;
  LyktaQuery *query;

  if (language == NULL)
    lykta_tool_usage (_ ("--lang: “%s” is not a language tag"), options->language);
  else if (options->days < 0 || options->days > 100000)
    lykta_tool_usage (_ ("--days: %d is not a number of days"), options->days);
  else if (options->limit < -1)
    lykta_tool_usage (_ ("--limit: %d is not a number of rows"), options->limit);
  else if (!parse_period (options, lykta_clock_now (lykta_tool_get_clock (tool)), &from, &to))
    lykta_tool_usage (_ ("--from: “%s” is not a day; write it as 2026-11-24"), options->from);
  else if (!parse_purposes (options->purposes, &purposes, &unknown))
    lykta_tool_usage (_ ("--purpose: “%s” is not one of swedish, society, work, health"), unknown);
  else if (options->near != NULL && !parse_position (options->near, &latitude, &longitude))
    lykta_tool_usage (_ ("--near: “%s” is not a position; write it as 59.33,18.07"), options->near);
  else if (isnan (options->within_km) || options->within_km < 0)
    lykta_tool_usage (_ ("--within: not a distance"));
  else if (options->within_km > 0 && options->near == NULL)
    lykta_tool_usage (_ ("--within needs --near"));
  else {
    query = lykta_query_new (language, from);
    replace_query (&query, lykta_query_with_period (query, from, to));
    replace_query (&query, lykta_query_with_purposes (query, purposes));
    replace_query (&query, lykta_query_with_childcare (query, options->is_childcare));
    replace_query (&query, lykta_query_with_women_only (query, options->is_women));
    replace_query (&query, lykta_query_with_online (query, options->is_online));
    replace_query (&query, lykta_query_with_certificate (query, options->is_certificate));
    replace_query (&query, lykta_query_with_search (query, options->search));
    replace_query (&query, lykta_query_with_source (query, options->source));
    replace_query (&query,
                   lykta_query_with_position (query, latitude, longitude, options->within_km));
    return query;
  }
  return NULL;
}

static void
add_row (JsonBuilder *builder, const LyktaCardFields *card)
{
  const LyktaOccurrence *date = &card->occurrence;
  LyktaTristate online = LYKTA_TRISTATE_UNKNOWN;

  if (date->attendance != LYKTA_ATTENDANCE_UNKNOWN)
    online = date->attendance == LYKTA_ATTENDANCE_ON_SITE ? LYKTA_TRISTATE_NO : LYKTA_TRISTATE_YES;

  json_builder_begin_object (builder);
  lykta_json_string (builder, "id", card->uid);
  lykta_json_string (builder, "source", card->source_id);
  lykta_json_string (builder, "title", card->title);
  lykta_json_string (builder, "title_language", card->title_language);
  lykta_json_moment (builder, "start", date->start);
  lykta_json_moment (builder, "end", date->end);
  lykta_json_bool (builder, "all_day", date->is_all_day);
  lykta_json_moment (builder, "original_start", date->original_start);
  lykta_json_string (builder, "status", lykta_status_to_token (date->status));
  lykta_json_bool (builder, "is_gone", date->is_gone);
  lykta_json_string (builder, "place", card->place);
  lykta_json_string (builder, "town", card->town);
  lykta_json_string (builder, "municipality_code", card->municipality_code);
  lykta_json_double (builder, "distance_km", card->distance_km, 3);
  lykta_json_string (builder, "organiser", card->organiser);
  lykta_json_purposes (builder, "purposes", card->purposes);
  lykta_json_string (builder, "primary_purpose",
                     card->primary_purpose != LYKTA_PURPOSE_NONE
                         ? lykta_purpose_to_token (card->primary_purpose)
                         : NULL);
  lykta_json_string (builder, "audience", lykta_audience_to_token (date->audience));
  lykta_json_tristate (builder, "childcare", card->childcare);
  lykta_json_string (builder, "attendance", lykta_attendance_to_token (date->attendance));
  lykta_json_tristate (builder, "online", online);
  lykta_json_bool (builder, "offers_certificate", card->offers_certificate);
  lykta_json_bool (builder, "is_sample", card->is_sample);
  json_builder_end_object (builder);
}

static void
print_row (const LyktaCardFields *card, gboolean is_first)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = NULL;

  add_row (builder, card);
  text = lykta_json_to_text (builder, FALSE);
  g_print ("%s%s", is_first ? "\n" : ",\n", text);
}

/* One date on two lines, under the heading of its day. */
static void
print_card (LyktaTool *tool, const char *language, const LyktaCardFields *card, gint32 *day)
{
  LyktaDate date = lykta_date_of_moment (card->occurrence.start);
  g_autofree char *times = NULL;
  g_autofree char *where = lykta_words_place_line (card, language);
  g_autofree char *title = lykta_isolate (card->title);
  g_autofree char *uid = lykta_tool_one_line (card->uid);
  const char *note = lykta_words_date (&card->occurrence);

  if (lykta_date_to_day_number (date) != *day) {
    LyktaDate today = lykta_date_of_moment (lykta_clock_now (lykta_tool_get_clock (tool)));
    g_autofree char *heading = lykta_format_day_heading (language, date, today);

    g_print ("%s%s\n", *day == G_MININT32 ? "" : "\n", heading);
    *day = lykta_date_to_day_number (date);
  }
  if (card->occurrence.is_all_day)
    /* Translators: stands in place of the time of an activity */
    times = g_strdup (_ ("all day"));
  else
    times = lykta_format_time_range (language, card->occurrence.start, card->occurrence.end);
  g_print ("  %s  %s%s%s\n", times, title, note != NULL ? " – " : "", note != NULL ? note : "");
  g_print ("      %s\n      %s\n", where, uid);
}

static int
print_all (LyktaTool *tool, LyktaContentReader *reader, LyktaQuery *query, int limit)
{
  const char *language = lykta_query_get_language (query);
  gint32 day = G_MININT32;
  guint offset = 0;
  guint wanted;

  if (lykta_tool_is_json (tool))
    g_print ("[");
  do {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) cards = NULL;

    wanted = limit < 0 ? PAGE : MIN (PAGE, (guint)limit - offset);
    if (wanted == 0)
      break;
    cards = lykta_content_reader_list (reader, query, offset, wanted, &error);
    if (cards == NULL)
      return lykta_tool_fail_error (error);
    for (guint i = 0; i < cards->len; i++) {
      const LyktaCardFields *card = lykta_card_get_fields (g_ptr_array_index (cards, i));

      if (lykta_tool_is_json (tool))
        print_row (card, offset + i == 0);
      else
        print_card (tool, language, card, &day);
    }
    offset += cards->len;
    if (cards->len < wanted)
      break;
  } while (TRUE);
  if (lykta_tool_is_json (tool))
    g_print ("%s]\n", offset > 0 ? "\n" : "");
  else if (offset == 0 && limit != 0)
    g_printerr ("%s\n", _ ("Nothing found. “lyktactl status” tells how the calendar fares."));
  return LYKTA_TOOL_OK;
}

/* Any period can be asked for; the days that the store does not keep are expanded for the occasion.
 */
static int
list (LyktaTool *tool, LyktaQuery *query, int limit)
{
  LyktaContentReader *reader = lykta_tool_get_reader (tool);
  const gint64 now = lykta_clock_now (lykta_tool_get_clock (tool));
  const gint64 from = lykta_query_get_from (query);
  gint64 to = lykta_query_get_to (query);
  g_autoptr (GError) error = NULL;

  if (lykta_period_is_kept (now, from, to))
    return print_all (tool, reader, query, limit);
  if (to == 0)
    to = MAX (now, from) + LYKTA_HORIZON_DAYS * G_GINT64_CONSTANT (86400);
  g_autoptr (LyktaPeriodCalendar) calendar = lykta_period_calendar_new (reader, from, to, &error);
  if (calendar == NULL)
    return lykta_tool_fail_error (error);
  return print_all (tool, lykta_period_calendar_get_reader (calendar), query, limit);
}

int
lykta_command_list (LyktaTool *tool, int argc, char **argv)
{
  g_auto (ListOptions) options = {.limit = -1};
  g_autoptr (LyktaQuery) query = NULL;
  g_autoptr (GError) error = NULL;

  if (!parse_options (tool, &options, argc, argv))
    return LYKTA_TOOL_USAGE;
  query = make_query (tool, &options);
  if (query == NULL)
    return LYKTA_TOOL_USAGE;
  if (!lykta_tool_open (tool, &error))
    return lykta_tool_fail_error (error);
  return list (tool, query, options.limit);
}
