/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tool/lykta-tool.h"

G_BEGIN_DECLS

/* Keeps @user and the password in @file ("-": standard input) for those of @addresses (normalised,
 * NULL-terminated) that are calendar servers; both NULL does nothing. The password is never an
 * argument: those are for everybody to see. Returns a LyktaToolExit, after saying what is wrong. */
int lykta_tool_keep_password (LyktaTool *tool,
                              const char *user,
                              const char *file,
                              const char *const *addresses,
                              LyktaFormat format);

/* Lets a store of its own at @device_path use what is kept for the calendar servers among
 * @addresses. Opens the tool's stores if there are any. FALSE after setting @error. */
gboolean lykta_tool_lend_passwords (LyktaTool *tool,
                                    const char *device_path,
                                    const char *const *addresses,
                                    GError **error);

G_END_DECLS
