/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/lykta-limits.h"
#include "feed/lykta-jsonld-event.h"
#include "feed/lykta-recurrence.h"

/* Ten years, in seconds. */
#define MAX_DURATION ((gint64)3660 * 86400)

static gint64
integer_of (JsonObject *object, const char *name, gint64 otherwise)
{
  JsonNode *node = lykta_jsonld_get (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_INT64
             ? json_node_get_int (node)
             : otherwise;
}

static void
add_moments (LyktaJsonldEvent *self,
             JsonNode *node,
             LyktaScheduleBuilder *builder,
             void (*add) (LyktaScheduleBuilder *, gint64))
{
  guint n = MIN (lykta_jsonld_count (node), LYKTA_LIMIT_DATES);

  for (guint i = 0; i < n; i++) {
    LyktaIsoTime time;

    if (lykta_jsonld_time (self, lykta_jsonld_nth (node, i), &time))
      add (builder, time.wall - time.offset);
  }
}

static void
add_change (LyktaJsonldEvent *self,
            const char *original,
            JsonObject *change,
            LyktaScheduleBuilder *builder)
{
  const char *audience = lykta_jsonld_get_string (change, "lykta:audience");
  g_autoptr (LyktaTexts) title =
      lykta_jsonld_texts (self, lykta_jsonld_get (change, "name"), LYKTA_LIMIT_TITLE_CHARS);
  g_autoptr (LyktaTexts) description =
      lykta_jsonld_texts (self, lykta_jsonld_get (change, "description"), LYKTA_LIMIT_TEXT_CHARS);
  g_autoptr (LyktaPlace) place = lykta_jsonld_read_place (self, change);
  g_autofree char *url = lykta_jsonld_read_online_url (self, change);
  LyktaIsoTime time;
  LyktaOverride override = {
      .start = lykta_jsonld_moment (self, lykta_jsonld_get (change, "startDate"), NULL),
      .end = lykta_jsonld_moment (self, lykta_jsonld_get (change, "endDate"), NULL),
      .status = lykta_jsonld_read_status (self, change),
      .audience = audience != NULL ? lykta_audience_from_token (audience) : LYKTA_AUDIENCE_UNKNOWN,
      .attendance = lykta_jsonld_read_attendance (self, change),
      .title =
          lykta_texts_get_n (title) > 0 || lykta_jsonld_get (change, "name") != NULL ? title : NULL,
      .description =
          lykta_texts_get_n (description) > 0 || lykta_jsonld_get (change, "description") != NULL
              ? description
              : NULL,
      .place = place,
      .online_url = url,
  };

  if (!lykta_iso_time_parse (original, &time))
    return;
  override.original_start = time.wall - time.offset;
  lykta_schedule_builder_add_override (builder, &override);
}

static void
add_changes (LyktaJsonldEvent *self, JsonNode *node, LyktaScheduleBuilder *builder)
{
  JsonObjectIter iter;
  const char *original;
  JsonNode *value;
  guint n = 0;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &original, &value) && n++ < LYKTA_LIMIT_DATES)
    if (JSON_NODE_HOLDS_OBJECT (value))
      add_change (self, original, json_node_get_object (value), builder);
}

