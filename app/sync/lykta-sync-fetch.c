/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-feed.h"
#include "feed/lykta-jsonld.h"
#include "sync/lykta-source-address.h"
#include "sync/lykta-sync-dav-private.h"
#include "sync/lykta-sync-feed-private.h"
#include "sync/lykta-sync-job-private.h"
#include "text/lykta-language.h"

#define ACCEPT                                                                   \
  "text/calendar, application/ld+json, application/json, application/x-ndjson, " \
  "application/octet-stream;q=0.5, text/html;q=0.2, */*;q=0.1"
#define HEAD_BYTES 1024

/* One language of a source, or the only address that it has. */
typedef struct {
  const char *language; /* interned, (nullable) */
  char *address;        /* (owned) */
  char *etag;           /* (owned) (nullable) of what one has, afterwards of what came */
  gboolean is_unchanged;
  gboolean is_missing;
  gboolean was_known; /* came with the last refresh */
  guint n_pages;
} Variant;

static void
variant_free (gpointer data)
{
  Variant *variant = data;

  g_free (variant->address);
  g_free (variant->etag);
  g_free (variant);
}

static gboolean
sniff_calendar (const guint8 *head, gsize n, gpointer user_data)
{
  LyktaSyncJob *self = user_data;

  /* Somebody has said that it is a page with events in it. */
  return lykta_source_get_format (self->source) == LYKTA_FORMAT_JSONLD ||
         lykta_feed_sniff (head, n) != LYKTA_FORMAT_AUTO;
}

static void
on_fetch_progress (guint64 received, guint64 expected, gpointer user_data)
{
  LyktaSyncJob *self = user_data;

  lykta_sync_job_announce (self, LYKTA_SYNC_STATE_FETCHING, self->fetched.n_bytes + received);
}

static void
add_part (LyktaSyncJob *self, guint64 start, guint64 end, const Variant *variant, guint order)
{
  LyktaSyncPart part = {start, end, variant->language, order};

  g_array_append_val (self->parts, part);
}

/* The fetcher bounds one answer; two hundred pages of that would hold up everything for a day. */
static gboolean
check_time (LyktaSyncJob *self, const char *address)
{
  gint64 elapsed = lykta_clock_monotonic (self->setup->clock) - self->began;

  if (elapsed <= LYKTA_LIMIT_DOWNLOAD_SECONDS * G_USEC_PER_SEC)
    return TRUE;
  g_set_error (&self->error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TIMEOUT,
               "after %d seconds the page %s had not been reached", LYKTA_LIMIT_DOWNLOAD_SECONDS,
               address);
  return FALSE;
}

/* Fetches @address behind what the spool already holds. */
static gboolean
fetch_address (LyktaSyncJob *self,
               const char *address,
               const char *etag,
               const char *last_modified,
               LyktaFetchResult *result)
{
  LyktaFetchRequest request = {
      .address = address,
      .accept = ACCEPT,
      .etag = etag,
      .last_modified = last_modified,
      .max_bytes = MAX (LYKTA_LIMIT_DOWNLOAD_BYTES - (gint64)self->fetched.n_bytes, 1),
      .max_wire = lykta_sync_job_max_wire (self),
      .method = (self->setup->flags & LYKTA_SYNC_PRICE) != 0 ? "HEAD" : NULL,
      .sniff = sniff_calendar,
      .progress = on_fetch_progress,
      .user_data = self,
  };
  gboolean is_ok =
      check_time (self, address) &&
      lykta_fetcher_fetch (self->setup->fetcher, &request, G_OUTPUT_STREAM (self->spool),
                           self->setup->cancellable, result, &self->error);

  self->fetched.bytes_on_wire += result->bytes_on_wire;
  self->fetched.bytes_sent += result->bytes_sent;
  lykta_sync_job_note_cost (self, result->n_announced, self->error);
  return is_ok;
}

/* Where the page after the one at [@start, @end) is, as it is written. (transfer full) (nullable)
 */
static char *
find_next (LyktaSyncJob *self, const LyktaFetchResult *result, guint64 start, guint64 end)
{
  g_autoptr (GInputStream) stream = NULL;
  guint8 head[HEAD_BYTES];
  gsize n = 0;

  if (result->next_address != NULL)
    return g_strdup (result->next_address);
  if (result->part_ends != NULL)
    return NULL;
  stream = lykta_sync_spool_open_part (self->spool, start, end);
  if (!g_input_stream_read_all (stream, head, sizeof head, &n, NULL, NULL) ||
      !g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, NULL, NULL))
    return NULL;
  if (lykta_source_get_format (self->source) != LYKTA_FORMAT_JSONLD &&
      lykta_feed_sniff (head, n) != LYKTA_FORMAT_JSONLD)
    return NULL;
  return lykta_jsonld_find_next_page (stream, self->setup->cancellable);
}

/* The whole address of the next page. A page elsewhere is no page of this calendar: half a calendar
 * would be worse than none, so it is an error. (transfer full) */
