/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/pages/lykta-activity-page-private.h"

#include <math.h>

#include "session/lykta-same-activity.h"
#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "text/lykta-language.h"
#include "text/lykta-plain-text.h"
#include "ui/lykta-sentences.h"
#include "ui/lykta-words.h"
#include "ui/widgets/lykta-badge.h"
#include "ui/widgets/lykta-fact.h"

#define N_DATES 8

static void
add (GtkWidget *box, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (box), child);
}

static GtkWidget *
new_date_row (LyktaActivityPage *self, const LyktaOccurrence *date, gboolean is_tapped)
{
  const char *language = lykta_session_get_language (self->session);
  LyktaDate today = lykta_session_get_today (self->session);
  LyktaLook status = lykta_look_of_date (date);
  LyktaLook audience = lykta_look_of_audience (date->audience);
  GtkWidget *row = lykta_wrap_box_new ();
  g_autofree char *text = lykta_sentence_when (language, date, today, TRUE);
  GtkWidget *label = lykta_paragraph_new (text, is_tapped ? "strong" : NULL);

  gtk_widget_set_hexpand (label, FALSE);
  if (date->status == LYKTA_STATUS_CANCELLED)
    gtk_widget_add_css_class (label, "cancelled-title");
  lykta_wrap_box_append (LYKTA_WRAP_BOX (row), label);
  if (status.word != NULL)
    lykta_wrap_box_append (LYKTA_WRAP_BOX (row),
                           lykta_badge_new (status.icon, status.word, status.style));
  if (audience.word != NULL)
    lykta_wrap_box_append (LYKTA_WRAP_BOX (row),
                           lykta_badge_new (audience.icon, audience.word, audience.style));
  return row;
}

void
lykta_activity_page_show_when (LyktaActivityPage *self)
{
  LyktaCard *card = lykta_session_get_card (self->session);
  g_autoptr (GArray) dates = lykta_session_get_dates (self->session, N_DATES);
  gint64 tapped = card != NULL ? lykta_card_get_fields (card)->occurrence.start : 0;

  /* Translators: heading above the dates of an activity. */
  add (self->when_box, lykta_heading_new (C_ ("heading", "When")));
  for (guint i = 0; dates != NULL && i < dates->len; i++) {
    const LyktaOccurrence *date = &g_array_index (dates, LyktaOccurrence, i);
    add (self->when_box, new_date_row (self, date, date->start == tapped));
  }
  if (dates == NULL || dates->len == 0)
    add (self->when_box, lykta_paragraph_new (_ ("No more dates are known."), "soft"));
}

static void
add_link (
    LyktaActivityPage *self, GtkWidget *box, const char *icon, const char *heading, const char *url)
{
  g_autofree char *isolated = lykta_isolate_ltr (url);
  GtkWidget *button;

  add (box, lykta_fact_new (icon, heading, isolated));
  /* Nothing on a kiosk leads out of the program. */
  if (lykta_session_get_mode (self->session) == LYKTA_MODE_KIOSK ||
      !g_str_has_prefix (url, "https://"))
    return;
  button = lykta_text_button_new ("link", _ ("Open in the browser"), NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "activity.open-link");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", url);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  add (box, button);
}

static char *
address_of (LyktaPlace *place)
{
  const char *street = lykta_place_get_street (place);
  const char *postcode = lykta_place_get_postcode (place);
  const char *town = lykta_place_get_town (place);
  g_autoptr (GString) address = g_string_new (street);

  if (postcode != NULL || town != NULL) {
    if (address->len > 0)
      g_string_append_c (address, '\n');
    g_string_append (address, postcode != NULL ? postcode : "");
    if (postcode != NULL && town != NULL)
      g_string_append_c (address, ' ');
    g_string_append (address, town != NULL ? town : "");
  }
  return address->len > 0 ? g_string_free (g_steal_pointer (&address), FALSE) : NULL;
}