LyktaSchedule *
lykta_jsonld_read_own_schedule (LyktaJsonldEvent *self, JsonObject *schedule)
{
  const char *start = lykta_jsonld_get_string (schedule, "start");
  const char *zone_id = lykta_jsonld_get_string (schedule, "zone");
  g_autoptr (LyktaZone) zone = lykta_zone_new (zone_id);
  JsonNode *rules = lykta_jsonld_get (schedule, "rules");
  LyktaScheduleBuilder *builder;
  LyktaIsoTime time;
  int hour, minute, second;
  LyktaDate date;

  if (start == NULL || !lykta_iso_time_parse (start, &time))
    return NULL;
  if (zone == NULL)
    lykta_jsonld_warn (self, "unknown-zone", "The zone is not known; Europe/Stockholm was taken.");
  date = lykta_wall_to_date (time.wall, &hour, &minute, &second);
  builder = lykta_schedule_builder_new (
      zone != NULL ? zone_id : NULL, date, hour, minute, second, time.is_date,
      CLAMP (integer_of (schedule, "duration", 0), 0, MAX_DURATION));
  for (guint i = 0; i < MIN (lykta_jsonld_count (rules), LYKTA_LIMIT_RULES); i++) {
    const char *rule = lykta_jsonld_string (lykta_jsonld_nth (rules, i));

    LyktaRule parsed;

    if (rule != NULL && lykta_rule_parse (rule, &parsed, NULL))
      lykta_schedule_builder_add_rule (builder, rule);
    else
      lykta_jsonld_warn (self, "bad-rule", "A rule of the schedule cannot be followed.");
  }
  add_moments (self, lykta_jsonld_get (schedule, "dates"), builder,
               lykta_schedule_builder_add_date);
  add_moments (self, lykta_jsonld_get (schedule, "exceptions"), builder,
               lykta_schedule_builder_add_exception);
  add_changes (self, lykta_jsonld_get (schedule, "changes"), builder);
  return lykta_schedule_builder_end (builder);
}

static LyktaContact *
own_contact (LyktaJsonldEvent *self, JsonObject *object, const char *name)
{
  JsonObject *contact = lykta_jsonld_object (self, lykta_jsonld_get (object, name));
  g_autofree char *who = contact != NULL ? lykta_jsonld_get_line (contact, "name") : NULL;
  g_autofree char *phone = contact != NULL ? lykta_jsonld_get_line (contact, "telephone") : NULL;
  g_autofree char *email = contact != NULL ? lykta_jsonld_get_line (contact, "email") : NULL;
  g_autofree char *url = contact != NULL ? lykta_jsonld_get_line (contact, "url") : NULL;

  return contact != NULL ? lykta_contact_new (who, phone, email, url) : NULL;
}

static LyktaDate
date_of (JsonObject *object, const char *name)
{
  const char *text = lykta_jsonld_get_string (object, name);
  LyktaDate date = {0};

  if (text != NULL)
    lykta_date_parse (text, &date);
  return date;
}

static LyktaAgreement *
own_agreement (LyktaJsonldEvent *self, JsonObject *object)
{
  JsonObject *agreement = lykta_jsonld_object (self, lykta_jsonld_get (object, "lykta:agreement"));
  const char *basis = agreement != NULL ? lykta_jsonld_get_string (agreement, "basis") : NULL;
  g_autofree char *reference =
      agreement != NULL ? lykta_jsonld_get_line (agreement, "reference") : NULL;
  g_autofree char *county = agreement != NULL ? lykta_jsonld_get_line (agreement, "county") : NULL;

  if (agreement == NULL)
    return NULL;
  return lykta_agreement_new (basis != NULL ? lykta_basis_from_token (basis) : LYKTA_BASIS_UNKNOWN,
                              reference, county, date_of (agreement, "validFrom"),
                              date_of (agreement, "validThrough"));
}

LyktaOrganiser *
lykta_jsonld_read_own_organiser (LyktaJsonldEvent *self, JsonObject *object)
{
  g_autofree char *name = lykta_jsonld_get_line (object, "name");
  g_autofree char *number = lykta_jsonld_get_line (object, "taxID");
  const char *kind = lykta_jsonld_get_string (object, "lykta:kind");
  g_autoptr (LyktaAgreement) agreement = own_agreement (self, object);
  g_autoptr (LyktaContact) contact = own_contact (self, object, "contactPoint");
  g_autoptr (LyktaContact) authority = own_contact (self, object, "lykta:authorityContact");

  if (name == NULL)
    return NULL;
  return lykta_organiser_new (
      name, kind != NULL ? lykta_organiser_kind_from_token (kind) : LYKTA_ORGANISER_UNKNOWN, number,
      agreement, contact, authority);
}
