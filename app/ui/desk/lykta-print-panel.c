/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/desk/lykta-print-panel.h"

#include "text/lykta-gettext.h"
#include "ui/desk/lykta-certificate-words.h"
#include "ui/desk/lykta-form-row.h"
#include "ui/widgets/lykta-fact.h"

struct _LyktaPrintPanel {
  GtkBox parent_instance;

  /* owned */
  LyktaCertificateDesk *desk;
  LyktaPage *page;               /* (nullable) */
  GPtrArray *queues;             /* (nullable) (element-type LyktaPrintQueue) */
  LyktaPrintJob *job;            /* (nullable), the last one */
  GtkFileChooserNative *chooser; /* (nullable), while it is open */
  GCancellable *cancellable;

  /* borrowed: children */
  GtkWidget *queue_row;
  GtkWidget *print_button;
  GtkWidget *save_button;
  GtkWidget *message;

  gboolean is_blank;
  gboolean is_handing_over;
};

enum { SIGNAL_WANTED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LyktaPrintPanel, lykta_print_panel, GTK_TYPE_BOX)

/* Also read out by a screen reader when it changes. NULL: says nothing. */
static void
say (LyktaPrintPanel *self, const char *sentence, gboolean is_trouble)
{
  gtk_label_set_label (GTK_LABEL (self->message), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->message, sentence != NULL);
  if (is_trouble)
    gtk_widget_add_css_class (self->message, "problem");
  else
    gtk_widget_remove_css_class (self->message, "problem");
}

static LyktaPrintQueue *
get_chosen_queue (LyktaPrintPanel *self)
{
  GtkWidget *choice = lykta_form_row_get_control (LYKTA_FORM_ROW (self->queue_row));
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (choice));

  return self->queues != NULL && selected < self->queues->len
             ? g_ptr_array_index (self->queues, selected)
             : NULL;
}

static void
update_buttons (LyktaPrintPanel *self)
{
  gtk_widget_set_sensitive (self->print_button, self->page != NULL && !self->is_handing_over &&
                                                    get_chosen_queue (self) != NULL);
  gtk_widget_set_sensitive (self->save_button, self->page != NULL);
}

static void
show_queues (LyktaPrintPanel *self)
{
  GtkWidget *choice = lykta_form_row_get_control (LYKTA_FORM_ROW (self->queue_row));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; self->queues != NULL && i < self->queues->len; i++) {
    const LyktaPrintQueue *queue = g_ptr_array_index (self->queues, i);
    g_autofree char *name = queue->location != NULL
                                ? g_strdup_printf ("%s · %s", queue->description, queue->location)
                                : g_strdup (queue->description);

    gtk_string_list_append (names, name);
  }
  gtk_drop_down_set_model (GTK_DROP_DOWN (choice), G_LIST_MODEL (names));
  gtk_widget_set_visible (self->queue_row, self->queues != NULL && self->queues->len > 0);
  update_buttons (self);
}

/* Says beforehand what is the matter with the chosen printer. */
static void
on_queue_selected (LyktaPrintPanel *self)
{
  const LyktaPrintQueue *queue = get_chosen_queue (self);
  gboolean is_fine = queue == NULL || queue->state == LYKTA_PRINT_STATE_IDLE ||
                     queue->state == LYKTA_PRINT_STATE_PRINTING ||
                     queue->state == LYKTA_PRINT_STATE_UNKNOWN;

  lykta_form_row_set_problem (LYKTA_FORM_ROW (self->queue_row),
                              is_fine ? NULL : lykta_print_state_sentence (queue->state));
  update_buttons (self);
}

static void
on_queues_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LyktaPrintPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *queues = lykta_printer_list_queues_finish (LYKTA_PRINTER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->desk == NULL) {
    g_clear_pointer (&queues, g_ptr_array_unref);
    return;
  }
  self->queues = queues;
  show_queues (self);
  on_queue_selected (self);
  if (error != NULL) {
    g_message ("No printers: %s", error->message);
    say (self, lykta_desk_failure_sentence (error), FALSE);
  } else if (queues->len == 0) {
    say (self, _ ("No printer is set up on this computer. Save the page as a file instead."),
         FALSE);
  }
}

static void
on_job_state (LyktaPrintPanel *self)
{
  LyktaPrintState state = lykta_print_job_get_state (self->job);

  say (self, lykta_print_state_sentence (state),
       state != LYKTA_PRINT_STATE_QUEUED && state != LYKTA_PRINT_STATE_PRINTING &&
           state != LYKTA_PRINT_STATE_COMPLETED);
}

static void
drop_job (LyktaPrintPanel *self)
{
  if (self->job == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->job, self);
  lykta_print_job_stop_following (self->job);
  g_clear_object (&self->job);
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LyktaPrintPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaPrintJob) job =
      lykta_certificate_desk_print_finish (LYKTA_CERTIFICATE_DESK (source), result, &error);

  self->is_handing_over = FALSE;
  if (self->desk == NULL)
    return;
  update_buttons (self);
  if (job == NULL) {
    g_message ("Not printed: %s", error->message);
    say (self, lykta_desk_failure_sentence (error), TRUE);
    return;
  }
  drop_job (self);
  self->job = g_steal_pointer (&job);
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (on_job_state), self,
                           G_CONNECT_SWAPPED);
  on_job_state (self);
}

