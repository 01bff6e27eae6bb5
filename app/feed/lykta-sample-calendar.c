/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-feed"

#include "feed/lykta-sample-calendar.h"

#include <math.h>
#include <string.h>

#include "feed/lykta-sample-schedule.h"
#include "feed/lykta-sample-table.h"

#define WEB "https://example.org/"

/* The tables while they are read. One thread, lives for one call. */
typedef struct {
  gint64 now;
  LyktaSampleTable *kinds;      /* (owned) */
  LyktaSampleTable *places;     /* (owned) */
  LyktaSampleTable *organisers; /* (owned) */
  LyktaSampleTable *activities; /* (owned) */
  GHashTable *texts;            /* (owned) tag → LyktaSampleTable of that language */
  GPtrArray *made_organisers;   /* (owned) (element-type LyktaOrganiser) by row */
  GPtrArray *made_places;       /* (owned) (element-type LyktaPlace) by row */
} Sample;

static void
sample_clear (Sample *self)
{
  g_clear_pointer (&self->kinds, lykta_sample_table_free);
  g_clear_pointer (&self->places, lykta_sample_table_free);
  g_clear_pointer (&self->organisers, lykta_sample_table_free);
  g_clear_pointer (&self->activities, lykta_sample_table_free);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_pointer (&self->made_organisers, g_ptr_array_unref);
  g_clear_pointer (&self->made_places, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sample, sample_clear)

static LyktaTristate
get_tristate (LyktaSampleTable *table, guint row, const char *column)
{
  return lykta_tristate_from_token (lykta_sample_table_get (table, row, column));
}

static LyktaPlace *
place_new (LyktaSampleTable *places, guint row)
{
  const char *latitude = lykta_sample_table_get (places, row, "latitude");
  const char *longitude = lykta_sample_table_get (places, row, "longitude");

  return lykta_place_new (lykta_sample_table_get (places, row, "name"),
                          lykta_sample_table_get (places, row, "street"), NULL,
                          lykta_sample_table_get (places, row, "town"),
                          lykta_sample_table_get (places, row, "municipality"), NULL,
                          latitude != NULL ? g_ascii_strtod (latitude, NULL) : NAN,
                          longitude != NULL ? g_ascii_strtod (longitude, NULL) : NAN);
}

/* Agreements begin on the first of a month, counted from the month of @now, and hold for a year at
 * the most. */
static LyktaAgreement *
agreement_new (LyktaSampleTable *organisers, guint row, gint64 now)
{
  const LyktaBasis basis =
      lykta_basis_from_token (lykta_sample_table_get (organisers, row, "basis"));
  const int months = lykta_sample_table_get_int (organisers, row, "months", 12);
  LyktaDate from = lykta_date_of_moment (now);

  if (basis == LYKTA_BASIS_UNKNOWN)
    return NULL;
  from.day = 1;
  from = lykta_date_add_months (from, -lykta_sample_table_get_int (organisers, row, "agreed", 0));
  g_autofree char *reference =
      g_strdup_printf ("%s-%d", lykta_sample_table_get (organisers, row, "reference"), from.year);
  return lykta_agreement_new (basis, reference, lykta_sample_table_get (organisers, row, "county"),
                              from, lykta_date_add_days (lykta_date_add_months (from, months), -1));
}

static LyktaOrganiser *
organiser_new (LyktaSampleTable *organisers, guint row, gint64 now)
{
  g_autoptr (LyktaAgreement) agreement = agreement_new (organisers, row, now);
  g_autofree char *page =
      g_strconcat (WEB, lykta_sample_table_get (organisers, row, "organiser"), NULL);
  g_autoptr (LyktaContact) contact =
      lykta_contact_new (lykta_sample_table_get (organisers, row, "contact"),
                         lykta_sample_table_get (organisers, row, "phone"),
                         lykta_sample_table_get (organisers, row, "email"), page);
  const char *authority_phone = lykta_sample_table_get (organisers, row, "authority_phone");
  const char *authority_email = lykta_sample_table_get (organisers, row, "authority_email");
  g_autoptr (LyktaContact) authority_contact =
      authority_phone != NULL || authority_email != NULL
          ? lykta_contact_new (NULL, authority_phone, authority_email, NULL)
          : NULL;

  return lykta_organiser_new (
      lykta_sample_table_get (organisers, row, "name"),
      lykta_organiser_kind_from_token (lykta_sample_table_get (organisers, row, "kind")),
      lykta_sample_table_get (organisers, row, "number"), agreement, contact, authority_contact);
}

static gboolean
sample_load (Sample *self, gint64 now, GError **error)
{
  self->now = now;
  self->kinds = lykta_sample_table_load ("kinds.tsv", error);
  if (self->kinds == NULL)
    return FALSE;
  self->places = lykta_sample_table_load ("places.tsv", error);
  if (self->places == NULL)
    return FALSE;
  self->organisers = lykta_sample_table_load ("organisers.tsv", error);
  if (self->organisers == NULL)
    return FALSE;
  self->activities = lykta_sample_table_load ("activities.tsv", error);
  if (self->activities == NULL)
    return FALSE;

  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify)lykta_sample_table_free);
  self->made_organisers = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_organiser_unref);
  for (guint i = 0; i < lykta_sample_table_get_n (self->organisers); i++)
    g_ptr_array_add (self->made_organisers, organiser_new (self->organisers, i, now));
  self->made_places = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_place_unref);
  for (guint i = 0; i < lykta_sample_table_get_n (self->places); i++)
    g_ptr_array_add (self->made_places, place_new (self->places, i));
  return TRUE;
}

