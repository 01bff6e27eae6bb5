/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>

#include "store/lykta-card-model.h"
#include "store/store-fixture.h"

/* The list that views look through: what it tells when it changes, and what it keeps. */

typedef struct {
  StoreFixture store;
  LyktaContentReader *reader;
  LyktaCardModel *model;
  LyktaQuery *all;
  guint n_signals;
  guint position, n_removed, n_added; /* of the last one */
} Fixture;

static void
on_model_items_changed (
    GListModel *model, guint position, guint n_removed, guint n_added, gpointer user_data)
{
  Fixture *self = user_data;

  self->n_signals++;
  self->position = position;
  self->n_removed = n_removed;
  self->n_added = n_added;
}

static void
watch (Fixture *self)
{
  g_signal_connect (self->model, "items-changed", G_CALLBACK (on_model_items_changed), self);
}

static void
set_up (Fixture *self, const StoreTestActivity *rows, guint n)
{
  store_fixture_set_up (&self->store);
  store_test_refresh (self->store.store, "test", rows, n, NULL);
  self->reader = store_fixture_reader (&self->store);
  self->all = lykta_query_new ("sv", lykta_test_moment (STORE_FIXTURE_NOW));
  self->model = lykta_card_model_new (self->reader, NULL);
  watch (self);
}

static void
fixture_clear (Fixture *self)
{
  if (self->model != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->model));
  if (self->reader != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->reader));
  g_clear_pointer (&self->all, lykta_query_unref);
  store_fixture_tear_down (&self->store);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static gboolean
is_complete (gpointer model)
{
  return lykta_card_model_is_complete (model);
}

static void
assert_told (Fixture *self, guint n_signals, guint position, guint n_removed, guint n_added)
{
  g_assert_cmpuint (self->n_signals, ==, n_signals);
  if (n_signals > 0) {
    g_assert_cmpuint (self->position, ==, position);
    g_assert_cmpuint (self->n_removed, ==, n_removed);
    g_assert_cmpuint (self->n_added, ==, n_added);
  }
  self->n_signals = 0;
}

static void
assert_title (Fixture *self, guint position, const char *title)
{
  g_autoptr (LyktaCard) card = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  g_assert_cmpstr (lykta_card_get_fields (card)->title, ==, title);
}

static const StoreTestActivity small[] = {
    {.uid = "a",
     .start = "2026-11-25T10:00:00+01:00",
     .sv = "Kaffe",
     .en = "Coffee",
     .has_childcare = TRUE},
    {.uid = "b", .start = "2026-11-25T11:00:00+01:00", .sv = "Te", .en = "Tea"},
    {.uid = "c", .start = "2026-11-25T12:00:00+01:00", .sv = "Saft", .en = "Juice"},
};

static void
test_small (void)
{
  g_auto (Fixture) fixture = {0};
  set_up (&fixture, small, 3);
  GListModel *model = G_LIST_MODEL (fixture.model);

  g_assert_true (g_list_model_get_item_type (model) == LYKTA_TYPE_CARD);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 0);
  g_assert_null (g_list_model_get_item (model, 0));
  lykta_card_model_set_query (fixture.model, fixture.all);
  assert_told (&fixture, 1, 0, 0, 3);
  g_assert_true (lykta_card_model_is_complete (fixture.model));
  assert_title (&fixture, 0, "Kaffe");
  g_assert_null (g_list_model_get_item (model, 3));
  g_autoptr (LyktaCard) one = g_list_model_get_item (model, 1);
  g_autoptr (LyktaCard) same = g_list_model_get_item (model, 1);
  g_assert_true (one == same);

  lykta_card_model_set_query (fixture.model, fixture.all);
  assert_told (&fixture, 0, 0, 0, 0);
  g_autoptr (LyktaQuery) english = lykta_query_with_language (fixture.all, "en");
  lykta_card_model_set_query (fixture.model, english);
  assert_told (&fixture, 1, 0, 3, 3);
  assert_title (&fixture, 0, "Coffee");
  g_autoptr (LyktaQuery) childcare = lykta_query_with_childcare (english, TRUE);
  lykta_card_model_set_query (fixture.model, childcare);
  assert_told (&fixture, 1, 0, 3, 1);
  g_autoptr (LyktaQuery) nothing = lykta_query_with_search (english, "zzz");
  lykta_card_model_set_query (fixture.model, nothing);
  assert_told (&fixture, 1, 0, 1, 0);
  g_assert_null (lykta_card_model_get_error (fixture.model));
}

static void
test_reload (void)
{
  g_auto (Fixture) fixture = {0};
  StoreTestActivity changed[G_N_ELEMENTS (small)];
  guint position;
  set_up (&fixture, small, 3);
  lykta_card_model_set_query (fixture.model, fixture.all);
  assert_told (&fixture, 1, 0, 0, 3);
  g_autoptr (LyktaCard) first = g_list_model_get_item (G_LIST_MODEL (fixture.model), 0);
  const gint64 id = lykta_card_get_fields (first)->activity_id;

  lykta_card_model_reload (fixture.model);
  assert_told (&fixture, 0, 0, 0, 0);
  memcpy (changed, small, sizeof small);
  changed[1].sv = "Grönt te";
  store_test_refresh (fixture.store.store, "test", changed, 3, NULL);
  lykta_card_model_reload (fixture.model);
  assert_told (&fixture, 1, 1, 2, 2);
  assert_title (&fixture, 1, "Grönt te");
  g_assert_true (lykta_card_model_find (
      fixture.model, id, lykta_test_moment ("2026-11-25T10:00:00+01:00"), &position));
  g_assert_cmpuint (position, ==, 0);
  store_test_refresh (fixture.store.store, "test", changed + 1, 2, NULL);
  lykta_card_model_reload (fixture.model);
  assert_told (&fixture, 1, 0, 3, 2);
  g_assert_false (lykta_card_model_find (
      fixture.model, id, lykta_test_moment ("2026-11-25T10:00:00+01:00"), &position));
}

