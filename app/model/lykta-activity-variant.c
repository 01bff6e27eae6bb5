/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-activity-private.h"

#include <math.h>

/* An activity as a dictionary of type a{sv}. Keys are short because they stand in every row of the
 * store; what is not known is left out, so equal activities give equal bytes and a new field costs
 * nothing to those who do not have it. Values keep their type for good: a changed meaning gets a
 * new key. Enumerations are stored as tokens of lykta-enums.h. */

static void
put (GVariantBuilder *builder, const char *key, GVariant *value)
{
  g_variant_builder_add_value (builder, g_variant_new_dict_entry (g_variant_new_string (key),
                                                                  g_variant_new_variant (value)));
}

static void
put_string (GVariantBuilder *builder, const char *key, const char *text)
{
  if (text != NULL)
    put (builder, key, g_variant_new_string (text));
}

/* @token is NULL or the zero word of its enumeration when there is nothing to say. */
static void
put_token (GVariantBuilder *builder, const char *key, int value, const char *token)
{
  if (value != 0)
    put_string (builder, key, token);
}

static void
put_date (GVariantBuilder *builder, const char *key, LyktaDate date)
{
  if (lykta_date_is_set (date))
    put (builder, key, g_variant_new_int32 (lykta_date_to_day_number (date)));
}

static GVariant *
texts_to_variant (LyktaTexts *texts)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; i < lykta_texts_get_n (texts); i++)
    g_variant_builder_add_value (
        &builder,
        g_variant_new_dict_entry (g_variant_new_string (lykta_texts_get_nth_language (texts, i)),
                                  g_variant_new_string (lykta_texts_get_nth_text (texts, i))));
  return g_variant_builder_end (&builder);
}

static void
put_texts (GVariantBuilder *builder, const char *key, LyktaTexts *texts)
{
  if (texts != NULL && lykta_texts_get_n (texts) > 0)
    put (builder, key, texts_to_variant (texts));
}

static void
put_contact (GVariantBuilder *builder, const char *key, LyktaContact *contact)
{
  if (contact == NULL || lykta_contact_is_empty (contact))
    return;
  GVariantBuilder inner;
  g_variant_builder_init (&inner, G_VARIANT_TYPE_VARDICT);
  put_string (&inner, "name", lykta_contact_get_name (contact));
  put_string (&inner, "tel", lykta_contact_get_phone (contact));
  put_string (&inner, "mail", lykta_contact_get_email (contact));
  put_string (&inner, "url", lykta_contact_get_url (contact));
  put (builder, key, g_variant_builder_end (&inner));
}

static void
put_agreement (GVariantBuilder *builder, const char *key, LyktaAgreement *agreement)
{
  if (agreement == NULL)
    return;
  GVariantBuilder inner;
  g_variant_builder_init (&inner, G_VARIANT_TYPE_VARDICT);
  const LyktaBasis basis = lykta_agreement_get_basis (agreement);
  put_token (&inner, "basis", basis, lykta_basis_to_token (basis));
  put_string (&inner, "ref", lykta_agreement_get_reference (agreement));
  put_string (&inner, "county", lykta_agreement_get_county_code (agreement));
  put_date (&inner, "from", lykta_agreement_get_valid_from (agreement));
  put_date (&inner, "to", lykta_agreement_get_valid_to (agreement));
  put (builder, key, g_variant_builder_end (&inner));
}

static GVariant *
organiser_to_variant (LyktaOrganiser *organiser)
{
  GVariantBuilder builder;
  const LyktaOrganiserKind kind = lykta_organiser_get_kind (organiser);

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  put_string (&builder, "name", lykta_organiser_get_name (organiser));
  put_token (&builder, "kind", kind, lykta_organiser_kind_to_token (kind));
  put_string (&builder, "orgnr", lykta_organiser_get_organisation_number (organiser));
  put_agreement (&builder, "agreement", lykta_organiser_get_agreement (organiser));
  put_contact (&builder, "contact", lykta_organiser_get_public_contact (organiser));
  put_contact (&builder, "authority", lykta_organiser_get_authority_contact (organiser));
  return g_variant_builder_end (&builder);
}

static GVariant *
place_to_variant (LyktaPlace *place)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  put_string (&builder, "name", lykta_place_get_name (place));
  put_string (&builder, "street", lykta_place_get_street (place));
  put_string (&builder, "postcode", lykta_place_get_postcode (place));
  put_string (&builder, "town", lykta_place_get_town (place));
  put_string (&builder, "municipality", lykta_place_get_municipality_code (place));
  put_string (&builder, "county", lykta_place_get_county_code (place));
  if (lykta_place_has_position (place))
    put (&builder, "geo",
         g_variant_new ("(dd)", lykta_place_get_latitude (place),
                        lykta_place_get_longitude (place)));
  return g_variant_builder_end (&builder);
}

