/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "feed/lykta-occurrences.h"
#include "session/lykta-notes.h"
#include "session/lykta-same-activity.h"
#include "store/lykta-content-writer.h"
#include "support/lykta-test.h"

#define NOW "2026-11-24T12:00:00+01:00"

typedef struct {
  LyktaTestDir *dir;
  LyktaClock *clock;
  LyktaContentStore *content;
  LyktaContentReader *reader;
  LyktaDeviceStore *device;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->dir = lykta_test_dir_new ();
  self->clock = lykta_test_clock_at (NOW);
  g_autofree char *content = lykta_test_dir_child (self->dir, "content.db");
  g_autofree char *device = lykta_test_dir_child (self->dir, "device.db");
  self->content = lykta_content_store_open (content, self->clock, NULL);
  self->reader = lykta_content_store_new_reader (self->content, NULL);
  self->device = lykta_device_store_open (device, self->clock, NULL);
  g_assert_nonnull (self->device);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->reader);
  g_assert_finalize_object (self->content);
  g_assert_finalize_object (self->device);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->dir, lykta_test_dir_free);
}

static LyktaActivity *
make (const char *uid, const char *title, const char *language, const char *description)
{
  g_autoptr (LyktaScheduleBuilder) times =
      lykta_schedule_builder_new (NULL, (LyktaDate){2026, 11, 24}, 17, 0, 0, FALSE, 7200);
  lykta_schedule_builder_add_rule (times, "FREQ=WEEKLY");
  g_autoptr (LyktaSchedule) schedule = lykta_schedule_builder_end (g_steal_pointer (&times));
  g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new (uid, schedule);
  g_autoptr (LyktaPlace) place =
      lykta_place_new ("Biblioteket", NULL, NULL, "Lund", "1281", NULL, NAN, NAN);

  lykta_activity_builder_set_place (builder, place);
  lykta_activity_builder_set_title (builder, "sv", title);
  lykta_activity_builder_set_description (builder, language, description);
  return lykta_activity_builder_end (builder);
}

/* @activity (transfer full) (nullable): all that the source has. */
static void
refresh (Fixture *self, const char *source_id, LyktaActivity *activity)
{
  g_autoptr (LyktaActivity) owned = activity;
  g_autoptr (LyktaSource) source =
      lykta_source_new (source_id, source_id, "https://example.org/", LYKTA_FORMAT_AUTO, NULL);
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  g_autoptr (LyktaContentWriter) writer =
      lykta_content_store_new_writer (self->content, lykta_expand_occurrences, NULL);

  g_assert_true (lykta_content_writer_begin (writer, source, NULL));
  if (owned != NULL)
    g_assert_true (lykta_content_writer_put (writer, owned, NULL, NULL));
  g_assert_true (lykta_content_writer_remove_missing (writer, NULL));
  g_assert_true (lykta_content_writer_commit (writer, state, NULL));
}

static gint64
find (Fixture *self, const char *source_id, const char *uid)
{
  gint64 id = 0;
  g_autoptr (LyktaActivity) activity =
      lykta_content_reader_get_activity (self->reader, source_id, uid, &id, NULL);

  g_assert_nonnull (activity);
  return id;
}

static void
assert_note (Fixture *self, const char *source_id, const char *uid, const char *expected)
{
  g_autofree char *note =
      lykta_notes_get (self->reader, self->device, find (self, source_id, uid), NULL);

  g_assert_cmpstr (note, ==, expected);
}

static void
test_notes_survive (Fixture *self, gconstpointer data)
{
  refresh (self, "a", make ("one", "Språkcafé", "sv", "x"));
  g_assert_true (
      lykta_notes_set (self->reader, self->device, find (self, "a", "one"), "Nyckeln", NULL));
  refresh (self, "a", make ("one", "Språkcafé", "sv", "y"));
  assert_note (self, "a", "one", "Nyckeln");
  /* Through every record of the activity. */
  refresh (self, "b", make ("two", "Språkcafé", "sv", "y"));
  assert_note (self, "b", "two", "Nyckeln");
  /* The source gives it another uid. */
  refresh (self, "b", NULL);
  refresh (self, "a", make ("three", "Språkcafé", "sv", "y"));
  assert_note (self, "a", "three", "Nyckeln");
  /* Written anew it belongs to what is there now, once. */
  g_assert_true (
      lykta_notes_set (self->reader, self->device, find (self, "a", "three"), "Koden", NULL));
  g_autoptr (GPtrArray) notes = lykta_notes_list (self->reader, self->device, NULL);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_cmpstr (((LyktaNote *)notes->pdata[0])->uid, ==, "three");
}

static void
test_note_on_what_is_gone (Fixture *self, gconstpointer data)
{
  refresh (self, "a", make ("one", "Språkcafé", "sv", "x"));
  g_assert_true (
      lykta_notes_set (self->reader, self->device, find (self, "a", "one"), "Nyckeln", NULL));
  refresh (self, "a", make ("two", "Sykväll", "sv", "x"));
  assert_note (self, "a", "two", NULL);
  g_autoptr (GPtrArray) notes = lykta_notes_list (self->reader, self->device, NULL);
  g_assert_cmpuint (notes->len, ==, 1);
  const LyktaNote *note = notes->pdata[0];
  g_assert_cmpint (note->activity_id, ==, 0);
  g_assert_cmpstr (note->title, ==, "Språkcafé");
  g_assert_cmpstr (note->text, ==, "Nyckeln");
  refresh (self, "a", make ("one", "Språkcafé", "sv", "x"));
  g_assert_true (lykta_notes_set (self->reader, self->device, find (self, "a", "one"), "", NULL));
  assert_note (self, "a", "one", NULL);
}

static void
test_same_activity (Fixture *self, gconstpointer data)
{
  refresh (self, "a", make ("one", "Språkcafé", "sv", "Vi pratar."));
  refresh (self, "b", make ("two", "Språkcafé", "en", "We talk."));
  g_autoptr (GPtrArray) same = NULL;
  g_autoptr (LyktaActivity) activity =
      lykta_same_activity_load (self->reader, find (self, "a", "one"), &same, NULL);
  g_autoptr (GPtrArray) names = lykta_same_activity_list_sources (same);

  g_assert_cmpstr (lykta_activity_get_uid (activity), ==, "one");
  LyktaTexts *texts = lykta_activity_get_description (activity);
  g_assert_cmpstr (lykta_texts_get (texts, "sv"), ==, "Vi pratar.");
  g_assert_cmpstr (lykta_texts_get (texts, "en"), ==, "We talk.");
  g_assert_cmpuint (lykta_texts_get_n (lykta_activity_get_title (activity)), ==, 1);
  g_assert_cmpuint (names->len, ==, 2);
  g_assert_cmpstr (names->pdata[0], ==, "a");
  g_assert_cmpstr (names->pdata[1], ==, "b");
  g_assert_null (lykta_same_activity_load (self->reader, 99, NULL, NULL));
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/notes/survive", test_notes_survive);
  ADD ("/notes/on-what-is-gone", test_note_on_what_is_gone);
  ADD ("/notes/same-activity", test_same_activity);
  return g_test_run ();
}
