/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/lykta-civil-time.h"

G_BEGIN_DECLS

/* A time zone that turns many wall-clock times into moments: what a GTimeZone knows, looked up once
 * for each year and then found without searching. Wall times are seconds as in
 * feed/lykta-recurrence.h. Reference-counted; Europe/Stockholm may be used by any thread, every
 * other zone by one thread at a time. */
typedef struct _LyktaZone LyktaZone;

/* @id: IANA name or "+05:45"; NULL is Europe/Stockholm. NULL when there is no such zone. (transfer
 * full) */
LyktaZone *lykta_zone_new (const char *id);
LyktaZone *lykta_zone_ref (LyktaZone *self);
void lykta_zone_unref (LyktaZone *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaZone, lykta_zone_unref)
/* Interned. */
const char *lykta_zone_get_id (LyktaZone *self);
/* The same answers as lykta_wall_to_moment: gaps move forward, of two the first is meant. */
gint64 lykta_zone_to_moment (LyktaZone *self, gint64 wall);
gint64 lykta_zone_to_wall (LyktaZone *self, gint64 moment);
/* Seconds east of Greenwich at @moment. */
int lykta_zone_get_offset (LyktaZone *self, gint64 moment);

/* @date and time of day as wall-clock seconds, and back. */
gint64 lykta_wall_from_date (LyktaDate date, int hour, int minute, int second);
LyktaDate lykta_wall_to_date (gint64 wall, int *hour, int *minute, int *second);

G_END_DECLS
