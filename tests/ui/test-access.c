/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kiosk for whoever reads nothing, has one finger, or a keyboard alone. */
#include "lykta-scenes.h"
#include "lykta-stage.h"
#include "support/lykta-test-printer.h"
#include "support/lykta-test.h"
#include "takeaway/lykta-take-away.h"
#include "ui/lykta-take-away-keeper.h"
#include "ui/pages/lykta-language-page.h"
#include "ui/widgets/lykta-card-button.h"
#include "ui/widgets/lykta-pictogram.h"
#include "ui/widgets/lykta-tile.h"

/* CSS pixels, as the touch target of the kiosk is promised (WCAG 2.5.8 asks for 24). */
#define KIOSK_TARGET    48
#define PERSONAL_TARGET 44
#define MOST_TAPS       6
#define MOST_STEPS      400

static LyktaTestDir *dir;

/* ---- finding things by sight ---- */

typedef gboolean (*SightFunc) (GtkWidget *widget, gconstpointer what);

static gboolean
has_icon (GtkWidget *widget, gconstpointer icon)
{
  return LYKTA_IS_PICTOGRAM (widget) &&
         g_strcmp0 (lykta_pictogram_get_icon (LYKTA_PICTOGRAM (widget)), icon) == 0;
}

static gboolean
is_card (GtkWidget *widget, gconstpointer what)
{
  return LYKTA_IS_CARD_BUTTON (widget);
}

/* The first that is seen from the top, in the order of the tree. */
static GtkWidget *
see (GtkWidget *root, SightFunc func, gconstpointer what)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (func (root, what))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = see (child, func, what);
    if (found != NULL)
      return found;
  }
  return NULL;
}

/* A finger in the middle of @seen: whatever button is under it is pressed. */
static void
tap (LyktaStage *stage, GtkWidget *seen, guint *n_taps)
{
  double x, y;

  g_assert_nonnull (seen);
  g_assert_true (gtk_widget_translate_coordinates (seen, stage->window,
                                                   gtk_widget_get_width (seen) / 2.0,
                                                   gtk_widget_get_height (seen) / 2.0, &x, &y));
  GtkWidget *hit = gtk_widget_pick (stage->window, x, y, GTK_PICK_DEFAULT);
  g_test_message ("tapping %s at %.0f,%.0f", G_OBJECT_TYPE_NAME (seen), x, y);
  g_assert_nonnull (hit);
  GtkWidget *button = GTK_IS_BUTTON (hit) ? hit : gtk_widget_get_ancestor (hit, GTK_TYPE_BUTTON);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  (*n_taps)++;
  for (int i = 0; i < 3; i++)
    lykta_stage_settle (stage);
}

/* The choice of language has no pictures: a person finds their own letters at their place. */
static GtkWidget *
language_at (LyktaStage *stage, int place)
{
  GtkWidget *page = lykta_stage_find (stage->window, LYKTA_TYPE_LANGUAGE_PAGE);
  GtkWidget *button = page != NULL ? lykta_stage_find (page, GTK_TYPE_BUTTON) : NULL;

  while (button != NULL && place-- > 0)
    button = gtk_widget_get_next_sibling (button);
  return button;
}

static gboolean
has_printer (gpointer takeaway)
{
  return lykta_take_away_has_printer (takeaway);
}

static gboolean
is_under_way (gpointer takeaway)
{
  return lykta_take_away_get_state (takeaway) != LYKTA_TAKE_AWAY_READY;
}

/* From the greeting to a printed slip in six taps with no word read. */
static void
test_pictograms_carry_the_way (gconstpointer data)
{
  const int language = GPOINTER_TO_INT (data);
  g_autoptr (LyktaStage) stage = lykta_stage_new (LYKTA_MODE_KIOSK, lykta_test_dir_get_path (dir));
  g_autoptr (LyktaTestPrinter) printer = lykta_test_printer_new ();
  guint n_taps = 0;

  lykta_take_away_keeper_set_printer (stage->session, LYKTA_PRINTER (printer));
  lykta_stage_show (stage, 1080, 1800);
  tap (stage, see (stage->window, has_icon, "hand-finger"), &n_taps);
  tap (stage, language_at (stage, language), &n_taps);
  tap (stage, see (stage->window, has_icon, "messages"), &n_taps);
  g_assert_cmpint (lykta_session_get_screen (stage->session), ==, LYKTA_SCREEN_LIST);
  tap (stage, see (lykta_stage_find (stage->window, GTK_TYPE_GRID_VIEW), is_card, NULL), &n_taps);
  g_assert_cmpint (lykta_session_get_screen (stage->session), ==, LYKTA_SCREEN_ACTIVITY);
  tap (stage, see (stage->window, has_icon, "printer"), &n_taps);
  g_assert_cmpint (lykta_session_get_screen (stage->session), ==, LYKTA_SCREEN_TAKE_AWAY);
  LyktaTakeAway *takeaway = lykta_take_away_keeper_get (stage->surroundings);
  lykta_test_run_until (has_printer, takeaway, 20);
  lykta_stage_settle (stage);
  tap (stage, see (stage->window, has_icon, "printer"), &n_taps);
  lykta_test_run_until (is_under_way, takeaway, 20);
  g_assert_cmpuint (n_taps, <=, MOST_TAPS);
}

