/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/kiosk/lykta-kiosk.h"

#include "ui/kiosk/lykta-countdown.h"
#include "ui/kiosk/lykta-idle-guard.h"
#include "ui/kiosk/lykta-kiosk-lock.h"

struct _LyktaKiosk {
  GObject parent_instance;

  LyktaIdleGuard *guard; /* (owned) */
  LyktaWindow *window;   /* (unowned) */
  LyktaSession *session; /* (unowned) */
  GtkWidget *countdown;  /* (unowned) (nullable) while it is shown */
};

static guint expired_signal;

G_DEFINE_FINAL_TYPE (LyktaKiosk, lykta_kiosk, G_TYPE_OBJECT)

static void
on_warn (LyktaIdleGuard *guard, guint seconds, LyktaKiosk *self)
{
  if (seconds == 0) {
    self->countdown = NULL;
    lykta_window_set_cover (self->window, NULL);
    return;
  }
  if (self->countdown == NULL) {
    self->countdown = lykta_countdown_new (lykta_session_get_language (self->session));
    lykta_window_set_cover (self->window, self->countdown);
  }
  lykta_countdown_set_seconds (LYKTA_COUNTDOWN (self->countdown), seconds);
}

static void
on_expired (LyktaIdleGuard *guard, LyktaKiosk *self)
{
  self->countdown = NULL;
  lykta_window_set_cover (self->window, NULL);
  g_signal_emit (self, expired_signal, 0);
}

static void
lykta_kiosk_dispose (GObject *object)
{
  g_clear_object (&LYKTA_KIOSK (object)->guard);
  G_OBJECT_CLASS (lykta_kiosk_parent_class)->dispose (object);
}

static void
lykta_kiosk_class_init (LyktaKioskClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lykta_kiosk_dispose;
  expired_signal = g_signal_new ("expired", LYKTA_TYPE_KIOSK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
lykta_kiosk_init (LyktaKiosk *self)
{
}

LyktaKiosk *
lykta_kiosk_new (LyktaWindow *window,
                 LyktaSession *session,
                 guint idle_seconds,
                 guint countdown_seconds)
{
  g_return_val_if_fail (LYKTA_IS_WINDOW (window) && LYKTA_IS_SESSION (session), NULL);

  LyktaKiosk *self = g_object_new (LYKTA_TYPE_KIOSK, NULL);
  self->window = window;
  self->session = session;
  lykta_kiosk_lock (GTK_WINDOW (window));
  self->guard = lykta_idle_guard_new (GTK_WINDOW (window), session, idle_seconds * 1000,
                                      countdown_seconds * 1000);
  g_signal_connect_object (self->guard, "warn", G_CALLBACK (on_warn), self, 0);
  g_signal_connect_object (self->guard, "expired", G_CALLBACK (on_expired), self, 0);
  return self;
}
