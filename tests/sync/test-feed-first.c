/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sync/feed-fixture.h"

/* The first refresh of a large feed into an empty calendar: its beginning first. */

#define LARGE 4000

/* A calendar whose activities lie in two counties, and one that nobody knows. (transfer full) */
static char *
large_calendar (void)
{
  static const char *const places[] = {"Uppsala", "Umeå", "Nowhere"};
  g_autofree char *text = lykta_test_calendar (LARGE, "a");
  g_auto (GStrv) parts = g_strsplit (text, "END:VEVENT", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++) {
    g_string_append (out, parts[i]);
    if (parts[i + 1] != NULL)
      g_string_append_printf (out, "LOCATION:Huset\\, Gatan 1\\, %s\r\nEND:VEVENT",
                              places[i % G_N_ELEMENTS (places)]);
  }
  return g_string_free (out, FALSE);
}

static LyktaGazetteer *
new_gazetteer (void)
{
  static const char towns[] = "code,name,latitude,longitude\n0380,Uppsala,59.86,17.64\n"
                              "2480,Umeå,63.83,20.26\n";
  static const char areas[] = "code,name,latitude,longitude\n03,Uppsala län,59.86,17.64\n"
                              "24,Västerbottens län,63.83,20.26\n";
  g_autoptr (GBytes) municipalities = g_bytes_new_static (towns, sizeof towns - 1);
  g_autoptr (GBytes) counties = g_bytes_new_static (areas, sizeof areas - 1);
  g_autoptr (GError) error = NULL;
  LyktaGazetteer *gazetteer = lykta_gazetteer_new (municipalities, counties, &error);

  g_assert_no_error (error);
  return gazetteer;
}

static void
publish_large (FeedFixture *self)
{
  g_autoptr (LyktaSigningKey) key = feed_key (self->folder);
  g_autoptr (LyktaGazetteer) gazetteer = new_gazetteer ();
  g_autofree char *calendar = large_calendar ();
  g_autofree char *out = g_build_filename (self->folder, "feed", NULL);
  const LyktaPublishOptions options = {
      .folder = out,
      .name = "Prov",
      .key = key,
      .gazetteer = gazetteer,
      .now = lykta_test_moment (SYNC_NOW) - FEED_DAY,
      .keep_days = 30,
      .valid_days = 30,
      .level = FEED_LEVEL,
  };

  feed_publish_with (self->folder, calendar, &options);
}

static void
set_county (FeedFixture *self, const char *county)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaDeviceStore) device =
      lykta_device_store_open (self->base.device_path, self->base.clock, &error);
  g_autoptr (LyktaSourceList) list = lykta_source_list_new (device);

  g_assert_no_error (error);
  g_assert_true (lykta_source_list_set_county (list, county, &error));
}

/* Takes the snapshots away or brings them back: the connection breaks after the beginning. */
static void
move_snapshots (FeedFixture *self, gboolean is_there)
{
  g_autofree char *command = g_strdup_printf (
      is_there ? "cd '%s' && mv away/* feed/parts/"
               : "cd '%s' && mkdir -p away && find feed/parts -name '*.zst' -size +40k -exec mv {} "
                 "away/ ';'",
      self->folder);
  const char *argv[] = {"/bin/sh", "-c", command, NULL};

  g_assert_cmpint (lykta_test_run_program (argv, NULL, NULL), ==, 0);
}

static gboolean
is_loading (FeedFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaContentReader) reader =
      lykta_content_store_new_reader (self->base.content, &error);

  g_assert_no_error (error);
  return lykta_content_reader_is_loading (reader, self->address);
}

/* Every activity of the calendar lies in @town. */
static void
assert_town (FeedFixture *self, const char *town, const char *other)
{
  g_autofree char *dump = sync_fixture_dump (&self->base);

  g_assert_nonnull (strstr (dump, town));
  g_assert_null (strstr (dump, other));
}

