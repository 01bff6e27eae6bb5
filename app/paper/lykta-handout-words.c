/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-handout-words.h"

#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "text/lykta-language.h"
#include "text/lykta-plain-text.h"

#define SEPARATOR " · "

static const char *get (LyktaCatalogue *words, const char *context, const char *message)
    G_GNUC_FORMAT (3);

static const char *
get (LyktaCatalogue *words, const char *context, const char *message)
{
  return lykta_catalogue_get (words, context, message);
}

static const char *
language_of (LyktaCatalogue *words)
{
  return lykta_catalogue_get_language (words);
}

const char *
lykta_handout_choose (LyktaCatalogue *words, LyktaTexts *texts, const char **language)
{
  return lykta_texts_choose (texts, lykta_language_fallback_chain (language_of (words)), language);
}

char *
lykta_handout_title (LyktaCatalogue *words, const char *area_name)
{
  g_autofree char *area = NULL;

  if (area_name == NULL)
    return g_strdup (get (words, NULL, N_ ("Activities")));
  area = lykta_isolate (area_name);
  /* Translators: title of a page; %s is a Swedish municipality or county (“Malmö”). */
  return g_strdup_printf (get (words, "handout", NC_ ("handout", "Activities in %s")), area);
}

char *
lykta_handout_period (LyktaCatalogue *words, LyktaDate from, LyktaDate to)
{
  return lykta_format_date_range (language_of (words), from, to);
}

/* Some day that is not near @day and has the same year, or another one: headings here are never
 * relative, because nobody knows when the page will be read. */
static LyktaDate
far_day (LyktaDate day, LyktaDate beside)
{
  return (LyktaDate){beside.year, day.month > 6 ? 1 : 12, 15};
}

char *
lykta_handout_day (LyktaCatalogue *words, LyktaDate day, LyktaDate beside)
{
  return lykta_format_day_heading (language_of (words), day, far_day (day, beside));
}

char *
lykta_handout_hours (LyktaCatalogue *words, const LyktaOccurrence *date)
{
  LyktaDate first = lykta_date_of_moment (date->start);
  LyktaDate last = lykta_date_of_moment (MAX (date->start, date->end - 1));

  if (!date->is_all_day)
    return lykta_format_time_range (language_of (words), date->start, date->end);
  if (lykta_date_compare (first, last) != 0)
    return lykta_format_date_range (language_of (words), first, last);
  return g_strdup (get (words, "time", NC_ ("time", "All day")));
}

const char *
lykta_handout_status (LyktaCatalogue *words, LyktaStatus status)
{
  switch (status) {
  case LYKTA_STATUS_CANCELLED:
    return get (words, "status", NC_ ("status", "Cancelled"));
  case LYKTA_STATUS_RESCHEDULED:
    return get (words, "status", NC_ ("status", "New time"));
  case LYKTA_STATUS_TENTATIVE:
    return get (words, "status", NC_ ("status", "Not yet certain"));
  case LYKTA_STATUS_SCHEDULED:
  default:
    return NULL;
  }
}

char *
lykta_handout_where (LyktaCatalogue *words, const LyktaProgrammeEntry *entry)
{
  LyktaPlace *place = lykta_programme_entry_get_place (entry);
  g_autofree char *line = place != NULL ? lykta_place_to_line (place) : NULL;

  if (line != NULL)
    return lykta_isolate (line);
  if (entry->date.attendance == LYKTA_ATTENDANCE_ONLINE)
    return g_strdup (get (words, "place", NC_ ("place", "Online")));
  return NULL;
}

static void
add_fact (GArray *facts, const char *icon, const char *word)
{
  LyktaHandoutFact fact = {icon, g_strdup (word)};

  if (word != NULL)
    g_array_append_val (facts, fact);
}

static const struct {
  LyktaPurposes purpose;
  const char *icon;
  const char *word;
} purpose_words[] = {
    {LYKTA_PURPOSE_SWEDISH, "messages", NC_ ("purpose", "Swedish")},
    {LYKTA_PURPOSE_SOCIETY, "building-community", NC_ ("purpose", "Society")},
    {LYKTA_PURPOSE_WORK, "tools", NC_ ("purpose", "Work")},
    {LYKTA_PURPOSE_HEALTH, "run", NC_ ("purpose", "Health")},
};

char *
lykta_handout_dup_purpose (LyktaCatalogue *words, LyktaPurposes single)
{
  for (guint i = 0; i < G_N_ELEMENTS (purpose_words); i++) {
    if (single == purpose_words[i].purpose)
      return g_strdup (get (words, "purpose", purpose_words[i].word));
  }
  return g_strdup (get (words, "purpose", NC_ ("purpose", "Activity")));
}

