/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper/lykta-block.h"
#include "paper/lykta-page.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_SHEETS (lykta_sheets_get_type ())
G_DECLARE_FINAL_TYPE (LyktaSheets, lykta_sheets, LYKTA, SHEETS, GObject)

/* Pages that have been set, all of the same size in points. @blocks: one for each, taken over
 * (element-type LyktaBlock). @title: of the PDF, about no person. NULL with
 * LYKTA_PAPER_ERROR_MISSING_GLYPHS naming the characters when a text cannot be shown: such a page
 * is never printed. (transfer full) */
LyktaPage *lykta_sheets_new (
    GPtrArray *blocks, double width, double height, const char *title, GError **error);
/* For tests. Borrowed. */
LyktaBlock *lykta_sheets_get_block (LyktaSheets *self, guint index);

G_END_DECLS
