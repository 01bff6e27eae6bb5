/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-certificate-form.h"

typedef struct {
  const char *token;
  LyktaCertificateKind kind;
} FieldInfo;

#define KIND(suffix) LYKTA_CERTIFICATE_KIND_##suffix

static const FieldInfo fields[LYKTA_CERTIFICATE_N_FIELDS] = {
    [LYKTA_CERTIFICATE_FIELD_ACTIVITY] = {"activity", KIND (NONE)},
    [LYKTA_CERTIFICATE_FIELD_USE] = {"use", KIND (CHOICE)},
    [LYKTA_CERTIFICATE_FIELD_HOLDER_NAME] = {"holder-name", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_LMA_NUMBER] = {"lma-number", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_BIRTH_DATE] = {"birth-date", KIND (DATE)},
    [LYKTA_CERTIFICATE_FIELD_ACTIVITY_NAME] = {"activity-name", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_PURPOSES] = {"purposes", KIND (CHOICE)},
    [LYKTA_CERTIFICATE_FIELD_ORGANISER] = {"organiser", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_ORGANISATION_NUMBER] = {"organisation-number", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_BASIS] = {"basis", KIND (CHOICE)},
    [LYKTA_CERTIFICATE_FIELD_BASIS_REFERENCE] = {"basis-reference", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_BASIS_COUNTY] = {"basis-county", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_BASIS_FROM] = {"basis-from", KIND (DATE)},
    [LYKTA_CERTIFICATE_FIELD_BASIS_TO] = {"basis-to", KIND (DATE)},
    [LYKTA_CERTIFICATE_FIELD_ATTENDANCE] = {"attendance", KIND (CHOICE)},
    [LYKTA_CERTIFICATE_FIELD_PLACE] = {"place", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_STREET] = {"street", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_POSTCODE] = {"postcode", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_TOWN] = {"town", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_MUNICIPALITY] = {"municipality", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_COUNTY] = {"county", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_SCHEDULE] = {"schedule", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_PERIOD_FROM] = {"period-from", KIND (DATE)},
    [LYKTA_CERTIFICATE_FIELD_PERIOD_TO] = {"period-to", KIND (DATE)},
    [LYKTA_CERTIFICATE_FIELD_N_OCCASIONS] = {"occasions", KIND (NUMBER)},
    [LYKTA_CERTIFICATE_FIELD_CONTACT_NAME] = {"contact-name", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_CONTACT_PHONE] = {"contact-phone", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_CONTACT_EMAIL] = {"contact-email", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_ISSUE_DATE] = {"issue-date", KIND (DATE)},
    [LYKTA_CERTIFICATE_FIELD_VALID_TO] = {"valid-to", KIND (DATE)},
    [LYKTA_CERTIFICATE_FIELD_SIGNATORY] = {"signatory", KIND (TEXT)},
    [LYKTA_CERTIFICATE_FIELD_SERIAL] = {"serial", KIND (TEXT)},
};

static const char *const use_tokens[] = {
    [LYKTA_CERTIFICATE_USE_PARTICIPATION] = "participation",
    [LYKTA_CERTIFICATE_USE_TRAVEL] = "travel",
    [LYKTA_CERTIFICATE_USE_MOBILE_DATA] = "mobile-data",
};

const char *
lykta_certificate_field_to_token (LyktaCertificateField field)
{
  g_return_val_if_fail ((guint)field < LYKTA_CERTIFICATE_N_FIELDS, NULL);

  return fields[field].token;
}

gboolean
lykta_certificate_field_from_token (const char *token, LyktaCertificateField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  for (guint i = 0; token != NULL && i < LYKTA_CERTIFICATE_N_FIELDS; i++) {
    if (g_ascii_strcasecmp (fields[i].token, token) == 0) {
      *field = i;
      return TRUE;
    }
  }
  return FALSE;
}

LyktaCertificateKind
lykta_certificate_field_get_kind (LyktaCertificateField field)
{
  g_return_val_if_fail ((guint)field < LYKTA_CERTIFICATE_N_FIELDS, LYKTA_CERTIFICATE_KIND_NONE);

  return fields[field].kind;
}

const char *
lykta_certificate_use_to_token (LyktaCertificateUse use)
{
  g_return_val_if_fail ((guint)use < G_N_ELEMENTS (use_tokens), NULL);

  return use_tokens[use];
}

LyktaCertificateUse
lykta_certificate_use_from_token (const char *token)
{
  for (guint i = 0; token != NULL && i < G_N_ELEMENTS (use_tokens); i++) {
    if (g_ascii_strcasecmp (use_tokens[i], token) == 0)
      return i;
  }
  return LYKTA_CERTIFICATE_USE_PARTICIPATION;
}
