/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How one language writes dates where ICU does not say it as people in Sweden should read it: its
 * patterns put the month first, leave a word in English, or give the past and the future the same
 * words. Every field may be NULL: then ICU's own is used. Patterns are ICU's. */
typedef struct {
  const char *tag;
  const char *weekday_day_month;
  const char *weekday_day_month_year;
  const char *short_date;
  const char *day_month;
  const char *day_month_year;
  const char *numeric;
  const char *range; /* between two dates; used when day_month is set */
  const char *today; /* the relative words are all there or all NULL */
  const char *tomorrow;
  const char *yesterday;
  const char *in_days;  /* %d, at least 2 */
  const char *days_ago; /* %d, at least 2 */
} LyktaDateWords;

/* Never NULL: a row without anything for languages that need nothing. */
const LyktaDateWords *lykta_date_words (const char *tag);
/* "from %s"; NULL when not known. */
const char *lykta_date_words_from (const char *tag);

G_END_DECLS
