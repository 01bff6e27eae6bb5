/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper/lykta-page.h"
#include "paper/lykta-programme.h"
#include "text/lykta-catalogue.h"

G_BEGIN_DECLS

/* What a slip is printed on. */
typedef enum {
  LYKTA_SLIP_A4, /* what most printers have: the same in larger type */
  LYKTA_SLIP_A6,
  LYKTA_SLIP_RECEIPT, /* a roll of 80 mm, as long as it takes */
} LyktaSlipPaper;

/* "a4", "a6", "receipt"; what is none of them is A4. Static. */
const char *lykta_slip_paper_to_token (LyktaSlipPaper paper);
LyktaSlipPaper lykta_slip_paper_from_token (const char *token);
/* The measures of a slip for the printer, as CUPS names them: "A4", "A6", "Custom.80x212mm".
 * (transfer full) */
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
