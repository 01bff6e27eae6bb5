/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "base/lykta-civil-time.h"
#include "model/lykta-enums.h"

G_BEGIN_DECLS

/* On what an organiser's right to issue certificates rests: an agreement with a county
 * administrative board (at most one year, one county, not retroactive), or another basis.
 * Immutable, reference-counted, any thread. */
typedef struct _LyktaAgreement LyktaAgreement;
#define LYKTA_TYPE_AGREEMENT (lykta_agreement_get_type ())
GType lykta_agreement_get_type (void);
/* @reference: free text, no national format is known (nullable). @county_code: SCB, "01"-"25"
 * (nullable). */
LyktaAgreement *lykta_agreement_new (LyktaBasis basis,
                                     const char *reference,
                                     const char *county_code,
                                     LyktaDate valid_from,
                                     LyktaDate valid_to);
LyktaAgreement *lykta_agreement_ref (LyktaAgreement *self);
void lykta_agreement_unref (LyktaAgreement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaAgreement, lykta_agreement_unref)
LyktaBasis lykta_agreement_get_basis (LyktaAgreement *self);
const char *lykta_agreement_get_reference (LyktaAgreement *self);
const char *lykta_agreement_get_county_code (LyktaAgreement *self);
LyktaDate lykta_agreement_get_valid_from (LyktaAgreement *self);
LyktaDate lykta_agreement_get_valid_to (LyktaAgreement *self);

G_END_DECLS
