/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paints every screen in three languages and two sizes:
 *   lykta-screenshots [--data-dir DIR] [--small] OUTDIR  →  OUTDIR/SCREEN-LANGUAGE-WIDTHxHEIGHT.png
 * With --data-dir it shows the calendar that is there, now; without, the sample calendar in a store
 * of its own and always at the same moment. Needs a display. */
#include <glib/gstdio.h>

#include "lykta-stage.h"
#include "store/lykta-card-model.h"
#include "support/lykta-test-printer.h"
#include "support/lykta-test.h"
#include "ui/desk/lykta-certificate-form-box.h"
#include "ui/desk/lykta-desk-keeper.h"
#include "ui/lykta-take-away-keeper.h"
#include "ui/pages/lykta-list-page.h"

#define EXIT_SKIP 77

static char *data_dir;
static gboolean is_small;
static gboolean is_visit;

typedef void (*SceneFunc) (LyktaStage *stage);

static LyktaStage *
new_stage (LyktaMode mode)
{
  return is_visit ? lykta_stage_new_visit (mode, data_dir) : lykta_stage_new (mode, data_dir);
}

static void
show_language (LyktaStage *stage)
{
  lykta_session_open_language (stage->session);
}

static void
show_home (LyktaStage *stage)
{
  lykta_session_go_home (stage->session);
}

static void
show_list (LyktaStage *stage)
{
  g_autoptr (LyktaQuery) query = lykta_session_new_query (stage->session);

  lykta_session_go_home (stage->session);
  lykta_session_open_list (stage->session, query);
}

