/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-organiser.h"

struct _LyktaOrganiser {
  char *name;
  LyktaOrganiserKind kind;
  char *organisation_number;
  LyktaAgreement *agreement;
  LyktaContact *public_contact;
  LyktaContact *authority_contact;
};

G_DEFINE_BOXED_TYPE (LyktaOrganiser, lykta_organiser, lykta_organiser_ref, lykta_organiser_unref)

LyktaOrganiser *
lykta_organiser_ref (LyktaOrganiser *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
organiser_clear (LyktaOrganiser *self)
{
  g_free (self->name);
  g_free (self->organisation_number);
  g_clear_pointer (&self->agreement, lykta_agreement_unref);
  g_clear_pointer (&self->public_contact, lykta_contact_unref);
  g_clear_pointer (&self->authority_contact, lykta_contact_unref);
}

void
lykta_organiser_unref (LyktaOrganiser *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)organiser_clear);
}

LyktaOrganiser *
lykta_organiser_new (const char *name,
                     LyktaOrganiserKind kind,
                     const char *organisation_number,
                     LyktaAgreement *agreement,
                     LyktaContact *public_contact,
                     LyktaContact *authority_contact)
{
  g_return_val_if_fail (name != NULL, NULL);

  LyktaOrganiser *self = g_atomic_rc_box_new0 (LyktaOrganiser);
  self->name = g_strdup (name);
  self->kind = kind;
  self->organisation_number = g_strdup (organisation_number);
  self->agreement = agreement != NULL ? lykta_agreement_ref (agreement) : NULL;
  self->public_contact = public_contact != NULL ? lykta_contact_ref (public_contact) : NULL;
  self->authority_contact =
      authority_contact != NULL ? lykta_contact_ref (authority_contact) : NULL;
  return self;
}

const char *
lykta_organiser_get_name (LyktaOrganiser *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

LyktaOrganiserKind
lykta_organiser_get_kind (LyktaOrganiser *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->kind;
}

const char *
lykta_organiser_get_organisation_number (LyktaOrganiser *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->organisation_number;
}

LyktaAgreement *
lykta_organiser_get_agreement (LyktaOrganiser *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->agreement;
}

LyktaContact *
lykta_organiser_get_public_contact (LyktaOrganiser *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->public_contact;
}

LyktaContact *
lykta_organiser_get_authority_contact (LyktaOrganiser *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->authority_contact;
}
