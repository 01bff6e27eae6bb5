/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "store/lykta-facets.h"
#include "store/store-fixture.h"

/* Three ways to answer one question give one answer: the walk along the table, the index in memory,
 * and every date of every activity looked at in turn. */

#define N_ACTIVITIES 60
#define N_QUERIES    50

/* What is in the store, kept beside it. */
typedef struct {
  GPtrArray *activities; /* (element-type LyktaActivity) */
  GArray *dates;         /* (element-type Date) */
} Truth;

typedef struct {
  LyktaActivity *activity; /* (unowned) */
  LyktaOccurrence occurrence;
} Date;

static gint
roll (gint n)
{
  return g_test_rand_int_range (0, n);
}

static gboolean
chance (gint one_in)
{
  return roll (one_in) == 0;
}

/* ---- a calendar at random ---- */

static void
add_override (LyktaScheduleBuilder *builder, gint64 original)
{
  g_autoptr (LyktaPlace) place =
      chance (2)
          ? lykta_place_new ("Annan plats", NULL, NULL, NULL, NULL, NULL,
                             chance (3) ? NAN : 55 + roll (100) / 20.0, 12 + roll (100) / 20.0)
          : NULL;
  const LyktaOverride override = {
      .original_start = original,
      .start = original + (roll (5) - 2) * 3600,
      .end = original + (roll (5) + 3) * 3600,
      .status = chance (2) ? LYKTA_STATUS_CANCELLED : LYKTA_STATUS_SCHEDULED,
      .audience = (LyktaAudience)roll (LYKTA_AUDIENCE_YOUNG_PEOPLE + 1),
      .attendance = (LyktaAttendance)roll (LYKTA_ATTENDANCE_MIXED + 1),
      .place = place,
  };

  lykta_schedule_builder_add_override (builder, &override);
}

static LyktaSchedule *
make_schedule (void)
{
  static const gint64 durations[] = {0,     1,         3600,       7200,       86400,
                                     86401, 3 * 86400, 40 * 86400, 200 * 86400};
  const LyktaDate first = lykta_date_add_days ((LyktaDate){2026, 11, 24}, roll (240) - 120);
  const int hour = roll (24);
  const gint64 start = lykta_wall_to_moment (lykta_stockholm (), first, hour, 0, 0);
  LyktaScheduleBuilder *builder = lykta_schedule_builder_new (
      NULL, first, hour, 0, 0, FALSE, durations[roll (G_N_ELEMENTS (durations))]);

  if (chance (2))
    lykta_schedule_builder_add_rule (builder, chance (4) ? "FREQ=DAILY" : "FREQ=WEEKLY");
  if (chance (5))
    lykta_schedule_builder_add_exception (builder, start + 7 * 86400);
  for (gint i = roll (4); i > 0; i--)
    add_override (builder, start + (gint64)i * 7 * 86400);
  return lykta_schedule_builder_end (builder);
}

static LyktaActivity *
make_activity (const char *uid)
{
  static const char *const titles[] = {"Kaffe", "Simning", "Språk", "Arbete", "Kör"};
  static const char *const languages[] = {"ar", "fa", "fa-AF", "sv"};
  static const char *const codes[] = {"0180", "0114", "1480", NULL};
  g_autoptr (LyktaSchedule) schedule = make_schedule ();
  g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new (uid, schedule);

  lykta_activity_builder_set_title (builder, "sv", titles[roll (G_N_ELEMENTS (titles))]);
  lykta_activity_builder_set_purposes (builder, (LyktaPurposes)roll (16), LYKTA_PURPOSE_NONE);
  lykta_activity_builder_set_audience (builder, (LyktaAudience)roll (6));
  lykta_activity_builder_set_attendance (builder, (LyktaAttendance)roll (4));
  lykta_activity_builder_set_childcare (builder, (LyktaTristate)roll (3));
  lykta_activity_builder_set_offers_certificate (builder, (LyktaTristate)roll (3));
  lykta_activity_builder_set_children (builder, (LyktaTristate)roll (3));
  lykta_activity_builder_set_levels (builder, (LyktaLevels)roll (8));
  lykta_activity_builder_set_booking (builder, (LyktaBooking)roll (3), NULL);
  for (gint i = roll (3); i > 0; i--)
    lykta_activity_builder_add_spoken_language (builder, languages[roll (4)]);
  if (chance (8))
    lykta_activity_builder_set_status (builder, LYKTA_STATUS_CANCELLED);
  if (!chance (4)) {
    g_autoptr (LyktaPlace) place =
        lykta_place_new ("Plats", NULL, NULL, NULL, codes[roll (4)], NULL, 55 + roll (100) / 20.0,
                         12 + roll (100) / 20.0);
    lykta_activity_builder_set_place (builder, place);
  }
  return lykta_activity_builder_end (builder);
}