static char *
resolve_next (const char *base, const char *next, GError **error)
{
  GUriFlags flags = G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE;
  g_autoptr (GUri) from = g_uri_parse (base, flags, NULL);
  g_autoptr (GUri) to = from != NULL ? g_uri_parse_relative (from, next, flags, NULL) : NULL;

  if (to != NULL && g_str_equal (g_uri_get_scheme (from), g_uri_get_scheme (to)) &&
      g_strcmp0 (g_uri_get_host (from), g_uri_get_host (to)) == 0 &&
      g_uri_get_port (from) == g_uri_get_port (to) && g_uri_get_userinfo (to) == NULL)
    return g_uri_to_string (to);
  g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_REDIRECT,
               "the next page after %s is said to be elsewhere, at %.200s", base, next);
  return NULL;
}

static void
add_result_parts (LyktaSyncJob *self,
                  const LyktaFetchResult *result,
                  const Variant *variant,
                  guint order)
{
  guint64 start = self->fetched.n_bytes;
  guint64 end = start + result->n_bytes;

  if (result->part_ends == NULL) {
    add_part (self, start, end, variant, order);
    return;
  }
  self->is_folder = TRUE;
  for (guint i = 0; i < result->part_ends->len; i++) {
    guint64 part_end = self->fetched.n_bytes + g_array_index (result->part_ends, guint64, i);

    add_part (self, start, part_end, variant, order);
    start = part_end;
  }
}

/* The address of the page after this one. NULL when it was the last, or with self->error set. */
static char *
take_page (LyktaSyncJob *self,
           Variant *variant,
           const LyktaFetchResult *result,
           GHashTable *visited,
           guint order)
{
  guint64 start = self->fetched.n_bytes;
  guint64 end = start + result->n_bytes;
  g_autofree char *next = NULL;
  g_autofree char *address = NULL;

  add_result_parts (self, result, variant, order);
  self->fetched.n_bytes = end;
  variant->n_pages++;
  next = find_next (self, result, start, end);
  if (next == NULL || lykta_source_address_is_local (variant->address))
    return NULL;
  address = resolve_next (result->final_address, next, &self->error);
  if (address == NULL)
    return NULL;
  /* Some servers call the last page its own next. */
  if (!g_hash_table_add (visited, g_strdup (address)))
    return NULL;
  if (g_hash_table_size (visited) > LYKTA_LIMIT_PAGES) {
    g_set_error (&self->error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TOO_LARGE,
                 "%s has more than %d pages", variant->address, LYKTA_LIMIT_PAGES);
    return NULL;
  }
  return g_steal_pointer (&address);
}

/* All pages of one variant. FALSE with self->error. */
static gboolean
fetch_variant (LyktaSyncJob *self, Variant *variant, gboolean is_conditional, guint order)
{
  g_autoptr (GHashTable) visited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *address = g_strdup (variant->address);
  const char *etag = is_conditional ? variant->etag : NULL;
  const char *last_modified =
      is_conditional && variant->language == NULL ? self->state->last_modified : NULL;

  variant->is_unchanged = FALSE;
  g_hash_table_add (visited, g_strdup (address));
  while (address != NULL) {
    g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
    char *next;

    if (!fetch_address (self, address, etag, last_modified, &result))
      return FALSE;
    if (result.status == LYKTA_FETCH_NOT_MODIFIED) {
      variant->is_unchanged = TRUE;
      return TRUE;
    }
    if (variant->n_pages == 0) {
      g_free (variant->etag);
      variant->etag = g_steal_pointer (&result.etag);
      if (variant->language == NULL)
        self->fetched.last_modified = g_steal_pointer (&result.last_modified);
    }
    next = take_page (self, variant, &result, visited, order);
    if (self->error != NULL)
      return FALSE;
    g_free (address);
    address = next;
    etag = last_modified = NULL;
  }
  return TRUE;
}

/* ---- one address ---- */

static void
fetch_single (LyktaSyncJob *self, gboolean is_conditional)
{
  Variant variant = {
      .address = g_strdup (lykta_source_get_address (self->source)),
      .etag = g_strdup (self->state->etag),
  };

  if (fetch_variant (self, &variant, is_conditional, 0)) {
    if (variant.is_unchanged)
      self->fetched.status = LYKTA_FETCH_NOT_MODIFIED;
    /* The first page may stay the same while the others change. */
    if (variant.n_pages == 1)
      self->fetched.etag = g_steal_pointer (&variant.etag);
    else
      g_clear_pointer (&self->fetched.last_modified, g_free);
  }
  g_free (variant.address);
  g_free (variant.etag);
}

/* ---- {lang} ---- */

/* What was kept of each language: lines "sv\t\"abc\"". (transfer full) (nullable) */
static char *
etag_of (const char *all, const char *language)
{
  g_auto (GStrv) lines = all != NULL ? g_strsplit (all, "\n", -1) : NULL;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++) {
    char *tab = strchr (lines[i], '\t');

    if (tab != NULL && (gsize)(tab - lines[i]) == strlen (language) &&
        strncmp (lines[i], language, strlen (language)) == 0)
      return g_strdup (tab + 1);
  }
  return NULL;
}

