/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper/lykta-block.h"
#include "paper/lykta-certificate-text.h"
#include "paper/lykta-paper-type.h"

G_BEGIN_DECLS

/* How a certificate is being set: which type, how large, in which second language. One page. */
typedef struct {
  LyktaType *type;        /* (unowned) */
  LyktaCatalogue *second; /* (unowned) (nullable) */
  const char *language;   /* of @second; NULL without */
  double scale;           /* 1: full size */
} LyktaSetter;

/* The type scale, in points at full size. */
#define LYKTA_SIZE_TITLE   26.0
#define LYKTA_SIZE_NAME    14.0
#define LYKTA_SIZE_HEADING 11.0
#define LYKTA_SIZE_VALUE   10.5
#define LYKTA_SIZE_TEXT    9.5
#define LYKTA_SIZE_LABEL   7.5

/* A value under its label, the label in two languages. */
typedef struct {
  LyktaCertificateText label;
  char *value;                         /* (owned) (nullable): a ruled line for writing by hand */
  char *help;                          /* (owned) (nullable): the value in the second language */
  double size;                         /* of the value */
  double span;                         /* share of the width, 1: all of it */
  double writing_height;               /* above the ruled line; 0: the usual */
  const LyktaCertificateText *choices; /* (nullable): boxes to tick instead of a line */
  guint n_choices;
} LyktaCell;
void lykta_cell_clear (LyktaCell *cell);

/* (transfer full) */
PangoLayout *
lykta_setter_set (LyktaSetter *self, const char *text, double size, gboolean is_bold, double width);
/* The same in the second language. */
PangoLayout *lykta_setter_set_help (LyktaSetter *self, const char *text, double size, double width);
/* (transfer full) */
LyktaBlock *lykta_setter_make_cell (LyktaSetter *self, const LyktaCell *cell, double width);

G_END_DECLS
