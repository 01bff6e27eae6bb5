/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/desk/lykta-certificate-words.h"

#include "desk/lykta-certificate-desk.h"
#include "paper/lykta-page.h"
#include "text/lykta-gettext.h"

#define FIELD(suffix)   LYKTA_CERTIFICATE_FIELD_##suffix
#define PROBLEM(suffix) LYKTA_CERTIFICATE_PROBLEM_##suffix
#define STATE(suffix)   LYKTA_PRINT_STATE_##suffix

/* Context "certificate": most of these stand on the page, too. */
static const char *const labels[LYKTA_CERTIFICATE_N_FIELDS] = {
    [FIELD (ACTIVITY)] = NC_ ("certificate", "Activity"),
    [FIELD (USE)] = NC_ ("certificate", "This certificate is for"),
    [FIELD (HOLDER_NAME)] = NC_ ("certificate", "Name"),
    [FIELD (LMA_NUMBER)] = NC_ ("certificate", "LMA card number (optional)"),
    [FIELD (BIRTH_DATE)] = NC_ ("certificate", "Date of birth (optional)"),
    [FIELD (ACTIVITY_NAME)] = NC_ ("certificate", "Name of the activity"),
    [FIELD (PURPOSES)] = NC_ ("certificate", "Purpose of the activity"),
    [FIELD (ORGANISER)] = NC_ ("certificate", "Name of the organiser"),
    [FIELD (ORGANISATION_NUMBER)] = NC_ ("certificate", "Organisation number"),
    [FIELD (BASIS)] = NC_ ("certificate", "Basis of the certificate"),
    [FIELD (BASIS_REFERENCE)] = NC_ ("certificate", "Number or reference"),
    [FIELD (BASIS_COUNTY)] = NC_ ("certificate", "County of the agreement"),
    [FIELD (BASIS_FROM)] = NC_ ("certificate", "In force from"),
    [FIELD (BASIS_TO)] = NC_ ("certificate", "In force until"),
    [FIELD (ATTENDANCE)] = NC_ ("certificate", "On site or online"),
    [FIELD (PLACE)] = NC_ ("certificate", "Place"),
    [FIELD (STREET)] = NC_ ("certificate", "Street"),
    [FIELD (POSTCODE)] = NC_ ("certificate", "Postcode"),
    [FIELD (TOWN)] = NC_ ("certificate", "Town"),
    [FIELD (MUNICIPALITY)] = NC_ ("certificate", "Municipality"),
    [FIELD (COUNTY)] = NC_ ("certificate", "County"),
    [FIELD (SCHEDULE)] = NC_ ("certificate", "Weekdays and times"),
    [FIELD (PERIOD_FROM)] = NC_ ("certificate", "First day"),
    [FIELD (PERIOD_TO)] = NC_ ("certificate", "Last day (empty: until further notice)"),
    [FIELD (N_OCCASIONS)] = NC_ ("certificate", "Planned occasions"),
    [FIELD (CONTACT_NAME)] = NC_ ("certificate", "Contact person"),
    [FIELD (CONTACT_PHONE)] = NC_ ("certificate", "Telephone"),
    [FIELD (CONTACT_EMAIL)] = NC_ ("certificate", "E-mail"),
    [FIELD (ISSUE_DATE)] = NC_ ("certificate", "Issued"),
    [FIELD (VALID_TO)] = NC_ ("certificate", "Valid up to and including"),
    [FIELD (SIGNATORY)] = NC_ ("certificate", "Name in block letters"),
    [FIELD (SERIAL)] = NC_ ("certificate", "Serial number"),
};

