/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/pages/lykta-take-away-page.h"

#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "text/lykta-language.h"
#include "text/lykta-plain-text.h"
#include "ui/lykta-sentences.h"
#include "ui/lykta-take-away-keeper.h"
#include "ui/widgets/lykta-code-view.h"
#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-fact.h"
#include "ui/widgets/lykta-pictogram.h"

/* Pixels that a code wants: at arm's length, and at the distance of a touch screen. */
#define CODE_SIDE       300
#define KIOSK_CODE_SIDE 460
#define LINK_SIDE       200

struct _LyktaTakeAwayPage {
  AdwBin parent_instance;

  /* template */
  GtkLabel *what_label;
  GtkLabel *when_label;
  GtkWidget *paper_box;
  GtkWidget *code_box;
  GtkWidget *file_box;

  /* owned */
  LyktaSurroundings *surroundings;
  LyktaTakeAway *takeaway; /* (nullable) */
  GCancellable *cancellable;
  GtkFileChooserNative *chooser; /* (nullable): open */

  /* borrowed */
  GtkWidget *file_message;
  gboolean is_calendar; /* what the open chooser is for */
};

G_DEFINE_FINAL_TYPE (LyktaTakeAwayPage, lykta_take_away_page, ADW_TYPE_BIN)

/* How each state is shown: a drawing, words, and a colour; never one alone. */
static const struct {
  const char *icon;
  const char *sentence;
  const char *style;
} states[LYKTA_TAKE_AWAY_N_STATES] = {
    [LYKTA_TAKE_AWAY_PRINTING] = {"printer", N_ ("Printing …"), "sample-card"},
    [LYKTA_TAKE_AWAY_DONE] = {"check", N_ ("Done. Take your paper from the printer."),
                              "sample-card"},
    [LYKTA_TAKE_AWAY_NO_PAPER] =
        {"file-text",
         N_ ("The printer is out of paper. Ask the staff to fill it: then your page comes by "
             "itself."),
         "alert"},
    [LYKTA_TAKE_AWAY_NO_INK] = {"alert-triangle",
                                N_ ("The printer is out of ink. Ask the staff for help."), "alert"},
    [LYKTA_TAKE_AWAY_JAM] =
        {"alert-triangle",
         N_ ("Paper is stuck in the printer, or a lid is open. Ask the staff for help."), "alert"},
    [LYKTA_TAKE_AWAY_STOPPED] = {"alert-triangle",
                                 N_ ("The printer is paused. Ask the staff for help."), "alert"},
    [LYKTA_TAKE_AWAY_GONE] = {"cloud-off",
                              N_ ("The printer does not answer. Ask the staff for help."), "alert"},
    [LYKTA_TAKE_AWAY_CANCELLED] = {"circle-x", N_ ("Nothing was printed."), "sample-card"},
    [LYKTA_TAKE_AWAY_FAILED] = {"circle-x", N_ ("Nothing was printed."), "alert"},
    [LYKTA_TAKE_AWAY_UNKNOWN] =
        {"alert-triangle",
         N_ ("Perhaps your page came out, perhaps not. Look in the printer first."), "alert"},
    [LYKTA_TAKE_AWAY_UNPRINTABLE] =
        {"alert-triangle",
         N_ ("Some letters of this text cannot be printed here. Ask the staff for help."), "alert"},
};

static void
empty (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
add (GtkWidget *box, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (box), child);
}

static void
add_button (
    GtkWidget *box, const char *icon, const char *text, const char *style, const char *action)
{
  GtkWidget *button = lykta_text_button_new (icon, text, style);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  add (box, button);
}

static LyktaSession *
get_session (LyktaTakeAwayPage *self)
{
  return lykta_surroundings_get_session (self->surroundings);
}

static gboolean
is_kiosk (LyktaTakeAwayPage *self)
{
  return lykta_session_get_mode (get_session (self)) == LYKTA_MODE_KIOSK;
}

