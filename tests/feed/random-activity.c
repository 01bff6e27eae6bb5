/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/random-activity.h"

#include <math.h>
#include <string.h>

#include "feed/lykta-zone.h"

#define DAY_SECONDS 86400

static const char *const pieces[] = {
    "Språkcafé",
    "kvällar, helger; och \"mer\"",
    "C:\\mapp\\n",
    "ሰላም ነፍስኹም ምምሃር",
    "مقهى اللغة",
    "د ژبې کافې",
    "a^b^^n",
    "BEGIN:VEVENT",
    ":;,",
    "100 % gratis",
    "<b>inte HTML</b> <",
    "👩🏽‍🏫 lärare",
    "ő ű é",
    "END:VCALENDAR",
    "x",
};

static char *
random_line (guint max_pieces)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint n = (guint)g_test_rand_int_range (1, (gint32)max_pieces + 1);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? " " : "",
                            pieces[g_test_rand_int_range (0, (gint32)G_N_ELEMENTS (pieces))]);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
random_text (void)
{
  g_autofree char *first = random_line (6);
  g_autofree char *second = random_line (40);

  return g_test_rand_int_range (0, 2) ? g_strconcat (first, "\n\n", second, NULL)
                                      : g_steal_pointer (&first);
}

static gboolean
chance (void)
{
  return g_test_rand_int_range (0, 2) == 1;
}

static char *
maybe_line (void)
{
  return chance () ? random_line (2) : NULL;
}

static const char *
random_url (void)
{
  static const char *const urls[] = {NULL, "https://exempel.se/a?b=c,d;e&f=%C3%A5#x",
                                     "http://xn--rksmrgs-5wao1o.se/"};

  return urls[g_test_rand_int_range (0, 3)];
}

static const char *
random_language (void)
{
  static const char *const tags[] = {"sv", "en", "ar",        "fa", "fa-AF",
                                     "ku", "ti", "sv-x-easy", "so", "pt"};

  return tags[g_test_rand_int_range (0, (gint32)G_N_ELEMENTS (tags))];
}

static void
random_texts (LyktaActivityBuilder *builder,
              void (*set) (LyktaActivityBuilder *, const char *, const char *),
              gboolean is_single_line)
{
  for (int n = g_test_rand_int_range (0, 4); n > 0; n--) {
    g_autofree char *text = is_single_line ? random_line (5) : random_text ();
    set (builder, random_language (), text);
  }
}

static LyktaTexts *
random_own_texts (gboolean is_single_line)
{
  g_autofree char *text = is_single_line ? random_line (5) : random_text ();

  return chance () ? NULL : lykta_texts_new_single (random_language (), text);
}

static LyktaPlace *
random_place (void)
{
  static const char *const municipalities[] = {NULL, "0180", "2584"};
  g_autofree char *name = maybe_line ();
  g_autofree char *street = maybe_line ();
  g_autofree char *town = maybe_line ();
  gboolean has_position = chance ();

  return lykta_place_new (name, street, chance () ? "753 10" : NULL, town,
                          municipalities[g_test_rand_int_range (0, 3)], chance () ? "01" : NULL,
                          has_position ? g_test_rand_double_range (55, 69) : NAN,
                          has_position ? 17.5 : NAN);
}

static LyktaContact *
random_contact (void)
{
  g_autofree char *name = random_line (2);

  if (chance ())
    return NULL;
  return lykta_contact_new (name, chance () ? "+46 70-123 45 67" : NULL,
                            chance () ? "a.b+c@exempel.se" : NULL, random_url ());
}

