/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-occurrence-bits-private.h"

#include <math.h>
#include <string.h>

#include "base/lykta-civil-time.h"

#define NOON_HOUR    12
#define EVENING_HOUR 17

guint32
lykta_bits_of_activity (LyktaActivity *activity, gint64 source)
{
  guint32 bits = lykta_activity_get_purposes (activity) & LYKTA_BIT_PURPOSES;

  if (lykta_activity_get_childcare (activity) == LYKTA_TRISTATE_YES)
    bits |= LYKTA_BIT_CHILDCARE;
  if (lykta_activity_get_offers_certificate (activity) == LYKTA_TRISTATE_YES &&
      !lykta_activity_is_compulsory_introduction (activity))
    bits |= LYKTA_BIT_CERTIFICATE;
  return bits | (guint32)source << LYKTA_SHIFT_SOURCE;
}

guint32
lykta_bits_of_occurrence (guint32 activity_bits, const LyktaOccurrence *occurrence)
{
  guint32 bits = activity_bits;

  if (occurrence->audience == LYKTA_AUDIENCE_WOMEN)
    bits |= LYKTA_BIT_WOMEN;
  if (occurrence->attendance == LYKTA_ATTENDANCE_ONLINE ||
      occurrence->attendance == LYKTA_ATTENDANCE_MIXED)
    bits |= LYKTA_BIT_ONLINE;
  if (occurrence->attendance != LYKTA_ATTENDANCE_ONLINE)
    bits |= LYKTA_BIT_ON_SITE;
  if (occurrence->is_all_day)
    bits |= LYKTA_BIT_ALL_DAY;
  bits |= ((guint32)occurrence->status << LYKTA_SHIFT_STATUS) & LYKTA_BIT_STATUS;
  bits |= ((guint32)occurrence->audience << LYKTA_SHIFT_AUDIENCE) & LYKTA_BIT_AUDIENCE;
  bits |= ((guint32)occurrence->attendance << LYKTA_SHIFT_ATTENDANCE) & LYKTA_BIT_ATTENDANCE;
  return bits;
}

void
lykta_date_row_to_occurrence (const LyktaDateRow *row, LyktaOccurrence *occurrence)
{
  *occurrence = (LyktaOccurrence){
      .start = row->start,
      .end = row->start + row->duration,
      .original_start = row->start - row->moved,
      .status = (row->bits & LYKTA_BIT_STATUS) >> LYKTA_SHIFT_STATUS,
      .audience = (row->bits & LYKTA_BIT_AUDIENCE) >> LYKTA_SHIFT_AUDIENCE,
      .attendance = (row->bits & LYKTA_BIT_ATTENDANCE) >> LYKTA_SHIFT_ATTENDANCE,
      .is_all_day = (row->bits & LYKTA_BIT_ALL_DAY) != 0,
      .is_gone = (row->bits & LYKTA_BIT_GONE) != 0,
  };
}

guint32
lykta_traits_of_activity (LyktaActivity *activity)
{
  guint32 traits = (guint32)lykta_activity_get_levels (activity) << LYKTA_SHIFT_LEVELS;

  if (lykta_activity_get_booking (activity) == LYKTA_BOOKING_DROP_IN)
    traits |= LYKTA_TRAIT_DROP_IN;
  if (lykta_activity_get_children (activity) == LYKTA_TRISTATE_YES ||
      lykta_activity_get_audience (activity) == LYKTA_AUDIENCE_PARENTS_WITH_CHILDREN)
    traits |= LYKTA_TRAIT_CHILDREN;
  return traits;
}

