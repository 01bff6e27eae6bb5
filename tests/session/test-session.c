/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/lykta-session.h"
#include "store/lykta-content-writer.h"
#include "store/lykta-occurrence-index.h"
#include "support/lykta-test.h"

/* A store with a few activities around Tuesday 24 November 2026, noon, and a session over it. */
typedef struct {
  LyktaTestDir *dir;
  LyktaClock *clock;
  LyktaContentStore *store;
  LyktaSession *session;
} Fixture;

typedef struct {
  const char *uid;
  const char *swedish;
  const char *arabic; /* (nullable) */
  LyktaDate date;
  int hour;
  LyktaPurposes purposes;
  LyktaTristate childcare;
  LyktaTristate certificate;
  gboolean is_introduction;
} Row;

static const Row ROWS[] = {
    {"morning", "Morgonkafé", NULL, {2026, 11, 24}, 8, LYKTA_PURPOSE_SWEDISH},
    {"cafe",
     "Språkcafé",
     "مقهى اللغة",
     {2026, 11, 24},
     18,
     LYKTA_PURPOSE_SWEDISH,
     LYKTA_TRISTATE_YES,
     LYKTA_TRISTATE_YES},
    {"walk", "Promenad", "نزهة", {2026, 11, 25}, 10, LYKTA_PURPOSE_HEALTH},
    {"cv", "CV-verkstad", NULL, {2026, 11, 27}, 13, LYKTA_PURPOSE_WORK},
    {"intro",
     "Samhällsintroduktion",
     NULL,
     {2026, 11, 27},
     9,
     LYKTA_PURPOSE_SOCIETY,
     LYKTA_TRISTATE_UNKNOWN,
     LYKTA_TRISTATE_YES,
     TRUE},
};

static gboolean
expand_first_date (LyktaActivity *activity, gint64 from, gint64 to, GArray *out, GError **error)
{
  LyktaSchedule *schedule = lykta_activity_get_schedule (activity);
  const gint64 start = lykta_schedule_get_start (schedule);
  const LyktaOccurrence occurrence = {
      .start = start,
      .end = start + lykta_schedule_get_duration (schedule),
      .original_start = start,
  };

  if (occurrence.end > from && start < to)
    g_array_append_val (out, occurrence);
  return TRUE;
}

static void
put_row (LyktaContentWriter *writer, const Row *row)
{
  g_autoptr (GError) error = NULL;
  LyktaScheduleBuilder *dates =
      lykta_schedule_builder_new (NULL, row->date, row->hour, 0, 0, FALSE, 2 * 3600);
  g_autoptr (LyktaSchedule) schedule = lykta_schedule_builder_end (dates);
  g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new (row->uid, schedule);
  lykta_activity_builder_set_title (builder, "sv", row->swedish);
  if (row->arabic != NULL)
    lykta_activity_builder_set_title (builder, "ar", row->arabic);
  lykta_activity_builder_set_purposes (builder, row->purposes, row->purposes);
  lykta_activity_builder_set_childcare (builder, row->childcare);
  lykta_activity_builder_set_offers_certificate (builder, row->certificate);
  lykta_activity_builder_set_is_compulsory_introduction (builder, row->is_introduction);
  g_autoptr (LyktaActivity) activity = lykta_activity_builder_end (builder);
  lykta_content_writer_put (writer, activity, NULL, &error);
  g_assert_no_error (error);
}

static void
write_rows (Fixture *fixture, const char *source_id, gsize n, gint64 confirmed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaContentWriter) writer =
      lykta_content_store_new_writer (fixture->store, expand_first_date, &error);
  g_assert_no_error (error);
  g_autoptr (LyktaSource) source =
      lykta_source_new (source_id, NULL, "file:///test.ics", LYKTA_FORMAT_ICALENDAR, NULL);
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  state->last_confirmed = confirmed;
  state->n_activities = n;

  lykta_content_writer_begin (writer, source, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < n; i++)
    put_row (writer, &ROWS[i]);
  lykta_content_writer_remove_missing (writer, &error);
  g_assert_no_error (error);
  lykta_content_writer_commit (writer, state, &error);
  g_assert_no_error (error);
}

