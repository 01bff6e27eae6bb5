/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <unicode/udat.h>
#include <unicode/udateintervalformat.h>
#include <unicode/unum.h>
#include <unicode/unumberformatter.h>
#include <unicode/ureldatefmt.h>

#include "text/lykta-date-words.h"

G_BEGIN_DECLS

typedef enum {
  LYKTA_PATTERN_WEEKDAY_DAY_MONTH,
  LYKTA_PATTERN_WEEKDAY_DAY_MONTH_YEAR,
  LYKTA_PATTERN_SHORT,
  LYKTA_PATTERN_DAY_MONTH,
  LYKTA_PATTERN_DAY_MONTH_YEAR,
  LYKTA_PATTERN_NUMERIC,
  LYKTA_PATTERN_WEEKDAY,
  LYKTA_PATTERN_WEEKDAY_NARROW,
  LYKTA_PATTERN_MONTH_YEAR,
  LYKTA_N_PATTERNS,
} LyktaPattern;

typedef enum {
  LYKTA_UNIT_METRES,
  LYKTA_UNIT_KILOMETRES_FINE, /* one decimal when there is something to say */
  LYKTA_UNIT_KILOMETRES,
  LYKTA_UNIT_KILOBYTES,
  LYKTA_UNIT_MEGABYTES_FINE,
  LYKTA_UNIT_MEGABYTES,
  LYKTA_N_UNITS,
} LyktaUnit;

/* ICU's formatters of one language. Opening one costs up to a millisecond, using one about a
 * microsecond: so they are opened when first needed and kept for ever. None may be used by two
 * threads at once: one lock guards them all, held from _lock() to _unlock(). */
typedef struct {
  const char *tag; /* canonical, interned */
  const char *icu_locale;
  const LyktaDateWords *words;
  gboolean is_rtl;
  UDateFormat *patterns[LYKTA_N_PATTERNS];
  UDateIntervalFormat *range;
  URelativeDateTimeFormatter *relative;
  UNumberFormat *number;
  UNumberFormatter *units[LYKTA_N_UNITS];
  UFormattedNumber *measure;
} LyktaFormatter;

/* The formatters of @language (any spelling; English when it is none). Never NULL. */
LyktaFormatter *lykta_formatter_lock (const char *language);
void lykta_formatter_unlock (LyktaFormatter *self);

/* Under the lock; NULL when ICU cannot make one. */
const UDateFormat *lykta_formatter_get_pattern (LyktaFormatter *self, LyktaPattern pattern);
const UDateIntervalFormat *lykta_formatter_get_range (LyktaFormatter *self);
const URelativeDateTimeFormatter *lykta_formatter_get_relative (LyktaFormatter *self);
UNumberFormat *lykta_formatter_get_number (LyktaFormatter *self);
const UNumberFormatter *lykta_formatter_get_unit (LyktaFormatter *self, LyktaUnit unit);

/* ICU's UTF-16 as UTF-8. NULL when @status says failure. (transfer full) */
char *lykta_formatter_to_utf8 (const UChar *text, int32_t length, UErrorCode status);

G_END_DECLS
