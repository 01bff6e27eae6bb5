/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-certificate-text.h"

#include <string.h>

#define CONTEXT "certificate"
/* Marks a text for the translators; it is looked up when a page is set. */
#define NC_(context, text) (text)
#define TEXT(suffix)       LYKTA_CERTIFICATE_TEXT_##suffix

typedef struct {
  const char *swedish; /* binding, as it stands on the page */
  const char *source;  /* for translators: help on a Swedish certificate, printed small */
} Text;

static const Text texts[LYKTA_CERTIFICATE_N_TEXTS] = {
    [TEXT (TITLE)] = {"Intyg om deltagande", NC_ ("certificate", "Certificate of participation")},
    [TEXT (STATEMENT)] = {"Anordnaren intygar att personen nedan deltar i aktiviteten eller är "
                          "anmäld till den.",
                          NC_ ("certificate",
                               "The organiser certifies that the person named below "
                               "takes part in the activity or is registered for "
                               "it.")},
    [TEXT (HOLDER)] = {"Deltagare", NC_ ("certificate", "Participant")},
    [TEXT (ACTIVITY)] = {"Aktivitet", NC_ ("certificate", "Activity")},
    [TEXT (ORGANISER)] = {"Anordnare", NC_ ("certificate", "Organiser")},
    [TEXT (PLACE_AND_TIME)] = {"Plats och tid", NC_ ("certificate", "Place and time")},
    [TEXT (CERTIFICATE)] = {"Giltighet", NC_ ("certificate", "Validity")},
    [TEXT (SIGNATURE)] = {"Underskrift", NC_ ("certificate", "Signature")},
    [TEXT (NAME)] = {"Namn", NC_ ("certificate", "Name")},
    [TEXT (LMA_NUMBER)] = {"LMA-nummer (ärendenummer)",
                           NC_ ("certificate", "LMA card number (case number)")},
    [TEXT (BIRTH_DATE)] = {"Födelsedatum", NC_ ("certificate", "Date of birth")},
    [TEXT (ACTIVITY_NAME)] = {"Aktivitetens namn", NC_ ("certificate", "Name of the activity")},
    [TEXT (PURPOSE)] = {"Aktivitetens syfte", NC_ ("certificate", "Purpose of the activity")},
    [TEXT (ORGANISER_NAME)] = {"Anordnarens namn", NC_ ("certificate", "Name of the organiser")},
    [TEXT (ORGANISATION_NUMBER)] = {"Organisationsnummer",
                                    NC_ ("certificate", "Organisation number")},
    [TEXT (BASIS)] = {"Grund för intyget", NC_ ("certificate", "Basis of the certificate")},
    [TEXT (REFERENCE)] = {"Nummer eller diarienummer", NC_ ("certificate", "Number or reference")},
    [TEXT (COUNTY)] = {"Län", NC_ ("certificate", "County")},
    [TEXT (AGREEMENT_PERIOD)] = {"Gäller under tiden", NC_ ("certificate", "In force")},
    [TEXT (CONTACT)] = {"Kontaktperson, telefon, e-post",
                        NC_ ("certificate", "Contact person, telephone, e-mail")},
    [TEXT (PLACE)] = {"Plats", NC_ ("certificate", "Place")},
    [TEXT (SCHEDULE)] = {"Veckodagar och tider", NC_ ("certificate", "Weekdays and times")},
    [TEXT (PERIOD)] = {"Period", NC_ ("certificate", "Period")},
    [TEXT (OCCASIONS)] = {"Planerade tillfällen", NC_ ("certificate", "Planned occasions")},
    [TEXT (USE)] = {"Intyget avser", NC_ ("certificate", "This certificate is for")},
    [TEXT (ISSUED)] = {"Utfärdat", NC_ ("certificate", "Issued")},
    [TEXT (VALID_TO)] = {"Giltigt till och med", NC_ ("certificate", "Valid up to and including")},
    [TEXT (SIGNATURE_LINE)] = {"Anordnarens underskrift",
                               NC_ ("certificate", "Signature of the organiser")},
    [TEXT (BLOCK_LETTERS)] = {"Namnförtydligande", NC_ ("certificate", "Name in block letters")},
    [TEXT (PLACE_AND_DATE)] = {"Ort och datum", NC_ ("certificate", "Town and date")},
    [TEXT (SERIAL)] = {"Serienummer", NC_ ("certificate", "Serial number")},
    [TEXT (DUTY)] = {"Anordnaren meddelar Migrationsverket om deltagandet upphör.",
                     NC_ ("certificate",
                          "The organiser tells the Migration Agency if participation ends.")},
    [TEXT (DECISION)] = {"Migrationsverket beslutar om ersättning.",
                         NC_ ("certificate", "The Migration Agency decides on compensation.")},
    [TEXT (HOW_TO_APPLY)] = {"Deltagaren ansöker själv hos Migrationsverkets mottagningsenhet och "
                             "lämnar intyget där.",
                             NC_ (
                                 "certificate",
                                 "You apply yourself at the reception unit of the Migration Agency "
                                 "and hand in this certificate there.")},
    [TEXT (BINDING)] = {"Den svenska texten gäller.",
                        NC_ ("certificate",
                             "The Swedish text applies. The text in this language is only help.")},
    [TEXT (DRAFT)] = {"UTKAST – gäller inte", NC_ ("certificate", "DRAFT – not valid")},
    [TEXT (SAMPLE)] = {"Påhittad aktivitet", NC_ ("certificate", "Invented activity")},
    [TEXT (ONLINE)] = {"Digitalt", NC_ ("certificate", "Online")},
    [TEXT (MIXED)] = {"På plats och digitalt", NC_ ("certificate", "On site and online")},
    [TEXT (ON_SITE)] = {"På plats", NC_ ("certificate", "On site")},
    [TEXT (OPEN_ENDED)] = {"tills vidare", NC_ ("certificate", "until further notice")},
    [TEXT (PURPOSE_SWEDISH)] = {"Svenska språket", NC_ ("certificate", "The Swedish language")},
    [TEXT (PURPOSE_SOCIETY)] = {"Det svenska samhället", NC_ ("certificate", "Swedish society")},
    [TEXT (PURPOSE_WORK)] = {"Den svenska arbetsmarknaden",
                             NC_ ("certificate", "The Swedish labour market")},
    [TEXT (PURPOSE_HEALTH)] = {"Hälsa", NC_ ("certificate", "Health")},
    [TEXT (BASIS_AGREEMENT)] = {"Överenskommelse med länsstyrelsen",
                                NC_ ("certificate",
                                     "Agreement with the County Administrative Board")},
    [TEXT (BASIS_GRANT)] = {"Statsbidrag enligt förordning (2016:1364)",
                            NC_ ("certificate", "State grant under ordinance (2016:1364)")},
    [TEXT (BASIS_FOLKBILDNING)] = {"Verksamhet enligt förordning (2015:521)",
                                   NC_ ("certificate", "Activity under ordinance (2015:521)")},
    [TEXT (BASIS_JOBSKILLS)] = {"Jobskills, Arbetsförmedlingen",
                                NC_ ("certificate", "Jobskills, the Public Employment Service")},
    [TEXT (USE_PARTICIPATION)] = {"Deltagande i aktiviteten",
                                  NC_ ("certificate", "Participation in the activity")},
    [TEXT (USE_TRAVEL)] = {"Ansökan om ersättning för resor",
                           NC_ ("certificate", "Application for travel compensation")},
    [TEXT (USE_MOBILE_DATA)] = {"Ansökan om ersättning för mobildata",
                                NC_ ("certificate", "Application for mobile data compensation")},
};

