/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificate/lykta-certificate-form.h"

G_BEGIN_DECLS

/* Fields are indexed by LyktaCertificateField; only those of the right kind are ever set. */
struct _LyktaCertificateForm {
  char *texts[LYKTA_CERTIFICATE_N_FIELDS];     /* (owned) (nullable), wiped when freed */
  LyktaDate dates[LYKTA_CERTIFICATE_N_FIELDS]; /* all zero: not filled in */
  int n_occasions;                             /* -1: not filled in */
  LyktaCertificateUse use;
  LyktaPurposes purposes;
  LyktaBasis basis;
  LyktaAttendance attendance;
  LyktaCertificateSlot *slots; /* (owned) (nullable) */
  guint n_slots;
  const char *second_language; /* interned, nullable */
  LyktaTristate offers_certificate;
  LyktaTristate is_tia;
  gboolean is_compulsory_introduction;
  LyktaStatus status;
  gboolean is_sample;
};

/* (transfer full) */
LyktaCertificateForm *_lykta_certificate_form_copy (const LyktaCertificateForm *form);
/* Overwrites and frees a text that may be about a person; NULL is fine. */
void _lykta_certificate_wipe (char *text);
/* Weekdays and hours that come back among @occurrences between the two days, those of a single odd
 * date left out; by weekday and hour. NULL when there is no pattern worth telling.
 * (transfer full) (element-type LyktaCertificateSlot) */
GArray *_lykta_certificate_find_slots (GArray *occurrences, LyktaDate from, LyktaDate to);

G_END_DECLS
