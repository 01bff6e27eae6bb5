/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/programme-fixture.h"

#include "base/lykta-data.h"
#include "feed/lykta-occurrences.h"
#include "store/lykta-content-writer.h"

#define DATA_PREFIX "/se/lykta/Lykta/data/"
#define CONFIRMED   "2026-11-23T03:30:00+01:00"

typedef struct {
  const char *uid;
  const char *titles[4]; /* sv, ar, ti, en; nullable */
  LyktaDate date;
  int hour;
  const char *rule; /* (nullable) */
  const char *place;
  const char *municipality; /* (nullable) */
  LyktaPurposes purposes;
  LyktaAudience audience;
  LyktaStatus status;
  LyktaTristate childcare;
  LyktaTristate is_free;
  LyktaBooking booking;
} Row;

static const char *const LANGUAGES[] = {"sv", "ar", "ti", "en"};

static const Row ROWS[] = {
    {"cafe",
     {"Språkcafé", "مقهى اللغة", "ካፈ ቋንቋ", "Language café"},
     {2026, 11, 23},
     18,
     "FREQ=WEEKLY;COUNT=6",
     "Stadsbiblioteket",
     "1280",
     LYKTA_PURPOSE_SWEDISH | LYKTA_PURPOSE_SOCIETY,
     LYKTA_AUDIENCE_EVERYONE,
     LYKTA_STATUS_SCHEDULED,
     LYKTA_TRISTATE_YES,
     LYKTA_TRISTATE_YES,
     LYKTA_BOOKING_DROP_IN},
    {"swim",
     {"Simning för kvinnor som vill lära sig att simma i en lugn grupp med kvinnlig ledare", NULL,
      NULL, NULL},
     {2026, 11, 25},
     10,
     NULL,
     "Exempelbadet",
     "1280",
     LYKTA_PURPOSE_HEALTH,
     LYKTA_AUDIENCE_WOMEN,
     LYKTA_STATUS_CANCELLED,
     LYKTA_TRISTATE_UNKNOWN,
     LYKTA_TRISTATE_UNKNOWN,
     LYKTA_BOOKING_REQUIRED},
    {"cv",
     {"CV-verkstad", "ورشة السيرة الذاتية", NULL, NULL},
     {2026, 11, 25},
     13,
     NULL,
     "Folkets hus",
     "0180",
     LYKTA_PURPOSE_WORK},
};

static LyktaActivity *
new_activity (const Row *row)
{
  LyktaScheduleBuilder *dates =
      lykta_schedule_builder_new (NULL, row->date, row->hour, 0, 0, FALSE, 2 * 3600);
  g_autoptr (LyktaSchedule) schedule = NULL;
  g_autoptr (LyktaActivityBuilder) builder = NULL;
  g_autoptr (LyktaContact) contact =
      lykta_contact_new ("Provia Påhittsson", "040-628 04 38", "info@example.org", NULL);
  g_autoptr (LyktaOrganiser) organiser = lykta_organiser_new (
      "Studieförbundet Exempel", LYKTA_ORGANISER_STUDY_ASSOCIATION, NULL, NULL, contact, NULL);
  g_autoptr (LyktaPlace) place =
      lykta_place_new (row->place, "Provgatan 3", "211 20",
                       g_strcmp0 (row->municipality, "1280") == 0 ? "Malmö" : "Stockholm",
                       row->municipality, NULL, 55.6, 13.0);

  if (row->rule != NULL)
    lykta_schedule_builder_add_rule (dates, row->rule);
  schedule = lykta_schedule_builder_end (dates);
  builder = lykta_activity_builder_new (row->uid, schedule);
  for (guint i = 0; i < G_N_ELEMENTS (LANGUAGES); i++)
    lykta_activity_builder_set_title (builder, LANGUAGES[i], row->titles[i]);
  lykta_activity_builder_set_purposes (builder, row->purposes, LYKTA_PURPOSE_NONE);
  lykta_activity_builder_set_audience (builder, row->audience);
  lykta_activity_builder_set_status (builder, row->status);
  lykta_activity_builder_set_childcare (builder, row->childcare);
  lykta_activity_builder_set_is_free (builder, row->is_free);
  lykta_activity_builder_set_booking (builder, row->booking, NULL);
  lykta_activity_builder_set_place (builder, place);
  lykta_activity_builder_set_organiser (builder, organiser);
  lykta_activity_builder_set_attendance (builder, LYKTA_ATTENDANCE_ON_SITE);
  return lykta_activity_builder_end (builder);
}

