/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-json-index.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-feed.h"
#include "feed/lykta-ical-lines.h"

#define BLOCK_BYTES (64 * 1024)

static void
on_piece (const LyktaJsonPiece *piece, gpointer user_data)
{
  LyktaJsonIndex *self = user_data;
  LyktaJsonEntry entry = {
      .offset = piece->offset,
      .length = (guint32)MIN (piece->length, G_MAXUINT32),
      .line = piece->line,
      .order = self->entries->len,
      .first = self->entries->len,
      .first_hole = self->holes->len,
      .n_holes = (guint16)piece->n_holes,
      .flaw = (guint8)piece->flaw,
      .is_root = piece->is_root != FALSE,
  };

  g_array_append_vals (self->holes, piece->holes, piece->n_holes);
  g_array_append_val (self->entries, entry);
}

static void
index_reset (LyktaJsonIndex *self)
{
  g_array_set_size (self->entries, 0);
  g_array_set_size (self->holes, 0);
  self->n_lists = 0;
}

static gboolean
rewind_source (LyktaJsonIndex *self, GCancellable *cancellable, GError **error)
{
  GInputStream *stream = lykta_ical_source_get_stream (self->source);

  return g_seekable_seek (G_SEEKABLE (stream), lykta_ical_source_get_base (self->source),
                          G_SEEK_SET, cancellable, error);
}

/* Goes through the whole stream once. */
static gboolean
split_stream (LyktaJsonIndex *self,
              gboolean is_lined,
              gboolean *was_lined,
              LyktaFeedReport *report,
              GCancellable *cancellable,
              GError **error)
{
  GInputStream *stream = lykta_ical_source_get_stream (self->source);
  g_autoptr (LyktaJsonSplitter) splitter =
      lykta_json_splitter_new (0, 1, FALSE, is_lined, on_piece, self);
  g_autofree char *block = g_malloc (BLOCK_BYTES);
  guint64 total = 0;
  gsize n = 0;

  do {
    gsize skip;

    if (!g_input_stream_read_all (stream, block, BLOCK_BYTES, &n, cancellable, error))
      return FALSE;
    if (total + n > LYKTA_LIMIT_FEED_BYTES) {
      g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_LIMIT, "the file is larger than %d MB",
                   LYKTA_LIMIT_FEED_BYTES / (1024 * 1024));
      return FALSE;
    }
    skip = total == 0 && n >= 3 && memcmp (block, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    if (skip > 0)
      memset (block, ' ', skip);
    total += n;
    if (!lykta_json_splitter_take (splitter, block, n, error))
      return FALSE;
  } while (n > 0);
  *was_lined = lykta_json_splitter_is_lined (splitter);
  self->n_lists = lykta_json_splitter_get_n_lists (splitter);
  if (!lykta_json_splitter_end (splitter, error))
    return FALSE;
  if (lykta_json_splitter_has_rest (splitter))
    lykta_feed_report_add (report, LYKTA_FEED_WARNING, "rest", 0, NULL,
                           "Something stands behind the JSON and was left out.");
  return TRUE;
}

/* A file of lines whose first line is broken looks like a file that is broken: then it is tried as
 * lines, and believed when at least half of them are sound. */
static gboolean
index_json (LyktaJsonIndex *self,
            LyktaFeedReport *report,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GError) first = NULL;
  gboolean was_lined = FALSE;
  guint n_broken = 0;

  if (split_stream (self, FALSE, &was_lined, report, cancellable, &first))
    return TRUE;
  if (first->domain == LYKTA_FEED_ERROR && first->code != LYKTA_FEED_ERROR_LIMIT && !was_lined) {
    index_reset (self);
    if (!rewind_source (self, cancellable, error))
      return FALSE;
    if (split_stream (self, TRUE, &was_lined, report, cancellable, NULL)) {
      for (guint i = 0; i < self->entries->len; i++)
        n_broken += g_array_index (self->entries, LyktaJsonEntry, i).flaw == LYKTA_JSON_BROKEN;
      if (self->entries->len > 1 && n_broken * 2 <= self->entries->len)
        return TRUE;
    }
  }
  index_reset (self);
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

/* ---- web pages ---- */