static void
add_purposes (LyktaCatalogue *words, GArray *facts, LyktaPurposes purposes)
{
  for (guint i = 0; i < G_N_ELEMENTS (purpose_words); i++) {
    if (purposes & purpose_words[i].purpose)
      add_fact (facts, purpose_words[i].icon, get (words, "purpose", purpose_words[i].word));
  }
}

static void
add_audience (LyktaCatalogue *words, GArray *facts, LyktaAudience audience)
{
  switch (audience) {
  case LYKTA_AUDIENCE_WOMEN:
    add_fact (facts, "woman", get (words, "audience", NC_ ("audience", "Women only")));
    break;
  case LYKTA_AUDIENCE_MEN:
    add_fact (facts, "man", get (words, "audience", NC_ ("audience", "Men only")));
    break;
  case LYKTA_AUDIENCE_PARENTS_WITH_CHILDREN:
    add_fact (facts, "users-group",
              get (words, "audience", NC_ ("audience", "Parents with children")));
    break;
  case LYKTA_AUDIENCE_YOUNG_PEOPLE:
    add_fact (facts, "school", get (words, "audience", NC_ ("audience", "Young people")));
    break;
  case LYKTA_AUDIENCE_UNKNOWN:
  case LYKTA_AUDIENCE_EVERYONE:
  default:
    break;
  }
}

static void
add_cost (LyktaCatalogue *words, GArray *facts, LyktaActivity *activity)
{
  const char *price = lykta_handout_choose (words, lykta_activity_get_price (activity), NULL);

  if (lykta_activity_get_is_free (activity) == LYKTA_TRISTATE_YES) {
    add_fact (facts, "coin", get (words, "cost", NC_ ("cost", "Free")));
  } else if (price != NULL) {
    g_autofree char *isolated = lykta_isolate (price);

    add_fact (facts, "coin", isolated);
  }
}

static void
handout_fact_clear (LyktaHandoutFact *fact)
{
  g_clear_pointer (&fact->word, g_free);
}

GArray *
lykta_handout_facts (LyktaCatalogue *words, const LyktaProgrammeEntry *entry)
{
  GArray *facts = g_array_new (FALSE, TRUE, sizeof (LyktaHandoutFact));
  LyktaActivity *activity = entry->activity;

  g_array_set_clear_func (facts, (GDestroyNotify)handout_fact_clear);
  add_purposes (words, facts, lykta_activity_get_purposes (activity));
  add_audience (words, facts, entry->date.audience);
  if (lykta_activity_get_childcare (activity) == LYKTA_TRISTATE_YES)
    add_fact (facts, "baby-carriage", get (words, "badge", NC_ ("badge", "Childcare")));
  add_cost (words, facts, activity);
  if (entry->date.attendance == LYKTA_ATTENDANCE_MIXED ||
      (entry->date.attendance == LYKTA_ATTENDANCE_ONLINE &&
       lykta_programme_entry_get_place (entry) != NULL))
    add_fact (facts, "device-laptop", get (words, "place", NC_ ("place", "Online")));
  if (lykta_activity_get_booking (activity) == LYKTA_BOOKING_REQUIRED)
    /* Translators: short, on paper: a place must be booked before one comes. */
    add_fact (facts, "ticket", get (words, "handout", NC_ ("handout", "Book first")));
  if (lykta_activity_get_offers_certificate (activity) == LYKTA_TRISTATE_YES)
    add_fact (facts, "certificate", get (words, "badge", NC_ ("badge", "Certificate")));
  return facts;
}

char *
lykta_handout_facts_line (LyktaCatalogue *words, const LyktaProgrammeEntry *entry)
{
  g_autoptr (GArray) facts = lykta_handout_facts (words, entry);
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < facts->len; i++) {
    if (i > 0)
      g_string_append (line, SEPARATOR);
    g_string_append (line, g_array_index (facts, LyktaHandoutFact, i).word);
  }
  return line->len > 0 ? g_string_free (g_steal_pointer (&line), FALSE) : NULL;
}

static void
append_part (GString *line, char *part)
{
  if (line->len > 0)
    g_string_append (line, SEPARATOR);
  g_string_append (line, part);
  g_free (part);
}

