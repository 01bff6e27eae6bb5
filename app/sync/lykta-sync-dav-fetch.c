/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "base/lykta-limits.h"
#include "sync/lykta-source-passwords.h"
#include "sync/lykta-sync-dav-private.h"

#define STATUS_MULTI 207
/* Events asked for at once: large enough that questions cost nothing, small enough for servers. */
#define BATCH 100
/* One event on the wire, packed, as far as it can be foretold. */
#define EVENT_BYTES 700

/* ---- the events themselves ---- */

typedef struct {
  LyktaSyncJob *job; /* (unowned) */
  GHashTable *asked; /* (owned) set of keys */
} Batch;

static gboolean
on_event (const LyktaDavResponse *response, gpointer user_data, GError **error)
{
  Batch *self = user_data;
  LyktaSyncDav *dav = self->job->dav;
  g_autofree char *key = lykta_sync_dav_key (dav, response->href);
  LyktaDavItem *item = key != NULL ? g_hash_table_lookup (dav->items, key) : NULL;

  if (item == NULL || !g_hash_table_contains (self->asked, key))
    return TRUE;
  /* It went after the list was made: the next list says so. */
  if (response->status == 404 || response->status == 410) {
    item->has_gone = TRUE;
    return TRUE;
  }
  return response->status >= 400 || lykta_sync_dav_take (self->job, response, error);
}

static guint
ask_batch (LyktaSyncJob *job, LyktaDavCalendar *calendar, GPtrArray *items, guint start, guint n)
{
  g_autoptr (GPtrArray) hrefs = g_ptr_array_new ();
  g_autoptr (GHashTable) asked = g_hash_table_new (g_str_hash, g_str_equal);
  Batch batch = {job, asked};
  g_autoptr (GBytes) content = NULL;
  g_auto (LyktaDavAnswer) answer = {0};
  LyktaDavQuestion question = {
      .method = "REPORT",
      .href = calendar->href,
      .is_slow = TRUE,
      .func = on_event,
      .user_data = &batch,
  };

  for (guint i = start; i < start + n; i++) {
    LyktaDavItem *item = items->pdata[i];

    g_ptr_array_add (hrefs, item->href);
    g_hash_table_add (asked, item->key);
  }
  question.content = content = lykta_dav_ask_events ((const char *const *)hrefs->pdata, hrefs->len);
  return lykta_sync_dav_ask (job, &question, &answer, NULL);
}

/* A server for which this is too much at once. */
static gboolean
is_too_much (guint status)
{
  return status == 400 || status == 413 || status == 414 || status == 500 || status == 504 ||
         status == 507;
}

static gboolean
fetch_events (LyktaSyncJob *job, LyktaDavCalendar *calendar, GPtrArray *items)
{
  guint size = BATCH;

  for (guint i = 0; i < items->len;) {
    guint n = MIN (size, items->len - i);
    guint status = ask_batch (job, calendar, items, i, n);

    if (job->error != NULL)
      return FALSE;
    if (status == STATUS_MULTI) {
      i += n;
    } else if (is_too_much (status) && n > 1) {
      size = n / 2;
    } else if (is_too_much (status)) {
      /* This one alone cannot be had; it is noted where it is applied. */
      i += n;
      size = BATCH;
    } else {
      return lykta_sync_dav_refuse (job, calendar->href, status);
    }
  }
  return TRUE;
}

/* Of one calendar, what came without its events. */
static gboolean
fetch_missing (LyktaSyncJob *job, LyktaDavCalendar *calendar)
{
  LyktaSyncDav *self = job->dav;
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < self->order->len; i++) {
    LyktaDavItem *item = self->order->pdata[i];

    if (!item->is_there && !item->has_gone &&
        lykta_dav_state_find (self->state, item->key) == calendar)
      g_ptr_array_add (items, item);
  }
  if (items->len > 0 && !lykta_sync_job_may_spend (job, (guint64)items->len * EVENT_BYTES,
                                                   items->len / BATCH + 1, &job->error))
    return FALSE;
  if (!fetch_events (job, calendar, items))
    return FALSE;
  for (guint i = 0; i < items->len; i++) {
    const LyktaDavItem *item = items->pdata[i];

    /* What the server still owes us is asked for again, by comparing everything. */
    if (!item->is_there && !item->has_gone) {
      g_clear_pointer (&calendar->token, g_free);
      g_clear_pointer (&calendar->ctag, g_free);
    }
  }
  return TRUE;
}

