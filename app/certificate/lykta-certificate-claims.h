/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "certificate/lykta-certificate-form.h"
#include "certificate/lykta-token-error.h"

G_BEGIN_DECLS

/* What the QR code of a certificate says: as much of the page as somebody needs who checks it
 * without asking anyone, and no more. Never the LMA number, never a birth date. As a CBOR Web
 * Token (RFC 8392); CERTIFICATE-TOKEN.md has the table. Immutable, reference-counted, any thread;
 * getters borrow. It names a person: never log it. */
typedef struct _LyktaCertificateClaims LyktaCertificateClaims;
#define LYKTA_TYPE_CERTIFICATE_CLAIMS (lykta_certificate_claims_get_type ())
GType lykta_certificate_claims_get_type (void);
LyktaCertificateClaims *lykta_certificate_claims_ref (LyktaCertificateClaims *self);
void lykta_certificate_claims_unref (LyktaCertificateClaims *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaCertificateClaims, lykta_certificate_claims_unref)

/* No place in a status list: such a certificate cannot be revoked. */
#define LYKTA_STATUS_INDEX_NONE (-1)
/* Places that a status list can have. */
#define LYKTA_STATUS_INDEX_MAX (1 << 20)

/* The claims of @form, which must have a serial, an issue date and a last day of validity: INVALID
 * otherwise. Long texts are shortened at a character and end in "…"; a name is kept up to 96 bytes.
 * @status_index: its place in the status list of the desk, or LYKTA_STATUS_INDEX_NONE.
 * (transfer full) */
LyktaCertificateClaims *
lykta_certificate_claims_new (LyktaCertificateForm *form, gint32 status_index, GError **error);

const char *lykta_certificate_claims_get_serial (LyktaCertificateClaims *self);
/* The organiser. */
const char *lykta_certificate_claims_get_issuer (LyktaCertificateClaims *self);
/* As printed. */
const char *lykta_certificate_claims_get_holder_name (LyktaCertificateClaims *self);
const char *lykta_certificate_claims_get_activity (LyktaCertificateClaims *self);
/* Place and town on one line; NULL when the form has none, as for activities online. */
const char *lykta_certificate_claims_get_place (LyktaCertificateClaims *self);
/* First and last day of the activity; the last is all zero when it has no end. */
LyktaDate lykta_certificate_claims_get_period_from (LyktaCertificateClaims *self);
LyktaDate lykta_certificate_claims_get_period_to (LyktaCertificateClaims *self);
/* First and last day on which the certificate is valid. */
LyktaDate lykta_certificate_claims_get_valid_from (LyktaCertificateClaims *self);
LyktaDate lykta_certificate_claims_get_valid_to (LyktaCertificateClaims *self);
LyktaCertificateUse lykta_certificate_claims_get_use (LyktaCertificateClaims *self);
gint32 lykta_certificate_claims_get_status_index (LyktaCertificateClaims *self);

/* The claims as deterministic CBOR, and back. Errors: DAMAGED, UNKNOWN_VERSION, INVALID.
 * (transfer full) */
GBytes *lykta_certificate_claims_to_cbor (LyktaCertificateClaims *self);
LyktaCertificateClaims *lykta_certificate_claims_from_cbor (GBytes *cbor, GError **error);

G_END_DECLS
