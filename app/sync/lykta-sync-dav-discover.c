/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include <string.h>

#include "base/lykta-limits.h"
#include "sync/lykta-sync-dav-private.h"

#define WELL_KNOWN   "/.well-known/caldav"
#define STATUS_MULTI 207

/* What a PROPFIND tells of one place. */
typedef struct {
  char *key;       /* (owned) */
  char *href;      /* (owned) */
  char *principal; /* (owned) (nullable) */
  char *home;      /* (owned) (nullable) */
  char *token;     /* (owned) (nullable) */
  char *ctag;      /* (owned) (nullable) */
  char *name;      /* (owned) (nullable) */
  gboolean is_calendar;
  gboolean can_sync;
} Place;

typedef struct {
  LyktaSyncJob *job; /* (unowned) */
  GPtrArray *places; /* (owned) (element-type Place) */
} Places;

static void
place_free (gpointer data)
{
  Place *self = data;

  g_free (self->key);
  g_free (self->href);
  g_free (self->principal);
  g_free (self->home);
  g_free (self->token);
  g_free (self->ctag);
  g_free (self->name);
  g_free (self);
}

static gboolean
on_place (const LyktaDavResponse *response, gpointer user_data, GError **error)
{
  Places *self = user_data;
  char *key = lykta_sync_dav_key (self->job->dav, response->href);
  Place *place;

  if (key == NULL || response->status >= 400) {
    g_free (key);
    return TRUE;
  }
  place = g_new0 (Place, 1);
  place->key = key;
  place->href = g_strdup (response->href);
  place->principal = g_strdup (response->principal);
  place->home = g_strdup (response->home);
  place->token = g_strdup (response->sync_token);
  place->ctag = g_strdup (response->ctag);
  place->name = g_strdup (response->name);
  place->is_calendar = response->is_calendar && !response->holds_no_events;
  place->can_sync = response->can_sync || response->sync_token != NULL;
  g_ptr_array_add (self->places, place);
  return TRUE;
}

/* The status; 0 after an error. @is_calendar: what is there is known, and only whether it has
 * changed is not. @places (out) (transfer full) (element-type Place). */
static guint
look_at (LyktaSyncJob *job, const char *href, guint depth, gboolean is_calendar, GPtrArray **places)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (place_free);
  Places looking = {job, found};
  g_autoptr (GBytes) content = is_calendar ? lykta_dav_ask_calendars () : lykta_dav_ask_place ();
  const LyktaDavQuestion question = {
      .method = "PROPFIND",
      .href = href,
      .depth = depth,
      .is_slow = TRUE,
      .content = content,
      .func = on_place,
      .user_data = &looking,
  };
  g_auto (LyktaDavAnswer) answer = {0};
  guint status = lykta_sync_dav_ask (job, &question, &answer, NULL);

  *places = g_steal_pointer (&found);
  return status;
}

/* ---- calendars ---- */

static LyktaDavCalendar *
calendar_of_place (const Place *place)
{
  g_autofree char *key = g_str_has_suffix (place->key, "/") ? g_strdup (place->key)
                                                            : g_strconcat (place->key, "/", NULL);
  LyktaDavCalendar *calendar = lykta_dav_calendar_new (key, place->href);

  calendar->token = g_strdup (place->token);
  calendar->ctag = g_strdup (place->ctag);
  calendar->name = g_strdup (place->name);
  calendar->can_sync = place->can_sync;
  return calendar;
}

/* By what people call it, or by the last part of its address. */
static gboolean
is_wanted (LyktaSyncDav *self, const Place *place)
{
  g_autofree char *path = g_strdup (place->key);
  g_autofree char *last = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *name = NULL;
  g_autofree char *part = NULL;

  if (self->wanted == NULL)
    return TRUE;
  if (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  last = g_uri_unescape_string (strrchr (path, '/') != NULL ? strrchr (path, '/') + 1 : path, NULL);
  folded = g_utf8_casefold (self->wanted, -1);
  name = place->name != NULL ? g_utf8_casefold (place->name, -1) : NULL;
  part = last != NULL && g_utf8_validate (last, -1, NULL) ? g_utf8_casefold (last, -1) : NULL;
  return g_strcmp0 (folded, name) == 0 || g_strcmp0 (folded, part) == 0;
}

static gboolean
refuse_none (LyktaSyncJob *job, GPtrArray *places)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < places->len; i++) {
    const Place *place = places->pdata[i];

    if (place->is_calendar)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              place->name != NULL ? place->name : place->key);
  }
  if (job->dav->wanted != NULL && names->len > 0)
    g_set_error (&job->error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_NOT_FOUND,
                 "%s has no calendar “%s”; it has %.500s", job->dav->address, job->dav->wanted,
                 names->str);
  else
    g_set_error (&job->error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_NOT_A_CALENDAR,
                 "no calendar was found at %s", job->dav->address);
  return FALSE;
}

