/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/lykta-civil-time.h"
#include "model/lykta-card.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_CARD_BUTTON (lykta_card_button_get_type ())
G_DECLARE_FINAL_TYPE (LyktaCardButton, lykta_card_button, LYKTA, CARD_BUTTON, GtkButton)

/* One date as a card that can be pressed. A real button, because list rows of GTK 4.8 offer no
 * action to a screen reader. When pressed it emits "opened" (LyktaCard), which lists and pages pass
 * on to the session. */
GtkWidget *lykta_card_button_new (void);
/* Shows @card in @language. @with_day: says the day too, for where no heading does. @card may be
 * NULL: shows nothing. */
void lykta_card_button_set_card (LyktaCardButton *self,
                                 LyktaCard *card,
                                 const char *language,
                                 LyktaDate today,
                                 gboolean with_day);
LyktaCard *lykta_card_button_get_card (LyktaCardButton *self);

G_END_DECLS
