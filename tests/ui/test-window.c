/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window on the sample calendar: what a person leaves is what they find again. */
#include "lykta-stage.h"
#include "store/lykta-card-model.h"
#include "support/lykta-test.h"
#include "text/lykta-language.h"
#include "ui/pages/lykta-activity-page.h"
#include "ui/pages/lykta-attract-page.h"
#include "ui/pages/lykta-days-page.h"
#include "ui/pages/lykta-home-page.h"
#include "ui/pages/lykta-language-page.h"
#include "ui/pages/lykta-list-page.h"
#include "ui/pages/lykta-places-page.h"
#include "ui/widgets/lykta-card-row.h"
#include "ui/widgets/lykta-chip.h"
#include "ui/widgets/lykta-empty-view.h"
#include "ui/widgets/lykta-filter-panel.h"
#include "ui/widgets/lykta-tile.h"

static LyktaTestDir *dir;

static LyktaStage *
new_stage (LyktaMode mode)
{
  LyktaStage *stage = lykta_stage_new (mode, lykta_test_dir_get_path (dir));

  lykta_session_set_language (stage->session, "sv");
  lykta_session_go_home (stage->session);
  lykta_stage_show (stage, 1000, 760);
  return stage;
}

static void
open_list (LyktaStage *stage)
{
  g_autoptr (LyktaQuery) query = lykta_session_new_query (stage->session);

  lykta_session_open_list (stage->session, query);
  lykta_stage_settle (stage);
}

static GtkAdjustment *
list_adjustment (LyktaStage *stage)
{
  GtkWidget *list = lykta_stage_find (stage->window, GTK_TYPE_GRID_VIEW);

  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
}

/* Index of the row that is seen at the top of the list. */
static guint
top_row (LyktaStage *stage)
{
  GtkWidget *list = lykta_stage_find (stage->window, GTK_TYPE_GRID_VIEW);
  GtkWidget *hit =
      gtk_widget_pick (list, gtk_widget_get_width (list) / 2.0, 24, GTK_PICK_NON_TARGETABLE);
  GtkWidget *row = gtk_widget_get_ancestor (hit, LYKTA_TYPE_CARD_ROW);

  g_assert_nonnull (row);
  return lykta_card_row_get_position (LYKTA_CARD_ROW (row));
}

/* As a finger does it: the list grows as its end comes near, so a long way takes several moves. */
static void
scroll_to (LyktaStage *stage, double value)
{
  for (int i = 0; i < 10; i++) {
    gtk_adjustment_set_value (list_adjustment (stage), value);
    lykta_stage_settle (stage);
    lykta_stage_settle (stage);
  }
}

static void
test_first_screen_is_the_choice_of_language (void)
{
  g_autoptr (LyktaStage) stage =
      lykta_stage_new (LYKTA_MODE_PERSONAL, lykta_test_dir_get_path (dir));

  lykta_stage_show (stage, 360, 640);
  g_assert_true (LYKTA_IS_LANGUAGE_PAGE (
      lykta_shell_get_page (lykta_window_get_shell (LYKTA_WINDOW (stage->window)))));
  gtk_widget_activate_action (lykta_stage_find (stage->window, LYKTA_TYPE_LANGUAGE_PAGE),
                              "language.choose", "s", "ar");
  lykta_stage_settle (stage);
  g_assert_cmpstr (lykta_session_get_language (stage->session), ==, "ar");
  g_assert_cmpint (gtk_widget_get_default_direction (), ==, GTK_TEXT_DIR_RTL);
  g_assert_true (LYKTA_IS_HOME_PAGE (
      lykta_shell_get_page (lykta_window_get_shell (LYKTA_WINDOW (stage->window)))));
}

/* A kiosk: one touch anywhere, a language, the home screen; and back to the greeting for the next.
 */
