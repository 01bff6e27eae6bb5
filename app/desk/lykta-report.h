/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/lykta-headcount.h"
#include "desk/lykta-suppression.h"
#include "model/lykta-gazetteer.h"

G_BEGIN_DECLS

/* What the rows of a report are. */
typedef enum {
  LYKTA_REPORT_BY_ACTIVITY,
  LYKTA_REPORT_BY_PURPOSE, /* the primary one, so that nobody is counted twice */
  LYKTA_REPORT_BY_MUNICIPALITY,
  LYKTA_REPORT_BY_ORGANISER,
  LYKTA_REPORT_BY_MONTH,
  LYKTA_REPORT_N_KINDS
} LyktaReportKind;
/* "activity", "purpose", "municipality", "organiser", "month". Static. */
const char *lykta_report_kind_to_token (LyktaReportKind kind);
gboolean lykta_report_kind_from_token (const char *token, LyktaReportKind *kind);

/* The columns of numbers. The first five are one table that adds up; the last two stand alone. */
typedef enum {
  LYKTA_REPORT_WOMEN,
  LYKTA_REPORT_MEN,
  LYKTA_REPORT_OTHER,
  LYKTA_REPORT_CHILDREN,
  LYKTA_REPORT_PARTICIPANTS, /* the sum of the four */
  LYKTA_REPORT_FIRST_TIMERS,
  LYKTA_REPORT_VOLUNTEERS,
  LYKTA_REPORT_N_NUMBERS
} LyktaReportNumber;
/* "women", "men", "other", "children", "participants", "first-timers", "volunteers". Static. */
const char *lykta_report_number_to_token (LyktaReportNumber number);

typedef struct {
  const char *key;   /* stable, for files: a uid, a token, a code, a name, "2026-11"; "" unknown */
  const char *label; /* what people read; a token for purposes, which the reader translates */
  guint n_occasions; /* entries of attendance; occasions counted twice at two desks stay two */
  gint64 numbers[LYKTA_REPORT_N_NUMBERS]; /* LYKTA_SUPPRESSED where they are left out */
} LyktaReportRow;

/* A table of attendance for a period, ready to be published: small groups are left out together
 * with what would reveal them (lykta_suppress). The same entries give the same report at whichever
 * desk, in whatever order they come. Immutable, reference-counted, any thread. */
typedef struct _LyktaReport LyktaReport;
#define LYKTA_TYPE_REPORT (lykta_report_get_type ())
GType lykta_report_get_type (void);
LyktaReport *lykta_report_ref (LyktaReport *self);
void lykta_report_unref (LyktaReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaReport, lykta_report_unref)

/* @headcounts (element-type LyktaHeadcount): of one number only the highest revision counts. Days
 * are Stockholm's, both inclusive. @gazetteer (nullable) names municipalities. (transfer full) */
LyktaReport *lykta_report_new (GPtrArray *headcounts,
                               LyktaDate from,
                               LyktaDate to,
                               LyktaReportKind kind,
                               LyktaGazetteer *gazetteer);

LyktaReportKind lykta_report_get_kind (LyktaReport *self);
LyktaDate lykta_report_get_from (LyktaReport *self);
LyktaDate lykta_report_get_to (LyktaReport *self);
/* Rows in the order of their keys. */
guint lykta_report_get_n_rows (LyktaReport *self);
const LyktaReportRow *lykta_report_get_row (LyktaReport *self, guint index);
const LyktaReportRow *lykta_report_get_total (LyktaReport *self);

/* RFC 4180 in UTF-8 with a byte order mark, which spreadsheets need to see that it is UTF-8; first
 * the period and the rule for small groups, then an empty line, then the table with tokens as
 * headings. A text that a spreadsheet would take for a formula is quoted with an apostrophe.
 * (transfer full) */
GBytes *lykta_report_to_csv (LyktaReport *self);

G_END_DECLS