static void
show_filters (LyktaStage *stage)
{
  g_autoptr (LyktaQuery) query = NULL;
  GtkWidget *page;
  GtkWidget *button;

  show_list (stage);
  query =
      lykta_query_with_purposes (lykta_session_get_query (stage->session), LYKTA_PURPOSE_SWEDISH);
  lykta_session_set_query (stage->session, query);
  lykta_stage_settle (stage);
  page = lykta_stage_find (stage->window, LYKTA_TYPE_LIST_PAGE);
  button = lykta_stage_find (page, GTK_TYPE_TOGGLE_BUTTON);
  if (gtk_widget_get_visible (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

static void
show_days (LyktaStage *stage)
{
  show_list (stage);
  lykta_session_open_days (stage->session);
}

static void
show_places (LyktaStage *stage)
{
  show_list (stage);
  lykta_session_open_places (stage->session);
}

/* Childcare, women only, and near here: too much at once. */
static void
show_nothing_left (LyktaStage *stage)
{
  show_list (stage);
  lykta_session_set_radius (stage->session, 10);
  g_autoptr (LyktaQuery) women =
      lykta_query_with_women_only (lykta_session_get_query (stage->session), TRUE);
  g_autoptr (LyktaQuery) query = lykta_query_with_childcare (women, TRUE);
  lykta_session_set_query (stage->session, query);
}

static void
show_empty (LyktaStage *stage)
{
  g_autoptr (LyktaQuery) query = NULL;

  show_list (stage);
  query = lykta_query_with_search (lykta_session_get_query (stage->session), "xyzzy");
  lykta_session_set_query (stage->session, query);
}

/* One that has a text in the language of the picture and is not cancelled. */
static LyktaCard *
choose_card (LyktaStage *stage)
{
  GListModel *cards = lykta_session_get_cards (stage->session);
  guint n = MIN (g_list_model_get_n_items (cards), 200);

  for (guint i = 0; i < n; i++) {
    g_autoptr (LyktaCard) card = g_list_model_get_item (cards, i);
    const LyktaCardFields *fields = lykta_card_get_fields (card);
    if (fields->place != NULL && fields->occurrence.status == LYKTA_STATUS_SCHEDULED &&
        g_strcmp0 (fields->title_language, lykta_session_get_language (stage->session)) == 0)
      return g_steal_pointer (&card);
  }
  return g_list_model_get_item (cards, 0);
}

static void
show_activity (LyktaStage *stage)
{
  g_autoptr (LyktaCard) card = NULL;

  show_list (stage);
  card = choose_card (stage);
  if (card != NULL)
    lykta_session_open_card (stage->session, card);
}

static void
show_certified_activity (LyktaStage *stage)
{
  g_autoptr (LyktaQuery) query = NULL;
  g_autoptr (LyktaCard) card = NULL;

  show_list (stage);
  query = lykta_query_with_certificate (lykta_session_get_query (stage->session), TRUE);
  lykta_session_set_query (stage->session, query);
  card = choose_card (stage);
  if (card != NULL)
    lykta_session_open_card (stage->session, card);
}

static void
show_about (LyktaStage *stage)
{
  lykta_session_go_home (stage->session);
  lykta_session_open_about (stage->session);
}

static const struct {
  const char *name;
  SceneFunc show;
} SCENES[] = {
    {"home", show_home},
    {"list", show_list},
    {"filters", show_filters},
    {"empty", show_empty},
    {"days", show_days},
    {"places", show_places},
    {"nothing-left", show_nothing_left},
    {"activity", show_activity},
    {"about", show_about},
    {"language", show_language},
};
static const char *const LANGUAGES[] = {"sv", "en", "ar"};
static const struct {
  LyktaMode mode;
  int width;
  int height;
} SIZES[] = {{LYKTA_MODE_PERSONAL, 360, 640}, {LYKTA_MODE_KIOSK, 1080, 1920}};

static void
shoot (LyktaStage *stage, const char *scene, const char *language, const char *out)
{
  g_autofree char *name =
      g_strdup_printf ("%s-%s-%dx%d.png", scene, language, gtk_widget_get_width (stage->window),
                       gtk_widget_get_height (stage->window));
  g_autofree char *path = g_build_filename (out, name, NULL);

  lykta_stage_settle (stage);
  lykta_stage_shoot (stage, path);
  g_print ("%s\n", path);
}

static void
shoot_all (const char *out, gsize size)
{
  g_autoptr (LyktaStage) stage = new_stage (SIZES[size].mode);

  lykta_stage_show (stage, SIZES[size].width, SIZES[size].height);
  shoot (stage, SIZES[size].mode == LYKTA_MODE_KIOSK ? "attract" : "welcome", "sv", out);
  for (gsize i = 0; i < G_N_ELEMENTS (SCENES); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (LANGUAGES); j++) {
      if (is_small && i % G_N_ELEMENTS (LANGUAGES) != j)
        continue;
      lykta_session_set_language (stage->session, LANGUAGES[j]);
      SCENES[i].show (stage);
      shoot (stage, SCENES[i].name, LANGUAGES[j], out);
    }
  }
}

/* At the desk: the activity, and a certificate that is half filled in. */
static void
shoot_desk (LyktaStage *stage, const char *out)
{
  static const char *const languages[] = {"sv", "ar"};
  g_autoptr (LyktaTestPrinter) printer = lykta_test_printer_new ();
  LyktaCertificateDesk *desk;

  lykta_desk_keeper_set_printer (stage->session, LYKTA_PRINTER (printer));
  show_certified_activity (stage);
  shoot (stage, "desk-activity", "sv", out);
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++) {
    lykta_session_open_certificate (stage->session);
    desk = lykta_desk_keeper_get (stage->surroundings);
    lykta_certificate_desk_set_field (desk, LYKTA_CERTIFICATE_FIELD_HOLDER_NAME,
                                      "Amal Exempelsson");
    lykta_certificate_desk_set_second_language (desk, i == 0 ? "ti" : "ar");
    lykta_session_set_language (stage->session, languages[i]);
    lykta_stage_show (stage, 1280, 800);
    shoot (stage, "desk-certificate", languages[i], out);
    lykta_stage_show (stage, 360, 640);
    shoot (stage, "desk-certificate", languages[i], out);
    lykta_session_go_back (stage->session);
  }
  lykta_session_set_language (stage->session, "sv");
  lykta_stage_show (stage, 1280, 800);
}

/* Two languages beside each other, the largest letters, and high contrast. */
static void
shoot_looks (const char *out)
{
  static const int sizes[][2] = {{1080, 1920}, {1280, 800}, {360, 640}};

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (LyktaStage) stage = new_stage (i == 2 ? LYKTA_MODE_PERSONAL : LYKTA_MODE_KIOSK);
    lykta_session_set_language (stage->session, "ar");
    lykta_session_go_home (stage->session);
    lykta_stage_show (stage, sizes[i][0], sizes[i][1]);
    lykta_session_set_side_by_side (stage->session, TRUE);
    show_list (stage);
    shoot (stage, "list-pair", "ar", out);
    show_activity (stage);
    shoot (stage, "activity-pair", "ar", out);
    lykta_session_set_side_by_side (stage->session, FALSE);
    lykta_session_set_text_size (stage->session, 2);
    for (gsize scene = 0; scene < G_N_ELEMENTS (SCENES); scene++) {
      g_autofree char *name = g_strconcat (SCENES[scene].name, "-large", NULL);
      SCENES[scene].show (stage);
      shoot (stage, name, "ar", out);
    }
    lykta_session_set_text_size (stage->session, 0);
    lykta_session_set_high_contrast (stage->session, TRUE);
    show_home (stage);
    shoot (stage, "home-contrast", "ar", out);
    show_filters (stage);
    shoot (stage, "filters-contrast", "ar", out);
    lykta_session_reset (stage->session);
    lykta_stage_settle (stage);
  }
}

