/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk on the sample calendar: a certificate from the button on an activity to the printer. */
#include <string.h>

#include "lykta-stage.h"
#include "support/lykta-test-printer.h"
#include "support/lykta-test.h"
#include "ui/desk/lykta-certificate-form-box.h"
#include "ui/desk/lykta-certificate-view.h"
#include "ui/desk/lykta-desk-keeper.h"
#include "ui/desk/lykta-paper-view.h"
#include "ui/desk/lykta-print-panel.h"

#define FIELD(suffix) LYKTA_CERTIFICATE_FIELD_##suffix

static LyktaTestDir *dir;

typedef struct {
  LyktaStage *stage;
  LyktaTestPrinter *printer;
} Fixture;

/* An activity that offers a certificate is open, at the desk, in Swedish. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LyktaQuery) any = NULL;
  g_autoptr (LyktaQuery) query = NULL;
  g_autoptr (LyktaCard) card = NULL;
  LyktaSession *session;

  fixture->stage = lykta_stage_new (LYKTA_MODE_DESK, lykta_test_dir_get_path (dir));
  fixture->printer = lykta_test_printer_new ();
  session = fixture->stage->session;
  lykta_desk_keeper_set_printer (session, LYKTA_PRINTER (fixture->printer));
  lykta_session_set_language (session, "sv");
  lykta_session_go_home (session);
  any = lykta_session_new_query (session);
  query = lykta_query_with_certificate (any, TRUE);
  lykta_session_open_list (session, query);
  card = g_list_model_get_item (lykta_session_get_cards (session), 0);
  g_assert_nonnull (card);
  g_assert_true (lykta_session_open_card (session, card));
  lykta_stage_show (fixture->stage, 1200, 800);
  g_assert_true (lykta_session_open_certificate (session));
  lykta_stage_settle (fixture->stage);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lykta_stage_free (fixture->stage);
  g_object_unref (fixture->printer);
}

static gpointer
find (Fixture *fixture, GType type)
{
  GtkWidget *widget = lykta_stage_find (fixture->stage->window, type);

  g_assert_nonnull (widget);
  return widget;
}

static LyktaFormRow *
get_row (Fixture *fixture, LyktaCertificateField field)
{
  return lykta_certificate_form_box_get_row (find (fixture, LYKTA_TYPE_CERTIFICATE_FORM_BOX),
                                             field);
}

static GtkEditable *
get_entry (Fixture *fixture, LyktaCertificateField field)
{
  return GTK_EDITABLE (lykta_form_row_get_control (get_row (fixture, field)));
}

static LyktaCertificateForm *
get_form (Fixture *fixture)
{
  return lykta_certificate_desk_get_form (lykta_desk_keeper_get (fixture->stage->surroundings));
}

/* The queues come from a worker. */
static gboolean
has_queues (gpointer panel)
{
  GtkWidget *choice = lykta_stage_find (panel, GTK_TYPE_DROP_DOWN);

  return g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (choice))) > 0;
}

static gboolean
has_message (gpointer user_data)
{
  return lykta_print_panel_get_message (user_data) != NULL;
}

static gboolean
has_job (gpointer user_data)
{
  return lykta_test_printer_get_n_jobs (user_data) > 0;
}

/* What is written goes into the form and onto the page; what is wrong is said where it is. */
static void
test_fill_in (Fixture *fixture, gconstpointer data)
{
  LyktaPaperView *paper = find (fixture, LYKTA_TYPE_PAPER_VIEW);
  LyktaPage *before = lykta_paper_view_get_page (paper);

  g_assert_nonnull (before);
  g_assert_cmpstr (gtk_editable_get_text (get_entry (fixture, FIELD (ACTIVITY_NAME))), !=, "");
  g_assert_null (lykta_form_row_get_problem (get_row (fixture, FIELD (HOLDER_NAME))));
  gtk_editable_set_text (get_entry (fixture, FIELD (HOLDER_NAME)), "Amal Exempelsson");
  gtk_editable_set_text (get_entry (fixture, FIELD (LMA_NUMBER)), "12345");
  g_assert_cmpstr (lykta_certificate_form_get_text (get_form (fixture), FIELD (HOLDER_NAME)), ==,
                   "Amal Exempelsson");
  g_assert_true (
      lykta_certificate_form_box_show_problems (find (fixture, LYKTA_TYPE_CERTIFICATE_FORM_BOX)));
  g_assert_nonnull (lykta_form_row_get_problem (get_row (fixture, FIELD (LMA_NUMBER))));
  gtk_editable_set_text (get_entry (fixture, FIELD (LMA_NUMBER)), "12345678");
  g_assert_null (lykta_form_row_get_problem (get_row (fixture, FIELD (LMA_NUMBER))));
}

