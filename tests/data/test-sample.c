/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "feed/lykta-occurrences.h"
#include "feed/lykta-sample-calendar.h"
#include "support/lykta-test.h"
#include "text/lykta-language.h"
#include "text/lykta-plain-text.h"

#define DAY 86400

/* Ordinary days, both changes of the clock, the middle of the holidays, the ends of years and a
 * leap day. */
static const char *const moments[] = {
    "2026-11-22T01:15:00+01:00", "2026-11-22T23:30:00+01:00", "2026-12-24T12:00:00+01:00",
    "2027-03-28T01:59:00+01:00", "2027-07-01T08:00:00+02:00", "2027-07-20T08:00:00+02:00",
    "2027-10-31T12:00:00+01:00", "2028-02-29T12:00:00+01:00", "2030-12-31T18:00:00+01:00",
};

static gboolean
collect (LyktaActivity *activity, gpointer user_data, GError **error)
{
  g_ptr_array_add (user_data, g_object_ref (activity));
  return TRUE;
}

static GPtrArray *
read_at (gint64 now)
{
  GPtrArray *activities = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  lykta_sample_calendar_read (now, collect, activities, &error);
  g_assert_no_error (error);
  return activities;
}

static GPtrArray *
read_default (void)
{
  return read_at (lykta_test_moment (moments[0]));
}

static const char *
get_county (LyktaActivity *activity)
{
  LyktaPlace *place = lykta_activity_get_place (activity);

  if (place != NULL)
    return lykta_place_get_county_code (place);
  LyktaAgreement *agreement =
      lykta_organiser_get_agreement (lykta_activity_get_organiser (activity));
  return agreement != NULL ? lykta_agreement_get_county_code (agreement) : NULL;
}

static GArray *
expand (LyktaActivity *activity, gint64 from, gint64 to)
{
  GArray *dates = g_array_new (FALSE, FALSE, sizeof (LyktaOccurrence));
  g_autoptr (GError) error = NULL;

  lykta_expand_occurrences (activity, from, to, dates, &error);
  g_assert_no_error (error);
  return dates;
}

static void
test_counts (void)
{
  g_autoptr (GPtrArray) activities = read_default ();
  g_autoptr (GHashTable) uids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) counties = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (activities->len, >=, 400);
  for (guint i = 0; i < activities->len; i++) {
    LyktaActivity *activity = g_ptr_array_index (activities, i);
    const char *county = get_county (activity);
    g_assert_true (lykta_activity_is_sample (activity));
    g_assert_true (g_hash_table_add (uids, (gpointer)lykta_activity_get_uid (activity)));
    if (county != NULL)
      g_hash_table_insert (
          counties, (gpointer)county,
          GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counties, county)) + 1));
  }
  g_assert_cmpuint (g_hash_table_size (counties), ==, 21);
  GHashTableIter iter;
  gpointer n;
  g_hash_table_iter_init (&iter, counties);
  while (g_hash_table_iter_next (&iter, NULL, &n))
    g_assert_cmpuint (GPOINTER_TO_UINT (n), >=, 8);
}

/* Per cent of @n in @of, against the county boards' statistics. */
static void
assert_share (const char *what, guint n, guint of, double wanted)
{
  const double share = 100.0 * n / of;

  g_test_message ("%s: %.1f %% (wanted %.0f)", what, share, wanted);
  g_assert_cmpfloat (share, >=, wanted - 4.0);
  g_assert_cmpfloat (share, <=, wanted + 4.0);
}

static void
test_weights (void)
{
  static const struct {
    LyktaPurposes purpose;
    double share;
  } purposes[] = {
      {LYKTA_PURPOSE_HEALTH, 43},
      {LYKTA_PURPOSE_SWEDISH, 40},
      {LYKTA_PURPOSE_SOCIETY, 35},
      {LYKTA_PURPOSE_WORK, 13},
  };
  static const struct {
    LyktaOrganiserKind kinds[2];
    double share;
  } kinds[] = {
      {{LYKTA_ORGANISER_STUDY_ASSOCIATION, LYKTA_ORGANISER_FOLK_HIGH_SCHOOL}, 29},
      {{LYKTA_ORGANISER_INTEREST_ORGANISATION}, 23},
      {{LYKTA_ORGANISER_NON_PROFIT}, 22},
      {{LYKTA_ORGANISER_FAITH_COMMUNITY}, 13},
      {{LYKTA_ORGANISER_SPORTS_CLUB}, 8},
      {{LYKTA_ORGANISER_MUNICIPALITY, LYKTA_ORGANISER_LIBRARY}, 4},
      {{LYKTA_ORGANISER_ETHNIC_ASSOCIATION}, 2},
  };
  g_autoptr (GPtrArray) activities = read_default ();
  guint of_purpose[LYKTA_PURPOSE_ALL + 1] = {0};
  guint of_kind[LYKTA_ORGANISER_PRIVATE_PERSON + 1] = {0};

  for (guint i = 0; i < activities->len; i++) {
    LyktaActivity *activity = g_ptr_array_index (activities, i);
    LyktaOrganiser *organiser = lykta_activity_get_organiser (activity);
    g_assert_nonnull (organiser);
    of_kind[lykta_organiser_get_kind (organiser)]++;
    for (guint bit = 0; bit < 4; bit++)
      if (lykta_activity_get_purposes (activity) & (1u << bit))
        of_purpose[1u << bit]++;
  }
  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++)
    assert_share (lykta_purpose_to_token (purposes[i].purpose), of_purpose[purposes[i].purpose],
                  activities->len, purposes[i].share);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    assert_share (lykta_organiser_kind_to_token (kinds[i].kinds[0]),
                  of_kind[kinds[i].kinds[0]] +
                      (kinds[i].kinds[1] != 0 ? of_kind[kinds[i].kinds[1]] : 0),
                  activities->len, kinds[i].share);
}

