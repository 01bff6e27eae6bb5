/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LYKTA_MAIL_COLUMNS 72

/* Plain text for a letter: lines of at most 72 columns, ended by line feeds, without blanks at
 * their ends, so that no mail program wraps or joins them again. In a right-to-left letter every
 * line begins with RIGHT-TO-LEFT MARK and stands in an isolate of its own language's direction: it
 * is read rightly whether a program goes by the first letter or takes all lines for left-to-right.
 * A left-to-right letter has marks only where it holds right-to-left letters. One thread. */
typedef struct _LyktaMailText LyktaMailText;

/* @language: canonical tag of the letter. */
LyktaMailText *lykta_mail_text_new (const char *language);
/* Frees the rest. (transfer full) */
char *lykta_mail_text_end (LyktaMailText *self);
void lykta_mail_text_free (LyktaMailText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaMailText, lykta_mail_text_free)

/* @text in @language, wrapped, @indent columns from the side where lines begin. @lead (nullable)
 * stands in the indent of the first line, or on a line of its own when it is too wide. What is
 * wider than a line (an address of the net) is not cut. NULL text adds nothing. */
void lykta_mail_text_add (
    LyktaMailText *self, const char *language, guint indent, const char *lead, const char *text);
/* A line full of @character (ASCII). */
void lykta_mail_text_add_rule (LyktaMailText *self, char character);
void lykta_mail_text_add_blank (LyktaMailText *self);

/* Columns that @text takes on a screen with fixed widths. */
guint lykta_mail_text_columns (const char *text);

G_END_DECLS
