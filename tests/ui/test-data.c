/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The box about mobile data: the price before the calendar, and a way back from each step. */
#include "lykta-stage.h"
#include "store/lykta-content-reader.h"
#include "store/lykta-device-store.h"
#include "support/lykta-test-faults.h"
#include "support/lykta-test-fetcher.h"
#include "support/lykta-test.h"
#include "sync/lykta-source-list.h"
#include "ui/lykta-refresher.h"
#include "ui/lykta-sentences.h"
#include "ui/pages/lykta-about-page.h"
#include "ui/widgets/lykta-data-box.h"

#define ADDRESS "https://a.invalid/a.ics"

static LyktaTestDir *dir;
static LyktaTestFetcher *network; /* of the last stage */

/* A stage at the page about the calendar, with a network that answers. */
static LyktaStage *
new_stage (LyktaMode mode, LyktaSyncEngine **engine)
{
  const char *const addresses[] = {ADDRESS, NULL};
  LyktaStage *stage = lykta_stage_new (mode, lykta_test_dir_get_path (dir));
  g_autofree char *device_path = lykta_test_dir_child (dir, "device.db");
  g_autofree char *calendar = lykta_test_calendar (30, "a");
  g_autoptr (LyktaDeviceStore) device = lykta_device_store_open (device_path, stage->clock, NULL);
  g_autoptr (LyktaSourceList) list = lykta_source_list_new (device);
  g_autoptr (LyktaConnectivity) connectivity =
      lykta_fixed_connectivity_new (LYKTA_CONNECTION_METERED);
  g_autoptr (LyktaRandom) random = lykta_seeded_random_new (1);

  g_clear_object (&network);
  network = lykta_test_fetcher_new ();
  g_assert_true (lykta_source_list_set_addresses (list, addresses, NULL));
  lykta_test_fetcher_set_body (network, ADDRESS, calendar, NULL);
  *engine = lykta_sync_engine_new (stage->store, device_path, lykta_test_dir_get_path (dir),
                                   LYKTA_FETCHER (network), connectivity, stage->clock, random);
  lykta_data_use_attach (stage->data_use, *engine, connectivity);
  lykta_session_set_language (stage->session, "en");
  lykta_session_go_home (stage->session);
  lykta_session_open_about (stage->session);
  lykta_stage_show (stage, 360, 640);
  lykta_stage_settle (stage);
  return stage;
}

/* Buttons below @root, in their order. (transfer container) */
static GPtrArray *
find_buttons (GtkWidget *root, GPtrArray *found)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (GTK_IS_BUTTON (child))
      g_ptr_array_add (found, child);
    else
      find_buttons (child, found);
  }
  return found;
}

static guint
n_buttons (GtkWidget *box)
{
  g_autoptr (GPtrArray) found = find_buttons (box, g_ptr_array_new ());

  return found->len;
}

static void
press (GtkWidget *box, guint index)
{
  g_autoptr (GPtrArray) found = find_buttons (box, g_ptr_array_new ());

  g_assert_cmpuint (index, <, found->len);
  g_signal_emit_by_name (found->pdata[index], "clicked");
}

static gboolean
is_asking (gpointer user_data)
{
  return lykta_data_use_get_state (user_data) == LYKTA_DATA_ASKING;
}

static gboolean
is_idle (gpointer user_data)
{
  return lykta_data_use_get_state (user_data) == LYKTA_DATA_IDLE;
}

static void
test_asks_first (void)
{
  g_autoptr (LyktaSyncEngine) engine = NULL;
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_PERSONAL, &engine);
  GtkWidget *box = lykta_stage_find (stage->window, LYKTA_TYPE_DATA_BOX);
  g_autoptr (LyktaContentReader) reader = lykta_content_store_new_reader (stage->store, NULL);

  g_assert_nonnull (box);
  g_assert_cmpuint (n_buttons (box), ==, 1);
  press (box, 0);
  lykta_test_run_until (is_asking, stage->data_use, 20);
  g_assert_cmpint (lykta_data_use_get_price (stage->data_use), >, 0);
  g_assert_cmpuint (n_buttons (box), ==, 2);
  /* Not now. */
  press (box, 1);
  g_assert_cmpuint (n_buttons (box), ==, 1);
  g_assert_cmpint (lykta_content_reader_count_activities (reader, ADDRESS, NULL), <=, 0);
  /* Now. */
  press (box, 0);
  lykta_test_run_until (is_asking, stage->data_use, 20);
  press (box, 0);
  lykta_test_run_until (is_idle, stage->data_use, 20);
  lykta_stage_settle (stage);
  g_assert_cmpint (lykta_content_reader_count_activities (reader, ADDRESS, NULL), ==, 30);
  g_assert_cmpuint (n_buttons (box), ==, 1);
}