/* ---- the whole ---- */

static gboolean
prepare_login (LyktaSyncJob *job)
{
  LyktaSyncDav *self = job->dav;
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;

  if (job->setup->device_path == NULL)
    return TRUE;
  if (!lykta_source_passwords_get (job->setup->device_path, self->address, &user, &password,
                                   &job->error))
    return FALSE;
  if (user == NULL)
    return TRUE;
  self->login = lykta_fetch_login_new (self->address, user, password);
  if (self->login != NULL && self->before->is_basic)
    lykta_fetch_login_expect_basic (self->login);
  return TRUE;
}

static gboolean
find_calendars (LyktaSyncJob *job)
{
  gboolean is_lost;

  if (job->dav->before->calendars->len > 0) {
    if (lykta_sync_dav_revisit (job, &is_lost))
      return TRUE;
    if (!is_lost)
      return FALSE;
    g_message ("%s: the calendars have moved; they are looked for anew", job->dav->address);
  }
  return lykta_sync_dav_discover (job);
}

static gboolean
on_record_key (const char *id, const guint8 *hash, gsize size, gpointer user_data)
{
  LyktaSyncDav *self = user_data;

  if (lykta_dav_state_find (self->state, id) == NULL)
    g_hash_table_add (self->gone, g_strdup (id));
  return TRUE;
}

/* What lies in calendars that are no longer there has gone with them. */
static gboolean
find_lost_calendars (LyktaSyncJob *job)
{
  LyktaSyncDav *self = job->dav;
  g_autoptr (LyktaContentReader) reader = NULL;

  for (guint i = 0; i < self->before->calendars->len; i++) {
    const LyktaDavCalendar *calendar = self->before->calendars->pdata[i];

    if (lykta_dav_state_find (self->state, calendar->key) != NULL || self->is_whole)
      continue;
    reader = lykta_content_store_new_reader (job->setup->content, &job->error);
    return reader != NULL &&
           lykta_content_reader_foreach_record (reader, lykta_source_get_id (job->source),
                                                on_record_key, self, &job->error);
  }
  return TRUE;
}

static const LyktaDavCalendar *
find_before (LyktaSyncDav *self, const LyktaDavCalendar *calendar)
{
  for (guint i = 0; i < self->before->calendars->len; i++) {
    const LyktaDavCalendar *before = self->before->calendars->pdata[i];

    if (g_str_equal (before->key, calendar->key))
      return before;
  }
  return NULL;
}

static gboolean
fetch_all (LyktaSyncJob *job)
{
  LyktaSyncDav *self = job->dav;

  if (!prepare_login (job) || !find_calendars (job) || !find_lost_calendars (job))
    return FALSE;
  for (guint i = 0; i < self->state->calendars->len; i++) {
    LyktaDavCalendar *calendar = self->state->calendars->pdata[i];
    const LyktaDavCalendar *before = find_before (self, calendar);

    if (!lykta_sync_dav_list (job, calendar, before) || !fetch_missing (job, calendar))
      return FALSE;
  }
  return TRUE;
}

void
lykta_sync_dav_fetch (LyktaSyncJob *job)
{
  LyktaSyncDav *self = job->dav;
  g_autoptr (LyktaDavState) known = lykta_dav_state_parse (job->state->etag);

  /* What a first reading would cost is not to be had without reading. */
  if ((job->setup->flags & LYKTA_SYNC_PRICE) != 0)
    return;
  self->is_whole = !job->knows_content || (job->setup->flags & LYKTA_SYNC_FORCE) != 0;
  self->before->is_basic = self->state->is_basic = known->is_basic;
  if (!self->is_whole) {
    lykta_dav_state_free (self->before);
    self->before = g_steal_pointer (&known);
    self->state->has_no_data = self->before->has_no_data;
  }
  job->spool = lykta_sync_spool_new (job->setup->spool_dir, &job->error);
  if (job->spool == NULL || !fetch_all (job))
    return;
  if (self->login != NULL)
    self->state->is_basic = lykta_fetch_login_is_basic (self->login);
  if (!self->is_whole && self->order->len == 0 && g_hash_table_size (self->gone) == 0)
    job->fetched.status = LYKTA_FETCH_NOT_MODIFIED;
}
