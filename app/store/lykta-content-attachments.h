/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/lykta-content-reader.h"
#include "store/lykta-content-writer.h"

G_BEGIN_DECLS

/* What a Lykta feed carries beside the calendar (trust lists, status lists), one bundle for each
 * kind and source. It changes in the same transaction as the calendar. */

/* Puts a bundle of the refreshed source in the place of the one of this kind. @hash: of the part
 * that brought it, hex. Errors as the writer's. */
gboolean lykta_content_writer_put_attachment (
    LyktaContentWriter *self, const char *kind, const char *hash, GBytes *bundle, GError **error);
gboolean
lykta_content_writer_remove_attachment (LyktaContentWriter *self, const char *kind, GError **error);

typedef struct {
  char *source_id; /* (owned) */
  char *kind;      /* (owned) */
  char *hash;      /* (owned) */
  GBytes *bundle;  /* (owned) lykta_feed_attachment_unbundle() */
} LyktaAttachment;
void lykta_attachment_free (LyktaAttachment *self);
/* @source_id NULL: of any; @kind NULL: all. By source and kind. Errors as the reader's.
 * (transfer full) (element-type LyktaAttachment) */
GPtrArray *lykta_content_reader_list_attachments (LyktaContentReader *self,
                                                  const char *source_id,
                                                  const char *kind,
                                                  GError **error);

G_END_DECLS
