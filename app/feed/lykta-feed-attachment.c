/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/lykta-feed-attachment.h"

#include <string.h>

#include "feed/lykta-feed.h"

#define LENGTH_BYTES 4

LyktaFeedAttachment *
lykta_feed_attachment_new (const char *kind, const LyktaFeedPart *part)
{
  LyktaFeedAttachment *self = g_new0 (LyktaFeedAttachment, 1);

  self->kind = g_strdup (kind);
  lykta_feed_part_copy (&self->part, part);
  return self;
}

void
lykta_feed_attachment_free (LyktaFeedAttachment *self)
{
  g_free (self->kind);
  lykta_feed_part_clear (&self->part);
  g_free (self);
}

GBytes *
lykta_feed_attachment_bundle (GPtrArray *files)
{
  GByteArray *all = g_byte_array_new ();

  for (guint i = 0; i < files->len; i++) {
    gsize n;
    gconstpointer data = g_bytes_get_data (files->pdata[i], &n);
    guint32 length = GUINT32_TO_BE ((guint32)n);

    g_byte_array_append (all, (const guint8 *)&length, LENGTH_BYTES);
    if (n > 0)
      g_byte_array_append (all, data, (guint)n);
  }
  return g_byte_array_free_to_bytes (all);
}

GPtrArray *
lykta_feed_attachment_unbundle (GBytes *bundle, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  gsize n;
  const guint8 *data = g_bytes_get_data (bundle, &n);
  gsize place = 0;

  while (n - place >= LENGTH_BYTES) {
    guint32 length;

    memcpy (&length, data + place, LENGTH_BYTES);
    length = GUINT32_FROM_BE (length);
    place += LENGTH_BYTES;
    if (length > n - place)
      break;
    g_ptr_array_add (files, g_bytes_new_from_bytes (bundle, place, length));
    place += length;
  }
  if (place == n)
    return g_steal_pointer (&files);
  g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                       "what is attached to the feed does not end where it must");
  return NULL;
}
