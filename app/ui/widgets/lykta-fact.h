/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Building blocks of pages that tell facts. All (transfer floating). */

/* A heading inside a page. */
GtkWidget *lykta_heading_new (const char *text);
/* A paragraph that wraps. @style: CSS class (nullable). */
GtkWidget *lykta_paragraph_new (const char *text, const char *style);
/* A drawing, what it is about in soft letters (@heading, nullable), and the fact itself. */
GtkWidget *lykta_fact_new (const char *icon, const char *heading, const char *value);
/* A sentence on a coloured ground with a drawing before it. @style: "alert" or "sample-card". */
GtkWidget *lykta_note_new (const char *icon, const char *text, const char *style);
/* A button with a drawing before its word. @style: "primary" or NULL. */
GtkWidget *lykta_text_button_new (const char *icon, const char *text, const char *style);

G_END_DECLS
