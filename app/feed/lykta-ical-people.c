/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "feed/lykta-ical-event.h"

typedef struct {
  char *name;  /* (owned) */
  char *phone; /* (owned) */
  char *email; /* (owned) */
  char *url;   /* (owned) */
} Contact;

static void
contact_clear (Contact *contact)
{
  g_free (contact->name);
  g_free (contact->phone);
  g_free (contact->email);
  g_free (contact->url);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Contact, contact_clear)

static LyktaContact *
contact_end (const Contact *contact)
{
  if (contact->name == NULL && contact->phone == NULL && contact->email == NULL &&
      contact->url == NULL)
    return NULL;
  return lykta_contact_new (contact->name, contact->phone, contact->email, contact->url);
}

static gboolean
looks_like_email (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at > text && strchr (at + 1, '.') != NULL &&
         strpbrk (text, " <>,;:\"") == NULL;
}

static gboolean
looks_like_phone (const char *text)
{
  guint n_digits = 0;

  for (const char *p = text; *p != 0; p++) {
    if (g_ascii_isdigit (*p))
      n_digits++;
    else if (strchr ("+-() /.", *p) == NULL)
      return FALSE;
  }
  return n_digits >= 5 && n_digits <= 20;
}

/* Takes "mailto:x@y" or a bare address; what calendars put there themselves is nobody's mail. */
static char *
email_of (const char *address)
{
  g_autofree char *plain = NULL;

  if (g_ascii_strncasecmp (address, "mailto:", 7) == 0)
    address += 7;
  plain = g_uri_unescape_string (address, NULL);
  if (plain == NULL || !looks_like_email (plain) ||
      g_str_has_suffix (plain, "calendar.google.com") ||
      g_ascii_strncasecmp (plain, "noreply@", 8) == 0 ||
      g_ascii_strncasecmp (plain, "no-reply@", 9) == 0)
    return NULL;
  return lykta_ical_clean_line (plain);
}

/* One piece of a CONTACT. */
static void
take_piece (LyktaIcalEvent *self,
            const LyktaIcalProperty *property,
            const char *piece,
            Contact *contact)
{
  g_autofree char *text = lykta_ical_clean_line (piece);
  const char *p = text;

  if (text == NULL)
    return;
  if (g_ascii_strncasecmp (p, "tel:", 4) == 0 || g_ascii_strncasecmp (p, "tel ", 4) == 0)
    p += 4;
  p += strspn (p, " ");
  if (looks_like_phone (p)) {
    if (contact->phone == NULL)
      contact->phone = g_strdup (p);
  } else if (looks_like_email (p) || g_ascii_strncasecmp (p, "mailto:", 7) == 0) {
    if (contact->email == NULL)
      contact->email = email_of (p);
  } else if (g_str_has_prefix (p, "http")) {
    if (contact->url == NULL)
      contact->url = lykta_ical_event_read_url (self, property, p);
  } else if (contact->name == NULL)
    contact->name = g_strdup (p);
}

static void
take_contact (LyktaIcalEvent *self, Contact *contact)
{
  guint n = lykta_ical_component_get_n (self->component);

  for (guint i = 0; i < n; i++) {
    const LyktaIcalProperty *property = lykta_ical_component_get_nth (self->component, i);
    g_auto (GStrv) pieces = NULL;
    if (property->name != LYKTA_ICAL_CONTACT || property->child != 0)
      continue;
    pieces = g_strsplit_set (lykta_ical_component_get_text (self->component, property), ";,\n", 8);
    for (guint k = 0; pieces[k] != NULL; k++)
      take_piece (self, property, pieces[k], contact);
  }
}

static char *
parameter (LyktaIcalEvent *self, const LyktaIcalProperty *property, const char *name)
{
  return lykta_ical_clean_line (
      lykta_ical_component_get_parameter (self->component, property, name));
}

static LyktaDate
date_parameter (LyktaIcalEvent *self, const LyktaIcalProperty *property, const char *name)
{
  const char *text = lykta_ical_component_get_parameter (self->component, property, name);
  LyktaDate date = {0};

  if (text != NULL)
    lykta_date_parse (text, &date);
  return date;
}

static LyktaContact *
our_contact (LyktaIcalEvent *self, const LyktaIcalProperty *property, const char *prefix)
{
  g_auto (Contact) contact = {0};
  const struct {
    const char *name;
    char **into;
  } parts[] = {{"NAME", &contact.name},
               {"PHONE", &contact.phone},
               {"EMAIL", &contact.email},
               {"URL", &contact.url}};

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *name = g_strconcat (prefix, parts[i].name, NULL);
    *parts[i].into = parameter (self, property, name);
  }
  return contact_end (&contact);
}

static LyktaAgreement *
our_agreement (LyktaIcalEvent *self, const LyktaIcalProperty *property)
{
  const char *basis = lykta_ical_component_get_parameter (self->component, property, "BASIS");
  g_autofree char *reference = parameter (self, property, "REFERENCE");
  g_autofree char *county = parameter (self, property, "COUNTY");

  if (basis == NULL)
    return NULL;
  return lykta_agreement_new (lykta_basis_from_token (basis), reference, county,
                              date_parameter (self, property, "VALID-FROM"),
                              date_parameter (self, property, "VALID-TO"));
}

