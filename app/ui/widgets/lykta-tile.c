/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/lykta-tile.h"

#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-pictogram.h"

struct _LyktaTile {
  GtkButton parent_instance;

  /* template */
  LyktaPictogram *pictogram;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (LyktaTile, lykta_tile, GTK_TYPE_BUTTON)

static void
lykta_tile_dispose (GObject *object)
{
  gtk_button_set_child (GTK_BUTTON (object), NULL);
  G_OBJECT_CLASS (lykta_tile_parent_class)->dispose (object);
}

static void
lykta_tile_class_init (LyktaTileClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_tile_dispose;
  g_type_ensure (LYKTA_TYPE_PICTOGRAM);
  g_type_ensure (LYKTA_TYPE_COLUMNS_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/tile.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaTile, pictogram);
  gtk_widget_class_bind_template_child (widget_class, LyktaTile, label);
}

static void
lykta_tile_init (LyktaTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lykta_tile_new (const char *icon, const char *label, const char *style)
{
  LyktaTile *self;

  g_return_val_if_fail (label != NULL, NULL);

  self = g_object_new (LYKTA_TYPE_TILE, NULL);
  lykta_pictogram_set_icon (self->pictogram, icon);
  gtk_widget_set_visible (GTK_WIDGET (self->pictogram), icon != NULL);
  lykta_tile_set_label (self, label);
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), style);
  return GTK_WIDGET (self);
}

void
lykta_tile_set_label (LyktaTile *self, const char *label)
{
  g_return_if_fail (LYKTA_IS_TILE (self));
  g_return_if_fail (label != NULL);

  gtk_label_set_label (self->label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
