/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-text"

#include "text/lykta-fold-table.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

/* How one character is folded, in this order:
 *   1. compatibility decomposition (é → e + acute, ﻻ → ل ا, Ⅳ → I V),
 *   2. marks that sit on a letter are dropped (accents, vowel signs of Arabic and Hebrew); vowel
 *      signs of Indic scripts are letters in their own right and stay,
 *   3. lower case,
 *   4. the letters below, which decomposition does not know to be the same for a reader,
 *   5. digits of every script as ASCII.
 * The guiding rule is to find too much rather than too little: a reader who writes without the
 * right keyboard, or who spells as it sounds, must get an answer. */

#define BLOCK_SIZE 256
#define N_BLOCKS   (0x110000 / BLOCK_SIZE)

typedef struct {
  gunichar from;
  const char *to;
} Replacement;

/* Sorted by @from. */
static const Replacement replacements[] = {
    /* Swedish writes the same sound with c, k and q (kafé, café), and v was once w */
    {'c', "k"},     {'q', "k"},    {'w', "v"},
    {0x00DF, "s"},  /* ß is ss, and doubles count once */
    {0x00E6, "ae"}, /* æ */
    {0x00F0, "d"},  /* ð */
    {0x00F8, "o"},  /* ø */
    {0x00FE, "th"}, /* þ */
    {0x0111, "d"},  /* đ */
    {0x0127, "h"},  /* ħ */
    {0x0131, "i"},  /* ı */
    {0x0142, "l"},  /* ł */
    {0x014B, "n"},  /* ŋ */
    {0x0153, "oe"}, /* œ */
    {0x0167, "t"},  /* ŧ */
    {0x0199, "k"},  /* ƙ */
    {0x01B4, "y"},  /* ƴ */
    {0x0253, "b"},  /* ɓ */
    {0x0254, "o"},  /* ɔ */
    {0x0257, "d"},  /* ɗ */
    {0x0259, "e"},  /* ə */
    {0x025B, "e"},  /* ɛ */
    {0x0263, "g"},  /* ɣ */
    {0x0272, "n"},  /* ɲ */
    {0x0454, "е"},  /* є */
    {0x0491, "г"},  /* ґ */
    {0x0493, "г"},  /* ғ */
    {0x0497, "ж"},  /* җ */
    {0x049B, "к"},  /* қ */
    {0x04A3, "н"},  /* ң */
    {0x04AF, "у"},  /* ү */
    {0x04B1, "у"},  /* ұ */
    {0x04B3, "х"},  /* ҳ */
    {0x04B7, "ч"},  /* ҷ */
    {0x04BB, "х"},  /* һ */
    {0x04CF, "і"},  /* ӏ */
    {0x04D9, "а"},  /* ә */
    {0x04E9, "о"},  /* ө */
    {0x05DA, "כ"},  /* final forms of Hebrew */
    {0x05DD, "מ"},  {0x05DF, "נ"}, {0x05E3, "פ"},
    {0x05E5, "צ"},  {0x0621, ""},                 /* ء, often left out */
    {0x0629, "ه"},                                /* ة */
    {0x0640, ""},                                 /* ـ only stretches */
    {0x0643, "ک"},                                /* ك */
    {0x0649, "ي"},                                /* ى */
    {0x0671, "ا"},                                /* ٱ */
    {0x0672, "ا"},  {0x0673, "ا"}, {0x0679, "ت"}, /* ٹ Urdu */
    {0x067C, "ت"},                                /* ټ Pashto */
    {0x0688, "د"},                                /* ڈ Urdu */
    {0x0689, "د"},                                /* ډ Pashto */
    {0x0691, "ر"},                                /* ڑ Urdu */
    {0x0693, "ر"},                                /* ړ Pashto */
    {0x0695, "ر"},                                /* ڕ Sorani */
    {0x0696, "ژ"},                                /* ږ Pashto */
    {0x069A, "ش"},                                /* ښ Pashto */
    {0x06A4, "ف"},                                /* ڤ */
    {0x06AA, "ک"},                                /* ڪ */
    {0x06AB, "گ"},                                /* ګ Pashto */
    {0x06AC, "ک"},  {0x06B5, "ل"},                /* ڵ Sorani */
    {0x06BA, "ن"},                                /* ں Urdu */
    {0x06BC, "ن"},                                /* ڼ Pashto */
    {0x06BE, "ه"},                                /* ھ */
    {0x06C1, "ه"},                                /* ہ Urdu */
    {0x06C3, "ه"},                                /* ۃ */
    {0x06C4, "و"},  {0x06C5, "و"}, {0x06C6, "و"}, /* ۆ Sorani */
    {0x06C7, "و"},  {0x06C8, "و"}, {0x06C9, "و"},
    {0x06CA, "و"},  {0x06CB, "و"}, {0x06CC, "ي"}, /* ی Persian */
    {0x06CD, "ي"},                                /* ۍ Pashto */
    {0x06CE, "ي"},                                /* ێ Sorani */
    {0x06CF, "و"},  {0x06D0, "ي"},                /* ې Pashto */
    {0x06D1, "ي"},  {0x06D2, "ي"},                /* ے Urdu */
    {0x06D5, "ه"},                                /* ە Sorani */
    {0x1248, "ቆ"},                                /* ቈ */
    {0x124D, "ቁ"},                                /* ቍ */
    {0x1288, "ሆ"},                                /* ኈ */
    {0x12B0, "ኮ"},                                /* ኰ */
    {0x12B5, "ኩ"},                                /* ኵ */
    {0x12C9, "ው"},                                /* ዉ */
    {0x1310, "ጎ"},                                /* ጐ */
    {0x1315, "ጉ"},                                /* ጕ */
};

