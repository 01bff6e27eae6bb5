/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_CHIP (lykta_chip_get_type ())
G_DECLARE_FINAL_TYPE (LyktaChip, lykta_chip, LYKTA, CHIP, GtkToggleButton)

/* A round button that is on or off, with a drawing (@icon, nullable) before a word, in the colour
 * of
 * @style (nullable CSS class), and perhaps how many dates it would find. (transfer floating) */
GtkWidget *lykta_chip_new (const char *icon, const char *label, const char *style);
void lykta_chip_set_label (LyktaChip *self, const char *label);
/* For what the chip is called apart from its word; its number is added. */
void lykta_chip_set_name (LyktaChip *self, const char *name);
/* Shows @n in the numbers of @language; one that would find nothing looks faint, and can be tapped
 * all the same. */
void lykta_chip_set_count (LyktaChip *self, const char *language, guint n);
/* Makes a long word break into lines, where the width is given. */
void lykta_chip_set_wraps (LyktaChip *self);
/* Name of the drawing; NULL: none. */
const char *lykta_chip_get_icon (LyktaChip *self);

G_END_DECLS
