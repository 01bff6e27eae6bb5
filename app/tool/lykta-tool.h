/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"

#include "model/lykta-gazetteer.h"
#include "store/lykta-content-reader.h"
#include "store/lykta-content-store.h"
#include "store/lykta-device-store.h"
#include "sync/lykta-settings.h"
#include "sync/lykta-source-list.h"
#include "text/lykta-gettext.h"

G_BEGIN_DECLS

/* What lyktactl gives back to the shell; documented in lyktactl(1). */
typedef enum {
  LYKTA_TOOL_OK = 0,
  LYKTA_TOOL_FAILED = 1,    /* the job itself: a source, the store, a file to be written */
  LYKTA_TOOL_USAGE = 2,     /* the command line cannot be understood */
  LYKTA_TOOL_NOT_FOUND = 3, /* no such activity or file */
  LYKTA_TOOL_BAD_INPUT = 4, /* understood, and refused: a bad feed, a form against the rules */
} LyktaToolExit;

#define LYKTA_TYPE_TOOL (lykta_tool_get_type ())
G_DECLARE_FINAL_TYPE (LyktaTool, lykta_tool, LYKTA, TOOL, GObject)

/* One run of lyktactl: what all commands share. Main thread. */

/* @language: canonical tag of the person's language. (transfer full) */
LyktaTool *lykta_tool_new (LyktaClock *clock, const char *language);
LyktaClock *lykta_tool_get_clock (LyktaTool *self);
const char *lykta_tool_get_language (LyktaTool *self);
/* Whether --json was given. */
gboolean lykta_tool_is_json (LyktaTool *self);

/* Takes --json and --data-dir out of the beginning of the command line, before the command itself.
 * FALSE after saying what is wrong. */
gboolean lykta_tool_parse_common (LyktaTool *self, int *argc, char ***argv);
/* Reads the options of one command, with --json and --data-dir among them, from @argv, whose first
 * word is the command's name. @arguments (nullable) describes what follows the options; at least
 * @min and at most @max words may be left, which then stand in @argv from 1. FALSE after saying
 * what is wrong. */
gboolean lykta_tool_parse (LyktaTool *self,
                           const GOptionEntry *entries,
                           const char *arguments,
                           const char *description,
                           int min,
                           int max,
                           int *argc,
                           char ***argv);

/* Says on standard error what is wrong with the command line, and gives back LYKTA_TOOL_USAGE. */
int lykta_tool_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* Says on standard error what went wrong, and gives back @code. */
int lykta_tool_fail (int code, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* The same for an error: a sentence in the person's language where there is one, and what the
 * operator needs. Gives back LYKTA_TOOL_FAILED. */
int lykta_tool_fail_error (const GError *error);

/* The stores, opened on first use; borrowed. FALSE, or NULL, after setting @error. */
gboolean lykta_tool_open (LyktaTool *self, GError **error);
LyktaContentStore *lykta_tool_get_content (LyktaTool *self);
LyktaContentReader *lykta_tool_get_reader (LyktaTool *self);
/* NULL when device.db cannot be opened: lykta_tool_get_device_error() tells why. */
LyktaDeviceStore *lykta_tool_get_device (LyktaTool *self);
const GError *lykta_tool_get_device_error (LyktaTool *self);
LyktaSourceList *lykta_tool_get_sources (LyktaTool *self);
/* Of this machine, where GSettings keeps some. */
LyktaSettings *lykta_tool_get_settings (LyktaTool *self);
/* What was changed among them reaches the list of sources. Gives back a LyktaToolExit, after saying
 * what is wrong. */
int lykta_tool_apply_settings (LyktaTool *self);
/* What the machine may do by itself. */
LyktaSyncRules lykta_tool_get_rules (LyktaTool *self);
const char *lykta_tool_get_data_dir (LyktaTool *self);
const char *lykta_tool_get_spool_dir (LyktaTool *self);
const char *lykta_tool_get_device_path (LyktaTool *self);

/* Sweden's municipalities and counties; NULL when the built-in tables are broken. Borrowed. */
LyktaGazetteer *lykta_tool_get_gazetteer (LyktaTool *self);

/* Canonical tag of what follows --lang, the person's own language for NULL; NULL when it is none.
 */
const char *lykta_tool_choose_language (LyktaTool *self, const char *option);
/* @text on one line and without anything that could steer a terminal. (transfer full) */
char *lykta_tool_one_line (const char *text);

G_END_DECLS
