/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lykta-activity.h"
#include "store/lykta-database-private.h"

G_BEGIN_DECLS

/* "Lykc": this file is a calendar of ours. */
#define LYKTA_CONTENT_APPLICATION_ID 0x4c796b63

/* Steps for lykta_database_migrate(). */
extern const char *const lykta_content_schema_steps[];

/* What can be searched of an activity: titles alone, and all words. (transfer full) */
char *lykta_content_search_titles (LyktaActivity *activity);
char *lykta_content_search_words (LyktaActivity *activity);

/* Rebuilds the search when folding or the choice of words has changed since it was made. */
gboolean lykta_content_schema_update_search (LyktaDatabase *database, GError **error);
/* FALSE without error when that would be needed. */
gboolean lykta_content_schema_is_search_current (LyktaDatabase *database, GError **error);

/* The activity in a row of table "detail", NULL with DAMAGED when it is none. (transfer full) */
LyktaActivity *lykta_content_parse_detail (LyktaStatement *statement, int column, GError **error);

G_END_DECLS