static char *
join_etags (GPtrArray *variants)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < variants->len; i++) {
    Variant *variant = g_ptr_array_index (variants, i);

    if (variant->is_missing)
      continue;
    if (variant->n_pages > 1 || variant->etag == NULL || strpbrk (variant->etag, "\t\n") != NULL)
      return NULL;
    g_string_append_printf (all, "%s\t%s\n", variant->language, variant->etag);
  }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* A language that the publisher does not have is left out, not a failure. */
static gboolean
forgive_missing (LyktaSyncJob *self, Variant *variant, GError **first)
{
  if (!g_error_matches (self->error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_NOT_FOUND) ||
      variant->n_pages > 0)
    return FALSE;
  variant->is_missing = TRUE;
  if (*first == NULL)
    *first = g_steal_pointer (&self->error);
  g_clear_error (&self->error);
  return TRUE;
}

static gint
compare_parts (gconstpointer a, gconstpointer b)
{
  const LyktaSyncPart *x = a;
  const LyktaSyncPart *y = b;

  if (x->order != y->order)
    return x->order < y->order ? -1 : 1;
  return x->start < y->start ? -1 : x->start > y->start;
}

/* Asks for each language; as long as none has changed, only whether it has. @n_kept: of how many
 * the body is still needed. FALSE with self->error. */
static gboolean
fetch_first_round (LyktaSyncJob *self, GPtrArray *variants, gboolean is_conditional, guint *n_kept)
{
  g_autoptr (GError) first = NULL;
  gboolean has_changed = FALSE;
  guint n_found = 0;

  *n_kept = 0;
  for (guint i = 0; i < variants->len; i++) {
    Variant *variant = g_ptr_array_index (variants, i);

    if (!fetch_variant (self, variant, is_conditional && !has_changed, i) &&
        !forgive_missing (self, variant, &first))
      return FALSE;
    n_found += !variant->is_missing;
    *n_kept += variant->is_unchanged;
    has_changed |= variant->is_missing ? variant->was_known : !variant->is_unchanged;
  }
  if (n_found == 0) {
    self->error = g_steal_pointer (&first);
    return FALSE;
  }
  if (!has_changed)
    self->fetched.status = LYKTA_FETCH_NOT_MODIFIED;
  return TRUE;
}

static void
fetch_languages (LyktaSyncJob *self, gboolean is_conditional)
{
  g_autoptr (GPtrArray) variants = g_ptr_array_new_with_free_func (variant_free);
  guint n_kept;

  for (guint i = 0; self->languages[i] != NULL; i++) {
    Variant *variant = g_new0 (Variant, 1);

    variant->language = g_intern_string (self->languages[i]);
    variant->address = lykta_source_address_for_language (lykta_source_get_address (self->source),
                                                          variant->language);
    variant->etag = etag_of (self->state->etag, variant->language);
    variant->was_known = variant->etag != NULL;
    g_ptr_array_add (variants, variant);
  }
  if (!fetch_first_round (self, variants, is_conditional, &n_kept) ||
      self->fetched.status == LYKTA_FETCH_NOT_MODIFIED)
    return;
  for (guint i = 0; i < variants->len && n_kept > 0; i++) {
    Variant *variant = g_ptr_array_index (variants, i);

    if (variant->is_unchanged && !fetch_variant (self, variant, FALSE, i))
      return;
  }
  g_array_sort (self->parts, compare_parts);
  self->fetched.etag = join_etags (variants);
}

void
lykta_sync_job_fetch (LyktaSyncJob *self)
{
  gboolean is_conditional = self->knows_content && (self->setup->flags & LYKTA_SYNC_FORCE) == 0;

  if (self->feed != NULL) {
    lykta_sync_feed_fetch (self);
    return;
  }
  self->began = lykta_clock_monotonic (self->setup->clock);
  lykta_sync_job_announce (self, LYKTA_SYNC_STATE_FETCHING, 0);
  self->dav = lykta_sync_dav_new (self->source);
  if (self->dav != NULL) {
    lykta_sync_dav_fetch (self);
    return;
  }
  self->feed = lykta_sync_feed_new (self->setup, self->source, &self->error);
  if (self->error != NULL)
    return;
  if (self->feed != NULL) {
    lykta_sync_feed_fetch (self);
    return;
  }
  self->spool = lykta_sync_spool_new (self->setup->spool_dir, &self->error);
  if (self->spool == NULL)
    return;
  if (lykta_source_address_has_language (lykta_source_get_address (self->source)))
    fetch_languages (self, is_conditional);
  else
    fetch_single (self, is_conditional);
  if (self->error == NULL)
    self->hash = lykta_sync_spool_finish (self->spool);
}