static const char *
find_no_case (const char *from, const char *end, const char *what)
{
  gsize n = strlen (what);

  for (; from + n <= end; from++) {
    from = memchr (from, what[0], (gsize)(end - from));
    if (from == NULL || from + n > end)
      return NULL;
    if (g_ascii_strncasecmp (from, what, n) == 0)
      return from;
  }
  return NULL;
}

/* Leaves out what hides a script from the browsers of the last century. */
static const char *
skip_wrapping (const char *from, const char *end)
{
  static const char *const wrappings[] = {"<!--", "<![CDATA[", "//<![CDATA[", "/*<![CDATA[*/"};

  for (guint i = 0; i < G_N_ELEMENTS (wrappings); i++) {
    gsize n = strlen (wrappings[i]);

    while (from < end && g_ascii_isspace (*from))
      from++;
    if (from + n <= end && strncmp (from, wrappings[i], n) == 0)
      return from + n;
  }
  return from;
}

static void
split_script (LyktaJsonIndex *self,
              const char *page,
              const char *from,
              const char *end,
              guint line,
              LyktaFeedReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaJsonSplitter) splitter = NULL;
  const char *start = skip_wrapping (from, end);

  for (const char *p = from; p < start; p++)
    line += *p == '\n';
  splitter = lykta_json_splitter_new ((guint64)(start - page), line, TRUE, FALSE, on_piece, self);
  self->n_scripts++;
  if (!lykta_json_splitter_take (splitter, start, (gsize)(end - start), &error) ||
      !lykta_json_splitter_end (splitter, &error))
    lykta_feed_report_add_printf (report, LYKTA_FEED_QUARANTINED, "bad-script", line, NULL,
                                  "A script with JSON-LD cannot be read to its end: %s.",
                                  error->message);
  self->n_lists += lykta_json_splitter_get_n_lists (splitter);
}

static void
split_page (LyktaJsonIndex *self, const char *page, gsize n, LyktaFeedReport *report)
{
  const char *end = page + n;
  const char *p = page;
  const char *counted = page;
  guint line = 1;

  while ((p = find_no_case (p, end, "<script")) != NULL) {
    const char *tag_end = memchr (p, '>', (gsize)(end - p));
    const char *script_end = tag_end != NULL ? find_no_case (tag_end, end, "</script") : NULL;

    if (tag_end == NULL)
      return;
    if (script_end == NULL)
      script_end = end;
    for (; counted < tag_end; counted++)
      line += *counted == '\n';
    if (find_no_case (p, tag_end, "application/ld+json") != NULL)
      split_script (self, page, tag_end + 1, script_end, line, report);
    p = script_end;
  }
}

/* A page is small enough to be held whole. */
static gboolean
index_html (LyktaJsonIndex *self,
            LyktaFeedReport *report,
            GCancellable *cancellable,
            GError **error)
{
  GInputStream *stream = lykta_ical_source_get_stream (self->source);
  g_autofree char *page = g_malloc (LYKTA_LIMIT_HTML_BYTES + 1);
  gsize n = 0;

  self->is_html = TRUE;
  if (!g_input_stream_read_all (stream, page, LYKTA_LIMIT_HTML_BYTES + 1, &n, cancellable, error))
    return FALSE;
  if (n > LYKTA_LIMIT_HTML_BYTES) {
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_LIMIT, "the page is larger than %d MB",
                 LYKTA_LIMIT_HTML_BYTES / (1024 * 1024));
    return FALSE;
  }
  split_page (self, page, n, report);
  if (self->n_scripts > 0)
    return TRUE;
  g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_NOT_A_CALENDAR,
                       "this is a web page without events in it (JSON-LD)");
  return FALSE;
}

/* ---- which belong together ---- */

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  const LyktaJsonEntry *x = a;
  const LyktaJsonEntry *y = b;

  if (x->first != y->first)
    return x->first < y->first ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

