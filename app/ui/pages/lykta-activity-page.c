/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/pages/lykta-activity-page.h"

#include "text/lykta-gettext.h"
#include "text/lykta-language.h"
#include "text/lykta-plain-text.h"
#include "ui/lykta-words.h"
#include "ui/pages/lykta-activity-page-private.h"
#include "ui/widgets/lykta-badge.h"
#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-fact.h"

#define ORIGINAL "sv"
/* Hundredths of the text size: narrower than this, two languages stand below each other. */
#define PAIR_WIDTH 1600

G_DEFINE_FINAL_TYPE (LyktaActivityPage, lykta_activity_page, ADW_TYPE_BIN)

const char *
lykta_activity_page_choose (LyktaActivityPage *self, LyktaTexts *texts, const char **language)
{
  static const char *const original_chain[] = {ORIGINAL, NULL};
  const char *const *chain =
      self->is_original
          ? original_chain
          : lykta_language_fallback_chain (lykta_session_get_language (self->session));

  return lykta_texts_choose (texts, chain, language);
}

static void
empty (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
show_badges (LyktaActivityPage *self, LyktaActivity *activity)
{
  LyktaPurposes purposes = lykta_activity_get_purposes (activity);
  LyktaLook audience = lykta_look_of_audience (lykta_activity_get_audience (activity));

  lykta_wrap_box_clear (self->badges);
  for (guint bit = LYKTA_PURPOSE_SWEDISH; bit <= LYKTA_PURPOSE_HEALTH; bit <<= 1) {
    LyktaLook look = lykta_look_of_purpose ((LyktaPurposes)bit);
    if (purposes & bit)
      lykta_wrap_box_append (self->badges, lykta_badge_new (look.icon, look.word, look.style));
  }
  if (audience.word != NULL)
    lykta_wrap_box_append (self->badges,
                           lykta_badge_new (audience.icon, audience.word, audience.style));
}

/* The button to the original, or back from it. */
static GtkWidget *
new_original_button (LyktaActivityPage *self)
{
  const char *language = lykta_session_get_language (self->session);
  const char *endonym = lykta_language_endonym (self->is_original ? language : ORIGINAL);
  g_autofree char *isolated = lykta_isolate (endonym);
  /* Translators: a button: shows the text in another language; %s is that language in itself
   * (“Svenska”). */
  g_autofree char *text = g_strdup_printf (_ ("Read in %s"), isolated);
  GtkWidget *button = lykta_text_button_new ("language", text, NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "activity.original");
  return button;
}

/* The button that puts Swedish beside every text, or takes it away. */
static GtkWidget *
new_pair_button (LyktaActivityPage *self)
{
  const gboolean is_pair = lykta_session_is_side_by_side (self->session);
  /* Translators: a button: shows each text in the language of the person and in Swedish. */
  GtkWidget *button = lykta_text_button_new ("columns-2", C_ ("button", "Swedish beside it"), NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "nav.side-by-side");
  if (is_pair)
    gtk_widget_add_css_class (button, "is-on");
  return button;
}

static void
show_title (LyktaActivityPage *self, LyktaActivity *activity)
{
  LyktaTexts *titles = lykta_activity_get_title (activity);
  const char *language = lykta_session_get_language (self->session);
  const char *title_language = NULL;
  const char *title = lykta_activity_page_choose (self, titles, &title_language);

  const char *original = lykta_texts_get (titles, ORIGINAL);
  const gboolean is_pair = lykta_session_is_side_by_side (self->session) && original != NULL &&
                           g_strcmp0 (title_language, ORIGINAL) != 0;
  gtk_label_set_label (self->title_label, title != NULL ? title : "");
  gtk_label_set_label (self->second_label, is_pair ? original : "");
  gtk_widget_set_visible (GTK_WIDGET (self->second_label), is_pair);
  lykta_wrap_box_clear (self->language_row);
  if (title_language != NULL && !g_str_equal (title_language, language))
    lykta_wrap_box_append (self->language_row, lykta_language_badge_new (title_language));
  if (!lykta_session_reads_swedish (self->session) && original != NULL)
    lykta_wrap_box_append (self->language_row, new_pair_button (self));
  if (!lykta_session_reads_swedish (self->session) && original != NULL && !is_pair &&
      (self->is_original || title_language == NULL || !g_str_equal (title_language, ORIGINAL)))
    lykta_wrap_box_append (self->language_row, new_original_button (self));
  gtk_widget_set_visible (GTK_WIDGET (self->language_row),
                          gtk_widget_get_first_child (GTK_WIDGET (self->language_row)) != NULL);
}

static void
show_alerts (LyktaActivityPage *self, LyktaActivity *activity)
{
  LyktaCard *card = lykta_session_get_card (self->session);
  LyktaStatus status =
      card != NULL ? lykta_card_get_fields (card)->occurrence.status : LYKTA_STATUS_SCHEDULED;
  gboolean is_all_cancelled = lykta_activity_get_status (activity) == LYKTA_STATUS_CANCELLED;

  empty (self->alerts);
  if (is_all_cancelled || status == LYKTA_STATUS_CANCELLED)
    gtk_box_append (GTK_BOX (self->alerts),
                    lykta_note_new ("circle-x",
                                    is_all_cancelled
                                        ? _ ("Cancelled. This activity does not take place.")
                                        : _ ("Cancelled. It does not take place on this day."),
                                    "alert"));
  else if (status == LYKTA_STATUS_RESCHEDULED)
    gtk_box_append (GTK_BOX (self->alerts),
                    lykta_note_new ("calendar-repeat",
                                    _ ("This date has been moved to a new time."), "sample-card"));
  else if (card != NULL && lykta_card_get_fields (card)->occurrence.is_gone)
    gtk_box_append (GTK_BOX (self->alerts),
                    lykta_note_new ("alert-triangle",
                                    _ ("This is not in the organiser's calendar any more. Ask the "
                                       "organiser before you go."),
                                    "alert"));
  if (lykta_activity_is_sample (activity))
    gtk_box_append (GTK_BOX (self->alerts),
                    lykta_note_new ("info-circle",
                                    _ ("This is an invented example. The place, the organiser and "
                                       "the telephone number are not real."),
                                    "sample-card"));
  gtk_widget_set_visible (self->alerts, gtk_widget_get_first_child (self->alerts) != NULL);
}

static void
show_actions (LyktaActivityPage *self, LyktaActivity *activity)
{
  GtkWidget *button;
  gboolean is_offered = lykta_session_get_mode (self->session) == LYKTA_MODE_DESK &&
                        !lykta_activity_is_compulsory_introduction (activity) &&
                        lykta_activity_get_offers_certificate (activity) == LYKTA_TRISTATE_YES;

  empty (self->actions);
  button = lykta_text_button_new ("printer", _ ("Take it with me"), is_offered ? NULL : "primary");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "nav.take-away");
  gtk_box_append (GTK_BOX (self->actions), button);
  if (!is_offered)
    return;
  button = lykta_text_button_new ("certificate", _ ("Write a certificate"), "primary");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "nav.certificate");
  gtk_box_append (GTK_BOX (self->actions), button);
}

