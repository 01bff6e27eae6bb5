/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/pages/lykta-list-page.h"

#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "text/lykta-plain-text.h"
#include "ui/widgets/lykta-card-row.h"
#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-empty-view.h"
#include "ui/widgets/lykta-filter-panel.h"
#include "ui/widgets/lykta-list-place.h"
#include "ui/widgets/lykta-pictogram.h"
#include "ui/widgets/lykta-span-strip.h"
#include "ui/widgets/lykta-width-layout.h"
#include "ui/widgets/lykta-wrap-box.h"

/* From this width on the filters stand beside the cards. */
#define BESIDE_WIDTH 840

struct _LyktaListPage {
  AdwBin parent_instance;

  /* template */
  GtkWidget *search_field;
  GtkEditable *search_entry;
  GtkWidget *clear_search_button;
  GtkToggleButton *filter_button;
  GtkLabel *filter_count;
  LyktaSpanStrip *span_strip;
  GtkWidget *filter_scroller;
  LyktaFilterPanel *filter_panel;
  GtkWidget *show_button;
  GtkLabel *show_label;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkGridView *list_view;
  LyktaEmptyView *empty_view;

  /* owned */
  LyktaSurroundings *surroundings;
  LyktaListWindow *window;
  LyktaListPlace *place;

  /* borrowed */
  LyktaSession *session;
  LyktaWidthLayout *width_layout;

  gboolean is_beside;   /* there is room for filters beside the cards */
  gboolean is_updating; /* the search field is being set by us, not by a person */
};

G_DEFINE_FINAL_TYPE (LyktaListPage, lykta_list_page, ADW_TYPE_BIN)

static void
show_parts (LyktaListPage *self)
{
  gboolean is_choosing = gtk_toggle_button_get_active (self->filter_button);

  gtk_widget_set_visible (GTK_WIDGET (self->filter_button), !self->is_beside);
  gtk_widget_set_visible (self->filter_scroller, self->is_beside || is_choosing);
  gtk_widget_set_visible (self->show_button, !self->is_beside);
  gtk_widget_set_visible (GTK_WIDGET (self->stack), self->is_beside || !is_choosing);
  gtk_widget_set_hexpand (self->filter_scroller, !self->is_beside);
}

static void
show_filter_count (LyktaListPage *self)
{
  guint n = lykta_filter_panel_get_n_active (self->filter_panel);
  g_autofree char *count = lykta_format_number (lykta_session_get_language (self->session), n, 0);
  g_autofree char *name = NULL;

  gtk_label_set_label (self->filter_count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->filter_count), n > 0);
  /* Translators: name of a button: shows the filters, of which %u are on. */
  name = g_strdup_printf (ngettext ("Filters, %u is on", "Filters, %u are on", n), n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->filter_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: name of a button that shows the filters. */
                                  n > 0 ? name : C_ ("button", "Filters"), -1);
}

static void
show_hits (LyktaListPage *self)
{
  guint n = g_list_model_get_n_items (lykta_session_get_cards (self->session));
  g_autofree char *number = lykta_format_number (lykta_session_get_language (self->session), n, 0);
  /* Translators: a button: %s is how many dates the filters leave. */
  g_autofree char *text = g_strdup_printf (ngettext ("Show %s date", "Show %s dates", n), number);

  gtk_label_set_label (self->show_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->show_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
}

/* Numbers on every chip; bounded, and at once, so that what is told is what is there. */
static gboolean
show_counts (LyktaListPage *self, LyktaFacets *facets)
{
  guint n_radii;
  const double *radii = lykta_filter_panel_get_radii (self->filter_panel, &n_radii);

  if (!lykta_session_count_choices (self->session, radii, n_radii, facets))
    return FALSE;
  lykta_filter_panel_set_counts (self->filter_panel, facets);
  lykta_span_strip_set_counts (self->span_strip, facets);
  return TRUE;
}

static void
show_search (LyktaListPage *self)
{
  const char *search = lykta_query_get_search (lykta_session_get_query (self->session));

  if (search == NULL)
    search = "";
  gtk_widget_set_visible (self->clear_search_button, *search != '\0');
  if (g_str_equal (gtk_editable_get_text (self->search_entry), search))
    return;
  self->is_updating = TRUE;
  gtk_editable_set_text (self->search_entry, search);
  self->is_updating = FALSE;
}

/* Other screens have queries of their own, which this page must not show while it waits. */
static gboolean
is_in_front (LyktaListPage *self)
{
  return lykta_session_get_screen (self->session) == LYKTA_SCREEN_LIST;
}

static void
on_session_query (LyktaListPage *self)
{
  if (!is_in_front (self))
    return;
  show_filter_count (self);
  show_search (self);
}

static void
show_cards (LyktaListPage *self)
{
  gboolean is_empty = g_list_model_get_n_items (lykta_session_get_cards (self->session)) == 0;

  LyktaFacets facets;
  const gboolean is_counted = show_counts (self, &facets);
  show_hits (self);
  if (is_empty)
    lykta_empty_view_show (self->empty_view, self->session, is_counted ? &facets : NULL);
  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "cards");
}

