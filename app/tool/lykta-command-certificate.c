/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-commands.h"
#include "tool/lykta-tool-json.h"

#include <math.h>

#include "base/lykta-limits.h"
#include "desk/lykta-certificate-desk.h"
#include "print/lykta-cups-printer.h"
#include "tool/lykta-tool-words.h"

/* The command line of `certificate`, as it was given. */
typedef struct {
  char *name; /* (owned) (nullable), as all strings here */
  char *lma;
  char *purpose;
  char *language;
  char *output;
  char *source;
  char **fields; /* NAME=VALUE */
  gboolean is_blank;
  gboolean may_replace;
} CertificateOptions;

static void
certificate_options_clear (CertificateOptions *options)
{
  g_free (options->name);
  g_free (options->lma);
  g_free (options->purpose);
  g_free (options->language);
  g_free (options->output);
  g_free (options->source);
  g_strfreev (options->fields);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CertificateOptions, certificate_options_clear)

static gboolean
parse_options (LyktaTool *tool, CertificateOptions *options, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
      {"name", 0, 0, G_OPTION_ARG_STRING, &options->name, N_ ("Name of the holder"), "NAME"},
      {"lma", 0, 0, G_OPTION_ARG_STRING, &options->lma, N_ ("Number of the LMA card"), "NN-NNNNNN"},
      {"purpose", 0, 0, G_OPTION_ARG_STRING, &options->purpose, N_ ("What the certificate is for"),
       "participation|travel|mobile-data"},
      {"set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->fields,
       N_ ("Fill in a field of the form; may be given several times"), "FIELD=VALUE"},
      {"lang", 0, 0, G_OPTION_ARG_STRING, &options->language, N_ ("Language of the holder"), "TAG"},
      {"output", 0, 0, G_OPTION_ARG_FILENAME, &options->output, N_ ("File to write"), "FILE.pdf"},
      {"replace", 0, 0, G_OPTION_ARG_NONE, &options->may_replace, N_ ("Replace that file"), NULL},
      {"source", 0, 0, G_OPTION_ARG_STRING, &options->source, N_ ("From this source"), "ID"},
      {"blank", 0, 0, G_OPTION_ARG_NONE, &options->is_blank,
       N_ ("A form to fill in by hand; needs no ID"), NULL},
      G_OPTION_ENTRY_NULL,
  };

  return lykta_tool_parse (tool, entries, "[ID]",
                           _ ("Makes a certificate of participation as PDF."), 0, 1, argc, argv);
}

/* Opens the form with what is known of the activity. Returns a LyktaToolExit. */
static int
begin (LyktaTool *tool,
       LyktaCertificateDesk *desk,
       const CertificateOptions *options,
       const char *uid,
       const char *language)
{
  LyktaContentReader *reader = lykta_tool_get_reader (tool);
  gint64 now = lykta_clock_now (lykta_tool_get_clock (tool));
  gint64 today = lykta_date_start (lykta_date_of_moment (now));
  gint64 activity_id = 0;
  gboolean is_open_ended;
  g_autoptr (LyktaActivity) activity = NULL;
  g_autoptr (GArray) dates = NULL;
  g_autoptr (GError) error = NULL;

  activity = lykta_content_reader_get_activity (reader, options->source, uid, &activity_id, &error);
  if (error != NULL)
    return lykta_tool_fail_error (error);
  if (activity == NULL)
    return lykta_tool_fail (LYKTA_TOOL_NOT_FOUND, _ ("There is no activity “%s”."), uid);
  dates = lykta_content_reader_get_occurrences (reader, activity_id, today, 0, &error);
  if (dates == NULL)
    return lykta_tool_fail_error (error);
  /* What reaches the horizon of stored dates may well go on behind it. */
  is_open_ended = dates->len > 0 && g_array_index (dates, LyktaOccurrence, dates->len - 1).start >
                                        today + (LYKTA_HORIZON_DAYS - 31) * 86400;
  lykta_certificate_desk_begin (desk, activity, dates, is_open_ended, language);
  return LYKTA_TOOL_OK;
}

static int
set_field (LyktaCertificateDesk *desk, const char *name, const char *value)
{
  LyktaCertificateField field;

  if (value == NULL)
    return LYKTA_TOOL_OK;
  if (!lykta_certificate_field_from_token (name, &field))
    return lykta_tool_usage (_ ("--set: there is no field “%s”"), name);
  /* What cannot be read is a problem of the form, told with the others. */
  lykta_certificate_desk_set_field (desk, field, value);
  return LYKTA_TOOL_OK;
}

