/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/lykta-headcount.h"

#include <gio/gio.h>
#include <string.h>

/* As bytes: a little-endian GVariant. The first member tells the version. */
#define BYTES_FORMAT  "(ysubsssssxbuuuuuu)"
#define BYTES_VERSION 1
#define MOST_BYTES    4096

struct _LyktaHeadcount {
  char *number;
  guint revision;
  char *activity_uid;
  char *title;
  char *purpose;
  char *municipality;
  char *organiser;
  gint64 start;
  gboolean is_online;
  gboolean is_withdrawn;
  LyktaPeople people;
};

G_DEFINE_BOXED_TYPE (LyktaHeadcount, lykta_headcount, lykta_headcount_ref, lykta_headcount_unref)

LyktaHeadcount *
lykta_headcount_ref (LyktaHeadcount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
headcount_clear (LyktaHeadcount *self)
{
  g_free (self->number);
  g_free (self->activity_uid);
  g_free (self->title);
  g_free (self->purpose);
  g_free (self->municipality);
  g_free (self->organiser);
}

void
lykta_headcount_unref (LyktaHeadcount *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)headcount_clear);
}

guint64
lykta_people_get_participants (const LyktaPeople *people)
{
  g_return_val_if_fail (people != NULL, 0);

  return (guint64)people->women + people->men + people->other + people->children;
}

static gboolean
are_possible (const LyktaPeople *people, GError **error)
{
  const guint32 kinds[] = {people->women,    people->men,          people->other,
                           people->children, people->first_timers, people->volunteers};

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (kinds[i] > LYKTA_PEOPLE_MAX) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "%u people of one kind, more than %d", kinds[i], LYKTA_PEOPLE_MAX);
      return FALSE;
    }
  }
  if (people->first_timers > lykta_people_get_participants (people)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "%u came for the first time, but only %" G_GUINT64_FORMAT " came",
                 people->first_timers, lykta_people_get_participants (people));
    return FALSE;
  }
  return TRUE;
}

static const char *
choose_title (LyktaActivity *activity)
{
  static const char *const chain[] = {"sv", "sv-x-easy", "en", NULL};
  LyktaTexts *titles = lykta_activity_get_title (activity);
  const char *language;
  const char *title = lykta_texts_choose (titles, chain, &language);

  return title != NULL ? title : "";
}

LyktaHeadcount *
lykta_headcount_new (const char *number,
                     guint revision,
                     LyktaActivity *activity,
                     const LyktaOccurrence *occurrence,
                     gboolean is_online,
                     const LyktaPeople *people,
                     GError **error)
{
  g_return_val_if_fail (number != NULL && activity != NULL, NULL);
  g_return_val_if_fail (occurrence != NULL && people != NULL, NULL);

  if (!are_possible (people, error))
    return NULL;
  LyktaPlace *place = lykta_activity_get_place (activity);
  LyktaOrganiser *organiser = lykta_activity_get_organiser (activity);
  const LyktaPurposes purpose = lykta_activity_get_primary_purpose (activity);
  const char *municipality = place != NULL ? lykta_place_get_municipality_code (place) : NULL;
  const char *name = organiser != NULL ? lykta_organiser_get_name (organiser) : NULL;
  LyktaHeadcount *self = g_atomic_rc_box_new0 (LyktaHeadcount);
  self->number = g_strdup (number);
  self->revision = revision;
  self->activity_uid = g_strdup (lykta_activity_get_uid (activity));
  self->title = g_strdup (choose_title (activity));
  self->purpose = g_strdup (purpose != LYKTA_PURPOSE_NONE ? lykta_purpose_to_token (purpose) : "");
  self->municipality = g_strdup (municipality != NULL ? municipality : "");
  self->organiser = g_strdup (name != NULL ? name : "");
  self->start = occurrence->start;
  self->is_online = is_online;
  self->people = *people;
  return self;
}

