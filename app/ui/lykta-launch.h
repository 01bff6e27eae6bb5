/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes the environment one in which GTK starts quickly and lightly. Call first in main(), before
 * any thread. What somebody has set is left alone.
 *
 * Without a session bus GTK 4.8 waits twice three seconds for one to be launched: then it is told
 * that there is none. Without a graphics card its GL renderer runs on the processor, four times as
 * heavy: then it draws with Cairo and never looks for GL (24 MB instead of 136 MB of memory). */
void lykta_launch_prepare (void);
/* Replaces this process by a new one of the same program with the same @argv, so that nothing of
 * what it had in memory is left. What it was writing is as safe as when it is killed: everything
 * on the disk survives that. Returns only when it fails, with FALSE. */
gboolean lykta_launch_replace (char **argv);

G_END_DECLS
