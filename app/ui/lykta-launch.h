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

G_END_DECLS
