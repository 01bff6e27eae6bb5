/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-commands.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/lykta-atomic-file.h"
#include "paper/lykta-brochure.h"
#include "paper/lykta-programme-page.h"
#include "paper/lykta-programme-text.h"
#include "sync/lykta-period-calendar.h"
#include "tool/lykta-tool-json.h"

/* The longest period that still is a programme. */
#define MAX_DAYS  366
#define WEEK_DAYS 7
/* Of a folder that lies in a reception until there is a new one. */
#define BROCHURE_DAYS 56
/* Names that are offered when one was not understood. */
#define MAX_SUGGESTIONS 5

/* The command line of `programme`, as it was given. */
typedef struct {
  char *municipality; /* (owned) (nullable), as all strings here */
  char *county;
  char *language;
  char *second;
  char *from;
  char *format;
  char *output;
  int days;
  gboolean may_replace;
  gboolean is_brochure;
} ProgrammeOptions;

static void
programme_options_clear (ProgrammeOptions *options)
{
  g_free (options->municipality);
  g_free (options->county);
  g_free (options->language);
  g_free (options->second);
  g_free (options->from);
  g_free (options->format);
  g_free (options->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ProgrammeOptions, programme_options_clear)

/* What the options ask for, understood. */
typedef struct {
  const char *language;
  const LyktaArea *area;
  gint64 from;
  gint64 to;
  gboolean is_pdf;
  gboolean is_brochure;
} ProgrammeTask;

static gboolean
parse_options (LyktaTool *tool, ProgrammeOptions *options, int argc, char **argv)
{
  const GOptionEntry entries[] = {
      {"municipality", 0, 0, G_OPTION_ARG_STRING, &options->municipality,
       N_ ("Only in this municipality"), "CODE|NAME"},
      {"county", 0, 0, G_OPTION_ARG_STRING, &options->county, N_ ("Only in this county"),
       "CODE|NAME"},
      {"lang", 0, 0, G_OPTION_ARG_STRING, &options->language, N_ ("Language of the reader"), "TAG"},
      {"from", 0, 0, G_OPTION_ARG_STRING, &options->from, N_ ("First day"), "YYYY-MM-DD"},
      {"days", 0, 0, G_OPTION_ARG_INT, &options->days, N_ ("How many days"), "N"},
      {"format", 0, 0, G_OPTION_ARG_STRING, &options->format, N_ ("What to make"), "text|pdf"},
      {"brochure", 0, 0, G_OPTION_ARG_NONE, &options->is_brochure,
       N_ ("One line for each activity, as PDF, for welcome folders"), NULL},
      {"out", 0, 0, G_OPTION_ARG_FILENAME, &options->output, N_ ("File to write"), "FILE"},
      {"replace", 0, 0, G_OPTION_ARG_NONE, &options->may_replace, N_ ("Replace that file"), NULL},
      G_OPTION_ENTRY_NULL,
  };

  return lykta_tool_parse (tool, entries, NULL,
                           _ ("Writes a programme for letters and for paper: a week of activities "
                              "in the language of the reader and in Swedish."),
                           0, 0, &argc, &argv);
}

/* "Lund (1281), Lunda …" of what sounds like @name; NULL when nothing does. (transfer full) */
static char *
suggest (LyktaGazetteer *gazetteer, const char *name, gboolean is_county)
{
  g_autoptr (GPtrArray) areas =
      lykta_gazetteer_suggest (gazetteer, name, is_county, MAX_SUGGESTIONS);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < areas->len; i++) {
    const LyktaArea *area = g_ptr_array_index (areas, i);

    g_string_append_printf (names, "%s%s (%s)", i > 0 ? ", " : "", area->name, area->code);
  }
  return names->len > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

/* FALSE after saying that there is no such area, and which ones have a similar name. */
static gboolean
find_area (LyktaTool *tool, const char *name, gboolean is_county, const LyktaArea **area)
{
  LyktaGazetteer *gazetteer = lykta_tool_get_gazetteer (tool);
  g_autofree char *shown = lykta_tool_one_line (name);
  g_autofree char *similar = NULL;

  if (name == NULL)
    return TRUE;
  if (gazetteer == NULL) {
    lykta_tool_fail (LYKTA_TOOL_FAILED, "%s", _ ("the list of municipalities cannot be read"));
    return FALSE;
  }
  *area = is_county ? lykta_gazetteer_find_county (gazetteer, name)
                    : lykta_gazetteer_find_municipality (gazetteer, name);
  if (*area == NULL)
    *area = is_county ? lykta_gazetteer_find_county_by_name (gazetteer, name)
                      : lykta_gazetteer_find_by_name (gazetteer, name);
  if (*area != NULL)
    return TRUE;
  similar = suggest (gazetteer, name, is_county);
  if (similar != NULL)
    /* Translators: %1$s is what was asked for, %2$s some names that are like it. */
    lykta_tool_usage (_ ("“%1$s” is not the code or name of one. Is it one of these: %2$s?"), shown,
                      similar);
  else
    lykta_tool_usage (_ ("“%s” is not the code or name of one"), shown);
  return FALSE;
}

/* The first day at midnight, or now when today is asked for: all of it may be wanted in a letter.
 */
static gboolean
find_period (const ProgrammeOptions *options, gint64 now, ProgrammeTask *task)
{
  LyktaDate day = lykta_date_of_moment (now);

  if (options->from != NULL && !lykta_date_parse (options->from, &day))
    return FALSE;
  task->from = lykta_date_start (day);
  task->to = lykta_date_start (lykta_date_add_days (day, options->days));
  return TRUE;
}

/* By --format, else by the end of the file's name. */
static gboolean
find_format (const ProgrammeOptions *options, gboolean *is_pdf)
{
  if (options->is_brochure) {
    *is_pdf = TRUE;
    return options->format == NULL || g_str_equal (options->format, "pdf");
  }
  if (options->format != NULL) {
    *is_pdf = g_str_equal (options->format, "pdf");
    return *is_pdf || g_str_equal (options->format, "text");
  }
  *is_pdf = options->output != NULL && g_str_has_suffix (options->output, ".pdf");
  return TRUE;
}

/* Returns a LyktaToolExit. */
static int
understand (LyktaTool *tool, const ProgrammeOptions *options, ProgrammeTask *task)
{
  task->language = lykta_tool_choose_language (tool, options->language);
  if (task->language == NULL)
    return lykta_tool_usage (_ ("--lang: “%s” is not a language tag"), options->language);
  if (options->days < 1 || options->days > MAX_DAYS)
    return lykta_tool_usage (_ ("--days: %d is not a number of days"), options->days);
  if (!find_period (options, lykta_clock_now (lykta_tool_get_clock (tool)), task))
    return lykta_tool_usage (_ ("--from: “%s” is not a day; write it as 2026-11-24"),
                             options->from);
  task->is_brochure = options->is_brochure;
  if (!find_format (options, &task->is_pdf))
    return lykta_tool_usage (_ ("--format: “%s” is neither text nor pdf"), options->format);
  if (options->municipality != NULL && options->county != NULL)
    return lykta_tool_usage (_ ("--municipality and --county exclude each other"));
  if (!find_area (tool, options->municipality, FALSE, &task->area) ||
      !find_area (tool, options->county, TRUE, &task->area))
    return LYKTA_TOOL_USAGE;
  return LYKTA_TOOL_OK;
}

/* NULL after setting @error. (transfer full) */
static LyktaProgramme *
read_programme (LyktaTool *tool, const ProgrammeTask *task, GError **error)
{
  LyktaContentReader *reader = lykta_tool_get_reader (tool);
  const gint64 now = lykta_clock_now (lykta_tool_get_clock (tool));
  g_autoptr (LyktaQuery) always = lykta_query_new (task->language, task->from);
  g_autoptr (LyktaQuery) query = lykta_query_with_period (always, task->from, task->to);
  g_autoptr (LyktaPeriodCalendar) calendar = NULL;

  if (lykta_period_is_kept (now, task->from, task->to))
    return lykta_programme_new (reader, query, task->area, 0, error);
  calendar = lykta_period_calendar_new (reader, task->from, task->to, error);
  if (calendar == NULL)
    return NULL;
  return lykta_programme_new (lykta_period_calendar_get_reader (calendar), query, task->area, 0,
                              error);
}

/* What was made of a programme. */
typedef struct {
  GBytes *bytes; /* (owned) */
  guint n_pages; /* 0: text */
} Product;

static void
product_clear (Product *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Product, product_clear)

/* FALSE after setting @error. */
static gboolean
make (LyktaTool *tool,
      const ProgrammeTask *task,
      LyktaProgramme *programme,
      Product *product,
      GError **error)
{
  g_autoptr (LyktaCatalogue) words = lykta_catalogue_new (lykta_locale_dir (), task->language);
  g_autoptr (LyktaCatalogue) swedish = lykta_catalogue_new (lykta_locale_dir (), "sv");
  g_autoptr (LyktaPage) page = NULL;
  char *text;

  if (!task->is_pdf) {
    text = lykta_programme_to_text (programme, words, swedish);
    product->bytes = g_bytes_new_take (text, strlen (text));
    return TRUE;
  }
  page = task->is_brochure ? lykta_brochure_page_new (programme, words, swedish, error)
                           : lykta_programme_page_new (programme, words, swedish, error);
  if (page == NULL)
    return FALSE;
  product->n_pages = lykta_page_get_n_pages (page);
  product->bytes = lykta_page_to_pdf (page, lykta_clock_now (lykta_tool_get_clock (tool)), error);
  return product->bytes != NULL;
}

static void
print_json (const ProgrammeOptions *options,
            const ProgrammeTask *task,
            LyktaProgramme *programme,
            const Product *product)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gsize length;
  const char *data = g_bytes_get_data (product->bytes, &length);
  g_autofree char *text =
      options->output == NULL && !task->is_pdf ? g_strndup (data, length) : NULL;

  json_builder_begin_object (builder);
  lykta_json_string (builder, "language", task->language);
  lykta_json_string (builder, "area", task->area != NULL ? task->area->code : NULL);
  lykta_json_date (builder, "from", lykta_programme_get_from (programme));
  lykta_json_date (builder, "to", lykta_programme_get_to (programme));
  lykta_json_int (builder, "dates", lykta_programme_get_n_entries (programme));
  lykta_json_bool (builder, "is_cut", lykta_programme_is_cut (programme));
  lykta_json_date (builder, "next_day", lykta_programme_get_next_day (programme));
  lykta_json_moment (builder, "as_of", lykta_programme_get_as_of (programme));
  lykta_json_string (builder, "format", task->is_pdf ? "pdf" : "text");
  lykta_json_double (builder, "pages", product->n_pages > 0 ? product->n_pages : NAN, 0);
  lykta_json_string (builder, "file", options->output);
  lykta_json_string (builder, "text", text);
  json_builder_end_object (builder);
  lykta_json_print (builder);
}

