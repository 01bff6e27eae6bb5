/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is not known is UNKNOWN and is never shown as "no". */
typedef enum {
  LYKTA_TRISTATE_UNKNOWN,
  LYKTA_TRISTATE_NO,
  LYKTA_TRISTATE_YES,
} LyktaTristate;

/* Purposes of early action for asylum seekers (SFS 2016:1364, 3 §): several may apply. */
typedef enum {
  LYKTA_PURPOSE_NONE = 0,
  LYKTA_PURPOSE_SWEDISH = 1 << 0,
  LYKTA_PURPOSE_SOCIETY = 1 << 1,
  LYKTA_PURPOSE_WORK = 1 << 2,
  LYKTA_PURPOSE_HEALTH = 1 << 3,
} LyktaPurposes;
#define LYKTA_PURPOSE_ALL \
  (LYKTA_PURPOSE_SWEDISH | LYKTA_PURPOSE_SOCIETY | LYKTA_PURPOSE_WORK | LYKTA_PURPOSE_HEALTH)

/* How much Swedish one should know to take part, after the Common European Framework: several may
 * apply; NONE: not known. */
typedef enum {
  LYKTA_LEVEL_NONE = 0,
  LYKTA_LEVEL_A1 = 1 << 0, /* none or very little */
  LYKTA_LEVEL_A2 = 1 << 1, /* everyday matters */
  LYKTA_LEVEL_B1 = 1 << 2, /* B1 and above: a conversation */
} LyktaLevels;
#define LYKTA_LEVEL_ALL (LYKTA_LEVEL_A1 | LYKTA_LEVEL_A2 | LYKTA_LEVEL_B1)

typedef enum {
  LYKTA_AUDIENCE_UNKNOWN,
  LYKTA_AUDIENCE_EVERYONE,
  LYKTA_AUDIENCE_WOMEN,
  LYKTA_AUDIENCE_MEN,
  LYKTA_AUDIENCE_PARENTS_WITH_CHILDREN,
  LYKTA_AUDIENCE_YOUNG_PEOPLE,
} LyktaAudience;

/* schema.org EventStatusType. */
typedef enum {
  LYKTA_STATUS_SCHEDULED,
  LYKTA_STATUS_CANCELLED,
  LYKTA_STATUS_RESCHEDULED,
  LYKTA_STATUS_TENTATIVE,
} LyktaStatus;

/* schema.org EventAttendanceModeEnumeration. */
typedef enum {
  LYKTA_ATTENDANCE_UNKNOWN,
  LYKTA_ATTENDANCE_ON_SITE,
  LYKTA_ATTENDANCE_ONLINE,
  LYKTA_ATTENDANCE_MIXED,
} LyktaAttendance;

typedef enum {
  LYKTA_BOOKING_UNKNOWN,
  LYKTA_BOOKING_DROP_IN,
  LYKTA_BOOKING_REQUIRED,
} LyktaBooking;

/* Kinds of organiser, after the county boards' statistics for 2020. */
typedef enum {
  LYKTA_ORGANISER_UNKNOWN,
  LYKTA_ORGANISER_STUDY_ASSOCIATION,
  LYKTA_ORGANISER_FOLK_HIGH_SCHOOL,
  LYKTA_ORGANISER_INTEREST_ORGANISATION,
  LYKTA_ORGANISER_NON_PROFIT,
  LYKTA_ORGANISER_FAITH_COMMUNITY,
  LYKTA_ORGANISER_SPORTS_CLUB,
  LYKTA_ORGANISER_ETHNIC_ASSOCIATION,
  LYKTA_ORGANISER_LIBRARY,
  LYKTA_ORGANISER_MUNICIPALITY,
  LYKTA_ORGANISER_REGION,
  LYKTA_ORGANISER_STATE_AGENCY,
  LYKTA_ORGANISER_PRIVATE_PERSON,
} LyktaOrganiserKind;

/* On what ground an organiser may issue certificates. */
typedef enum {
  LYKTA_BASIS_UNKNOWN,
  LYKTA_BASIS_AGREEMENT, /* överenskommelse with a county administrative board */
  LYKTA_BASIS_GRANT_2016_1364,
  LYKTA_BASIS_FOLKBILDNING_2015_521,
  LYKTA_BASIS_JOBSKILLS,
} LyktaBasis;

/* Parts of the day in Stockholm: before noon, noon to five, after five. A date lies in each that it
 * touches, one of whole days in all. */
typedef enum {
  LYKTA_PART_NONE = 0,
  LYKTA_PART_MORNING = 1 << 0,
  LYKTA_PART_AFTERNOON = 1 << 1,
  LYKTA_PART_EVENING = 1 << 2,
} LyktaDayParts;
#define LYKTA_PART_ALL (LYKTA_PART_MORNING | LYKTA_PART_AFTERNOON | LYKTA_PART_EVENING)

/* Stable lower-case tokens for files, JSON and the command line ("swedish", "women",
 * "cancelled", "study-association"); the _from_token functions ignore case and take unknown words
 * as the zero value. Static strings, any thread. */
const char *lykta_tristate_to_token (LyktaTristate value);
LyktaTristate lykta_tristate_from_token (const char *token);
/* Exactly one purpose bit. */
const char *lykta_purpose_to_token (LyktaPurposes single);
LyktaPurposes lykta_purpose_from_token (const char *token);
/* Exactly one level bit ("a1"). */
const char *lykta_level_to_token (LyktaLevels single);
LyktaLevels lykta_level_from_token (const char *token);
const char *lykta_audience_to_token (LyktaAudience value);
LyktaAudience lykta_audience_from_token (const char *token);
const char *lykta_status_to_token (LyktaStatus value);
LyktaStatus lykta_status_from_token (const char *token);
const char *lykta_attendance_to_token (LyktaAttendance value);
LyktaAttendance lykta_attendance_from_token (const char *token);
const char *lykta_booking_to_token (LyktaBooking value);
LyktaBooking lykta_booking_from_token (const char *token);
const char *lykta_organiser_kind_to_token (LyktaOrganiserKind value);
LyktaOrganiserKind lykta_organiser_kind_from_token (const char *token);
const char *lykta_basis_to_token (LyktaBasis value);
LyktaBasis lykta_basis_from_token (const char *token);

G_END_DECLS
