/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "feed/lykta-jsonld.h"
#include "feed/lykta-zone.h"
#include "text/lykta-language.h"

#define CONTEXT "https://lykta.se/ns/1/context.jsonld"
#define SCHEMA  "https://schema.org/"

/* Members and values are written in the order of the calls, without any blank: the same bytes each
 * time. */
typedef struct {
  GString *out; /* (unowned) */
  gboolean has_members;
  gboolean is_public;
} Writer;

static void
put_text (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != 0; p++) {
    if (*p == '"' || *p == '\\') {
      g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    } else if (*p == '\n')
      g_string_append (out, "\\n");
    else if ((guint8)*p < 0x20)
      g_string_append_printf (out, "\\u%04x", (guint)*p);
    else
      g_string_append_c (out, *p);
  }
  g_string_append_c (out, '"');
}

static void
put_key (Writer *self, const char *key)
{
  if (self->has_members)
    g_string_append_c (self->out, ',');
  self->has_members = TRUE;
  put_text (self->out, key);
  g_string_append_c (self->out, ':');
}

static void
put_string (Writer *self, const char *key, const char *text)
{
  if (text == NULL)
    return;
  put_key (self, key);
  put_text (self->out, text);
}

static void
put_integer (Writer *self, const char *key, gint64 number)
{
  put_key (self, key);
  g_string_append_printf (self->out, "%" G_GINT64_FORMAT, number);
}

static void
put_boolean (Writer *self, const char *key, gboolean value)
{
  put_key (self, key);
  g_string_append (self->out, value ? "true" : "false");
}

static void
put_tristate (Writer *self, const char *key, LyktaTristate value)
{
  if (value != LYKTA_TRISTATE_UNKNOWN)
    put_boolean (self, key, value == LYKTA_TRISTATE_YES);
}

/* As few digits as give the same number back. */
static void
put_number (Writer *self, const char *key, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (int digits = 6; digits <= 17; digits++) {
    g_autofree char *format = g_strdup_printf ("%%.%dg", digits);

    g_ascii_formatd (text, sizeof text, format, number);
    if (g_ascii_strtod (text, NULL) == number)
      break;
  }
  put_key (self, key);
  g_string_append (self->out, text);
}

static Writer
open_object (Writer *self, const char *key)
{
  put_key (self, key);
  g_string_append_c (self->out, '{');
  return (Writer){self->out, FALSE, self->is_public};
}

static void
close_object (Writer *self)
{
  g_string_append_c (self->out, '}');
}

static void
put_texts (Writer *self, const char *key, LyktaTexts *texts)
{
  Writer map = open_object (self, key);

  for (guint i = 0; i < lykta_texts_get_n (texts); i++)
    put_string (&map, lykta_language_feed_tag (lykta_texts_get_nth_language (texts, i)),
                lykta_texts_get_nth_text (texts, i));
  close_object (&map);
}

static void
put_texts_if_any (Writer *self, const char *key, LyktaTexts *texts)
{
  if (lykta_texts_get_n (texts) > 0)
    put_texts (self, key, texts);
}

static void
put_strings (Writer *self, const char *key, const char *const *strings, gboolean are_tags)
{
  if (strings[0] == NULL)
    return;
  put_key (self, key);
  for (guint i = 0; strings[i] != NULL; i++) {
    g_string_append_c (self->out, i == 0 ? '[' : ',');
    put_text (self->out, are_tags ? lykta_language_feed_tag (strings[i]) : strings[i]);
  }
  g_string_append_c (self->out, ']');
}

static void
put_moments (Writer *self, const char *key, const gint64 *moments, guint n)
{
  if (n == 0)
    return;
  put_key (self, key);
  for (guint i = 0; i < n; i++) {
    g_autofree char *text = lykta_moment_to_rfc3339_utc (moments[i]);

    g_string_append_c (self->out, i == 0 ? '[' : ',');
    put_text (self->out, text);
  }
  g_string_append_c (self->out, ']');
}

static void
put_moment (Writer *self, const char *key, gint64 moment)
{
  g_autofree char *text = lykta_moment_to_rfc3339_utc (moment);

  put_string (self, key, text);
}

