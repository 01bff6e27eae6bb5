/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/lykta-civil-time.h"
#include "base/lykta-clock.h"
#include "model/lykta-source.h"
#include "store/lykta-store-error.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_DEVICE_STORE (lykta_device_store_get_type ())
G_DECLARE_FINAL_TYPE (LyktaDeviceStore, lykta_device_store, LYKTA, DEVICE_STORE, GObject)

/* device.db: what this machine must not forget and what holds nothing about visitors. Every change
 * is on the disk when the function returns. Small and quick; it belongs to the thread that opened
 * it, and several may be open at once.
 * Errors: DAMAGED (the file is never set aside), NEWER, FULL, READ_ONLY, BUSY, FAILED. */

/* Opens or makes @path. In a folder that cannot be written to, an existing file is opened for
 * reading and a missing one is as if empty. (transfer full) */
LyktaDeviceStore *lykta_device_store_open (const char *path, LyktaClock *clock, GError **error);
gboolean lykta_device_store_is_read_only (LyktaDeviceStore *self);

/* The sources that were configured, in order. (transfer full) (element-type LyktaSource) */
GPtrArray *lykta_device_store_list_sources (LyktaDeviceStore *self, GError **error);
/* Replaces them all. (element-type LyktaSource) */
gboolean
lykta_device_store_set_sources (LyktaDeviceStore *self, GPtrArray *sources, GError **error);

/* NULL without error when it was never set. (transfer full) (nullable) */
char *lykta_device_store_get_setting (LyktaDeviceStore *self, const char *key, GError **error);
/* @value NULL forgets it. */
gboolean lykta_device_store_set_setting (LyktaDeviceStore *self,
                                         const char *key,
                                         const char *value,
                                         GError **error);

/* What bytes cost whom. */
typedef enum {
  LYKTA_TRAFFIC_FREE,    /* the line was said to cost nothing */
  LYKTA_TRAFFIC_UNKNOWN, /* nobody could tell */
  LYKTA_TRAFFIC_METERED, /* mobile data, fetched by the program itself: this is budgeted */
  LYKTA_TRAFFIC_ASKED,   /* mobile data, or perhaps, and a person asked for it */
  LYKTA_N_TRAFFIC_KINDS,
} LyktaTrafficKind;
/* Bytes on the wire. */
typedef struct {
  guint64 received;
  guint64 sent;
  guint64 by_kind[LYKTA_N_TRAFFIC_KINDS]; /* both ways */
} LyktaTraffic;
/* Adds to the meter of the present Stockholm day. A year and a month are remembered. */
gboolean lykta_device_store_add_bytes (LyktaDeviceStore *self,
                                       const char *source_id,
                                       LyktaTrafficKind kind,
                                       guint64 received,
                                       guint64 sent,
                                       GError **error);
/* What was sent and received on the day, or in the month, of @date, by one source or (NULL) by all.
 */
gboolean lykta_device_store_get_day_traffic (LyktaDeviceStore *self,
                                             const char *source_id,
                                             LyktaDate date,
                                             LyktaTraffic *traffic,
                                             GError **error);
gboolean lykta_device_store_get_month_traffic (LyktaDeviceStore *self,
                                               const char *source_id,
                                               LyktaDate date,
                                               LyktaTraffic *traffic,
                                               GError **error);

/* The highest sequence number ever accepted from @feed_id; 0 never. Raising is durable before it
 * returns, and a lower number never lowers it. */
gboolean lykta_device_store_get_sequence (LyktaDeviceStore *self,
                                          const char *feed_id,
                                          guint64 *sequence,
                                          GError **error);
gboolean lykta_device_store_raise_sequence (LyktaDeviceStore *self,
                                            const char *feed_id,
                                            guint64 sequence,
                                            GError **error);

/* An organiser's own note on an activity; NULL without error when there is none. (transfer full)
 * (nullable) */
char *lykta_device_store_get_note (LyktaDeviceStore *self,
                                   const char *source_id,
                                   const char *uid,
                                   GError **error);
/* @title: what the note is on, for the owner; @likeness: lykta_content_reader_get_likeness(), 0 not
 * known. @note NULL or "" takes it away. lykta-notes.h finds the note again when the activity has
 * another uid. */
gboolean lykta_device_store_set_note (LyktaDeviceStore *self,
                                      const char *source_id,
                                      const char *uid,
                                      const char *title,
                                      gint64 likeness,
                                      const char *note,
                                      GError **error);
typedef struct {
  char *source_id;
  char *uid;
  char *title;
  char *text;
  gint64 likeness;
  gint64 changed; /* Unix seconds */
} LyktaDeviceNote;
void lykta_device_note_free (LyktaDeviceNote *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaDeviceNote, lykta_device_note_free)
/* The oldest first. (transfer full) (element-type LyktaDeviceNote) */
GPtrArray *lykta_device_store_list_notes (LyktaDeviceStore *self, GError **error);

/* Activities that the owner of a personal machine has saved. */
gboolean
lykta_device_store_is_saved (LyktaDeviceStore *self, const char *source_id, const char *uid);
gboolean lykta_device_store_set_saved (LyktaDeviceStore *self,
                                       const char *source_id,
                                       const char *uid,
                                       gboolean is_saved,
                                       GError **error);
/* The uids of a source, in the order in which they were saved; NULL with @error. (transfer full) */
char **
lykta_device_store_list_saved (LyktaDeviceStore *self, const char *source_id, GError **error);

G_END_DECLS
