/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/lykta-chip.h"

#include "ui/widgets/lykta-pictogram.h"

struct _LyktaChip {
  GtkToggleButton parent_instance;

  /* template */
  LyktaPictogram *pictogram;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (LyktaChip, lykta_chip, GTK_TYPE_TOGGLE_BUTTON)

static void
lykta_chip_dispose (GObject *object)
{
  gtk_button_set_child (GTK_BUTTON (object), NULL);
  G_OBJECT_CLASS (lykta_chip_parent_class)->dispose (object);
}

static void
lykta_chip_class_init (LyktaChipClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_chip_dispose;
  g_type_ensure (LYKTA_TYPE_PICTOGRAM);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/chip.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaChip, pictogram);
  gtk_widget_class_bind_template_child (widget_class, LyktaChip, label);
}

static void
lykta_chip_init (LyktaChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lykta_chip_new (const char *icon, const char *label, const char *style)
{
  LyktaChip *self;

  g_return_val_if_fail (label != NULL, NULL);

  self = g_object_new (LYKTA_TYPE_CHIP, NULL);
  lykta_pictogram_set_icon (self->pictogram, icon);
  gtk_widget_set_visible (GTK_WIDGET (self->pictogram), icon != NULL);
  lykta_chip_set_label (self, label);
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), style);
  return GTK_WIDGET (self);
}

void
lykta_chip_set_label (LyktaChip *self, const char *label)
{
  g_return_if_fail (LYKTA_IS_CHIP (self));
  g_return_if_fail (label != NULL);

  gtk_label_set_label (self->label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