/* A calendar that can no longer be read costs nothing of what is on the screen. */
static void
test_unreadable (void)
{
  g_auto (Fixture) fixture = {0};
  sqlite3 *handle;
  set_up (&fixture, small, 3);
  lykta_card_model_set_query (fixture.model, fixture.all);
  assert_told (&fixture, 1, 0, 0, 3);

  g_assert_cmpint (sqlite3_open (fixture.store.path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle,
                                 "DROP TABLE day_dates;"
                                 "UPDATE meta SET value = value + 1 WHERE key = 'generation'",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (handle);
  lykta_card_model_reload (fixture.model);
  assert_told (&fixture, 0, 0, 0, 0);
  g_assert_nonnull (lykta_card_model_get_error (fixture.model));
  assert_title (&fixture, 1, small[1].sv);
}

/* Ten groups that meet daily: more than the first pages. */
static void
make_many (StoreTestActivity *rows, char uids[10][4])
{
  static const char *const hours[] = {"2026-11-25T09:00:00+01:00", "2026-11-25T10:00:00+01:00",
                                      "2026-11-25T11:00:00+01:00", "2026-11-25T12:00:00+01:00",
                                      "2026-11-25T13:00:00+01:00", "2026-11-25T14:00:00+01:00",
                                      "2026-11-25T15:00:00+01:00", "2026-11-25T16:00:00+01:00",
                                      "2026-11-25T17:00:00+01:00", "2026-11-25T18:00:00+01:00"};

  for (guint i = 0; i < 10; i++) {
    g_snprintf (uids[i], sizeof uids[i], "u%u", i);
    rows[i] = (StoreTestActivity){
        .uid = uids[i], .start = hours[i], .minutes = 30, .rule = "FREQ=DAILY", .sv = uids[i]};
  }
}

static void
test_many (void)
{
  g_auto (Fixture) fixture = {0};
  StoreTestActivity rows[10];
  char uids[10][4];
  make_many (rows, uids);
  set_up (&fixture, rows, 10);
  GListModel *model = G_LIST_MODEL (fixture.model);

  /* The first pages at once, the rest when the index is there. */
  lykta_card_model_set_query (fixture.model, fixture.all);
  assert_told (&fixture, 1, 0, 0, 100);
  g_assert_false (lykta_card_model_is_complete (fixture.model));
  g_autoptr (LyktaCard) first = g_list_model_get_item (model, 0);
  lykta_test_run_until (is_complete, fixture.model, 10);
  const guint n = g_list_model_get_n_items (model);
  g_assert_cmpuint (n, ==, 10 * 429);
  assert_told (&fixture, 1, 100, 0, n - 100);
  g_autoptr (LyktaCard) still = g_list_model_get_item (model, 0);
  g_assert_true (first == still);

  /* Every card is where it should be, and begins its day where it should. */
  for (guint i = 0; i < n; i += 37) {
    g_autoptr (LyktaCard) card = g_list_model_get_item (model, i);
    const LyktaCardFields *fields = lykta_card_get_fields (card);
    guint position;
    g_assert_cmpstr (fields->uid, ==, uids[i % 10]);
    g_assert_cmpint (fields->is_first_of_day, ==, i % 10 == 0);
    g_assert_true (lykta_card_model_find (fixture.model, fields->activity_id,
                                          fields->occurrence.start, &position));
    g_assert_cmpuint (position, ==, i);
  }

  /* One group gone: the list stays until the new index is there, then changes once. */
  store_test_refresh (fixture.store.store, "test", rows, 9, NULL);
  lykta_card_model_reload (fixture.model);
  assert_told (&fixture, 0, 0, 0, 0);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, n);
  while (g_list_model_get_n_items (model) == n)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 9 * 429);
  g_assert_cmpuint (fixture.n_signals, ==, 1);
  g_assert_cmpuint (fixture.position, ==, 9);
  assert_title (&fixture, 9, "u0");
  g_autoptr (LyktaQuery) english = lykta_query_with_language (fixture.all, "en");
  fixture.n_signals = 0;
  lykta_card_model_set_query (fixture.model, english);
  assert_told (&fixture, 1, 0, 9 * 429, 9 * 429);
}

/* Dropped while the index is loading: the load ends, and nothing is left behind. */
static void
test_dropped (void)
{
  g_auto (Fixture) fixture = {0};
  StoreTestActivity rows[10];
  char uids[10][4];
  gpointer left;
  make_many (rows, uids);
  set_up (&fixture, rows, 10);
  left = fixture.model;
  g_object_add_weak_pointer (left, &left);

  lykta_card_model_set_query (fixture.model, fixture.all);
  g_clear_object (&fixture.model);
  while (left != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/store/card-model/small", test_small);
  g_test_add_func ("/store/card-model/reload", test_reload);
  g_test_add_func ("/store/card-model/unreadable", test_unreadable);
  g_test_add_func ("/store/card-model/many", test_many);
  g_test_add_func ("/store/card-model/dropped", test_dropped);
  return g_test_run ();
}