static void
add_distance (LyktaActivityPage *self, LyktaPlace *place)
{
  double latitude, longitude;
  g_autofree char *distance = NULL;
  g_autofree char *text = NULL;

  if (!lykta_place_has_position (place) ||
      !lykta_session_get_position (self->session, &latitude, &longitude))
    return;
  distance = lykta_format_distance (lykta_session_get_language (self->session),
                                    lykta_distance_km (latitude, longitude,
                                                       lykta_place_get_latitude (place),
                                                       lykta_place_get_longitude (place)));
  /* Translators: %s is a distance in a straight line (“3.5 km”). */
  text = g_strdup_printf (_ ("%s from here"), distance);
  add (self->where_box, lykta_fact_new ("walk", NULL, text));
}

static void
add_place (LyktaActivityPage *self, LyktaPlace *place)
{
  const char *name = lykta_place_get_name (place);
  g_autofree char *address = address_of (place);
  g_autofree char *municipality = NULL;
  LyktaGazetteer *gazetteer = lykta_session_get_gazetteer (self->session);
  const char *code = lykta_place_get_municipality_code (place);
  const LyktaArea *area = gazetteer != NULL && code != NULL
                              ? lykta_gazetteer_find_municipality (gazetteer, code)
                              : NULL;

  if (name != NULL)
    /* Translators: a library, a church, a school: where an activity is. */
    add (self->where_box, lykta_fact_new ("building", C_ ("fact", "Place"), name));
  if (address != NULL)
    add (self->where_box, lykta_fact_new ("map-pin", C_ ("fact", "Address"), address));
  if (area != NULL)
    add (self->where_box, lykta_fact_new ("map-2", C_ ("fact", "Municipality"), area->name));
  add_distance (self, place);
}

void
lykta_activity_page_show_where (LyktaActivityPage *self, LyktaActivity *activity)
{
  LyktaPlace *place = lykta_activity_get_place (activity);
  LyktaAttendance attendance = lykta_activity_get_attendance (activity);
  const char *online_url = lykta_activity_get_online_url (activity);

  /* Translators: heading above place and address. */
  add (self->where_box, lykta_heading_new (C_ ("heading", "Where")));
  if (place != NULL)
    add_place (self, place);
  if (attendance == LYKTA_ATTENDANCE_ONLINE)
    add (self->where_box,
         lykta_fact_new ("device-laptop", NULL, _ ("You take part from home, online.")));
  else if (attendance == LYKTA_ATTENDANCE_MIXED)
    add (self->where_box,
         lykta_fact_new ("device-laptop", NULL, _ ("You can come, or take part online.")));
  if (online_url != NULL)
    /* Translators: the address on the net where one takes part. */
    add_link (self, self->where_box, "video", C_ ("fact", "Link"), online_url);
  if (place == NULL && online_url == NULL && attendance != LYKTA_ATTENDANCE_ONLINE)
    add (self->where_box, lykta_paragraph_new (_ ("Ask the organiser about the place."), "soft"));
}

static char *
ages_text (LyktaActivity *activity, const char *language)
{
  int from = lykta_activity_get_age_from (activity);
  int to = lykta_activity_get_age_to (activity);
  g_autofree char *first = from >= 0 ? lykta_format_number (language, from, 0) : NULL;
  g_autofree char *last = to >= 0 ? lykta_format_number (language, to, 0) : NULL;

  if (first != NULL && last != NULL)
    /* Translators: ages that may come: from %1$s to %2$s years. */
    return g_strdup_printf (_ ("%1$s to %2$s years"), first, last);
  if (first != NULL)
    /* Translators: ages that may come: %s years and older. */
    return g_strdup_printf (_ ("%s years and older"), first);
  if (last != NULL)
    /* Translators: ages that may come: up to %s years. */
    return g_strdup_printf (_ ("Up to %s years"), last);
  return NULL;
}

