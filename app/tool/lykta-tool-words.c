/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-tool-words.h"

#include <math.h>

#include "text/lykta-date-format.h"
#include "text/lykta-plain-text.h"
#include "tool/lykta-tool.h"

const char *
lykta_words_status (LyktaStatus status)
{
  switch (status) {
  case LYKTA_STATUS_CANCELLED:
    /* Translators: said of one date of an activity */
    return C_ ("status of a date", "cancelled");
  case LYKTA_STATUS_RESCHEDULED:
    /* Translators: said of one date of an activity that takes place at another time than planned */
    return C_ ("status of a date", "moved");
  case LYKTA_STATUS_TENTATIVE:
    /* Translators: said of one date of an activity that is not certain yet */
    return C_ ("status of a date", "not certain yet");
  case LYKTA_STATUS_SCHEDULED:
  default:
    return NULL;
  }
}

const char *
lykta_words_date (const LyktaOccurrence *date)
{
  if (date->is_gone && date->status != LYKTA_STATUS_CANCELLED)
    return C_ ("status", "Not in the calendar any more");
  return lykta_words_status (date->status);
}

char *
lykta_words_place_line (const LyktaCardFields *card, const char *language)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *place = lykta_isolate (card->place != NULL ? card->place : "");
  g_autofree char *town = lykta_isolate (card->town != NULL ? card->town : "");

  g_string_append (line, place);
  if (*place != '\0' && *town != '\0')
    g_string_append (line, ", ");
  g_string_append (line, town);
  if (card->occurrence.attendance == LYKTA_ATTENDANCE_ONLINE) {
    if (line->len > 0)
      g_string_append (line, ", ");
    /* Translators: said of an activity that takes place on the net */
    g_string_append (line, C_ ("place", "online"));
  }
  if (!isnan (card->distance_km)) {
    g_autofree char *distance = lykta_format_distance (language, card->distance_km);

    g_string_append_printf (line, " (%s)", distance);
  }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

const char *
lykta_words_failure (LyktaSyncFailure failure)
{
  switch (failure) {
  case LYKTA_SYNC_FAILURE_OFFLINE:
    return _ ("This machine has no network right now.");
  case LYKTA_SYNC_FAILURE_UNREACHABLE:
    return _ ("Nobody answers at that address. Is it written correctly?");
  case LYKTA_SYNC_FAILURE_TIMEOUT:
    return _ ("The server took the call and did not answer in time.");
  case LYKTA_SYNC_FAILURE_TOO_SLOW:
    return _ ("The server sends so slowly that it would never end.");
  case LYKTA_SYNC_FAILURE_TLS:
    return _ ("The connection is not secure: the server cannot prove who it is.");
  case LYKTA_SYNC_FAILURE_LOGIN:
    return _ ("The server does not take the user name and password.");
  case LYKTA_SYNC_FAILURE_HTTP_STATUS:
    return _ ("The server answered with an error. Try again later.");
  case LYKTA_SYNC_FAILURE_NOT_FOUND:
    return _ ("There is nothing at that address. Is it written correctly?");
  case LYKTA_SYNC_FAILURE_TRUNCATED:
    return _ ("The calendar arrived incomplete. Try again later.");
  case LYKTA_SYNC_FAILURE_TOO_LARGE:
    return _ ("What comes from there is larger than any calendar.");
  case LYKTA_SYNC_FAILURE_REDIRECT:
    return _ ("The server sends us in a circle, or to a place that is not safe.");
  case LYKTA_SYNC_FAILURE_REFUSED_ADDRESS:
    return _ ("That address is neither https nor a file of this machine.");
  case LYKTA_SYNC_FAILURE_NOT_A_CALENDAR:
    return _ ("That is a web page or something else, but not a calendar.");
  case LYKTA_SYNC_FAILURE_UNREADABLE:
    return _ ("The calendar is damaged. “lyktactl check” tells where.");
  case LYKTA_SYNC_FAILURE_COST:
    return _ ("There is something new that costs more than may be spent without asking. "
              "“lyktactl sync” fetches it.");
  case LYKTA_SYNC_FAILURE_WOULD_VANISH:
    return _ ("Much of the calendar would have disappeared at once, so it was kept for now. "
              "“lyktactl sync --force” takes the new one.");
  case LYKTA_SYNC_FAILURE_SIGNATURE:
    return _ ("The feed is not signed with the key that you trust.");
  case LYKTA_SYNC_FAILURE_NO_KEY:
    return _ ("That is a signed feed. Give its key as well: “lyktactl sync --key KEY”.");
  case LYKTA_SYNC_FAILURE_ALTERED:
    return _ ("A part of the feed has been damaged or altered.");
  case LYKTA_SYNC_FAILURE_ROLLBACK:
    return _ ("The feed is older than the one that was read before.");
  case LYKTA_SYNC_FAILURE_EXPIRED:
    return _ ("The publisher has not renewed the feed for a long time.");
  case LYKTA_SYNC_FAILURE_TOO_NEW:
    return _ ("The feed needs a later version of Lykta.");
  case LYKTA_SYNC_FAILURE_DISK_FULL:
    return _ ("The disk is full.");
  case LYKTA_SYNC_FAILURE_READ_ONLY:
    return _ ("Nothing can be written in the data folder.");
  case LYKTA_SYNC_FAILURE_STORAGE:
    return _ ("The calendar could not be stored.");
  case LYKTA_SYNC_FAILURE_CANCELLED:
    return _ ("It was stopped.");
  case LYKTA_SYNC_FAILURE_NONE:
  default:
    return _ ("All is well.");
  }
}

