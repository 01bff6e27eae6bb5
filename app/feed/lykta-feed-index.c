/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/lykta-feed-index.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-canonical-json.h"

#define FORMAT          "lykta-feed"
#define PART_PREFIX     "parts/"
#define PART_SUFFIX     ".zst"
#define HASH_DIGITS     64
#define MAX_LIST        256
#define MAX_NAME_CHARS  200
#define SIGNATURE_LINES 4

G_DEFINE_QUARK (lykta - feed - index - error - quark, lykta_feed_index_error)

static void
part_clear (LyktaFeedPart *part)
{
  g_clear_pointer (&part->path, g_free);
}

LyktaFeedStep *
lykta_feed_step_new (const char *from, const char *to)
{
  LyktaFeedStep *self = g_new0 (LyktaFeedStep, 1);

  self->from = g_strdup (from);
  self->to = g_strdup (to);
  return self;
}

void
lykta_feed_step_free (LyktaFeedStep *self)
{
  g_free (self->from);
  g_free (self->to);
  part_clear (&self->part);
  g_free (self);
}

LyktaFeedIndex *
lykta_feed_index_new (void)
{
  LyktaFeedIndex *self = g_new0 (LyktaFeedIndex, 1);

  self->mirrors = g_new0 (char *, 1);
  self->languages = g_new0 (char *, 1);
  self->packs = g_new0 (char *, 1);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_feed_step_free);
  return self;
}

void
lykta_feed_index_free (LyktaFeedIndex *self)
{
  g_free (self->feed);
  g_free (self->name);
  g_strfreev (self->mirrors);
  g_free (self->pack);
  g_strfreev (self->languages);
  g_strfreev (self->packs);
  g_free (self->state);
  g_free (self->snapshot_state);
  part_clear (&self->snapshot);
  g_ptr_array_unref (self->steps);
  g_free (self);
}

gboolean
lykta_feed_index_is_pack (const char *name)
{
  gsize n = strlen (name);

  if (n == 0 || n > 32)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isalnum (name[i]) && name[i] != '-')
      return FALSE;
  return TRUE;
}

/* ---- parts ---- */

char *
lykta_feed_part_path (GBytes *file)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);

  return g_strconcat (PART_PREFIX, hash, PART_SUFFIX, NULL);
}

gboolean
lykta_feed_part_is (const LyktaFeedPart *part, GBytes *file)
{
  g_autofree char *path = NULL;

  if (g_bytes_get_size (file) != part->bytes)
    return FALSE;
  path = lykta_feed_part_path (file);
  return g_str_equal (path, part->path);
}

/* ---- writing ---- */

static void
add_strings (JsonObject *object, const char *name, const char *const *values)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; values[i] != NULL; i++)
    json_array_add_string_element (array, values[i]);
  json_object_set_array_member (object, name, array);
}

static void
add_moment (JsonObject *object, const char *name, gint64 moment)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (moment);
  g_autofree char *text =
      time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");

  json_object_set_string_member (object, name, text);
}

static JsonObject *
part_to_json (const LyktaFeedPart *part)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "path", part->path);
  json_object_set_int_member (object, "bytes", (gint64)part->bytes);
  json_object_set_int_member (object, "raw", (gint64)part->raw);
  return object;
}

static void
add_pack (JsonObject *root, const LyktaFeedIndex *self)
{
  JsonObject *snapshot = part_to_json (&self->snapshot);
  JsonArray *deltas = json_array_new ();

  json_object_set_string_member (root, "pack", self->pack);
  add_strings (root, "languages", (const char *const *)self->languages);
  json_object_set_int_member (root, "records", self->n_records);
  json_object_set_string_member (root, "state", self->state);
  json_object_set_string_member (snapshot, "state", self->snapshot_state);
  json_object_set_object_member (root, "snapshot", snapshot);
  for (guint i = 0; i < self->steps->len; i++) {
    const LyktaFeedStep *step = self->steps->pdata[i];
    JsonObject *delta = part_to_json (&step->part);

    json_object_set_string_member (delta, "from", step->from);
    json_object_set_string_member (delta, "to", step->to);
    json_object_set_int_member (delta, "at", step->created);
    json_array_add_object_element (deltas, delta);
  }
  json_object_set_array_member (root, "deltas", deltas);
}