/* One text, marked where it is in another language than the page, and in its own direction. */
static void
add_paragraph (LyktaActivityPage *self, GtkWidget *box, const char *text, const char *language)
{
  GtkWidget *paragraph = lykta_paragraph_new (text, NULL);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_set_layout_manager (column, lykta_columns_layout_new (1, 1, 8));
  if (language != NULL && !g_str_equal (language, lykta_session_get_language (self->session))) {
    GtkWidget *badge = lykta_language_badge_new (language);
    const GtkTextDirection direction =
        lykta_language_is_rtl (language) ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR;
    gtk_widget_set_halign (badge, GTK_ALIGN_START);
    gtk_widget_set_direction (column, direction);
    gtk_widget_set_direction (paragraph, direction);
    gtk_box_append (GTK_BOX (column), badge);
  }
  gtk_box_append (GTK_BOX (column), paragraph);
  gtk_box_append (GTK_BOX (box), column);
}

static void
add_text (LyktaActivityPage *self, const char *heading, LyktaTexts *texts)
{
  const char *language = NULL;
  const char *text = lykta_activity_page_choose (self, texts, &language);
  const char *original = lykta_texts_get (texts, ORIGINAL);
  GtkWidget *pair;

  if (text == NULL || *text == '\0')
    return;
  pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  gtk_widget_set_layout_manager (pair, lykta_columns_layout_new (PAIR_WIDTH, 2, 24));
  gtk_box_append (GTK_BOX (self->about_box), lykta_heading_new (heading));
  gtk_box_append (GTK_BOX (self->about_box), pair);
  add_paragraph (self, pair, text, language);
  if (lykta_session_is_side_by_side (self->session) && original != NULL &&
      g_strcmp0 (language, ORIGINAL) != 0)
    add_paragraph (self, pair, original, ORIGINAL);
}

