/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "base/lykta-civil-time.h"
#include "model/lykta-enums.h"
#include "model/lykta-place.h"
#include "model/lykta-texts.h"

G_BEGIN_DECLS

/* A date of a series that differs from the rest (RFC 5545 RECURRENCE-ID). Owned by its schedule. */
typedef struct {
  gint64 original_start; /* Unix seconds of the date that it replaces */
  gint64 start;          /* Unix seconds */
  gint64 end;            /* Unix seconds, exclusive */
  LyktaStatus status;
  LyktaAudience audience;     /* UNKNOWN: as the activity */
  LyktaAttendance attendance; /* UNKNOWN: as the activity */
  LyktaTexts *title;          /* (owned) (nullable: as the activity) */
  LyktaTexts *description;    /* (owned) (nullable) */
  LyktaPlace *place;          /* (owned) (nullable) */
  char *online_url;           /* (owned) (nullable) */
} LyktaOverride;

/* When an activity is: its first date, how it comes back, and what is different on single dates.
 * Immutable, reference-counted, any thread. */
typedef struct _LyktaSchedule LyktaSchedule;
#define LYKTA_TYPE_SCHEDULE (lykta_schedule_get_type ())
GType lykta_schedule_get_type (void);
LyktaSchedule *lykta_schedule_ref (LyktaSchedule *self);
void lykta_schedule_unref (LyktaSchedule *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaSchedule, lykta_schedule_unref)

/* Wall-clock start in @zone_id (IANA name; NULL: Europe/Stockholm). All-day: hour and minute 0.
 * @duration: seconds of wall-clock time from start to end; all-day: whole days × 86400. */
typedef struct _LyktaScheduleBuilder LyktaScheduleBuilder;
LyktaScheduleBuilder *lykta_schedule_builder_new (const char *zone_id,
                                                  LyktaDate date,
                                                  int hour,
                                                  int minute,
                                                  int second,
                                                  gboolean is_all_day,
                                                  gint64 duration);
/* RRULE value, upper case, as RFC 5545 3.3.10 writes it, without "RRULE:". */
void lykta_schedule_builder_add_rule (LyktaScheduleBuilder *self, const char *rule);
/* Moments (Unix seconds) that are added to or taken out of the series. */
void lykta_schedule_builder_add_date (LyktaScheduleBuilder *self, gint64 start);
void lykta_schedule_builder_add_exception (LyktaScheduleBuilder *self, gint64 start);
/* Copies @override; a second one for the same original_start replaces the first. */
void
lykta_schedule_builder_add_override (LyktaScheduleBuilder *self, const LyktaOverride *override);
/* Frees the builder. (transfer full) */
LyktaSchedule *lykta_schedule_builder_end (LyktaScheduleBuilder *self);
void lykta_schedule_builder_free (LyktaScheduleBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaScheduleBuilder, lykta_schedule_builder_free)

const char *lykta_schedule_get_zone_id (LyktaSchedule *self);
LyktaDate lykta_schedule_get_date (LyktaSchedule *self);
void lykta_schedule_get_time (LyktaSchedule *self, int *hour, int *minute, int *second);
gboolean lykta_schedule_is_all_day (LyktaSchedule *self);
gint64 lykta_schedule_get_duration (LyktaSchedule *self);
/* Unix seconds of the first date as written, whether or not the rules hit it. */
gint64 lykta_schedule_get_start (LyktaSchedule *self);
gboolean lykta_schedule_is_recurring (LyktaSchedule *self);
guint lykta_schedule_get_n_rules (LyktaSchedule *self);
const char *lykta_schedule_get_rule (LyktaSchedule *self, guint index);
/* Sorted; borrowed. */
const gint64 *lykta_schedule_get_dates (LyktaSchedule *self, guint *n);
const gint64 *lykta_schedule_get_exceptions (LyktaSchedule *self, guint *n);
guint lykta_schedule_get_n_overrides (LyktaSchedule *self);
const LyktaOverride *lykta_schedule_get_override (LyktaSchedule *self, guint index);
/* NULL when that date is like the rest. */
const LyktaOverride *lykta_schedule_find_override (LyktaSchedule *self, gint64 original_start);

G_END_DECLS
