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

/* In which script the letters of each language are, and letters that would betray its neighbour. */
static const struct {
  const char *tag;
  GUnicodeScript script;
  const char *not_these;
} languages[] = {
    {"ar", G_UNICODE_SCRIPT_ARABIC, "\u06af\u0686\u067e\u06cc\u06a9\u06d0\u0695"},
    {"en", G_UNICODE_SCRIPT_LATIN, "åäöåñ"},
    {"es", G_UNICODE_SCRIPT_LATIN, "åäöçßø"},
    {"fa-AF", G_UNICODE_SCRIPT_ARABIC, "\u064a\u0643\u0629\u06d0\u0695"},
    {"fr", G_UNICODE_SCRIPT_LATIN, "åäöñß"},
    {"ru", G_UNICODE_SCRIPT_CYRILLIC, "іїєґ"},
    {"so", G_UNICODE_SCRIPT_LATIN, "åäöéñçvzp"},
    {"sv", G_UNICODE_SCRIPT_LATIN, "æøñß"},
    {"ti", G_UNICODE_SCRIPT_ETHIOPIC, ""},
    {"uk", G_UNICODE_SCRIPT_CYRILLIC, "ыэёъ"},
};

static guint
find_language (const char *tag)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (strcmp (languages[i].tag, tag) == 0)
      return i;
  g_error ("the sample has texts in %s, which this test does not know", tag);
}

static void
check_text (const char *tag, const char *text)
{
  const guint language = find_language (tag);
  guint n_letters = 0;
  guint n_right = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    const gunichar letter = g_utf8_get_char (at);
    if (!g_unichar_isalpha (letter))
      continue;
    n_letters++;
    n_right += g_unichar_get_script (letter) == languages[language].script;
    /* "LMA" and "CV" are the same in every language; Somali has no v of its own. */
    if (g_unichar_islower (letter) || letter > 0x600)
      if (g_utf8_strchr (languages[language].not_these, -1, letter) != NULL)
        g_error ("%s: a letter of another language in \"%s\"", tag, text);
  }
  if (n_right * 10 < n_letters * 6)
    g_error ("%s: mostly another script in \"%s\"", tag, text);
  gboolean was_cut;
  g_autofree char *plain = lykta_plain_text (text, 20000, &was_cut);
  g_assert_cmpstr (plain, ==, text);
}

static void
check_texts (LyktaTexts *texts, guint *n_of_language)
{
  for (guint i = 0; i < lykta_texts_get_n (texts); i++) {
    const char *tag = lykta_texts_get_nth_language (texts, i);
    g_assert_cmpstr (lykta_language_canonical (tag), ==, tag);
    check_text (tag, lykta_texts_get_nth_text (texts, i));
    if (n_of_language != NULL)
      n_of_language[find_language (tag)]++;
  }
}

static void
test_texts (void)
{
  g_autoptr (GPtrArray) activities = read_default ();
  guint n_of_language[G_N_ELEMENTS (languages)] = {0};
  guint n_swedish_only = 0;

  for (guint i = 0; i < activities->len; i++) {
    LyktaActivity *activity = g_ptr_array_index (activities, i);
    LyktaTexts *title = lykta_activity_get_title (activity);
    LyktaTexts *description = lykta_activity_get_description (activity);
    g_assert_cmpuint (lykta_texts_get_n (title), ==, lykta_texts_get_n (description));
    g_assert_nonnull (lykta_texts_get (title, "sv"));
    g_assert_nonnull (strstr (lykta_texts_get (description, "sv"), "Exempel"));
    n_swedish_only += lykta_texts_get_n (title) == 1;
    check_texts (title, n_of_language);
    check_texts (description, NULL);
    check_texts (lykta_activity_get_notes (activity), NULL);
    check_texts (lykta_activity_get_price (activity), NULL);
  }
  /* Each language often, none but Swedish always: the way back to another language must show. */
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_test_message ("%s: %u", languages[i].tag, n_of_language[i]);
    g_assert_cmpuint (n_of_language[i], >=, activities->len / 5);
    g_assert_true (n_of_language[i] < activities->len || strcmp (languages[i].tag, "sv") == 0);
  }
  g_assert_cmpuint (n_swedish_only, >=, activities->len / 20);
}

