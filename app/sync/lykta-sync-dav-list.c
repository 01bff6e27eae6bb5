/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include <string.h>

#include "base/lykta-limits.h"
#include "sync/lykta-sync-dav-private.h"

#define STATUS_MULTI 207
/* A server that says "there is more" so often never ends. */
#define MAX_ROUNDS 1000

/* One way through what a calendar holds, or what changed in it. */
typedef struct {
  LyktaSyncJob *job;                /* (unowned) */
  const LyktaDavCalendar *calendar; /* (unowned) */
  GHashTable *listed;               /* (owned) (nullable) set of keys: a whole list is being read */
  gboolean is_token_not_valid;      /* said by the last answer */
} Listing;

static gboolean
is_event_of (const Listing *self, const char *key, const LyktaDavResponse *response)
{
  return g_str_has_prefix (key, self->calendar->key) && !g_str_has_suffix (key, "/") &&
         !response->is_collection && strlen (key) > strlen (self->calendar->key);
}

/* ---- what is stored already ---- */

static gboolean
on_known (const char *id, const guint8 *hash, gsize size, gpointer user_data)
{
  g_hash_table_insert (user_data, g_strdup (id), g_memdup2 (hash, LYKTA_RECORD_HASH_BYTES));
  return TRUE;
}

/* From the store, once. */
static gboolean
ensure_known (LyktaSyncJob *job, GError **error)
{
  LyktaSyncDav *self = job->dav;
  g_autoptr (LyktaContentReader) reader = NULL;
  g_autoptr (GHashTable) known = NULL;

  if (self->known != NULL)
    return TRUE;
  known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!self->is_whole) {
    reader = lykta_content_store_new_reader (job->setup->content, error);
    if (reader == NULL || !lykta_content_reader_foreach_record (
                              reader, lykta_source_get_id (job->source), on_known, known, error))
      return FALSE;
  }
  self->known = g_steal_pointer (&known);
  return TRUE;
}

static gboolean
is_known (LyktaSyncDav *self, const char *key, const char *etag)
{
  const guint8 *known = g_hash_table_lookup (self->known, key);
  guint8 hash[LYKTA_RECORD_HASH_BYTES];

  if (known == NULL || etag == NULL)
    return FALSE;
  lykta_dav_hash_etag (etag, hash);
  return memcmp (known, hash, sizeof hash) == 0;
}

/* ---- taking one response ---- */

static LyktaDavItem *
ensure_item (LyktaSyncDav *self, const char *key, const char *href)
{
  LyktaDavItem *item = g_hash_table_lookup (self->items, key);

  if (item != NULL)
    return item;
  item = g_new0 (LyktaDavItem, 1);
  item->key = g_strdup (key);
  item->href = g_strdup (href);
  g_hash_table_insert (self->items, item->key, item);
  g_ptr_array_add (self->order, item);
  return item;
}

static gboolean
take_data (LyktaSyncJob *job, LyktaDavItem *item, const LyktaDavResponse *response, GError **error)
{
  LyktaSyncDav *self = job->dav;

  item->is_too_large = response->is_data_too_large;
  item->is_there = TRUE;
  item->start = self->n_spooled;
  if (response->calendar_data != NULL) {
    if (!g_output_stream_write_all (G_OUTPUT_STREAM (job->spool), response->calendar_data,
                                    response->calendar_data_length, NULL, NULL, error))
      return FALSE;
    self->n_spooled += response->calendar_data_length;
  }
  item->end = self->n_spooled;
  return TRUE;
}

gboolean
lykta_sync_dav_take (LyktaSyncJob *job, const LyktaDavResponse *response, GError **error)
{
  LyktaSyncDav *self = job->dav;
  g_autofree char *key = lykta_sync_dav_key (self, response->href);
  LyktaDavItem *item;

  if (key == NULL)
    return TRUE;
  item = ensure_item (self, key, response->href);
  g_hash_table_remove (self->gone, key);
  item->has_gone = FALSE;
  if (response->etag != NULL) {
    g_free (item->etag);
    item->etag = g_strdup (response->etag);
  }
  item->is_there = FALSE;
  if (g_hash_table_size (self->items) > LYKTA_LIMIT_DAV_ITEMS) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TOO_LARGE, "%s has more than %d events",
                 self->address, LYKTA_LIMIT_DAV_ITEMS);
    return FALSE;
  }
  return (response->calendar_data == NULL && !response->is_data_too_large) ||
         take_data (job, item, response, error);
}

static void
take_gone (LyktaSyncDav *self, const char *key)
{
  LyktaDavItem *item = g_hash_table_lookup (self->items, key);

  if (item != NULL)
    item->has_gone = TRUE;
  g_hash_table_add (self->gone, g_strdup (key));
}

static gboolean
on_listed (const LyktaDavResponse *response, gpointer user_data, GError **error)
{
  Listing *self = user_data;
  LyktaSyncDav *dav = self->job->dav;
  g_autofree char *key = lykta_sync_dav_key (dav, response->href);

  if (key == NULL || !is_event_of (self, key, response))
    return TRUE;
  if (response->status >= 400) {
    if (response->status == 404 || response->status == 410)
      take_gone (dav, key);
    return TRUE;
  }
  dav->state->has_no_data |= response->is_data_refused;
  if (!ensure_known (self->job, error))
    return FALSE;
  if (self->listed != NULL)
    g_hash_table_add (self->listed, g_strdup (key));
  return is_known (dav, key, response->etag) || lykta_sync_dav_take (self->job, response, error);
}

