/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lykta-greetings.h"

#include "text/lykta-language.h"

static const struct {
  const char *tag;
  const char *greeting;
} GREETINGS[] = {
    {"sv", "Välkommen"},   {"sv-x-easy", "Välkommen"}, {"en", "Welcome"},
    {"ar", "أهلاً وسهلاً"},  {"fa", "خوش آمدید"},        {"fa-AF", "خوش آمدید"},
    {"ps", "ښه راغلاست"},  {"so", "Soo dhawoow"},      {"ti", "እንቋዕ ብደሓን መጻእኩም"},
    {"am", "እንኳን ደህና መጡ"}, {"uk", "Ласкаво просимо"},  {"ru", "Добро пожаловать"},
    {"ckb", "بەخێربێن"},   {"ku", "Bi xêr hatî"},      {"tr", "Hoş geldiniz"},
    {"fr", "Bienvenue"},   {"es", "Bienvenidos"},
};

const char *
lykta_greeting (const char *tag)
{
  g_return_val_if_fail (tag != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (GREETINGS); i++)
    if (g_str_equal (GREETINGS[i].tag, tag))
      return GREETINGS[i].greeting;
  return NULL;
}

GtkWidget *
lykta_label_in_language (const char *text, const char *tag, const char *style)
{
  g_return_val_if_fail (text != NULL && tag != NULL && style != NULL, NULL);

  GtkWidget *label = gtk_label_new (text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_language_new (pango_language_from_string (
                                          lykta_language_pango_tag (tag))));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0F);
  gtk_widget_set_direction (label,
                            lykta_language_is_rtl (tag) ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  gtk_widget_add_css_class (label, style);
  return label;
}
