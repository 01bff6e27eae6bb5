/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper/lykta-page.h"
#include "paper/lykta-programme.h"
#include "text/lykta-catalogue.h"

G_BEGIN_DECLS

/* An activity in a list of what there is, with its dates in one line. */
typedef struct {
  const LyktaProgrammeEntry *first; /* borrowed from the programme */
  char *times; /* (owned): "Monday 18:00–20:00", or the dates, each on a line */
} LyktaBrochureLine;

/* One line for each activity of @programme, in the language of @words: by purpose, then by the
 * weekday and hour of its first date. An activity that comes every week at the same hour is told by
 * its weekday; others by their dates, and by the days between the first and the last when they are
 * many. Cancelled dates do not count. (transfer full) (element-type LyktaBrochureLine) */
GArray *lykta_brochure_make_lines (LyktaProgramme *programme, LyktaCatalogue *words);

/* The list on A4, for welcome folders: purposes as headings, in the language of @words, and in that
 * of @second (nullable) where it says something else. NULL with LYKTA_PAPER_ERROR. (transfer full)
 */
LyktaPage *lykta_brochure_page_new (LyktaProgramme *programme,
                                    LyktaCatalogue *words,
                                    LyktaCatalogue *second,
                                    GError **error);

G_END_DECLS
