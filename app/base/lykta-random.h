/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_RANDOM (lykta_random_get_type ())
G_DECLARE_INTERFACE (LyktaRandom, lykta_random, LYKTA, RANDOM, GObject)

/* Where jitter and identifiers get their randomness. Not for keys: those are made in trust/. */
struct _LyktaRandomInterface {
  GTypeInterface parent_iface;
  guint32 (*next) (LyktaRandom *self);
};

/* 32 uniformly distributed bits. Any thread. */
guint32 lykta_random_next (LyktaRandom *self);
/* A number in [@low, @high). Any thread. */
double lykta_random_range (LyktaRandom *self, double low, double high);

#define LYKTA_TYPE_SYSTEM_RANDOM (lykta_system_random_get_type ())
G_DECLARE_FINAL_TYPE (LyktaSystemRandom, lykta_system_random, LYKTA, SYSTEM_RANDOM, GObject)
/* Randomness of the machine. (transfer full) */
LyktaRandom *lykta_system_random_new (void);

#define LYKTA_TYPE_SEEDED_RANDOM (lykta_seeded_random_get_type ())
G_DECLARE_FINAL_TYPE (LyktaSeededRandom, lykta_seeded_random, LYKTA, SEEDED_RANDOM, GObject)
/* The same row of numbers for the same @seed. (transfer full) */
LyktaRandom *lykta_seeded_random_new (guint32 seed);

G_END_DECLS