/* The series that are set apart for books and films, without separators. */
static gboolean
is_fictional_number (const char *phone)
{
  static const struct {
    const char *prefix;
    guint digits;
    guint64 from;
    guint64 to;
  } series[] = {
      {"08", 10, 846500400, 846500499},  {"031", 10, 313900600, 313900699},
      {"040", 10, 406280400, 406280499}, {"0980", 10, 980319200, 980319299},
      {"070", 10, 701740605, 701740699},
  };
  g_autoptr (GString) digits = g_string_new (NULL);
  for (const char *at = phone; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      g_string_append_c (digits, *at);
    else if (strchr (" -", *at) == NULL)
      return FALSE;
  const guint64 number = g_ascii_strtoull (digits->str, NULL, 10);
  for (guint i = 0; i < G_N_ELEMENTS (series); i++)
    if (g_str_has_prefix (digits->str, series[i].prefix) && digits->len == series[i].digits &&
        number >= series[i].from && number <= series[i].to)
      return TRUE;
  return FALSE;
}

static void
check_contact (LyktaContact *contact)
{
  if (contact == NULL)
    return;
  const char *phone = lykta_contact_get_phone (contact);
  const char *email = lykta_contact_get_email (contact);
  const char *url = lykta_contact_get_url (contact);
  if (phone != NULL && !is_fictional_number (phone))
    g_error ("%s may be somebody's number", phone);
  g_assert_true (email == NULL || g_str_has_suffix (email, "@example.org"));
  g_assert_true (url == NULL || g_str_has_prefix (url, "https://example.org/"));
}

static void
check_organiser (LyktaOrganiser *organiser)
{
  const char *name = lykta_organiser_get_name (organiser);
  const char *number = lykta_organiser_get_organisation_number (organiser);

  g_assert_true (strstr (name, "Exempel") != NULL);
  g_assert_true (number == NULL || g_str_has_prefix (number, "000000-"));
  check_contact (lykta_organiser_get_public_contact (organiser));
  check_contact (lykta_organiser_get_authority_contact (organiser));
}

static void
test_nobody_real (void)
{
  g_autoptr (GPtrArray) activities = read_default ();

  for (guint i = 0; i < activities->len; i++) {
    LyktaActivity *activity = g_ptr_array_index (activities, i);
    const char *const urls[] = {lykta_activity_get_url (activity),
                                lykta_activity_get_online_url (activity),
                                lykta_activity_get_booking_url (activity)};
    for (guint j = 0; j < G_N_ELEMENTS (urls); j++)
      g_assert_true (urls[j] == NULL || g_str_has_prefix (urls[j], "https://example.org/"));
    check_organiser (lykta_activity_get_organiser (activity));
    for (guint j = 0; j < lykta_activity_get_n_co_organisers (activity); j++)
      check_organiser (lykta_activity_get_co_organiser (activity, j));
    LyktaPlace *place = lykta_activity_get_place (activity);
    g_assert_true (place == NULL || lykta_place_has_position (place));
    g_assert_true (place != NULL ||
                   lykta_activity_get_attendance (activity) == LYKTA_ATTENDANCE_ONLINE);
  }
}

/* Certificates only where somebody may issue them: early action, free, and an agreement that holds
 * today, for at most a year, in the county where it is. */
static void
test_certificates (void)
{
  const gint64 now = lykta_test_moment (moments[0]);
  const LyktaDate today = lykta_date_of_moment (now);
  g_autoptr (GPtrArray) activities = read_at (now);
  guint n_offered = 0;
  guint n_compulsory = 0;

  for (guint i = 0; i < activities->len; i++) {
    LyktaActivity *activity = g_ptr_array_index (activities, i);
    LyktaAgreement *agreement =
        lykta_organiser_get_agreement (lykta_activity_get_organiser (activity));
    n_compulsory += lykta_activity_is_compulsory_introduction (activity);
    if (lykta_activity_get_offers_certificate (activity) != LYKTA_TRISTATE_YES)
      continue;
    n_offered++;
    g_assert_false (lykta_activity_is_compulsory_introduction (activity));
    g_assert_cmpint (lykta_activity_get_is_tia (activity), ==, LYKTA_TRISTATE_YES);
    g_assert_cmpint (lykta_activity_get_is_free (activity), ==, LYKTA_TRISTATE_YES);
    g_assert_nonnull (agreement);
    const LyktaDate from = lykta_agreement_get_valid_from (agreement);
    const LyktaDate to = lykta_agreement_get_valid_to (agreement);
    g_assert_cmpint (lykta_date_compare (from, today), <=, 0);
    g_assert_cmpint (lykta_date_compare (to, today), >=, 0);
    g_assert_cmpint (lykta_date_compare (to, lykta_date_add_months (from, 12)), <, 0);
    if (lykta_activity_get_place (activity) != NULL)
      g_assert_cmpstr (lykta_agreement_get_county_code (agreement), ==,
                       lykta_place_get_county_code (lykta_activity_get_place (activity)));
  }
  g_assert_cmpuint (n_offered, >=, activities->len / 4);
  g_assert_cmpuint (n_compulsory, ==, 3);
}

/* Everything that a schedule can be is there to be seen. */
static void
test_variety (void)
{
  const gint64 now = lykta_test_moment (moments[0]);
  g_autoptr (GPtrArray) activities = read_at (now);
  guint n_cancelled = 0, n_moved = 0, n_elsewhere = 0, n_women = 0, n_men = 0, n_pauses = 0;
  guint n_titles = 0;
  guint n_all_day = 0, n_once = 0, n_monthly = 0, n_online = 0, n_daily = 0;

  for (guint i = 0; i < activities->len; i++) {
    LyktaActivity *activity = g_ptr_array_index (activities, i);
    LyktaSchedule *schedule = lykta_activity_get_schedule (activity);
    guint n_exceptions;
    lykta_schedule_get_exceptions (schedule, &n_exceptions);
    n_pauses += n_exceptions > 0;
    n_once += !lykta_schedule_is_recurring (schedule);
    n_all_day += lykta_schedule_is_all_day (schedule);
    n_online += lykta_activity_get_online_url (activity) != NULL;
    for (guint j = 0; j < lykta_schedule_get_n_rules (schedule); j++) {
      n_monthly += strstr (lykta_schedule_get_rule (schedule, j), "MONTHLY") != NULL;
      n_daily += strstr (lykta_schedule_get_rule (schedule, j), "MO,TU,WE,TH,FR") != NULL;
    }
    for (guint j = 0; j < lykta_schedule_get_n_overrides (schedule); j++) {
      const LyktaOverride *override = lykta_schedule_get_override (schedule, j);
      n_cancelled += override->status == LYKTA_STATUS_CANCELLED;
      n_moved += override->status == LYKTA_STATUS_RESCHEDULED;
      n_elsewhere += override->place != NULL;
      n_titles += override->title != NULL;
      if (override->title != NULL)
        check_texts (override->title, NULL);
      n_women += override->audience == LYKTA_AUDIENCE_WOMEN;
      n_men += override->audience == LYKTA_AUDIENCE_MEN;
    }
  }
  g_assert_cmpuint (n_cancelled, >=, 20);
  g_assert_cmpuint (n_moved, >=, 10);
  g_assert_cmpuint (n_elsewhere, >=, 5);
  g_assert_cmpuint (n_titles, >=, 10);
  g_assert_cmpuint (n_women, >=, 30);
  g_assert_cmpuint (n_men, ==, n_women);
  g_assert_cmpuint (n_pauses, >=, 20);
  g_assert_cmpuint (n_all_day, >=, 2);
  g_assert_cmpuint (n_once, >=, 30);
  g_assert_cmpuint (n_monthly, >=, 10);
  g_assert_cmpuint (n_daily, >=, 3);
  g_assert_cmpuint (n_online, >=, 15);
}

/* On the two days when the clock changes, a date at 13:00 stays at 13:00, and women and men still
 * take turns. */
static void
test_wall_clock (void)
{
  const gint64 now = lykta_test_moment ("2027-03-15T12:00:00+01:00");
  g_autoptr (GPtrArray) activities = read_at (now);

  for (guint i = 0; i < activities->len; i++) {
    LyktaActivity *activity = g_ptr_array_index (activities, i);
    LyktaSchedule *schedule = lykta_activity_get_schedule (activity);
    g_autoptr (GArray) dates = expand (activity, now, now + 60 * DAY);
    int hour, minute;
    lykta_schedule_get_time (schedule, &hour, &minute, NULL);
    for (guint j = 0; j < dates->len; j++) {
      const LyktaOccurrence *date = &g_array_index (dates, LyktaOccurrence, j);
      int at_hour, at_minute;
      lykta_moment_to_wall (date->start, NULL, &at_hour, &at_minute, NULL);
      if (date->start == date->original_start && date->audience != LYKTA_AUDIENCE_MEN &&
          date->audience != LYKTA_AUDIENCE_WOMEN) {
        g_assert_cmpint (at_hour, ==, hour);
        g_assert_cmpint (at_minute, ==, minute);
      }
    }
  }
}

static void
test_quick (void)
{
  g_test_timer_start ();
  g_autoptr (GPtrArray) activities = read_default ();
  const double seconds = g_test_timer_elapsed ();

  g_test_minimized_result (seconds, "%u activities in %.1f ms", activities->len, seconds * 1000);
  /* Measured: some ten milliseconds. The limit leaves room for slow machines and sanitizers. */
  g_assert_cmpfloat (seconds, <, 1.0);
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
  g_test_add_func ("/data/sample/texts", test_texts);
  g_test_add_func ("/data/sample/nobody-real", test_nobody_real);
  g_test_add_func ("/data/sample/certificates", test_certificates);
  g_test_add_func ("/data/sample/variety", test_variety);
  g_test_add_func ("/data/sample/wall-clock", test_wall_clock);
  g_test_add_func ("/data/sample/quick", test_quick);
  return g_test_run ();
}
