/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/lykta-session.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_CONTENT_WATCH (lykta_content_watch_get_type ())
G_DECLARE_FINAL_TYPE (LyktaContentWatch, lykta_content_watch, LYKTA, CONTENT_WATCH, GObject)

/* Notices that another process (lyktactl, from a timer) has put something new into the calendar,
 * and lets the session read it anew, where the person is. The kernel tells of writes; nothing is
 * looked at in between. Main thread. */

/* @path: of the calendar's file. (transfer full) */
LyktaContentWatch *lykta_content_watch_new (LyktaSession *session, const char *path);

G_END_DECLS