static LyktaHeadcount *
copy (LyktaHeadcount *other)
{
  LyktaHeadcount *self = g_atomic_rc_box_new0 (LyktaHeadcount);

  *self = *other;
  self->number = g_strdup (other->number);
  self->activity_uid = g_strdup (other->activity_uid);
  self->title = g_strdup (other->title);
  self->purpose = g_strdup (other->purpose);
  self->municipality = g_strdup (other->municipality);
  self->organiser = g_strdup (other->organiser);
  return self;
}

LyktaHeadcount *
lykta_headcount_correct (LyktaHeadcount *self, const LyktaPeople *people, GError **error)
{
  static const LyktaPeople nobody = {0};

  g_return_val_if_fail (self != NULL, NULL);

  if (people != NULL && !are_possible (people, error))
    return NULL;
  LyktaHeadcount *corrected = copy (self);
  corrected->revision++;
  corrected->is_withdrawn = people == NULL;
  corrected->people = people != NULL ? *people : nobody;
  return corrected;
}

#define GETTER(type, prefix, name)                              \
  type lykta_headcount_##prefix##_##name (LyktaHeadcount *self) \
  {                                                             \
    g_assert (self != NULL);                                    \
    return self->name;                                          \
  }
#define FLAG(name)                                          \
  gboolean lykta_headcount_is_##name (LyktaHeadcount *self) \
  {                                                         \
    g_assert (self != NULL);                                \
    return self->is_##name;                                 \
  }
GETTER (const char *, get, number)
GETTER (guint, get, revision)
FLAG (withdrawn)
GETTER (const char *, get, activity_uid)
GETTER (const char *, get, title)
GETTER (const char *, get, purpose)
GETTER (const char *, get, municipality)
GETTER (const char *, get, organiser)
GETTER (gint64, get, start)
FLAG (online)
#undef GETTER
#undef FLAG

const LyktaPeople *
lykta_headcount_get_people (LyktaHeadcount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->people;
}

static GVariant *
to_little_endian (GVariant *variant)
{
  return G_BYTE_ORDER == G_LITTLE_ENDIAN ? g_variant_ref (variant) : g_variant_byteswap (variant);
}

GBytes *
lykta_headcount_to_bytes (LyktaHeadcount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_new (
      BYTES_FORMAT, BYTES_VERSION, self->number, self->revision, self->is_withdrawn,
      self->activity_uid, self->title, self->purpose, self->municipality, self->organiser,
      self->start, self->is_online, self->people.women, self->people.men, self->people.other,
      self->people.children, self->people.first_timers, self->people.volunteers));
  g_autoptr (GVariant) portable = to_little_endian (variant);
  return g_variant_get_data_as_bytes (portable);
}

LyktaHeadcount *
lykta_headcount_from_bytes (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (LyktaHeadcount) self = g_atomic_rc_box_new0 (LyktaHeadcount);
  g_autoptr (GVariant) portable =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (BYTES_FORMAT), bytes, FALSE));
  guint8 version;
  if (g_bytes_get_size (bytes) > MOST_BYTES || !g_variant_is_normal_form (portable)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not an entry of attendance");
    return NULL;
  }
  g_autoptr (GVariant) variant = to_little_endian (portable);
  g_variant_get (variant, BYTES_FORMAT, &version, &self->number, &self->revision,
                 &self->is_withdrawn, &self->activity_uid, &self->title, &self->purpose,
                 &self->municipality, &self->organiser, &self->start, &self->is_online,
                 &self->people.women, &self->people.men, &self->people.other,
                 &self->people.children, &self->people.first_timers, &self->people.volunteers);
  if (version != BYTES_VERSION || *self->number == '\0' || *self->activity_uid == '\0' ||
      !are_possible (&self->people, NULL)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 "an entry of attendance of version %u that cannot be", version);
    return NULL;
  }
  return g_steal_pointer (&self);
}