static void
test_kiosk_greets_and_forgets (void)
{
  g_autoptr (LyktaStage) stage = lykta_stage_new (LYKTA_MODE_KIOSK, lykta_test_dir_get_path (dir));

  lykta_stage_show (stage, 1080, 1200);
  GtkWidget *page = lykta_stage_find (stage->window, LYKTA_TYPE_ATTRACT_PAGE);
  g_assert_nonnull (page);
  GtkWidget *button = gtk_widget_get_ancestor (
      gtk_widget_pick (page, 20, gtk_widget_get_height (page) - 20, GTK_PICK_DEFAULT),
      GTK_TYPE_BUTTON);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  lykta_stage_settle (stage);
  page = lykta_stage_find (stage->window, LYKTA_TYPE_LANGUAGE_PAGE);
  g_assert_nonnull (page);
  gtk_widget_activate_action (page, "language.choose", "s", "ar");
  lykta_stage_settle (stage);
  g_assert_nonnull (lykta_stage_find (stage->window, LYKTA_TYPE_HOME_PAGE));
  lykta_session_reset (stage->session);
  lykta_stage_settle (stage);
  g_assert_nonnull (lykta_stage_find (stage->window, LYKTA_TYPE_ATTRACT_PAGE));
  g_assert_cmpint (gtk_widget_get_default_direction (), ==, GTK_TEXT_DIR_LTR);
}

static void
test_tiles_open_filtered_lists (void)
{
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_KIOSK);
  GtkWidget *home = lykta_stage_find (stage->window, LYKTA_TYPE_HOME_PAGE);

  g_assert_nonnull (lykta_stage_find (home, LYKTA_TYPE_TILE));
  gtk_widget_activate_action (home, "home.open-door", "i", 3);
  lykta_stage_settle (stage);
  g_assert_cmpint (lykta_session_get_screen (stage->session), ==, LYKTA_SCREEN_LIST);
  g_assert_cmpint (lykta_query_get_purposes (lykta_session_get_query (stage->session)), ==,
                   LYKTA_PURPOSE_HEALTH);
}

static void
test_language_keeps_place_and_filters (void)
{
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_PERSONAL);
  g_autoptr (LyktaQuery) query = NULL;
  guint place;

  open_list (stage);
  query =
      lykta_query_with_purposes (lykta_session_get_query (stage->session), LYKTA_PURPOSE_SWEDISH);
  lykta_session_set_query (stage->session, query);
  lykta_stage_settle (stage);
  scroll_to (stage, 3000);
  place = lykta_session_get_list_position (stage->session);
  g_assert_cmpuint (place, >, 5);
  lykta_session_set_language (stage->session, "ar");
  for (int i = 0; i < 4; i++)
    lykta_stage_settle (stage);
  g_assert_cmpuint (top_row (stage), ==, place);
  g_assert_cmpuint (lykta_session_get_list_position (stage->session), ==, place);
  g_assert_cmpint (lykta_query_get_purposes (lykta_session_get_query (stage->session)), ==,
                   LYKTA_PURPOSE_SWEDISH);
  lykta_session_set_language (stage->session, "sv");
  for (int i = 0; i < 4; i++)
    lykta_stage_settle (stage);
  g_assert_cmpuint (top_row (stage), ==, place);
}

/* GTK asks for every item that a change adds: the list must never give it all dates at once. */
static void
test_list_shows_a_window_that_grows (void)
{
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_PERSONAL);
  open_list (stage);
  GtkWidget *list = lykta_stage_find (stage->window, GTK_TYPE_GRID_VIEW);
  GListModel *rows = G_LIST_MODEL (gtk_grid_view_get_model (GTK_GRID_VIEW (list)));
  GListModel *cards = lykta_session_get_cards (stage->session);
  const guint before = g_list_model_get_n_items (rows);

  g_assert_cmpuint (g_list_model_get_n_items (cards), >, 90);
  g_assert_cmpuint (before, <, 50);
  scroll_to (stage, 1e6);
  g_assert_cmpuint (g_list_model_get_n_items (rows), >, before + 50);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (LyktaCard) row = g_list_model_get_item (rows, i);
    g_autoptr (LyktaCard) card = g_list_model_get_item (cards, i);
    g_assert_cmpstr (lykta_card_get_fields (row)->uid, ==, lykta_card_get_fields (card)->uid);
  }
  /* Made anew in mid-list it begins there, and grows upwards too. */
  const guint place = lykta_session_get_list_position (stage->session);
  g_assert_cmpuint (place, >, 50);
  lykta_session_set_language (stage->session, "ar");
  for (int i = 0; i < 4; i++)
    lykta_stage_settle (stage);
  g_assert_cmpuint (top_row (stage), ==, place);
  for (int i = 0; i < 20; i++) {
    gtk_adjustment_set_value (list_adjustment (stage), 0.0);
    lykta_stage_settle (stage);
    lykta_stage_settle (stage);
  }
  g_assert_cmpuint (top_row (stage), ==, 0);
}