const char *
lykta_words_reason (LyktaSyncReason reason)
{
  switch (reason) {
  case LYKTA_SYNC_REASON_FRESH:
    return _ ("It was read a short while ago.");
  case LYKTA_SYNC_REASON_BACK_OFF:
    return _ ("It failed a short while ago and is tried again later.");
  case LYKTA_SYNC_REASON_HELD:
    return _ ("Much of it would have disappeared, so it is looked at again later.");
  case LYKTA_SYNC_REASON_ASK_ONLY:
    return _ ("It is only read when somebody asks for it.");
  case LYKTA_SYNC_REASON_BUDGET:
    return _ ("The budget for mobile data is used up for now.");
  case LYKTA_SYNC_REASON_CONSENT:
    return lykta_words_failure (LYKTA_SYNC_FAILURE_COST);
  case LYKTA_SYNC_REASON_OFFLINE:
    return _ ("This machine has no network right now.");
  default:
    return _ ("It is not due yet.");
  }
}

const char *
lykta_words_preset (gboolean has_address)
{
  if (has_address)
    return _ ("The address of “Aktiviteter i Sverige” was set by an operator of this machine.");
  return _ (
      "No public interface of “Aktiviteter i Sverige” is known, so its address is empty until "
      "an operator sets it.");
}

const char *
lykta_words_problem (LyktaCertificateProblemCode code)
{
  static const char *const sentences[LYKTA_CERTIFICATE_N_PROBLEMS] = {
      [LYKTA_CERTIFICATE_PROBLEM_MISSING] = N_ ("It must be filled in."),
      [LYKTA_CERTIFICATE_PROBLEM_BAD_LMA_NUMBER] =
          N_ ("An LMA number has two digits, a hyphen and six digits."),
      [LYKTA_CERTIFICATE_PROBLEM_IDENTITY_NUMBER] =
          N_ ("It looks like a personal identity number, which does not belong on a certificate."),
      [LYKTA_CERTIFICATE_PROBLEM_BAD_ORGANISATION_NUMBER] =
          N_ ("An organisation number has six digits, a hyphen and four digits."),
      [LYKTA_CERTIFICATE_PROBLEM_TOO_LONG] = N_ ("It is too long for the page."),
      [LYKTA_CERTIFICATE_PROBLEM_UNPRINTABLE] =
          N_ ("It holds characters that the fonts of this machine cannot show."),
      [LYKTA_CERTIFICATE_PROBLEM_IMPOSSIBLE] = N_ ("That cannot be."),
      [LYKTA_CERTIFICATE_PROBLEM_UNDER_AGE] =
          N_ ("Early action is for people of 18 years or more."),
      [LYKTA_CERTIFICATE_PROBLEM_NOT_OFFERED] =
          N_ ("The activity does not say that it offers certificates."),
      [LYKTA_CERTIFICATE_PROBLEM_COMPULSORY_INTRODUCTION] =
          N_ ("The compulsory introduction of the agency gives no certificates."),
      [LYKTA_CERTIFICATE_PROBLEM_NOT_EARLY_ACTION] =
          N_ ("The activity is not early action for asylum seekers."),
      [LYKTA_CERTIFICATE_PROBLEM_CANCELLED] = N_ ("The activity is cancelled."),
      [LYKTA_CERTIFICATE_PROBLEM_MOBILE_DATA_OFF] =
          N_ ("Certificates for mobile data are switched off."),
      [LYKTA_CERTIFICATE_PROBLEM_BASIS_ENDED] = N_ ("That basis ended with the year 2023."),
      [LYKTA_CERTIFICATE_PROBLEM_AGREEMENT_TOO_LONG] = N_ ("An agreement runs for at most a year."),
      [LYKTA_CERTIFICATE_PROBLEM_BEFORE_AGREEMENT] =
          N_ ("It lies before the first day of the agreement."),
      [LYKTA_CERTIFICATE_PROBLEM_AGREEMENT_ENDED] = N_ ("The agreement has ended."),
      [LYKTA_CERTIFICATE_PROBLEM_OTHER_COUNTY] = N_ ("The agreement is for another county."),
      [LYKTA_CERTIFICATE_PROBLEM_PERIOD_REVERSED] = N_ ("The period ends before it begins."),
      [LYKTA_CERTIFICATE_PROBLEM_ACTIVITY_ENDED] = N_ ("The activity is over."),
      [LYKTA_CERTIFICATE_PROBLEM_VALID_TOO_LONG] =
          N_ ("It may be valid for at most three months, and not beyond agreement and activity."),
      [LYKTA_CERTIFICATE_PROBLEM_VALID_REVERSED] = N_ ("It would end before it is issued."),
  };

  g_return_val_if_fail (code < LYKTA_CERTIFICATE_N_PROBLEMS, NULL);
  return _ (sentences[code]);
}

char *
lykta_words_moment (const char *language, gint64 moment)
{
  LyktaDate always_with_year = {0};
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;

  if (moment == 0)
    /* Translators: in place of a date, of something that has not happened so far */
    return g_strdup (C_ ("moment", "never"));
  day = lykta_format_long_date (language, lykta_date_of_moment (moment), always_with_year);
  time = lykta_format_time (language, moment);
  return g_strdup_printf ("%s %s", day, time);
}
