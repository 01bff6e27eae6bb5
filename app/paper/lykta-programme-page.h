/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper/lykta-page.h"
#include "paper/lykta-programme.h"
#include "text/lykta-catalogue.h"

G_BEGIN_DECLS

/* @programme on as many pages of A4 as it takes: days as headings, under each its dates with time,
 * title, place, and what one should know in words and drawings; in the language of @words, and in
 * that of @second (nullable) where it says something else. NULL with LYKTA_PAPER_ERROR. (transfer
 * full) */
LyktaPage *lykta_programme_page_new (LyktaProgramme *programme,
                                     LyktaCatalogue *words,
                                     LyktaCatalogue *second,
                                     GError **error);

G_END_DECLS