static void
set_up_in_mode (Fixture *fixture, LyktaMode mode)
{
  g_autoptr (GError) error = NULL;
  fixture->dir = lykta_test_dir_new ();
  fixture->clock = lykta_test_clock_at ("2026-11-24T12:00:00+01:00");
  g_autofree char *path = lykta_test_dir_child (fixture->dir, "content.db");
  fixture->store = lykta_content_store_open (path, fixture->clock, &error);
  g_assert_no_error (error);
  write_rows (fixture, "test", G_N_ELEMENTS (ROWS), 1000);
  fixture->session = lykta_session_new (mode, fixture->store, fixture->clock, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_in_mode (fixture, LYKTA_MODE_PERSONAL);
}

static void
set_up_kiosk (Fixture *fixture, gconstpointer data)
{
  set_up_in_mode (fixture, LYKTA_MODE_KIOSK);
}

static void
set_up_desk (Fixture *fixture, gconstpointer data)
{
  set_up_in_mode (fixture, LYKTA_MODE_DESK);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lykta_test_settle ();
  g_assert_finalize_object (fixture->session);
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->clock);
  lykta_test_dir_free (fixture->dir);
}

static LyktaCard *
card_at (Fixture *fixture, guint position)
{
  return g_list_model_get_item (lykta_session_get_cards (fixture->session), position);
}

static void
assert_uids (Fixture *fixture, const char *expected)
{
  GListModel *cards = lykta_session_get_cards (fixture->session);
  g_autoptr (GString) uids = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (cards); i++) {
    g_autoptr (LyktaCard) card = card_at (fixture, i);
    g_string_append_printf (uids, "%s%s", i > 0 ? " " : "", lykta_card_get_fields (card)->uid);
  }
  g_assert_cmpstr (uids->str, ==, expected);
}

static void
count_notify (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *)user_data)++;
}

static void
test_begins_with_the_language (Fixture *fixture, gconstpointer data)
{
  LyktaSession *session = fixture->session;

  g_assert_cmpint (lykta_session_get_screen (session), ==, LYKTA_SCREEN_LANGUAGE);
  g_assert_false (lykta_session_has_chosen_language (session));
  g_assert_false (lykta_session_can_go_back (session));
  lykta_session_set_language (session, "prs");
  lykta_session_go_home (session);
  g_assert_true (lykta_session_has_chosen_language (session));
  g_assert_cmpstr (lykta_session_get_language (session), ==, "fa-AF");
  g_assert_cmpint (lykta_session_get_screen (session), ==, LYKTA_SCREEN_HOME);
  /* What is over is not shown. */
  assert_uids (fixture, "cafe walk intro cv");
}

static void
test_goes_back_as_it_was_left (Fixture *fixture, gconstpointer data)
{
  LyktaSession *session = fixture->session;
  lykta_session_go_home (session);
  g_autoptr (LyktaQuery) all = lykta_session_new_query (session);
  g_autoptr (LyktaQuery) work =
      lykta_query_with_purposes (all, LYKTA_PURPOSE_WORK | LYKTA_PURPOSE_HEALTH);
  lykta_session_open_list (session, work);
  assert_uids (fixture, "walk cv");
  lykta_session_set_list_position (session, 1);
  g_autoptr (LyktaCard) card = card_at (fixture, 1);
  g_assert_true (lykta_session_open_card (session, card));
  g_assert_cmpstr (lykta_activity_get_uid (lykta_session_get_activity (session)), ==, "cv");
  g_autoptr (GArray) dates = lykta_session_get_dates (session, 10);
  g_assert_cmpuint (dates->len, ==, 1);

  lykta_session_go_back (session);
  g_assert_cmpint (lykta_session_get_screen (session), ==, LYKTA_SCREEN_LIST);
  g_assert_cmpuint (lykta_session_get_list_position (session), ==, 1);
  g_assert_true (lykta_query_equal (lykta_session_get_query (session), work));
  g_assert_null (lykta_session_get_activity (session));
  lykta_session_go_back (session);
  g_assert_cmpint (lykta_session_get_screen (session), ==, LYKTA_SCREEN_HOME);
  assert_uids (fixture, "cafe walk intro cv");
  lykta_session_go_back (session); /* nowhere to go: stays */
  g_assert_cmpint (lykta_session_get_screen (session), ==, LYKTA_SCREEN_HOME);
}

