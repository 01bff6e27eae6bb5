/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/lykta-civil-time.h"
#include "model/lykta-activity.h"
#include "model/lykta-gazetteer.h"
#include "model/lykta-occurrence.h"
#include "model/lykta-query.h"
#include "store/lykta-content-reader.h"

G_BEGIN_DECLS

/* One date of a programme, with all that is known of its activity. Owned by the programme. */
typedef struct {
  LyktaOccurrence date;
  LyktaDate day;           /* in Stockholm, never before the first day of the programme */
  LyktaActivity *activity; /* (owned) */
} LyktaProgrammeEntry;

/* What holds on this date: of the activity, unless the date differs. Borrowed, as far as the
 * activity lives. Texts are never NULL. */
LyktaTexts *lykta_programme_entry_get_title (const LyktaProgrammeEntry *self);
LyktaTexts *lykta_programme_entry_get_description (const LyktaProgrammeEntry *self);
LyktaPlace *lykta_programme_entry_get_place (const LyktaProgrammeEntry *self);      /* nullable */
const char *lykta_programme_entry_get_online_url (const LyktaProgrammeEntry *self); /* nullable */

#define LYKTA_TYPE_PROGRAMME (lykta_programme_get_type ())
G_DECLARE_FINAL_TYPE (LyktaProgramme, lykta_programme, LYKTA, PROGRAMME, GObject)

/* The dates of some days, read out of the calendar to be put on paper or into a letter: by day, in
 * the order of lists, cancelled ones included. Immutable, any thread. */

/* @query: a period with an end, and filters; its language is not used. @area: only what takes place
 * in that municipality or county; NULL: everywhere. @limit: at most so many dates (0: 2,000). On
 * the thread of @reader. Errors: those of the store. (transfer full) */
LyktaProgramme *lykta_programme_new (LyktaContentReader *reader,
                                     LyktaQuery *query,
                                     const LyktaArea *area,
                                     guint limit,
                                     GError **error);
/* For one date alone. @as_of as below. (transfer full) */
LyktaProgramme *
lykta_programme_new_single (LyktaActivity *activity, const LyktaOccurrence *date, gint64 as_of);

/* First and last day. */
LyktaDate lykta_programme_get_from (LyktaProgramme *self);
LyktaDate lykta_programme_get_to (LyktaProgramme *self);
guint lykta_programme_get_n_entries (LyktaProgramme *self);
const LyktaProgrammeEntry *lykta_programme_get_entry (LyktaProgramme *self, guint index);
/* There are more dates than the limit. */
gboolean lykta_programme_is_cut (LyktaProgramme *self);
/* Kilometres from the position of the query within which everything lies; 0: not limited so. */
double lykta_programme_get_radius (LyktaProgramme *self);
/* "Malmö", "Skåne län": official, never translated; NULL: no area was asked for. */
const char *lykta_programme_get_area_name (LyktaProgramme *self);
/* When there is no entry: the first day after the last one that has something; unset when none. */
LyktaDate lykta_programme_get_next_day (LyktaProgramme *self);
/* When the sources of the entries (of all, when there is none) were last confirmed: the oldest of
 * these moments in Unix seconds, 0 never. */
gint64 lykta_programme_get_as_of (LyktaProgramme *self);
/* Their names for people, but for the invented examples, which have none. NULL-terminated,
 * borrowed.
 */
const char *const *lykta_programme_get_source_names (LyktaProgramme *self);
/* Any of the entries is an invented example. */
gboolean lykta_programme_has_sample (LyktaProgramme *self);

G_END_DECLS
