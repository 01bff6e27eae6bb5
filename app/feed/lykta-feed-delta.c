/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/lykta-feed-delta.h"

#include <string.h>

#include "feed/lykta-canonical-json.h"
#include "feed/lykta-feed.h"
#include "feed/lykta-merge-patch.h"
#include "feed/lykta-zstd.h"

/* Of the receiver's records as a whole, beside those that change. */
#define SAMPLE_BYTES (1024 * 1024)
/* "LYKT" would not do: zstd leaves sixteen numbers to others, and this is the thirteenth. */
#define FRAME_MAGIC 0x184D2A5Cu
#define FRAME_HEAD  8
#define MAX_VARINT  5

/* ---- lines ---- */

static void
add_line (GString *lines, const char *id, JsonNode *patch)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *line = NULL;

  json_object_set_string_member (object, "id", id);
  if (patch != NULL)
    json_object_set_member (object, "patch", json_node_ref (patch));
  else
    json_object_set_boolean_member (object, "gone", TRUE);
  line = lykta_canonical_json_write (node);
  g_string_append (lines, line);
  g_string_append_c (lines, '\n');
}

/* (transfer full) */
static JsonNode *
parse_record (LyktaFeedState *state, guint index, GError **error)
{
  g_autoptr (GBytes) record = lykta_feed_state_get_record (state, index, error);
  gsize n;
  const char *text;

  if (record == NULL)
    return NULL;
  text = g_bytes_get_data (record, &n);
  return lykta_canonical_json_parse (text, (gssize)n, error);
}

/* @old: index in @from, or G_MAXUINT. */
static gboolean
add_change (
    GString *lines, LyktaFeedState *from, guint old, LyktaFeedState *to, guint new, GError **error)
{
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = parse_record (to, new, error);
  g_autoptr (JsonNode) patch = NULL;

  if (after == NULL)
    return FALSE;
  if (old != G_MAXUINT) {
    before = parse_record (from, old, error);
    if (before == NULL)
      return FALSE;
  }
  patch = lykta_merge_patch_diff (before, after);
  add_line (lines, lykta_feed_state_get_id (to, new), patch);
  return TRUE;
}

GBytes *
lykta_feed_delta_write (LyktaFeedState *from, LyktaFeedState *to, GError **error)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  guint i = 0;
  guint j = 0;

  while (i < lykta_feed_state_get_n (from) || j < lykta_feed_state_get_n (to)) {
    int order = i == lykta_feed_state_get_n (from) ? 1
                : j == lykta_feed_state_get_n (to)
                    ? -1
                    : strcmp (lykta_feed_state_get_id (from, i), lykta_feed_state_get_id (to, j));

    if (order < 0) {
      add_line (lines, lykta_feed_state_get_id (from, i++), NULL);
      continue;
    }
    if (order > 0) {
      if (!add_change (lines, from, G_MAXUINT, to, j++, error))
        return NULL;
      continue;
    }
    if (memcmp (lykta_feed_state_get_hash (from, i), lykta_feed_state_get_hash (to, j),
                LYKTA_FEED_HASH_BYTES) != 0 &&
        !add_change (lines, from, i, to, j, error))
      return NULL;
    i++;
    j++;
  }
  return g_string_free_to_bytes (g_steal_pointer (&lines));
}

typedef gboolean (*LineFunc) (JsonObject *line, const char *id, gpointer user_data, GError **error);

static gboolean
read_line (const char *text, gsize n, LineFunc func, gpointer user_data, GError **error)
{
  g_autoptr (JsonNode) node = lykta_canonical_json_parse (text, (gssize)n, error);
  JsonObject *object;
  JsonNode *id;

  if (node == NULL)
    return FALSE;
  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  id = object != NULL ? json_object_get_member (object, "id") : NULL;
  if (id == NULL || json_node_get_value_type (id) != G_TYPE_STRING ||
      !lykta_feed_state_is_id (json_node_get_string (id))) {
    g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                         "a line of a delta names no record");
    return FALSE;
  }
  return func (object, json_node_get_string (id), user_data, error);
}

