/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-sync-job-private.h"

#include <string.h>

#include "sync/lykta-source-address.h"
#include "sync/lykta-sync-dav-private.h"
#include "sync/lykta-sync-feed-private.h"

/* Raised whenever a newer version reads more out of the same bytes: then everything is read again.
 */
#define READER_VERSION 1
/* Of the fingerprint's SHA-256, in hex digits. */
#define FINGERPRINT_DIGITS 12

/* The same bytes mean another calendar at another address, in another language or to another
 * reader. */
static char *
fingerprint_of (LyktaSource *source, const char *const *languages)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *text = g_strdup_printf (
      "%d\n%s\n%s\n%s", READER_VERSION, lykta_source_get_address (source),
      lykta_format_to_token (lykta_source_get_format (source)), lykta_source_get_language (source));

  g_checksum_update (checksum, (const guchar *)text, -1);
  if (lykta_source_address_has_language (lykta_source_get_address (source)))
    for (guint i = 0; languages[i] != NULL; i++)
      g_checksum_update (checksum, (const guchar *)languages[i], (gssize)strlen (languages[i]) + 1);
  return g_strdup_printf ("%.*s-", FINGERPRINT_DIGITS, g_checksum_get_string (checksum));
}

/* Any thread. */
static void
on_run_cancelled (GCancellable *run_cancel, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* From now on it can be called off, with the whole run or alone. */
static void
enter_stops (LyktaSyncJob *self, const char *id)
{
  LyktaSyncStops *stops = self->own_setup.stops;
  GCancellable *cancellable = g_cancellable_new ();

  self->run_cancel =
      self->own_setup.cancellable != NULL ? g_object_ref (self->own_setup.cancellable) : NULL;
  self->own_setup.cancellable = cancellable;
  if (self->run_cancel != NULL)
    self->run_cancel_handler =
        g_cancellable_connect (self->run_cancel, G_CALLBACK (on_run_cancelled),
                               g_object_ref (cancellable), g_object_unref);
  if (stops != NULL) {
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&stops->lock);

    g_hash_table_replace (stops->table, g_strdup (id), g_object_ref (cancellable));
  }
}

static void
leave_stops (LyktaSyncJob *self)
{
  LyktaSyncStops *stops = self->own_setup.stops;

  if (stops != NULL) {
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&stops->lock);

    g_hash_table_remove (stops->table, lykta_source_get_id (self->source));
  }
  if (self->run_cancel_handler != 0)
    g_cancellable_disconnect (self->run_cancel, self->run_cancel_handler);
  g_clear_object (&self->run_cancel);
  g_clear_object (&self->own_setup.cancellable);
}

LyktaSyncJob *
lykta_sync_job_new (const LyktaSyncSetup *setup,
                    LyktaSource *source,
                    LyktaSourceState *state,
                    const char *const *languages,
                    LyktaSyncResult *result)
{
  LyktaSyncJob *self = g_new0 (LyktaSyncJob, 1);

  self->own_setup = *setup;
  self->setup = &self->own_setup;
  enter_stops (self, lykta_source_get_id (source));
  self->source = lykta_source_ref (source);
  self->state = lykta_source_state_copy (state);
  self->languages = languages;
  self->result = result;
  self->is_first = state->last_confirmed == 0;
  self->allowance = LYKTA_SYNC_NO_LIMIT;
  self->parts = g_array_new (FALSE, FALSE, sizeof (LyktaSyncPart));
  self->fingerprint = fingerprint_of (source, languages);
  self->knows_content = state->last_confirmed > 0 && state->content_hash != NULL &&
                        g_str_has_prefix (state->content_hash, self->fingerprint);
  return self;
}

void
lykta_sync_job_free (LyktaSyncJob *self)
{
  leave_stops (self);
  lykta_source_unref (self->source);
  lykta_source_state_free (self->state);
  lykta_fetch_result_clear (&self->fetched);
  g_array_unref (self->parts);
  g_clear_object (&self->spool);
  g_clear_pointer (&self->feed, lykta_sync_feed_free);
  g_clear_pointer (&self->dav, lykta_sync_dav_free);
  g_clear_error (&self->error);
  g_free (self->fingerprint);
  g_free (self->hash);
  g_free (self);
}

void
lykta_sync_job_announce (LyktaSyncJob *self, LyktaSyncState state, guint64 bytes)
{
  const LyktaSyncSetup *setup = self->setup;

  if (setup->announce != NULL)
    setup->announce (lykta_source_get_id (self->source), state, bytes, setup->announce_data);
}

/* ---- what it may cost ---- */

guint64
lykta_sync_job_max_wire (LyktaSyncJob *self)
{
  gint64 spent = (gint64)self->fetched.bytes_on_wire;

  if (self->allowance == LYKTA_SYNC_NO_LIMIT)
    return 0;
  return (guint64)MAX (self->allowance - spent, 1);
}

gboolean
lykta_sync_job_may_spend (LyktaSyncJob *self, guint64 bytes, guint n_files, GError **error)
{
  gint64 spent = (gint64)self->fetched.bytes_on_wire;
  gint64 more = (gint64)bytes + (gint64)n_files * LYKTA_SYNC_REQUEST_BYTES;

  if (self->allowance == LYKTA_SYNC_NO_LIMIT || spent + more <= self->allowance)
    return TRUE;
  /* The next time, the question has to be asked again. */
  self->needed = LYKTA_SYNC_CHECK_BYTES + more;
  g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_COSTLY,
               "%s has news of %" G_GINT64_FORMAT " bytes, and %" G_GINT64_FORMAT " may be spent",
               lykta_source_get_name (self->source), more, self->allowance - spent);
  return FALSE;
}

void
lykta_sync_job_note_cost (LyktaSyncJob *self, guint64 announced, const GError *error)
{
  if (!g_error_matches (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_COSTLY) || self->needed > 0)
    return;
  self->needed = MAX ((gint64)announced + LYKTA_SYNC_CHECK_BYTES, self->allowance + 1);
}