static const char *const problems[LYKTA_CERTIFICATE_N_PROBLEMS] = {
    [PROBLEM (MISSING)] = N_ ("Please fill this in."),
    [PROBLEM (BAD_LMA_NUMBER)] = N_ ("The number on the LMA card has eight digits: 12-345678."),
    [PROBLEM (IDENTITY_NUMBER)] =
        N_ ("This looks like a personal identity number. It does not belong "
            "on a certificate: please take it away."),
    [PROBLEM (BAD_ORGANISATION_NUMBER)] =
        N_ ("An organisation number has ten digits: 802000-1234."),
    [PROBLEM (TOO_LONG)] = N_ ("This is too long for the page: please shorten it."),
    [PROBLEM (UNPRINTABLE)] = N_ ("Some of these letters cannot be printed: please write them in "
                                  "another way."),
    [PROBLEM (IMPOSSIBLE)] = N_ ("This cannot be read. Dates are written year-month-day: "
                                 "2026-11-24."),
    [PROBLEM (UNDER_AGE)] = N_ ("Certificates are for people who have turned 18."),
    [PROBLEM (NOT_OFFERED)] = N_ ("The organiser does not offer certificates for this activity."),
    [PROBLEM (COMPULSORY_INTRODUCTION)] = N_ (
        "This is the Migration Agency’s own compulsory introduction. It gives no certificates."),
    [PROBLEM (NOT_EARLY_ACTION)] = N_ ("This activity is not an early action for asylum seekers."),
    [PROBLEM (CANCELLED)] = N_ ("This activity is cancelled."),
    [PROBLEM (MOBILE_DATA_OFF)] = N_ ("Certificates for mobile data are not issued here: please "
                                      "choose something else."),
    [PROBLEM (BASIS_ENDED)] = N_ ("This basis ended with the year 2023: please choose another."),
    [PROBLEM (AGREEMENT_TOO_LONG)] = N_ ("An agreement runs for one year at most: please check its "
                                         "dates."),
    [PROBLEM (BEFORE_AGREEMENT)] = N_ ("This is before the agreement begins: please choose a later "
                                       "day."),
    [PROBLEM (AGREEMENT_ENDED)] = N_ ("The agreement has run out. A new one is needed."),
    [PROBLEM (OTHER_COUNTY)] = N_ ("The agreement is for another county than the place."),
    [PROBLEM (PERIOD_REVERSED)] = N_ ("The last day is before the first day."),
    [PROBLEM (ACTIVITY_ENDED)] = N_ ("The activity is over."),
    [PROBLEM (VALID_TOO_LONG)] =
        N_ ("A certificate is valid for three months at most, and not longer "
            "than the agreement and the activity."),
    [PROBLEM (VALID_REVERSED)] = N_ ("The certificate would end before it begins."),
};

static const char *const states[] = {
    [STATE (UNKNOWN)] = N_ ("The printer does not tell how it is going. Please look at it."),
    [STATE (IDLE)] = N_ ("Ready"),
    [STATE (QUEUED)] = N_ ("Waiting for its turn."),
    [STATE (PRINTING)] = N_ ("Printing …"),
    [STATE (OUT_OF_PAPER)] =
        N_ ("The printer has no paper. Put some in, and it goes on by itself."),
    [STATE (JAM)] = N_ ("Paper is stuck in the printer. Take it out, and it goes on by itself."),
    [STATE (OUT_OF_INK)] = N_ ("The printer has no ink or toner."),
    [STATE (OPEN)] = N_ ("The printer is open. Close its cover, and it goes on by itself."),
    [STATE (UNREACHABLE)] = N_ ("The printer does not answer. Is it on, and is its cable in?"),
    [STATE (STOPPED)] = N_ ("The printer is paused. Ask the person who looks after it."),
    [STATE (GONE)] = N_ ("This printer is no longer there. Choose another one."),
    [STATE (CANCELLED)] = N_ ("The printing was cancelled."),
    [STATE (FAILED)] = N_ ("The page could not be printed. Try again, or save it as a file."),
    [STATE (COMPLETED)] = N_ ("Printed."),
};

const char *
lykta_certificate_field_label (LyktaCertificateField field)
{
  g_return_val_if_fail ((guint)field < LYKTA_CERTIFICATE_N_FIELDS, NULL);

  return g_dpgettext2 (LYKTA_GETTEXT_DOMAIN_NAME, "certificate", labels[field]);
}

