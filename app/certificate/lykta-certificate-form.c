/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-certificate-form-private.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (LyktaCertificateForm,
                     lykta_certificate_form,
                     lykta_certificate_form_ref,
                     lykta_certificate_form_unref)

void
_lykta_certificate_wipe (char *text)
{
  if (text == NULL)
    return;
  explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
form_clear (LyktaCertificateForm *self)
{
  for (guint i = 0; i < LYKTA_CERTIFICATE_N_FIELDS; i++)
    _lykta_certificate_wipe (self->texts[i]);
  g_free (self->slots);
  explicit_bzero (self, sizeof *self);
}

LyktaCertificateForm *
_lykta_certificate_form_copy (const LyktaCertificateForm *form)
{
  LyktaCertificateForm *copy = g_atomic_rc_box_new0 (LyktaCertificateForm);

  *copy = *form;
  for (guint i = 0; i < LYKTA_CERTIFICATE_N_FIELDS; i++)
    copy->texts[i] = g_strdup (form->texts[i]);
  copy->slots = g_memdup2 (form->slots, form->n_slots * sizeof *form->slots);
  return copy;
}

LyktaCertificateForm *
lykta_certificate_form_ref (LyktaCertificateForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
lykta_certificate_form_unref (LyktaCertificateForm *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)form_clear);
}

LyktaCertificateForm *
lykta_certificate_form_new_empty (void)
{
  LyktaCertificateForm *self = g_atomic_rc_box_new0 (LyktaCertificateForm);

  self->n_occasions = -1;
  return self;
}

const char *
lykta_certificate_form_get_text (LyktaCertificateForm *self, LyktaCertificateField field)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint)field < LYKTA_CERTIFICATE_N_FIELDS, NULL);

  return self->texts[field];
}

LyktaDate
lykta_certificate_form_get_date (LyktaCertificateForm *self, LyktaCertificateField field)
{
  g_return_val_if_fail (self != NULL, (LyktaDate){0});
  g_return_val_if_fail ((guint)field < LYKTA_CERTIFICATE_N_FIELDS, (LyktaDate){0});

  return self->dates[field];
}

int
lykta_certificate_form_get_n_occasions (LyktaCertificateForm *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->n_occasions;
}

LyktaCertificateUse
lykta_certificate_form_get_use (LyktaCertificateForm *self)
{
  g_return_val_if_fail (self != NULL, LYKTA_CERTIFICATE_USE_PARTICIPATION);

  return self->use;
}

LyktaPurposes
lykta_certificate_form_get_purposes (LyktaCertificateForm *self)
{
  g_return_val_if_fail (self != NULL, LYKTA_PURPOSE_NONE);

  return self->purposes;
}

LyktaBasis
lykta_certificate_form_get_basis (LyktaCertificateForm *self)
{
  g_return_val_if_fail (self != NULL, LYKTA_BASIS_UNKNOWN);

  return self->basis;
}

LyktaAttendance
lykta_certificate_form_get_attendance (LyktaCertificateForm *self)
{
  g_return_val_if_fail (self != NULL, LYKTA_ATTENDANCE_UNKNOWN);

  return self->attendance;
}

const LyktaCertificateSlot *
lykta_certificate_form_get_slots (LyktaCertificateForm *self, guint *n_slots)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_slots != NULL, NULL);

  *n_slots = self->n_slots;
  return self->slots;
}

const char *
lykta_certificate_form_get_second_language (LyktaCertificateForm *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->second_language;
}

gboolean
lykta_certificate_form_is_sample (LyktaCertificateForm *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_sample;
}

static char *
dup_purposes (LyktaPurposes purposes)
{
  g_autoptr (GPtrArray) tokens = g_ptr_array_new ();

  if (purposes == LYKTA_PURPOSE_NONE)
    return NULL;
  for (guint bit = LYKTA_PURPOSE_SWEDISH; bit <= LYKTA_PURPOSE_HEALTH; bit <<= 1) {
    if (purposes & bit)
      g_ptr_array_add (tokens, (gpointer)lykta_purpose_to_token (bit));
  }
  g_ptr_array_add (tokens, NULL);
  return g_strjoinv (",", (char **)tokens->pdata);
}

static char *
dup_choice (LyktaCertificateForm *self, LyktaCertificateField field)
{
  switch (field) {
  case LYKTA_CERTIFICATE_FIELD_USE:
    return g_strdup (lykta_certificate_use_to_token (self->use));
  case LYKTA_CERTIFICATE_FIELD_PURPOSES:
    return dup_purposes (self->purposes);
  case LYKTA_CERTIFICATE_FIELD_BASIS:
    return self->basis == LYKTA_BASIS_UNKNOWN ? NULL
                                              : g_strdup (lykta_basis_to_token (self->basis));
  case LYKTA_CERTIFICATE_FIELD_ATTENDANCE:
    return self->attendance == LYKTA_ATTENDANCE_UNKNOWN
               ? NULL
               : g_strdup (lykta_attendance_to_token (self->attendance));
  default:
    g_assert_not_reached ();
  }
}

char *
lykta_certificate_form_dup_field (LyktaCertificateForm *self, LyktaCertificateField field)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint)field < LYKTA_CERTIFICATE_N_FIELDS, NULL);

  switch (lykta_certificate_field_get_kind (field)) {
  case LYKTA_CERTIFICATE_KIND_NONE:
    return NULL;
  case LYKTA_CERTIFICATE_KIND_TEXT:
    return g_strdup (self->texts[field]);
  case LYKTA_CERTIFICATE_KIND_DATE:
    return lykta_date_is_set (self->dates[field]) ? lykta_date_to_string (self->dates[field])
                                                  : NULL;
  case LYKTA_CERTIFICATE_KIND_NUMBER:
    return self->n_occasions < 0 ? NULL : g_strdup_printf ("%d", self->n_occasions);
  case LYKTA_CERTIFICATE_KIND_CHOICE:
    return dup_choice (self, field);
  default:
    g_assert_not_reached ();
  }
}
