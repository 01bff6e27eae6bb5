/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/lykta-content-store.h"
#include "store/lykta-database-private.h"
#include "store/lykta-occurrence-index.h"

G_BEGIN_DECLS

/* A new connection of the calling thread, with the tokenizer. */
LyktaDatabase *lykta_content_store_connect (LyktaContentStore *self, GError **error);
LyktaDatabase *lykta_content_store_connect_read_only (LyktaContentStore *self, GError **error);
/* When @error says that the file is damaged, has it checked at the next opening. Any thread. */
void lykta_content_store_note_error (LyktaContentStore *self, const GError *error);
/* The index if it is of @generation. (transfer full) (nullable) */
LyktaOccurrenceIndex *lykta_content_store_ref_index_of (LyktaContentStore *self, gint64 generation);

G_END_DECLS
