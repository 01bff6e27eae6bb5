/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What becomes of one character in the search. Looked up, never worked out, in the inner loop. */
typedef enum {
  LYKTA_FOLD_BREAK,      /* ends a word */
  LYKTA_FOLD_LETTER,     /* goes into the word as its bytes */
  LYKTA_FOLD_IGNORE,     /* as if it were not there */
  LYKTA_FOLD_APOSTROPHE, /* between two letters as if it were not there, else a break */
  LYKTA_FOLD_JOINT,      /* zero width non-joiner: one word that has parts */
  LYKTA_FOLD_HYPHEN,     /* a break whose two sides may also be written together */
  LYKTA_FOLD_IDEOGRAPH,  /* a word of its own */
} LyktaFoldKind;

typedef struct {
  guint8 kind;     /* LyktaFoldKind */
  guint8 length;   /* of bytes */
  guint8 first;    /* length of the first character in bytes */
  guint8 collapse; /* TRUE: written once where the same character comes twice */
  char bytes[8];   /* not terminated */
} LyktaFoldEntry;

/* The 256 entries that @character lies among, for index @character & 255. Made at the first use of
 * the block, kept for ever. Any thread. @character ≤ 0x10FFFF. */
const LyktaFoldEntry *lykta_fold_table_block (gunichar character);

G_END_DECLS
