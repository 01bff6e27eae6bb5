/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/lykta-status-bar.h"

#include "ui/lykta-sentences.h"
#include "ui/widgets/lykta-pictogram.h"

struct _LyktaStatusBar {
  AdwBin parent_instance;

  /* template */
  GtkWidget *box;
  GtkWidget *button;
  LyktaPictogram *pictogram;
  GtkLabel *label;

  /* owned */
  LyktaSession *session; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (LyktaStatusBar, lykta_status_bar, ADW_TYPE_BIN)

static void
update (LyktaStatusBar *self)
{
  gboolean has_sample = lykta_session_has_sample (self->session);
  const char *notice = lykta_session_get_notice (self->session);
  g_autofree char *freshness = lykta_sentence_freshness (self->session);
  const char *text = freshness;
  const char *icon = "info-circle";

  if (notice != NULL) {
    text = has_sample && g_strcmp0 (notice, LYKTA_NOTICE_REBUILT) != 0
               ? lykta_sentence_stand_in ()
               : lykta_sentence_failure (notice);
    icon = g_str_equal (notice, "costs-more") ? "coin" : "cloud-off";
  } else if (has_sample) {
    text = lykta_sentence_sample ();
  }
  if (has_sample)
    gtk_widget_add_css_class (self->box, "sample");
  else
    gtk_widget_remove_css_class (self->box, "sample");
  lykta_pictogram_set_icon (self->pictogram, icon);
  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
}

static void
on_session_notify (LyktaStatusBar *self)
{
  update (self);
}

static void
lykta_status_bar_dispose (GObject *object)
{
  g_clear_object (&LYKTA_STATUS_BAR (object)->session);
  adw_bin_set_child (ADW_BIN (object), NULL);
  G_OBJECT_CLASS (lykta_status_bar_parent_class)->dispose (object);
}

static void
lykta_status_bar_class_init (LyktaStatusBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_status_bar_dispose;
  g_type_ensure (LYKTA_TYPE_PICTOGRAM);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/status-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaStatusBar, box);
  gtk_widget_class_bind_template_child (widget_class, LyktaStatusBar, button);
  gtk_widget_class_bind_template_child (widget_class, LyktaStatusBar, pictogram);
  gtk_widget_class_bind_template_child (widget_class, LyktaStatusBar, label);
}

static void
lykta_status_bar_init (LyktaStatusBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lykta_status_bar_set_session (LyktaStatusBar *self, LyktaSession *session)
{
  static const char *const signals[] = {"notify::has-sample", "notify::as-of",
                                        "notify::notice",     "notify::is-refreshing",
                                        "notify::is-loading", "notify::screen"};

  g_return_if_fail (LYKTA_IS_STATUS_BAR (self));
  g_return_if_fail (LYKTA_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (session, signals[i], G_CALLBACK (on_session_notify), self,
                             G_CONNECT_SWAPPED);
  update (self);
}
