/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-base"

#include "base/lykta-clock.h"

/* The clock of the machine. */
struct _LyktaSystemClock {
  GObject parent_instance;
};

static void lykta_system_clock_iface_init (LyktaClockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaSystemClock,
                               lykta_system_clock,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_CLOCK,
                                                      lykta_system_clock_iface_init))

static gint64
lykta_system_clock_now (LyktaClock *clock)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gint64
lykta_system_clock_monotonic (LyktaClock *clock)
{
  return g_get_monotonic_time ();
}

static void
lykta_system_clock_iface_init (LyktaClockInterface *iface)
{
  iface->now = lykta_system_clock_now;
  iface->monotonic = lykta_system_clock_monotonic;
}

static void
lykta_system_clock_class_init (LyktaSystemClockClass *klass)
{
}

static void
lykta_system_clock_init (LyktaSystemClock *self)
{
}

LyktaClock *
lykta_system_clock_new (void)
{
  return LYKTA_CLOCK (g_object_new (LYKTA_TYPE_SYSTEM_CLOCK, NULL));
}
