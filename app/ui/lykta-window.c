/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lykta-window.h"

#include "text/lykta-gettext.h"
#include "text/lykta-language.h"
#include "ui/lykta-contrast.h"

struct _LyktaWindow {
  AdwApplicationWindow parent_instance;

  /* owned */
  LyktaSurroundings *surroundings;
  LyktaContrast *contrast;

  /* borrowed */
  GtkOverlay *overlay;
  LyktaShell *shell; /* (nullable) for the moment between two languages */
  GtkWidget *cover;  /* (nullable) */

  guint rebuild_id;
};

G_DEFINE_FINAL_TYPE (LyktaWindow, lykta_window, ADW_TYPE_APPLICATION_WINDOW)

static void
put_language (const char *language)
{
  lykta_gettext_set_language (language);
  gtk_widget_set_default_direction (lykta_language_is_rtl (language) ? GTK_TEXT_DIR_RTL
                                                                     : GTK_TEXT_DIR_LTR);
}

static void
build_shell (LyktaWindow *self)
{
  LyktaSession *session = lykta_surroundings_get_session (self->surroundings);

  put_language (lykta_session_get_language (session));
  self->shell = LYKTA_SHELL (lykta_shell_new (self->surroundings));
  gtk_overlay_set_child (self->overlay, GTK_WIDGET (self->shell));
}

static void
drop_shell (LyktaWindow *self)
{
  self->shell = NULL;
  if (self->overlay != NULL)
    gtk_overlay_set_child (self->overlay, NULL);
}

static gboolean
on_rebuild (gpointer user_data)
{
  LyktaWindow *self = user_data;

  self->rebuild_id = 0;
  build_shell (self);
  lykta_shell_focus_page (self->shell);
  return G_SOURCE_REMOVE;
}

/* A choice of language changes the screen as well: both are built once, before the next frame. */
static void
on_session_language (LyktaWindow *self)
{
  drop_shell (self);
  if (self->rebuild_id == 0)
    self->rebuild_id = g_idle_add_full (G_PRIORITY_HIGH, on_rebuild, self, NULL);
}

static void
lykta_window_dispose (GObject *object)
{
  LyktaWindow *self = LYKTA_WINDOW (object);

  g_clear_handle_id (&self->rebuild_id, g_source_remove);
  drop_shell (self);
  g_clear_object (&self->contrast);
  g_clear_object (&self->surroundings);
  G_OBJECT_CLASS (lykta_window_parent_class)->dispose (object);
}

static void
lykta_window_class_init (LyktaWindowClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lykta_window_dispose;
}

static void
lykta_window_init (LyktaWindow *self)
{
  gtk_window_set_title (GTK_WINDOW (self), "Lykta");
  gtk_window_set_icon_name (GTK_WINDOW (self), "se.lykta.Lykta");
  gtk_window_set_default_size (GTK_WINDOW (self), 1000, 760);
  gtk_widget_set_size_request (GTK_WIDGET (self), 320, 480);
  self->overlay = GTK_OVERLAY (gtk_overlay_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), GTK_WIDGET (self->overlay));
}

GtkWidget *
lykta_window_new (GtkApplication *application, LyktaSurroundings *surroundings)
{
  LyktaWindow *self;

  g_return_val_if_fail (application == NULL || GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (surroundings), NULL);

  self = g_object_new (LYKTA_TYPE_WINDOW, "application", application, NULL);
  self->surroundings = g_object_ref (surroundings);
  g_signal_connect_object (lykta_surroundings_get_session (surroundings), "notify::language",
                           G_CALLBACK (on_session_language), self, G_CONNECT_SWAPPED);
  /* Two languages beside each other change every text as well. */
  g_signal_connect_object (lykta_surroundings_get_session (surroundings), "notify::is-side-by-side",
                           G_CALLBACK (on_session_language), self, G_CONNECT_SWAPPED);
  self->contrast = lykta_contrast_new (lykta_surroundings_get_session (surroundings));
  build_shell (self);
  return GTK_WIDGET (self);
}

LyktaShell *
lykta_window_get_shell (LyktaWindow *self)
{
  g_return_val_if_fail (LYKTA_IS_WINDOW (self), NULL);
  return self->shell;
}

void
lykta_window_set_cover (LyktaWindow *self, GtkWidget *cover)
{
  g_return_if_fail (LYKTA_IS_WINDOW (self));
  g_return_if_fail (cover == NULL || GTK_IS_WIDGET (cover));

  if (self->cover != NULL)
    gtk_overlay_remove_overlay (self->overlay, self->cover);
  self->cover = cover;
  if (cover != NULL)
    gtk_overlay_add_overlay (self->overlay, cover);
}