/* The texts of one language; borrowed. */
static LyktaSampleTable *
sample_get_texts (Sample *self, const char *language, GError **error)
{
  LyktaSampleTable *texts = g_hash_table_lookup (self->texts, language);

  if (texts == NULL) {
    g_autofree char *name = g_strdup_printf ("texts-%s.tsv", language);
    texts = lykta_sample_table_load (name, error);
    if (texts != NULL)
      g_hash_table_insert (self->texts, g_strdup (language), texts);
  }
  return texts;
}

static const char *
get_text (LyktaSampleTable *texts, const char *key, const char *column)
{
  const int row = lykta_sample_table_find (texts, key);

  return row >= 0 ? lykta_sample_table_get (texts, (guint)row, column) : NULL;
}

static char *
join_notes (LyktaSampleTable *texts, char **keys)
{
  g_autoptr (GString) notes = g_string_new (NULL);

  for (guint i = 0; keys[i] != NULL; i++) {
    const char *note = get_text (texts, keys[i], "text");
    if (note == NULL)
      continue;
    if (notes->len > 0)
      g_string_append_c (notes, '\n');
    g_string_append (notes, note);
  }
  return g_string_free (g_steal_pointer (&notes), FALSE);
}

/* Title, description, notes and price in each of the row's languages; whoever reads a description
 * is told there that it is an example. */
static gboolean
add_texts (Sample *self, guint row, LyktaActivityBuilder *builder, GError **error)
{
  const char *kind = lykta_sample_table_get (self->activities, row, "kind");
  const char *price = lykta_sample_table_get (self->activities, row, "price");
  g_auto (GStrv) languages = lykta_sample_table_get_words (self->activities, row, "languages");
  g_auto (GStrv) note_keys = lykta_sample_table_get_words (self->activities, row, "notes");

  for (guint i = 0; languages[i] != NULL; i++) {
    LyktaSampleTable *texts = sample_get_texts (self, languages[i], error);
    if (texts == NULL)
      return FALSE;
    const char *title = get_text (texts, kind, "title");
    const char *text = get_text (texts, kind, "text");
    const char *remark = get_text (texts, "sample", "text");
    if (title == NULL || text == NULL || remark == NULL)
      return lykta_sample_table_fail (self->activities, row, "a kind with texts", error);
    g_autofree char *description = g_strconcat (text, "\n\n", remark, NULL);
    g_autofree char *notes = join_notes (texts, note_keys);
    lykta_activity_builder_set_title (builder, languages[i], title);
    lykta_activity_builder_set_description (builder, languages[i], description);
    lykta_activity_builder_set_notes (builder, languages[i], notes);
    if (price != NULL)
      lykta_activity_builder_set_price (builder, languages[i], get_text (texts, price, "text"));
  }
  return TRUE;
}

