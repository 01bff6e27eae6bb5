/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/lykta-top-bar.h"

#include "text/lykta-gettext.h"
#include "text/lykta-language.h"
#include "ui/widgets/lykta-lantern.h"
#include "ui/widgets/lykta-pictogram.h"

struct _LyktaTopBar {
  AdwBin parent_instance;

  /* template */
  GtkWidget *back_button;
  GtkWidget *back_label;
  GtkWidget *home_button;
  GtkWidget *home_label;
  GtkWidget *brand_mark;
  GtkWidget *brand_label;
  GtkWidget *size_button;
  GtkWidget *size_label;
  GtkWidget *pair_button;
  GtkWidget *language_button;
  GtkWidget *language_label;
  GtkWidget *controls;

  /* owned */
  LyktaSession *session; /* (nullable) */

  gboolean is_wide;
};

G_DEFINE_FINAL_TYPE (LyktaTopBar, lykta_top_bar, ADW_TYPE_BIN)

static void
update (LyktaTopBar *self)
{
  LyktaScreen screen = lykta_session_get_screen (self->session);
  gboolean can_go_back = lykta_session_can_go_back (self->session);
  gboolean has_chosen = lykta_session_has_chosen_language (self->session);
  gboolean is_first = screen == LYKTA_SCREEN_LANGUAGE && !has_chosen;
  gboolean has_home = has_chosen && screen != LYKTA_SCREEN_HOME;

  gtk_widget_set_visible (self->back_button, can_go_back);
  gtk_widget_set_visible (self->home_button, has_home);
  gtk_widget_set_visible (self->language_button, !is_first);
  /* On a telephone it stands beside the texts themselves. */
  gtk_widget_set_visible (self->pair_button, self->is_wide && has_chosen &&
                                                 !lykta_session_reads_swedish (self->session));
  if (lykta_session_is_side_by_side (self->session))
    gtk_widget_add_css_class (self->pair_button, "is-on");
  /* With the largest letters its name would be cut to nothing on a telephone. */
  gtk_widget_set_visible (self->language_label,
                          self->is_wide || lykta_session_get_text_size (self->session) < 2);
  gtk_widget_set_visible (self->brand_mark, self->is_wide || !has_home);
  gtk_widget_set_visible (self->brand_label, self->is_wide || !has_home);
}

static void
on_session_notify (LyktaTopBar *self)
{
  update (self);
}

static void
lykta_top_bar_dispose (GObject *object)
{
  LyktaTopBar *self = LYKTA_TOP_BAR (object);

  g_clear_object (&self->session);
  adw_bin_set_child (ADW_BIN (self), NULL);
  G_OBJECT_CLASS (lykta_top_bar_parent_class)->dispose (object);
}

static void
lykta_top_bar_class_init (LyktaTopBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_top_bar_dispose;
  g_type_ensure (LYKTA_TYPE_LANTERN);
  g_type_ensure (LYKTA_TYPE_PICTOGRAM);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/top-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaTopBar, back_button);
  gtk_widget_class_bind_template_child (widget_class, LyktaTopBar, back_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaTopBar, home_button);
  gtk_widget_class_bind_template_child (widget_class, LyktaTopBar, home_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaTopBar, brand_mark);
  gtk_widget_class_bind_template_child (widget_class, LyktaTopBar, brand_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaTopBar, size_button);
  gtk_widget_class_bind_template_child (widget_class, LyktaTopBar, size_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaTopBar, pair_button);
  gtk_widget_class_bind_template_child (widget_class, LyktaTopBar, language_button);
  gtk_widget_class_bind_template_child (widget_class, LyktaTopBar, language_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaTopBar, controls);
}

static void
lykta_top_bar_init (LyktaTopBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_label (GTK_LABEL (self->brand_label), "Lykta");
}

void
lykta_top_bar_set_session (LyktaTopBar *self, LyktaSession *session)
{
  const char *language;
  g_autofree char *name = NULL;

  g_return_if_fail (LYKTA_IS_TOP_BAR (self));
  g_return_if_fail (LYKTA_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  language = lykta_language_endonym (lykta_session_get_language (session));
  gtk_label_set_label (GTK_LABEL (self->language_label), language);
  /* Translators: name of a button; %s is the present language in itself, as in “Svenska”. */
  name = g_strdup_printf (_ ("Choose language, now %s"), language);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->language_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (session, "notify::screen", G_CALLBACK (on_session_notify), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::can-go-back", G_CALLBACK (on_session_notify), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::text-size", G_CALLBACK (on_session_notify), self,
                           G_CONNECT_SWAPPED);
  lykta_top_bar_set_is_wide (self, FALSE);
}

void
lykta_top_bar_set_is_wide (LyktaTopBar *self, gboolean is_wide)
{
  g_return_if_fail (LYKTA_IS_TOP_BAR (self));

  self->is_wide = is_wide;
  gtk_widget_set_visible (self->back_label, is_wide);
  gtk_widget_set_visible (self->home_label, is_wide);
  gtk_widget_set_visible (self->size_label, is_wide);
  /* A kiosk offers no way out, and a telephone has its own; any other window is moved and closed by
   * this bar. */
  gtk_widget_set_visible (self->controls,
                          is_wide && lykta_session_get_mode (self->session) != LYKTA_MODE_KIOSK);
  update (self);
}
