/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "feed/lykta-jsonld-event.h"

#define MAX_ORGANISERS 20

/* "mailto:x@y" or "x@y"; NULL for anything else. */
static char *
clean_email (const char *text)
{
  g_autofree char *plain = NULL;
  const char *at;

  if (text == NULL)
    return NULL;
  if (g_ascii_strncasecmp (text, "mailto:", 7) == 0)
    text += 7;
  plain = lykta_jsonld_line (text);
  at = plain != NULL ? strchr (plain, '@') : NULL;
  return at != NULL && at > plain && strchr (at + 1, '.') != NULL &&
                 strpbrk (plain, " <>,;\"") == NULL
             ? g_steal_pointer (&plain)
             : NULL;
}

static char *
clean_phone (const char *text)
{
  if (text != NULL && g_ascii_strncasecmp (text, "tel:", 4) == 0)
    text += 4;
  return lykta_jsonld_line (text);
}

/* What @object says of how to reach it; its name only when @has_name. */
static LyktaContact *
contact_of (LyktaJsonldEvent *self, JsonObject *object, gboolean has_name)
{
  g_autofree char *name =
      has_name ? lykta_jsonld_name (self, lykta_jsonld_get (object, "name")) : NULL;
  g_autofree char *phone = clean_phone (lykta_jsonld_get_string (object, "telephone"));
  g_autofree char *email = clean_email (lykta_jsonld_get_string (object, "email"));
  const char *address = lykta_jsonld_get_string (object, "url");
  g_autofree char *url = address != NULL ? lykta_jsonld_url (self, address) : NULL;

  if (name == NULL && phone == NULL && email == NULL && url == NULL)
    return NULL;
  return lykta_contact_new (name, phone, email, url);
}

/* contactPoint says it better than the organisation itself. */
static LyktaContact *
public_contact_of (LyktaJsonldEvent *self, JsonObject *object)
{
  JsonObject *point = lykta_jsonld_object (self, lykta_jsonld_get (object, "contactPoint"));
  LyktaContact *contact = point != NULL ? contact_of (self, point, TRUE) : NULL;

  return contact != NULL ? contact : contact_of (self, object, FALSE);
}

static LyktaOrganiser *
organiser_of (LyktaJsonldEvent *self, JsonNode *node)
{
  JsonObject *object = lykta_jsonld_object (self, node);
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;
  g_autoptr (LyktaContact) contact = NULL;
  LyktaOrganiserKind kind = LYKTA_ORGANISER_UNKNOWN;

  if (object == NULL) {
    name = lykta_jsonld_line (lykta_jsonld_string (node));
    return name != NULL && strstr (name, "://") == NULL
               ? lykta_organiser_new (name, kind, NULL, NULL, NULL, NULL)
               : NULL;
  }
  name = lykta_jsonld_name (self, lykta_jsonld_get (object, "name"));
  if (name == NULL)
    name = lykta_jsonld_name (self, lykta_jsonld_get (object, "legalName"));
  if (name == NULL)
    return NULL;
  if (lykta_jsonld_has_type (object, "Person"))
    kind = LYKTA_ORGANISER_PRIVATE_PERSON;
  else if (lykta_jsonld_has_type (object, "Library"))
    kind = LYKTA_ORGANISER_LIBRARY;
  else if (lykta_jsonld_has_type (object, "SportsClub") ||
           lykta_jsonld_has_type (object, "SportsTeam"))
    kind = LYKTA_ORGANISER_SPORTS_CLUB;
  else if (lykta_jsonld_has_type (object, "NGO"))
    kind = LYKTA_ORGANISER_NON_PROFIT;
  number = lykta_jsonld_get_line (object, "taxID");
  contact = public_contact_of (self, object);
  return lykta_organiser_new (name, kind, number, NULL, contact, NULL);
}

/* The first organiser is the main one; further ones and sponsors help. */
static void
read_list (LyktaJsonldEvent *self, const char *name, LyktaActivityBuilder *builder, guint *n_found)
{
  JsonNode *node = lykta_jsonld_get (self->object, name);
  guint n = MIN (lykta_jsonld_count (node), MAX_ORGANISERS);

  for (guint i = 0; i < n; i++) {
    g_autoptr (LyktaOrganiser) organiser = organiser_of (self, lykta_jsonld_nth (node, i));

    if (organiser == NULL)
      continue;
    if ((*n_found)++ == 0)
      lykta_activity_builder_set_organiser (builder, organiser);
    else
      lykta_activity_builder_add_co_organiser (builder, organiser);
  }
}

static void
read_own (LyktaJsonldEvent *self, LyktaActivityBuilder *builder)
{
  JsonObject *main = lykta_jsonld_object (self, lykta_jsonld_get (self->object, "organizer"));
  JsonNode *others = lykta_jsonld_get (self->object, "lykta:coOrganisers");
  g_autoptr (LyktaOrganiser) organiser =
      main != NULL ? lykta_jsonld_read_own_organiser (self, main) : NULL;

  if (organiser != NULL)
    lykta_activity_builder_set_organiser (builder, organiser);
  for (guint i = 0; i < lykta_jsonld_count (others); i++) {
    JsonObject *object = lykta_jsonld_object (self, lykta_jsonld_nth (others, i));
    g_autoptr (LyktaOrganiser) other =
        object != NULL ? lykta_jsonld_read_own_organiser (self, object) : NULL;

    if (other != NULL)
      lykta_activity_builder_add_co_organiser (builder, other);
  }
}

void
lykta_jsonld_read_organisers (LyktaJsonldEvent *self, LyktaActivityBuilder *builder)
{
  static const char *const names[] = {"organizer", "organiser", "provider", "sponsor", "funder"};
  guint n_found = 0;

  if (self->is_ours) {
    read_own (self, builder);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    read_list (self, names[i], builder, &n_found);
}
