/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_SYNC_SPOOL (lykta_sync_spool_get_type ())
G_DECLARE_FINAL_TYPE (LyktaSyncSpool, lykta_sync_spool, LYKTA, SYNC_SPOOL, GOutputStream)

/* A file without a name that takes in a download: a crash leaves nothing behind. Hashes what passes
 * through. Written by one thread, afterwards read by one.
 * Errors: G_IO_ERROR. (transfer full) */
LyktaSyncSpool *lykta_sync_spool_new (const char *folder, GError **error);
/* SHA-256 of all that was written, hex. Ends the writing. (transfer full) */
char *lykta_sync_spool_finish (LyktaSyncSpool *self);
/* A seekable stream over the bytes [@start, @end). It keeps the file open. (transfer full) */
GInputStream *lykta_sync_spool_open_part (LyktaSyncSpool *self, guint64 start, guint64 end);

G_END_DECLS
