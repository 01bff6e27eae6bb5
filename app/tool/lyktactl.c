/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-tool.h"

#include <signal.h>
#include <stdio.h>

#include "text/lykta-language.h"
#include "tool/lykta-commands.h"

typedef struct {
  const char *name;
  int (*run) (LyktaTool *tool, int argc, char **argv);
  const char *summary;
} Command;

static const Command commands[] = {
    {"sync", lykta_command_sync, N_ ("bring the calendar up to date")},
    {"list", lykta_command_list, N_ ("list dates of activities")},
    {"show", lykta_command_show, N_ ("tell everything about one activity")},
    {"note", lykta_command_note, N_ ("keep your own notes on activities")},
    {"status", lykta_command_status, N_ ("tell how the calendar and its sources fare")},
    {"settings", lykta_command_settings, N_ ("tell or change what is set on this machine")},
    {"check", lykta_command_check, N_ ("tell what is wrong with a calendar file")},
    {"publish", lykta_command_publish, N_ ("make a feed of the calendar that others can read")},
    {"programme", lykta_command_programme, N_ ("write a week of activities for letters and paper")},
    {"certificate", lykta_command_certificate,
     N_ ("make a certificate of participation as PDF, or verify one")},
};

/* The first language of the session that Lykta speaks; English when there is none. */
static const char *
init_language (void)
{
  const char *language = lykta_gettext_environment_language ();

  if (language == NULL)
    language = lykta_language_canonical ("en");
  lykta_gettext_init (NULL);
  lykta_gettext_set_language (language);
  return language;
}

/* (transfer full) */
static char *
make_help (void)
{
  GString *help = g_string_new (_ ("Usage: lyktactl [--json] [--data-dir DIR] COMMAND [OPTION…]"));

  g_string_append (help, "\n\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (help, "  %-12s %s\n", commands[i].name, _ (commands[i].summary));
  g_string_append_c (help, '\n');
  g_string_append (
      help,
      _ ("Every command takes --json, --data-dir DIR and --help, the first two also before its "
         "name. Exit codes: 0 well, 1 the job failed, 2 not understood, 3 not found, 4 refused. "
         "See lyktactl(1)."));
  g_string_append_c (help, '\n');
  return g_string_free (help, FALSE);
}

static int
run (int argc, char **argv)
{
  const char *language = init_language ();
  g_autoptr (LyktaClock) clock = lykta_system_clock_new ();
  g_autoptr (LyktaTool) tool = lykta_tool_new (clock, language);
  const char *name;

  g_set_prgname ("lyktactl");
  if (!lykta_tool_parse_common (tool, &argc, &argv))
    return LYKTA_TOOL_USAGE;
  name = argc > 1 ? argv[1] : "";
  if (g_str_equal (name, "--help") || g_str_equal (name, "-h") || g_str_equal (name, "help")) {
    g_autofree char *help = make_help ();

    g_print ("%s", help);
    return LYKTA_TOOL_OK;
  }
  if (g_str_equal (name, "--version")) {
    g_print ("lyktactl %s\n", LYKTA_VERSION);
    return LYKTA_TOOL_OK;
  }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    if (g_str_equal (name, commands[i].name))
      return commands[i].run (tool, argc - 1, argv + 1);
  }
  if (*name == '\0') {
    g_autofree char *help = make_help ();

    g_printerr ("%s", help);
    return LYKTA_TOOL_USAGE;
  }
  return lykta_tool_usage (_ ("there is no command “%s”"), name);
}

/* An answer that was cut off by a full disk must not look like a whole one. */
int
main (int argc, char **argv)
{
  int code;

  /* A limit on the size of files is told by the write that fails, as a full disk is. */
  signal (SIGXFSZ, SIG_IGN);
  code = run (argc, argv);
  if ((fflush (stdout) != 0 || ferror (stdout) != 0) && code == LYKTA_TOOL_OK)
    code = lykta_tool_fail (LYKTA_TOOL_FAILED, "%s", _ ("the answer could not be written"));
  return code;
}
