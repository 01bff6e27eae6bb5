/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/pages/lykta-attract-page.h"

#include "store/lykta-card-model.h"
#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "ui/lykta-greetings.h"
#include "ui/lykta-sentences.h"
#include "ui/lykta-words.h"
#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-lantern.h"
#include "ui/widgets/lykta-pictogram.h"
#include "ui/widgets/lykta-width-layout.h"
#include "ui/widgets/lykta-wrap-box.h"

/* From this width on the pictures stand beside the greetings: a screen that lies. */
#define LANDSCAPE_WIDTH 1180

struct _LyktaAttractPage {
  AdwBin parent_instance;

  /* template */
  GtkWidget *button;
  GtkLabel *site_label;
  LyktaWrapBox *greetings;
  GtkWidget *doors;
  GtkWidget *today;
  GtkLabel *today_label;
  GtkWidget *near;
  GtkLabel *near_label;
  GtkLabel *sample_label;

  /* owned */
  LyktaSurroundings *surroundings;

  /* borrowed */
  LyktaSession *session;
  LyktaWidthLayout *width_layout;
};

G_DEFINE_FINAL_TYPE (LyktaAttractPage, lykta_attract_page, ADW_TYPE_BIN)

/* Two languages may share a greeting: it is said once. */
static gboolean
is_said_before (const char *const *languages, gsize index)
{
  for (gsize i = 0; i < index; i++)
    if (g_strcmp0 (lykta_greeting (languages[i]), lykta_greeting (languages[index])) == 0)
      return TRUE;
  return FALSE;
}

static void
add_greetings (LyktaAttractPage *self)
{
  const char *const *languages = lykta_surroundings_get_languages (self->surroundings);
  g_autoptr (GString) name = g_string_new (NULL);

  lykta_wrap_box_set_is_centred (self->greetings, TRUE);
  for (gsize i = 0; languages != NULL && languages[i] != NULL; i++) {
    const char *greeting = lykta_greeting (languages[i]);
    if (greeting == NULL || is_said_before (languages, i))
      continue;
    lykta_wrap_box_append (self->greetings,
                           lykta_label_in_language (greeting, languages[i], "greeting"));
    g_string_append_printf (name, "%s. ", greeting);
  }
  /* Translators: said by a screen reader of the whole first screen of a kiosk. */
  g_string_append (name, _ ("Touch the screen to begin"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name->str, -1);
}

/* Pictures only: whoever cannot read any of the greetings sees what this is about. */
static void
add_doors (LyktaAttractPage *self)
{
  for (int door = 0; door < LYKTA_N_DOORS; door++) {
    LyktaLook look = lykta_look_of_door ((LyktaDoor)door);
    GtkWidget *picture = lykta_pictogram_new (look.icon);
    lykta_pictogram_set_scale (LYKTA_PICTOGRAM (picture), 4.0);
    gtk_widget_set_halign (picture, GTK_ALIGN_CENTER);
    gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
    GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
    gtk_widget_set_hexpand (picture, TRUE);
    gtk_box_append (GTK_BOX (frame), picture);
    gtk_widget_add_css_class (frame, "door");
    gtk_widget_add_css_class (frame, look.style);
    gtk_box_append (GTK_BOX (self->doors), frame);
  }
}

/* The session's list is what is left of today nearby, so its length is the number. */
static void
ask_for_today (LyktaAttractPage *self)
{
  g_autoptr (LyktaQuery) query = lykta_session_new_query (self->session);
  double latitude, longitude;

  if (lykta_session_get_position (self->session, &latitude, &longitude)) {
    g_autoptr (LyktaQuery) near = lykta_query_with_position (
        query, latitude, longitude, lykta_surroundings_get_radius (self->surroundings));
    lykta_session_set_query (self->session, near);
  }
  lykta_session_set_day (self->session, lykta_session_get_today (self->session));
}

static void
show_today (LyktaAttractPage *self)
{
  GListModel *cards = lykta_session_get_cards (self->session);
  const guint n = g_list_model_get_n_items (cards);
  const char *language = lykta_session_get_language (self->session);

  if (lykta_session_get_screen (self->session) != LYKTA_SCREEN_ATTRACT)
    return;
  /* Until everything is counted there is no number rather than a wrong one. */
  gtk_widget_set_visible (self->today,
                          n > 0 && lykta_card_model_is_complete (LYKTA_CARD_MODEL (cards)));
  g_autofree char *number = lykta_format_number (language, n, 0);
  gtk_label_set_label (self->today_label, number);
  const gboolean is_near = lykta_session_get_position (self->session, NULL, NULL);
  gtk_widget_set_visible (self->near, is_near);
  if (is_near) {
    g_autofree char *distance =
        lykta_format_distance (language, lykta_surroundings_get_radius (self->surroundings));
    gtk_label_set_label (self->near_label, distance);
  }
}

static void
show_sample (LyktaAttractPage *self)
{
  gtk_label_set_label (self->sample_label, lykta_sentence_sample ());
  gtk_widget_set_visible (GTK_WIDGET (self->sample_label),
                          lykta_session_has_sample (self->session));
}

static void
on_width (LyktaAttractPage *self)
{
  if (lykta_width_layout_is_wide (self->width_layout))
    gtk_widget_add_css_class (self->button, "landscape");
  else
    gtk_widget_remove_css_class (self->button, "landscape");
}

static void
on_attract_touched (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lykta_session_open_language (LYKTA_ATTRACT_PAGE (widget)->session);
}

static void
lykta_attract_page_dispose (GObject *object)
{
  LyktaAttractPage *self = LYKTA_ATTRACT_PAGE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->surroundings);
  G_OBJECT_CLASS (lykta_attract_page_parent_class)->dispose (object);
}

