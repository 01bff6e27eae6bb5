/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper/lykta-page.h"
#include "paper/lykta-programme.h"
#include "text/lykta-catalogue.h"

G_BEGIN_DECLS

/* What a slip is printed on. */
typedef enum {
  LYKTA_SLIP_A6,
  LYKTA_SLIP_RECEIPT, /* a roll of 80 mm, as long as it takes */
} LyktaSlipPaper;

/* The measures of a slip for the printer, as CUPS names them: "A6", "Custom.80x212mm". (transfer
 * full) */
char *lykta_slip_page_dup_media (LyktaPage *page, LyktaSlipPaper paper);

/* One date to take along: what, when, where and how to get there, who to ask, and the event itself
 * as a code for the camera of a telephone; in the language of @words, and in that of @second
 * (nullable) where it says something else. What does not fit on A6 goes on to its back. @as_of:
 * Unix seconds, 0 not known. NULL with LYKTA_PAPER_ERROR. (transfer full) */
LyktaPage *lykta_slip_page_new (const LyktaProgrammeEntry *entry,
                                LyktaCatalogue *words,
                                LyktaCatalogue *second,
                                LyktaSlipPaper paper,
                                gint64 as_of,
                                GError **error);

G_END_DECLS
