/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-text"

#include <math.h>
#include <string.h>

#include "text/lykta-date-format.h"
#include "text/lykta-formatter-private.h"
#include "text/lykta-plain-text.h"

#define MAX_UNITS    64
#define MAX_DECIMALS 6
/* Nobody walks to the metre, and the place of an activity is not known to it either. */
#define METRE_STEP 50
#define KILOBYTE   1000.0
#define MEGABYTE   1000000.0

static char *
format_number (LyktaFormatter *formatter, double value, int decimals)
{
  UNumberFormat *format = lykta_formatter_get_number (formatter);
  UErrorCode status = U_ZERO_ERROR;
  UChar text[MAX_UNITS];
  int32_t length;

  if (format == NULL)
    return NULL;
  unum_setAttribute (format, UNUM_MIN_FRACTION_DIGITS, decimals);
  unum_setAttribute (format, UNUM_MAX_FRACTION_DIGITS, decimals);
  length = unum_formatDouble (format, value, text, MAX_UNITS, NULL, &status);
  return lykta_formatter_to_utf8 (text, length, status);
}

char *
lykta_format_number (const char *language, double value, int decimals)
{
  LyktaFormatter *formatter;
  char *text;

  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (decimals >= 0 && decimals <= MAX_DECIMALS, g_strdup (""));

  if (!isfinite (value))
    return g_strdup ("–");
  formatter = lykta_formatter_lock (language);
  text = format_number (formatter, value, decimals);
  lykta_formatter_unlock (formatter);
  return text != NULL ? text : g_strdup_printf ("%.*f", decimals, value);
}

static char *
format_measure (LyktaFormatter *formatter, LyktaUnit unit, double value)
{
  const UNumberFormatter *format = lykta_formatter_get_unit (formatter, unit);
  UErrorCode status = U_ZERO_ERROR;
  UChar text[MAX_UNITS];
  int32_t length;

  if (format == NULL || formatter->measure == NULL)
    return NULL;
  unumf_formatDouble (format, value, formatter->measure, &status);
  length = unumf_resultToString (formatter->measure, text, MAX_UNITS, &status);
  return lykta_formatter_to_utf8 (text, length, status);
}

/* Number and unit stay on one line; and where Persian and others write km or MB in Latin letters,
 * they do not change places in right-to-left text. */
static char *
hold_together (LyktaFormatter *formatter, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  g_autofree char *joined = g_strjoinv ("\xC2\xA0", parts);

  if (formatter->is_rtl && strpbrk (joined, "kmMB") != NULL)
    return lykta_isolate_ltr (joined);
  return g_steal_pointer (&joined);
}

char *
lykta_format_distance (const char *language, double kilometres)
{
  LyktaFormatter *formatter;
  double metres;
  g_autofree char *text = NULL;

  g_return_val_if_fail (language != NULL, NULL);

  if (!isfinite (kilometres))
    return g_strdup ("–");
  metres = MAX (round (kilometres * 1000 / METRE_STEP), 1) * METRE_STEP;
  formatter = lykta_formatter_lock (language);
  if (metres < 1000)
    text = format_measure (formatter, LYKTA_UNIT_METRES, metres);
  else if (kilometres < 9.95)
    text = format_measure (formatter, LYKTA_UNIT_KILOMETRES_FINE, kilometres);
  else
    text = format_measure (formatter, LYKTA_UNIT_KILOMETRES, kilometres);
  lykta_formatter_unlock (formatter);
  if (text == NULL)
    text = g_strdup_printf ("%.1f km", kilometres);
  return hold_together (formatter, text);
}

char *
lykta_format_bytes (const char *language, guint64 bytes)
{
  LyktaFormatter *formatter;
  double amount = (double)bytes;
  g_autofree char *text = NULL;

  g_return_val_if_fail (language != NULL, NULL);

  formatter = lykta_formatter_lock (language);
  if (amount < 0.1 * MEGABYTE)
    text = format_measure (formatter, LYKTA_UNIT_KILOBYTES,
                           bytes > 0 ? MAX (round (amount / KILOBYTE), 1) : 0);
  else if (amount < 9.95 * MEGABYTE)
    text = format_measure (formatter, LYKTA_UNIT_MEGABYTES_FINE, amount / MEGABYTE);
  else
    text = format_measure (formatter, LYKTA_UNIT_MEGABYTES, round (amount / MEGABYTE));
  lykta_formatter_unlock (formatter);
  if (text == NULL)
    text = g_strdup_printf ("%.1f MB", amount / MEGABYTE);
  return hold_together (formatter, text);
}
