/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lykta-activity.h"

G_BEGIN_DECLS

/* All that an activity is made of; shared by the value, its builder and its variant form, and by
 * nobody else. */
typedef struct {
  char *uid;               /* (owned) */
  LyktaTexts *title;       /* (owned) */
  LyktaTexts *description; /* (owned) */
  LyktaTexts *notes;       /* (owned) */
  LyktaTexts *price;       /* (owned) */
  LyktaPurposes purposes;
  LyktaPurposes primary_purpose;
  GPtrArray *categories;     /* (owned) (element-type utf8) NULL-terminated */
  LyktaOrganiser *organiser; /* (owned) (nullable) */
  GPtrArray *co_organisers;  /* (owned) (element-type LyktaOrganiser) */
  LyktaPlace *place;         /* (owned) (nullable) */
  char *online_url;          /* (owned) (nullable) */
  char *url;                 /* (owned) (nullable) */
  LyktaAttendance attendance;
  LyktaSchedule *schedule; /* (owned) (nullable in a builder) */
  LyktaStatus status;
  int age_from;
  int age_to;
  LyktaAudience audience;
  GPtrArray *spoken_languages; /* (owned) (element-type utf8) NULL-terminated */
  LyktaTristate childcare;
  LyktaTristate children;
  LyktaLevels levels;
  LyktaTristate step_free;
  LyktaTristate is_free;
  LyktaBooking booking;
  char *booking_url; /* (owned) (nullable) */
  int capacity;
  LyktaTristate is_tia;
  LyktaTristate offers_certificate;
  gboolean is_compulsory_introduction;
  gint64 last_modified;
  gboolean is_sample;
} LyktaActivityData;

void lykta_activity_data_init (LyktaActivityData *data);
void lykta_activity_data_copy (LyktaActivityData *to, const LyktaActivityData *from);
void lykta_activity_data_clear (LyktaActivityData *data);

/* A new activity that takes over @data. (transfer full) */
LyktaActivity *lykta_activity_new_take (LyktaActivityData *data);
const LyktaActivityData *lykta_activity_get_data (LyktaActivity *self);
LyktaActivityData *lykta_activity_builder_get_data (LyktaActivityBuilder *self);

G_END_DECLS
