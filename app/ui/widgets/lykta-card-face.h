/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_CARD_FACE (lykta_card_face_get_type ())
G_DECLARE_FINAL_TYPE (LyktaCardFace, lykta_card_face, LYKTA, CARD_FACE, GtkWidget)

/* What is painted on a card: lines of text and flows of badges, from top to bottom, on a ground
 * with a coloured edge at its start. A label of GTK 4.8 costs about a millisecond each time it is
 * laid out and a card would need ten of them, so this paints all of it itself, with one layout per
 * text. The button around it has the words for screen readers.
 *
 * Colours come from the style sheet: style "work" means the colours @work and @work_soft. */
GtkWidget *lykta_card_face_new (void);
/* Takes everything away; then add from top to bottom. */
void lykta_card_face_clear (LyktaCardFace *self);
/* @style: names the colour of the edge. */
void lykta_card_face_set_edge (LyktaCardFace *self, const char *style);
typedef enum {
  LYKTA_CARD_LINE_WHEN,
  LYKTA_CARD_LINE_TITLE,
  LYKTA_CARD_LINE_WHERE,
  LYKTA_CARD_LINE_SECOND, /* the title once more, in another language */
} LyktaCardLine;
/* Begins a new line. @icon (nullable) stands before it. */
void lykta_card_face_add_text (LyktaCardFace *self,
                               LyktaCardLine line,
                               const char *icon,
                               const char *text,
                               gboolean is_struck);
/* Goes on behind what stands in the present line, or begins one with @is_new_line. @icon nullable.
 * @style "outline": no ground, only a border. */
void lykta_card_face_add_badge (LyktaCardFace *self,
                                const char *icon,
                                const char *text,
                                const char *style,
                                gboolean is_new_line);

G_END_DECLS
