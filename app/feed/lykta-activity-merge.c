/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-activity-merge.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-zone.h"

static gboolean
has_text (LyktaTexts *texts, const char *text)
{
  for (guint i = 0; i < lykta_texts_get_n (texts); i++)
    if (strcmp (lykta_texts_get_nth_text (texts, i), text) == 0)
      return TRUE;
  return FALSE;
}

/* (transfer full) */
static LyktaTexts *
merge_texts (LyktaTexts *texts, LyktaTexts *others)
{
  LyktaTexts *merged = lykta_texts_ref (texts);

  for (guint i = 0; i < lykta_texts_get_n (others); i++) {
    const char *language = lykta_texts_get_nth_language (others, i);
    const char *text = lykta_texts_get_nth_text (others, i);
    LyktaTexts *before = merged;

    if (lykta_texts_get (merged, language) != NULL || has_text (texts, text))
      continue;
    merged = lykta_texts_with (before, language, text);
    lykta_texts_unref (before);
  }
  return merged;
}

typedef void (*SetText) (LyktaActivityBuilder *, const char *, const char *);

static void
merge_into (LyktaActivityBuilder *builder, SetText set, LyktaTexts *texts, LyktaTexts *others)
{
  g_autoptr (LyktaTexts) merged = merge_texts (texts, others);

  for (guint i = 0; i < lykta_texts_get_n (merged); i++)
    set (builder, lykta_texts_get_nth_language (merged, i), lykta_texts_get_nth_text (merged, i));
}

static gboolean
has_date (LyktaSchedule *schedule, gint64 start)
{
  guint n;
  const gint64 *dates = lykta_schedule_get_dates (schedule, &n);

  if (lykta_schedule_get_start (schedule) == start ||
      lykta_schedule_find_override (schedule, start) != NULL)
    return TRUE;
  for (guint i = 0; i < n; i++)
    if (dates[i] == start)
      return TRUE;
  for (guint i = 0; i < lykta_schedule_get_n_overrides (schedule); i++)
    if (lykta_schedule_get_override (schedule, i)->start == start)
      return TRUE;
  return FALSE;
}

static LyktaScheduleBuilder *
copy_schedule (LyktaSchedule *schedule)
{
  int hour, minute, second;
  guint n;
  const gint64 *moments;
  LyktaScheduleBuilder *builder;

  lykta_schedule_get_time (schedule, &hour, &minute, &second);
  builder = lykta_schedule_builder_new (
      lykta_schedule_get_zone_id (schedule), lykta_schedule_get_date (schedule), hour, minute,
      second, lykta_schedule_is_all_day (schedule), lykta_schedule_get_duration (schedule));
  for (guint i = 0; i < lykta_schedule_get_n_rules (schedule); i++)
    lykta_schedule_builder_add_rule (builder, lykta_schedule_get_rule (schedule, i));
  moments = lykta_schedule_get_dates (schedule, &n);
  for (guint i = 0; i < n; i++)
    lykta_schedule_builder_add_date (builder, moments[i]);
  moments = lykta_schedule_get_exceptions (schedule, &n);
  for (guint i = 0; i < n; i++)
    lykta_schedule_builder_add_exception (builder, moments[i]);
  return builder;
}

/* Texts of changed dates that both have. */
static void
merge_overrides (LyktaScheduleBuilder *builder, LyktaSchedule *schedule, LyktaSchedule *other)
{
  for (guint i = 0; i < lykta_schedule_get_n_overrides (schedule); i++) {
    const LyktaOverride *own = lykta_schedule_get_override (schedule, i);
    const LyktaOverride *more = lykta_schedule_find_override (other, own->original_start);
    LyktaOverride merged = *own;
    g_autoptr (LyktaTexts) title = NULL;
    g_autoptr (LyktaTexts) description = NULL;

    if (more != NULL && own->title != NULL && more->title != NULL)
      merged.title = title = merge_texts (own->title, more->title);
    if (more != NULL && own->description != NULL && more->description != NULL)
      merged.description = description = merge_texts (own->description, more->description);
    lykta_schedule_builder_add_override (builder, &merged);
  }
}

