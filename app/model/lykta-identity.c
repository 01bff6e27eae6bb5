/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-identity.h"

#include <math.h>
#include <string.h>

#include "text/lykta-search-fold.h"

/* Positions of one house, from two who looked it up. */
#define SAME_PLACE_KM  0.3
#define OTHER_PLACE_KM 1.0
#define DEGREE_PARTS   100000.0

#define HASH_BASIS 0xcbf29ce484222325u
#define HASH_PRIME 0x100000001b3u

/* ---- numbers of texts (FNV-1a) ---- */

static guint64
hash_bytes (guint64 hash, const char *data, gsize size)
{
  for (gsize i = 0; i < size; i++)
    hash = (hash ^ (guint8)data[i]) * HASH_PRIME;
  return hash;
}

static guint64
hash_number (guint64 hash, guint64 number)
{
  number = GUINT64_TO_LE (number);
  return hash_bytes (hash, (const char *)&number, sizeof number);
}

/* With the NUL: "a", "bc" is not "ab", "c". */
static guint64
hash_text (guint64 hash, const char *text)
{
  return text != NULL ? hash_bytes (hash, text, strlen (text) + 1) : hash_number (hash, 0);
}

static gboolean
on_word (
    const char *word, gsize length, gsize start, gsize end, gboolean is_variant, gpointer user_data)
{
  guint64 *hash = user_data;

  *hash = hash_bytes (*hash, word, length + 1);
  return TRUE;
}

/* 0 when there are no words. */
static guint64
hash_folded_length (const char *text, gsize length)
{
  guint64 hash = HASH_BASIS;

  lykta_search_fold (text, length, FALSE, on_word, &hash);
  return hash != HASH_BASIS ? MAX (hash, 1) : 0;
}

static guint64
hash_folded (const char *text)
{
  return text != NULL ? hash_folded_length (text, strlen (text)) : 0;
}

static guint32
shorten (guint64 hash)
{
  return hash != 0 ? MAX ((guint32)(hash ^ hash >> 32), 1) : 0;
}

/* ---- what is compared ---- */

static guint64
hash_title (LyktaActivity *activity)
{
  LyktaTexts *titles = lykta_activity_get_title (activity);
  const char *title = lykta_texts_get (titles, "sv");

  if (title == NULL && lykta_texts_get_n (titles) > 0)
    title = lykta_texts_get_nth_text (titles, 0);
  return hash_folded (title);
}

/* "Stadsbiblioteket, plan 2" and "Stadsbiblioteket" are one house. */
static guint64
hash_place_name (LyktaPlace *place)
{
  const char *name = lykta_place_get_name (place);

  if (name == NULL)
    name = lykta_place_get_street (place);
  return name != NULL ? hash_folded_length (name, strcspn (name, ",\n")) : 0;
}

/* Without what is written now this way and now that: the scheme and a slash at the end. */
static guint64
hash_link (const char *url)
{
  const char *rest = strstr (url, "://");
  const char *start = rest != NULL ? rest + 3 : url;
  gsize length = strlen (start);

  while (length > 0 && start[length - 1] == '/')
    length--;
  return length > 0 ? hash_bytes (HASH_BASIS, start, length) : 0;
}

static gint32
to_parts (double degrees)
{
  return isnan (degrees) ? G_MININT32 : (gint32)lround (degrees * DEGREE_PARTS);
}

static void
take_place (LyktaPlace *place, LyktaIdentity *identity)
{
  const char *code = lykta_place_get_municipality_code (place);

  identity->place = shorten (hash_place_name (place));
  identity->street = shorten (hash_folded (lykta_place_get_street (place)));
  identity->town = shorten (hash_folded (lykta_place_get_town (place)));
  identity->municipality = code != NULL ? (guint16)g_ascii_strtoull (code, NULL, 10) : 0;
  identity->latitude = to_parts (lykta_place_get_latitude (place));
  identity->longitude = to_parts (lykta_place_get_longitude (place));
  if (lykta_place_get_postcode (place) != NULL) {
    guint32 number = 0;
    for (const char *c = lykta_place_get_postcode (place); *c != '\0'; c++)
      if (g_ascii_isdigit (*c))
        number = number * 10 + (guint32)(*c - '0');
    identity->postcode = number;
  }
}