/* ---- large enough for a finger ---- */

static guint
count_small (GtkWidget *widget, int least, const char *scene)
{
  guint n = 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  /* With padding and border, which a finger meets as well. */
  const int width = gtk_widget_get_allocated_width (widget);
  const int height = gtk_widget_get_allocated_height (widget);
  if (GTK_IS_BUTTON (widget) && width > 0 && (width < least || height < least)) {
    const char *action = gtk_actionable_get_action_name (GTK_ACTIONABLE (widget));
    g_test_message ("%s: %s %s is %d x %d", scene, G_OBJECT_TYPE_NAME (widget),
                    action != NULL ? action : "", width, height);
    n++;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_small (child, least, scene);
  return n;
}

static void
check_targets (LyktaMode mode, int width, int height, int least)
{
  g_autoptr (LyktaStage) stage = lykta_stage_new (mode, lykta_test_dir_get_path (dir));
  guint n = 0;

  lykta_stage_show (stage, width, height);
  for (gsize i = 0; i < LYKTA_N_SCENES; i++) {
    lykta_scenes[i].show (stage);
    for (int k = 0; k < 3; k++)
      lykta_stage_settle (stage);
    n += count_small (stage->window, least, lykta_scenes[i].name);
  }
  g_assert_cmpuint (n, ==, 0);
}

static void
test_targets_of_a_kiosk (void)
{
  check_targets (LYKTA_MODE_KIOSK, 1080, 1200, KIOSK_TARGET);
}

static void
test_targets_of_a_telephone (void)
{
  check_targets (LYKTA_MODE_PERSONAL, 360, 640, PERSONAL_TARGET);
}

/* ---- with the keyboard alone ---- */

static gboolean
is_focused (LyktaStage *stage, GType type, int place)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (stage->window));

  if (focus == NULL || !g_type_is_a (G_OBJECT_TYPE (focus), type))
    return FALSE;
  for (GtkWidget *before = gtk_widget_get_prev_sibling (focus); before != NULL && place > 0;
       before = gtk_widget_get_prev_sibling (before))
    place--;
  return place == 0;
}

typedef struct {
  LyktaStage *stage;
  LyktaScreen before;
} Way;

static gboolean
has_gone_on (gpointer data)
{
  const Way *way = data;

  return lykta_session_get_screen (way->stage->session) != way->before;
}

/* Tab until the thing has the focus, then Enter, which GTK takes a quarter of a second for. */
static void
tab_to (LyktaStage *stage, GType type, int place)
{
  Way way = {stage, lykta_session_get_screen (stage->session)};

  for (int i = 0; i < MOST_STEPS && !is_focused (stage, type, place); i++)
    gtk_widget_child_focus (stage->window, GTK_DIR_TAB_FORWARD);
  g_assert_true (is_focused (stage, type, place));
  g_assert_true (gtk_widget_activate (gtk_window_get_focus (GTK_WINDOW (stage->window))));
  lykta_test_run_until (has_gone_on, &way, 10);
  for (int i = 0; i < 3; i++)
    lykta_stage_settle (stage);
}

static void
test_keyboard_alone (void)
{
  g_autoptr (LyktaStage) stage = lykta_stage_new (LYKTA_MODE_KIOSK, lykta_test_dir_get_path (dir));

  lykta_stage_show (stage, 1080, 1800);
  tab_to (stage, GTK_TYPE_BUTTON, 0);
  g_assert_cmpint (lykta_session_get_screen (stage->session), ==, LYKTA_SCREEN_LANGUAGE);
  GtkWidget *page = lykta_stage_find (stage->window, LYKTA_TYPE_LANGUAGE_PAGE);
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
  tab_to (stage, GTK_TYPE_BUTTON, 2);
  g_assert_cmpint (lykta_session_get_screen (stage->session), ==, LYKTA_SCREEN_HOME);
  tab_to (stage, LYKTA_TYPE_TILE, 0);
  g_assert_cmpint (lykta_session_get_screen (stage->session), ==, LYKTA_SCREEN_LIST);
  tab_to (stage, LYKTA_TYPE_CARD_BUTTON, 0);
  g_assert_cmpint (lykta_session_get_screen (stage->session), ==, LYKTA_SCREEN_ACTIVITY);
}

int
main (int argc, char **argv)
{
  int result;

  lykta_test_init (&argc, &argv);
  if (!lykta_stage_init ())
    return 77;
  dir = lykta_test_dir_new ();
  g_test_add_data_func ("/ui/access/pictograms-carry-the-way/first", GINT_TO_POINTER (0),
                        test_pictograms_carry_the_way);
  g_test_add_data_func ("/ui/access/pictograms-carry-the-way/right-to-left", GINT_TO_POINTER (3),
                        test_pictograms_carry_the_way);
  g_test_add_func ("/ui/access/keyboard-alone", test_keyboard_alone);
  g_test_add_func ("/ui/access/targets/kiosk", test_targets_of_a_kiosk);
  g_test_add_func ("/ui/access/targets/telephone", test_targets_of_a_telephone);
  result = g_test_run ();
  g_clear_pointer (&dir, lykta_test_dir_free);
  return result;
}
