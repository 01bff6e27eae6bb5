/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-base"

#include "base/lykta-clock.h"

G_DEFINE_INTERFACE (LyktaClock, lykta_clock, G_TYPE_OBJECT)

static void
lykta_clock_default_init (LyktaClockInterface *iface)
{
}

gint64
lykta_clock_now (LyktaClock *self)
{
  g_return_val_if_fail (LYKTA_IS_CLOCK (self), 0);

  return LYKTA_CLOCK_GET_IFACE (self)->now (self);
}

gint64
lykta_clock_monotonic (LyktaClock *self)
{
  g_return_val_if_fail (LYKTA_IS_CLOCK (self), 0);

  return LYKTA_CLOCK_GET_IFACE (self)->monotonic (self);
}