static void
test_language_changes_in_mid_task (Fixture *fixture, gconstpointer data)
{
  LyktaSession *session = fixture->session;
  lykta_session_go_home (session);
  g_autoptr (LyktaQuery) all = lykta_session_new_query (session);
  g_autoptr (LyktaQuery) childcare = lykta_query_with_childcare (all, TRUE);
  lykta_session_open_list (session, childcare);
  lykta_session_set_list_position (session, 0);
  g_autoptr (LyktaCard) card = card_at (fixture, 0);
  g_assert_cmpstr (lykta_card_get_fields (card)->title, ==, "Språkcafé");
  lykta_session_open_card (session, card);

  guint n_language = 0;
  g_signal_connect (session, "notify::language", G_CALLBACK (count_notify), &n_language);
  lykta_session_set_language (session, "ar");
  lykta_session_set_language (session, "ar");
  g_assert_cmpuint (n_language, ==, 1);
  g_assert_cmpint (lykta_session_get_screen (session), ==, LYKTA_SCREEN_ACTIVITY);
  const LyktaCardFields *fields = lykta_card_get_fields (lykta_session_get_card (session));
  g_assert_cmpstr (fields->title, ==, "مقهى اللغة");
  g_assert_cmpstr (fields->title_language, ==, "ar");
  lykta_session_go_back (session);
  assert_uids (fixture, "cafe");
  g_assert_true (lykta_query_get_childcare (lykta_session_get_query (session)));
}

static void
test_a_day_and_the_next_that_has_something (Fixture *fixture, gconstpointer data)
{
  LyktaSession *session = fixture->session;
  lykta_session_go_home (session);
  g_autoptr (LyktaQuery) all = lykta_session_new_query (session);
  lykta_session_open_list (session, all);

  lykta_session_set_day (session, (LyktaDate){2026, 11, 24});
  assert_uids (fixture, "cafe");
  lykta_session_set_day (session, (LyktaDate){2026, 11, 26});
  assert_uids (fixture, "");
  const LyktaDate next = lykta_session_find_next_day (session);
  g_assert_cmpint (lykta_date_compare (next, (LyktaDate){2026, 11, 27}), ==, 0);
  lykta_session_set_day (session, next);
  assert_uids (fixture, "intro cv");

  g_autoptr (LyktaQuery) work =
      lykta_query_with_purposes (lykta_session_get_query (session), LYKTA_PURPOSE_WORK);
  lykta_session_set_query (session, work);
  assert_uids (fixture, "cv");
  lykta_session_clear_filters (session);
  assert_uids (fixture, "intro cv"); /* the day stays */
  lykta_session_set_day (session, (LyktaDate){0});
  assert_uids (fixture, "cafe walk intro cv");
}

static void
test_time_passes (Fixture *fixture, gconstpointer data)
{
  LyktaSession *session = fixture->session;
  guint n_query = 0;
  lykta_session_go_home (session);
  g_signal_connect (session, "notify::query", G_CALLBACK (count_notify), &n_query);

  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (fixture->clock), 60);
  lykta_session_time_passed (session);
  g_assert_cmpuint (n_query, ==, 0); /* nothing ended: the list is left in peace */
  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (fixture->clock), 9 * 3600);
  lykta_session_time_passed (session);
  assert_uids (fixture, "walk intro cv");
}

static void
test_content_changes_under_the_reader (Fixture *fixture, gconstpointer data)
{
  LyktaSession *session = fixture->session;
  lykta_session_go_home (session);
  g_autoptr (LyktaCard) card = card_at (fixture, 3);
  lykta_session_open_card (session, card);
  g_assert_cmpint (lykta_session_get_as_of (session), ==, 1000);

  write_rows (fixture, "test", 3, 2000); /* without the CV workshop that is open */
  lykta_session_content_changed (session);
  g_assert_cmpint (lykta_session_get_as_of (session), ==, 2000);
  g_assert_cmpstr (lykta_activity_get_uid (lykta_session_get_activity (session)), ==, "cv");
  lykta_session_go_back (session);
  assert_uids (fixture, "cafe walk");
  g_assert_false (lykta_session_open_card (session, card)); /* gone */
  g_assert_cmpint (lykta_session_get_screen (session), ==, LYKTA_SCREEN_HOME);
}

