/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "feed/lykta-jsonld-event.h"

static void
add_finding (LyktaJsonldEvent *self,
             LyktaFeedSeverity severity,
             const char *code,
             const char *format,
             va_list arguments)
{
  g_autofree char *message = g_strdup_vprintf (format, arguments);

  lykta_feed_report_add (self->report, severity, code, self->line, self->uid, message);
}

void
lykta_jsonld_warn (LyktaJsonldEvent *self, const char *code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_finding (self, LYKTA_FEED_WARNING, code, format, arguments);
  va_end (arguments);
}

void
lykta_jsonld_note (LyktaJsonldEvent *self, const char *code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_finding (self, LYKTA_FEED_NOTE, code, format, arguments);
  va_end (arguments);
}

static gboolean
is_nothing (JsonNode *node)
{
  return node == NULL || JSON_NODE_HOLDS_NULL (node) ||
         (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0);
}

JsonNode *
lykta_jsonld_get (JsonObject *object, const char *name)
{
  static const char *const prefixes[] = {"schema:", "http://schema.org/", "https://schema.org/"};
  JsonNode *node = json_object_get_member (object, name);
  char key[96];

  if (!is_nothing (node))
    return node;
  if (strlen (name) + 20 >= sizeof key || strchr (name, ':') != NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++) {
    g_strlcpy (key, prefixes[i], sizeof key);
    g_strlcat (key, name, sizeof key);
    node = json_object_get_member (object, key);
    if (!is_nothing (node))
      return node;
  }
  return NULL;
}

/* {"@list": […]} and {"@set": […]} are their members. */
static JsonNode *
unwrap (JsonNode *node)
{
  static const char *const names[] = {"@list", "@set"};

  for (guint i = 0; node != NULL && JSON_NODE_HOLDS_OBJECT (node) && i < G_N_ELEMENTS (names);
       i++) {
    JsonNode *inner = json_object_get_member (json_node_get_object (node), names[i]);

    if (inner != NULL)
      return inner;
  }
  return node;
}

guint
lykta_jsonld_count (JsonNode *node)
{
  node = unwrap (node);
  if (is_nothing (node))
    return 0;
  return JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_length (json_node_get_array (node)) : 1;
}

JsonNode *
lykta_jsonld_nth (JsonNode *node, guint index)
{
  node = unwrap (node);
  return JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_element (json_node_get_array (node), index)
                                      : node;
}

const char *
lykta_jsonld_string (JsonNode *node)
{
  static const char *const names[] = {"@value", "@id", "value"};
  guint n = lykta_jsonld_count (node);

  for (guint i = 0; i < n; i++) {
    JsonNode *item = lykta_jsonld_nth (node, i);

    if (item == NULL)
      continue;
    if (JSON_NODE_HOLDS_VALUE (item) && json_node_get_value_type (item) == G_TYPE_STRING)
      return json_node_get_string (item);
    for (guint k = 0; JSON_NODE_HOLDS_OBJECT (item) && k < G_N_ELEMENTS (names); k++) {
      JsonNode *inner = json_object_get_member (json_node_get_object (item), names[k]);

      if (inner != NULL && JSON_NODE_HOLDS_VALUE (inner) &&
          json_node_get_value_type (inner) == G_TYPE_STRING)
        return json_node_get_string (inner);
    }
  }
  return NULL;
}

const char *
lykta_jsonld_get_string (JsonObject *object, const char *name)
{
  return lykta_jsonld_string (lykta_jsonld_get (object, name));
}

static JsonNode *
first_value (JsonNode *node)
{
  JsonNode *item = lykta_jsonld_count (node) > 0 ? lykta_jsonld_nth (node, 0) : NULL;

  if (item != NULL && JSON_NODE_HOLDS_OBJECT (item)) {
    JsonNode *inner = json_object_get_member (json_node_get_object (item), "@value");

    item = inner != NULL ? inner : json_object_get_member (json_node_get_object (item), "value");
  }
  return item != NULL && JSON_NODE_HOLDS_VALUE (item) ? item : NULL;
}

