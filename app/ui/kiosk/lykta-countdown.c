/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/kiosk/lykta-countdown.h"

#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "ui/widgets/lykta-pictogram.h"

struct _LyktaCountdown {
  GtkWidget parent_instance;

  GtkWidget *card;    /* (owned) as a child */
  GtkLabel *seconds;  /* (unowned) large figures */
  GtkLabel *sentence; /* (unowned) */
  char *language;
};

G_DEFINE_FINAL_TYPE (LyktaCountdown, lykta_countdown, GTK_TYPE_WIDGET)

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
lykta_countdown_dispose (GObject *object)
{
  LyktaCountdown *self = LYKTA_COUNTDOWN (object);

  g_clear_pointer (&self->card, gtk_widget_unparent);
  G_OBJECT_CLASS (lykta_countdown_parent_class)->dispose (object);
}

static void
lykta_countdown_finalize (GObject *object)
{
  g_free (LYKTA_COUNTDOWN (object)->language);
  G_OBJECT_CLASS (lykta_countdown_parent_class)->finalize (object);
}

static void
lykta_countdown_class_init (LyktaCountdownClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lykta_countdown_dispose;
  G_OBJECT_CLASS (class)->finalize = lykta_countdown_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (class), "countdown");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_ALERT_DIALOG);
}

static void
lykta_countdown_init (LyktaCountdown *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("More time"));
  GtkWidget *clock = lykta_pictogram_new ("clock");

  self->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 20);
  gtk_widget_add_css_class (self->card, "countdown-card");
  gtk_widget_set_halign (self->card, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->card, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
  gtk_widget_set_halign (clock, GTK_ALIGN_CENTER);
  lykta_pictogram_set_scale (LYKTA_PICTOGRAM (clock), 4.0);
  gtk_box_append (GTK_BOX (self->card), clock);
  gtk_box_append (GTK_BOX (self->card), make_label (_ ("Are you still there?"), "heading-1"));
  self->seconds = GTK_LABEL (make_label ("", "countdown-number"));
  gtk_box_append (GTK_BOX (self->card), GTK_WIDGET (self->seconds));
  self->sentence = GTK_LABEL (make_label ("", "soft"));
  gtk_box_append (GTK_BOX (self->card), GTK_WIDGET (self->sentence));
  gtk_widget_add_css_class (button, "primary");
  gtk_widget_set_size_request (button, 240, 72);
  gtk_box_append (GTK_BOX (self->card), button);
}

GtkWidget *
lykta_countdown_new (const char *language)
{
  LyktaCountdown *self = g_object_new (LYKTA_TYPE_COUNTDOWN, NULL);

  self->language = g_strdup (language);
  return GTK_WIDGET (self);
}

void
lykta_countdown_set_seconds (LyktaCountdown *self, guint seconds)
{
  g_return_if_fail (LYKTA_IS_COUNTDOWN (self));

  g_autofree char *number = lykta_format_number (self->language, seconds, 0);
  /* Translators: in a kiosk that nobody touches any more; %s is a number of seconds. */
  g_autofree char *sentence =
      g_strdup_printf (ngettext ("What you have chosen is forgotten in %s second.",
                                 "What you have chosen is forgotten in %s seconds.", seconds),
                       number);
  gtk_label_set_label (self->seconds, number);
  gtk_label_set_label (self->sentence, sentence);
}