/* ---- status and attendance ---- */

static void
put_status (Writer *self, LyktaStatus status)
{
  static const char *const names[] = {
      [LYKTA_STATUS_SCHEDULED] = SCHEMA "EventScheduled",
      [LYKTA_STATUS_CANCELLED] = SCHEMA "EventCancelled",
      [LYKTA_STATUS_RESCHEDULED] = SCHEMA "EventRescheduled",
      [LYKTA_STATUS_TENTATIVE] = SCHEMA "EventScheduled",
  };

  put_string (self, "eventStatus", names[status]);
  if (status == LYKTA_STATUS_TENTATIVE)
    put_string (self, "lykta:status", lykta_status_to_token (status));
}

static void
put_attendance (Writer *self, LyktaAttendance attendance)
{
  static const char *const names[] = {
      [LYKTA_ATTENDANCE_UNKNOWN] = NULL,
      [LYKTA_ATTENDANCE_ON_SITE] = SCHEMA "OfflineEventAttendanceMode",
      [LYKTA_ATTENDANCE_ONLINE] = SCHEMA "OnlineEventAttendanceMode",
      [LYKTA_ATTENDANCE_MIXED] = SCHEMA "MixedEventAttendanceMode",
  };

  put_string (self, "eventAttendanceMode", names[attendance]);
}

/* ---- place ---- */

static void
put_place_members (Writer *self, LyktaPlace *place)
{
  put_string (self, "@type", "Place");
  put_string (self, "name", lykta_place_get_name (place));
  if (lykta_place_get_street (place) != NULL || lykta_place_get_postcode (place) != NULL ||
      lykta_place_get_town (place) != NULL) {
    Writer address = open_object (self, "address");

    put_string (&address, "@type", "PostalAddress");
    put_string (&address, "streetAddress", lykta_place_get_street (place));
    put_string (&address, "postalCode", lykta_place_get_postcode (place));
    put_string (&address, "addressLocality", lykta_place_get_town (place));
    close_object (&address);
  }
  if (lykta_place_has_position (place)) {
    Writer geo = open_object (self, "geo");

    put_string (&geo, "@type", "GeoCoordinates");
    put_number (&geo, "latitude", lykta_place_get_latitude (place));
    put_number (&geo, "longitude", lykta_place_get_longitude (place));
    close_object (&geo);
  }
  put_string (self, "lykta:municipality", lykta_place_get_municipality_code (place));
  put_string (self, "lykta:county", lykta_place_get_county_code (place));
}

static void
put_virtual_members (Writer *self, const char *url)
{
  put_string (self, "@type", "VirtualLocation");
  put_string (self, "url", url);
}

/* One location alone, or a list of the place and the address of the net. */
static void
put_location (Writer *self, LyktaPlace *place, const char *url)
{
  Writer inner = {self->out, FALSE, self->is_public};
  Writer second = inner;

  if (place == NULL && url == NULL)
    return;
  put_key (self, "location");
  g_string_append (self->out, place != NULL && url != NULL ? "[{" : "{");
  if (place != NULL)
    put_place_members (&inner, place);
  if (place != NULL && url != NULL)
    g_string_append (self->out, "},{");
  if (url != NULL)
    put_virtual_members (&second, url);
  g_string_append (self->out, place != NULL && url != NULL ? "}]" : "}");
}

/* ---- organisers ---- */

static void
put_contact (Writer *self, const char *key, LyktaContact *contact)
{
  Writer inner;

  if (contact == NULL)
    return;
  inner = open_object (self, key);
  put_string (&inner, "@type", "ContactPoint");
  put_string (&inner, "name", lykta_contact_get_name (contact));
  put_string (&inner, "telephone", lykta_contact_get_phone (contact));
  put_string (&inner, "email", lykta_contact_get_email (contact));
  put_string (&inner, "url", lykta_contact_get_url (contact));
  close_object (&inner);
}

static void
put_date (Writer *self, const char *key, LyktaDate date)
{
  g_autofree char *text = lykta_date_is_set (date) ? lykta_date_to_string (date) : NULL;

  put_string (self, key, text);
}