/* The beginning, and the connection is gone: it stays, marked; the next run brings the rest. */
static void
test_broken_off (FeedFixture *self, gconstpointer data)
{
  g_autofree char *dump = NULL;
  g_autofree char *expected = NULL;
  gint64 n;

  publish_large (self);
  set_county (self, "24");
  move_snapshots (self, FALSE);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "not-found");
  n = sync_fixture_count (&self->base, self->address);
  g_test_message ("%" G_GINT64_FORMAT " activities first", n);
  g_assert_cmpint (n, >, 20);
  g_assert_cmpint (n, <, LARGE / 3);
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, n);
  g_assert_true (is_loading (self));
  assert_town (self, "Umeå", "Uppsala");

  /* Once more, without the beginning: it is there. */
  feed_use_content (self, "content.db");
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "not-found");
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, n);
  g_assert_true (is_loading (self));

  move_snapshots (self, TRUE);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  g_assert_false (is_loading (self));
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, LARGE);
  dump = sync_fixture_dump (&self->base);
  expected = feed_dump_of_newcomer (self);
  g_assert_cmpstr (dump, ==, expected);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UNCHANGED, NULL);
}

/* Where nobody knows the county, the soonest anywhere. */
static void
test_anywhere (FeedFixture *self, gconstpointer data)
{
  g_autofree char *dump = NULL;

  publish_large (self);
  set_county (self, "25");
  move_snapshots (self, FALSE);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_FAILED, "not-found");
  dump = sync_fixture_dump (&self->base);
  g_assert_nonnull (strstr (dump, "Umeå"));
  g_assert_nonnull (strstr (dump, "Uppsala"));
}

typedef struct {
  FeedFixture *self; /* (unowned) */
  gboolean is_done;
  gint64 n_seen; /* when the beginning was told of */
} Watching;

static void
on_progress (
    LyktaSyncEngine *engine, const char *id, LyktaSyncState state, guint64 bytes, gpointer data)
{
  Watching *watching = data;

  if (state == LYKTA_SYNC_STATE_PARTLY)
    watching->n_seen = sync_fixture_count (&watching->self->base, NULL);
}

static void
on_finished (LyktaSyncEngine *engine, LyktaSyncReport *report, gpointer data)
{
  Watching *watching = data;

  g_assert_cmpint (lykta_sync_report_get_failure (report), ==, LYKTA_SYNC_FAILURE_NONE);
  watching->is_done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Watching *)data)->is_done;
}

/* Whoever shows the calendar is told as soon as there is something; the sample has left by then. */
static void
test_told (FeedFixture *self, gconstpointer data)
{
  Watching watching = {.self = self};

  publish_large (self);
  sync_fixture_configure (&self->base, LYKTA_SOURCE_ID_SAMPLE, NULL);
  g_assert_cmpint (sync_fixture_run_one (&self->base, LYKTA_SYNC_NONE, LYKTA_SOURCE_ID_SAMPLE), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), >, 0);
  sync_fixture_configure (&self->base, self->address, NULL);
  g_signal_connect (self->base.engine, "progress", G_CALLBACK (on_progress), &watching);
  g_signal_connect (self->base.engine, "finished", G_CALLBACK (on_finished), &watching);
  lykta_sync_engine_run_async (self->base.engine, LYKTA_SYNC_MANUAL, NULL, NULL, NULL, NULL);
  lykta_test_run_until (is_done, &watching, 60);
  g_assert_cmpint (watching.n_seen, >, 20);
  g_assert_cmpint (sync_fixture_count (&self->base, LYKTA_SOURCE_ID_SAMPLE), ==, 0);
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, LARGE);
}

/* A first part that is damaged costs the beginning, and nothing else. */
static void
test_damaged (FeedFixture *self, gconstpointer data)
{
  g_autofree char *command =
      g_strdup_printf ("cd '%s/feed/parts' && for f in $(find . -name '*.zst' -size -40k); do "
                       "printf x >> $f; done",
                       self->folder);
  const char *argv[] = {"/bin/sh", "-c", command, NULL};

  publish_large (self);
  g_assert_cmpint (lykta_test_run_program (argv, NULL, NULL), ==, 0);
  feed_assert_outcome (self, LYKTA_SYNC_OUTCOME_UPDATED, NULL);
  g_assert_cmpint (sync_fixture_count (&self->base, NULL), ==, LARGE);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (FeedFixture *self, gconstpointer data);
  } cases[] = {
      {"/sync/feed-first/broken-off", test_broken_off},
      {"/sync/feed-first/anywhere", test_anywhere},
      {"/sync/feed-first/told", test_told},
      {"/sync/feed-first/damaged", test_damaged},
  };

  lykta_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, FeedFixture, NULL, feed_set_up, cases[i].run, feed_tear_down);
  return g_test_run ();
}
