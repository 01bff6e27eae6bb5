/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/lykta-civil-time.h"
#include "base/lykta-clock.h"
#include "model/lykta-activity.h"
#include "model/lykta-card.h"
#include "model/lykta-gazetteer.h"
#include "model/lykta-query.h"
#include "store/lykta-content-same.h"
#include "store/lykta-content-store.h"
#include "store/lykta-device-store.h"
#include "store/lykta-facets.h"

G_BEGIN_DECLS

typedef enum {
  LYKTA_MODE_PERSONAL,
  LYKTA_MODE_KIOSK,
  LYKTA_MODE_DESK,
} LyktaMode;

/* What is in front of the person. */
typedef enum {
  LYKTA_SCREEN_ATTRACT, /* a kiosk that nobody uses */
  LYKTA_SCREEN_LANGUAGE,
  LYKTA_SCREEN_HOME,
  LYKTA_SCREEN_LIST,
  LYKTA_SCREEN_ACTIVITY,
  LYKTA_SCREEN_CERTIFICATE,
  LYKTA_SCREEN_DAYS,   /* a month, to choose a day of it for the list */
  LYKTA_SCREEN_PLACES, /* municipalities, to choose where the list is measured from */
  LYKTA_SCREEN_TAKE_AWAY,
  LYKTA_SCREEN_ABOUT,
} LyktaScreen;
#define LYKTA_TYPE_SCREEN (lykta_screen_get_type ())
GType lykta_screen_get_type (void);

#define LYKTA_TYPE_SESSION (lykta_session_get_type ())
G_DECLARE_FINAL_TYPE (LyktaSession, lykta_session, LYKTA, SESSION, GObject)

/* One person's way through the program, without a screen: which language, which page, which
 * filters, where in the list, which activity. Views show it and call it; it never calls them.
 * Whatever changes emits notify. Main thread.
 *
 * Properties (all readable, EXPLICIT_NOTIFY): "language" (string, canonical tag), "screen"
 * (LyktaScreen), "can-go-back" (boolean), "query" (LyktaQuery), "cards" (GListModel of LyktaCard,
 * one object for the life of the session), "activity" (LyktaActivity, nullable), "card" (LyktaCard,
 * nullable: the date that was tapped), "text-size" (int 0-2), "has-high-contrast" (boolean),
 * "is-side-by-side" (boolean), "has-sample" (boolean: invented activities are shown), "is-loading"
 * (boolean: a first refresh has brought a beginning and not yet the rest), "as-of" (int64 Unix
 * seconds of the oldest confirmation among the sources, 0 never), "is-refreshing" (boolean),
 * "notice" (string token of the last failure that concerns the person, nullable). */

/* @gazetteer (nullable). (transfer full) */
LyktaSession *lykta_session_new (LyktaMode mode,
                                 LyktaContentStore *store,
                                 LyktaClock *clock,
                                 LyktaGazetteer *gazetteer,
                                 GError **error);

LyktaMode lykta_session_get_mode (LyktaSession *self);
LyktaClock *lykta_session_get_clock (LyktaSession *self);
LyktaGazetteer *lykta_session_get_gazetteer (LyktaSession *self);
/* Today's date in Stockholm. */
LyktaDate lykta_session_get_today (LyktaSession *self);

const char *lykta_session_get_language (LyktaSession *self);
/* Keeps screen, filters, place in the list and the opened activity. */
void lykta_session_set_language (LyktaSession *self, const char *language);
/* FALSE until the person has chosen: then the first screen is the choice. */
gboolean lykta_session_has_chosen_language (LyktaSession *self);