static gboolean
foreach_line (GBytes *lines, LineFunc func, gpointer user_data, GError **error)
{
  gsize n;
  const char *p = g_bytes_get_data (lines, &n);
  const char *end = n > 0 ? p + n : p;

  while (p < end) {
    const char *stop = memchr (p, '\n', (gsize)(end - p));

    if (stop == NULL) {
      g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_TRUNCATED,
                           "the last line of a delta does not end");
      return FALSE;
    }
    if (!read_line (p, (gsize)(stop - p), func, user_data, error))
      return FALSE;
    p = stop + 1;
  }
  return TRUE;
}

static gboolean
apply_patch (LyktaFeedState *state, const char *id, JsonNode *patch, GError **error)
{
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;
  g_autoptr (GBytes) record = NULL;
  char *text;
  guint index;

  if (lykta_feed_state_find (state, id, &index)) {
    before = parse_record (state, index, error);
    if (before == NULL)
      return FALSE;
  }
  after = lykta_merge_patch_apply (before, patch);
  text = lykta_canonical_json_write (after);
  record = g_bytes_new_take (text, strlen (text));
  lykta_feed_state_set (state, id, record);
  return TRUE;
}

static gboolean
apply_line (JsonObject *line, const char *id, gpointer user_data, GError **error)
{
  LyktaFeedState *state = user_data;
  JsonNode *gone = json_object_get_member (line, "gone");
  JsonNode *patch = json_object_get_member (line, "patch");
  guint index;

  if (patch != NULL && gone == NULL && JSON_NODE_HOLDS_OBJECT (patch))
    return apply_patch (state, id, patch, error);
  if (patch == NULL && gone != NULL && json_node_get_value_type (gone) == G_TYPE_BOOLEAN &&
      json_node_get_boolean (gone) && lykta_feed_state_find (state, id, &index)) {
    lykta_feed_state_set (state, id, NULL);
    return TRUE;
  }
  g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
               "a line of a delta makes no sense for “%s”", id);
  return FALSE;
}

gboolean
lykta_feed_delta_apply (LyktaFeedState *state, GBytes *lines, GError **error)
{
  g_return_val_if_fail (state != NULL && lines != NULL, FALSE);

  return foreach_line (lines, apply_line, state, error);
}

/* ---- the dictionary ---- */

static gboolean
add_record (GByteArray *out, LyktaFeedState *state, guint index, GError **error)
{
  g_autoptr (GBytes) record = NULL;

  if (out->len + lykta_feed_state_get_size (state, index) > LYKTA_FEED_DELTA_MAX_DICTIONARY) {
    g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_LIMIT,
                         "a delta touches more than a dictionary can hold");
    return FALSE;
  }
  record = lykta_feed_state_get_record (state, index, error);
  if (record == NULL)
    return FALSE;
  g_byte_array_append (out, g_bytes_get_data (record, NULL), (guint)g_bytes_get_size (record));
  g_byte_array_append (out, (const guint8 *)"\n", 1);
  return TRUE;
}

/* Every so many-th record, and then those that change, the nearest to what is packed.
 * @touched: (element-type guint) ascending. (transfer full) */
