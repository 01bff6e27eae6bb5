/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-session"

#include "session/lykta-session-pulse.h"

#include "base/lykta-wall-timeout.h"

/* After somebody has done something, before one looks what ends next. */
#define SOON_SECONDS 5
/* A list of things that end every few seconds is not read anew more often than this. */
#define LEAST_SECONDS 30

struct _LyktaSessionPulse {
  GObject parent_instance;

  LyktaSession *session; /* (owned) */
  GSource *timer;        /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (LyktaSessionPulse, lykta_session_pulse, G_TYPE_OBJECT)

static void
clear_timer (LyktaSessionPulse *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static gboolean on_timer (gpointer user_data);

static void
arm (LyktaSessionPulse *self, gint64 seconds)
{
  clear_timer (self);
  self->timer = lykta_wall_timeout_source_new (seconds);
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_attach (self->timer, NULL);
}

static gboolean
on_timer (gpointer user_data)
{
  LyktaSessionPulse *self = user_data;
  LyktaSession *session = self->session;
  gint64 seconds;

  lykta_session_time_passed (session);
  seconds =
      lykta_session_get_next_change (session) - lykta_clock_now (lykta_session_get_clock (session));
  arm (self, MAX (seconds, LEAST_SECONDS));
  return G_SOURCE_REMOVE;
}

/* Another list may have something that ends sooner; there is no hurry to find out, but whoever
 * looks at the list must not wait for it. */
static void
on_session_query (LyktaSessionPulse *self)
{
  arm (self, SOON_SECONDS);
}

static void
lykta_session_pulse_dispose (GObject *object)
{
  LyktaSessionPulse *self = LYKTA_SESSION_PULSE (object);

  clear_timer (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (lykta_session_pulse_parent_class)->dispose (object);
}

static void
lykta_session_pulse_class_init (LyktaSessionPulseClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lykta_session_pulse_dispose;
}

static void
lykta_session_pulse_init (LyktaSessionPulse *self)
{
}

LyktaSessionPulse *
lykta_session_pulse_new (LyktaSession *session)
{
  LyktaSessionPulse *self;

  g_return_val_if_fail (LYKTA_IS_SESSION (session), NULL);

  self = g_object_new (LYKTA_TYPE_SESSION_PULSE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::query", G_CALLBACK (on_session_query), self,
                           G_CONNECT_SWAPPED);
  arm (self, SOON_SECONDS);
  return self;
}