LyktaScreen lykta_session_get_screen (LyktaSession *self);
gboolean lykta_session_can_go_back (LyktaSession *self);
/* One step back to the screen before, as it was left. */
void lykta_session_go_back (LyktaSession *self);
/* To the home screen; filters are lifted, the way back is forgotten. */
void lykta_session_go_home (LyktaSession *self);
/* Pushes the choice of language (as the first screen it is the root). */
void lykta_session_open_language (LyktaSession *self);
/* Pushes the list with @query. */
void lykta_session_open_list (LyktaSession *self, LyktaQuery *query);
/* Pushes the activity of @card. FALSE when it is no longer there. */
gboolean lykta_session_open_card (LyktaSession *self, LyktaCard *card);
/* Desk mode only, on an activity that offers certificates; FALSE otherwise. */
gboolean lykta_session_open_certificate (LyktaSession *self);
/* Push the choice of a day, or of a place, for the list in front. */
void lykta_session_open_days (LyktaSession *self);
void lykta_session_open_places (LyktaSession *self);
/* Pushes what can be taken away of the opened activity or, from the list, of the list. FALSE on
 * other screens. */
gboolean lykta_session_open_take_away (LyktaSession *self);
void lykta_session_open_about (LyktaSession *self);
/* As for a new person: the attract screen of a kiosk, else the choice of language; Swedish until
 * one is chosen, no filters, normal text size and contrast. */
void lykta_session_reset (LyktaSession *self);

/* A query with this session's language and position and nothing else set, from now on. (transfer
 * full) */
LyktaQuery *lykta_session_new_query (LyktaSession *self);
LyktaQuery *lykta_session_get_query (LyktaSession *self);
/* Changes the filters of the list in place; the list begins at its top. */
void lykta_session_set_query (LyktaSession *self, LyktaQuery *query);
/* Lifts every filter of the present list but the search for a day. */
void lykta_session_clear_filters (LyktaSession *self);
/* A query as lykta_session_new_query() gives, but only for what is near, if it is known where that
 * is. (transfer full) */
LyktaQuery *lykta_session_new_near_query (LyktaSession *self);
/* How far "near" reaches, in kilometres; 0: there is no such limit. */
void lykta_session_set_near_km (LyktaSession *self, double kilometres);
/* Takes one filter away from the present list. */
void lykta_session_lift (LyktaSession *self, LyktaFilterKind kind);
/* Keeps what is within @kilometres of the present centre instead of any other area; 0: all. */
void lykta_session_set_radius (LyktaSession *self, double kilometres);
/* Measures from the point of a municipality (SCB code), NULL: from this machine, with the radius
 * that is set or near. */
void lykta_session_set_centre (LyktaSession *self, const char *municipality);
/* NULL: this machine. */
const LyktaArea *lykta_session_get_centre (LyktaSession *self);
/* Code of the county in which the centre lies; NULL when it is not known. Borrowed. */
const char *lykta_session_get_county (LyktaSession *self);

/* Days that people name. */
typedef enum {
  LYKTA_SPAN_ALL, /* from now on */
  LYKTA_SPAN_TODAY,
  LYKTA_SPAN_TOMORROW,
  LYKTA_SPAN_WEEK,    /* from today to Sunday */
  LYKTA_SPAN_WEEKEND, /* the next Saturday and Sunday, or what is left of this one */
  LYKTA_N_SPANS,      /* other days */
} LyktaSpan;
/* Its first and last day; both unset for ALL. */
void lykta_session_get_span (LyktaSession *self, LyktaSpan span, LyktaDate *day, LyktaDate *last);
/* Which of them the list is limited to. */
LyktaSpan lykta_session_get_present_span (LyktaSession *self);

/* Counts for the present list; n_period is by LyktaSpan, n_area for the county. FALSE until the
 * calendar's index is there: the list's items-changed or is-complete tells. */
gboolean lykta_session_count_choices (LyktaSession *self,
                                      const double *radii,
                                      guint n_radii,
                                      LyktaFacets *facets);
/* Dates on each day from @first on, and near each point, with the other filters as they are. */
gboolean
lykta_session_count_days (LyktaSession *self, LyktaDate first, guint n_days, guint *counts);
gboolean
lykta_session_count_near (LyktaSession *self, const LyktaPoint *points, guint n, guint *counts);