static void
write_rows (ProgrammeFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaContentWriter) writer =
      lykta_content_store_new_writer (self->store, lykta_expand_occurrences, &error);
  g_autoptr (LyktaSource) source =
      lykta_source_new ("test", "Provkalendern", "file:///test.ics", LYKTA_FORMAT_ICALENDAR, NULL);
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();

  g_assert_no_error (error);
  state->last_confirmed = lykta_test_moment (CONFIRMED);
  state->n_activities = G_N_ELEMENTS (ROWS);
  lykta_content_writer_begin (writer, source, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (LyktaActivity) activity = new_activity (&ROWS[i]);

    lykta_content_writer_put (writer, activity, NULL, &error);
    g_assert_no_error (error);
  }
  lykta_content_writer_commit (writer, state, &error);
  g_assert_no_error (error);
}

void
programme_fixture_set_up (ProgrammeFixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  GResource *data = lykta_data_get_resource ();
  g_autoptr (GBytes) municipalities =
      g_resource_lookup_data (data, DATA_PREFIX "municipalities.csv", 0, NULL);
  g_autoptr (GBytes) counties = g_resource_lookup_data (data, DATA_PREFIX "counties.csv", 0, NULL);

  self->dir = lykta_test_dir_new ();
  path = lykta_test_dir_child (self->dir, "content.db");
  self->clock = lykta_test_clock_at ("2026-11-23T04:00:00+01:00");
  self->store = lykta_content_store_open (path, self->clock, &error);
  g_assert_no_error (error);
  write_rows (self);
  self->reader = lykta_content_store_new_reader (self->store, &error);
  g_assert_no_error (error);
  self->gazetteer = lykta_gazetteer_new (municipalities, counties, &error);
  g_assert_no_error (error);
}

void
programme_fixture_tear_down (ProgrammeFixture *self, gconstpointer user_data)
{
  g_object_unref (self->gazetteer);
  g_assert_finalize_object (self->reader);
  g_assert_finalize_object (self->store);
  g_object_unref (self->clock);
  lykta_test_dir_free (self->dir);
}

LyktaProgramme *
programme_fixture_read (
    ProgrammeFixture *self, const char *from, int days, const char *code, guint limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaQuery) always = lykta_query_new ("sv", 0);
  g_autoptr (LyktaQuery) query = NULL;
  const LyktaArea *area = NULL;
  LyktaProgramme *programme;
  LyktaDate day;

  g_assert_true (lykta_date_parse (from, &day));
  query = lykta_query_with_period (always, lykta_date_start (day),
                                   lykta_date_start (lykta_date_add_days (day, days)));
  if (code != NULL)
    area = code[2] == '\0' ? lykta_gazetteer_find_county (self->gazetteer, code)
                           : lykta_gazetteer_find_municipality (self->gazetteer, code);
  programme = lykta_programme_new (self->reader, query, area, limit, &error);
  g_assert_no_error (error);
  return programme;
}

void
programme_fixture_add_far (ProgrammeFixture *self, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaContentWriter) writer =
      lykta_content_store_new_writer (self->store, lykta_expand_occurrences, &error);
  g_autoptr (LyktaSource) source =
      lykta_source_new ("far", NULL, "file:///far.ics", LYKTA_FORMAT_ICALENDAR, NULL);
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  g_autoptr (LyktaPlace) place =
      lykta_place_new ("Fjällstugan", NULL, NULL, "Kiruna", "2584", NULL, 67.86, 20.23);
  g_autoptr (LyktaSchedule) schedule = lykta_schedule_builder_end (
      lykta_schedule_builder_new (NULL, (LyktaDate){2026, 11, 23}, 8, 0, 0, FALSE, 3600));

  g_assert_no_error (error);
  state->last_confirmed = lykta_test_moment (CONFIRMED);
  lykta_content_writer_begin (writer, source, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++) {
    g_autofree char *uid = g_strdup_printf ("far-%u", i);
    g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new (uid, schedule);
    g_autoptr (LyktaActivity) activity = NULL;

    lykta_activity_builder_set_title (builder, "sv", "Långt borta");
    lykta_activity_builder_set_place (builder, place);
    activity = lykta_activity_builder_end (builder);
    lykta_content_writer_put (writer, activity, NULL, &error);
    g_assert_no_error (error);
  }
  lykta_content_writer_commit (writer, state, &error);
  g_assert_no_error (error);
}

LyktaCatalogue *
programme_fixture_words (const char *language)
{
  return lykta_catalogue_new (g_getenv ("LYKTA_LOCALE_DIR"), language);
}