const char *
lykta_certificate_problem_sentence (LyktaCertificateProblemCode code)
{
  g_return_val_if_fail ((guint)code < LYKTA_CERTIFICATE_N_PROBLEMS, NULL);

  return _ (problems[code]);
}

const char *
lykta_certificate_use_word (LyktaCertificateUse use)
{
  switch (use) {
  case LYKTA_CERTIFICATE_USE_TRAVEL:
    return C_ ("certificate", "Application for travel compensation");
  case LYKTA_CERTIFICATE_USE_MOBILE_DATA:
    return C_ ("certificate", "Application for mobile data compensation");
  case LYKTA_CERTIFICATE_USE_PARTICIPATION:
  default:
    return C_ ("certificate", "Participation in the activity");
  }
}

const char *
lykta_basis_word (LyktaBasis basis)
{
  switch (basis) {
  case LYKTA_BASIS_AGREEMENT:
    return C_ ("certificate", "Agreement with the County Administrative Board");
  case LYKTA_BASIS_GRANT_2016_1364:
    return C_ ("certificate", "State grant under ordinance (2016:1364)");
  case LYKTA_BASIS_FOLKBILDNING_2015_521:
    return C_ ("certificate", "Activity under ordinance (2015:521)");
  case LYKTA_BASIS_JOBSKILLS:
    return C_ ("certificate", "Jobskills, the Public Employment Service");
  case LYKTA_BASIS_UNKNOWN:
  default:
    return C_ ("certificate", "Not chosen");
  }
}

const char *
lykta_attendance_word (LyktaAttendance attendance)
{
  switch (attendance) {
  case LYKTA_ATTENDANCE_ON_SITE:
    return C_ ("certificate", "On site");
  case LYKTA_ATTENDANCE_ONLINE:
    return C_ ("certificate", "Online");
  case LYKTA_ATTENDANCE_MIXED:
    return C_ ("certificate", "On site and online");
  case LYKTA_ATTENDANCE_UNKNOWN:
  default:
    return C_ ("certificate", "Not chosen");
  }
}

const char *
lykta_print_state_sentence (LyktaPrintState state)
{
  g_return_val_if_fail ((guint)state < G_N_ELEMENTS (states), NULL);

  return _ (states[state]);
}

const char *
lykta_desk_failure_sentence (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, LYKTA_DESK_ERROR, LYKTA_DESK_ERROR_PROBLEMS) ||
      g_error_matches (error, LYKTA_DESK_ERROR, LYKTA_DESK_ERROR_NOT_BEGUN))
    return _ ("Something in the form is not right yet. The places are marked.");
  if (g_error_matches (error, LYKTA_DESK_ERROR, LYKTA_DESK_ERROR_UNPRINTABLE))
    return _ (problems[PROBLEM (UNPRINTABLE)]);
  if (g_error_matches (error, LYKTA_DESK_ERROR, LYKTA_DESK_ERROR_EXISTS))
    return _ ("There is a file of that name already. Choose another name.");
  if (g_error_matches (error, LYKTA_DESK_ERROR, LYKTA_DESK_ERROR_WRITE))
    return _ ("The file could not be written there. Choose another folder.");
  if (g_error_matches (error, LYKTA_PAPER_ERROR, LYKTA_PAPER_ERROR_MISSING_FONTS))
    return _ ("The fonts for the page are not installed on this computer.");
  if (g_error_matches (error, LYKTA_PRINT_ERROR, LYKTA_PRINT_ERROR_UNAVAILABLE))
    return _ ("This computer has no printing service. Save the page as a file instead.");
  if (g_error_matches (error, LYKTA_PRINT_ERROR, LYKTA_PRINT_ERROR_NO_QUEUE))
    return _ (states[STATE (GONE)]);
  return _ (states[STATE (FAILED)]);
}
