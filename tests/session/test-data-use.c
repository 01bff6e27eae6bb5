/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/lykta-data-use.h"

#include "store/lykta-content-reader.h"
#include "support/lykta-test-faults.h"
#include "support/lykta-test-fetcher.h"
#include "support/lykta-test.h"

/* What a person is told before anything is fetched that costs them. */

#define ADDRESS "https://a.invalid/a.ics"

typedef struct {
  LyktaTestDir *dir;               /* (owned) */
  LyktaClock *clock;               /* (owned) */
  LyktaContentStore *content;      /* (owned) */
  LyktaTestFetcher *network;       /* (owned) */
  LyktaConnectivity *connectivity; /* (owned) */
  LyktaSyncEngine *engine;         /* (owned) */
  LyktaDataUse *data_use;          /* (owned) */
  LyktaDataState wanted;
} Fixture;

static void
configure (const char *device_path, LyktaClock *clock)
{
  const char *const addresses[] = {ADDRESS, NULL};
  g_autoptr (LyktaDeviceStore) device = lykta_device_store_open (device_path, clock, NULL);
  g_autoptr (LyktaSourceList) list = lykta_source_list_new (device);

  g_assert_true (lykta_source_list_set_addresses (list, addresses, NULL));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  LyktaConnection connection = (LyktaConnection)GPOINTER_TO_INT (data);
  g_autofree char *content_path = NULL;
  g_autofree char *device_path = NULL;
  g_autofree char *calendar = lykta_test_calendar (3, "a");
  g_autoptr (LyktaRandom) random = lykta_seeded_random_new (1);
  g_autoptr (GError) error = NULL;

  self->dir = lykta_test_dir_new ();
  self->clock = lykta_test_clock_at ("2026-11-24T12:00:00+01:00");
  content_path = lykta_test_dir_child (self->dir, "content.db");
  device_path = lykta_test_dir_child (self->dir, "device.db");
  self->content = lykta_content_store_open (content_path, self->clock, &error);
  g_assert_no_error (error);
  configure (device_path, self->clock);
  self->network = lykta_test_fetcher_new ();
  lykta_test_fetcher_set_body (self->network, ADDRESS, calendar, NULL);
  self->connectivity = lykta_fixed_connectivity_new (connection);
  self->engine = lykta_sync_engine_new (
      self->content, device_path, lykta_test_dir_get_path (self->dir),
      LYKTA_FETCHER (self->network), self->connectivity, self->clock, random);
  self->data_use = lykta_data_use_new (device_path, self->clock);
  lykta_data_use_attach (self->data_use, self->engine, self->connectivity);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->data_use);
  lykta_test_settle ();
  g_clear_object (&self->engine);
  g_clear_object (&self->connectivity);
  g_clear_object (&self->network);
  g_clear_object (&self->content);
  g_clear_object (&self->clock);
  lykta_test_dir_free (self->dir);
}

static gboolean
is_in_state (gpointer user_data)
{
  Fixture *self = user_data;

  return lykta_data_use_get_state (self->data_use) == self->wanted;
}

static void
wait_for (Fixture *self, LyktaDataState state)
{
  self->wanted = state;
  lykta_test_run_until (is_in_state, self, 20);
}

static guint
n_fetches (Fixture *self)
{
  return lykta_test_fetcher_get_n_fetches (self->network, ADDRESS);
}

static gboolean
has_month (gpointer user_data)
{
  return lykta_data_use_get_month (((Fixture *)user_data)->data_use) > 0;
}

