/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A layer under SQLite that remembers what was written and what was brought to the disk, so that
 * the power can be cut afterwards at any moment; and that can refuse to write. One for the process;
 * one thread. */
void power_vfs_start (void);
void power_vfs_stop (void);

/* Notes in the log that everything up to edition @number has been promised to be on the disk. */
void power_vfs_mark (guint number);
guint power_vfs_get_n_operations (void);
/* Makes @target what @origin (as it was at the start) has become when the power goes after
 * @n operations: what was not synced is written, lost or torn by chance. Gives the last mark. */
guint power_vfs_cut (const char *origin, const char *target, guint n);

/* The write or sync after @n more of them fails as on a full disk, and so do all after it; a
 * negative number lifts it. */
void power_vfs_fail_after (int n);
/* TRUE when one has failed since. */
gboolean power_vfs_has_failed (void);

G_END_DECLS