static guint64
hash_texts (guint64 hash, LyktaTexts *texts)
{
  for (guint i = 0; i < lykta_texts_get_n (texts); i++) {
    hash = hash_text (hash, lykta_texts_get_nth_language (texts, i));
    hash = hash_text (hash, lykta_texts_get_nth_text (texts, i));
  }
  return hash_number (hash, lykta_texts_get_n (texts));
}

/* All that may not differ between the pieces of a series that was cut. */
static guint64
hash_copy (LyktaActivity *activity, const LyktaIdentity *identity)
{
  guint64 hash = HASH_BASIS;
  const char *const *words = lykta_activity_get_spoken_languages (activity);

  hash = hash_texts (hash, lykta_activity_get_title (activity));
  hash = hash_texts (hash, lykta_activity_get_description (activity));
  hash = hash_texts (hash, lykta_activity_get_notes (activity));
  hash = hash_texts (hash, lykta_activity_get_price (activity));
  for (guint i = 0; words[i] != NULL; i++)
    hash = hash_text (hash, words[i]);
  hash = hash_number (hash, identity->place);
  hash = hash_number (hash, (guint64)identity->street << 32 | identity->town);
  hash =
      hash_number (hash, (guint64)(guint32)identity->latitude << 32 | (guint32)identity->longitude);
  hash = hash_number (hash, (guint64)identity->organiser << 32 | identity->municipality);
  hash = hash_number (hash, (guint64)identity->time_of_day << 32 | identity->duration);
  hash = hash_number (hash, identity->audience | lykta_activity_get_attendance (activity) << 4 |
                                lykta_activity_get_purposes (activity) << 8 |
                                lykta_activity_get_childcare (activity) << 12 |
                                lykta_activity_get_step_free (activity) << 14 |
                                lykta_activity_get_booking (activity) << 16 |
                                lykta_activity_get_children (activity) << 18 |
                                lykta_activity_get_levels (activity) << 20);
  hash = hash_number (hash, (guint64)(guint32)lykta_activity_get_age_from (activity) << 32 |
                                (guint32)lykta_activity_get_age_to (activity));
  return MAX (hash, 1);
}

static void
take_times (LyktaSchedule *schedule, LyktaIdentity *identity)
{
  int hour, minute, second;

  lykta_schedule_get_time (schedule, &hour, &minute, &second);
  if (!g_str_equal (lykta_schedule_get_zone_id (schedule), "Europe/Stockholm"))
    lykta_moment_to_wall (lykta_schedule_get_start (schedule), NULL, &hour, &minute, &second);
  identity->time_of_day = lykta_schedule_is_all_day (schedule)
                              ? LYKTA_IDENTITY_ALL_DAY
                              : (guint32)(hour * 3600 + minute * 60 + second);
  identity->duration = (guint32)CLAMP (lykta_schedule_get_duration (schedule), 0, G_MAXINT32);
  identity->is_single = !lykta_schedule_is_recurring (schedule);
}

void
lykta_identity_of (LyktaActivity *activity, LyktaIdentity *identity)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY (activity));
  g_return_if_fail (identity != NULL);

  LyktaPlace *place = lykta_activity_get_place (activity);
  LyktaOrganiser *organiser = lykta_activity_get_organiser (activity);
  const char *url = lykta_activity_get_online_url (activity);
  const guint64 title = hash_title (activity);
  guint64 where = 0;

  *identity = (LyktaIdentity){.latitude = G_MININT32, .longitude = G_MININT32};
  if (place != NULL)
    take_place (place, identity);
  if (organiser != NULL)
    identity->organiser = shorten (hash_folded (lykta_organiser_get_name (organiser)));
  identity->audience = (guint8)lykta_activity_get_audience (activity);
  take_times (lykta_activity_get_schedule (activity), identity);
  if (identity->place != 0)
    where = hash_number (title, identity->place);
  else if (place == NULL && url != NULL)
    where = hash_number (title, hash_link (url));
  identity->key = title != 0 && where != 0 ? MAX (where, 1) : 0;
  identity->copy = identity->is_single ? hash_copy (activity, identity) : 0;
}

/* ---- two records ---- */

