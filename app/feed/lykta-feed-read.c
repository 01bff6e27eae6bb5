/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-feed-read.h"

#include "feed/lykta-ical.h"
#include "feed/lykta-integreat.h"
#include "feed/lykta-jsonld.h"

/* Web pages carry their events far behind their beginning. */
#define HEAD_BYTES (64 * 1024)

/* Looks at the beginning of @stream and leaves it where it was. */
static gboolean
sniff_stream (GInputStream *stream, LyktaFormat *format, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *head = NULL;
  goffset start;
  gsize n = 0;

  if (G_IS_BUFFERED_INPUT_STREAM (stream)) {
    GBufferedInputStream *buffered = G_BUFFERED_INPUT_STREAM (stream);
    const void *bytes;

    while (g_buffered_input_stream_get_available (buffered) < HEAD_BYTES) {
      gssize got = g_buffered_input_stream_fill (buffered, -1, cancellable, error);
      if (got < 0)
        return FALSE;
      if (got == 0)
        break;
    }
    bytes = g_buffered_input_stream_peek_buffer (buffered, &n);
    *format = lykta_feed_sniff (bytes, n);
    return TRUE;
  }
  head = g_malloc (HEAD_BYTES);
  start = g_seekable_tell (G_SEEKABLE (stream));
  if (!g_input_stream_read_all (stream, head, HEAD_BYTES, &n, cancellable, error) ||
      !g_seekable_seek (G_SEEKABLE (stream), start, G_SEEK_SET, cancellable, error))
    return FALSE;
  *format = lykta_feed_sniff (head, n);
  return TRUE;
}

static gboolean
read_as (GInputStream *stream,
         LyktaFormat format,
         const char *language,
         LyktaFeedReport *report,
         LyktaFeedFunc func,
         gpointer user_data,
         GCancellable *cancellable,
         GError **error)
{
  switch (format) {
  case LYKTA_FORMAT_JSONLD:
    return lykta_jsonld_read (stream, language, report, func, user_data, cancellable, error);
  case LYKTA_FORMAT_INTEGREAT:
    return lykta_integreat_read (stream, language, report, func, user_data, cancellable, error);
  case LYKTA_FORMAT_AUTO:
  case LYKTA_FORMAT_ICALENDAR:
  case LYKTA_FORMAT_SAMPLE:
  case LYKTA_FORMAT_CALDAV:
  default:
    return lykta_ical_read (stream, language, report, func, user_data, cancellable, error);
  }
}

gboolean
lykta_feed_read (GInputStream *stream,
                 LyktaFormat format,
                 const char *default_language,
                 LyktaFeedReport *report,
                 LyktaFeedFunc func,
                 gpointer user_data,
                 LyktaFormat *found,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GInputStream) buffered = NULL;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), FALSE);
  if (format == LYKTA_FORMAT_AUTO &&
      (!G_IS_SEEKABLE (stream) || !g_seekable_can_seek (G_SEEKABLE (stream)))) {
    stream = buffered = g_buffered_input_stream_new_sized (stream, HEAD_BYTES);
    g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (buffered), FALSE);
  }
  if (format == LYKTA_FORMAT_AUTO && !sniff_stream (stream, &format, cancellable, error))
    return FALSE;
  if (found != NULL)
    *found = format;
  return read_as (stream, format, default_language, report, func, user_data, cancellable, error);
}
