/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-cbor-private.h"

#include <string.h>

#define MOST_DEPTH     6
#define LONGEST_HEADER 9

G_DEFINE_QUARK (lykta - token - error - quark, lykta_token_error)

void
lykta_cbor_add_int (GByteArray *out, gint64 value)
{
  guint8 header[LONGEST_HEADER];
  const gsize size = value >= 0
                         ? cbor_encode_uint ((guint64)value, header, sizeof header)
                         : cbor_encode_negint ((guint64) - (value + 1), header, sizeof header);

  g_byte_array_append (out, header, size);
}

void
lykta_cbor_add_text (GByteArray *out, const char *text)
{
  guint8 header[LONGEST_HEADER];
  const gsize length = strlen (text);

  g_byte_array_append (out, header, cbor_encode_string_start (length, header, sizeof header));
  g_byte_array_append (out, (const guint8 *)text, length);
}

void
lykta_cbor_add_bytes (GByteArray *out, gconstpointer data, gsize size)
{
  guint8 header[LONGEST_HEADER];

  g_byte_array_append (out, header, cbor_encode_bytestring_start (size, header, sizeof header));
  g_byte_array_append (out, data, size);
}

void
lykta_cbor_add_tag (GByteArray *out, guint64 tag)
{
  guint8 header[LONGEST_HEADER];

  g_byte_array_append (out, header, cbor_encode_tag (tag, header, sizeof header));
}

void
lykta_cbor_begin_array (GByteArray *out, gsize n_items)
{
  guint8 header[LONGEST_HEADER];

  g_byte_array_append (out, header, cbor_encode_array_start (n_items, header, sizeof header));
}

void
lykta_cbor_begin_map (GByteArray *out, gsize n_pairs)
{
  guint8 header[LONGEST_HEADER];

  g_byte_array_append (out, header, cbor_encode_map_start (n_pairs, header, sizeof header));
}

/* What the first look at the bytes finds; libcbor takes memory for as many items as a header
 * promises, so that the promises are held against what is there before it sees them. */
typedef struct {
  gsize most_items;
  gboolean is_refused;
} Promises;

static void
on_size (void *user_data, size_t n_items)
{
  Promises *promises = user_data;

  promises->is_refused |= n_items > promises->most_items;
}

static void
on_indefinite (void *user_data)
{
  ((Promises *)user_data)->is_refused = TRUE;
}

static gboolean
keeps_promises (const guint8 *data, gsize size)
{
  struct cbor_callbacks callbacks = cbor_empty_callbacks;
  Promises promises = {.most_items = size};
  gsize done = 0;

  callbacks.array_start = on_size;
  callbacks.map_start = on_size;
  callbacks.indef_array_start = on_indefinite;
  callbacks.indef_map_start = on_indefinite;
  callbacks.byte_string_start = on_indefinite;
  callbacks.string_start = on_indefinite;
  while (done < size && !promises.is_refused) {
    const struct cbor_decoder_result result =
        cbor_stream_decode (data + done, size - done, &callbacks, &promises);

    if (result.status != CBOR_DECODER_FINISHED || result.read == 0)
      return FALSE;
    done += result.read;
  }
  return !promises.is_refused;
}

static gboolean is_plain (cbor_item_t *item, guint depth);

static gboolean
is_plain_map (cbor_item_t *map, guint depth)
{
  const struct cbor_pair *pairs = cbor_map_handle (map);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (gsize i = 0; i < cbor_map_size (map); i++) {
    gint64 key;

    if (!lykta_cbor_get_int (pairs[i].key, &key) || !is_plain (pairs[i].value, depth + 1) ||
        !g_hash_table_add (seen, g_memdup2 (&key, sizeof key)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_plain (cbor_item_t *item, guint depth)
{
  if (depth > MOST_DEPTH)
    return FALSE;
  switch (cbor_typeof (item)) {
  case CBOR_TYPE_MAP:
    return is_plain_map (item, depth);
  case CBOR_TYPE_ARRAY:
    for (gsize i = 0; i < cbor_array_size (item); i++) {
      if (!is_plain (cbor_array_handle (item)[i], depth + 1))
        return FALSE;
    }
    return TRUE;
  case CBOR_TYPE_TAG:
    return FALSE;
  case CBOR_TYPE_FLOAT_CTRL:
    return !cbor_is_float (item);
  default:
    return TRUE;
  }
}

cbor_item_t *
lykta_cbor_parse (gconstpointer data, gsize size, GError **error)
{
  struct cbor_load_result result;
  g_autoptr (cbor_item_t) item = NULL;

  if (size > 0 && keeps_promises (data, size))
    item = cbor_load (data, size, &result);
  if (item == NULL || result.read != size || !is_plain (item, 0)) {
    g_set_error_literal (error, LYKTA_TOKEN_ERROR, LYKTA_TOKEN_ERROR_DAMAGED,
                         "not one well-formed CBOR item");
    return NULL;
  }
  return g_steal_pointer (&item);
}

cbor_item_t *
lykta_cbor_lookup (cbor_item_t *map, gint64 key)
{
  if (map == NULL || !cbor_isa_map (map))
    return NULL;
  const struct cbor_pair *pairs = cbor_map_handle (map);
  for (gsize i = 0; i < cbor_map_size (map); i++) {
    gint64 found;

    if (lykta_cbor_get_int (pairs[i].key, &found) && found == key)
      return pairs[i].value;
  }
  return NULL;
}

gboolean
lykta_cbor_get_int (cbor_item_t *item, gint64 *value)
{
  if (item == NULL || !cbor_is_int (item) || cbor_get_int (item) > G_MAXINT64)
    return FALSE;
  const gint64 number = (gint64)cbor_get_int (item);
  *value = cbor_isa_negint (item) ? -1 - number : number;
  return TRUE;
}

gboolean
lykta_cbor_get_text (cbor_item_t *item, char **text)
{
  if (item == NULL || !cbor_isa_string (item) || !cbor_string_is_definite (item))
    return FALSE;
  const char *data = (const char *)cbor_string_handle (item);
  const gsize length = cbor_string_length (item);
  if (length > 0 && (memchr (data, '\0', length) != NULL || !g_utf8_validate (data, length, NULL)))
    return FALSE;
  for (const char *p = data; p < data + length; p = g_utf8_next_char (p)) {
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  }
  *text = g_strndup (data, length);
  return TRUE;
}

gboolean
lykta_cbor_get_bytes (cbor_item_t *item, const guint8 **data, gsize *size)
{
  if (item == NULL || !cbor_isa_bytestring (item) || !cbor_bytestring_is_definite (item))
    return FALSE;
  *data = cbor_bytestring_handle (item);
  *size = cbor_bytestring_length (item);
  return TRUE;
}
