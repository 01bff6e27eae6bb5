/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-certificate-form-private.h"
#include "certificate/lykta-certificate-rules.h"
#include "text/lykta-date-format.h"

/* What the dates of the activity tell from the issue date on. */
typedef struct {
  LyktaDate first; /* unset: none */
  LyktaDate last;  /* unset: none, or the series goes on */
} Period;

static void
set_organiser (LyktaCertificateFormBuilder *builder,
               LyktaOrganiser *organiser,
               LyktaGazetteer *gazetteer)
{
  LyktaAgreement *agreement;
  LyktaContact *contact;
  const LyktaArea *county = NULL;

  if (organiser == NULL)
    return;
  lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_ORGANISER,
                                           lykta_organiser_get_name (organiser));
  lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_ORGANISATION_NUMBER,
                                           lykta_organiser_get_organisation_number (organiser));
  contact = lykta_organiser_get_public_contact (organiser);
  if (contact != NULL) {
    lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_CONTACT_NAME,
                                             lykta_contact_get_name (contact));
    lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_CONTACT_PHONE,
                                             lykta_contact_get_phone (contact));
    lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_CONTACT_EMAIL,
                                             lykta_contact_get_email (contact));
  }
  agreement = lykta_organiser_get_agreement (organiser);
  if (agreement == NULL)
    return;
  lykta_certificate_form_builder_set_basis (builder, lykta_agreement_get_basis (agreement));
  lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_BASIS_REFERENCE,
                                           lykta_agreement_get_reference (agreement));
  if (gazetteer != NULL && lykta_agreement_get_county_code (agreement) != NULL)
    county = lykta_gazetteer_find_county (gazetteer, lykta_agreement_get_county_code (agreement));
  if (county != NULL)
    lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_BASIS_COUNTY,
                                             county->name);
  lykta_certificate_form_builder_set_date (builder, LYKTA_CERTIFICATE_FIELD_BASIS_FROM,
                                           lykta_agreement_get_valid_from (agreement));
  lykta_certificate_form_builder_set_date (builder, LYKTA_CERTIFICATE_FIELD_BASIS_TO,
                                           lykta_agreement_get_valid_to (agreement));
}

static void
set_place (LyktaCertificateFormBuilder *builder, LyktaActivity *activity, LyktaGazetteer *gazetteer)
{
  LyktaPlace *place = lykta_activity_get_place (activity);
  LyktaAttendance attendance = lykta_activity_get_attendance (activity);
  const LyktaArea *municipality = NULL, *county = NULL;

  if (attendance == LYKTA_ATTENDANCE_UNKNOWN && place != NULL)
    attendance = LYKTA_ATTENDANCE_ON_SITE;
  else if (attendance == LYKTA_ATTENDANCE_UNKNOWN &&
           lykta_activity_get_online_url (activity) != NULL)
    attendance = LYKTA_ATTENDANCE_ONLINE;
  lykta_certificate_form_builder_set_attendance (builder, attendance);
  if (place == NULL)
    return;
  lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_PLACE,
                                           lykta_place_get_name (place));
  lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_STREET,
                                           lykta_place_get_street (place));
  lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_POSTCODE,
                                           lykta_place_get_postcode (place));
  lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_TOWN,
                                           lykta_place_get_town (place));
  if (gazetteer != NULL && lykta_place_get_municipality_code (place) != NULL)
    municipality =
        lykta_gazetteer_find_municipality (gazetteer, lykta_place_get_municipality_code (place));
  if (gazetteer != NULL && lykta_place_get_county_code (place) != NULL)
    county = lykta_gazetteer_find_county (gazetteer, lykta_place_get_county_code (place));
  if (municipality != NULL)
    lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_MUNICIPALITY,
                                             municipality->name);
  if (county != NULL)
    lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_COUNTY, county->name);
}

static Period
find_period (LyktaActivity *activity, GArray *occurrences, gboolean open_ended, LyktaDate today)
{
  LyktaSchedule *schedule = lykta_activity_get_schedule (activity);
  Period period = {0};

  for (guint i = 0; occurrences != NULL && i < occurrences->len; i++) {
    const LyktaOccurrence *occurrence = &g_array_index (occurrences, LyktaOccurrence, i);
    LyktaDate date = lykta_date_of_moment (occurrence->start);

    if (occurrence->status == LYKTA_STATUS_CANCELLED || lykta_date_compare (date, today) < 0)
      continue;
    if (!lykta_date_is_set (period.first))
      period.first = date;
    if (!open_ended)
      period.last = date;
  }
  /* All dates are over: say so by the last that is known, and let the rules refuse it. */
  if (occurrences != NULL && !open_ended && !lykta_date_is_set (period.first))
    period.first = period.last = lykta_date_of_moment (lykta_schedule_get_start (schedule));
  if (occurrences == NULL && lykta_date_compare (lykta_schedule_get_date (schedule), today) >= 0)
    period.first = lykta_schedule_get_date (schedule);
  return period;
}

