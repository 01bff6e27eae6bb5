/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper/lykta-programme.h"
#include "text/lykta-catalogue.h"

G_BEGIN_DECLS

/* @programme as a letter in plain text (lykta-mail-text.h), in the language of @words and, where it
 * says something else, in that of @second (nullable) below it. (transfer full) */
char *
lykta_programme_to_text (LyktaProgramme *programme, LyktaCatalogue *words, LyktaCatalogue *second);

G_END_DECLS
