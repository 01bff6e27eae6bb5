/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "model/lykta-activity.h"
#include "support/lykta-test.h"

static LyktaSchedule *
make_schedule (void)
{
  LyktaScheduleBuilder *builder =
      lykta_schedule_builder_new (NULL, (LyktaDate){2026, 11, 24}, 18, 0, 0, FALSE, 2 * 3600);
  g_autoptr (LyktaTexts) title = lykta_texts_new_single ("sv", "Inställt: julkafé");
  g_autoptr (LyktaPlace) place =
      lykta_place_new ("Stadshuset", NULL, NULL, "Lund", "1281", NULL, 55.70, 13.19);
  const LyktaOverride moved = {
      .original_start = lykta_test_moment ("2026-12-08T18:00:00+01:00"),
      .start = lykta_test_moment ("2026-12-09T18:00:00+01:00"),
      .end = lykta_test_moment ("2026-12-09T20:00:00+01:00"),
      .status = LYKTA_STATUS_RESCHEDULED,
      .audience = LYKTA_AUDIENCE_WOMEN,
      .attendance = LYKTA_ATTENDANCE_ON_SITE,
      .title = title,
      .place = place,
      .online_url = (char *)"https://example.org/rum",
  };

  lykta_schedule_builder_add_rule (builder, "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270601T000000Z");
  lykta_schedule_builder_add_date (builder, lykta_test_moment ("2026-11-28T10:00:00+01:00"));
  lykta_schedule_builder_add_date (builder, lykta_test_moment ("2026-11-27T10:00:00+01:00"));
  lykta_schedule_builder_add_exception (builder, lykta_test_moment ("2026-12-22T18:00:00+01:00"));
  lykta_schedule_builder_add_override (builder, &moved);
  return lykta_schedule_builder_end (builder);
}

/* Every field set, so that a field forgotten in the variant shows. */
static LyktaActivity *
make_activity (void)
{
  g_autoptr (LyktaSchedule) schedule = make_schedule ();
  g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new ("kafe-1", schedule);
  g_autoptr (LyktaAgreement) agreement = lykta_agreement_new (
      LYKTA_BASIS_AGREEMENT, "1401-2026", "12", (LyktaDate){2026, 9, 1}, (LyktaDate){2027, 8, 31});
  g_autoptr (LyktaContact) contact =
      lykta_contact_new ("Kim Exempel", "070-174 06 05", "kim@example.org", "https://example.org");
  g_autoptr (LyktaContact) authority =
      lykta_contact_new ("Regionkontor", NULL, "region@example.org", NULL);
  g_autoptr (LyktaOrganiser) organiser =
      lykta_organiser_new ("Exempelföreningen", LYKTA_ORGANISER_STUDY_ASSOCIATION, "802000-0000",
                           agreement, contact, authority);
  g_autoptr (LyktaOrganiser) library =
      lykta_organiser_new ("Exempelbiblioteket", LYKTA_ORGANISER_LIBRARY, NULL, NULL, NULL, NULL);
  g_autoptr (LyktaPlace) place =
      lykta_place_new ("Biblioteket", "Torget 1", "222 22", "Lund", "1281", NULL, 55.7047, 13.1910);

  lykta_activity_builder_set_title (builder, "sv", "Språkcafé");
  lykta_activity_builder_set_title (builder, "ti", "ካፈ ቋንቋ");
  lykta_activity_builder_set_description (builder, "sv", "Vi pratar svenska.");
  lykta_activity_builder_set_notes (builder, "sv", "Ring på klockan.");
  lykta_activity_builder_set_price (builder, "sv", "Fika 20 kr");
  lykta_activity_builder_set_purposes (builder, LYKTA_PURPOSE_SWEDISH | LYKTA_PURPOSE_HEALTH,
                                       LYKTA_PURPOSE_HEALTH);
  lykta_activity_builder_add_category (builder, "Språk");
  lykta_activity_builder_add_category (builder, "Fika");
  lykta_activity_builder_set_organiser (builder, organiser);
  lykta_activity_builder_add_co_organiser (builder, library);
  lykta_activity_builder_set_place (builder, place);
  lykta_activity_builder_set_online_url (builder, "https://example.org/rum");
  lykta_activity_builder_set_url (builder, "https://example.org/kafe");
  lykta_activity_builder_set_attendance (builder, LYKTA_ATTENDANCE_MIXED);
  lykta_activity_builder_set_status (builder, LYKTA_STATUS_TENTATIVE);
  lykta_activity_builder_set_ages (builder, 18, 64);
  lykta_activity_builder_set_audience (builder, LYKTA_AUDIENCE_WOMEN);
  lykta_activity_builder_add_spoken_language (builder, "sv");
  lykta_activity_builder_add_spoken_language (builder, "ar");
  lykta_activity_builder_set_childcare (builder, LYKTA_TRISTATE_YES);
  lykta_activity_builder_set_step_free (builder, LYKTA_TRISTATE_NO);
  lykta_activity_builder_set_is_free (builder, LYKTA_TRISTATE_NO);
  lykta_activity_builder_set_booking (builder, LYKTA_BOOKING_REQUIRED, "https://example.org/boka");
  lykta_activity_builder_set_capacity (builder, 25);
  lykta_activity_builder_set_is_tia (builder, LYKTA_TRISTATE_YES);
  lykta_activity_builder_set_offers_certificate (builder, LYKTA_TRISTATE_YES);
  lykta_activity_builder_set_is_compulsory_introduction (builder, TRUE);
  lykta_activity_builder_set_last_modified (builder, 1790000000);
  lykta_activity_builder_set_is_sample (builder, TRUE);
  return lykta_activity_builder_end (builder);
}

