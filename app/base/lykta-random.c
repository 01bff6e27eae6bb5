/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-base"

#include "base/lykta-random.h"

struct _LyktaSystemRandom {
  GObject parent_instance;
};

/* The lock makes a row that several threads take from whole, if not in a certain order. */
struct _LyktaSeededRandom {
  GObject parent_instance;

  GMutex lock;
  GRand *rand; /* (owned) under the lock */
};

static void lykta_system_random_iface_init (LyktaRandomInterface *iface);
static void lykta_seeded_random_iface_init (LyktaRandomInterface *iface);

G_DEFINE_INTERFACE (LyktaRandom, lykta_random, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaSystemRandom,
                               lykta_system_random,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_RANDOM,
                                                      lykta_system_random_iface_init))
G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaSeededRandom,
                               lykta_seeded_random,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_RANDOM,
                                                      lykta_seeded_random_iface_init))

static void
lykta_random_default_init (LyktaRandomInterface *iface)
{
}

static guint32
lykta_system_random_next (LyktaRandom *random)
{
  return g_random_int ();
}

static void
lykta_system_random_iface_init (LyktaRandomInterface *iface)
{
  iface->next = lykta_system_random_next;
}

static void
lykta_system_random_class_init (LyktaSystemRandomClass *klass)
{
}

static void
lykta_system_random_init (LyktaSystemRandom *self)
{
}

static guint32
lykta_seeded_random_next (LyktaRandom *random)
{
  LyktaSeededRandom *self = LYKTA_SEEDED_RANDOM (random);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_rand_int (self->rand);
}

static void
lykta_seeded_random_iface_init (LyktaRandomInterface *iface)
{
  iface->next = lykta_seeded_random_next;
}

static void
lykta_seeded_random_finalize (GObject *object)
{
  LyktaSeededRandom *self = LYKTA_SEEDED_RANDOM (object);

  g_rand_free (self->rand);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (lykta_seeded_random_parent_class)->finalize (object);
}

static void
lykta_seeded_random_class_init (LyktaSeededRandomClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lykta_seeded_random_finalize;
}

static void
lykta_seeded_random_init (LyktaSeededRandom *self)
{
  g_mutex_init (&self->lock);
  self->rand = g_rand_new_with_seed (0);
}

guint32
lykta_random_next (LyktaRandom *self)
{
  g_return_val_if_fail (LYKTA_IS_RANDOM (self), 0);

  return LYKTA_RANDOM_GET_IFACE (self)->next (self);
}

double
lykta_random_range (LyktaRandom *self, double low, double high)
{
  g_return_val_if_fail (LYKTA_IS_RANDOM (self), low);
  g_return_val_if_fail (low <= high, low);

  return low + (high - low) * (lykta_random_next (self) / ((double)G_MAXUINT32 + 1));
}

LyktaRandom *
lykta_system_random_new (void)
{
  return g_object_new (LYKTA_TYPE_SYSTEM_RANDOM, NULL);
}

LyktaRandom *
lykta_seeded_random_new (guint32 seed)
{
  LyktaSeededRandom *self = g_object_new (LYKTA_TYPE_SEEDED_RANDOM, NULL);

  g_rand_set_seed (self->rand, seed);
  return LYKTA_RANDOM (self);
}
