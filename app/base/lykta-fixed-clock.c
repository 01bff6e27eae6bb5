/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-base"

#include "base/lykta-clock.h"

/* A clock that stands still until it is moved. */
struct _LyktaFixedClock {
  GObject parent_instance;

  /* any thread, under the lock */
  GMutex lock;
  gint64 now;
  gint64 advanced;
};

enum { PROP_NOW = 1, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

static void lykta_fixed_clock_iface_init (LyktaClockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaFixedClock,
                               lykta_fixed_clock,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_CLOCK,
                                                      lykta_fixed_clock_iface_init))

static gint64
lykta_fixed_clock_now (LyktaClock *clock)
{
  LyktaFixedClock *self = LYKTA_FIXED_CLOCK (clock);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->now + self->advanced;
}

static gint64
lykta_fixed_clock_monotonic (LyktaClock *clock)
{
  LyktaFixedClock *self = LYKTA_FIXED_CLOCK (clock);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->advanced * G_USEC_PER_SEC;
}

static void
lykta_fixed_clock_iface_init (LyktaClockInterface *iface)
{
  iface->now = lykta_fixed_clock_now;
  iface->monotonic = lykta_fixed_clock_monotonic;
}

static void
lykta_fixed_clock_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LyktaFixedClock *self = LYKTA_FIXED_CLOCK (object);

  switch (id) {
  case PROP_NOW:
    self->now = g_value_get_int64 (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lykta_fixed_clock_finalize (GObject *object)
{
  LyktaFixedClock *self = LYKTA_FIXED_CLOCK (object);

  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (lykta_fixed_clock_parent_class)->finalize (object);
}

static void
lykta_fixed_clock_class_init (LyktaFixedClockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = lykta_fixed_clock_set_property;
  object_class->finalize = lykta_fixed_clock_finalize;
  properties[PROP_NOW] =
      g_param_spec_int64 ("now", NULL, NULL, G_MININT64, G_MAXINT64, 0,
                          G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lykta_fixed_clock_init (LyktaFixedClock *self)
{
  g_mutex_init (&self->lock);
}

LyktaClock *
lykta_fixed_clock_new (gint64 now)
{
  return LYKTA_CLOCK (g_object_new (LYKTA_TYPE_FIXED_CLOCK, "now", now, NULL));
}

void
lykta_fixed_clock_advance (LyktaFixedClock *self, gint64 seconds)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (LYKTA_IS_FIXED_CLOCK (self));

  locker = g_mutex_locker_new (&self->lock);
  self->advanced += seconds;
}