/* What a kiosk shows while nobody uses it, with all languages that there will be. */
static void
shoot_attract (const char *out)
{
  static const char *const all[] = {"sv", "en", "ar",  "fa", "fa-AF", "ps", "so", "ti", "am",
                                    "uk", "ru", "ckb", "ku", "tr",    "fr", "es", NULL};
  static const int sizes[][2] = {{1080, 1920}, {1280, 800}, {360, 640}};

  lykta_stage_set_languages (all);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_KIOSK);
    lykta_session_set_position (stage->session, 59.3293, 18.0686);
    lykta_stage_show (stage, sizes[i][0], sizes[i][1]);
    for (int tries = 0; tries < 200 && !lykta_card_model_is_complete (LYKTA_CARD_MODEL (
                                           lykta_session_get_cards (stage->session)));
         tries++)
      g_main_context_iteration (NULL, TRUE);
    shoot (stage, "attract", "all", out);
  }
  lykta_stage_set_languages (NULL);
}

static gboolean
is_at (LyktaTakeAway *takeaway, LyktaTakeAwayState state)
{
  return lykta_take_away_has_printer (takeaway) && lykta_take_away_get_state (takeaway) == state;
}

/* Opens the page and waits until it is in @state, which the printer in memory brings about. */
static void
show_take_away (LyktaStage *stage,
                LyktaTestPrinter *printer,
                LyktaPrintState job,
                LyktaTakeAwayState state)
{
  LyktaTakeAway *takeaway;

  lykta_session_open_take_away (stage->session);
  takeaway = lykta_take_away_keeper_get (stage->surroundings);
  lykta_test_printer_set_state (printer, job);
  for (int tries = 0; tries < 500 && !is_at (takeaway, LYKTA_TAKE_AWAY_READY); tries++)
    g_main_context_iteration (NULL, TRUE);
  if (state != LYKTA_TAKE_AWAY_READY)
    lykta_take_away_print (takeaway);
  for (int tries = 0; tries < 5000 && !is_at (takeaway, state); tries++)
    g_main_context_iteration (NULL, TRUE);
}

