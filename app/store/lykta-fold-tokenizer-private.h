/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/lykta-database-private.h"

G_BEGIN_DECLS

/* Makes the FTS5 tokenizer "lykta" known to a connection: text/lykta-search-fold.h cuts and folds
 * what is indexed, with the other forms of a word at the same place. A question is taken as one
 * word that was folded already. */
gboolean lykta_fold_tokenizer_register (LyktaDatabase *database, GError **error);

G_END_DECLS
