/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pages/lykta-language-page.h"

#include "text/lykta-language.h"
#include "ui/lykta-greetings.h"
#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-lantern.h"
#include "ui/widgets/lykta-pictogram.h"

struct _LyktaLanguagePage {
  AdwBin parent_instance;

  /* template */
  GtkLabel *greeting_label;
  GtkLabel *site_label;
  GtkWidget *cards;

  /* owned */
  LyktaSurroundings *surroundings;
};

G_DEFINE_FINAL_TYPE (LyktaLanguagePage, lykta_language_page, ADW_TYPE_BIN)

/* Each card reads in the direction of its own language, whatever the screen around it does. */
static GtkWidget *
new_card (const char *tag, gboolean is_current)
{
  const char *endonym = lykta_language_endonym (tag);
  const char *greeting = lykta_greeting (tag);
  GtkTextDirection direction = lykta_language_is_rtl (tag) ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR;
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = lykta_label_in_language (endonym, tag, "heading-2");

  gtk_widget_set_layout_manager (words, lykta_columns_layout_new (1, 1, 4));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_direction (row, direction);
  gtk_widget_set_direction (words, direction);
  gtk_box_append (GTK_BOX (words), name);
  if (greeting != NULL)
    gtk_box_append (GTK_BOX (words), lykta_label_in_language (greeting, tag, "soft"));
  gtk_box_append (GTK_BOX (row), words);
  if (is_current) {
    GtkWidget *tick = lykta_pictogram_new ("check");
    lykta_pictogram_set_scale (LYKTA_PICTOGRAM (tick), 1.75);
    gtk_box_append (GTK_BOX (row), tick);
    gtk_widget_add_css_class (button, "current");
  }
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "language");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "language.choose");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", tag);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, endonym,
                                  -1);
  return button;
}

/* The window drops this page as soon as the language changes: only the session is used after. */
static void
on_language_choose (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaLanguagePage *self = LYKTA_LANGUAGE_PAGE (widget);
  g_autoptr (LyktaSession) session =
      g_object_ref (lykta_surroundings_get_session (self->surroundings));

  /* From the screen that greets everybody one goes on, not back. */
  const gboolean is_first_choice = !lykta_session_has_chosen_language (session);
  lykta_session_set_language (session, g_variant_get_string (parameter, NULL));
  if (lykta_session_get_screen (session) != LYKTA_SCREEN_LANGUAGE)
    return;
  if (lykta_session_can_go_back (session) && !is_first_choice)
    lykta_session_go_back (session);
  else
    lykta_session_go_home (session);
}

static void
fill (LyktaLanguagePage *self)
{
  LyktaSession *session = lykta_surroundings_get_session (self->surroundings);
  const char *const *languages = lykta_surroundings_get_languages (self->surroundings);
  const char *site_name = lykta_surroundings_get_site_name (self->surroundings);
  const char *current = lykta_session_get_language (session);
  gboolean has_chosen = lykta_session_has_chosen_language (session);
  const char *greeting = lykta_greeting (current);

  gtk_label_set_label (self->greeting_label, greeting != NULL ? greeting : "Lykta");
  if (site_name != NULL && *site_name != '\0') {
    gtk_label_set_label (self->site_label, site_name);
    gtk_widget_set_visible (GTK_WIDGET (self->site_label), TRUE);
  }
  for (gsize i = 0; languages != NULL && languages[i] != NULL; i++)
    gtk_box_append (GTK_BOX (self->cards),
                    new_card (languages[i], has_chosen && g_str_equal (languages[i], current)));
}

static void
lykta_language_page_dispose (GObject *object)
{
  LyktaLanguagePage *self = LYKTA_LANGUAGE_PAGE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->surroundings);
  G_OBJECT_CLASS (lykta_language_page_parent_class)->dispose (object);
}

static void
lykta_language_page_class_init (LyktaLanguagePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_language_page_dispose;
  g_type_ensure (LYKTA_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (LYKTA_TYPE_LANTERN);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/language-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaLanguagePage, greeting_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaLanguagePage, site_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaLanguagePage, cards);
  gtk_widget_class_install_action (widget_class, "language.choose", "s", on_language_choose);
}

static void
lykta_language_page_init (LyktaLanguagePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lykta_language_page_new (LyktaSurroundings *surroundings)
{
  LyktaLanguagePage *self;

  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (surroundings), NULL);

  self = g_object_new (LYKTA_TYPE_LANGUAGE_PAGE, NULL);
  self->surroundings = g_object_ref (surroundings);
  fill (self);
  return GTK_WIDGET (self);
}
