/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "net/lykta-wire-meter-private.h"

G_BEGIN_DECLS

/* A session with its open connections, the main context on which they live, and the meter that
 * counts them. Belongs to one transfer at a time. */
typedef struct {
  GMainContext *context; /* (owned) */
  SoupSession *session;  /* (owned) */
  LyktaWireMeter *meter; /* (owned) */
  char *origin;          /* (owned) scheme, host and port that it was last lent for */
  gint64 idle_since;     /* milliseconds since the machine was started, sleep included */
} LyktaSoupLane;

/* Keeps lanes for a while after a transfer, so that the next one to the same server needs neither
 * a new connection nor a new handshake. Any thread. */
typedef struct _LyktaSoupLanes LyktaSoupLanes;

/* @idle_milliseconds: how long a connection that nobody uses is worth keeping. (transfer full) */
LyktaSoupLanes *lykta_soup_lanes_new (guint idle_milliseconds);
/* Closes all connections that are kept; no lane may be lent. */
void lykta_soup_lanes_free (LyktaSoupLanes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaSoupLanes, lykta_soup_lanes_free)

/* A lane that was at @uri's server before, or a new one; @authorities (nullable: the system's) are
 * for a new one. Its context becomes the thread's default. (transfer full) */
LyktaSoupLane *lykta_soup_lanes_take (LyktaSoupLanes *self, GUri *uri, GTlsDatabase *authorities);
/* Takes it back, in the thread that took it. @is_well FALSE: its connections cannot be trusted any
 * more and are closed. (transfer full) */
void lykta_soup_lanes_give_back (LyktaSoupLanes *self, LyktaSoupLane *lane, gboolean is_well);

G_END_DECLS
