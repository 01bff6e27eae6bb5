/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/desk/lykta-certificate-view.h"

#include <string.h>

#include "text/lykta-gettext.h"
#include "text/lykta-language.h"
#include "ui/desk/lykta-certificate-form-box.h"
#include "ui/desk/lykta-desk-keeper.h"
#include "ui/desk/lykta-paper-view.h"
#include "ui/desk/lykta-print-panel.h"
#include "ui/widgets/lykta-chip.h"
#include "ui/widgets/lykta-fact.h"
#include "ui/widgets/lykta-width-layout.h"

/* From this width on the page stands beside the form. */
#define BESIDE_WIDTH 860
/* The page follows the form when the person pauses. */
#define PAUSE_MILLISECONDS 150

struct _LyktaCertificateView {
  AdwBin parent_instance;

  /* template */
  GtkBox *columns;
  GtkWidget *form_column;
  GtkBox *form_host;
  GtkWidget *page_column;
  GtkBox *page_host;
  GtkWidget *switcher;
  GtkToggleButton *form_button;
  GtkToggleButton *page_button;

  /* owned */
  LyktaSurroundings *surroundings;
  LyktaCertificateDesk *desk; /* (nullable): no activity is open */
  const char **languages;     /* (nullable) container owned, interned tags */

  /* borrowed: children */
  LyktaWidthLayout *width_layout;
  LyktaCertificateFormBox *form_box;
  LyktaPaperView *paper;
  LyktaPrintPanel *panel;
  GtkWidget *blank_chip;
  GtkWidget *language_choice;

  guint timeout_id; /* 0: the page is up to date */
};

G_DEFINE_FINAL_TYPE (LyktaCertificateView, lykta_certificate_view, ADW_TYPE_BIN)

static gboolean
is_blank (LyktaCertificateView *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->blank_chip));
}

static void
update_page (LyktaCertificateView *self)
{
  g_autoptr (LyktaPage) page = NULL;
  LyktaCertificateForm *form = lykta_certificate_desk_get_form (self->desk);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (form == NULL)
    return;
  page = is_blank (self) ? lykta_certificate_desk_make_blank (
                               self->desk, lykta_certificate_form_get_second_language (form), TRUE)
                         : lykta_certificate_desk_make_page (self->desk);
  lykta_paper_view_set_page (self->paper, page);
  lykta_print_panel_set_page (self->panel, page, is_blank (self));
}

static gboolean
on_pause (gpointer user_data)
{
  LyktaCertificateView *self = user_data;

  self->timeout_id = 0;
  update_page (self);
  return G_SOURCE_REMOVE;
}

/* Shows the choice that the form holds. */
static void
update_language (LyktaCertificateView *self)
{
  LyktaCertificateForm *form = lykta_certificate_desk_get_form (self->desk);
  const char *current = form != NULL ? lykta_certificate_form_get_second_language (form) : NULL;
  guint selected = 0;

  for (guint i = 0; current != NULL && self->languages[i] != NULL; i++) {
    if (strcmp (self->languages[i], current) == 0)
      selected = i + 1;
  }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->language_choice), selected);
}

static void
on_desk_changed (LyktaCertificateView *self)
{
  update_language (self);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->timeout_id = g_timeout_add (PAUSE_MILLISECONDS, on_pause, self);
}

/* The page as the form is now; a form with problems stays and shows them. */
static gboolean
on_wanted (LyktaCertificateView *self)
{
  update_page (self);
  if (is_blank (self))
    return TRUE;
  if (!lykta_certificate_form_box_show_problems (self->form_box))
    return TRUE;
  gtk_toggle_button_set_active (self->form_button, TRUE);
  return FALSE;
}

static void
show_columns (LyktaCertificateView *self)
{
  gboolean is_wide = lykta_width_layout_is_wide (self->width_layout);

  gtk_widget_set_visible (self->switcher, !is_wide);
  gtk_widget_set_visible (self->form_column,
                          is_wide || gtk_toggle_button_get_active (self->form_button));
  gtk_widget_set_visible (self->page_column,
                          is_wide || gtk_toggle_button_get_active (self->page_button));
}

static void
on_language_selected (LyktaCertificateView *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->language_choice));

  if (selected != GTK_INVALID_LIST_POSITION && lykta_certificate_desk_get_form (self->desk) != NULL)
    lykta_certificate_desk_set_second_language (
        self->desk, selected > 0 ? self->languages[selected - 1] : NULL);
}

