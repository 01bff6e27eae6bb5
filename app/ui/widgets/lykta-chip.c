/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/lykta-chip.h"

#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "ui/widgets/lykta-pictogram.h"

/* Characters from which on a word may have to break. */
#define LONG_WORD 12

struct _LyktaChip {
  GtkToggleButton parent_instance;

  /* template */
  LyktaPictogram *pictogram;
  GtkLabel *label;
  GtkLabel *count;

  /* owned */
  char *name;
};

G_DEFINE_FINAL_TYPE (LyktaChip, lykta_chip, GTK_TYPE_TOGGLE_BUTTON)

static void
lykta_chip_dispose (GObject *object)
{
  gtk_button_set_child (GTK_BUTTON (object), NULL);
  G_OBJECT_CLASS (lykta_chip_parent_class)->dispose (object);
}

static void
lykta_chip_finalize (GObject *object)
{
  g_free (LYKTA_CHIP (object)->name);
  G_OBJECT_CLASS (lykta_chip_parent_class)->finalize (object);
}

static void
lykta_chip_class_init (LyktaChipClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_chip_dispose;
  G_OBJECT_CLASS (class)->finalize = lykta_chip_finalize;
  g_type_ensure (LYKTA_TYPE_PICTOGRAM);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/chip.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaChip, pictogram);
  gtk_widget_class_bind_template_child (widget_class, LyktaChip, label);
  gtk_widget_class_bind_template_child (widget_class, LyktaChip, count);
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
  lykta_chip_set_name (self, label);
}

void
lykta_chip_set_name (LyktaChip *self, const char *name)
{
  g_return_if_fail (LYKTA_IS_CHIP (self));
  g_return_if_fail (name != NULL);

  g_free (self->name);
  self->name = g_strdup (name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
lykta_chip_set_count (LyktaChip *self, const char *language, guint n)
{
  g_return_if_fail (LYKTA_IS_CHIP (self));
  g_return_if_fail (language != NULL);

  g_autofree char *number = lykta_format_number (language, n, 0);
  /* Translators: name of a chip: %1$s is what it keeps (“Childcare”), %2$s how many dates that
   * finds. */
  g_autofree char *name =
      g_strdup_printf (ngettext ("%1$s, %2$s date", "%1$s, %2$s dates", n), self->name, number);
  gtk_label_set_label (self->count, number);
  gtk_widget_set_visible (GTK_WIDGET (self->count), TRUE);
  if (n == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "finds-nothing");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "finds-nothing");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
lykta_chip_set_wraps (LyktaChip *self)
{
  g_return_if_fail (LYKTA_IS_CHIP (self));

  /* A short word breaks nowhere, and GTK has its doubts about labels that are less than wide. */
  if (g_utf8_strlen (gtk_label_get_label (self->label), -1) < LONG_WORD)
    return;
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (self->label, 4);
  gtk_label_set_natural_wrap_mode (self->label, GTK_NATURAL_WRAP_NONE);
}

const char *
lykta_chip_get_icon (LyktaChip *self)
{
  g_return_val_if_fail (LYKTA_IS_CHIP (self), NULL);

  return lykta_pictogram_get_icon (self->pictogram);
}
