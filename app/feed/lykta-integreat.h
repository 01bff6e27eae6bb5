/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "feed/lykta-feed-report.h"
#include "feed/lykta-feed.h"

G_BEGIN_DECLS

/* Reads the events of the Integreat CMS (…/api/v3/REGION/LANGUAGE/events/): a list with one entry
 * for each date, in one language. Dates of the same event become one activity with the uid
 * "integreat-REGION-ID", the same in each language. A text that only stands in for a missing
 * translation (id null) is taken for what it is: a text in the language it was copied from.
 * @default_language: of a file whose addresses do not tell. The rest as for lykta_jsonld_read; the
 * terms are in app/feed/JSONLD.md. */
gboolean lykta_integreat_read (GInputStream *stream,
                               const char *default_language,
                               LyktaFeedReport *report,
                               LyktaFeedFunc func,
                               gpointer user_data,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