static void
assert_same_schedule (LyktaSchedule *schedule)
{
  guint n;

  g_assert_cmpstr (lykta_schedule_get_zone_id (schedule), ==, "Europe/Stockholm");
  g_assert_cmpint (lykta_schedule_get_start (schedule), ==,
                   lykta_test_moment ("2026-11-24T18:00:00+01:00"));
  g_assert_cmpint (lykta_schedule_get_duration (schedule), ==, 7200);
  g_assert_cmpuint (lykta_schedule_get_n_rules (schedule), ==, 1);
  const gint64 *dates = lykta_schedule_get_dates (schedule, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (dates[0], <, dates[1]);
  lykta_schedule_get_exceptions (schedule, &n);
  g_assert_cmpuint (n, ==, 1);
  const LyktaOverride *override =
      lykta_schedule_find_override (schedule, lykta_test_moment ("2026-12-08T18:00:00+01:00"));
  g_assert_nonnull (override);
  g_assert_cmpint (override->status, ==, LYKTA_STATUS_RESCHEDULED);
  g_assert_cmpint (override->audience, ==, LYKTA_AUDIENCE_WOMEN);
  g_assert_cmpstr (lykta_texts_get (override->title, "sv"), ==, "Inställt: julkafé");
  g_assert_cmpstr (lykta_place_get_name (override->place), ==, "Stadshuset");
  g_assert_null (override->description);
  g_assert_null (lykta_schedule_find_override (schedule, 0));
}

static void
test_variant_keeps_everything (void)
{
  g_autoptr (LyktaActivity) activity = make_activity ();
  g_autoptr (GVariant) variant = lykta_activity_to_variant (activity);
  LyktaActivity *again = lykta_activity_new_from_variant (variant);
  g_autoptr (GVariant) second = lykta_activity_to_variant (again);

  g_assert_cmpvariant (variant, second);
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (again), "ti"), ==, "ካፈ ቋንቋ");
  g_assert_cmpint (lykta_activity_get_primary_purpose (again), ==, LYKTA_PURPOSE_HEALTH);
  g_assert_cmpstr (lykta_activity_get_categories (again)[1], ==, "Fika");
  g_assert_null (lykta_activity_get_categories (again)[2]);
  LyktaOrganiser *organiser = lykta_activity_get_organiser (again);
  g_assert_cmpstr (lykta_agreement_get_reference (lykta_organiser_get_agreement (organiser)), ==,
                   "1401-2026");
  g_assert_cmpstr (lykta_contact_get_email (lykta_organiser_get_authority_contact (organiser)), ==,
                   "region@example.org");
  g_assert_cmpuint (lykta_activity_get_n_co_organisers (again), ==, 1);
  g_assert_cmpstr (lykta_place_get_county_code (lykta_activity_get_place (again)), ==, "12");
  g_assert_cmpint (lykta_activity_get_age_to (again), ==, 64);
  g_assert_cmpstr (lykta_activity_get_spoken_languages (again)[1], ==, "ar");
  g_assert_cmpint (lykta_activity_get_step_free (again), ==, LYKTA_TRISTATE_NO);
  g_assert_cmpint (lykta_activity_get_capacity (again), ==, 25);
  g_assert_true (lykta_activity_is_compulsory_introduction (again));
  g_assert_true (lykta_activity_is_sample (again));
  assert_same_schedule (lykta_activity_get_schedule (again));
  g_assert_finalize_object (again);
}