static void
put_agreement (Writer *self, LyktaAgreement *agreement)
{
  Writer inner;

  if (agreement == NULL)
    return;
  inner = open_object (self, "lykta:agreement");
  put_string (&inner, "basis", lykta_basis_to_token (lykta_agreement_get_basis (agreement)));
  put_string (&inner, "reference", lykta_agreement_get_reference (agreement));
  put_string (&inner, "county", lykta_agreement_get_county_code (agreement));
  put_date (&inner, "validFrom", lykta_agreement_get_valid_from (agreement));
  put_date (&inner, "validThrough", lykta_agreement_get_valid_to (agreement));
  close_object (&inner);
}

static void
put_organiser_members (Writer *self, LyktaOrganiser *organiser)
{
  LyktaOrganiserKind kind = lykta_organiser_get_kind (organiser);

  put_string (self, "@type", kind == LYKTA_ORGANISER_PRIVATE_PERSON ? "Person" : "Organization");
  put_string (self, "name", lykta_organiser_get_name (organiser));
  put_string (self, "taxID", lykta_organiser_get_organisation_number (organiser));
  put_contact (self, "contactPoint", lykta_organiser_get_public_contact (organiser));
  if (kind != LYKTA_ORGANISER_UNKNOWN)
    put_string (self, "lykta:kind", lykta_organiser_kind_to_token (kind));
  put_agreement (self, lykta_organiser_get_agreement (organiser));
  if (!self->is_public)
    put_contact (self, "lykta:authorityContact", lykta_organiser_get_authority_contact (organiser));
}

static void
put_organisers (Writer *self, LyktaActivity *activity)
{
  LyktaOrganiser *organiser = lykta_activity_get_organiser (activity);
  guint n = lykta_activity_get_n_co_organisers (activity);

  if (organiser != NULL) {
    Writer inner = open_object (self, "organizer");

    put_organiser_members (&inner, organiser);
    close_object (&inner);
  }
  if (n == 0)
    return;
  put_key (self, "lykta:coOrganisers");
  for (guint i = 0; i < n; i++) {
    Writer inner = {self->out, FALSE, self->is_public};

    g_string_append (self->out, i == 0 ? "[{" : ",{");
    put_organiser_members (&inner, lykta_activity_get_co_organiser (activity, i));
    close_object (&inner);
  }
  g_string_append_c (self->out, ']');
}

/* ---- schedule ---- */

static char *
wall_text (LyktaSchedule *schedule)
{
  g_autofree char *date = lykta_date_to_string (lykta_schedule_get_date (schedule));
  int hour, minute, second;

  if (lykta_schedule_is_all_day (schedule))
    return g_steal_pointer (&date);
  lykta_schedule_get_time (schedule, &hour, &minute, &second);
  return g_strdup_printf ("%sT%02d:%02d:%02d", date, hour, minute, second);
}

/* With the offset of its zone, for readers that know nothing of lykta:schedule. */
static char *
moment_text (LyktaZone *zone, gint64 moment)
{
  int offset = lykta_zone_get_offset (zone, moment);
  int hour, minute, second;
  LyktaDate date = lykta_wall_to_date (moment + offset, &hour, &minute, &second);
  g_autofree char *day = lykta_date_to_string (date);

  return g_strdup_printf ("%sT%02d:%02d:%02d%c%02d:%02d", day, hour, minute, second,
                          offset < 0 ? '-' : '+', ABS (offset) / 3600, ABS (offset) / 60 % 60);
}

static void
put_dates (Writer *self, LyktaSchedule *schedule)
{
  LyktaDate date = lykta_schedule_get_date (schedule);
  gint64 duration = lykta_schedule_get_duration (schedule);
  gint64 start = lykta_schedule_get_start (schedule);
  g_autoptr (LyktaZone) zone = lykta_zone_new (lykta_schedule_get_zone_id (schedule));
  g_autofree char *start_text = NULL;
  g_autofree char *end_text = NULL;

  if (lykta_schedule_is_all_day (schedule)) {
    gint32 days = (gint32)CLAMP (duration / 86400, 1, 100000);

    start_text = lykta_date_to_string (date);
    end_text = lykta_date_to_string (lykta_date_add_days (date, days - 1));
  } else {
    if (zone == NULL)
      zone = lykta_zone_new (NULL);
    start_text = moment_text (zone, start);
    end_text =
        duration > 0
            ? moment_text (zone,
                           lykta_zone_to_moment (zone, lykta_zone_to_wall (zone, start) + duration))
            : NULL;
  }
  put_string (self, "startDate", start_text);
  put_string (self, "endDate", end_text);
}

