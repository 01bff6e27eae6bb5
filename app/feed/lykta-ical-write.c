/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "feed/lykta-ical-lines-out.h"
#include "feed/lykta-ical.h"
#include "text/lykta-language.h"

#define DAY_SECONDS 86400
/* Years for which the clocks of zones other than Stockholm are written down. */
#define ZONE_YEARS 12

/* One calendar being written. */
typedef struct {
  LyktaIcalWriter lines;
  LyktaIcalWriteFlags flags;
  gint64 now;
  /* Of the activity under way */
  LyktaActivity *activity; /* (unowned) */
  LyktaSchedule *schedule; /* (unowned) */
  LyktaZone *zone;         /* (unowned) */
} Writer;

static const char stockholm[] = "BEGIN:VTIMEZONE\r\n"
                                "TZID:Europe/Stockholm\r\n"
                                "BEGIN:DAYLIGHT\r\n"
                                "DTSTART:19810329T020000\r\n"
                                "TZOFFSETFROM:+0100\r\n"
                                "TZOFFSETTO:+0200\r\n"
                                "TZNAME:CEST\r\n"
                                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
                                "END:DAYLIGHT\r\n"
                                "BEGIN:STANDARD\r\n"
                                "DTSTART:19961027T030000\r\n"
                                "TZOFFSETFROM:+0200\r\n"
                                "TZOFFSETTO:+0100\r\n"
                                "TZNAME:CET\r\n"
                                "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
                                "END:STANDARD\r\n"
                                "END:VTIMEZONE\r\n";

static void
property (Writer *self, const char *name, const char *value)
{
  lykta_ical_writer_property (&self->lines, name, value);
}

static void
text_property (Writer *self, const char *name, const char *value)
{
  if (value == NULL)
    return;
  lykta_ical_writer_begin (&self->lines, name);
  lykta_ical_writer_text (&self->lines, value);
}

static void
number_property (Writer *self, const char *name, int value)
{
  g_autofree char *text = g_strdup_printf ("%d", value);

  if (value >= 0)
    property (self, name, text);
}

static void
stamp_property (Writer *self, const char *name, gint64 moment)
{
  g_autofree char *wall = lykta_ical_writer_wall (moment, FALSE);
  g_autofree char *text = g_strconcat (wall, "Z", NULL);

  property (self, name, text);
}

static void
moment_property (Writer *self, const char *name, gint64 moment, gboolean is_date)
{
  lykta_ical_writer_begin (&self->lines, name);
  lykta_ical_writer_moment (&self->lines, self->zone, moment, is_date);
}

/* @texts as NAME;LANGUAGE= for Swedish or the first language, X-I18N-NAME for the others: RFC 5545
 * allows SUMMARY and DESCRIPTION only once, and servers hold to that. */
static void
texts_property (Writer *self, const char *name, const char *other, LyktaTexts *texts)
{
  guint n = lykta_texts_get_n (texts), main_index = 0;

  for (guint i = 0; i < n; i++) {
    if (strcmp (lykta_texts_get_nth_language (texts, i), "sv") == 0)
      main_index = i;
  }
  for (guint k = 0; k < n; k++) {
    guint i = k == 0 ? main_index : k <= main_index ? k - 1 : k;
    lykta_ical_writer_begin (&self->lines, k == 0 ? name : other);
    lykta_ical_writer_parameter (&self->lines, "LANGUAGE",
                                 lykta_language_feed_tag (lykta_texts_get_nth_language (texts, i)));
    lykta_ical_writer_text (&self->lines, lykta_texts_get_nth_text (texts, i));
  }
}

/* As few digits as give the same number back. */
static void
append_degrees (GString *into, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.6f", value);
  if (g_ascii_strtod (text, NULL) != value)
    g_ascii_dtostr (text, sizeof text, value);
  g_string_append (into, text);
}

static void
write_position (Writer *self, LyktaPlace *place)
{
  g_autoptr (GString) value = g_string_new (NULL);

  if (!lykta_place_has_position (place))
    return;
  append_degrees (value, lykta_place_get_latitude (place));
  g_string_append_c (value, ';');
  append_degrees (value, lykta_place_get_longitude (place));
  property (self, "GEO", value->str);
}

static void
write_location (Writer *self, LyktaPlace *place)
{
  g_autofree char *line = place != NULL ? lykta_place_to_line (place) : NULL;

  text_property (self, "LOCATION", line);
}

