/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-ical-source.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-feed.h"
#include "feed/lykta-ical-charset.h"

#define WINDOW_BYTES (128 * 1024)
#define HEAD_BYTES   64

struct _LyktaIcalSource {
  GInputStream *stream;  /* (owned) */
  GFileIOStream *spool;  /* (owned) (nullable) */
  goffset base;          /* where the calendar begins in @stream */
  char *window;          /* (owned) (nullable) */
  guint64 window_offset; /* from @base */
  gsize window_length;
};

/* Errors of streams become ours, but for cancelling. */
static void
translate (GError **error)
{
  if (error == NULL || *error == NULL ||
      g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      (*error)->domain == LYKTA_FEED_ERROR)
    return;
  {
    g_autoptr (GError) old = *error;
    *error = g_error_new (LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_IO, "the calendar cannot be read: %s",
                          old->message);
  }
}

void
lykta_ical_source_free (LyktaIcalSource *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->stream);
  g_clear_object (&self->spool);
  g_free (self->window);
  g_free (self);
}

/* Copies @from to a file that has no name any more. */
static gboolean
spool (LyktaIcalSource *self, GInputStream *from, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_tmp ("lykta-feed-XXXXXX", &self->spool, error);
  GOutputStream *out;
  g_autofree char *block = NULL;
  gsize got = 0;
  guint64 total = 0;

  if (file == NULL || !g_file_delete (file, cancellable, error))
    return FALSE;
  out = g_io_stream_get_output_stream (G_IO_STREAM (self->spool));
  block = g_malloc (WINDOW_BYTES);
  do {
    if (!g_input_stream_read_all (from, block, WINDOW_BYTES, &got, cancellable, error) ||
        !g_output_stream_write_all (out, block, got, NULL, cancellable, error))
      return FALSE;
    total += got;
    if (total > LYKTA_LIMIT_FEED_BYTES) {
      g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_LIMIT,
                   "the calendar is larger than %d MB", LYKTA_LIMIT_FEED_BYTES / (1024 * 1024));
      return FALSE;
    }
  } while (got > 0);
  g_set_object (&self->stream, g_io_stream_get_input_stream (G_IO_STREAM (self->spool)));
  self->base = 0;
  return g_seekable_seek (G_SEEKABLE (self->spool), 0, G_SEEK_SET, cancellable, error);
}

/* Makes @self->stream seekable and 8-bit. */
static gboolean
prepare (LyktaIcalSource *self, GInputStream *stream, GCancellable *cancellable, GError **error)
{
  guint8 head[HEAD_BYTES];
  gsize n = 0;
  const char *charset;
  g_autoptr (GCharsetConverter) converter = NULL;
  g_autoptr (GInputStream) decoded = NULL;

  self->stream = g_object_ref (stream);
  if (!G_IS_SEEKABLE (stream) || !g_seekable_can_seek (G_SEEKABLE (stream))) {
    if (!spool (self, stream, cancellable, error))
      return FALSE;
  } else
    self->base = g_seekable_tell (G_SEEKABLE (stream));
  if (!g_input_stream_read_all (self->stream, head, sizeof head, &n, cancellable, error) ||
      !g_seekable_seek (G_SEEKABLE (self->stream), self->base, G_SEEK_SET, cancellable, error))
    return FALSE;
  charset = lykta_charset_detect_utf16 (head, n);
  if (charset == NULL)
    return TRUE;
  converter = g_charset_converter_new ("UTF-8", charset, error);
  if (converter == NULL)
    return FALSE;
  g_charset_converter_set_use_fallback (converter, TRUE);
  decoded = g_converter_input_stream_new (self->stream, G_CONVERTER (converter));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (decoded), FALSE);
  g_clear_object (&self->spool);
  return spool (self, decoded, cancellable, error);
}

LyktaIcalSource *
lykta_ical_source_new (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (LyktaIcalSource) self = NULL;
  g_autoptr (GError) own = NULL;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  self = g_new0 (LyktaIcalSource, 1);
  if (prepare (self, stream, cancellable, &own))
    return g_steal_pointer (&self);
  translate (&own);
  g_propagate_error (error, g_steal_pointer (&own));
  return NULL;
}

GInputStream *
lykta_ical_source_get_stream (LyktaIcalSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->stream;
}

goffset
lykta_ical_source_get_base (LyktaIcalSource *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->base;
}

static gboolean
read_at (LyktaIcalSource *self,
         guint64 offset,
         char *into,
         gsize n,
         gsize *got,
         GCancellable *cancellable,
         GError **error)
{
  return g_seekable_seek (G_SEEKABLE (self->stream), self->base + (goffset)offset, G_SEEK_SET,
                          cancellable, error) &&
         g_input_stream_read_all (self->stream, into, n, got, cancellable, error);
}

gboolean
lykta_ical_source_read (LyktaIcalSource *self,
                        guint64 offset,
                        char *into,
                        gsize n,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GError) own = NULL;
  gsize got = n;
  gboolean is_ok = TRUE;

  g_return_val_if_fail (self != NULL && into != NULL, FALSE);
  if (self->window == NULL)
    self->window = g_malloc (WINDOW_BYTES);
  if (n > WINDOW_BYTES)
    is_ok = read_at (self, offset, into, n, &got, cancellable, &own);
  else {
    if (offset < self->window_offset || offset + n > self->window_offset + self->window_length) {
      is_ok = read_at (self, offset, self->window, WINDOW_BYTES, &self->window_length, cancellable,
                       &own);
      self->window_offset = offset;
    }
    got = MIN (n, self->window_length - (gsize)(offset - self->window_offset));
    if (is_ok)
      memcpy (into, self->window + (offset - self->window_offset), got);
  }
  if (is_ok && got == n)
    return TRUE;
  if (own == NULL)
    own = g_error_new (LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_IO,
                       "the calendar changed while it was read");
  translate (&own);
  g_propagate_error (error, g_steal_pointer (&own));
  return FALSE;
}