static void
put_change (Writer *self, const LyktaOverride *override)
{
  g_autofree char *key = lykta_moment_to_rfc3339_utc (override->original_start);
  Writer inner = open_object (self, key);

  put_moment (&inner, "startDate", override->start);
  put_moment (&inner, "endDate", override->end);
  put_status (&inner, override->status);
  put_attendance (&inner, override->attendance);
  if (override->audience != LYKTA_AUDIENCE_UNKNOWN)
    put_string (&inner, "lykta:audience", lykta_audience_to_token (override->audience));
  if (override->title != NULL)
    put_texts (&inner, "name", override->title);
  if (override->description != NULL)
    put_texts (&inner, "description", override->description);
  put_location (&inner, override->place, override->online_url);
  close_object (&inner);
}

static void
put_schedule (Writer *self, LyktaSchedule *schedule)
{
  Writer inner = open_object (self, "lykta:schedule");
  g_autofree char *start = wall_text (schedule);
  const gint64 *moments;
  guint n;

  put_string (&inner, "zone", lykta_schedule_get_zone_id (schedule));
  put_string (&inner, "start", start);
  put_integer (&inner, "duration", lykta_schedule_get_duration (schedule));
  if (lykta_schedule_get_n_rules (schedule) > 0) {
    put_key (&inner, "rules");
    for (guint i = 0; i < lykta_schedule_get_n_rules (schedule); i++) {
      g_string_append_c (self->out, i == 0 ? '[' : ',');
      put_text (self->out, lykta_schedule_get_rule (schedule, i));
    }
    g_string_append_c (self->out, ']');
  }
  moments = lykta_schedule_get_dates (schedule, &n);
  put_moments (&inner, "dates", moments, n);
  moments = lykta_schedule_get_exceptions (schedule, &n);
  put_moments (&inner, "exceptions", moments, n);
  if (lykta_schedule_get_n_overrides (schedule) > 0) {
    Writer changes = open_object (&inner, "changes");

    for (guint i = 0; i < lykta_schedule_get_n_overrides (schedule); i++)
      put_change (&changes, lykta_schedule_get_override (schedule, i));
    close_object (&changes);
  }
  close_object (&inner);
}

/* ---- the rest ---- */

static void
put_ages (Writer *self, LyktaActivity *activity)
{
  int from = lykta_activity_get_age_from (activity);
  int to = lykta_activity_get_age_to (activity);
  char text[32];

  if (from < 0 && to < 0)
    return;
  if (to < 0)
    g_snprintf (text, sizeof text, "%d-", from);
  else if (from < 0)
    g_snprintf (text, sizeof text, "-%d", to);
  else
    g_snprintf (text, sizeof text, "%d-%d", from, to);
  put_string (self, "typicalAgeRange", text);
}

static void
put_purposes (Writer *self, LyktaActivity *activity)
{
  LyktaPurposes purposes = lykta_activity_get_purposes (activity);
  LyktaPurposes primary = lykta_activity_get_primary_purpose (activity);
  gboolean is_first = TRUE;

  if (purposes == LYKTA_PURPOSE_NONE)
    return;
  put_key (self, "lykta:purposes");
  for (guint bit = 1; bit <= LYKTA_PURPOSE_ALL; bit <<= 1) {
    if ((purposes & bit) == 0)
      continue;
    g_string_append_c (self->out, is_first ? '[' : ',');
    put_text (self->out, lykta_purpose_to_token ((LyktaPurposes)bit));
    is_first = FALSE;
  }
  g_string_append_c (self->out, ']');
  if (primary != LYKTA_PURPOSE_NONE)
    put_string (self, "lykta:primaryPurpose", lykta_purpose_to_token (primary));
}