/* How many dates each of the coming 28 days has in Stockholm county, and each week in each. */
static void
test_days_at (gint64 now)
{
  g_autoptr (GPtrArray) activities = read_at (now);
  const gint32 today = lykta_date_to_day_number (lykta_date_of_moment (now));
  guint in_stockholm[28] = {0};
  guint in_county[26][4] = {0};
  gboolean is_county[26] = {FALSE};

  for (guint i = 0; i < activities->len; i++) {
    LyktaActivity *activity = g_ptr_array_index (activities, i);
    const char *code = get_county (activity);
    const guint county = code != NULL ? (guint)g_ascii_strtoull (code, NULL, 10) : 0;
    g_autoptr (GArray) dates = expand (activity, now - 31 * DAY, now + 430 * DAY);
    guint n_coming = 0;
    is_county[county] = TRUE;
    for (guint j = 0; j < dates->len; j++) {
      const LyktaOccurrence *date = &g_array_index (dates, LyktaOccurrence, j);
      const gint32 day = lykta_date_to_day_number (lykta_date_of_moment (date->start)) - today;
      n_coming += day >= 0;
      if (day < 0 || day >= 28 || date->status == LYKTA_STATUS_CANCELLED)
        continue;
      in_stockholm[day] += county == 1;
      in_county[county][day / 7]++;
    }
    if (n_coming == 0)
      g_error ("%s has no date from now on", lykta_activity_get_uid (activity));
  }
  for (guint day = 0; day < 28; day++)
    g_assert_cmpuint (in_stockholm[day], >=, 5);
  for (guint county = 1; county < G_N_ELEMENTS (in_county); county++)
    for (guint week = 0; week < 4 && is_county[county]; week++)
      g_assert_cmpuint (in_county[county][week], >=, 1);
}

static void
test_days (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++) {
    g_test_message ("at %s", moments[i]);
    test_days_at (lykta_test_moment (moments[i]));
  }
}

static void
test_same_again (void)
{
  const gint64 now = lykta_test_moment ("2026-11-24T08:00:00+01:00");
  g_autoptr (GPtrArray) first = read_at (now);
  g_autoptr (GPtrArray) second = read_at (now);
  g_autoptr (GPtrArray) same_week = read_at (lykta_test_moment ("2026-11-29T23:59:00+01:00"));
  g_autoptr (GPtrArray) later = read_at (now + 500 * DAY);

  g_assert_cmpuint (first->len, ==, second->len);
  g_assert_cmpuint (first->len, ==, same_week->len);
  g_assert_cmpuint (first->len, ==, later->len);
  for (guint i = 0; i < first->len; i++) {
    LyktaActivity *activity = g_ptr_array_index (first, i);
    g_autoptr (GVariant) a = lykta_activity_to_variant (activity);
    g_autoptr (GVariant) b = lykta_activity_to_variant (g_ptr_array_index (second, i));
    g_autoptr (GVariant) c = lykta_activity_to_variant (g_ptr_array_index (same_week, i));
    g_assert_true (g_variant_equal (a, b));
    g_assert_true (g_variant_equal (a, c));
    g_assert_cmpstr (lykta_activity_get_uid (activity), ==,
                     lykta_activity_get_uid (g_ptr_array_index (later, i)));
  }
}

static gboolean
stop_at_third (LyktaActivity *activity, gpointer user_data, GError **error)
{
  guint *n = user_data;

  if (++*n < 3)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "enough");
  return FALSE;
}

static void
test_stops (void)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_false (lykta_sample_calendar_read (0, stop_at_third, &n, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (n, ==, 3);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/data/sample/counts", test_counts);
  g_test_add_func ("/data/sample/weights", test_weights);
  g_test_add_func ("/data/sample/days", test_days);
  g_test_add_func ("/data/sample/same-again", test_same_again);
  g_test_add_func ("/data/sample/stops", test_stops);
  return g_test_run ();
}
