/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/lykta-merge-patch.h"

static JsonObject *
copy_members (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (copy, name, json_node_copy (value));
  return copy;
}

JsonNode *
lykta_merge_patch_apply (JsonNode *target, JsonNode *patch)
{
  g_autoptr (JsonObject) result = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_return_val_if_fail (patch != NULL, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (patch))
    return json_node_copy (patch);
  result = target != NULL && JSON_NODE_HOLDS_OBJECT (target)
               ? copy_members (json_node_get_object (target))
               : json_object_new ();
  json_object_iter_init_ordered (&iter, json_node_get_object (patch));
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    if (JSON_NODE_HOLDS_NULL (value)) {
      if (json_object_has_member (result, name))
        json_object_remove_member (result, name);
    } else {
      JsonNode *old =
          json_object_has_member (result, name) ? json_object_get_member (result, name) : NULL;

      json_object_set_member (result, name, lykta_merge_patch_apply (old, value));
    }
  }
  return json_node_init_object (json_node_alloc (), result);
}

JsonNode *
lykta_merge_patch_diff (JsonNode *from, JsonNode *to)
{
  g_autoptr (JsonObject) patch = NULL;
  JsonObject *before = NULL;
  JsonObject *after;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_return_val_if_fail (to != NULL, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (to))
    return json_node_copy (to);
  patch = json_object_new ();
  after = json_node_get_object (to);
  if (from != NULL && JSON_NODE_HOLDS_OBJECT (from))
    before = json_node_get_object (from);
  json_object_iter_init_ordered (&iter, after);
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    JsonNode *old = before != NULL && json_object_has_member (before, name)
                        ? json_object_get_member (before, name)
                        : NULL;

    if (old == NULL || !json_node_equal (old, value))
      json_object_set_member (patch, name, lykta_merge_patch_diff (old, value));
  }
  if (before != NULL) {
    json_object_iter_init_ordered (&iter, before);
    while (json_object_iter_next_ordered (&iter, &name, NULL))
      if (!json_object_has_member (after, name))
        json_object_set_null_member (patch, name);
  }
  return json_node_init_object (json_node_alloc (), patch);
}
