/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lykta-stage.h"

G_BEGIN_DECLS

/* Every screen that a visitor can come to, each reached from anywhere. */
typedef struct {
  const char *name;
  void (*show) (LyktaStage *stage);
} LyktaScene;
#define LYKTA_N_SCENES 10
extern const LyktaScene lykta_scenes[LYKTA_N_SCENES];

G_END_DECLS