/* A price first, and nothing of the calendar before a yes. */
static void
test_agree (Fixture *self, gconstpointer data)
{
  guint n_weighed;

  lykta_data_use_update (self->data_use);
  g_assert_cmpint (lykta_data_use_get_state (self->data_use), ==, LYKTA_DATA_WEIGHING);
  wait_for (self, LYKTA_DATA_ASKING);
  /* Never read: the server was asked how much it has, by its headers alone. */
  g_assert_cmpint (lykta_data_use_get_price (self->data_use), >, 0);
  n_weighed = n_fetches (self);
  g_assert_cmpuint (n_weighed, ==, 1);
  lykta_data_use_update (self->data_use);
  g_assert_cmpint (lykta_data_use_get_state (self->data_use), ==, LYKTA_DATA_ASKING);
  lykta_data_use_agree (self->data_use);
  g_assert_cmpint (lykta_data_use_get_state (self->data_use), ==, LYKTA_DATA_FETCHING);
  wait_for (self, LYKTA_DATA_IDLE);
  g_assert_cmpuint (n_fetches (self), ==, n_weighed + 1);
  lykta_test_run_until (has_month, self, 20);
  g_assert_cmpint (lykta_data_use_get_used (self->data_use), ==, 0);
  /* And from now on it is remembered. */
  lykta_data_use_update (self->data_use);
  wait_for (self, LYKTA_DATA_ASKING);
  g_assert_cmpuint (n_fetches (self), ==, n_weighed + 1);
}

static void
test_decline (Fixture *self, gconstpointer data)
{
  lykta_data_use_update (self->data_use);
  wait_for (self, LYKTA_DATA_ASKING);
  lykta_data_use_decline (self->data_use);
  g_assert_cmpint (lykta_data_use_get_state (self->data_use), ==, LYKTA_DATA_IDLE);
  lykta_data_use_agree (self->data_use);
  g_assert_cmpint (lykta_data_use_get_state (self->data_use), ==, LYKTA_DATA_IDLE);
  g_assert_cmpuint (n_fetches (self), ==, 1);
}

/* Where it costs nothing, or where nobody knows and it is little, nobody is asked. */
static void
test_at_once (Fixture *self, gconstpointer data)
{
  lykta_data_use_update (self->data_use);
  while (lykta_data_use_get_state (self->data_use) != LYKTA_DATA_IDLE) {
    g_assert_cmpint (lykta_data_use_get_state (self->data_use), !=, LYKTA_DATA_ASKING);
    g_main_context_iteration (NULL, TRUE);
  }
  g_assert_cmpuint (n_fetches (self), >=, 1);
}

/* What hangs can be called off, both what a person asked for and what came by itself. */
static void
test_stop (Fixture *self, gconstpointer data)
{
  lykta_test_fetcher_set_hanging (self->network, ADDRESS);
  lykta_data_use_update (self->data_use);
  g_assert_cmpint (lykta_data_use_get_state (self->data_use), ==, LYKTA_DATA_FETCHING);
  lykta_data_use_cancel (self->data_use);
  wait_for (self, LYKTA_DATA_IDLE);
  lykta_sync_engine_start (self->engine);
  wait_for (self, LYKTA_DATA_FETCHING);
  lykta_data_use_cancel (self->data_use);
  wait_for (self, LYKTA_DATA_IDLE);
}

/* A person does not wait for a run by itself that hangs. */
static void
test_overtake (Fixture *self, gconstpointer data)
{
  g_autofree char *calendar = lykta_test_calendar (3, "b");

  lykta_test_fetcher_set_hanging (self->network, ADDRESS);
  lykta_sync_engine_start (self->engine);
  wait_for (self, LYKTA_DATA_FETCHING);
  lykta_test_fetcher_set_body (self->network, ADDRESS, calendar, NULL);
  lykta_data_use_update (self->data_use);
  wait_for (self, LYKTA_DATA_IDLE);
  {
    g_autoptr (LyktaContentReader) reader = lykta_content_store_new_reader (self->content, NULL);

    g_assert_cmpint (lykta_content_reader_count_activities (reader, ADDRESS, NULL), ==, 3);
  }
}

#define ADD(name, connection, function)                                                            \
  g_test_add ("/session/data-use/" name, Fixture, GINT_TO_POINTER (LYKTA_CONNECTION_##connection), \
              set_up, function, tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("agree", METERED, test_agree);
  ADD ("decline", METERED, test_decline);
  ADD ("free", UNMETERED, test_at_once);
  ADD ("unknown", UNKNOWN, test_at_once);
  ADD ("stop", UNMETERED, test_stop);
  ADD ("overtake", UNMETERED, test_overtake);
  return g_test_run ();
}
