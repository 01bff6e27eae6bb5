/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "model/lykta-enums.h"
#include "model/lykta-organiser.h"
#include "model/lykta-place.h"
#include "model/lykta-schedule.h"
#include "model/lykta-texts.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_ACTIVITY (lykta_activity_get_type ())
G_DECLARE_FINAL_TYPE (LyktaActivity, lykta_activity, LYKTA, ACTIVITY, GObject)

/* Something that people can take part in, once or again and again: texts, purposes, organisers,
 * place, schedule, and what one must know to come. Immutable; made by LyktaActivityBuilder.
 * All getters: any thread, borrowed, NULL or UNKNOWN where nothing is known. */

/* Unique within its source (RFC 5545 UID). */
const char *lykta_activity_get_uid (LyktaActivity *self);
LyktaTexts *lykta_activity_get_title (LyktaActivity *self);       /* never NULL, may be empty */
LyktaTexts *lykta_activity_get_description (LyktaActivity *self); /* never NULL, may be empty */
/* Practical notes: what to bring, where to ring the bell. Never NULL, may be empty. */
LyktaTexts *lykta_activity_get_notes (LyktaActivity *self);
LyktaPurposes lykta_activity_get_purposes (LyktaActivity *self);
LyktaPurposes lykta_activity_get_primary_purpose (LyktaActivity *self); /* one bit or NONE */
/* The publisher's own category words, NULL-terminated, never NULL. */
const char *const *lykta_activity_get_categories (LyktaActivity *self);
LyktaOrganiser *lykta_activity_get_organiser (LyktaActivity *self);
guint lykta_activity_get_n_co_organisers (LyktaActivity *self);
LyktaOrganiser *lykta_activity_get_co_organiser (LyktaActivity *self, guint index);
LyktaPlace *lykta_activity_get_place (LyktaActivity *self);
const char *lykta_activity_get_online_url (LyktaActivity *self);
/* The publisher's page about it. */
const char *lykta_activity_get_url (LyktaActivity *self);
LyktaAttendance lykta_activity_get_attendance (LyktaActivity *self);
LyktaSchedule *lykta_activity_get_schedule (LyktaActivity *self); /* never NULL */
/* Status of the whole series. */
LyktaStatus lykta_activity_get_status (LyktaActivity *self);
/* Years, inclusive; -1 where there is no limit or none is known. */
int lykta_activity_get_age_from (LyktaActivity *self);
int lykta_activity_get_age_to (LyktaActivity *self);
LyktaAudience lykta_activity_get_audience (LyktaActivity *self);
/* Canonical tags of languages spoken there, NULL-terminated, never NULL. */
const char *const *lykta_activity_get_spoken_languages (LyktaActivity *self);
LyktaTristate lykta_activity_get_childcare (LyktaActivity *self);
/* Whether children may come along. Parents with children as the audience say so too. */
LyktaTristate lykta_activity_get_children (LyktaActivity *self);
/* How much Swedish it is for; NONE: not known. */
LyktaLevels lykta_activity_get_levels (LyktaActivity *self);
LyktaTristate lykta_activity_get_step_free (LyktaActivity *self);
LyktaTristate lykta_activity_get_is_free (LyktaActivity *self);
/* What it costs in the publisher's words when it is not free. */
LyktaTexts *lykta_activity_get_price (LyktaActivity *self); /* never NULL, may be empty */
LyktaBooking lykta_activity_get_booking (LyktaActivity *self);
const char *lykta_activity_get_booking_url (LyktaActivity *self);
int lykta_activity_get_capacity (LyktaActivity *self); /* -1 not known */
/* Early action for asylum seekers (tidiga insatser). */
LyktaTristate lykta_activity_get_is_tia (LyktaActivity *self);
LyktaTristate lykta_activity_get_offers_certificate (LyktaActivity *self);
/* The agency's compulsory introduction: never offers a certificate. */
gboolean lykta_activity_is_compulsory_introduction (LyktaActivity *self);
/* Unix seconds of the publisher's last change, 0 not known. */
gint64 lykta_activity_get_last_modified (LyktaActivity *self);
/* TRUE for invented activities, which are always marked so on screen and paper. */
gboolean lykta_activity_is_sample (LyktaActivity *self);

/* The whole value as a GVariant of type "a{sv}" that later versions can read, for storage and for
 * telling whether anything changed; equal activities give equal bytes. (transfer full, floating
 * sunk) */
