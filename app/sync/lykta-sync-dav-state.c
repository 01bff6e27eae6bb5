/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include <string.h>

#include "base/lykta-limits.h"
#include "sync/lykta-source-address.h"
#include "sync/lykta-sync-dav-private.h"

#define STATE_TYPE "(bbsa(ssss))"
#define URI_FLAGS  ((GUriFlags)(G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE))

/* ---- what is remembered ---- */

LyktaDavCalendar *
lykta_dav_calendar_new (const char *key, const char *href)
{
  LyktaDavCalendar *self = g_new0 (LyktaDavCalendar, 1);

  self->key = g_strdup (key);
  self->href = g_strdup (href);
  return self;
}

void
lykta_dav_calendar_free (gpointer data)
{
  LyktaDavCalendar *self = data;

  g_free (self->key);
  g_free (self->href);
  g_free (self->token);
  g_free (self->ctag);
  g_free (self->name);
  g_free (self);
}

static LyktaDavState *
state_new (void)
{
  LyktaDavState *self = g_new0 (LyktaDavState, 1);

  self->calendars = g_ptr_array_new_with_free_func (lykta_dav_calendar_free);
  return self;
}

void
lykta_dav_state_free (LyktaDavState *self)
{
  g_free (self->home);
  g_ptr_array_unref (self->calendars);
  g_free (self);
}

static char *
none_if_empty (const char *text)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

LyktaDavState *
lykta_dav_state_parse (const char *text)
{
  g_autoptr (GVariant) variant =
      text != NULL ? g_variant_parse (G_VARIANT_TYPE (STATE_TYPE), text, NULL, NULL, NULL) : NULL;
  g_autoptr (GVariantIter) calendars = NULL;
  LyktaDavState *self = state_new ();
  const char *home;
  const char *key;
  const char *href;
  const char *token;
  const char *ctag;

  if (variant == NULL)
    return self;
  g_variant_get (variant, "(bb&sa(ssss))", &self->is_basic, &self->has_no_data, &home, &calendars);
  self->home = none_if_empty (home);
  while (g_variant_iter_next (calendars, "(&s&s&s&s)", &key, &href, &token, &ctag)) {
    LyktaDavCalendar *calendar = lykta_dav_calendar_new (key, href);

    calendar->token = none_if_empty (token);
    calendar->ctag = none_if_empty (ctag);
    g_ptr_array_add (self->calendars, calendar);
  }
  return self;
}

char *
lykta_dav_state_print (const LyktaDavState *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ssss)"));
  g_autoptr (GVariant) variant = NULL;

  for (guint i = 0; i < self->calendars->len; i++) {
    const LyktaDavCalendar *calendar = self->calendars->pdata[i];

    g_variant_builder_add (&builder, "(ssss)", calendar->key, calendar->href,
                           calendar->token != NULL ? calendar->token : "",
                           calendar->ctag != NULL ? calendar->ctag : "");
  }
  variant = g_variant_ref_sink (g_variant_new (STATE_TYPE, self->is_basic, self->has_no_data,
                                               self->home != NULL ? self->home : "", &builder));
  return g_variant_print (variant, FALSE);
}

void
lykta_dav_hash_etag (const char *etag, guint8 hash[LYKTA_RECORD_HASH_BYTES])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize n = LYKTA_RECORD_HASH_BYTES;

  g_checksum_update (checksum, (const guchar *)etag, -1);
  g_checksum_get_digest (checksum, hash, &n);
}

LyktaDavCalendar *
lykta_dav_state_find (const LyktaDavState *self, const char *key)
{
  LyktaDavCalendar *found = NULL;

  for (guint i = 0; i < self->calendars->len; i++) {
    LyktaDavCalendar *calendar = self->calendars->pdata[i];

    /* Calendars may lie within calendars, whatever the standard says. */
    if (g_str_has_prefix (key, calendar->key) &&
        (found == NULL || strlen (calendar->key) > strlen (found->key)))
      found = calendar;
  }
  return found;
}

/* ---- one refresh ---- */

static void
item_free (gpointer data)
{
  LyktaDavItem *self = data;

  g_free (self->key);
  g_free (self->href);
  g_free (self->etag);
  g_free (self);
}

LyktaSyncDav *
lykta_sync_dav_new (LyktaSource *source)
{
  const char *address = lykta_source_get_address (source);
  g_autofree char *wanted = NULL;
  g_autofree char *plain = lykta_source_address_get_dav (address, &wanted);
  LyktaSyncDav *self;

  if (plain == NULL && lykta_source_get_format (source) != LYKTA_FORMAT_CALDAV)
    return NULL;
  self = g_new0 (LyktaSyncDav, 1);
  self->address = plain != NULL ? g_steal_pointer (&plain) : g_strdup (address);
  self->wanted = wanted != NULL ? g_utf8_make_valid (wanted, -1) : NULL;
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, item_free);
  self->order = g_ptr_array_new ();
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->before = state_new ();
  self->state = state_new ();
  return self;
}

void
lykta_sync_dav_free (LyktaSyncDav *self)
{
  g_free (self->address);
  g_free (self->wanted);
  g_clear_pointer (&self->login, lykta_fetch_login_free);
  lykta_dav_state_free (self->before);
  lykta_dav_state_free (self->state);
  g_ptr_array_unref (self->order);
  g_hash_table_unref (self->items);
  g_hash_table_unref (self->gone);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_free (self);
}

char *
lykta_sync_dav_key (LyktaSyncDav *self, const char *href)
{
  g_autoptr (GUri) base = g_uri_parse (self->address, URI_FLAGS, NULL);
  g_autoptr (GUri) uri = base != NULL ? g_uri_parse_relative (base, href, URI_FLAGS, NULL) : NULL;
  g_autofree char *path = NULL;

  if (uri == NULL || !g_str_equal (g_uri_get_scheme (uri), g_uri_get_scheme (base)) ||
      g_ascii_strcasecmp (g_uri_get_host (uri), g_uri_get_host (base)) != 0 ||
      g_uri_get_port (uri) != g_uri_get_port (base))
    return NULL;
  path = g_uri_unescape_string (g_uri_get_path (uri), NULL);
  return path != NULL ? g_uri_escape_string (path, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, FALSE)
                      : NULL;
}