/* What is stored of the calendar and not in its whole list has gone. */
static gboolean
finish_list (Listing *self)
{
  LyktaSyncDav *dav = self->job->dav;
  GHashTableIter iter;
  gpointer key;

  if (!ensure_known (self->job, &self->job->error))
    return FALSE;
  g_hash_table_iter_init (&iter, dav->known);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (lykta_dav_state_find (dav->state, key) == self->calendar &&
        !g_hash_table_contains (self->listed, key))
      take_gone (dav, key);
  return TRUE;
}

/* ---- asking ---- */

/* RFC 6578. The status of the first answer that is no list, or 207. @token (inout). */
static guint
ask_changes (Listing *self, char **token, gboolean with_data)
{
  for (guint round = 0; round < MAX_ROUNDS; round++) {
    g_autoptr (GBytes) content = lykta_dav_ask_changes (*token, with_data);
    const LyktaDavQuestion question = {
        .method = "REPORT",
        .href = self->calendar->href,
        .is_slow = TRUE,
        .content = content,
        .func = on_listed,
        .user_data = self,
    };
    g_auto (LyktaDavAnswer) answer = {0};
    guint status = lykta_sync_dav_ask (self->job, &question, &answer, NULL);

    self->is_token_not_valid = answer.is_token_not_valid;
    if (status != STATUS_MULTI)
      return status;
    /* Without a new token nothing is gained by asking again. */
    if (answer.is_truncated && g_strcmp0 (answer.sync_token, *token) == 0)
      return 507;
    g_free (*token);
    *token = g_steal_pointer (&answer.sync_token);
    if (!answer.is_truncated)
      return STATUS_MULTI;
    if (*token == NULL)
      return 507;
  }
  return 507;
}

static void
set_token (LyktaDavCalendar *calendar, char **token)
{
  g_free (calendar->token);
  calendar->token = g_steal_pointer (token);
}

/* Everything that is there, by WebDAV-Sync, which gives a token as well, or one by one. */
static gboolean
list_all (LyktaSyncJob *job, LyktaDavCalendar *calendar)
{
  g_autoptr (GHashTable) listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Listing self = {job, calendar, listed, FALSE};
  g_autoptr (GBytes) content = lykta_dav_ask_list ();
  const LyktaDavQuestion question = {
      .method = "PROPFIND",
      .href = calendar->href,
      .depth = 1,
      .is_slow = TRUE,
      .content = content,
      .func = on_listed,
      .user_data = &self,
  };
  g_auto (LyktaDavAnswer) answer = {0};
  g_autofree char *token = NULL;
  guint status = 0;

  if (calendar->can_sync) {
    status = ask_changes (&self, &token, FALSE);
    if (job->error != NULL)
      return FALSE;
    if (status == STATUS_MULTI) {
      set_token (calendar, &token);
      return finish_list (&self);
    }
    g_hash_table_remove_all (listed);
  }
  g_clear_pointer (&calendar->token, g_free);
  status = lykta_sync_dav_ask (job, &question, &answer, NULL);
  if (status != STATUS_MULTI)
    return lykta_sync_dav_refuse (job, calendar->href, status);
  return finish_list (&self);
}

/* The server does not know the token any more, or never knew what one is, or stumbles over it:
 * then what one has is compared with all that there is, and only the difference is fetched. Other
 * trouble passes. */
static gboolean
must_list_all (guint status)
{
  return status == 507 || status == 500 || status == 501 ||
         (status >= 400 && status < 500 && status != 404 && status != 408 && status != 429);
}

/* Whether nothing can have changed, by what the list of calendars said already. */
static gboolean
is_unchanged (LyktaDavCalendar *calendar, const LyktaDavCalendar *before)
{
  if (before == NULL)
    return FALSE;
  if (before->token != NULL)
    return g_strcmp0 (before->token, calendar->token) == 0;
  if (before->ctag == NULL || g_strcmp0 (before->ctag, calendar->ctag) != 0)
    return FALSE;
  /* A token that led nowhere the last time. */
  g_clear_pointer (&calendar->token, g_free);
  return TRUE;
}

gboolean
lykta_sync_dav_list (LyktaSyncJob *job, LyktaDavCalendar *calendar, const LyktaDavCalendar *before)
{
  Listing self = {job, calendar, NULL, FALSE};
  LyktaDavState *state = job->dav->state;
  g_autofree char *token = NULL;
  guint status;

  if (is_unchanged (calendar, before))
    return TRUE;
  if (before == NULL || before->token == NULL)
    return list_all (job, calendar);
  token = g_strdup (before->token);
  status = ask_changes (&self, &token, !state->has_no_data);
  /* Perhaps it was only the events that were too much to ask. */
  if (status >= 400 && status < 500 && !self.is_token_not_valid && !state->has_no_data) {
    status = ask_changes (&self, &token, FALSE);
    state->has_no_data = status == STATUS_MULTI;
  }
  if (job->error != NULL)
    return FALSE;
  if (status == STATUS_MULTI) {
    set_token (calendar, &token);
    return TRUE;
  }
  return must_list_all (status) ? list_all (job, calendar)
                                : lykta_sync_dav_refuse (job, calendar->href, status);
}
