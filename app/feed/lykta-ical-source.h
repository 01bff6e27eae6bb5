/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The bytes of a calendar as UTF-8 (or an 8-bit set) that can be gone through twice. One thread. */
typedef struct _LyktaIcalSource LyktaIcalSource;

/* Takes @stream as it is when it can be sought in and is not UTF-16; else copies it, decoded, to a
 * temporary file without a name. NULL with LYKTA_FEED_ERROR or G_IO_ERROR_CANCELLED. (transfer
 * full) */
LyktaIcalSource *
lykta_ical_source_new (GInputStream *stream, GCancellable *cancellable, GError **error);
void lykta_ical_source_free (LyktaIcalSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaIcalSource, lykta_ical_source_free)
/* Stands at the beginning until the first read. Borrowed. */
GInputStream *lykta_ical_source_get_stream (LyktaIcalSource *self);
/* Where in that stream the calendar begins. */
goffset lykta_ical_source_get_base (LyktaIcalSource *self);
/* Copies @n bytes from @offset. Reading forwards is cheap. */
gboolean lykta_ical_source_read (LyktaIcalSource *self,
                                 guint64 offset,
                                 char *into,
                                 gsize n,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
