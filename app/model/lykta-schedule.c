/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-schedule.h"

#include <string.h>

struct _LyktaSchedule {
  char *zone_id; /* (owned) */
  LyktaDate date;
  int hour;
  int minute;
  int second;
  gboolean is_all_day;
  gint64 duration;
  gint64 start;
  GPtrArray *rules;   /* (owned) (element-type utf8) */
  GArray *dates;      /* (owned) (element-type gint64) */
  GArray *exceptions; /* (owned) (element-type gint64) */
  GArray *overrides;  /* (owned) (element-type LyktaOverride) */
};

struct _LyktaScheduleBuilder {
  LyktaSchedule *schedule; /* (owned) until ended */
};

G_DEFINE_BOXED_TYPE (LyktaSchedule, lykta_schedule, lykta_schedule_ref, lykta_schedule_unref)

static void
override_clear (gpointer data)
{
  LyktaOverride *override = data;

  g_clear_pointer (&override->title, lykta_texts_unref);
  g_clear_pointer (&override->description, lykta_texts_unref);
  g_clear_pointer (&override->place, lykta_place_unref);
  g_clear_pointer (&override->online_url, g_free);
}

static LyktaOverride
override_copy (const LyktaOverride *override)
{
  LyktaOverride copy = *override;

  if (copy.title != NULL)
    lykta_texts_ref (copy.title);
  if (copy.description != NULL)
    lykta_texts_ref (copy.description);
  if (copy.place != NULL)
    lykta_place_ref (copy.place);
  copy.online_url = g_strdup (override->online_url);
  return copy;
}

static void
schedule_clear (LyktaSchedule *self)
{
  g_free (self->zone_id);
  g_ptr_array_unref (self->rules);
  g_array_unref (self->dates);
  g_array_unref (self->exceptions);
  g_array_unref (self->overrides);
}

LyktaSchedule *
lykta_schedule_ref (LyktaSchedule *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
lykta_schedule_unref (LyktaSchedule *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)schedule_clear);
}

static gint64
moment_of (const char *zone_id, LyktaDate date, int hour, int minute, int second)
{
  if (g_str_equal (zone_id, "Europe/Stockholm"))
    return lykta_wall_to_moment (lykta_stockholm (), date, hour, minute, second);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_id);
  return lykta_wall_to_moment (zone != NULL ? zone : lykta_stockholm (), date, hour, minute,
                               second);
}

LyktaScheduleBuilder *
lykta_schedule_builder_new (const char *zone_id,
                            LyktaDate date,
                            int hour,
                            int minute,
                            int second,
                            gboolean is_all_day,
                            gint64 duration)
{
  g_return_val_if_fail (lykta_date_is_set (date), NULL);

  LyktaSchedule *schedule = g_atomic_rc_box_new0 (LyktaSchedule);
  schedule->zone_id = g_strdup (zone_id != NULL ? zone_id : "Europe/Stockholm");
  schedule->date = date;
  schedule->hour = is_all_day ? 0 : hour;
  schedule->minute = is_all_day ? 0 : minute;
  schedule->second = is_all_day ? 0 : second;
  schedule->is_all_day = is_all_day;
  schedule->duration = MAX (0, duration);
  schedule->start =
      moment_of (schedule->zone_id, date, schedule->hour, schedule->minute, schedule->second);
  schedule->rules = g_ptr_array_new_with_free_func (g_free);
  schedule->dates = g_array_new (FALSE, FALSE, sizeof (gint64));
  schedule->exceptions = g_array_new (FALSE, FALSE, sizeof (gint64));
  schedule->overrides = g_array_new (FALSE, FALSE, sizeof (LyktaOverride));
  g_array_set_clear_func (schedule->overrides, override_clear);

  LyktaScheduleBuilder *self = g_new0 (LyktaScheduleBuilder, 1);
  self->schedule = schedule;
  return self;
}

void
lykta_schedule_builder_add_rule (LyktaScheduleBuilder *self, const char *rule)
{
  g_return_if_fail (self != NULL && rule != NULL);

  g_ptr_array_add (self->schedule->rules, g_strdup (rule));
}

