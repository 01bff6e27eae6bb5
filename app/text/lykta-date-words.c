/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/lykta-date-words.h"

#include <string.h>

static const LyktaDateWords words[] = {
    {.tag = "en",
     .weekday_day_month = "EEEE d MMMM",
     .weekday_day_month_year = "EEEE d MMMM y",
     .short_date = "EEE d MMM",
     .day_month = "d MMMM",
     .day_month_year = "d MMMM y",
     .numeric = "y-MM-dd",
     .range = " – "},
    {.tag = "fa-AF",
     .weekday_day_month = "EEEE d MMMM",
     .weekday_day_month_year = "EEEE d MMMM y",
     .short_date = "EEE d MMM",
     .day_month = "d MMMM",
     .day_month_year = "d MMMM y",
     .numeric = "y/M/d",
     .range = " تا "},
    {.tag = "ps",
     .weekday_day_month = "EEEE، د MMMM d",
     .weekday_day_month_year = "EEEE، د y د MMMM d",
     .short_date = "EEE، MMM d",
     .day_month = "د MMMM d",
     .day_month_year = "د y د MMMM d",
     .numeric = "y/M/d",
     .range = " – "},
    {.tag = "so",
     .weekday_day_month = "EEEE, d MMMM",
     .weekday_day_month_year = "EEEE, d MMMM y",
     .short_date = "EEE, d MMM",
     .day_month = "d MMMM",
     .day_month_year = "d MMMM y",
     .numeric = "dd/MM/y",
     .range = " – ",
     .today = "maanta",
     .tomorrow = "berri",
     .yesterday = "shalay",
     .in_days = "%d maalmood kadib",
     .days_ago = "%d maalmood kahor"},
    {.tag = "ti",
     .today = "ሎሚ",
     .tomorrow = "ጽባሕ",
     .yesterday = "ትማሊ",
     .in_days = "ድሕሪ %d መዓልቲ",
     .days_ago = "ቅድሚ %d መዓልቲ"},
    {.tag = "am",
     .weekday_day_month = "EEEE፣ d MMMM",
     .weekday_day_month_year = "EEEE፣ d MMMM y",
     .short_date = "EEE፣ d MMM",
     .day_month = "d MMMM",
     .day_month_year = "d MMMM y",
     .range = " – "},
    {.tag = "ckb",
     .weekday_day_month = "EEEE، dی MMMM",
     .weekday_day_month_year = "EEEE، dی MMMMی y",
     .short_date = "EEE، d/M",
     .day_month = "dی MMMM",
     .day_month_year = "dی MMMMی y",
     .numeric = "d/M/y",
     .range = " – ",
     .today = "ئەمڕۆ",
     .tomorrow = "سبەی",
     .yesterday = "دوێنێ",
     .in_days = "%d ڕۆژی تر",
     .days_ago = "%d ڕۆژ لەمەوبەر"},
    {.tag = "ku",
     .weekday_day_month = "EEEE, d'ê' MMMM",
     .weekday_day_month_year = "EEEE, d'ê' MMMM y",
     .short_date = "EEE, d MMM",
     .day_month = "d'ê' MMMM",
     .day_month_year = "d'ê' MMMM y",
     .numeric = "dd.MM.y",
     .range = " – ",
     .today = "îro",
     .tomorrow = "sibê",
     .yesterday = "duh",
     .in_days = "piştî %d rojan",
     .days_ago = "berî %d rojan"},
};

static const LyktaDateWords nothing = {0};

static const struct {
  const char *tag;
  const char *from;
} openings[] = {
    {"sv", "från %s"},
    {"sv-x-easy", "från %s"},
    {"en", "from %s"},
    {"ar", "ابتداءً من %s"},
    {"fa", "از %s"},
    {"fa-AF", "از %s"},
    {"ps", "له %s څخه"},
    {"so", "laga bilaabo %s"},
    {"ti", "ካብ %s"},
    {"am", "ከ%s ጀምሮ"},
    {"uk", "з %s"},
    {"ru", "с %s"},
    {"ckb", "لە %s"},
    {"ku", "ji %s"},
    {"tr", "%s tarihinden itibaren"},
    {"fr", "à partir du %s"},
    {"es", "a partir del %s"},
    {"de", "ab %s"},
    {"fi", "alkaen %s"},
    {"pl", "od %s"},
    {"bs", "od %s"},
    {"hr", "od %s"},
    {"sr-Latn", "od %s"},
    {"sr", "од %s"},
    {"sq", "nga %s"},
    {"da", "fra %s"},
    {"nb", "fra %s"},
    {"no", "fra %s"},
    {"nn", "frå %s"},
    {"sw", "kuanzia %s"},
};

const LyktaDateWords *
lykta_date_words (const char *tag)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    if (strcmp (words[i].tag, tag) == 0)
      return &words[i];
  }
  return &nothing;
}

const char *
lykta_date_words_from (const char *tag)
{
  for (gsize i = 0; i < G_N_ELEMENTS (openings); i++) {
    if (strcmp (openings[i].tag, tag) == 0)
      return openings[i].from;
  }
  return NULL;
}
