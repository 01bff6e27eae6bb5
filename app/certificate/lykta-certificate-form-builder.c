/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-certificate-form-private.h"

#include <string.h>

#include "certificate/lykta-certificate-rules.h"
#include "text/lykta-language.h"
#include "text/lykta-plain-text.h"

/* Far more than any field may hold when it is checked; what is longer is nonsense. */
#define MAX_TEXT_CHARS 1000

struct _LyktaCertificateFormBuilder {
  LyktaCertificateForm *form; /* (owned), not shared with anybody */
};

LyktaCertificateFormBuilder *
lykta_certificate_form_builder_new (void)
{
  LyktaCertificateFormBuilder *self = g_new0 (LyktaCertificateFormBuilder, 1);

  self->form = lykta_certificate_form_new_empty ();
  return self;
}

LyktaCertificateFormBuilder *
lykta_certificate_form_builder_new_from (LyktaCertificateForm *form)
{
  LyktaCertificateFormBuilder *self;

  g_return_val_if_fail (form != NULL, NULL);

  self = g_new0 (LyktaCertificateFormBuilder, 1);
  self->form = _lykta_certificate_form_copy (form);
  return self;
}

void
lykta_certificate_form_builder_free (LyktaCertificateFormBuilder *self)
{
  if (self == NULL)
    return;
  lykta_certificate_form_unref (self->form);
  g_free (self);
}

LyktaCertificateForm *
lykta_certificate_form_builder_end (LyktaCertificateFormBuilder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _lykta_certificate_form_copy (self->form);
}

/* One clean line, or NULL when nothing is left. */
static char *
clean_line (const char *text)
{
  char *clean;

  if (text == NULL)
    return NULL;
  clean = lykta_plain_text (text, MAX_TEXT_CHARS, NULL);
  g_strdelimit (clean, "\n\r\t", ' ');
  g_strstrip (clean);
  for (char *from = clean, *to = clean;; from++) {
    if (from[0] == ' ' && from[1] == ' ')
      continue;
    *to++ = *from;
    if (*from == '\0')
      break;
  }
  if (clean[0] == '\0')
    g_clear_pointer (&clean, g_free);
  return clean;
}

static char *
normalise (LyktaCertificateField field, const char *text)
{
  char *clean = clean_line (text), *normal = NULL;

  if (field == LYKTA_CERTIFICATE_FIELD_LMA_NUMBER)
    normal = lykta_certificate_normalise_lma_number (clean);
  else if (field == LYKTA_CERTIFICATE_FIELD_ORGANISATION_NUMBER)
    normal = lykta_certificate_normalise_organisation_number (clean);
  if (normal == NULL)
    return clean;
  _lykta_certificate_wipe (clean);
  return normal;
}

void
lykta_certificate_form_builder_set_text (LyktaCertificateFormBuilder *self,
                                         LyktaCertificateField field,
                                         const char *text)
{
  char *clean;

  g_return_if_fail (self != NULL);
  g_return_if_fail ((guint)field < LYKTA_CERTIFICATE_N_FIELDS);
  g_return_if_fail (lykta_certificate_field_get_kind (field) == LYKTA_CERTIFICATE_KIND_TEXT);

  clean = normalise (field, text);
  if (g_strcmp0 (clean, self->form->texts[field]) == 0) {
    _lykta_certificate_wipe (clean);
    return;
  }
  _lykta_certificate_wipe (self->form->texts[field]);
  self->form->texts[field] = clean;
  if (field == LYKTA_CERTIFICATE_FIELD_SCHEDULE) {
    g_clear_pointer (&self->form->slots, g_free);
    self->form->n_slots = 0;
  }
}

void
lykta_certificate_form_builder_set_date (LyktaCertificateFormBuilder *self,
                                         LyktaCertificateField field,
                                         LyktaDate date)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail ((guint)field < LYKTA_CERTIFICATE_N_FIELDS);
  g_return_if_fail (lykta_certificate_field_get_kind (field) == LYKTA_CERTIFICATE_KIND_DATE);

  self->form->dates[field] = date;
}

void
lykta_certificate_form_builder_set_n_occasions (LyktaCertificateFormBuilder *self, int n)
{
  g_return_if_fail (self != NULL);

  self->form->n_occasions = MAX (n, -1);
}

void
lykta_certificate_form_builder_set_use (LyktaCertificateFormBuilder *self, LyktaCertificateUse use)
{
  g_return_if_fail (self != NULL);

  self->form->use = use;
}

void
lykta_certificate_form_builder_set_purposes (LyktaCertificateFormBuilder *self,
                                             LyktaPurposes purposes)
{
  g_return_if_fail (self != NULL);

  self->form->purposes = purposes & LYKTA_PURPOSE_ALL;
}

void
lykta_certificate_form_builder_set_basis (LyktaCertificateFormBuilder *self, LyktaBasis basis)
{
  g_return_if_fail (self != NULL);

  self->form->basis = basis;
}

void
lykta_certificate_form_builder_set_attendance (LyktaCertificateFormBuilder *self,
                                               LyktaAttendance attendance)
{
  g_return_if_fail (self != NULL);

  self->form->attendance = attendance;
}

