/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/lykta-feed-index.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-canonical-json.h"
#include "feed/lykta-feed-catalogue.h"

#define FORMAT          "lykta-feed"
#define MAX_LIST        256
#define MAX_NAME_CHARS  200
#define SIGNATURE_LINES 4

G_DEFINE_QUARK (lykta - feed - index - error - quark, lykta_feed_index_error)

LyktaFeedIndex *
lykta_feed_index_new (void)
{
  LyktaFeedIndex *self = g_new0 (LyktaFeedIndex, 1);

  self->mirrors = g_new0 (char *, 1);
  self->packs = g_new0 (char *, 1);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_feed_step_free);
  self->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_feed_attachment_free);
  return self;
}

void
lykta_feed_index_free (LyktaFeedIndex *self)
{
  g_free (self->feed);
  g_free (self->name);
  g_strfreev (self->mirrors);
  g_free (self->pack);
  g_free (self->next_key);
  g_strfreev (self->packs);
  g_free (self->state);
  lykta_feed_part_clear (&self->catalogue);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->attachments);
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

static void
add_attachments (JsonObject *root, const LyktaFeedIndex *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->attachments->len; i++) {
    const LyktaFeedAttachment *attachment = self->attachments->pdata[i];
    JsonObject *object = lykta_feed_json_new_part (&attachment->part);

    json_object_set_string_member (object, "kind", attachment->kind);
    json_array_add_object_element (array, object);
  }
  json_object_set_array_member (root, "attachments", array);
}

static void
add_pack (JsonObject *root, const LyktaFeedIndex *self)
{
  if (self->attachments->len > 0)
    add_attachments (root, self);
  json_object_set_string_member (root, "pack", self->pack);
  json_object_set_int_member (root, "records", self->n_records);
  json_object_set_string_member (root, "state", self->state);
  json_object_set_object_member (root, "catalogue", lykta_feed_json_new_part (&self->catalogue));
  json_object_set_array_member (root, "deltas", lykta_feed_json_new_steps (self->steps, 0, TRUE));
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
  if (self->next_key != NULL)
    json_object_set_string_member (root, "next-key", self->next_key);
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
take_moment (JsonObject *object, const char *name, gint64 *moment)
{
  const char *text = lykta_feed_json_get_string (object, name);
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

    if (json_node_get_value_type (element) != G_TYPE_STRING)
      return FALSE;
    g_strv_builder_add (builder, json_node_get_string (element));
  }
  g_strfreev (*strings);
  *strings = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
take_attachment (JsonNode *node, LyktaFeedIndex *self)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *kind = object != NULL ? lykta_feed_json_get_string (object, "kind") : NULL;
  LyktaFeedPart part = {0};
  gboolean is_well = kind != NULL && lykta_feed_index_is_pack (kind) &&
                     lykta_feed_json_take_part (object, &part) &&
                     part.bytes <= LYKTA_FEED_ATTACHMENT_MAX_BYTES &&
                     part.raw <= LYKTA_FEED_ATTACHMENT_MAX_BYTES;

  if (is_well)
    g_ptr_array_add (self->attachments, lykta_feed_attachment_new (kind, &part));
  lykta_feed_part_clear (&part);
  return is_well;
}

static gboolean
take_attachments (JsonObject *root, LyktaFeedIndex *self)
{
  JsonNode *node = json_object_get_member (root, "attachments");
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (array == NULL || json_array_get_length (array) > LYKTA_FEED_ATTACHMENTS_MAX)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!take_attachment (json_array_get_element (array, i), self))
      return FALSE;
  return TRUE;
}

static gboolean
take_pack (JsonObject *root, LyktaFeedIndex *self)
{
  const char *pack = lykta_feed_json_get_string (root, "pack");
  guint64 n_records;

  if (pack == NULL || !lykta_feed_index_is_pack (pack) ||
      !lykta_feed_json_take_number (root, "records", &n_records) ||
      n_records > LYKTA_LIMIT_COMPONENTS ||
      !lykta_feed_json_take_hash (root, "state", LYKTA_FEED_HASH_DIGITS, &self->state) ||
      !lykta_feed_json_take_part_member (root, "catalogue", LYKTA_FEED_CATALOGUE_MAX_BYTES,
                                         &self->catalogue) ||
      !lykta_feed_json_take_steps (root, "deltas", LYKTA_FEED_INDEX_MAX_STEPS, self->steps) ||
      !take_attachments (root, self))
    return FALSE;
  self->pack = g_strdup (pack);
  self->n_records = (guint)n_records;
  return TRUE;
}

/* The key that shall be believed from the day on which it signs. */
static gboolean
take_next_key (JsonObject *root, LyktaFeedIndex *self)
{
  const char *line = lykta_feed_json_get_string (root, "next-key");
  g_autoptr (LyktaVerifyingKey) key = NULL;

  if (!json_object_has_member (root, "next-key"))
    return TRUE;
  key = line != NULL ? lykta_verifying_key_parse (line, NULL) : NULL;
  if (key == NULL)
    return FALSE;
  self->next_key = lykta_verifying_key_to_string (key);
  return TRUE;
}

static gboolean
take_root (JsonObject *root, LyktaFeedIndex *self)
{
  const char *feed = lykta_feed_json_get_string (root, "feed");
  const char *name = lykta_feed_json_get_string (root, "name");

  if (feed == NULL || !lykta_feed_index_is_pack (feed) || name == NULL ||
      g_utf8_strlen (name, -1) > MAX_NAME_CHARS ||
      !lykta_feed_json_take_number (root, "sequence", &self->sequence) || self->sequence == 0 ||
      !take_moment (root, "created", &self->created) ||
      !take_moment (root, "expires", &self->expires) ||
      !take_strings (root, "mirrors", &self->mirrors) || !take_next_key (root, self))
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
  if (root == NULL || g_strcmp0 (lykta_feed_json_get_string (root, "format"), FORMAT) != 0 ||
      !lykta_feed_json_take_number (root, "version", &version)) {
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

GPtrArray *
lykta_feed_index_plan (const LyktaFeedIndex *self, const char *state)
{
  guint first;
  GPtrArray *parts;

  g_return_val_if_fail (self != NULL && self->state != NULL, NULL);

  first = self->steps->len;
  if (g_strcmp0 (self->state, state) != 0) {
    while (first > 0 && !lykta_feed_step_is_from (self->steps->pdata[first - 1], state))
      first--;
    if (first == 0)
      return NULL;
    first--;
  }
  parts = g_ptr_array_new ();
  for (guint i = first; i < self->steps->len; i++)
    g_ptr_array_add (parts, &((LyktaFeedStep *)self->steps->pdata[i])->part);
  return parts;
}
