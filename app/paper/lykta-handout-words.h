/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper/lykta-programme.h"
#include "text/lykta-catalogue.h"

G_BEGIN_DECLS

/* What everything that people take away says, in the language of a catalogue, whether it is set on
 * paper or written into a letter. Values from the calendar stand between isolates. Results are
 * (transfer full) unless they are const. Any thread. */

/* One thing worth knowing about a date: a drawing and a word. */
typedef struct {
  const char *icon; /* name in resources/icons, static */
  char *word;       /* (owned) */
} LyktaHandoutFact;

/* The text that a reader of @words should get, and in which language it is (out, nullable). NULL
 * when there is none at all. Borrowed. */
const char *lykta_handout_choose (LyktaCatalogue *words, LyktaTexts *texts, const char **language);
/* "Activities in Malmö", "Activities". */
char *lykta_handout_title (LyktaCatalogue *words, const char *area_name);
/* "23 – 29 November 2026". */
char *lykta_handout_period (LyktaCatalogue *words, LyktaDate from, LyktaDate to);
/* "Monday 23 November", with the year when it is not that of @beside. */
char *lykta_handout_day (LyktaCatalogue *words, LyktaDate day, LyktaDate beside);
/* "18:00–20:00", "All day". */
char *lykta_handout_hours (LyktaCatalogue *words, const LyktaOccurrence *date);
/* "Cancelled"; NULL when it takes place as planned. */
const char *lykta_handout_status (LyktaCatalogue *words, LyktaStatus status);
/* "Stadsbiblioteket, Storgatan 1, Malmö", "Online"; NULL when nothing is known. */
char *lykta_handout_where (LyktaCatalogue *words, const LyktaProgrammeEntry *entry);
/* "Swedish"; of no purpose: "Activity". */
char *lykta_handout_dup_purpose (LyktaCatalogue *words, LyktaPurposes single);
/* Purposes, who may come, childcare, cost, booking. (element-type LyktaHandoutFact) */
GArray *lykta_handout_facts (LyktaCatalogue *words, const LyktaProgrammeEntry *entry);
/* The same as one line. NULL when there are none. */
char *lykta_handout_facts_line (LyktaCatalogue *words, const LyktaProgrammeEntry *entry);
/* Who arranges it, and how they are reached: no name of a person. NULL when not known. */
char *lykta_handout_organiser (const LyktaProgrammeEntry *entry);
/* "As of 22 November 2026, 04:00"; NULL when never. */
char *lykta_handout_as_of (LyktaCatalogue *words, gint64 as_of);
/* "From: Aktiviteter i Sverige"; NULL without sources. */
char *lykta_handout_source (LyktaCatalogue *words, LyktaProgramme *programme);
/* "At most 30 km from here"; NULL when that is no condition. */
char *lykta_handout_radius (LyktaCatalogue *words, LyktaProgramme *programme);
/* Nothing in these days, and what comes next. */
const char *lykta_handout_nothing (LyktaCatalogue *words);
char *lykta_handout_next_day (LyktaCatalogue *words, LyktaDate day);
/* Not all dates had room; NULL when all had. */
const char *lykta_handout_left_out (LyktaCatalogue *words, LyktaProgramme *programme);
/* These are invented examples. */
const char *lykta_handout_sample (LyktaCatalogue *words);
/* What the code that holds the event is for, and the one that holds an address of the net. */
const char *lykta_handout_code_help (LyktaCatalogue *words);
const char *lykta_handout_link_help (LyktaCatalogue *words);
/* "Page 2 of 3". */
char *lykta_handout_page_number (LyktaCatalogue *words, guint index, guint n_pages);

G_END_DECLS
