/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-text"

#include "text/lykta-formatter-private.h"

#include <string.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>

#include "text/lykta-language.h"

#define MAX_PATTERN 128

static GMutex lock;
/* under the lock; (element-type utf8 LyktaFormatter), keys interned */
static GHashTable *formatters;

static const UChar utc[] = {'U', 'T', 'C', 0};

LyktaFormatter *
lykta_formatter_lock (const char *language)
{
  const char *canonical = lykta_language_canonical (language);
  LyktaFormatter *self;

  if (canonical == NULL)
    canonical = g_intern_static_string ("en");
  g_mutex_lock (&lock);
  if (formatters == NULL)
    formatters = g_hash_table_new (g_direct_hash, g_direct_equal);
  self = g_hash_table_lookup (formatters, canonical);
  if (self == NULL) {
    self = g_new0 (LyktaFormatter, 1);
    self->tag = canonical;
    self->icu_locale = lykta_language_icu_locale (canonical);
    self->words = lykta_date_words (canonical);
    self->is_rtl = lykta_language_is_rtl (canonical);
    g_hash_table_insert (formatters, (gpointer)canonical, self);
  }
  return self;
}

void
lykta_formatter_unlock (LyktaFormatter *self)
{
  g_mutex_unlock (&lock);
}

char *
lykta_formatter_to_utf8 (const UChar *text, int32_t length, UErrorCode status)
{
  return U_SUCCESS (status) && length >= 0 ? g_utf16_to_utf8 (text, length, NULL, NULL, NULL)
                                           : NULL;
}

/* What the language's own row says about @pattern, NULL when ICU is to choose. */
static const char *
own_pattern (const LyktaDateWords *words, LyktaPattern pattern)
{
  switch (pattern) {
  case LYKTA_PATTERN_WEEKDAY_DAY_MONTH:
    return words->weekday_day_month;
  case LYKTA_PATTERN_WEEKDAY_DAY_MONTH_YEAR:
    return words->weekday_day_month_year;
  case LYKTA_PATTERN_SHORT:
    return words->short_date;
  case LYKTA_PATTERN_DAY_MONTH:
    return words->day_month;
  case LYKTA_PATTERN_DAY_MONTH_YEAR:
    return words->day_month_year;
  case LYKTA_PATTERN_NUMERIC:
    return words->numeric;
  case LYKTA_PATTERN_WEEKDAY:
    return "cccc";
  case LYKTA_PATTERN_WEEKDAY_NARROW:
    return "ccccc";
  case LYKTA_PATTERN_MONTH_YEAR:
    return "LLLL y";
  case LYKTA_N_PATTERNS:
    break;
  }
  return NULL;
}

static int32_t
choose_pattern (LyktaFormatter *self, LyktaPattern pattern, UChar *out, UErrorCode *status)
{
  static const char *const skeletons[LYKTA_N_PATTERNS] = {
      "EEEEdMMMM", "EEEEdMMMMy", "EEEdMMM", "dMMMM", "dMMMMy", "yMMdd", "cccc", "ccccc", "yMMMM"};
  const char *own = own_pattern (self->words, pattern);
  UDateTimePatternGenerator *generator;
  UChar skeleton[MAX_PATTERN];
  int32_t length;

  if (own != NULL) {
    u_strFromUTF8 (out, MAX_PATTERN, &length, own, -1, status);
    return length;
  }
  u_strFromUTF8 (skeleton, MAX_PATTERN, NULL, skeletons[pattern], -1, status);
  generator = udatpg_open (self->icu_locale, status);
  length = udatpg_getBestPattern (generator, skeleton, -1, out, MAX_PATTERN, status);
  udatpg_close (generator);
  return length;
}

const UDateFormat *
lykta_formatter_get_pattern (LyktaFormatter *self, LyktaPattern pattern)
{
  if (self->patterns[pattern] == NULL) {
    UErrorCode status = U_ZERO_ERROR;
    UChar chosen[MAX_PATTERN];
    int32_t length = choose_pattern (self, pattern, chosen, &status);

    if (U_SUCCESS (status))
      self->patterns[pattern] = udat_open (UDAT_PATTERN, UDAT_PATTERN, self->icu_locale, utc, -1,
                                           chosen, length, &status);
  }
  return self->patterns[pattern];
}

const UDateIntervalFormat *
lykta_formatter_get_range (LyktaFormatter *self)
{
  if (self->range == NULL) {
    static const UChar skeleton[] = {'d', 'M', 'M', 'M', 'M', 'y', 0};
    UErrorCode status = U_ZERO_ERROR;

    self->range = udtitvfmt_open (self->icu_locale, skeleton, -1, utc, -1, &status);
  }
  return self->range;
}

const URelativeDateTimeFormatter *
lykta_formatter_get_relative (LyktaFormatter *self)
{
  if (self->relative == NULL) {
    UErrorCode status = U_ZERO_ERROR;

    self->relative = ureldatefmt_open (self->icu_locale, NULL, UDAT_STYLE_LONG,
                                       UDISPCTX_CAPITALIZATION_NONE, &status);
  }
  return self->relative;
}

UNumberFormat *
lykta_formatter_get_number (LyktaFormatter *self)
{
  if (self->number == NULL) {
    /* "1.234" and "1,234" mean a thousand to some and a little more than one to others; a space
     * that does not break means the same to all, and is how numbers are written in Sweden. */
    static const UChar space[] = {0x00A0, 0};
    UErrorCode status = U_ZERO_ERROR;

    self->number = unum_open (UNUM_DECIMAL, NULL, 0, self->icu_locale, NULL, &status);
    if (self->number != NULL)
      unum_setSymbol (self->number, UNUM_GROUPING_SEPARATOR_SYMBOL, space, 1, &status);
  }
  return self->number;
}

const UNumberFormatter *
lykta_formatter_get_unit (LyktaFormatter *self, LyktaUnit unit)
{
  static const char *const skeletons[LYKTA_N_UNITS] = {
      "measure-unit/length-meter unit-width-short . group-off",
      "measure-unit/length-kilometer unit-width-short .# group-off",
      "measure-unit/length-kilometer unit-width-short . group-off",
      "measure-unit/digital-kilobyte unit-width-short . group-off",
      "measure-unit/digital-megabyte unit-width-short .0 group-off",
      "measure-unit/digital-megabyte unit-width-short . group-off",
  };

  if (self->units[unit] == NULL) {
    UErrorCode status = U_ZERO_ERROR;
    UChar skeleton[MAX_PATTERN];

    u_strFromUTF8 (skeleton, MAX_PATTERN, NULL, skeletons[unit], -1, &status);
    self->units[unit] = unumf_openForSkeletonAndLocale (skeleton, -1, self->icu_locale, &status);
    if (self->measure == NULL)
      self->measure = unumf_openResult (&status);
  }
  return self->units[unit];
}
