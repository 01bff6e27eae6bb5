/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "model/lykta-agreement.h"
#include "model/lykta-contact.h"
#include "model/lykta-enums.h"

G_BEGIN_DECLS

/* Who arranges an activity. Names are official and never translated. The authority contact is for
 * the county board and the Migration Agency and is never shown to visitors.
 * Immutable, reference-counted, any thread. */
typedef struct _LyktaOrganiser LyktaOrganiser;
#define LYKTA_TYPE_ORGANISER (lykta_organiser_get_type ())
GType lykta_organiser_get_type (void);
/* Only @name is needed; the rest may be NULL. @organisation_number: "NNNNNN-NNNN". */
LyktaOrganiser *lykta_organiser_new (const char *name,
                                     LyktaOrganiserKind kind,
                                     const char *organisation_number,
                                     LyktaAgreement *agreement,
                                     LyktaContact *public_contact,
                                     LyktaContact *authority_contact);
LyktaOrganiser *lykta_organiser_ref (LyktaOrganiser *self);
void lykta_organiser_unref (LyktaOrganiser *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaOrganiser, lykta_organiser_unref)
const char *lykta_organiser_get_name (LyktaOrganiser *self);
LyktaOrganiserKind lykta_organiser_get_kind (LyktaOrganiser *self);
const char *lykta_organiser_get_organisation_number (LyktaOrganiser *self);
/* Borrowed, nullable. */
LyktaAgreement *lykta_organiser_get_agreement (LyktaOrganiser *self);
LyktaContact *lykta_organiser_get_public_contact (LyktaOrganiser *self);
LyktaContact *lykta_organiser_get_authority_contact (LyktaOrganiser *self);

G_END_DECLS
