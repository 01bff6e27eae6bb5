/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lykta-activity.h"

G_BEGIN_DECLS

/* What @other adds to @activity, when both have the same uid: texts in languages that it lacks
 * (but not a text that only repeats one that is there: that is no translation), and dates that it
 * lacks when @other is one date alone. Pure, any thread. (transfer full) */
LyktaActivity *lykta_activity_merge (LyktaActivity *activity, LyktaActivity *other);

G_END_DECLS