char *
lykta_spoken_of_activity (LyktaActivity *activity)
{
  const char *const *tags = lykta_activity_get_spoken_languages (activity);
  g_autoptr (GString) text = g_string_new (" ");

  for (guint i = 0; tags[i] != NULL; i++) {
    g_autofree char *word = g_strdup_printf (" %s ", tags[i]);
    if (strstr (text->str, word) == NULL)
      g_string_append (text, word + 1);
  }
  return text->len > 1 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

LyktaDayParts
lykta_parts_of_date (gint64 start, guint32 duration, guint32 bits)
{
  int hour, minute;

  if ((bits & LYKTA_BIT_ALL_DAY) != 0 || duration >= LYKTA_LONG_SECONDS)
    return LYKTA_PART_ALL;
  lykta_moment_to_wall (start, NULL, &hour, &minute, NULL);
  const guint32 from = (guint32)(hour * 60 + minute);
  /* One that ends at noon sharp does not touch the afternoon; one without length touches its start.
   */
  const guint32 to = MAX (from + duration / 60, from + 1);
  const guint32 noon = NOON_HOUR * 60, evening = EVENING_HOUR * 60, midnight = 24 * 60;
  LyktaDayParts parts = LYKTA_PART_NONE;
  if (from < noon || to > midnight)
    parts |= LYKTA_PART_MORNING;
  if ((from < evening && to > noon) || to > midnight + noon)
    parts |= LYKTA_PART_AFTERNOON;
  if (to > evening)
    parts |= LYKTA_PART_EVENING;
  return parts;
}

static int
compare_int64 (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

int
lykta_date_row_compare (const LyktaDateRow *a, const LyktaDateRow *b)
{
  int order = compare_int64 (a->start, b->start);

  if (order == 0)
    order = compare_int64 (a->rank, b->rank);
  if (order == 0)
    order = compare_int64 (a->activity, b->activity);
  if (order == 0)
    order = compare_int64 (a->moved, b->moved);
  return order;
}

void
lykta_filter_init (LyktaFilter *self, LyktaQuery *query, gint64 source)
{
  guint32 all = 0, audiences = 0;

  if (lykta_query_get_childcare (query))
    all |= LYKTA_BIT_CHILDCARE;
  if (lykta_query_get_women_only (query))
    audiences |= 1u << LYKTA_AUDIENCE_WOMEN;
  if (lykta_query_get_men_only (query))
    audiences |= 1u << LYKTA_AUDIENCE_MEN;
  if (lykta_query_get_online (query))
    all |= LYKTA_BIT_ONLINE;
  if (lykta_query_get_certificate (query))
    all |= LYKTA_BIT_CERTIFICATE;
  if (lykta_query_has_position (query) && lykta_query_get_within_km (query) > 0)
    all |= LYKTA_BIT_ON_SITE;
  const gint64 to = lykta_query_get_to (query);
  const guint32 purposes = lykta_query_get_purposes (query) & LYKTA_BIT_PURPOSES;
  *self = (LyktaFilter){
      .from = lykta_query_get_from (query),
      .to = to != 0 ? to : G_MAXINT64,
      .all_mask = all,
      .all_value = all,
      .any_mask = purposes != 0 ? purposes : G_MAXUINT32,
      .audiences = audiences != 0 ? audiences : G_MAXUINT32,
      .parts = lykta_query_get_parts (query),
  };
  /* Who names a source wants to know what it says, also where another one says it too. */
  if (lykta_query_get_source (query) != NULL) {
    self->all_mask |= LYKTA_BIT_SOURCE;
    self->all_value |= (guint32)source << LYKTA_SHIFT_SOURCE;
  } else {
    self->all_mask |= LYKTA_BIT_HIDDEN;
  }
}

/* ---- the dates of one activity, packed ---- */

/* Layout: for each date, as variable-length numbers: start (the difference from the one before,
 * zigzag), duration, bits below the source, moved (zigzag). A weekly group for a year takes some
 * 500 bytes; a second index over all dates would take three times that. */

static void
put_number (GByteArray *out, guint64 value)
{
  guint8 bytes[10];
  guint n = 0;

  do {
    bytes[n] = value & 0x7f;
    value >>= 7;
    if (value != 0)
      bytes[n] |= 0x80;
    n++;
  } while (value != 0);
  g_byte_array_append (out, bytes, n);
}

static void
put_signed (GByteArray *out, gint64 value)
{
  put_number (out, (guint64)value << 1 ^ (guint64)(value >> 63));
}

static gboolean
get_number (const guint8 **data, const guint8 *end, guint64 *value)
{
  *value = 0;
  for (guint shift = 0; shift < 64 && *data < end; shift += 7) {
    const guint8 byte = *(*data)++;
    *value |= (guint64)(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
get_signed (const guint8 **data, const guint8 *end, gint64 *value)
{
  guint64 raw;

  if (!get_number (data, end, &raw))
    return FALSE;
  *value = (gint64)(raw >> 1) ^ -(gint64)(raw & 1);
  return TRUE;
}

GBytes *
lykta_dates_pack (const LyktaDateRow *rows, guint n)
{
  g_autoptr (GByteArray) out = g_byte_array_sized_new (n * 10 + 8);
  gint64 before = 0;

  for (guint i = 0; i < n; i++) {
    put_signed (out, rows[i].start - before);
    put_number (out, rows[i].duration);
    put_number (out, rows[i].bits);
    put_signed (out, rows[i].moved);
    before = rows[i].start;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

gboolean
lykta_dates_unpack (const guint8 *data, gsize size, gint64 activity, gint64 rank, GArray *rows)
{
  const guint8 *end = data + size;
  gint64 before = 0;

  while (data < end) {
    LyktaDateRow row = {.activity = activity, .rank = rank, .latitude = NAN, .longitude = NAN};
    gint64 step;
    guint64 duration, bits;
    if (!get_signed (&data, end, &step) || !get_number (&data, end, &duration) ||
        !get_number (&data, end, &bits) || !get_signed (&data, end, &row.moved))
      return FALSE;
    row.start = before + step;
    row.duration = (guint32)MIN (duration, G_MAXUINT32);
    row.bits = (guint32)bits;
    before = row.start;
    g_array_append_val (rows, row);
  }
  return TRUE;
}