static GVariant *
moments_to_variant (const gint64 *moments, guint n)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, moments, n, sizeof (gint64));
}

static GVariant *
override_to_variant (const LyktaOverride *override)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  put (&builder, "id", g_variant_new_int64 (override->original_start));
  put (&builder, "start", g_variant_new_int64 (override->start));
  put (&builder, "end", g_variant_new_int64 (override->end));
  put_token (&builder, "status", override->status, lykta_status_to_token (override->status));
  put_token (&builder, "audience", override->audience,
             lykta_audience_to_token (override->audience));
  put_token (&builder, "attendance", override->attendance,
             lykta_attendance_to_token (override->attendance));
  put_texts (&builder, "title", override->title);
  put_texts (&builder, "description", override->description);
  if (override->place != NULL)
    put (&builder, "place", place_to_variant (override->place));
  put_string (&builder, "online", override->online_url);
  return g_variant_builder_end (&builder);
}

static GVariant *
schedule_to_variant (LyktaSchedule *schedule)
{
  GVariantBuilder builder;
  int hour, minute, second;
  guint n;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  lykta_schedule_get_time (schedule, &hour, &minute, &second);
  put_string (&builder, "zone", lykta_schedule_get_zone_id (schedule));
  put_date (&builder, "date", lykta_schedule_get_date (schedule));
  if (lykta_schedule_is_all_day (schedule))
    put (&builder, "all-day", g_variant_new_boolean (TRUE));
  else
    put (&builder, "time", g_variant_new_int32 (hour * 3600 + minute * 60 + second));
  put (&builder, "duration", g_variant_new_int64 (lykta_schedule_get_duration (schedule)));
  if (lykta_schedule_get_n_rules (schedule) > 0) {
    GVariantBuilder rules;
    g_variant_builder_init (&rules, G_VARIANT_TYPE ("as"));
    for (guint i = 0; i < lykta_schedule_get_n_rules (schedule); i++)
      g_variant_builder_add (&rules, "s", lykta_schedule_get_rule (schedule, i));
    put (&builder, "rules", g_variant_builder_end (&rules));
  }
  const gint64 *dates = lykta_schedule_get_dates (schedule, &n);
  if (n > 0)
    put (&builder, "dates", moments_to_variant (dates, n));
  const gint64 *exceptions = lykta_schedule_get_exceptions (schedule, &n);
  if (n > 0)
    put (&builder, "exceptions", moments_to_variant (exceptions, n));
  if (lykta_schedule_get_n_overrides (schedule) > 0) {
    GVariantBuilder overrides;
    g_variant_builder_init (&overrides, G_VARIANT_TYPE ("aa{sv}"));
    for (guint i = 0; i < lykta_schedule_get_n_overrides (schedule); i++)
      g_variant_builder_add_value (&overrides,
                                   override_to_variant (lykta_schedule_get_override (schedule, i)));
    put (&builder, "overrides", g_variant_builder_end (&overrides));
  }
  return g_variant_builder_end (&builder);
}

static void
put_organisers (GVariantBuilder *builder, const LyktaActivityData *data)
{
  if (data->organiser != NULL)
    put (builder, "organiser", organiser_to_variant (data->organiser));
  if (data->co_organisers->len == 0)
    return;
  GVariantBuilder others;
  g_variant_builder_init (&others, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < data->co_organisers->len; i++)
    g_variant_builder_add_value (&others, organiser_to_variant (data->co_organisers->pdata[i]));
  put (builder, "co-organisers", g_variant_builder_end (&others));
}

static void
put_strings (GVariantBuilder *builder, const char *key, GPtrArray *strings)
{
  if (strings->len > 0)
    put (builder, key, g_variant_new_strv ((const char *const *)strings->pdata, strings->len));
}

