/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/lykta-clock.h"
#include "store/lykta-store-error.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_CONTENT_STORE (lykta_content_store_get_type ())
G_DECLARE_FINAL_TYPE (LyktaContentStore, lykta_content_store, LYKTA, CONTENT_STORE, GObject)

/* content.db: the calendar on this machine. It may always be deleted and filled anew from the
 * sources. The store owns the file; all work goes through readers (lykta-content-reader.h) and
 * writers (lykta-content-writer.h) that it hands out, each a connection of its own. Many processes
 * may have the same store open. Any thread. */

/* Opens @path, makes it when it is missing and brings an older schema up to date. A file that is
 * damaged, no calendar of ours or from a later version is set aside ("content.db.damaged-…") and a
 * new one made: see lykta_content_store_was_rebuilt(). In a folder that cannot be written to, what
 * is there is opened for reading.
 * Errors: FULL, READ_ONLY (nothing there and nothing can be made), BUSY (damaged, but in use by
 * another process), FAILED. (transfer full) */
LyktaContentStore *lykta_content_store_open (const char *path, LyktaClock *clock, GError **error);
const char *lykta_content_store_get_path (LyktaContentStore *self);
LyktaClock *lykta_content_store_get_clock (LyktaContentStore *self);
/* TRUE when the file that was there had to be set aside: everything must be read from the sources
 * again, and the person be told. */
gboolean lykta_content_store_was_rebuilt (LyktaContentStore *self);
/* Where the damaged file was put, or NULL. */
const char *lykta_content_store_get_damaged_path (LyktaContentStore *self);
/* TRUE: readers work, no writer can be had. */
gboolean lykta_content_store_is_read_only (LyktaContentStore *self);

G_END_DECLS
