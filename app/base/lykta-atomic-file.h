/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes @bytes to @path so that after a power cut there is the old file or the new one: temporary
 * file in the same folder, fsync, rename, fsync of the folder. @mode as in open(2).
 * Errors: G_IO_ERROR. Any thread. */
gboolean lykta_atomic_file_write (const char *path, GBytes *bytes, int mode, GError **error);
/* Takes out of @folder what writers that died have left: files that were never renamed. Only where
 * nobody else writes at the same time. What cannot be removed stays. Any thread. */
void lykta_atomic_file_remove_unfinished (const char *folder);
/* Makes a folder, and those above it that are missing, so that a power cut does not take them back
 * together with all that was written into them. TRUE as well when it is there already.
 * Errors: G_IO_ERROR. Any thread. */
gboolean lykta_atomic_file_make_folder (const char *path, int mode, GError **error);
/* Moves a damaged file (and nothing else) out of the way as "NAME.damaged-YYYYMMDDTHHMMSSZ", and
 * keeps at most @keep such files, the newest. @new_path (out, transfer full, nullable). */
gboolean lykta_atomic_file_set_aside (
    const char *path, gint64 now, guint keep, char **new_path, GError **error);

G_END_DECLS