static void
put_terms (GVariantBuilder *builder, const LyktaActivityData *data)
{
  if (data->age_from >= 0 || data->age_to >= 0)
    put (builder, "ages", g_variant_new ("(ii)", data->age_from, data->age_to));
  put_token (builder, "audience", data->audience, lykta_audience_to_token (data->audience));
  put_strings (builder, "spoken", data->spoken_languages);
  put_token (builder, "childcare", data->childcare, lykta_tristate_to_token (data->childcare));
  put_token (builder, "children", data->children, lykta_tristate_to_token (data->children));
  if (data->levels != LYKTA_LEVEL_NONE)
    put (builder, "levels", g_variant_new_uint32 (data->levels));
  put_token (builder, "step-free", data->step_free, lykta_tristate_to_token (data->step_free));
  put_token (builder, "free", data->is_free, lykta_tristate_to_token (data->is_free));
  put_texts (builder, "price", data->price);
  put_token (builder, "booking", data->booking, lykta_booking_to_token (data->booking));
  put_string (builder, "booking-url", data->booking_url);
  if (data->capacity >= 0)
    put (builder, "capacity", g_variant_new_int32 (data->capacity));
  put_token (builder, "tia", data->is_tia, lykta_tristate_to_token (data->is_tia));
  put_token (builder, "certificate", data->offers_certificate,
             lykta_tristate_to_token (data->offers_certificate));
  if (data->is_compulsory_introduction)
    put (builder, "introduction", g_variant_new_boolean (TRUE));
}

GVariant *
lykta_activity_to_variant (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), NULL);

  const LyktaActivityData *data = lykta_activity_get_data (self);
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  put_string (&builder, "uid", data->uid);
  put_texts (&builder, "title", data->title);
  put_texts (&builder, "description", data->description);
  put_texts (&builder, "notes", data->notes);
  put (&builder, "purposes", g_variant_new ("(uu)", data->purposes, data->primary_purpose));
  put_strings (&builder, "categories", data->categories);
  put_organisers (&builder, data);
  if (data->place != NULL)
    put (&builder, "place", place_to_variant (data->place));
  put_string (&builder, "online", data->online_url);
  put_string (&builder, "url", data->url);
  put_token (&builder, "attendance", data->attendance,
             lykta_attendance_to_token (data->attendance));
  put (&builder, "schedule", schedule_to_variant (data->schedule));
  put_token (&builder, "status", data->status, lykta_status_to_token (data->status));
  put_terms (&builder, data);
  if (data->last_modified != 0)
    put (&builder, "modified", g_variant_new_int64 (data->last_modified));
  if (data->is_sample)
    put (&builder, "sample", g_variant_new_boolean (TRUE));
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static char *
get_string (GVariant *dictionary, const char *key)
{
  char *text = NULL;

  g_variant_lookup (dictionary, key, "s", &text);
  return text;
}

/* Tokens are read through the table of their enumeration; a missing one is its zero value. */
#define GET_TOKEN(dictionary, key, from_token)         \
  ({                                                   \
    const char *token_ = NULL;                         \
    g_variant_lookup (dictionary, key, "&s", &token_); \
    from_token (token_);                               \
  })

static gboolean
get_boolean (GVariant *dictionary, const char *key)
{
  gboolean value = FALSE;

  g_variant_lookup (dictionary, key, "b", &value);
  return value;
}

static LyktaDate
get_date (GVariant *dictionary, const char *key)
{
  gint32 day_number;

  if (!g_variant_lookup (dictionary, key, "i", &day_number))
    return (LyktaDate){0};
  return lykta_date_from_day_number (day_number);
}

/* NULL when the key is missing. */
static LyktaTexts *
get_texts (GVariant *dictionary, const char *key)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (dictionary, key, G_VARIANT_TYPE ("a{ss}"));
  if (value == NULL)
    return NULL;
  LyktaTexts *texts = lykta_texts_new_empty ();
  GVariantIter iter;
  const char *language;
  const char *text;
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "{&s&s}", &language, &text)) {
    LyktaTexts *more = lykta_texts_with (texts, language, text);
    lykta_texts_unref (texts);
    texts = more;
  }
  return texts;
}

static LyktaContact *
get_contact (GVariant *dictionary, const char *key)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (dictionary, key, G_VARIANT_TYPE_VARDICT);
  if (value == NULL)
    return NULL;
  g_autofree char *name = get_string (value, "name");
  g_autofree char *phone = get_string (value, "tel");
  g_autofree char *email = get_string (value, "mail");
  g_autofree char *url = get_string (value, "url");
  return lykta_contact_new (name, phone, email, url);
}

static LyktaAgreement *
get_agreement (GVariant *dictionary, const char *key)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (dictionary, key, G_VARIANT_TYPE_VARDICT);
  if (value == NULL)
    return NULL;
  g_autofree char *reference = get_string (value, "ref");
  g_autofree char *county = get_string (value, "county");
  return lykta_agreement_new (GET_TOKEN (value, "basis", lykta_basis_from_token), reference, county,
                              get_date (value, "from"), get_date (value, "to"));
}