static GBytes *
make_dictionary (LyktaFeedState *from, GArray *touched, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint64 all = 0;
  guint step;

  for (guint i = 0; i < lykta_feed_state_get_n (from); i++)
    all += lykta_feed_state_get_size (from, i) + 1;
  step = (guint)MAX (1, (all + SAMPLE_BYTES - 1) / SAMPLE_BYTES);
  for (guint i = 0; i < lykta_feed_state_get_n (from); i += step)
    if (!add_record (out, from, i, error))
      return NULL;
  for (guint i = 0; i < touched->len; i++)
    if (!add_record (out, from, g_array_index (touched, guint, i), error))
      return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* ---- the frame in front, which says which records ---- */

static void
add_varint (GByteArray *out, guint value)
{
  while (value >= 0x80) {
    guint8 byte = (guint8)(value | 0x80);

    g_byte_array_append (out, &byte, 1);
    value >>= 7;
  }
  g_byte_array_append (out, &(guint8){(guint8)value}, 1);
}

static gboolean
take_varint (const guint8 **p, const guint8 *end, guint *value)
{
  guint64 all = 0;

  for (guint i = 0; i < MAX_VARINT && *p < end; i++) {
    guint8 byte = *(*p)++;

    all |= (guint64)(byte & 0x7f) << (7 * i);
    if ((byte & 0x80) == 0) {
      *value = (guint)all;
      return all <= G_MAXUINT;
    }
  }
  return FALSE;
}

typedef struct {
  LyktaFeedState *state; /* (unowned) */
  GArray *touched;       /* (unowned) (element-type guint) */
} Touching;

static gboolean
touch_line (JsonObject *line, const char *id, gpointer user_data, GError **error)
{
  Touching *self = user_data;
  guint index;

  if (lykta_feed_state_find (self->state, id, &index))
    g_array_append_val (self->touched, index);
  return TRUE;
}

GBytes *
lykta_feed_delta_pack (LyktaFeedState *from, GBytes *lines, int level, GError **error)
{
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GByteArray) gaps = g_byte_array_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes) dictionary = NULL;
  g_autoptr (GBytes) body = NULL;
  Touching touching = {from, touched};
  guint32 head[2] = {GUINT32_TO_LE (FRAME_MAGIC), 0};
  guint before = 0;

  g_return_val_if_fail (from != NULL && lines != NULL, NULL);

  if (!foreach_line (lines, touch_line, &touching, error))
    return NULL;
  add_varint (gaps, touched->len);
  for (guint i = 0; i < touched->len; i++) {
    add_varint (gaps, g_array_index (touched, guint, i) - before);
    before = g_array_index (touched, guint, i);
  }
  dictionary = make_dictionary (from, touched, error);
  if (dictionary == NULL)
    return NULL;
  body = lykta_zstd_encode (lines, dictionary, level, error);
  if (body == NULL)
    return NULL;
  head[1] = GUINT32_TO_LE (gaps->len);
  g_byte_array_append (out, (const guint8 *)head, sizeof head);
  g_byte_array_append (out, gaps->data, gaps->len);
  g_byte_array_append (out, g_bytes_get_data (body, NULL), (guint)g_bytes_get_size (body));
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* (element-type guint) (transfer full), NULL when the frame makes no sense for @n_records. */
static GArray *
read_gaps (const guint8 *p, const guint8 *end, guint n_records)
{
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (guint));
  guint64 index = 0;
  guint n;

  if (!take_varint (&p, end, &n) || n > n_records)
    return NULL;
  for (guint i = 0; i < n; i++) {
    guint gap;

    if (!take_varint (&p, end, &gap) || (i > 0 && gap == 0))
      return NULL;
    index += gap;
    if (index >= n_records)
      return NULL;
    guint position = (guint)index;
    g_array_append_val (touched, position);
  }
  return p == end ? g_steal_pointer (&touched) : NULL;
}

GBytes *
lykta_feed_delta_unpack (LyktaFeedState *from, GBytes *packed, guint64 max_bytes, GError **error)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (packed, &n);
  guint32 head[2] = {0, 0};
  g_autoptr (GArray) touched = NULL;
  g_autoptr (GBytes) dictionary = NULL;
  g_autoptr (GBytes) body = NULL;

  g_return_val_if_fail (from != NULL && packed != NULL, NULL);

  if (n >= FRAME_HEAD)
    memcpy (head, data, sizeof head);
  head[1] = GUINT32_FROM_LE (head[1]);
  if (GUINT32_FROM_LE (head[0]) == FRAME_MAGIC && head[1] <= n - FRAME_HEAD)
    touched =
        read_gaps (data + FRAME_HEAD, data + FRAME_HEAD + head[1], lykta_feed_state_get_n (from));
  if (touched == NULL) {
    g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                         "a delta does not fit what is here");
    return NULL;
  }
  dictionary = make_dictionary (from, touched, error);
  if (dictionary == NULL)
    return NULL;
  body = g_bytes_new_from_bytes (packed, FRAME_HEAD + head[1], n - FRAME_HEAD - head[1]);
  return lykta_zstd_decode (body, dictionary, max_bytes, error);
}
