/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/lykta-words.h"

#include "text/lykta-gettext.h"

LyktaLook
lykta_look_of_door (LyktaDoor door)
{
  switch (door) {
  case LYKTA_DOOR_SWEDISH:
    return lykta_look_of_purpose (LYKTA_PURPOSE_SWEDISH);
  case LYKTA_DOOR_SOCIETY:
    return lykta_look_of_purpose (LYKTA_PURPOSE_SOCIETY);
  case LYKTA_DOOR_WORK:
    return lykta_look_of_purpose (LYKTA_PURPOSE_WORK);
  case LYKTA_DOOR_HEALTH:
    return lykta_look_of_purpose (LYKTA_PURPOSE_HEALTH);
  case LYKTA_DOOR_FAMILY:
    /* Translators: one of six large tiles: activities where small children are looked after. */
    return (LyktaLook){C_ ("tile", "Family and children"), "baby-carriage", "family"};
  case LYKTA_DOOR_ONLINE:
    /* Translators: one of six large tiles: activities that one takes part in from home. */
    return (LyktaLook){C_ ("tile", "Online"), "device-laptop", "online"};
  case LYKTA_N_DOORS:
  default:
    g_return_val_if_reached ((LyktaLook){0});
  }
}

LyktaLook
lykta_look_of_purpose (LyktaPurposes single)
{
  switch (single) {
  case LYKTA_PURPOSE_SWEDISH:
    /* Translators: purpose of an activity: learning and practising Swedish. */
    return (LyktaLook){C_ ("purpose", "Swedish"), "messages", "swedish"};
  case LYKTA_PURPOSE_SOCIETY:
    /* Translators: purpose of an activity: getting to know Swedish society. */
    return (LyktaLook){C_ ("purpose", "Society"), "building-community", "society"};
  case LYKTA_PURPOSE_WORK:
    /* Translators: purpose of an activity: getting to know the labour market. */
    return (LyktaLook){C_ ("purpose", "Work"), "tools", "work"};
  case LYKTA_PURPOSE_HEALTH:
    /* Translators: purpose of an activity: health, sport, being outdoors. */
    return (LyktaLook){C_ ("purpose", "Health"), "run", "health"};
  case LYKTA_PURPOSE_NONE:
  default:
    /* Translators: an activity whose purpose is not stated. */
    return (LyktaLook){C_ ("purpose", "Activity"), "calendar-event", "other"};
  }
}

LyktaLook
lykta_look_of_audience (LyktaAudience audience)
{
  switch (audience) {
  case LYKTA_AUDIENCE_WOMEN:
    /* Translators: who may come: only women. */
    return (LyktaLook){C_ ("audience", "Women only"), "woman", "audience"};
  case LYKTA_AUDIENCE_MEN:
    /* Translators: who may come: only men. */
    return (LyktaLook){C_ ("audience", "Men only"), "man", "audience"};
  case LYKTA_AUDIENCE_PARENTS_WITH_CHILDREN:
    /* Translators: who may come: parents together with their children. */
    return (LyktaLook){C_ ("audience", "Parents with children"), "users-group", "audience"};
  case LYKTA_AUDIENCE_YOUNG_PEOPLE:
    /* Translators: who may come: young people. */
    return (LyktaLook){C_ ("audience", "Young people"), "school", "audience"};
  case LYKTA_AUDIENCE_UNKNOWN:
  case LYKTA_AUDIENCE_EVERYONE:
  default:
    return (LyktaLook){NULL, "users-group", "audience"};
  }
}

LyktaLook
lykta_look_of_status (LyktaStatus status)
{
  switch (status) {
  case LYKTA_STATUS_CANCELLED:
    /* Translators: this date does not take place. */
    return (LyktaLook){C_ ("status", "Cancelled"), "circle-x", "cancelled"};
  case LYKTA_STATUS_RESCHEDULED:
    /* Translators: this date has been moved to another time. */
    return (LyktaLook){C_ ("status", "New time"), "calendar-repeat", "moved"};
  case LYKTA_STATUS_TENTATIVE:
    /* Translators: it is not yet sure that this date takes place. */
    return (LyktaLook){C_ ("status", "Not yet certain"), "alert-triangle", "moved"};
  case LYKTA_STATUS_SCHEDULED:
  default:
    return (LyktaLook){NULL, "calendar-event", "scheduled"};
  }
}

LyktaLook
lykta_look_of_date (const LyktaOccurrence *date)
{
  if (date->is_gone && date->status != LYKTA_STATUS_CANCELLED)
    /* Translators: the organiser's calendar does not have this activity any more; perhaps it does
     * not take place. */
    return (LyktaLook){C_ ("status", "Not in the calendar any more"), "alert-triangle", "moved"};
  return lykta_look_of_status (date->status);
}

const char *
lykta_word_of_organiser_kind (LyktaOrganiserKind kind)
{
  switch (kind) {
  case LYKTA_ORGANISER_STUDY_ASSOCIATION:
    /* Translators: kind of organiser (studieförbund). */
    return C_ ("organiser", "Study association");
  case LYKTA_ORGANISER_FOLK_HIGH_SCHOOL:
    /* Translators: kind of organiser (folkhögskola). */
    return C_ ("organiser", "Folk high school");
  case LYKTA_ORGANISER_INTEREST_ORGANISATION:
    return C_ ("organiser", "Interest organisation");
  case LYKTA_ORGANISER_NON_PROFIT:
    return C_ ("organiser", "Non-profit association");
  case LYKTA_ORGANISER_FAITH_COMMUNITY:
    return C_ ("organiser", "Faith community");
  case LYKTA_ORGANISER_SPORTS_CLUB:
    return C_ ("organiser", "Sports club");
  case LYKTA_ORGANISER_ETHNIC_ASSOCIATION:
    /* Translators: an association of people from one country or language group. */
    return C_ ("organiser", "Ethnic association");
  case LYKTA_ORGANISER_LIBRARY:
    return C_ ("organiser", "Library");
  case LYKTA_ORGANISER_MUNICIPALITY:
    return C_ ("organiser", "Municipality");
  case LYKTA_ORGANISER_REGION:
    return C_ ("organiser", "Region");
  case LYKTA_ORGANISER_STATE_AGENCY:
    return C_ ("organiser", "State agency");
  case LYKTA_ORGANISER_PRIVATE_PERSON:
    return C_ ("organiser", "Private person");
  case LYKTA_ORGANISER_UNKNOWN:
  default:
    return NULL;
  }
}