static void
test_back_leads_to_the_same_row (void)
{
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_PERSONAL);
  g_autoptr (LyktaCard) card = NULL;
  double value;

  open_list (stage);
  scroll_to (stage, 2500);
  value = gtk_adjustment_get_value (list_adjustment (stage));
  card = g_list_model_get_item (lykta_session_get_cards (stage->session), top_row (stage) + 1);
  g_assert_true (lykta_session_open_card (stage->session, card));
  lykta_stage_settle (stage);
  g_assert_nonnull (lykta_stage_find (stage->window, LYKTA_TYPE_ACTIVITY_PAGE));
  gtk_widget_activate_action (GTK_WIDGET (lykta_window_get_shell (LYKTA_WINDOW (stage->window))),
                              "nav.back", NULL);
  lykta_stage_settle (stage);
  g_assert_cmpint (lykta_session_get_screen (stage->session), ==, LYKTA_SCREEN_LIST);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (list_adjustment (stage)), value, 1.0);
}

/* A person who changes the language while an activity is open goes back to the same row too. */
static void
test_back_after_language_leads_to_the_same_row (void)
{
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_PERSONAL);
  g_autoptr (LyktaCard) card = NULL;
  guint place;

  open_list (stage);
  scroll_to (stage, 2500);
  place = lykta_session_get_list_position (stage->session);
  card = g_list_model_get_item (lykta_session_get_cards (stage->session), place + 1);
  g_assert_true (lykta_session_open_card (stage->session, card));
  lykta_stage_settle (stage);
  lykta_session_set_language (stage->session, "en");
  lykta_stage_settle (stage);
  lykta_session_go_back (stage->session);
  for (int i = 0; i < 4; i++)
    lykta_stage_settle (stage);
  g_assert_cmpuint (top_row (stage), ==, place);
}

/* The first chip with this drawing. */
static GtkWidget *
find_chip (GtkWidget *root, const char *icon)
{
  if (LYKTA_IS_CHIP (root) && g_strcmp0 (lykta_chip_get_icon (LYKTA_CHIP (root)), icon) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_chip (child, icon);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
test_chips_show_and_change_the_query (void)
{
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_PERSONAL);
  g_autoptr (LyktaQuery) lifted = NULL;
  GtkWidget *panel;
  GtkToggleButton *chip;

  open_list (stage);
  panel = lykta_stage_find (stage->window, LYKTA_TYPE_FILTER_PANEL);
  chip = GTK_TOGGLE_BUTTON (find_chip (panel, "messages"));
  g_assert_false (gtk_toggle_button_get_active (chip));
  gtk_toggle_button_set_active (chip, TRUE);
  g_assert_cmpint (lykta_query_get_purposes (lykta_session_get_query (stage->session)), ==,
                   LYKTA_PURPOSE_SWEDISH);
  g_assert_cmpuint (lykta_filter_panel_get_n_active (LYKTA_FILTER_PANEL (panel)), ==, 1);
  lykta_session_clear_filters (stage->session);
  g_assert_false (gtk_toggle_button_get_active (chip));
}

static void
test_empty_list_says_what_to_do (void)
{
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_PERSONAL);
  g_autoptr (LyktaQuery) query = NULL;
  GtkWidget *view;

  open_list (stage);
  query = lykta_query_with_search (lykta_session_get_query (stage->session), "xyzzy");
  lykta_session_set_query (stage->session, query);
  lykta_stage_settle (stage);
  g_assert_cmpuint (g_list_model_get_n_items (lykta_session_get_cards (stage->session)), ==, 0);
  view = lykta_stage_find (stage->window, LYKTA_TYPE_EMPTY_VIEW);
  g_assert_true (gtk_widget_activate_action (view, "empty.lift-all", NULL));
  lykta_stage_settle (stage);
  g_assert_cmpuint (g_list_model_get_n_items (lykta_session_get_cards (stage->session)), >, 0);
}