static void
expand_truth (Truth *truth, gint64 from, gint64 to)
{
  g_autoptr (GArray) occurrences = g_array_new (FALSE, FALSE, sizeof (LyktaOccurrence));

  g_array_set_size (truth->dates, 0);
  for (guint i = 0; i < truth->activities->len; i++) {
    Date date = {.activity = truth->activities->pdata[i]};
    g_array_set_size (occurrences, 0);
    g_assert_true (store_test_expand (date.activity, from, to, occurrences, NULL));
    for (guint k = 0; k < occurrences->len; k++) {
      date.occurrence = g_array_index (occurrences, LyktaOccurrence, k);
      if (lykta_activity_get_status (date.activity) == LYKTA_STATUS_CANCELLED)
        date.occurrence.status = LYKTA_STATUS_CANCELLED;
      g_array_append_val (truth->dates, date);
    }
  }
}

/* One more refresh: some activities stay, some change, some go, some come. */
static void
refresh (StoreFixture *fixture, Truth *truth)
{
  g_autoptr (LyktaContentWriter) writer = store_fixture_writer (fixture);
  /* Of which nothing is kept when it has been cancelled. */
  g_autoptr (LyktaSource) source = store_test_source (LYKTA_SOURCE_ID_SAMPLE);
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  g_autoptr (GPtrArray) next = g_ptr_array_new_with_free_func (g_object_unref);
  static guint n_made;
  GError *error = NULL;

  for (guint i = 0; i < N_ACTIVITIES; i++) {
    LyktaActivity *old = i < truth->activities->len ? truth->activities->pdata[i] : NULL;
    g_autofree char *uid = g_strdup_printf ("u%u", ++n_made);
    if (old != NULL && !chance (4))
      g_ptr_array_add (next, g_object_ref (old));
    else if (old != NULL && !chance (3))
      g_ptr_array_add (next, make_activity (lykta_activity_get_uid (old)));
    else if (!chance (6))
      g_ptr_array_add (next, make_activity (uid));
  }
  lykta_content_writer_begin (writer, source, &error);
  for (guint i = 0; i < next->len; i++)
    lykta_content_writer_put (writer, next->pdata[i], NULL, &error);
  lykta_content_writer_remove_missing (writer, &error);
  lykta_content_writer_commit (writer, state, &error);
  g_assert_no_error (error);
  g_ptr_array_unref (truth->activities);
  truth->activities = g_steal_pointer (&next);
  const LyktaDate today = lykta_date_of_moment (lykta_clock_now (fixture->clock));
  expand_truth (truth, lykta_date_start (lykta_date_add_days (today, -31)),
                lykta_date_start (lykta_date_add_days (today, 430)));
}

/* ---- a question at random ---- */

/* Takes @query. */
static LyktaQuery *
replace (LyktaQuery *query, LyktaQuery *other)
{
  lykta_query_unref (query);
  return other;
}

static LyktaQuery *
make_query (void)
{
  static const char *const words[] = {"kaffe", "simn", "sp", "k", "arbete plats", "zzz"};
  const gint64 from = lykta_test_moment (STORE_FIXTURE_NOW) + (roll (9000) - 800) * 3600;
  LyktaQuery *query = lykta_query_new ("sv", from);

  if (chance (2))
    query = replace (query, lykta_query_with_period (query, from, from + roll (2000) * 3600));
  if (chance (3))
    query = replace (query, lykta_query_with_purposes (query, (LyktaPurposes)roll (16)));
  if (chance (6))
    query = replace (query, lykta_query_with_childcare (query, TRUE));
  if (chance (6))
    query = replace (query, lykta_query_with_women_only (query, TRUE));
  if (chance (6))
    query = replace (query, lykta_query_with_online (query, TRUE));
  if (chance (6))
    query = replace (query, lykta_query_with_certificate (query, TRUE));
  if (chance (3))
    query = replace (query, lykta_query_with_position (query, 57.5, 14.5, roll (400)));
  if (chance (6))
    query = replace (query, lykta_query_with_men_only (query, TRUE));
  if (chance (6))
    query = replace (query, lykta_query_with_children (query, TRUE));
  if (chance (6))
    query = replace (query, lykta_query_with_drop_in (query, TRUE));
  if (chance (6))
    query = replace (query, lykta_query_with_levels (query, (LyktaLevels)roll (8)));
  if (chance (6))
    query = replace (query, lykta_query_with_parts (query, (LyktaDayParts)roll (8)));
  if (chance (6))
    query = replace (query, lykta_query_with_spoken (query, chance (2) ? "ar" : "fa-AF"));
  if (chance (6))
    query = replace (query, lykta_query_with_area (query, chance (2) ? "01" : "0180"));
  if (chance (4))
    query = replace (query, lykta_query_with_search (query, words[roll (G_N_ELEMENTS (words))]));
  return query;
}

