/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lykta-activity.h"

G_BEGIN_DECLS

/* Whether two records speak of the same activity. Where there is doubt they do not: an activity
 * that stands twice costs a visitor a second, one that is hidden behind a stranger costs the visit.
 *
 * Records of two sources are the same activity when
 *  - they have the same uid, and besides a date at the same moment, the same place or the same
 *    organiser (two of these if the uid is shorter than LYKTA_IDENTITY_LONG_UID: such numbers are
 *    given by more than one program); or
 *  - title, place (or, without a place, the address on the net), time of day and length are the
 *    same, nothing that both tell of place, organiser and audience speaks against it, something
 *    besides the place's name speaks for it (position, street, postcode, town, municipality or
 *    organiser), and of the dates in the period that both cover at least one, and three quarters of
 *    the fewer, are at the same moments.
 * Titles are compared in Swedish if there is such a title, else in the first language; letters as
 * the search folds them. A title alone, or a title and a time, are never enough.
 *
 * Single dates of one source are a series that was cut when there are at least LYKTA_IDENTITY_CUT
 * of them that differ in nothing but uid, day, addresses on the net, status and time of change.
 * Where a description differs from date to date they stay apart.
 *
 * Otherwise two records of one source are two activities, unless one of them is gone: then its uid
 * was changed. */

#define LYKTA_IDENTITY_CUT      3
#define LYKTA_IDENTITY_LONG_UID 12
/* More records than this with the same title, place and time of day are not compared. */
#define LYKTA_IDENTITY_LIMIT 2000

/* What is compared of a record besides its uid and its dates. Numbers made of folded texts, 0 where
 * nothing is known. A plain value; the layout is part of the schema of content.db. */
typedef struct {
  guint64 key;  /* of title and place; 0: nothing to be recognised by */
  guint64 copy; /* of all that is equal in a series that was cut */
  guint32 place;
  guint32 street;
  guint32 postcode;
  guint32 town;
  guint32 organiser;
  gint32 latitude; /* 1/100,000 degree; G_MININT32 not known */
  gint32 longitude;
  guint32 time_of_day; /* seconds; LYKTA_IDENTITY_ALL_DAY */
  guint32 duration;    /* seconds */
  guint16 municipality;
  guint8 audience; /* LyktaAudience */
  guint8 is_single;
} LyktaIdentity;
#define LYKTA_IDENTITY_ALL_DAY 86400

void lykta_identity_of (LyktaActivity *activity, LyktaIdentity *identity);

/* A record among those that may be the same. */
typedef struct {
  LyktaIdentity identity;
  const char *uid;
  gint64 source;
  guint preference;     /* of the source; the lowest is shown */
  gboolean is_gone;     /* the source has stopped sending it, not yet for certain */
  const gint64 *starts; /* (array length=n_starts) Unix seconds, rising */
  guint n_starts;
} LyktaIdentityMember;

/* Whether two records of different sources are the same. */
gboolean lykta_identity_is_same (const LyktaIdentityMember *a, const LyktaIdentityMember *b);

/* @groups (array length=n): for each member the index of the one that stands for its group, which
 * is its own index when it is alone. It is one that is not gone, of the most preferred source, with
 * the earliest date. The same whatever the order of @members. */
void lykta_identity_group (const LyktaIdentityMember *members, guint n, guint *groups);

/* A date of a group. */
typedef struct {
  gint64 start;
  gint64 source;
  guint preference;
  gboolean is_gone;
  gboolean is_cancelled;
  gboolean is_hidden; /* out */
} LyktaIdentityDate;
/* Hides all dates but one of those that begin at the same moment. A cancellation counts more than
 * a date that takes place: who comes to a locked door has lost more than who asks first. Then comes
 * what is not gone, then the preferred source, then the order given. @dates: by start. */
void lykta_identity_choose_dates (LyktaIdentityDate *dates, guint n);

G_END_DECLS
