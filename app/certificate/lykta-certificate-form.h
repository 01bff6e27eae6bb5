/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "base/lykta-civil-time.h"
#include "model/lykta-activity.h"
#include "model/lykta-gazetteer.h"
#include "model/lykta-occurrence.h"

G_BEGIN_DECLS

/* What the holder means to do with a certificate. */
typedef enum {
  LYKTA_CERTIFICATE_USE_PARTICIPATION, /* shows that somebody takes part, for whatever need */
  LYKTA_CERTIFICATE_USE_TRAVEL,        /* goes with an application for travel compensation */
  LYKTA_CERTIFICATE_USE_MOBILE_DATA,   /* temporary decision of 2020: off unless configured */
} LyktaCertificateUse;

/* Everything that can stand on a certificate. No official template is published, so the list is
 * what the Migration Agency must know to decide: who, which activity, on what ground, where, how
 * often, how long. The order is the order of the page. */
typedef enum {
  LYKTA_CERTIFICATE_FIELD_ACTIVITY, /* the activity as such: nothing to write, only to refuse */
  LYKTA_CERTIFICATE_FIELD_USE,
  LYKTA_CERTIFICATE_FIELD_HOLDER_NAME,
  LYKTA_CERTIFICATE_FIELD_LMA_NUMBER, /* optional */
  LYKTA_CERTIFICATE_FIELD_BIRTH_DATE, /* optional, date */
  LYKTA_CERTIFICATE_FIELD_ACTIVITY_NAME,
  LYKTA_CERTIFICATE_FIELD_PURPOSES,
  LYKTA_CERTIFICATE_FIELD_ORGANISER,
  LYKTA_CERTIFICATE_FIELD_ORGANISATION_NUMBER, /* optional */
  LYKTA_CERTIFICATE_FIELD_BASIS,
  LYKTA_CERTIFICATE_FIELD_BASIS_REFERENCE, /* needed for an agreement and for a grant */
  LYKTA_CERTIFICATE_FIELD_BASIS_COUNTY,    /* name of the county of the agreement or grant */
  LYKTA_CERTIFICATE_FIELD_BASIS_FROM,      /* optional, date */
  LYKTA_CERTIFICATE_FIELD_BASIS_TO,        /* optional, date */
  LYKTA_CERTIFICATE_FIELD_ATTENDANCE,      /* on site, online or both */
  LYKTA_CERTIFICATE_FIELD_PLACE,           /* name of the place */
  LYKTA_CERTIFICATE_FIELD_STREET,
  LYKTA_CERTIFICATE_FIELD_POSTCODE,
  LYKTA_CERTIFICATE_FIELD_TOWN,
  LYKTA_CERTIFICATE_FIELD_MUNICIPALITY, /* name */
  LYKTA_CERTIFICATE_FIELD_COUNTY,       /* name of the county of the place */
  LYKTA_CERTIFICATE_FIELD_SCHEDULE,     /* weekdays and times, in Swedish */
  LYKTA_CERTIFICATE_FIELD_PERIOD_FROM,  /* date */
  LYKTA_CERTIFICATE_FIELD_PERIOD_TO,    /* optional (open-ended), date */
  LYKTA_CERTIFICATE_FIELD_N_OCCASIONS,  /* optional, number: planned while the certificate is valid
                                         */
  LYKTA_CERTIFICATE_FIELD_CONTACT_NAME,
  LYKTA_CERTIFICATE_FIELD_CONTACT_PHONE, /* a telephone number or an e-mail address is needed */
  LYKTA_CERTIFICATE_FIELD_CONTACT_EMAIL,
  LYKTA_CERTIFICATE_FIELD_ISSUE_DATE, /* date */
  LYKTA_CERTIFICATE_FIELD_VALID_TO,   /* date */
  LYKTA_CERTIFICATE_FIELD_SIGNATORY,  /* optional: name in block letters, else written by hand */
  LYKTA_CERTIFICATE_FIELD_SERIAL,     /* set by the register; NULL on drafts */
  LYKTA_CERTIFICATE_N_FIELDS
} LyktaCertificateField;

/* How a field is filled in. */
typedef enum {
  LYKTA_CERTIFICATE_KIND_NONE, /* cannot be set */
  LYKTA_CERTIFICATE_KIND_TEXT,
  LYKTA_CERTIFICATE_KIND_DATE,
  LYKTA_CERTIFICATE_KIND_NUMBER,
  LYKTA_CERTIFICATE_KIND_CHOICE, /* tokens of the enumeration; PURPOSES: several, by commas */
} LyktaCertificateKind;

/* Stable lower-case names for files, JSON and the command line: "holder-name", "lma-number" …
 * Static strings, any thread. */
const char *lykta_certificate_field_to_token (LyktaCertificateField field);
gboolean lykta_certificate_field_from_token (const char *token, LyktaCertificateField *field);
LyktaCertificateKind lykta_certificate_field_get_kind (LyktaCertificateField field);
/* "participation", "travel", "mobile-data"; unknown words are PARTICIPATION. */
const char *lykta_certificate_use_to_token (LyktaCertificateUse use);
LyktaCertificateUse lykta_certificate_use_from_token (const char *token);

/* One weekday with its hours. @start_minute = @end_minute: the whole day. */
typedef struct {
  guint8 weekday; /* ISO: 1 Monday … 7 Sunday */
  gint16 start_minute;
  gint16 end_minute;
} LyktaCertificateSlot;

/* A filled-in certificate. Immutable, reference-counted, any thread; getters borrow. It holds
 * personal data: never log it, never write it anywhere but on the page that was asked for. */