static gboolean
passes_place (LyktaQuery *query, const Date *date)
{
  const LyktaOverride *override = lykta_schedule_find_override (
      lykta_activity_get_schedule (date->activity), date->occurrence.original_start);
  LyktaPlace *place = override != NULL && override->place != NULL
                          ? override->place
                          : lykta_activity_get_place (date->activity);

  if (!lykta_query_has_position (query) || lykta_query_get_within_km (query) <= 0)
    return TRUE;
  if (date->occurrence.attendance == LYKTA_ATTENDANCE_ONLINE || place == NULL ||
      !lykta_place_has_position (place))
    return FALSE;
  return lykta_distance_km (lykta_query_get_latitude (query), lykta_query_get_longitude (query),
                            lykta_place_get_latitude (place),
                            lykta_place_get_longitude (place)) <= lykta_query_get_within_km (query);
}

static gboolean
passes_search (LyktaQuery *query, const Date *date)
{
  const char *search = lykta_query_get_search (query);
  const char *title = lykta_texts_get (lykta_activity_get_title (date->activity), "sv");

  if (search == NULL)
    return TRUE;
  if (g_str_equal (search, "sp"))
    return g_str_equal (title, "Språk");
  if (g_str_equal (search, "k"))
    return title[0] == 'K';
  if (g_str_equal (search, "simn"))
    return g_str_equal (title, "Simning");
  if (g_str_equal (search, "kaffe"))
    return g_str_equal (title, "Kaffe");
  LyktaSchedule *schedule = lykta_activity_get_schedule (date->activity);
  gboolean has_place = lykta_activity_get_place (date->activity) != NULL;
  for (guint i = 0; i < lykta_schedule_get_n_overrides (schedule); i++)
    has_place |= lykta_schedule_get_override (schedule, i)->place != NULL;
  return g_str_equal (search, "arbete plats") && g_str_equal (title, "Arbete") && has_place;
}

/* What is said of the whole activity. */
static gboolean
passes_terms (LyktaQuery *query, LyktaActivity *activity)
{
  LyktaPlace *place = lykta_activity_get_place (activity);
  const char *code = place != NULL ? lykta_place_get_municipality_code (place) : NULL;
  const char *area = lykta_query_get_area (query);
  const char *spoken = lykta_query_get_spoken (query);
  const LyktaLevels levels = lykta_query_get_levels (query);

  return (!lykta_query_get_children (query) ||
          lykta_activity_get_children (activity) == LYKTA_TRISTATE_YES ||
          lykta_activity_get_audience (activity) == LYKTA_AUDIENCE_PARENTS_WITH_CHILDREN) &&
         (!lykta_query_get_drop_in (query) ||
          lykta_activity_get_booking (activity) == LYKTA_BOOKING_DROP_IN) &&
         (levels == 0 || (lykta_activity_get_levels (activity) & levels) != 0) &&
         (spoken == NULL ||
          g_strv_contains (lykta_activity_get_spoken_languages (activity), spoken)) &&
         (area == NULL || (code != NULL && g_str_has_prefix (code, area)));
}

/* By the hours of the clock, as a person would say it. */
static gboolean
passes_parts (LyktaQuery *query, const LyktaOccurrence *occurrence)
{
  static const int borders[] = {0, 12, 17, 24, 36, 41, 48};
  const LyktaDayParts parts = lykta_query_get_parts (query);
  int hour, minute;

  lykta_moment_to_wall (occurrence->start, NULL, &hour, &minute, NULL);
  if (parts == 0 || occurrence->end - occurrence->start >= 86400)
    return TRUE;
  for (guint i = 0; i + 1 < G_N_ELEMENTS (borders); i++) {
    const gint64 begin = occurrence->start + (borders[i] - hour) * 3600;
    const gint64 end = occurrence->start + (borders[i + 1] - hour) * 3600;
    if ((parts & 1u << i % 3) != 0 && occurrence->start < end &&
        (occurrence->start >= begin || occurrence->end > begin))
      return TRUE;
  }
  return FALSE;
}

