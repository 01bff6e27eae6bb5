/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-tool-json.h"

#include <math.h>

void
lykta_json_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
lykta_json_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
lykta_json_bool (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
lykta_json_tristate (JsonBuilder *builder, const char *name, LyktaTristate value)
{
  json_builder_set_member_name (builder, name);
  if (value == LYKTA_TRISTATE_UNKNOWN)
    json_builder_add_null_value (builder);
  else
    json_builder_add_boolean_value (builder, value == LYKTA_TRISTATE_YES);
}

void
lykta_json_double (JsonBuilder *builder, const char *name, double value, int decimals)
{
  double factor = pow (10, decimals);

  json_builder_set_member_name (builder, name);
  if (isnan (value))
    json_builder_add_null_value (builder);
  else
    json_builder_add_double_value (builder, round (value * factor) / factor);
}

void
lykta_json_moment (JsonBuilder *builder, const char *name, gint64 moment)
{
  g_autofree char *text = moment != 0 ? lykta_moment_to_rfc3339 (moment) : NULL;

  lykta_json_string (builder, name, text);
}

void
lykta_json_date (JsonBuilder *builder, const char *name, LyktaDate date)
{
  g_autofree char *text = lykta_date_is_set (date) ? lykta_date_to_string (date) : NULL;

  lykta_json_string (builder, name, text);
}

void
lykta_json_purposes (JsonBuilder *builder, const char *name, LyktaPurposes purposes)
{
  lykta_json_begin_array (builder, name);
  for (guint bit = 1; bit <= LYKTA_PURPOSE_HEALTH; bit <<= 1) {
    if ((purposes & bit) != 0)
      json_builder_add_string_value (builder, lykta_purpose_to_token (bit));
  }
  json_builder_end_array (builder);
}

void
lykta_json_strings (JsonBuilder *builder, const char *name, const char *const *values)
{
  lykta_json_begin_array (builder, name);
  for (guint i = 0; values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

void
lykta_json_texts (JsonBuilder *builder, const char *name, LyktaTexts *texts)
{
  lykta_json_begin_object (builder, name);
  for (guint i = 0; i < lykta_texts_get_n (texts); i++) {
    lykta_json_string (builder, lykta_texts_get_nth_language (texts, i),
                       lykta_texts_get_nth_text (texts, i));
  }
  json_builder_end_object (builder);
}

void
lykta_json_begin_object (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
}

void
lykta_json_begin_array (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
}

char *
lykta_json_to_text (JsonBuilder *builder, gboolean is_pretty)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, is_pretty);
}

void
lykta_json_print (JsonBuilder *builder)
{
  g_autofree char *text = lykta_json_to_text (builder, TRUE);

  g_print ("%s\n", text);
}
