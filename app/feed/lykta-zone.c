/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-zone.h"

#include <string.h>

#define DAY_SECONDS 86400
#define FIRST_YEAR  1970
#define LAST_YEAR   2099
#define N_YEARS     (LAST_YEAR - FIRST_YEAR + 1)
#define MAX_CHANGES 4
#define STOCKHOLM   "Europe/Stockholm"

/* One year from its first UTC second on: the offset it begins with, and when it changes to what. */
typedef struct {
  gboolean is_known;
  guint n;
  gint64 at[MAX_CHANGES]; /* moments */
  gint32 offset[MAX_CHANGES + 1];
} Year;

struct _LyktaZone {
  gatomicrefcount references;
  const char *id;  /* interned */
  GTimeZone *zone; /* (owned) */
  Year years[N_YEARS];
};

gint64
lykta_wall_from_date (LyktaDate date, int hour, int minute, int second)
{
  return (gint64)lykta_date_to_day_number (date) * DAY_SECONDS + hour * 3600 + minute * 60 + second;
}

LyktaDate
lykta_wall_to_date (gint64 wall, int *hour, int *minute, int *second)
{
  gint64 day = wall / DAY_SECONDS - (wall % DAY_SECONDS < 0);
  int rest = (int)(wall - day * DAY_SECONDS);

  if (hour != NULL)
    *hour = rest / 3600;
  if (minute != NULL)
    *minute = rest / 60 % 60;
  if (second != NULL)
    *second = rest % 60;
  return lykta_date_from_day_number ((gint32)day);
}

static gint64
start_of_year (int year)
{
  return lykta_wall_from_date ((LyktaDate){(gint16)year, 1, 1}, 0, 0, 0);
}

static gint32
offset_at (GTimeZone *zone, gint64 moment)
{
  return g_time_zone_get_offset (zone,
                                 g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, moment));
}

/* Looks through the year week by week and halves the week in which something changes. A zone that
 * changes twice in a week loses that, as no zone does since 1970. */
static void
fill_year (LyktaZone *self, int year)
{
  Year *into = &self->years[year - FIRST_YEAR];
  gint64 end = start_of_year (year + 1);
  gint64 at = start_of_year (year);

  into->n = 0;
  into->offset[0] = offset_at (self->zone, at);
  while (at < end && into->n < MAX_CHANGES) {
    gint64 next = MIN (at + 7 * DAY_SECONDS, end);
    if (offset_at (self->zone, next) != into->offset[into->n]) {
      gint64 low = at, high = next;
      while (high - low > 1) {
        gint64 middle = low + (high - low) / 2;
        if (offset_at (self->zone, middle) == into->offset[into->n])
          low = middle;
        else
          high = middle;
      }
      if (high < end) {
        into->at[into->n++] = high;
        into->offset[into->n] = offset_at (self->zone, high);
      }
    }
    at = next;
  }
  into->is_known = TRUE;
}

static LyktaZone *
zone_make (const char *id, GTimeZone *zone)
{
  LyktaZone *self = g_new0 (LyktaZone, 1);

  g_atomic_ref_count_init (&self->references);
  self->id = g_intern_string (id);
  self->zone = g_time_zone_ref (zone);
  return self;
}

/* Filled whole before any thread sees it, then never changed. */
static LyktaZone *
stockholm (void)
{
  static LyktaZone *shared = NULL;

  if (g_once_init_enter (&shared)) {
    LyktaZone *self = zone_make (STOCKHOLM, lykta_stockholm ());
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++)
      fill_year (self, year);
    g_once_init_leave (&shared, self);
  }
  return shared;
}

LyktaZone *
lykta_zone_new (const char *id)
{
  g_autoptr (GTimeZone) zone = NULL;

  if (id == NULL || g_str_equal (id, STOCKHOLM))
    return lykta_zone_ref (stockholm ());
  zone = g_time_zone_new_identifier (id);
  return zone != NULL ? zone_make (id, zone) : NULL;
}

LyktaZone *
lykta_zone_ref (LyktaZone *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
lykta_zone_unref (LyktaZone *self)
{
  g_return_if_fail (self != NULL);
  if (g_atomic_ref_count_dec (&self->references)) {
    g_time_zone_unref (self->zone);
    g_free (self);
  }
}

const char *
lykta_zone_get_id (LyktaZone *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->id;
}

/* NULL outside the years that are kept. @seconds may be wall or UTC: near New Year either year's
 * offsets are right, as nobody changes clocks then. */
static const Year *
year_of (LyktaZone *self, gint64 seconds)
{
  int year = lykta_wall_to_date (seconds, NULL, NULL, NULL).year;

  if (year < FIRST_YEAR || year > LAST_YEAR)
    return NULL;
  if (!self->years[year - FIRST_YEAR].is_known)
    fill_year (self, year);
  return &self->years[year - FIRST_YEAR];
}

gint64
lykta_zone_to_moment (LyktaZone *self, gint64 wall)
{
  const Year *year;

  g_return_val_if_fail (self != NULL, wall);
  year = year_of (self, wall);
  if (year == NULL) {
    int hour, minute, second;
    LyktaDate date = lykta_wall_to_date (wall, &hour, &minute, &second);
    return lykta_wall_to_moment (self->zone, date, hour, minute, second);
  }
  for (guint i = 0; i < year->n; i++) {
    gint64 moment = wall - year->offset[i];
    /* Before the change; or in the gap that it makes, where the old offset moves it forward. */
    if (moment < year->at[i] || wall - year->offset[i + 1] < year->at[i])
      return moment;
  }
  return wall - year->offset[year->n];
}

int
lykta_zone_get_offset (LyktaZone *self, gint64 moment)
{
  const Year *year;
  guint i = 0;

  g_return_val_if_fail (self != NULL, 0);
  year = year_of (self, moment);
  if (year == NULL)
    return offset_at (self->zone, moment);
  while (i < year->n && moment >= year->at[i])
    i++;
  return year->offset[i];
}

gint64
lykta_zone_to_wall (LyktaZone *self, gint64 moment)
{
  g_return_val_if_fail (self != NULL, moment);
  return moment + lykta_zone_get_offset (self, moment);
}