static LyktaOrganiser *
random_organiser (void)
{
  g_autofree char *name = random_line (3);
  g_autofree char *reference = maybe_line ();
  g_autoptr (LyktaContact) contact = random_contact ();
  g_autoptr (LyktaContact) authority = random_contact ();
  g_autoptr (LyktaAgreement) agreement = NULL;

  if (chance ())
    agreement =
        lykta_agreement_new ((LyktaBasis)g_test_rand_int_range (0, LYKTA_BASIS_JOBSKILLS + 1),
                             reference, chance () ? "03" : NULL, (LyktaDate){2026, 1, 15},
                             chance () ? (LyktaDate){2026, 12, 31} : (LyktaDate){0});
  return lykta_organiser_new (
      name, (LyktaOrganiserKind)g_test_rand_int_range (0, LYKTA_ORGANISER_PRIVATE_PERSON + 1),
      chance () ? "802000-1234" : NULL, agreement, contact, authority);
}

static void
add_random_overrides (LyktaScheduleBuilder *builder, gint64 start, gboolean is_all_day)
{
  for (int n = g_test_rand_int_range (0, 4); n > 0; n--) {
    LyktaOverride override = {0};
    override.original_start = start + (gint64)g_test_rand_int_range (0, 50) * 7 * DAY_SECONDS;
    override.start = override.original_start +
                     (is_all_day && chance () ? DAY_SECONDS : g_test_rand_int_range (0, 99999));
    override.end =
        override.start + (is_all_day && chance () ? DAY_SECONDS : g_test_rand_int_range (0, 99999));
    override.status = (LyktaStatus)g_test_rand_int_range (0, LYKTA_STATUS_TENTATIVE + 1);
    override.audience = (LyktaAudience)g_test_rand_int_range (0, LYKTA_AUDIENCE_YOUNG_PEOPLE + 1);
    override.attendance = (LyktaAttendance)g_test_rand_int_range (0, LYKTA_ATTENDANCE_MIXED + 1);
    override.title = random_own_texts (TRUE);
    override.description = random_own_texts (FALSE);
    override.place = chance () ? random_place () : NULL;
    override.online_url = g_strdup (random_url ());
    lykta_schedule_builder_add_override (builder, &override);
    g_clear_pointer (&override.title, lykta_texts_unref);
    g_clear_pointer (&override.description, lykta_texts_unref);
    g_clear_pointer (&override.place, lykta_place_unref);
    g_free (override.online_url);
  }
}

static LyktaSchedule *
random_schedule (void)
{
  static const char *const zones[] = {
      NULL, NULL, NULL, "UTC", "America/New_York", "+05:45", "Europe/Helsinki"};
  static const char *const rules[] = {"FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20271218T225959Z",
                                      "FREQ=DAILY;COUNT=12", "FREQ=MONTHLY;BYDAY=-1SU",
                                      "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"};
  gboolean is_all_day = g_test_rand_int_range (0, 4) == 0;
  LyktaDate date = lykta_date_add_days ((LyktaDate){2026, 1, 1}, g_test_rand_int_range (0, 700));
  gint64 duration =
      is_all_day ? g_test_rand_int_range (1, 5) * DAY_SECONDS : g_test_rand_int_range (0, 200000);
  const char *zone =
      is_all_day ? NULL : zones[g_test_rand_int_range (0, (gint32)G_N_ELEMENTS (zones))];
  int hour = is_all_day ? 0 : g_test_rand_int_range (0, 24),
      minute = is_all_day ? 0 : g_test_rand_int_range (0, 60);
  LyktaScheduleBuilder *builder =
      lykta_schedule_builder_new (zone, date, hour, minute, 0, is_all_day, duration);
  g_autoptr (LyktaZone) clocks = lykta_zone_new (zone);
  gint64 start = lykta_zone_to_moment (clocks, lykta_wall_from_date (date, hour, minute, 0));

  for (int n = g_test_rand_int_range (0, 3); n > 0; n--)
    lykta_schedule_builder_add_rule (
        builder, rules[g_test_rand_int_range (0, (gint32)G_N_ELEMENTS (rules))]);
  for (int n = g_test_rand_int_range (0, 30); n > 0; n--) {
    gint64 moment =
        start + (gint64)g_test_rand_int_range (1, 500) * DAY_SECONDS / (chance () ? 1 : 7);
    if (chance ())
      lykta_schedule_builder_add_date (builder, moment);
    else
      lykta_schedule_builder_add_exception (builder, moment);
  }
  add_random_overrides (builder, start, is_all_day);
  return lykta_schedule_builder_end (builder);
}