GBytes *
lykta_feed_index_write (const LyktaFeedIndex *self)
{
  g_autoptr (JsonObject) root = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), root);
  g_autofree char *rest = NULL;
  char *text;

  g_return_val_if_fail (self != NULL, NULL);

  json_object_set_string_member (root, "feed", self->feed);
  json_object_set_string_member (root, "name", self->name);
  json_object_set_int_member (root, "sequence", (gint64)self->sequence);
  add_moment (root, "created", self->created);
  add_moment (root, "expires", self->expires);
  add_strings (root, "mirrors", (const char *const *)self->mirrors);
  if (self->pack != NULL)
    add_pack (root, self);
  else
    add_strings (root, "packs", (const char *const *)self->packs);
  rest = lykta_canonical_json_write (node);
  /* What it is stands first, for whoever looks at a few bytes only. */
  text = g_strdup_printf ("{\"format\":\"" FORMAT "\",\"version\":%d,%s\n",
                          LYKTA_FEED_INDEX_VERSION, rest + 1);
  return g_bytes_new_take (text, strlen (text));
}

/* ---- reading ---- */

static gboolean
is_type (JsonNode *node, GType type)
{
  return node != NULL && json_node_get_value_type (node) == type;
}

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return is_type (node, G_TYPE_STRING) ? json_node_get_string (node) : NULL;
}

static gboolean
take_number (JsonObject *object, const char *name, guint64 *number)
{
  JsonNode *node = json_object_get_member (object, name);

  if (!is_type (node, G_TYPE_INT64) || json_node_get_int (node) < 0)
    return FALSE;
  *number = (guint64)json_node_get_int (node);
  return TRUE;
}

static gboolean
take_moment (JsonObject *object, const char *name, gint64 *moment)
{
  const char *text = get_string (object, name);
  g_autoptr (GDateTime) time = text != NULL && g_str_has_suffix (text, "Z")
                                   ? g_date_time_new_from_iso8601 (text, NULL)
                                   : NULL;

  if (time == NULL)
    return FALSE;
  *moment = g_date_time_to_unix (time);
  return TRUE;
}

static gboolean
take_strings (JsonObject *object, const char *name, GStrv *strings)
{
  JsonNode *node = json_object_get_member (object, name);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  if (json_array_get_length (array) > MAX_LIST)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);

    if (!is_type (element, G_TYPE_STRING))
      return FALSE;
    g_strv_builder_add (builder, json_node_get_string (element));
  }
  g_strfreev (*strings);
  *strings = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
is_hash (const char *text, gsize n)
{
  if (n != HASH_DIGITS)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (text[i]) && (text[i] < 'a' || text[i] > 'f'))
      return FALSE;
  return TRUE;
}

static gboolean
take_hash (JsonObject *object, const char *name, char **hash)
{
  const char *text = get_string (object, name);

  if (text == NULL || !is_hash (text, strlen (text)))
    return FALSE;
  *hash = g_strdup (text);
  return TRUE;
}

/* No path but those that begin in this folder and are named after a hash. */
static gboolean
take_part (JsonObject *object, LyktaFeedPart *part)
{
  const char *path = get_string (object, "path");

  if (path == NULL || !g_str_has_prefix (path, PART_PREFIX) ||
      !g_str_has_suffix (path, PART_SUFFIX) ||
      !is_hash (path + strlen (PART_PREFIX),
                strlen (path) - strlen (PART_PREFIX) - strlen (PART_SUFFIX)) ||
      !take_number (object, "bytes", &part->bytes) || !take_number (object, "raw", &part->raw) ||
      part->bytes > LYKTA_LIMIT_DOWNLOAD_BYTES || part->raw > LYKTA_LIMIT_FEED_BYTES)
    return FALSE;
  part->path = g_strdup (path);
  return TRUE;
}

static gboolean
take_steps (JsonObject *root, LyktaFeedIndex *self)
{
  JsonNode *node = json_object_get_member (root, "deltas");
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const char *before = NULL;

  if (array == NULL || json_array_get_length (array) > MAX_LIST)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    LyktaFeedStep *step = lykta_feed_step_new (NULL, NULL);
    JsonObject *delta;

    g_ptr_array_add (self->steps, step);
    if (!JSON_NODE_HOLDS_OBJECT (element))
      return FALSE;
    delta = json_node_get_object (element);
    if (!take_hash (delta, "from", &step->from) || !take_hash (delta, "to", &step->to) ||
        !take_part (delta, &step->part) || (before != NULL && !g_str_equal (before, step->from)))
      return FALSE;
    if (is_type (json_object_get_member (delta, "at"), G_TYPE_INT64))
      step->created = json_object_get_int_member (delta, "at");
    before = step->to;
  }
  return before == NULL || g_str_equal (before, self->state);
}

