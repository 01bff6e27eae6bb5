/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/lykta-feed-record.h"

#include <string.h>

#include "feed/lykta-canonical-json.h"
#include "feed/lykta-feed-index.h"
#include "feed/lykta-feed-state.h"
#include "feed/lykta-feed.h"

static JsonNode *project (JsonNode *node, const char *tag);

static gboolean
is_subtag (const char *language, const char *tag)
{
  gsize n = strlen (tag);

  return strncmp (language, tag, n) == 0 && (language[n] == '\0' || language[n] == '-');
}

static gboolean
is_text (const char *name, JsonNode *value)
{
  static const char *const names[] = {"name", "description", "lykta:notes", "lykta:price", NULL};

  return JSON_NODE_HOLDS_OBJECT (value) && g_strv_contains (names, name) &&
         !json_object_has_member (json_node_get_object (value), "@type");
}

/* (transfer full) */
static JsonNode *
project_text (JsonNode *node, const char *tag)
{
  g_autoptr (JsonObject) kept = json_object_new ();
  JsonObjectIter iter;
  const char *language;
  JsonNode *value;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &language, &value))
    if (is_subtag (language, "sv") || is_subtag (language, tag))
      json_object_set_member (kept, language, json_node_ref (value));
  return json_object_get_size (kept) > 0 ? json_node_init_object (json_node_alloc (), kept)
                                         : json_node_ref (node);
}

static JsonNode *
project_object (JsonObject *object, const char *tag)
{
  g_autoptr (JsonObject) copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &value))
    json_object_set_member (
        copy, name, is_text (name, value) ? project_text (value, tag) : project (value, tag));
  return json_node_init_object (json_node_alloc (), copy);
}

/* (transfer full) */
static JsonNode *
project (JsonNode *node, const char *tag)
{
  g_autoptr (JsonArray) copy = NULL;
  JsonArray *array;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return project_object (json_node_get_object (node), tag);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return json_node_ref (node);
  array = json_node_get_array (node);
  copy = json_array_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (copy, project (json_array_get_element (array, i), tag));
  return json_node_init_array (json_node_alloc (), copy);
}

static char *
id_of (JsonNode *node, GError **error)
{
  JsonNode *id = JSON_NODE_HOLDS_OBJECT (node)
                     ? json_object_get_member (json_node_get_object (node), "identifier")
                     : NULL;

  if (id != NULL && json_node_get_value_type (id) == G_TYPE_STRING &&
      lykta_feed_state_is_id (json_node_get_string (id)))
    return json_node_dup_string (id);
  g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                       "a record has no identifier that can be used");
  return NULL;
}

GBytes *
lykta_feed_record_make (
    const char *text, gssize length, const char *pack, char **id, GError **error)
{
  g_autoptr (JsonNode) node = lykta_canonical_json_parse (text, length, error);
  g_autoptr (JsonNode) projected = NULL;
  g_autofree char *found = NULL;
  char *line;

  g_return_val_if_fail (pack != NULL && id != NULL, NULL);

  if (node == NULL)
    return NULL;
  found = id_of (node, error);
  if (found == NULL)
    return NULL;
  projected = g_str_equal (pack, LYKTA_FEED_PACK_ALL) ? json_node_ref (node) : project (node, pack);
  line = lykta_canonical_json_write (projected);
  *id = g_steal_pointer (&found);
  return g_bytes_new_take (line, strlen (line));
}

char *
lykta_feed_record_get_id (GBytes *record, GError **error)
{
  gsize n;
  const char *text = g_bytes_get_data (record, &n);
  g_autoptr (JsonNode) node = lykta_canonical_json_parse (text, (gssize)n, error);

  return node != NULL ? id_of (node, error) : NULL;
}