static void
test_certificates_only_at_the_desk (Fixture *fixture, gconstpointer data)
{
  LyktaSession *session = fixture->session;
  const gboolean is_desk = lykta_session_get_mode (session) == LYKTA_MODE_DESK;
  lykta_session_go_home (session);

  g_assert_false (lykta_session_open_certificate (session)); /* no activity is open */
  for (guint i = 0; i < 4; i++) {
    g_autoptr (LyktaCard) card = card_at (fixture, i);
    const gboolean is_cafe = g_str_equal (lykta_card_get_fields (card)->uid, "cafe");
    lykta_session_open_card (session, card);
    g_assert_cmpint (lykta_session_open_certificate (session), ==, is_desk && is_cafe);
    lykta_session_go_home (session);
  }
}

static void
test_reset_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  LyktaSession *session = fixture->session;
  lykta_session_set_language (session, "ar");
  lykta_session_go_home (session);
  g_autoptr (LyktaQuery) all = lykta_session_new_query (session);
  g_autoptr (LyktaQuery) search = lykta_query_with_search (all, "språkcafé");
  lykta_session_open_list (session, search);
  lykta_session_set_text_size (session, 7);
  g_assert_cmpint (lykta_session_get_text_size (session), ==, 2);

  lykta_session_reset (session);
  g_assert_cmpint (lykta_session_get_screen (session), ==, LYKTA_SCREEN_LANGUAGE);
  g_assert_false (lykta_session_has_chosen_language (session));
  g_assert_false (lykta_session_can_go_back (session));
  g_assert_false (lykta_query_is_filtered (lykta_session_get_query (session)));
  g_assert_cmpint (lykta_session_get_text_size (session), ==, 0);
}

/* A kiosk goes back to the screen that greets everybody, with nothing of the one who went. */
static void
test_kiosk_begins_and_ends_with_the_greeting (Fixture *fixture, gconstpointer data)
{
  LyktaSession *session = fixture->session;
  g_assert_cmpint (lykta_session_get_screen (session), ==, LYKTA_SCREEN_ATTRACT);
  lykta_session_open_language (session);
  g_assert_true (lykta_session_can_go_back (session));
  lykta_session_set_language (session, "ar");
  lykta_session_go_home (session);
  g_assert_false (lykta_session_can_go_back (session));
  lykta_session_set_text_size (session, 2);
  lykta_session_set_high_contrast (session, TRUE);
  g_autoptr (LyktaQuery) all = lykta_session_new_query (session);
  g_autoptr (LyktaQuery) work = lykta_query_with_purposes (all, LYKTA_PURPOSE_WORK);
  lykta_session_open_list (session, work);
  lykta_session_set_day (session, (LyktaDate){2026, 11, 27});

  lykta_session_reset (session);
  g_assert_cmpint (lykta_session_get_screen (session), ==, LYKTA_SCREEN_ATTRACT);
  g_assert_cmpstr (lykta_session_get_language (session), ==, "sv");
  g_assert_false (lykta_session_has_chosen_language (session));
  g_assert_false (lykta_session_can_go_back (session));
  g_assert_false (lykta_query_is_filtered (lykta_session_get_query (session)));
  g_assert_false (lykta_date_is_set (lykta_session_get_day (session)));
  g_assert_cmpint (lykta_session_get_text_size (session), ==, 0);
  g_assert_false (lykta_session_has_high_contrast (session));
}

/* Tuesday 24 November: what today, tomorrow, the week and the weekend are, and what each holds. */
static void
test_spans_of_days (Fixture *fixture, gconstpointer data)
{
  static const struct {
    LyktaSpan span;
    LyktaDate day, last;
    guint n;
  } cases[] = {
      {LYKTA_SPAN_ALL, {0}, {0}, 4},
      {LYKTA_SPAN_TODAY, {2026, 11, 24}, {2026, 11, 24}, 1},
      {LYKTA_SPAN_TOMORROW, {2026, 11, 25}, {2026, 11, 25}, 1},
      {LYKTA_SPAN_WEEK, {2026, 11, 24}, {2026, 11, 29}, 4},
      {LYKTA_SPAN_WEEKEND, {2026, 11, 28}, {2026, 11, 29}, 0},
  };
  LyktaSession *session = fixture->session;
  g_autoptr (LyktaQuery) query = lykta_session_new_query (session);
  LyktaFacets facets;
  lykta_session_open_list (session, query);
  g_assert_true (lykta_content_store_load_index (fixture->store, NULL, NULL));
  g_assert_true (lykta_session_count_choices (session, NULL, 0, &facets));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    LyktaDate day, last;
    lykta_session_get_span (session, cases[i].span, &day, &last);
    g_assert_cmpint (lykta_date_compare (day, cases[i].day), ==, 0);
    g_assert_cmpint (lykta_date_compare (last, cases[i].last), ==, 0);
    lykta_session_set_days (session, day, last);
    g_assert_cmpint (lykta_session_get_present_span (session), ==, cases[i].span);
    g_assert_cmpuint (g_list_model_get_n_items (lykta_session_get_cards (session)), ==, cases[i].n);
    g_assert_cmpuint (facets.n_period[cases[i].span], ==, cases[i].n);
  }
  lykta_session_lift (session, LYKTA_FILTER_PERIOD);
  g_assert_cmpint (lykta_session_get_present_span (session), ==, LYKTA_SPAN_ALL);
}