LyktaActivity *
random_activity_new (guint index)
{
  g_autoptr (LyktaSchedule) schedule = random_schedule ();
  g_autofree char *tail = random_line (2);
  g_autofree char *uid = g_strdup_printf ("%u@%s", index, tail);
  g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new (uid, schedule);

  random_texts (builder, lykta_activity_builder_set_title, TRUE);
  random_texts (builder, lykta_activity_builder_set_description, FALSE);
  random_texts (builder, lykta_activity_builder_set_notes, FALSE);
  random_texts (builder, lykta_activity_builder_set_price, TRUE);
  lykta_activity_builder_set_purposes (builder, (LyktaPurposes)g_test_rand_int_range (0, 16),
                                       (LyktaPurposes)(1 << g_test_rand_int_range (0, 4)));
  for (int n = g_test_rand_int_range (0, 4); n > 0; n--) {
    g_autofree char *category = random_line (2);
    lykta_activity_builder_add_category (builder, chance () ? "CHILDCARE" : category);
  }
  for (int n = g_test_rand_int_range (0, 3); n > 0; n--) {
    g_autoptr (LyktaOrganiser) organiser = random_organiser ();
    if (n == 2)
      lykta_activity_builder_set_organiser (builder, organiser);
    else
      lykta_activity_builder_add_co_organiser (builder, organiser);
  }
  if (chance ()) {
    g_autoptr (LyktaPlace) place = random_place ();
    lykta_activity_builder_set_place (builder, place);
  }
  lykta_activity_builder_set_online_url (builder, random_url ());
  lykta_activity_builder_set_url (builder, random_url ());
  lykta_activity_builder_set_attendance (
      builder, (LyktaAttendance)g_test_rand_int_range (0, LYKTA_ATTENDANCE_MIXED + 1));
  lykta_activity_builder_set_status (
      builder, (LyktaStatus)g_test_rand_int_range (0, LYKTA_STATUS_TENTATIVE + 1));
  lykta_activity_builder_set_ages (builder, g_test_rand_int_range (-1, 30),
                                   g_test_rand_int_range (-1, 99));
  lykta_activity_builder_set_audience (
      builder, (LyktaAudience)g_test_rand_int_range (0, LYKTA_AUDIENCE_YOUNG_PEOPLE + 1));
  for (int n = g_test_rand_int_range (0, 3); n > 0; n--)
    lykta_activity_builder_add_spoken_language (builder, random_language ());
  lykta_activity_builder_set_childcare (builder, (LyktaTristate)g_test_rand_int_range (0, 3));
  lykta_activity_builder_set_children (builder, (LyktaTristate)g_test_rand_int_range (0, 3));
  lykta_activity_builder_set_levels (builder, (LyktaLevels)g_test_rand_int_range (0, 8));
  lykta_activity_builder_set_step_free (builder, (LyktaTristate)g_test_rand_int_range (0, 3));
  lykta_activity_builder_set_is_free (builder, (LyktaTristate)g_test_rand_int_range (0, 3));
  lykta_activity_builder_set_booking (builder, (LyktaBooking)g_test_rand_int_range (0, 3),
                                      random_url ());
  lykta_activity_builder_set_capacity (builder, g_test_rand_int_range (-1, 40));
  lykta_activity_builder_set_is_tia (builder, (LyktaTristate)g_test_rand_int_range (0, 3));
  lykta_activity_builder_set_offers_certificate (builder,
                                                 (LyktaTristate)g_test_rand_int_range (0, 3));
  lykta_activity_builder_set_is_compulsory_introduction (builder, chance ());
  lykta_activity_builder_set_is_sample (builder, chance ());
  lykta_activity_builder_set_last_modified (
      builder, chance () ? 0 : 1780000000 + g_test_rand_int_range (0, 99999999));
  return lykta_activity_builder_end (builder);
}