/* TRUE when whoever made the page lets it go. */
static gboolean
ask_leave (LyktaPrintPanel *self)
{
  gboolean goes_on = TRUE;

  g_signal_emit (self, signals[SIGNAL_WANTED], 0, &goes_on);
  if (!goes_on)
    say (self, _ ("Something in the form is not right yet. The places are marked."), TRUE);
  return goes_on && self->page != NULL;
}

static void
on_print_clicked (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaPrintPanel *self = LYKTA_PRINT_PANEL (widget);
  const LyktaPrintQueue *queue = get_chosen_queue (self);

  if (queue == NULL || self->is_handing_over || !ask_leave (self))
    return;
  self->is_handing_over = TRUE;
  update_buttons (self);
  say (self, _ ("Handing the page to the printer …"), FALSE);
  lykta_certificate_desk_print_async (self->desk, self->page, queue->name, NULL, on_printed,
                                      g_object_ref (self));
}

static void
save (LyktaPrintPanel *self, const char *path, gboolean may_replace)
{
  g_autoptr (GError) error = NULL;

  if (lykta_certificate_desk_save (self->desk, self->page, path, may_replace, &error)) {
    say (self, _ ("Saved as a file."), FALSE);
    return;
  }
  g_message ("Not saved: %s", error->message);
  say (self, lykta_desk_failure_sentence (error), TRUE);
}

static void
on_chooser_response (LyktaPrintPanel *self, int response)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  if (file != NULL)
    path = g_file_get_path (file);
  /* The chooser has asked whether a file may be replaced. */
  if (path != NULL && self->page != NULL)
    save (self, path, TRUE);
  g_clear_object (&self->chooser);
}

static void
on_save_clicked (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaPrintPanel *self = LYKTA_PRINT_PANEL (widget);
  g_autofree char *file_name = NULL;

  if (self->chooser != NULL || !ask_leave (self))
    return;
  file_name = lykta_certificate_desk_suggest_file_name (self->desk, self->is_blank);
  self->chooser = gtk_file_chooser_native_new (
      _ ("Save the page as a file"), GTK_WINDOW (gtk_widget_get_root (widget)),
      GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save"), _ ("Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), file_name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chooser_response), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
lykta_print_panel_dispose (GObject *object)
{
  LyktaPrintPanel *self = LYKTA_PRINT_PANEL (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  drop_job (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  g_clear_object (&self->chooser);
  g_clear_object (&self->page);
  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->queues, g_ptr_array_unref);
  G_OBJECT_CLASS (lykta_print_panel_parent_class)->dispose (object);
}

static void
lykta_print_panel_class_init (LyktaPrintPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_print_panel_dispose;
  gtk_widget_class_install_action (widget_class, "desk.print", NULL, on_print_clicked);
  gtk_widget_class_install_action (widget_class, "desk.save", NULL, on_save_clicked);
  signals[SIGNAL_WANTED] = g_signal_new ("wanted", LYKTA_TYPE_PRINT_PANEL, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_BOOLEAN, 0);
}

static void
lykta_print_panel_init (LyktaPrintPanel *self)
{
  static const char *const none[] = {NULL};
  GtkWidget *choice = lykta_form_choice_new (none);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->cancellable = g_cancellable_new ();
  self->queue_row = lykta_form_row_new (C_ ("desk", "Printer"), choice);
  self->print_button = lykta_text_button_new ("printer", C_ ("desk", "Print"), "primary");
  self->save_button = lykta_text_button_new ("file-text", C_ ("desk", "Save as a file"), NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->print_button), "desk.print");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->save_button), "desk.save");
  self->message = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0F, "visible", FALSE,
                                "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_widget_set_visible (self->queue_row, FALSE);
  gtk_box_append (GTK_BOX (self), self->queue_row);
  gtk_box_set_homogeneous (GTK_BOX (buttons), TRUE);
  gtk_box_append (GTK_BOX (buttons), self->print_button);
  gtk_box_append (GTK_BOX (buttons), self->save_button);
  gtk_box_append (GTK_BOX (self), buttons);
  gtk_box_append (GTK_BOX (self), self->message);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (on_queue_selected), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
lykta_print_panel_new (LyktaCertificateDesk *desk)
{
  LyktaPrintPanel *self;

  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_DESK (desk), NULL);

  self = g_object_new (LYKTA_TYPE_PRINT_PANEL, NULL);
  self->desk = g_object_ref (desk);
  update_buttons (self);
  lykta_printer_list_queues_async (lykta_certificate_desk_get_printer (desk), self->cancellable,
                                   on_queues_listed, g_object_ref (self));
  return GTK_WIDGET (self);
}

void
lykta_print_panel_set_page (LyktaPrintPanel *self, LyktaPage *page, gboolean is_blank)
{
  g_return_if_fail (LYKTA_IS_PRINT_PANEL (self));

  g_set_object (&self->page, page);
  self->is_blank = is_blank;
  update_buttons (self);
}

const char *
lykta_print_panel_get_message (LyktaPrintPanel *self)
{
  g_return_val_if_fail (LYKTA_IS_PRINT_PANEL (self), NULL);

  return gtk_widget_get_visible (self->message) ? gtk_label_get_label (GTK_LABEL (self->message))
                                                : NULL;
}

void
lykta_print_panel_save_to (LyktaPrintPanel *self, const char *path)
{
  g_return_if_fail (LYKTA_IS_PRINT_PANEL (self));
  g_return_if_fail (path != NULL);

  if (ask_leave (self))
    save (self, path, FALSE);
}
