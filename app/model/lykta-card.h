/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "model/lykta-enums.h"
#include "model/lykta-occurrence.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_CARD (lykta_card_get_type ())
G_DECLARE_FINAL_TYPE (LyktaCard, lykta_card, LYKTA, CARD, GObject)

/* One date in a list, with what a card shows of its activity in the language that was asked for.
 * Immutable, any thread. Strings are borrowed and may be NULL unless said. */
typedef struct {
  gint64 activity_id; /* row in this content.db: for this run only */
  const char *uid;
  const char *source_id;
  LyktaOccurrence occurrence;
  const char *title;          /* never NULL, may be "" */
  const char *title_language; /* canonical tag; NULL when there is no title */
  const char *second_title;   /* the same in the query's second language, where it is another */
  const char *place;          /* name of the place, or its street */
  const char *town;
  const char *municipality_code;
  const char *organiser;
  double distance_km; /* NAN when not known */
  LyktaPurposes purposes;
  LyktaPurposes primary_purpose;
  LyktaTristate childcare;
  gboolean offers_certificate;
  gboolean is_sample;
  gboolean is_first_of_day; /* in the list that it was read for: a heading stands above it */
} LyktaCardFields;

/* Copies @fields. (transfer full) */
LyktaCard *lykta_card_new (const LyktaCardFields *fields);
/* Borrowed; valid as long as @self. */
const LyktaCardFields *lykta_card_get_fields (LyktaCard *self);

G_END_DECLS