static void
test_variant_of_little_is_small (void)
{
  LyktaScheduleBuilder *dates =
      lykta_schedule_builder_new (NULL, (LyktaDate){2026, 11, 24}, 0, 0, 0, TRUE, 86400);
  g_autoptr (LyktaSchedule) schedule = lykta_schedule_builder_end (dates);
  g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new ("u", schedule);
  g_autoptr (LyktaActivity) activity = lykta_activity_builder_end (builder);
  g_autoptr (GVariant) variant = lykta_activity_to_variant (activity);
  g_autoptr (LyktaActivity) again = lykta_activity_new_from_variant (variant);

  g_assert_cmpuint (g_variant_n_children (variant), ==, 3); /* uid, purposes, schedule */
  g_assert_true (lykta_schedule_is_all_day (lykta_activity_get_schedule (again)));
  g_assert_cmpint (lykta_activity_get_age_from (again), ==, -1);
  g_assert_cmpint (lykta_activity_get_childcare (again), ==, LYKTA_TRISTATE_UNKNOWN);
  g_assert_cmpuint (lykta_texts_get_n (lykta_activity_get_title (again)), ==, 0);
}

static void
test_variant_of_something_else_is_refused (void)
{
  static const char *const cases[] = {
      "'text'",
      "@a{sv} {}",
      "{'uid': <'a'>}",
      "{'uid': <'a'>, 'schedule': <'tomorrow'>}",
      "{'uid': <'a'>, 'schedule': <@a{sv} {}>}",
      "{'uid': <7>, 'schedule': <{'date': <int32 20000>}>}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_new_parsed (cases[i]));
    g_assert_null (lykta_activity_new_from_variant (variant));
  }
}

static void
test_builder_goes_on_after_the_end (void)
{
  g_autoptr (LyktaActivity) activity = make_activity ();
  LyktaActivityBuilder *builder = lykta_activity_builder_new_from (activity);
  lykta_activity_builder_set_title (builder, "sv", "Annat");
  lykta_activity_builder_set_purposes (builder, LYKTA_PURPOSE_WORK | LYKTA_PURPOSE_HEALTH,
                                       LYKTA_PURPOSE_SWEDISH);
  g_autoptr (LyktaActivity) changed = lykta_activity_builder_end (builder);
  g_autoptr (LyktaActivity) twin = lykta_activity_builder_end (builder);

  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (activity), "sv"), ==, "Språkcafé");
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (changed), "sv"), ==, "Annat");
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (twin), "sv"), ==, "Annat");
  /* A primary purpose that is none of the purposes gives way to the first of them. */
  g_assert_cmpint (lykta_activity_get_primary_purpose (changed), ==, LYKTA_PURPOSE_WORK);
  g_assert_finalize_object (builder);
}

static void
test_empty_lists_are_there (void)
{
  g_autoptr (LyktaSchedule) schedule = make_schedule ();
  g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new ("bare", schedule);
  g_autoptr (LyktaActivity) activity = lykta_activity_builder_end (builder);
  const char *const *categories = lykta_activity_get_categories (activity);
  const char *const *languages = lykta_activity_get_spoken_languages (activity);

  g_assert_nonnull (categories);
  g_assert_null (categories[0]);
  g_assert_nonnull (languages);
  g_assert_null (languages[0]);
}

int
main (int argc, char *argv[])
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/model/activity/variant/everything", test_variant_keeps_everything);
  g_test_add_func ("/model/activity/variant/little", test_variant_of_little_is_small);
  g_test_add_func ("/model/activity/variant/refused", test_variant_of_something_else_is_refused);
  g_test_add_func ("/model/activity/builder", test_builder_goes_on_after_the_end);
  g_test_add_func ("/model/activity/empty-lists", test_empty_lists_are_there);
  return g_test_run ();
}
