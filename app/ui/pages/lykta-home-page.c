/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/pages/lykta-home-page.h"

#include "text/lykta-catalogue.h"
#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "ui/lykta-words.h"
#include "ui/widgets/lykta-card-button.h"
#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-day-strip.h"
#include "ui/widgets/lykta-pictogram.h"
#include "ui/widgets/lykta-tile.h"

/* A wall screen has room for more. */
#define N_NEXT_CARDS       4
#define N_NEXT_CARDS_KIOSK 8

struct _LyktaHomePage {
  AdwBin parent_instance;

  /* template */
  GtkLabel *site_label;
  GtkWidget *tiles;
  GtkWidget *next_box;
  GtkLabel *next_label;
  LyktaDayStrip *day_strip;
  GtkWidget *cards;
  GtkWidget *drafted;

  /* owned */
  LyktaSurroundings *surroundings;

  /* borrowed */
  LyktaSession *session;
};

G_DEFINE_FINAL_TYPE (LyktaHomePage, lykta_home_page, ADW_TYPE_BIN)

static LyktaQuery *
query_for_door (LyktaSession *session, LyktaDoor door)
{
  g_autoptr (LyktaQuery) query = lykta_session_new_near_query (session);

  switch (door) {
  case LYKTA_DOOR_SWEDISH:
    return lykta_query_with_purposes (query, LYKTA_PURPOSE_SWEDISH);
  case LYKTA_DOOR_SOCIETY:
    return lykta_query_with_purposes (query, LYKTA_PURPOSE_SOCIETY);
  case LYKTA_DOOR_WORK:
    return lykta_query_with_purposes (query, LYKTA_PURPOSE_WORK);
  case LYKTA_DOOR_HEALTH:
    return lykta_query_with_purposes (query, LYKTA_PURPOSE_HEALTH);
  case LYKTA_DOOR_FAMILY:
    return lykta_query_with_childcare (query, TRUE);
  case LYKTA_DOOR_ONLINE:
    /* What is online is near everywhere. */
    {
      g_autoptr (LyktaQuery) anywhere = lykta_query_without_filter (query, LYKTA_FILTER_WHERE);
      return lykta_query_with_online (anywhere, TRUE);
    }
  case LYKTA_N_DOORS:
  default:
    return g_steal_pointer (&query);
  }
}

static void
on_home_open_door (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaHomePage *self = LYKTA_HOME_PAGE (widget);
  int door = g_variant_get_int32 (parameter);
  g_autoptr (LyktaQuery) query = NULL;

  if (door < 0 || door >= LYKTA_N_DOORS)
    return;
  query = query_for_door (self->session, (LyktaDoor)door);
  lykta_session_open_list (self->session, query);
}

static void
on_home_open_day (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaSession *session = LYKTA_HOME_PAGE (widget)->session;
  int offset = g_variant_get_int32 (parameter);
  g_autoptr (LyktaQuery) query = lykta_session_new_near_query (session);

  lykta_session_open_list (session, query);
  if (offset >= 0)
    lykta_session_set_day (session,
                           lykta_date_add_days (lykta_session_get_today (session), offset));
}

static void
on_card_opened (LyktaHomePage *self, LyktaCard *card)
{
  lykta_session_open_card (self->session, card);
}

static void
clear_cards (LyktaHomePage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->cards)) != NULL)
    gtk_box_remove (GTK_BOX (self->cards), child);
}

static void
show_next (LyktaHomePage *self)
{
  GListModel *model = lykta_session_get_cards (self->session);
  gboolean is_kiosk = lykta_session_get_mode (self->session) == LYKTA_MODE_KIOSK;
  guint n = MIN (g_list_model_get_n_items (model), is_kiosk ? N_NEXT_CARDS_KIOSK : N_NEXT_CARDS);
  LyktaDate today = lykta_session_get_today (self->session);

  clear_cards (self);
  gtk_widget_set_visible (self->next_box, n > 0);
  for (guint i = 0; i < n; i++) {
    g_autoptr (LyktaCard) card = g_list_model_get_item (model, i);
    GtkWidget *button = lykta_card_button_new ();
    lykta_card_button_set_card (LYKTA_CARD_BUTTON (button), card,
                                lykta_session_get_language (self->session), today, TRUE);
    g_signal_connect_object (button, "opened", G_CALLBACK (on_card_opened), self,
                             G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (self->cards), button);
  }
}

