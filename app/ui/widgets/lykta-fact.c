/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/lykta-fact.h"

#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-pictogram.h"

#define LEAST_CHARS 8

GtkWidget *
lykta_paragraph_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0F);
  /* Without a least width each letter would be shaped on its own to find one. */
  gtk_label_set_width_chars (GTK_LABEL (label), LEAST_CHARS);
  gtk_widget_set_hexpand (label, TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

GtkWidget *
lykta_heading_new (const char *text)
{
  GtkWidget *label =
      g_object_new (GTK_TYPE_LABEL, "label", text, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                    "wrap", TRUE, "xalign", 0.0F, "width-chars", LEAST_CHARS, NULL);

  gtk_widget_add_css_class (label, "heading-2");
  return label;
}

GtkWidget *
lykta_fact_new (const char *icon, const char *heading, const char *value)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *pictogram = lykta_pictogram_new (icon);

  gtk_widget_set_layout_manager (words, lykta_columns_layout_new (1, 1, 2));
  gtk_widget_set_hexpand (words, TRUE);
  lykta_pictogram_set_scale (LYKTA_PICTOGRAM (pictogram), 1.5);
  gtk_widget_set_valign (pictogram, GTK_ALIGN_START);
  gtk_widget_add_css_class (pictogram, "fact-icon");
  gtk_box_append (GTK_BOX (row), pictogram);
  if (heading != NULL) {
    GtkWidget *label = lykta_paragraph_new (heading, "caption");
    gtk_widget_add_css_class (label, "soft");
    gtk_box_append (GTK_BOX (words), label);
  }
  gtk_box_append (GTK_BOX (words), lykta_paragraph_new (value, NULL));
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), words);
  return row;
}

GtkWidget *
lykta_note_new (const char *icon, const char *text, const char *style)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *pictogram = lykta_pictogram_new (icon);

  lykta_pictogram_set_scale (LYKTA_PICTOGRAM (pictogram), 1.5);
  gtk_widget_add_css_class (row, style);
  gtk_box_append (GTK_BOX (row), pictogram);
  gtk_box_append (GTK_BOX (row), lykta_paragraph_new (text, NULL));
  return row;
}

GtkWidget *
lykta_text_button_new (const char *icon, const char *text, const char *style)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = lykta_paragraph_new (text, NULL);

  gtk_widget_set_hexpand (label, FALSE);
  gtk_widget_set_halign (row, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), lykta_pictogram_new (icon));
  gtk_box_append (GTK_BOX (row), label);
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (style != NULL)
    gtk_widget_add_css_class (button, style);
  return button;
}