/* Dates that count as hits: what is cancelled is shown and not counted. */
static guint
count_hits (GListModel *cards)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (cards); i++) {
    g_autoptr (LyktaCard) card = g_list_model_get_item (cards, i);
    n += lykta_card_get_fields (card)->occurrence.status != LYKTA_STATUS_CANCELLED;
  }
  return n;
}

/* The chip says beforehand what the list then has; an empty list names the filter and lifts it. */
static void
test_chips_tell_beforehand (void)
{
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_KIOSK);
  open_list (stage);
  GListModel *cards = lykta_session_get_cards (stage->session);
  for (int i = 0; i < 400 && !lykta_card_model_is_complete (LYKTA_CARD_MODEL (cards)); i++)
    g_main_context_iteration (NULL, TRUE);
  LyktaFacets facets;
  g_assert_true (lykta_session_count_choices (stage->session, NULL, 0, &facets));
  g_assert_cmpuint (facets.n_childcare, >, 0);
  GtkWidget *panel = lykta_stage_find (stage->window, LYKTA_TYPE_FILTER_PANEL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_chip (panel, "baby-carriage")), TRUE);
  g_assert_cmpuint (count_hits (cards), ==, facets.n_childcare);
  lykta_session_set_radius (stage->session, 10);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_chip (panel, "woman")), TRUE);
  g_assert_true (lykta_session_count_choices (stage->session, NULL, 0, &facets));
  g_assert_cmpuint (g_list_model_get_n_items (cards), ==, 0);
  GtkWidget *view = lykta_stage_find (stage->window, LYKTA_TYPE_EMPTY_VIEW);
  gtk_widget_activate_action (view, "empty.lift", "i", LYKTA_FILTER_AUDIENCE);
  g_assert_cmpuint (count_hits (cards), ==, facets.n_lifted[LYKTA_FILTER_AUDIENCE]);
}

/* A day from the month, a place from the list of municipalities: both come back to the list. */
static void
test_days_and_places_need_no_keyboard (void)
{
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_KIOSK);
  const LyktaDate day = {2026, 12, 3};

  open_list (stage);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_chip (stage->window, "calendar-plus")),
                                TRUE);
  lykta_stage_settle (stage);
  GtkWidget *days = lykta_stage_find (stage->window, LYKTA_TYPE_DAYS_PAGE);
  g_assert_nonnull (days);
  gtk_widget_activate_action (days, "days.later", NULL);
  gtk_widget_activate_action (days, "days.choose", "i", lykta_date_to_day_number (day));
  lykta_stage_settle (stage);
  g_assert_cmpint (lykta_session_get_screen (stage->session), ==, LYKTA_SCREEN_LIST);
  g_assert_cmpint (lykta_date_compare (lykta_session_get_day (stage->session), day), ==, 0);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_chip (stage->window, "current-location")),
                                TRUE);
  lykta_stage_settle (stage);
  GtkWidget *places = lykta_stage_find (stage->window, LYKTA_TYPE_PLACES_PAGE);
  g_assert_nonnull (places);
  gtk_widget_activate_action (places, "places.open-county", "s", "01");
  gtk_widget_activate_action (places, "places.choose", "s", "0180");
  lykta_stage_settle (stage);
  g_assert_cmpint (lykta_session_get_screen (stage->session), ==, LYKTA_SCREEN_LIST);
  g_assert_cmpstr (lykta_session_get_centre (stage->session)->name, ==, "Stockholm");
  g_assert_cmpfloat (lykta_query_get_within_km (lykta_session_get_query (stage->session)), ==, 30);
  g_assert_cmpint (lykta_date_compare (lykta_session_get_day (stage->session), day), ==, 0);
}

static void
test_text_size_goes_round (void)
{
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_PERSONAL);
  GtkWidget *shell = GTK_WIDGET (lykta_window_get_shell (LYKTA_WINDOW (stage->window)));
  static const char *const classes[] = {"text-1", "text-2", "text-0"};

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++) {
    gtk_widget_activate_action (shell, "nav.text-size", NULL);
    g_assert_true (gtk_widget_has_css_class (shell, classes[i]));
  }
}