/* Ethiopic letters that sound alike: the whole row of seven orders moves to its sister row. */
static const struct {
  gunichar from, to;
} ethiopic_rows[] = {
    {0x1210, 0x1200}, /* ሐ → ሀ */
    {0x1280, 0x1200}, /* ኀ → ሀ */
    {0x1220, 0x1230}, /* ሠ → ሰ */
    {0x12D0, 0x12A0}, /* ዐ → አ */
    {0x1340, 0x1338}, /* ፀ → ጸ */
};

static LyktaFoldEntry *blocks[N_BLOCKS]; /* atomic; NULL until needed */

static int
compare_replacement (const void *key, const void *member)
{
  gunichar wanted = *(const gunichar *)key;
  gunichar from = ((const Replacement *)member)->from;

  return wanted < from ? -1 : wanted > from;
}

static gunichar
fold_ethiopic (gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ethiopic_rows); i++) {
    if (c >= ethiopic_rows[i].from && c < ethiopic_rows[i].from + 7)
      c = ethiopic_rows[i].to + (c - ethiopic_rows[i].from);
  }
  /* In these two rows the first order sounds as the fourth. */
  if (c == 0x1200 || c == 0x12A0)
    c += 3;
  return c;
}

static gboolean
is_dropped_mark (gunichar c)
{
  guint8 combining_class = u_getCombiningClass ((UChar32)c);

  /* 9 is the virama of Indic scripts, which makes another letter of its consonant. */
  return combining_class != 0 && combining_class != 9;
}

static gboolean
is_word_character (gunichar c)
{
  return (U_GET_GC_MASK (c) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK | U_GC_NL_MASK)) != 0;
}

static gsize
append_character (char *out, gunichar c)
{
  const Replacement *replacement;
  int digit;

  c = fold_ethiopic ((gunichar)u_foldCase ((UChar32)c, U_FOLD_CASE_DEFAULT));
  replacement = bsearch (&c, replacements, G_N_ELEMENTS (replacements), sizeof replacements[0],
                         compare_replacement);
  if (replacement != NULL)
    return (gsize)(g_stpcpy (out, replacement->to) - out);
  digit = u_charDigitValue ((UChar32)c);
  if (digit >= 0) {
    out[0] = (char)('0' + digit);
    return 1;
  }
  return (gsize)g_unichar_to_utf8 (c, out);
}

static gboolean
is_alphabet_with_doubles (gunichar c)
{
  UErrorCode status = U_ZERO_ERROR;
  UScriptCode script = uscript_getScript ((UChar32)c, &status);

  return script == USCRIPT_LATIN || script == USCRIPT_CYRILLIC;
}

static gboolean
is_ideograph (gunichar c)
{
  UErrorCode status = U_ZERO_ERROR;
  UScriptCode script = uscript_getScript ((UChar32)c, &status);

  return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
}

