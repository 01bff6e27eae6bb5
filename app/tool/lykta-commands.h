/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/lykta-sync-engine.h"
#include "tool/lykta-tool.h"

G_BEGIN_DECLS

/* One for each command of lyktactl. @argv[0] is the command's own name. Returns a LyktaToolExit. */
int lykta_command_certificate (LyktaTool *tool, int argc, char **argv);
/* Its subcommand "verify". */
int lykta_command_certificate_verify (LyktaTool *tool, int argc, char **argv);
int lykta_command_check (LyktaTool *tool, int argc, char **argv);
int lykta_command_list (LyktaTool *tool, int argc, char **argv);
int lykta_command_note (LyktaTool *tool, int argc, char **argv);
int lykta_command_programme (LyktaTool *tool, int argc, char **argv);
int lykta_command_publish (LyktaTool *tool, int argc, char **argv);
int lykta_command_settings (LyktaTool *tool, int argc, char **argv);
int lykta_command_show (LyktaTool *tool, int argc, char **argv);
int lykta_command_status (LyktaTool *tool, int argc, char **argv);
int lykta_command_sync (LyktaTool *tool, int argc, char **argv);

/* Sets @key to @text as a person wrote it (NULL: back to the default), or says why not. Returns a
 * LyktaToolExit. */
int lykta_tool_set_setting (LyktaTool *tool, const char *key, const char *text);
/* An engine with real servers and files behind it. @ca_file (nullable). (transfer full) */
LyktaSyncEngine *lykta_tool_new_engine (LyktaTool *tool,
                                        LyktaContentStore *content,
                                        const char *device_path,
                                        const char *spool_dir,
                                        const char *ca_file);

G_END_DECLS
