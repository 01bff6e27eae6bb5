/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is known about one language; everything that differs between languages is a row of this
 * table. To add an interface language: a row here, its code in po/LINGUAS, its catalogue. */
typedef struct {
  const char *tag;      /* canonical */
  const char *feed_tag; /* NULL: the same */
  const char *gettext;  /* value for LANGUAGE; NULL: the tag */
  const char *icu;      /* ICU locale without keywords; NULL: the tag */
  const char *endonym;
  const char *fallback; /* what readers understand besides, best first; NULL: English, Swedish */
  gboolean is_rtl;
} LyktaLanguageRow;

/* Rows in no particular order. */
const LyktaLanguageRow *lykta_language_table (gsize *n_rows);

/* Codes that mean a language already in the table or a shorter code for it. */
typedef struct {
  const char *code;
  const char *tag;
} LyktaLanguageAlias;

const LyktaLanguageAlias *lykta_language_aliases (gsize *n_aliases);

G_END_DECLS
