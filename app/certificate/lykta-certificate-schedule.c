/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-certificate-form-private.h"
#include "certificate/lykta-certificate-rules.h"

/* More different hours than this a week are no pattern that a line of text could tell. */
#define MAX_SLOTS       10
#define MINUTES_PER_DAY (24 * 60)

/* The text on the certificate is Swedish whatever language the program speaks. */
static const char *const weekdays[] = {
    NULL, "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag",
};

typedef struct {
  LyktaCertificateSlot slot;
  guint n;
} SlotCount;

static int
compare_by_weekday (gconstpointer a, gconstpointer b)
{
  const LyktaCertificateSlot *one = a, *other = b;

  if (one->weekday != other->weekday)
    return one->weekday - other->weekday;
  if (one->start_minute != other->start_minute)
    return one->start_minute - other->start_minute;
  return one->end_minute - other->end_minute;
}

static LyktaCertificateSlot
slot_of (const LyktaOccurrence *occurrence)
{
  LyktaCertificateSlot slot = {0};
  LyktaDate date;
  int hour, minute;

  lykta_moment_to_wall (occurrence->start, &date, &hour, &minute, NULL);
  slot.weekday = (guint8)lykta_date_weekday (date);
  if (occurrence->is_all_day || occurrence->end - occurrence->start >= MINUTES_PER_DAY * 60)
    return slot;
  slot.start_minute = (gint16)(hour * 60 + minute);
  lykta_moment_to_wall (occurrence->end, NULL, &hour, &minute, NULL);
  slot.end_minute = (gint16)(hour * 60 + minute);
  return slot;
}

static void
count_slot (GArray *counts, LyktaCertificateSlot slot)
{
  SlotCount fresh = {slot, 1};

  for (guint i = 0; i < counts->len; i++) {
    SlotCount *count = &g_array_index (counts, SlotCount, i);

    if (compare_by_weekday (&count->slot, &slot) == 0) {
      count->n++;
      return;
    }
  }
  g_array_append_val (counts, fresh);
}

GArray *
_lykta_certificate_find_slots (GArray *occurrences, LyktaDate from, LyktaDate to)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (SlotCount));
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (LyktaCertificateSlot));
  guint most = 0;

  for (guint i = 0; i < occurrences->len; i++) {
    const LyktaOccurrence *occurrence = &g_array_index (occurrences, LyktaOccurrence, i);
    LyktaDate date = lykta_date_of_moment (occurrence->start);

    if (occurrence->status != LYKTA_STATUS_CANCELLED && lykta_date_compare (date, from) >= 0 &&
        (!lykta_date_is_set (to) || lykta_date_compare (date, to) <= 0))
      count_slot (counts, slot_of (occurrence));
  }
  for (guint i = 0; i < counts->len; i++)
    most = MAX (most, g_array_index (counts, SlotCount, i).n);
  for (guint i = 0; i < counts->len; i++) {
    const SlotCount *count = &g_array_index (counts, SlotCount, i);

    if (count->n > 1 && count->n * 4 >= most)
      g_array_append_val (slots, count->slot);
  }
  if (slots->len == 0 || slots->len > MAX_SLOTS)
    return NULL;
  g_array_sort (slots, compare_by_weekday);
  return g_steal_pointer (&slots);
}

static gboolean
has_same_hours (const LyktaCertificateSlot *a, const LyktaCertificateSlot *b)
{
  return a->start_minute == b->start_minute && a->end_minute == b->end_minute;
}

/* Bits 1-7 of the weekdays with the hours of @slot. */
static guint
weekdays_with_hours (const LyktaCertificateSlot *slots,
                     guint n_slots,
                     const LyktaCertificateSlot *slot)
{
  guint days = 0;

  for (guint i = 0; i < n_slots; i++) {
    if (has_same_hours (&slots[i], slot))
      days |= 1u << slots[i].weekday;
  }
  return days;
}

/* "måndag–fredag" for three days or more on end, else "måndagar, onsdagar och fredagar". */
static void
append_weekdays (GString *text, guint days)
{
  guint first = (guint)g_bit_nth_lsf (days, -1), n = 0, done = 0;

  for (guint day = 1; day <= 7; day++)
    n += (days >> day) & 1;
  if (n >= 3 && (days >> first) == (1u << n) - 1) {
    g_string_append_printf (text, "%s–%s", weekdays[first], weekdays[first + n - 1]);
    return;
  }
  for (guint day = 1; day <= 7; day++) {
    if (!((days >> day) & 1))
      continue;
    if (done > 0)
      g_string_append (text, done == n - 1 ? " och " : ", ");
    g_string_append_printf (text, "%sar", weekdays[day]);
    done++;
  }
}

char *
lykta_certificate_slots_to_swedish (const LyktaCertificateSlot *slots, guint n_slots)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (slots != NULL || n_slots == 0, NULL);

  for (guint i = 0; i < n_slots; i++) {
    const LyktaCertificateSlot *slot = &slots[i];
    gboolean was_told = FALSE;

    g_return_val_if_fail (slot->weekday >= 1 && slot->weekday <= 7, NULL);
    for (guint j = 0; j < i; j++)
      was_told = was_told || has_same_hours (&slots[j], slot);
    if (was_told)
      continue;
    if (text->len > 0)
      g_string_append (text, "; ");
    append_weekdays (text, weekdays_with_hours (slots, n_slots, slot));
    if (slot->start_minute != slot->end_minute)
      g_string_append_printf (text, " %02d:%02d–%02d:%02d", slot->start_minute / 60,
                              slot->start_minute % 60, slot->end_minute / 60,
                              slot->end_minute % 60);
  }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
