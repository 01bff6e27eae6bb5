/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Records of a Lykta feed: schema.org Events in canonical JSON (LYKTA-FEED.md, "Records"). Errors:
 * LYKTA_FEED_ERROR. Any thread. */

/* @text: any JSON object with an "identifier". The record in @pack, and its id (out). (transfer
 * full) */
GBytes *lykta_feed_record_make (
    const char *text, gssize length, const char *pack, char **id, GError **error);
/* The id of a record. (transfer full) */
char *lykta_feed_record_get_id (GBytes *record, GError **error);

G_END_DECLS