/* A sentence on its ground, which screen readers say as soon as it is there. */
static void
add_state (LyktaTakeAwayPage *self, LyktaTakeAwayState state)
{
  GtkWidget *note =
      lykta_note_new (states[state].icon, _ (states[state].sentence), states[state].style);

  gtk_accessible_update_property (GTK_ACCESSIBLE (note), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (states[state].sentence), -1);
  add (self->paper_box, note);
}

static void
add_ways_on (LyktaTakeAwayPage *self, LyktaTakeAwayState state)
{
  if (state == LYKTA_TAKE_AWAY_UNKNOWN)
    /* Translators: a button: the printed page has been found. */
    add_button (self->paper_box, "check", _ ("I have it"), "primary", "take-away.have-it");
  if (state != LYKTA_TAKE_AWAY_PRINTING && lykta_take_away_can_cancel (self->takeaway))
    /* Translators: a button: throws away a page that waits at the printer. */
    add_button (self->paper_box, "circle-x", _ ("Do not print"), NULL, "take-away.cancel");
  if (lykta_take_away_can_begin_again (self->takeaway) && state != LYKTA_TAKE_AWAY_UNPRINTABLE)
    /* Translators: a button: prints the same page once more. */
    add_button (self->paper_box, "printer", _ ("Print again"), NULL, "take-away.again");
}

static void
show_paper (LyktaTakeAwayPage *self)
{
  LyktaTakeAwayState state = lykta_take_away_get_state (self->takeaway);
  gboolean had_focus = gtk_widget_get_focus_child (self->paper_box) != NULL;
  gboolean is_list = lykta_take_away_is_list (self->takeaway);
  gboolean has_printer = lykta_take_away_has_printer (self->takeaway);

  empty (self->paper_box);
  /* Without a printer there is nothing to say as long as there is something else to take. */
  gtk_widget_set_visible (self->paper_box, has_printer || state != LYKTA_TAKE_AWAY_READY ||
                                               (is_list && is_kiosk (self)));
  if (state == LYKTA_TAKE_AWAY_READY && !has_printer) {
    add_state (self, LYKTA_TAKE_AWAY_GONE);
  } else if (state == LYKTA_TAKE_AWAY_READY) {
    add_button (self->paper_box, "printer",
                is_list ? _ ("Print this week")
                        /* Translators: a button: prints one date on a small piece of paper. */
                        : _ ("Print a slip"),
                "primary", "take-away.print");
  } else {
    add_state (self, state);
    add_ways_on (self, state);
  }
  if (had_focus)
    gtk_widget_child_focus (self->paper_box, GTK_DIR_TAB_FORWARD);
}

static void
add_code (LyktaTakeAwayPage *self, LyktaQrCode *code, const char *help, int side)
{
  GtkWidget *view;

  if (code == NULL)
    return;
  view = g_object_new (LYKTA_TYPE_CODE_VIEW, "side", side, NULL);
  lykta_code_view_set_code (LYKTA_CODE_VIEW (view), code);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, help, -1);
  add (self->code_box, lykta_paragraph_new (help, NULL));
  add (self->code_box, view);
}

static void
show_codes (LyktaTakeAwayPage *self)
{
  const char *link = lykta_take_away_get_link (self->takeaway);
  int side = is_kiosk (self) ? KIOSK_CODE_SIDE : CODE_SIDE;

  empty (self->code_box);
  gtk_widget_set_visible (self->code_box, lykta_take_away_get_code (self->takeaway) != NULL);
  add_code (self, lykta_take_away_get_code (self->takeaway),
            /* Translators: beside a QR code that holds the date of an activity. */
            C_ ("handout", "Point the camera of your phone at this square: the date goes into your "
                           "calendar, without internet."),
            side);
  if (link == NULL)
    return;
  add_code (self, lykta_take_away_get_link_code (self->takeaway),
            /* Translators: beside a QR code that leads to a web page. */
            C_ ("handout", "This square opens a web page."), LINK_SIDE);
  {
    g_autofree char *isolated = lykta_isolate_ltr (link);

    add (self->code_box, lykta_paragraph_new (isolated, "soft"));
  }
}