/* A form with mistakes is not printed; without them it is, and the state is told in words. */
static void
test_print (Fixture *fixture, gconstpointer data)
{
  LyktaPrintPanel *panel = find (fixture, LYKTA_TYPE_PRINT_PANEL);

  lykta_test_run_until (has_queues, panel, 10);
  gtk_widget_activate_action (GTK_WIDGET (panel), "desk.print", NULL);
  lykta_test_run_until (has_message, panel, 10);
  g_assert_cmpuint (lykta_test_printer_get_n_jobs (fixture->printer), ==, 0);
  g_assert_nonnull (lykta_form_row_get_problem (get_row (fixture, FIELD (HOLDER_NAME))));
  gtk_editable_set_text (get_entry (fixture, FIELD (HOLDER_NAME)), "Amal Exempelsson");
  lykta_stage_settle (fixture->stage);
  gtk_widget_activate_action (GTK_WIDGET (panel), "desk.print", NULL);
  lykta_test_run_until (has_job, fixture->printer, 10);
  g_assert_cmpstr (lykta_test_printer_get_queue (fixture->printer), ==, "front");
  g_assert_null (strstr (lykta_test_printer_get_title (fixture->printer), "Amal"));
}

static void
test_save (Fixture *fixture, gconstpointer data)
{
  LyktaPrintPanel *panel = find (fixture, LYKTA_TYPE_PRINT_PANEL);
  g_autofree char *path = lykta_test_dir_child (dir, "certificate.pdf");

  lykta_print_panel_save_to (panel, path);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  gtk_editable_set_text (get_entry (fixture, FIELD (HOLDER_NAME)), "Amal Exempelsson");
  lykta_print_panel_save_to (panel, path);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* The half-filled form survives a change of language, and nothing survives going back. */
static void
test_language_and_back (Fixture *fixture, gconstpointer data)
{
  LyktaSession *session = fixture->stage->session;

  gtk_editable_set_text (get_entry (fixture, FIELD (HOLDER_NAME)), "Amal Exempelsson");
  lykta_session_set_language (session, "ar");
  lykta_stage_settle (fixture->stage);
  g_assert_cmpstr (gtk_editable_get_text (get_entry (fixture, FIELD (HOLDER_NAME))), ==,
                   "Amal Exempelsson");
  g_assert_cmpint (gtk_widget_get_direction (find (fixture, LYKTA_TYPE_CERTIFICATE_FORM_BOX)), ==,
                   GTK_TEXT_DIR_RTL);
  lykta_session_open_language (session);
  lykta_session_go_back (session);
  lykta_stage_settle (fixture->stage);
  g_assert_cmpstr (gtk_editable_get_text (get_entry (fixture, FIELD (HOLDER_NAME))), ==,
                   "Amal Exempelsson");
  lykta_session_go_back (session);
  lykta_stage_settle (fixture->stage);
  g_assert_null (lykta_stage_find (fixture->stage->window, LYKTA_TYPE_CERTIFICATE_VIEW));
  g_assert_true (lykta_session_open_certificate (session));
  lykta_stage_settle (fixture->stage);
  g_assert_cmpstr (gtk_editable_get_text (get_entry (fixture, FIELD (HOLDER_NAME))), ==, "");
}

/* On a small screen form and page take turns. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  lykta_stage_show (fixture->stage, 360, 640);
  g_assert_cmpint (gtk_widget_get_width (fixture->stage->window), <=, 400);
  g_assert_true (gtk_widget_get_mapped (find (fixture, LYKTA_TYPE_CERTIFICATE_FORM_BOX)));
  g_assert_false (gtk_widget_get_mapped (find (fixture, LYKTA_TYPE_PAPER_VIEW)));
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } cases[] = {
      {"/ui/certificate/fill-in", test_fill_in},
      {"/ui/certificate/print", test_print},
      {"/ui/certificate/save", test_save},
      {"/ui/certificate/language-and-back", test_language_and_back},
      {"/ui/certificate/narrow", test_narrow},
  };
  int result;

  lykta_test_init (&argc, &argv);
  if (!lykta_stage_init ()) {
    g_test_message ("there is no display");
    return 77;
  }
  dir = lykta_test_dir_new ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].name, Fixture, NULL, set_up, cases[i].test, tear_down);
  result = g_test_run ();
  lykta_test_dir_free (dir);
  return result;
}
