/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/lykta-sentences.h"

#include "sync/lykta-sync-failure.h"
#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "text/lykta-plain-text.h"

#define WORD_JOINER "\xE2\x81\xA0"

const char *
lykta_sentence_sample (void)
{
  return _ ("Invented examples, not real activities");
}

const char *
lykta_sentence_stand_in (void)
{
  return _ ("Invented examples: the calendar itself could not be fetched yet");
}

const char *
lykta_sentence_preset (void)
{
  return _ ("The public calendar “Aktiviteter i Sverige” has no known open interface. Its address "
            "is therefore empty until somebody who runs this machine sets it.");
}

const char *
lykta_sentence_failure (const char *failure)
{
  if (g_strcmp0 (failure, LYKTA_NOTICE_REBUILT) == 0)
    return _ ("The stored calendar was damaged. It is being fetched again.");
  switch (lykta_sync_failure_from_token (failure)) {
  case LYKTA_SYNC_FAILURE_OFFLINE:
    return _ ("No network right now. You see the calendar as it was last time.");
  case LYKTA_SYNC_FAILURE_UNREACHABLE:
  case LYKTA_SYNC_FAILURE_TIMEOUT:
  case LYKTA_SYNC_FAILURE_TOO_SLOW:
    return _ ("The calendar could not be refreshed: there was no answer. You see it as it was last "
              "time.");
  case LYKTA_SYNC_FAILURE_TLS:
  case LYKTA_SYNC_FAILURE_REDIRECT:
  case LYKTA_SYNC_FAILURE_REFUSED_ADDRESS:
    return _ ("The calendar could not be refreshed safely. You see it as it was last time.");
  case LYKTA_SYNC_FAILURE_COST:
    return _ ("There is something new. It waits for your yes, because it costs mobile data.");
  case LYKTA_SYNC_FAILURE_DISK_FULL:
    return _ ("The disk of this machine is full. You see the calendar as it was last time.");
  case LYKTA_SYNC_FAILURE_READ_ONLY:
  case LYKTA_SYNC_FAILURE_STORAGE:
    return _ ("This machine cannot store the calendar right now. You see it as it was last time.");
  case LYKTA_SYNC_FAILURE_EXPIRED:
    return _ ("The publisher has not renewed the feed for a long time.");
  case LYKTA_SYNC_FAILURE_HTTP_STATUS:
  case LYKTA_SYNC_FAILURE_NOT_FOUND:
  case LYKTA_SYNC_FAILURE_TRUNCATED:
  case LYKTA_SYNC_FAILURE_TOO_LARGE:
  case LYKTA_SYNC_FAILURE_NOT_A_CALENDAR:
  case LYKTA_SYNC_FAILURE_UNREADABLE:
  case LYKTA_SYNC_FAILURE_WOULD_VANISH:
  case LYKTA_SYNC_FAILURE_SIGNATURE:
  case LYKTA_SYNC_FAILURE_NO_KEY:
  case LYKTA_SYNC_FAILURE_ALTERED:
  case LYKTA_SYNC_FAILURE_ROLLBACK:
  case LYKTA_SYNC_FAILURE_TOO_NEW:
    return _ ("The new calendar could not be read. You see it as it was last time.");
  case LYKTA_SYNC_FAILURE_LOGIN: /* nothing that a visitor could do */
  case LYKTA_SYNC_FAILURE_NONE:
  case LYKTA_SYNC_FAILURE_CANCELLED:
  default:
    return _ ("The calendar could not be refreshed. You see it as it was last time.");
  }
}

const char *
lykta_sentence_failure_of_source (const char *failure, gint64 last_confirmed)
{
  if (last_confirmed <= 0 && g_strcmp0 (failure, LYKTA_NOTICE_REBUILT) != 0 &&
      lykta_sync_failure_from_token (failure) != LYKTA_SYNC_FAILURE_COST)
    return _ ("This calendar could not be fetched yet.");
  return lykta_sentence_failure (failure);
}

/* A line must not end between the two halves of a span of time. */
static char *
hold_together (const char *clock)
{
  g_auto (GStrv) halves = g_strsplit (clock, "–", -1);

  return g_strjoinv (WORD_JOINER "–" WORD_JOINER, halves);
}

char *
lykta_sentence_when (const char *language,
                     const LyktaOccurrence *date,
                     LyktaDate today,
                     gboolean with_day)
{
  g_autofree char *span = NULL;
  g_autofree char *clock = NULL;
  g_autofree char *day = NULL;
  g_autofree char *isolated_day = NULL;
  g_autofree char *isolated_clock = NULL;

  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (date != NULL, NULL);

  if (date->is_all_day)
    /* Translators: instead of a time of day: the activity lasts all day. */
    span = g_strdup (C_ ("time", "All day"));
  else
    span = lykta_format_time_range (language, date->start, date->end);
  clock = hold_together (span);
  if (!with_day)
    return g_steal_pointer (&clock);
  day = lykta_format_day_heading (language, lykta_date_of_moment (date->start), today);
  isolated_day = lykta_isolate (day);
  isolated_clock = lykta_isolate (clock);
  /* Translators: when something is: %1$s is a day, %2$s a time (“Today, 18:00–20:00”). */
  return g_strdup_printf (_ ("%1$s, %2$s"), isolated_day, isolated_clock);
}

char *
lykta_sentence_as_of (const char *language, gint64 as_of, LyktaDate today)
{
  g_autofree char *day = NULL;
  g_autofree char *clock = NULL;
  g_autofree char *isolated_day = NULL;
  g_autofree char *isolated_clock = NULL;

  g_return_val_if_fail (language != NULL, NULL);

  if (as_of <= 0)
    return g_strdup (_ ("Not fetched yet"));
  day = lykta_format_long_date (language, lykta_date_of_moment (as_of), today);
  clock = lykta_format_time (language, as_of);
  isolated_day = lykta_isolate (day);
  isolated_clock = lykta_isolate_ltr (clock);
  /* Translators: how fresh the calendar is: %1$s is a day (“Tuesday 24 November”), %2$s a time. */
  return g_strdup_printf (_ ("As of %1$s, %2$s"), isolated_day, isolated_clock);
}

char *
lykta_sentence_freshness (LyktaSession *session)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (session), NULL);

  if (lykta_session_is_loading (session))
    return g_strdup (_ ("Only a part of the calendar is here so far."));
  if (lykta_session_get_as_of (session) <= 0 && lykta_session_is_refreshing (session))
    return g_strdup (_ ("The calendar is being loaded …"));
  return lykta_sentence_as_of (lykta_session_get_language (session),
                               lykta_session_get_as_of (session),
                               lykta_session_get_today (session));
}
