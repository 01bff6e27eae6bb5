/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-commands.h"
#include "tool/lykta-tool-json.h"

#include "session/lykta-same-activity.h"
#include "text/lykta-date-format.h"
#include "text/lykta-language.h"
#include "text/lykta-plain-text.h"
#include "tool/lykta-activity-json.h"
#include "tool/lykta-tool-words.h"

/* Dates that are told to people; JSON has them all. */
#define DATES_SHOWN 10

static void
print_line (const char *label, const char *value)
{
  g_autofree char *text = NULL;

  if (value == NULL || *value == '\0')
    return;
  text = lykta_isolate (value);
  g_print ("%s: %s\n", label, text);
}

/* Numbers and addresses of the net read from left to right in every script. */
static void
print_ltr_line (const char *label, const char *value)
{
  g_autofree char *text = NULL;

  if (value == NULL || *value == '\0')
    return;
  text = lykta_isolate_ltr (value);
  g_print ("%s: %s\n", label, text);
}

static void
print_tristate (const char *label, LyktaTristate value)
{
  if (value == LYKTA_TRISTATE_YES)
    /* Translators: the answer after a label and a colon */
    print_line (label, C_ ("answer", "yes"));
  else if (value == LYKTA_TRISTATE_NO)
    /* Translators: the answer after a label and a colon */
    print_line (label, C_ ("answer", "no"));
}

static void
print_texts (LyktaTexts *texts, const char *language)
{
  const char *found = NULL;
  const char *text = lykta_texts_choose (texts, lykta_language_fallback_chain (language), &found);

  if (text == NULL || *text == '\0')
    return;
  if (found != language)
    g_print ("\n[%s] %s\n", lykta_language_endonym (found), text);
  else
    g_print ("\n%s\n", text);
}

static void
print_organiser (const char *label, LyktaOrganiser *organiser)
{
  LyktaContact *contact;

  if (organiser == NULL)
    return;
  contact = lykta_organiser_get_public_contact (organiser);
  print_line (label, lykta_organiser_get_name (organiser));
  if (contact == NULL)
    return;
  /* Translators: the person to ask about an activity */
  print_line (_ ("Contact"), lykta_contact_get_name (contact));
  print_ltr_line (_ ("Telephone"), lykta_contact_get_phone (contact));
  print_ltr_line (_ ("E-mail"), lykta_contact_get_email (contact));
  print_ltr_line (_ ("Web page"), lykta_contact_get_url (contact));
}

static void
print_dates (GArray *dates, const char *language)
{
  LyktaDate always_with_year = {0};

  g_print ("\n");
  if (dates->len == 0)
    g_print ("%s\n", _ ("No coming dates."));
  for (guint i = 0; i < MIN (dates->len, DATES_SHOWN); i++) {
    const LyktaOccurrence *date = &g_array_index (dates, LyktaOccurrence, i);
    g_autofree char *day =
        lykta_format_long_date (language, lykta_date_of_moment (date->start), always_with_year);
    g_autofree char *time = date->is_all_day
                                ? g_strdup (_ ("all day"))
                                : lykta_format_time_range (language, date->start, date->end);
    const char *note = lykta_words_date (date);

    g_print ("  %s  %s%s%s\n", day, time, note != NULL ? " – " : "", note != NULL ? note : "");
  }
  if (dates->len > DATES_SHOWN) {
    guint n_more = dates->len - DATES_SHOWN;

    g_print ("  ");
    g_print (ngettext ("and %u more date", "and %u more dates", n_more), n_more);
    g_print ("\n");
  }
}

static void
print_people (LyktaActivity *activity, GPtrArray *same, GArray *dates, const char *language)
{
  LyktaPlace *place = lykta_activity_get_place (activity);
  g_autofree char *where = place != NULL ? lykta_place_to_line (place) : NULL;
  const char *note = lykta_words_status (lykta_activity_get_status (activity));
  const char *title = lykta_texts_choose (lykta_activity_get_title (activity),
                                          lykta_language_fallback_chain (language), NULL);
  g_autoptr (GPtrArray) sources = lykta_same_activity_list_sources (same);

  g_print ("%s%s%s\n", title != NULL ? title : "", note != NULL ? " – " : "", note ? note : "");
  if (lykta_activity_is_sample (activity))
    g_print ("%s\n", _ ("Invented, as part of the built-in sample calendar."));
  print_texts (lykta_activity_get_description (activity), language);
  print_texts (lykta_activity_get_notes (activity), language);
  g_print ("\n");
  print_line (_ ("Where"), where);
  print_ltr_line (_ ("Online"), lykta_activity_get_online_url (activity));
  print_organiser (_ ("Organiser"), lykta_activity_get_organiser (activity));
  for (guint i = 0; i < lykta_activity_get_n_co_organisers (activity); i++)
    print_organiser (_ ("Together with"), lykta_activity_get_co_organiser (activity, i));
  print_tristate (_ ("Free of charge"), lykta_activity_get_is_free (activity));
  print_tristate (_ ("Childcare"), lykta_activity_get_childcare (activity));
  print_tristate (_ ("Without steps"), lykta_activity_get_step_free (activity));
  print_tristate (_ ("Certificates"), lykta_activity_get_offers_certificate (activity));
  print_ltr_line (_ ("Booking"), lykta_activity_get_booking_url (activity));
  print_ltr_line (_ ("Web page"), lykta_activity_get_url (activity));
  for (guint i = 0; i < sources->len; i++)
    print_line (_ ("Source"), sources->pdata[i]);
  print_dates (dates, language);
}

