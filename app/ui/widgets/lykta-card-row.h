/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/widgets/lykta-card-button.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_CARD_ROW (lykta_card_row_get_type ())
G_DECLARE_FINAL_TYPE (LyktaCardRow, lykta_card_row, LYKTA, CARD_ROW, GtkWidget)

/* A row of the list: the heading of the day above its first card, and the card. */
GtkWidget *lykta_card_row_new (void);
void lykta_card_row_set_card (
    LyktaCardRow *self, LyktaCard *card, guint position, const char *language, LyktaDate today);
LyktaCardButton *lykta_card_row_get_button (LyktaCardRow *self);
guint lykta_card_row_get_position (LyktaCardRow *self);

G_END_DECLS
