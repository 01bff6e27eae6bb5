/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper/lykta-block.h"
#include "paper/lykta-handout-words.h"
#include "paper/lykta-paper-type.h"

G_BEGIN_DECLS

/* How something to take away is set: in the language of @words, and below it in that of @second
 * where it says something else. Everything begins at the side where the first language begins. */
typedef struct {
  LyktaType *type;        /* (unowned) */
  LyktaCatalogue *words;  /* (unowned) */
  LyktaCatalogue *second; /* (unowned) (nullable) */
  gboolean is_rtl;
  double scale; /* of all sizes; 1 */
} LyktaHandoutSetter;

/* How a piece of text looks. */
typedef struct {
  double size; /* points, for Latin letters */
  gboolean is_bold;
  LyktaInk ink;
} LyktaHandoutLook;

/* @second that is NULL or of the same language is left out. */
LyktaHandoutSetter
lykta_handout_setter (LyktaType *type, LyktaCatalogue *words, LyktaCatalogue *second);
/* @width: 0 for one line. Pictures among the letters that no font has are left out. (transfer full)
 */
PangoLayout *lykta_handout_set (const LyktaHandoutSetter *self,
                                const char *language,
                                const char *text,
                                const LyktaHandoutLook *look,
                                double width);
/* Adds a paragraph of @width at @x below what is in @block; nothing for a NULL @text. */
void lykta_handout_add (const LyktaHandoutSetter *self,
                        LyktaBlock *block,
                        double x,
                        double width,
                        const char *language,
                        const char *text,
                        const LyktaHandoutLook *look);
/* The same text in both languages, said once where it is the same. Takes both (nullable). */
void lykta_handout_add_pair (const LyktaHandoutSetter *self,
                             LyktaBlock *block,
                             double x,
                             double width,
                             char *first,
                             char *second,
                             const LyktaHandoutLook *look,
                             const LyktaHandoutLook *second_look);
/* The two arguments of lykta_handout_add_pair: what FUNCTION says in each language. */
#define LYKTA_HANDOUT_PAIR(setter, function, ...) \
  function ((setter)->words, __VA_ARGS__),        \
      (setter)->second != NULL ? function ((setter)->second, __VA_ARGS__) : NULL
/* Drawings with their words, one after the other, in the first language. */
void lykta_handout_add_facts (const LyktaHandoutSetter *self,
                              LyktaBlock *block,
                              double x,
                              double width,
                              GArray *facts,
                              const LyktaHandoutLook *look);

G_END_DECLS
