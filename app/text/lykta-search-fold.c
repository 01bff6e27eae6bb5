/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-text"

#include "text/lykta-search-fold.h"

#include "text/lykta-fold-table.h"

#include <string.h>

/* A word is folded in one pass over a table, without allocation. Rules beyond single characters:
 *
 * - In Latin and Cyrillic script a letter that comes twice counts once: språkkafé and språkcafé
 *   become "sprakafe", программа and програма the same word, and learners who do not hear double
 *   consonants are found.
 * - A word that begins with the Arabic article ال and two more letters loses it, in the index and
 *   in the question alike; the index keeps the full form as a variant.
 * - Variants for the index alone: the word without the Arabic prefixes و ب ل (and what stands
 *   before the article: وال بال فال کال لل), the parts of a word held together by a zero width
 *   non-joiner (می‌روم) or an apostrophe (l'école), and words with hyphens written together
 *   (språk-café).
 *
 * For search while typing it matters that the folded beginning of a word is the beginning of one of
 * the word's forms: every rule here keeps to that (the test checks it letter by letter). */

/* Longer words are cut: nobody types them, and an index entry has to end somewhere. */
#define MAX_WORD  120
#define MAX_PARTS 6

#define ALEF       "\xD8\xA7"
#define LAM        "\xD9\x84"
#define WAW        "\xD9\x88"
#define BEH        "\xD8\xA8"
#define FEH        "\xD9\x81"
#define KEHEH      "\xDA\xA9"
#define ARTICLE    ALEF LAM
#define LETTER_LEN 2

typedef struct {
  LyktaFoldFunc func;
  gpointer user_data;
  gboolean with_variants;

  char word[MAX_WORD + 16]; /* room to copy an entry's eight bytes and a NUL */
  gsize n;
  gsize start, end; /* in the original */
  guint n_parts;
  guint8 parts[MAX_PARTS]; /* where in the word the second, third… part begins */

  /* The words before this one that hyphens tie to it. */
  char compound[MAX_WORD + 16];
  gsize n_compound;
  gsize compound_end; /* where a word must begin to belong to it */
} Folder;

static gboolean
emit (Folder *self, const char *word, gsize length, gboolean is_variant)
{
  return self->func (word, length, self->start, self->end, is_variant, self->user_data);
}

static gboolean
starts_with (const char *word, gsize length, const char *prefix, gsize prefix_length)
{
  return length >= prefix_length && memcmp (word, prefix, prefix_length) == 0;
}

static gboolean
emit_arabic_variants (Folder *self)
{
  /* Each with the letters that must be left for the rest to be a word. */
  static const struct {
    const char *prefix;
    guint8 length, rest;
  } prefixes[] = {
      {WAW ARTICLE, 6, 2 * LETTER_LEN}, {BEH ARTICLE, 6, 2 * LETTER_LEN},
      {FEH ARTICLE, 6, 2 * LETTER_LEN}, {KEHEH ARTICLE, 6, 2 * LETTER_LEN},
      {WAW LAM LAM, 6, 2 * LETTER_LEN}, {WAW BEH ARTICLE, 8, 2 * LETTER_LEN},
      {LAM LAM, 4, 2 * LETTER_LEN},     {WAW, 2, 3 * LETTER_LEN},
      {BEH, 2, 3 * LETTER_LEN},         {LAM, 2, 3 * LETTER_LEN},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++) {
    gsize length = prefixes[i].length;

    if (starts_with (self->word, self->n, prefixes[i].prefix, length) &&
        self->n >= length + prefixes[i].rest &&
        !emit (self, self->word + length, self->n - length, TRUE))
      return FALSE;
  }
  return TRUE;
}

static gboolean
emit_parts (Folder *self)
{
  for (guint i = 0; i <= self->n_parts; i++) {
    gsize from = i == 0 ? 0 : self->parts[i - 1];
    gsize to = i == self->n_parts ? self->n : self->parts[i];
    char part[MAX_WORD + 1];

    if (to - from < 2)
      continue;
    memcpy (part, self->word + from, to - from);
    part[to - from] = '\0';
    if (!emit (self, part, to - from, TRUE))
      return FALSE;
  }
  return TRUE;
}