static void
put_levels (Writer *self, LyktaActivity *activity)
{
  const char *tokens[4] = {NULL};
  guint n = 0;

  for (guint bit = LYKTA_LEVEL_A1; bit <= LYKTA_LEVEL_B1; bit <<= 1)
    if ((lykta_activity_get_levels (activity) & bit) != 0)
      tokens[n++] = lykta_level_to_token ((LyktaLevels)bit);
  put_strings (self, "lykta:levels", tokens, FALSE);
}

static void
put_facts (Writer *self, LyktaActivity *activity)
{
  LyktaBooking booking = lykta_activity_get_booking (activity);
  LyktaAudience audience = lykta_activity_get_audience (activity);

  put_tristate (self, "isAccessibleForFree", lykta_activity_get_is_free (activity));
  if (lykta_activity_get_capacity (activity) >= 0)
    put_integer (self, "maximumAttendeeCapacity", lykta_activity_get_capacity (activity));
  put_ages (self, activity);
  put_strings (self, "keywords", lykta_activity_get_categories (activity), FALSE);
  if (lykta_activity_get_last_modified (activity) != 0)
    put_moment (self, "dateModified", lykta_activity_get_last_modified (activity));
  put_purposes (self, activity);
  if (audience != LYKTA_AUDIENCE_UNKNOWN)
    put_string (self, "lykta:audience", lykta_audience_to_token (audience));
  put_strings (self, "lykta:spokenLanguages", lykta_activity_get_spoken_languages (activity), TRUE);
  put_tristate (self, "lykta:childcare", lykta_activity_get_childcare (activity));
  put_tristate (self, "lykta:children", lykta_activity_get_children (activity));
  put_levels (self, activity);
  put_tristate (self, "lykta:stepFree", lykta_activity_get_step_free (activity));
  put_texts_if_any (self, "lykta:price", lykta_activity_get_price (activity));
  if (booking != LYKTA_BOOKING_UNKNOWN)
    put_string (self, "lykta:booking", lykta_booking_to_token (booking));
  put_string (self, "lykta:bookingUrl", lykta_activity_get_booking_url (activity));
  put_tristate (self, "lykta:tia", lykta_activity_get_is_tia (activity));
  put_tristate (self, "lykta:certificate", lykta_activity_get_offers_certificate (activity));
  if (lykta_activity_is_compulsory_introduction (activity))
    put_boolean (self, "lykta:introduction", TRUE);
  if (lykta_activity_is_sample (activity))
    put_boolean (self, "lykta:sample", TRUE);
}

void
lykta_jsonld_append (GString *out, LyktaActivity *activity, LyktaJsonldWriteFlags flags)
{
  Writer self = {out, FALSE, (flags & LYKTA_JSONLD_WRITE_PUBLIC_ONLY) != 0};

  g_return_if_fail (out != NULL && LYKTA_IS_ACTIVITY (activity));
  g_string_append_c (out, '{');
  put_string (&self, "@context", CONTEXT);
  put_string (&self, "@type", "Event");
  put_integer (&self, "lykta:version", 1);
  put_string (&self, "identifier", lykta_activity_get_uid (activity));
  put_texts (&self, "name", lykta_activity_get_title (activity));
  put_texts_if_any (&self, "description", lykta_activity_get_description (activity));
  put_texts_if_any (&self, "lykta:notes", lykta_activity_get_notes (activity));
  put_dates (&self, lykta_activity_get_schedule (activity));
  put_schedule (&self, lykta_activity_get_schedule (activity));
  put_status (&self, lykta_activity_get_status (activity));
  put_attendance (&self, lykta_activity_get_attendance (activity));
  put_location (&self, lykta_activity_get_place (activity),
                lykta_activity_get_online_url (activity));
  put_organisers (&self, activity);
  put_string (&self, "url", lykta_activity_get_url (activity));
  put_facts (&self, activity);
  g_string_append (out, "}\n");
}

GBytes *
lykta_jsonld_write (GPtrArray *activities, LyktaJsonldWriteFlags flags)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (activities != NULL, NULL);
  for (guint i = 0; i < activities->len; i++)
    lykta_jsonld_append (out, g_ptr_array_index (activities, i), flags);
  return g_string_free_to_bytes (out);
}