/* Swedish beside one's own language lasts for the session and is off while that is Swedish. */
static void
test_side_by_side (Fixture *fixture, gconstpointer data)
{
  LyktaSession *session = fixture->session;
  lykta_session_set_language (session, "ar");
  lykta_session_go_home (session);
  g_autoptr (LyktaCard) alone = card_at (fixture, 0);
  g_assert_cmpstr (lykta_card_get_fields (alone)->title, ==, "مقهى اللغة");
  g_assert_null (lykta_card_get_fields (alone)->second_title);
  lykta_session_set_side_by_side (session, TRUE);
  g_autoptr (LyktaCard) pair = card_at (fixture, 0);
  g_assert_cmpstr (lykta_card_get_fields (pair)->second_title, ==, "Språkcafé");
  lykta_session_set_language (session, "sv");
  g_assert_false (lykta_session_is_side_by_side (session));
  g_autoptr (LyktaCard) swedish = card_at (fixture, 0);
  g_assert_null (lykta_card_get_fields (swedish)->second_title);
  lykta_session_set_language (session, "ti");
  lykta_session_go_home (session);
  g_assert_true (lykta_session_is_side_by_side (session));
  /* What is in Swedish already is not said twice. */
  g_autoptr (LyktaCard) tigrinya = card_at (fixture, 0);
  g_assert_cmpstr (lykta_card_get_fields (tigrinya)->title_language, ==, "sv");
  g_assert_null (lykta_card_get_fields (tigrinya)->second_title);
  lykta_session_reset (session);
  lykta_session_set_language (session, "ar");
  g_assert_false (lykta_session_is_side_by_side (session));
}

static void
test_sample_is_told (Fixture *fixture, gconstpointer data)
{
  LyktaSession *session = fixture->session;
  guint n_sample = 0;
  g_signal_connect (session, "notify::has-sample", G_CALLBACK (count_notify), &n_sample);

  g_assert_false (lykta_session_has_sample (session));
  write_rows (fixture, LYKTA_SOURCE_ID_SAMPLE, 2, 3000);
  lykta_session_content_changed (session);
  g_assert_true (lykta_session_has_sample (session));
  g_assert_cmpuint (n_sample, ==, 1);
}

#define ADD(path, test, set_up) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  lykta_test_init (&argc, &argv);
  ADD ("/session/language-first", test_begins_with_the_language, set_up);
  ADD ("/session/back", test_goes_back_as_it_was_left, set_up);
  ADD ("/session/language-in-mid-task", test_language_changes_in_mid_task, set_up);
  ADD ("/session/kiosk", test_kiosk_begins_and_ends_with_the_greeting, set_up_kiosk);
  ADD ("/session/side-by-side", test_side_by_side, set_up);
  ADD ("/session/spans", test_spans_of_days, set_up);
  ADD ("/session/day", test_a_day_and_the_next_that_has_something, set_up);
  ADD ("/session/time", test_time_passes, set_up);
  ADD ("/session/content", test_content_changes_under_the_reader, set_up);
  ADD ("/session/certificate/visitor", test_certificates_only_at_the_desk, set_up);
  ADD ("/session/certificate/desk", test_certificates_only_at_the_desk, set_up_desk);
  ADD ("/session/reset", test_reset_leaves_nothing, set_up);
  ADD ("/session/sample", test_sample_is_told, set_up);
  return g_test_run ();
}
