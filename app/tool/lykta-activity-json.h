/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "model/lykta-activity.h"
#include "model/lykta-occurrence.h"

G_BEGIN_DECLS

/* Everything about one activity that anybody may know, as members of the object that @builder is
 * in; texts are chosen for a reader of @language. The authorities' contact never appears. */
void lykta_activity_json_add (JsonBuilder *builder, LyktaActivity *activity, const char *language);
/* Its dates (element-type LyktaOccurrence) as member @name, with what differs on each. */
void lykta_activity_json_add_dates (JsonBuilder *builder,
                                    const char *name,
                                    LyktaActivity *activity,
                                    GArray *dates);

G_END_DECLS