static void
add_cost (LyktaActivityPage *self, LyktaActivity *activity)
{
  const char *price = lykta_activity_page_choose (self, lykta_activity_get_price (activity), NULL);

  if (lykta_activity_get_is_free (activity) == LYKTA_TRISTATE_YES)
    /* Translators: what it costs: nothing. */
    add (self->facts_box, lykta_fact_new ("coin", C_ ("fact", "Cost"), C_ ("cost", "Free")));
  else if (price != NULL)
    add (self->facts_box, lykta_fact_new ("coin", C_ ("fact", "Cost"), price));
}

static void
add_who (LyktaActivityPage *self, LyktaActivity *activity)
{
  LyktaAudience audience = lykta_activity_get_audience (activity);
  LyktaLook look = lykta_look_of_audience (audience);
  g_autofree char *ages = ages_text (activity, lykta_session_get_language (self->session));

  if (audience == LYKTA_AUDIENCE_EVERYONE)
    /* Translators: who may come: everybody. */
    look.word = C_ ("audience", "Everyone is welcome");
  if (look.word != NULL)
    add (self->facts_box, lykta_fact_new (look.icon, C_ ("fact", "For whom"), look.word));
  if (ages != NULL)
    add (self->facts_box, lykta_fact_new ("user", C_ ("fact", "Age"), ages));
}

static void
add_languages (LyktaActivityPage *self, LyktaActivity *activity)
{
  const char *const *tags = lykta_activity_get_spoken_languages (activity);
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; tags[i] != NULL; i++) {
    g_autofree char *name = lykta_isolate (lykta_language_endonym (tags[i]));
    if (names->len > 0)
      g_string_append (names, " · ");
    g_string_append (names, name);
  }
  if (names->len > 0)
    /* Translators: which languages people speak there. */
    add (self->facts_box,
         lykta_fact_new ("message-circle", C_ ("fact", "Languages spoken"), names->str));
}

static void
add_booking (LyktaActivityPage *self, LyktaActivity *activity)
{
  LyktaBooking booking = lykta_activity_get_booking (activity);
  const char *url = lykta_activity_get_booking_url (activity);

  if (booking == LYKTA_BOOKING_DROP_IN)
    add (self->facts_box, lykta_fact_new ("door-enter", C_ ("fact", "How to come"),
                                          _ ("Just come. You need not book.")));
  else if (booking == LYKTA_BOOKING_REQUIRED)
    add (self->facts_box, lykta_fact_new ("ticket", C_ ("fact", "How to come"),
                                          _ ("Book a place first: ask the organiser.")));
  if (url != NULL)
    /* Translators: the address on the net where one books. */
    add_link (self, self->facts_box, "ticket", C_ ("fact", "Booking"), url);
}

static void
add_yes_no (
    LyktaActivityPage *self, LyktaTristate value, const char *icon, const char *yes, const char *no)
{
  if (value == LYKTA_TRISTATE_YES)
    add (self->facts_box, lykta_fact_new (icon, NULL, yes));
  else if (value == LYKTA_TRISTATE_NO)
    add (self->facts_box, lykta_fact_new (icon, NULL, no));
}

static void
add_compensation (LyktaActivityPage *self, LyktaActivity *activity)
{
  if (lykta_activity_get_offers_certificate (activity) == LYKTA_TRISTATE_YES)
    add (self->facts_box,
         lykta_fact_new ("certificate", C_ ("fact", "Certificate"),
                         _ ("The organiser can give you a certificate that you take part.")));
  if (lykta_activity_get_is_tia (activity) == LYKTA_TRISTATE_YES &&
      lykta_activity_get_place (activity) != NULL)
    add (self->facts_box,
         lykta_fact_new (
             "bus", C_ ("fact", "Travel"),
             _ ("Asylum seekers may be able to get compensation for the journey. Ask the "
                "organiser for a certificate and take it to the Migration Agency: the "
                "agency decides.")));
}