const char *
lykta_certificate_text_swedish (LyktaCertificateText text)
{
  g_return_val_if_fail ((guint)text < LYKTA_CERTIFICATE_N_TEXTS, NULL);

  return texts[text].swedish;
}

const char *
lykta_certificate_text_source (LyktaCertificateText text)
{
  g_return_val_if_fail ((guint)text < LYKTA_CERTIFICATE_N_TEXTS, NULL);

  return texts[text].source;
}

const char *
lykta_certificate_text_help (LyktaCertificateText text, LyktaCatalogue *second)
{
  g_return_val_if_fail ((guint)text < LYKTA_CERTIFICATE_N_TEXTS, NULL);

  if (second == NULL)
    return NULL;
  /* English is the source, so its catalogue may be empty. */
  if (!lykta_catalogue_has (second, CONTEXT, texts[text].source) &&
      strcmp (lykta_catalogue_get_language (second), "en") != 0)
    return NULL;
  return lykta_catalogue_get (second, CONTEXT, texts[text].source);
}

LyktaCertificateText
lykta_certificate_text_of_purpose (LyktaPurposes single)
{
  switch (single) {
  case LYKTA_PURPOSE_SOCIETY:
    return TEXT (PURPOSE_SOCIETY);
  case LYKTA_PURPOSE_WORK:
    return TEXT (PURPOSE_WORK);
  case LYKTA_PURPOSE_HEALTH:
    return TEXT (PURPOSE_HEALTH);
  case LYKTA_PURPOSE_NONE:
  case LYKTA_PURPOSE_SWEDISH:
  default:
    return TEXT (PURPOSE_SWEDISH);
  }
}

LyktaCertificateText
lykta_certificate_text_of_basis (LyktaBasis basis)
{
  switch (basis) {
  case LYKTA_BASIS_GRANT_2016_1364:
    return TEXT (BASIS_GRANT);
  case LYKTA_BASIS_FOLKBILDNING_2015_521:
    return TEXT (BASIS_FOLKBILDNING);
  case LYKTA_BASIS_JOBSKILLS:
    return TEXT (BASIS_JOBSKILLS);
  case LYKTA_BASIS_UNKNOWN:
  case LYKTA_BASIS_AGREEMENT:
  default:
    return TEXT (BASIS_AGREEMENT);
  }
}

LyktaCertificateText
lykta_certificate_text_of_use (LyktaCertificateUse use)
{
  switch (use) {
  case LYKTA_CERTIFICATE_USE_TRAVEL:
    return TEXT (USE_TRAVEL);
  case LYKTA_CERTIFICATE_USE_MOBILE_DATA:
    return TEXT (USE_MOBILE_DATA);
  case LYKTA_CERTIFICATE_USE_PARTICIPATION:
  default:
    return TEXT (USE_PARTICIPATION);
  }
}