static int
fill_in (LyktaCertificateDesk *desk, const CertificateOptions *options)
{
  int code = LYKTA_TOOL_OK;

  if (options->purpose != NULL &&
      !g_str_equal (
          lykta_certificate_use_to_token (lykta_certificate_use_from_token (options->purpose)),
          options->purpose))
    return lykta_tool_usage (_ ("--purpose: “%s” is not one of participation, travel, mobile-data"),
                             options->purpose);
  code = MAX (code, set_field (desk, "use", options->purpose));
  code = MAX (code, set_field (desk, "holder-name", options->name));
  code = MAX (code, set_field (desk, "lma-number", options->lma));
  for (guint i = 0; options->fields != NULL && options->fields[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (options->fields[i], "=", 2);

    if (g_strv_length (parts) != 2)
      return lykta_tool_usage (_ ("--set: write it as FIELD=VALUE"));
    code = MAX (code, set_field (desk, parts[0], parts[1]));
  }
  return code;
}

static void
print_json (const char *output, LyktaPage *page, GArray *problems, gboolean is_draft)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  lykta_json_string (builder, "file", output);
  lykta_json_bool (builder, "draft", is_draft);
  lykta_json_double (builder, "pages", page != NULL ? lykta_page_get_n_pages (page) : NAN, 0);
  lykta_json_begin_array (builder, "problems");
  for (guint i = 0; problems != NULL && i < problems->len; i++) {
    const LyktaCertificateProblem *problem = &g_array_index (problems, LyktaCertificateProblem, i);

    json_builder_begin_object (builder);
    lykta_json_string (builder, "field", lykta_certificate_field_to_token (problem->field));
    lykta_json_string (builder, "code", lykta_certificate_problem_to_token (problem->code));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  lykta_json_print (builder);
}

static int
refuse (LyktaTool *tool, GArray *problems)
{
  if (lykta_tool_is_json (tool))
    print_json (NULL, NULL, problems, TRUE);
  lykta_tool_fail (LYKTA_TOOL_BAD_INPUT, "%s", _ ("The certificate was not made:"));
  for (guint i = 0; i < problems->len; i++) {
    const LyktaCertificateProblem *problem = &g_array_index (problems, LyktaCertificateProblem, i);

    g_printerr ("  %s: %s\n", lykta_certificate_field_to_token (problem->field),
                lykta_words_problem (problem->code));
  }
  return LYKTA_TOOL_BAD_INPUT;
}

static int
save (LyktaTool *tool,
      LyktaCertificateDesk *desk,
      LyktaPage *page,
      const CertificateOptions *options)
{
  g_autoptr (GError) error = NULL;

  if (!lykta_certificate_desk_save (desk, page, options->output, options->may_replace, &error))
    return lykta_tool_fail_error (error);
  if (lykta_tool_is_json (tool)) {
    print_json (options->output, page, NULL, !options->is_blank);
  } else {
    /* Translators: %s is the name of a file */
    g_print (_ ("Written: %s"), options->output);
    g_print ("\n");
    if (!options->is_blank)
      g_print ("%s\n", _ ("It is a draft and marked so: signing does not exist yet."));
  }
  return LYKTA_TOOL_OK;
}

static int
make (LyktaTool *tool,
      LyktaCertificateDesk *desk,
      const CertificateOptions *options,
      const char *uid,
      const char *language)
{
  g_autoptr (LyktaPage) page = NULL;
  int code = LYKTA_TOOL_OK;

  if (uid != NULL)
    code = begin (tool, desk, options, uid, language);
  if (code == LYKTA_TOOL_OK && !options->is_blank)
    code = fill_in (desk, options);
  if (code != LYKTA_TOOL_OK)
    return code;
  if (options->is_blank) {
    page = lykta_certificate_desk_make_blank (desk, language, uid != NULL);
  } else {
    g_autoptr (GArray) problems = lykta_certificate_desk_validate (desk);

    if (problems->len > 0)
      return refuse (tool, problems);
    page = lykta_certificate_desk_make_page (desk);
  }
  code = save (tool, desk, page, options);
  lykta_certificate_desk_end (desk);
  return code;
}

int
lykta_command_certificate (LyktaTool *tool, int argc, char **argv)
{
  g_auto (CertificateOptions) options = {0};
  g_autoptr (LyktaCertificateDesk) desk = NULL;
  g_autoptr (LyktaPrinter) printer = NULL;
  g_autoptr (GError) error = NULL;
  const char *language = NULL;
  const char *uid;

  if (argc > 1 && g_str_equal (argv[1], "verify"))
    return lykta_command_certificate_verify (tool, argc - 1, argv + 1);
  if (!parse_options (tool, &options, &argc, &argv))
    return LYKTA_TOOL_USAGE;
  uid = argc > 1 ? argv[1] : NULL;
  if (options.output == NULL)
    return lykta_tool_usage (_ ("--output is needed"));
  if (uid == NULL && !options.is_blank)
    return lykta_tool_usage (_ ("the ID of an activity is needed"));
  if (options.is_blank && (options.name != NULL || options.lma != NULL))
    return lykta_tool_usage (_ ("--blank is filled in by hand and takes no --name or --lma"));
  if (options.language != NULL) {
    language = lykta_tool_choose_language (tool, options.language);
    if (language == NULL)
      return lykta_tool_usage (_ ("--lang: “%s” is not a language tag"), options.language);
  }
  if (!lykta_tool_open (tool, &error))
    return lykta_tool_fail_error (error);
  printer = lykta_cups_printer_new (NULL, 0);
  desk = lykta_certificate_desk_new (lykta_tool_get_clock (tool), lykta_tool_get_gazetteer (tool),
                                     printer, lykta_locale_dir ());
  return make (tool, desk, &options, uid, language);
}
