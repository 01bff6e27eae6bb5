/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-certificate-rules.h"

#include <string.h>

/* Digits that are looked at together; nobody writes more without a word between them. */
#define MAX_ROW 64

static gboolean
is_dash (gunichar c)
{
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xfe63 || c == 0xff0d;
}

/* @text in ASCII, digits of every script as 0-9, dashes of every kind as "-", spaces dropped; NULL
 * when anything else than digits and the characters of @allowed is left. */
static char *
to_plain_number (const char *text, const char *allowed)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    int digit = g_unichar_digit_value (c);

    if (digit >= 0)
      g_string_append_c (plain, '0' + digit);
    else if (is_dash (c) && strchr (allowed, '-') != NULL)
      g_string_append_c (plain, '-');
    else if (c == '/' && strchr (allowed, '/') != NULL)
      g_string_append_c (plain, '/');
    else if (!g_unichar_isspace (c))
      return NULL;
  }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/* TRUE when @text is @n_first digits, a hyphen or none, @n_second digits, and *@rest is what
 * follows. */
static gboolean
is_split_number (const char *text, guint n_first, guint n_second, const char **rest)
{
  const char *second;

  if (strspn (text, "0123456789") < n_first)
    return FALSE;
  second = text + n_first;
  if (*second == '-')
    second++;
  if (strspn (second, "0123456789") != n_second)
    return FALSE;
  *rest = second + n_second;
  return TRUE;
}

char *
lykta_certificate_normalise_lma_number (const char *text)
{
  g_autofree char *plain = NULL;
  const char *rest;
  gsize length;

  if (text == NULL)
    return NULL;
  plain = to_plain_number (text, "-/");
  if (plain == NULL || !is_split_number (plain, 2, 6, &rest))
    return NULL;
  length = strlen (rest);
  if (length > 0 && (rest[0] != '/' || length < 2 || length > 3 || rest[1] == '0' ||
                     strspn (rest + 1, "0123456789") != length - 1))
    return NULL;
  return g_strdup_printf ("%.2s-%.6s%s", plain, rest - 6, rest);
}

char *
lykta_certificate_normalise_organisation_number (const char *text)
{
  g_autofree char *plain = NULL;
  const char *rest;

  if (text == NULL)
    return NULL;
  plain = to_plain_number (text, "-");
  if (plain == NULL || !is_split_number (plain, 6, 4, &rest) || *rest != '\0')
    return NULL;
  /* A lower third digit makes it a personal number; six zeros are nobody's, for examples. */
  if (plain[2] < '2' && strncmp (plain, "000000", 6) != 0)
    return NULL;
  return g_strdup_printf ("%.6s-%.4s", plain, rest - 4);
}

/* Luhn over nine digits and the check digit (mod 10, from the left doubled, plain, doubled …). */
static gboolean
has_check_digit (const int *digits)
{
  int sum = 0;

  for (guint i = 0; i < 10; i++) {
    int weighted = i % 2 == 0 ? digits[i] * 2 : digits[i];

    sum += weighted / 10 + weighted % 10;
  }
  return sum % 10 == 0;
}

/* Month and day of a birth date; coordination numbers add 60 to the day. */
static gboolean
has_birth_date (const int *digits)
{
  int month = digits[2] * 10 + digits[3];
  int day = digits[4] * 10 + digits[5];

  if (day > 60)
    day -= 60;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* What stands between two digits. */
enum {
  GAP_NONE,
  GAP_SPACE,
  GAP_DASH, /* a dash of some kind, or "+" */
  GAP_WIDE, /* several characters: spaces around a dash */
};

/* Digits in a row with at most a gap between two of them. */
typedef struct {
  int digits[MAX_ROW];
  int gaps[MAX_ROW]; /* before the digit */
  guint n;
} DigitRow;

/* Whether @n_digits digits from @start on are a number: written "YYMMDD-NNNN" and the like, or in
 * groups of another kind with a check digit that fits. */
static gboolean
is_identity_number (const DigitRow *row, guint start, guint n_digits, gboolean is_phone)
{
  const int *digits = row->digits + start;
  const int *gaps = row->gaps + start;
  gboolean is_odd = FALSE, has_dash = FALSE;

  if (n_digits == 12 && (digits[0] * 10 + digits[1] < 18 || digits[0] * 10 + digits[1] > 20))
    return FALSE;
  if (!has_birth_date (digits + n_digits - 10))
    return FALSE;
  for (guint i = 1; i < n_digits; i++) {
    if (gaps[i] == GAP_NONE)
      continue;
    if (i == n_digits - 4) {
      has_dash = gaps[i] != GAP_SPACE;
    } else {
      is_odd = TRUE;
      if (gaps[i] == GAP_WIDE)
        return FALSE;
    }
  }
  if (is_phone && n_digits == 10 && (is_odd || !has_dash))
    return FALSE;
  return (!is_odd && !is_phone) || has_check_digit (digits + n_digits - 10);
}

/* Looks at every part of the row that stands between gaps. */
static gboolean
has_identity_number (const DigitRow *row, gboolean is_phone)
{
  for (guint start = 0; start < row->n; start++) {
    if (start > 0 && row->gaps[start] == GAP_NONE)
      continue;
    for (guint length = 10; length <= 12; length += 2) {
      guint end = start + length;

      if (end <= row->n && (end == row->n || row->gaps[end] != GAP_NONE) &&
          is_identity_number (row, start, length, is_phone))
        return TRUE;
    }
  }
  return FALSE;
}

static int
widen_gap (int gap, gunichar c)
{
  if (gap != GAP_NONE)
    return GAP_WIDE;
  return g_unichar_isspace (c) ? GAP_SPACE : GAP_DASH;
}

gboolean
lykta_certificate_has_identity_number (const char *text, gboolean is_phone)
{
  DigitRow row = {0};
  int gap = GAP_NONE;

  for (const char *p = text; p != NULL; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    int digit = g_unichar_digit_value (c);

    if (digit >= 0 && row.n < MAX_ROW) {
      row.digits[row.n] = digit;
      row.gaps[row.n++] = gap;
      gap = GAP_NONE;
    } else if (c != 0 && (g_unichar_isspace (c) || is_dash (c) || c == '+')) {
      gap = widen_gap (gap, c);
    } else {
      if (has_identity_number (&row, is_phone))
        return TRUE;
      row.n = 0;
      gap = GAP_NONE;
    }
    if (c == 0)
      break;
  }
  return FALSE;
}