static int
count_occasions (GArray *occurrences, LyktaDate from, LyktaDate to)
{
  int n = 0;

  for (guint i = 0; i < occurrences->len; i++) {
    const LyktaOccurrence *occurrence = &g_array_index (occurrences, LyktaOccurrence, i);
    LyktaDate date = lykta_date_of_moment (occurrence->start);

    if (occurrence->status != LYKTA_STATUS_CANCELLED && lykta_date_compare (date, from) >= 0 &&
        lykta_date_compare (date, to) <= 0)
      n++;
  }
  return n;
}

/* The only date, or NULL when there are none or more. */
static const LyktaOccurrence *
find_single (GArray *occurrences, LyktaDate from)
{
  const LyktaOccurrence *single = NULL;

  for (guint i = 0; i < occurrences->len; i++) {
    const LyktaOccurrence *occurrence = &g_array_index (occurrences, LyktaOccurrence, i);

    if (occurrence->status == LYKTA_STATUS_CANCELLED ||
        lykta_date_compare (lykta_date_of_moment (occurrence->start), from) < 0)
      continue;
    if (single != NULL)
      return NULL;
    single = occurrence;
  }
  return single;
}

static void
set_schedule (LyktaCertificateFormBuilder *builder,
              GArray *occurrences,
              LyktaDate today,
              LyktaDate valid_to)
{
  g_autoptr (GArray) slots = _lykta_certificate_find_slots (occurrences, today, valid_to);
  const LyktaOccurrence *single = find_single (occurrences, today);

  if (slots != NULL) {
    lykta_certificate_form_builder_set_slots (builder, (LyktaCertificateSlot *)slots->data,
                                              slots->len);
  } else if (single != NULL) {
    g_autofree char *day =
        lykta_format_long_date ("sv", lykta_date_of_moment (single->start), (LyktaDate){0});
    g_autofree char *hours = lykta_format_time_range ("sv", single->start, single->end);
    g_autofree char *text =
        single->is_all_day ? g_strdup (day) : g_strdup_printf ("%s %s", day, hours);

    lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_SCHEDULE, text);
  } else if (occurrences->len > 0) {
    lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_SCHEDULE,
                                             "dagar och tider varierar");
  }
  lykta_certificate_form_builder_set_n_occasions (builder,
                                                  count_occasions (occurrences, today, valid_to));
}

static void
set_activity (LyktaCertificateFormBuilder *builder, LyktaActivity *activity)
{
  static const char *const chain[] = {"sv", "sv-x-easy", "en", NULL};

  lykta_certificate_form_builder_set_text (
      builder, LYKTA_CERTIFICATE_FIELD_ACTIVITY_NAME,
      lykta_texts_choose (lykta_activity_get_title (activity), chain, NULL));
  lykta_certificate_form_builder_set_purposes (builder, lykta_activity_get_purposes (activity));
  lykta_certificate_form_builder_set_is_sample (builder, lykta_activity_is_sample (activity));
  lykta_certificate_form_builder_set_activity_rules (
      builder, lykta_activity_get_offers_certificate (activity),
      lykta_activity_get_is_tia (activity), lykta_activity_is_compulsory_introduction (activity),
      lykta_activity_get_status (activity));
}

LyktaCertificateForm *
lykta_certificate_form_from_activity (LyktaActivity *activity,
                                      GArray *occurrences,
                                      gboolean open_ended,
                                      LyktaGazetteer *gazetteer,
                                      LyktaDate today,
                                      const char *second_language)
{
  g_autoptr (LyktaCertificateFormBuilder) builder = lykta_certificate_form_builder_new ();
  LyktaDate basis_to = {0}, valid_to;
  LyktaOrganiser *organiser;
  Period period;

  g_return_val_if_fail (LYKTA_IS_ACTIVITY (activity), NULL);
  g_return_val_if_fail (lykta_date_is_set (today), NULL);

  organiser = lykta_activity_get_organiser (activity);
  set_activity (builder, activity);
  set_organiser (builder, organiser, gazetteer);
  set_place (builder, activity, gazetteer);
  lykta_certificate_form_builder_set_second_language (builder, second_language);

  if (organiser != NULL && lykta_organiser_get_agreement (organiser) != NULL)
    basis_to = lykta_agreement_get_valid_to (lykta_organiser_get_agreement (organiser));
  period = find_period (activity, occurrences, open_ended, today);
  valid_to = lykta_certificate_default_valid_to (
      today, basis_to, period.last, lykta_certificate_rules_default ()->validity_months);
  lykta_certificate_form_builder_set_date (builder, LYKTA_CERTIFICATE_FIELD_PERIOD_FROM,
                                           period.first);
  lykta_certificate_form_builder_set_date (builder, LYKTA_CERTIFICATE_FIELD_PERIOD_TO, period.last);
  lykta_certificate_form_builder_set_date (builder, LYKTA_CERTIFICATE_FIELD_ISSUE_DATE, today);
  lykta_certificate_form_builder_set_date (builder, LYKTA_CERTIFICATE_FIELD_VALID_TO, valid_to);
  if (occurrences != NULL)
    set_schedule (builder, occurrences, today, valid_to);
  return lykta_certificate_form_builder_end (builder);
}