static gboolean
passes (LyktaQuery *query, const Date *date)
{
  const LyktaOccurrence *occurrence = &date->occurrence;
  const LyktaPurposes purposes = lykta_query_get_purposes (query);
  const gint64 from = lykta_query_get_from (query), to = lykta_query_get_to (query);

  return (occurrence->end > from ||
          (occurrence->end == occurrence->start && occurrence->start >= from)) &&
         (to == 0 || occurrence->start < to) &&
         (purposes == 0 || (lykta_activity_get_purposes (date->activity) & purposes) != 0) &&
         (!lykta_query_get_childcare (query) ||
          lykta_activity_get_childcare (date->activity) == LYKTA_TRISTATE_YES) &&
         ((!lykta_query_get_women_only (query) && !lykta_query_get_men_only (query)) ||
          (lykta_query_get_women_only (query) && occurrence->audience == LYKTA_AUDIENCE_WOMEN) ||
          (lykta_query_get_men_only (query) && occurrence->audience == LYKTA_AUDIENCE_MEN)) &&
         (!lykta_query_get_online (query) || occurrence->attendance == LYKTA_ATTENDANCE_ONLINE ||
          occurrence->attendance == LYKTA_ATTENDANCE_MIXED) &&
         (!lykta_query_get_certificate (query) ||
          lykta_activity_get_offers_certificate (date->activity) == LYKTA_TRISTATE_YES) &&
         passes_place (query, date) && passes_search (query, date) &&
         passes_terms (query, date->activity) && passes_parts (query, occurrence);
}

/* ---- comparing ---- */

static char *
describe (const char *uid, const LyktaOccurrence *occurrence)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT " (%" G_GINT64_FORMAT
                          ") %d %d %d",
                          uid, occurrence->start, occurrence->end, occurrence->original_start,
                          occurrence->status, occurrence->audience, occurrence->attendance);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *)a, *(char *const *)b);
}

/* The set of dates that the truth gives, sorted by their description. */
static GPtrArray *
ask_truth (Truth *truth, LyktaQuery *query)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < truth->dates->len; i++) {
    const Date *date = &g_array_index (truth->dates, Date, i);
    if (passes (query, date))
      g_ptr_array_add (out, describe (lykta_activity_get_uid (date->activity), &date->occurrence));
  }
  g_ptr_array_sort (out, compare_strings);
  return out;
}

/* Those of them that one can go to. */
static guint
count_hits (Truth *truth, LyktaQuery *query)
{
  guint n = 0;

  for (guint i = 0; i < truth->dates->len; i++) {
    const Date *date = &g_array_index (truth->dates, Date, i);
    n += date->occurrence.status != LYKTA_STATUS_CANCELLED && passes (query, date);
  }
  return n;
}

static GPtrArray *
ask_reader (LyktaContentReader *reader, LyktaQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cards = lykta_content_reader_list (reader, query, 0, G_MAXINT, &error);
  GPtrArray *out = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  for (guint i = 0; i < cards->len; i++) {
    const LyktaCardFields *fields = lykta_card_get_fields (cards->pdata[i]);
    if (i > 0)
      g_assert_cmpint (fields->occurrence.start, >=,
                       lykta_card_get_fields (cards->pdata[i - 1])->occurrence.start);
    g_ptr_array_add (out, describe (fields->uid, &fields->occurrence));
  }
  return out;
}

static void
assert_same (GPtrArray *a, GPtrArray *b)
{
  for (guint i = 0; i < MIN (a->len, b->len); i++)
    g_assert_cmpstr (a->pdata[i], ==, b->pdata[i]);
  g_assert_cmpuint (a->len, ==, b->len);
}

