/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/lykta-day-strip.h"

#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "ui/widgets/lykta-chip.h"

#define OFFSET_KEY "lykta-offset"

struct _LyktaDayStrip {
  AdwBin parent_instance;

  /* template */
  GtkWidget *days;

  gboolean is_updating; /* the chips are being set by us, not by a person */
};

enum {
  SIGNAL_CHOSEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LyktaDayStrip, lykta_day_strip, ADW_TYPE_BIN)

static int
offset_of (GtkWidget *chip)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (chip), OFFSET_KEY));
}

static void
on_chip_toggled (LyktaDayStrip *self, GtkToggleButton *chip)
{
  int offset = offset_of (GTK_WIDGET (chip));

  if (self->is_updating)
    return;
  /* A second tap on a day takes it back; what is on is shown by whoever owns the strip. */
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0,
                 gtk_toggle_button_get_active (chip) ? offset : -1);
}

static void
add_chip (LyktaDayStrip *self, const char *label, const char *name, int offset)
{
  GtkWidget *chip = lykta_chip_new (NULL, label, "day");

  g_object_set_data (G_OBJECT (chip), OFFSET_KEY, GINT_TO_POINTER (offset));
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (chip, "toggled", G_CALLBACK (on_chip_toggled), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->days), chip);
}

static void
lykta_day_strip_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  G_OBJECT_CLASS (lykta_day_strip_parent_class)->dispose (object);
}

static void
lykta_day_strip_class_init (LyktaDayStripClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_day_strip_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", LYKTA_TYPE_DAY_STRIP, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/day-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaDayStrip, days);
}

static void
lykta_day_strip_init (LyktaDayStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lykta_day_strip_fill (LyktaDayStrip *self, const char *language, LyktaDate today, gboolean with_all)
{
  GtkWidget *child;

  g_return_if_fail (LYKTA_IS_DAY_STRIP (self));
  g_return_if_fail (language != NULL);

  while ((child = gtk_widget_get_first_child (self->days)) != NULL)
    gtk_box_remove (GTK_BOX (self->days), child);
  if (with_all) {
    /* Translators: a chip: activities of every day, not of one. */
    const char *all = C_ ("chip", "All days");
    add_chip (self, all, all, -1);
  }
  for (int offset = 0; offset < LYKTA_DAY_STRIP_DAYS; offset++) {
    LyktaDate date = lykta_date_add_days (today, offset);
    g_autofree char *name = lykta_format_day_heading (language, date, today);
    g_autofree char *label = NULL;
    /* Translators: a chip: the activities of today. */
    const char *today_word = C_ ("chip", "Today");
    /* Translators: a chip: the activities of tomorrow. */
    const char *tomorrow_word = C_ ("chip", "Tomorrow");

    if (offset == 0)
      label = g_strdup (today_word);
    else if (offset == 1)
      label = g_strdup (tomorrow_word);
    else
      label = lykta_format_short_date (language, date);
    add_chip (self, label, name, offset);
  }
}

void
lykta_day_strip_set_offset (LyktaDayStrip *self, int offset)
{
  g_return_if_fail (LYKTA_IS_DAY_STRIP (self));

  self->is_updating = TRUE;
  for (GtkWidget *chip = gtk_widget_get_first_child (self->days); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), offset_of (chip) == offset);
  self->is_updating = FALSE;
}