static void
add_sources (JsonBuilder *builder, GPtrArray *same)
{
  lykta_json_begin_array (builder, "sources");
  for (guint i = 0; i < same->len; i++) {
    const LyktaSameRecord *record = same->pdata[i];

    json_builder_begin_object (builder);
    lykta_json_string (builder, "source", record->source_id);
    lykta_json_string (builder, "name", record->source_name);
    lykta_json_string (builder, "id", record->uid);
    lykta_json_moment (builder, "missing_since", record->missing_since);
    lykta_json_bool (builder, "is_withdrawn", record->is_withdrawn);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
print_json (LyktaActivity *activity,
            const char *source_id,
            GPtrArray *same,
            GArray *dates,
            const char *language)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  lykta_json_string (builder, "source", source_id);
  add_sources (builder, same);
  lykta_activity_json_add (builder, activity, language);
  lykta_activity_json_add_dates (builder, "dates", activity, dates);
  json_builder_end_object (builder);
  lykta_json_print (builder);
}

/* The first source, in their order, that has an activity of that name. (transfer full) */
static LyktaActivity *
find (LyktaTool *tool,
      const char *wanted_source,
      const char *uid,
      char **source_id,
      gint64 *activity_id,
      GError **error)
{
  LyktaContentReader *reader = lykta_tool_get_reader (tool);
  g_autoptr (GPtrArray) sources = lykta_content_reader_list_sources (reader, error);

  for (guint i = 0; sources != NULL && i < sources->len; i++) {
    const char *id = lykta_source_get_id (g_ptr_array_index (sources, i));
    g_autoptr (GError) local_error = NULL;
    LyktaActivity *activity;

    if (wanted_source != NULL && !g_str_equal (id, wanted_source))
      continue;
    activity = lykta_content_reader_get_activity (reader, id, uid, activity_id, &local_error);
    if (local_error != NULL) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
    if (activity != NULL) {
      *source_id = g_strdup (id);
      return activity;
    }
  }
  return NULL;
}

static int
show (LyktaTool *tool, const char *uid, const char *wanted_source, const char *language)
{
  gint64 now = lykta_clock_now (lykta_tool_get_clock (tool));
  gint64 activity_id = 0;
  g_autofree char *source_id = NULL;
  g_autoptr (LyktaActivity) activity = NULL;
  g_autoptr (LyktaActivity) whole = NULL;
  g_autoptr (GPtrArray) same = NULL;
  g_autoptr (GArray) dates = NULL;
  g_autoptr (GError) error = NULL;

  if (!lykta_tool_open (tool, &error))
    return lykta_tool_fail_error (error);
  activity = find (tool, wanted_source, uid, &source_id, &activity_id, &error);
  if (error != NULL)
    return lykta_tool_fail_error (error);
  if (activity == NULL)
    return lykta_tool_fail (LYKTA_TOOL_NOT_FOUND, _ ("There is no activity “%s”."), uid);
  dates = lykta_content_reader_get_occurrences (lykta_tool_get_reader (tool), activity_id, now, 0,
                                                &error);
  if (dates == NULL)
    return lykta_tool_fail_error (error);
  whole = lykta_same_activity_load (lykta_tool_get_reader (tool), activity_id, &same, &error);
  if (error != NULL)
    return lykta_tool_fail_error (error);
  if (whole == NULL)
    return lykta_tool_fail (LYKTA_TOOL_NOT_FOUND, _ ("There is no activity “%s”."), uid);
  if (lykta_tool_is_json (tool))
    print_json (whole, source_id, same, dates, language);
  else
    print_people (whole, same, dates, language);
  return LYKTA_TOOL_OK;
}

int
lykta_command_show (LyktaTool *tool, int argc, char **argv)
{
  g_autofree char *language_option = NULL;
  g_autofree char *source = NULL;
  const char *language;
  const GOptionEntry entries[] = {
      {"lang", 0, 0, G_OPTION_ARG_STRING, &language_option, N_ ("Language of the reader"), "TAG"},
      {"source", 0, 0, G_OPTION_ARG_STRING, &source, N_ ("From this source"), "ID"},
      G_OPTION_ENTRY_NULL,
  };

  if (!lykta_tool_parse (tool, entries, "ID", _ ("Tells everything about one activity."), 1, 1,
                         &argc, &argv))
    return LYKTA_TOOL_USAGE;
  language = lykta_tool_choose_language (tool, language_option);
  if (language == NULL)
    return lykta_tool_usage (_ ("--lang: “%s” is not a language tag"), language_option);
  return show (tool, argv[1], source, language);
}
