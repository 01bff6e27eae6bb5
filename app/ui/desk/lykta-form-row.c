/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/desk/lykta-form-row.h"

#include "ui/widgets/lykta-fact.h"

struct _LyktaFormRow {
  GtkBox parent_instance;

  GtkWidget *control; /* (unowned), a child or in one */
  GtkWidget *problem; /* (unowned), a child */
};

G_DEFINE_FINAL_TYPE (LyktaFormRow, lykta_form_row, GTK_TYPE_BOX)

static void
lykta_form_row_class_init (LyktaFormRowClass *class)
{
}

static void
lykta_form_row_init (LyktaFormRow *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 4);
}

static GtkWidget *
new_row (const char *text, GtkWidget *control, GtkWidget *frame)
{
  LyktaFormRow *self = g_object_new (LYKTA_TYPE_FORM_ROW, NULL);
  GtkWidget *label = lykta_paragraph_new (text, "caption");

  self->control = control;
  self->problem = lykta_paragraph_new ("", "problem");
  gtk_widget_add_css_class (label, "strong");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (self), label);
  gtk_box_append (GTK_BOX (self), frame);
  gtk_box_append (GTK_BOX (self), self->problem);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
  return GTK_WIDGET (self);
}

GtkWidget *
lykta_form_row_new (const char *label, GtkWidget *control)
{
  g_return_val_if_fail (label != NULL, NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (control), NULL);

  return new_row (label, control, control);
}

GtkWidget *
lykta_form_row_new_entry (const char *label, const char *placeholder)
{
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *entry = gtk_entry_new ();

  g_return_val_if_fail (label != NULL, NULL);

  gtk_widget_add_css_class (frame, "field");
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 6);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
  /* Nobody's name is to be remembered or guessed. */
  gtk_entry_set_input_hints (GTK_ENTRY (entry),
                             GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_SPELLCHECK);
  gtk_box_append (GTK_BOX (frame), entry);
  return new_row (label, entry, frame);
}

static void
on_item_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer does_wrap)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0F);
  if (does_wrap != NULL) {
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_widget_set_size_request (label, -1, 44);
  } else {
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  }
  gtk_list_item_set_child (item, label);
}

static void
on_item_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkStringObject *word = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (word));
}

static GtkListItemFactory *
new_factory (gboolean does_wrap)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_item_setup), GINT_TO_POINTER (does_wrap));
  g_signal_connect (factory, "bind", G_CALLBACK (on_item_bind), NULL);
  return factory;
}

GtkWidget *
lykta_form_choice_new (const char *const *words)
{
  GtkWidget *choice = gtk_drop_down_new_from_strings (words);
  g_autoptr (GtkListItemFactory) button_factory = new_factory (FALSE);
  g_autoptr (GtkListItemFactory) list_factory = new_factory (TRUE);

  gtk_drop_down_set_factory (GTK_DROP_DOWN (choice), button_factory);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (choice), list_factory);
  gtk_widget_set_hexpand (choice, TRUE);
  return choice;
}

GtkWidget *
lykta_form_row_get_control (LyktaFormRow *self)
{
  g_return_val_if_fail (LYKTA_IS_FORM_ROW (self), NULL);

  return self->control;
}

void
lykta_form_row_set_problem (LyktaFormRow *self, const char *sentence)
{
  g_return_if_fail (LYKTA_IS_FORM_ROW (self));

  if (g_strcmp0 (sentence != NULL ? sentence : "",
                 gtk_label_get_label (GTK_LABEL (self->problem))) == 0)
    return;
  gtk_label_set_label (GTK_LABEL (self->problem), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->problem, sentence != NULL);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_STATE_INVALID,
      sentence != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence != NULL ? sentence : "", -1);
}

const char *
lykta_form_row_get_problem (LyktaFormRow *self)
{
  g_return_val_if_fail (LYKTA_IS_FORM_ROW (self), NULL);

  return gtk_widget_get_visible (self->problem) ? gtk_label_get_label (GTK_LABEL (self->problem))
                                                : NULL;
}
