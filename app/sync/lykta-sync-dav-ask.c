/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "base/lykta-limits.h"
#include "sync/lykta-sync-dav-private.h"

#define STATUS_MULTI 207
#define URI_FLAGS    ((GUriFlags)(G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE))

static void
on_progress (guint64 received, guint64 expected, gpointer user_data)
{
  LyktaSyncJob *job = user_data;

  lykta_sync_job_announce (job, LYKTA_SYNC_STATE_FETCHING, job->fetched.n_bytes + received);
}

/* Nobody holds up everything for a day with a hundred answers, each within its bounds. */
static gboolean
check_time (LyktaSyncJob *job)
{
  gint64 elapsed = lykta_clock_monotonic (job->setup->clock) - job->began;

  if (elapsed <= LYKTA_LIMIT_DAV_SECONDS * G_USEC_PER_SEC)
    return TRUE;
  g_set_error (&job->error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TIMEOUT,
               "%s was not done after %d seconds", job->dav->address, LYKTA_LIMIT_DAV_SECONDS);
  return FALSE;
}

/* (transfer full) (nullable) */
static char *
resolve (LyktaSyncJob *job, const char *href)
{
  g_autoptr (GUri) base = g_uri_parse (job->dav->address, URI_FLAGS, NULL);
  g_autoptr (GUri) uri = base != NULL ? g_uri_parse_relative (base, href, URI_FLAGS, NULL) : NULL;
  g_autofree char *key = lykta_sync_dav_key (job->dav, href);

  if (uri != NULL && key != NULL)
    return g_uri_to_string (uri);
  g_set_error (&job->error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_REDIRECT,
               "%s says that its calendars are on another server, at %.200s: give that address",
               job->dav->address, href);
  return NULL;
}

static gboolean
read_answer (LyktaSyncJob *job,
             const LyktaDavQuestion *question,
             LyktaSyncSpool *spool,
             guint64 n_bytes,
             gboolean is_list,
             LyktaDavAnswer *answer)
{
  g_autoptr (GInputStream) stream = lykta_sync_spool_open_part (spool, 0, n_bytes);
  g_autoptr (GError) error = NULL;

  if (lykta_dav_read (stream, question->func, question->user_data, answer, job->setup->cancellable,
                      &error))
    return TRUE;
  /* What comes with an error status says more, or does not. */
  if (!is_list)
    return TRUE;
  job->error = g_steal_pointer (&error);
  return FALSE;
}

static gboolean
fetch (LyktaSyncJob *job,
       const LyktaDavQuestion *question,
       LyktaSyncSpool *spool,
       LyktaFetchResult *result)
{
  /* Only with one that has answered already: who is silent from the beginning is not there. */
  gboolean is_patient = question->is_slow && job->fetched.n_bytes > 0;
  const char *const headers[] = {"Depth", question->depth == 0 ? "0" : "1", NULL};
  g_autofree char *address = resolve (job, question->href);
  LyktaFetchRequest request = {
      .address = address,
      .method = question->method,
      .content = question->content,
      .content_type = "application/xml; charset=utf-8",
      .headers = headers,
      .login = job->dav->login,
      .takes_any_status = TRUE,
      .response_seconds = is_patient ? LYKTA_LIMIT_DAV_RESPONSE_SECONDS : 0,
      .max_bytes = MAX (LYKTA_LIMIT_DOWNLOAD_BYTES - (gint64)job->fetched.n_bytes, 1),
      .max_wire = lykta_sync_job_max_wire (job),
      .progress = on_progress,
      .user_data = job,
  };
  gboolean is_well;

  if (address == NULL)
    return FALSE;
  is_well = lykta_fetcher_fetch (job->setup->fetcher, &request, G_OUTPUT_STREAM (spool),
                                 job->setup->cancellable, result, &job->error);
  job->fetched.bytes_on_wire += result->bytes_on_wire;
  job->fetched.bytes_sent += result->bytes_sent;
  job->fetched.n_bytes += is_well ? result->n_bytes : 0;
  lykta_sync_job_note_cost (job, result->n_announced, job->error);
  return is_well;
}

guint
lykta_sync_dav_ask (LyktaSyncJob *job,
                    const LyktaDavQuestion *question,
                    LyktaDavAnswer *answer,
                    char **final_key)
{
  g_autoptr (LyktaSyncSpool) spool = NULL;
  g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
  g_autofree char *key = NULL;
  gboolean is_list;

  if (!check_time (job))
    return 0;
  spool = lykta_sync_spool_new (job->setup->spool_dir, &job->error);
  if (spool == NULL || !fetch (job, question, spool, &result))
    return 0;
  key = lykta_sync_dav_key (job->dav, result.final_address);
  if (key == NULL) {
    g_set_error (&job->error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_REDIRECT,
                 "%s leads to another server, %s: give that address", job->dav->address,
                 result.final_address);
    return 0;
  }
  is_list = result.http_status == STATUS_MULTI;
  if ((is_list || result.http_status >= 400) &&
      !read_answer (job, question, spool, result.n_bytes, is_list, answer))
    return 0;
  if (final_key != NULL)
    *final_key = g_steal_pointer (&key);
  return result.http_status;
}

gboolean
lykta_sync_dav_refuse (LyktaSyncJob *job, const char *href, guint status)
{
  if (job->error != NULL)
    return FALSE;
  if (status >= 200 && status < 300)
    g_set_error (&job->error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_NOT_A_CALENDAR,
                 "%s is no calendar server: %s answered %u", job->dav->address, href, status);
  else
    g_set_error (&job->error, LYKTA_NET_ERROR,
                 status == 404 || status == 410 ? LYKTA_NET_ERROR_NOT_FOUND
                                                : LYKTA_NET_ERROR_STATUS,
                 "%s: %s answered %u", job->dav->address, href, status);
  return FALSE;
}