static gboolean
find_keys (LyktaJsonIndex *self,
           LyktaJsonKeyFunc key_func,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GHashTable) firsts = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GString) json = g_string_new (NULL);

  for (guint i = 0; i < self->entries->len; i++) {
    LyktaJsonEntry *entry = &g_array_index (self->entries, LyktaJsonEntry, i);
    const LyktaJsonEntry *first;

    if (entry->flaw != LYKTA_JSON_SOUND)
      continue;
    if (!lykta_json_index_load (self, entry, json, cancellable, error))
      return FALSE;
    key_func (json->str, json->len, &entry->key, &entry->id);
    if (entry->key == 0)
      continue;
    first = g_hash_table_lookup (firsts, &entry->key);
    if (first != NULL)
      entry->first = first->order;
    else
      g_hash_table_insert (firsts, &entry->key, entry);
  }
  return TRUE;
}

static void
sort_entries (LyktaJsonIndex *self)
{
  gboolean is_sorted = TRUE;

  for (guint i = 0; i < self->entries->len && is_sorted; i++)
    is_sorted = g_array_index (self->entries, LyktaJsonEntry, i).first == i;
  if (!is_sorted)
    g_array_sort (self->entries, compare_entries);
  for (guint i = 0; i < self->entries->len; i++) {
    LyktaJsonEntry *entry = &g_array_index (self->entries, LyktaJsonEntry, i);

    if (entry->id != 0 && !g_hash_table_contains (self->ids, &entry->id))
      g_hash_table_insert (self->ids, &entry->id, GUINT_TO_POINTER (i + 1));
  }
}

static gboolean
looks_like_html (LyktaJsonIndex *self, GCancellable *cancellable, GError **error, gboolean *is_html)
{
  GInputStream *stream = lykta_ical_source_get_stream (self->source);
  guint8 head[512];
  gsize n = 0;
  gsize i = 0;

  if (!g_input_stream_read_all (stream, head, sizeof head, &n, cancellable, error))
    return FALSE;
  if (n >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    i = 3;
  while (i < n && g_ascii_isspace (head[i]))
    i++;
  *is_html = i < n && head[i] == '<';
  return rewind_source (self, cancellable, error);
}

static gboolean
index_fill (LyktaJsonIndex *self,
            LyktaJsonKeyFunc key_func,
            LyktaFeedReport *report,
            GCancellable *cancellable,
            GError **error)
{
  gboolean is_html = FALSE;

  if (!looks_like_html (self, cancellable, error, &is_html) ||
      !(is_html ? index_html (self, report, cancellable, error)
                : index_json (self, report, cancellable, error)) ||
      !find_keys (self, key_func, cancellable, error))
    return FALSE;
  sort_entries (self);
  return TRUE;
}

LyktaJsonIndex *
lykta_json_index_new (LyktaIcalSource *source,
                      LyktaJsonKeyFunc key_func,
                      LyktaFeedReport *report,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (LyktaJsonIndex) self = g_new0 (LyktaJsonIndex, 1);
  g_autoptr (GError) own = NULL;

  g_return_val_if_fail (source != NULL && key_func != NULL, NULL);
  self->source = source;
  self->entries = g_array_new (FALSE, FALSE, sizeof (LyktaJsonEntry));
  self->holes = g_array_new (FALSE, FALSE, sizeof (LyktaJsonHole));
  self->ids = g_hash_table_new (g_int64_hash, g_int64_equal);
  if (index_fill (self, key_func, report, cancellable, &own))
    return g_steal_pointer (&self);
  if (own->domain == LYKTA_FEED_ERROR) {
    static const char *const codes[] = {
        [LYKTA_FEED_ERROR_NOT_A_CALENDAR] = "not-a-calendar",
        [LYKTA_FEED_ERROR_TRUNCATED] = "truncated",
        [LYKTA_FEED_ERROR_LIMIT] = "limit",
        [LYKTA_FEED_ERROR_UNSUPPORTED] = "unsupported",
        [LYKTA_FEED_ERROR_INVALID] = "bad-json",
        [LYKTA_FEED_ERROR_IO] = "read-error",
    };
    lykta_feed_report_add (report, LYKTA_FEED_FATAL, codes[own->code], 0, NULL, own->message);
  }
  g_propagate_error (error, g_steal_pointer (&own));
  return NULL;
}

void
lykta_json_index_free (LyktaJsonIndex *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->ids);
  g_array_unref (self->entries);
  g_array_unref (self->holes);
  g_free (self);
}
