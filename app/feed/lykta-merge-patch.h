/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* JSON Merge Patch (RFC 7396). Nodes are never changed, always made anew. Any thread. */

/* @target (nullable: there was nothing). (transfer full) */
JsonNode *lykta_merge_patch_apply (JsonNode *target, JsonNode *patch);
/* The smallest patch that makes @to of @from; "{}" when they are equal. @from (nullable). @to is an
 * object that holds no null anywhere outside lists: a patch cannot say it. (transfer full) */
JsonNode *lykta_merge_patch_diff (JsonNode *from, JsonNode *to);

G_END_DECLS