static void
lykta_attract_page_class_init (LyktaAttractPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_attract_page_dispose;
  g_type_ensure (LYKTA_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (LYKTA_TYPE_LANTERN);
  g_type_ensure (LYKTA_TYPE_PICTOGRAM);
  g_type_ensure (LYKTA_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/attract-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaAttractPage, button);
  gtk_widget_class_bind_template_child (widget_class, LyktaAttractPage, site_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaAttractPage, greetings);
  gtk_widget_class_bind_template_child (widget_class, LyktaAttractPage, doors);
  gtk_widget_class_bind_template_child (widget_class, LyktaAttractPage, today);
  gtk_widget_class_bind_template_child (widget_class, LyktaAttractPage, today_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaAttractPage, near);
  gtk_widget_class_bind_template_child (widget_class, LyktaAttractPage, near_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaAttractPage, sample_label);
  gtk_widget_class_install_action (widget_class, "attract.touched", NULL, on_attract_touched);
}

static void
lykta_attract_page_init (LyktaAttractPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->width_layout = LYKTA_WIDTH_LAYOUT (lykta_width_layout_new (LANDSCAPE_WIDTH));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), GTK_LAYOUT_MANAGER (self->width_layout));
  g_signal_connect_object (self->width_layout, "notify::is-wide", G_CALLBACK (on_width), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
lykta_attract_page_new (LyktaSurroundings *surroundings)
{
  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (surroundings), NULL);

  LyktaAttractPage *self = g_object_new (LYKTA_TYPE_ATTRACT_PAGE, NULL);
  self->surroundings = g_object_ref (surroundings);
  self->session = lykta_surroundings_get_session (surroundings);
  const char *site_name = lykta_surroundings_get_site_name (surroundings);
  gtk_label_set_label (self->site_label, site_name != NULL ? site_name : "");
  gtk_widget_set_visible (GTK_WIDGET (self->site_label), site_name != NULL && *site_name != '\0');
  add_greetings (self);
  add_doors (self);
  ask_for_today (self);
  show_today (self);
  show_sample (self);
  g_signal_connect_object (lykta_session_get_cards (self->session), "items-changed",
                           G_CALLBACK (show_today), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lykta_session_get_cards (self->session), "notify::is-complete",
                           G_CALLBACK (show_today), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::has-sample", G_CALLBACK (show_sample), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