/* Returns a LyktaToolExit. */
static int
write_file (const ProgrammeOptions *options, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;

  if (!options->may_replace && g_file_test (options->output, G_FILE_TEST_EXISTS))
    /* Translators: %s is the name of a file; “--replace” is what to type and stays as it is. */
    return lykta_tool_fail (LYKTA_TOOL_FAILED, _ ("%s is there already; --replace takes its place"),
                            options->output);
  if (!lykta_atomic_file_write (options->output, bytes, 0644, &error))
    return lykta_tool_fail_error (error);
  return LYKTA_TOOL_OK;
}

/* Returns a LyktaToolExit. */
static int
put_out (LyktaTool *tool,
         const ProgrammeOptions *options,
         const ProgrammeTask *task,
         LyktaProgramme *programme,
         const Product *product)
{
  gsize length;
  const char *data = g_bytes_get_data (product->bytes, &length);
  int code = options->output != NULL ? write_file (options, product->bytes) : LYKTA_TOOL_OK;

  if (code != LYKTA_TOOL_OK)
    return code;
  if (lykta_tool_is_json (tool)) {
    print_json (options, task, programme, product);
  } else if (options->output != NULL) {
    /* Translators: %s is the name of a file */
    g_print (_ ("Written: %s"), options->output);
    g_print ("\n");
  } else {
    /* What could not be written is noticed at the end of the run. */
    fwrite (data, 1, length, stdout);
  }
  return LYKTA_TOOL_OK;
}

int
lykta_command_programme (LyktaTool *tool, int argc, char **argv)
{
  g_auto (ProgrammeOptions) options = {.days = G_MININT};
  ProgrammeTask task = {0};
  g_autoptr (LyktaProgramme) programme = NULL;
  g_auto (Product) product = {0};
  g_autoptr (GError) error = NULL;
  int code;

  if (!parse_options (tool, &options, argc, argv))
    return LYKTA_TOOL_USAGE;
  if (options.days == G_MININT)
    options.days = options.is_brochure ? BROCHURE_DAYS : WEEK_DAYS;
  code = understand (tool, &options, &task);
  if (code != LYKTA_TOOL_OK)
    return code;
  if (!lykta_tool_open (tool, &error))
    return lykta_tool_fail_error (error);
  programme = read_programme (tool, &task, &error);
  if (programme == NULL || !make (tool, &task, programme, &product, &error))
    return lykta_tool_fail_error (error);
  return put_out (tool, &options, &task, programme, &product);
}
