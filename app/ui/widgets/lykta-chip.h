/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_CHIP (lykta_chip_get_type ())
G_DECLARE_FINAL_TYPE (LyktaChip, lykta_chip, LYKTA, CHIP, GtkToggleButton)

/* A round button that is on or off, with a drawing (@icon, nullable) before a word, in the colour
 * of
 * @style (nullable CSS class). (transfer floating) */
GtkWidget *lykta_chip_new (const char *icon, const char *label, const char *style);
void lykta_chip_set_label (LyktaChip *self, const char *label);

G_END_DECLS