/* Pages anywhere are what the whole list has there. */
static void
assert_page (LyktaContentReader *reader, LyktaQuery *query, GPtrArray *whole)
{
  const guint offset = (guint)roll ((gint)whole->len + 3);
  g_autoptr (GPtrArray) page = lykta_content_reader_list (reader, query, offset, 7, NULL);

  g_assert_cmpuint (page->len, ==, offset < whole->len ? MIN (7, whole->len - offset) : 0);
  for (guint i = 0; i < page->len; i++) {
    const LyktaCardFields *fields = lykta_card_get_fields (page->pdata[i]);
    g_autofree char *text = describe (fields->uid, &fields->occurrence);
    g_assert_cmpstr (text, ==, whole->pdata[offset + i]);
  }
}

/* Takes @query. */
static void
assert_count (LyktaContentReader *walker, LyktaQuery *query, guint n)
{
  g_assert_cmpint (lykta_content_reader_count (walker, query, NULL), ==, n);
  lykta_query_unref (query);
}

static void
assert_choices (LyktaContentReader *walker, LyktaQuery *query, const LyktaFacets *facets)
{
  g_autoptr (LyktaQuery) anybody = lykta_query_without_filter (query, LYKTA_FILTER_AUDIENCE);

  assert_count (walker, lykta_query_with_childcare (query, TRUE), facets->n_childcare);
  assert_count (walker, lykta_query_with_children (query, TRUE), facets->n_children);
  assert_count (walker, lykta_query_with_women_only (anybody, TRUE), facets->n_women_only);
  assert_count (walker, lykta_query_with_men_only (anybody, TRUE), facets->n_men_only);
  assert_count (walker, lykta_query_with_online (query, TRUE), facets->n_online);
  assert_count (walker, lykta_query_with_drop_in (query, TRUE), facets->n_drop_in);
  assert_count (walker, lykta_query_with_certificate (query, TRUE), facets->n_certificate);
  for (guint bit = 0; bit < 4; bit++)
    assert_count (walker, lykta_query_with_purposes (query, (LyktaPurposes)(1u << bit)),
                  facets->n_purpose[bit]);
  for (guint bit = 0; bit < 3; bit++) {
    assert_count (walker, lykta_query_with_parts (query, (LyktaDayParts)(1u << bit)),
                  facets->n_part[bit]);
    assert_count (walker, lykta_query_with_levels (query, (LyktaLevels)(1u << bit)),
                  facets->n_level[bit]);
  }
  for (guint i = 0; i < facets->n_spoken; i++)
    assert_count (walker, lykta_query_with_spoken (query, facets->spoken[i].tag),
                  facets->spoken[i].n);
}

static void
assert_facets (LyktaContentReader *walker, LyktaContentReader *reader, LyktaQuery *query, guint n)
{
  const gint64 now = lykta_query_get_from (query) - roll (2) * roll (200) * 3600;
  const LyktaFacetQuestion question = {
      .now = now,
      .periods = {{now, now + 86400}, {now + 5 * 86400, now + 9 * 86400}, {now, 0}},
      .n_periods = 3,
      .radii = {3, 50, 200},
      .n_radii = 3,
      .area = "01",
  };
  g_autoptr (LyktaQuery) anywhere = lykta_query_without_filter (query, LYKTA_FILTER_WHERE);
  LyktaFacets facets;

  g_assert_true (lykta_content_reader_count_facets (reader, query, &question, &facets, NULL));
  g_assert_cmpuint (facets.n_all, ==, n);
  assert_choices (walker, query, &facets);
  for (guint i = 0; i < question.n_periods; i++)
    assert_count (walker,
                  lykta_query_with_period (query, question.periods[i].from, question.periods[i].to),
                  facets.n_period[i]);
  assert_count (walker, lykta_query_with_area (anywhere, "01"), facets.n_area);
  for (guint i = 0; i < question.n_radii && lykta_query_has_position (query); i++)
    assert_count (walker,
                  lykta_query_with_position (anywhere, lykta_query_get_latitude (query),
                                             lykta_query_get_longitude (query), question.radii[i]),
                  facets.n_radius[i]);
  for (guint kind = 0; kind < LYKTA_N_FILTERS; kind++) {
    LyktaQuery *lifted = lykta_query_without_filter (query, (LyktaFilterKind)kind);
    if (kind == LYKTA_FILTER_PERIOD)
      lifted = replace (lifted, lykta_query_with_period (lifted, now, 0));
    assert_count (walker, lifted, facets.n_lifted[kind]);
  }
}

