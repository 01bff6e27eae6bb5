/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper/lykta-handout-setter.h"
#include "paper/lykta-page.h"

G_BEGIN_DECLS

/* What pages of dates have in common: head, foot, headings and their break into pages. One thread.
 */

/* Where things stand on A4, in points. */
#define LYKTA_LEAVES_MARGIN      46.0
#define LYKTA_LEAVES_WIDTH       (LYKTA_PAPER_A4_WIDTH - 2 * LYKTA_LEAVES_MARGIN)
#define LYKTA_LEAVES_HEADING_GAP 12.0

/* Pages while they are set. */
typedef struct {
  LyktaHandoutSetter setter;
  LyktaProgramme *programme; /* (unowned) */
  GPtrArray *pages;          /* (owned) (element-type LyktaBlock) */
  LyktaBlock *page;          /* (unowned): the last of them */
  double y;
  double bottom;
} LyktaLeaves;

/* Begins the first page with its head. @type lives until the end. */
void lykta_leaves_begin (LyktaLeaves *self,
                         LyktaType *type,
                         LyktaProgramme *programme,
                         LyktaCatalogue *words,
                         LyktaCatalogue *second);
/* Adds @block, @gap below what is there. */
void lykta_leaves_put (LyktaLeaves *self, LyktaBlock *block, double gap);
/* A new page unless @height has room on this one; TRUE when there is a new one. */
gboolean lykta_leaves_need_room (LyktaLeaves *self, double height);
/* A heading on a band, in both languages; takes both (nullable). (transfer full) */
LyktaBlock *lykta_leaves_make_heading (LyktaLeaves *self, char *first, char *second);
/* Notes at the end, and the feet. NULL with LYKTA_PAPER_ERROR. (transfer full) */
LyktaPage *lykta_leaves_end (LyktaLeaves *self, GError **error);

G_END_DECLS