/* The switch is the setting, both ways. */
static void
test_switch (void)
{
  g_autoptr (LyktaSyncEngine) engine = NULL;
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_PERSONAL, &engine);
  GtkWidget *box = lykta_stage_find (stage->window, LYKTA_TYPE_DATA_BOX);
  GtkWidget *check = lykta_stage_find (box, GTK_TYPE_CHECK_BUTTON);

  g_assert_nonnull (check);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_true (g_settings_get_boolean (stage->settings, "ask-only"));
  g_settings_reset (stage->settings, "ask-only");
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
}

/* Who stands at a kiosk does not pay for its line. */
static void
test_not_in_a_kiosk (void)
{
  g_autoptr (LyktaSyncEngine) engine = NULL;
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_KIOSK, &engine);

  g_assert_null (lykta_stage_find (stage->window, LYKTA_TYPE_DATA_BOX));
}

static gboolean
is_fetching (gpointer user_data)
{
  return lykta_data_use_is_under_way (user_data, ADDRESS, NULL);
}

/* Each source that is under way can be stopped where it stands. */
static void
test_stop_one (void)
{
  g_autoptr (LyktaSyncEngine) engine = NULL;
  g_autoptr (LyktaStage) stage = new_stage (LYKTA_MODE_PERSONAL, &engine);
  GtkWidget *page = lykta_stage_find (stage->window, LYKTA_TYPE_ABOUT_PAGE);
  guint n_before = n_buttons (page);

  lykta_test_fetcher_set_hanging (network, ADDRESS);
  lykta_sync_engine_run_async (engine, LYKTA_SYNC_MANUAL, NULL, NULL, NULL, NULL);
  lykta_test_run_until (is_fetching, stage->data_use, 20);
  lykta_test_settle ();
  /* The one of the box, which stops all, stands in the place of "update now". */
  g_assert_cmpuint (n_buttons (page), ==, n_before + 1);
  press (page, 1);
  lykta_test_run_until (is_idle, stage->data_use, 20);
  lykta_test_settle ();
  g_assert_cmpuint (n_buttons (page), ==, n_before);
}

static gboolean
has_ended (gpointer user_data)
{
  return !lykta_sync_engine_is_running (user_data);
}

/* What the session is told after a look by itself that found the calendar too dear. (transfer full)
 */
static char *
notice_in (LyktaMode mode)
{
  LyktaSyncRules rules = LYKTA_SYNC_RULES_SPARING;
  g_autoptr (LyktaSyncEngine) engine = NULL;
  g_autoptr (LyktaStage) stage = NULL;
  g_autoptr (LyktaRefresher) refresher = NULL;

  g_clear_pointer (&dir, lykta_test_dir_free);
  dir = lykta_test_dir_new ();
  rules.ask_above = 100;
  stage = new_stage (mode, &engine);
  refresher = lykta_refresher_new (stage->session, engine);
  lykta_sync_engine_set_rules (engine, &rules);
  lykta_sync_engine_run_async (engine, LYKTA_SYNC_NONE, NULL, NULL, NULL, NULL);
  lykta_test_run_until (has_ended, engine, 20);
  return g_strdup (lykta_session_get_notice (stage->session));
}

/* News that wait for a yes are told to who can say it. */
static void
test_too_dear (void)
{
  g_autofree char *at_home = notice_in (LYKTA_MODE_PERSONAL);
  g_autofree char *in_kiosk = notice_in (LYKTA_MODE_KIOSK);

  g_assert_cmpstr (at_home, ==, "costs-more");
  g_assert_null (in_kiosk);
  g_assert_cmpstr (lykta_sentence_failure_of_source (at_home, 0), ==,
                   lykta_sentence_failure (at_home));
}

int
main (int argc, char **argv)
{
  int code;

  lykta_test_init (&argc, &argv);
  if (!lykta_stage_init ())
    return 77;
  dir = lykta_test_dir_new ();
  g_test_add_func ("/ui/data/asks-first", test_asks_first);
  g_test_add_func ("/ui/data/switch", test_switch);
  g_test_add_func ("/ui/data/not-in-a-kiosk", test_not_in_a_kiosk);
  g_test_add_func ("/ui/data/stop-one", test_stop_one);
  g_test_add_func ("/ui/data/too-dear", test_too_dear);
  code = g_test_run ();
  g_clear_object (&network);
  lykta_test_dir_free (dir);
  return code;
}