static void
on_cards_changed (LyktaListPage *self)
{
  if (!is_in_front (self))
    return;
  show_cards (self);
  lykta_list_place_restore (self->place);
}

static void
on_search_changed (LyktaListPage *self)
{
  g_autoptr (LyktaQuery) query = NULL;

  if (self->is_updating)
    return;
  query = lykta_query_with_search (lykta_session_get_query (self->session),
                                   gtk_editable_get_text (self->search_entry));
  lykta_session_set_query (self->session, query);
}

static void
on_card_opened (LyktaListPage *self, LyktaCard *card)
{
  lykta_list_place_save (self->place);
  lykta_session_open_card (self->session, card);
}

static void
on_factory_setup (LyktaListPage *self, GtkListItem *item)
{
  GtkWidget *row = lykta_card_row_new ();

  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
  gtk_list_item_set_child (item, row);
}

static void
on_factory_bind (LyktaListPage *self, GtkListItem *item)
{
  LyktaCardRow *row = LYKTA_CARD_ROW (gtk_list_item_get_child (item));
  GtkWidget *holder = gtk_widget_get_parent (GTK_WIDGET (row));

  /* The row itself has nothing to do: the button inside it is what is reached and pressed. */
  if (holder != NULL)
    gtk_widget_set_focusable (holder, FALSE);
  /* The place among all cards, which does not move when the window grows. */
  lykta_card_row_set_card (
      row, gtk_list_item_get_item (item),
      lykta_list_window_get_first (self->window) + gtk_list_item_get_position (item),
      lykta_session_get_language (self->session), lykta_session_get_today (self->session));
  g_signal_connect_object (lykta_card_row_get_button (row), "opened", G_CALLBACK (on_card_opened),
                           self, G_CONNECT_SWAPPED);
}

static void
on_factory_unbind (LyktaListPage *self, GtkListItem *item)
{
  LyktaCardRow *row = LYKTA_CARD_ROW (gtk_list_item_get_child (item));

  g_signal_handlers_disconnect_by_func (lykta_card_row_get_button (row), on_card_opened, self);
}

/* A grid of one column: GTK 4.8 keeps 200 rows of a list view alive, and only 30 of a grid. */
static void
set_up_list (LyktaListPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  self->window = lykta_list_window_new (self->session);
  g_autoptr (GtkNoSelection) selection =
      gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->window)));

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_factory_setup), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_factory_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_factory_unbind), self,
                           G_CONNECT_SWAPPED);
  gtk_grid_view_set_factory (self->list_view, factory);
  gtk_grid_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
}

static void
on_list_clear_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_editable_set_text (LYKTA_LIST_PAGE (widget)->search_entry, "");
}

static void
on_list_show_hits (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_toggle_button_set_active (LYKTA_LIST_PAGE (widget)->filter_button, FALSE);
}

static void
on_width (LyktaListPage *self)
{
  self->is_beside = lykta_width_layout_is_wide (self->width_layout);
  show_parts (self);
}

/* Larger letters need more room before two columns are of use. */
static void
on_text_size (LyktaListPage *self)
{
  static const int thresholds[] = {BESIDE_WIDTH, BESIDE_WIDTH * 6 / 5, BESIDE_WIDTH * 7 / 5};
  int text_size = CLAMP (lykta_session_get_text_size (self->session), 0, 2);

  lykta_width_layout_set_threshold (self->width_layout, thresholds[text_size]);
}