GVariant *lykta_activity_to_variant (LyktaActivity *self);
/* NULL when @variant is not an activity. Unknown keys are ignored. (transfer full) */
LyktaActivity *lykta_activity_new_from_variant (GVariant *variant);

/* Collects an activity; one thread. Strings and values are copied or referenced. Unset: not known.
 */
#define LYKTA_TYPE_ACTIVITY_BUILDER (lykta_activity_builder_get_type ())
G_DECLARE_FINAL_TYPE (
    LyktaActivityBuilder, lykta_activity_builder, LYKTA, ACTIVITY_BUILDER, GObject)
/* @schedule may be NULL here and set later. (transfer full) */
LyktaActivityBuilder *lykta_activity_builder_new (const char *uid, LyktaSchedule *schedule);
/* Starts from an existing activity. (transfer full) */
LyktaActivityBuilder *lykta_activity_builder_new_from (LyktaActivity *activity);
void lykta_activity_builder_set_uid (LyktaActivityBuilder *self, const char *uid);
void lykta_activity_builder_set_schedule (LyktaActivityBuilder *self, LyktaSchedule *schedule);
void lykta_activity_builder_set_title (LyktaActivityBuilder *self,
                                       const char *language,
                                       const char *text);
void lykta_activity_builder_set_description (LyktaActivityBuilder *self,
                                             const char *language,
                                             const char *text);
void lykta_activity_builder_set_notes (LyktaActivityBuilder *self,
                                       const char *language,
                                       const char *text);
void lykta_activity_builder_set_price (LyktaActivityBuilder *self,
                                       const char *language,
                                       const char *text);
/* @primary must be one bit of @purposes or NONE (then the lowest bit is taken). */
void lykta_activity_builder_set_purposes (LyktaActivityBuilder *self,
                                          LyktaPurposes purposes,
                                          LyktaPurposes primary);
void lykta_activity_builder_add_category (LyktaActivityBuilder *self, const char *category);
void lykta_activity_builder_set_organiser (LyktaActivityBuilder *self, LyktaOrganiser *organiser);
void
lykta_activity_builder_add_co_organiser (LyktaActivityBuilder *self, LyktaOrganiser *organiser);
void lykta_activity_builder_set_place (LyktaActivityBuilder *self, LyktaPlace *place);
void lykta_activity_builder_set_online_url (LyktaActivityBuilder *self, const char *url);
void lykta_activity_builder_set_url (LyktaActivityBuilder *self, const char *url);
void lykta_activity_builder_set_attendance (LyktaActivityBuilder *self, LyktaAttendance attendance);
void lykta_activity_builder_set_status (LyktaActivityBuilder *self, LyktaStatus status);
void lykta_activity_builder_set_ages (LyktaActivityBuilder *self, int from, int to);
void lykta_activity_builder_set_audience (LyktaActivityBuilder *self, LyktaAudience audience);
void lykta_activity_builder_add_spoken_language (LyktaActivityBuilder *self, const char *language);
void lykta_activity_builder_set_childcare (LyktaActivityBuilder *self, LyktaTristate value);
void lykta_activity_builder_set_children (LyktaActivityBuilder *self, LyktaTristate value);
void lykta_activity_builder_set_levels (LyktaActivityBuilder *self, LyktaLevels levels);
void lykta_activity_builder_set_step_free (LyktaActivityBuilder *self, LyktaTristate value);
void lykta_activity_builder_set_is_free (LyktaActivityBuilder *self, LyktaTristate value);
void lykta_activity_builder_set_booking (LyktaActivityBuilder *self,
                                         LyktaBooking booking,
                                         const char *url);
void lykta_activity_builder_set_capacity (LyktaActivityBuilder *self, int capacity);
void lykta_activity_builder_set_is_tia (LyktaActivityBuilder *self, LyktaTristate value);
void
lykta_activity_builder_set_offers_certificate (LyktaActivityBuilder *self, LyktaTristate value);
void
lykta_activity_builder_set_is_compulsory_introduction (LyktaActivityBuilder *self, gboolean value);
void lykta_activity_builder_set_last_modified (LyktaActivityBuilder *self, gint64 unix_seconds);
void lykta_activity_builder_set_is_sample (LyktaActivityBuilder *self, gboolean value);
/* Needs a uid and a schedule. The builder may be used on. (transfer full) */
LyktaActivity *lykta_activity_builder_end (LyktaActivityBuilder *self);

G_END_DECLS
