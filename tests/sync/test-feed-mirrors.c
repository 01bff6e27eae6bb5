/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "base/lykta-limits.h"
#include "sync/feed-fixture.h"

/* Two real web servers that carry the same feed and are not of one mind: whatever happens on the
 * way, the refresh takes what can be had and never goes back. */

/* What a carrier holds. The reader is at the second day. */
typedef enum {
  HOLDS_NOTHING,
  HOLDS_FIRST,     /* days behind */
  HOLDS_SECOND,    /* in step with the reader */
  HOLDS_THIRD,     /* all that is new */
  HOLDS_FOURTH,    /* and newer still */
  HOLDS_INDEX,     /* of the third day, but none of the parts */
  HOLDS_PARTS,     /* of the third day, with an index that somebody else has signed */
  HOLDS_OLD,       /* the index of the second day, and no parts */
  HOLDS_DAMAGED,   /* of the third day, and every part has one byte more */
  HOLDS_NO_DELTAS, /* of the third day, but the newest deltas */
} Holding;

typedef struct {
  const char *name;
  Holding a;
  Holding b;
  gboolean is_newcomer; /* the reader has no calendar, but knows what was accepted */
  LyktaSyncOutcome outcome;
  const char *failure;
  guint n_events; /* that are shown afterwards */
} Race;

#define SECOND (FEED_EVENTS + 2)
#define THIRD  (FEED_EVENTS + 3)
#define FOURTH (FEED_EVENTS + 4)

static const Race races[] = {
    {"in step", HOLDS_THIRD, HOLDS_THIRD, FALSE, LYKTA_SYNC_OUTCOME_UPDATED, NULL, THIRD},
    {"the mirror is behind", HOLDS_THIRD, HOLDS_SECOND, FALSE, LYKTA_SYNC_OUTCOME_UPDATED, NULL,
     THIRD},
    {"new index, part missing; mirror whole", HOLDS_INDEX, HOLDS_THIRD, FALSE,
     LYKTA_SYNC_OUTCOME_UPDATED, NULL, THIRD},
    /* Whose parts of the third day are still there. */
    {"new index, part missing; mirror newer", HOLDS_INDEX, HOLDS_FOURTH, FALSE,
     LYKTA_SYNC_OUTCOME_UPDATED, NULL, THIRD},
    {"lies; mirror newer", HOLDS_PARTS, HOLDS_FOURTH, FALSE, LYKTA_SYNC_OUTCOME_UPDATED, NULL,
     FOURTH},
    {"new index, part missing; mirror old", HOLDS_INDEX, HOLDS_SECOND, FALSE,
     LYKTA_SYNC_OUTCOME_UNCHANGED, NULL, SECOND},
    {"new index, part missing; mirror stale", HOLDS_INDEX, HOLDS_FIRST, FALSE,
     LYKTA_SYNC_OUTCOME_FAILED, "not-found", SECOND},
    {"new index, part missing; mirror has the parts, and lies", HOLDS_INDEX, HOLDS_PARTS, FALSE,
     LYKTA_SYNC_OUTCOME_UPDATED, NULL, THIRD},
    {"old index, part gone", HOLDS_OLD, HOLDS_THIRD, FALSE, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL,
     SECOND},
    {"old index, part gone, for a newcomer", HOLDS_OLD, HOLDS_THIRD, TRUE,
     LYKTA_SYNC_OUTCOME_UPDATED, NULL, SECOND},
    {"lies", HOLDS_PARTS, HOLDS_THIRD, FALSE, LYKTA_SYNC_OUTCOME_UPDATED, NULL, THIRD},
    {"both lie", HOLDS_PARTS, HOLDS_PARTS, FALSE, LYKTA_SYNC_OUTCOME_FAILED, "signature", SECOND},
    {"stale", HOLDS_FIRST, HOLDS_THIRD, FALSE, LYKTA_SYNC_OUTCOME_UPDATED, NULL, THIRD},
    {"stale, mirror in step", HOLDS_FIRST, HOLDS_SECOND, FALSE, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL,
     SECOND},
    {"both stale", HOLDS_FIRST, HOLDS_FIRST, FALSE, LYKTA_SYNC_OUTCOME_FAILED, "rollback", SECOND},
    {"stale, for a newcomer", HOLDS_FIRST, HOLDS_SECOND, TRUE, LYKTA_SYNC_OUTCOME_UPDATED, NULL,
     SECOND},
    {"both stale, for a newcomer", HOLDS_FIRST, HOLDS_FIRST, TRUE, LYKTA_SYNC_OUTCOME_FAILED,
     "rollback", 0},
    {"empty", HOLDS_NOTHING, HOLDS_THIRD, FALSE, LYKTA_SYNC_OUTCOME_UPDATED, NULL, THIRD},
    {"both empty", HOLDS_NOTHING, HOLDS_NOTHING, FALSE, LYKTA_SYNC_OUTCOME_FAILED, "not-found",
     SECOND},
    {"damaged parts", HOLDS_DAMAGED, HOLDS_THIRD, FALSE, LYKTA_SYNC_OUTCOME_UPDATED, NULL, THIRD},
    {"both damaged", HOLDS_DAMAGED, HOLDS_DAMAGED, FALSE, LYKTA_SYNC_OUTCOME_FAILED, "altered",
     SECOND},
    {"no deltas anywhere", HOLDS_NO_DELTAS, HOLDS_NO_DELTAS, FALSE, LYKTA_SYNC_OUTCOME_UPDATED,
     NULL, THIRD},
};

