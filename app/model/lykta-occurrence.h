/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "model/lykta-enums.h"

G_BEGIN_DECLS

/* One date of an activity, as the store keeps it. A plain value. */
typedef struct {
  gint64 start;          /* Unix seconds */
  gint64 end;            /* Unix seconds, exclusive; ≥ start */
  gint64 original_start; /* the date of the series that this is; = start unless moved */
  LyktaStatus status;
  LyktaAudience audience;     /* of this date, already resolved against the activity */
  LyktaAttendance attendance; /* of this date, already resolved */
  gboolean is_all_day;
  gboolean is_gone; /* its source does not send it any more; not yet confirmed */
} LyktaOccurrence;

G_END_DECLS
