/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Dates of the RRULE @text from @start until before @to as libical sees them, appended to @dates
 * (gint64, wall-clock seconds). FALSE when libical refuses the rule. Only for rules that end. */
gboolean reference_expand (const char *text, gint64 start, gint64 to, GArray *dates);
