/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lykta-trouble-window.h"

#include "text/lykta-gettext.h"
#include "text/lykta-language.h"

#define WIDTH  640
#define HEIGHT 480

static void
on_again_clicked (GtkWindow *window)
{
  g_autoptr (GtkApplication) application = g_object_ref (gtk_window_get_application (window));

  g_application_hold (G_APPLICATION (application));
  gtk_window_destroy (window);
  g_application_activate (G_APPLICATION (application));
  g_application_release (G_APPLICATION (application));
}

GtkWidget *
lykta_trouble_window_new (GtkApplication *application, const char *language)
{
  GtkWidget *window;
  GtkWidget *page;
  GtkWidget *button;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);

  if (language != NULL) {
    lykta_gettext_set_language (language);
    gtk_widget_set_default_direction (lykta_language_is_rtl (language) ? GTK_TEXT_DIR_RTL
                                                                       : GTK_TEXT_DIR_LTR);
  }
  /* Translators: a button: tries to start Lykta once more. */
  button = gtk_button_new_with_label (C_ ("button", "Try again"));
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  page = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Lykta cannot open the calendar"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("The folder where it is kept cannot be used. Ask whoever looks after this machine."));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  window = adw_application_window_new (application);
  gtk_window_set_title (GTK_WINDOW (window), "Lykta");
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), page);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_again_clicked), window,
                           G_CONNECT_SWAPPED);
  return window;
}
