/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "model/lykta-activity.h"
#include "model/lykta-occurrence.h"

G_BEGIN_DECLS

/* How many people of a kind took part. */
typedef struct {
  guint32 women;
  guint32 men;
  guint32 other; /* or not told */
  guint32 children;
  guint32 first_timers; /* of those above */
  guint32 volunteers;   /* besides those above */
} LyktaPeople;

/* Most of one kind that an entry can have; more is a slip of the finger. */
#define LYKTA_PEOPLE_MAX 9999

/* The attendance of one occasion as counted at one desk: numbers and no names. Immutable,
 * reference-counted, any thread; strings borrowed. An entry is corrected by one with the same
 * number and a higher revision. */
typedef struct _LyktaHeadcount LyktaHeadcount;
#define LYKTA_TYPE_HEADCOUNT (lykta_headcount_get_type ())
GType lykta_headcount_get_type (void);
LyktaHeadcount *lykta_headcount_ref (LyktaHeadcount *self);
void lykta_headcount_unref (LyktaHeadcount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaHeadcount, lykta_headcount_unref)

/* What was counted at @occurrence of @activity. @number: "A-17", with the prefix of the desk, never
 * given twice. @revision: 0 for the first, one more with each correction. @is_online: these people
 * took part online; an occasion with both has two entries. @county_code: nullable. More people of
 * one kind than LYKTA_PEOPLE_MAX, or more first-timers than participants, gives NULL and @error
 * (G_IO_ERROR_INVALID_ARGUMENT). (transfer full) */
LyktaHeadcount *lykta_headcount_new (const char *number,
                                     guint revision,
                                     LyktaActivity *activity,
                                     const LyktaOccurrence *occurrence,
                                     gboolean is_online,
                                     const LyktaPeople *people,
                                     GError **error);
/* @self corrected: another count for the same occasion, or (NULL) withdrawn altogether.
 * (transfer full) */
LyktaHeadcount *
lykta_headcount_correct (LyktaHeadcount *self, const LyktaPeople *people, GError **error);

const char *lykta_headcount_get_number (LyktaHeadcount *self);
guint lykta_headcount_get_revision (LyktaHeadcount *self);
gboolean lykta_headcount_is_withdrawn (LyktaHeadcount *self);
const char *lykta_headcount_get_activity_uid (LyktaHeadcount *self);
/* Swedish, or in whatever language there is. */
const char *lykta_headcount_get_title (LyktaHeadcount *self);
/* Token of the primary purpose; "" when not known. */
const char *lykta_headcount_get_purpose (LyktaHeadcount *self);
/* SCB codes; "" when not known. */
const char *lykta_headcount_get_municipality (LyktaHeadcount *self);
/* "" when not known. */
const char *lykta_headcount_get_organiser (LyktaHeadcount *self);
/* Unix seconds. */
gint64 lykta_headcount_get_start (LyktaHeadcount *self);
gboolean lykta_headcount_is_online (LyktaHeadcount *self);
const LyktaPeople *lykta_headcount_get_people (LyktaHeadcount *self);

/* Women, men, others and children. */
guint64 lykta_people_get_participants (const LyktaPeople *people);

/* As bytes for the register and for files between desks, the same on every machine, and back; NULL
 * and G_IO_ERROR_INVALID_DATA for anything that is none. (transfer full) */
GBytes *lykta_headcount_to_bytes (LyktaHeadcount *self);
LyktaHeadcount *lykta_headcount_from_bytes (GBytes *bytes, GError **error);

G_END_DECLS