static LyktaOrganiser *
organiser_from_variant (GVariant *variant)
{
  g_autofree char *name = get_string (variant, "name");
  if (name == NULL)
    return NULL;
  g_autofree char *number = get_string (variant, "orgnr");
  g_autoptr (LyktaAgreement) agreement = get_agreement (variant, "agreement");
  g_autoptr (LyktaContact) contact = get_contact (variant, "contact");
  g_autoptr (LyktaContact) authority = get_contact (variant, "authority");
  return lykta_organiser_new (name, GET_TOKEN (variant, "kind", lykta_organiser_kind_from_token),
                              number, agreement, contact, authority);
}

static LyktaPlace *
get_place (GVariant *dictionary, const char *key)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (dictionary, key, G_VARIANT_TYPE_VARDICT);
  if (value == NULL)
    return NULL;
  g_autofree char *name = get_string (value, "name");
  g_autofree char *street = get_string (value, "street");
  g_autofree char *postcode = get_string (value, "postcode");
  g_autofree char *town = get_string (value, "town");
  g_autofree char *municipality = get_string (value, "municipality");
  g_autofree char *county = get_string (value, "county");
  double latitude = NAN;
  double longitude = NAN;
  g_variant_lookup (value, "geo", "(dd)", &latitude, &longitude);
  return lykta_place_new (name, street, postcode, town, municipality, county, latitude, longitude);
}

static void
add_override (LyktaScheduleBuilder *builder, GVariant *value)
{
  LyktaOverride override = {0};

  g_variant_lookup (value, "id", "x", &override.original_start);
  g_variant_lookup (value, "start", "x", &override.start);
  g_variant_lookup (value, "end", "x", &override.end);
  override.status = GET_TOKEN (value, "status", lykta_status_from_token);
  override.audience = GET_TOKEN (value, "audience", lykta_audience_from_token);
  override.attendance = GET_TOKEN (value, "attendance", lykta_attendance_from_token);
  g_autoptr (LyktaTexts) title = get_texts (value, "title");
  g_autoptr (LyktaTexts) description = get_texts (value, "description");
  g_autoptr (LyktaPlace) place = get_place (value, "place");
  g_autofree char *online_url = get_string (value, "online");
  override.title = title;
  override.description = description;
  override.place = place;
  override.online_url = online_url;
  lykta_schedule_builder_add_override (builder, &override);
}

static void
add_moments (LyktaScheduleBuilder *builder,
             GVariant *schedule,
             const char *key,
             void (*add) (LyktaScheduleBuilder *, gint64))
{
  g_autoptr (GVariant) value = g_variant_lookup_value (schedule, key, G_VARIANT_TYPE ("ax"));
  if (value == NULL)
    return;
  gsize n = 0;
  const gint64 *moments = g_variant_get_fixed_array (value, &n, sizeof (gint64));
  for (gsize i = 0; i < n; i++)
    add (builder, moments[i]);
}

static LyktaSchedule *
schedule_from_variant (GVariant *variant)
{
  const LyktaDate date = get_date (variant, "date");
  if (!lykta_date_is_set (date))
    return NULL;
  const char *zone = NULL;
  gint32 time = 0;
  gint64 duration = 0;
  g_variant_lookup (variant, "zone", "&s", &zone);
  g_variant_lookup (variant, "time", "i", &time);
  g_variant_lookup (variant, "duration", "x", &duration);
  LyktaScheduleBuilder *builder =
      lykta_schedule_builder_new (zone, date, time / 3600, time / 60 % 60, time % 60,
                                  get_boolean (variant, "all-day"), duration);
  g_autoptr (GVariant) rules = g_variant_lookup_value (variant, "rules", G_VARIANT_TYPE ("as"));
  GVariantIter iter;
  const char *rule;
  if (rules != NULL) {
    g_variant_iter_init (&iter, rules);
    while (g_variant_iter_next (&iter, "&s", &rule))
      lykta_schedule_builder_add_rule (builder, rule);
  }
  add_moments (builder, variant, "dates", lykta_schedule_builder_add_date);
  add_moments (builder, variant, "exceptions", lykta_schedule_builder_add_exception);
  g_autoptr (GVariant) overrides =
      g_variant_lookup_value (variant, "overrides", G_VARIANT_TYPE ("aa{sv}"));
  if (overrides != NULL) {
    GVariant *value;
    g_variant_iter_init (&iter, overrides);
    while ((value = g_variant_iter_next_value (&iter)) != NULL) {
      add_override (builder, value);
      g_variant_unref (value);
    }
  }
  return lykta_schedule_builder_end (builder);
}