/* A kiosk has no files for anybody. */
static void
show_files (LyktaTakeAwayPage *self)
{
  empty (self->file_box);
  gtk_widget_set_visible (self->file_box, !is_kiosk (self));
  if (is_kiosk (self))
    return;
  if (!lykta_take_away_is_list (self->takeaway))
    /* Translators: a button: writes a file that calendar programs can open. */
    add_button (self->file_box, "calendar-event", _ ("Save for my calendar"), NULL,
                "take-away.save-calendar");
  add_button (self->file_box, "file-text", C_ ("desk", "Save as a file"), NULL, "take-away.save");
  self->file_message =
      g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "width-chars", 8, "xalign", 0.0F, "visible",
                    FALSE, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  add (self->file_box, self->file_message);
}

/* Which days a list is printed for. (transfer full) */
static char *
dup_period (LyktaSession *session, const char *language)
{
  LyktaQuery *query = lykta_session_get_query (session);
  LyktaDate from = lykta_date_of_moment (lykta_query_get_from (query));
  LyktaDate to = lykta_query_get_to (query) > 0
                     ? lykta_date_of_moment (lykta_query_get_to (query) - 1)
                     : lykta_date_add_days (from, LYKTA_TAKE_AWAY_LIST_DAYS - 1);

  return lykta_format_date_range (language, from, to);
}

static void
show_what (LyktaTakeAwayPage *self)
{
  LyktaSession *session = get_session (self);
  const char *language = lykta_session_get_language (session);
  LyktaActivity *activity = lykta_session_get_activity (session);
  LyktaCard *card = lykta_session_get_card (session);
  g_autofree char *when = NULL;
  const char *title = NULL;

  if (activity != NULL)
    title = lykta_texts_choose (lykta_activity_get_title (activity),
                                lykta_language_fallback_chain (language), NULL);
  if (activity != NULL && card != NULL)
    when = lykta_sentence_when (language, &lykta_card_get_fields (card)->occurrence,
                                lykta_session_get_today (session), TRUE);
  if (activity == NULL)
    when = dup_period (session, language);
  gtk_label_set_label (self->what_label, title != NULL ? title : "");
  gtk_label_set_label (self->when_label, when != NULL ? when : "");
  gtk_widget_set_visible (GTK_WIDGET (self->what_label), title != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->when_label), when != NULL);
}

static void
on_print (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lykta_take_away_print (LYKTA_TAKE_AWAY_PAGE (widget)->takeaway);
}

static void
on_again (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaTakeAway *takeaway = LYKTA_TAKE_AWAY_PAGE (widget)->takeaway;

  lykta_take_away_begin_again (takeaway);
  lykta_take_away_print (takeaway);
}

static void
on_have_it (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lykta_take_away_begin_again (LYKTA_TAKE_AWAY_PAGE (widget)->takeaway);
}

static void
on_cancel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lykta_take_away_cancel (LYKTA_TAKE_AWAY_PAGE (widget)->takeaway);
}

static void
say (LyktaTakeAwayPage *self, const char *sentence)
{
  gtk_label_set_label (GTK_LABEL (self->file_message), sentence);
  gtk_widget_set_visible (self->file_message, TRUE);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LyktaTakeAwayPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_saved = lykta_take_away_save_finish (LYKTA_TAKE_AWAY (source), result, &error);

  if (error != NULL)
    g_message ("Not saved: %s", error->message);
  if (self->surroundings == NULL || self->file_message == NULL)
    return;
  if (is_saved)
    say (self, _ ("Saved as a file."));
  else
    say (self, _ ("The file could not be written there. Choose another folder."));
}