/* What holds for all activities of a kind; a row of its own may say more. */
static gboolean
add_kind (Sample *self, guint row, LyktaActivityBuilder *builder, GError **error)
{
  const int kind =
      lykta_sample_table_find (self->kinds, lykta_sample_table_get (self->activities, row, "kind"));

  if (kind < 0)
    return lykta_sample_table_fail (self->activities, row, "a kind of kinds.tsv", error);
  g_auto (GStrv) words = lykta_sample_table_get_words (self->kinds, (guint)kind, "purposes");
  LyktaPurposes purposes = LYKTA_PURPOSE_NONE;
  for (guint i = 0; words[i] != NULL; i++)
    purposes |= lykta_purpose_from_token (words[i]);
  lykta_activity_builder_set_purposes (builder, purposes,
                                       words[0] != NULL ? lykta_purpose_from_token (words[0])
                                                        : LYKTA_PURPOSE_NONE);

  const char *categories = lykta_sample_table_get (self->kinds, (guint)kind, "categories");
  g_auto (GStrv) names = g_strsplit (categories != NULL ? categories : "", "; ", -1);
  for (guint i = 0; names[i] != NULL; i++)
    lykta_activity_builder_add_category (builder, names[i]);

  const char *audience = lykta_sample_table_get (self->activities, row, "audience");
  if (audience == NULL)
    audience = lykta_sample_table_get (self->kinds, (guint)kind, "audience");
  lykta_activity_builder_set_audience (builder, lykta_audience_from_token (audience));
  lykta_activity_builder_set_ages (
      builder, lykta_sample_table_get_int (self->kinds, (guint)kind, "age_from", -1),
      lykta_sample_table_get_int (self->kinds, (guint)kind, "age_to", -1));
  g_auto (GStrv) levels = lykta_sample_table_get_words (self->kinds, (guint)kind, "levels");
  LyktaLevels known = LYKTA_LEVEL_NONE;
  for (guint i = 0; levels[i] != NULL; i++)
    known |= lykta_level_from_token (levels[i]);
  lykta_activity_builder_set_levels (builder, known);
  lykta_activity_builder_set_children (builder,
                                       get_tristate (self->kinds, (guint)kind, "children"));
  lykta_activity_builder_set_is_compulsory_introduction (
      builder, lykta_sample_table_get (self->kinds, (guint)kind, "compulsory") != NULL);
  return TRUE;
}

static gboolean
add_organisers (Sample *self, guint row, LyktaActivityBuilder *builder, GError **error)
{
  g_auto (GStrv) keys = lykta_sample_table_get_words (self->activities, row, "organisers");

  for (guint i = 0; keys[i] != NULL; i++) {
    const int organiser = lykta_sample_table_find (self->organisers, keys[i]);
    if (organiser < 0)
      return lykta_sample_table_fail (self->activities, row, "organisers of organisers.tsv", error);
    LyktaOrganiser *made = g_ptr_array_index (self->made_organisers, (guint)organiser);
    if (i == 0)
      lykta_activity_builder_set_organiser (builder, made);
    else
      lykta_activity_builder_add_co_organiser (builder, made);
  }
  return TRUE;
}

/* The titles of dates that have one of their own, by the word that "changes" has for them. */
static GHashTable *
make_titles (Sample *self, guint row, GError **error)
{
  g_autoptr (GHashTable) titles =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)lykta_texts_unref);
  g_auto (GStrv) languages = lykta_sample_table_get_words (self->activities, row, "languages");
  g_auto (GStrv) changes = lykta_sample_table_get_words (self->activities, row, "changes");

  for (guint i = 0; changes[i] != NULL; i++) {
    g_autofree char *key = g_strndup (changes[i], strcspn (changes[i], ":"));
    g_autoptr (LyktaTexts) title = lykta_texts_new_empty ();
    if (!g_str_has_prefix (key, "theme-"))
      continue;
    for (guint j = 0; languages[j] != NULL; j++) {
      LyktaSampleTable *texts = sample_get_texts (self, languages[j], error);
      if (texts == NULL)
        return NULL;
      LyktaTexts *more = lykta_texts_with (title, languages[j], get_text (texts, key, "title"));
      lykta_texts_unref (title);
      title = more;
    }
    g_hash_table_insert (titles, g_steal_pointer (&key), g_steal_pointer (&title));
  }
  return g_steal_pointer (&titles);
}

/* Place, link and schedule, which name each other. The first place is where it is, a second one
 * where the dates are that are elsewhere. */