static void
lykta_list_page_dispose (GObject *object)
{
  LyktaListPage *self = LYKTA_LIST_PAGE (object);

  if (self->list_view != NULL)
    gtk_grid_view_set_model (self->list_view, NULL);
  g_clear_object (&self->place);
  g_clear_object (&self->window);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->surroundings);
  G_OBJECT_CLASS (lykta_list_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LyktaListPage, search_field);
  gtk_widget_class_bind_template_child (widget_class, LyktaListPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LyktaListPage, clear_search_button);
  gtk_widget_class_bind_template_child (widget_class, LyktaListPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, LyktaListPage, filter_count);
  gtk_widget_class_bind_template_child (widget_class, LyktaListPage, span_strip);
  gtk_widget_class_bind_template_child (widget_class, LyktaListPage, empty_view);
  gtk_widget_class_bind_template_child (widget_class, LyktaListPage, filter_scroller);
  gtk_widget_class_bind_template_child (widget_class, LyktaListPage, filter_panel);
  gtk_widget_class_bind_template_child (widget_class, LyktaListPage, show_button);
  gtk_widget_class_bind_template_child (widget_class, LyktaListPage, show_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaListPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LyktaListPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, LyktaListPage, list_view);
}

static void
lykta_list_page_class_init (LyktaListPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_list_page_dispose;
  g_type_ensure (LYKTA_TYPE_EMPTY_VIEW);
  g_type_ensure (LYKTA_TYPE_SPAN_STRIP);
  g_type_ensure (LYKTA_TYPE_FILTER_PANEL);
  g_type_ensure (LYKTA_TYPE_PICTOGRAM);
  g_type_ensure (LYKTA_TYPE_COLUMNS_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/list-page.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "list.clear-search", NULL, on_list_clear_search);
  gtk_widget_class_install_action (widget_class, "list.show-hits", NULL, on_list_show_hits);
}

static void
lykta_list_page_init (LyktaListPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->width_layout = LYKTA_WIDTH_LAYOUT (lykta_width_layout_new (BESIDE_WIDTH));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), GTK_LAYOUT_MANAGER (self->width_layout));
}

static void
connect_all (LyktaListPage *self)
{
  g_signal_connect_object (self->width_layout, "notify::is-wide", G_CALLBACK (on_width), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::text-size", G_CALLBACK (on_text_size), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::query", G_CALLBACK (on_session_query), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::screen", G_CALLBACK (on_session_query), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lykta_session_get_cards (self->session), "items-changed",
                           G_CALLBACK (on_cards_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_entry, "changed", G_CALLBACK (on_search_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lykta_session_get_cards (self->session), "notify::is-complete",
                           G_CALLBACK (on_cards_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter_button, "toggled", G_CALLBACK (show_parts), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
lykta_list_page_new (LyktaSurroundings *surroundings)
{
  LyktaListPage *self;

  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (surroundings), NULL);

  self = g_object_new (LYKTA_TYPE_LIST_PAGE, NULL);
  self->surroundings = g_object_ref (surroundings);
  self->session = lykta_surroundings_get_session (surroundings);
  lykta_filter_panel_set_surroundings (self->filter_panel, surroundings);
  lykta_span_strip_set_session (self->span_strip, self->session);
  set_up_list (self);
  self->place = lykta_list_place_new (GTK_WIDGET (self->list_view), self->scroller, self->window,
                                      self->session);
  connect_all (self);
  on_text_size (self);
  show_parts (self);
  on_session_query (self);
  show_cards (self);
  lykta_list_place_restore (self->place);
  return GTK_WIDGET (self);
}

void
lykta_list_page_focus_search (LyktaListPage *self)
{
  g_return_if_fail (LYKTA_IS_LIST_PAGE (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

void
lykta_list_page_focus_cards (LyktaListPage *self)
{
  g_return_if_fail (LYKTA_IS_LIST_PAGE (self));
  /* A focused card is scrolled into view: that would lead away from a place further down. */
  if (lykta_session_get_list_position (self->session) == 0)
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}
