/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/certificate-fixture.h"

#include <math.h>
#include <string.h>

static LyktaOrganiser *
new_organiser (void)
{
  g_autoptr (LyktaAgreement) agreement = lykta_agreement_new (
      LYKTA_BASIS_AGREEMENT, "5142-2026", "14", (LyktaDate){2026, 3, 1}, (LyktaDate){2027, 2, 28});
  g_autoptr (LyktaContact) contact =
      lykta_contact_new ("Kim Exempel", "010-000 00 00", "kim@example.org", NULL);

  return lykta_organiser_new ("Föreningen Exempelvännerna", LYKTA_ORGANISER_NON_PROFIT,
                              "802000-0000", agreement, contact, NULL);
}

LyktaActivityBuilder *
certificate_fixture_activity_builder (void)
{
  g_autoptr (LyktaScheduleBuilder) schedule_builder =
      lykta_schedule_builder_new (NULL, (LyktaDate){2026, 9, 7}, 18, 0, 0, FALSE, 2 * 3600);
  g_autoptr (LyktaSchedule) schedule = NULL;
  g_autoptr (LyktaOrganiser) organiser = new_organiser ();
  g_autoptr (LyktaPlace) place = lykta_place_new ("Exempelstads bibliotek", "Storgatan 1", "123 45",
                                                  "Exempelstad", "1480", NULL, NAN, NAN);
  LyktaActivityBuilder *builder;

  lykta_schedule_builder_add_rule (schedule_builder, "FREQ=WEEKLY;BYDAY=MO,WE");
  schedule = lykta_schedule_builder_end (g_steal_pointer (&schedule_builder));
  builder = lykta_activity_builder_new ("cafe@example.org", schedule);
  lykta_activity_builder_set_title (builder, "sv", "Språkcafé på biblioteket");
  lykta_activity_builder_set_title (builder, "en", "Language café at the library");
  lykta_activity_builder_set_purposes (builder, LYKTA_PURPOSE_SWEDISH | LYKTA_PURPOSE_SOCIETY,
                                       LYKTA_PURPOSE_SWEDISH);
  lykta_activity_builder_set_organiser (builder, organiser);
  lykta_activity_builder_set_place (builder, place);
  lykta_activity_builder_set_is_tia (builder, LYKTA_TRISTATE_YES);
  lykta_activity_builder_set_offers_certificate (builder, LYKTA_TRISTATE_YES);
  return builder;
}

LyktaActivity *
certificate_fixture_activity (void)
{
  g_autoptr (LyktaActivityBuilder) builder = certificate_fixture_activity_builder ();

  return lykta_activity_builder_end (builder);
}

GArray *
certificate_fixture_occurrences (guint n_weeks)
{
  GArray *occurrences = g_array_new (FALSE, TRUE, sizeof (LyktaOccurrence));

  for (guint i = 0; i < n_weeks * 2; i++) {
    LyktaDate date =
        lykta_date_add_days ((LyktaDate){2026, 11, 23}, (gint32)(i / 2 * 7 + i % 2 * 2));
    LyktaOccurrence occurrence = {0};

    occurrence.start = lykta_wall_to_moment (lykta_stockholm (), date, 18, 0, 0);
    occurrence.end = occurrence.start + 2 * 3600;
    occurrence.original_start = occurrence.start;
    g_array_append_val (occurrences, occurrence);
  }
  return occurrences;
}

LyktaGazetteer *
certificate_fixture_gazetteer (void)
{
  static const char municipalities[] = "code,name,latitude,longitude\n"
                                       "0180,Stockholm,59.33,18.07\n"
                                       "1480,Göteborg,57.71,11.97\n";
  static const char counties[] = "code,name,latitude,longitude\n"
                                 "01,Stockholms län,59.5,18.2\n"
                                 "14,Västra Götalands län,58.1,12.4\n";
  g_autoptr (GBytes) municipality_table =
      g_bytes_new_static (municipalities, strlen (municipalities));
  g_autoptr (GBytes) county_table = g_bytes_new_static (counties, strlen (counties));
  g_autoptr (GError) error = NULL;
  LyktaGazetteer *gazetteer = lykta_gazetteer_new (municipality_table, county_table, &error);

  g_assert_no_error (error);
  return gazetteer;
}

LyktaCertificateFormBuilder *
certificate_fixture_form_builder (void)
{
  g_autoptr (LyktaActivity) activity = certificate_fixture_activity ();
  g_autoptr (GArray) occurrences = certificate_fixture_occurrences (30);
  g_autoptr (LyktaGazetteer) gazetteer = certificate_fixture_gazetteer ();
  g_autoptr (LyktaCertificateForm) form = lykta_certificate_form_from_activity (
      activity, occurrences, TRUE, gazetteer, (LyktaDate){2026, 11, 22}, NULL);
  LyktaCertificateFormBuilder *builder = lykta_certificate_form_builder_new_from (form);

  lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_HOLDER_NAME,
                                           "Amal Exempelsson");
  lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_LMA_NUMBER,
                                           "12-345678/1");
  lykta_certificate_form_builder_set_use (builder, LYKTA_CERTIFICATE_USE_TRAVEL);
  return builder;
}

LyktaCertificateForm *
certificate_fixture_form (void)
{
  g_autoptr (LyktaCertificateFormBuilder) builder = certificate_fixture_form_builder ();

  return lykta_certificate_form_builder_end (builder);
}