/* X-LYKTA-ORGANISER and X-LYKTA-CO-ORGANISER. */
static LyktaOrganiser *
our_organiser (LyktaIcalEvent *self, const LyktaIcalProperty *property)
{
  g_autofree char *name =
      lykta_ical_clean_line (lykta_ical_component_get_text (self->component, property));
  const char *kind = lykta_ical_component_get_parameter (self->component, property, "KIND");
  g_autofree char *number = parameter (self, property, "NUMBER");
  g_autoptr (LyktaAgreement) agreement = our_agreement (self, property);
  g_autoptr (LyktaContact) contact = our_contact (self, property, "CONTACT-");
  g_autoptr (LyktaContact) authority = our_contact (self, property, "AUTHORITY-");

  if (name == NULL)
    return NULL;
  return lykta_organiser_new (
      name, kind != NULL ? lykta_organiser_kind_from_token (kind) : LYKTA_ORGANISER_UNKNOWN, number,
      agreement, contact, authority);
}

/* RFC 9073 PARTICIPANT: name and address of the @child-th component; kind of its type. */
static LyktaOrganiser *
participant (LyktaIcalEvent *self, guint child, char **type)
{
  guint n = lykta_ical_component_get_n (self->component);
  g_autofree char *name = NULL;
  g_auto (Contact) contact = {0};
  g_autoptr (LyktaContact) public_contact = NULL;

  for (guint i = 0; i < n; i++) {
    const LyktaIcalProperty *property = lykta_ical_component_get_nth (self->component, i);
    if (property->child != child)
      continue;
    if (property->name == LYKTA_ICAL_PARTICIPANT_TYPE && *type == NULL)
      *type = g_ascii_strup (property->value, -1);
    else if ((property->name == LYKTA_ICAL_SUMMARY || property->name == LYKTA_ICAL_NAME) &&
             name == NULL)
      name = lykta_ical_clean_line (lykta_ical_component_get_text (self->component, property));
    else if (property->name == LYKTA_ICAL_CALENDAR_ADDRESS) {
      if (name == NULL)
        name = parameter (self, property, "CN");
      if (contact.email == NULL)
        contact.email = email_of (property->value);
    } else if (property->name == LYKTA_ICAL_CONTACT)
      take_piece (self, property, lykta_ical_component_get_text (self->component, property),
                  &contact);
  }
  if (name == NULL)
    return NULL;
  public_contact = contact_end (&contact);
  return lykta_organiser_new (name, LYKTA_ORGANISER_UNKNOWN, NULL, NULL, public_contact, NULL);
}

/* First participant that is a @wanted ("ORGANIZER"). */
static LyktaOrganiser *
find_participant (LyktaIcalEvent *self, const char *wanted)
{
  for (guint child = 1; child < lykta_ical_component_get_n_children (self->component); child++) {
    g_autofree char *type = NULL;
    g_autoptr (LyktaOrganiser) found = NULL;
    if (lykta_ical_component_get_child_kind (self->component, child) !=
        LYKTA_ICAL_CHILD_PARTICIPANT)
      continue;
    found = participant (self, child, &type);
    if (found != NULL && type != NULL && strstr (type, wanted) != NULL)
      return g_steal_pointer (&found);
  }
  return NULL;
}

LyktaOrganiser *
lykta_ical_event_read_organiser (LyktaIcalEvent *self)
{
  const LyktaIcalProperty *own =
      lykta_ical_component_find (self->component, LYKTA_ICAL_X_LYKTA_ORGANISER);
  const LyktaIcalProperty *organizer =
      lykta_ical_component_find (self->component, LYKTA_ICAL_ORGANIZER);
  g_autofree char *name = NULL;
  g_auto (Contact) contact = {0};
  g_autoptr (LyktaContact) public_contact = NULL;

  if (own != NULL)
    return our_organiser (self, own);
  if (self->is_ours)
    return NULL;
  if (organizer != NULL) {
    name = parameter (self, organizer, "CN");
    contact.email = email_of (organizer->value);
  }
  take_contact (self, &contact);
  if (name == NULL) {
    LyktaOrganiser *participating = find_participant (self, "ORGANIZER");
    if (participating != NULL)
      return participating;
  }
  /* Without a name the contact stands for the organiser. */
  if (name == NULL)
    name = contact.name != NULL ? g_steal_pointer (&contact.name)
                                : g_strdup (contact.email != NULL ? contact.email : contact.phone);
  if (name == NULL)
    return NULL;
  public_contact = contact_end (&contact);
  return lykta_organiser_new (name, LYKTA_ORGANISER_UNKNOWN, NULL, NULL, public_contact, NULL);
}

void
lykta_ical_event_read_co_organisers (LyktaIcalEvent *self, LyktaActivityBuilder *builder)
{
  guint n = lykta_ical_component_get_n (self->component);

  for (guint i = 0; i < n; i++) {
    const LyktaIcalProperty *property = lykta_ical_component_get_nth (self->component, i);
    g_autoptr (LyktaOrganiser) organiser = NULL;
    if (property->name == LYKTA_ICAL_X_LYKTA_CO_ORGANISER && property->child == 0)
      organiser = our_organiser (self, property);
    if (organiser != NULL)
      lykta_activity_builder_add_co_organiser (builder, organiser);
  }
  for (guint child = 1;
       !self->is_ours && child < lykta_ical_component_get_n_children (self->component); child++) {
    g_autofree char *type = NULL;
    g_autoptr (LyktaOrganiser) organiser = NULL;
    if (lykta_ical_component_get_child_kind (self->component, child) !=
        LYKTA_ICAL_CHILD_PARTICIPANT)
      continue;
    organiser = participant (self, child, &type);
    if (organiser != NULL && type != NULL && strstr (type, "SPONSOR") != NULL)
      lykta_activity_builder_add_co_organiser (builder, organiser);
  }
}
