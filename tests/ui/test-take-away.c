/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What visitors take along, from the button on an activity to the printer and back. */
#include <string.h>

#include "lykta-stage.h"
#include "support/lykta-test-printer.h"
#include "support/lykta-test.h"
#include "ui/lykta-take-away-keeper.h"
#include "ui/pages/lykta-activity-page.h"
#include "ui/pages/lykta-list-page.h"
#include "ui/pages/lykta-take-away-page.h"
#include "ui/widgets/lykta-code-view.h"

static LyktaTestDir *dir;

typedef struct {
  LyktaStage *stage;
  LyktaTestPrinter *printer;
  LyktaTakeAway *takeaway; /* (unowned) (nullable) */
  LyktaTakeAwayState wanted;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer mode)
{
  g_autoptr (LyktaQuery) query = NULL;
  LyktaSession *session;

  fixture->stage =
      lykta_stage_new ((LyktaMode)GPOINTER_TO_INT (mode), lykta_test_dir_get_path (dir));
  fixture->printer = lykta_test_printer_new ();
  session = fixture->stage->session;
  lykta_take_away_keeper_set_printer (session, LYKTA_PRINTER (fixture->printer));
  lykta_session_set_language (session, "sv");
  lykta_session_go_home (session);
  query = lykta_session_new_query (session);
  lykta_session_open_list (session, query);
  lykta_stage_show (fixture->stage, 400, 800);
  lykta_stage_settle (fixture->stage);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lykta_stage_free (fixture->stage);
  g_object_unref (fixture->printer);
}

/* The first visible button below @root with that action; NULL when there is none. */
static GtkWidget *
find_button (GtkWidget *root, const char *action)
{
  if (!gtk_widget_get_visible (root))
    return NULL;
  if (GTK_IS_BUTTON (root) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (root)), action) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_button (child, action);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
get_page (Fixture *fixture)
{
  return lykta_stage_find (fixture->stage->window, LYKTA_TYPE_TAKE_AWAY_PAGE);
}

static void
tap (Fixture *fixture, GtkWidget *root, const char *action)
{
  GtkWidget *button = find_button (root, action);

  g_test_message ("tapping %s", action);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  lykta_stage_settle (fixture->stage);
}

static gboolean
has_printer (gpointer user_data)
{
  return lykta_take_away_has_printer (((Fixture *)user_data)->takeaway);
}

static gboolean
is_at (gpointer user_data)
{
  Fixture *fixture = user_data;

  return lykta_take_away_get_state (fixture->takeaway) == fixture->wanted;
}

static void
wait_for (Fixture *fixture, LyktaTakeAwayState state)
{
  fixture->wanted = state;
  lykta_test_run_until (is_at, fixture, 20);
  lykta_stage_settle (fixture->stage);
}

/* By its button, as a person does. */
static void
open_page (Fixture *fixture, GType from)
{
  tap (fixture, lykta_stage_find (fixture->stage->window, from), "nav.take-away");
  g_assert_cmpint (lykta_session_get_screen (fixture->stage->session), ==, LYKTA_SCREEN_TAKE_AWAY);
  fixture->takeaway = lykta_take_away_keeper_get (fixture->stage->surroundings);
  lykta_test_run_until (has_printer, fixture, 10);
  lykta_stage_settle (fixture->stage);
}

static void
open_first_activity (Fixture *fixture)
{
  LyktaSession *session = fixture->stage->session;
  g_autoptr (LyktaCard) card = g_list_model_get_item (lykta_session_get_cards (session), 0);

  g_assert_true (lykta_session_open_card (session, card));
  lykta_stage_settle (fixture->stage);
}

static void
test_slip (Fixture *fixture, gconstpointer data)
{
  GtkWidget *code;

  open_first_activity (fixture);
  open_page (fixture, LYKTA_TYPE_ACTIVITY_PAGE);
  code = lykta_stage_find (get_page (fixture), LYKTA_TYPE_CODE_VIEW);
  g_assert_nonnull (code);
  g_assert_cmpint (gtk_widget_get_width (code), >=, 240);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (code)), ==,
                   GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (code), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Rikta telefonens kamera mot rutan: tiden hamnar i din "
                                       "kalender, utan internet.");
  tap (fixture, get_page (fixture), "take-away.print");
  g_assert_null (find_button (get_page (fixture), "take-away.print"));
  lykta_test_printer_set_state (fixture->printer, LYKTA_PRINT_STATE_COMPLETED);
  wait_for (fixture, LYKTA_TAKE_AWAY_DONE);
  g_assert_nonnull (find_button (get_page (fixture), "take-away.again"));
  g_assert_cmpuint (lykta_test_printer_get_n_jobs (fixture->printer), ==, 1);
}

/* A kiosk gives no files to anybody, one's own machine does. */
static void
test_kiosk_files (Fixture *fixture, gconstpointer data)
{
  open_first_activity (fixture);
  open_page (fixture, LYKTA_TYPE_ACTIVITY_PAGE);
  g_assert_null (find_button (get_page (fixture), "take-away.save"));
  g_assert_null (find_button (get_page (fixture), "take-away.save-calendar"));
}

