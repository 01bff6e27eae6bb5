/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/lykta-run-options.h"

#include "text/lykta-gettext.h"

void
lykta_run_options_install (LyktaRunOptions *options, GApplication *application)
{
  const GOptionEntry entries[] = {
      {"kiosk", 0, 0, G_OPTION_ARG_NONE, &options->is_kiosk,
       N_ ("A screen that anybody may use: fills it, keeps nothing about a person"), NULL},
      {"desk", 0, 0, G_OPTION_ARG_NONE, &options->is_desk, N_ ("For staff who issue certificates"),
       NULL},
      {"source", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->sources,
       N_ ("Take the calendar from this address, file or folder from now on; may be given several "
           "times"),
       /* Translators: stands for a value on the command line. */
       N_ ("ADDRESS")},
      {"data-dir", 0, 0, G_OPTION_ARG_FILENAME, &options->data_dir,
       N_ ("Keep everything in this folder"),
       /* Translators: stands for a folder on the command line. */
       N_ ("DIR")},
      {"language", 0, 0, G_OPTION_ARG_STRING, &options->language,
       N_ ("Begin in this language, without asking"),
       /* Translators: stands for a language code on the command line. */
       N_ ("TAG")},
      {"version", 0, 0, G_OPTION_ARG_NONE, &options->wants_version, N_ ("Tell the version"), NULL},
      {0},
  };

  g_return_if_fail (options != NULL);
  g_return_if_fail (G_IS_APPLICATION (application));
  g_application_add_main_option_entries (application, entries);
}

void
lykta_run_options_clear (LyktaRunOptions *options)
{
  g_return_if_fail (options != NULL);

  g_clear_pointer (&options->sources, g_strfreev);
  g_clear_pointer (&options->data_dir, g_free);
  g_clear_pointer (&options->language, g_free);
}

LyktaMode
lykta_run_options_get_mode (const LyktaRunOptions *options, GSettings *settings)
{
  g_return_val_if_fail (options != NULL, LYKTA_MODE_PERSONAL);

  if (options->is_kiosk)
    return LYKTA_MODE_KIOSK;
  if (options->is_desk)
    return LYKTA_MODE_DESK;
  return settings != NULL ? (LyktaMode)g_settings_get_enum (settings, "mode") : LYKTA_MODE_PERSONAL;
}
