/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/lykta-canonical-json.h"

#include <math.h>
#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-feed.h"

#define MAX_DEPTH  32
#define MAX_EXACT  9007199254740992.0 /* 2^53 */
#define MAX_DIGITS 17
/* ECMAScript writes numbers without an exponent up to here. */
#define MAX_PLAIN 21
#define MIN_PLAIN -6

static void write_node (GString *out, JsonNode *node);

static void
write_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++) {
    static const char shorts[] = "btn\0fr"; /* \b \t \n, nothing, \f \r */
    guchar c = (guchar)*p;

    if (c == '"' || c == '\\')
      g_string_append_printf (out, "\\%c", c);
    else if (c >= 8 && c <= 13 && c != 11)
      g_string_append_printf (out, "\\%c", shorts[c - 8]);
    else if (c < 0x20)
      g_string_append_printf (out, "\\u%04x", c);
    else
      g_string_append_c (out, (char)c);
  }
  g_string_append_c (out, '"');
}

/* The fewest digits that read back as @number, and where the point stands among them. */
static int
shortest_digits (double number, char *digits)
{
  for (int precision = 0; precision < MAX_DIGITS; precision++) {
    char format[8];
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    gsize n = 0;

    g_snprintf (format, sizeof format, "%%.%de", precision);
    g_ascii_formatd (text, sizeof text, format, number);
    if (g_ascii_strtod (text, NULL) != number && precision < MAX_DIGITS - 1)
      continue;
    for (const char *p = text; *p != 'e'; p++)
      if (g_ascii_isdigit (*p))
        digits[n++] = *p;
    digits[n] = '\0';
    return (int)g_ascii_strtoll (strchr (text, 'e') + 1, NULL, 10) + 1;
  }
  g_assert_not_reached ();
}

static void
write_zeros (GString *out, int n)
{
  while (n-- > 0)
    g_string_append_c (out, '0');
}

static void
write_number (GString *out, double number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  int point;
  int n;

  if (number == 0 || !isfinite (number)) {
    g_string_append_c (out, '0');
    return;
  }
  if (number < 0)
    g_string_append_c (out, '-');
  point = shortest_digits (fabs (number), digits);
  n = (int)strlen (digits);
  if (point > MAX_PLAIN || point <= MIN_PLAIN) {
    g_string_append_c (out, digits[0]);
    if (n > 1)
      g_string_append_printf (out, ".%s", digits + 1);
    g_string_append_printf (out, "e%+d", point - 1);
  } else if (point <= 0) {
    g_string_append (out, "0.");
    write_zeros (out, -point);
    g_string_append (out, digits);
  } else {
    g_string_append_len (out, digits, MIN (n, point));
    write_zeros (out, point - n);
    if (n > point)
      g_string_append_printf (out, ".%s", digits + point);
  }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
write_object (GString *out, JsonObject *object)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, (gpointer)name);
  g_ptr_array_sort (names, compare_names);
  g_string_append_c (out, '{');
  for (guint i = 0; i < names->len; i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    write_string (out, names->pdata[i]);
    g_string_append_c (out, ':');
    write_node (out, json_object_get_member (object, names->pdata[i]));
  }
  g_string_append_c (out, '}');
}

static void
write_array (GString *out, JsonArray *array)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    write_node (out, json_array_get_element (array, i));
  }
  g_string_append_c (out, ']');
}

static void
write_value (GString *out, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING) {
    write_string (out, json_node_get_string (node));
  } else if (type == G_TYPE_BOOLEAN) {
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  } else if (type == G_TYPE_DOUBLE) {
    write_number (out, json_node_get_double (node));
  } else {
    gint64 number = json_node_get_int (node);

    if (ABS ((double)number) < MAX_EXACT)
      g_string_append_printf (out, "%" G_GINT64_FORMAT, number);
    else
      write_number (out, (double)number);
  }
}

static void
write_node (GString *out, JsonNode *node)
{
  switch (json_node_get_node_type (node)) {
  case JSON_NODE_OBJECT:
    write_object (out, json_node_get_object (node));
    break;
  case JSON_NODE_ARRAY:
    write_array (out, json_node_get_array (node));
    break;
  case JSON_NODE_VALUE:
    write_value (out, node);
    break;
  case JSON_NODE_NULL:
  default:
    g_string_append (out, "null");
    break;
  }
}

char *
lykta_canonical_json_write (JsonNode *node)
{
  GString *out = g_string_sized_new (1024);

  g_return_val_if_fail (node != NULL, NULL);

  write_node (out, node);
  return g_string_free (out, FALSE);
}

typedef enum { SHAPE_ONE_VALUE, SHAPE_TOO_DEEP, SHAPE_BROKEN } Shape;

/* Where in the text something stands that is in no bracket. */
typedef enum { BEFORE_VALUE, IN_VALUE, AFTER_VALUE } Place;

/* The parser goes down by calling itself, takes the last of several values for the one that is
 * meant, and forgets to free what a broken text has made it begin: it sees one value or nothing. */
static Shape
shape_of (const char *text, gsize length)
{
  gboolean is_in_string = FALSE;
  Place place = BEFORE_VALUE;
  int depth = 0;

  for (gsize i = 0; i < length; i++) {
    char c = text[i];

    if (is_in_string) {
      if (c == '\\')
        i++;
      is_in_string = c != '"';
    } else if (g_ascii_isspace (c)) {
      place = depth == 0 && place == IN_VALUE ? AFTER_VALUE : place;
    } else if (place == AFTER_VALUE ||
               (depth == 0 &&
                (c == '}' || c == ']' || (place == IN_VALUE && strchr ("{[\"", c))))) {
      return SHAPE_BROKEN;
    } else {
      place = IN_VALUE;
      is_in_string = c == '"';
      if (c == '{' || c == '[')
        depth++;
      else if (c == '}' || c == ']')
        place = --depth == 0 ? AFTER_VALUE : IN_VALUE;
      if (depth > MAX_DEPTH)
        return SHAPE_TOO_DEEP;
    }
  }
  return depth == 0 && !is_in_string && place != BEFORE_VALUE ? SHAPE_ONE_VALUE : SHAPE_BROKEN;
}

JsonNode *
lykta_canonical_json_parse (const char *text, gssize length, GError **error)
{
  gsize n;
  Shape shape;
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) foreign = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  /* Empty GBytes have no data. */
  text = text != NULL ? text : "";
  n = length >= 0 ? (gsize)length : strlen (text);

  shape = n > LYKTA_LIMIT_COMPONENT_BYTES ? SHAPE_TOO_DEEP : shape_of (text, n);
  if (shape == SHAPE_TOO_DEEP) {
    g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_LIMIT,
                         "a JSON value is too long or too deep");
    return NULL;
  }
  if (!g_utf8_validate_len (text, n, NULL)) {
    g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                         "a JSON value is not UTF-8");
    return NULL;
  }
  if (shape == SHAPE_BROKEN) {
    g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                         "no JSON: not exactly one whole value");
    return NULL;
  }
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize)n, &foreign) ||
      json_parser_get_root (parser) == NULL) {
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID, "no JSON: %s",
                 foreign != NULL ? foreign->message : "nothing at all");
    return NULL;
  }
  return json_parser_steal_root (parser);
}