typedef struct {
  FeedFixture base;
  LyktaTestServer *a; /* (owned) */
  LyktaTestServer *b; /* (owned) */
} Fixture;

static void
shell (Fixture *self, const char *command)
{
  g_autofree char *line = g_strdup_printf ("cd '%s' && %s", self->base.folder, command);
  const char *argv[] = {"/bin/sh", "-c", line, NULL};

  g_test_message ("%s", command);
  g_assert_cmpint (lykta_test_run_program (argv, NULL, NULL), ==, 0);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *root_a = NULL;
  g_autofree char *root_b = NULL;
  g_autofree char *url = NULL;

  feed_set_up (&self->base, data);
  shell (self, "mkdir -p a/feed b/feed");
  root_a = g_build_filename (self->base.folder, "a", NULL);
  root_b = g_build_filename (self->base.folder, "b", NULL);
  self->a = lykta_test_server_new_nginx (root_a, NULL);
  self->b = lykta_test_server_new_nginx (root_b, NULL);
  url = lykta_test_server_url (self->a, "feed/");
  g_free (self->base.address);
  self->base.address = feed_address (self->base.folder, url);
  sync_fixture_configure (&self->base.base, self->base.address, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lykta_test_server_free (self->a);
  lykta_test_server_free (self->b);
  feed_tear_down (&self->base, data);
}

/* Four days in four folders, each of which follows from the one before. */
static void
publish_days (Fixture *self)
{
  g_autofree char *mirror = lykta_test_server_url (self->b, "feed/");
  const char *const mirrors[] = {mirror, NULL};

  for (guint day = 1; day <= 4; day++) {
    g_autofree char *calendar = feed_calendar (FEED_EVENTS + day, 7 + day, "Promenad");
    g_autofree char *copy = g_strdup_printf ("cp -a master day%u", day);

    feed_publish (self->base.folder, "master", calendar,
                  lykta_test_moment (SYNC_NOW) - FEED_DAY + day, mirrors);
    shell (self, copy);
  }
  shell (self, "cp -a day3 index && rm index/parts/*");
  shell (self, "cp -a day3 parts && for f in parts/packs/*.lykta; do"
               " sed -i 's/\"name\":\"Prov\"/\"name\":\"Mord\"/' $f; done");
  shell (self, "cp -a day2 old && rm old/parts/*");
  shell (self, "cp -a day3 damaged && for f in damaged/parts/*; do printf x >> $f; done");
  /* What is in the third day alone and packed with a dictionary: its deltas. */
  shell (self, "cp -a day3 nodeltas && for f in nodeltas/parts/*.zst; do"
               " if [ \"$(head -c 1 $f)\" = '\\' ]; then rm $f; fi; done");
}

static void
hold (Fixture *self, const char *root, Holding holding)
{
  static const char *const folders[] = {NULL,    "day1",  "day2", "day3",    "day4",
                                        "index", "parts", "old",  "damaged", "nodeltas"};
  g_autofree char *command =
      folders[holding] != NULL
          ? g_strdup_printf ("rm -rf %s/feed && cp -a %s %s/feed", root, folders[holding], root)
          : g_strdup_printf ("rm -rf %s/feed && mkdir %s/feed", root, root);

  shell (self, command);
}

static void
run_race (Fixture *self, const Race *race, guint number)
{
  g_autofree char *name = g_strdup_printf ("race-%u.db", number);

  g_test_message ("%s", race->name);
  if (number > 0)
    shell (self, "cp -a device-before.db device.db && rm -f device.db-*");
  feed_use_content (&self->base, name);
  if (!race->is_newcomer) {
    hold (self, "a", HOLDS_SECOND);
    hold (self, "b", HOLDS_SECOND);
    feed_assert_outcome (&self->base, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  }
  hold (self, "a", race->a);
  hold (self, "b", race->b);
  feed_assert_outcome (&self->base, race->outcome, race->failure);
  g_assert_cmpint (sync_fixture_count (&self->base.base, self->base.address), ==, race->n_events);
}

static void
test_races (Fixture *self, gconstpointer data)
{
  if (!lykta_test_need_program ("nginx"))
    return;
  publish_days (self);
  hold (self, "a", HOLDS_SECOND);
  hold (self, "b", HOLDS_SECOND);
  feed_assert_outcome (&self->base, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  shell (self, "cp -a device.db device-before.db");
  for (guint i = 0; i < G_N_ELEMENTS (races); i++)
    run_race (self, &races[i], i + 1);
}

/* The address itself is gone; and when both are. */
static void
test_down (Fixture *self, gconstpointer data)
{
  if (!lykta_test_need_program ("nginx"))
    return;
  publish_days (self);
  hold (self, "a", HOLDS_SECOND);
  hold (self, "b", HOLDS_SECOND);
  feed_assert_outcome (&self->base, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  g_clear_pointer (&self->a, lykta_test_server_free);
  hold (self, "b", HOLDS_THIRD);
  feed_assert_outcome (&self->base, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  g_clear_pointer (&self->b, lykta_test_server_free);
  feed_assert_outcome (&self->base, LYKTA_SYNC_OUTCOME_FAILED, "unreachable");
  g_assert_cmpint (sync_fixture_count (&self->base.base, NULL), ==, THIRD);
  self->a = lykta_test_server_new_nginx (self->base.folder, NULL);
  self->b = lykta_test_server_new_nginx (self->base.folder, NULL);
}

/* ---- carriers that only drip ---- */

#define TYPE_DRIPPING_NETWORK (dripping_network_get_type ())
G_DECLARE_FINAL_TYPE (DrippingNetwork, dripping_network, DRIPPING, NETWORK, GObject)

/* Every answer takes all the time that it may. */
struct _DrippingNetwork {
  GObject parent_instance;

  LyktaClock *clock; /* (unowned) */
  guint n_asked;
};

static void dripping_network_fetcher_init (LyktaFetcherInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrippingNetwork,
                               dripping_network,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_FETCHER,
                                                      dripping_network_fetcher_init))

static gboolean
dripping_network_fetch (LyktaFetcher *fetcher,
                        const LyktaFetchRequest *request,
                        GOutputStream *body,
                        GCancellable *cancellable,
                        LyktaFetchResult *result,
                        GError **error)
{
  DrippingNetwork *self = DRIPPING_NETWORK (fetcher);

  self->n_asked++;
  g_assert_cmpuint (request->max_seconds, >, 0);
  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (self->clock), request->max_seconds);
  g_set_error_literal (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TIMEOUT, "it drips");
  return FALSE;
}

static void
dripping_network_fetcher_init (LyktaFetcherInterface *iface)
{
  iface->fetch = dripping_network_fetch;
}

static void
dripping_network_class_init (DrippingNetworkClass *klass)
{
}

static void
dripping_network_init (DrippingNetwork *self)
{
}

/* Sixteen of them take no longer than one, and more than one is asked. */
static void
test_dripping (FeedFixture *self, gconstpointer data)
{
  g_autoptr (DrippingNetwork) network = g_object_new (TYPE_DRIPPING_NETWORK, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaDeviceStore) device =
      lykta_device_store_open (self->base.device_path, self->base.clock, &error);
  g_autoptr (GString) mirrors = g_string_new (NULL);
  g_autofree char *address = feed_address (self->folder, "https://a.invalid/feed/");
  g_autofree char *key = g_strconcat ("feed.mirrors.", address, NULL);
  gint64 began = lykta_clock_now (self->base.clock);

  g_assert_no_error (error);
  for (guint i = 0; i < 15; i++)
    g_string_append_printf (mirrors, "https://m%u.invalid/feed/\n", i);
  g_assert_true (lykta_device_store_set_setting (device, key, mirrors->str, &error));
  g_free (self->address);
  self->address = g_steal_pointer (&address);
  sync_fixture_configure (&self->base, self->address, NULL);
  network->clock = self->base.clock;
  g_clear_object (&self->base.engine);
  self->base.engine = sync_fixture_new_engine (&self->base, LYKTA_FETCHER (network));
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "timeout");
  g_assert_cmpuint (network->n_asked, >, 5);
  g_assert_cmpint (lykta_clock_now (self->base.clock) - began, <=, LYKTA_LIMIT_DOWNLOAD_SECONDS);
  g_clear_object (&self->base.engine);
  feed_use_content (self, "content.db");
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add ("/sync/feed-mirrors/races", Fixture, NULL, set_up, test_races, tear_down);
  g_test_add ("/sync/feed-mirrors/down", Fixture, NULL, set_up, test_down, tear_down);
  g_test_add ("/sync/feed-mirrors/dripping", FeedFixture, NULL, feed_set_up, test_dripping,
              feed_tear_down);
  return g_test_run ();
}
