/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "base/lykta-civil-time.h"
#include "model/lykta-enums.h"
#include "model/lykta-texts.h"

G_BEGIN_DECLS

/* Members of a JSON object under construction. What is not known is null, never a made-up value. */

void lykta_json_string (JsonBuilder *builder, const char *name, const char *value);
void lykta_json_int (JsonBuilder *builder, const char *name, gint64 value);
void lykta_json_bool (JsonBuilder *builder, const char *name, gboolean value);
/* true, false or null. */
void lykta_json_tristate (JsonBuilder *builder, const char *name, LyktaTristate value);
/* Rounded to @decimals; NAN is null. */
void lykta_json_double (JsonBuilder *builder, const char *name, double value, int decimals);
/* RFC 3339 with the Stockholm offset; 0 is null. */
void lykta_json_moment (JsonBuilder *builder, const char *name, gint64 moment);
/* YYYY-MM-DD; unset is null. */
void lykta_json_date (JsonBuilder *builder, const char *name, LyktaDate date);
/* An array of tokens. */
void lykta_json_purposes (JsonBuilder *builder, const char *name, LyktaPurposes purposes);
/* A NULL-terminated list as an array. */
void lykta_json_strings (JsonBuilder *builder, const char *name, const char *const *values);
/* An object of language tags. */
void lykta_json_texts (JsonBuilder *builder, const char *name, LyktaTexts *texts);
void lykta_json_begin_object (JsonBuilder *builder, const char *name);
void lykta_json_begin_array (JsonBuilder *builder, const char *name);

/* The finished value as text without a line feed at its end. (transfer full) */
char *lykta_json_to_text (JsonBuilder *builder, gboolean is_pretty);
/* Prints the finished value on standard output. */
void lykta_json_print (JsonBuilder *builder);

G_END_DECLS
