/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-enums.h"

typedef struct {
  int value;
  const char *token;
} Token;

static const char *
to_token (const Token *tokens, gsize n, int value)
{
  for (gsize i = 0; i < n; i++)
    if (tokens[i].value == value)
      return tokens[i].token;
  return tokens[0].token;
}

/* The first row of each table is its zero value, which every unknown word is read as. */
static int
from_token (const Token *tokens, gsize n, const char *token)
{
  if (token == NULL)
    return tokens[0].value;
  for (gsize i = 0; i < n; i++)
    if (g_ascii_strcasecmp (tokens[i].token, token) == 0)
      return tokens[i].value;
  return tokens[0].value;
}

static const Token tristate_tokens[] = {
    {LYKTA_TRISTATE_UNKNOWN, "unknown"},
    {LYKTA_TRISTATE_NO, "no"},
    {LYKTA_TRISTATE_YES, "yes"},
};

const char *
lykta_tristate_to_token (LyktaTristate value)
{
  return to_token (tristate_tokens, G_N_ELEMENTS (tristate_tokens), (int)value);
}

LyktaTristate
lykta_tristate_from_token (const char *token)
{
  return (LyktaTristate)from_token (tristate_tokens, G_N_ELEMENTS (tristate_tokens), token);
}

static const Token audience_tokens[] = {
    {LYKTA_AUDIENCE_UNKNOWN, "unknown"},
    {LYKTA_AUDIENCE_EVERYONE, "everyone"},
    {LYKTA_AUDIENCE_WOMEN, "women"},
    {LYKTA_AUDIENCE_MEN, "men"},
    {LYKTA_AUDIENCE_PARENTS_WITH_CHILDREN, "parents-with-children"},
    {LYKTA_AUDIENCE_YOUNG_PEOPLE, "young-people"},
};

const char *
lykta_audience_to_token (LyktaAudience value)
{
  return to_token (audience_tokens, G_N_ELEMENTS (audience_tokens), (int)value);
}

LyktaAudience
lykta_audience_from_token (const char *token)
{
  return (LyktaAudience)from_token (audience_tokens, G_N_ELEMENTS (audience_tokens), token);
}

static const Token status_tokens[] = {
    {LYKTA_STATUS_SCHEDULED, "scheduled"},
    {LYKTA_STATUS_CANCELLED, "cancelled"},
    {LYKTA_STATUS_RESCHEDULED, "rescheduled"},
    {LYKTA_STATUS_TENTATIVE, "tentative"},
};

const char *
lykta_status_to_token (LyktaStatus value)
{
  return to_token (status_tokens, G_N_ELEMENTS (status_tokens), (int)value);
}

LyktaStatus
lykta_status_from_token (const char *token)
{
  return (LyktaStatus)from_token (status_tokens, G_N_ELEMENTS (status_tokens), token);
}

static const Token attendance_tokens[] = {
    {LYKTA_ATTENDANCE_UNKNOWN, "unknown"},
    {LYKTA_ATTENDANCE_ON_SITE, "on-site"},
    {LYKTA_ATTENDANCE_ONLINE, "online"},
    {LYKTA_ATTENDANCE_MIXED, "mixed"},
};

const char *
lykta_attendance_to_token (LyktaAttendance value)
{
  return to_token (attendance_tokens, G_N_ELEMENTS (attendance_tokens), (int)value);
}

LyktaAttendance
lykta_attendance_from_token (const char *token)
{
  return (LyktaAttendance)from_token (attendance_tokens, G_N_ELEMENTS (attendance_tokens), token);
}

static const Token booking_tokens[] = {
    {LYKTA_BOOKING_UNKNOWN, "unknown"},
    {LYKTA_BOOKING_DROP_IN, "drop-in"},
    {LYKTA_BOOKING_REQUIRED, "required"},
};

const char *
lykta_booking_to_token (LyktaBooking value)
{
  return to_token (booking_tokens, G_N_ELEMENTS (booking_tokens), (int)value);
}