typedef struct _LyktaCertificateForm LyktaCertificateForm;
#define LYKTA_TYPE_CERTIFICATE_FORM (lykta_certificate_form_get_type ())
GType lykta_certificate_form_get_type (void);
LyktaCertificateForm *lykta_certificate_form_ref (LyktaCertificateForm *self);
void lykta_certificate_form_unref (LyktaCertificateForm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaCertificateForm, lykta_certificate_form_unref)

/* A form with nothing in it: for filling in by hand. (transfer full) */
LyktaCertificateForm *lykta_certificate_form_new_empty (void);

/* Text fields only; NULL when not filled in. The LMA number is in its normal form. */
const char *
lykta_certificate_form_get_text (LyktaCertificateForm *self, LyktaCertificateField field);
/* Date fields only; all zero when not filled in. */
LyktaDate lykta_certificate_form_get_date (LyktaCertificateForm *self, LyktaCertificateField field);
/* -1 when not filled in. */
int lykta_certificate_form_get_n_occasions (LyktaCertificateForm *self);
LyktaCertificateUse lykta_certificate_form_get_use (LyktaCertificateForm *self);
LyktaPurposes lykta_certificate_form_get_purposes (LyktaCertificateForm *self);
LyktaBasis lykta_certificate_form_get_basis (LyktaCertificateForm *self);
LyktaAttendance lykta_certificate_form_get_attendance (LyktaCertificateForm *self);
/* Weekdays and hours for showing in another language than Swedish; none when the Swedish text of
 * the schedule was written by hand. Borrowed. */
const LyktaCertificateSlot *
lykta_certificate_form_get_slots (LyktaCertificateForm *self, guint *n_slots);
/* Canonical tag of the second language, NULL for Swedish alone. */
const char *lykta_certificate_form_get_second_language (LyktaCertificateForm *self);
/* The activity is invented. */
gboolean lykta_certificate_form_is_sample (LyktaCertificateForm *self);
/* Any field as the text that lykta_certificate_form_builder_set_field takes; NULL when not filled
 * in. (transfer full) */
char *lykta_certificate_form_dup_field (LyktaCertificateForm *self, LyktaCertificateField field);

/* Collects a form; one thread. Texts are cleaned (trimmed, no control or bidi override
 * characters, one line); "" and NULL empty a field. */
typedef struct _LyktaCertificateFormBuilder LyktaCertificateFormBuilder;
LyktaCertificateFormBuilder *lykta_certificate_form_builder_new (void);
LyktaCertificateFormBuilder *lykta_certificate_form_builder_new_from (LyktaCertificateForm *form);
void lykta_certificate_form_builder_free (LyktaCertificateFormBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaCertificateFormBuilder, lykta_certificate_form_builder_free)
void lykta_certificate_form_builder_set_text (LyktaCertificateFormBuilder *self,
                                              LyktaCertificateField field,
                                              const char *text);
void lykta_certificate_form_builder_set_date (LyktaCertificateFormBuilder *self,
                                              LyktaCertificateField field,
                                              LyktaDate date);
void lykta_certificate_form_builder_set_n_occasions (LyktaCertificateFormBuilder *self, int n);
void
lykta_certificate_form_builder_set_use (LyktaCertificateFormBuilder *self, LyktaCertificateUse use);
void lykta_certificate_form_builder_set_purposes (LyktaCertificateFormBuilder *self,
                                                  LyktaPurposes purposes);
void lykta_certificate_form_builder_set_basis (LyktaCertificateFormBuilder *self, LyktaBasis basis);
void lykta_certificate_form_builder_set_attendance (LyktaCertificateFormBuilder *self,
                                                    LyktaAttendance attendance);
/* Copies @slots and writes the Swedish text of the schedule from them. */
void lykta_certificate_form_builder_set_slots (LyktaCertificateFormBuilder *self,
                                               const LyktaCertificateSlot *slots,
                                               guint n_slots);
void lykta_certificate_form_builder_set_second_language (LyktaCertificateFormBuilder *self,
                                                         const char *language);
/* What the rules ask of the activity itself (lykta-certificate-rules.h). */
void lykta_certificate_form_builder_set_activity_rules (LyktaCertificateFormBuilder *self,
                                                        LyktaTristate offers_certificate,
                                                        LyktaTristate is_tia,
                                                        gboolean is_compulsory_introduction,
                                                        LyktaStatus status);
void lykta_certificate_form_builder_set_is_sample (LyktaCertificateFormBuilder *self,
                                                   gboolean is_sample);
/* Any field from text, as a person or a command line gives it: dates as YYYY-MM-DD, choices as
 * tokens. FALSE, and nothing changed, when the text cannot be read so. */
gboolean lykta_certificate_form_builder_set_field (LyktaCertificateFormBuilder *self,
                                                   LyktaCertificateField field,
                                                   const char *text);
/* The builder may be used on. (transfer full) */
LyktaCertificateForm *lykta_certificate_form_builder_end (LyktaCertificateFormBuilder *self);

/* A form with all that is known of @activity filled in, issued on @today: Swedish title (else the
 * title in any language), purposes, organiser, basis, place, weekdays and hours, period, planned
 * occasions, the organiser's public contact, and the default validity.
 * @occurrences: its dates from @today on (element-type LyktaOccurrence, sorted; NULL: not known).
 * @open_ended: the series goes on after the last of them. @gazetteer (nullable) names municipality
 * and county. Refusals are not decided here: see lykta_certificate_form_validate.
 * (transfer full) */
LyktaCertificateForm *lykta_certificate_form_from_activity (LyktaActivity *activity,
                                                            GArray *occurrences,
                                                            gboolean open_ended,
                                                            LyktaGazetteer *gazetteer,
                                                            LyktaDate today,
                                                            const char *second_language);

G_END_DECLS
