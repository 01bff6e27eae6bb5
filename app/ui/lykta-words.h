/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "model/lykta-enums.h"
#include "model/lykta-occurrence.h"

G_BEGIN_DECLS

/* How values of the model look and are said: the word in the language of the interface, the drawing
 * in resources/icons and the colour class in style.css. Always use all three together. Main thread,
 * static strings. */
typedef struct {
  const char *word;
  const char *icon;
  const char *style; /* CSS class */
} LyktaLook;

/* The six doors of the home screen: the four purposes, families, and online. */
typedef enum {
  LYKTA_DOOR_SWEDISH,
  LYKTA_DOOR_SOCIETY,
  LYKTA_DOOR_WORK,
  LYKTA_DOOR_HEALTH,
  LYKTA_DOOR_FAMILY,
  LYKTA_DOOR_ONLINE,
  LYKTA_N_DOORS,
} LyktaDoor;

LyktaLook lykta_look_of_door (LyktaDoor door);
/* One bit; NONE looks like any other activity. */
LyktaLook lykta_look_of_purpose (LyktaPurposes single);
/* .word is NULL where there is nothing to say (everyone, unknown). */
LyktaLook lykta_look_of_audience (LyktaAudience audience);
/* .word is NULL for what takes place as planned. */
LyktaLook lykta_look_of_status (LyktaStatus status);
/* The same for a date, which may also be gone from its calendar. */
LyktaLook lykta_look_of_date (const LyktaOccurrence *date);
/* NULL when unknown. */
const char *lykta_word_of_organiser_kind (LyktaOrganiserKind kind);

G_END_DECLS