void
lykta_take_away_page_save_to (LyktaTakeAwayPage *self, gboolean is_calendar, const char *path)
{
  g_return_if_fail (LYKTA_IS_TAKE_AWAY_PAGE (self));
  g_return_if_fail (path != NULL);

  lykta_take_away_save_async (
      self->takeaway, is_calendar ? LYKTA_TAKE_AWAY_FILE_CALENDAR : LYKTA_TAKE_AWAY_FILE_PDF, path,
      self->cancellable, on_saved, g_object_ref (self));
}

static void
on_chooser_response (LyktaTakeAwayPage *self, int response)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  if (file != NULL)
    path = g_file_get_path (file);
  /* The chooser has asked whether a file may be replaced. */
  if (path != NULL)
    lykta_take_away_page_save_to (self, self->is_calendar, path);
  g_clear_object (&self->chooser);
}

static void
choose_file (LyktaTakeAwayPage *self, gboolean is_calendar)
{
  g_autofree char *name = lykta_take_away_suggest_name (
      self->takeaway, is_calendar ? LYKTA_TAKE_AWAY_FILE_CALENDAR : LYKTA_TAKE_AWAY_FILE_PDF);

  if (self->chooser != NULL || is_kiosk (self))
    return;
  self->is_calendar = is_calendar;
  self->chooser = gtk_file_chooser_native_new (
      C_ ("desk", "Save as a file"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save"), _ ("Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chooser_response), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_save (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose_file (LYKTA_TAKE_AWAY_PAGE (widget), FALSE);
}

static void
on_save_calendar (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose_file (LYKTA_TAKE_AWAY_PAGE (widget), TRUE);
}

static void
lykta_take_away_page_dispose (GObject *object)
{
  LyktaTakeAwayPage *self = LYKTA_TAKE_AWAY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  self->file_message = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->chooser);
  g_clear_object (&self->takeaway);
  g_clear_object (&self->surroundings);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (lykta_take_away_page_parent_class)->dispose (object);
}

static void
lykta_take_away_page_class_init (LyktaTakeAwayPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_take_away_page_dispose;
  g_type_ensure (LYKTA_TYPE_COLUMNS_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/se/lykta/Lykta/ui/take-away-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaTakeAwayPage, what_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaTakeAwayPage, when_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaTakeAwayPage, paper_box);
  gtk_widget_class_bind_template_child (widget_class, LyktaTakeAwayPage, code_box);
  gtk_widget_class_bind_template_child (widget_class, LyktaTakeAwayPage, file_box);
  gtk_widget_class_install_action (widget_class, "take-away.print", NULL, on_print);
  gtk_widget_class_install_action (widget_class, "take-away.again", NULL, on_again);
  gtk_widget_class_install_action (widget_class, "take-away.have-it", NULL, on_have_it);
  gtk_widget_class_install_action (widget_class, "take-away.cancel", NULL, on_cancel);
  gtk_widget_class_install_action (widget_class, "take-away.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "take-away.save-calendar", NULL, on_save_calendar);
}

static void
lykta_take_away_page_init (LyktaTakeAwayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
lykta_take_away_page_new (LyktaSurroundings *surroundings)
{
  LyktaTakeAwayPage *self;
  LyktaTakeAway *takeaway;

  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (surroundings), NULL);

  self = g_object_new (LYKTA_TYPE_TAKE_AWAY_PAGE, NULL);
  self->surroundings = g_object_ref (surroundings);
  show_what (self);
  takeaway = lykta_take_away_keeper_get (surroundings);
  if (takeaway == NULL)
    return GTK_WIDGET (self);
  self->takeaway = g_object_ref (takeaway);
  show_codes (self);
  show_paper (self);
  show_files (self);
  g_signal_connect_object (takeaway, "notify::state", G_CALLBACK (show_paper), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (takeaway, "notify::has-printer", G_CALLBACK (show_paper), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
