/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-event-code.h"

#include <string.h>

#include "feed/lykta-ical-lines-out.h"
#include "feed/lykta-ical.h"
#include "paper/lykta-handout-words.h"

#define DAY_SECONDS 86400
/* Of a title and of a place, whatever has to go for it. */
#define LEAST_TITLE 40
#define LEAST_PLACE 24
/* No address on the net that one would print is longer. */
#define MAX_LINK 200

/* What goes into the event; NULL is left out. */
typedef struct {
  char *title;       /* (owned) */
  char *swedish;     /* (owned) (nullable) */
  char *place;       /* (owned) (nullable) */
  char *description; /* (owned) (nullable) */
  const char *link;  /* (nullable) */
  const char *uid;   /* (nullable) */
  const LyktaOccurrence *date;
} Event;

static void
event_clear (Event *self)
{
  g_free (self->title);
  g_free (self->swedish);
  g_free (self->place);
  g_free (self->description);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Event, event_clear)

/* Marks for the eye only cost two and three bytes each. (transfer full) */
static char *
without_isolates (const char *text)
{
  GString *kept = g_string_new (NULL);

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c < 0x2066 || c > 0x2069)
      g_string_append_unichar (kept, c == 0xA0 ? ' ' : c);
  }
  return g_string_free (kept, FALSE);
}

static void
append_text (GString *out, const char *name, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  g_string_append_printf (out, "%s:", name);
  lykta_ical_writer_escape (out, text);
  g_string_append_c (out, '\n');
}

static void
append_moment (GString *out, const char *name, gint64 moment, gboolean is_date)
{
  LyktaDate day = lykta_date_of_moment (moment);
  g_autofree char *wall = NULL;

  if (is_date) {
    g_string_append_printf (out, "%s;VALUE=DATE:%04d%02d%02d\n", name, day.year, day.month,
                            day.day);
    return;
  }
  wall = lykta_ical_writer_wall (moment, FALSE);
  g_string_append_printf (out, "%s:%sZ\n", name, wall);
}

/* (transfer full) */
static char *
write_event (const Event *event)
{
  GString *out = g_string_new ("BEGIN:VEVENT\n");
  g_autofree char *summary = event->swedish != NULL
                                 ? g_strdup_printf ("%s · %s", event->title, event->swedish)
                                 : g_strdup (event->title);
  const LyktaOccurrence *date = event->date;

  append_text (out, "SUMMARY", summary);
  append_moment (out, "DTSTART", date->start, date->is_all_day);
  if (date->end > date->start)
    append_moment (out, "DTEND", date->end, date->is_all_day);
  append_text (out, "LOCATION", event->place);
  append_text (out, "DESCRIPTION", event->description);
  if (event->link != NULL)
    g_string_append_printf (out, "URL:%s\n", event->link);
  append_text (out, "UID", event->uid);
  if (date->status == LYKTA_STATUS_CANCELLED)
    g_string_append (out, "STATUS:CANCELLED\n");
  g_string_append (out, "END:VEVENT");
  return g_string_free (out, FALSE);
}

/* Takes about @excess bytes from the end of @text, between characters, and leaves @least
 * characters. */
static void
shorten (char **text, gsize excess, glong least)
{
  glong n = *text != NULL ? g_utf8_strlen (*text, -1) : 0;
  gsize length = *text != NULL ? strlen (*text) : 0;
  gsize target = length > excess + 3 ? length - excess - 3 : 0;
  char *end = *text;

  if (n <= least)
    return;
  for (glong i = 0; i < n; i++) {
    char *next = g_utf8_next_char (end);

    if (i >= least && (gsize)(next - *text) > target)
      break;
    end = next;
  }
  if (*end != '\0') {
    char *cut = g_strndup (*text, (gsize)(end - *text));
    char *shown = g_strconcat (g_strchomp (cut), "…", NULL);

    g_free (cut);
    g_free (*text);
    *text = shown;
  }
}

/* Leaves out one thing more; FALSE when there is nothing left to leave out. */
static gboolean
leave_out (Event *event, guint step, gsize excess)
{
  switch (step) {
  case 0:
    shorten (&event->description, excess, 0);
    return TRUE;
  case 1:
    g_clear_pointer (&event->description, g_free);
    return TRUE;
  case 2:
    event->link = NULL;
    return TRUE;
  case 3:
    event->uid = NULL;
    return TRUE;
  case 4:
    shorten (&event->place, excess, LEAST_PLACE);
    return TRUE;
  case 5:
    g_clear_pointer (&event->swedish, g_free);
    return TRUE;
  case 6:
    shorten (&event->title, excess, LEAST_TITLE);
    return TRUE;
  case 7:
    g_clear_pointer (&event->place, g_free);
    return TRUE;
  case 8:
    shorten (&event->title, excess, 1);
    return TRUE;
  default:
    return FALSE;
  }
}

const char *
lykta_event_code_get_link (const LyktaProgrammeEntry *entry)
{
  const char *links[] = {lykta_programme_entry_get_online_url (entry),
                         lykta_activity_get_booking_url (entry->activity),
                         lykta_activity_get_url (entry->activity)};

  for (guint i = 0; i < G_N_ELEMENTS (links); i++) {
    if (links[i] != NULL && g_str_has_prefix (links[i], "https://") &&
        strlen (links[i]) <= MAX_LINK && strpbrk (links[i], " \r\n") == NULL)
      return links[i];
  }
  return NULL;
}