/* Length in bytes of the last character of @word. */
static gsize
last_length (const char *word, gsize n)
{
  gsize length = 1;

  while (length < n && ((guchar)word[n - length] & 0xC0) == 0x80)
    length++;
  return length;
}

/* Adds the word to the compound as if there had been no hyphen. */
static void
extend_compound (Folder *self)
{
  gsize skip = 0;

  if (self->n_compound > 0) {
    gsize last = last_length (self->compound, self->n_compound);

    if (!g_ascii_isdigit (self->word[0]) && last <= 2 &&
        starts_with (self->word, self->n, self->compound + self->n_compound - last, last))
      skip = last;
  }
  if (self->n_compound + self->n - skip > MAX_WORD) {
    self->n_compound = 0;
    return;
  }
  memcpy (self->compound + self->n_compound, self->word + skip, self->n - skip);
  self->n_compound += self->n - skip;
  self->compound[self->n_compound] = '\0';
}

static gboolean
emit_variants (Folder *self)
{
  if (self->n_parts > 0 && !emit_parts (self))
    return FALSE;
  /* The Arabic block in UTF-8; our folded letters all lie there. */
  if ((guchar)self->word[0] >= 0xD8 && (guchar)self->word[0] <= 0xDB &&
      !emit_arabic_variants (self))
    return FALSE;
  if (self->n_compound > 0 && self->compound_end == self->start) {
    extend_compound (self);
    if (self->n_compound > 0 && !emit (self, self->compound, self->n_compound, TRUE))
      return FALSE;
  }
  return TRUE;
}

static gboolean
finish_word (Folder *self)
{
  gboolean has_article, goes_on;

  self->word[self->n] = '\0';
  has_article = self->n >= 4 + 2 * LETTER_LEN && starts_with (self->word, self->n, ARTICLE, 4);
  if (has_article) {
    goes_on = emit (self, self->word + 4, self->n - 4, FALSE);
    if (goes_on && self->with_variants)
      goes_on = emit (self, self->word, self->n, TRUE);
  } else {
    goes_on = emit (self, self->word, self->n, FALSE);
  }
  if (goes_on && self->with_variants)
    goes_on = emit_variants (self);
  return goes_on;
}

/* After a hyphen: the finished word stays in mind for the one that may follow at @next. */
static void
keep_for_compound (Folder *self, gsize next)
{
  if (self->n_compound == 0 || self->compound_end != self->start) {
    self->n_compound = 0;
    extend_compound (self);
  }
  self->compound_end = next;
}

static inline void
append_entry (Folder *self, const LyktaFoldEntry *entry)
{
  const char *bytes = entry->bytes;
  gsize length = entry->length;

  if (entry->collapse && self->n >= entry->first &&
      memcmp (self->word + self->n - entry->first, bytes, entry->first) == 0) {
    bytes += entry->first;
    length -= entry->first;
    if (length == 0)
      return;
  }
  if (self->n + length > MAX_WORD)
    return;
  memcpy (self->word + self->n, bytes, length);
  self->n += length;
}