void
lykta_certificate_form_builder_set_slots (LyktaCertificateFormBuilder *self,
                                          const LyktaCertificateSlot *slots,
                                          guint n_slots)
{
  char **text;

  g_return_if_fail (self != NULL);
  g_return_if_fail (slots != NULL || n_slots == 0);

  text = &self->form->texts[LYKTA_CERTIFICATE_FIELD_SCHEDULE];
  g_free (*text);
  *text = lykta_certificate_slots_to_swedish (slots, n_slots);
  g_free (self->form->slots);
  self->form->slots = g_memdup2 (slots, n_slots * sizeof *slots);
  self->form->n_slots = n_slots;
}

void
lykta_certificate_form_builder_set_second_language (LyktaCertificateFormBuilder *self,
                                                    const char *language)
{
  g_return_if_fail (self != NULL);

  self->form->second_language = language != NULL ? lykta_language_canonical (language) : NULL;
  if (g_strcmp0 (self->form->second_language, "sv") == 0)
    self->form->second_language = NULL;
}

void
lykta_certificate_form_builder_set_activity_rules (LyktaCertificateFormBuilder *self,
                                                   LyktaTristate offers_certificate,
                                                   LyktaTristate is_tia,
                                                   gboolean is_compulsory_introduction,
                                                   LyktaStatus status)
{
  g_return_if_fail (self != NULL);

  self->form->offers_certificate = offers_certificate;
  self->form->is_tia = is_tia;
  self->form->is_compulsory_introduction = is_compulsory_introduction;
  self->form->status = status;
}

void
lykta_certificate_form_builder_set_is_sample (LyktaCertificateFormBuilder *self, gboolean is_sample)
{
  g_return_if_fail (self != NULL);

  self->form->is_sample = is_sample;
}

static gboolean
set_date_field (LyktaCertificateForm *form, LyktaCertificateField field, const char *text)
{
  g_autofree char *spelled = NULL;
  LyktaDate date;

  if (text == NULL) {
    form->dates[field] = (LyktaDate){0};
    return TRUE;
  }
  /* People leave the hyphens out. */
  if (strlen (text) == 8 && strspn (text, "0123456789") == 8)
    spelled = g_strdup_printf ("%.4s-%.2s-%.2s", text, text + 4, text + 6);
  if (!lykta_date_parse (spelled != NULL ? spelled : text, &date))
    return FALSE;
  form->dates[field] = date;
  return TRUE;
}

static gboolean
set_purposes_field (LyktaCertificateForm *form, const char *text)
{
  g_auto (GStrv) tokens = g_strsplit (text != NULL ? text : "", ",", -1);
  LyktaPurposes purposes = LYKTA_PURPOSE_NONE;

  for (char **token = tokens; *token != NULL; token++) {
    LyktaPurposes single = lykta_purpose_from_token (g_strstrip (*token));

    if (single == LYKTA_PURPOSE_NONE)
      return FALSE;
    purposes |= single;
  }
  form->purposes = purposes;
  return TRUE;
}

static gboolean
set_choice_field (LyktaCertificateForm *form, LyktaCertificateField field, const char *text)
{
  LyktaCertificateUse use;
  LyktaBasis basis;
  LyktaAttendance attendance;

  switch (field) {
  case LYKTA_CERTIFICATE_FIELD_USE:
    use = lykta_certificate_use_from_token (text);
    if (g_ascii_strcasecmp (text != NULL ? text : "", lykta_certificate_use_to_token (use)) != 0)
      return FALSE;
    form->use = use;
    return TRUE;
  case LYKTA_CERTIFICATE_FIELD_PURPOSES:
    return set_purposes_field (form, text);
  case LYKTA_CERTIFICATE_FIELD_BASIS:
    basis = lykta_basis_from_token (text != NULL ? text : "");
    if (text != NULL && basis == LYKTA_BASIS_UNKNOWN)
      return FALSE;
    form->basis = basis;
    return TRUE;
  case LYKTA_CERTIFICATE_FIELD_ATTENDANCE:
    attendance = lykta_attendance_from_token (text != NULL ? text : "");
    if (text != NULL && attendance == LYKTA_ATTENDANCE_UNKNOWN)
      return FALSE;
    form->attendance = attendance;
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
set_number_field (LyktaCertificateForm *form, const char *text)
{
  guint64 number;

  if (text == NULL) {
    form->n_occasions = -1;
    return TRUE;
  }
  if (!g_ascii_string_to_unsigned (text, 10, 0, 9999, &number, NULL))
    return FALSE;
  form->n_occasions = (int)number;
  return TRUE;
}

gboolean
lykta_certificate_form_builder_set_field (LyktaCertificateFormBuilder *self,
                                          LyktaCertificateField field,
                                          const char *text)
{
  char *clean;
  gboolean was_read = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail ((guint)field < LYKTA_CERTIFICATE_N_FIELDS, FALSE);

  clean = clean_line (text);
  switch (lykta_certificate_field_get_kind (field)) {
  case LYKTA_CERTIFICATE_KIND_TEXT:
    lykta_certificate_form_builder_set_text (self, field, clean);
    was_read = TRUE;
    break;
  case LYKTA_CERTIFICATE_KIND_DATE:
    was_read = set_date_field (self->form, field, clean);
    break;
  case LYKTA_CERTIFICATE_KIND_NUMBER:
    was_read = set_number_field (self->form, clean);
    break;
  case LYKTA_CERTIFICATE_KIND_CHOICE:
    was_read = set_choice_field (self->form, field, clean);
    break;
  case LYKTA_CERTIFICATE_KIND_NONE:
    break;
  }
  _lykta_certificate_wipe (clean);
  return was_read;
}
