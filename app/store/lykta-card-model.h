/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/lykta-query.h"
#include "store/lykta-content-reader.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_CARD_MODEL (lykta_card_model_get_type ())
G_DECLARE_FINAL_TYPE (LyktaCardModel, lykta_card_model, LYKTA, CARD_MODEL, GObject)

/* The dates that a query finds, as a GListModel of LyktaCard that reads pages of 50 when they are
 * looked at and keeps a few. A card stays the same object while its page is kept. Main thread; the
 * reader's thread.
 *
 * Right after a start there is no occurrence index yet: the model then shows the first hundred
 * dates and grows when the index is there. Every change is one items-changed.
 *
 * Property "is-complete" (boolean, readable): FALSE while the number of items may still grow. */

/* @query (nullable: empty until set). (transfer full) */
LyktaCardModel *lykta_card_model_new (LyktaContentReader *reader, LyktaQuery *query);
/* One items-changed that replaces everything; nothing when the query is an equal one. */
void lykta_card_model_set_query (LyktaCardModel *self, LyktaQuery *query);
/* Borrowed, nullable. */
LyktaQuery *lykta_card_model_get_query (LyktaCardModel *self);
/* The content may be another one: reads again. Only the rows that changed are reported as changed.
 * A long list stays as it was until the index of the new content is there. */
void lykta_card_model_reload (LyktaCardModel *self);
gboolean lykta_card_model_is_complete (LyktaCardModel *self);
/* Where the date of @activity_id that starts at @start is now; FALSE when it is not in the list (or
 * not known yet). */
gboolean
lykta_card_model_find (LyktaCardModel *self, gint64 activity_id, gint64 start, guint *position);
/* The last error of reading, or NULL; the rows then missing are given as empty cards. Borrowed. */
const GError *lykta_card_model_get_error (LyktaCardModel *self);

G_END_DECLS
