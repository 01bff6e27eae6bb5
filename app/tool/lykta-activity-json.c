/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-activity-json.h"

#include <math.h>

#include "text/lykta-language.h"
#include "tool/lykta-tool-json.h"

/* The text itself, the language it was found in, and all that there are. */
static void
add_text (JsonBuilder *builder, const char *name, LyktaTexts *texts, const char *language)
{
  g_autofree char *language_name = g_strconcat (name, "_language", NULL);
  g_autofree char *all_name = g_strconcat (name, "_texts", NULL);
  const char *found = NULL;
  const char *text = lykta_texts_choose (texts, lykta_language_fallback_chain (language), &found);

  lykta_json_string (builder, name, text);
  lykta_json_string (builder, language_name, text != NULL ? found : NULL);
  lykta_json_texts (builder, all_name, texts);
}

static void
add_contact (JsonBuilder *builder, const char *name, LyktaContact *contact)
{
  if (contact == NULL || lykta_contact_is_empty (contact)) {
    lykta_json_string (builder, name, NULL);
    return;
  }
  lykta_json_begin_object (builder, name);
  lykta_json_string (builder, "name", lykta_contact_get_name (contact));
  lykta_json_string (builder, "phone", lykta_contact_get_phone (contact));
  lykta_json_string (builder, "email", lykta_contact_get_email (contact));
  lykta_json_string (builder, "url", lykta_contact_get_url (contact));
  json_builder_end_object (builder);
}

static void
add_agreement (JsonBuilder *builder, LyktaAgreement *agreement)
{
  if (agreement == NULL) {
    lykta_json_string (builder, "agreement", NULL);
    return;
  }
  lykta_json_begin_object (builder, "agreement");
  lykta_json_string (builder, "basis",
                     lykta_basis_to_token (lykta_agreement_get_basis (agreement)));
  lykta_json_string (builder, "reference", lykta_agreement_get_reference (agreement));
  lykta_json_string (builder, "county_code", lykta_agreement_get_county_code (agreement));
  lykta_json_date (builder, "valid_from", lykta_agreement_get_valid_from (agreement));
  lykta_json_date (builder, "valid_to", lykta_agreement_get_valid_to (agreement));
  json_builder_end_object (builder);
}

static void
add_organiser_members (JsonBuilder *builder, LyktaOrganiser *organiser)
{
  lykta_json_string (builder, "name", lykta_organiser_get_name (organiser));
  lykta_json_string (builder, "kind",
                     lykta_organiser_kind_to_token (lykta_organiser_get_kind (organiser)));
  lykta_json_string (builder, "organisation_number",
                     lykta_organiser_get_organisation_number (organiser));
  add_agreement (builder, lykta_organiser_get_agreement (organiser));
  add_contact (builder, "contact", lykta_organiser_get_public_contact (organiser));
}

