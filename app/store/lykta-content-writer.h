/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/lykta-activity.h"
#include "model/lykta-occurrence.h"
#include "model/lykta-source.h"
#include "store/lykta-content-store.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_CONTENT_WRITER (lykta_content_writer_get_type ())
G_DECLARE_FINAL_TYPE (LyktaContentWriter, lykta_content_writer, LYKTA, CONTENT_WRITER, GObject)

/* Changes the calendar: one refresh of one source is one transaction, in which content and the
 * source's state change together. It belongs to the thread that made it, a worker. Dropping the
 * writer in mid-refresh rolls back.
 * Errors of all functions: DAMAGED, FULL, READ_ONLY, BUSY, FAILED; after one of them the refresh is
 * rolled back already and begin() may be called again. */

/* Gives the dates of @activity that overlap [@from, @to) in order: lykta_expand_occurrences(),
 * which the store may not call by its own name. */
typedef gboolean (*LyktaExpandFunc) (
    LyktaActivity *activity, gint64 from, gint64 to, GArray *out, GError **error);

typedef enum {
  LYKTA_DATES_ERROR_TOO_MANY,
} LyktaDatesError;
#define LYKTA_DATES_ERROR (lykta_dates_error_quark ())
GQuark lykta_dates_error_quark (void);

typedef enum {
  LYKTA_PUT_INSERTED,
  LYKTA_PUT_UPDATED,
  LYKTA_PUT_UNCHANGED, /* nothing was written, nothing expanded */
  LYKTA_PUT_DUPLICATE, /* its uid came before in this refresh: the first one stays */
} LyktaPutResult;

/* Of the refresh under way, or the last one. */
typedef struct {
  guint n_inserted;
  guint n_updated;
  guint n_unchanged;
  guint n_duplicates;
  guint n_removed;
  guint n_missing; /* newly, see lykta_content_writer_mark_missing() */
  guint n_quarantined;
} LyktaWriteStats;

/* (transfer full) */
LyktaContentWriter *
lykta_content_store_new_writer (LyktaContentStore *store, LyktaExpandFunc expand, GError **error);

/* Which sources there are, in this order; others are removed with all they brought. One transaction
 * of its own. (element-type LyktaSource) */
gboolean
lykta_content_writer_set_sources (LyktaContentWriter *self, GPtrArray *sources, GError **error);
/* Notes how a try went that brought no content (not modified, failed). One transaction of its own;
 * readers see a new generation only when it confirms that something is gone. NOT_FOUND when the
 * source is not set. */
gboolean lykta_content_writer_set_state (LyktaContentWriter *self,
                                         const char *source_id,
                                         const LyktaSourceState *state,
                                         GError **error);

/* Expands for [@from, @to) (Unix seconds) from now on, instead of for the days around today: for
 * the calendar of another period, in a store that is thrown away afterwards. */
void lykta_content_writer_set_period (LyktaContentWriter *self, gint64 from, gint64 to);

/* Begins a refresh of @source (added when it is new) and forgets its quarantine. */
gboolean lykta_content_writer_begin (LyktaContentWriter *self, LyktaSource *source, GError **error);
/* Takes in one activity: expanded for the horizon from today minus LYKTA_HISTORY_DAYS to today plus
 * LYKTA_HORIZON_DAYS if it is new or has changed. An error of another domain than LYKTA_STORE_ERROR
 * comes from the expansion: the activity is left as it was, counts as seen, and the refresh goes
 * on. So it is with LYKTA_DATES_ERROR, when there are many more dates in this refresh than its size
 * explains (LYKTA_LIMIT_REFRESH_DATES): what repeats is refused then, until more has been read.
 * @result (out, nullable). */
gboolean lykta_content_writer_put (LyktaContentWriter *self,
                                   LyktaActivity *activity,
                                   LyktaPutResult *result,
                                   GError **error);
/* Notes an event that could not be taken in (the first LYKTA_LIMIT_QUARANTINE are kept). If the
 * source has an activity with this @uid (nullable), it stays as it was. */
gboolean lykta_content_writer_quarantine (LyktaContentWriter *self,
                                          const char *uid,
                                          guint line,
                                          const char *code,
                                          const char *message,
                                          GError **error);
/* How many activities the source had at begin(), without those that were missing already, and how
 * many of those have not come again so far. */
void
lykta_content_writer_count_missing (LyktaContentWriter *self, guint *n_before, guint *n_missing);
/* Removes those that have not come again: the source has said that they are gone. Dates that were
 * cancelled before stay as cancelled for LYKTA_CANCELLED_DAYS. */
gboolean lykta_content_writer_remove_missing (LyktaContentWriter *self, GError **error);
/* Instead of that, for a source whose silence may be a mistake: marks them as missing
 * (LyktaOccurrence.is_gone). They come back when they are sent again, and are removed with the
 * first commit() or set_state() in which the source's last_confirmed lies LYKTA_GONE_SECONDS after
 * this. */
gboolean lykta_content_writer_mark_missing (LyktaContentWriter *self, GError **error);
/* Only while the source has never been read whole: commits what came so far, marked as still
 * loading, and goes on. Otherwise does nothing. */
gboolean lykta_content_writer_commit_part (LyktaContentWriter *self, GError **error);
/* Ends the refresh: content and @state together, or nothing. */
gboolean lykta_content_writer_commit (LyktaContentWriter *self,
                                      const LyktaSourceState *state,
                                      GError **error);
/* Undoes the refresh (but for parts committed). Does nothing when none is under way. */
void lykta_content_writer_rollback (LyktaContentWriter *self);
void lykta_content_writer_get_stats (LyktaContentWriter *self, LyktaWriteStats *stats);
/* TRUE when the last commit gave readers something new. */
gboolean lykta_content_writer_has_changed_content (LyktaContentWriter *self);

/* TRUE when some recurring activity has dates to expand because days have passed. */
gboolean lykta_content_writer_needs_horizon (LyktaContentWriter *self);
/* Expands what is missing and drops dates older than LYKTA_HISTORY_DAYS, in several short
 * transactions. Once a day is enough; not during a refresh. @n_extended (out, nullable). */
gboolean lykta_content_writer_extend_horizon (LyktaContentWriter *self,
                                              GCancellable *cancellable,
                                              guint *n_extended,
                                              GError **error);

G_END_DECLS