static void
assert_days (LyktaContentReader *walker, LyktaContentReader *reader, LyktaQuery *query)
{
  const gint64 now = lykta_query_get_from (query);
  const LyktaDate first = lykta_date_add_days (lykta_date_of_moment (now), roll (5) - 2);
  static const LyktaPoint points[] = {{57.5, 14.5}, {59.3, 18.0}};
  guint days[12], near[2];

  g_assert_true (lykta_content_reader_count_days (reader, query, now, first, 12, days, NULL));
  for (gint i = 0; i < 12; i++) {
    const gint64 begin = lykta_date_start (lykta_date_add_days (first, i));
    const gint64 end = lykta_date_start (lykta_date_add_days (first, i + 1));
    if (end > now)
      assert_count (walker, lykta_query_with_period (query, MAX (begin, now), end), days[i]);
    else
      g_assert_cmpuint (days[i], ==, 0);
  }
  g_assert_true (lykta_content_reader_count_near (reader, query, points, 2, 90, near, NULL));
  g_autoptr (LyktaQuery) anywhere = lykta_query_without_filter (query, LYKTA_FILTER_WHERE);
  for (gint i = 0; i < 2; i++)
    assert_count (walker,
                  lykta_query_with_position (anywhere, points[i].latitude, points[i].longitude, 90),
                  near[i]);
}

static void
compare_answers (LyktaContentReader *walker, LyktaContentReader *indexed, Truth *truth)
{
  for (guint i = 0; i < N_QUERIES; i++) {
    g_autoptr (LyktaQuery) query = make_query ();
    g_autoptr (GPtrArray) expected = ask_truth (truth, query);
    g_autoptr (GPtrArray) walked = ask_reader (walker, query);
    g_autoptr (GPtrArray) found = ask_reader (indexed, query);
    assert_same (walked, found);
    assert_page (walker, query, walked);
    assert_page (indexed, query, walked);
    const guint n_hits = count_hits (truth, query);
    g_assert_cmpint (lykta_content_reader_count (walker, query, NULL), ==, n_hits);
    g_assert_cmpint (lykta_content_reader_count (indexed, query, NULL), ==, n_hits);
    assert_facets (walker, indexed, query, n_hits);
    assert_days (walker, indexed, query);
    g_ptr_array_sort (walked, compare_strings);
    assert_same (walked, expected);
  }
}

static void
test_same_answers (void)
{
  g_auto (StoreFixture) fixture = {0};
  Truth truth = {0};
  const guint rounds = lykta_test_is_long () ? 60 : 3;
  store_fixture_set_up (&fixture);
  truth.activities = g_ptr_array_new_with_free_func (g_object_unref);
  truth.dates = g_array_new (FALSE, FALSE, sizeof (Date));
  g_autoptr (LyktaContentReader) walker = store_fixture_reader (&fixture);
  g_autoptr (LyktaContentReader) indexed = store_fixture_reader (&fixture);
  lykta_content_reader_set_use_index (walker, FALSE);

  for (guint round = 0; round < rounds; round++) {
    LyktaFacets facets;
    g_autoptr (LyktaQuery) all = lykta_query_new ("sv", 0);
    refresh (&fixture, &truth);
    g_assert_false (lykta_content_reader_count_facets (indexed, all, NULL, &facets, NULL));
    g_assert_true (lykta_content_store_load_index (fixture.store, NULL, NULL));
    g_autoptr (LyktaOccurrenceIndex) index = lykta_content_store_ref_index (fixture.store);
    g_assert_cmpuint (lykta_occurrence_index_get_n (index), ==, truth.dates->len);
    g_assert_cmpint (lykta_occurrence_index_get_generation (index), ==,
                     lykta_content_reader_get_generation (indexed));
    compare_answers (walker, indexed, &truth);
  }
  g_array_unref (truth.dates);
  g_ptr_array_unref (truth.activities);
}

static void
test_cancelled (void)
{
  g_auto (StoreFixture) fixture = {0};
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  static const StoreTestActivity row = {
      .uid = "a", .start = "2026-11-25T10:00:00+01:00", .sv = "A", .rule = "FREQ=DAILY"};
  store_fixture_set_up (&fixture);
  store_test_refresh (fixture.store, "test", &row, 1, NULL);

  g_cancellable_cancel (cancellable);
  g_assert_false (lykta_content_store_load_index (fixture.store, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (lykta_content_store_ref_index (fixture.store));
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/store/index/same-answers", test_same_answers);
  g_test_add_func ("/store/index/cancelled", test_cancelled);
  return g_test_run ();
}
