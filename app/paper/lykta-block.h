/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "paper/lykta-qr-code.h"

G_BEGIN_DECLS

/* What things on paper are painted with. Dark enough to survive a worn-out printer: all text is
 * 7:1 on white or better. */
typedef enum {
  LYKTA_INK_TEXT,
  LYKTA_INK_SOFT,    /* labels and help */
  LYKTA_INK_ACCENT,  /* headings, the thick rule */
  LYKTA_INK_HAIR,    /* thin rules */
  LYKTA_INK_WASH,    /* light background */
  LYKTA_INK_WARNING, /* draft */
  LYKTA_INK_GHOST,   /* watermark behind the text */
  LYKTA_INK_WHITE,
} LyktaInk;

/* A piece of a page: texts, rules and boxes at their places, with the structure that goes into a
 * PDF. Put together from smaller ones; a page is a block too. Coordinates in points from its top
 * left corner. Mutable until it is drawn; one thread. */
typedef struct _LyktaBlock LyktaBlock;
LyktaBlock *lykta_block_new (void);
void lykta_block_free (LyktaBlock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaBlock, lykta_block_free)

/* How far down something reaches, or what was set. */
double lykta_block_get_height (LyktaBlock *self);
void lykta_block_set_height (LyktaBlock *self, double height);

/* Takes a reference on @layout. */
void lykta_block_add_text (LyktaBlock *self, PangoLayout *layout, double x, double y, LyktaInk ink);
/* The same turned by @degrees around its middle, which comes to (@x, @y). */
void lykta_block_add_turned_text (
    LyktaBlock *self, PangoLayout *layout, double x, double y, double degrees, LyktaInk ink);
void lykta_block_add_rule (
    LyktaBlock *self, double x, double y, double width, double thickness, LyktaInk ink);
void lykta_block_add_box (
    LyktaBlock *self, double x, double y, double width, double height, LyktaInk ink);
/* An empty square to tick by hand. */
void lykta_block_add_check_box (LyktaBlock *self, double x, double y, double size);
/* A drawing in lines (lykta-drawing.h), @size points square. @name: static. */
void lykta_block_add_pictogram (
    LyktaBlock *self, const char *name, double x, double y, double size, LyktaInk ink);
/* @code with its quiet zone, @size points square. Takes a reference. */
void lykta_block_add_code (LyktaBlock *self, LyktaQrCode *code, double x, double y, double size);
/* Everything of @other, moved. */
void lykta_block_add_block (LyktaBlock *self, LyktaBlock *other, double x, double y);
/* PDF structure element around what is added until the end of it: "H1", "P", "Table", "TR", "TH",
 * "TD", "Sect". @tag: static. Must be balanced within a block. */
void lykta_block_begin_tag (LyktaBlock *self, const char *tag);
void lykta_block_end_tag (LyktaBlock *self, const char *tag);

/* The characters of its texts that no font can show, each once; NULL when all can be shown.
 * (transfer full) */
char *lykta_block_find_missing (LyktaBlock *self);

/* Leaves @cr as it was. */
void lykta_block_draw (LyktaBlock *self, cairo_t *cr);

/* For tests: the texts that are not turned, with their ink box (nullable out pointers). */
guint lykta_block_get_n_texts (LyktaBlock *self);
const char *lykta_block_get_text (LyktaBlock *self, guint index, cairo_rectangle_t *extents);

G_END_DECLS