/* What a visitor takes along, and what may go wrong with it. */
static void
shoot_take_away (const char *out, gsize size)
{
  static const char *const languages[] = {"sv", "ar", "ti"};
  static const struct {
    const char *name;
    LyktaPrintState job;
    LyktaTakeAwayState state;
  } troubles[] = {
      {"take-away-done", LYKTA_PRINT_STATE_COMPLETED, LYKTA_TAKE_AWAY_DONE},
      {"take-away-no-paper", LYKTA_PRINT_STATE_OUT_OF_PAPER, LYKTA_TAKE_AWAY_NO_PAPER},
      {"take-away-unknown", LYKTA_PRINT_STATE_UNKNOWN, LYKTA_TAKE_AWAY_UNKNOWN},
  };
  g_autoptr (LyktaTestPrinter) printer = lykta_test_printer_new ();
  g_autoptr (LyktaStage) stage = new_stage (SIZES[size].mode);

  lykta_take_away_keeper_set_printer (stage->session, LYKTA_PRINTER (printer));
  lykta_stage_show (stage, SIZES[size].width, SIZES[size].height);
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++) {
    lykta_session_set_language (stage->session, languages[i]);
    show_activity (stage);
    show_take_away (stage, printer, LYKTA_PRINT_STATE_QUEUED, LYKTA_TAKE_AWAY_READY);
    shoot (stage, "take-away", languages[i], out);
    for (gsize k = 0; k < G_N_ELEMENTS (troubles); k++) {
      show_activity (stage);
      show_take_away (stage, printer, troubles[k].job, troubles[k].state);
      shoot (stage, troubles[k].name, languages[i], out);
    }
    show_list (stage);
    show_take_away (stage, printer, LYKTA_PRINT_STATE_QUEUED, LYKTA_TAKE_AWAY_READY);
    shoot (stage, "take-away-list", languages[i], out);
  }
}

/* The other faces of the program, one picture each. */
static void
shoot_extras (const char *out)
{
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_DESK);
  AdwStyleManager *styles = adw_style_manager_get_default ();

  lykta_session_set_language (stage->session, "sv");
  lykta_session_go_home (stage->session);
  lykta_stage_show (stage, 1280, 800);
  shoot (stage, "home", "sv", out);
  adw_style_manager_set_color_scheme (styles, ADW_COLOR_SCHEME_FORCE_DARK);
  show_list (stage);
  shoot (stage, "list-dark", "sv", out);
  show_home (stage);
  shoot (stage, "home-dark", "sv", out);
  adw_style_manager_set_color_scheme (styles, ADW_COLOR_SCHEME_DEFAULT);
  lykta_session_set_text_size (stage->session, 2);
  lykta_stage_show (stage, 360, 640);
  show_list (stage);
  shoot (stage, "list-large", "sv", out);
  lykta_session_set_text_size (stage->session, 0);
  lykta_stage_show (stage, 1280, 800);
  shoot_desk (stage, out);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
      {"data-dir", 0, 0, G_OPTION_ARG_FILENAME, &data_dir, "Folder of the calendar", "DIR"},
      {"small", 0, 0, G_OPTION_ARG_NONE, &is_small, "One language for each screen", NULL},
      {0},
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("OUTDIR");
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaTestDir) temporary = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2) {
    g_printerr ("%s\n", error != NULL ? error->message : "one folder is needed");
    return 1;
  }
  if (!lykta_stage_init ()) {
    g_printerr ("there is no display\n");
    return EXIT_SKIP;
  }
  is_visit = data_dir != NULL;
  if (!is_visit) {
    temporary = lykta_test_dir_new ();
    data_dir = lykta_test_dir_child (temporary, "data");
    g_assert_cmpint (g_mkdir (data_dir, 0700), ==, 0);
  }
  g_mkdir_with_parents (argv[1], 0755);
  for (gsize size = 0; size < G_N_ELEMENTS (SIZES); size++)
    if (!is_small || size == 0)
      shoot_all (argv[1], size);
  for (gsize size = 0; size < G_N_ELEMENTS (SIZES); size++)
    if (!is_small || size == 0)
      shoot_take_away (argv[1], size);
  if (!is_small) {
    shoot_attract (argv[1]);
    shoot_looks (argv[1]);
    shoot_extras (argv[1]);
  }
  return 0;
}