static void
add_own_note (LyktaActivityPage *self)
{
  LyktaDeviceStore *device = lykta_surroundings_get_device (self->surroundings);
  g_autofree char *note = device != NULL ? lykta_session_get_note (self->session, device) : NULL;

  if (note == NULL)
    return;
  /* Translators: heading above what staff have noted on an activity for themselves. */
  gtk_box_append (GTK_BOX (self->about_box), lykta_heading_new (C_ ("heading", "Your own note")));
  gtk_box_append (GTK_BOX (self->about_box), lykta_paragraph_new (note, NULL));
}

static void
show_about (LyktaActivityPage *self, LyktaActivity *activity)
{
  empty (self->about_box);
  add_own_note (self);
  /* Translators: heading above the description of an activity. */
  add_text (self, C_ ("heading", "What happens"), lykta_activity_get_description (activity));
  /* Translators: heading above practical notes: what to bring, where to ring. */
  add_text (self, C_ ("heading", "Practical"), lykta_activity_get_notes (activity));
  gtk_widget_set_visible (self->about_box, gtk_widget_get_first_child (self->about_box) != NULL);
}

static void
show (LyktaActivityPage *self)
{
  LyktaActivity *activity = lykta_session_get_activity (self->session);

  if (activity == NULL)
    return;
  show_badges (self, activity);
  show_title (self, activity);
  show_alerts (self, activity);
  show_actions (self, activity);
  show_about (self, activity);
  empty (self->when_box);
  lykta_activity_page_show_when (self);
  empty (self->where_box);
  lykta_activity_page_show_where (self, activity);
  empty (self->facts_box);
  lykta_activity_page_show_facts (self, activity);
  empty (self->organiser_box);
  lykta_activity_page_show_organisers (self, activity);
}

static void
on_session_activity (LyktaActivityPage *self)
{
  if (lykta_session_get_screen (self->session) == LYKTA_SCREEN_ACTIVITY)
    show (self);
}

static void
on_activity_original (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaActivityPage *self = LYKTA_ACTIVITY_PAGE (widget);

  self->is_original = !self->is_original;
  show (self);
  gtk_widget_child_focus (GTK_WIDGET (self->language_row), GTK_DIR_TAB_FORWARD);
}

static void
on_activity_open_link (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaActivityPage *self = LYKTA_ACTIVITY_PAGE (widget);
  const char *url = g_variant_get_string (parameter, NULL);

  if (lykta_session_get_mode (self->session) == LYKTA_MODE_KIOSK ||
      !g_str_has_prefix (url, "https://"))
    return;
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (widget)), url, GDK_CURRENT_TIME);
}

static void
lykta_activity_page_dispose (GObject *object)
{
  LyktaActivityPage *self = LYKTA_ACTIVITY_PAGE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->surroundings);
  G_OBJECT_CLASS (lykta_activity_page_parent_class)->dispose (object);
}

static void
lykta_activity_page_class_init (LyktaActivityPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_activity_page_dispose;
  g_type_ensure (LYKTA_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (LYKTA_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/activity-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaActivityPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, LyktaActivityPage, badges);
  gtk_widget_class_bind_template_child (widget_class, LyktaActivityPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaActivityPage, second_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaActivityPage, language_row);
  gtk_widget_class_bind_template_child (widget_class, LyktaActivityPage, alerts);
  gtk_widget_class_bind_template_child (widget_class, LyktaActivityPage, actions);
  gtk_widget_class_bind_template_child (widget_class, LyktaActivityPage, when_box);
  gtk_widget_class_bind_template_child (widget_class, LyktaActivityPage, where_box);
  gtk_widget_class_bind_template_child (widget_class, LyktaActivityPage, about_box);
  gtk_widget_class_bind_template_child (widget_class, LyktaActivityPage, facts_box);
  gtk_widget_class_bind_template_child (widget_class, LyktaActivityPage, organiser_box);
  gtk_widget_class_install_action (widget_class, "activity.original", NULL, on_activity_original);
  gtk_widget_class_install_action (widget_class, "activity.open-link", "s", on_activity_open_link);
}

static void
lykta_activity_page_init (LyktaActivityPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lykta_activity_page_new (LyktaSurroundings *surroundings)
{
  LyktaActivityPage *self;

  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (surroundings), NULL);

  self = g_object_new (LYKTA_TYPE_ACTIVITY_PAGE, NULL);
  self->surroundings = g_object_ref (surroundings);
  self->session = lykta_surroundings_get_session (surroundings);
  show (self);
  g_signal_connect_object (self->session, "notify::activity", G_CALLBACK (on_session_activity),
                           self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