/* High contrast changes the colours that are seen, and goes with the session. */
static void
test_contrast_is_seen_and_reset (void)
{
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_KIOSK);
  GtkWidget *shell = GTK_WIDGET (lykta_window_get_shell (LYKTA_WINDOW (stage->window)));
  GdkRGBA plain, strong, after;

  gtk_style_context_lookup_color (gtk_widget_get_style_context (shell), "ink", &plain);
  gtk_widget_activate_action (shell, "nav.contrast", NULL);
  lykta_stage_settle (stage);
  gtk_style_context_lookup_color (gtk_widget_get_style_context (shell), "ink", &strong);
  g_assert_false (gdk_rgba_equal (&plain, &strong));
  g_assert_cmpfloat (strong.red + strong.green + strong.blue, ==, 0);
  lykta_session_reset (stage->session);
  lykta_stage_settle (stage);
  shell = GTK_WIDGET (lykta_window_get_shell (LYKTA_WINDOW (stage->window)));
  gtk_style_context_lookup_color (gtk_widget_get_style_context (shell), "ink", &after);
  g_assert_true (gdk_rgba_equal (&plain, &after));
}

/* Nothing on any screen may ask for more than a narrow telephone has. */
static void
test_fits_narrow_screens (void)
{
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_PERSONAL);
  static const char *const languages[] = {"sv", "en", "ar"};

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++) {
    for (int text_size = 0; text_size < 3; text_size++) {
      g_autoptr (LyktaCard) card = NULL;
      int minimum;
      lykta_session_set_language (stage->session, languages[i]);
      lykta_session_set_text_size (stage->session, text_size);
      lykta_session_go_home (stage->session);
      lykta_stage_show (stage, 360, 640);
      gtk_widget_measure (stage->window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                          NULL);
      g_assert_cmpint (minimum, <=, 360);
      open_list (stage);
      gtk_widget_measure (stage->window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                          NULL);
      g_assert_cmpint (minimum, <=, 360);
      card = g_list_model_get_item (lykta_session_get_cards (stage->session), 0);
      lykta_session_open_card (stage->session, card);
      lykta_stage_settle (stage);
      gtk_widget_measure (stage->window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                          NULL);
      g_assert_cmpint (minimum, <=, 360);
    }
  }
}

static void
test_window_is_freed (void)
{
  LyktaStage *stage = new_stage (LYKTA_MODE_PERSONAL);
  GtkWidget *window = stage->window;
  g_autoptr (LyktaSession) session = g_object_ref (stage->session);
  GWeakRef shell;

  open_list (stage);
  lykta_session_set_language (stage->session, "en");
  lykta_stage_settle (stage);
  g_weak_ref_init (&shell, lykta_window_get_shell (LYKTA_WINDOW (window)));
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  lykta_stage_free (stage);
  lykta_test_settle ();
  g_assert_null (window);
  g_assert_null (g_weak_ref_get (&shell));
  g_weak_ref_clear (&shell);
  g_assert_finalize_object (g_steal_pointer (&session));
}

int
main (int argc, char **argv)
{
  int result;

  lykta_test_init (&argc, &argv);
  if (!lykta_stage_init ())
    return 77;
  dir = lykta_test_dir_new ();
#define ADD(name) g_test_add_func ("/ui/window/" #name, test_##name)
  ADD (first_screen_is_the_choice_of_language);
  ADD (kiosk_greets_and_forgets);
  ADD (tiles_open_filtered_lists);
  ADD (language_keeps_place_and_filters);
  ADD (list_shows_a_window_that_grows);
  ADD (back_leads_to_the_same_row);
  ADD (back_after_language_leads_to_the_same_row);
  ADD (chips_show_and_change_the_query);
  ADD (empty_list_says_what_to_do);
  ADD (chips_tell_beforehand);
  ADD (days_and_places_need_no_keyboard);
  ADD (text_size_goes_round);
  ADD (contrast_is_seen_and_reset);
  ADD (fits_narrow_screens);
  ADD (window_is_freed);
#undef ADD
  result = g_test_run ();
  g_clear_pointer (&dir, lykta_test_dir_free);
  return result;
}