static gboolean
is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_own_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *page = lykta_test_dir_child (dir, "slip.pdf");
  g_autofree char *calendar = lykta_test_dir_child (dir, "date.ics");

  open_first_activity (fixture);
  open_page (fixture, LYKTA_TYPE_ACTIVITY_PAGE);
  g_assert_nonnull (find_button (get_page (fixture), "take-away.save"));
  g_assert_nonnull (find_button (get_page (fixture), "take-away.save-calendar"));
  lykta_take_away_page_save_to (LYKTA_TAKE_AWAY_PAGE (get_page (fixture)), FALSE, page);
  lykta_test_run_until (is_there, page, 20);
  lykta_take_away_page_save_to (LYKTA_TAKE_AWAY_PAGE (get_page (fixture)), TRUE, calendar);
  lykta_test_run_until (is_there, calendar, 20);
  lykta_stage_settle (fixture->stage);
}

/* Another language in the middle of it: the sheet is still followed, and printed once. */
static void
test_language (Fixture *fixture, gconstpointer data)
{
  open_first_activity (fixture);
  open_page (fixture, LYKTA_TYPE_ACTIVITY_PAGE);
  tap (fixture, get_page (fixture), "take-away.print");
  lykta_test_printer_set_state (fixture->printer, LYKTA_PRINT_STATE_OUT_OF_PAPER);
  wait_for (fixture, LYKTA_TAKE_AWAY_NO_PAPER);
  lykta_session_set_language (fixture->stage->session, "ar");
  lykta_stage_settle (fixture->stage);
  g_assert_cmpint (lykta_take_away_get_state (fixture->takeaway), ==, LYKTA_TAKE_AWAY_NO_PAPER);
  g_assert_nonnull (find_button (get_page (fixture), "take-away.cancel"));
  lykta_test_printer_set_state (fixture->printer, LYKTA_PRINT_STATE_COMPLETED);
  wait_for (fixture, LYKTA_TAKE_AWAY_DONE);
  g_assert_cmpuint (lykta_test_printer_get_n_jobs (fixture->printer), ==, 1);
}

static gboolean
was_cancelled (gpointer printer)
{
  return lykta_test_printer_get_n_cancelled (printer) == 1;
}

/* Whoever walks away leaves nothing at the printer for the next one. */
static void
test_leaving (Fixture *fixture, gconstpointer data)
{
  open_first_activity (fixture);
  open_page (fixture, LYKTA_TYPE_ACTIVITY_PAGE);
  tap (fixture, get_page (fixture), "take-away.print");
  lykta_test_printer_set_state (fixture->printer, LYKTA_PRINT_STATE_JAM);
  wait_for (fixture, LYKTA_TAKE_AWAY_JAM);
  lykta_session_reset (fixture->stage->session);
  lykta_stage_settle (fixture->stage);
  g_assert_true (lykta_take_away_is_empty (fixture->takeaway));
  lykta_test_run_until (was_cancelled, fixture->printer, 10);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  open_page (fixture, LYKTA_TYPE_LIST_PAGE);
  g_assert_true (lykta_take_away_is_list (fixture->takeaway));
  g_assert_null (find_button (get_page (fixture), "take-away.save-calendar"));
  tap (fixture, get_page (fixture), "take-away.print");
  lykta_test_printer_set_state (fixture->printer, LYKTA_PRINT_STATE_COMPLETED);
  wait_for (fixture, LYKTA_TAKE_AWAY_DONE);
  lykta_session_go_back (fixture->stage->session);
  lykta_stage_settle (fixture->stage);
  g_assert_true (lykta_take_away_is_empty (fixture->takeaway));
}

/* Nobody knows whether it came out: the person says. */
static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  open_first_activity (fixture);
  open_page (fixture, LYKTA_TYPE_ACTIVITY_PAGE);
  lykta_test_printer_set_failure (fixture->printer, LYKTA_PRINT_ERROR_FAILED);
  tap (fixture, get_page (fixture), "take-away.print");
  wait_for (fixture, LYKTA_TAKE_AWAY_UNKNOWN);
  lykta_test_printer_set_failure (fixture->printer, -1);
  tap (fixture, get_page (fixture), "take-away.have-it");
  wait_for (fixture, LYKTA_TAKE_AWAY_READY);
  g_assert_cmpuint (lykta_test_printer_get_n_jobs (fixture->printer), ==, 0);
}

#define ADD(name, mode, function) \
  g_test_add ("/ui/take-away/" name, Fixture, GINT_TO_POINTER (mode), set_up, function, tear_down)

int
main (int argc, char **argv)
{
  int result;

  lykta_test_init (&argc, &argv);
  if (!lykta_stage_init ())
    return 77;
  dir = lykta_test_dir_new ();
  ADD ("slip", LYKTA_MODE_KIOSK, test_slip);
  ADD ("kiosk-files", LYKTA_MODE_KIOSK, test_kiosk_files);
  ADD ("own-files", LYKTA_MODE_PERSONAL, test_own_files);
  ADD ("language", LYKTA_MODE_KIOSK, test_language);
  ADD ("leaving", LYKTA_MODE_KIOSK, test_leaving);
  ADD ("list", LYKTA_MODE_KIOSK, test_list);
  ADD ("unknown", LYKTA_MODE_PERSONAL, test_unknown);
  result = g_test_run ();
  lykta_test_dir_free (dir);
  return result;
}
