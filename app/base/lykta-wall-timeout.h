/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A source that fires once, when @seconds (at least 0) of wall time have passed, or when somebody
 * sets the clock of the machine; then whoever waits looks at the clock anew. Unlike a timeout of
 * GLib it counts the time that the machine slept, so nobody needs to wake up now and then to find
 * out. The callback is a GSourceFunc; whatever it returns, the source is done. Any thread.
 * (transfer full) */
GSource *lykta_wall_timeout_source_new (gint64 seconds);

G_END_DECLS
