/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/lykta-session.h"
#include "ui/lykta-words.h"

G_BEGIN_DECLS

/* One thing that a person can choose with a chip: what it is called and looks like, whether it is
 * on, what it does to a query, and how many dates it would find. Main thread. */
typedef struct {
  LyktaFilterKind kind;
  int value;       /* a bit or value of the kind's type; 0 where there is nothing to choose */
  double km;       /* WHERE: a radius; 0: the whole county */
  const char *tag; /* SPOKEN: language; WHERE without a radius: code of a county; interned */
} LyktaChoice;

/* Chips that are the same everywhere, in the order in which they stand: all of @kind.
 * *@n of them. Static. */
const LyktaChoice *lykta_choices_of (LyktaFilterKind kind, guint *n);
gboolean lykta_choice_equal (const LyktaChoice *a, const LyktaChoice *b);

/* .word is static or belongs to @buffer, which is set where the word has to be made. */
LyktaLook lykta_choice_look (const LyktaChoice *self, LyktaSession *session, char **buffer);
gboolean lykta_choice_is_on (const LyktaChoice *self, LyktaQuery *query);
/* Turns it on or off in the session's list. */
void lykta_choice_apply (const LyktaChoice *self, LyktaSession *session, gboolean is_on);
/* @radii are those that were counted. */
guint lykta_choice_count (const LyktaChoice *self,
                          const LyktaFacets *facets,
                          const double *radii,
                          guint n_radii);

/* What the present filter of @kind is called, for saying that it leaves nothing over: the one
 * choice that is on, or what several have in common. Words as above. */
LyktaLook lykta_filter_look (LyktaFilterKind kind, LyktaSession *session, char **buffer);

G_END_DECLS
