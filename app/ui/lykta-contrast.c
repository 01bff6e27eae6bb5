/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lykta-contrast.h"

#define SHEETS "/se/lykta/Lykta/"

struct _LyktaContrast {
  GObject parent_instance;

  LyktaSession *session;    /* (owned) */
  GtkCssProvider *provider; /* (owned) (nullable) while it is in force */
};

G_DEFINE_FINAL_TYPE (LyktaContrast, lykta_contrast, G_TYPE_OBJECT)

static void
take_away (LyktaContrast *self)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (self->provider != NULL && display != NULL)
    gtk_style_context_remove_provider_for_display (display, GTK_STYLE_PROVIDER (self->provider));
  g_clear_object (&self->provider);
}

static void
update (LyktaContrast *self)
{
  const gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  take_away (self);
  if (!lykta_session_has_high_contrast (self->session))
    return;
  self->provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (self->provider, is_dark ? SHEETS "style-hc-dark.css"
                                                               : SHEETS "style-hc.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (self->provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
}

static void
lykta_contrast_dispose (GObject *object)
{
  LyktaContrast *self = LYKTA_CONTRAST (object);

  take_away (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (lykta_contrast_parent_class)->dispose (object);
}

static void
lykta_contrast_class_init (LyktaContrastClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lykta_contrast_dispose;
}

static void
lykta_contrast_init (LyktaContrast *self)
{
}

LyktaContrast *
lykta_contrast_new (LyktaSession *session)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (session), NULL);

  LyktaContrast *self = g_object_new (LYKTA_TYPE_CONTRAST, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::has-high-contrast", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (update),
                           self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}