static void
write_place (Writer *self, LyktaPlace *place)
{
  const char *name;

  if (place == NULL)
    return;
  name = lykta_place_get_name (place);
  write_position (self, place);
  lykta_ical_writer_begin (&self->lines, "X-LYKTA-PLACE");
  lykta_ical_writer_parameter (&self->lines, "STREET", lykta_place_get_street (place));
  lykta_ical_writer_parameter (&self->lines, "POSTCODE", lykta_place_get_postcode (place));
  lykta_ical_writer_parameter (&self->lines, "TOWN", lykta_place_get_town (place));
  lykta_ical_writer_parameter (&self->lines, "MUNICIPALITY",
                               lykta_place_get_municipality_code (place));
  lykta_ical_writer_parameter (&self->lines, "COUNTY", lykta_place_get_county_code (place));
  lykta_ical_writer_text (&self->lines, name != NULL ? name : "");
}

static void
contact_parameters (Writer *self, const char *prefix, LyktaContact *contact)
{
  const struct {
    const char *name;
    const char *value;
  } parts[] = {
      {"NAME", contact != NULL ? lykta_contact_get_name (contact) : NULL},
      {"PHONE", contact != NULL ? lykta_contact_get_phone (contact) : NULL},
      {"EMAIL", contact != NULL ? lykta_contact_get_email (contact) : NULL},
      {"URL", contact != NULL ? lykta_contact_get_url (contact) : NULL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *name = g_strconcat (prefix, parts[i].name, NULL);
    lykta_ical_writer_parameter (&self->lines, name, parts[i].value);
  }
}

static void
date_parameter (Writer *self, const char *name, LyktaDate date)
{
  g_autofree char *text = lykta_date_is_set (date) ? lykta_date_to_string (date) : NULL;

  lykta_ical_writer_parameter (&self->lines, name, text);
}

static void
write_our_organiser (Writer *self, const char *name, LyktaOrganiser *organiser)
{
  LyktaAgreement *agreement = lykta_organiser_get_agreement (organiser);
  LyktaOrganiserKind kind = lykta_organiser_get_kind (organiser);

  lykta_ical_writer_begin (&self->lines, name);
  if (kind != LYKTA_ORGANISER_UNKNOWN)
    lykta_ical_writer_parameter (&self->lines, "KIND", lykta_organiser_kind_to_token (kind));
  lykta_ical_writer_parameter (&self->lines, "NUMBER",
                               lykta_organiser_get_organisation_number (organiser));
  if (agreement != NULL) {
    lykta_ical_writer_parameter (&self->lines, "BASIS",
                                 lykta_basis_to_token (lykta_agreement_get_basis (agreement)));
    lykta_ical_writer_parameter (&self->lines, "REFERENCE",
                                 lykta_agreement_get_reference (agreement));
    lykta_ical_writer_parameter (&self->lines, "COUNTY",
                                 lykta_agreement_get_county_code (agreement));
    date_parameter (self, "VALID-FROM", lykta_agreement_get_valid_from (agreement));
    date_parameter (self, "VALID-TO", lykta_agreement_get_valid_to (agreement));
  }
  contact_parameters (self, "CONTACT-", lykta_organiser_get_public_contact (organiser));
  if ((self->flags & LYKTA_ICAL_WRITE_PUBLIC_ONLY) == 0)
    contact_parameters (self, "AUTHORITY-", lykta_organiser_get_authority_contact (organiser));
  lykta_ical_writer_text (&self->lines, lykta_organiser_get_name (organiser));
}

/* ORGANIZER needs an address; CONTACT says the rest to other programs. */
static void
write_standard_organiser (Writer *self, LyktaOrganiser *organiser)
{
  LyktaContact *contact = lykta_organiser_get_public_contact (organiser);
  const char *email = contact != NULL ? lykta_contact_get_email (contact) : NULL;
  g_autoptr (GString) line = g_string_new (lykta_organiser_get_name (organiser));

  if (email != NULL) {
    g_autofree char *escaped = g_uri_escape_string (email, "@+.-_", FALSE);
    g_autofree char *address = g_strconcat ("mailto:", escaped, NULL);
    lykta_ical_writer_begin (&self->lines, "ORGANIZER");
    lykta_ical_writer_parameter (&self->lines, "CN", lykta_organiser_get_name (organiser));
    lykta_ical_writer_raw (&self->lines, address);
  }
  if (contact != NULL && lykta_contact_get_name (contact) != NULL)
    g_string_append_printf (line, ", %s", lykta_contact_get_name (contact));
  if (contact != NULL && lykta_contact_get_phone (contact) != NULL)
    g_string_append_printf (line, ", %s", lykta_contact_get_phone (contact));
  text_property (self, "CONTACT", line->str);
}

static void
write_people (Writer *self)
{
  LyktaOrganiser *organiser = lykta_activity_get_organiser (self->activity);

  if (organiser != NULL) {
    write_standard_organiser (self, organiser);
    write_our_organiser (self, "X-LYKTA-ORGANISER", organiser);
  }
  for (guint i = 0; i < lykta_activity_get_n_co_organisers (self->activity); i++)
    write_our_organiser (self, "X-LYKTA-CO-ORGANISER",
                         lykta_activity_get_co_organiser (self->activity, i));
}

static void
write_categories (Writer *self)
{
  const char *const *categories = lykta_activity_get_categories (self->activity);
  g_autoptr (GString) value = g_string_new (NULL);

  if (*categories == NULL)
    return;
  for (guint i = 0; categories[i] != NULL; i++) {
    if (i > 0)
      g_string_append_c (value, ',');
    lykta_ical_writer_escape (value, categories[i]);
  }
  property (self, "CATEGORIES", value->str);
}

static void
write_purposes (Writer *self)
{
  LyktaPurposes purposes = lykta_activity_get_purposes (self->activity);
  LyktaPurposes primary = lykta_activity_get_primary_purpose (self->activity);
  g_autoptr (GString) value = g_string_new (NULL);

  for (guint bit = 0; bit < 4; bit++) {
    if ((purposes & (1u << bit)) != 0)
      g_string_append_printf (value, "%s%s", value->len > 0 ? "," : "",
                              lykta_purpose_to_token ((LyktaPurposes)(1u << bit)));
  }
  if (value->len > 0)
    property (self, "X-LYKTA-PURPOSES", value->str);
  if (primary != LYKTA_PURPOSE_NONE)
    property (self, "X-LYKTA-PRIMARY-PURPOSE", lykta_purpose_to_token (primary));
}

static void
write_levels (Writer *self)
{
  LyktaLevels levels = lykta_activity_get_levels (self->activity);
  g_autoptr (GString) value = g_string_new (NULL);

  for (guint bit = LYKTA_LEVEL_A1; bit <= LYKTA_LEVEL_B1; bit <<= 1)
    if ((levels & bit) != 0)
      g_string_append_printf (value, "%s%s", value->len > 0 ? "," : "",
                              lykta_level_to_token ((LyktaLevels)bit));
  if (value->len > 0)
    property (self, "X-LYKTA-LEVELS", value->str);
}

static void
tristate_property (Writer *self, const char *name, LyktaTristate value)
{
  if (value != LYKTA_TRISTATE_UNKNOWN)
    property (self, name, lykta_tristate_to_token (value));
}

static void
write_ages (Writer *self)
{
  int from = lykta_activity_get_age_from (self->activity),
      to = lykta_activity_get_age_to (self->activity);
  g_autoptr (GString) value = g_string_new (NULL);

  if (from < 0 && to < 0)
    return;
  if (from >= 0)
    g_string_append_printf (value, "%d", from);
  g_string_append_c (value, '-');
  if (to >= 0)
    g_string_append_printf (value, "%d", to);
  property (self, "X-LYKTA-AGES", value->str);
}

static void
write_booking (Writer *self)
{
  LyktaBooking booking = lykta_activity_get_booking (self->activity);
  const char *url = lykta_activity_get_booking_url (self->activity);

  if (booking == LYKTA_BOOKING_UNKNOWN && url == NULL)
    return;
  lykta_ical_writer_begin (&self->lines, "X-LYKTA-BOOKING");
  lykta_ical_writer_parameter (&self->lines, "URL", url);
  lykta_ical_writer_raw (&self->lines, lykta_booking_to_token (booking));
}

static void
write_spoken (Writer *self)
{
  const char *const *tags = lykta_activity_get_spoken_languages (self->activity);
  g_autoptr (GString) value = g_string_new (NULL);

  for (guint i = 0; tags[i] != NULL; i++)
    g_string_append_printf (value, "%s%s", i > 0 ? "," : "", lykta_language_feed_tag (tags[i]));
  if (value->len > 0)
    property (self, "X-LYKTA-SPOKEN", value->str);
}

static void
write_facts (Writer *self)
{
  LyktaActivity *activity = self->activity;
  LyktaTexts *price = lykta_activity_get_price (activity);

  write_categories (self);
  write_purposes (self);
  write_ages (self);
  write_booking (self);
  write_spoken (self);
  write_levels (self);
  if (lykta_activity_get_audience (activity) != LYKTA_AUDIENCE_UNKNOWN)
    property (self, "X-LYKTA-AUDIENCE",
              lykta_audience_to_token (lykta_activity_get_audience (activity)));
  if (lykta_activity_get_attendance (activity) != LYKTA_ATTENDANCE_UNKNOWN)
    property (self, "X-LYKTA-ATTENDANCE",
              lykta_attendance_to_token (lykta_activity_get_attendance (activity)));
  tristate_property (self, "X-LYKTA-CHILDCARE", lykta_activity_get_childcare (activity));
  tristate_property (self, "X-LYKTA-CHILDREN", lykta_activity_get_children (activity));
  tristate_property (self, "X-LYKTA-STEP-FREE", lykta_activity_get_step_free (activity));
  tristate_property (self, "X-LYKTA-FREE", lykta_activity_get_is_free (activity));
  texts_property (self, "X-LYKTA-PRICE", "X-LYKTA-PRICE", price);
  number_property (self, "X-LYKTA-CAPACITY", lykta_activity_get_capacity (activity));
  tristate_property (self, "X-LYKTA-TIA", lykta_activity_get_is_tia (activity));
  tristate_property (self, "X-LYKTA-CERTIFICATE", lykta_activity_get_offers_certificate (activity));
  if (lykta_activity_is_compulsory_introduction (activity))
    property (self, "X-LYKTA-INTRODUCTION", "yes");
  if (lykta_activity_is_sample (activity))
    property (self, "X-LYKTA-SAMPLE", "yes");
}

static void
write_status (Writer *self, LyktaStatus status)
{
  property (self, "STATUS",
            status == LYKTA_STATUS_CANCELLED   ? "CANCELLED"
            : status == LYKTA_STATUS_TENTATIVE ? "TENTATIVE"
                                               : "CONFIRMED");
  property (self, "X-LYKTA-STATUS", lykta_status_to_token (status));
}

static void
write_stamps (Writer *self)
{
  gint64 modified = lykta_activity_get_last_modified (self->activity);

  text_property (self, "UID", lykta_activity_get_uid (self->activity));
  stamp_property (self, "DTSTAMP", modified != 0 ? modified : self->now);
  if (modified != 0)
    stamp_property (self, "LAST-MODIFIED", modified);
}

/* Start or end of the series, as wall-clock time: exact whatever the clocks do that day. */
static void
wall_property (Writer *self, const char *name, gint64 wall)
{
  gboolean is_date = lykta_schedule_is_all_day (self->schedule);
  gboolean is_utc = g_str_equal (lykta_zone_get_id (self->zone), "UTC");
  g_autofree char *text = lykta_ical_writer_wall (wall, is_date);
  g_autofree char *value = g_strconcat (text, is_utc && !is_date ? "Z" : "", NULL);

  lykta_ical_writer_begin (&self->lines, name);
  if (is_date)
    lykta_ical_writer_parameter (&self->lines, "VALUE", "DATE");
  else if (!is_utc)
    lykta_ical_writer_parameter (&self->lines, "TZID", lykta_zone_get_id (self->zone));
  lykta_ical_writer_raw (&self->lines, value);
}

static void
moments_property (Writer *self, const char *name, const gint64 *moments, guint n)
{
  for (guint i = 0; i < n; i++)
    moment_property (self, name, moments[i], lykta_schedule_is_all_day (self->schedule));
}

static void
write_schedule (Writer *self)
{
  LyktaSchedule *schedule = self->schedule;
  int hour, minute, second;
  gint64 start, duration = lykta_schedule_get_duration (schedule);
  const gint64 *moments;
  guint n;

  lykta_schedule_get_time (schedule, &hour, &minute, &second);
  start = lykta_wall_from_date (lykta_schedule_get_date (schedule), hour, minute, second);
  wall_property (self, "DTSTART", start);
  if (duration > 0)
    wall_property (self, "DTEND", start + duration);
  for (guint i = 0; i < lykta_schedule_get_n_rules (schedule); i++)
    property (self, "RRULE", lykta_schedule_get_rule (schedule, i));
  moments = lykta_schedule_get_dates (schedule, &n);
  moments_property (self, "RDATE", moments, n);
  moments = lykta_schedule_get_exceptions (schedule, &n);
  moments_property (self, "EXDATE", moments, n);
}

/* A time in the second of two equal hours has no local name; then both ends are in UTC. */
static void
write_override_times (Writer *self, const LyktaOverride *override, gboolean is_date)
{
  gboolean is_local = lykta_ical_writer_is_local (self->zone, override->start, FALSE) &&
                      lykta_ical_writer_is_local (self->zone, override->end, FALSE);

  if (is_local)
    moment_property (self, "DTSTART", override->start, is_date);
  else
    stamp_property (self, "DTSTART", override->start);
  if (override->end <= override->start)
    return;
  if (is_local)
    moment_property (self, "DTEND", override->end, is_date);
  else
    stamp_property (self, "DTEND", override->end);
}

/* What a date has of its own is marked in X-LYKTA-OWN; the rest is there for other programs, which
 * take a changed date for a whole event. */
static void
write_override (Writer *self, const LyktaOverride *override)
{
  LyktaActivity *activity = self->activity;
  gboolean is_date = lykta_schedule_is_all_day (self->schedule) &&
                     override->end > override->start &&
                     lykta_ical_writer_is_local (self->zone, override->start, TRUE) &&
                     lykta_ical_writer_is_local (self->zone, override->end, TRUE);
  const char *url = override->online_url != NULL ? override->online_url
                                                 : lykta_activity_get_online_url (activity);
  g_autoptr (GString) own = g_string_new (NULL);

  property (self, "BEGIN", "VEVENT");
  write_stamps (self);
  moment_property (self, "RECURRENCE-ID", override->original_start,
                   lykta_schedule_is_all_day (self->schedule));
  write_override_times (self, override, is_date);
  texts_property (self, "SUMMARY", "X-I18N-SUMMARY",
                  override->title != NULL ? override->title : lykta_activity_get_title (activity));
  texts_property (self, "DESCRIPTION", "X-I18N-DESCRIPTION",
                  override->description != NULL ? override->description
                                                : lykta_activity_get_description (activity));
  write_location (self,
                  override->place != NULL ? override->place : lykta_activity_get_place (activity));
  write_place (self, override->place);
  if (url != NULL) {
    lykta_ical_writer_begin (&self->lines, "CONFERENCE");
    lykta_ical_writer_parameter (&self->lines, "VALUE", "URI");
    lykta_ical_writer_raw (&self->lines, url);
  }
  write_status (self, override->status);
  if (override->audience != LYKTA_AUDIENCE_UNKNOWN)
    property (self, "X-LYKTA-AUDIENCE", lykta_audience_to_token (override->audience));
  if (override->attendance != LYKTA_ATTENDANCE_UNKNOWN)
    property (self, "X-LYKTA-ATTENDANCE", lykta_attendance_to_token (override->attendance));
  g_string_append_printf (own, "dates%s%s%s%s", override->title != NULL ? ",title" : "",
                          override->description != NULL ? ",description" : "",
                          override->place != NULL ? ",place" : "",
                          override->online_url != NULL ? ",online" : "");
  property (self, "X-LYKTA-OWN", own->str);
  property (self, "X-LYKTA-VERSION", "1");
  property (self, "END", "VEVENT");
}

static void
write_activity (Writer *self)
{
  LyktaActivity *activity = self->activity;
  const char *url = lykta_activity_get_online_url (activity);

  property (self, "BEGIN", "VEVENT");
  write_stamps (self);
  write_schedule (self);
  texts_property (self, "SUMMARY", "X-I18N-SUMMARY", lykta_activity_get_title (activity));
  texts_property (self, "DESCRIPTION", "X-I18N-DESCRIPTION",
                  lykta_activity_get_description (activity));
  texts_property (self, "COMMENT", "COMMENT", lykta_activity_get_notes (activity));
  write_location (self, lykta_activity_get_place (activity));
  write_place (self, lykta_activity_get_place (activity));
  write_people (self);
  property (self, "URL", lykta_activity_get_url (activity));
  if (url != NULL) {
    lykta_ical_writer_begin (&self->lines, "CONFERENCE");
    lykta_ical_writer_parameter (&self->lines, "VALUE", "URI");
    lykta_ical_writer_raw (&self->lines, url);
  }
  write_status (self, lykta_activity_get_status (activity));
  write_facts (self);
  property (self, "X-LYKTA-VERSION", "1");
  property (self, "END", "VEVENT");
  for (guint i = 0; i < lykta_schedule_get_n_overrides (self->schedule); i++)
    write_override (self, lykta_schedule_get_override (self->schedule, i));
}

static void
append_offset (GString *out, const char *name, int offset)
{
  int minutes = ABS (offset) / 60;

  g_string_append_printf (out, "%s:%c%02d%02d\r\n", name, offset < 0 ? '-' : '+', minutes / 60,
                          minutes % 60);
}

static void
append_observance (GString *out, gint64 wall, int from, int to)
{
  g_autofree char *start = lykta_ical_writer_wall (wall, FALSE);
  const char *kind = to > from ? "DAYLIGHT" : "STANDARD";

  g_string_append_printf (out, "BEGIN:%s\r\nDTSTART:%s\r\n", kind, start);
  append_offset (out, "TZOFFSETFROM", from);
  append_offset (out, "TZOFFSETTO", to);
  g_string_append_printf (out, "END:%s\r\n", kind);
}

/* A VTIMEZONE that lists each change of the clocks for some years from @year on. */
static void
append_zone (GString *out, LyktaZone *zone, int year)
{
  gint64 at = lykta_wall_from_date ((LyktaDate){(gint16)year, 1, 1}, 0, 0, 0);
  gint64 end = at + (gint64)ZONE_YEARS * 366 * DAY_SECONDS;
  int offset = lykta_zone_get_offset (zone, at);

  g_string_append_printf (out, "BEGIN:VTIMEZONE\r\nTZID:%s\r\n", lykta_zone_get_id (zone));
  append_observance (out, lykta_wall_from_date ((LyktaDate){(gint16)(year - 1), 1, 1}, 0, 0, 0),
                     offset, offset);
  for (; at < end; at += DAY_SECONDS) {
    int next = lykta_zone_get_offset (zone, at + DAY_SECONDS);
    gint64 low = at, high = at + DAY_SECONDS;
    if (next == offset)
      continue;
    while (high - low > 1) {
      gint64 middle = low + (high - low) / 2;
      if (lykta_zone_get_offset (zone, middle) == offset)
        low = middle;
      else
        high = middle;
    }
    append_observance (out, high + offset, offset, next);
    offset = next;
  }
  g_string_append (out, "END:VTIMEZONE\r\n");
}

static void
write_zones (Writer *self, GPtrArray *activities, GHashTable *zones)
{
  g_string_append (self->lines.out, stockholm);
  for (guint i = 0; i < activities->len; i++) {
    LyktaSchedule *schedule = lykta_activity_get_schedule (g_ptr_array_index (activities, i));
    const char *id = lykta_schedule_get_zone_id (schedule);
    LyktaZone *zone;
    if (g_hash_table_contains (zones, id))
      continue;
    zone = lykta_zone_new (id);
    if (zone == NULL)
      zone = lykta_zone_new (NULL);
    g_hash_table_insert (zones, g_strdup (id), zone);
    if (!g_str_equal (lykta_zone_get_id (zone), "UTC") &&
        !g_str_equal (lykta_zone_get_id (zone), "Europe/Stockholm"))
      append_zone (self->lines.out, zone, lykta_schedule_get_date (schedule).year);
  }
}

GBytes *
lykta_ical_write (GPtrArray *activities, const char *name, LyktaIcalWriteFlags flags, gint64 now)
{
  Writer self = {.flags = flags, .now = now};
  GString *out;
  g_autoptr (GHashTable) zones = NULL;

  g_return_val_if_fail (activities != NULL, NULL);
  out = g_string_sized_new (2048 * (gsize)(activities->len + 1));
  zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)lykta_zone_unref);
  lykta_ical_writer_init (&self.lines, out);
  property (&self, "BEGIN", "VCALENDAR");
  property (&self, "VERSION", "2.0");
  property (&self, "PRODID", "-//lykta.se//Lykta " LYKTA_VERSION "//SV");
  property (&self, "CALSCALE", "GREGORIAN");
  property (&self, "METHOD", "PUBLISH");
  text_property (&self, "NAME", name);
  text_property (&self, "X-WR-CALNAME", name);
  write_zones (&self, activities, zones);
  for (guint i = 0; i < activities->len; i++) {
    self.activity = g_ptr_array_index (activities, i);
    self.schedule = lykta_activity_get_schedule (self.activity);
    self.zone = g_hash_table_lookup (zones, lykta_schedule_get_zone_id (self.schedule));
    write_activity (&self);
  }
  property (&self, "END", "VCALENDAR");
  lykta_ical_writer_clear (&self.lines);
  return g_string_free_to_bytes (out);
}
