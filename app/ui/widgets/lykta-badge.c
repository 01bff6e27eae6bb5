/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/lykta-badge.h"

#include "text/lykta-language.h"
#include "ui/widgets/lykta-pictogram.h"

GtkWidget *
lykta_badge_new (const char *icon, const char *word, const char *style)
{
  GtkWidget *box;
  GtkWidget *label;

  g_return_val_if_fail (word != NULL, NULL);

  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (box, "badge");
  if (style != NULL)
    gtk_widget_add_css_class (box, style);
  if (icon != NULL)
    gtk_box_append (GTK_BOX (box), lykta_pictogram_new (icon));
  label = gtk_label_new (word);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

GtkWidget *
lykta_language_badge_new (const char *language)
{
  g_return_val_if_fail (language != NULL, NULL);
  return lykta_badge_new ("language", lykta_language_endonym (language), "language-badge");
}
