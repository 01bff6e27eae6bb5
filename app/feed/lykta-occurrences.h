/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "model/lykta-activity.h"
#include "model/lykta-occurrence.h"

G_BEGIN_DECLS

/* Appends the dates of @activity that end after @from and begin before @to (Unix seconds; a date
 * without duration counts when it begins at or after @from) to @out (element-type LyktaOccurrence),
 * sorted by start. Cancelled dates are there, once, with their status. Pure; any thread.
 * FALSE with LYKTA_FEED_ERROR_LIMIT when there are more than LYKTA_LIMIT_OCCURRENCES or when
 * finding them takes more than LYKTA_LIMIT_RECURRENCE_STEPS steps: @out then holds what was found
 * until then. FALSE with LYKTA_FEED_ERROR_INVALID or _UNSUPPORTED when a rule cannot be followed;
 * the dates that do not need the rule are in @out. */
gboolean lykta_expand_occurrences (
    LyktaActivity *activity, gint64 from, gint64 to, GArray *out, GError **error);

G_END_DECLS