static void
read_texts (GVariant *dictionary, const char *key, LyktaTexts **texts)
{
  LyktaTexts *found = get_texts (dictionary, key);

  if (found == NULL)
    return;
  lykta_texts_unref (*texts);
  *texts = found;
}

static void
read_strings (GVariant *dictionary, const char *key, GPtrArray *strings)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (dictionary, key, G_VARIANT_TYPE ("as"));
  if (value == NULL)
    return;
  GVariantIter iter;
  char *text;
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "s", &text))
    g_ptr_array_add (strings, text);
}

static void
read_organisers (GVariant *dictionary, LyktaActivityData *data)
{
  g_autoptr (GVariant) main_organiser =
      g_variant_lookup_value (dictionary, "organiser", G_VARIANT_TYPE_VARDICT);
  if (main_organiser != NULL)
    data->organiser = organiser_from_variant (main_organiser);
  g_autoptr (GVariant) others =
      g_variant_lookup_value (dictionary, "co-organisers", G_VARIANT_TYPE ("aa{sv}"));
  if (others == NULL)
    return;
  for (gsize i = 0; i < g_variant_n_children (others); i++) {
    g_autoptr (GVariant) child = g_variant_get_child_value (others, i);
    LyktaOrganiser *organiser = organiser_from_variant (child);
    if (organiser != NULL)
      g_ptr_array_add (data->co_organisers, organiser);
  }
}

static void
read_terms (GVariant *dictionary, LyktaActivityData *data)
{
  g_variant_lookup (dictionary, "ages", "(ii)", &data->age_from, &data->age_to);
  data->audience = GET_TOKEN (dictionary, "audience", lykta_audience_from_token);
  read_strings (dictionary, "spoken", data->spoken_languages);
  data->childcare = GET_TOKEN (dictionary, "childcare", lykta_tristate_from_token);
  data->children = GET_TOKEN (dictionary, "children", lykta_tristate_from_token);
  guint32 levels = 0;
  g_variant_lookup (dictionary, "levels", "u", &levels);
  data->levels = levels & LYKTA_LEVEL_ALL;
  data->step_free = GET_TOKEN (dictionary, "step-free", lykta_tristate_from_token);
  data->is_free = GET_TOKEN (dictionary, "free", lykta_tristate_from_token);
  read_texts (dictionary, "price", &data->price);
  data->booking = GET_TOKEN (dictionary, "booking", lykta_booking_from_token);
  data->booking_url = get_string (dictionary, "booking-url");
  g_variant_lookup (dictionary, "capacity", "i", &data->capacity);
  data->is_tia = GET_TOKEN (dictionary, "tia", lykta_tristate_from_token);
  data->offers_certificate = GET_TOKEN (dictionary, "certificate", lykta_tristate_from_token);
  data->is_compulsory_introduction = get_boolean (dictionary, "introduction");
}

LyktaActivity *
lykta_activity_new_from_variant (GVariant *variant)
{
  g_return_val_if_fail (variant != NULL, NULL);

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    return NULL;
  g_autofree char *uid = get_string (variant, "uid");
  g_autoptr (GVariant) schedule =
      g_variant_lookup_value (variant, "schedule", G_VARIANT_TYPE_VARDICT);
  g_autoptr (LyktaSchedule) when = schedule != NULL ? schedule_from_variant (schedule) : NULL;
  if (uid == NULL || when == NULL)
    return NULL;

  LyktaActivityData data;
  lykta_activity_data_init (&data);
  data.uid = g_steal_pointer (&uid);
  data.schedule = g_steal_pointer (&when);
  read_texts (variant, "title", &data.title);
  read_texts (variant, "description", &data.description);
  read_texts (variant, "notes", &data.notes);
  guint32 purposes = 0;
  guint32 primary = 0;
  g_variant_lookup (variant, "purposes", "(uu)", &purposes, &primary);
  data.purposes = purposes & LYKTA_PURPOSE_ALL;
  data.primary_purpose = primary & data.purposes;
  read_strings (variant, "categories", data.categories);
  read_organisers (variant, &data);
  data.place = get_place (variant, "place");
  data.online_url = get_string (variant, "online");
  data.url = get_string (variant, "url");
  data.attendance = GET_TOKEN (variant, "attendance", lykta_attendance_from_token);
  data.status = GET_TOKEN (variant, "status", lykta_status_from_token);
  read_terms (variant, &data);
  g_variant_lookup (variant, "modified", "x", &data.last_modified);
  data.is_sample = get_boolean (variant, "sample");
  return lykta_activity_new_take (&data);
}
