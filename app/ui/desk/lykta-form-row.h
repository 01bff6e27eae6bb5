/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_FORM_ROW (lykta_form_row_get_type ())
G_DECLARE_FINAL_TYPE (LyktaFormRow, lykta_form_row, LYKTA, FORM_ROW, GtkBox)

/* A control under its label, and under it in words what is wrong, when something is. The control
 * gets the label as its name and the sentence as its description for screen readers.
 * (transfer floating) */
GtkWidget *lykta_form_row_new (const char *label, GtkWidget *control);
/* The same for an entry of text. */
GtkWidget *lykta_form_row_new_entry (const char *label, const char *placeholder);
/* A choice among @words (NULL-terminated) that can get narrower than the longest of them: a
 * GtkDropDown for lykta_form_row_new. (transfer floating) */
GtkWidget *lykta_form_choice_new (const char *const *words);
GtkWidget *lykta_form_row_get_control (LyktaFormRow *self);
/* NULL: nothing is wrong. */
void lykta_form_row_set_problem (LyktaFormRow *self, const char *sentence);
/* NULL when there is none. */
const char *lykta_form_row_get_problem (LyktaFormRow *self);

G_END_DECLS
