/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lykta-activity.h"
#include "store/lykta-content-same.h"

G_BEGIN_DECLS

/* One activity out of all records of it: the record @activity_id, with the texts in languages that
 * only other sources have. All else is the record's own, so that it can be said who says it; the
 * dates of all records are lykta_content_reader_get_occurrences(). @same (out, nullable, transfer
 * full, element-type LyktaSameRecord): the records. NULL without error when it is gone. (transfer
 * full) (nullable) */
LyktaActivity *lykta_same_activity_load (LyktaContentReader *reader,
                                         gint64 activity_id,
                                         GPtrArray **same,
                                         GError **error);
/* The names of the sources of @same, each once. (transfer full) (element-type utf8) */
GPtrArray *lykta_same_activity_list_sources (GPtrArray *same);

G_END_DECLS
