/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* JSON of which there is only one spelling, so that it can be hashed: members in byte order of
 * their UTF-8 names, no white space, strings and numbers as in RFC 8785. Any thread. */

/* (transfer full) */
char *lykta_canonical_json_write (JsonNode *node);
/* Reads one JSON value from outside: valid UTF-8, at most LYKTA_LIMIT_COMPONENT_BYTES long and 32
 * levels deep. @length -1: @text ends with NUL; 0: it may be NULL. Errors: LYKTA_FEED_ERROR.
 * (transfer full) */
JsonNode *lykta_canonical_json_parse (const char *text, gssize length, GError **error);

G_END_DECLS
