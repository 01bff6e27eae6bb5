/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_CLOCK (lykta_clock_get_type ())
G_DECLARE_INTERFACE (LyktaClock, lykta_clock, LYKTA, CLOCK, GObject)

/* What time it is. Logic asks a clock that was handed to it and never the system, so that every
 * rule about days, validity and staleness can be tested at any moment in history. */
struct _LyktaClockInterface {
  GTypeInterface parent_iface;
  gint64 (*now) (LyktaClock *self);
  gint64 (*monotonic) (LyktaClock *self);
};

/* Wall time in whole seconds since 1970-01-01T00:00:00Z. Any thread. */
gint64 lykta_clock_now (LyktaClock *self);
/* A time in microseconds that never goes back, for durations only. Any thread. */
gint64 lykta_clock_monotonic (LyktaClock *self);

#define LYKTA_TYPE_SYSTEM_CLOCK (lykta_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (LyktaSystemClock, lykta_system_clock, LYKTA, SYSTEM_CLOCK, GObject)

/* The clock of the machine. (transfer full) */
LyktaClock *lykta_system_clock_new (void);

#define LYKTA_TYPE_FIXED_CLOCK (lykta_fixed_clock_get_type ())
G_DECLARE_FINAL_TYPE (LyktaFixedClock, lykta_fixed_clock, LYKTA, FIXED_CLOCK, GObject)

/* A clock that stands at @now (Unix seconds) until it is moved: for tests, and for showing the
 * calendar as of another day. (transfer full) */
LyktaClock *lykta_fixed_clock_new (gint64 now);
/* Moves the clock by @seconds, wall time and monotonic time alike. Any thread. */
void lykta_fixed_clock_advance (LyktaFixedClock *self, gint64 seconds);

G_END_DECLS