/* The snapshot is the present state, or one that a delta leads on from. */
static gboolean
is_reachable (const LyktaFeedIndex *self)
{
  if (g_str_equal (self->snapshot_state, self->state))
    return TRUE;
  for (guint i = 0; i < self->steps->len; i++)
    if (g_str_equal (((LyktaFeedStep *)self->steps->pdata[i])->from, self->snapshot_state))
      return TRUE;
  return FALSE;
}

static gboolean
take_pack (JsonObject *root, LyktaFeedIndex *self)
{
  JsonNode *snapshot = json_object_get_member (root, "snapshot");
  const char *pack = get_string (root, "pack");
  guint64 n_records;

  if (pack == NULL || !lykta_feed_index_is_pack (pack) ||
      !take_strings (root, "languages", &self->languages) ||
      !take_number (root, "records", &n_records) || n_records > LYKTA_LIMIT_COMPONENTS ||
      !take_hash (root, "state", &self->state) || snapshot == NULL ||
      !JSON_NODE_HOLDS_OBJECT (snapshot) ||
      !take_hash (json_node_get_object (snapshot), "state", &self->snapshot_state) ||
      !take_part (json_node_get_object (snapshot), &self->snapshot) || !take_steps (root, self))
    return FALSE;
  self->pack = g_strdup (pack);
  self->n_records = (guint)n_records;
  return is_reachable (self);
}

static gboolean
take_root (JsonObject *root, LyktaFeedIndex *self)
{
  const char *feed = get_string (root, "feed");
  const char *name = get_string (root, "name");

  if (feed == NULL || !lykta_feed_index_is_pack (feed) || name == NULL ||
      g_utf8_strlen (name, -1) > MAX_NAME_CHARS ||
      !take_number (root, "sequence", &self->sequence) || self->sequence == 0 ||
      !take_moment (root, "created", &self->created) ||
      !take_moment (root, "expires", &self->expires) ||
      !take_strings (root, "mirrors", &self->mirrors))
    return FALSE;
  self->feed = g_strdup (feed);
  self->name = g_strdup (name);
  if (json_object_has_member (root, "pack"))
    return take_pack (root, self);
  if (!take_strings (root, "packs", &self->packs))
    return FALSE;
  for (gsize i = 0; self->packs[i] != NULL; i++)
    if (!lykta_feed_index_is_pack (self->packs[i]))
      return FALSE;
  return TRUE;
}

LyktaFeedIndex *
lykta_feed_index_parse (GBytes *json, GError **error)
{
  g_autoptr (LyktaFeedIndex) self = lykta_feed_index_new ();
  g_autoptr (JsonNode) node = NULL;
  gsize n;
  const char *text = g_bytes_get_data (json, &n);
  JsonObject *root;
  guint64 version;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (n <= LYKTA_FEED_INDEX_MAX_BYTES)
    node = lykta_canonical_json_parse (text, (gssize)n, NULL);
  root = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (root == NULL || g_strcmp0 (get_string (root, "format"), FORMAT) != 0 ||
      !take_number (root, "version", &version)) {
    g_set_error_literal (error, LYKTA_FEED_INDEX_ERROR, LYKTA_FEED_INDEX_ERROR_INVALID,
                         "this is no index of a Lykta feed");
    return NULL;
  }
  if (version != LYKTA_FEED_INDEX_VERSION) {
    g_set_error (error, LYKTA_FEED_INDEX_ERROR, LYKTA_FEED_INDEX_ERROR_VERSION,
                 "the feed is of version %" G_GUINT64_FORMAT ", which only a later Lykta reads",
                 version);
    return NULL;
  }
  if (!take_root (root, self)) {
    g_set_error_literal (error, LYKTA_FEED_INDEX_ERROR, LYKTA_FEED_INDEX_ERROR_INVALID,
                         "the index of the feed does not say all it must");
    return NULL;
  }
  return g_steal_pointer (&self);
}

/* ---- signature and page ---- */