void
lykta_activity_page_show_facts (LyktaActivityPage *self, LyktaActivity *activity)
{
  /* Translators: heading above cost, age, languages, booking. */
  add (self->facts_box, lykta_heading_new (C_ ("heading", "Good to know")));
  add_cost (self, activity);
  add_who (self, activity);
  add_languages (self, activity);
  add_booking (self, activity);
  add_yes_no (self, lykta_activity_get_childcare (activity), "baby-carriage",
              _ ("Childcare while you take part"), _ ("No childcare"));
  add_yes_no (self, lykta_activity_get_step_free (activity), "wheelchair",
              _ ("You can get in with a wheelchair or a pram"),
              _ ("There are steps: not easy with a wheelchair or a pram"));
  add_compensation (self, activity);
}

static void
add_contact (LyktaActivityPage *self, LyktaContact *contact)
{
  const char *phone = lykta_contact_get_phone (contact);
  const char *email = lykta_contact_get_email (contact);
  const char *url = lykta_contact_get_url (contact);

  if (lykta_contact_get_name (contact) != NULL)
    add (self->organiser_box,
         lykta_fact_new ("user", C_ ("fact", "Contact"), lykta_contact_get_name (contact)));
  if (phone != NULL) {
    g_autofree char *isolated = lykta_isolate_ltr (phone);
    add (self->organiser_box, lykta_fact_new ("phone", C_ ("fact", "Telephone"), isolated));
  }
  if (email != NULL) {
    g_autofree char *isolated = lykta_isolate_ltr (email);
    add (self->organiser_box, lykta_fact_new ("mail", C_ ("fact", "E-mail"), isolated));
  }
  if (url != NULL)
    add_link (self, self->organiser_box, "link", C_ ("fact", "Web page"), url);
}

static void
add_organiser (LyktaActivityPage *self, LyktaOrganiser *organiser)
{
  LyktaContact *contact = lykta_organiser_get_public_contact (organiser);
  const char *kind = lykta_word_of_organiser_kind (lykta_organiser_get_kind (organiser));

  add (self->organiser_box,
       lykta_fact_new ("heart-handshake", kind, lykta_organiser_get_name (organiser)));
  if (contact != NULL && !lykta_contact_is_empty (contact))
    add_contact (self, contact);
}

/* Who sees the same elsewhere knows why it stands here once. */
static void
add_sources (LyktaActivityPage *self, GPtrArray *sources)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < sources->len; i++) {
    g_autofree char *name = lykta_isolate (sources->pdata[i]);
    if (i > 0)
      g_string_append_c (names, '\n');
    g_string_append (names, name);
  }
  /* Translators: above the names of several calendars that all have this activity. */
  add (self->organiser_box,
       lykta_fact_new ("calendar-event", C_ ("fact", "Calendars"), names->str));
}

void
lykta_activity_page_show_organisers (LyktaActivityPage *self, LyktaActivity *activity)
{
  LyktaOrganiser *organiser = lykta_activity_get_organiser (activity);
  guint n = lykta_activity_get_n_co_organisers (activity);

  g_autoptr (GPtrArray) same = lykta_session_list_same (self->session);
  g_autoptr (GPtrArray) sources = lykta_same_activity_list_sources (same);

  gtk_widget_set_visible (self->organiser_box, organiser != NULL || n > 0 || sources->len > 1);
  /* Translators: heading above who arranges an activity. */
  add (self->organiser_box, lykta_heading_new (C_ ("heading", "Who arranges it")));
  if (organiser != NULL)
    add_organiser (self, organiser);
  if (n > 0)
    /* Translators: heading above further organisers. */
    add (self->organiser_box, lykta_paragraph_new (C_ ("heading", "Together with"), "soft"));
  for (guint i = 0; i < n; i++)
    add_organiser (self, lykta_activity_get_co_organiser (activity, i));
  if (lykta_activity_get_url (activity) != NULL)
    add_link (self, self->organiser_box, "link", C_ ("fact", "More about it"),
              lykta_activity_get_url (activity));
  if (sources->len > 1)
    add_sources (self, sources);
}
