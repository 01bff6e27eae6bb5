/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/kiosk/lykta-idle-guard.h"

#define SECOND_MS 1000u

struct _LyktaIdleGuard {
  GObject parent_instance;

  GtkWindow *window;     /* (unowned) */
  LyktaSession *session; /* (unowned) */
  guint idle_ms;
  guint countdown_ms;

  guint left_ms;    /* of the countdown; 0: no warning is shown */
  guint timeout_id; /* of the wait, or of the next second */
};

enum { WARN, EXPIRED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LyktaIdleGuard, lykta_idle_guard, G_TYPE_OBJECT)

static gboolean
on_second (gpointer user_data)
{
  LyktaIdleGuard *self = user_data;
  const guint step = MIN (self->left_ms, SECOND_MS);

  self->timeout_id = 0;
  self->left_ms -= step;
  if (self->left_ms == 0) {
    g_signal_emit (self, signals[EXPIRED], 0);
    return G_SOURCE_REMOVE;
  }
  self->timeout_id = g_timeout_add (MIN (self->left_ms, SECOND_MS), on_second, self);
  g_signal_emit (self, signals[WARN], 0, (self->left_ms + SECOND_MS - 1) / SECOND_MS);
  return G_SOURCE_REMOVE;
}

static gboolean
on_idle (gpointer user_data)
{
  LyktaIdleGuard *self = user_data;

  self->left_ms = self->countdown_ms;
  self->timeout_id = g_timeout_add (MIN (self->left_ms, SECOND_MS), on_second, self);
  g_signal_emit (self, signals[WARN], 0, (self->left_ms + SECOND_MS - 1) / SECOND_MS);
  return G_SOURCE_REMOVE;
}

void
lykta_idle_guard_touch (LyktaIdleGuard *self)
{
  g_return_if_fail (LYKTA_IS_IDLE_GUARD (self));

  const gboolean was_warning = self->left_ms > 0;
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->left_ms = 0;
  if (lykta_session_get_screen (self->session) != LYKTA_SCREEN_ATTRACT)
    self->timeout_id = g_timeout_add (self->idle_ms, on_idle, self);
  if (was_warning)
    g_signal_emit (self, signals[WARN], 0, 0u);
}

static gboolean
on_event (GtkEventControllerLegacy *controller, GdkEvent *event, LyktaIdleGuard *self)
{
  switch (gdk_event_get_event_type (event)) {
  case GDK_MOTION_NOTIFY:
  case GDK_BUTTON_PRESS:
  case GDK_KEY_PRESS:
  case GDK_TOUCH_BEGIN:
  case GDK_TOUCH_UPDATE:
  case GDK_SCROLL:
    lykta_idle_guard_touch (self);
    break;
  default:
    break;
  }
  return GDK_EVENT_PROPAGATE;
}

static void
lykta_idle_guard_dispose (GObject *object)
{
  LyktaIdleGuard *self = LYKTA_IDLE_GUARD (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  G_OBJECT_CLASS (lykta_idle_guard_parent_class)->dispose (object);
}

static void
lykta_idle_guard_class_init (LyktaIdleGuardClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lykta_idle_guard_dispose;
  signals[WARN] = g_signal_new ("warn", LYKTA_TYPE_IDLE_GUARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[EXPIRED] = g_signal_new ("expired", LYKTA_TYPE_IDLE_GUARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lykta_idle_guard_init (LyktaIdleGuard *self)
{
}

LyktaIdleGuard *
lykta_idle_guard_new (GtkWindow *window, LyktaSession *session, guint idle_ms, guint countdown_ms)
{
  g_return_val_if_fail (GTK_IS_WINDOW (window) && LYKTA_IS_SESSION (session), NULL);
  g_return_val_if_fail (idle_ms > 0 && countdown_ms > 0, NULL);

  LyktaIdleGuard *self = g_object_new (LYKTA_TYPE_IDLE_GUARD, NULL);
  GtkEventController *controller = gtk_event_controller_legacy_new ();
  self->window = window;
  self->session = session;
  self->idle_ms = idle_ms;
  self->countdown_ms = countdown_ms;
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (on_event), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
  g_signal_connect_object (session, "notify::screen", G_CALLBACK (lykta_idle_guard_touch), self,
                           G_CONNECT_SWAPPED);
  lykta_idle_guard_touch (self);
  return self;
}
