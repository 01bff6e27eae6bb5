/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_WRAP_BOX (lykta_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (LyktaWrapBox, lykta_wrap_box, LYKTA, WRAP_BOX, GtkWidget)

/* Children one after the other in their own widths, like words in a paragraph: what has no room
 * goes to the next line. No focus, selection or rows of its own (as GtkFlowBox has), so the
 * controls within stay what they are to a screen reader. 8 px between. */
GtkWidget *lykta_wrap_box_new (void);
void lykta_wrap_box_append (LyktaWrapBox *self, GtkWidget *child);
void lykta_wrap_box_clear (LyktaWrapBox *self);

/* TRUE: each line stands in the middle; else at the start. */
void lykta_wrap_box_set_is_centred (LyktaWrapBox *self, gboolean is_centred);

G_END_DECLS
