/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "session/lykta-session.h"

G_BEGIN_DECLS

/* What was asked for on the command line. Plain value. */
typedef struct {
  gboolean is_kiosk;
  gboolean is_desk;
  gboolean wants_version;
  char **sources; /* (owned) (nullable) */
  char *data_dir; /* (owned) (nullable) */
  char *language; /* (owned) (nullable) */
} LyktaRunOptions;

/* Lets @application fill @options (borrowed for the life of @application). */
void lykta_run_options_install (LyktaRunOptions *options, GApplication *application);
void lykta_run_options_clear (LyktaRunOptions *options);
/* The options first, then the setting "mode" of @settings (nullable). */
LyktaMode lykta_run_options_get_mode (const LyktaRunOptions *options, GSettings *settings);

G_END_DECLS