/* Reads one character of more than one byte at @p; returns its length, 0 when it is invalid. */
static gsize
decode (const guchar *p, const guchar *limit, gunichar *character)
{
  gsize left = (gsize)(limit - p);

  if (p[0] >= 0xC2 && p[0] < 0xE0) {
    if (left < 2 || (p[1] & 0xC0) != 0x80)
      return 0;
    *character = (gunichar)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    return 2;
  }
  if (p[0] >= 0xE0 && p[0] < 0xF0) {
    if (left < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
      return 0;
    *character = (gunichar)(p[0] & 0x0F) << 12 | (gunichar)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    return *character >= 0x800 && (*character < 0xD800 || *character > 0xDFFF) ? 3 : 0;
  }
  if (p[0] >= 0xF0 && p[0] < 0xF5) {
    if (left < 4 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80)
      return 0;
    *character = (gunichar)(p[0] & 0x07) << 18 | (gunichar)(p[1] & 0x3F) << 12 |
                 (gunichar)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    return *character >= 0x10000 && *character <= 0x10FFFF ? 4 : 0;
  }
  return 0;
}

/* An apostrophe at the edge of a word is a quotation mark: only what stands between two letters
 * belongs to the word. It is held back until the next letter comes. */
static void
begin_part (Folder *self)
{
  if (self->n_parts < MAX_PARTS &&
      (self->n_parts == 0 || self->parts[self->n_parts - 1] != self->n))
    self->parts[self->n_parts++] = (guint8)self->n;
}

/* Takes one character in. FALSE when the receiver has had enough. */
static inline gboolean
take (Folder *self, const LyktaFoldEntry *entry, gsize offset, gsize size, gboolean *is_pending)
{
  switch (entry->kind) {
  case LYKTA_FOLD_LETTER:
    if (self->n == 0) {
      self->start = offset;
      self->n_parts = 0;
    } else if (G_UNLIKELY (*is_pending)) {
      begin_part (self);
    }
    *is_pending = FALSE;
    append_entry (self, entry);
    self->end = offset + size;
    return TRUE;
  case LYKTA_FOLD_IGNORE:
    return TRUE;
  case LYKTA_FOLD_APOSTROPHE:
  case LYKTA_FOLD_JOINT:
    if (self->n > 0 && !*is_pending) {
      *is_pending = TRUE;
      return TRUE;
    }
    break;
  case LYKTA_FOLD_IDEOGRAPH:
    if (self->n > 0 && !finish_word (self))
      return FALSE;
    self->n = 0;
    self->n_parts = 0;
    self->start = offset;
    self->end = offset + size;
    append_entry (self, entry);
    break;
  default:
    break;
  }
  *is_pending = FALSE;
  if (self->n == 0)
    return TRUE;
  if (!finish_word (self))
    return FALSE;
  if (entry->kind == LYKTA_FOLD_HYPHEN && self->with_variants)
    keep_for_compound (self, offset + size);
  self->n = 0;
  return TRUE;
}

gboolean
lykta_search_fold (
    const char *text, gsize length, gboolean with_variants, LyktaFoldFunc func, gpointer user_data)
{
  static const LyktaFoldEntry breaking = {.kind = LYKTA_FOLD_BREAK};
  const LyktaFoldEntry *block = lykta_fold_table_block (0);
  const LyktaFoldEntry *ascii = block;
  gunichar block_number = 0;
  const guchar *begin = (const guchar *)text;
  const guchar *limit = begin + length;
  gboolean is_pending = FALSE;
  Folder self;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  self.func = func;
  self.user_data = user_data;
  self.with_variants = with_variants;
  self.n = self.n_compound = self.start = self.end = self.compound_end = 0;
  self.n_parts = 0;
  for (const guchar *p = begin; p < limit;) {
    const LyktaFoldEntry *entry = &breaking;
    gsize size = 1;

    if (*p < 0x80) {
      entry = &ascii[*p];
    } else {
      gunichar character = 0;
      gsize read = decode (p, limit, &character);

      if (read > 0) {
        size = read;
        if (character >> 8 != block_number) {
          block_number = character >> 8;
          block = lykta_fold_table_block (character);
        }
        entry = &block[character & 0xFF];
      }
    }
    if (!take (&self, entry, (gsize)(p - begin), size, &is_pending))
      return FALSE;
    p += size;
  }
  return self.n == 0 || finish_word (&self);
}

static gboolean
on_fold_word (
    const char *word, gsize length, gsize start, gsize end, gboolean is_variant, gpointer user_data)
{
  GString *joined = user_data;

  if (joined->len > 0)
    g_string_append_c (joined, ' ');
  g_string_append_len (joined, word, (gssize)length);
  return TRUE;
}

char *
lykta_search_fold_string (const char *text)
{
  GString *joined;

  g_return_val_if_fail (text != NULL, NULL);

  joined = g_string_new (NULL);
  lykta_search_fold (text, strlen (text), FALSE, on_fold_word, joined);
  return g_string_free (joined, FALSE);
}