GBytes *
lykta_feed_index_seal (GBytes *json, const char *signature)
{
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, (const guint8 *)signature, (guint)strlen (signature));
  g_byte_array_append (all, g_bytes_get_data (json, NULL), (guint)g_bytes_get_size (json));
  return g_byte_array_free_to_bytes (all);
}

LyktaFeedIndex *
lykta_feed_index_open (GBytes *sealed, LyktaVerifyingKey *key, GBytes **json, GError **error)
{
  gsize n;
  const char *text = g_bytes_get_data (sealed, &n);
  const char *page = text;
  g_autofree char *signature = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) foreign = NULL;

  g_return_val_if_fail (key != NULL, NULL);

  for (guint i = 0; i < SIGNATURE_LINES && page != NULL; i++) {
    page = n > 0 ? memchr (page, '\n', n - (gsize)(page - text)) : NULL;
    page = page != NULL ? page + 1 : NULL;
  }
  if (page == NULL || memchr (text, '\0', (gsize)(page - text)) != NULL) {
    g_set_error_literal (error, LYKTA_FEED_INDEX_ERROR, LYKTA_FEED_INDEX_ERROR_SIGNATURE,
                         "the index of the feed is not signed");
    return NULL;
  }
  signature = g_strndup (text, (gsize)(page - text));
  body = g_bytes_new_from_bytes (sealed, (gsize)(page - text), n - (gsize)(page - text));
  if (!lykta_verifying_key_verify (key, body, signature, NULL, &foreign)) {
    g_set_error (error, LYKTA_FEED_INDEX_ERROR, LYKTA_FEED_INDEX_ERROR_SIGNATURE,
                 "the index of the feed is not to be trusted: %s", foreign->message);
    return NULL;
  }
  if (json != NULL)
    *json = g_bytes_ref (body);
  return lykta_feed_index_parse (body, error);
}

gboolean
lykta_feed_index_check (const LyktaFeedIndex *self,
                        const char *pack,
                        guint64 highest,
                        GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (g_strcmp0 (self->pack, pack) != 0) {
    g_set_error (error, LYKTA_FEED_INDEX_ERROR, LYKTA_FEED_INDEX_ERROR_INVALID,
                 "the index is that of the pack “%s”, not “%s”",
                 self->pack != NULL ? self->pack : "", pack != NULL ? pack : "");
    return FALSE;
  }
  if (self->sequence >= highest)
    return TRUE;
  g_set_error (error, LYKTA_FEED_INDEX_ERROR, LYKTA_FEED_INDEX_ERROR_ROLLBACK,
               "the index is number %" G_GUINT64_FORMAT ", and %" G_GUINT64_FORMAT
               " was accepted before",
               self->sequence, highest);
  return FALSE;
}

gboolean
lykta_feed_index_is_expired (const LyktaFeedIndex *self, gint64 now)
{
  return now >= self->expires;
}

/* ---- which way ---- */

/* Bytes from @state on, and where that is in the list; FALSE when no delta begins there. */
static gboolean
way_from (const LyktaFeedIndex *self, const char *state, guint *first, guint64 *bytes)
{
  *bytes = 0;
  *first = self->steps->len;
  if (g_strcmp0 (state, self->state) == 0)
    return TRUE;
  while (*first > 0) {
    const LyktaFeedStep *step = self->steps->pdata[--*first];

    *bytes += step->part.bytes;
    if (g_strcmp0 (step->from, state) == 0)
      return TRUE;
  }
  return FALSE;
}

GPtrArray *
lykta_feed_index_plan (const LyktaFeedIndex *self, const char *state, gboolean *has_snapshot)
{
  GPtrArray *parts = g_ptr_array_new ();
  guint64 bytes;
  guint64 snapshot_bytes;
  guint first;
  guint first_after_snapshot;
  gboolean has_way;

  g_return_val_if_fail (self != NULL && self->state != NULL, NULL);

  has_way = state != NULL && way_from (self, state, &first, &bytes);
  way_from (self, self->snapshot_state, &first_after_snapshot, &snapshot_bytes);
  snapshot_bytes += self->snapshot.bytes;
  *has_snapshot = !has_way || bytes > snapshot_bytes;
  if (*has_snapshot) {
    g_ptr_array_add (parts, (gpointer)&self->snapshot);
    first = first_after_snapshot;
  }
  for (guint i = first; i < self->steps->len; i++)
    g_ptr_array_add (parts, &((LyktaFeedStep *)self->steps->pdata[i])->part);
  return parts;
}
