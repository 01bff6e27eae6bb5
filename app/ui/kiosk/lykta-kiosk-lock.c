/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/kiosk/lykta-kiosk-lock.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#define LEADING_OUT \
  (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_HYPER_MASK | GDK_META_MASK)

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state)
{
  const gboolean is_function = key >= GDK_KEY_F1 && key <= GDK_KEY_F35;
  const gboolean is_menu = key == GDK_KEY_Menu || key == GDK_KEY_Print;

  /* Right Alt on Swedish and other keyboards writes letters. */
  return is_function || is_menu || (state & LEADING_OUT) != 0 ? GDK_EVENT_STOP
                                                              : GDK_EVENT_PROPAGATE;
}

/* A press with another button than the first opens menus or pastes. */
static void
on_pressed (GtkGestureClick *gesture, int n_presses, double x, double y)
{
  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) > GDK_BUTTON_PRIMARY)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_long_press (GtkGestureLongPress *gesture, double x, double y)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
on_drop (GtkDropTargetAsync *target, GdkDrop *drop)
{
  return FALSE;
}

static gboolean
on_close_request (GtkWindow *window)
{
  return GDK_EVENT_STOP;
}

static void
add (GtkWindow *window, GtkEventController *controller)
{
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

void
lykta_kiosk_lock (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *long_press = gtk_gesture_long_press_new ();
  GtkDropTargetAsync *drops = gtk_drop_target_async_new (NULL, GDK_ACTION_COPY | GDK_ACTION_MOVE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), NULL);
  add (window, keys);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), NULL);
  add (window, GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect (long_press, "pressed", G_CALLBACK (on_long_press), NULL);
  add (window, GTK_EVENT_CONTROLLER (long_press));
  g_signal_connect (drops, "accept", G_CALLBACK (on_drop), NULL);
  add (window, GTK_EVENT_CONTROLLER (drops));
  g_signal_connect (window, "close-request", G_CALLBACK (on_close_request), NULL);
}

void
lykta_kiosk_forbid_dumps (void)
{
  const struct rlimit none = {0, 0};

  if (setrlimit (RLIMIT_CORE, &none) != 0 || prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    g_warning ("core dumps cannot be switched off");
}