LyktaBooking
lykta_booking_from_token (const char *token)
{
  return (LyktaBooking)from_token (booking_tokens, G_N_ELEMENTS (booking_tokens), token);
}

static const Token organiser_kind_tokens[] = {
    {LYKTA_ORGANISER_UNKNOWN, "unknown"},
    {LYKTA_ORGANISER_STUDY_ASSOCIATION, "study-association"},
    {LYKTA_ORGANISER_FOLK_HIGH_SCHOOL, "folk-high-school"},
    {LYKTA_ORGANISER_INTEREST_ORGANISATION, "interest-organisation"},
    {LYKTA_ORGANISER_NON_PROFIT, "non-profit"},
    {LYKTA_ORGANISER_FAITH_COMMUNITY, "faith-community"},
    {LYKTA_ORGANISER_SPORTS_CLUB, "sports-club"},
    {LYKTA_ORGANISER_ETHNIC_ASSOCIATION, "ethnic-association"},
    {LYKTA_ORGANISER_LIBRARY, "library"},
    {LYKTA_ORGANISER_MUNICIPALITY, "municipality"},
    {LYKTA_ORGANISER_REGION, "region"},
    {LYKTA_ORGANISER_STATE_AGENCY, "state-agency"},
    {LYKTA_ORGANISER_PRIVATE_PERSON, "private-person"},
};

const char *
lykta_organiser_kind_to_token (LyktaOrganiserKind value)
{
  return to_token (organiser_kind_tokens, G_N_ELEMENTS (organiser_kind_tokens), (int)value);
}

LyktaOrganiserKind
lykta_organiser_kind_from_token (const char *token)
{
  return (LyktaOrganiserKind)from_token (organiser_kind_tokens,
                                         G_N_ELEMENTS (organiser_kind_tokens), token);
}

static const Token basis_tokens[] = {
    {LYKTA_BASIS_UNKNOWN, "unknown"},
    {LYKTA_BASIS_AGREEMENT, "agreement"},
    {LYKTA_BASIS_GRANT_2016_1364, "grant-2016-1364"},
    {LYKTA_BASIS_FOLKBILDNING_2015_521, "folkbildning-2015-521"},
    {LYKTA_BASIS_JOBSKILLS, "jobskills"},
};

const char *
lykta_basis_to_token (LyktaBasis value)
{
  return to_token (basis_tokens, G_N_ELEMENTS (basis_tokens), (int)value);
}

LyktaBasis
lykta_basis_from_token (const char *token)
{
  return (LyktaBasis)from_token (basis_tokens, G_N_ELEMENTS (basis_tokens), token);
}

static const Token purpose_tokens[] = {
    {LYKTA_PURPOSE_NONE, "none"},       {LYKTA_PURPOSE_SWEDISH, "swedish"},
    {LYKTA_PURPOSE_SOCIETY, "society"}, {LYKTA_PURPOSE_WORK, "work"},
    {LYKTA_PURPOSE_HEALTH, "health"},
};

const char *
lykta_purpose_to_token (LyktaPurposes single)
{
  return to_token (purpose_tokens, G_N_ELEMENTS (purpose_tokens), (int)single);
}

LyktaPurposes
lykta_purpose_from_token (const char *token)
{
  return (LyktaPurposes)from_token (purpose_tokens, G_N_ELEMENTS (purpose_tokens), token);
}

static const Token level_tokens[] = {
    {LYKTA_LEVEL_NONE, "none"},
    {LYKTA_LEVEL_A1, "a1"},
    {LYKTA_LEVEL_A2, "a2"},
    {LYKTA_LEVEL_B1, "b1"},
};

const char *
lykta_level_to_token (LyktaLevels single)
{
  return to_token (level_tokens, G_N_ELEMENTS (level_tokens), (int)single);
}

LyktaLevels
lykta_level_from_token (const char *token)
{
  return (LyktaLevels)from_token (level_tokens, G_N_ELEMENTS (level_tokens), token);
}