static void
add_organisers (JsonBuilder *builder, LyktaActivity *activity)
{
  LyktaOrganiser *organiser = lykta_activity_get_organiser (activity);

  if (organiser != NULL) {
    lykta_json_begin_object (builder, "organiser");
    add_organiser_members (builder, organiser);
    json_builder_end_object (builder);
  } else {
    lykta_json_string (builder, "organiser", NULL);
  }
  lykta_json_begin_array (builder, "co_organisers");
  for (guint i = 0; i < lykta_activity_get_n_co_organisers (activity); i++) {
    json_builder_begin_object (builder);
    add_organiser_members (builder, lykta_activity_get_co_organiser (activity, i));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_place (JsonBuilder *builder, LyktaPlace *place)
{
  gboolean has_position;

  if (place == NULL) {
    lykta_json_string (builder, "place", NULL);
    return;
  }
  has_position = lykta_place_has_position (place);
  lykta_json_begin_object (builder, "place");
  lykta_json_string (builder, "name", lykta_place_get_name (place));
  lykta_json_string (builder, "street", lykta_place_get_street (place));
  lykta_json_string (builder, "postcode", lykta_place_get_postcode (place));
  lykta_json_string (builder, "town", lykta_place_get_town (place));
  lykta_json_string (builder, "municipality_code", lykta_place_get_municipality_code (place));
  lykta_json_string (builder, "county_code", lykta_place_get_county_code (place));
  lykta_json_double (builder, "latitude", has_position ? lykta_place_get_latitude (place) : NAN, 6);
  lykta_json_double (builder, "longitude", has_position ? lykta_place_get_longitude (place) : NAN,
                     6);
  json_builder_end_object (builder);
}

static void
add_count (JsonBuilder *builder, const char *name, int number)
{
  lykta_json_double (builder, name, number >= 0 ? number : NAN, 0);
}

static void
add_schedule (JsonBuilder *builder, LyktaSchedule *schedule)
{
  lykta_json_begin_object (builder, "schedule");
  lykta_json_moment (builder, "first_start", lykta_schedule_get_start (schedule));
  lykta_json_int (builder, "duration_seconds", lykta_schedule_get_duration (schedule));
  lykta_json_bool (builder, "all_day", lykta_schedule_is_all_day (schedule));
  lykta_json_string (builder, "zone", lykta_schedule_get_zone_id (schedule));
  lykta_json_begin_array (builder, "rules");
  for (guint i = 0; i < lykta_schedule_get_n_rules (schedule); i++)
    json_builder_add_string_value (builder, lykta_schedule_get_rule (schedule, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_conditions (JsonBuilder *builder, LyktaActivity *activity)
{
  lykta_json_string (builder, "audience",
                     lykta_audience_to_token (lykta_activity_get_audience (activity)));
  add_count (builder, "age_from", lykta_activity_get_age_from (activity));
  add_count (builder, "age_to", lykta_activity_get_age_to (activity));
  lykta_json_strings (builder, "spoken_languages", lykta_activity_get_spoken_languages (activity));
  lykta_json_tristate (builder, "childcare", lykta_activity_get_childcare (activity));
  lykta_json_tristate (builder, "children", lykta_activity_get_children (activity));
  lykta_json_tristate (builder, "step_free", lykta_activity_get_step_free (activity));
  lykta_json_tristate (builder, "free", lykta_activity_get_is_free (activity));
  lykta_json_string (builder, "booking",
                     lykta_booking_to_token (lykta_activity_get_booking (activity)));
  lykta_json_string (builder, "booking_url", lykta_activity_get_booking_url (activity));
  add_count (builder, "capacity", lykta_activity_get_capacity (activity));
  lykta_json_tristate (builder, "tia", lykta_activity_get_is_tia (activity));
  lykta_json_tristate (builder, "offers_certificate",
                       lykta_activity_get_offers_certificate (activity));
  lykta_json_bool (builder, "compulsory_introduction",
                   lykta_activity_is_compulsory_introduction (activity));
}

void
lykta_activity_json_add (JsonBuilder *builder, LyktaActivity *activity, const char *language)
{
  LyktaPurposes primary = lykta_activity_get_primary_purpose (activity);

  lykta_json_string (builder, "id", lykta_activity_get_uid (activity));
  add_text (builder, "title", lykta_activity_get_title (activity), language);
  add_text (builder, "description", lykta_activity_get_description (activity), language);
  add_text (builder, "notes", lykta_activity_get_notes (activity), language);
  add_text (builder, "price", lykta_activity_get_price (activity), language);
  lykta_json_string (builder, "status",
                     lykta_status_to_token (lykta_activity_get_status (activity)));
  lykta_json_purposes (builder, "purposes", lykta_activity_get_purposes (activity));
  lykta_json_string (builder, "primary_purpose",
                     primary != LYKTA_PURPOSE_NONE ? lykta_purpose_to_token (primary) : NULL);
  lykta_json_strings (builder, "categories", lykta_activity_get_categories (activity));
  add_organisers (builder, activity);
  add_place (builder, lykta_activity_get_place (activity));
  lykta_json_string (builder, "attendance",
                     lykta_attendance_to_token (lykta_activity_get_attendance (activity)));
  lykta_json_string (builder, "online_url", lykta_activity_get_online_url (activity));
  lykta_json_string (builder, "url", lykta_activity_get_url (activity));
  add_conditions (builder, activity);
  add_schedule (builder, lykta_activity_get_schedule (activity));
  lykta_json_moment (builder, "last_modified", lykta_activity_get_last_modified (activity));
  lykta_json_bool (builder, "is_sample", lykta_activity_is_sample (activity));
}

void
lykta_activity_json_add_dates (JsonBuilder *builder,
                               const char *name,
                               LyktaActivity *activity,
                               GArray *dates)
{
  LyktaSchedule *schedule = lykta_activity_get_schedule (activity);

  lykta_json_begin_array (builder, name);
  for (guint i = 0; i < dates->len; i++) {
    const LyktaOccurrence *date = &g_array_index (dates, LyktaOccurrence, i);
    const LyktaOverride *other = lykta_schedule_find_override (schedule, date->original_start);

    json_builder_begin_object (builder);
    lykta_json_moment (builder, "start", date->start);
    lykta_json_moment (builder, "end", date->end);
    lykta_json_moment (builder, "original_start", date->original_start);
    lykta_json_bool (builder, "all_day", date->is_all_day);
    lykta_json_string (builder, "status", lykta_status_to_token (date->status));
    lykta_json_bool (builder, "is_gone", date->is_gone);
    lykta_json_string (builder, "audience", lykta_audience_to_token (date->audience));
    lykta_json_string (builder, "attendance", lykta_attendance_to_token (date->attendance));
    if (other != NULL && other->title != NULL)
      lykta_json_texts (builder, "title_texts", other->title);
    if (other != NULL && other->description != NULL)
      lykta_json_texts (builder, "description_texts", other->description);
    if (other != NULL && other->place != NULL)
      add_place (builder, other->place);
    if (other != NULL && other->online_url != NULL)
      lykta_json_string (builder, "online_url", other->online_url);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}