static gboolean
contradicts (guint32 a, guint32 b)
{
  return a != 0 && b != 0 && a != b;
}

static gboolean
agrees (guint32 a, guint32 b)
{
  return a != 0 && a == b;
}

/* NAN when one of them is not known. */
static double
distance (const LyktaIdentity *a, const LyktaIdentity *b)
{
  if (a->latitude == G_MININT32 || b->latitude == G_MININT32)
    return NAN;
  return lykta_distance_km (a->latitude / DEGREE_PARTS, a->longitude / DEGREE_PARTS,
                            b->latitude / DEGREE_PARTS, b->longitude / DEGREE_PARTS);
}

/* Of two that have the same name, or are both on the net. */
static gboolean
is_same_place (const LyktaIdentity *a, const LyktaIdentity *b)
{
  const double km = distance (a, b);

  if (a->place == 0 || a->place != b->place || km > OTHER_PLACE_KM ||
      contradicts (a->municipality, b->municipality) || contradicts (a->town, b->town))
    return FALSE;
  if (km <= SAME_PLACE_KM)
    return TRUE;
  return !contradicts (a->street, b->street) &&
         (agrees (a->street, b->street) || agrees (a->postcode, b->postcode) ||
          agrees (a->town, b->town) || agrees (a->municipality, b->municipality));
}

/* How many moments they have in common, and how many there are of each where both have any. */
static guint
count_common (const LyktaIdentityMember *a, const LyktaIdentityMember *b, guint *n_fewer)
{
  guint n = 0, n_a = 0, n_b = 0;

  *n_fewer = 0;
  if (a->n_starts == 0 || b->n_starts == 0)
    return 0;
  const gint64 from = MAX (a->starts[0], b->starts[0]);
  const gint64 to = MIN (a->starts[a->n_starts - 1], b->starts[b->n_starts - 1]);
  for (guint i = 0, k = 0; i < a->n_starts || k < b->n_starts;) {
    const gint64 one = i < a->n_starts ? a->starts[i] : G_MAXINT64;
    const gint64 other = k < b->n_starts ? b->starts[k] : G_MAXINT64;
    const gint64 start = MIN (one, other);
    const gboolean is_in_both = start >= from && start <= to;
    n_a += is_in_both && one == start;
    n_b += is_in_both && other == start;
    n += one == other;
    i += one == start;
    k += other == start;
  }
  *n_fewer = MIN (n_a, n_b);
  return n;
}

static gboolean
is_same_by_uid (const LyktaIdentityMember *a, const LyktaIdentityMember *b)
{
  guint n_fewer;

  if (g_strcmp0 (a->uid, b->uid) != 0)
    return FALSE;
  const guint n_reasons = (count_common (a, b, &n_fewer) > 0) +
                          is_same_place (&a->identity, &b->identity) +
                          agrees (a->identity.organiser, b->identity.organiser);
  return n_reasons >= (strlen (a->uid) >= LYKTA_IDENTITY_LONG_UID ? 1u : 2u);
}

/* Both are only on the net; that the address is the same stands in the key. */
static gboolean
is_online_only (const LyktaIdentity *identity)
{
  return identity->place == 0;
}

static gboolean
is_same_by_looks (const LyktaIdentityMember *a, const LyktaIdentityMember *b)
{
  const LyktaIdentity *one = &a->identity, *other = &b->identity;
  guint n_fewer;

  if (one->key == 0 || one->key != other->key || one->time_of_day != other->time_of_day ||
      contradicts (one->duration, other->duration) ||
      contradicts (one->audience, other->audience) ||
      contradicts (one->organiser, other->organiser))
    return FALSE;
  if (!is_online_only (one) && !is_same_place (one, other) &&
      (!agrees (one->organiser, other->organiser) || contradicts (one->street, other->street) ||
       contradicts (one->town, other->town) || distance (one, other) > OTHER_PLACE_KM ||
       contradicts (one->municipality, other->municipality)))
    return FALSE;
  const guint n_common = count_common (a, b, &n_fewer);
  return n_common > 0 && n_common * 4 >= n_fewer * 3;
}

gboolean
lykta_identity_is_same (const LyktaIdentityMember *a, const LyktaIdentityMember *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return is_same_by_uid (a, b) || is_same_by_looks (a, b);
}