/* Keeps @moments sorted and without doubles. */
static void
insert_moment (GArray *moments, gint64 moment)
{
  guint at = moments->len;

  while (at > 0 && g_array_index (moments, gint64, at - 1) > moment)
    at--;
  if (at > 0 && g_array_index (moments, gint64, at - 1) == moment)
    return;
  g_array_insert_val (moments, at, moment);
}

void
lykta_schedule_builder_add_date (LyktaScheduleBuilder *self, gint64 start)
{
  g_return_if_fail (self != NULL);

  insert_moment (self->schedule->dates, start);
}

void
lykta_schedule_builder_add_exception (LyktaScheduleBuilder *self, gint64 start)
{
  g_return_if_fail (self != NULL);

  insert_moment (self->schedule->exceptions, start);
}

void
lykta_schedule_builder_add_override (LyktaScheduleBuilder *self, const LyktaOverride *override)
{
  g_return_if_fail (self != NULL && override != NULL);

  GArray *overrides = self->schedule->overrides;
  guint at = overrides->len;
  while (at > 0 && g_array_index (overrides, LyktaOverride, at - 1).original_start >=
                       override->original_start)
    at--;
  if (at < overrides->len &&
      g_array_index (overrides, LyktaOverride, at).original_start == override->original_start)
    g_array_remove_index (overrides, at);
  LyktaOverride copy = override_copy (override);
  g_array_insert_val (overrides, at, copy);
}

LyktaSchedule *
lykta_schedule_builder_end (LyktaScheduleBuilder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaSchedule *schedule = g_steal_pointer (&self->schedule);
  g_free (self);
  return schedule;
}

void
lykta_schedule_builder_free (LyktaScheduleBuilder *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->schedule, lykta_schedule_unref);
  g_free (self);
}

const char *
lykta_schedule_get_zone_id (LyktaSchedule *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->zone_id;
}

LyktaDate
lykta_schedule_get_date (LyktaSchedule *self)
{
  g_return_val_if_fail (self != NULL, (LyktaDate){0});

  return self->date;
}

void
lykta_schedule_get_time (LyktaSchedule *self, int *hour, int *minute, int *second)
{
  g_return_if_fail (self != NULL);

  if (hour != NULL)
    *hour = self->hour;
  if (minute != NULL)
    *minute = self->minute;
  if (second != NULL)
    *second = self->second;
}

gboolean
lykta_schedule_is_all_day (LyktaSchedule *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_all_day;
}

gint64
lykta_schedule_get_duration (LyktaSchedule *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->duration;
}

gint64
lykta_schedule_get_start (LyktaSchedule *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->start;
}

gboolean
lykta_schedule_is_recurring (LyktaSchedule *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->rules->len > 0 || self->dates->len > 0;
}

guint
lykta_schedule_get_n_rules (LyktaSchedule *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rules->len;
}

const char *
lykta_schedule_get_rule (LyktaSchedule *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->rules->len, NULL);

  return g_ptr_array_index (self->rules, index);
}

const gint64 *
lykta_schedule_get_dates (LyktaSchedule *self, guint *n)
{
  g_return_val_if_fail (self != NULL && n != NULL, NULL);

  *n = self->dates->len;
  return (const gint64 *)self->dates->data;
}

const gint64 *
lykta_schedule_get_exceptions (LyktaSchedule *self, guint *n)
{
  g_return_val_if_fail (self != NULL && n != NULL, NULL);

  *n = self->exceptions->len;
  return (const gint64 *)self->exceptions->data;
}

guint
lykta_schedule_get_n_overrides (LyktaSchedule *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->overrides->len;
}

const LyktaOverride *
lykta_schedule_get_override (LyktaSchedule *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->overrides->len, NULL);

  return &g_array_index (self->overrides, LyktaOverride, index);
}

const LyktaOverride *
lykta_schedule_find_override (LyktaSchedule *self, gint64 original_start)
{
  g_return_val_if_fail (self != NULL, NULL);

  guint low = 0;
  guint high = self->overrides->len;
  while (low < high) {
    const guint middle = low + (high - low) / 2;
    const LyktaOverride *override = &g_array_index (self->overrides, LyktaOverride, middle);
    if (override->original_start == original_start)
      return override;
    if (override->original_start < original_start)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}
