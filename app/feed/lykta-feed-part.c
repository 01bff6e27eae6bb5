/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/lykta-feed-part.h"

#include <string.h>

#include "base/lykta-limits.h"

void
lykta_feed_part_clear (LyktaFeedPart *part)
{
  g_clear_pointer (&part->hash, g_free);
  part->bytes = 0;
  part->raw = 0;
}

void
lykta_feed_part_copy (LyktaFeedPart *to, const LyktaFeedPart *from)
{
  g_free (to->hash);
  *to = *from;
  to->hash = g_strdup (from->hash);
}

void
lykta_feed_part_set (LyktaFeedPart *part, GBytes *file, guint64 raw)
{
  g_free (part->hash);
  part->hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
  part->bytes = g_bytes_get_size (file);
  part->raw = raw;
}

gboolean
lykta_feed_part_is (const LyktaFeedPart *part, GBytes *file)
{
  g_autofree char *hash = NULL;

  if (g_bytes_get_size (file) != part->bytes)
    return FALSE;
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
  return g_strcmp0 (hash, part->hash) == 0;
}

char *
lykta_feed_part_get_path (const LyktaFeedPart *part, const char *suffix)
{
  g_return_val_if_fail (part->hash != NULL, NULL);

  return g_strdup_printf ("parts/%s.%s", part->hash, suffix);
}

/* ---- steps ---- */

LyktaFeedStep *
lykta_feed_step_new (const char *from)
{
  LyktaFeedStep *self = g_new0 (LyktaFeedStep, 1);

  self->from = from != NULL ? g_strndup (from, LYKTA_FEED_FROM_DIGITS) : NULL;
  return self;
}

LyktaFeedStep *
lykta_feed_step_copy (const LyktaFeedStep *step)
{
  LyktaFeedStep *copy = lykta_feed_step_new (step->from);

  copy->created = step->created;
  lykta_feed_part_copy (&copy->part, &step->part);
  lykta_feed_part_copy (&copy->plain, &step->plain);
  return copy;
}

void
lykta_feed_step_free (LyktaFeedStep *self)
{
  g_free (self->from);
  lykta_feed_part_clear (&self->part);
  lykta_feed_part_clear (&self->plain);
  g_free (self);
}

gboolean
lykta_feed_step_is_from (const LyktaFeedStep *step, const char *state)
{
  return state != NULL && strncmp (step->from, state, LYKTA_FEED_FROM_DIGITS) == 0;
}

/* ---- reading ---- */

static gboolean
is_type (JsonNode *node, GType type)
{
  return node != NULL && json_node_get_value_type (node) == type;
}

const char *
lykta_feed_json_get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return is_type (node, G_TYPE_STRING) ? json_node_get_string (node) : NULL;
}

gboolean
lykta_feed_json_take_number (JsonObject *object, const char *name, guint64 *number)
{
  JsonNode *node = json_object_get_member (object, name);

  if (!is_type (node, G_TYPE_INT64) || json_node_get_int (node) < 0)
    return FALSE;
  *number = (guint64)json_node_get_int (node);
  return TRUE;
}

gboolean
lykta_feed_json_take_hash (JsonObject *object, const char *name, guint digits, char **hash)
{
  const char *text = lykta_feed_json_get_string (object, name);

  if (text == NULL || strlen (text) != digits)
    return FALSE;
  for (guint i = 0; i < digits; i++)
    if (!g_ascii_isdigit (text[i]) && (text[i] < 'a' || text[i] > 'f'))
      return FALSE;
  g_free (*hash);
  *hash = g_strdup (text);
  return TRUE;
}

gboolean
lykta_feed_json_take_part (JsonObject *object, LyktaFeedPart *part)
{
  return lykta_feed_json_take_hash (object, "hash", LYKTA_FEED_HASH_DIGITS, &part->hash) &&
         lykta_feed_json_take_number (object, "bytes", &part->bytes) &&
         lykta_feed_json_take_number (object, "raw", &part->raw) &&
         part->bytes <= LYKTA_LIMIT_DOWNLOAD_BYTES && part->raw <= LYKTA_LIMIT_FEED_BYTES;
}

gboolean
lykta_feed_json_take_part_member (JsonObject *object,
                                  const char *name,
                                  guint64 max_bytes,
                                  LyktaFeedPart *part)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) &&
         lykta_feed_json_take_part (json_node_get_object (node), part) &&
         part->bytes <= max_bytes && part->raw <= max_bytes;
}

static gboolean
take_step (JsonNode *node, LyktaFeedStep *step)
{
  JsonObject *object;
  JsonNode *at;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  object = json_node_get_object (node);
  at = json_object_get_member (object, "at");
  if (is_type (at, G_TYPE_INT64))
    step->created = json_node_get_int (at);
  return lykta_feed_json_take_hash (object, "from", LYKTA_FEED_FROM_DIGITS, &step->from) &&
         lykta_feed_json_take_part (object, &step->part) &&
         (!json_object_has_member (object, "gzip") ||
          lykta_feed_json_take_part_member (object, "gzip", LYKTA_LIMIT_FEED_BYTES, &step->plain));
}

gboolean
lykta_feed_json_take_steps (JsonObject *object, const char *name, guint max_steps, GPtrArray *steps)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL || json_array_get_length (array) > max_steps)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    LyktaFeedStep *step = lykta_feed_step_new (NULL);

    g_ptr_array_add (steps, step);
    if (!take_step (json_array_get_element (array, i), step))
      return FALSE;
  }
  return TRUE;
}

/* ---- writing ---- */

JsonObject *
lykta_feed_json_new_part (const LyktaFeedPart *part)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "hash", part->hash);
  json_object_set_int_member (object, "bytes", (gint64)part->bytes);
  json_object_set_int_member (object, "raw", (gint64)part->raw);
  return object;
}

JsonArray *
lykta_feed_json_new_steps (GPtrArray *steps, guint first, gboolean is_short)
{
  JsonArray *array = json_array_new ();

  for (guint i = first; i < steps->len; i++) {
    const LyktaFeedStep *step = steps->pdata[i];
    JsonObject *object = lykta_feed_json_new_part (&step->part);

    json_object_set_string_member (object, "from", step->from);
    if (!is_short) {
      json_object_set_int_member (object, "at", step->created);
      if (step->plain.hash != NULL)
        json_object_set_object_member (object, "gzip", lykta_feed_json_new_part (&step->plain));
    }
    json_array_add_object_element (array, object);
  }
  return array;
}
