/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/lykta-session-place.h"
#include "session/lykta-session.h"
#include "store/lykta-card-model.h"
#include "store/lykta-content-reader.h"

G_BEGIN_DECLS

/* Shared by the files of the session: the way through the screens (lykta-session.c), how they look
 * (lykta-session-look.c), and what time and the sources do to it (lykta-session-refresh.c), and
 * what a person may choose next (lykta-session-choices.c). */

#define LYKTA_TEXT_SIZE_LAST 2

/* The way that one person takes through the program. The last place of the way is the screen that
 * is seen; what lies under it is kept as it was left. */
struct _LyktaSession {
  GObject parent_instance;

  LyktaMode mode;
  LyktaClock *clock;          /* (owned) */
  LyktaGazetteer *gazetteer;  /* (owned) (nullable) */
  LyktaContentReader *reader; /* (owned) */
  LyktaCardModel *cards;      /* (owned) */
  GPtrArray *way;             /* (owned) (element-type LyktaSessionPlace) never empty */
  const char *language;       /* interned */
  gboolean has_chosen_language;
  double latitude;
  double longitude;
  double near_km; /* what "near here" means; 0: no matter */
  int text_size;
  gboolean has_high_contrast;
  gboolean is_side_by_side;
  gboolean has_sample;
  gboolean is_loading;
  gint64 as_of;
  gint64 generation; /* of the content that is shown */
  gboolean is_refreshing;
  char *notice; /* (owned) (nullable) */
};

typedef enum {
  PROP_LANGUAGE = 1,
  PROP_SCREEN,
  PROP_CAN_GO_BACK,
  PROP_QUERY,
  PROP_CARDS,
  PROP_ACTIVITY,
  PROP_CARD,
  PROP_TEXT_SIZE,
  PROP_HAS_HIGH_CONTRAST,
  PROP_IS_SIDE_BY_SIDE,
  PROP_HAS_SAMPLE,
  PROP_IS_LOADING,
  PROP_AS_OF,
  PROP_IS_REFRESHING,
  PROP_NOTICE,
} LyktaSessionProperty;

#define LYKTA_ORIGINAL_LANGUAGE "sv"
/* @query with the Swedish original beside the language, or without. (transfer full) */
LyktaQuery *lykta_session_query_with_original (LyktaSession *self, LyktaQuery *query);
/* The screen that is seen. */
LyktaSessionPlace *lykta_session_here (LyktaSession *self);
void lykta_session_notify (LyktaSession *self, LyktaSessionProperty property);
/* @query for the period that begins now, or with @day if that is later, and ends with @last (unset:
 * never). (transfer full) */
LyktaQuery *
lykta_session_query_on_days (LyktaSession *self, LyktaQuery *query, LyktaDate day, LyktaDate last);
/* Reads what the sources say of themselves. */
void lykta_session_read_sources (LyktaSession *self);

G_END_DECLS