/* Keeps only the dates from @day to @last; both unset: every day from now. */
void lykta_session_set_days (LyktaSession *self, LyktaDate day, LyktaDate last);
/* Keeps only the dates of that day; an unset date: every day from now. */
void lykta_session_set_day (LyktaSession *self, LyktaDate day);
/* The first and the last day that the list is limited to; unset when it is not. */
LyktaDate lykta_session_get_day (LyktaSession *self);
LyktaDate lykta_session_get_last_day (LyktaSession *self);
/* Where this machine is: for distances. NAN: not known. */
void lykta_session_set_position (LyktaSession *self, double latitude, double longitude);
gboolean lykta_session_get_position (LyktaSession *self, double *latitude, double *longitude);

GListModel *lykta_session_get_cards (LyktaSession *self);
/* When the list is empty: the first later day on which the same filters find something; unset if
 * none. */
LyktaDate lykta_session_find_next_day (LyktaSession *self);
LyktaActivity *lykta_session_get_activity (LyktaSession *self);
LyktaCard *lykta_session_get_card (LyktaSession *self);
/* What the sources have of the opened activity, see lykta-same-activity.h. (transfer full)
 * (element-type LyktaSameRecord) */
GPtrArray *lykta_session_list_same (LyktaSession *self);
/* What the owner of this machine has noted on the opened activity: in desk mode alone, for staff.
 * (transfer full) (nullable) */
char *lykta_session_get_note (LyktaSession *self, LyktaDeviceStore *device);
/* Coming dates of the opened activity, at most @limit. (transfer full) (element-type
 * LyktaOccurrence) */
GArray *lykta_session_get_dates (LyktaSession *self, guint limit);

/* Index of the first row that is seen: views set it before they go away and read it when they come
 * back. */
void lykta_session_set_list_position (LyktaSession *self, guint position);
guint lykta_session_get_list_position (LyktaSession *self);

int lykta_session_get_text_size (LyktaSession *self);
void lykta_session_set_text_size (LyktaSession *self, int text_size);

/* Black on white (white on black) with every edge drawn, whatever the desktop has set. */
gboolean lykta_session_has_high_contrast (LyktaSession *self);
void lykta_session_set_high_contrast (LyktaSession *self, gboolean has_high_contrast);

/* Each text in the person's language and in Swedish: people learn by it. FALSE while the language
 * is Swedish itself, but remembered. */
gboolean lykta_session_is_side_by_side (LyktaSession *self);
void lykta_session_set_side_by_side (LyktaSession *self, gboolean is_side_by_side);
/* Swedish or easy Swedish. */
gboolean lykta_session_reads_swedish (LyktaSession *self);

gboolean lykta_session_has_sample (LyktaSession *self);
gboolean lykta_session_is_loading (LyktaSession *self);
gint64 lykta_session_get_as_of (LyktaSession *self);
gboolean lykta_session_is_refreshing (LyktaSession *self);
const char *lykta_session_get_notice (LyktaSession *self);
/* Call now and then (each minute): what has ended leaves the list, and a new day becomes today. */
void lykta_session_time_passed (LyktaSession *self);
/* The moment at which lykta_session_time_passed() will have something to do. */
gint64 lykta_session_get_next_change (LyktaSession *self);
/* When somebody else may have written into the calendar: like lykta_session_content_changed() if
 * so, else nothing. */
void lykta_session_check_content (LyktaSession *self);
/* For the owner of the sync engine: tells what happens. When content changed, lists and the opened
 * activity are read anew and the person stays where they were. */
void lykta_session_set_refreshing (LyktaSession *self, gboolean is_refreshing);
void lykta_session_set_notice (LyktaSession *self, const char *notice);
void lykta_session_content_changed (LyktaSession *self);

G_END_DECLS
