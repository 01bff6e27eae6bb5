/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/lykta-activity-rows-private.h"

G_BEGIN_DECLS

/* Dates that were cancelled stay for LYKTA_CANCELLED_DAYS after the cancellation was first seen,
 * but not past their end, also when their source has taken them out: who had planned to come learns
 * it. Inside the caller's write transaction. */

/* Since when an activity was cancelled as a whole, 0 not at all. */
gboolean
lykta_cancelled_dates_get_since (LyktaActivityRows *self, gint64 id, gint64 *since, GError **error);
/* Notes which of @rows (an activity's dates as they will be) are cancelled, and adds to them what
 * was cancelled among @old_rows (nullable: the activity is new) and must stay.
 * @is_all_cancelled: the activity itself is. */
gboolean lykta_cancelled_dates_update (LyktaActivityRows *self,
                                       gint64 id,
                                       gboolean is_all_cancelled,
                                       GArray *old_rows,
                                       GArray *rows,
                                       GError **error);
/* Keeps of @rows only what was cancelled and must stay without its activity; *@until is when the
 * last of them may go. @since: as lykta_cancelled_dates_get_since() says. */
gboolean lykta_cancelled_dates_keep (
    LyktaActivityRows *self, gint64 id, gint64 since, GArray *rows, gint64 *until, GError **error);
gboolean lykta_cancelled_dates_forget (LyktaActivityRows *self, gint64 id, GError **error);

G_END_DECLS