/* "Swedish only", then the languages that the page can help in, in their own words. */
static GtkWidget *
new_language_row (LyktaCertificateView *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  self->languages = lykta_certificate_desk_list_second_languages (self->desk);
  g_ptr_array_add (names, (gpointer)C_ ("desk", "Swedish only"));
  for (guint i = 0; self->languages[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer)lykta_language_endonym (self->languages[i]));
  g_ptr_array_add (names, NULL);
  self->language_choice = lykta_form_choice_new ((const char *const *)names->pdata);
  update_language (self);
  g_signal_connect_object (self->language_choice, "notify::selected",
                           G_CALLBACK (on_language_selected), self, G_CONNECT_SWAPPED);
  return lykta_form_row_new (C_ ("desk", "Second language on the page"), self->language_choice);
}

static void
fill_page_host (LyktaCertificateView *self)
{
  self->paper = LYKTA_PAPER_VIEW (lykta_paper_view_new ());
  self->panel = LYKTA_PRINT_PANEL (lykta_print_panel_new (self->desk));
  self->blank_chip =
      lykta_chip_new ("file-text", C_ ("desk", "Blank form to fill in by hand"), NULL);
  gtk_widget_set_halign (self->blank_chip, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->paper), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The page as it will be printed"), -1);
  gtk_box_append (self->page_host, GTK_WIDGET (self->panel));
  gtk_box_append (self->page_host, new_language_row (self));
  gtk_box_append (self->page_host, self->blank_chip);
  gtk_box_append (self->page_host, GTK_WIDGET (self->paper));
  gtk_box_append (
      self->page_host,
      lykta_note_new ("info-circle",
                      _ ("Every certificate is a draft for now and marked so: the signature does "
                         "not exist yet. It is not known whether the Migration Agency accepts a "
                         "certificate that is not on the county’s own template."),
                      "sample-card"));
  g_signal_connect_object (self->blank_chip, "toggled", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panel, "wanted", G_CALLBACK (on_wanted), self, G_CONNECT_SWAPPED);
}

static void
lykta_certificate_view_dispose (GObject *object)
{
  LyktaCertificateView *self = LYKTA_CERTIFICATE_VIEW (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_pointer (&self->languages, g_free);
  g_clear_object (&self->desk);
  g_clear_object (&self->surroundings);
  G_OBJECT_CLASS (lykta_certificate_view_parent_class)->dispose (object);
}

static void
lykta_certificate_view_class_init (LyktaCertificateViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_certificate_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/se/lykta/Lykta/ui/certificate-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaCertificateView, columns);
  gtk_widget_class_bind_template_child (widget_class, LyktaCertificateView, form_column);
  gtk_widget_class_bind_template_child (widget_class, LyktaCertificateView, form_host);
  gtk_widget_class_bind_template_child (widget_class, LyktaCertificateView, page_column);
  gtk_widget_class_bind_template_child (widget_class, LyktaCertificateView, page_host);
  gtk_widget_class_bind_template_child (widget_class, LyktaCertificateView, switcher);
  gtk_widget_class_bind_template_child (widget_class, LyktaCertificateView, form_button);
  gtk_widget_class_bind_template_child (widget_class, LyktaCertificateView, page_button);
}

static void
lykta_certificate_view_init (LyktaCertificateView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->width_layout = LYKTA_WIDTH_LAYOUT (lykta_width_layout_new (BESIDE_WIDTH));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), GTK_LAYOUT_MANAGER (self->width_layout));
  g_signal_connect_object (self->width_layout, "notify::is-wide", G_CALLBACK (show_columns), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form_button, "toggled", G_CALLBACK (show_columns), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
lykta_certificate_view_new (LyktaSurroundings *surroundings)
{
  LyktaCertificateView *self;
  LyktaCertificateDesk *desk;

  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (surroundings), NULL);

  self = g_object_new (LYKTA_TYPE_CERTIFICATE_VIEW, NULL);
  self->surroundings = g_object_ref (surroundings);
  desk = lykta_desk_keeper_get (surroundings);
  if (desk == NULL)
    return GTK_WIDGET (self);
  self->desk = g_object_ref (desk);
  self->form_box = LYKTA_CERTIFICATE_FORM_BOX (lykta_certificate_form_box_new (desk));
  gtk_box_append (self->form_host, GTK_WIDGET (self->form_box));
  fill_page_host (self);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed), self, G_CONNECT_SWAPPED);
  update_page (self);
  show_columns (self);
  return GTK_WIDGET (self);
}