/* Numbers that are no digits (፲ is ten) in ASCII; 0 bytes when it is none of these. */
static gsize
append_number (char *out, gunichar c)
{
  double value = u_getNumericValue ((UChar32)c);

  if (u_charType ((UChar32)c) != U_OTHER_NUMBER || value < 0 || value > 99999 ||
      value != (double)(int)value)
    return 0;
  return (gsize)g_snprintf (out, 8, "%d", (int)value);
}

static LyktaFoldKind
special_kind (gunichar c)
{
  switch (c) {
  case '\'':
  case '`':
  case 0x00B4: /* ´ */
  case 0x02B9:
  case 0x02BB: /* ʻ of Uzbek */
  case 0x02BC: /* ʼ of Ukrainian */
  case 0x02BD:
  case 0x02BE:
  case 0x02BF:
  case 0x055A:
  case 0x05F3: /* ׳ */
  case 0x05F4: /* ״ */
  case 0x2018:
  case 0x2019:
  case 0x2032:
  case 0xFF07:
    return LYKTA_FOLD_APOSTROPHE;
  case 0x200C:
    return LYKTA_FOLD_JOINT;
  case '-':
  case 0x05BE: /* ־ */
  case 0x2010:
  case 0x2011:
    return LYKTA_FOLD_HYPHEN;
  case 0x0640: /* ـ */
    return LYKTA_FOLD_IGNORE;
  default:
    break;
  }
  if (u_hasBinaryProperty ((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
      (U_GET_GC_MASK (c) & U_GC_CF_MASK) != 0 || is_dropped_mark (c))
    return LYKTA_FOLD_IGNORE;
  return LYKTA_FOLD_LETTER;
}

/* Folds the decomposition of @c into @out (at least 64 bytes); 0 when nothing of it is a word. */
static gsize
fold_decomposition (gunichar c, char *out)
{
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *normalizer = unorm2_getNFKDInstance (&status);
  UChar units[32];
  int32_t n_units;
  gsize n = 0;

  n_units = unorm2_getDecomposition (normalizer, (UChar32)c, units, (int32_t)G_N_ELEMENTS (units),
                                     &status);
  if (U_FAILURE (status))
    return 0;
  if (n_units < 0)
    return is_word_character (c) ? append_character (out, c) : append_number (out, c);
  for (int32_t i = 0; i < n_units;) {
    UChar32 part;

    U16_NEXT (units, i, n_units, part);
    if (special_kind ((gunichar)part) != LYKTA_FOLD_LETTER)
      continue;
    if (!is_word_character ((gunichar)part))
      return 0;
    n += append_character (out + n, (gunichar)part);
    if (n > 32)
      return 0;
  }
  return n;
}

static void
fill_entry (LyktaFoldEntry *entry, gunichar c)
{
  char bytes[64];
  gsize n;

  entry->kind = (guint8)special_kind (c);
  if (entry->kind != LYKTA_FOLD_LETTER)
    return;
  n = fold_decomposition (c, bytes);
  if (n > sizeof entry->bytes) /* a Korean syllable, or a whole phrase in one character */
    n = (gsize)g_unichar_to_utf8 (c, bytes);
  if (n == 0) {
    entry->kind = is_word_character (c) ? LYKTA_FOLD_IGNORE : LYKTA_FOLD_BREAK;
    return;
  }
  memcpy (entry->bytes, bytes, n);
  entry->length = (guint8)n;
  entry->first = (guint8)g_utf8_skip[(guchar)bytes[0]];
  entry->collapse = is_alphabet_with_doubles (g_utf8_get_char (bytes));
  if (is_ideograph (c))
    entry->kind = LYKTA_FOLD_IDEOGRAPH;
}

const LyktaFoldEntry *
lykta_fold_table_block (gunichar character)
{
  gsize index = character / BLOCK_SIZE;
  LyktaFoldEntry *block = g_atomic_pointer_get (&blocks[index]);

  if (G_LIKELY (block != NULL))
    return block;
  block = g_new0 (LyktaFoldEntry, BLOCK_SIZE);
  for (gunichar i = 0; i < BLOCK_SIZE; i++)
    fill_entry (&block[i], (gunichar)(index * BLOCK_SIZE + i));
  /* Two threads may have made the same block; the first one stays. */
  if (!g_atomic_pointer_compare_and_exchange (&blocks[index], NULL, block)) {
    g_free (block);
    block = g_atomic_pointer_get (&blocks[index]);
  }
  return block;
}
