/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-agreement.h"

struct _LyktaAgreement {
  LyktaBasis basis;
  char *reference;
  char *county_code;
  LyktaDate valid_from;
  LyktaDate valid_to;
};

G_DEFINE_BOXED_TYPE (LyktaAgreement, lykta_agreement, lykta_agreement_ref, lykta_agreement_unref)

LyktaAgreement *
lykta_agreement_ref (LyktaAgreement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
agreement_clear (LyktaAgreement *self)
{
  g_free (self->reference);
  g_free (self->county_code);
}

void
lykta_agreement_unref (LyktaAgreement *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)agreement_clear);
}

LyktaAgreement *
lykta_agreement_new (LyktaBasis basis,
                     const char *reference,
                     const char *county_code,
                     LyktaDate valid_from,
                     LyktaDate valid_to)
{
  LyktaAgreement *self = g_atomic_rc_box_new0 (LyktaAgreement);

  self->basis = basis;
  self->reference = g_strdup (reference);
  self->county_code = g_strdup (county_code);
  self->valid_from = valid_from;
  self->valid_to = valid_to;
  return self;
}

LyktaBasis
lykta_agreement_get_basis (LyktaAgreement *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->basis;
}

const char *
lykta_agreement_get_reference (LyktaAgreement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->reference;
}

const char *
lykta_agreement_get_county_code (LyktaAgreement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->county_code;
}

LyktaDate
lykta_agreement_get_valid_from (LyktaAgreement *self)
{
  g_return_val_if_fail (self != NULL, (LyktaDate){0});

  return self->valid_from;
}

LyktaDate
lykta_agreement_get_valid_to (LyktaAgreement *self)
{
  g_return_val_if_fail (self != NULL, (LyktaDate){0});

  return self->valid_to;
}