/* The title that a reader of @words gets, after what is the matter with the date, and the Swedish
 * one when it is another. */
static void
take_titles (Event *event, const LyktaProgrammeEntry *entry, LyktaCatalogue *words)
{
  LyktaTexts *titles = lykta_programme_entry_get_title (entry);
  const char *title = lykta_handout_choose (words, titles, NULL);
  const char *swedish = lykta_texts_get (titles, "sv");
  const char *status = lykta_handout_status (words, entry->date.status);

  if (title == NULL)
    title = "–";
  event->title = status != NULL ? g_strdup_printf ("[%s] %s", status, title) : g_strdup (title);
  if (swedish != NULL && g_strcmp0 (swedish, title) != 0)
    event->swedish = g_strdup (swedish);
}

char *
lykta_event_code_to_text (const LyktaProgrammeEntry *entry, LyktaCatalogue *words, gsize max_bytes)
{
  g_auto (Event) event = {.date = &entry->date};
  g_autofree char *where = NULL;
  g_autofree char *organiser = NULL;
  char *text;

  g_return_val_if_fail (entry != NULL, NULL);
  g_return_val_if_fail (LYKTA_IS_CATALOGUE (words), NULL);

  take_titles (&event, entry, words);
  where = lykta_handout_where (words, entry);
  organiser = lykta_handout_organiser (entry);
  event.place = where != NULL ? without_isolates (where) : NULL;
  event.description = organiser != NULL ? without_isolates (organiser) : NULL;
  event.link = lykta_event_code_get_link (entry);
  event.uid = lykta_activity_get_uid (entry->activity);
  text = write_event (&event);
  for (guint step = 0; strlen (text) > max_bytes; step++) {
    gsize excess = strlen (text) - max_bytes;

    if (!leave_out (&event, step, excess))
      break;
    g_free (text);
    text = write_event (&event);
  }
  return text;
}

LyktaQrCode *
lykta_event_code_new (const LyktaProgrammeEntry *entry, LyktaCatalogue *words)
{
  g_autofree char *text =
      lykta_event_code_to_text (entry, words, lykta_qr_code_capacity (LYKTA_QR_MAX_VERSION));

  return lykta_qr_code_new (text, LYKTA_QR_MAX_VERSION);
}

LyktaQrCode *
lykta_event_code_new_link (const LyktaProgrammeEntry *entry)
{
  const char *link = lykta_event_code_get_link (entry);

  return link != NULL ? lykta_qr_code_new (link, LYKTA_QR_MAX_VERSION) : NULL;
}

/* A schedule of this one date. (transfer full) */
static LyktaSchedule *
make_schedule (const LyktaOccurrence *date)
{
  LyktaDate day;
  int hour, minute, second;
  LyktaDate last = lykta_date_of_moment (date->end);
  gint64 duration = date->end - date->start;

  lykta_moment_to_wall (date->start, &day, &hour, &minute, &second);
  if (date->is_all_day)
    duration =
        (gint64)(lykta_date_to_day_number (last) - lykta_date_to_day_number (day)) * DAY_SECONDS;
  return lykta_schedule_builder_end (
      lykta_schedule_builder_new (NULL, day, hour, minute, second, date->is_all_day, duration));
}

GBytes *
lykta_event_code_to_file (const LyktaProgrammeEntry *entry, gint64 now)
{
  g_autoptr (LyktaActivityBuilder) builder = NULL;
  g_autoptr (LyktaSchedule) schedule = NULL;
  g_autoptr (GPtrArray) activities = g_ptr_array_new_with_free_func (g_object_unref);
  LyktaTexts *titles, *descriptions;

  g_return_val_if_fail (entry != NULL, NULL);

  schedule = make_schedule (&entry->date);
  builder = lykta_activity_builder_new_from (entry->activity);
  titles = lykta_programme_entry_get_title (entry);
  descriptions = lykta_programme_entry_get_description (entry);
  lykta_activity_builder_set_schedule (builder, schedule);
  for (guint i = 0; i < lykta_texts_get_n (titles); i++)
    lykta_activity_builder_set_title (builder, lykta_texts_get_nth_language (titles, i),
                                      lykta_texts_get_nth_text (titles, i));
  for (guint i = 0; i < lykta_texts_get_n (descriptions); i++)
    lykta_activity_builder_set_description (builder, lykta_texts_get_nth_language (descriptions, i),
                                            lykta_texts_get_nth_text (descriptions, i));
  lykta_activity_builder_set_place (builder, lykta_programme_entry_get_place (entry));
  lykta_activity_builder_set_online_url (builder, lykta_programme_entry_get_online_url (entry));
  lykta_activity_builder_set_status (builder, entry->date.status);
  g_ptr_array_add (activities, lykta_activity_builder_end (builder));
  return lykta_ical_write (activities, NULL, LYKTA_ICAL_WRITE_PUBLIC_ONLY, now);
}