/* Something that @texts do not say in that language. */
static gboolean
says_other (LyktaTexts *others, LyktaTexts *texts)
{
  for (guint i = 0; i < lykta_texts_get_n (others); i++)
    if (g_strcmp0 (lykta_texts_get (texts, lykta_texts_get_nth_language (others, i)),
                   lykta_texts_get_nth_text (others, i)) != 0)
      return TRUE;
  return FALSE;
}

/* @other is one date: a further date of @activity, different where it is different. */
static void
add_other_date (LyktaScheduleBuilder *builder, LyktaActivity *activity, LyktaActivity *other)
{
  LyktaSchedule *schedule = lykta_activity_get_schedule (activity);
  LyktaSchedule *date = lykta_activity_get_schedule (other);
  gint64 start = lykta_schedule_get_start (date);
  g_autoptr (LyktaZone) zone = lykta_zone_new (lykta_schedule_get_zone_id (date));
  const LyktaOverride *own = lykta_schedule_find_override (date, start);
  LyktaTexts *title = lykta_activity_get_title (other);
  LyktaPlace *place = lykta_activity_get_place (other);
  g_autofree char *line = place != NULL ? lykta_place_to_line (place) : NULL;
  g_autofree char *old_line = lykta_activity_get_place (activity) != NULL
                                  ? lykta_place_to_line (lykta_activity_get_place (activity))
                                  : NULL;
  LyktaOverride override = {.original_start = start, .start = start};
  gboolean is_same;

  lykta_schedule_builder_add_date (builder, start);
  if (own != NULL) {
    lykta_schedule_builder_add_override (builder, own);
    return;
  }
  override.status = lykta_activity_get_status (other);
  override.end = start + lykta_schedule_get_duration (date);
  if (zone != NULL)
    override.end = lykta_zone_to_moment (zone, lykta_zone_to_wall (zone, start) +
                                                   lykta_schedule_get_duration (date));
  if (says_other (title, lykta_activity_get_title (activity)))
    override.title = title;
  if (line != NULL && g_strcmp0 (line, old_line) != 0)
    override.place = place;
  is_same = lykta_schedule_get_duration (date) == lykta_schedule_get_duration (schedule) &&
            override.status == lykta_activity_get_status (activity) && override.title == NULL &&
            override.place == NULL;
  if (!is_same)
    lykta_schedule_builder_add_override (builder, &override);
}

static LyktaSchedule *
merge_schedules (LyktaActivity *activity, LyktaActivity *other)
{
  LyktaSchedule *schedule = lykta_activity_get_schedule (activity);
  LyktaSchedule *date = lykta_activity_get_schedule (other);
  g_autoptr (LyktaScheduleBuilder) builder = copy_schedule (schedule);
  guint n;

  merge_overrides (builder, schedule, date);
  lykta_schedule_get_dates (schedule, &n);
  if (lykta_schedule_get_n_rules (schedule) == 0 && !lykta_schedule_is_recurring (date) &&
      n < LYKTA_LIMIT_DATES && !has_date (schedule, lykta_schedule_get_start (date)))
    add_other_date (builder, activity, other);
  return lykta_schedule_builder_end (g_steal_pointer (&builder));
}

LyktaActivity *
lykta_activity_merge (LyktaActivity *activity, LyktaActivity *other)
{
  g_autoptr (LyktaActivityBuilder) builder = NULL;
  g_autoptr (LyktaSchedule) schedule = NULL;

  g_return_val_if_fail (LYKTA_IS_ACTIVITY (activity) && LYKTA_IS_ACTIVITY (other), NULL);
  builder = lykta_activity_builder_new_from (activity);
  merge_into (builder, lykta_activity_builder_set_title, lykta_activity_get_title (activity),
              lykta_activity_get_title (other));
  merge_into (builder, lykta_activity_builder_set_description,
              lykta_activity_get_description (activity), lykta_activity_get_description (other));
  merge_into (builder, lykta_activity_builder_set_notes, lykta_activity_get_notes (activity),
              lykta_activity_get_notes (other));
  merge_into (builder, lykta_activity_builder_set_price, lykta_activity_get_price (activity),
              lykta_activity_get_price (other));
  schedule = merge_schedules (activity, other);
  lykta_activity_builder_set_schedule (builder, schedule);
  lykta_activity_builder_set_last_modified (
      builder,
      MAX (lykta_activity_get_last_modified (activity), lykta_activity_get_last_modified (other)));
  return lykta_activity_builder_end (builder);
}