gboolean
lykta_jsonld_number (JsonNode *node, double *number)
{
  JsonNode *value = first_value (node);

  if (value == NULL)
    return FALSE;
  if (json_node_get_value_type (value) == G_TYPE_STRING) {
    g_autofree char *text = g_strdelimit (g_strdup (json_node_get_string (value)), ",", '.');
    char *end = NULL;

    g_strstrip (text);
    *number = g_ascii_strtod (text, &end);
    return end != text && *end == 0 && isfinite (*number);
  }
  if (json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    return FALSE;
  *number = json_node_get_double (value);
  return isfinite (*number);
}

LyktaTristate
lykta_jsonld_tristate (JsonNode *node)
{
  JsonNode *value = first_value (node);
  const char *text;

  if (value != NULL && json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (value) ? LYKTA_TRISTATE_YES : LYKTA_TRISTATE_NO;
  if (value != NULL && json_node_get_value_type (value) != G_TYPE_STRING)
    return json_node_get_double (value) != 0 ? LYKTA_TRISTATE_YES : LYKTA_TRISTATE_NO;
  text = lykta_jsonld_string (node);
  if (text == NULL)
    return LYKTA_TRISTATE_UNKNOWN;
  text = lykta_jsonld_local_name (text);
  if (g_ascii_strcasecmp (text, "true") == 0 || g_ascii_strcasecmp (text, "yes") == 0 ||
      g_ascii_strcasecmp (text, "ja") == 0)
    return LYKTA_TRISTATE_YES;
  if (g_ascii_strcasecmp (text, "false") == 0 || g_ascii_strcasecmp (text, "no") == 0 ||
      g_ascii_strcasecmp (text, "nej") == 0)
    return LYKTA_TRISTATE_NO;
  return LYKTA_TRISTATE_UNKNOWN;
}

JsonObject *
lykta_jsonld_object (LyktaJsonldEvent *self, JsonNode *node)
{
  guint n = lykta_jsonld_count (node);

  for (guint i = 0; i < n; i++) {
    JsonNode *item = lykta_jsonld_nth (node, i);
    JsonObject *object;
    JsonObject *found;

    if (item == NULL || !JSON_NODE_HOLDS_OBJECT (item))
      continue;
    object = json_node_get_object (item);
    if (json_object_get_size (object) > 1 || !json_object_has_member (object, "@id") ||
        self->resolve == NULL)
      return object;
    found = lykta_jsonld_get_string (object, "@id") != NULL
                ? self->resolve (lykta_jsonld_get_string (object, "@id"), self->resolve_data)
                : NULL;
    return found != NULL ? found : object;
  }
  return NULL;
}

const char *
lykta_jsonld_local_name (const char *text)
{
  const char *name = text;

  for (const char *p = text; *p != 0; p++)
    if ((*p == '/' || *p == '#' || *p == ':') && p[1] != 0)
      name = p + 1;
  return name;
}

gboolean
lykta_jsonld_has_type (JsonObject *object, const char *type)
{
  JsonNode *types = json_object_get_member (object, "@type");
  guint n = lykta_jsonld_count (types);

  for (guint i = 0; i < n; i++) {
    const char *name = lykta_jsonld_string (lykta_jsonld_nth (types, i));

    if (name != NULL && g_str_equal (lykta_jsonld_local_name (name), type))
      return TRUE;
  }
  return FALSE;
}

gboolean
lykta_jsonld_is_event (JsonObject *object)
{
  static const char *const others[] = {"EventSeries", "CourseInstance", "Festival", "Hackathon"};
  JsonNode *types = json_object_get_member (object, "@type");
  guint n = lykta_jsonld_count (types);

  for (guint i = 0; i < n; i++) {
    const char *name = lykta_jsonld_string (lykta_jsonld_nth (types, i));

    if (name == NULL)
      continue;
    name = lykta_jsonld_local_name (name);
    /* Broadcasts and deliveries happen to things, not to people. */
    if (g_str_equal (name, "DeliveryEvent") || g_str_equal (name, "BroadcastEvent") ||
        g_str_equal (name, "OnDemandEvent"))
      return FALSE;
    if (g_str_has_suffix (name, "Event"))
      return TRUE;
    for (guint k = 0; k < G_N_ELEMENTS (others); k++)
      if (g_str_equal (name, others[k]))
        return TRUE;
  }
  return FALSE;
}