/* A number that is torn apart at the end of a line is dialled wrongly. (transfer full) */
static char *
keep_together (const char *phone)
{
  g_autoptr (GString) number = g_string_new (phone);

  g_string_replace (number, " ", "\302\240", 0);
  return lykta_isolate_ltr (number->str);
}

char *
lykta_handout_organiser (const LyktaProgrammeEntry *entry)
{
  LyktaOrganiser *organiser = lykta_activity_get_organiser (entry->activity);
  LyktaContact *contact = organiser != NULL ? lykta_organiser_get_public_contact (organiser) : NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  if (organiser == NULL)
    return NULL;
  append_part (line, lykta_isolate (lykta_organiser_get_name (organiser)));
  if (contact != NULL && lykta_contact_get_phone (contact) != NULL)
    append_part (line, keep_together (lykta_contact_get_phone (contact)));
  if (contact != NULL && lykta_contact_get_email (contact) != NULL)
    append_part (line, lykta_isolate_ltr (lykta_contact_get_email (contact)));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

char *
lykta_handout_as_of (LyktaCatalogue *words, gint64 as_of)
{
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;
  g_autofree char *isolated = NULL;

  if (as_of == 0)
    return NULL;
  day = lykta_format_numeric_date (language_of (words), lykta_date_of_moment (as_of));
  isolated = lykta_isolate (day);
  time = lykta_format_time (language_of (words), as_of);
  return g_strdup_printf (get (words, NULL, N_ ("As of %1$s, %2$s")), isolated, time);
}

char *
lykta_handout_source (LyktaCatalogue *words, LyktaProgramme *programme)
{
  const char *const *names = lykta_programme_get_source_names (programme);
  g_autofree char *joined = NULL;
  g_autofree char *isolated = NULL;

  if (names[0] != NULL)
    joined = g_strjoinv (SEPARATOR, (char **)names);
  else if (lykta_programme_has_sample (programme))
    joined = g_strdup (get (words, NULL, N_ ("Built-in examples")));
  else
    return NULL;
  isolated = lykta_isolate (joined);
  /* Translators: %s are the names of the calendars that a page was made from. */
  return g_strdup_printf (get (words, "handout", NC_ ("handout", "Source: %s")), isolated);
}

char *
lykta_handout_radius (LyktaCatalogue *words, LyktaProgramme *programme)
{
  double radius = lykta_programme_get_radius (programme);
  g_autofree char *distance = NULL;

  if (radius <= 0)
    return NULL;
  distance = lykta_format_distance (language_of (words), radius);
  /* Translators: on a printed list: everything on it is near; %s is a distance (“30 km”). */
  return g_strdup_printf (get (words, "handout", NC_ ("handout", "At most %s from here")),
                          distance);
}

const char *
lykta_handout_nothing (LyktaCatalogue *words)
{
  return get (words, "handout", NC_ ("handout", "Nothing is planned in these days."));
}

char *
lykta_handout_next_day (LyktaCatalogue *words, LyktaDate day)
{
  g_autofree char *date = NULL;
  g_autofree char *isolated = NULL;

  if (!lykta_date_is_set (day))
    return NULL;
  date = lykta_format_long_date (language_of (words), day, (LyktaDate){0});
  isolated = lykta_isolate (date);
  return g_strdup_printf (get (words, NULL, N_ ("Next: %s")), isolated);
}

const char *
lykta_handout_left_out (LyktaCatalogue *words, LyktaProgramme *programme)
{
  if (!lykta_programme_is_cut (programme))
    return NULL;
  /* Translators: at the end of a printed list that was cut off. */
  return get (words, "handout", NC_ ("handout", "There is more than fits here."));
}

const char *
lykta_handout_sample (LyktaCatalogue *words)
{
  return get (words, NULL, N_ ("Invented examples, not real activities"));
}

const char *
lykta_handout_code_help (LyktaCatalogue *words)
{
  return get (words, "handout",
              /* Translators: beside a QR code that holds the date of an activity. */
              NC_ ("handout", "Point the camera of your phone at this square: the date goes into "
                              "your calendar, without internet."));
}

const char *
lykta_handout_link_help (LyktaCatalogue *words)
{
  /* Translators: beside a QR code that leads to a web page. */
  return get (words, "handout", NC_ ("handout", "This square opens a web page."));
}

char *
lykta_handout_page_number (LyktaCatalogue *words, guint index, guint n_pages)
{
  /* Translators: at the foot of a page: %1$u is its number, %2$u how many there are. */
  return g_strdup_printf (get (words, "handout", NC_ ("handout", "Page %1$u of %2$u")), index + 1,
                          n_pages);
}
