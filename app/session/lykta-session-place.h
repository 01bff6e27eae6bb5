/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lykta-activity.h"
#include "model/lykta-card.h"
#include "model/lykta-query.h"
#include "session/lykta-session.h"

G_BEGIN_DECLS

/* One screen on the way that a person has come, as they left it. Owned by the session; main thread.
 */
typedef struct {
  LyktaScreen screen;
  LyktaQuery *query;       /* (owned) what the list shows, or shows again on the way back */
  LyktaDate day;           /* the first day that the query is limited to; unset: none */
  LyktaDate last;          /* the last one; set whenever @day is */
  const char *centre;      /* (nullable) interned code of the area that distances begin in */
  guint list_position;     /* first row that was seen */
  LyktaCard *card;         /* (owned) (nullable) the date that was tapped */
  LyktaActivity *activity; /* (owned) (nullable) */
} LyktaSessionPlace;

/* @query is referenced. (transfer full) */
LyktaSessionPlace *lykta_session_place_new (LyktaScreen screen, LyktaQuery *query);
void lykta_session_place_free (LyktaSessionPlace *self);
/* Puts @query (referenced) in place of the old one. */
void lykta_session_place_set_query (LyktaSessionPlace *self, LyktaQuery *query);
/* Both referenced, both nullable. */
void lykta_session_place_set_activity (LyktaSessionPlace *self,
                                       LyktaCard *card,
                                       LyktaActivity *activity);

G_END_DECLS