/* The calendars of a home into the state. FALSE with an error, or (@is_lost) without. */
static gboolean
take_home (LyktaSyncJob *job, const char *home, gboolean *is_lost)
{
  LyktaDavState *state = job->dav->state;
  g_autoptr (GPtrArray) places = NULL;
  guint status = look_at (job, home, 1, TRUE, &places);

  *is_lost = job->error == NULL && (status == 404 || status == 410);
  if (*is_lost)
    return FALSE;
  if (status != STATUS_MULTI)
    return lykta_sync_dav_refuse (job, home, status);
  g_ptr_array_set_size (state->calendars, 0);
  for (guint i = 0; i < places->len; i++) {
    const Place *place = places->pdata[i];

    if (!place->is_calendar || !is_wanted (job->dav, place))
      continue;
    if (state->calendars->len == LYKTA_LIMIT_DAV_CALENDARS) {
      g_set_error (&job->error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TOO_LARGE,
                   "%s has more than %d calendars: name one", job->dav->address,
                   LYKTA_LIMIT_DAV_CALENDARS);
      return FALSE;
    }
    g_ptr_array_add (state->calendars, calendar_of_place (place));
  }
  g_free (state->home);
  state->home = g_strdup (home);
  return state->calendars->len > 0 || refuse_none (job, places);
}

/* ---- the way there ---- */

/* Where the calendars of @place's owner are: what it says itself, what who one is says, or itself.
 * NULL after an error. (transfer full) */
static char *
find_home (LyktaSyncJob *job, const Place *place)
{
  g_autoptr (GPtrArray) places = NULL;
  guint status;

  if (place->home != NULL)
    return g_strdup (place->home);
  if (place->principal == NULL)
    return g_strdup (place->href);
  status = look_at (job, place->principal, 0, FALSE, &places);
  if (status != STATUS_MULTI) {
    lykta_sync_dav_refuse (job, place->principal, status);
    return NULL;
  }
  for (guint i = 0; i < places->len; i++) {
    const Place *principal = places->pdata[i];

    if (principal->home != NULL)
      return g_strdup (principal->home);
  }
  return g_strdup (place->href);
}

static gboolean
follow (LyktaSyncJob *job, const Place *place)
{
  LyktaDavState *state = job->dav->state;
  g_autofree char *home = NULL;
  gboolean is_lost;

  if (place->is_calendar) {
    g_clear_pointer (&state->home, g_free);
    g_ptr_array_set_size (state->calendars, 0);
    g_ptr_array_add (state->calendars, calendar_of_place (place));
    return TRUE;
  }
  home = find_home (job, place);
  if (home == NULL)
    return FALSE;
  if (take_home (job, home, &is_lost))
    return TRUE;
  return is_lost ? lykta_sync_dav_refuse (job, home, 404) : FALSE;
}

/* What another address of the same server may still set right. */
static gboolean
may_try_elsewhere (const GError *error)
{
  static const int codes[] = {LYKTA_NET_ERROR_STATUS, LYKTA_NET_ERROR_NOT_FOUND,
                              LYKTA_NET_ERROR_WRONG_TYPE, LYKTA_NET_ERROR_REDIRECT};

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, LYKTA_NET_ERROR, codes[i]))
      return TRUE;
  return error->domain == LYKTA_FEED_ERROR;
}

/* RFC 6764: a bare server is asked at its well-known place first, a given path is believed. */
gboolean
lykta_sync_dav_discover (LyktaSyncJob *job)
{
  g_autofree char *key = lykta_sync_dav_key (job->dav, job->dav->address);
  gboolean is_bare = g_strcmp0 (key, "/") == 0;
  const char *const ways[] = {is_bare ? WELL_KNOWN : job->dav->address,
                              is_bare ? job->dav->address : WELL_KNOWN};
  g_autoptr (GError) telling = NULL;
  guint best = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autoptr (GPtrArray) places = NULL;
    guint status = look_at (job, ways[i], 0, FALSE, &places);
    gboolean is_server = status == STATUS_MULTI && places->len > 0;
    /* What a calendar server says tells most, then what is wrong with what was typed. */
    guint rank = is_server ? 3 : (i == 0) != is_bare ? 2 : 1;

    if (is_server && follow (job, places->pdata[0]))
      return TRUE;
    if (job->error == NULL)
      lykta_sync_dav_refuse (job, ways[i], status == STATUS_MULTI ? 404 : status);
    if (!may_try_elsewhere (job->error))
      return FALSE;
    if (rank > best) {
      g_clear_error (&telling);
      telling = g_steal_pointer (&job->error);
      best = rank;
    }
    g_clear_error (&job->error);
  }
  job->error = g_steal_pointer (&telling);
  return FALSE;
}

static gboolean
revisit_calendar (LyktaSyncJob *job, gboolean *is_lost)
{
  const LyktaDavCalendar *known = job->dav->before->calendars->pdata[0];
  g_autoptr (GPtrArray) places = NULL;
  guint status;

  /* With a token one asks for what changed at once. */
  if (known->token != NULL) {
    LyktaDavCalendar *calendar = lykta_dav_calendar_new (known->key, known->href);

    calendar->can_sync = TRUE;
    g_ptr_array_add (job->dav->state->calendars, calendar);
    return TRUE;
  }
  status = look_at (job, known->href, 0, TRUE, &places);
  *is_lost = job->error == NULL && (status == 404 || status == 410);
  if (*is_lost)
    return FALSE;
  if (status != STATUS_MULTI || places->len == 0)
    return lykta_sync_dav_refuse (job, known->href, status);
  g_ptr_array_add (job->dav->state->calendars, calendar_of_place (places->pdata[0]));
  return TRUE;
}

gboolean
lykta_sync_dav_revisit (LyktaSyncJob *job, gboolean *is_lost)
{
  const LyktaDavState *before = job->dav->before;

  *is_lost = FALSE;
  return before->home != NULL ? take_home (job, before->home, is_lost)
                              : revisit_calendar (job, is_lost);
}
