/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/lykta-clock.h"
#include "model/lykta-activity.h"
#include "model/lykta-occurrence.h"
#include "model/lykta-query.h"
#include "paper/lykta-qr-code.h"
#include "paper/lykta-slip-page.h"
#include "print/lykta-printer.h"
#include "store/lykta-content-store.h"

G_BEGIN_DECLS

/* How it stands with the sheet that somebody asked for. */
typedef enum {
  LYKTA_TAKE_AWAY_READY,    /* nothing asked for so far */
  LYKTA_TAKE_AWAY_PRINTING, /* on its way */
  LYKTA_TAKE_AWAY_DONE,     /* sent to the printer as a whole */
  LYKTA_TAKE_AWAY_NO_PAPER,
  LYKTA_TAKE_AWAY_NO_INK,
  LYKTA_TAKE_AWAY_JAM,     /* or a cover is open */
  LYKTA_TAKE_AWAY_STOPPED, /* paused or held by somebody */
  LYKTA_TAKE_AWAY_GONE,    /* switched off, cable out, queue removed, no print service */
  LYKTA_TAKE_AWAY_CANCELLED,
  LYKTA_TAKE_AWAY_FAILED,      /* for certain nothing came out */
  LYKTA_TAKE_AWAY_UNKNOWN,     /* it may have come out: only a person can tell */
  LYKTA_TAKE_AWAY_UNPRINTABLE, /* no font for a letter */
  LYKTA_TAKE_AWAY_N_STATES
} LyktaTakeAwayState;
/* "no-paper" … Static. */
const char *lykta_take_away_state_to_token (LyktaTakeAwayState state);

/* Days of a list that has no end. */
#define LYKTA_TAKE_AWAY_LIST_DAYS 7

/* Where and on what is printed. */
typedef struct {
  LyktaPrinter *printer;   /* (nullable): nothing can be printed */
  const char *queue;       /* (nullable): the default one */
  LyktaSlipPaper paper;    /* of slips; programmes are A4 */
  guint poll_milliseconds; /* 0: a second */
} LyktaTakeAwayPrinting;

#define LYKTA_TYPE_TAKE_AWAY (lykta_take_away_get_type ())
G_DECLARE_FINAL_TYPE (LyktaTakeAway, lykta_take_away, LYKTA, TAKE_AWAY, GObject)

/* What one visitor takes away, without a screen: a slip of one date, or the programme of a list,
 * and the date as a code. One sheet for one wish: while a sheet is on its way another wish does
 * nothing, and nothing is ever sent a second time without somebody saying so.
 *
 * Main thread; pages are set and handed over on a worker. Properties (readable, EXPLICIT_NOTIFY):
 * "state" (int, LyktaTakeAwayState), "has-printer" (boolean: FALSE until a queue was found). */

/* @printing is copied. @locale_dir: lykta_locale_dir(). (transfer full) */
LyktaTakeAway *lykta_take_away_new (LyktaContentStore *store,
                                    LyktaClock *clock,
                                    const char *locale_dir,
                                    const LyktaTakeAwayPrinting *printing);

/* Whose words: the page's first language; the second is Swedish. */
void lykta_take_away_set_language (LyktaTakeAway *self, const char *language);
/* One date. @as_of: when the calendar was last confirmed, 0 never. Forgets the sheet before. */
void lykta_take_away_set_activity (LyktaTakeAway *self,
                                   LyktaActivity *activity,
                                   const LyktaOccurrence *date,
                                   gint64 as_of);
/* What @query finds; without an end: in LYKTA_TAKE_AWAY_LIST_DAYS days; what is near its position
 * when all of it is too much for paper. Forgets the sheet before. */
void lykta_take_away_set_list (LyktaTakeAway *self, LyktaQuery *query);
/* The present person is gone: a sheet that waits for paper would come out for somebody else, so it
 * is thrown away; forgets everything. */
void lykta_take_away_clear (LyktaTakeAway *self);

LyktaTakeAwayState lykta_take_away_get_state (LyktaTakeAway *self);
gboolean lykta_take_away_has_printer (LyktaTakeAway *self);
/* Nothing has been set since the last person. */
gboolean lykta_take_away_is_empty (LyktaTakeAway *self);
/* TRUE for a list, FALSE for a date or nothing. */
gboolean lykta_take_away_is_list (LyktaTakeAway *self);
/* The date as a code, and its address of the net as another and as text; NULL when there is none.
 * Borrowed until the next change. */
LyktaQrCode *lykta_take_away_get_code (LyktaTakeAway *self);
LyktaQrCode *lykta_take_away_get_link_code (LyktaTakeAway *self);
const char *lykta_take_away_get_link (LyktaTakeAway *self);

/* Only in state READY; otherwise nothing happens. */
void lykta_take_away_print (LyktaTakeAway *self);
/* A sheet is waiting at the printer and can be thrown away. */
gboolean lykta_take_away_can_cancel (LyktaTakeAway *self);
void lykta_take_away_cancel (LyktaTakeAway *self);
/* No sheet is under way: somebody may ask for another. */
gboolean lykta_take_away_can_begin_again (LyktaTakeAway *self);
/* READY again, when that may be. After UNKNOWN this is the word of a person who has looked. */
void lykta_take_away_begin_again (LyktaTakeAway *self);

typedef enum {
  LYKTA_TAKE_AWAY_FILE_PDF,
  LYKTA_TAKE_AWAY_FILE_CALENDAR, /* of one date */
} LyktaTakeAwayFile;
/* A name for the file that says nothing about a person: "lykta-2026-11-23.ics". (transfer full) */
char *lykta_take_away_suggest_name (LyktaTakeAway *self, LyktaTakeAwayFile kind);
/* Writes the file on a worker, replacing what was there, whole or not at all. Errors:
 * LYKTA_PAPER_ERROR, those of the store, G_IO_ERROR. */
void lykta_take_away_save_async (LyktaTakeAway *self,
                                 LyktaTakeAwayFile kind,
                                 const char *path,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean lykta_take_away_save_finish (LyktaTakeAway *self, GAsyncResult *result, GError **error);

G_END_DECLS
