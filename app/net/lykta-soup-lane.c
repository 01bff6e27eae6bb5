/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-net"

#include "net/lykta-soup-lane-private.h"

#include <time.h>

#include "base/lykta-limits.h"
#include "config.h"
#include "net/lykta-fetcher.h"

struct _LyktaSoupLanes {
  GMutex lock;
  GQueue idle; /* under the lock (element-type LyktaSoupLane), the one used last first */
  gint64 patience;
};

/* A sleeping machine loses its connections: that time counts. */
static gint64
now_milliseconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static char *
origin_of (GUri *uri)
{
  return g_strdup_printf ("%s://%s:%d", g_uri_get_scheme (uri), g_uri_get_host (uri),
                          g_uri_get_port (uri));
}

static LyktaSoupLane *
lane_new (GUri *uri, GTlsDatabase *authorities)
{
  LyktaSoupLane *self = g_new0 (LyktaSoupLane, 1);

  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->meter = lykta_wire_meter_new ();
  /* libsoup's own timeout is per read and cannot stop a trickle; the transfer does both. */
  self->session = soup_session_new_with_options ("user-agent", "Lykta/" LYKTA_VERSION, "timeout", 0,
                                                 "idle-timeout", 0, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  if (authorities != NULL)
    soup_session_set_tls_database (self->session, authorities);
  /* This machine is never reached through a proxy. */
  if (lykta_fetcher_is_loopback (g_uri_get_host (uri)))
    soup_session_set_proxy_resolver (self->session, NULL);
  return self;
}

static void
settle (LyktaSoupLane *self)
{
  while (g_main_context_iteration (self->context, FALSE))
    ;
}

/* Its context is the thread's default. */
static void
lane_free (LyktaSoupLane *self)
{
  /* Whatever is still open is dropped, not read to its end, and says goodbye in one segment. */
  lykta_wire_meter_hold (self->meter, TRUE);
  soup_session_abort (self->session);
  settle (self);
  g_clear_object (&self->session);
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  lykta_wire_meter_free (self->meter);
  g_free (self->origin);
  g_free (self);
}

static void
lanes_drop (GQueue *lanes)
{
  LyktaSoupLane *lane;

  while ((lane = g_queue_pop_head (lanes)) != NULL) {
    g_main_context_push_thread_default (lane->context);
    lane_free (lane);
  }
}

LyktaSoupLanes *
lykta_soup_lanes_new (guint idle_milliseconds)
{
  LyktaSoupLanes *self = g_new0 (LyktaSoupLanes, 1);

  g_mutex_init (&self->lock);
  g_queue_init (&self->idle);
  self->patience = idle_milliseconds;
  return self;
}

void
lykta_soup_lanes_free (LyktaSoupLanes *self)
{
  lanes_drop (&self->idle);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Moves to @old what has been idle for too long, or what is one too many. Under the lock. */
static void
lanes_sort_out (LyktaSoupLanes *self, GQueue *old)
{
  gint64 oldest = now_milliseconds () - self->patience;
  LyktaSoupLane *lane;

  while ((lane = g_queue_peek_tail (&self->idle)) != NULL &&
         (lane->idle_since <= oldest ||
          g_queue_get_length (&self->idle) > LYKTA_LIMIT_KEPT_CONNECTIONS))
    g_queue_push_head (old, g_queue_pop_tail (&self->idle));
}

static LyktaSoupLane *
lanes_find (LyktaSoupLanes *self, const char *origin)
{
  for (GList *item = self->idle.head; item != NULL; item = item->next) {
    LyktaSoupLane *lane = item->data;

    if (g_str_equal (lane->origin, origin)) {
      g_queue_delete_link (&self->idle, item);
      return lane;
    }
  }
  return NULL;
}

LyktaSoupLane *
lykta_soup_lanes_take (LyktaSoupLanes *self, GUri *uri, GTlsDatabase *authorities)
{
  g_autofree char *origin = origin_of (uri);
  GQueue old = G_QUEUE_INIT;
  LyktaSoupLane *lane;

  g_mutex_lock (&self->lock);
  lanes_sort_out (self, &old);
  lane = lanes_find (self, origin);
  g_mutex_unlock (&self->lock);
  lanes_drop (&old);
  if (lane == NULL) {
    lane = lane_new (uri, authorities);
    lane->origin = g_steal_pointer (&origin);
    return lane;
  }
  g_main_context_push_thread_default (lane->context);
  /* The server may have said goodbye meanwhile. */
  settle (lane);
  return lane;
}

void
lykta_soup_lanes_give_back (LyktaSoupLanes *self, LyktaSoupLane *lane, gboolean is_well)
{
  GQueue old = G_QUEUE_INIT;

  if (!is_well || self->patience == 0) {
    lane_free (lane);
    return;
  }
  settle (lane);
  g_main_context_pop_thread_default (lane->context);
  lane->idle_since = now_milliseconds ();
  g_mutex_lock (&self->lock);
  g_queue_push_head (&self->idle, lane);
  lanes_sort_out (self, &old);
  g_mutex_unlock (&self->lock);
  lanes_drop (&old);
}
