/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/lykta-card-row.h"

#include "text/lykta-date-format.h"
#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-width-layout.h"

struct _LyktaCardRow {
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  GtkLabel *heading;
  LyktaCardButton *button;

  guint position;
};

G_DEFINE_FINAL_TYPE (LyktaCardRow, lykta_card_row, GTK_TYPE_WIDGET)

static void
lykta_card_row_dispose (GObject *object)
{
  g_clear_pointer (&LYKTA_CARD_ROW (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (lykta_card_row_parent_class)->dispose (object);
}

static void
lykta_card_row_class_init (LyktaCardRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_card_row_dispose;
  g_type_ensure (LYKTA_TYPE_CARD_BUTTON);
  g_type_ensure (LYKTA_TYPE_COLUMNS_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/card-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaCardRow, box);
  gtk_widget_class_bind_template_child (widget_class, LyktaCardRow, heading);
  gtk_widget_class_bind_template_child (widget_class, LyktaCardRow, button);
  gtk_widget_class_set_layout_manager_type (widget_class, LYKTA_TYPE_WIDTH_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lykta_card_row_init (LyktaCardRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lykta_card_row_new (void)
{
  return g_object_new (LYKTA_TYPE_CARD_ROW, NULL);
}

void
lykta_card_row_set_card (
    LyktaCardRow *self, LyktaCard *card, guint position, const char *language, LyktaDate today)
{
  gboolean has_heading = FALSE;

  g_return_if_fail (LYKTA_IS_CARD_ROW (self));
  g_return_if_fail (card == NULL || LYKTA_IS_CARD (card));

  self->position = position;
  if (card != NULL) {
    const LyktaCardFields *fields = lykta_card_get_fields (card);
    g_autofree char *heading = NULL;
    has_heading = fields->is_first_of_day;
    if (has_heading) {
      heading = lykta_format_day_heading (language, lykta_date_of_moment (fields->occurrence.start),
                                          today);
      gtk_label_set_label (self->heading, heading);
    }
  }
  gtk_widget_set_visible (GTK_WIDGET (self->heading), has_heading);
  lykta_card_button_set_card (self->button, card, language, today, FALSE);
}

LyktaCardButton *
lykta_card_row_get_button (LyktaCardRow *self)
{
  g_return_val_if_fail (LYKTA_IS_CARD_ROW (self), NULL);
  return self->button;
}

guint
lykta_card_row_get_position (LyktaCardRow *self)
{
  g_return_val_if_fail (LYKTA_IS_CARD_ROW (self), 0);
  return self->position;
}
