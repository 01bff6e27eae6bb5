/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-brochure.h"

#include <string.h>

#include "paper/lykta-handout-words.h"
#include "text/lykta-date-format.h"

#define SECONDS_PER_WEEK (7 * 86400)
/* So many dates make a habit; fewer are told one by one. */
#define LEAST_HABIT 3
#define MAX_DATES   4

/* The dates of one activity at one hour of one weekday. */
typedef struct {
  const LyktaProgrammeEntry *first;
  const LyktaProgrammeEntry *last;
  int weekday;
  int minute; /* of the day */
  gint64 duration;
  guint n;
} Habit;

/* An activity while its dates are gathered. */
typedef struct {
  LyktaActivity *activity; /* (unowned) */
  GArray *habits;          /* (owned) (element-type Habit) */
  GPtrArray *entries;      /* (owned) (element-type LyktaProgrammeEntry) */
} Series;

static void
series_clear (Series *self)
{
  g_clear_pointer (&self->habits, g_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
}

static void
brochure_line_clear (LyktaBrochureLine *line)
{
  g_clear_pointer (&line->times, g_free);
}

static Habit
habit_of (const LyktaProgrammeEntry *entry)
{
  Habit habit = {.first = entry, .last = entry, .n = 1};
  int hour, minute;

  lykta_moment_to_wall (entry->date.start, NULL, &hour, &minute, NULL);
  habit.weekday = lykta_date_weekday (lykta_date_of_moment (entry->date.start));
  habit.minute = entry->date.is_all_day ? -1 : hour * 60 + minute;
  habit.duration = entry->date.end - entry->date.start;
  return habit;
}

static void
add_date (Series *series, const LyktaProgrammeEntry *entry)
{
  Habit habit = habit_of (entry);

  g_ptr_array_add (series->entries, (gpointer)entry);
  for (guint i = 0; i < series->habits->len; i++) {
    Habit *known = &g_array_index (series->habits, Habit, i);

    if (known->weekday == habit.weekday && known->minute == habit.minute &&
        known->duration == habit.duration) {
      known->last = entry;
      known->n++;
      return;
    }
  }
  g_array_append_val (series->habits, habit);
}

static Series *
find_series (GArray *all, LyktaActivity *activity)
{
  Series series = {.activity = activity};

  for (guint i = 0; i < all->len; i++) {
    Series *known = &g_array_index (all, Series, i);

    if (known->activity == activity)
      return known;
  }
  series.habits = g_array_new (FALSE, FALSE, sizeof (Habit));
  series.entries = g_ptr_array_new ();
  g_array_append_val (all, series);
  return &g_array_index (all, Series, all->len - 1);
}

static void
append_piece (GString *line, char *piece)
{
  if (line->len > 0)
    g_string_append_c (line, '\n');
  g_string_append (line, piece);
  g_free (piece);
}

/* (transfer full) */
static char *
tell_habit (LyktaCatalogue *words, const Habit *habit)
{
  const char *language = lykta_catalogue_get_language (words);
  g_autofree char *weekday = lykta_format_weekday (language, habit->weekday);
  g_autofree char *hours = lykta_handout_hours (words, &habit->first->date);

  return g_strdup_printf ("%s %s", weekday, hours);
}

/* (transfer full) */
static char *
tell_date (LyktaCatalogue *words, const LyktaProgrammeEntry *entry)
{
  const char *language = lykta_catalogue_get_language (words);
  g_autofree char *day = lykta_format_short_date (language, entry->day);
  g_autofree char *hours = lykta_handout_hours (words, &entry->date);

  return g_strdup_printf ("%s %s", day, hours);
}

/* No week between the first date and the last is left out. */
static gboolean
is_weekly (const Habit *habit)
{
  gint64 weeks = (habit->last->date.start - habit->first->date.start + SECONDS_PER_WEEK / 2) /
                     SECONDS_PER_WEEK +
                 1;

  return habit->n >= LEAST_HABIT && habit->n + 1 >= weeks;
}

/* When all of it is a habit; NULL otherwise. (transfer full) */
static char *
tell_habits (LyktaCatalogue *words, const Series *series)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < series->habits->len; i++) {
    const Habit *habit = &g_array_index (series->habits, Habit, i);

    if (!is_weekly (habit))
      return NULL;
    append_piece (line, tell_habit (words, habit));
  }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* Dates one by one, or the hours of the week and the days between which they lie. (transfer full)
 */
static char *
tell_dates (LyktaCatalogue *words, const Series *series)
{
  g_autoptr (GString) line = g_string_new (NULL);
  guint n = series->entries->len;
  const LyktaProgrammeEntry *first = g_ptr_array_index (series->entries, 0);
  const LyktaProgrammeEntry *last = g_ptr_array_index (series->entries, n - 1);

  for (guint i = 0; i < n && n <= MAX_DATES; i++)
    append_piece (line, tell_date (words, g_ptr_array_index (series->entries, i)));
  for (guint i = 0; i < MIN (series->habits->len, MAX_DATES) && n > MAX_DATES; i++)
    append_piece (line, tell_habit (words, &g_array_index (series->habits, Habit, i)));
  if (n > MAX_DATES)
    append_piece (line, lykta_handout_period (words, first->day, last->day));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* @series is not empty. (transfer full): of the text. */
static LyktaBrochureLine
make_line (LyktaCatalogue *words, const Series *series)
{
  LyktaBrochureLine line = {.first = g_ptr_array_index (series->entries, 0)};

  line.times = tell_habits (words, series);
  if (line.times == NULL)
    line.times = tell_dates (words, series);
  return line;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const LyktaBrochureLine *one = a, *other = b;
  Habit first = habit_of (one->first), second = habit_of (other->first);
  guint purpose = lykta_activity_get_primary_purpose (one->first->activity) - 1u;
  guint other_purpose = lykta_activity_get_primary_purpose (other->first->activity) - 1u;

  /* Without a purpose comes last: 0 - 1 is the largest. */
  if (purpose != other_purpose)
    return purpose < other_purpose ? -1 : 1;
  if (first.weekday != second.weekday)
    return first.weekday - second.weekday;
  if (first.minute != second.minute)
    return first.minute - second.minute;
  return g_strcmp0 (lykta_activity_get_uid (one->first->activity),
                    lykta_activity_get_uid (other->first->activity));
}

GArray *
lykta_brochure_make_lines (LyktaProgramme *programme, LyktaCatalogue *words)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Series));
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (LyktaBrochureLine));

  g_return_val_if_fail (LYKTA_IS_PROGRAMME (programme), lines);
  g_return_val_if_fail (LYKTA_IS_CATALOGUE (words), lines);

  g_array_set_clear_func (all, (GDestroyNotify)series_clear);
  g_array_set_clear_func (lines, (GDestroyNotify)brochure_line_clear);
  for (guint i = 0; i < lykta_programme_get_n_entries (programme); i++) {
    const LyktaProgrammeEntry *entry = lykta_programme_get_entry (programme, i);

    if (entry->date.status != LYKTA_STATUS_CANCELLED)
      add_date (find_series (all, entry->activity), entry);
  }
  for (guint i = 0; i < all->len; i++) {
    LyktaBrochureLine line = make_line (words, &g_array_index (all, Series, i));

    g_array_append_val (lines, line);
  }
  g_array_sort (lines, compare_lines);
  return lines;
}