static gboolean
add_where_and_when (Sample *self, guint row, LyktaActivityBuilder *builder, GError **error)
{
  const char *id = lykta_sample_table_get (self->activities, row, "activity");
  const char *attendance = lykta_sample_table_get (self->activities, row, "attendance");
  g_auto (GStrv) keys = lykta_sample_table_get_words (self->activities, row, "places");
  g_autofree char *link = g_strconcat (WEB, "mote/", id, NULL);
  LyktaPlace *places[2] = {NULL, NULL};

  for (guint i = 0; keys[i] != NULL && i < G_N_ELEMENTS (places); i++) {
    const int place = lykta_sample_table_find (self->places, keys[i]);
    if (place < 0)
      return lykta_sample_table_fail (self->activities, row, "places of places.tsv", error);
    places[i] = g_ptr_array_index (self->made_places, (guint)place);
    if (i == 0)
      lykta_activity_builder_set_step_free (builder,
                                            get_tristate (self->places, (guint)place, "step_free"));
  }
  if (places[0] != NULL)
    lykta_activity_builder_set_place (builder, places[0]);
  lykta_activity_builder_set_attendance (builder, lykta_attendance_from_token (attendance));
  if (g_strcmp0 (attendance, "online") == 0 || g_strcmp0 (attendance, "mixed") == 0)
    lykta_activity_builder_set_online_url (builder, link);

  g_autoptr (GHashTable) titles = make_titles (self, row, error);
  if (titles == NULL)
    return FALSE;
  const LyktaSampleExtras extras = {places[1], link, titles};
  g_autoptr (LyktaSchedule) schedule =
      lykta_sample_schedule_new (self->activities, row, self->now, &extras, error);
  if (schedule == NULL)
    return FALSE;
  lykta_activity_builder_set_schedule (builder, schedule);
  return TRUE;
}

static void
add_conditions (Sample *self, guint row, LyktaActivityBuilder *builder)
{
  LyktaSampleTable *table = self->activities;
  const char *id = lykta_sample_table_get (table, row, "activity");
  g_autofree char *page = g_strconcat (WEB, "aktiviteter/", id, NULL);
  g_autofree char *form = g_strconcat (page, "/anmalan", NULL);
  g_auto (GStrv) spoken = lykta_sample_table_get_words (table, row, "spoken");
  const LyktaBooking booking =
      lykta_booking_from_token (lykta_sample_table_get (table, row, "booking"));
  const LyktaDate changed = lykta_date_add_days (
      lykta_sample_monday (self->now), -lykta_sample_table_get_int (table, row, "changed", 30));

  for (guint i = 0; spoken[i] != NULL; i++)
    lykta_activity_builder_add_spoken_language (builder, spoken[i]);
  lykta_activity_builder_set_url (builder, page);
  lykta_activity_builder_set_booking (builder, booking,
                                      booking == LYKTA_BOOKING_REQUIRED ? form : NULL);
  lykta_activity_builder_set_childcare (builder, get_tristate (table, row, "childcare"));
  lykta_activity_builder_set_is_free (builder, get_tristate (table, row, "free"));
  lykta_activity_builder_set_capacity (builder,
                                       lykta_sample_table_get_int (table, row, "capacity", -1));
  lykta_activity_builder_set_is_tia (builder, get_tristate (table, row, "tia"));
  lykta_activity_builder_set_offers_certificate (builder, get_tristate (table, row, "certificate"));
  lykta_activity_builder_set_status (
      builder, lykta_status_from_token (lykta_sample_table_get (table, row, "status")));
  lykta_activity_builder_set_last_modified (
      builder, lykta_wall_to_moment (lykta_stockholm (), changed, 9, 0, 0));
  lykta_activity_builder_set_is_sample (builder, TRUE);
}

static LyktaActivity *
sample_make (Sample *self, guint row, GError **error)
{
  g_autofree char *uid = g_strconcat (lykta_sample_table_get (self->activities, row, "activity"),
                                      "@sample.example.org", NULL);
  g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new (uid, NULL);

  if (!add_texts (self, row, builder, error) || !add_kind (self, row, builder, error) ||
      !add_organisers (self, row, builder, error) ||
      !add_where_and_when (self, row, builder, error))
    return NULL;
  add_conditions (self, row, builder);
  return lykta_activity_builder_end (builder);
}

gboolean
lykta_sample_calendar_read (gint64 now, LyktaFeedFunc func, gpointer user_data, GError **error)
{
  g_return_val_if_fail (func != NULL, FALSE);

  g_auto (Sample) sample = {0};
  if (!sample_load (&sample, now, error))
    return FALSE;
  for (guint i = 0; i < lykta_sample_table_get_n (sample.activities); i++) {
    g_autoptr (LyktaActivity) activity = sample_make (&sample, i, error);
    if (activity == NULL || !func (activity, user_data, error))
      return FALSE;
  }
  return TRUE;
}