static void
on_cards_changed (LyktaHomePage *self)
{
  if (lykta_session_get_screen (self->session) == LYKTA_SCREEN_HOME)
    show_next (self);
}

/* What comes next near here; where there is nothing near, anywhere. */
static void
ask_for_next (LyktaHomePage *self)
{
  g_autoptr (LyktaQuery) near = lykta_session_new_near_query (self->session);

  if (!lykta_query_is_filtered (near))
    return;
  lykta_session_set_query (self->session, near);
  if (g_list_model_get_n_items (lykta_session_get_cards (self->session)) == 0)
    lykta_session_lift (self->session, LYKTA_FILTER_WHERE);
}

static void
add_tiles (LyktaHomePage *self)
{
  for (int door = 0; door < LYKTA_N_DOORS; door++) {
    LyktaLook look = lykta_look_of_door ((LyktaDoor)door);
    GtkWidget *tile = lykta_tile_new (look.icon, look.word, look.style);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (tile), "home.open-door");
    gtk_actionable_set_action_target (GTK_ACTIONABLE (tile), "i", door);
    gtk_box_append (GTK_BOX (self->tiles), tile);
  }
}

/* Until a person has read them, whoever reads them is told. */
static void
show_drafted (LyktaHomePage *self)
{
  const char *locale_dir = lykta_surroundings_get_locale_dir (self->surroundings);
  g_autoptr (LyktaCatalogue) catalogue =
      locale_dir != NULL
          ? lykta_catalogue_new (locale_dir, lykta_session_get_language (self->session))
          : NULL;

  gtk_widget_set_visible (self->drafted,
                          catalogue != NULL && lykta_catalogue_is_machine_drafted (catalogue));
  gtk_label_set_label (GTK_LABEL (self->drafted),
                       _ ("The words of this language were drafted by a machine and "
                          "have not yet been checked by a person."));
}

static void
on_day_chosen (LyktaHomePage *self, int offset)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "home.open-day", "i", offset);
}

static void
lykta_home_page_dispose (GObject *object)
{
  LyktaHomePage *self = LYKTA_HOME_PAGE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->surroundings);
  G_OBJECT_CLASS (lykta_home_page_parent_class)->dispose (object);
}

static void
lykta_home_page_class_init (LyktaHomePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_home_page_dispose;
  g_type_ensure (LYKTA_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (LYKTA_TYPE_DAY_STRIP);
  g_type_ensure (LYKTA_TYPE_PICTOGRAM);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/home-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaHomePage, site_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaHomePage, tiles);
  gtk_widget_class_bind_template_child (widget_class, LyktaHomePage, next_box);
  gtk_widget_class_bind_template_child (widget_class, LyktaHomePage, next_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaHomePage, day_strip);
  gtk_widget_class_bind_template_child (widget_class, LyktaHomePage, cards);
  gtk_widget_class_bind_template_child (widget_class, LyktaHomePage, drafted);
  gtk_widget_class_install_action (widget_class, "home.open-door", "i", on_home_open_door);
  gtk_widget_class_install_action (widget_class, "home.open-day", "i", on_home_open_day);
}

static void
lykta_home_page_init (LyktaHomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lykta_home_page_new (LyktaSurroundings *surroundings)
{
  LyktaHomePage *self;
  const char *site_name;

  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (surroundings), NULL);

  self = g_object_new (LYKTA_TYPE_HOME_PAGE, NULL);
  self->surroundings = g_object_ref (surroundings);
  self->session = lykta_surroundings_get_session (surroundings);
  site_name = lykta_surroundings_get_site_name (surroundings);
  gtk_label_set_label (self->site_label, site_name != NULL ? site_name : "");
  gtk_widget_set_visible (GTK_WIDGET (self->site_label), site_name != NULL && *site_name != '\0');
  gtk_label_set_label (self->next_label, _ ("Coming next"));
  show_drafted (self);
  add_tiles (self);
  lykta_day_strip_fill (self->day_strip, lykta_session_get_language (self->session),
                        lykta_session_get_today (self->session), FALSE);
  g_signal_connect_object (self->day_strip, "chosen", G_CALLBACK (on_day_chosen), self,
                           G_CONNECT_SWAPPED);
  ask_for_next (self);
  show_next (self);
  g_signal_connect_object (lykta_session_get_cards (self->session), "items-changed",
                           G_CALLBACK (on_cards_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
